//! How good is it?
//!
//! Corpora and gold records go in, scores come out: counts first, ratios last.
//! Nothing that ships reads depends on this crate; `sayso eval` and the quality
//! floors do.

pub mod corpus;
pub mod labels;

pub mod agenda;
pub mod archive;
pub mod brief;
pub mod calibration;
pub mod check;
pub mod coreference;
pub mod extraction;
pub mod gum;
pub mod matching;
pub mod rows;
pub mod score;
pub mod sources;
pub mod standings;

mod documents;
mod gold;
mod whose;

pub mod floors;

pub use documents::{DocumentReport, score_documents};
pub use gold::{GoldReport, MatchedPair, read_gold, score_gold, score_texts};
pub use gum::score_coreference;
pub use rows::{RowReport, score_rows};
pub use whose::{WhoseReport, score_whose};
