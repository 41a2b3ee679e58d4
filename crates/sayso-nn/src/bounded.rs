//! Sums of products of 8-bit numbers on AVX2: four rows with a panel of 64 outputs.
//!
//! AVX2 multiplies bytes without a sign with bytes that have one, but adds the products in 16 bits, too few for the
//! largest. So what is multiplied as bytes is bounded on both sides, that four products fit, and the little that goes
//! beyond is multiplied for itself:
//!
//! - of a row's numbers what is between [`LOW`] and [`HIGH`], as bytes [`LOW`] less than they are (*near*), what is left of
//!   the few others again as bytes, whose signs are given to the weights (*far*);
//! - weights are put together, four by four, so that large ones don't meet; of those that still are more than [`MOST`], what is
//!   too much is taken off and multiplied one by one (*spare*).
//!
//! Sums are exact for all rows and weights; that few are far or spare, as in a trained encoder, makes them fast.

use crate::kernels::{Ready, kernel};
use crate::lines::Lines;
use crate::product::{ACTIVATION_MAX, MAX_COLUMNS, packed};
use crate::{Tier, couples, math};

/// Outputs that a tile computes together.
pub(crate) const PANEL: usize = 64;
/// Rows that a tile computes together.
pub(crate) const ROWS: usize = 4;

pub(crate) type Sums = [[i32; PANEL]; ROWS];

/// The numbers of a row that are multiplied as bytes. The wider, the fewer are far, and the more weights are spare.
pub(crate) const LOW: i8 = -80;
pub(crate) const HIGH: i8 = 79;
/// What weights of one sign may be together where their products are added.
pub(crate) const MOST: i16 = i16::MAX / (HIGH as i16 - LOW as i16);

/// Columns of a step: two quads, of which a lane of 16 bits adds the products of the first halves or of the second.
pub(crate) const STEP: usize = 8;
/// Outputs of a pass: eight sums, four weights, two activations, a product and the ones fit the sixteen registers.
pub(crate) const PASS: usize = 16;
const PASSES: usize = PANEL / PASS;
/// Weights of a quad for the outputs of a pass.
pub(crate) const QUAD: usize = 4 * PASS;

/// A matrix of weights. A quad is four neighbouring columns.
#[derive(Debug)]
pub(crate) struct Weights {
    /// For each pass and each of its quads, in its own order: the bounded four of each output.
    bounded: Lines<i8>,
    /// For each pass: the quads of each step, in the order of `bounded`.
    steps: Vec<[u16; 2]>,
    /// The other way round, for each pass and each quad: where in its panel it stands.
    places: Vec<u16>,
    /// What [`LOW`] takes from the sum of each output.
    starts: Vec<i32>,
    /// Of each panel.
    spare: Vec<Vec<Spare>>,
    /// Columns, with those that fill the last step.
    width: usize,
}

/// What a bounded weight lacks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spare {
    /// In its panel.
    pub(crate) output: usize,
    pub(crate) column: usize,
    pub(crate) weight: i32,
}

/// The weights of one panel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Panel<'a> {
    pub(crate) weights: &'a [i8],
    pub(crate) steps: &'a [[u16; 2]],
    pub(crate) places: &'a [u16],
    pub(crate) starts: &'a [i32; PANEL],
    pub(crate) spare: &'a [Spare],
}

/// Four neighbouring numbers of a row, of which at least one isn't near: what is left of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Far {
    pub(crate) quad: u32,
    pub(crate) numbers: [i8; 4],
}

/// Quads whose far products are added in 16 bits.
pub(crate) const FAR: usize = 2;

/// Do numbers so far out, times the largest weight, fit 16 bits together?
const fn fits(far: i32) -> bool {
    far * i8::MAX as i32 * 2 * FAR as i32 <= i16::MAX as i32
}

const _: () = {
    // Of what is no number any byte can come.
    assert!(fits(i8::MAX as i32 - HIGH as i32) && fits(LOW as i32 - i8::MIN as i32));
    assert!(LOW <= 0 && HIGH >= 0 && PASSES * MAX_COLUMNS / 4 <= 1 << 16);
    assert!((HIGH as i64 - LOW as i64) * 128 * MAX_COLUMNS as i64 <= i32::MAX as i64);
};

/// Quantised rows.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    whole: Lines<i8>,
    near: Lines<u8>,
    /// Of each row a multiple of so many; those added are zeros.
    far: Vec<[Far; FAR]>,
    /// Where each row's far numbers end.
    ends: Vec<usize>,
    /// Bytes from row to row.
    width: usize,
}

/// One row of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) whole: &'a [i8],
    pub(crate) near: &'a [u8],
    pub(crate) far: &'a [[Far; FAR]],
}

impl Weights {
    /// Packs `weight`, a row of `columns` numbers for each of `n_out` outputs.
    pub(crate) fn new(tier: Ready, weight: &[i8], columns: usize, n_out: usize) -> Self {
        let (width, n_up) = (columns.next_multiple_of(STEP), n_out.next_multiple_of(PANEL));
        let mut spare = vec![Vec::new(); n_up / PANEL];
        let (mut wide, mut starts) = (vec![0; n_up * width], vec![0; n_up]);
        let outputs = weight.chunks_exact(columns).zip(wide.chunks_exact_mut(width)).zip(&mut starts);
        for (o, ((weight, wide), start)) in outputs.enumerate() {
            wide[..columns].copy_from_slice(weight);
            *start = i32::from(LOW) * weight.iter().map(|&weight| i32::from(weight)).sum::<i32>();
            // Most have none, and this look is faster.
            if weight.contains(&i8::MIN) {
                for (column, weight) in wide.iter_mut().enumerate().filter(|(_, weight)| **weight == i8::MIN)
                {
                    // It couldn't take over a sign.
                    *weight += 1;
                    spare[o / PANEL].push(Spare { output: o % PANEL, column, weight: -1 });
                }
            }
        }
        let plain = packed(&wide, width, n_up, PASS, 4, 0, |weight| weight);
        let n = width / 4;
        let mut bounded = Lines::filled(n_up * width, 0);
        let (mut steps, mut places) = (Vec::with_capacity(n_up * n / PASS / 2), vec![0; n_up * n / PASS]);
        let passes = plain.as_chunks().0.chunks_exact(n).zip(bounded.as_chunks_mut().0.chunks_exact_mut(n));
        for (pass, ((plain, bounded), places)) in passes.zip(places.chunks_exact_mut(n)).enumerate() {
            let (first, mut unfit) = (steps.len(), Vec::new());
            couples::find(tier, plain, &mut steps, &mut unfit);
            for (at, &quad) in steps[first..].as_flattened().iter().enumerate() {
                bounded[at] = plain[usize::from(quad)];
                #[expect(clippy::cast_possible_truncation, reason = "a panel has at most 2048")]
                let place = (pass % PASSES * n + at) as u16;
                places[usize::from(quad)] = place;
            }
            let (two, _) = bounded.as_chunks_mut::<2>();
            for step in unfit {
                let lacks = couples::bound(&mut two[step]).into_iter();
                spare[pass / PASSES].extend(lacks.map(|(which, i, weight)| Spare {
                    output: pass % PASSES * PASS + i / 4,
                    column: 4 * usize::from(steps[first + step][which]) + i % 4,
                    weight: i32::from(weight),
                }));
            }
        }
        for (starts, spare) in starts.chunks_exact_mut(PANEL).zip(&spare) {
            spare.iter().for_each(|spare| starts[spare.output] -= i32::from(LOW) * spare.weight);
        }
        Self { bounded, steps, places, starts, spare, width }
    }

    /// The panels, in the order of their outputs.
    pub(crate) fn panels(&self) -> impl Iterator<Item = Panel<'_>> {
        let quads = PANEL * self.width / QUAD;
        let order = self.steps.chunks_exact(quads / 2).zip(self.places.chunks_exact(quads));
        let panels = self.bounded.chunks_exact(PANEL * self.width).zip(self.starts.as_chunks().0);
        panels.zip(order).zip(&self.spare).map(|(((weights, starts), (steps, places)), spare)| Panel {
            weights,
            steps,
            places,
            starts,
            spare,
        })
    }
}

impl Numbers {
    /// Quantises each row of `x`, of `columns` numbers, with a scale of its own.
    pub(crate) fn set(&mut self, tier: Ready, x: &[f32], columns: usize, scales: &mut [f32]) {
        self.width = columns.next_multiple_of(STEP);
        // Buffers only grow, for the smaller rows of the next matrix.
        let n = scales.len() * self.width;
        self.near.resize(n.max(self.near.len()), 0);
        self.whole.resize(n.max(self.whole.len()), 0);
        self.far.clear();
        self.ends.clear();
        let Self { whole, near, far, ends, .. } = self;
        quantize(tier, x, columns, Parts { whole, near, far, ends }, scales);
    }

    /// The rows, from first to last.
    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let far = begins.zip(&self.ends).map(|(begin, &end)| &self.far[begin..end]);
        let numbers = self.whole.chunks_exact(self.width).zip(self.near.chunks_exact(self.width));
        numbers.zip(far).map(|((whole, near), far)| Row { whole, near, far }).collect()
    }
}

/// Where [`quantize`] writes.
pub(crate) struct Parts<'a> {
    pub(crate) whole: &'a mut [i8],
    pub(crate) near: &'a mut [u8],
    pub(crate) far: &'a mut Vec<[Far; FAR]>,
    pub(crate) ends: &'a mut Vec<usize>,
}

kernel! {
    /// Quantises each row of `x` (of `columns` numbers) to 8 bits with a scale of its own, whole and in two parts. What stands
    /// behind `columns` in a row is left alone: its weights are zeros.
    fn quantize(x: &[f32], columns: usize, into: Parts<'_>, scales: &mut [f32]) {
        let Parts { whole, near, far, ends } = into;
        debug_assert!(columns.is_multiple_of(4), "{columns} columns");
        let width = columns.next_multiple_of(STEP);
        let mut left = [0; MAX_COLUMNS];
        let left = &mut left[..columns];
        let mut found = [Far::default(); MAX_COLUMNS / 4 + FAR];
        let rows = x.chunks_exact(columns).zip(whole.chunks_exact_mut(width)).zip(near.chunks_exact_mut(width));
        for (((row, whole), near), scale) in rows.zip(scales) {
            let inverse;
            (*scale, inverse) = math::scale(math::most(row), ACTIVATION_MAX);
            for (((&x, whole), near), left) in row.iter().zip(whole).zip(near).zip(&mut *left) {
                #[expect(clippy::cast_possible_truncation, reason = "at most 127; of what is no number, any byte")]
                let q = math::round(x * inverse).1 as i8;
                let inside = q.clamp(LOW, HIGH);
                *whole = q;
                *near = inside.abs_diff(LOW);
                *left = q.wrapping_sub(inside);
            }
            let mut n = 0;
            for (quad, &numbers) in (0..).zip(left.as_chunks::<4>().0) {
                // Written in any case, since where one is found can't be foreseen.
                found[n] = Far { quad, numbers };
                n += usize::from(numbers != [0; 4]);
            }
            found[n..][..FAR].fill(Far::default());
            far.extend_from_slice(found[..n.next_multiple_of(FAR)].as_chunks().0);
            ends.push(far.len());
        }
    }
}

/// Whether the tier multiplies like this.
pub(crate) fn serves(tier: Ready) -> bool {
    tier.tier() == Tier::Avx2
}

/// The sums of four rows with one panel, written over what is in `sums`.
///
/// # Panics
/// On a tier that is neither portable, for tests to compare with, nor one that [`serves`].
pub(crate) fn tile(tier: Ready, rows: [&Row<'_>; ROWS], panel: Panel<'_>, sums: &mut Sums) {
    let quads = panel.weights.len() / QUAD;
    debug_assert!(panel.steps.len() == quads / 2 && panel.places.len() == quads);
    debug_assert!(
        rows.iter().all(|row| row.near.len() == 4 * quads / PASSES && row.whole.len() == row.near.len())
    );
    match tier.tier() {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "calls a function compiled for a tier")]
        // SAFETY: a `Ready` of the tier is there only where the processor has its instructions.
        Tier::Avx2 => unsafe { x86::tile_avx2(rows, panel, sums) },
        Tier::Portable => tile_portable(rows, panel, sums),
        other => unreachable!("{other:?} multiplies otherwise"),
    }
    for &Spare { output, column, weight } in panel.spare {
        for (row, sums) in rows.iter().zip(&mut *sums) {
            sums[output] += i32::from(row.whole[column]) * weight;
        }
    }
}

fn tile_portable(rows: [&Row<'_>; ROWS], panel: Panel<'_>, sums: &mut Sums) {
    for (row, sums) in rows.iter().zip(sums) {
        *sums = *panel.starts;
        let (quads, _) = panel.weights.as_chunks::<QUAD>();
        let places = panel.places.chunks_exact(quads.len() / PASSES);
        for (sums, places) in sums.as_chunks_mut::<PASS>().0.iter_mut().zip(places) {
            let mut add = |numbers: [i32; 4], place: u16| {
                for (sum, weights) in sums.iter_mut().zip(quads[usize::from(place)].as_chunks::<4>().0) {
                    *sum += numbers.iter().zip(weights).map(|(&x, &w)| x * i32::from(w)).sum::<i32>();
                }
            };
            for (numbers, &place) in row.near.as_chunks::<4>().0.iter().zip(places) {
                add(numbers.map(i32::from), place);
            }
            for far in row.far.as_flattened() {
                add(far.numbers.map(i32::from), places[far.quad as usize]);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! The same with VPMADDUBSW, whose products stay in 16 bits until four are added, and VPMADDWD.

    use std::arch::x86_64::*;

    use super::{FAR, Far, PANEL, PASS, PASSES, Panel, QUAD, ROWS, Row, Sums};
    use crate::lines::groups;

    const LANES: usize = 8;
    /// Registers of a pass.
    const WIDE: usize = PASS / LANES;

    #[target_feature(enable = "avx2")]
    pub(super) fn tile_avx2(rows: [&Row<'_>; ROWS], panel: Panel<'_>, sums: &mut Sums) {
        for (row, sums) in rows.iter().zip(&mut *sums) {
            begin(row.far, panel, sums);
        }
        let (weights, _) = panel.weights.as_chunks::<{ 2 * QUAD }>();
        let n = weights.len() / PASSES;
        // `array::map` isn't inlined here.
        let near = groups::<u8, 4, ROWS>([rows[0].near, rows[1].near, rows[2].near, rows[3].near], 2 * n);
        let ones = _mm256_set1_epi16(1);
        for (pass, (weights, steps)) in weights.chunks_exact(n).zip(panel.steps.chunks_exact(n)).enumerate() {
            let mut all = [[_mm256_setzero_si256(); WIDE]; ROWS];
            for (all, sums) in all.iter_mut().zip(&*sums) {
                let (lanes, _) = sums[pass * PASS..][..PASS].as_chunks::<LANES>();
                for (sum, lanes) in all.iter_mut().zip(lanes) {
                    *sum = load(lanes);
                }
            }
            for (weights, &[one, two]) in weights.iter().zip(steps) {
                let (w, _) = weights.as_chunks::<32>();
                let w = [load(&w[0]), load(&w[1]), load(&w[2]), load(&w[3])];
                let (one, two) = (usize::from(one), usize::from(two));
                for (sums, near) in all.iter_mut().zip(near) {
                    // All rows are of one length, so bounds are checked once.
                    let x = _mm256_set1_epi32(i32::from_le_bytes(near[one]));
                    let y = _mm256_set1_epi32(i32::from_le_bytes(near[two]));
                    for (i, sum) in sums.iter_mut().enumerate() {
                        let first = _mm256_maddubs_epi16(x, w[i]);
                        let second = _mm256_maddubs_epi16(y, w[WIDE + i]);
                        let four = _mm256_madd_epi16(_mm256_add_epi16(first, second), ones);
                        *sum = _mm256_add_epi32(*sum, four);
                    }
                }
            }
            for (all, sums) in all.iter().zip(&mut *sums) {
                let (lanes, _) = sums[pass * PASS..][..PASS].as_chunks_mut::<LANES>();
                for (sum, lanes) in all.iter().zip(lanes) {
                    store(*sum, lanes);
                }
            }
        }
    }

    /// What the sums of a row are without its near numbers and what is spare.
    #[target_feature(enable = "avx2")]
    fn begin(far: &[[Far; FAR]], panel: Panel<'_>, sums: &mut [i32; PANEL]) {
        const ALL: usize = PANEL / LANES;
        let (quads, _) = panel.weights.as_chunks::<QUAD>();
        let n = quads.len() / PASSES;
        let ones = _mm256_set1_epi16(1);
        let mut all = [_mm256_setzero_si256(); ALL];
        for (sum, lanes) in all.iter_mut().zip(panel.starts.as_chunks::<LANES>().0) {
            *sum = load(lanes);
        }
        for [one, two] in far {
            let x = _mm256_set1_epi32(i32::from_le_bytes(one.numbers.map(|x| x as u8)));
            let y = _mm256_set1_epi32(i32::from_le_bytes(two.numbers.map(|x| x as u8)));
            let (x_size, y_size) = (_mm256_abs_epi8(x), _mm256_abs_epi8(y));
            for (pass, sums) in all.as_chunks_mut::<WIDE>().0.iter_mut().enumerate() {
                let places = &panel.places[pass * n..][..n];
                let first = &quads[usize::from(places[one.quad as usize])].as_chunks::<32>().0;
                let second = &quads[usize::from(places[two.quad as usize])].as_chunks::<32>().0;
                for (i, sum) in sums.iter_mut().enumerate() {
                    let first = _mm256_maddubs_epi16(x_size, _mm256_sign_epi8(load(&first[i]), x));
                    let second = _mm256_maddubs_epi16(y_size, _mm256_sign_epi8(load(&second[i]), y));
                    let both = _mm256_madd_epi16(_mm256_add_epi16(first, second), ones);
                    *sum = _mm256_add_epi32(*sum, both);
                }
            }
        }
        for (sum, lanes) in all.iter().zip(sums.as_chunks_mut::<LANES>().0) {
            store(*sum, lanes);
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn load<T: Lane, const N: usize>(numbers: &[T; N]) -> __m256i {
        const { assert!(size_of::<[T; N]>() == size_of::<__m256i>()) };
        #[expect(unsafe_code, reason = "vector loads")]
        // SAFETY: the numbers, which have no padding, are one register; loads are unaligned.
        unsafe {
            _mm256_loadu_si256(numbers.as_ptr().cast())
        }
    }

    /// What a register is loaded from: each of its bits is set.
    trait Lane {}
    impl Lane for i8 {}
    impl Lane for i32 {}

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store(register: __m256i, numbers: &mut [i32; LANES]) {
        #[expect(unsafe_code, reason = "vector stores")]
        // SAFETY: eight numbers of 32 bits are one register; stores are unaligned.
        unsafe {
            _mm256_storeu_si256(numbers.as_mut_ptr().cast(), register);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_weights_are_bounded_and_with_what_is_spare_the_weights(
            seed in prop::collection::vec(any::<i8>(), 1..200), quads in 1usize..12, n_out in 1usize..140,
        ) {
            let columns = 4 * quads;
            // Most weights are small.
            let small = |w: i8, i: usize| if i.is_multiple_of(5) { w } else { w / 4 };
            let weight: Vec<i8> = seed.iter().cycle().zip(0..n_out * columns).map(|(&w, i)| small(w, i)).collect();
            let weights = Weights::new(Ready::PORTABLE, &weight, columns, n_out);
            let (width, n) = (weights.width, weights.width / 4);
            let mut found = vec![0; n_out.next_multiple_of(PANEL) * width];
            for (p, panel) in weights.panels().enumerate() {
                prop_assert!(!panel.weights.contains(&i8::MIN));
                for o in 0..PANEL {
                    for (quad, four) in found[(p * PANEL + o) * width..][..width].chunks_mut(4).enumerate() {
                        let place = usize::from(panel.places[o / PASS * n + quad]);
                        prop_assert_eq!(usize::from(panel.steps.as_flattened()[place]), quad);
                        let there = &panel.weights[place * QUAD + o % PASS * 4..][..4];
                        four.iter_mut().zip(there).for_each(|(found, &w)| *found = i32::from(w));
                    }
                }
                for step in panel.weights.chunks_exact(2 * QUAD) {
                    for lane in (0..QUAD).step_by(2) {
                        let four = [step[lane], step[lane + 1], step[QUAD + lane], step[QUAD + lane + 1]];
                        let of = |sign: i16| four.iter().map(|&w| (i16::from(w) * sign).max(0)).sum::<i16>();
                        prop_assert!(of(1) <= MOST && of(-1) <= MOST, "{:?}", four);
                    }
                }
                for spare in panel.spare {
                    found[(p * PANEL + spare.output) * width + spare.column] += spare.weight;
                }
            }
            for (o, row) in weight.chunks(columns).enumerate() {
                let there = &found[o * width..][..columns];
                prop_assert!(row.iter().zip(there).all(|(&w, &f)| i32::from(w) == f), "output {}", o);
            }
        }
    }

    #[test]
    fn a_row_is_its_near_numbers_and_its_far_ones() {
        let x: Vec<f32> = (-127..=127).chain([0; 1]).map(|x| x as f32).collect();
        let mut numbers = Numbers::default();
        numbers.set(Ready::PORTABLE, &x, x.len(), &mut [0.0]);
        let row = numbers.rows()[0];
        let mut sums: Vec<i32> = row.near.iter().map(|&x| i32::from(x) + i32::from(LOW)).collect();
        for far in row.far.as_flattened() {
            for (i, &x) in far.numbers.iter().enumerate() {
                sums[4 * far.quad as usize + i] += i32::from(x);
            }
        }
        assert!(row.whole.iter().zip(&x).all(|(&q, &x)| f32::from(q) == x));
        assert!(sums.iter().zip(&x).all(|(&sum, &x)| sum as f32 == x), "{sums:?}");
        // Of sixty-four fours the 39 in the middle are near.
        assert_eq!(row.far.as_flattened().iter().filter(|far| far.numbers != [0; 4]).count(), 25);
    }
}
