//! Which characters of an article can be shown as they are?

/// Stands for a control character: it shows that something was there.
const REPLACEMENT: char = '\u{fffd}';

/// One character for each of the words', all on one line: breaks and tabs are spaces,
/// other control characters `�`. Lengths stay, so offsets can still be counted.
pub(crate) fn on_one_line(words: &str) -> String {
    words.chars().map(|c| if is_break(c) { ' ' } else { shown(c) }).collect()
}

/// On one line, with one space between words and none at the ends.
pub(crate) fn flat(words: &str) -> String {
    on_one_line(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words for a terminal: control characters of an article must not steer it. Line feeds stay.
pub fn plain(words: &str) -> String {
    words.chars().map(|c| if steers(c) && c != '\n' { REPLACEMENT } else { c }).collect()
}

/// The same on one line, as for a file's name.
pub fn plain_line(words: &str) -> String {
    words.chars().map(|c| if steers(c) { REPLACEMENT } else { c }).collect()
}

/// Control characters, and those that turn the direction of all that follows on the line.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The character, or what stands for it.
pub(crate) fn shown(c: char) -> char {
    if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { REPLACEMENT } else { c }
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_show_and_breaks_part_words() {
        assert_eq!(on_one_line("a\r\nb\u{1b}[31m\0"), "a  b\u{fffd}[31m\u{fffd}");
        assert_eq!(flat(" a\r\n\tb\u{2028}c "), "a b c");
    }
}
