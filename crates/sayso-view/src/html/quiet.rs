//! Which words weaken or contest what stands in the text, and what is to be said of them?

use sayso::Span;
use sayso::record::{Record, Standing};

use super::layout::{Statement, bare};
use super::places::Places;
use crate::cast::Cast;
use crate::facts::{hedged, standing};

/// Words with a thin line of dots beneath them.
#[derive(Debug)]
pub(super) struct Quiet {
    /// Bytes of the text.
    pub(super) span: Span,
    /// A sentence on why.
    pub(super) title: String,
}

/// The hedges and the clauses on a claim's standing, as far as they stand in the text.
pub(super) fn quiet(
    record: &Record,
    statements: &[Statement],
    places: &Places<'_>,
    cast: &Cast<'_>,
) -> Vec<Quiet> {
    let mut all = Vec::new();
    let mut add = |span: Option<Span>, title: String| all.extend(span.map(|span| Quiet { span, title }));
    for statement in statements {
        let name = bare(&statement.anchor);
        for hedge in &statement.known.hedges {
            add(places.hedge(hedge), format!("Hedge of {name}: on {}", hedged(hedge.of)));
        }
        for found in &statement.known.status {
            add(places.standing(found), format!("Standing of {name}: {}", standing(found, cast)));
        }
    }
    for hedge in record.own_voice.iter().flat_map(|voice| &voice.hedges) {
        add(places.hedge(hedge), "Hedge in the outlet’s own voice".to_owned());
    }
    for found in &record.unbound {
        add(places.standing(found), format!("Standing: {}", standing(found, cast)));
    }
    all
}

/// The standings of claims in no statement that stand in the text, and a sentence for each that
/// doesn't.
pub(super) fn unbound<'a>(record: &'a Record, places: &Places<'_>) -> (Vec<&'a Standing>, Vec<String>) {
    let (there, lost): (Vec<_>, Vec<_>) =
        record.unbound.iter().partition(|found| places.standing(found).is_some());
    let said = "A standing names words that don’t stand where it says; it is left out.";
    (there, lost.iter().map(|_| said.to_owned()).collect())
}
