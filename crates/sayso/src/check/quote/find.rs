//! Where do the words stand exactly?

use super::source::Source;
use super::wording::{Join, Run, Word, Wording};

/// Words of a source that a quotation repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// First and last word of each part, in order: parts are divided by what the source puts
    /// between them (a reporting clause) and by what the quotation leaves out.
    pub(super) parts: Vec<(usize, usize)>,
    /// What it leaves out.
    pub(super) gaps: Vec<Gap>,
}

/// What an ellipsis or an insertion stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// The words of the source, half open.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The words in brackets.
    pub(super) inserted: Vec<String>,
}

impl Found {
    pub(super) fn first(&self) -> usize {
        self.parts.first().map_or(0, |part| part.0)
    }

    pub(super) fn last(&self) -> usize {
        self.parts.last().map_or(0, |part| part.1)
    }

    /// True when all of it stands in quotation marks.
    pub(super) fn is_quoted(&self, source: &Source) -> bool {
        let mut words = self.parts.iter().flat_map(|&(first, last)| &source.words[first..=last]);
        words.all(|word| word.outer.is_some())
    }
}

/// Most words of a source that an insertion stands for.
pub(super) const LONGEST_REPLACED: usize = 6;
/// How far an ellipsis reaches: the same and the next few sentences, in this paragraph and the
/// next two, which the same quotation may run over.
const GAP_SENTENCES: usize = 8;
const GAP_PARAGRAPHS: usize = 2;
const GAP_WORDS: usize = 250;
/// Ends the search in texts that are made to keep it busy.
const MOST_STEPS: usize = 20_000;

/// Every place where the quotation stands, in order.
pub(super) fn find(wording: &Wording, source: &Source) -> Vec<Found> {
    let Some(first) = wording.runs.first().and_then(|run| run.words.first()) else {
        return Vec::new();
    };
    let mut search = Search { source, steps: 0 };
    let starts = source.places(&first.key).iter();
    starts.filter_map(|&at| search.from(&wording.runs, at)).collect()
}

struct Search<'a> {
    source: &'a Source<'a>,
    steps: usize,
}

impl Search<'_> {
    /// The runs, the first of which begins at `at`.
    fn from(&mut self, runs: &[Run], at: usize) -> Option<Found> {
        self.steps += 1;
        let (run, rest) = runs.split_first()?;
        let parts = self.run(run, at)?;
        let last = parts.last()?.1;
        let Some(next) = rest.first() else {
            return Some(Found { parts, gaps: Vec::new() });
        };
        let first = &next.words.first()?.key;
        for start in self.resumptions(&next.join, last, first) {
            if self.steps > MOST_STEPS {
                return None;
            }
            if let Some(mut found) = self.from(rest, start) {
                let inserted = match &next.join {
                    Join::Insertion(words) => words.clone(),
                    _ => Vec::new(),
                };
                found.gaps.insert(0, Gap { from: last + 1, to: start, inserted });
                found.parts.splice(0..0, parts);
                return Some(found);
            }
        }
        None
    }

    /// Words in a row, as the source's own interruptions allow.
    fn run(&self, run: &Run, at: usize) -> Option<Vec<(usize, usize)>> {
        let words = &self.source.words;
        let mut parts = Vec::new();
        let (mut first, mut last) = (at, at);
        for Word { key, .. } in &run.words[1..] {
            let mut next = last + 1;
            while words.get(next).is_some_and(|word| word.inserted && word.key != *key) {
                next += 1;
            }
            // The reporting clause may begin with the word that comes behind it ("…," he said, "he …").
            let jump = words[last].jump.filter(|&to| words[to].key == *key);
            if let Some(to) = jump {
                next = to;
            } else if words.get(next).is_none_or(|word| word.key != *key) {
                return None;
            }
            if next != last + 1 {
                parts.push((first, last));
                first = next;
            }
            last = next;
        }
        parts.push((first, last));
        Some(parts)
    }

    /// Where the source's words can go on after `last`, nearest first.
    fn resumptions(&self, join: &Join, last: usize, key: &str) -> Vec<usize> {
        let words = &self.source.words;
        let here = &words[last];
        match join {
            Join::Gap => {
                let places = self.source.places(key);
                let from = places.partition_point(|&place| place <= last);
                let near = |&&place: &&usize| {
                    let word = &words[place];
                    place - last <= GAP_WORDS
                        && word.sentence - here.sentence <= GAP_SENTENCES
                        && word.paragraph - here.paragraph <= GAP_PARAGRAPHS
                };
                let same_voice = |place: &usize| words[*place].outer.is_some() == here.outer.is_some();
                places[from..].iter().take_while(near).copied().filter(same_voice).collect()
            }
            Join::Insertion(inserted) => {
                // Words in brackets that the source has too may be more.
                let most = LONGEST_REPLACED.max(inserted.len() + 1);
                let on = (last + 1..words.len()).take(most + 1);
                let over = here.jump.into_iter().flat_map(|to| (to..words.len()).take(most + 1));
                on.chain(over).filter(|&place| words[place].key == key).collect()
            }
            Join::None => Vec::new(),
        }
    }
}
