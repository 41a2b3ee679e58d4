//! What does a quotation claim that was said?

use sayso_text::Span;

use super::lex::{Kind, Lexeme, closing, lex};
use super::lists::weight;

/// A quotation's words in a row, and what stands before them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Run {
    pub(super) join: Join,
    pub(super) words: Vec<Word>,
}

/// A word of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) key: String,
    /// Its place in the quotation.
    pub(super) span: Span,
    /// How much it says that a source shares it.
    pub(super) weight: f32,
}

/// What stands between two runs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Join {
    /// Nothing.
    #[default]
    None,
    /// An ellipsis: words of the source are left out.
    Gap,
    /// Words in brackets, which replace others or add to them.
    Insertion(Vec<String>),
}

/// A quotation, ready to be looked for.
#[derive(Debug, Default)]
pub(super) struct Wording {
    pub(super) runs: Vec<Run>,
    /// Every word that could be without is capitalised, as in titles of works.
    pub(super) titled: bool,
}

impl Wording {
    pub(super) fn new(quote: &str) -> Self {
        let mut wording = Self::default();
        let mut run = Run::default();
        let lexemes = lex(quote);
        let mut at = 0;
        while let Some(Lexeme { span, kind }) = lexemes.get(at) {
            at += 1;
            match kind {
                Kind::Word(key) => {
                    let weight = weight(key);
                    run.words.push(Word { key: key.clone(), span: *span, weight });
                }
                Kind::Ellipsis => wording.end_run(&mut run, Join::Gap),
                Kind::Open => {
                    let Some(close) = closing(&lexemes, at) else {
                        continue;
                    };
                    // "mean[s]" and "[un]likely": what is glued to a bracket is no word that was said.
                    let glued = run.words.last().is_some_and(|word| word.span.end == span.start);
                    let mut inserted: Vec<String> = Vec::new();
                    inserted.extend(glued.then(|| run.words.pop()).flatten().map(|word| word.key));
                    inserted.extend(lexemes[at..close].iter().filter_map(Lexeme::word).map(str::to_owned));
                    wording.end_run(&mut run, Join::Insertion(inserted));
                    let glued =
                        |next: &Lexeme| next.word().is_some() && next.span.start == lexemes[close].span.end;
                    at = close + 1 + usize::from(lexemes.get(close + 1).is_some_and(glued));
                }
                // Marks say nothing of what was said.
                Kind::Close | Kind::Mark(_) => {}
            }
        }
        wording.end_run(&mut run, Join::None);
        wording.titled = is_titled(quote, &wording);
        wording
    }

    fn end_run(&mut self, run: &mut Run, next: Join) {
        if !run.words.is_empty() {
            self.runs.push(std::mem::take(run));
        } else if let (Join::Insertion(before), Join::Insertion(_)) = (&run.join, &next) {
            // Two insertions in a row are one.
            let Join::Insertion(after) = next else { return };
            run.join = Join::Insertion(before.iter().cloned().chain(after).collect());
            return;
        } else if run.join == Join::Gap && next != Join::None {
            // An ellipsis beside an insertion leaves out whatever stood there.
            return;
        }
        run.join = next;
    }

    /// The words of all runs, in order.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.runs.iter().flat_map(|run| &run.words)
    }
}

/// Small words that titles of works leave small.
const SMALL: [&str; 16] =
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "but", "'s"];

fn is_titled(quote: &str, wording: &Wording) -> bool {
    let mut n_capitals = 0;
    for (i, word) in wording.words().enumerate() {
        let first = word.span.of(quote).chars().next().unwrap_or_default();
        if first.is_uppercase() {
            n_capitals += 1;
        } else if i == 0 || !first.is_ascii_digit() && !SMALL.contains(&word.key.as_str()) {
            return false;
        }
    }
    n_capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_joins() {
        let check = |quote: &str, expected: &str| {
            let wording = Wording::new(quote);
            let shown = wording.runs.iter().map(|run| {
                let join = match &run.join {
                    Join::None => String::new(),
                    Join::Gap => "… ".to_owned(),
                    Join::Insertion(words) => format!("[{}] ", words.join(" ")),
                };
                join + &run.words.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" | "), expected);
        };
        check("We know it.", "we know it");
        check("We … know [the place], he said", "we | … know | [the place] he said");
        check("[W]e know", "we know");
        check("It mean[s] war", "it | [mean s] war");
        check("It is [un]likely now", "it is | [un] now");
        check("… and so on …", "… and so on");
        check("We [the people", "we the people");
        check("We] know [[it] all", "we know | [it] all");
        check("[Lee] knew", "[lee] knew");
    }

    #[test]
    fn titles() {
        assert!(Wording::new("The Sound of Rain").titled);
        assert!(!Wording::new("The sound of rain").titled);
        assert!(!Wording::new("Good").titled);
        // Short words and names make no title.
        assert!(!Wording::new("We will beat Lee in Ohio").titled);
        assert!(!Wording::new("and Friday, 31 is Friday").titled);
    }
}
