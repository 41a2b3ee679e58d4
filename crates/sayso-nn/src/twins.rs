//! Does every tier compute what portable code computes, at every length and place, write nothing else and read nothing
//! behind it?

use std::fmt::Debug;

use crate::attention::{self, Head, MAX_DIM};
use crate::kernels::Ready;
use crate::room::Room;
use crate::{bounded, kernels, pairs, product, quads};

/// More than two of the widest registers of bytes; Miri takes its time.
const MOST: usize = if cfg!(miri) { 5 } else { 130 };
/// Whole panels of them.
const MOST_UP: usize = MOST.next_multiple_of(pairs::PANEL);

/// That `run`, which is given a length and how many numbers before the end of its rooms it ends, gives the same on
/// every tier and in every place.
fn check<T: PartialEq + Debug>(most: usize, slacks: usize, run: impl FnMut(Ready, usize, usize) -> T) {
    check_on(&Ready::all().collect::<Vec<_>>(), most, slacks, run);
}

/// The same on some tiers alone.
fn check_on<T: PartialEq + Debug>(
    tiers: &[Ready],
    most: usize,
    slacks: usize,
    mut run: impl FnMut(Ready, usize, usize) -> T,
) {
    for n in 1..=most {
        let expected = run(Ready::PORTABLE, n, 0);
        for &tier in tiers {
            for slack in 0..if cfg!(miri) { 2 } else { slacks } {
                let found = run(tier, n, slack);
                assert!(found == expected, "{tier:?}, {n} at {slack}: {found:?} for {expected:?}");
            }
        }
    }
}

/// The places of numbers in a line of the cache.
const BYTES: usize = 64;
const WORDS: usize = 32;
const FLOATS: usize = 16;

fn integers(seed: u64, n: usize) -> impl Iterator<Item = i64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 32) as i64
    })
    .take(n)
}

/// Between -4 and 4, and now and then what functions treat in another way, or should never meet.
fn floats(seed: u64, n: usize) -> Vec<f32> {
    const RARE: [f32; 11] =
        [0.0, -0.0, 1e-40, -1e-40, 90.0, -90.0, 0.5, 1e4, f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
    let pick = |x: i64| match usize::try_from(x % 64) {
        Ok(i) if i < RARE.len() => RARE[i],
        _ => (x >> 9) as f32 / (1 << 20) as f32 - 4.0,
    };
    integers(seed, n).map(pick).collect()
}

/// A row whose numbers have a scale, and behind it one as [`floats`] gives them.
fn rows(seed: u64, n: usize) -> Vec<f32> {
    let finite = integers(seed, n).map(|x| (x >> 9) as f32 / (1 << 20) as f32 - 4.0);
    finite.chain(floats(seed, n)).collect()
}

/// Of what isn't a number, that it is none: no processor promises which bits it has.
fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| if x.is_nan() { f32::NAN } else { *x }.to_bits()).collect()
}

fn float_room(most: usize) -> Room<f32> {
    Room::new(most, 5.5)
}

#[test]
fn gelu() {
    let (all, mut x) = (floats(1, MOST), float_room(MOST));
    check(MOST, FLOATS, |tier, n, slack| {
        x.put(&all[..n], slack);
        kernels::gelu(tier, x.numbers());
        bits(x.checked())
    });
}

#[test]
fn add() {
    let (all, mut x, mut delta) = (floats(2, 2 * MOST), float_room(MOST), float_room(MOST));
    check(MOST, FLOATS, |tier, n, slack| {
        x.put(&all[..n], slack);
        delta.put(&all[n..][..n], slack);
        kernels::add(tier, x.numbers(), delta.numbers());
        bits(x.checked())
    });
}

#[test]
fn layer_norm() {
    let (all, mut x, mut gain, mut bias) =
        (floats(3, 4 * MOST), float_room(2 * MOST), float_room(MOST), float_room(MOST));
    check(MOST, FLOATS, |tier, n, slack| {
        x.put(&all[..2 * n], slack);
        gain.put(&all[2 * n..][..n], slack);
        bias.put(&all[3 * n..][..n], slack);
        kernels::layer_norm(tier, x.numbers(), gain.numbers(), bias.numbers(), 1e-12);
        bits(x.checked())
    });
}

#[test]
fn quantize() {
    let (all, mut x, mut q, mut scales) =
        (rows(4, MOST), float_room(2 * MOST), Room::new(2 * MOST, 99), float_room(2));
    check(MOST, WORDS, |tier, n, slack| {
        x.put(&[&all[..n], &all[MOST..][..n]].concat(), slack);
        q.put(&vec![1; 2 * n], slack);
        scales.put(&[0.0; 2], slack);
        product::quantize(tier, x.numbers(), n, q.numbers(), scales.numbers());
        (q.checked().to_vec(), bits(scales.checked()))
    });
}

#[test]
fn quantize_bytes() {
    let (all, mut x, mut scales) = (rows(5, MOST), float_room(2 * MOST), float_room(2));
    let (mut q, mut excess) = (Room::new(2 * MOST, 99), Room::new(2, 99));
    check(MOST, BYTES, |tier, n, slack| {
        x.put(&[&all[..n], &all[MOST..][..n]].concat(), slack);
        q.put(&vec![1; 2 * n], slack);
        scales.put(&[0.0; 2], slack);
        excess.put(&[0; 2], slack);
        let (x, q_, scales_, excess_) = (x.numbers(), q.numbers(), scales.numbers(), excess.numbers());
        product::quantize_bytes(tier, x, n, 128, q_, scales_, excess_);
        (q.checked().to_vec(), bits(scales.checked()), excess.checked().to_vec())
    });
}

#[test]
fn add_scaled() {
    let weights: Vec<i8> = integers(19, MOST).map(|x| x as i8).collect();
    let (all, mut x, mut room) = (floats(20, MOST), float_room(MOST), Room::new(MOST, 99));
    check(MOST, BYTES, |tier, n, slack| {
        x.put(&all[..n], slack % FLOATS);
        room.put(&weights[..n], slack);
        kernels::add_scaled(tier, x.numbers(), room.numbers(), 0.37);
        bits(x.checked())
    });
}

#[test]
fn spread() {
    const ROWS: usize = 3;
    let all = floats(6, 2 * MOST);
    let numbers: Vec<i32> = integers(7, ROWS * MOST).map(|x| x as i32 / 2).collect();
    let (mut scales, mut bias) = (float_room(MOST), float_room(MOST));
    let (mut sums, mut out) = (Room::new(ROWS * MOST, 99), float_room(ROWS * (MOST + 2)));
    let rows = product::Rows { scales: &[0.75, 0.3, 2.0, 9.0], excess: &[12_345, 0, -6, 9] };
    check(MOST, FLOATS, |tier, n, slack| {
        sums.put(&numbers[..ROWS * n], slack);
        scales.put(&all[..n], slack);
        bias.put(&all[n..][..n], slack);
        // Two more outputs of the matrix stand before these in all rows but the first.
        out.put(&vec![0.0; ROWS * (n + 2) - 2], slack);
        let outputs = product::Outputs { scales: scales.numbers(), bias: bias.numbers(), all: n + 2 };
        product::spread(tier, sums.numbers(), n, rows, outputs, out.numbers());
        bits(out.checked())
    });
}

#[test]
fn tiles_of_bytes() {
    const ROWS: usize = quads::ROWS;
    let numbers: Vec<i8> = integers(8, 4 * MOST * (ROWS + quads::PANEL)).map(|x| x as i8).collect();
    let mut rows: [Room<i8>; ROWS] = std::array::from_fn(|_| Room::new(4 * MOST, 99));
    let (mut panel, mut sums) = (Room::new(4 * MOST * quads::PANEL, 99), Room::new(ROWS * quads::PANEL, 99));
    let tiers: Vec<Ready> = Ready::all().filter(|&tier| quads::serves(tier)).collect();
    check_on(&tiers, MOST, BYTES, |tier, n, slack| {
        let (a, weights) = numbers.split_at(4 * n * ROWS);
        rows.iter_mut().zip(a.chunks(4 * n)).for_each(|(room, row)| room.put(row, slack));
        let zero = quads::zero(tier);
        let shifted = weights[..4 * n * quads::PANEL].iter().map(|&w| zero.wrapping_add_signed(w));
        panel.put(&shifted.collect::<Vec<u8>>(), slack);
        sums.put(&[i32::MAX; ROWS * quads::PANEL], slack);
        let into = sums.numbers().as_chunks_mut().0.try_into().expect("eight rows");
        quads::tile(tier, rows.each_mut().map(|row| &*row.numbers()), panel.numbers(), into);
        let excess =
            a.chunks(4 * n).map(|row| i32::from(zero) * row.iter().map(|&x| i32::from(x)).sum::<i32>());
        let found = sums.checked().chunks(quads::PANEL).zip(excess);
        found.flat_map(|(sums, excess)| sums.iter().map(move |sum| sum - excess)).collect::<Vec<_>>()
    });
}

#[test]
fn quantize_in_parts() {
    let (all, mut x, mut scales) = (rows(21, MOST), float_room(2 * MOST), float_room(2));
    let (mut whole, mut near) = (Room::new(2 * MOST_UP, 99), Room::new(2 * MOST_UP, 99));
    // An encoder's rows are of whole bounded.
    check(MOST / 4, BYTES, |tier, n, slack| {
        let (columns, width) = (4 * n, (4 * n).next_multiple_of(bounded::STEP));
        x.put(&[&all[..columns], &all[MOST..][..columns]].concat(), slack % FLOATS);
        whole.put(&vec![1; 2 * width], slack);
        near.put(&vec![1; 2 * width], slack);
        scales.put(&[0.0; 2], slack % FLOATS);
        let (mut far, mut ends) = (Vec::new(), Vec::new());
        let into =
            bounded::Parts { whole: whole.numbers(), near: near.numbers(), far: &mut far, ends: &mut ends };
        bounded::quantize(tier, x.numbers(), columns, into, scales.numbers());
        assert!(ends[0] > 0, "the largest number is far");
        (whole.checked().to_vec(), near.checked().to_vec(), far, ends, bits(scales.checked()))
    });
}

#[test]
fn tiles_of_bounded_bytes() {
    use bounded::{FAR, Far, PANEL, PASS, ROWS, Row, STEP, Spare};
    const STEPS: usize = MOST.div_ceil(STEP);
    const NUMBERS: usize = STEPS * STEP;
    // As large as four may be together, of either sign; some lanes are as large as can be.
    let quarter = bounded::MOST / 4;
    let size = |(i, x): (usize, i64)| match i / 128 % 3 {
        0 => quarter as i8,
        1 => -quarter as i8,
        _ => (x % i64::from(2 * quarter + 1) - i64::from(quarter)) as i8,
    };
    let weights: Vec<i8> = integers(22, NUMBERS * PANEL).enumerate().map(|(i, x)| size((i, x))).collect();
    let largest = bounded::HIGH.abs_diff(bounded::LOW);
    let rows: Vec<u8> = integers(23, NUMBERS * ROWS).map(|x| x as u8 % (largest + 1)).collect();
    let rows: Vec<u8> = rows.iter().enumerate().map(|(i, &x)| if i % 3 == 0 { largest } else { x }).collect();
    let starts = std::array::from_fn(|o| 1000 * o as i32);
    let tiers: Vec<Ready> = Ready::all().filter(|&tier| bounded::serves(tier)).collect();
    let mut whole: [Room<i8>; ROWS] = std::array::from_fn(|_| Room::new(NUMBERS, 99));
    let mut near: [Room<u8>; ROWS] = std::array::from_fn(|_| Room::new(NUMBERS, 99));
    let (mut bounded, mut sums) = (Room::new(NUMBERS * PANEL, 99), Room::new(ROWS * PANEL, 99));
    check_on(&tiers, STEPS, BYTES, |tier, n, slack| {
        let width = n * STEP;
        for (r, row) in rows.chunks(NUMBERS).enumerate() {
            whole[r].put(&row[..width].iter().map(|&x| x as i8).collect::<Vec<_>>(), slack);
            near[r].put(&row[..width], slack);
        }
        bounded.put(&weights[..width * PANEL], slack);
        sums.put(&[i32::MAX; ROWS * PANEL], slack);
        let far = |i: usize| Far { quad: (i % (2 * n)) as u32, numbers: [48, -48, (i % 48) as i8, 0] };
        let far: Vec<[Far; FAR]> = (0..n).map(|i| std::array::from_fn(|j| far(3 * i + j))).collect();
        let spare = [(PANEL - 1, 0, 127), (3, width - 1, -1)];
        let spare = spare.map(|(output, column, weight)| Spare { output, column, weight });
        // Quads meet those of the other end.
        let steps: Vec<[u16; 2]> = (0..n as u16).map(|i| [i, 2 * n as u16 - 1 - i]).collect();
        let at = |quad: usize| if quad < n { 2 * quad } else { 2 * (2 * n - 1 - quad) + 1 };
        let places =
            (0..PANEL / PASS).flat_map(|pass| (0..2 * n).map(move |quad| (pass * 2 * n + at(quad)) as u16));
        let (steps, places) = (steps.repeat(PANEL / PASS), places.collect::<Vec<_>>());
        let panel = bounded::Panel {
            weights: bounded.numbers(),
            steps: &steps,
            places: &places,
            starts: &starts,
            spare: &spare,
        };
        let rows = whole.iter_mut().zip(&mut near).enumerate();
        let rows = rows.map(|(r, (whole, near))| Row {
            whole: whole.numbers(),
            near: near.numbers(),
            far: &far[..r.min(n)],
        });
        let rows: Vec<Row<'_>> = rows.collect();
        let into = sums.numbers().as_chunks_mut().0.try_into().expect("four rows");
        bounded::tile(tier, std::array::from_fn(|r| &rows[r]), panel, into);
        sums.checked().to_vec()
    });
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
#[test]
fn tiles_of_the_matrix_unit() {
    use crate::amx;
    const ROWS: usize = amx::ROWS;
    const MOST: usize = 5 * amx::COLUMNS;
    let Some(tiles) = amx::Tiles::new() else {
        eprintln!("SKIPPED: this processor has no AMX");
        return;
    };
    let numbers: Vec<i8> = integers(9, MOST * (ROWS + quads::PANEL)).map(|x| x as i8).collect();
    let (mut rows, mut panel) = (Room::new(MOST * ROWS, 99), Room::new(MOST * quads::PANEL, 99));
    let mut sums = Room::new(ROWS * quads::PANEL, 99);
    for columns in (amx::COLUMNS..=MOST).step_by(amx::COLUMNS) {
        let (a, weights) = numbers.split_at(columns * ROWS);
        let weights: Vec<u8> = weights[..columns * quads::PANEL].iter().map(|&w| w as u8).collect();
        let mut expected = Vec::new();
        for half in a.chunks(columns * quads::ROWS) {
            let mut sums = [[0; quads::PANEL]; quads::ROWS];
            let rows = std::array::from_fn(|r| &half[r * columns..][..columns]);
            quads::tile(Ready::PORTABLE, rows, &weights, &mut sums);
            expected.extend(sums);
        }
        for slack in 0..BYTES {
            rows.put(a, slack);
            panel.put(&weights, slack);
            sums.put(&[i32::MAX; ROWS * quads::PANEL], slack);
            let into = sums.numbers().as_chunks_mut().0.try_into().expect("sixteen rows");
            tiles.multiply(rows.numbers(), panel.numbers(), into);
            assert!(sums.checked() == expected.as_flattened(), "{columns} columns at {slack}");
        }
    }
}

#[test]
fn tiles_of_words() {
    const ROWS: usize = pairs::ROWS;
    let numbers: Vec<i16> = integers(10, 2 * MOST * (ROWS + pairs::PANEL)).map(|x| x as i16 / 8).collect();
    let mut rows: [Room<i16>; ROWS] = std::array::from_fn(|_| Room::new(2 * MOST, 99));
    let (mut panel, mut sums) = (Room::new(2 * MOST * pairs::PANEL, 99), Room::new(ROWS * pairs::PANEL, 99));
    check(MOST, WORDS, |tier, n, slack| {
        let (a, weights) = numbers.split_at(2 * n * ROWS);
        rows.iter_mut().zip(a.chunks(2 * n)).for_each(|(room, row)| room.put(row, slack));
        panel.put(&weights[..2 * n * pairs::PANEL], slack);
        sums.put(&[i32::MAX; ROWS * pairs::PANEL], slack);
        let into = sums.numbers().as_chunks_mut().0.try_into().expect("eight rows");
        pairs::tile(tier, rows.each_mut().map(|row| &*row.numbers()), panel.numbers(), into);
        sums.checked().to_vec()
    });
}

/// Heads of every size at every number of positions, with numbers of other heads before them and none behind.
fn head(n: usize) -> Head {
    let dim = (n - 1) % MAX_DIM + 1;
    Head { width: dim + 3, at: 3, dim, n }
}

/// The lengths of an attention's buffers: panels of keys, their scales, panels of values, their scales.
fn lengths(head: Head) -> [usize; 4] {
    let (n, dim) = (head.n.next_multiple_of(pairs::PANEL), head.dim.next_multiple_of(pairs::PANEL));
    [n * head.dim.next_multiple_of(2), n, n * dim, dim]
}

#[test]
fn pack_queries() {
    let all = floats(11, MOST * 3 * (MAX_DIM + 3));
    let (mut qkv, mut queries) = (float_room(all.len()), Room::new(pairs::ROWS * MAX_DIM, 99));
    check(MOST, FLOATS, |tier, n, slack| {
        let head = head(n);
        qkv.put(&all[..n * 3 * head.width], slack);
        queries.put(&vec![0; pairs::ROWS * head.dim.next_multiple_of(2)], slack);
        let mut scales = [0.0; pairs::ROWS];
        let first = (n - 1) / pairs::ROWS * pairs::ROWS;
        attention::pack_queries(tier, qkv.numbers(), head, first, queries.numbers(), &mut scales);
        (queries.checked().to_vec(), bits(&scales))
    });
}

#[test]
fn pack_keys() {
    let all = floats(12, MOST * 3 * (MAX_DIM + 3));
    let (mut qkv, mut keys, mut scales) =
        (float_room(all.len()), Room::new(MOST_UP * MAX_DIM, 99), float_room(MOST_UP));
    check(MOST, FLOATS, |tier, n, slack| {
        let head = head(n);
        let [n_keys, n_scales, ..] = lengths(head);
        qkv.put(&all[..n * 3 * head.width], slack);
        keys.put(&vec![0; n_keys], slack);
        scales.put(&vec![0.0; n_scales], slack);
        attention::pack_keys(tier, qkv.numbers(), head, keys.numbers(), scales.numbers());
        (keys.checked().to_vec(), bits(scales.checked()))
    });
}

#[test]
fn pack_values() {
    let all = floats(13, MOST * 3 * (MAX_DIM + 3));
    let (mut qkv, mut values, mut scales) =
        (float_room(all.len()), Room::new(MOST_UP * MAX_DIM, 99), float_room(MAX_DIM));
    check(MOST, FLOATS, |tier, n, slack| {
        let head = head(n);
        let [.., n_values, n_scales] = lengths(head);
        qkv.put(&all[..n * 3 * head.width], slack);
        values.put(&vec![0; n_values], slack);
        scales.put(&vec![0.0; n_scales], slack);
        attention::pack_values(tier, qkv.numbers(), head, values.numbers(), scales.numbers());
        (values.checked().to_vec(), bits(scales.checked()))
    });
}

#[test]
fn score() {
    let all = floats(14, pairs::PANEL);
    let mut sums = [[0; pairs::PANEL]; pairs::ROWS];
    sums.as_flattened_mut().iter_mut().zip(integers(15, usize::MAX)).for_each(|(sum, x)| *sum = x as i32);
    let (mut keys, mut scores) = (float_room(pairs::PANEL), float_room(pairs::ROWS * 5 * pairs::PANEL));
    check(5, FLOATS, |tier, n, slack| {
        let n_up = n * pairs::PANEL;
        keys.put(&all, slack);
        scores.put(&vec![0.0; (pairs::ROWS - 1) * n_up + pairs::PANEL], slack);
        let queries = [1.0, 0.5, 0.3, 2.0, 3.0, 5.0, 7.0, 11.0];
        attention::score(tier, &sums, &queries, keys.numbers(), n_up, scores.numbers());
        bits(scores.checked())
    });
}

#[test]
fn weigh() {
    let all = floats(16, pairs::ROWS * MOST_UP);
    let (mut scores, mut weights) = (float_room(all.len()), Room::new(all.len(), 99));
    check(MOST, FLOATS, |tier, n, slack| {
        let n_up = n.next_multiple_of(pairs::PANEL);
        scores.put(&all[..pairs::ROWS * n_up], slack);
        weights.put(&vec![0; pairs::ROWS * n_up], slack);
        let mut totals = [0; pairs::ROWS];
        attention::weigh(tier, scores.numbers(), n, n_up, weights.numbers(), &mut totals);
        (weights.checked().to_vec(), totals)
    });
}

#[test]
fn mix() {
    let all = floats(17, pairs::PANEL);
    let mut sums = [0; pairs::PANEL];
    sums.iter_mut().zip(integers(18, usize::MAX)).for_each(|(sum, x)| *sum = x as i32);
    let (mut scales, mut out) = (float_room(pairs::PANEL), float_room(pairs::PANEL));
    check(pairs::PANEL, FLOATS, |tier, n, slack| {
        scales.put(&all[..n], slack);
        out.put(&vec![0.0; n], slack);
        attention::mix(tier, &sums, 54_321, scales.numbers(), out.numbers());
        bits(out.checked())
    });
}
