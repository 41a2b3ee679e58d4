//! Sums of products of 8-bit numbers: eight rows with a panel of 48 outputs.
//!
//! The processors multiply a byte without a sign with one that has it, four at a time. Weights are the former, 128 more
//! than they are; the caller takes 128 times a row's sum off again.

use crate::Tier;

/// Outputs that a tile computes together.
pub(crate) const PANEL: usize = 48;
/// Rows that a tile computes together.
pub(crate) const ROWS: usize = 8;

pub(crate) type Sums = [[i32; PANEL]; ROWS];

/// The sums of eight rows of bytes with a panel: for each four columns, the four weights of each output.
pub(crate) fn tile(tier: Tier, a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
    match tier {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the processor lacks.
        Tier::AvxVnni => unsafe { x86::tile_avx_vnni(a, panel, sums) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: `Encoder::new`, the one door to the kernels, refuses a tier that the processor lacks.
        Tier::Avx512 | Tier::Amx => unsafe { x86::tile_avx512(a, panel, sums) },
        _ => tile_portable(a, panel, sums),
    }
}

fn tile_portable(a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
    *sums = [[0; PANEL]; ROWS];
    for (row, sums) in a.iter().zip(sums) {
        for (quad, weights) in row.as_chunks::<4>().0.iter().zip(panel.as_chunks::<{ 4 * PANEL }>().0) {
            for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<4>().0) {
                *sum += quad.iter().zip(weights).map(|(&x, &w)| i32::from(x) * i32::from(w)).sum::<i32>();
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! The same with VPDPBUSD, on registers of 512 bits or 256.

    use std::arch::x86_64::*;

    use super::{PANEL, ROWS, Sums};

    /// Registers of a panel.
    const WIDE: usize = PANEL / 16;

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn tile_avx512(a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
        let (quads, _) = panel.as_chunks::<{ 4 * PANEL }>();
        let a = a.map(|row| &row.as_chunks::<4>().0[..quads.len()]);
        let mut all = [[_mm512_setzero_si512(); WIDE]; ROWS];
        for (k, weights) in quads.iter().enumerate() {
            let (parts, _) = weights.as_chunks::<64>();
            #[expect(unsafe_code, reason = "vector loads")]
            // SAFETY: a part is 64 bytes, one register; loads are unaligned.
            let w: [__m512i; WIDE] =
                std::array::from_fn(|i| unsafe { _mm512_loadu_si512(parts[i].as_ptr().cast()) });
            for r in 0..ROWS {
                let x = _mm512_set1_epi32(lane(a[r][k]));
                for i in 0..WIDE {
                    all[r][i] = _mm512_dpbusd_epi32(all[r][i], w[i], x);
                }
            }
        }
        for (all, sums) in all.iter().zip(sums) {
            for (sum, lanes) in all.iter().zip(sums.as_chunks_mut::<16>().0) {
                #[expect(unsafe_code, reason = "vector stores")]
                // SAFETY: 16 numbers of 32 bits are one register; stores are unaligned.
                unsafe {
                    _mm512_storeu_si512(lanes.as_mut_ptr().cast(), *sum);
                }
            }
        }
    }

    /// Rows and registers of one pass: eight sums, two weights and a quad; with twelve sums one was spilled, which
    /// took half of the time.
    const PASS_ROWS: usize = 4;
    const PASS: usize = 2;

    #[target_feature(enable = "avx2,avxvnni")]
    pub(super) fn tile_avx_vnni(a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
        const LANES: usize = 8;
        let (quads, _) = panel.as_chunks::<{ 4 * PANEL }>();
        let a = a.map(|row| &row.as_chunks::<4>().0[..quads.len()]);
        for first_row in (0..ROWS).step_by(PASS_ROWS) {
            for first in (0..PANEL).step_by(PASS * LANES) {
                let mut all = [[_mm256_setzero_si256(); PASS]; PASS_ROWS];
                let [a0, a1, a2, a3] = std::array::from_fn(|r| a[first_row + r]);
                // Zipped, so that no bounds are checked.
                for ((((weights, x0), x1), x2), x3) in quads.iter().zip(a0).zip(a1).zip(a2).zip(a3) {
                    let (parts, _) = weights[4 * first..][..4 * PASS * LANES].as_chunks::<32>();
                    #[expect(unsafe_code, reason = "vector loads")]
                    // SAFETY: a part is 32 bytes, one register; loads are unaligned.
                    let w: [__m256i; PASS] =
                        std::array::from_fn(|i| unsafe { _mm256_loadu_si256(parts[i].as_ptr().cast()) });
                    for (sums, &x) in all.iter_mut().zip([x0, x1, x2, x3]) {
                        let x = _mm256_set1_epi32(lane(x));
                        for (sum, w) in sums.iter_mut().zip(w) {
                            *sum = _mm256_dpbusd_avx_epi32(*sum, w, x);
                        }
                    }
                }
                for (r, all) in all.iter().enumerate() {
                    let (lanes, _) = sums[first_row + r][first..].as_chunks_mut::<LANES>();
                    for (lanes, sum) in lanes.iter_mut().zip(all) {
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

    /// Four bytes as the lane that is spread over a register.
    #[inline(always)]
    fn lane(quad: [i8; 4]) -> i32 {
        i32::from_le_bytes(quad.map(|x| x as u8))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_tier_gives_the_portable_sums(seed: u64, quads in 1usize..80) {
            let mut state = seed | 1;
            let mut byte = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 40) as u8
            };
            let a: Vec<Vec<i8>> = (0..ROWS).map(|_| (0..4 * quads).map(|_| byte() as i8).collect()).collect();
            let panel: Vec<u8> = (0..4 * quads * PANEL).map(|_| byte()).collect();
            let rows = std::array::from_fn(|r| a[r].as_slice());
            let run = |tier| {
                let mut sums = [[i32::MAX; PANEL]; ROWS];
                tile(tier, rows, &panel, &mut sums);
                sums
            };
            for tier in Tier::available() {
                prop_assert_eq!(run(tier), run(Tier::Portable), "{:?}", tier);
            }
        }
    }
}
