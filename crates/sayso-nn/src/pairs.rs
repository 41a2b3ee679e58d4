//! Sums of products of 16-bit numbers: eight rows with a panel of 32 columns.
//!
//! Panels are packed so that the lanes of a register are outputs: a pair of numbers of a row is spread over the
//! register, multiplied with a pair for each output and added up, and no sum over lanes is needed at the end.
//! Sums are integers of 32 bits that the callers keep from overflowing, so every order of adding gives the same.

use crate::kernels::Ready;

/// Outputs that a tile computes together.
pub(crate) const PANEL: usize = 32;
/// Rows that a tile computes together.
pub(crate) const ROWS: usize = 8;

pub(crate) type Sums = [[i32; PANEL]; ROWS];

/// The sums of eight rows with one panel, written over what is in `sums`.
pub(crate) fn tile(tier: Ready, a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
    match tier.tier() {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        crate::Tier::Avx2 | crate::Tier::AvxVnni => unsafe { x86::tile_avx2(a, panel, sums) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        crate::Tier::Avx512 | crate::Tier::Amx => unsafe { x86::tile_avx512(a, panel, sums) },
        // On ARM too: the portable body has the vectors of the tier.
        _ => tile_portable(a, panel, sums),
    }
}

fn tile_portable(a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
    *sums = [[0; PANEL]; ROWS];
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
    use crate::lines::groups;

    /// Two activations as the lane that is spread over a register.
    #[inline(always)]
    fn lane(pair: [i16; 2]) -> i32 {
        i32::from(pair[0]) & 0xffff | i32::from(pair[1]) << 16
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn tile_avx512(a: [&[i16]; ROWS], panel: &[i16], sums: &mut Sums) {
        let (pairs, _) = panel.as_chunks::<{ 2 * PANEL }>();
        let a = groups(a, pairs.len());
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
        let a = groups(a, pairs.len());
        for first_row in (0..ROWS).step_by(PASS_ROWS) {
            for first in (0..PANEL).step_by(PASS * LANES) {
                let mut pass = [[_mm256_setzero_si256(); PASS]; PASS_ROWS];
                // `array::from_fn` isn't inlined here, which costs a twentieth.
                let [a0, a1, a2, a3] = [a[first_row], a[first_row + 1], a[first_row + 2], a[first_row + 3]];
                // Zipped, so that no bounds are checked.
                let steps = pairs.iter().zip(a0).zip(a1).zip(a2).zip(a3);
                for ((((weights, x0), x1), x2), x3) in steps {
                    let weights = &weights[2 * first..][..2 * PASS * LANES];
                    let (w0, w1) = weights.split_at(2 * LANES);
                    #[expect(unsafe_code, reason = "vector loads")]
                    // SAFETY: each half is 16 numbers of 16 bits, one register; loads are unaligned.
                    let w = unsafe {
                        [_mm256_loadu_si256(w0.as_ptr().cast()), _mm256_loadu_si256(w1.as_ptr().cast())]
                    };
                    for (sums, &x) in pass.iter_mut().zip([x0, x1, x2, x3]) {
                        let x = _mm256_set1_epi32(lane(x));
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
