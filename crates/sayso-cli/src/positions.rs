//! `sayso positions`: who holds what on which issue?

use anyhow::Result;
use sayso::matrix::{Cell, Matrix, matrix};
use sayso::{ReadOptions, Record};
use sayso_view::matrix as view;

use crate::args::{AnswerFormat, Args, PositionsArgs};
use crate::input::{self, Inputs, TABLE_MARK};
use crate::target::{Out, Target};
use crate::{Outcome, archive, output, rules};

/// Reads the articles and writes one matrix of them all.
pub(crate) fn run(positions: &PositionsArgs, args: &Args) -> Result<Outcome> {
    if positions.articles.is_empty() {
        return archive::positions(positions, args);
    }
    let format = match (positions.answer.format, &positions.answer.output) {
        (Some(format), _) => format,
        (None, Some(path)) => AnswerFormat::of_ending(path)?,
        (None, None) => AnswerFormat::Table,
    };
    let target = Target::of(positions.answer.output.as_deref());
    let inputs = Inputs::gather(&positions.articles, &target)?;
    let mut out = Out::open(positions.answer.output.as_deref())?;
    let engine = rules::engine(positions.rules.as_deref())?;
    let mut records: Vec<(String, Record)> = Vec::new();
    let work = |article| engine.read_with(&article, ReadOptions::default());
    let ran = input::each(args, &positions.intake, &inputs, work, |name, record| {
        let is_english = record.is_english();
        let plain = output::plain_line(&name.name);
        let same = records.iter().find(|(_, known)| known.article.sha256 == record.article.sha256);
        if let Some((known, _)) = same {
            output::say(&format!("{plain}: the same text as {}; it counts once", output::plain_line(known)));
        } else if is_english {
            records.push((name.name.clone(), record));
        } else {
            output::say(&format!("{plain}: it isn't in English"));
        }
        Ok(is_english)
    })?;
    let named: Vec<(&str, &Record)> = records.iter().map(|(name, record)| (name.as_str(), record)).collect();
    let matrix = matrix(&named);
    let in_file = matches!(out, Out::File { .. });
    if !records.is_empty() || ran.all_good {
        let words = match format {
            AnswerFormat::Table if in_file => format!("{}{TABLE_MARK}\n", table(&matrix)),
            AnswerFormat::Table => table(&matrix),
            AnswerFormat::Json => serde_json::to_string_pretty(&matrix)? + "\n",
            // Spreadsheets know UTF-8 by this mark; programs that read a pipe would stumble over it.
            AnswerFormat::Csv if in_file => format!("\u{feff}{}", view::csv(&matrix)),
            AnswerFormat::Csv => view::csv(&matrix),
            AnswerFormat::Md => view::markdown(&matrix),
            AnswerFormat::Html => view::page(&matrix).alone(),
        };
        out.write(&words)?;
    }
    Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed })
}

/// Parties, with a line for each issue beneath; a matrix of more than a few columns fits no terminal.
fn table(matrix: &Matrix) -> String {
    let width = usize::from(output::width());
    let wrapped = |words: &str, first: &str, next: &str| -> String {
        let options = textwrap::Options::new(width).initial_indent(first).subsequent_indent(next);
        textwrap::wrap(&output::plain_line(words), options).iter().map(|line| format!("{line}\n")).collect()
    };
    let cell = |cell: &Cell| {
        let words = format!("{}: {}: {}", cell.issue, cell.stance.name(), cell.detail);
        wrapped(&words, "  ", "    ") + &wrapped(&view::places(matrix, cell), "    ", "    ")
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
    if matrix.cells.is_empty() {
        return out + "No positions were found.\n";
    }
    let (parties, issues) = (matrix.parties.len(), matrix.issues.len());
    let s = |n: usize| if n == 1 { "" } else { "s" };
    let parties = format!("{parties} part{}", if parties == 1 { "y" } else { "ies" });
    out + &format!("{parties} on {issues} issue{}; `sayso read` shows the statements a1, a2, …\n", s(issues))
}
