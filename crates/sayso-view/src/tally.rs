//! How much of an article's statements rests on whom?

use sayso::record::{ActorKind, Attribution, Form, HedgeOf, Record, StandingKind};

use crate::cast::{Cast, passed_on};
use crate::outline::{n_statements, outline};

/// How many statements are of each class. One may be in several: a second-hand one can be
/// disputed and unnamed as well. Each is in at least one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The source is an actor with a name (a person, a state, an organisation, an outlet, a
    /// document or a group), and the statement isn't second-hand.
    pub named: usize,
    /// The source is somebody without a name, or a post whose holder isn't named ("a spokesman").
    pub unnamed: usize,
    /// It came by another outlet or a document, stands in another's content, or is told with a
    /// hedge on whether it was said ("reportedly"). The agency whose words the whole article
    /// carries doesn't make it so.
    pub second_hand: usize,
    /// Somebody denies or contests it, as the text says.
    pub disputed: usize,
    /// There are words for a source, but it isn't sure who that is.
    pub unresolved: usize,
    /// The text names no source.
    pub unattributed: usize,
}

impl Tally {
    /// Of all statements.
    pub fn new(record: &Record, cast: &Cast<'_>) -> Self {
        let mut tally = Self::default();
        for entry in outline(&record.attributions) {
            tally.add(&record.attributions[entry.index], entry.depth > 0, cast);
        }
        tally
    }

    fn add(&mut self, attribution: &Attribution, is_nested: bool, cast: &Cast<'_>) {
        let reported = attribution.hedges.iter().any(|hedge| hedge.of == HedgeOf::Report);
        let second_hand = is_nested || reported || passed_on(attribution);
        let contested = |kind| matches!(kind, StandingKind::Denied | StandingKind::Disputed);
        self.second_hand += usize::from(second_hand);
        self.disputed += usize::from(attribution.status.iter().any(|standing| contested(standing.kind)));
        let actor = attribution.actor.as_deref().and_then(|id| cast.actor(id));
        match actor {
            Some(actor) if matches!(actor.kind, ActorKind::Unnamed | ActorKind::Role) => self.unnamed += 1,
            Some(actor) if actor.name.as_deref().is_some_and(|name| !name.trim().is_empty()) => {
                self.named += usize::from(!second_hand);
            }
            None if attribution.source.is_none() && attribution.actor.is_none() => self.unattributed += 1,
            _ => self.unresolved += 1,
        }
    }
}

/// A sentence on whom the statements rest, one on whose words they are in, and one on what the
/// outlet says itself; what there is none of isn't told:
///
/// "29 statements: 17 named on the record, 6 unnamed, 4 second-hand, 1 disputed, 2 unattributed.
/// 3 direct, 3 mixed, 23 indirect; 4 inside another. 8 sentences in the outlet’s own voice."
pub fn summary(record: &Record, cast: &Cast<'_>) -> String {
    let all = &record.attributions;
    if all.is_empty() {
        return format!("No attributed statements found.{}", own_voice(record));
    }
    let tally = Tally::new(record, cast);
    let classes = [
        (tally.named, "named on the record"),
        (tally.unnamed, "unnamed"),
        (tally.second_hand, "second-hand"),
        (tally.disputed, "disputed"),
        (tally.unresolved, "unresolved"),
        (tally.unattributed, "unattributed"),
    ];
    let classes: Vec<String> =
        classes.iter().filter(|(n, _)| *n > 0).map(|(n, name)| format!("{n} {name}")).collect();
    let count = |form| all.iter().filter(|attribution| attribution.form == form).count();
    let [direct, mixed, indirect] = [Form::Direct, Form::Mixed, Form::Indirect].map(count);
    let nested = outline(all).iter().filter(|entry| entry.depth > 0).count();
    let inside = if nested > 0 { format!("; {nested} inside another") } else { String::new() };
    format!(
        "{}: {}. {direct} direct, {mixed} mixed, {indirect} indirect{inside}.{}",
        n_statements(all.len()),
        classes.join(", "),
        own_voice(record)
    )
}

fn own_voice(record: &Record) -> String {
    match record.own_voice.len() {
        0 => String::new(),
        1 => " 1 sentence in the outlet’s own voice.".to_owned(),
        n => format!(" {n} sentences in the outlet’s own voice."),
    }
}
