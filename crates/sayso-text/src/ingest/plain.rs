//! What does a plain text file say, and is its first line a headline?

use crate::paragraphs::is_title_case;
use crate::{Article, Span, marks};

/// The text untouched, with its headline when it has one.
pub(super) fn read(text: String) -> Article {
    let title_span = headline(&text);
    let title = title_span.map(|span| span.of(&text).to_owned());
    Article { title, title_span, ..Article::from_text(text) }
}

/// The first line, when it reads like a headline: short, alone, and no statement that
/// the article makes in running text.
fn headline(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let line_end = start + text[start..].find(['\n', '\r'])?;
    let span = Span { start, end: line_end }.trim(text);
    let line = span.of(text);
    let rest = &text[line_end..];
    let more = rest.trim_start();
    let gap = &rest[..rest.len() - more.len()];
    let n_breaks = gap.matches('\n').count().max(gap.matches('\r').count());
    let alone = n_breaks >= 2 && !more.is_empty();
    (alone && line.split_whitespace().count() <= 25 && reads_like_headline(line)).then_some(span)
}

fn reads_like_headline(line: &str) -> bool {
    // A first line that quotes may be a statement, and a statement taken for a headline is lost.
    if line.starts_with(['“', '"', '‘', '«', '„', '>']) {
        return false;
    }
    let bare = line.trim_end_matches(['"', '”', '\'', '’', ')', '»']);
    if bare.ends_with([',', ';', ':', '—', '-']) || is_byline(line) || is_dateline(line) || is_speaker(line)
    {
        return false;
    }
    if !line.contains(|c: char| c.is_alphabetic()) || has_cue(line) {
        return false;
    }
    let n_words = line.split_whitespace().count();
    match bare.chars().next_back() {
        Some('.' | '…') if !bare.ends_with("..") => n_words >= 4 && is_title_case(line),
        Some('.' | '…') => false,
        Some('?' | '!') => n_words >= 2,
        _ => true,
    }
}

fn is_byline(line: &str) -> bool {
    let head = line.get(..3).unwrap_or_default();
    head.eq_ignore_ascii_case("by ") || line.contains("@") || line.starts_with("http")
}

/// "KYIV, Ukraine (AP) — …", "LONDON - …"
fn is_dateline(line: &str) -> bool {
    let Some((place, _)) = line.split_once(['—', '–']).or_else(|| line.split_once(" - ")) else {
        return false;
    };
    let first = place.split([',', ' ']).next().unwrap_or_default();
    place.len() <= 60 && first.chars().count() > 1 && !first.contains(char::is_lowercase)
}

/// "Q: …", "KELLY: …"
fn is_speaker(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, words)| {
        name.split_whitespace().count() <= 3 && !name.contains(char::is_lowercase) && !words.is_empty()
    })
}

/// `“We won,” Ms. Lee said`: a quotation and who said it.
fn has_cue(line: &str) -> bool {
    if !line.starts_with(marks::is_mark) {
        return false;
    }
    let Some(close) = line.char_indices().skip(1).filter(|&(_, c)| marks::is_mark(c)).last() else {
        return false;
    };
    let after = line[close.0..].trim_start_matches(marks::is_mark);
    after.split(|c: char| !c.is_alphabetic()).any(|word| CUES.contains(&word))
}

const CUES: &[&str] =
    &["said", "says", "told", "added", "wrote", "asked", "according", "replied", "tweeted", "announced"];
