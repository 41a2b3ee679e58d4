//! Which quads of weights are multiplied together, so that their products fit 16 bits?
//!
//! A lane adds the products of two neighbouring weights of one quad and two of another, and what is of one sign in them may be
//! at most [`MOST`]. Which quads meet is free, so those with large weights choose first, and take the quad with the
//! smallest weights that fits. It is not the most couples that could fit, but all but a few in a thousand do.

use crate::bounded::{MOST, QUAD};
use crate::kernels::kernel;

/// Of each lane, what its weights above zero are together, and what those below are.
type Sizes = [[i16; QUAD / 2]; 2];

kernel! {
    /// Appends couples of all `quads`, of which there is an even number, to `into`, and to `unfit` which of those, from
    /// the first appended one on, don't fit.
    fn find(quads: &[[i8; QUAD]], into: &mut Vec<[u16; 2]>, unfit: &mut Vec<usize>) {
        debug_assert!(quads.len().is_multiple_of(2), "{} quads", quads.len());
        let first = into.len();
        let mut sizes = vec![[[0; QUAD / 2]; 2]; quads.len()];
        sizes.iter_mut().zip(quads).for_each(|(sizes, quad)| *sizes = self::sizes(quad));
        // The largest first, for the order.
        let mut keys: Vec<(i16, u16)> = sizes.iter().map(|sizes| most(sizes, &[[0; QUAD / 2]; 2])).zip(0..).collect();
        keys.sort_unstable();
        let mut left: Vec<u16> = keys.into_iter().map(|(_, quad)| quad).collect();
        while let Some(one) = left.pop() {
            let fits = |two: &u16| most(&sizes[usize::from(one)], &sizes[usize::from(*two)]) <= MOST;
            let two = left.iter().position(fits);
            if two.is_none() {
                unfit.push(into.len() - first);
            }
            into.push([one, left.remove(two.unwrap_or(0))]);
        }
    }
}

#[inline(always)]
fn sizes(quad: &[i8; QUAD]) -> Sizes {
    let mut sizes = [[0; QUAD / 2]; 2];
    let [above, below] = &mut sizes;
    for ((above, below), &[a, b]) in above.iter_mut().zip(below).zip(quad.as_chunks::<2>().0) {
        let (a, b) = (i16::from(a), i16::from(b));
        *above = a.max(0) + b.max(0);
        *below = (-a).max(0) + (-b).max(0);
    }
    sizes
}

/// The largest that two quads have together.
#[inline(always)]
fn most(one: &Sizes, two: &Sizes) -> i16 {
    let both = one.as_flattened().iter().zip(two.as_flattened());
    both.fold(0, |most, (one, two)| most.max(one + two))
}

/// Takes from two quads what is too much, and says from which of them, which of its weights, and how much.
pub(crate) fn bound(quads: &mut [[i8; QUAD]; 2]) -> Vec<(usize, usize, i16)> {
    let mut lacks = Vec::new();
    for lane in 0..QUAD / 2 {
        for sign in [1, -1] {
            let size = |weight: i8| (i16::from(weight) * sign).max(0);
            let both = quads.iter().flat_map(|quad| &quad[2 * lane..][..2]);
            let mut over = both.map(|&weight| size(weight)).sum::<i16>() - MOST;
            for (which, quad) in quads.iter_mut().enumerate() {
                for (i, weight) in quad.iter_mut().enumerate().skip(2 * lane).take(2) {
                    let less = over.min(size(*weight));
                    if less > 0 {
                        #[expect(clippy::cast_possible_truncation, reason = "nearer to zero than it was")]
                        let bounded = (i16::from(*weight) - sign * less) as i8;
                        *weight = bounded;
                        lacks.push((which, i, sign * less));
                        over -= less;
                    }
                }
            }
        }
    }
    lacks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kernels::Ready;

    fn quads(n: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<[i8; QUAD]>> {
        let halves = prop::collection::vec(any::<[[i8; QUAD / 2]; 2]>(), n);
        halves.prop_map(|quads| {
            let whole = |quad: [[i8; QUAD / 2]; 2]| quad.as_flattened().try_into().expect("a quad");
            // Most weights are small.
            quads
                .into_iter()
                .map(whole)
                .map(|quad: [i8; QUAD]| quad.map(|w| if w % 8 == 0 { w } else { w / 4 }))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn each_quad_is_in_one_couple_that_fits_or_is_said_not_to(half in quads(1..20)) {
            let quads = [half.clone(), half].concat();
            for tier in Ready::all() {
                let (mut found, mut unfit) = (vec![[99; 2]], Vec::new());
                find(tier, &quads, &mut found, &mut unfit);
                for (i, couple) in found[1..].iter().enumerate() {
                    let [one, two] = couple.map(|quad| sizes(&quads[usize::from(quad)]));
                    prop_assert_eq!(most(&one, &two) > MOST, unfit.contains(&i));
                }
                let mut seen = found[1..].as_flattened().to_vec();
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..quads.len() as u16).collect::<Vec<_>>());
            }
        }

        #[test]
        fn bounded_weights_and_what_they_lack_are_the_weights(two in quads(2)) {
            let weights: [[i8; QUAD]; 2] = two.try_into().expect("two");
            let mut bounded = weights;
            let lacks = bound(&mut bounded);
            prop_assert!(most(&sizes(&bounded[0]), &sizes(&bounded[1])) <= MOST);
            let mut whole = bounded.map(|quad| quad.map(i16::from));
            for (which, i, weight) in lacks {
                whole[which][i] += weight;
            }
            prop_assert_eq!(whole, weights.map(|quad| quad.map(i16::from)));
        }
    }
}
