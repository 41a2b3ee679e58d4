//! How does an answer of the archive look?
//!
//! An answer is a few lists, each of lines with one thing that people read and some that place it. One way of showing them
//! serves every command, on a terminal, in a note, on a page and in a spreadsheet.

use maud::{Markup, html as markup};
use textwrap::Options;

use crate::characters::{on_one_line, plain_line};
use crate::html;
use crate::page::Page;

/// Around words that were looked for.
pub const OPEN: char = '\u{1}';
/// Behind them.
pub const CLOSE: char = '\u{2}';

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What was asked.
    pub title: String,
    /// Its lists.
    pub parts: Vec<Part>,
    /// What a reader should know, in plain sentences.
    pub notes: Vec<String>,
}

/// A list of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// What it lists; empty where the title says it.
    pub heading: String,
    /// What the cells of a row are; the first is what people read.
    pub columns: Vec<&'static str>,
    /// As many cells each as there are columns.
    pub rows: Vec<Vec<String>>,
    /// What a spreadsheet has in place of the first column: names of columns, each with a cell for every row.
    pub apart: Vec<(&'static str, Vec<String>)>,
}

/// The answer for a terminal or a file of text.
pub fn text(sheet: &Sheet, width: usize, colored: bool) -> String {
    let mut out = String::new();
    let mut wrapped = |words: &str, first: &str, next: &str| {
        let options = Options::new(width).initial_indent(first).subsequent_indent(next);
        for line in textwrap::wrap(words, options) {
            out += line.trim_end();
            out.push('\n');
        }
    };
    if !sheet.title.is_empty() {
        wrapped(&plain_line(&on_one_line(&sheet.title)), "", "");
        wrapped("", "", "");
    }
    for part in sheet.parts.iter().filter(|part| !part.rows.is_empty()) {
        if !part.heading.is_empty() {
            wrapped(&plain_line(&on_one_line(&part.heading)), "", "");
        }
        for row in &part.rows {
            wrapped(&marked(row.first().map_or("", String::as_str)), "  ", "    ");
            let place = placed(row);
            if !place.is_empty() {
                wrapped(&place, "    ", "    ");
            }
        }
        wrapped("", "", "");
    }
    for note in &sheet.notes {
        wrapped(&on_one_line(note), "", "");
    }
    if colored {
        out.replace(OPEN, "\u{1b}[1m").replace(CLOSE, "\u{1b}[0m")
    } else {
        out.replace([OPEN, CLOSE], "")
    }
}

/// The answer as Markdown.
pub fn markdown(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n", crate::md::escaped(&sheet.title));
    for part in sheet.parts.iter().filter(|part| !part.rows.is_empty()) {
        out.push('\n');
        if !part.heading.is_empty() {
            out += &format!("## {}\n\n", crate::md::escaped(&part.heading));
        }
        for row in &part.rows {
            let words = crate::md::escaped(
                &marked(row.first().map_or("", String::as_str)).replace([OPEN, CLOSE], ""),
            );
            out += &format!("- {words}");
            let place = placed(row);
            if !place.is_empty() {
                out += &format!("  \n  {}", crate::md::escaped(&place));
            }
            out.push('\n');
        }
    }
    for note in &sheet.notes {
        out += &format!("\n{}\n", crate::md::escaped(note));
    }
    out
}

/// The answer as rows, with the list that each is of.
pub fn csv(sheet: &Sheet) -> String {
    let mut columns: Vec<&str> = Vec::new();
    for part in &sheet.parts {
        let first = if part.apart.is_empty() { 0 } else { 1 };
        let own =
            part.apart.iter().map(|(column, _)| *column).chain(part.columns.iter().skip(first).copied());
        for column in own {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    let mut rows =
        vec![std::iter::once("list").chain(columns.iter().copied()).map(str::to_owned).collect::<Vec<_>>()];
    for part in &sheet.parts {
        for (i, row) in part.rows.iter().enumerate() {
            let cell = |column: &&str| {
                let apart =
                    part.apart.iter().find(|(own, _)| own == column).and_then(|(_, cells)| cells.get(i));
                let at = || part.columns.iter().position(|own| own == column).and_then(|at| row.get(at));
                apart.or_else(at).map(|cell| cell.replace([OPEN, CLOSE], "")).unwrap_or_default()
            };
            let cells = std::iter::once(part.heading.clone()).chain(columns.iter().map(cell));
            rows.push(cells.map(|words| crate::csv::cell(&words)).collect());
        }
    }
    crate::csv::written(rows.into_iter())
}

/// The answer as a page.
pub fn page(sheet: &Sheet) -> Page {
    Page {
        of: "sayso.sheet/1",
        title: on_one_line(&sheet.title),
        class: "",
        styles: vec![STYLE],
        unscripted: String::new(),
        script: "",
        body: markup! {
            h1 { (on_one_line(&sheet.title)) }
            @for part in sheet.parts.iter().filter(|part| !part.rows.is_empty()) {
                @if !part.heading.is_empty() { h2 { (on_one_line(&part.heading)) } }
                (table(part))
            }
            @for note in &sheet.notes { p { (on_one_line(note)) } }
            footer { (html::CAUTION) }
        },
    }
}

fn table(part: &Part) -> Markup {
    // A column in which nothing stands only takes room.
    let is_told = |i: usize| part.rows.iter().any(|row| row.get(i).is_some_and(|cell| !cell.is_empty()));
    let told: Vec<usize> = (0..part.columns.len()).filter(|&i| is_told(i)).collect();
    markup! {
        table {
            thead { tr { @for &i in &told { th scope="col" { (part.columns[i]) } } } }
            tbody {
                @for row in &part.rows {
                    tr { @for &i in &told { td { (lit(row.get(i).map_or("", String::as_str))) } } }
                }
            }
        }
    }
}

/// A cell with its marks, and a link where it is an address.
fn lit(cell: &str) -> Markup {
    let is_address = cell.starts_with("https://") || cell.starts_with("http://");
    markup! {
        @if is_address && !cell.contains(char::is_whitespace) {
            a href=(cell) rel="noreferrer noopener" { (on_one_line(cell)) }
        } @else {
            @for (i, piece) in cell.split(OPEN).enumerate() {
                @if i == 0 { (on_one_line(piece)) }
                @else if let Some((found, rest)) = piece.split_once(CLOSE) {
                    mark { (on_one_line(found)) } (on_one_line(rest))
                } @else { (on_one_line(piece)) }
            }
        }
    }
}

/// Words for one line of a terminal, with the marks around what was found.
fn marked(words: &str) -> String {
    let pieces = words.split([OPEN, CLOSE]).map(|piece| plain_line(&on_one_line(piece)));
    let marks = words.chars().filter(|c| matches!(*c, OPEN | CLOSE)).map(Some).chain(std::iter::repeat(None));
    pieces.zip(marks).map(|(piece, mark)| piece + &mark.map(String::from).unwrap_or_default()).collect()
}

/// What places a row, on one line.
fn placed(row: &[String]) -> String {
    let cells = row.iter().skip(1).filter(|cell| !cell.is_empty());
    cells.map(|cell| plain_line(&on_one_line(cell))).collect::<Vec<_>>().join(" · ")
}

pub(crate) const STYLE: &str = "body { font: 1rem/1.45 Georgia, serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border-bottom: 1px solid #bbb; padding: .4rem .6rem; vertical-align: top; text-align: left }
td:first-child { min-width: 18rem } td a { overflow-wrap: anywhere } th { font-weight: 600 } td + td { color: #555 }
mark { background: #ffe9a8; color: inherit } a { color: #0b57d0 }
@media (max-width: 60rem) { thead { display: none } tr, td { display: block } td, td:first-child { border: 0; padding: .1rem 0; min-width: 0 } tr { border-bottom: 1px solid #bbb; padding: .5rem 0 } }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1a1a1a } td + td { color: #aaa } th, td { border-color: #555 } mark { background: #5a4a10 } a { color: #9ec1ff } }
";

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = |words: &str, outlet: &str| vec![words.to_owned(), outlet.to_owned()];
        Sheet {
            title: "What was found".to_owned(),
            parts: vec![
                Part {
                    heading: "One".to_owned(),
                    columns: vec!["said", "outlet"],
                    rows: vec![row("the \u{1}dam\u{2} <b>*leaks*</b>\u{7}", "Gazette"), row("=1+1", "")],
                    ..Part::default()
                },
                Part { heading: "None".to_owned(), columns: vec!["day"], ..Part::default() },
            ],
            notes: vec!["Look.".to_owned()],
        }
    }

    #[test]
    fn words_are_words_in_every_form() {
        let sheet = sheet();
        let plain = text(&sheet, 40, false);
        assert_eq!(plain, "What was found\n\nOne\n  the dam <b>*leaks*</b>�\n    Gazette\n  =1+1\n\nLook.\n");
        assert!(text(&sheet, 40, true).contains("the \u{1b}[1mdam\u{1b}[0m <b>"));
        assert!(page(&sheet).alone().contains("the <mark>dam</mark> &lt;b&gt;*leaks*&lt;/b&gt;�"));
        assert!(markdown(&sheet).contains("- the dam \\<b\\>\\*leaks\\*"), "{}", markdown(&sheet));
        let rows = csv(&sheet);
        assert!(rows.starts_with("list,said,outlet,day") && rows.contains("'=1+1"), "{rows}");
    }
}
