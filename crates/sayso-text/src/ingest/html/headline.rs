//! What is an article's headline, among all that a page calls its title?
//!
//! The reader sees the printed headline. What the page states for search engines and
//! social networks may be cut off, worded otherwise, or carry the site's name; but what
//! is printed largest may be the site's name or a section's. So a printed heading is
//! taken only where it has something in common with what is stated.

use dom_query::{Document, NodeRef};

use super::metadata::{clean, first_words, words_of};
use crate::ingest::same_words;

/// The headline; `stated` is the best that the page's data holds.
pub(super) fn headline(page: &Document, stated: Option<String>, outlet: Option<&str>) -> Option<String> {
    let tab = page.select("title").nodes().iter().find_map(first_words);
    let printed = Printed::of(page, tab.as_deref(), outlet);
    let names: Vec<&str> = outlet.into_iter().chain(printed.site.as_deref()).collect();
    let bare = |title: &str| without_name(title, &names);
    let Some(stated) = stated else {
        return printed.alone(tab.as_deref()).or(tab.as_deref().map(bare));
    };
    let stated = bare(&stated);
    if let Some(whole) = printed.whole_of(&stated).or_else(|| whole_of(&stated, &bare(tab.as_deref()?))) {
        return Some(whole);
    }
    if printed.shows(&stated) {
        return Some(stated);
    }
    Some(printed.reworded(&stated, tab.as_deref()).unwrap_or(stated))
}

/// The headings that a reader may take for the headline.
struct Printed {
    /// Each first-level heading but the masthead; whether it is marked as the headline,
    /// and whether it stands in the article.
    first: Vec<(String, bool, bool)>,
    /// Further headings that say the same as the headline, where it is printed smaller.
    others: Vec<String>,
    /// What the link home says or shows.
    site: Option<String>,
}

/// Pages have a few; one that has thousands is no article.
const MOST_HEADINGS: usize = 50;

impl Printed {
    fn of(page: &Document, tab: Option<&str>, outlet: Option<&str>) -> Self {
        let mut site = None;
        let mut first = Vec::new();
        for node in page.select("h1").nodes().iter().take(MOST_HEADINGS) {
            let Some(words) = first_words(node) else {
                if links_home(node) {
                    site = site.or_else(|| shown_name(node));
                }
                continue;
            };
            let shared = tab.is_none_or(|tab| n_shared(&words, tab) > 0);
            let named = outlet.is_some_and(|outlet| same_words(&words, outlet));
            if named || links_home(node) || in_page_header(node) && !shared {
                continue;
            }
            let marked = has_token(node, "itemprop", "headline");
            let inside = node.ancestors(None).iter().any(is_main);
            first.push((words, marked, inside));
        }
        let others = page.select("h2, [itemprop~='headline']");
        let others = others.nodes().iter().take(MOST_HEADINGS).filter_map(first_words).collect();
        Self { first, others, site }
    }

    /// Where the page's data says nothing: the heading that the browser's tab shows too,
    /// else the first one.
    fn alone(&self, tab: Option<&str>) -> Option<String> {
        let shared = |words: &str| tab.is_some_and(|tab| n_shared(words, tab) > 0);
        let marked = self.first.iter().find(|(_, marked, _)| *marked);
        let found = marked.or_else(|| self.first.iter().find(|(words, _, _)| shared(words)));
        found.or(self.first.first()).map(|(words, _, _)| words.clone())
    }

    /// The heading of which the stated title is only the beginning; or which is the stated
    /// title without what was tacked on after a sign.
    fn whole_of(&self, stated: &str) -> Option<String> {
        let mut headings = self.first.iter().map(|(words, _, _)| words);
        headings.find_map(|words| {
            let tacked = stated.strip_prefix(words.as_str()).is_some_and(|rest| {
                SIGNS.iter().any(|sign| rest.starts_with(sign))
                    && words.chars().count() >= rest.chars().count()
            });
            if tacked { Some(words.clone()) } else { whole_of(stated, words) }
        })
    }

    /// The stated title is printed, be it in a smaller heading.
    fn shows(&self, stated: &str) -> bool {
        self.first
            .iter()
            .map(|(words, _, _)| words)
            .chain(&self.others)
            .any(|words| same_words(words, stated))
    }

    /// The one heading that says in other words what the page states.
    fn reworded(&self, stated: &str, tab: Option<&str>) -> Option<String> {
        let shared = |words: &str| n_shared(words, stated).max(tab.map_or(0, |tab| n_shared(words, tab)));
        let in_tab = |words: &str| {
            words.split(' ').count() >= 4 && tab.is_some_and(|tab| letters(tab).starts_with(&letters(words)))
        };
        let only = |is: &dyn Fn(&(String, bool, bool)) -> bool| {
            let mut found = self.first.iter().filter(|heading| is(heading));
            found.next().filter(|_| found.next().is_none()).map(|(words, _, _)| words)
        };
        let marked = only(&|(_, marked, _)| *marked).filter(|words| shared(words) >= 1);
        let found =
            marked.or_else(|| self.first.iter().map(|(words, _, _)| words).find(|words| in_tab(words)));
        let inside = || only(&|(_, _, inside)| *inside).filter(|words| shared(words) >= 2);
        found.or_else(inside).cloned()
    }
}

/// Search engines want no more than 110 characters, so longer headlines are cut off.
fn whole_of(stated: &str, longer: &str) -> Option<String> {
    let cut = stated.strip_suffix("...").or_else(|| stated.strip_suffix('…'));
    let rest = longer.strip_prefix(cut.unwrap_or(stated).trim_end())?;
    let goes_on = rest.contains(char::is_alphanumeric) && !SIGNS.iter().any(|sign| rest.starts_with(sign));
    let long = cut.is_some() || stated.chars().count() >= SHORTEST_CUT;
    (goes_on && long).then(|| longer.to_owned())
}

/// In characters: below this nobody cuts a headline off.
const SHORTEST_CUT: usize = 60;

/// What stands between a title and the name of its site or section.
const SIGNS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » "];

/// "Bridge Closed | The Harbour Gazette" without its site's name.
fn without_name(title: &str, names: &[&str]) -> String {
    for sign in SIGNS {
        if let Some((head, tail)) = title.rsplit_once(sign)
            && names.iter().any(|name| same_words(tail, name))
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

fn is_main(node: &NodeRef<'_>) -> bool {
    node.has_name("article") || node.has_name("main") || has_token(node, "role", "main")
}

/// In the header of the page, not in that of its article.
fn in_page_header(node: &NodeRef<'_>) -> bool {
    let around = node.ancestors(None);
    around.iter().any(|node| node.has_name("header") || has_token(node, "role", "banner"))
        && !around.iter().any(is_main)
}

fn links_home(heading: &NodeRef<'_>) -> bool {
    let is_home = |node: &NodeRef<'_>| {
        node.has_name("a")
            && node.attr("href").is_some_and(|href| {
                let path = href
                    .split_once("://")
                    .map_or(&*href, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
                matches!(path.trim(), "/" | "./" | "../" | "/index.html" | "/index.php")
                    || href.contains("://") && path.is_empty()
            })
    };
    heading.ancestors(Some(3)).iter().any(is_home)
        || heading.descendants_it().take(MOST_HEADINGS).any(|node| is_home(&node))
}

/// What the picture in a masthead stands for.
fn shown_name(heading: &NodeRef<'_>) -> Option<String> {
    heading.descendants_it().take(MOST_HEADINGS).find_map(|node| clean(&node.attr("alt")?))
}

fn has_token(node: &NodeRef<'_>, name: &str, token: &str) -> bool {
    node.attr(name).is_some_and(|value| value.split_ascii_whitespace().any(|part| part == token))
}

/// How many words of some length two titles share.
fn n_shared(one: &str, other: &str) -> usize {
    let long = |words: &str| -> Vec<String> {
        let mut words: Vec<String> = words_of(words).filter(|word| is_content(word)).collect();
        words.sort();
        words.dedup();
        words
    };
    let other = long(other);
    long(one).iter().filter(|word| other.contains(word)).count()
}

/// Scripts without blanks have short words that say much.
fn is_content(word: &str) -> bool {
    word.chars().count() >= 4 || !word.is_ascii() && word.chars().count() >= 2
}

fn letters(words: &str) -> String {
    words_of(words).collect()
}
