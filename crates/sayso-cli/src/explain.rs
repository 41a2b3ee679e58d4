//! `sayso explain`: what does a finding mean?

use anyhow::{Result, bail};
use sayso::check::Code;

use crate::{Outcome, output};

/// Prints the page of a code, or all codes with a line each.
pub(crate) fn run(name: Option<&str>) -> Result<Outcome> {
    let Some(name) = name else {
        output::print(&list())?;
        return Ok(Outcome::Done);
    };
    let asked = name.trim().to_lowercase().replace(['_', ' '], "-");
    let Some(code) = Code::from_name(&asked) else {
        let nearest = Code::ALL.into_iter().min_by_key(|code| distance(&asked, code.name()));
        let nearest = nearest.map_or("", Code::name);
        bail!("{name}: there is no such code; did you mean {nearest}? `sayso explain` lists them all");
    };
    output::print(code.page().markdown)?;
    Ok(Outcome::Done)
}

fn list() -> String {
    let longest = Code::ALL.into_iter().map(|code| code.name().len()).max().unwrap_or_default();
    let indent = " ".repeat(longest + 2);
    let line = |code: Code| {
        let first = format!("{:longest$}  ", code.name());
        let options = textwrap::Options::new(usize::from(output::WIDTH))
            .initial_indent(&first)
            .subsequent_indent(&indent);
        textwrap::fill(&code.page().summary(), options) + "\n"
    };
    Code::ALL.into_iter().map(line).collect()
}

/// How many letters differ at least (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, d) in b.iter().enumerate() {
            let cost = before + usize::from(c != *d);
            before = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_letters() {
        for (a, b, expected) in [("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("é", "e", 1)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
