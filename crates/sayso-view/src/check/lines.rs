//! On which line does a character stand?

use std::ops::Range;

/// A text's lines. They end in `\n` or `\r\n`.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    lines: Vec<&'a str>,
    /// Code points before each line.
    starts: Vec<usize>,
    n_chars: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut starts = Vec::new();
        let mut n_chars = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            starts.push(n_chars);
            n_chars += line.chars().count() + 1;
            lines.push(line.strip_suffix('\r').unwrap_or(line));
        }
        Self { lines, starts, n_chars: n_chars - 1 }
    }

    /// Line and column, both from 1, columns in code points.
    pub(super) fn at(&self, char: usize) -> (usize, usize) {
        let char = char.min(self.n_chars);
        let line = self.starts.partition_point(|&start| start <= char);
        (line, char - self.starts[line - 1] + 1)
    }

    /// A line by its number, from 1.
    pub(super) fn line(&self, number: usize) -> &'a str {
        self.lines.get(number - 1).copied().unwrap_or_default()
    }

    /// The part of a line, in code points of it, that a range of the text covers.
    pub(super) fn part(&self, number: usize, range: &Range<usize>) -> Range<usize> {
        let len = self.line(number).chars().count();
        let start = self.starts[number - 1];
        let inside = |char: usize| char.saturating_sub(start).min(len);
        inside(range.start)..inside(range.end)
    }

    pub(super) fn n_chars(&self) -> usize {
        self.n_chars
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one() {
        let lines = Lines::new("é“a\r\nbc\n\nd");
        for (char, expected) in
            [(0, (1, 1)), (2, (1, 3)), (5, (2, 1)), (7, (2, 3)), (8, (3, 1)), (9, (4, 1)), (99, (4, 2))]
        {
            assert_eq!(lines.at(char), expected, "{char}");
        }
        assert_eq!((lines.line(1), lines.line(2), lines.line(4)), ("é“a", "bc", "d"));
        assert_eq!((lines.part(1, &(1..9)), lines.part(2, &(1..9))), (1..3, 0..2));
        assert_eq!(Lines::new("").at(0), (1, 1));
    }
}
