//! Who signs an article?
//!
//! Data first, what is printed second; but what the data states yields to printed names
//! where it names the outlet or its staff. An outlet by itself is no byline: it is known
//! as the outlet, and nobody has signed.

use dom_query::{Document, NodeRef};

use super::metadata::{Metas, clean, is_reference, words_of};
use crate::ingest::same_words;

/// The names without "By". `stated` is the author of the page's JSON-LD, `outlets` what
/// the site and its publisher are called.
pub(super) fn byline(
    page: &Document,
    metas: &Metas,
    stated: Option<String>,
    outlets: &[&str],
) -> Option<String> {
    let keys = [
        "author",
        "article:author",
        "byl",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "article_author",
    ];
    let stated = stated.and_then(|name| as_byline(&name));
    let mut stated = stated
        .into_iter()
        .chain(keys.iter().filter_map(|key| metas.one_of(&[key])).filter_map(|name| as_byline(&name)));
    let is_outlet = |name: &String| outlets.iter().any(|outlet| is_part(name, outlet));
    let Some(name) = stated.find(|name| !is_outlet(name)) else {
        return printed(page, false).filter(|name| !is_outlet(name));
    };
    let weak = is_staff(&name);
    let better = || {
        let printed = printed(page, true).filter(|name| !is_outlet(name) && !is_staff(name))?;
        // "Ann Lee. The Gazette", "Ann Lee | The Gazette"
        let tacked = name
            .strip_prefix(&*printed)
            .is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(" | "));
        (weak || tacked).then_some(printed)
    };
    Some(better().unwrap_or(name))
}

/// "Sky" of "Sky News": the same words, or the first of them.
fn is_part(name: &str, outlet: &str) -> bool {
    let mut outlet_words = words_of(outlet);
    same_words(name, outlet) || words_of(name).all(|word| outlet_words.next().as_deref() == Some(&*word))
}

/// "Gazette Staff", "News desk": the outlet's people, but not by name.
fn is_staff(name: &str) -> bool {
    words_of(name)
        .any(|word| ["staff", "newsroom", "desk", "editors", "redaktion", "webteam"].contains(&&*word))
}

/// The names that the page shows; `people` where they have to look like those of people.
fn printed(page: &Document, people: bool) -> Option<String> {
    let in_place = |place: &str| {
        let found = page.select(place);
        let names = found.nodes().iter().take(MOST).filter(|node| !is_beside(node));
        names.filter_map(line_of).find_map(|line| {
            let name = as_byline(without_label(&line))?;
            (is_short(&name) && (!people || is_person(&name))).then_some(name)
        })
    };
    let exact = [
        "[rel~='author']:not(link):not(meta)",
        "[itemprop~='author'] [itemprop~='name']",
        "[itemprop~='author']:not(meta)",
    ];
    exact.iter().find_map(|place| in_place(place)).or_else(|| {
        let shown = page.select("[class*='byline'], [class*='author']");
        let nodes = || shown.nodes().iter().take(MOST).filter(|node| !is_beside(node));
        let signed = nodes().find_map(|node| {
            let line = line_of(node)?;
            let name = without_by(&line).filter(|name| is_short(name))?;
            as_byline(name)
        });
        signed.or_else(|| {
            nodes()
                .filter(|node| names_author(node))
                .find_map(|node| as_byline(&line_of(node)?).filter(|name| is_short(name) && is_person(name)))
        })
    })
}

/// Elements looked at for one kind of place.
const MOST: usize = 50;

/// The first line of an element; dates and addresses stand on further ones.
fn line_of(node: &NodeRef<'_>) -> Option<String> {
    let mut words = String::new();
    for inner in node.descendants_it().take(MOST) {
        if inner.is_text() {
            words += &inner.text();
        } else if (inner.has_name("br") || inner.has_name("time")) && !words.trim().is_empty() {
            break;
        }
    }
    clean(&words).filter(|line| line.len() <= 100)
}

/// Around a name also stand dates, addresses and buttons.
fn is_short(name: &str) -> bool {
    name.split(' ').count() <= 8 && !name.contains(|c: char| c.is_ascii_digit())
}

/// Two to four words with capital letters, each name; "and" between them.
fn is_person(name: &str) -> bool {
    let names = name.split([',', '&']).flat_map(|part| part.split(" and "));
    names.map(str::trim).filter(|name| !name.is_empty()).all(|name| {
        let n_words = name.split(' ').count();
        (2..=4).contains(&n_words)
            && name.split(' ').all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3)
    })
}

/// A class that says "author" or "author name", and nothing else of the author.
fn names_author(node: &NodeRef<'_>) -> bool {
    node.attr("class").is_some_and(|class| {
        class.split_ascii_whitespace().any(|class| {
            let class = class.to_ascii_lowercase();
            let mut words =
                class.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).rev();
            match words.next() {
                Some("author" | "byline") => true,
                Some("name") => words.next() == Some("author"),
                _ => false,
            }
        })
    })
}

/// Those who comment, and those who wrote what to read next, are authors too. A whole
/// page or article may say in its class whether it has comments.
fn is_beside(node: &NodeRef<'_>) -> bool {
    let names = |class: &str| {
        let class = class.to_ascii_lowercase();
        let mut words = class.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| ["comment", "comments", "related", "recommended"].contains(&word))
    };
    node.ancestors(None).iter().chain([node]).any(|around| {
        let whole = ["html", "body", "main", "article"].iter().any(|name| around.has_name(name));
        around.has_name("aside") || !whole && around.attr("class").is_some_and(|class| names(&class))
    })
}

/// "Text: Ann Lee"
fn without_label(line: &str) -> &str {
    line.split_once(": ").filter(|(label, _)| !label.contains(' ')).map_or(line, |(_, name)| name)
}

/// A line that says of itself that it is a byline, without what says so.
fn without_by(line: &str) -> Option<&str> {
    let n_bytes = OPENINGS.iter().find_map(|opening| {
        let start = line.get(..opening.len())?;
        start.eq_ignore_ascii_case(opening).then_some(opening.len())
    })?;
    line.get(n_bytes..)
}

const OPENINGS: [&str; 10] = [
    "by ",
    "analysis by ",
    "opinion by ",
    "perspective by ",
    "posted by ",
    "reported by ",
    "review by ",
    "story by ",
    "words by ",
    "written by ",
];

/// A name without "By", unless it is an address or what an installation calls its first
/// account.
fn as_byline(name: &str) -> Option<String> {
    let name = without_by(name).unwrap_or(name);
    let name = name.trim_matches(|c: char| c.is_whitespace() || "|,;·".contains(c));
    let lower = name.to_lowercase();
    let account = ["administrator", "webmaster", "root", "unknown", "undefined", "null"]
        .contains(&lower.as_str())
        || !lower.contains(' ') && lower.ends_with("admin");
    (!name.is_empty() && !account && !is_reference(name) && !name.contains('@')).then(|| name.to_owned())
}

/// A block that says "By Ann Lee", and no more.
pub(super) fn is_signature(block: &str, byline: Option<&str>) -> bool {
    without_by(block).is_some_and(|name| {
        let name = name.trim();
        is_short(name) && is_person(name) || byline.is_some_and(|byline| same_words(byline, name))
    })
}
