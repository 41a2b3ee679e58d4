//! Counts, and the ratios made of them.

use serde::Serialize;

/// How many were found, how many of those were right, how many there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and right.
    pub hit: usize,
    /// Found.
    pub found: usize,
    /// There to be found.
    pub gold: usize,
}

impl Counts {
    /// Adds another set of counts.
    pub fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// Share of what was found that is right, in per cent; `None` when nothing was found.
    pub fn precision(self) -> Option<f64> {
        ratio(self.hit, self.found)
    }

    /// Share of what is there that was found, in per cent; `None` when there is nothing.
    pub fn recall(self) -> Option<f64> {
        ratio(self.hit, self.gold)
    }

    /// Harmonic mean of the two, in per cent; `None` when neither is defined.
    ///
    /// ```
    /// use sayso_eval::score::Counts;
    /// let counts = Counts { hit: 3, found: 4, gold: 6 };
    /// assert_eq!(counts.f1(), Some(60.0));
    /// assert_eq!(Counts::default().f1(), None);
    /// ```
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.hit, self.found + self.gold)
    }
}

/// A share in per cent; `None` of nothing.
pub fn ratio(part: usize, whole: usize) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// A share in per cent, to one decimal, for people.
pub fn percent(part: usize, whole: usize) -> String {
    shown(ratio(part, whole))
}

/// A ratio to one decimal, for people.
pub fn shown(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.1}"))
}

/// Written with its ratios, to two decimals.
impl Serialize for Counts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let round = |x: Option<f64>| x.map(|x| (x * 100.0).round() / 100.0);
        let mut s = serializer.serialize_struct("Counts", 6)?;
        s.serialize_field("hit", &self.hit)?;
        s.serialize_field("found", &self.found)?;
        s.serialize_field("gold", &self.gold)?;
        s.serialize_field("precision", &round(self.precision()))?;
        s.serialize_field("recall", &round(self.recall()))?;
        s.serialize_field("f1", &round(self.f1()))?;
        s.end()
    }
}

/// One line of a report: `name  P  R  F1  (hit / found / gold)`.
pub fn line(name: &str, counts: Counts) -> String {
    format!(
        "  {name:<26} {:>6} {:>6} {:>6}   {:>6} {:>6} {:>6}\n",
        shown(counts.precision()),
        shown(counts.recall()),
        shown(counts.f1()),
        counts.hit,
        counts.found,
        counts.gold
    )
}

/// The heading above lines made by [`line()`].
pub fn heading(title: &str) -> String {
    format!("{title:<28} {:>6} {:>6} {:>6}   {:>6} {:>6} {:>6}\n", "P", "R", "F1", "hit", "found", "gold")
}
