//! How does a record look to a person or a spreadsheet?
//!
//! Three views of a [`Record`](sayso::Record), each a plain function to a `String`:
//! [`csv`] for spreadsheets, [`md`] for notes and issues, and [`html`], a [`page`](page::Page) that
//! shows the article with each statement beside it. What they have in common is there for
//! other views: [`cast`] says who is meant, [`facts`] what else is known of a statement, and
//! [`tally`] counts. [`brat`] and [`citron`] are what those programs read, [`check`] shows what a check found, [`sheet`] what an
//! archive answers. Nothing here reads or writes a file.
//!
//! A record may come from elsewhere and an article's words are hostile input. So no view
//! panics on any record, no view lets words become a formula, Markdown or markup, and
//! control characters show as `�` or, where they part words, as a space.
//!
//! ```
//! use sayso::{Article, Engine};
//!
//! let engine = Engine::embedded()?;
//! let record = engine.read(&Article::from_text("The mayor denied that the dam had leaked."));
//!
//! let sheet = sayso_view::csv::header() + &sayso_view::csv::rows(&record, "dam.txt");
//! assert_eq!(sheet.lines().count(), 2);
//! assert!(sayso_view::md::render(&record, "dam.txt").contains("- **The mayor** (role, no name) *denied*"));
//! assert!(sayso_view::html::page(&[("dam.txt", &record)]).alone().starts_with("<!DOCTYPE html>"));
//! # Ok::<(), sayso::Error>(())
//! ```

mod dates;
mod outline;
mod people;

pub mod cast;
pub mod characters;
pub mod facts;
pub mod tally;

pub mod brat;
pub mod brief;
pub mod check;
pub mod citron;
pub mod csv;
pub mod html;
pub mod matrix;
pub mod md;
pub mod page;
pub mod sheet;
