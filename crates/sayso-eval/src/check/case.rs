//! What does a single miss or false alarm look like?

use sayso::CharIndex;
use sayso::check::{Finding, Report};
use serde::Serialize;

/// Lines are at most so long.
const COLUMNS: usize = 100;
/// So many code points are shown at each side.
const AROUND: usize = 60;
/// Of a passage longer than this, the rest is left out.
const LONGEST: usize = 400;

/// One thing to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Case {
    /// The brief's name.
    pub brief: String,
    /// What is the matter.
    pub kind: CaseKind,
    /// The code, or the corpus's kind of error.
    pub what: String,
    /// The brief's words, marked with ⟦ and ⟧, and some around them.
    pub around: Vec<String>,
    /// Passages of the source that people or the finding name.
    pub evidence: Vec<String>,
    /// What the label or the finding says.
    pub note: String,
    /// Of a miss: what was found at its place instead.
    pub instead: Vec<String>,
}

/// What can be the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CaseKind {
    /// An error that no finding of its code touches.
    Missed,
    /// A finding outside the marked words of a wrong brief.
    Stray,
    /// A finding in a right brief.
    Alarm,
    /// A brief that its fixes should have put right.
    Unfixed,
}

impl Case {
    /// A finding that should not be.
    pub(super) fn finding(brief: &str, kind: CaseKind, finding: &Finding, report: &Report) -> Self {
        Self {
            brief: brief.to_owned(),
            kind,
            what: finding.code.name().to_owned(),
            around: vec![around(&report.brief.text, finding.start, finding.end)],
            evidence: finding.evidence.iter().map(|evidence| evidence.text.clone()).collect(),
            note: finding.message.clone(),
            instead: Vec::new(),
        }
    }

    /// Some lines of at most 100 columns.
    pub fn text(&self) -> String {
        let kind = match self.kind {
            CaseKind::Missed => "missed",
            CaseKind::Stray => "stray",
            CaseKind::Alarm => "alarm",
            CaseKind::Unfixed => "unfixed",
        };
        let mut out = format!("\n  {kind} {} in {}\n", self.what, self.brief);
        let mut part = |name: &str, words: &str| {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown: String = words.chars().take(LONGEST).collect();
            let shown = match shown.rsplit_once(' ') {
                Some((whole, _)) if shown.len() < words.len() => format!("{whole} …"),
                _ => shown,
            };
            let first = format!("    {name:<10}");
            let options =
                textwrap::Options::new(COLUMNS).initial_indent(&first).subsequent_indent("              ");
            for line in textwrap::wrap(&shown, options) {
                out += line.trim_end();
                out.push('\n');
            }
        };
        self.around.iter().for_each(|words| part("brief", words));
        self.evidence.iter().for_each(|words| part("source", words));
        if !self.note.is_empty() {
            part("why", &self.note);
        }
        self.instead.iter().for_each(|words| part("instead", words));
        out
    }
}

/// A finding in one line.
pub(super) fn line(finding: &Finding) -> String {
    format!("{} “{}”: {}", finding.code.name(), finding.text, finding.message)
}

/// The words at a range of code points, marked, with whole words around them.
pub(super) fn around(text: &str, start: usize, end: usize) -> String {
    let index = CharIndex::new(text);
    let Some(span) = index.to_bytes(start, end) else {
        return format!("{start}..{end} lies outside the text");
    };
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let cut = before.chars().count() > AROUND;
    let tail: String = before.chars().skip(before.chars().count().saturating_sub(AROUND)).collect();
    let tail = if cut { format!("… {}", tail.split_once(' ').map_or("", |(_, rest)| rest)) } else { tail };
    let head: String = after.chars().take(AROUND).collect();
    let head = if head.len() < after.len() {
        format!("{} …", head.rsplit_once(' ').map_or("", |(rest, _)| rest))
    } else {
        head
    };
    format!("{tail}⟦{}⟧{head}", span.of(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: &str) {
        let at = text.find(words).unwrap();
        let start = text[..at].chars().count();
        assert_eq!(around(text, start, start + words.chars().count()), expected);
    }

    #[test]
    fn words_stand_among_others() {
        check("“É” 31 ships sank.", "31", "“É” ⟦31⟧ ships sank.");
        let long = "One two three four five six seven eight nine ten eleven twelve thirteen";
        check(
            &format!("{long} 31 {long}"),
            "31",
            "… four five six seven eight nine ten eleven twelve thirteen ⟦31⟧ One two three four five six seven eight nine ten eleven …",
        );
        assert_eq!(around("so", 1, 9), "1..9 lies outside the text");
    }

    #[test]
    fn lines_fit_a_hundred_columns() {
        let case = Case {
            brief: "a-x1".to_owned(),
            kind: CaseKind::Missed,
            what: "figure-changed".to_owned(),
            around: vec!["word ".repeat(40)],
            evidence: vec!["passage\n\n".repeat(90)],
            note: "31".to_owned(),
            instead: vec!["date-changed “x”: y".to_owned()],
        };
        let text = case.text();
        assert!(text.lines().all(|line| line.chars().count() <= COLUMNS), "{text}");
        assert!(text.contains("\n  missed figure-changed in a-x1\n    brief     word"), "{text}");
        assert!(text.contains("passage …\n    why       31\n    instead   date-changed"), "{text}");
    }
}
