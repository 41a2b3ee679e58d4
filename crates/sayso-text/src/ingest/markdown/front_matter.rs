//! What do the lines between `---` at the top of a Markdown file state?

use super::yaml::values;
use crate::Article;

/// A key, and the lines that it and its value stand on.
pub(super) type Entry<'a> = (&'a str, &'a str);

/// The entries at the top, and what follows them. A rule with prose below it is no
/// front matter, even where a second rule ends the prose.
pub(super) fn split(source: &str) -> (Vec<Entry<'_>>, &str) {
    let none = (Vec::new(), source);
    let Some(rest) = source.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return none;
    };
    let mut at = 0;
    // Keys, and where the lines of each begin and end.
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    for line in rest.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if matches!(line.trim_end(), "---" | "...") {
            let known = found.iter().any(|(key, ..)| is_known(key));
            let entries = || found.iter().map(|&(key, start, end)| (key, &rest[start..end])).collect();
            return if known { (entries(), &rest[at..]) } else { none };
        }
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        // What stands further in belongs to the key above, as a list's elements do.
        let belongs = line.starts_with([' ', '\t', ']', '}']) || words == "-" || words.starts_with("- ");
        match (entry(words), found.last_mut()) {
            (_, Some((_, _, end))) if belongs => *end = at,
            (Some((key, _)), _) if !belongs => found.push((key, start, at)),
            _ => return none,
        }
    }
    none
}

/// `key: value`, where the key is one word.
pub(super) fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

/// What the entries state. Where several state the same thing, the first does.
pub(super) fn article(entries: &[Entry<'_>]) -> Article {
    let mut article = Article::default();
    for (key, lines) in entries {
        if field(&mut article, key).is_none() {
            continue;
        }
        let value = values(lines).join(if names_people(key) { ", " } else { " " });
        let key = if is_source(key) && is_address(&value) { "url" } else { key };
        if let Some(field) = field(&mut article, key).filter(|_| !value.is_empty()) {
            field.get_or_insert(value);
        }
    }
    article
}

/// A source may be who published the article, or where it stands.
fn is_source(key: &str) -> bool {
    key.eq_ignore_ascii_case("source")
}

fn is_address(value: &str) -> bool {
    let scheme = value.split_once("://").map_or("", |(scheme, _)| scheme);
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) && !value.contains(' ')
}

fn names_people(key: &str) -> bool {
    ["author", "authors", "byline"].iter().any(|name| key.eq_ignore_ascii_case(name))
}

fn field<'a>(article: &'a mut Article, key: &str) -> Option<&'a mut Option<String>> {
    Some(match key.to_ascii_lowercase().as_str() {
        "title" | "headline" => &mut article.title,
        "author" | "authors" | "byline" => &mut article.byline,
        "date" | "published" => &mut article.published,
        "outlet" | "publisher" | "source" => &mut article.outlet,
        "url" | "canonical" | "link" => &mut article.url,
        "lang" | "language" => &mut article.language,
        _ => return None,
    })
}

/// Keys by which programs that publish Markdown know their front matter. "Note: the
/// bridge is closed" between two rules is prose.
fn is_known(key: &str) -> bool {
    let listed = [
        "layout",
        "tags",
        "tag",
        "categories",
        "category",
        "slug",
        "draft",
        "permalink",
        "id",
        "description",
    ];
    field(&mut Article::default(), key).is_some() || listed.iter().any(|name| key.eq_ignore_ascii_case(name))
}
