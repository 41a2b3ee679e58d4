//! How does a matrix of positions look to a person or a spreadsheet?

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sayso::matrix::{Cell, Differing, Matrix, Place};

use crate::characters::on_one_line;
use crate::{csv, md};

/// One row for each cell and place: party, issue, stance, words, article, offsets, attributions.
pub fn csv(matrix: &Matrix) -> String {
    let header = ["party", "issue", "stance", "detail", "article", "start", "end", "attributions"];
    let rows = matrix.cells.iter().flat_map(|cell| cell.evidence.iter().map(move |place| (cell, place)));
    let row = |(cell, place): (&Cell, &Place)| {
        [
            csv::cell(&cell.party),
            csv::cell(&cell.issue),
            cell.stance.name().to_owned(),
            csv::cell(&cell.detail),
            csv::cell(&place.article),
            place.start.to_string(),
            place.end.to_string(),
            csv::cell(&place.attributions.join(" ")),
        ]
    };
    csv::written([header.map(str::to_owned)].into_iter().chain(rows.map(row)))
}

/// A list for a document: parties, with their issues beneath.
pub fn markdown(matrix: &Matrix) -> String {
    let mut out = "# Positions\n".to_owned();
    for party in &matrix.parties {
        out += &format!("\n## {}\n\n", md::escaped(party));
        for cell in matrix.cells.iter().filter(|cell| cell.party == *party) {
            out += &format!(
                "- **{}**: *{}* “{}” ({})\n",
                md::escaped(&cell.issue),
                cell.stance.name(),
                md::escaped(&cell.detail),
                md::escaped(&places(cell))
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
pub fn page(matrix: &Matrix) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Positions" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Positions" }
                @if matrix.cells.is_empty() { p { "No positions were found." } } @else { (table(matrix)) }
                @if !matrix.differing.is_empty() {
                    h2 { "Figures that differ" }
                    ul { @for line in differing(matrix) { li { (on_one_line(&line)) } } }
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn table(matrix: &Matrix) -> Markup {
    html! {
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
                                        b { (cell.stance.name()) } " “" (on_one_line(&cell.detail)) "” "
                                        small { (on_one_line(&places(cell))) }
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

const STYLE: &str = "body { font: 1rem/1.45 Georgia, serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid #bbb; padding: .4rem .6rem; vertical-align: top; text-align: left; min-width: 9rem }
td p { margin: 0 0 .5rem } small { color: #555 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1a1a1a } small { color: #aaa } th, td { border-color: #555 } }
";

/// Where a cell's evidence is: "story.html a3 a4; other.html a1".
pub fn places(cell: &Cell) -> String {
    let place = |place: &Place| {
        let ids = place.attributions.join(" ");
        format!("{} {ids}", place.article).trim().to_owned()
    };
    cell.evidence.iter().map(place).collect::<Vec<_>>().join("; ")
}

/// A line for each thing that articles measure differently.
pub fn differing(matrix: &Matrix) -> Vec<String> {
    let line = |one: &Differing| {
        let told = one.figures.iter().map(|told| {
            let by = told.by.as_deref().map_or(String::new(), |by| format!(", by {by}"));
            format!("“{}” ({}{by})", told.text, told.article)
        });
        format!("{}: {}", one.unit, told.collect::<Vec<_>>().join(" · "))
    };
    matrix.differing.iter().map(line).collect()
}
