//! Is one text a reprint of another?
//!
//! Outlets that carry a wire story change its credit, its dateline, a word here and there, and cut its end. What stays are
//! runs of words: of the shorter text nearly all stand in the longer one.
//!
//! # Source
//! Shingles and containment: A. Broder, "On the resemblance and containment of documents" (1997), with runs of 5 words; the
//! sample is his modulo sketch.

/// Words of a run.
const RUN: usize = 5;
/// One run in so many is in the sample.
const SAMPLE: u64 = 16;
/// The share of the shorter text's runs that the longer one has, from which it is a reprint.
///
/// Two reports of one event by two desks share under 0.1, also where they quote the same words at length; a reprint with its
/// last third cut and every tenth sentence changed keeps over 0.6.
pub const REPRINT: f64 = 0.5;

/// A text's runs of words, as hashes; the same text has the same on every machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Runs(Vec<u64>);

/// FNV-1a with 64 bits (Fowler, Noll and Vo), whose numbers archives keep: they must be the same in all versions and on all
/// systems, which the standard library's aren't.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Runs {
    /// Those of a text; case, marks and white space are no difference.
    ///
    /// ```
    /// use sayso::reprint::{REPRINT, Runs};
    /// let wire = "ORDANE (AP) — A dam burst above the town before dawn on Sunday, officials said, and 46 people died.";
    /// let reprint = "A dam burst above the town before dawn on Sunday, officials said, and 46 people died.";
    /// let own = "Rescuers searched the ruins of Upper Sarn on Sunday after the dam above the town gave way.";
    /// assert!(Runs::new(wire).shared(&Runs::new(reprint)) >= REPRINT);
    /// assert!(Runs::new(wire).shared(&Runs::new(own)) < REPRINT);
    /// ```
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut runs: Vec<u64> = words.windows(RUN).map(|run| fnv(run.join(" ").as_bytes())).collect();
        runs.sort_unstable();
        runs.dedup();
        Self(runs)
    }

    /// The share of the runs of the one with fewer that the other has too, 0 to 1; 0 where one has none.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    pub fn shared(&self, other: &Self) -> f64 {
        let (short, long) = if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        if short.0.is_empty() {
            return 0.0;
        }
        let both = short.0.iter().filter(|run| long.0.binary_search(run).is_ok()).count();
        both as f64 / short.0.len() as f64
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// About one run in 16, the same ones wherever they stand: texts that share many runs share some of these.
    pub fn sample(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied().filter(|run| run % SAMPLE == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_runs_stay() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn marks_and_case_are_no_difference_and_short_texts_are_no_reprints() {
        let one = Runs::new("“The dam is safe,” she said.\nNobody else spoke.");
        assert_eq!(one, Runs::new("\"the dam is safe\" SHE SAID; nobody else spoke"));
        for text in ["", "too short to tell"] {
            assert!(Runs::new(text).shared(&one) < f64::EPSILON);
        }
    }

    #[test]
    fn the_sample_of_a_part_is_a_part_of_the_sample() {
        let text: String = (0..600).map(|n| format!("word{n} ")).collect();
        let (whole, part) = (Runs::new(&text), Runs::new(&text[..text.len() / 2]));
        let all: Vec<u64> = whole.sample().collect();
        assert!(part.sample().all(|run| all.contains(&run)) && part.sample().count() > 5);
        assert!((whole.shared(&part) - 1.0).abs() < f64::EPSILON);
    }
}
