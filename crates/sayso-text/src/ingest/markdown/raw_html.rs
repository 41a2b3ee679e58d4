//! Which words stand in the HTML of a Markdown file?

use dom_query::Document;

use crate::ingest::flow::Flow;

/// True for a tag that breaks the line.
pub(super) fn is_break(tag: &str) -> bool {
    name(tag.trim_start_matches(['<', '/'])).eq_ignore_ascii_case("br")
}

/// Writes the words between the tags of a block. Every tag but those of single words
/// ends a paragraph; comments, scripts and styles have no words.
pub(super) fn read(block: &str, flow: &mut Flow) {
    let mut at = 0;
    while let Some(found) = block[at..].find('<') {
        words(&block[at..at + found], flow);
        at += found;
        let tag = &block[at..];
        let element = name(tag[1..].trim_start_matches('/'));
        let Some(len) = markup_len(tag, element) else {
            flow.words("<");
            at += 1;
            continue;
        };
        if is_break(tag) {
            flow.line_break();
        } else if !INLINE.iter().any(|name| element.eq_ignore_ascii_case(name)) {
            flow.end_block();
        }
        at += len;
    }
    words(&block[at..], flow);
    flow.end_block();
}

/// The length of the tag, comment or script at the start; `None` for a bare sign.
fn markup_len(tag: &str, element: &str) -> Option<usize> {
    if ["script", "style"].iter().any(|silent| element.eq_ignore_ascii_case(silent)) {
        let close = format!("</{element}");
        let same = |part: &[u8]| part.eq_ignore_ascii_case(close.as_bytes());
        let found = tag.as_bytes().windows(close.len()).position(same).map(|at| &tag[at..]);
        // What nothing closes hides the rest of its block.
        let end = |close: &str| tag.len() - close.len() + opening(close).find('>').map_or(1, |end| end + 1);
        return Some(found.map_or(tag.len(), end));
    }
    let is_markup = !element.is_empty() || tag.starts_with("<!") || tag.starts_with("<?");
    let sign = if tag.starts_with("<!--") { "-->" } else { ">" };
    let end = || opening(tag).find(sign).map(|end| end + sign.len());
    is_markup.then(end).flatten()
}

/// As much as is looked through for a tag's end.
fn opening(tag: &str) -> &str {
    &tag[..tag.floor_char_boundary(LONGEST_TAG)]
}

/// In bytes; so that a block of nothing but bare signs is not read to its end from each.
const LONGEST_TAG: usize = 4096;

fn name(tag: &str) -> &str {
    &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())]
}

fn words(words: &str, flow: &mut Flow) {
    if words.contains('&') {
        flow.words(&Document::fragment(words).text());
    } else {
        flow.words(words);
    }
}

const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "u",
];
