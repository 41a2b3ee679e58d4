//! Which number do the words say?

use super::Approx;
use super::noun::is_stop;
use super::words::{Words, is_in, place};

const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                     sixteen seventeen eighteen nineteen";
const TENS: &str = "- - twenty thirty forty fifty sixty seventy eighty ninety";
const ORDINALS: &str = "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth \
                        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth";
/// More words than any number has; "hundred and" could go on for a whole text.
const LONGEST: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// The last "hundred", "thousand", "million" …, which a range shares; else 1.
    pub(super) scale: f64,
    pub(super) approx: Approx,
    /// "dozens": what it counts follows "of".
    pub(super) is_vague: bool,
    /// The place behind it.
    pub(super) end: usize,
}

impl Number {
    fn exact(value: f64, scale: f64, end: usize) -> Self {
        Self { value, scale, approx: Approx::Exact, is_vague: false, end }
    }
}

/// A number below a hundred in words: "forty-six".
pub(crate) fn small_in_words(number: usize) -> Option<String> {
    let word = |list: &'static str, n: usize| list.split_ascii_whitespace().nth(n);
    if let Some(small) = word(SMALL, number) {
        return Some(small.to_owned());
    }
    let tens = word(TENS, number / 10)?;
    let ones = word(SMALL, number % 10).filter(|_| !number.is_multiple_of(10));
    Some(ones.map_or_else(|| tens.to_owned(), |ones| format!("{tens}-{ones}")))
}

/// The longest number that begins at `i`. With `is_money` a glued "m" is a million; else the caller decides.
pub(super) fn number(words: &Words, i: usize, is_money: bool) -> Option<Number> {
    let found = digits(words, i, is_money)
        .or_else(|| vague(words, i))
        .or_else(|| few(words, i))
        .or_else(|| spelled(words, i))?;
    Some(and_a_half(words, found)).filter(|number| number.value.is_finite())
}

/// "1,500", "4.2 million", "350m", "2½", ".5".
fn digits(words: &Words, i: usize, is_money: bool) -> Option<Number> {
    let is_point = words.raw(i) == "." && words.is_glued(i + 1) && !words.is_glued(i);
    let k = i + usize::from(is_point);
    let plain = plain(words.low(k));
    let mut value = if is_point { format!("0.{}", words.low(k)).parse().ok() } else { plain }
        .or_else(|| part_of_one(words.low(k)))?;
    let mut end = k + 1;
    if let Some(part) = part_of_one(words.low(end)).filter(|_| plain.is_some() && words.is_glued(end)) {
        value += part;
        end += 1;
    }
    let k = words.after_hyphen(end);
    let scale = if words.is_glued(k) && k == end {
        short_scale(words.low(k), is_money)
    } else {
        scale(words.low(k)).or_else(|| if is_money { short_scale(words.low(k), false) } else { None })
    };
    Some(match scale {
        Some(scale) if is_in("crore crores", words.low(k + 1)) => {
            // "2 lakh crore"
            Number::exact(value * scale * 1e7, scale * 1e7, k + 2)
        }
        Some(scale) => Number::exact(value * scale, scale, k + 1),
        None => Number::exact(value, 1.0, end),
    })
}

/// Digits, in groups of three where there are commas; "000" is the end of another number.
fn plain(raw: &str) -> Option<f64> {
    let (whole, part) = raw.split_once('.').unwrap_or((raw, "0"));
    let mut groups = whole.split(',');
    let is_grouped = groups.next().is_some_and(|group| !whole.contains(',') || group.len() <= 3)
        && groups.all(|group| group.len() == 3);
    let are_digits = |c: char| c.is_ascii_digit() || c == ',';
    let is_number = is_grouped && whole.chars().all(are_digits) && part.bytes().all(|b| b.is_ascii_digit());
    format!("{}.{part}", whole.replace(',', ""))
        .parse()
        .ok()
        .filter(|_| is_number && !whole.is_empty() && whole != "000")
}

fn part_of_one(word: &str) -> Option<f64> {
    Some(match word {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        _ => return None,
    })
}

pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" => 1e3,
        "lakh" | "lakhs" => 1e5,
        "million" => 1e6,
        "crore" | "crores" => 1e7,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// Those that touch their digits. "m" may be metres, "b" anything.
fn short_scale(word: &str, is_money: bool) -> Option<f64> {
    Some(match word {
        "k" => 1e3,
        "m" | "mil" if is_money => 1e6,
        "b" if is_money => 1e9,
        "t" if is_money => 1e12,
        "mn" | "mln" | "million" => 1e6,
        "bn" | "bln" | "billion" => 1e9,
        "tn" | "trn" | "trillion" => 1e12,
        _ => return None,
    })
}

/// "dozens", "tens of thousands": at least two of them.
fn vague(words: &Words, i: usize) -> Option<Number> {
    let of_scale = words.phrase(i + 1, "of").and_then(|k| Some((scales(words.low(k))?, k + 1)));
    let first = match words.low(i) {
        "tens" => of_scale.map(|_| 10.0),
        // Not "test scores of".
        "scores" => (words.low(i + 1) == "of" && (i == 0 || is_stop(words, i - 1))).then_some(20.0),
        word => scales(word),
    }?;
    let (times, end) = of_scale.unwrap_or((1.0, i + 1));
    let value = 2.0 * first * times;
    Some(Number { value, scale: 1.0, approx: Approx::AtLeast, is_vague: true, end })
}

fn scales(word: &str) -> Option<f64> {
    word.strip_suffix('s').and_then(scale)
}

/// "several hundred", "a couple of thousand", "a couple of".
fn few(words: &Words, i: usize) -> Option<Number> {
    let k = ["a few", "a good few", "many", "several"].iter().find_map(|few| words.phrase(i, few));
    if let Some((k, scale)) = k.and_then(|k| Some((k, scale(words.low(k))?))) {
        return Some(Number { approx: Approx::AtLeast, ..Number::exact(2.0 * scale, scale, k + 1) });
    }
    let k = words.phrase(i, "a couple")?;
    let of = words.phrase(k, "of").unwrap_or(k);
    let couple = match scale(words.low(of)) {
        Some(scale) => Number::exact(2.0 * scale, scale, of + 1),
        None => Number::exact(2.0, 1.0, of),
    };
    (of > k || couple.scale > 1.0).then_some(Number { approx: Approx::About, ..couple })
}

/// "twenty-two", "three hundred thousand", "a dozen", "half a million".
fn spelled(words: &Words, i: usize) -> Option<Number> {
    let (first, mut k) = match (words.low(i), words.low(i + 1)) {
        ("a" | "an", word) if scale(word).is_some() => (1.0, i + 1),
        ("half", "a") => (0.5, i + scale(words.low(i + 2)).map(|_| 2)?),
        _ => part_of_scale(words, i).or_else(|| below_hundred(words, i))?,
    };
    let (mut total, mut current, mut last) = (0.0, first, 1.0);
    while k < i + LONGEST {
        let at = words.after_hyphen(k);
        let and = words.phrase(at, "and").filter(|_| last >= 100.0);
        if let Some(scale) = scale(words.low(at)) {
            current *= scale;
            if scale >= 1e3 {
                total += current;
                current = 0.0;
            }
            (k, last) = (at + 1, scale);
        } else if let Some((more, end)) = below_hundred(words, and.unwrap_or(at)).filter(|_| last >= 100.0) {
            current += more;
            (k, last) = (end, 1.0);
        } else {
            break;
        }
    }
    Some(Number::exact(total + current, last, k))
}

/// "a quarter of a" before a scale: "a quarter of a million".
fn part_of_scale(words: &Words, i: usize) -> Option<(f64, usize)> {
    let (count, k) = match words.low(i) {
        "half" => (1, i),
        "a" | "one" => (1, i + 1),
        word => (place(SMALL, word)?, i + 1),
    };
    let k = words.after_hyphen(k);
    let part = nth_part(words.low(k)).filter(|_| words.low(k).ends_with('s') == (count > 1))?;
    let scaled = words.phrase(k + 1, "of a")?;
    let is_scale = scale(words.low(scaled)).is_some_and(|scale| scale >= 1e3);
    is_scale.then_some((part * f64::from(count), scaled))
}

/// "seven" or "twenty": a number up to ninety that one word says.
pub(crate) fn small_number(word: &str) -> Option<u32> {
    place(SMALL, word).or_else(|| place(TENS, word).filter(|tens| *tens > 1).map(|tens| tens * 10))
}

/// "seven", "twenty", "twenty-two", "twenty two".
fn below_hundred(words: &Words, i: usize) -> Option<(f64, usize)> {
    if let Some(small) = place(SMALL, words.low(i)) {
        return Some((small.into(), i + 1));
    }
    let tens = place(TENS, words.low(i)).filter(|tens| *tens > 1)? * 10;
    let k = words.after_hyphen(i + 1);
    let small = place(SMALL, words.low(k)).filter(|small| (1..10).contains(small));
    Some(small.map_or((tens.into(), i + 1), |small| ((tens + small).into(), k + 1)))
}

/// "two and a half", "a million and a half", "two and a half million".
fn and_a_half(words: &Words, number: Number) -> Number {
    let mut k = number.end;
    for word in ["and", "a"] {
        k = words.after_hyphen(k);
        if words.low(k) != word {
            return number;
        }
        k += 1;
    }
    k = words.after_hyphen(k);
    let part = match words.low(k) {
        "half" => 0.5,
        "quarter" => 0.25,
        _ => return number,
    };
    let value = number.value + part * number.scale;
    let next = words.after_hyphen(k + 1);
    match scale(words.low(next)).filter(|_| number.scale <= 1.0) {
        Some(scale) => Number { value: value * scale, scale, end: next + 1, ..number },
        None => Number { value, end: k + 1, ..number },
    }
}

/// "third", "4th", "twenty-first", and the place behind it.
pub(super) fn ordinal(words: &Words, i: usize) -> Option<(f64, usize)> {
    if let Some(n) = place(ORDINALS, words.low(i)).filter(|n| *n > 0) {
        return Some((n.into(), i + 1));
    }
    if let Some(value) = plain(words.low(i)) {
        let is_ordinal = words.is_glued(i + 1) && is_in("st nd rd th", words.low(i + 1));
        return is_ordinal.then_some((value, i + 2));
    }
    let tens = place(TENS, words.low(i)).filter(|tens| *tens > 1)? * 10;
    let k = words.after_hyphen(i + 1);
    let small = place(ORDINALS, words.low(k)).filter(|small| (1..10).contains(small))?;
    Some(((tens + small).into(), k + 1))
}

/// The share of one part: "third" is a third, "quarters" are quarters.
pub(super) fn nth_part(word: &str) -> Option<f64> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    match singular {
        "half" | "halve" => Some(0.5),
        "quarter" => Some(0.25),
        _ => place(ORDINALS, singular).filter(|n| *n > 2).map(|n| 1.0 / f64::from(n)),
    }
}
