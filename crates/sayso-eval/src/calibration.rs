//! Does a confidence say how often it is right?

use serde::Serialize;

/// Equal ranges of confidence: as fine as records give it. They are shown by tens.
const BINS: usize = 100;
const SHOWN: usize = 10;

/// What was found with a confidence in one range.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Attributions found.
    pub found: usize,
    /// Those of them that are the same as gold.
    pub hit: usize,
    /// The sum of their confidences.
    pub confidence: f64,
}

impl Bin {
    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.hit += other.hit;
        self.confidence += other.confidence;
    }
}

/// Confidences of what was found, beside how much of it is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// From 0 to 1 in a hundred equal ranges; the last includes 1.
    pub bins: Vec<Bin>,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { bins: vec![Bin::default(); BINS] }
    }
}

impl Calibration {
    /// Counts one attribution.
    pub fn count(&mut self, confidence: f64, is_right: bool) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
        // 0.29 * 100.0 is less than 29.
        let at = (confidence.clamp(0.0, 1.0) * BINS as f64 + 1e-9) as usize;
        let bin = &mut self.bins[at.min(BINS - 1)];
        bin.found += 1;
        bin.hit += usize::from(is_right);
        bin.confidence += confidence;
    }

    /// Takes in the counts of others.
    pub fn add(&mut self, other: &Self) {
        for (bin, other) in self.bins.iter_mut().zip(&other.bins) {
            bin.add(other);
        }
    }

    /// By tens.
    fn shown(&self) -> Vec<Bin> {
        let sum = |bins: &[Bin]| {
            let mut total = Bin::default();
            bins.iter().for_each(|bin| total.add(bin));
            total
        };
        self.bins.chunks(BINS / SHOWN).map(sum).collect()
    }

    /// The expected calibration error, 0 to 1: how far confidence and share of right ones
    /// lie apart, averaged over the bins by their size. 0 where nothing was found.
    ///
    /// # Source
    /// Naeini, Cooper and Hauskrecht (2015), section 3, with ten bins.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn error(&self) -> f64 {
        let bins = self.shown();
        let n: usize = bins.iter().map(|bin| bin.found).sum();
        let apart: f64 = bins.iter().map(|bin| (bin.confidence - bin.hit as f64).abs()).sum();
        if n == 0 { 0.0 } else { apart / n as f64 }
    }

    /// A line for each range that something was found in, and the error.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn text(&self) -> String {
        let mut out = format!("{:29}{:>7}{:>12}{:>9}\n", "confidence", "found", "confidence", "right");
        for (i, bin) in self.shown().iter().enumerate().filter(|(_, bin)| bin.found > 0) {
            let n = bin.found as f64;
            let range = format!("  {:.1} to {:.1}", i as f64 / 10.0, (i + 1) as f64 / 10.0);
            let (mean, right) = (bin.confidence / n, bin.hit as f64 / n);
            out += &format!("{range:29}{:>7}{mean:>12.2}{right:>9.2}\n", bin.found);
        }
        out + &format!("  {:27}{:>28.3}\n", "expected calibration error", self.error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_distance_weighted_by_size() {
        let mut calibration = Calibration::default();
        assert!(calibration.error().abs() < 1e-12);
        // Sure four times and right three times; doubtful once and right.
        for is_right in [true, true, true, false] {
            calibration.count(1.0, is_right);
        }
        calibration.count(0.25, true);
        let expected = (1.0 * 4.0 / 5.0 - 0.75 * 4.0 / 5.0) + 0.75 / 5.0;
        assert!((calibration.error() - expected).abs() < 1e-12, "{}", calibration.error());
    }

    #[test]
    fn each_hundredth_has_its_bin() {
        for i in 0..BINS {
            let mut calibration = Calibration::default();
            calibration.count(i as f64 / BINS as f64, true);
            assert_eq!(calibration.bins[i].found, 1, "{i}");
        }
    }

    #[test]
    fn counts_add_up_and_the_ends_belong_to_the_outer_bins() {
        let mut one = Calibration::default();
        one.count(0.0, false);
        one.count(1.0, true);
        let mut both = one.clone();
        both.add(&one);
        assert_eq!((both.bins[0].found, both.bins[99].found, both.bins[99].hit), (2, 2, 2));
    }
}
