//! Which definitions of addresses are the words of a speaker?

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// `[Reporter]: Why` defines an address to the parser, and its words would be gone; a
/// backslash before it makes them words. Only what the parser passes over gets one: in
/// code it would be printed.
pub(super) fn kept(body: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(body);
    if body.contains("]:") {
        for _ in 0..MOST_PASSES {
            let Some(more) = escaped(&kept) else { break };
            kept = Cow::Owned(more);
        }
    }
    kept
}

/// What became words can end the paragraph below it, and a definition begin there. Few
/// files need a second look, and none gets more than this.
const MOST_PASSES: usize = 8;

/// `None` when no speaker's words are passed over.
fn escaped(body: &str) -> Option<String> {
    let mut places = Vec::new();
    // Up to where the parser has told of everything.
    let mut n_told = 0;
    for (event, place) in super::parser(body).into_offset_iter() {
        if !holds_blocks(&event) {
            places.extend(speakers(body, n_told..place.start.max(n_told)));
            n_told = n_told.max(place.end);
        }
    }
    places.extend(speakers(body, n_told..body.len()));
    let mut escaped = String::with_capacity(body.len() + places.len());
    let mut n_written = 0;
    for &at in &places {
        escaped.push_str(&body[n_written..at]);
        escaped.push('\\');
        n_written = at;
    }
    escaped.push_str(&body[n_written..]);
    (!places.is_empty()).then_some(escaped)
}

/// Lists and the like, between whose blocks definitions may stand.
fn holds_blocks(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_))
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition)
        }
        _ => false,
    }
}

/// Where definitions begin that name no address.
fn speakers(body: &str, gap: Range<usize>) -> impl Iterator<Item = usize> {
    let mut at = gap.start;
    body[gap].split_inclusive('\n').filter_map(move |line| {
        let words = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c));
        let start = at + line.len() - words.len();
        at += line.len();
        (words.starts_with('[') && is_speaker(&body[start..])).then_some(start)
    })
}

fn is_speaker(rest: &str) -> bool {
    !rest.starts_with("[^") && target(rest).is_some_and(|words| !is_address(words))
}

/// What a definition defines its label as, on the same line or the next.
fn target(definition: &str) -> Option<&str> {
    let definition = &definition[..definition.floor_char_boundary(LONGEST)];
    // A label holds brackets only behind a backslash.
    let mut is_escaped = false;
    let (end, _) = definition.char_indices().skip(1).find(|&(_, c)| {
        let found = !is_escaped && matches!(c, '[' | ']');
        is_escaped = !is_escaped && c == '\\';
        found
    })?;
    let target = definition[end..].strip_prefix("]:")?;
    let target = target.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let bracketed = target.strip_prefix('<').and_then(|target| target.split_once('>'));
    Some(bracketed.map_or_else(|| target.split_whitespace().next().unwrap_or_default(), |(target, _)| target))
}

/// In bytes: a label has up to 999 characters to the parser, and so much is looked
/// through for each definition.
const LONGEST: usize = 4096;

fn is_address(words: &str) -> bool {
    let inner = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    words.contains(['/', '#', '@']) || inner.contains('.')
}
