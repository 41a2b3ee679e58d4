//! What can be wrong with a brief?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kinds of findings. `sayso explain` has a page on each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Words inside quotation marks differ from what was said.
    QuoteAltered,
    /// Nobody in the sources said what is in quotation marks.
    QuoteFabricated,
    /// Somebody else said it.
    QuoteMisattributed,
    /// What was cut from a quotation changes its sense.
    QuoteTrimmed,
    /// A statement is given to somebody else.
    AttributionChanged,
    /// What somebody said stands as fact.
    AttributionLost,
    /// A hand between the speaker and the reader is left out.
    ChainCollapsed,
    /// Words that lower certainty are left out.
    HedgeDropped,
    /// That a claim is denied, unverified, disputed, pending, undetermined or retracted is left out.
    StatusOmitted,
    /// The verb says more than the source's.
    CueStrengthened,
    /// A number, its unit or its direction differs.
    FigureChanged,
    /// A day or a time differs.
    DateChanged,
    /// A name or a title differs.
    NameOrTitleChanged,
    /// A "not" came in or went missing.
    NegationFlipped,
    /// Who did it and to whom it was done have changed places.
    ActorSwapped,
    /// The sources don't say it.
    Unsupported,
}

impl Code {
    /// All codes, in the order of this enumeration.
    pub const ALL: [Self; 16] = [
        Self::QuoteAltered,
        Self::QuoteFabricated,
        Self::QuoteMisattributed,
        Self::QuoteTrimmed,
        Self::AttributionChanged,
        Self::AttributionLost,
        Self::ChainCollapsed,
        Self::HedgeDropped,
        Self::StatusOmitted,
        Self::CueStrengthened,
        Self::FigureChanged,
        Self::DateChanged,
        Self::NameOrTitleChanged,
        Self::NegationFlipped,
        Self::ActorSwapped,
        Self::Unsupported,
    ];

    /// "quote-altered" and so on, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::QuoteAltered => "quote-altered",
            Self::QuoteFabricated => "quote-fabricated",
            Self::QuoteMisattributed => "quote-misattributed",
            Self::QuoteTrimmed => "quote-trimmed",
            Self::AttributionChanged => "attribution-changed",
            Self::AttributionLost => "attribution-lost",
            Self::ChainCollapsed => "chain-collapsed",
            Self::HedgeDropped => "hedge-dropped",
            Self::StatusOmitted => "status-omitted",
            Self::CueStrengthened => "cue-strengthened",
            Self::FigureChanged => "figure-changed",
            Self::DateChanged => "date-changed",
            Self::NameOrTitleChanged => "name-or-title-changed",
            Self::NegationFlipped => "negation-flipped",
            Self::ActorSwapped => "actor-swapped",
            Self::Unsupported => "unsupported",
        }
    }

    /// By the name that [`Self::name`] gives.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }
}
