//! `sayso positions`: who holds what on which issue?

use anyhow::Result;
use sayso::matrix::{Cell, Matrix, matrix};
use sayso::{ReadOptions, Record};
use sayso_view::matrix as view;

use crate::args::{Args, MatrixFormat, PositionsArgs};
use crate::input::{self, Inputs};
use crate::target::{Out, Target};
use crate::{Outcome, output, rules};

/// Reads the articles and writes one matrix of them all.
pub(crate) fn run(positions: &PositionsArgs, args: &Args) -> Result<Outcome> {
    let target = Target::of(positions.output.as_deref());
    let inputs = Inputs::gather(&positions.input.articles, &target)?;
    let mut out = Out::open(positions.output.as_deref())?;
    let engine = rules::engine(positions.rules.as_deref())?;
    let mut records: Vec<(String, Record)> = Vec::new();
    let work = |article| engine.read_with(&article, ReadOptions::default());
    let ran = input::each(args, &positions.input, &inputs, work, |name, record| {
        let is_english = record.is_english();
        if is_english {
            records.push((name.name.clone(), record));
        } else {
            output::say(&format!("{}: it isn't in English", output::plain_line(&name.name)));
        }
        Ok(is_english)
    })?;
    let named: Vec<(&str, &Record)> = records.iter().map(|(name, record)| (name.as_str(), record)).collect();
    let matrix = matrix(&named);
    if !records.is_empty() || ran.all_good {
        let words = match positions.format {
            MatrixFormat::Table => table(&matrix),
            MatrixFormat::Json => serde_json::to_string_pretty(&matrix)? + "\n",
            MatrixFormat::Csv => view::csv(&matrix),
            MatrixFormat::Md => view::markdown(&matrix),
            MatrixFormat::Html => view::page(&matrix),
        };
        out.write(&words)?;
    }
    Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed })
}

/// Parties, with a line for each issue beneath; a matrix of more than a few columns fits no terminal.
fn table(matrix: &Matrix) -> String {
    if matrix.cells.is_empty() {
        return "No positions were found.\n".to_owned();
    }
    let width = usize::from(output::width());
    let wrapped = |words: &str, first: &str, next: &str| -> String {
        let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(next);
        textwrap::wrap(&output::plain_line(words), options).iter().map(|line| format!("{line}\n")).collect()
    };
    let cell = |cell: &Cell| {
        let words = format!("{}: {} “{}”", cell.issue, cell.stance.name(), cell.detail);
        wrapped(&words, "  ", "    ") + &wrapped(&view::places(cell), "    ", "    ")
    };
    let mut out = String::new();
    for party in &matrix.parties {
        out += &wrapped(party, "", "");
        out.extend(matrix.cells.iter().filter(|c| c.party == *party).map(cell));
        out.push('\n');
    }
    if !matrix.differing.is_empty() {
        out += "Figures that differ:\n";
        out.extend(view::differing(matrix).iter().map(|line| wrapped(line, "  ", "    ")));
        out.push('\n');
    }
    let (parties, issues) = (matrix.parties.len(), matrix.issues.len());
    let s = |n: usize| if n == 1 { "" } else { "s" };
    out + &format!(
        "{parties} part{} on {issues} issue{}.\n",
        if parties == 1 { "y" } else { "ies" },
        s(issues)
    )
}
