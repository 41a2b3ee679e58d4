//! How is a row of numbers multiplied by a matrix, exactly and fast?
//!
//! Activations and weights are integers of 8 bits and sums integers of 32 that can't overflow, so every order of adding
//! gives the same sum. Where the processor multiplies bytes and adds them in 32 bits the panels are of bytes (`quads`), where it
//! adds them in 16, of bytes so small that they fit (`bounded`), elsewhere of 16-bit numbers (`pairs`).

use crate::kernels::{Ready, kernel};
use crate::lines::Lines;
#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
use crate::{Tier, amx};
use crate::{bounded, math, pairs, quads};

/// Largest magnitude of a quantised activation.
pub(crate) const ACTIVATION_MAX: i16 = 127;
/// Columns that a matrix may have.
pub(crate) const MAX_COLUMNS: usize = 2048;
const _: () = assert!(255 * ACTIVATION_MAX as i64 * MAX_COLUMNS as i64 <= i32::MAX as i64);

/// A matrix of 8-bit weights with a scale and a bias for each output.
#[derive(Debug)]
pub(crate) struct Matrix {
    panels: Panels,
    scales: Vec<f32>,
    bias: Vec<f32>,
    columns: usize,
    tier: Ready,
}

#[derive(Debug)]
enum Panels {
    /// For each panel and each pair of columns: the pair of each output.
    Pairs(Lines<i16>),
    /// For each panel and each four columns: the four of each output, each [`quads::zero`] more than it is.
    Quads(Lines<u8>),
    /// Bytes that are bounded where they meet, and what they lack.
    Bounded(bounded::Weights),
}

/// Rows of quantised activations, in the form that a tier wants.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    wide: Lines<i16>,
    narrow: Lines<i8>,
    parted: bounded::Numbers,
    scales: Vec<f32>,
    /// What [`quads::zero`] adds to each sum of a row.
    excess: Vec<i32>,
}

impl Matrix {
    /// Packs `weight`, a row of `columns` numbers for each output.
    ///
    /// # Panics
    /// When `columns` is no multiple of 4 or more than [`MAX_COLUMNS`], beyond which sums could overflow, or when the
    /// lengths don't fit each other.
    pub(crate) fn new(tier: Ready, weight: &[i8], scales: Vec<f32>, bias: Vec<f32>, columns: usize) -> Self {
        let n_out = scales.len();
        assert!(columns > 0 && columns.is_multiple_of(4) && columns <= MAX_COLUMNS, "{columns} columns");
        assert!(weight.len() == n_out * columns && bias.len() == n_out, "{n_out} outputs");
        let panels = if quads::serves(tier) {
            let zero = quads::zero(tier);
            let shifted = |weight: i8| zero.wrapping_add_signed(weight);
            Panels::Quads(packed(weight, columns, n_out, quads::PANEL, 4, zero, shifted))
        } else if bounded::serves(tier) {
            Panels::Bounded(bounded::Weights::new(tier, weight, columns, n_out))
        } else {
            Panels::Pairs(packed(weight, columns, n_out, pairs::PANEL, 2, 0, i16::from))
        };
        Self { panels, scales, bias, columns, tier }
    }

    /// `out[r][o] = (Σ a[r][k] · w[o][k]) · (a_scale[r] · scale[o]) + bias[o]`, where `a` are the rows of `x`,
    /// quantised.
    pub(crate) fn run(&self, x: &[f32], a: &mut Activations, out: &mut [f32]) {
        let n = x.len() / self.columns;
        a.scales.resize(n, 0.0);
        a.excess.clear();
        a.excess.resize(n, 0);
        // Buffers only grow, for the smaller rows of the next matrix.
        match &self.panels {
            Panels::Pairs(panels) => {
                a.wide.resize(x.len().max(a.wide.len()), 0);
                quantize(self.tier, x, self.columns, &mut a.wide, &mut a.scales);
                self.by_pairs(panels, a, out);
            }
            Panels::Quads(panels) => {
                let zero = i32::from(quads::zero(self.tier));
                a.narrow.resize(x.len().max(a.narrow.len()), 0);
                quantize_bytes(self.tier, x, self.columns, zero, &mut a.narrow, &mut a.scales, &mut a.excess);
                #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
                if self.tier.tier() == Tier::Amx
                    && self.columns.is_multiple_of(amx::COLUMNS)
                    && let Some(tiles) = amx::Tiles::new()
                {
                    return self.by_tiles(&tiles, panels, a, out);
                }
                self.by_quads(panels, a, out);
            }
            Panels::Bounded(weights) => {
                a.parted.set(self.tier, x, self.columns, &mut a.scales);
                self.by_bounded(weights, a, out);
            }
        }
    }

    fn by_pairs(&self, panels: &[i16], a: &Activations, out: &mut [f32]) {
        let n_out = self.scales.len();
        let mut sums = [[0; pairs::PANEL]; pairs::ROWS];
        for (p, panel) in panels.chunks_exact(self.columns * pairs::PANEL).enumerate() {
            for (first, out) in (0..).step_by(pairs::ROWS).zip(out.chunks_mut(pairs::ROWS * n_out)) {
                let last = out.len() / n_out - 1;
                let row = |r: usize| &a.wide[(first + r.min(last)) * self.columns..][..self.columns];
                pairs::tile(self.tier, std::array::from_fn(row), panel, &mut sums);
                self.finish(&sums, p * pairs::PANEL, first, a, out);
            }
        }
    }

    fn by_quads(&self, panels: &[u8], a: &Activations, out: &mut [f32]) {
        let n_out = self.scales.len();
        let mut sums = [[0; quads::PANEL]; quads::ROWS];
        for (p, panel) in panels.chunks_exact(self.columns * quads::PANEL).enumerate() {
            for (first, out) in (0..).step_by(quads::ROWS).zip(out.chunks_mut(quads::ROWS * n_out)) {
                let last = out.len() / n_out - 1;
                let row = |r: usize| &a.narrow[(first + r.min(last)) * self.columns..][..self.columns];
                quads::tile(self.tier, std::array::from_fn(row), panel, &mut sums);
                self.finish(&sums, p * quads::PANEL, first, a, out);
            }
        }
    }

    fn by_bounded(&self, weights: &bounded::Weights, a: &Activations, out: &mut [f32]) {
        let n_out = self.scales.len();
        let mut sums = [[0; bounded::PANEL]; bounded::ROWS];
        let rows = a.parted.rows();
        for (p, panel) in weights.panels().enumerate() {
            for (first, out) in (0..).step_by(bounded::ROWS).zip(out.chunks_mut(bounded::ROWS * n_out)) {
                let last = out.len() / n_out - 1;
                let row = |r: usize| &rows[first + r.min(last)];
                bounded::tile(self.tier, std::array::from_fn(row), panel, &mut sums);
                self.finish(&sums, p * bounded::PANEL, first, a, out);
            }
        }
    }

    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    fn by_tiles(&self, tiles: &amx::Tiles, panels: &[u8], a: &mut Activations, out: &mut [f32]) {
        let n_out = self.scales.len();
        // What stands behind the last row is multiplied too; nobody looks at those sums.
        let padded = a.scales.len().next_multiple_of(amx::ROWS) * self.columns;
        a.narrow.resize(padded.max(a.narrow.len()), 0);
        let mut sums = amx::Aligned([[0; quads::PANEL]; amx::ROWS]);
        for (p, panel) in panels.chunks_exact(self.columns * quads::PANEL).enumerate() {
            for (first, out) in (0..).step_by(amx::ROWS).zip(out.chunks_mut(amx::ROWS * n_out)) {
                let rows = &a.narrow[first * self.columns..][..amx::ROWS * self.columns];
                tiles.multiply(rows, panel, &mut sums.0);
                self.finish(&sums.0, p * quads::PANEL, first, a, out);
            }
        }
    }

    /// Writes the sums of a tile into the columns of `out` from `at` on; its first row is row `first` of all.
    fn finish<const N: usize>(
        &self,
        sums: &[[i32; N]],
        at: usize,
        first: usize,
        a: &Activations,
        out: &mut [f32],
    ) {
        let n_out = self.scales.len();
        let some = N.min(n_out - at);
        let rows = Rows { scales: &a.scales[first..], excess: &a.excess[first..] };
        let outputs =
            Outputs { scales: &self.scales[at..][..some], bias: &self.bias[at..][..some], all: n_out };
        spread(self.tier, sums.as_flattened(), N, rows, outputs, &mut out[at..]);
    }
}

/// What is known of the rows of a tile, and of those behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) scales: &'a [f32],
    pub(crate) excess: &'a [i32],
}

/// What is known of the outputs of a tile.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outputs<'a> {
    pub(crate) scales: &'a [f32],
    pub(crate) bias: &'a [f32],
    /// How many the matrix has.
    pub(crate) all: usize,
}

/// Panels of `panel` outputs: for each group of columns, the group of each output; `empty` where there is none.
pub(crate) fn packed<T: Copy>(
    weight: &[i8],
    columns: usize,
    n_out: usize,
    panel: usize,
    group: usize,
    empty: T,
    number: impl Fn(i8) -> T,
) -> Lines<T> {
    let mut panels = Lines::filled(n_out.div_ceil(panel) * columns * panel, empty);
    for (output, row) in weight.chunks_exact(columns).enumerate() {
        let lanes = &mut panels[output / panel * columns * panel..][..columns * panel];
        for (column, &weight) in row.iter().enumerate() {
            lanes[column / group * group * panel + output % panel * group + column % group] = number(weight);
        }
    }
    panels
}

kernel! {
    /// Quantises each row of `x` (of `columns` numbers) to 8 bits with a scale of its own.
    fn quantize(x: &[f32], columns: usize, q: &mut [i16], scales: &mut [f32]) {
        for ((row, q), scale) in x.chunks_exact(columns).zip(q.chunks_exact_mut(columns)).zip(scales) {
            *scale = math::quantize(row, ACTIVATION_MAX, q);
        }
    }
}

kernel! {
    /// The same as bytes, with `zero` times the sum of each row.
    fn quantize_bytes(
        x: &[f32], columns: usize, zero: i32, q: &mut [i8], scales: &mut [f32], excess: &mut [i32],
    ) {
        let rows = x.chunks_exact(columns).zip(q.chunks_exact_mut(columns));
        for ((row, q), (scale, excess)) in rows.zip(scales.iter_mut().zip(excess)) {
            let inverse;
            (*scale, inverse) = math::scale(math::most(row), ACTIVATION_MAX);
            let mut sum = 0;
            for (q, &value) in q.iter_mut().zip(row) {
                #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
                let narrow = math::round(value * inverse).1 as i8;
                *q = narrow;
                // Of what was multiplied, even where it was no number.
                sum += i32::from(narrow);
            }
            *excess = zero * sum;
        }
    }
}

kernel! {
    /// The sums of a tile, rows of `panel`, as numbers, into the first of `out`'s rows, as far as there are any.
    fn spread(sums: &[i32], panel: usize, rows: Rows<'_>, outputs: Outputs<'_>, out: &mut [f32]) {
        let (scales, scales_rest) = outputs.scales.as_chunks();
        let (bias, bias_rest) = outputs.bias.as_chunks();
        let rows = rows.scales.iter().zip(rows.excess);
        for ((sums, out), (&scale, &excess)) in sums.chunks_exact(panel).zip(out.chunks_mut(outputs.all)).zip(rows) {
            let some = outputs.scales.len();
            let (sums, sums_rest) = sums[..some].as_chunks();
            let (out, out_rest) = out[..some].as_chunks_mut();
            // By registers, which a loop of unknown length would leave after the first few. Each for itself: whole loops were
            // compiled so that they gather a number of each register, which took half of the time of a pass.
            for (((sums, scales), bias), out) in sums.iter().zip(scales).zip(bias).zip(out) {
                scaled::<{ math::LANES }>(sums, excess, scale, scales, bias, std::hint::black_box(out));
            }
            let rest = sums_rest.iter().zip(scales_rest).zip(bias_rest).zip(out_rest);
            for (((&sum, &output), &bias), out) in rest {
                scaled(&[sum], excess, scale, &[output], &[bias], std::array::from_mut(out));
            }
        }
    }
}

#[inline(always)]
fn scaled<const N: usize>(
    sums: &[i32; N],
    excess: i32,
    row: f32,
    outputs: &[f32; N],
    bias: &[f32; N],
    out: &mut [f32; N],
) {
    // As values, since a compiler that doesn't see that `out` is none of the others takes one number after the other.
    let (sums, outputs, bias) = (*sums, *outputs, *bias);
    let mut all = [0.0; N];
    for i in 0..N {
        #[expect(clippy::cast_precision_loss, reason = "the one rounding of a sum")]
        let sum = (sums[i] - excess) as f32;
        all[i] = sum * (row * outputs[i]) + bias[i];
    }
    *out = all;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Integers up to `most` in magnitude from a seed.
    fn integers(seed: u64, most: i64, n: usize) -> Vec<i64> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 33) as i64) % (2 * most + 1) - most
        };
        (0..n).map(|_| next()).collect()
    }

    proptest! {
        #[test]
        fn products_equal_the_naive_sum(
            seed: u64, small: bool, rows in 1usize..40, outs in 1usize..140,
            // Half of them have as many as a tile.
            columns in prop_oneof![(1usize..30).prop_map(|n| 4 * n), (1usize..5).prop_map(|n| 64 * n)],
        ) {
            // Rows whose largest number is 127 are their own quantised form, with scale 1.
            let mut a = integers(seed, 127, rows * columns);
            a.chunks_exact_mut(columns).for_each(|row| row[0] = 127);
            // All sizes, the smallest of bytes too, or most of them small.
            let size = |w: i64| if small && w % 8 != 0 { w / 4 } else { w };
            let w: Vec<i8> = integers(seed ^ 1, 128, outs * columns).iter().map(|&w| size(w.min(127)) as i8).collect();
            let reals = |seed, n| -> Vec<f32> { integers(seed, 1000, n).iter().map(|&x| x as f32 / 64.0).collect() };
            let (scales, bias) = (reals(seed ^ 2, outs), reals(seed ^ 3, outs));
            let mut naive = Vec::new();
            for r in 0..rows {
                for o in 0..outs {
                    let products = (0..columns).map(|k| a[r * columns + k] * i64::from(w[o * columns + k]));
                    naive.push((products.sum::<i64>() as f32 * scales[o] + bias[o]).to_bits());
                }
            }
            let x: Vec<f32> = a.iter().map(|&a| a as f32).collect();
            for tier in Ready::all() {
                let matrix = Matrix::new(tier, &w, scales.clone(), bias.clone(), columns);
                let mut out = vec![f32::NAN; rows * outs];
                // Buffers of a wider matrix and more rows, all of the largest numbers.
                let mut activations = Activations::default();
                let wide = Matrix::new(tier, &[1; 260], vec![1.0], vec![0.0], 260);
                wide.run(&[127.0; 41 * 260], &mut activations, &mut [0.0; 41]);
                matrix.run(&x, &mut activations, &mut out);
                let out: Vec<u32> = out.iter().map(|x| x.to_bits()).collect();
                prop_assert_eq!(out, naive.clone(), "{:?}", tier);
            }
        }

        #[test]
        fn quantising_errs_by_at_most_half_a_step(seed: u64, columns in 1usize..200) {
            let x: Vec<f32> = integers(seed, 1_000_000, columns).iter().map(|&x| x as f32 / 250_000.0).collect();
            let (mut q, mut scales) = (vec![0; columns], vec![0.0]);
            quantize(Ready::PORTABLE, &x, columns, &mut q, &mut scales);
            for (x, q) in x.iter().zip(q) {
                prop_assert!((x - f32::from(q) * scales[0]).abs() <= scales[0] * 0.501);
            }
        }
    }

    /// Activations and weights.
    const EXTREMES: [(i8, i8); 6] =
        [(127, -128), (127, -127), (127, 127), (-127, -128), (-127, -127), (-127, 127)];

    #[test]
    fn the_largest_sums_do_not_overflow() {
        for (tier, a, w) in Ready::all().flat_map(|tier| EXTREMES.map(|(a, w)| (tier, a, w))) {
            const OUTS: usize = bounded::PANEL + 1;
            let (weight, scales, bias) = (vec![w; OUTS * MAX_COLUMNS], vec![1.0; OUTS], vec![0.0; OUTS]);
            let matrix = Matrix::new(tier, &weight, scales, bias, MAX_COLUMNS);
            let mut out = [0.0; OUTS];
            matrix.run(&vec![f32::from(a); MAX_COLUMNS], &mut Activations::default(), &mut out);
            let expected = i64::from(a) * i64::from(w) * MAX_COLUMNS as i64;
            assert_eq!(out, [expected as f32; OUTS], "{tier:?}: {a} times {w}");
        }
    }

    #[test]
    fn a_row_of_zeros_quantises_to_zeros() {
        let (mut q, mut scales) = (vec![1; 8], vec![1.0]);
        quantize(Ready::PORTABLE, &[0.0; 8], 8, &mut q, &mut scales);
        assert_eq!((q, scales), (vec![0; 8], vec![0.0]));
    }
}
