//! Which loops take the time, and which instructions run them here?
//!
//! Each kernel has one portable body. The tiers compile that body for wider
//! registers, and the integer product has its own instructions besides; results
//! are the same bits on all of them.

use crate::math;

/// A set of processor instructions that the kernels are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tier {
    /// What every processor of the architecture has.
    Portable,
    /// x86-64 with AVX2: laptops since 2013.
    Avx2,
    /// x86-64 with AVX-512 F, BW, DQ and VL.
    Avx512,
}

impl Tier {
    /// The best tier of this machine.
    pub fn detect() -> Self {
        *Self::available().last().unwrap_or(&Self::Portable)
    }

    /// The tiers that this machine can run, slowest first.
    pub fn available() -> Vec<Self> {
        let mut tiers = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                tiers.push(Self::Avx2);
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
            {
                tiers.push(Self::Avx512);
            }
        }
        tiers
    }
}

/// Declares a kernel: its portable body, compiled once for each tier.
macro_rules! kernel {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        pub(crate) fn $name(tier: Tier, $($arg: $type),*) {
            #[inline(always)]
            fn portable($($arg: $type),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($arg: $type),*) { portable($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($arg: $type),*) { portable($($arg),*) }
            match tier {
                Tier::Portable => portable($($arg),*),
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: `Tier::available` gives this tier only where the processor has it.
                Tier::Avx2 => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: `Tier::available` gives this tier only where the processor has it.
                Tier::Avx512 => unsafe { avx512($($arg),*) },
                #[cfg(not(target_arch = "x86_64"))]
                _ => portable($($arg),*),
            }
        }
    };
}

kernel! {
    /// Layer normalisation of each row of `x`, rows of `gain.len()`.
    fn layer_norm(x: &mut [f32], gain: &[f32], bias: &[f32], epsilon: f32) {
        for row in x.chunks_exact_mut(gain.len()) {
            math::layer_norm(row, gain, bias, epsilon);
        }
    }
}

kernel! {
    /// GELU of every number, in place.
    fn gelu(x: &mut [f32]) {
        math::gelu(x);
    }
}

/// Largest magnitude of a quantised activation. With weights within ±127 and at most
/// [`MAX_COLUMNS`] columns a sum stays within an `i32`.
const ACTIVATION_MAX: f32 = 8191.0;
/// Columns that a product may have.
pub(crate) const MAX_COLUMNS: usize = 2048;
const _: () = assert!(127 * 8191 * MAX_COLUMNS as i64 <= i32::MAX as i64);

kernel! {
    /// Quantises each row of `x` (of `columns` numbers) to 14 bits with a scale of its own:
    /// x ≈ q · scale, |x - q · scale| ≤ scale / 2.
    fn quantize(x: &[f32], columns: usize, q: &mut [i16], scales: &mut [f32]) {
        let rows = x.chunks_exact(columns).zip(q.chunks_exact_mut(columns));
        for ((row, q), scale) in rows.zip(scales) {
            let mut most = 0.0f32;
            for &value in row {
                let value = value.abs();
                most = if value > most { value } else { most };
            }
            *scale = most / ACTIVATION_MAX;
            let inverse = if most > 0.0 { ACTIVATION_MAX / most } else { 0.0 };
            for (q, &value) in q.iter_mut().zip(row) {
                let rounded = (value * inverse + math::ROUND) - math::ROUND;
                #[expect(clippy::cast_possible_truncation, reason = "|rounded| ≤ 8191")]
                let narrow = rounded as i32 as i16;
                *q = narrow;
            }
        }
    }
}

kernel! {
    /// Scaled dot-product attention of one head over all `n` positions. `qkv` has rows of
    /// 3 · `width`: queries, keys, values, each of all heads; this head's `dim` numbers start
    /// at `at` in each. Writes the head's columns of `out`, rows of `width`.
    ///
    /// `scratch` holds the keys transposed and one row of weights: n · (dim + 1) numbers.
    fn attend(qkv: &[f32], width: usize, at: usize, dim: usize, scratch: &mut [f32], out: &mut [f32]) {
        let n = out.len() / width;
        let (keys, rest) = scratch.split_at_mut(n * dim);
        let weights = &mut rest[..n];
        for (j, row) in qkv.chunks_exact(3 * width).enumerate() {
            for d in 0..dim {
                keys[d * n + j] = row[width + at + d];
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "heads are small")]
        let scale = 1.0 / (dim as f32).sqrt();
        for i in 0..n {
            let query = &qkv[i * 3 * width + at..][..dim];
            weights.fill(0.0);
            for (d, &q) in query.iter().enumerate() {
                let q = q * scale;
                for (weight, &key) in weights.iter_mut().zip(&keys[d * n..][..n]) {
                    *weight += q * key;
                }
            }
            math::softmax(weights);
            let mut sum = [0.0f32; HEAD_MAX];
            let sum = &mut sum[..dim];
            for (j, &weight) in weights.iter().enumerate() {
                let value = &qkv[j * 3 * width + 2 * width + at..][..dim];
                for (sum, &value) in sum.iter_mut().zip(value) {
                    *sum += weight * value;
                }
            }
            out[i * width + at..][..dim].copy_from_slice(sum);
        }
    }
}

/// Numbers that one attention head may have.
pub(crate) const HEAD_MAX: usize = 128;

/// Quantised product: `out[r][c] = scale(r) · weight_scale[c] · Σ a[r][k] · w[c][k] + bias[c]`,
/// the sum exact in integers.
pub(crate) struct Product<'a> {
    /// Rows of activations, each of `columns` numbers.
    pub(crate) a: &'a [i16],
    pub(crate) a_scales: &'a [f32],
    /// Rows of weights, each of `columns` numbers; one for each output.
    pub(crate) w: &'a [i16],
    pub(crate) w_scales: &'a [f32],
    pub(crate) bias: &'a [f32],
    pub(crate) columns: usize,
}

/// Activation rows and weight rows of one register block.
const BLOCK: usize = 4;

impl Product<'_> {
    /// Computes all rows into `out`, rows of `w_scales.len()`.
    pub(crate) fn run(&self, tier: Tier, out: &mut [f32]) {
        let n_out = self.w_scales.len();
        let n_rows = self.a_scales.len();
        debug_assert_eq!(out.len(), n_rows * n_out);
        for c in (0..n_out).step_by(BLOCK) {
            let c = c.min(n_out.saturating_sub(BLOCK));
            for r in (0..n_rows).step_by(BLOCK) {
                let r = r.min(n_rows.saturating_sub(BLOCK));
                self.block(tier, r, c, out);
            }
        }
    }

    /// One block of outputs. The last block of a side reaches back over the one before
    /// it, which computes some sums twice, to the same result.
    fn block(&self, tier: Tier, r: usize, c: usize, out: &mut [f32]) {
        let (n_rows, n_out) = (self.a_scales.len(), self.w_scales.len());
        let row = |m: &'_ [i16], i: usize, n: usize| -> std::ops::Range<usize> {
            debug_assert!(m.len() == n * self.columns);
            let i = i.min(n - 1);
            i * self.columns..(i + 1) * self.columns
        };
        let a: [&[i16]; BLOCK] = std::array::from_fn(|i| &self.a[row(self.a, r + i, n_rows)]);
        let w: [&[i16]; BLOCK] = std::array::from_fn(|j| &self.w[row(self.w, c + j, n_out)]);
        let sums = dot_block(tier, a, w);
        for (i, sums) in sums.iter().enumerate().take(n_rows - r) {
            for (j, &sum) in sums.iter().enumerate().take(n_out - c) {
                #[expect(clippy::cast_precision_loss, reason = "the one rounding of the product")]
                let sum = sum as f32;
                let scale = self.a_scales[r + i] * self.w_scales[c + j];
                out[(r + i) * n_out + c + j] = sum * scale + self.bias[c + j];
            }
        }
    }
}

type Sums = [[i32; BLOCK]; BLOCK];

/// All inner products of four rows with four rows, of one length.
fn dot_block(tier: Tier, a: [&[i16]; BLOCK], w: [&[i16]; BLOCK]) -> Sums {
    match tier {
        Tier::Portable => dot_block_portable(a, w),
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Tier::available` gives this tier only where the processor has it.
        Tier::Avx2 => unsafe { x86::dot_block_avx2(a, w) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Tier::available` gives this tier only where the processor has it.
        Tier::Avx512 => unsafe { x86::dot_block_avx512(a, w) },
        #[cfg(not(target_arch = "x86_64"))]
        _ => dot_block_portable(a, w),
    }
}

fn dot_block_portable(a: [&[i16]; BLOCK], w: [&[i16]; BLOCK]) -> Sums {
    a.map(|a| w.map(|w| a.iter().zip(w).map(|(&a, &w)| i32::from(a) * i32::from(w)).sum()))
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "loads through pointers into checked chunks")]
mod x86 {
    //! The same sums with multiply-add of 16-bit pairs (VPMADDWD).

    use std::arch::x86_64::*;

    use super::{BLOCK, Sums, dot_block_portable};

    macro_rules! dot_block {
        ($name:ident, $feature:literal, $lanes:literal, $zero:ident, $load:ident, $madd:ident, $add:ident, $total:path) => {
            #[target_feature(enable = $feature)]
            pub(super) fn $name(a: [&[i16]; BLOCK], w: [&[i16]; BLOCK]) -> Sums {
                let (a_chunks, w_chunks) =
                    (a.map(|row| row.as_chunks::<$lanes>().0), w.map(|row| row.as_chunks::<$lanes>().0));
                let n = a_chunks.iter().chain(&w_chunks).map(|row| row.len()).min().unwrap_or(0);
                let mut sums = [[$zero(); BLOCK]; BLOCK];
                for k in 0..n {
                    // SAFETY: each chunk is exactly one register long; unaligned loads.
                    let a = a_chunks.map(|row| unsafe { $load(row[k].as_ptr().cast()) });
                    // SAFETY: as above.
                    let w = w_chunks.map(|row| unsafe { $load(row[k].as_ptr().cast()) });
                    for i in 0..BLOCK {
                        for j in 0..BLOCK {
                            sums[i][j] = $add(sums[i][j], $madd(a[i], w[j]));
                        }
                    }
                }
                let mut out =
                    dot_block_portable(a.map(|row| &row[n * $lanes..]), w.map(|row| &row[n * $lanes..]));
                for i in 0..BLOCK {
                    for j in 0..BLOCK {
                        out[i][j] += $total(sums[i][j]);
                    }
                }
                out
            }
        };
    }

    dot_block!(
        dot_block_avx2,
        "avx2",
        16,
        _mm256_setzero_si256,
        _mm256_loadu_si256,
        _mm256_madd_epi16,
        _mm256_add_epi32,
        total_avx2
    );
    dot_block!(
        dot_block_avx512,
        "avx512f,avx512bw,avx512dq,avx512vl",
        32,
        _mm512_setzero_si512,
        _mm512_loadu_si512,
        _mm512_madd_epi16,
        _mm512_add_epi32,
        _mm512_reduce_add_epi32
    );

    #[target_feature(enable = "avx2")]
    fn total_avx2(v: __m256i) -> i32 {
        let half = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256::<1>(v));
        let quarter = _mm_add_epi32(half, _mm_shuffle_epi32::<0b01_00_11_10>(half));
        let one = _mm_add_epi32(quarter, _mm_shuffle_epi32::<0b10_11_00_01>(quarter));
        _mm_cvtsi128_si32(one)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers from a seed, so that failures are small to print.
    fn numbers(seed: u64, n: usize) -> Vec<f32> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 40) as f32 / 16_777_216.0 - 0.5) * 8.0
        };
        (0..n).map(|_| next()).collect()
    }

    fn bits(x: &[f32]) -> Vec<u32> {
        x.iter().map(|x| x.to_bits()).collect()
    }

    proptest! {
        #[test]
        fn tiers_agree_bit_for_bit(seed: u64, n in 1usize..40, heads in 1usize..4, dim in 1usize..40) {
            let width = heads * dim;
            let x = numbers(seed, n * width);
            let qkv = numbers(seed ^ 7, n * 3 * width);
            let run = |tier| {
                let mut normed = x.clone();
                layer_norm(tier, &mut normed, &vec![1.5; width], &vec![0.25; width], 1e-12);
                let mut bent = x.clone();
                gelu(tier, &mut bent);
                let (mut q, mut scales) = (vec![0; n * width], vec![0.0; n]);
                quantize(tier, &x, width, &mut q, &mut scales);
                let mut attended = vec![0.0; n * width];
                for head in 0..heads {
                    attend(tier, &qkv, width, head * dim, dim, &mut vec![0.0; n * (dim + 1)], &mut attended);
                }
                (bits(&normed), bits(&bent), q, bits(&scales), bits(&attended))
            };
            let portable = run(Tier::Portable);
            for tier in Tier::available() {
                prop_assert_eq!(run(tier), portable.clone(), "{:?}", tier);
            }
        }

        #[test]
        fn products_equal_the_naive_sum(seed: u64, rows in 1usize..11, outs in 1usize..11, columns in 1usize..100) {
            let narrow = |x: Vec<f32>, most: f32| -> Vec<i16> { x.iter().map(|x| (x / 4.0 * most) as i16).collect() };
            let a = narrow(numbers(seed, rows * columns), 8191.0);
            let w = narrow(numbers(seed ^ 3, outs * columns), 127.0);
            let (a_scales, w_scales, bias) = (numbers(seed ^ 5, rows), numbers(seed ^ 9, outs), numbers(seed ^ 11, outs));
            let product = Product { a: &a, a_scales: &a_scales, w: &w, w_scales: &w_scales, bias: &bias, columns };
            let mut naive = vec![0.0; rows * outs];
            for r in 0..rows {
                for c in 0..outs {
                    let sum: i64 = (0..columns).map(|k| i64::from(a[r * columns + k]) * i64::from(w[c * columns + k])).sum();
                    naive[r * outs + c] = sum as i32 as f32 * (a_scales[r] * w_scales[c]) + bias[c];
                }
            }
            for tier in Tier::available() {
                let mut out = vec![f32::NAN; rows * outs];
                product.run(tier, &mut out);
                prop_assert_eq!(bits(&out), bits(&naive), "{:?}", tier);
            }
        }

        #[test]
        fn quantising_errs_by_at_most_half_a_step(seed: u64, columns in 1usize..200) {
            let x = numbers(seed, columns);
            let (mut q, mut scales) = (vec![0; columns], vec![0.0]);
            quantize(Tier::Portable, &x, columns, &mut q, &mut scales);
            for (x, q) in x.iter().zip(q) {
                prop_assert!((x - f32::from(q) * scales[0]).abs() <= scales[0] * 0.501);
            }
        }
    }

    #[test]
    fn the_largest_sum_does_not_overflow() {
        let columns = MAX_COLUMNS;
        let (a, w) = (vec![8191; columns], vec![-127; columns]);
        let product = Product { a: &a, a_scales: &[1.0], w: &w, w_scales: &[1.0], bias: &[0.0], columns };
        for tier in Tier::available() {
            let mut out = [0.0];
            product.run(tier, &mut out);
            assert_eq!(out[0], (-127 * 8191 * columns as i32) as f32);
        }
    }

    #[test]
    fn a_row_of_zeros_quantises_to_zeros() {
        let (mut q, mut scales) = (vec![1; 8], vec![1.0]);
        quantize(Tier::detect(), &[0.0; 8], 8, &mut q, &mut scales);
        assert_eq!((q, scales), (vec![0; 8], vec![0.0]));
    }
}
