//! Does the check find what is wrong with a brief, and nothing else?
//!
//! Two kinds of sets are read (`set`): briefs, and single claims (`claims`), with planted errors, of which code and place are known (`planted`, and
//! `repair` for the fixes), and summaries that people called right or wrong (`labelled`). `case` shows single ones.

mod case;
mod claims;
mod labelled;
mod planted;
mod repair;
mod set;

pub use case::{Case, CaseKind};
pub use labelled::{Flagged, LabelledReport, Rates, score_labelled};
pub use planted::{CodeCounts, PINNED, PlantedReport, score_planted};
pub use repair::{Repair, repair};
pub use set::{CheckSet, LabelledBrief, PlantedBrief, PlantedError, Verdict, set};
