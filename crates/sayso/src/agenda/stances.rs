//! Where does a statement show its speaker to stand?

use sayso_text::Span;

use super::conditions;
use super::parties::parties;
use super::phrases::DETERMINERS;
use super::{Issue, Reading};
use crate::record::{Act, Stance};
use crate::rules::StanceRule;
use crate::word_list::is_in;

/// Confidence of a statement that shows a position.
const LEAST: f32 = 0.5;
/// Bytes behind a cue within which a clause says where the speaker stands.
const NEAR_CUE: usize = 24;
/// Beside a verb they tell that it was once.
const ONCE: &str = "earlier formerly initially once originally previously";
/// Bytes of a clause within which its subject begins.
const SUBJECT_ENDS: usize = 12;

/// A statement that speaks of an issue.
pub(super) struct Stated<'a> {
    pub(super) reading: Reading<'a>,
    /// The statement's number.
    pub(super) i: usize,
    pub(super) issue: &'a Issue,
    pub(super) mention: Span,
    pub(super) clause: Span,
    /// What the act is about is this issue.
    pub(super) is_object: bool,
}

impl Stated<'_> {
    /// What the statement shows: by its act, and else by the words of cue and clause.
    pub(super) fn stance(&self) -> Option<Stance> {
        let &Self { reading, i, issue, mention, clause, .. } = self;
        let (text, a, agenda) = (&reading.doc.text, &reading.attributed[i], &reading.rules.agenda);
        let words = format!("{} {}", self.cue(), clause.of(text));
        // "Avoided condemning it", "stripped the call for it".
        let before = a.cue.map_or(clause.start, |cue| cue.start.min(clause.start));
        let sentence = super::proposals::sentence(reading, Span::new(before, before)).start.min(before);
        let lead = Span::new(sentence, before);
        if agenda.reversed.is_match(&words) || agenda.reversed.is_match(last_words(lead.of(text))) {
            return None;
        }
        // "If Orrin accepts it".
        let begins = a.source.map_or(before, |source| source.start.min(before));
        let sentence = Span::new(
            super::proposals::sentence(reading, Span::new(begins, begins)).start.min(begins),
            begins,
        );
        let mut lead = sentence.of(text).split(|c: char| !c.is_alphabetic());
        if lead.any(|word| ["if", "whether", "unless", "If", "Unless"].contains(&word)) {
            return None;
        }
        if self.was_once(sentence) {
            return None;
        }
        // "Trump charges that" speaks of no charges.
        if a.cue.is_some_and(|cue| cue.contains(mention) || mention.contains(cue)) {
            return None;
        }
        let content = a.content.iter().find(|content| content.overlaps(mention)).copied().unwrap_or(mention);
        // The words of the content before the point.
        let path = Span::new(content.start, mention.start.max(content.start)).of(text);
        if issue.is_listed && agenda.claims.is_match(path) {
            return None;
        }
        let stance = self.shown(path, self.by_words(&words))?;
        let is_wish = matches!(stance, Stance::Demands | Stance::Offers);
        let stance = if agenda.undoing.is_match(path) { undoing(stance)? } else { stance };
        // "Urged the senate not to sign the pact" asks for no pact.
        if is_wish && is_denied(path) {
            return None;
        }
        // "He still favors a license, he said, but not at any price."
        let end = super::proposals::sentence(reading, mention).end.max(mention.end);
        let rest = if self.is_object { Span::new(mention.end, end).of(text) } else { "" };
        conditions::bound(stance, rest)
    }

    fn shown(&self, path: &str, by_words: Option<Stance>) -> Option<Stance> {
        let (statement, is_listed) = (&self.reading.statements[self.i], self.issue.is_listed);
        let strong = [Stance::Conditional, Stance::AcceptsInPart, Stance::Undecided];
        match (statement.act, statement.negated, by_words) {
            (_, _, Some(found)) if is_listed && self.is_object && strong.contains(&found) => Some(found),
            // "Agreed that the talks were useful" accepts no talks, and who denies that sanctions had hurt may want
            // them.
            (Act::Accept | Act::Praise | Act::Deny, ..) if self.begins_with("that ") => None,
            // Whom one blames for a point may be against it, or for it.
            (Act::Praise | Act::Criticise | Act::Accuse, ..) if is_listed && path.contains(" for ") => None,
            // What was not accepted may still be.
            (Act::Accept, true, _) => self.refuses().then_some(Stance::Rejects),
            (Act::State | Act::Report | Act::Believe | Act::Announce, ..) => {
                let is_told = |stance: Stance| match stance {
                    Stance::Rejects | Stance::Opposes | Stance::Conditional => {
                        is_listed && (self.is_object || self.is_of_speaker())
                    }
                    // "Wanted a written guarantee": the cue itself tells.
                    Stance::Demands | Stance::Supports => {
                        self.is_object && self.by_words(self.cue()) == Some(stance)
                    }
                    stance => is_listed && strong.contains(&stance),
                };
                by_words.filter(|stance| is_told(*stance) && !self.is_of_another())
            }
            (_, true, _) => None,
            _ => self.by_act(),
        }
    }

    /// "Had opposed", "once backed": what was once shows nothing of today. "Its leader said that it had accepted it" may tell
    /// of what it has done now.
    fn was_once(&self, lead: Span) -> bool {
        let (text, a) = (&self.reading.doc.text, &self.reading.attributed[self.i]);
        let Some(cue) = a.cue else { return false };
        // Between source and cue: "the league | had long | opposed".
        let from =
            a.source.map_or(cue.start, |source| if source.end <= cue.start { source.end } else { cue.start });
        let from = from.max(lead.start).max(cue.start.saturating_sub(NEAR_CUE));
        let from = (from..=cue.start).find(|&at| text.is_char_boundary(at)).unwrap_or(cue.start);
        let words = Span::new(from, cue.end).of(text).to_lowercase();
        let words: Vec<&str> =
            words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let is_old = words.iter().any(|word| is_in(ONCE, word));
        let is_perfect = words.iter().enumerate().any(|(i, word)| {
            *word == "had"
                && words.get(i + 1).is_none_or(|next| !is_in("to no a an the little nothing", next))
        });
        is_old || is_perfect && a.parent.is_none()
    }

    fn cue(&self) -> &str {
        self.reading.attributed[self.i].cue.map_or("", |cue| cue.of(&self.reading.doc.text))
    }

    fn content(&self) -> &str {
        self.reading.attributed[self.i]
            .content
            .first()
            .map_or("", |content| content.of(&self.reading.doc.text))
    }

    fn begins_with(&self, word: &str) -> bool {
        self.content().starts_with(word)
    }

    /// What the act shows by itself.
    fn by_act(&self) -> Option<Stance> {
        let agenda = &self.reading.rules.agenda;
        let (cue, is_listed) = (self.cue(), self.issue.is_listed);
        let is_sure = self.reading.attributed[self.i].confidence >= LEAST && !agenda.unsure.is_match(cue);
        if !self.is_object || !is_sure {
            return None;
        }
        Some(match self.reading.statements[self.i].act {
            Act::Demand if agenda.orders.is_match(cue) => return None,
            Act::Demand | Act::Urge => Stance::Demands,
            Act::Ask if self.asks_for() => Stance::Demands,
            Act::Reject | Act::Deny => Stance::Rejects,
            // What is embraced is often no point.
            Act::Accept if is_listed && self.agrees_to_it() => Stance::Accepts,
            Act::Accuse => Stance::Accuses,
            Act::Criticise => Stance::Opposes,
            Act::ExpressConcern | Act::Warn => Stance::Concerned,
            Act::Praise => Stance::Supports,
            Act::Decline => self.declined().filter(|stance| is_listed || *stance != Stance::Silent)?,
            _ => return None,
        })
    }

    /// "Agreed to sign the pact" and "to the pact", not "to clean up the mines".
    fn agrees_to_it(&self) -> bool {
        let Some(rest) = self.content().strip_prefix("to ") else { return true };
        let first = rest.split(' ').next().unwrap_or_default();
        let agenda = &self.reading.rules.agenda;
        agenda.consents(first)
            || DETERMINERS.contains(&first)
            || agenda.subject(first).is_some()
            || agenda.is_proposal(first)
    }

    /// "Will not accept", "can't accept".
    fn refuses(&self) -> bool {
        const REFUSING: &[&str] = &["will", "would", "won", "wo", "can", "cannot", "ca", "never"];
        let cue = self.cue().to_lowercase();
        cue.split(|c: char| !c.is_alphabetic()).any(|word| REFUSING.contains(&word))
    }

    /// "Refused to sign the pact" rejects it, "refused to condemn the pact" doesn't, and who won't comment is silent.
    fn declined(&self) -> Option<Stance> {
        let agenda = &self.reading.rules.agenda;
        let verb =
            self.content().strip_prefix("to ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        if agenda.consents(verb) {
            Some(Stance::Rejects)
        } else {
            (agenda.comments(verb) && !agenda.refuses.is_match(self.cue())).then_some(Stance::Silent)
        }
    }

    /// "Asked employers to hand over their lists", not "asked whether they had".
    fn asks_for(&self) -> bool {
        const SOON: usize = 5;
        self.cue().ends_with(" for") || self.content().split_whitespace().take(SOON).any(|word| word == "to")
    }

    /// What words of cue and clause show, unless they are denied: "would not rule out", "no longer opposes".
    fn by_words(&self, words: &str) -> Option<Stance> {
        let rules = self.reading.rules;
        let found = |rule: &&StanceRule| {
            rule.pattern.find(words).is_some_and(|hit| {
                let before = last_words(&words[..hit.start()]);
                let is_denied = || {
                    let mut words = before.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
                    words.any(|word| {
                        let word = word.to_lowercase();
                        rules.is_negation(&word) || word.ends_with("n't") || word.ends_with("n’t")
                    }) || before.contains("no longer")
                };
                // "The offer", "a demand": a noun tells nobody's stance.
                let is_noun = || {
                    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
                    !rule.is_noun && DETERMINERS.contains(&last.as_str())
                };
                let is_near = rule.anywhere || hit.start() <= self.cue().len() + NEAR_CUE;
                is_near && !is_denied() && !is_noun()
            })
        };
        rules.agenda.stances.iter().find(found).map(|rule| rule.stance)
    }

    /// "It would never accept the ceasefire", "we must oppose it".
    fn is_of_speaker(&self) -> bool {
        const SPEAKERS: &[&str] = &["he", "i", "it", "she", "they", "we"];
        const AUXILIARIES: &[&str] =
            &["can", "cannot", "could", "do", "does", "did", "must", "shall", "should", "will", "would"];
        let words = self.clause.of(&self.reading.doc.text).split(|c: char| !c.is_alphanumeric());
        let mut words = words.map(str::to_lowercase).filter(|word| !word.is_empty() && word != "that");
        words.next().is_some_and(|word| SPEAKERS.contains(&word.as_str()))
            && words.next().is_some_and(|word| AUXILIARIES.contains(&word.as_str()))
    }

    /// "Norvale has accepted it", said by Kestria, is no position of Kestria's.
    fn is_of_another(&self) -> bool {
        let reading = self.reading;
        let begins = Span::new(self.clause.start, (self.clause.start + SUBJECT_ENDS).min(self.clause.end));
        let own = reading.statements[self.i].actor.map(|actor| parties(reading, actor)).unwrap_or_default();
        reading.resolved.names.iter().any(|(span, id)| {
            begins.overlaps(*span)
                && id.is_some_and(|id| {
                    let theirs = parties(reading, id);
                    !theirs.is_empty() && theirs.iter().all(|party| !own.contains(party))
                })
        })
    }
}

/// Who demands the lifting of sanctions opposes them; of other stances nobody can tell.
pub(super) fn undoing(stance: Stance) -> Option<Stance> {
    match stance {
        Stance::Demands | Stance::Supports => Some(Stance::Opposes),
        _ => None,
    }
}

/// True where words before a point deny the verb that is done to it.
fn is_denied(path: &str) -> bool {
    let mut words = path.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    words.any(|word| is_in("not never", word) || word.ends_with("n't") || word.ends_with("n’t"))
}

/// The last four words.
fn last_words(text: &str) -> &str {
    const LAST: usize = 4;
    let at = text.rmatch_indices(' ').nth(LAST).map_or(0, |(at, _)| at);
    &text[at..]
}
