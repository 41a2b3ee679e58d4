//! How do a stranger's words stand in a message without steering the terminal?

/// A message repeats at most this many characters of what others wrote.
const MAX_CHARS: usize = 200;

/// The words on one line, without characters that move, hide or turn others, cut short.
pub(crate) fn printable(words: &str) -> String {
    let mut chars = words.chars();
    let mut shown: String =
        chars.by_ref().take(MAX_CHARS).map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Control characters, line ends and the marks that turn the direction of text.
pub(crate) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
