//! How is a row of numbers multiplied by a matrix, exactly and fast?
//!
//! Activations and weights are integers of 16 bits, sums are integers of 32 bits that
//! can't overflow, so every order of adding gives the same sum. Weights are packed so
//! that the lanes of a register are outputs: a pair of activations is spread over the
//! register, multiplied with a pair of weights for each output and added up, and no sum
//! over lanes is needed at the end.

use crate::Tier;

/// Outputs that a tile computes together.
const PANEL: usize = 32;
/// Rows of activations that a tile computes together.
const ROWS: usize = 8;
/// Largest magnitude of a quantised activation.
pub(crate) const ACTIVATION_MAX: i16 = 8191;
/// Columns that a matrix may have.
pub(crate) const MAX_COLUMNS: usize = 2048;
const _: () = assert!(127 * ACTIVATION_MAX as i64 * MAX_COLUMNS as i64 <= i32::MAX as i64);

type Sums = [[i32; PANEL]; ROWS];

/// A matrix of 8-bit weights with a scale and a bias for each output.
#[derive(Debug)]
pub(crate) struct Matrix {
    /// For each panel and each pair of columns: the pair of each output.
    panels: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    columns: usize,
}

impl Matrix {
    /// Packs `weight`, a row of `columns` numbers for each output. `columns` is even.
    pub(crate) fn new(weight: &[i8], scales: Vec<f32>, bias: Vec<f32>, columns: usize) -> Self {
        debug_assert!(columns.is_multiple_of(2) && columns <= MAX_COLUMNS);
        let n_panels = scales.len().div_ceil(PANEL);
        let mut panels = vec![0; n_panels * columns * PANEL];
        for (output, row) in weight.chunks_exact(columns).enumerate() {
            let panel = &mut panels[output / PANEL * columns * PANEL..][..columns * PANEL];
            for (column, &weight) in row.iter().enumerate() {
                let pair = column / 2 * 2 * PANEL;
                panel[pair + output % PANEL * 2 + column % 2] = i16::from(weight);
            }
        }
        Self { panels, scales, bias, columns }
    }

    /// Numbers of a row of activations.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// `out[r][o] = (Σ a[r][k] · w[o][k]) · (a_scales[r] · scales[o]) + bias[o]` for rows `a`
    /// of `columns` numbers within ±[`ACTIVATION_MAX`].
    pub(crate) fn run(&self, tier: Tier, a: &[i16], a_scales: &[f32], out: &mut [f32]) {
        let n_out = self.scales.len();
        for (p, panel) in self.panels.chunks_exact(self.columns * PANEL).enumerate() {
            let first = p * PANEL;
            let n = PANEL.min(n_out - first);
            let rows = a.chunks(ROWS * self.columns).zip(a_scales.chunks(ROWS));
            for ((a, a_scales), out) in rows.zip(out.chunks_mut(ROWS * n_out)) {
                let last = a_scales.len() - 1;
                let row = |r: usize| &a[r.min(last) * self.columns..][..self.columns];
                let mut sums = [[0; PANEL]; ROWS];
                tile(tier, std::array::from_fn(row), panel, &mut sums);
                let (scales, bias) = (&self.scales[first..][..n], &self.bias[first..][..n]);
                for ((sums, &a_scale), out) in sums.iter().zip(a_scales).zip(out.chunks_mut(n_out)) {
                    let outputs = out[first..][..n].iter_mut().zip(sums);
                    for ((out, &sum), (&scale, &bias)) in outputs.zip(scales.iter().zip(bias)) {
                        #[expect(clippy::cast_precision_loss, reason = "the one rounding of a sum")]
                        let sum = sum as f32;
                        *out = sum * (a_scale * scale) + bias;
                    }
                }
            }
        }
    }
}

/// The sums of eight rows with one panel.
fn tile(tier: Tier, a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
    match tier {
        Tier::Portable => tile_portable(a, panel, sums),
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
        // processor lacks.
        Tier::Avx2 => unsafe { x86::tile_avx2(a, panel, sums) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
        // processor lacks.
        Tier::Avx512 => unsafe { x86::tile_avx512(a, panel, sums) },
        #[cfg(not(target_arch = "x86_64"))]
        _ => tile_portable(a, panel, sums),
    }
}

fn tile_portable(a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
    let (pairs, _) = panel.as_chunks::<{ 2 * PANEL }>();
    for (row, sums) in a.iter().zip(sums) {
        let (row, _) = row.as_chunks::<2>();
        for (pair, weights) in row.iter().zip(pairs) {
            let (x, y) = (i32::from(pair[0]), i32::from(pair[1]));
            for (sum, w) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
                *sum += x * i32::from(w[0]) + y * i32::from(w[1]);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! The same sums with the multiply-add of 16-bit pairs: VPMADDWD, and VPDPWSSD, which
    //! adds to the sum in the same instruction.

    use std::arch::x86_64::*;

    use super::{PANEL, ROWS, Sums};

    /// Two activations as the lane that is spread over a register.
    #[inline(always)]
    fn lane(pair: [i16; 2]) -> i32 {
        i32::from(pair[0]) & 0xffff | i32::from(pair[1]) << 16
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn tile_avx512(a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
        let (pairs, _) = panel.as_chunks::<{ 2 * PANEL }>();
        let a = a.map(|row| &row.as_chunks::<2>().0[..pairs.len()]);
        let mut low = [_mm512_setzero_si512(); ROWS];
        let mut high = [_mm512_setzero_si512(); ROWS];
        for (k, weights) in pairs.iter().enumerate() {
            let (first, second) = weights.split_at(PANEL);
            #[expect(unsafe_code, reason = "vector loads")]
            // SAFETY: each half is 32 numbers of 16 bits, one register; loads are unaligned.
            let (first, second) = unsafe {
                (_mm512_loadu_si512(first.as_ptr().cast()), _mm512_loadu_si512(second.as_ptr().cast()))
            };
            for r in 0..ROWS {
                let x = _mm512_set1_epi32(lane(a[r][k]));
                low[r] = _mm512_dpwssd_epi32(low[r], x, first);
                high[r] = _mm512_dpwssd_epi32(high[r], x, second);
            }
        }
        for r in 0..ROWS {
            let (first, second) = sums[r].split_at_mut(PANEL / 2);
            #[expect(unsafe_code, reason = "vector stores")]
            // SAFETY: each half is 16 numbers of 32 bits, one register; stores are unaligned.
            unsafe {
                _mm512_storeu_si512(first.as_mut_ptr().cast(), low[r]);
                _mm512_storeu_si512(second.as_mut_ptr().cast(), high[r]);
            }
        }
    }

    /// Rows and registers of one pass: eight sums, two weights and an activation fit the
    /// sixteen registers.
    const PASS_ROWS: usize = 4;
    const PASS: usize = 2;

    #[target_feature(enable = "avx2")]
    pub(super) fn tile_avx2(a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
        const LANES: usize = 8;
        let (pairs, _) = panel.as_chunks::<{ 2 * PANEL }>();
        let a = a.map(|row| &row.as_chunks::<2>().0[..pairs.len()]);
        for first_row in (0..ROWS).step_by(PASS_ROWS) {
            for first in (0..PANEL).step_by(PASS * LANES) {
                let mut pass = [[_mm256_setzero_si256(); PASS]; PASS_ROWS];
                for (k, weights) in pairs.iter().enumerate() {
                    let weights = &weights[2 * first..][..2 * PASS * LANES];
                    let (w0, w1) = weights.split_at(2 * LANES);
                    #[expect(unsafe_code, reason = "vector loads")]
                    // SAFETY: each half is 16 numbers of 16 bits, one register; loads are unaligned.
                    let w = unsafe {
                        [_mm256_loadu_si256(w0.as_ptr().cast()), _mm256_loadu_si256(w1.as_ptr().cast())]
                    };
                    for (r, sums) in pass.iter_mut().enumerate() {
                        let x = _mm256_set1_epi32(lane(a[first_row + r][k]));
                        for (sum, w) in sums.iter_mut().zip(w) {
                            *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(x, w));
                        }
                    }
                }
                for (r, pass) in pass.iter().enumerate() {
                    let (lanes, _) = sums[first_row + r][first..].as_chunks_mut::<LANES>();
                    for (lanes, sum) in lanes.iter_mut().zip(pass) {
                        #[expect(unsafe_code, reason = "vector stores")]
                        // SAFETY: 8 numbers of 32 bits are one register; stores are unaligned.
                        unsafe {
                            _mm256_storeu_si256(lanes.as_mut_ptr().cast(), *sum);
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn products_equal_the_naive_sum(
            seed: u64, rows in 1usize..20, outs in 1usize..70, half in 1usize..60,
        ) {
            let columns = 2 * half;
            let mut state = seed | 1;
            let mut next = |most: i64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((state >> 33) as i64) % (2 * most + 1) - most
            };
            let a: Vec<i16> = (0..rows * columns).map(|_| next(8191) as i16).collect();
            let w: Vec<i8> = (0..outs * columns).map(|_| next(127) as i8).collect();
            let mut reals = |n: usize| -> Vec<f32> { (0..n).map(|_| next(1000) as f32 / 64.0).collect() };
            let (a_scales, scales, bias) = (reals(rows), reals(outs), reals(outs));
            let mut naive = Vec::new();
            for r in 0..rows {
                for o in 0..outs {
                    let products = (0..columns).map(|k| i64::from(a[r * columns + k]) * i64::from(w[o * columns + k]));
                    let sum = products.sum::<i64>() as f32;
                    naive.push((sum * (a_scales[r] * scales[o]) + bias[o]).to_bits());
                }
            }
            let matrix = Matrix::new(&w, scales, bias, columns);
            for tier in Tier::available() {
                let mut out = vec![f32::NAN; rows * outs];
                matrix.run(tier, &a, &a_scales, &mut out);
                let out: Vec<u32> = out.iter().map(|x| x.to_bits()).collect();
                prop_assert_eq!(out, naive.clone(), "{:?}", tier);
            }
        }
    }

    #[test]
    fn the_largest_sum_does_not_overflow() {
        let a = vec![-ACTIVATION_MAX; MAX_COLUMNS];
        let matrix = Matrix::new(&vec![-127; MAX_COLUMNS], vec![1.0], vec![0.0], MAX_COLUMNS);
        for tier in Tier::available() {
            let mut out = [0.0];
            matrix.run(tier, &a, &[1.0], &mut out);
            assert_eq!(out[0], (127 * 8191 * MAX_COLUMNS as i32) as f32);
        }
    }
}
