//! Which paragraphs are turns of a transcript, and whose are they?
//!
//! "MR. SMITH: We never saw the report." attributes by its layout alone: the label is the
//! source, there is no cue, and the turn is the content.

use std::collections::BTreeMap;

use sayso_text::{Document, ParagraphKind, Span};

/// What one speaker says until the next one does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// The label, without its colon and what stands in brackets beside it.
    pub(crate) source: Span,
    /// A span for each paragraph, in order.
    pub(crate) content: Vec<Span>,
}

impl Turn {
    /// Where the last paragraph ends.
    pub(crate) fn end(&self) -> usize {
        self.content.last().map_or(self.source.end, |span| span.end)
    }
}

/// Who speaks without a name of their own.
const ROLES: [&str; 22] = [
    "anchor",
    "answer",
    "bailiff",
    "caller",
    "chair",
    "clerk",
    "correspondent",
    "counsel",
    "foreman",
    "forewoman",
    "host",
    "interviewer",
    "judge",
    "moderator",
    "narrator",
    "operator",
    "presenter",
    "q",
    "question",
    "reporter",
    "translator",
    "witness",
];
/// Who may stand behind an article ("THE COURT"), beside the roles.
const BODIES: [&str; 4] = ["court", "defendant", "president", "speaker"];
/// What stands before a name, without its stop.
const TITLES: [&str; 30] = [
    "chair",
    "chairman",
    "chairwoman",
    "chief",
    "cllr",
    "col",
    "councillor",
    "dr",
    "gen",
    "gov",
    "governor",
    "judge",
    "justice",
    "lord",
    "mayor",
    "minister",
    "mr",
    "mrs",
    "ms",
    "mx",
    "president",
    "prof",
    "professor",
    "rep",
    "representative",
    "secretary",
    "sen",
    "senator",
    "sir",
    "unidentified",
];
/// Words of labels that are no speaker's: "WHAT COMES NEXT:", "READ MORE:", "FACT:".
const NO_SPEAKER: [&str; 58] = [
    "about",
    "address",
    "advisory",
    "answers",
    "background",
    "bottom",
    "by",
    "claim",
    "contact",
    "correction",
    "cost",
    "date",
    "details",
    "email",
    "end",
    "fact",
    "facts",
    "fix",
    "for",
    "help",
    "how",
    "in",
    "is",
    "issue",
    "key",
    "line",
    "location",
    "match",
    "more",
    "myth",
    "next",
    "note",
    "on",
    "phone",
    "photo",
    "place",
    "problem",
    "read",
    "related",
    "result",
    "rsvp",
    "rule",
    "ruling",
    "say",
    "says",
    "source",
    "summary",
    "time",
    "tip",
    "to",
    "update",
    "verdict",
    "warning",
    "what",
    "when",
    "where",
    "who",
    "why",
];
/// Words of a label; a longer one is a clause.
const LONGEST_LABEL: usize = 6;
/// A paragraph without a label that goes on with the turn before it speaks of itself or to
/// somebody.
const IN_PERSON: [&str; 16] = [
    "i", "i'd", "i'll", "i'm", "i've", "me", "my", "our", "us", "we", "we'll", "we're", "we've", "you",
    "you're", "your",
];

/// How surely a paragraph begins as a turn does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sure {
    /// A role, a title before a name, or a name that stands at several turns.
    Yes,
    /// A name of several words: only beside one that is sure.
    Beside,
    No,
}

/// A paragraph that begins as a turn does.
#[derive(Debug, Clone, Copy)]
struct Label {
    source: Span,
    words: Span,
    /// The words end as speech does.
    said: bool,
    sure: Sure,
}

/// The turns in order; none unless two stand in paragraphs that follow each other. A list such
/// as "WHO: The mayor." and "WHERE: The town hall." is none.
///
/// A paragraph without a label between two turns goes on with the first if it speaks in
/// person ("I", "you"); else, like one whose label names no speaker, it is nobody's.
pub(crate) fn turns(doc: &Document) -> Vec<Turn> {
    let labels = labels(doc);
    let is_turn = |i: usize| labels[i].is_some_and(|label| label.sure == Sure::Yes);
    let beside = |i: usize| {
        let is_spoken = |j: usize| !is_aside(doc.paragraphs[j].span.of(&doc.text));
        let before = (0..i).rev().find(|&j| is_spoken(j));
        let after = (i + 1..labels.len()).find(|&j| is_spoken(j));
        [before, after].into_iter().flatten().any(is_turn)
    };
    let mut turns: Vec<Turn> = Vec::new();
    let (mut adjacent, mut was_turn) = (false, false);
    for (i, paragraph) in doc.paragraphs.iter().enumerate() {
        let said = paragraph.span.of(&doc.text);
        match labels[i] {
            Some(Label { source, words, sure, .. })
                if sure == Sure::Yes || sure == Sure::Beside && beside(i) =>
            {
                adjacent |= was_turn;
                was_turn = true;
                turns.push(Turn { source, content: vec![words] });
            }
            None if is_aside(said) => {}
            label => {
                was_turn = false;
                let speaks = label.is_none() && paragraph.kind != ParagraphKind::Heading && in_person(said);
                if let Some(turn) = turns.last_mut().filter(|_| speaks) {
                    turn.content.push(paragraph.span);
                }
            }
        }
    }
    // Behind the last label it may be the outlet's own again.
    if let Some(last) = turns.last_mut() {
        last.content.truncate(1);
    }
    if adjacent { turns } else { Vec::new() }
}

/// What each paragraph begins with.
fn labels(doc: &Document) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> =
        doc.paragraphs.iter().map(|paragraph| label(&doc.text, paragraph.span)).collect();
    let name = |label: &Label| label.source.of(&doc.text).to_lowercase();
    // "SHAPIRO" is "ARI SHAPIRO, HOST" again.
    let surname = |name: &str| -> String {
        let person = name.split(',').next().unwrap_or_default();
        person.split_whitespace().last().unwrap_or_default().to_owned()
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for label in labels.iter().flatten().filter(|label| label.said) {
        *times.entry(surname(&name(label))).or_default() += 1;
    }
    for label in labels.iter_mut().flatten() {
        let speaks_again = times.get(&surname(&name(label))).is_some_and(|&times| times > 1);
        if label.said && is_name(label.source.of(&doc.text)) && speaks_again {
            label.sure = Sure::Yes;
        }
    }
    // An answer needs a question: a list may have "A:" and "B:".
    let asks = labels.iter().flatten().any(|label| is_role(label.source.of(&doc.text)));
    for label in labels.iter_mut().flatten().filter(|_| asks) {
        if label.said && label.source.of(&doc.text).eq_ignore_ascii_case("a") {
            label.sure = Sure::Yes;
        }
    }
    labels
}

/// A paragraph's label and the words behind it.
fn label(text: &str, paragraph: Span) -> Option<Label> {
    let start = paragraph.start + time_len(paragraph.of(text));
    let line = &text[start..paragraph.end];
    let (at, mark) = label_end(line)?;
    let before = &line[..at];
    // "(laughing)" and "[interrupting]" are no part of the name.
    let named = before.find(['(', '[']).unwrap_or(at);
    let source = Span::new(start, start + named).trim(text);
    let words = Span::new(start + at + mark, paragraph.end).trim(text);
    let name = source.of(text);
    // A time ("8:15"), an address or a ratio has no space behind its colon.
    let parted = line[at + mark..].starts_with([' ', '\u{a0}', '\t']);
    let said = parted && words.of(text).contains(char::is_alphabetic) && is_sentence(words.of(text));
    let sure = match said {
        true if is_role(name) || is_titled(name) => Sure::Yes,
        true if is_name(name) && name.contains(' ') => Sure::Beside,
        _ => Sure::No,
    };
    looks_named(name).then_some(Label { source, words, said, sure })
}

/// Where a label ends, and how many bytes mark its end: a colon, a dash between spaces, or the
/// stop of "Q.".
fn label_end(line: &str) -> Option<(usize, usize)> {
    if line.starts_with(['Q', 'A']) && line[1..].starts_with(". ") {
        return Some((1, 1));
    }
    // As the transcripts of briefings have it; no sentence begins so.
    if line.starts_with("Q ") && !line[2..].trim_start().starts_with('(') {
        return Some((1, 0));
    }
    let colon = line.find(':').map(|at| (at, 1));
    let dash = line.find(" — ").map(|at| (at, " —".len()));
    [colon, dash].into_iter().flatten().min()
}

/// The length of a "[00:12:04] " before a label.
fn time_len(line: &str) -> usize {
    let Some(end) = line.find("] ").filter(|_| line.starts_with('[')) else { return 0 };
    let is_time = line[1..end].chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    if is_time { end + 2 } else { 0 }
}

/// Few words that all begin with a capital.
fn looks_named(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let is_capital = |word: &&str| {
        word.starts_with(char::is_uppercase) || word.starts_with(|c: char| c.is_ascii_digit() || c == '#')
    };
    (1..=LONGEST_LABEL).contains(&words.len()) && (words.iter().all(is_capital) || is_role(label))
}

/// Words that can be somebody's name; alone, in capitals.
fn is_name(label: &str) -> bool {
    let mut words = label.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let letters = |c: char| c.is_alphabetic();
    let alone = !label.contains(' ');
    let is_known = |word: &str| NO_SPEAKER.contains(&word.to_lowercase().as_str());
    let in_capitals = label.chars().filter(|&c| letters(c)).all(char::is_uppercase);
    let n_letters = label.chars().filter(|&c| letters(c)).count();
    let first_is_the = label.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    n_letters > 1 && (!alone || in_capitals) && !first_is_the && !words.any(is_known)
}

/// "Q", "Host", "QUESTION 2", "THE WITNESS".
fn is_role(label: &str) -> bool {
    let lower = label.to_lowercase();
    let mut words = lower.split_whitespace();
    let known = |word: &str| ROLES.contains(&word);
    match (words.next(), words.next(), words.next()) {
        (Some(role), None, None) => known(role),
        (Some("the"), Some(role), None) => known(role) || BODIES.contains(&role),
        (Some(role), Some(n), None) => known(role) && n.trim_start_matches('#').parse::<u32>().is_ok(),
        _ => false,
    }
}

/// A title before a name ("MR. PELLING"), or a role behind it ("ARI BELL, HOST").
fn is_titled(label: &str) -> bool {
    let mut words = label.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let named = words.next().is_some() && is_name(label);
    let behind = label.rsplit_once(", ").is_some_and(|(name, role)| is_name(name) && is_role(role));
    named && TITLES.contains(&first.as_str()) || behind
}

/// "(Applause.)", "[Laughter]".
fn is_aside(paragraph: &str) -> bool {
    paragraph.starts_with('(') && paragraph.ends_with(')')
        || paragraph.starts_with('[') && paragraph.ends_with(']')
}

/// Says "I", "we" or "you" outside quotation marks.
fn in_person(paragraph: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut quoted = false;
    paragraph.split_inclusive(|c: char| !is_word(c)).any(|piece| {
        let word = piece.trim_matches(|c: char| !is_word(c)).to_lowercase().replace('’', "'");
        let found = !quoted && IN_PERSON.contains(&word.as_str());
        match piece.chars().last() {
            Some('“') => quoted = true,
            Some('”') => quoted = false,
            Some('"') => quoted = !quoted,
            _ => {}
        }
        found
    })
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
            "Q: When?\nA: In May.\nI may err.\nQ: Which?\nHe left, I think.",
            &[("Q", &["When?"]), ("A", &["In May.", "I may err."]), ("Q", &["Which?"])],
        );
        check(
            "Mayor Kessel: It is late.\nModerator: One minute.",
            &[("Mayor Kessel", &["It is late."]), ("Moderator", &["One minute."])],
        );
    }

    #[test]
    fn labels_with_more_in_them() {
        check(
            "MR. PELL: I do.\nDR. VOSS [interrupting]: You don't.\nMR. PELL (laughing): We do.",
            &[("MR. PELL", &["I do."]), ("DR. VOSS", &["You don't."]), ("MR. PELL", &["We do."])],
        );
        check(
            "Q. Will it?\nA. No.\nQ (Harl News): Why?\nQUESTION 2: When?\nQ  Who?",
            &[
                ("Q", &["Will it?"]),
                ("A", &["No."]),
                ("Q", &["Why?"]),
                ("QUESTION 2", &["When?"]),
                ("Q", &["Who?"]),
            ],
        );
        check(
            "[00:12:04] SEN. O’BRIEN: We passed it.\nMS. ST. CLAIR-NG — No, you did not.",
            &[("SEN. O’BRIEN", &["We passed it."]), ("MS. ST. CLAIR-NG", &["No, you did not."])],
        );
        check(
            "ARI BELL: Good day.\nOLA WIK: Good day.\nBELL: Is it?\nWIK: No.",
            &[
                ("ARI BELL", &["Good day."]),
                ("OLA WIK", &["Good day."]),
                ("BELL", &["Is it?"]),
                ("WIK", &["No."]),
            ],
        );
        check(
            "ARI BELL, HOST: Good day.\nOLA WIK: Good day.\nBELL: Is it?\nWIK: No.\nWIK: Yes.",
            &[
                ("ARI BELL, HOST", &["Good day."]),
                ("OLA WIK", &["Good day."]),
                ("BELL", &["Is it?"]),
                ("WIK", &["No."]),
                ("WIK", &["Yes."]),
            ],
        );
    }

    #[test]
    fn what_nobody_is_sure_to_have_said_is_nobodys() {
        check(
            "SEN. LEE: It is dear.\nMS. FOX: It is.\nThe sitting was cut short. “I am cold,” one said.\n\
             (Applause.)\nNOTE: We left some of it out.\nSEN. LEE: Thank you.",
            &[("SEN. LEE", &["It is dear."]), ("MS. FOX", &["It is."]), ("SEN. LEE", &["Thank you."])],
        );
        check(
            "MR. PELL: I do.\nMS. FOX: It is.\nBOTTOM LINE: We pay.\nA Man Nobody Knew: I pay.\nMR. PELL: No.",
            &[
                ("MR. PELL", &["I do."]),
                ("MS. FOX", &["It is."]),
                ("A Man Nobody Knew", &["I pay."]),
                ("MR. PELL", &["No."]),
            ],
        );
    }

    #[test]
    fn lines_that_are_no_turns() {
        for text in [
            "Time: 8 p.m.\nPlace: Assembly Rooms\nAdmission: free",
            "Result: Harl 2, Ostby 1.\n\nNext match: Saturday, at home.",
            "Note: doors open at six.\nTickets: 12 crowns.",
            "MR. SMITH: We never saw it.",
            "MR. SMITH:\nMR. SMITH:\nA:\nQ:",
            "WHO: The mayor of Ostby.\nWHEN: Monday at noon.\nWHERE: The town hall.",
            "Key Facts: The dam is old.\nMore Help: See the next page.",
            "THE PROBLEM: One of two engines is broken.\nTHE FIX: A new one costs too much.",
            "FACT: The dam is old.\nMYTH: The dam is new.\nFACT: It leaks.\nMYTH: It holds.",
            "A: It is old.\nB: It is new.",
            "READ MORE: The dam.\nREAD MORE: The quay.",
            "She said: It is late. He said: It is not.\n\nThe end: it came at 8:15.",
            "Dam Holds: The mayor is glad.\n\nThe dam held.\n\nKey Facts: It is old.",
        ] {
            check(text, &[]);
        }
    }
}
