//! Where do the numbers of a run lie, so that no register is loaded from two lines of the cache?

use std::ops::{Deref, DerefMut};

use aligned_vec::{AVec, ConstAlign};

/// Numbers from the beginning of a line of the cache on. With glibc a `Vec`'s large blocks begin 16 bytes behind one, and every load of a
/// register as wide as a line would touch two.
#[derive(Debug)]
pub(crate) struct Lines<T>(AVec<T, ConstAlign<64>>);

impl<T: Copy> Lines<T> {
    /// So many of one number.
    pub(crate) fn filled(n: usize, number: T) -> Self {
        let mut lines = Self::default();
        lines.resize(n, number);
        lines
    }

    /// As [`Vec::resize`].
    pub(crate) fn resize(&mut self, n: usize, number: T) {
        self.0.resize(n, number);
    }
}

impl<T> Default for Lines<T> {
    fn default() -> Self {
        Self(AVec::new(0))
    }
}

impl<T> Deref for Lines<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for Lines<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

/// The first `n` groups of each row. Not by `array::map`, which isn't inlined into functions of a tier and took 3% of the time.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn groups<T, const N: usize, const ROWS: usize>(
    rows: [&[T]; ROWS],
    n: usize,
) -> [&[[T; N]]; ROWS] {
    let mut groups: [&[[T; N]]; ROWS] = [&[]; ROWS];
    for (groups, row) in groups.iter_mut().zip(rows) {
        *groups = &row.as_chunks().0[..n];
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_with_a_line() {
        let mut lines = Lines::filled(3, 1_u8);
        for n in [5, 1000, 100_000] {
            lines.resize(n, 2);
            assert_eq!((lines.as_ptr().addr() % 64, lines.len(), lines[0], lines[4]), (0, n, 1, 2));
        }
    }
}
