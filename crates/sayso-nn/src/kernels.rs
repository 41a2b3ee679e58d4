//! Which loops take the time, and which instructions run them here?
//!
//! Each kernel has one portable body, which the tiers compile for wider registers;
//! results are the same bits on all of them. The matrix product is in `product`.

use crate::math;
use crate::product::ACTIVATION_MAX;

/// A set of processor instructions that the kernels are compiled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tier {
    /// What every processor of the architecture has.
    Portable,
    /// x86-64 with AVX2: laptops since 2013.
    Avx2,
    /// x86-64 with AVX-512 F, BW, DQ, VL and VNNI: servers since 2019, laptops of some makes.
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
                && is_x86_feature_detected!("avx512vnni")
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
                // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
                // processor lacks.
                Tier::Avx2 => unsafe { avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
                // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the
                // processor lacks.
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
            // A row too small for a scale counts as zeros.
            *scale = most / f32::from(ACTIVATION_MAX);
            let inverse = if *scale >= f32::MIN_POSITIVE { f32::from(ACTIVATION_MAX) / most } else { 0.0 };
            for (q, &value) in q.iter_mut().zip(row) {
                let rounded = (value * inverse + math::ROUND) - math::ROUND;
                #[expect(clippy::cast_possible_truncation, reason = "|rounded| ≤ 8191")]
                let narrow = rounded as i32 as i16;
                *q = narrow;
            }
        }
    }
}

/// Queries that attend together, and keys or dimensions in one step: enough sums at once
/// to keep a processor's adders busy.
const QUERIES: usize = 4;
const STEP: usize = 32;

/// Buffers of one head's attention.
#[derive(Debug)]
pub(crate) struct Attention {
    /// For each dimension, that number of each key; rows filled up to whole steps.
    keys: Vec<f32>,
    /// For each position, its value; rows filled up to whole steps.
    values: Vec<f32>,
    /// For each query of a block, its weights; rows filled up to whole steps.
    weights: Vec<f32>,
}

impl Attention {
    /// Buffers for `n` positions and heads of `dim` numbers.
    pub(crate) fn new(n: usize, dim: usize) -> Self {
        let (n_up, dim_up) = (n.next_multiple_of(STEP), dim.next_multiple_of(STEP));
        Self {
            keys: vec![0.0; dim * n_up],
            values: vec![0.0; n * dim_up],
            weights: vec![0.0; QUERIES * n_up],
        }
    }
}

kernel! {
    /// Scaled dot-product attention of one head over all positions. `qkv` has rows of
    /// 3 · `width`: queries, keys, values, each of all heads; this head's `dim` numbers start
    /// at `at` in each. Writes the head's columns of `out`, rows of `width`.
    ///
    /// Each weight adds up over dimensions in order, each result over positions in order.
    fn attend(qkv: &[f32], width: usize, at: usize, dim: usize, buffers: &mut Attention, out: &mut [f32]) {
        let n = out.len() / width;
        let (n_up, dim_up) = (n.next_multiple_of(STEP), dim.next_multiple_of(STEP));
        for (j, row) in qkv.chunks_exact(3 * width).enumerate() {
            for (d, &key) in row[width + at..][..dim].iter().enumerate() {
                buffers.keys[d * n_up + j] = key;
            }
            buffers.values[j * dim_up..][..dim].copy_from_slice(&row[2 * width + at..][..dim]);
        }
        #[expect(clippy::cast_precision_loss, reason = "heads are small")]
        let scale = 1.0 / (dim as f32).sqrt();
        for first in (0..n).step_by(QUERIES) {
            let queries: [&[f32]; QUERIES] =
                std::array::from_fn(|q| &qkv[(first + q).min(n - 1) * 3 * width + at..][..dim]);
            for j in (0..n_up).step_by(STEP) {
                let mut sums = [[0.0f32; STEP]; QUERIES];
                for d in 0..dim {
                    let keys: &[f32] = &buffers.keys[d * n_up + j..][..STEP];
                    for (sums, query) in sums.iter_mut().zip(queries) {
                        let query = query[d] * scale;
                        for (sum, &key) in sums.iter_mut().zip(keys) {
                            *sum += query * key;
                        }
                    }
                }
                for (q, sums) in sums.iter().enumerate() {
                    buffers.weights[q * n_up + j..][..STEP].copy_from_slice(sums);
                }
            }
            for weights in buffers.weights.chunks_exact_mut(n_up) {
                math::softmax(&mut weights[..n]);
            }
            for d in (0..dim).step_by(STEP) {
                let mut sums = [[0.0f32; STEP]; QUERIES];
                for j in 0..n {
                    let values: &[f32] = &buffers.values[j * dim_up + d..][..STEP];
                    for (q, sums) in sums.iter_mut().enumerate() {
                        let weight = buffers.weights[q * n_up + j];
                        for (sum, &value) in sums.iter_mut().zip(values) {
                            *sum += weight * value;
                        }
                    }
                }
                let some = STEP.min(dim - d);
                for (q, sums) in sums.iter().enumerate().take(n - first) {
                    out[(first + q) * width + at + d..][..some].copy_from_slice(&sums[..some]);
                }
            }
        }
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
                    attend(tier, &qkv, width, head * dim, dim, &mut Attention::new(n, dim), &mut attended);
                }
                (bits(&normed), bits(&bent), q, bits(&scales), bits(&attended))
            };
            let portable = run(Tier::Portable);
            for tier in Tier::available() {
                prop_assert_eq!(run(tier), portable.clone(), "{:?}", tier);
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
    fn a_row_of_zeros_quantises_to_zeros() {
        let (mut q, mut scales) = (vec![1; 8], vec![1.0]);
        quantize(Tier::detect(), &[0.0; 8], 8, &mut q, &mut scales);
        assert_eq!((q, scales), (vec![0; 8], vec![0.0]));
    }
}
