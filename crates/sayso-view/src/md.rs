//! How does a record look as Markdown?
//!
//! A heading, a line of what is known of the article, and a list in the order of the
//! text, nested statements beneath the one they are in:
//!
//! ```text
//! - **The mayor** *denied* (indirect, 0.97): that the dam had leaked
//! ```
//!
//! It reads well as plain text too. All signs of Markdown in an article's words are
//! escaped, so the rendered words are the article's; white space is one space.

use std::fmt::Write;

use sayso::Record;
use sayso::record::{Attribution, TextSpan};

use crate::characters::flat;
use crate::outline::{content, counts, form_name, outline};

/// Deeper statements are indented like this one, so that lines stay short.
const DEEPEST: usize = 6;

/// The record as CommonMark that GitHub shows the same way. `name` is the path or address
/// that the article was read from; it heads the page where there is no headline.
pub fn render(record: &Record, name: &str) -> String {
    let article = &record.article;
    let title = article.title.as_deref().filter(|title| !flat(title).is_empty()).unwrap_or(name);
    let mut out = format!("# {}\n\n", escaped(title));
    let known = [&article.outlet, &article.byline, &article.published];
    let known = known.into_iter().flatten().map(|words| escaped(words));
    let known: Vec<String> = known.chain(article.url.as_deref().map(address)).collect();
    if !known.is_empty() {
        let _ = writeln!(out, "Article: {}\n", known.join(" · "));
    }
    let _ = writeln!(out, "{}.", counts(record));
    for (i, entry) in outline(&record.attributions).iter().enumerate() {
        let indent = "  ".repeat(entry.depth.min(DEEPEST));
        let before = if i == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{before}{indent}- {}", item(&record.attributions[entry.index]));
    }
    for note in &record.notes {
        let _ = writeln!(out, "\nNote: {}", escaped(note));
    }
    out
}

fn item(attribution: &Attribution) -> String {
    let words = |span: &Option<TextSpan>, mark: &str| {
        let words = span.as_ref().map(|span| escaped(&span.text)).filter(|words| !words.is_empty());
        words.map(|words| format!("{mark}{words}{mark}"))
    };
    let source = words(&attribution.source, "**").unwrap_or_else(|| "no source named".to_owned());
    let cue = words(&attribution.cue, "*").map(|cue| format!(" {cue}")).unwrap_or_default();
    let form = form_name(attribution.form);
    let content = escaped(&content(&attribution.content));
    format!("{source}{cue} ({form}, {:.2}): {content}", attribution.confidence).trim_end().to_owned()
}

/// Words whose signs mean nothing to Markdown, nor to what GitHub adds to it (`~`, `$`).
/// None of them begin a line, so signs that only count there stay as they are.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in flat(words).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '^' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A link where it can be one, with its words as they are.
fn address(url: &str) -> String {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    if is_web && is_plain { format!("<{url}>") } else { escaped(url) }
}
