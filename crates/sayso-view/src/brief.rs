//! How does a brief look to a person?
//!
//! - [`text()`] is for a terminal or a message: numbers in brackets, and the passages at the end.
//! - [`markdown()`] has footnotes.
//! - [`page()`] is a page for a browser: a click on a number shows the passage in its article.
//!
//! A brief may come from elsewhere and its words are hostile input; nothing here panics on it.

use std::fmt::Write;

use sayso::brief::{Anchor, Brief, Sentence, SourceArticle, Writer};

use crate::characters::flat;
use crate::dates::dated;
use crate::md::escaped;

mod page;

pub use page::page;
pub(crate) use page::{OWN_STYLE as STYLE, SCRIPT};

/// The first line of each Markdown brief, by which a program knows it; no reader sees it.
pub const MARK: &str = "<!-- sayso.brief/1 -->";

/// The passages of a brief, each once, in the order of their first sentence.
fn passages(brief: &Brief) -> Vec<&Anchor> {
    let mut all: Vec<&Anchor> = Vec::new();
    for anchor in brief.sentences().flat_map(|sentence| &sentence.anchors) {
        if number(&all, anchor).is_none() {
            all.push(anchor);
        }
    }
    all
}

/// The number of a passage, from 1.
fn number(all: &[&Anchor], anchor: &Anchor) -> Option<usize> {
    let same = |other: &&Anchor| {
        (other.article, other.start, other.end) == (anchor.article, anchor.start, anchor.end)
    };
    all.iter().position(same).map(|i| i + 1)
}

/// What an article is called: its outlet, else its headline, else what was named.
fn article_name(brief: &Brief, i: usize) -> String {
    let known = |words: &Option<String>| words.as_deref().map(flat).filter(|words| !words.is_empty());
    let source = brief.sources.get(i);
    let name =
        source.and_then(|one| known(&one.outlet).or_else(|| known(&one.title)).or_else(|| known(&one.input)));
    name.unwrap_or_else(|| format!("article {}", i + 1))
}

/// Outlet, headline, address and date of an article, as far as they are known.
fn described(source: &SourceArticle) -> Vec<String> {
    let published = source.published.as_deref().map(dated);
    let wire = source.wire.as_deref().map(|wire| format!("from {}", flat(wire)));
    let known = [&source.outlet, &wire, &source.title, &published, &source.url];
    let mut all: Vec<String> =
        known.into_iter().flatten().map(|words| flat(words)).filter(|words| !words.is_empty()).collect();
    if all.is_empty() {
        all.extend(source.input.as_deref().map(flat));
    }
    all
}

fn wrapped(words: &str, width: usize, first: &str, next: &str) -> String {
    let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(next);
    textwrap::fill(words, options) + "\n"
}

/// For people, in lines of so many columns at most.
pub fn text(brief: &Brief, width: usize) -> String {
    let all = passages(brief);
    let mut out = wrapped(&flat(&brief.title), width, "", "") + "\n";
    for source in &brief.sources {
        out += &wrapped(&format!("Source article: {}", described(source).join(" · ")), width, "", "  ");
    }
    let _ = writeln!(out, "Generated on: {}\n", dated(&brief.generated));
    let paragraph = |sentences: &[Sentence]| {
        let one = |sentence: &Sentence| {
            let numbers: Vec<String> =
                sentence.anchors.iter().filter_map(|a| number(&all, a)).map(|n| n.to_string()).collect();
            let by = if sentence.by == Writer::Model { "; worded by a language model" } else { "" };
            format!("{} [{}{by}]", flat(&sentence.text), numbers.join(", "))
        };
        wrapped(&sentences.iter().map(one).collect::<Vec<_>>().join(" "), width, "", "") + "\n"
    };
    if !brief.lead.is_empty() {
        out += &paragraph(&brief.lead);
    }
    for section in &brief.sections {
        let _ = writeln!(out, "{}\n", flat(&section.heading));
        out += &paragraph(&section.sentences);
    }
    if all.is_empty() {
        out += "Nothing in the articles can be told in sentences of their own.\n\n";
    } else {
        out += "Where it is from\n\n";
    }
    for (i, anchor) in all.iter().enumerate() {
        let label = format!("[{}] ", i + 1);
        let words =
            format!("{}: {}{}", article_name(brief, anchor.article), quoted(&anchor.text), own_word(anchor));
        out += &wrapped(&words, width, &label, "    ");
    }
    for note in &brief.notes {
        out += &wrapped(&format!("Note: {}", flat(note)), width, "\n", "");
    }
    out
}

/// A passage in marks that it doesn't have itself.
fn quoted(words: &str) -> String {
    let words = flat(words);
    if words.contains(['“', '”', '"']) { format!("‹{words}›") } else { format!("“{words}”") }
}

fn own_word(anchor: &Anchor) -> String {
    anchor
        .loaded_cue
        .as_deref()
        .map_or_else(String::new, |cue| format!(" (the article’s word: “{}”)", flat(cue)))
}

/// For a document or a wiki, with footnotes.
pub fn markdown(brief: &Brief) -> String {
    let all = passages(brief);
    let mut out = format!("{MARK}\n\n# {}\n\n", escaped(&brief.title));
    for source in &brief.sources {
        let _ = writeln!(out, "Source article: {}  ", linked(source));
    }
    let _ = writeln!(out, "Generated on: {}\n", escaped(&dated(&brief.generated)));
    let paragraph = |sentences: &[Sentence]| {
        let one = |sentence: &Sentence| {
            let notes: String =
                sentence.anchors.iter().filter_map(|a| number(&all, a)).map(|n| format!("[^{n}]")).collect();
            let by = if sentence.by == Writer::Model { " *(worded by a language model)*" } else { "" };
            format!("{}{notes}{by}", escaped(&sentence.text))
        };
        sentences.iter().map(one).collect::<Vec<_>>().join(" ") + "\n\n"
    };
    if !brief.lead.is_empty() {
        out += &paragraph(&brief.lead);
    }
    for section in &brief.sections {
        let _ = writeln!(out, "## {}\n", escaped(&section.heading));
        out += &paragraph(&section.sentences);
    }
    for (i, anchor) in all.iter().enumerate() {
        let (name, words) = (article_name(brief, anchor.article), quoted(&anchor.text) + &own_word(anchor));
        let _ = writeln!(out, "[^{}]: {}: {}", i + 1, escaped(&name), escaped(&words));
    }
    for note in &brief.notes {
        let _ = writeln!(out, "\nNote: {}", escaped(note));
    }
    out
}

/// An article with its headline as a link, where it has an address of the web.
fn linked(source: &SourceArticle) -> String {
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let is_plain =
        |url: &&str| url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '"'));
    let url = source.url.as_deref().filter(is_web).filter(is_plain);
    let parts = described(source).into_iter().filter(|part| Some(part.as_str()) != url);
    let part = |words: String| match (url, source.title.as_deref()) {
        (Some(url), Some(title)) if flat(title) == words => format!("[{}](<{url}>)", escaped(&words)),
        _ => escaped(&words),
    };
    let parts: Vec<String> = parts.map(part).collect();
    match (url, &source.title) {
        (Some(url), None) => format!("{} · <{url}>", parts.join(" · ")),
        _ => parts.join(" · "),
    }
}
