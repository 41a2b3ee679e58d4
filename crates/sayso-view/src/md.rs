//! How does a record look as Markdown?
//!
//! A heading, a line of what is known of the article, and a list in the order of the
//! text, nested statements beneath the one they are in, under the article's own section
//! headings, and at the end who speaks:
//!
//! ```text
//! - **She** (Ida Crane) *denied* (indirect, deny, 0.97): that the dam had leaked
//!   - standing: disputed by Lake Board: “The board contests this”
//! ```
//!
//! It reads well as plain text too. All signs of Markdown in an article's words are
//! escaped, so the rendered words are the article's; white space is one space.

use std::fmt::Write;

use sayso::Record;
use sayso::record::{Attribution, TextSpan};

use crate::cast::Cast;
use crate::characters::flat;
use crate::dates::dated;
use crate::facts;
use crate::outline::{content, form_name, outline};
use crate::people::people;
use crate::tally::summary;

/// Deeper statements are indented like this one, so that lines stay short.
const DEEPEST: usize = 6;

/// The first line of each list, by which a program knows it; no reader sees it.
pub const MARK: &str = "<!-- sayso.record/1 -->";

/// The record as CommonMark. `name` is the path or address
/// that the article was read from; it heads the page where there is no headline.
pub fn render(record: &Record, name: &str) -> String {
    let article = &record.article;
    let title = article.title.as_deref().filter(|title| !flat(title).is_empty()).unwrap_or(name);
    let mut out = format!("{MARK}\n\n# {}\n\n", escaped(title));
    let published = article.published.as_deref().map(dated);
    let cast = Cast::new(record);
    let wire = facts::wire(record, &cast);
    let known = [&article.outlet, &article.byline, &published, &wire];
    let known = known.into_iter().flatten().map(|words| escaped(words));
    let known: Vec<String> = known.chain(article.url.as_deref().map(address)).collect();
    if !known.is_empty() {
        let _ = writeln!(out, "Article: {}\n", known.join(" · "));
    }
    let _ = writeln!(out, "{}", escaped(&summary(record, &cast)));
    out += &statements(record, &cast);
    let unbound = facts::unbound(record, &cast);
    let unbound = unbound.iter().map(|words| format!("standing: {}", escaped(words)));
    out += &section("Said of what is in no statement here", unbound);
    let people = people(record, &cast);
    let people = people.iter().map(|who| format!("**{}** {}", escaped(&who.name), escaped(&who.rest())));
    out += &section("Who speaks here", people);
    for note in &record.notes {
        let _ = writeln!(out, "\nNote: {}", escaped(note));
    }
    out
}

/// The list, under the article's own headings.
fn statements(record: &Record, cast: &Cast<'_>) -> String {
    let mut out = String::new();
    let mut headings = record.article.headings.iter().peekable();
    for (i, entry) in outline(&record.attributions).iter().enumerate() {
        let attribution = &record.attributions[entry.index];
        let mut heading = None;
        if entry.depth == 0 {
            while let Some(next) = headings.next_if(|heading| heading.start <= place(attribution)) {
                heading = Some(escaped(&next.text)).filter(|words| !words.is_empty());
            }
        }
        if let Some(heading) = &heading {
            let _ = writeln!(out, "\n## {heading}");
        }
        let indent = "  ".repeat(entry.depth.min(DEEPEST));
        let before = if i == 0 || heading.is_some() { "\n" } else { "" };
        let _ = writeln!(out, "{before}{indent}- {}", item(attribution, cast));
        for (what, words) in known(attribution, cast) {
            let _ = writeln!(out, "{indent}  - {what}: {}", escaped(&words));
        }
    }
    out
}

/// A heading of our own and a list; nothing where the list would be empty.
fn section(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("- {line}\n")).collect();
    if lines.is_empty() { lines } else { format!("\n## {title}\n\n{lines}") }
}

/// What is known of a statement beyond its words, each with the name of what it is.
fn known(attribution: &Attribution, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    let standing = |found| ("standing", facts::standing_and_clause(found, cast));
    let mut all: Vec<_> = attribution.status.iter().map(standing).collect();
    all.extend(cast.chain(attribution).map(|chain| ("chain", chain)));
    all.extend(facts::circumstances(attribution, cast));
    all.extend(facts::hedges(attribution).into_iter().map(|hedge| ("hedge", hedge)));
    all
}

/// Where it stands among the headings: by its cue, else its content, else its source.
fn place(attribution: &Attribution) -> usize {
    let spans = attribution.cue.iter().chain(&attribution.content).chain(&attribution.source);
    spans.map(|span| span.start).next().unwrap_or(0)
}

fn item(attribution: &Attribution, cast: &Cast<'_>) -> String {
    let words = |span: &Option<TextSpan>, mark: &str| {
        let words = span.as_ref().map(|span| escaped(&span.text)).filter(|words| !words.is_empty());
        words.map(|words| format!("{mark}{words}{mark}"))
    };
    let source = words(&attribution.source, "**").unwrap_or_else(|| "no source named".to_owned());
    // An asterisk between two words that touch could not begin anything; a line could.
    let (space, mark) = if touch(attribution) { ("", "_") } else { (" ", "*") };
    let cue = words(&attribution.cue, mark).map(|cue| format!("{space}{cue}")).unwrap_or_default();
    let beside = cast.beside(attribution).map(|name| format!(" ({})", escaped(&name))).unwrap_or_default();
    // Nothing may part a source from a cue that touches it.
    let who =
        if space.is_empty() { format!("{source}{cue}{beside}") } else { format!("{source}{beside}{cue}") };
    let act = facts::act(attribution).map(|act| format!(", {act}")).unwrap_or_default();
    let loaded = if attribution.loaded { ", loaded cue" } else { "" };
    let form = form_name(attribution.form);
    let content = escaped(&content(&attribution.content));
    let sure = attribution.confidence;
    format!("{who} ({form}{act}{loaded}, {sure:.2}): {content}").trim_end().to_owned()
}

/// True where the cue follows its source without a space, as in “he’s pleased”.
fn touch(attribution: &Attribution) -> bool {
    let both = attribution.source.as_ref().zip(attribution.cue.as_ref());
    both.is_some_and(|(source, cue)| {
        let parted = source.text.ends_with(char::is_whitespace) || cue.text.starts_with(char::is_whitespace);
        source.end == cue.start && !parted && !flat(&source.text).is_empty()
    })
}

/// Words whose signs mean nothing to CommonMark, nor as strikes and formulas (`~`, `$`) elsewhere.
/// None of them begin a line, so signs that only count there stay as they are.
pub(crate) fn escaped(words: &str) -> String {
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
