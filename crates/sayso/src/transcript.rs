//! Which paragraphs are turns of a transcript, and whose are they?
//!
//! "MR. SMITH: We never saw the report." attributes by its layout alone: the label is the
//! source, there is no cue, and the turn is the content.

use sayso_text::{Document, Span};

/// What one speaker says until the next one does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The label, without its colon.
    pub(crate) source: Span,
    /// A span for each paragraph, in order.
    pub(crate) content: Vec<Span>,
}

/// Who speaks without a name of their own.
const ROLES: [&str; 16] = [
    "a",
    "answer",
    "anchor",
    "caller",
    "chair",
    "correspondent",
    "host",
    "interviewer",
    "judge",
    "moderator",
    "narrator",
    "presenter",
    "q",
    "question",
    "reporter",
    "witness",
];
/// Words of a label; a longer one is a clause.
const LONGEST_LABEL: usize = 6;
/// What stands before a name, without its stop, or for one ("THE COURT").
const TITLES: [&str; 24] = [
    "chair",
    "chairman",
    "chairwoman",
    "chief",
    "cllr",
    "councillor",
    "dr",
    "gov",
    "judge",
    "justice",
    "lord",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "president",
    "prof",
    "professor",
    "rep",
    "secretary",
    "sen",
    "senator",
    "the",
];

/// The turns in order; none unless two labels stand in paragraphs that follow each other, and
/// one of them is sure to be a speaker: by its title or role, or because it speaks again. A list
/// such as "WHO: The mayor." and "WHERE: The town hall." is none.
pub(crate) fn turns(doc: &Document) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut labels: Vec<usize> = Vec::new();
    for (i, paragraph) in doc.paragraphs.iter().enumerate() {
        match label(&doc.text, paragraph.span) {
            Some((source, words)) => {
                labels.push(i);
                turns.push(Turn { source, content: vec![words] });
            }
            None => {
                if let Some(turn) = turns.last_mut() {
                    turn.content.push(paragraph.span);
                }
            }
        }
    }
    // What stands without a label between two turns goes on with the first. Behind the last
    // one it may be the outlet's own again.
    if let Some(last) = turns.last_mut() {
        last.content.truncate(1);
    }
    let adjacent = labels.windows(2).any(|pair| pair[1] == pair[0] + 1);
    let names: Vec<&str> = turns.iter().map(|turn| turn.source.of(&doc.text)).collect();
    let speaks_again = |i: usize| names[..i].contains(&names[i]);
    let is_sure = (0..names.len()).any(|i| speaks_again(i) || is_titled(names[i]));
    if adjacent && is_sure { turns } else { Vec::new() }
}

/// A paragraph's label and the words behind its colon.
fn label(text: &str, paragraph: Span) -> Option<(Span, Span)> {
    let line = paragraph.of(text);
    let at = line.find(':')?;
    let source = Span::new(paragraph.start, paragraph.start + at).trim(text);
    let words = Span::new(paragraph.start + at + 1, paragraph.end).trim(text);
    let said = words.of(text);
    // A time ("8:15"), an address or a ratio has no space behind its colon.
    let parted = line[at + 1..].starts_with([' ', '\u{a0}', '\t']);
    let is_turn = said.contains(char::is_alphabetic) && is_speaker(source.of(text)) && is_sentence(said);
    (parted && is_turn).then_some((source, words))
}

/// A role, a name in capitals, or a name of two words.
fn is_speaker(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let in_capitals = label.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
        && words.iter().any(|word| letters(word) > 1);
    let is_role = words.len() == 1 && ROLES.contains(&label.to_lowercase().as_str());
    let is_name = words.len() > 1 && words.iter().all(|word| is_capital(word) && letters(word) > 0);
    !words.is_empty() && words.len() <= LONGEST_LABEL && (is_role || in_capitals || is_name)
}

/// A title before a name, or a role.
fn is_titled(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    match words.next() {
        Some(_) => TITLES.contains(&first.as_str()),
        None => ROLES.contains(&first.as_str()),
    }
}

/// Ends as speech does. "Admission: free" and "PRICE: 12 crowns" don't.
fn is_sentence(words: &str) -> bool {
    let words = words.trim_end_matches(['”', '"', '’', '\'', ')', ']']);
    words.ends_with(['.', '?', '!', '…', '—', '-']) || words.ends_with("--")
}

#[cfg(test)]
mod tests {
    use sayso_text::Article;

    use super::*;

    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let doc = Document::new(&Article::from_text(text));
        let turns = turns(&doc);
        let found: Vec<(&str, Vec<&str>)> = turns
            .iter()
            .map(|turn| (turn.source.of(text), turn.content.iter().map(|span| span.of(text)).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(source, content)| (*source, content.to_vec())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn labels_and_turns() {
        check(
            "Q: Will you resign?\n\nA: I will not. Why?",
            &[("Q", &["Will you resign?"]), ("A", &["I will not. Why?"])],
        );
        check(
            "MR. SMITH: We never saw it.\nTHE COURT: When?\nIn May he left.",
            &[("MR. SMITH", &["We never saw it."]), ("THE COURT", &["When?"])],
        );
        check(
            "Q: When?\nA: In May.\nOr June.\nQ: Which?\nHe left.",
            &[("Q", &["When?"]), ("A", &["In May.", "Or June."]), ("Q", &["Which?"])],
        );
        check(
            "Mayor Kessel: It is late.\nModerator: One minute.",
            &[("Mayor Kessel", &["It is late."]), ("Moderator", &["One minute."])],
        );
    }

    #[test]
    fn lines_that_are_no_turns() {
        for text in [
            "Time: 8 p.m.\nPlace: Assembly Rooms\nAdmission: free",
            "Result: Harl 2, Ostby 1.\n\nNext match: Saturday, at home.",
            "Note: doors open at six.\nTickets: 12 crowns.",
            "MR. SMITH: We never saw it.",
            "WHO: The mayor of Ostby.\nWHEN: Monday at noon.\nWHERE: The town hall.",
            "Key Facts: The dam is old.\nMore Help: See the next page.",
            "She said: It is late. He said: It is not.\n\nThe end: it came at 8:15.",
            "Dam Holds: The mayor is glad.\n\nThe dam held.\n\nKey Facts: It is old.",
        ] {
            check(text, &[]);
        }
    }
}
