//! What do the lines between `---` at the top of a Markdown file state?

use crate::Article;

/// A key and what it holds: one value, or the elements of a list.
pub(super) type Entry<'a> = (&'a str, Vec<&'a str>);

/// The entries at the top, and what follows them. A rule with prose below it is no
/// front matter, even where a second rule ends the prose.
pub(super) fn split(source: &str) -> (Vec<Entry<'_>>, &str) {
    let none = (Vec::new(), source);
    let Some(rest) = source.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return none;
    };
    let mut at = 0;
    let mut found: Vec<Entry<'_>> = Vec::new();
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let words = line.trim();
        if matches!(line.trim_end(), "---" | "...") {
            let known = found.iter().any(|(key, _)| is_known(key));
            return if known { (found, &rest[at..]) } else { none };
        }
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        // What stands further in belongs to the key above, as a list's elements do.
        let belongs = line.starts_with([' ', '\t']) || words.starts_with("- ");
        match (entry(words), found.last_mut()) {
            (_, Some((_, values))) if belongs => add(values, words),
            (Some((key, value)), _) if !belongs => found.push((key, values(value))),
            _ => return none,
        }
    }
    none
}

/// `key: value`, where the key is one word.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then(|| (key, value.trim()))
}

fn values(value: &str) -> Vec<&str> {
    let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
    let one = || vec![unquoted(value)];
    // `|` and `>` say that the value stands in the lines below.
    let values = match value {
        "|" | ">" | "|-" | ">-" => Vec::new(),
        _ => list.map_or_else(one, |list| list.split(',').map(str::trim).map(unquoted).collect()),
    };
    values.into_iter().filter(|value| !value.is_empty()).collect()
}

/// One more line below a key: a list's element, by its name where it has several fields.
fn add<'a>(values: &mut Vec<&'a str>, line: &'a str) {
    let element = line.strip_prefix("- ");
    let value = match (element.unwrap_or(line).trim(), element) {
        (fields, _) if fields.starts_with("name:") => fields["name:".len()..].trim(),
        (fields, _) if entry(fields).is_some() => return,
        (value, _) => value,
    };
    values.push(unquoted(value));
}

fn unquoted(value: &str) -> &str {
    let inside = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    inside('"').or(inside('\'')).unwrap_or(value)
}

/// Writes what the entries state into the article.
pub(super) fn state(article: &mut Article, entries: &[Entry<'_>]) {
    for (key, values) in entries {
        let value = values.join(if names_people(key) { ", " } else { " " });
        if let Some(field) = field(article, key).filter(|_| !value.is_empty()) {
            *field = Some(value);
        }
    }
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
