//! What does the text say of how claims stand?

use sayso_text::Span;

use crate::record::StandingKind;

/// A standing, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stood {
    pub(crate) kind: StandingKind,
    pub(crate) by: Option<usize>,
    /// The clause.
    pub(crate) span: Span,
    pub(crate) scope: Option<Span>,
    /// Numbers of the attributions that it is about.
    pub(crate) of: Vec<usize>,
}
