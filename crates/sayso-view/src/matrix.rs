//! How does a matrix of positions look to a person or a spreadsheet?

use maud::{Markup, html as markup};
use sayso::matrix::{Cell, Differing, Matrix, Place, Told};

use crate::characters::on_one_line;
use crate::page::Page;
use crate::{csv, html, md};

/// The first line of a list in Markdown.
pub const MARK: &str = "<!-- sayso.matrix/1 -->";
const HEADER: [&str; 8] = ["party", "issue", "stance", "detail", "article", "start", "end", "attributions"];

/// The names of the columns.
pub fn csv_header() -> String {
    csv::written([HEADER.map(str::to_owned)].into_iter())
}

/// One row for each cell and place: party, issue, stance, words, article, offsets, attributions.
pub fn csv(matrix: &Matrix) -> String {
    let rows = matrix.cells.iter().flat_map(|cell| cell.evidence.iter().map(move |place| (cell, place)));
    let row = |(cell, place): (&Cell, &Place)| {
        [
            csv::cell(&cell.party),
            csv::cell(&cell.issue),
            cell.stance.name().to_owned(),
            csv::cell(&place.detail),
            csv::cell(&place.article),
            place.start.to_string(),
            place.end.to_string(),
            csv::cell(&place.attributions.join(" ")),
        ]
    };
    csv::written([HEADER.map(str::to_owned)].into_iter().chain(rows.map(row)))
}

/// A list for a document: parties, with their issues beneath.
pub fn markdown(matrix: &Matrix) -> String {
    let mut out = format!("{MARK}\n\n# Positions\n");
    for party in &matrix.parties {
        out += &format!("\n## {}\n\n", md::escaped(party));
        for cell in matrix.cells.iter().filter(|cell| cell.party == *party) {
            out += &format!(
                "- **{}**: *{}*: {} ({})\n",
                md::escaped(&cell.issue),
                cell.stance.name(),
                md::escaped(&cell.detail),
                md::escaped(&places(matrix, cell))
            );
        }
    }
    if !matrix.differing.is_empty() {
        out += "\n## Figures that differ\n\n";
        for line in differing(matrix) {
            out += &format!("- {}\n", md::escaped(&line));
        }
    }
    out
}

/// A page: parties down, issues across.
pub fn page(matrix: &Matrix) -> Page {
    Page {
        of: "sayso.matrix/1",
        title: "Positions".to_owned(),
        class: "",
        styles: vec![STYLE],
        unscripted: String::new(),
        script: "",
        body: markup! {
            h1 { "Positions" }
            @if matrix.cells.is_empty() { p { "No positions were found." } } @else { (table(matrix)) }
            @if !matrix.differing.is_empty() {
                h2 { "Figures that differ" }
                ul { @for line in differing(matrix) { li { (on_one_line(&line)) } } }
            }
            footer { (html::CAUTION) }
        },
    }
}

fn table(matrix: &Matrix) -> Markup {
    markup! {
        table {
            thead { tr { td {} @for issue in &matrix.issues { th scope="col" { (on_one_line(issue)) } } } }
            tbody {
                @for party in &matrix.parties {
                    tr {
                        th scope="row" { (on_one_line(party)) }
                        @for issue in &matrix.issues {
                            td {
                                @for cell in matrix.cells.iter().filter(|c| c.party == *party && c.issue == *issue) {
                                    p {
                                        b { (cell.stance.name()) } ": " (on_one_line(&cell.detail)) " "
                                        small { (on_one_line(&places(matrix, cell))) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(crate) const STYLE: &str = "body { font: 1rem/1.45 Georgia, serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid #bbb; padding: .4rem .6rem; vertical-align: top; text-align: left; min-width: 9rem }
tbody th { position: sticky; left: 0; background: #fff }
td p { margin: 0 0 .5rem } small { color: #555 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1a1a1a } small { color: #aaa } th, td { border-color: #555 } tbody th { background: #1a1a1a } }
";

/// Where a cell's evidence is: "The Daily Post (story.html) a3 a4; other.html a1".
pub fn places(matrix: &Matrix, cell: &Cell) -> String {
    let place = |place: &Place| {
        let ids = place.attributions.join(" ");
        format!("{} {ids}", article(matrix, &place.article)).trim().to_owned()
    };
    cell.evidence.iter().map(place).collect::<Vec<_>>().join("; ")
}

/// An article by its outlet, where it states one, and what was named to be read.
fn article(matrix: &Matrix, name: &str) -> String {
    let outlet = matrix.articles.iter().find(|one| one.article == name).and_then(|one| one.outlet.as_deref());
    outlet.map_or_else(|| name.to_owned(), |outlet| format!("{outlet} ({name})"))
}

/// A line for each thing that articles measure differently.
pub fn differing(matrix: &Matrix) -> Vec<String> {
    let told = |told: &Told| {
        let by = told.by.as_deref().map_or(String::new(), |by| format!(", by {by}"));
        format!("“{}” in {}{by}", told.text, article(matrix, &told.article))
    };
    let line = |one: &Differing| one.figures.iter().map(told).collect::<Vec<_>>().join(" · ");
    matrix.differing.iter().map(line).collect()
}
