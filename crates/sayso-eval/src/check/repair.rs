//! Do the fixes put a brief right, and touch nothing else?

use sayso::check::Report;
use sayso::{Article, CharIndex, Engine};

use super::PlantedBrief;

/// What became of a brief whose errors can all be put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Repair {
    /// All marked words were replaced.
    pub replaced: bool,
    /// Nothing else was.
    pub untouched: bool,
    /// It is the clean brief again, word for word.
    pub restored: bool,
    /// Checked again, nothing is found.
    pub clean: bool,
}

impl Repair {
    /// The errors are gone and nothing else is, as far as our own check can tell.
    pub fn is_done(self) -> bool {
        self.replaced && self.untouched && self.clean
    }

    /// Words were changed that are no error.
    pub fn is_harmful(self) -> bool {
        !self.untouched
    }
}

/// Makes the report's fixes and checks again; `None` for a brief that replacing words can't put right.
pub fn repair(engine: &Engine, planted: &PlantedBrief, report: &Report) -> Option<Repair> {
    let base = planted.base.as_ref().filter(|_| planted.is_fixable())?;
    let fixed = report.fixed();
    let (replaced, untouched) = compare(planted, &fixed);
    let restored = fixed == *base;
    let changed = fixed != planted.brief.text;
    // Without a change the answer is known.
    let clean = if changed {
        let again = Article { text: fixed, ..planted.brief.clone() };
        engine.check(&again, &planted.sources).findings.is_empty()
    } else {
        report.findings.is_empty()
    };
    Some(Repair { replaced: replaced || restored, untouched: untouched || restored, restored, clean })
}

/// Whether all marked words are others in `fixed`, and whether all words around them are there still.
///
/// A fix may replace more than was marked, as long as what it puts around the marked words is what stood there.
fn compare(planted: &PlantedBrief, fixed: &str) -> (bool, bool) {
    let text = &planted.brief.text;
    let index = CharIndex::new(text);
    let marked: Vec<_> =
        planted.errors.iter().filter_map(|error| index.to_bytes(error.start, error.end)).collect();
    let mut kept = Vec::new();
    let mut done = 0;
    for span in &marked {
        kept.push(&text[done..span.start]);
        done = span.end;
    }
    let end = &text[done..];
    let Some(inner) = fixed.strip_prefix(kept[0]).and_then(|rest| rest.strip_suffix(end)) else {
        return (false, false);
    };
    let (mut rest, mut replaced) = (inner, true);
    for (span, between) in marked.iter().zip(&kept[1..]) {
        let Some((words, after)) = rest.split_once(between) else { return (false, false) };
        replaced &= words != span.of(text);
        rest = after;
    }
    (replaced && marked.last().is_some_and(|span| span.of(text) != rest), true)
}

#[cfg(test)]
mod tests {
    use sayso::check::Code;

    use super::super::PlantedError;
    use super::*;

    fn check(fixed: &str, expected: (bool, bool)) {
        let error = |start, text: &str| PlantedError {
            code: Code::FigureChanged,
            start,
            end: start + text.chars().count(),
            text: text.to_owned(),
            evidence: None,
            note: String::new(),
            alt: Vec::new(),
            fixable: true,
            fix: Some(String::new()),
        };
        let planted = PlantedBrief {
            brief: Article::from_text("É: 27 ships sank in May."),
            errors: vec![error(3, "27"), error(20, "May")],
            ..PlantedBrief::default()
        };
        assert_eq!(compare(&planted, fixed), expected, "{fixed}");
    }

    #[test]
    fn only_marked_words_may_change() {
        check("É: 31 ships sank in June.", (true, true));
        check("É: 31 ships sank in May.", (false, true));
        check("É: 27 ships sank in May.", (false, true));
        check("É: 31 boats sank in June.", (false, false));
        check("31 ships sank in June.", (false, false));
        check("É:  ships sank in .", (true, true));
        check("É: ", (false, false));
    }
}
