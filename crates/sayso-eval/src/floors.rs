//! Below which scores is a change refused?

use std::collections::BTreeMap;

use serde::Deserialize;

/// The floors in `floors.json`: raised by hand when a change earns it; one that
/// falls needs its reason in `docs/quality.md`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floors {
    /// `cofenet-polnear-valid.jsonl`, exact F1 in per cent.
    pub polnear_rows: RowFloors,
    /// `polnear-dev.jsonl`, in per cent.
    pub polnear_documents: DocumentFloors,
    /// `article-extraction-dev.tar.gz`.
    pub extraction: ExtractionFloors,
    /// The project's own labelled articles together.
    pub examples: GoldFloors,
    /// `kremlin-talks.gold.json`.
    pub kremlin_talks: GoldFloors,
    /// What `kremlin-talks.gold.json` says of its matched attributions: at least so many right.
    pub kremlin_whose: WhoseFloors,
    /// `labels/sources.jsonl`.
    pub sources: SourceFloors,
    /// `labels/standings.jsonl`, in per cent.
    pub standings: StandingFloors,
    /// `gum-dev.jsonl.gz`, mean of the CoNLL-2012 measures in per cent.
    pub coreference: f64,
    /// `examples/agenda`.
    pub agenda: AgendaFloors,
    /// `examples/check/check.jsonl`.
    pub check: CheckFloors,
    /// Briefs of PolNeAR's dev split and of the examples.
    pub brief: BriefFloors,
    /// `examples/archive/pairs.jsonl` and `pairs-blind.jsonl` together, in per cent.
    pub same: PairFloors,
    /// `examples/archive/turns.jsonl` and `turns-blind.jsonl` together.
    pub turns: TurnFloors,
    /// `examples/check/rounds.jsonl`.
    pub check_rounds: CheckFloors,
    /// Every fourth passage of `examples/check/claims.jsonl`, none of its even lines; all of a claim is marked, so nothing is stray.
    pub check_claims: CheckFloors,
    /// The same passages, eight as one article; the alarms are of briefs of eight true claims.
    pub check_joined: CheckFloors,
    /// `check-dev.jsonl`.
    pub check_gold: CheckGoldFloors,
    /// The sets in `examples/robustness`, by name, F1 in per cent.
    pub robustness: BTreeMap<String, f64>,
}

/// Which positions the archive shows, and when they turn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnFloors {
    /// Labelled positions that are found with their stance.
    pub right: usize,
    /// Labelled turns that are shown.
    pub shown: usize,
    /// At most so many changes that are none.
    pub wrong: usize,
    /// Pairs of articles of one story that are in one story of an archive of all.
    pub together: usize,
    /// At most so many pairs that are of two stories.
    pub mixed: usize,
}

/// Which tellings are taken for one statement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairFloors {
    /// Of pairs taken for one statement, those that are.
    pub precision: f64,
    /// Of pairs of one statement, those that are found.
    pub recall: f64,
}

/// Exact F1 of token rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowFloors {
    /// SHA-256 of the corpus file that the floors are for.
    pub sha256: String,
    /// In per cent.
    pub source: f64,
    /// In per cent.
    pub cue: f64,
    /// In per cent.
    pub content: f64,
}

/// F1 of documents.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFloors {
    /// SHA-256 of the corpus file that the floors are for.
    pub sha256: String,
    /// Whole attributions, the relaxed match, in per cent.
    pub whole_same: f64,
    /// Whole attributions, exact, in per cent.
    pub whole_exact: f64,
}

/// What comes out of web pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractionFloors {
    /// SHA-256 of the archive that the floors are for.
    pub sha256: String,
    /// Of four-word shingles, in per cent.
    pub f1: f64,
    /// At least so many are kept.
    pub quotation_marks: usize,
    /// At least so many come out whole.
    pub block_quotes: usize,
}

/// Matched and extra attributions of gold records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldFloors {
    /// At least so many are matched.
    pub matched: usize,
    /// At most so many are extra.
    pub extra: usize,
}

/// Actors, chains and standings of a gold record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoseFloors {
    /// Attributions with the right actor.
    pub actors: usize,
    /// Chains.
    pub chains: usize,
    /// Standings bound right.
    pub standings: usize,
}

/// Sources that become the right actor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFloors {
    /// At least so many are right.
    pub right: usize,
    /// At most so many become somebody else with a name.
    pub wrong: usize,
}

/// Standings found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingFloors {
    /// Of those found, right.
    pub precision: f64,
    /// Of those there, found.
    pub recall: f64,
}

/// What stands between the parties of the examples.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaFloors {
    /// At least so many figures are found.
    pub figures: usize,
    /// At most so many others.
    pub figures_extra: usize,
    /// Of those found: at least so many with the right value.
    pub values: usize,
    /// And as exact.
    pub approximations: usize,
    /// And of the right giver.
    pub givers: usize,
    /// At least so many dates have the right days.
    pub days: usize,
    /// At least so many positions are right.
    pub positions: usize,
    /// At most so many others.
    pub positions_extra: usize,
}

/// Corruptions of briefs that the check finds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefFloors {
    /// Found with a right code, in per cent.
    pub recall: f64,
    /// At least so many sentences are told of all articles.
    pub sentences: usize,
}

/// Planted errors found, and what is found besides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckFloors {
    /// Of all planted errors, found by code and place, in per cent.
    pub recall: f64,
    /// Of those in quotations, figures, dates and names, in per cent.
    pub pinned_recall: f64,
    /// At most so many clean briefs have a finding.
    pub clean_alarms: usize,
    /// At most so many findings lie outside the marked words.
    pub stray: usize,
    /// At least so many fixable briefs are put right word for word; none where nothing is marked as fixable.
    pub restored: Option<usize>,
    /// At most in so many of them right words were changed.
    pub harmed: usize,
}

/// The same for real articles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckGoldFloors {
    /// SHA-256 of the file that the floors are for.
    pub sha256: String,
    /// Nothing in it is marked as fixable.
    pub floors: CheckFloors,
}

impl Floors {
    /// The floors that the project holds itself to.
    ///
    /// # Errors
    /// When the file isn't of this form.
    pub fn load() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("../floors.json"))
    }
}
