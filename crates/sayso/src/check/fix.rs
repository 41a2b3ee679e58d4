//! What does a brief say when it is put right?

use sayso_text::CharIndex;

use super::Fix;

/// The text with the replacements made; all else stays byte for byte.
///
/// Of replacements that overlap, or begin at one place, the first of the list counts; one that
/// doesn't lie in the text counts for nothing.
///
/// ```
/// use sayso::check::{Fix, apply};
/// let fix = Fix { start: 10, end: 12, text: "14".to_owned() };
/// assert_eq!(apply("Fire cost 40 houses.\r\n", &[fix]), "Fire cost 14 houses.\r\n");
/// ```
pub fn apply(text: &str, fixes: &[Fix]) -> String {
    let index = CharIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for fix in kept(text, fixes) {
        if let Some(span) = index.to_bytes(fix.start, fix.end) {
            out += &text[at..span.start];
            out += &fix.text;
            at = span.end;
        }
    }
    out + &text[at..]
}

/// The replacements that [`apply`] makes, in the order of the text.
pub fn kept<'a>(text: &str, fixes: &'a [Fix]) -> Vec<&'a Fix> {
    let n_chars = text.chars().count();
    let mut kept: Vec<&Fix> = Vec::new();
    for fix in fixes.iter().filter(|fix| fix.start <= fix.end && fix.end <= n_chars) {
        let meets = |other: &&Fix| fix.start == other.start || fix.start < other.end && other.start < fix.end;
        if !kept.iter().any(meets) {
            kept.push(fix);
        }
    }
    kept.sort_by_key(|fix| fix.start);
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fix(start: usize, end: usize, text: &str) -> Fix {
        Fix { start, end, text: text.to_owned() }
    }

    #[test]
    fn the_first_of_two_that_overlap_counts() {
        for (fixes, expected) in [
            (vec![fix(0, 2, "X"), fix(1, 3, "Y")], "Xcd\r\n"),
            (vec![fix(1, 3, "Y"), fix(0, 2, "X")], "aYd\r\n"),
            (vec![fix(2, 4, "Y"), fix(0, 2, "X")], "XY\r\n"),
            (vec![fix(1, 1, "Y"), fix(1, 1, "X")], "aYbcd\r\n"),
            (vec![fix(0, 1, ""), fix(1, 1, "X")], "Xbcd\r\n"),
            (vec![fix(5, 9, "X"), fix(3, 2, "Y")], "abcd\r\n"),
        ] {
            assert_eq!(apply("abcd\r\n", &fixes), expected, "{fixes:?}");
        }
    }

    proptest! {
        #[test]
        fn what_lies_between_stays(
            text in "[ab“é\u{feff}\r\n\t 1]{0,40}",
            fixes in prop::collection::vec((0usize..44, 0usize..6, "[xy”]{0,3}"), 0..8),
        ) {
            let fixes: Vec<Fix> =
                fixes.iter().map(|(start, len, words)| fix(*start, start + len, words)).collect();
            let mended = apply(&text, &fixes);
            let kept = kept(&text, &fixes);
            // Everything between the replacements stands in the result, in order.
            let chars: Vec<char> = text.chars().collect();
            let mut rest = mended.as_str();
            let mut at = 0;
            for fix in &kept {
                prop_assert!(at <= fix.start);
                let before: String = chars[at..fix.start].iter().collect();
                let after = rest.strip_prefix(before.as_str()).and_then(|rest| rest.strip_prefix(fix.text.as_str()));
                prop_assert!(after.is_some(), "{mended:?}");
                rest = after.unwrap_or_default();
                at = fix.end;
            }
            prop_assert_eq!(rest, chars[at..].iter().collect::<String>());
            let first = fixes.iter().find(|fix| fix.start <= fix.end && fix.end <= chars.len());
            prop_assert!(first.is_none_or(|first| kept.contains(&first)));
        }
    }
}
