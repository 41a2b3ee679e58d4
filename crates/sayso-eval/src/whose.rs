//! Against a gold record: whose are the statements, through whose hands did they come, and how
//! do they stand?

use std::collections::{BTreeMap, BTreeSet};

use sayso::record::{Record, StandingKind};
use serde::{Deserialize, Serialize};

use crate::corpus::Error;
use crate::gold::MatchedPair;

#[derive(Deserialize)]
struct GoldFile {
    #[serde(default)]
    actors: Vec<GoldActor>,
    attributions: Vec<GoldAttribution>,
}

#[derive(Deserialize)]
struct GoldActor {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    actor: Option<String>,
    #[serde(default)]
    chain: Vec<GoldHand>,
    #[serde(default)]
    status: Vec<GoldStanding>,
}

#[derive(Deserialize)]
struct GoldHand {
    actor: String,
}

#[derive(Deserialize)]
struct GoldStanding {
    kind: StandingKind,
    start: usize,
    end: usize,
}

/// What a record says of the attributions that are gold ones too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WhoseReport {
    /// Attributions that are matched.
    pub matched: usize,
    /// Those whose actor has the gold actor's name, or none where there is none.
    pub actors: usize,
    /// Gold attributions with a chain that are matched, and those whose chain is right.
    pub chains: (usize, usize),
    /// Gold standings, and those that are bound to one of their attributions at least and to no
    /// other that is matched.
    pub standings: (usize, usize),
    /// What is wrong, a line each.
    pub errors: Vec<String>,
}

/// Compares a record with the gold one that its attributions were matched with; `None` where the
/// gold record has no actors.
///
/// # Errors
/// When the JSON is no gold record.
pub fn score_whose(record: &Record, gold: &str, pairs: &[MatchedPair]) -> Result<Option<WhoseReport>, Error> {
    let gold: GoldFile = serde_json::from_str(gold).map_err(|error| Error::Gold(error.to_string()))?;
    if gold.actors.is_empty() {
        return Ok(None);
    }
    let mut report = WhoseReport { matched: pairs.len(), ..WhoseReport::default() };
    let gold_name = |id: &str| {
        let actor = gold.actors.iter().find(|actor| actor.id == id);
        actor.and_then(|actor| actor.name.as_deref()).unwrap_or_default().to_lowercase()
    };
    let name = |id: &str| {
        let actor = record.actors.iter().find(|actor| actor.id == id);
        actor.and_then(|actor| actor.name.as_deref()).unwrap_or_default().to_lowercase()
    };
    for pair in pairs {
        let (found, wanted) = (&record.attributions[pair.found], &gold.attributions[pair.gold]);
        let [own, theirs] = [found.actor.as_deref().map(name), wanted.actor.as_deref().map(gold_name)]
            .map(Option::unwrap_or_default);
        report.actors += usize::from(own == theirs);
        if own != theirs {
            report.errors.push(format!("{}: actor “{own}”, not “{theirs}”", found.id));
        }
        if !wanted.chain.is_empty() {
            let own: Vec<String> = found.chain.iter().map(|hand| name(&hand.actor)).collect();
            let theirs: Vec<String> = wanted.chain.iter().map(|hand| gold_name(&hand.actor)).collect();
            report.chains.0 += 1;
            report.chains.1 += usize::from(own == theirs);
            if own != theirs {
                report.errors.push(format!("{}: chain {own:?}, not {theirs:?}", found.id));
            }
        }
    }
    report.standings(record, &gold, pairs);
    Ok(Some(report))
}

impl WhoseReport {
    fn standings(&mut self, record: &Record, gold: &GoldFile, pairs: &[MatchedPair]) {
        let mut wanted: BTreeMap<(usize, usize, StandingKind), BTreeSet<usize>> = BTreeMap::new();
        for (i, attribution) in gold.attributions.iter().enumerate() {
            for standing in &attribution.status {
                wanted.entry((standing.start, standing.end, standing.kind)).or_default().insert(i);
            }
        }
        for ((start, end, kind), of) in wanted {
            let is_it = |s: &sayso::record::Standing| s.kind == kind && s.start < end && start < s.end;
            let bound = pairs.iter().filter(|pair| record.attributions[pair.found].status.iter().any(is_it));
            let bound: Vec<usize> = bound.map(|pair| pair.gold).collect();
            let right = !bound.is_empty() && bound.iter().all(|i| of.contains(i));
            self.standings.0 += 1;
            self.standings.1 += usize::from(right);
            if !right {
                self.errors.push(format!("standing at {start}, {kind:?}: bound to {bound:?}, not {of:?}"));
            }
        }
    }

    /// A line for each question, and the errors.
    pub fn text(&self) -> String {
        let line = |name: &str, right: usize, all: usize| format!("  {name:29}{right:>4} of {all}\n");
        let mut out = line("actors right", self.actors, self.matched);
        out += &line("chains right", self.chains.1, self.chains.0);
        out += &line("standings bound right", self.standings.1, self.standings.0);
        self.errors.iter().for_each(|error| out += &format!("  {error}\n"));
        out
    }
}
