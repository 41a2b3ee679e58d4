//! What stands between the parties: points in dispute, what each holds on them, and proposals.
//!
//! `phrases` reads noun phrases around the nouns that the rules list; `issues` and `proposals` gather those that name
//! one thing, `deeds` finds what parties do to points, and `objects` what acts are about. `parties` tells whose side somebody is on, `stances` what a
//! statement shows, `conditions` on what a yes hangs, and `positions` puts them together.

mod conditions;
mod deeds;
mod issues;
mod objects;
mod parties;
mod phrases;
mod positions;
mod proposals;
mod stances;

use sayso_text::{Document, Span};

use crate::attribute::Attributed;
use crate::record::Stance;
use crate::resolve::Resolved;
use crate::rules::Rules;
use crate::standing::Stood;
use crate::statement::Statement;
pub(crate) use issues::stem;

/// A point in dispute, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    pub(crate) name: String,
    pub(crate) mentions: Vec<Span>,
    /// Those of the mentions that are verbs: "ceding land".
    pub(crate) verbs: Vec<Span>,
    /// The rules name it; others count only where an act is about them.
    pub(crate) is_listed: bool,
}

/// What a party holds on an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) parties: Vec<String>,
    /// Its number.
    pub(crate) issue: usize,
    pub(crate) stance: Stance,
    pub(crate) detail: Span,
    /// Numbers of attributions.
    pub(crate) of: Vec<usize>,
}

/// A plan or its like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) name: String,
    pub(crate) proposed_by: Option<String>,
    pub(crate) mentions: Vec<Span>,
    pub(crate) versions: Vec<Version>,
    pub(crate) received: Vec<Receipt>,
    /// The number of the issue that it is too.
    pub(crate) issue: Option<usize>,
}

/// A version of a proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) label: String,
    pub(crate) mentions: Vec<Span>,
    /// What is said of it.
    pub(crate) said: Vec<Span>,
}

/// That somebody has a proposal, or hasn't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) party: String,
    pub(crate) received: bool,
    /// The version's label.
    pub(crate) version: Option<String>,
    /// The number of the attribution that says so.
    pub(crate) of: usize,
}

/// All that stands between the parties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Agenda {
    pub(crate) issues: Vec<Issue>,
    pub(crate) positions: Vec<Position>,
    pub(crate) proposals: Vec<Proposal>,
}

/// What an article has been read for already.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) rules: &'a Rules,
    pub(crate) attributed: &'a [Attributed],
    pub(crate) statements: &'a [Statement],
    pub(crate) resolved: &'a Resolved,
    pub(crate) standings: &'a [Stood],
}

/// Reads issues, positions and proposals. Issues on which nobody has a position are left out.
pub(crate) fn agenda(reading: Reading<'_>) -> Agenda {
    let found = phrases::find(reading.doc, reading.rules);
    let mut proposals = proposals::proposals(reading, &found);
    let mut issues = issues::issues(reading, &found);
    let named = |proposal: &&mut Proposal| !reading.rules.agenda.is_nameless(&proposal.name.to_lowercase());
    for proposal in proposals.iter_mut().filter(named) {
        proposal.issue = Some(issues.len());
        issues.push(Issue {
            name: proposal.name.clone(),
            mentions: proposal.mentions.clone(),
            verbs: Vec::new(),
            is_listed: true,
        });
    }
    let deeds = deeds::deeds(reading, &found);
    let points = objects::points(reading, &found, &issues, &proposals, &deeds);
    for (proposal, number) in &points.of_proposals {
        proposals[*proposal].issue = Some(*number);
    }
    issues.extend(points.issues);
    let mut positions = positions::positions(reading, &issues, &points.about);
    positions::done(reading, &mut positions, &deeds, &points.of_deeds);
    // In the order of the text, without those that nobody disputes.
    let disputed = |i: usize| positions.iter().any(|position| position.issue == i);
    let mut kept: Vec<usize> = (0..issues.len()).filter(|&i| disputed(i)).collect();
    kept.sort_by_key(|&i| issues[i].mentions.first().map(|span| span.start));
    let number = |i: usize| kept.iter().position(|&k| k == i);
    positions.retain_mut(|position| number(position.issue).map(|kept| position.issue = kept).is_some());
    positions.sort_by_key(|position| (position.issue, position.detail.start));
    for proposal in &mut proposals {
        proposal.issue = proposal.issue.and_then(number);
    }
    Agenda { issues: kept.iter().map(|&i| issues[i].clone()).collect(), positions, proposals }
}
