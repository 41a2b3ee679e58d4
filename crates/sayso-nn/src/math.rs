//! Which functions of real numbers does the encoder need, in one fixed order of
//! operations?
//!
//! Every sum runs in [`LANES`] interleaved partial sums that are then added
//! pairwise; a compiler may put the lanes into registers of any width without
//! changing a bit. Nothing here calls the platform's mathematical library, whose
//! results differ between systems.

/// Partial sums of every reduction.
pub(crate) const LANES: usize = 16;

/// One number of all lanes, pairwise from the far half inwards.
#[inline(always)]
fn fold(mut lanes: [f32; LANES], both: impl Fn(f32, f32) -> f32) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = both(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn plus(a: f32, b: f32) -> f32 {
    a + b
}

/// `a` where `b` is no number.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// The sum of `values`.
#[inline(always)]
pub(crate) fn sum(values: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    for (lane, value) in lanes.iter_mut().zip(rest) {
        *lane += value;
    }
    fold(lanes, plus)
}

/// The inner product of two rows, in the crate's fixed order.
///
/// # Panics
/// When the rows are not of one length.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "rows of one length");
    let mut lanes = [0.0; LANES];
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for i in 0..LANES {
            lanes[i] += a[i] * b[i];
        }
    }
    for (lane, (a, b)) in lanes.iter_mut().zip(a_rest.iter().zip(b_rest)) {
        *lane += a * b;
    }
    fold(lanes, plus)
}

/// The largest of `values`, or -∞ when there are none; what isn't a number is passed over.
#[inline(always)]
pub(crate) fn max(values: &[f32]) -> f32 {
    largest(values, f32::NEG_INFINITY, |value| value)
}

/// The largest magnitude of `values`; what isn't a number is passed over.
#[inline(always)]
pub(crate) fn most(values: &[f32]) -> f32 {
    largest(values, 0.0, f32::abs)
}

#[inline(always)]
fn largest(values: &[f32], least: f32, of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [least; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(lane, &value)| *lane = larger(*lane, of(value)));
    }
    lanes.iter_mut().zip(rest).for_each(|(lane, &value)| *lane = larger(*lane, of(value)));
    fold(lanes, larger)
}

/// 1.5 · 2²³: adding and subtracting it rounds to the nearest integer, ties to even,
/// for magnitudes below 2²², on every processor alike.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// The nearest integer to x, ties to even, as a number of either kind, for magnitudes below 2²².
#[inline(always)]
pub(crate) fn round(x: f32) -> (f32, i32) {
    let shifted = x + ROUND;
    (shifted - ROUND, shifted.to_bits().wrapping_sub(ROUND.to_bits()) as i32)
}

/// The scale that quantises numbers up to `most` in magnitude to integers up to `max`, and its inverse: a row
/// too small for a scale counts as zeros.
#[inline(always)]
pub(crate) fn scale(most: f32, max: i16) -> (f32, f32) {
    let scale = most / f32::from(max);
    let inverse = if scale >= f32::MIN_POSITIVE { f32::from(max) / most } else { 0.0 };
    (scale, inverse)
}

/// Quantises a row to magnitudes up to `max`: x ≈ q · scale, off by at most half a scale and the roundings of `f32`,
/// which up to 8191 are below 1/500 of a scale. A row too small for a scale becomes zeros. Returns the scale.
#[inline(always)]
pub(crate) fn quantize(row: &[f32], max: i16, q: &mut [i16]) -> f32 {
    let (scale, inverse) = scale(most(row), max);
    for (q, &value) in q.iter_mut().zip(row) {
        #[expect(clippy::cast_possible_truncation, reason = "at most `max`, which has 16 bits")]
        let narrow = round(value * inverse).1 as i16;
        *q = narrow;
    }
    scale
}

/// eˣ within 4·10⁻⁷ of its value for x in [-87, 88], clamped outside. Not `libm`'s: this one has no branches, so that
/// a compiler can put it into registers of any width.
///
/// # Source
/// Range reduction x = k·ln 2 + r and the degree-6 Taylor polynomial of eʳ with
/// |r| ≤ ln 2 / 2; ln 2 in two parts after Cody and Waite (1980).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let (k, power) = round(x * std::f32::consts::LOG2_E);
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let mut p = 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    p * f32::from_bits(((power + 127) as u32) << 23)
}

/// For [`power`]: the polynomial of degree 5 whose largest error relative to 2ʳ for |r| ≤ 1/2 is least, rounded to 1.6·10⁻⁷.
const POWER: [f32; 6] =
    [1.000_000_1, 0.693_146_94, 0.240_221_2, 0.055_507_13, 0.009_675_541, 0.001_327_647_2];

/// Each number as many times.
const fn times(numbers: [f32; 6], times: i16) -> [f32; 6] {
    let [a, b, c, d, e, f] = numbers;
    let times = times as f32;
    [a * times, b * times, c * times, d * times, e * times, f * times]
}

/// 2ᵗ times what `polynomial` is of [`POWER`], within 3·10⁻⁷ of its value, where that is a normal number.
///
/// # Source
/// 2ᵗ = 2ᵏ · 2ʳ with |r| ≤ 1/2; the polynomial by Remez's exchange (1934).
#[inline(always)]
fn power(t: f32, polynomial: [f32; 6]) -> f32 {
    let (k, exponent) = round(t);
    let r = t - k;
    let [p0, p1, p2, p3, p4, p5] = polynomial;
    let p = ((((p5 * r + p4) * r + p3) * r + p2) * r + p1) * r + p0;
    // k is added to the exponent.
    f32::from_bits(p.to_bits().wrapping_add((exponent << 23) as u32))
}

/// The nearest integer to `STEPS` · eˣ for x ≤ 0 and at most 2¹² steps, within one; 0 where that is below half a step.
#[inline(always)]
pub(crate) fn exp_steps<const STEPS: i16>(x: f32) -> i32 {
    const LEAST: f32 = -20.0;
    let t = x * std::f32::consts::LOG2_E;
    let t = if t > LEAST { t } else { LEAST };
    round(power(t, const { times(POWER, STEPS) })).1
}

/// The Gaussian error linear unit in its tanh form, in place.
///
/// # Source
/// Hendrycks and Gimpel (2016), section 2.
#[inline(always)]
pub(crate) fn gelu(values: &mut [f32]) {
    // x · (1 + tanh(u / 2)) / 2 = x / (1 + e⁻ᵘ), where u = √(8 / π) · (x + 0.044715 x³); in powers of two.
    const FIRST: f32 = -1.595_769 * std::f32::consts::LOG2_E;
    const THIRD: f32 = FIRST * 0.044_715;
    const MOST: f32 = 126.0;
    for value in values {
        let x = *value;
        let t = x * (FIRST + THIRD * (x * x));
        let t = if t > -MOST { t } else { -MOST };
        let t = if t < MOST { t } else { MOST };
        *value = x / (1.0 + power(t, POWER));
    }
}

/// Turns logits into probabilities, in place.
#[inline(always)]
pub fn softmax(logits: &mut [f32]) {
    let most = max(logits);
    for logit in logits.iter_mut() {
        *logit = exp(*logit - most);
    }
    let scale = 1.0 / sum(logits);
    for logit in logits {
        *logit *= scale;
    }
}

/// Layer normalisation of one row, in place.
///
/// # Source
/// Ba, Kiros and Hinton (2016), equation 4.
#[inline(always)]
pub(crate) fn layer_norm(row: &mut [f32], gain: &[f32], bias: &[f32], epsilon: f32) {
    #[expect(clippy::cast_precision_loss, reason = "rows are shorter than 2^24")]
    let inverse = 1.0 / row.len() as f32;
    let mean = sum(row) * inverse;
    for value in row.iter_mut() {
        *value -= mean;
    }
    let variance = dot(row, row) * inverse;
    let scale = 1.0 / (variance + epsilon).sqrt();
    for (value, (gain, bias)) in row.iter_mut().zip(gain.iter().zip(bias)) {
        *value = *value * scale * gain + bias;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f32, b: f64, relative: f64) {
        let error = (f64::from(a) - b).abs();
        assert!(error <= relative * b.abs().max(1e-30), "{a} is not {b}");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a reference, compared with a tolerance")]
    fn steps_are_the_nearest() {
        for i in 0..=200_000 {
            let x = -f64::from(i) / 10_000.0;
            let found = exp_steps::<4095>(x as f32);
            assert!((f64::from(found) - 4095.0 * x.exp()).abs() <= 0.52, "{found} at {x}");
        }
        assert_eq!((exp_steps::<4095>(0.0), exp_steps::<4095>(-1e30)), (4095, 0));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a reference, compared with a tolerance")]
    fn exp_agrees_with_the_reference() {
        for i in -8700..=8800 {
            let x = i as f32 / 100.0;
            close(exp(x), f64::from(x).exp(), 4e-7);
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NEG_INFINITY) > 0.0 && exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a reference, compared with a tolerance")]
    fn gelu_agrees_with_its_formula() {
        for i in -800..=800 {
            let x = f64::from(i) / 100.0;
            let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
            let expected = 0.5 * x * (1.0 + inner.tanh());
            let mut got = [x as f32];
            gelu(&mut got);
            assert!((f64::from(got[0]) - expected).abs() < 1e-5, "{x}: {} {expected}", got[0]);
        }
    }

    #[test]
    fn softmax_sums_to_one_and_keeps_the_order() {
        let mut row: Vec<f32> = (0..37).map(|i| (i * 7 % 13) as f32 - 300.0).collect();
        let before = row.clone();
        softmax(&mut row);
        assert!((sum(&row) - 1.0).abs() < 1e-5);
        for i in 1..row.len() {
            assert_eq!(before[i] > before[i - 1], row[i] > row[i - 1]);
        }
    }

    #[test]
    fn layer_norm_gives_mean_zero_and_variance_one() {
        let mut row: Vec<f32> = (0..384).map(|i| (i % 17) as f32 * 0.3 + 5.0).collect();
        layer_norm(&mut row, &[1.0; 384], &[0.0; 384], 1e-12);
        assert!(sum(&row).abs() < 1e-2);
        assert!((dot(&row, &row) / 384.0 - 1.0).abs() < 1e-4);
    }

    #[test]
    fn sums_do_not_depend_on_a_tail() {
        for n in 0..70 {
            let row: Vec<f32> = (0..n).map(|i| i as f32).collect();
            assert_eq!(sum(&row), (0..n).sum::<usize>() as f32);
            assert_eq!(max(&row), if n == 0 { f32::NEG_INFINITY } else { (n - 1) as f32 });
            assert_eq!(dot(&row, &row), (0..n).map(|i| i * i).sum::<usize>() as f32);
        }
    }
}
