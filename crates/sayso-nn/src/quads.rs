//! Sums of products of 8-bit numbers: eight rows with a panel of 48 outputs.
//!
//! The processors of x86-64 multiply a byte without a sign with one that has it, four at a time. Weights are the former,
//! 128 more than they are; the caller takes 128 times a row's sum off again. 64-bit ARM multiplies bytes with signs.

use crate::Tier;
use crate::kernels::Ready;

/// Outputs that a tile computes together.
pub(crate) const PANEL: usize = 48;
/// Rows that a tile computes together.
pub(crate) const ROWS: usize = 8;

pub(crate) type Sums = [[i32; PANEL]; ROWS];

/// Whether the tier adds products of bytes in 32 bits; the others multiply as `bounded` or `pairs` do.
pub(crate) fn serves(tier: Ready) -> bool {
    matches!(tier.tier(), Tier::AvxVnni | Tier::Avx512 | Tier::Amx | Tier::Neon)
}

/// As what a weight of 0 is packed: weights are bytes that wrap around, this much more than they are.
pub(crate) fn zero(tier: Ready) -> u8 {
    if tier.tier() == Tier::Neon { 0 } else { 128 }
}

/// The sums of eight rows of bytes with a panel (for each four columns, the four weights of each output), written over
/// what is in `sums`.
///
/// # Panics
/// On a tier that is neither portable, for tests to compare with, nor one that [`serves`].
pub(crate) fn tile(tier: Ready, a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
    match tier.tier() {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        Tier::AvxVnni => unsafe { x86::tile_avx_vnni(a, panel, sums) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        Tier::Avx512 | Tier::Amx => unsafe { x86::tile_avx512(a, panel, sums) },
        #[cfg(target_arch = "aarch64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        Tier::Neon => unsafe { arm::tile_neon(a, panel, sums) },
        Tier::Portable => tile_portable(a, panel, sums),
        other => unreachable!("{other:?} multiplies otherwise"),
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
    use crate::lines::groups;

    /// Registers of a panel.
    const WIDE: usize = PANEL / 16;

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn tile_avx512(a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
        let (quads, _) = panel.as_chunks::<{ 4 * PANEL }>();
        let a = groups(a, quads.len());
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
        let a = groups(a, quads.len());
        for first_row in (0..ROWS).step_by(PASS_ROWS) {
            for first in (0..PANEL).step_by(PASS * LANES) {
                let mut all = [[_mm256_setzero_si256(); PASS]; PASS_ROWS];
                // `array::from_fn` isn't inlined here, which costs a twentieth.
                let [a0, a1, a2, a3] = [a[first_row], a[first_row + 1], a[first_row + 2], a[first_row + 3]];
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

#[cfg(target_arch = "aarch64")]
mod arm {
    //! The same with SDOT, on registers of 128 bits.

    use std::arch::aarch64::*;
    use std::arch::asm;

    use super::{PANEL, ROWS, Sums};

    const LANES: usize = 4;
    /// Registers of one pass: with eight rows sixteen sums, two weights and eight times four quads.
    const PASS: usize = 2;

    #[target_feature(enable = "neon,dotprod")]
    pub(super) fn tile_neon(a: [&[i8]; ROWS], panel: &[u8], sums: &mut Sums) {
        let (quads, _) = panel.as_chunks::<{ 4 * PANEL }>();
        let (fours, rest) = quads.as_chunks::<4>();
        // Four quads of a row are one register, of which SDOT takes one by its place.
        let a_fours = a.map(|row| &row.as_chunks::<16>().0[..fours.len()]);
        let a_rest = a.map(|row| &row.as_chunks::<4>().0[4 * fours.len()..][..rest.len()]);
        for first in (0..PANEL).step_by(PASS * LANES) {
            let mut all = [[vdupq_n_s32(0); PASS]; ROWS];
            for (k, [w0, w1, w2, w3]) in fours.iter().enumerate() {
                let x = a_fours.map(|row| load(&row[k]));
                step::<0>(&mut all, w0, first, x);
                step::<1>(&mut all, w1, first, x);
                step::<2>(&mut all, w2, first, x);
                step::<3>(&mut all, w3, first, x);
            }
            for (k, weights) in rest.iter().enumerate() {
                let lane = |quad: [i8; 4]| i32::from_le_bytes(quad.map(|x| x as u8));
                let x = a_rest.map(|row| vreinterpretq_s8_s32(vdupq_n_s32(lane(row[k]))));
                step::<0>(&mut all, weights, first, x);
            }
            for (sums, all) in sums.iter_mut().zip(all) {
                let (lanes, _) = sums[first..].as_chunks_mut::<LANES>();
                for (lanes, sum) in lanes.iter_mut().zip(all) {
                    #[expect(unsafe_code, reason = "vector stores")]
                    // SAFETY: 4 numbers of 32 bits are one register; stores are unaligned.
                    unsafe {
                        vst1q_s32(lanes.as_mut_ptr(), sum);
                    }
                }
            }
        }
    }

    /// Adds the products of a quad of each row, its register's `QUAD`th, with weights of the outputs from `first` on.
    #[inline]
    #[target_feature(enable = "neon,dotprod")]
    fn step<const QUAD: usize>(
        all: &mut [[int32x4_t; PASS]; ROWS],
        weights: &[u8; 4 * PANEL],
        first: usize,
        x: [int8x16_t; ROWS],
    ) {
        let (parts, _) = weights[4 * first..].as_chunks::<16>();
        let w: [int8x16_t; PASS] = std::array::from_fn(|i| load(&parts[i].map(|w| w as i8)));
        for (sums, x) in all.iter_mut().zip(x) {
            for (sum, w) in sums.iter_mut().zip(w) {
                #[expect(unsafe_code, reason = "assembly: the language has no stable name for it")]
                // SAFETY: it computes a register from three, and the processor has it.
                unsafe {
                    asm!(
                        "sdot {sum:v}.4s, {w:v}.16b, {x:v}.4b[{quad}]",
                        sum = inout(vreg) *sum,
                        w = in(vreg) w,
                        x = in(vreg) x,
                        quad = const QUAD,
                        options(pure, nomem, nostack, preserves_flags),
                    );
                }
            }
        }
    }

    #[inline]
    #[target_feature(enable = "neon")]
    fn load(bytes: &[i8; 16]) -> int8x16_t {
        #[expect(unsafe_code, reason = "vector loads")]
        // SAFETY: 16 bytes are one register; loads are unaligned.
        unsafe {
            vld1q_s8(bytes.as_ptr())
        }
    }
}
