//! Which claims does a standing speak of?

use std::collections::{BTreeSet, HashSet};

use sayso_text::{Document, Span};

use super::{Found, Sayer, Stood};
use crate::attribute::Attributed;
use crate::record::{Act, ActorKind, HedgeOf, StandingKind};
use crate::resolve::Resolved;
use crate::rules::{Noun, Rules};
use crate::statement::Statement;

/// Paragraphs that a standing looks back.
const REACH: usize = 3;
/// Words that a standing and a claim must share to be about one thing, where nothing else ties them.
const SHARED: usize = 3;
/// Words of an object that is no more than "it" or "all of that".
const POINTING: usize = 3;
/// Letters of a word that has a meaning of its own.
const LONG: usize = 4;

/// Binds each standing to the attributions that it is about; none where the text doesn't tell.
pub(crate) fn bind(
    doc: &Document,
    found: &[Found],
    by: &[Option<usize>],
    attributed: &[Attributed],
    statements: &[Statement],
    resolved: &Resolved,
    rules: &Rules,
) -> Vec<Stood> {
    let silent: HashSet<usize> = found.iter().filter_map(|f| f.anchor).collect();
    let binder = Binder { doc, attributed, statements, resolved, rules, anchors: silent };
    let mut of: Vec<BTreeSet<usize>> = found.iter().zip(by).map(|(f, by)| binder.of(f, *by)).collect();
    // Who was asked, or said nothing, was asked about what the rest of the paragraph speaks of.
    let paragraph = |f: &Found| doc.paragraphs.partition_point(|p| p.span.end <= f.hit.start);
    let is_comment = |kind| {
        matches!(
            kind,
            StandingKind::CommentSought | StandingKind::NoCommentYet | StandingKind::DeclinedToComment
        )
    };
    for i in 0..found.len() {
        if of[i].is_empty() && is_comment(found[i].kind) {
            let near = (0..found.len()).filter(|&j| j != i && paragraph(&found[j]) == paragraph(&found[i]));
            let of_claims =
                |kind| is_comment(kind) || matches!(kind, StandingKind::Denied | StandingKind::Disputed);
            // What speakers say of their own words comes first, and only else what is unverified.
            let near: Vec<usize> = near.collect();
            let first = near.iter().copied().filter(|&j| of_claims(found[j].kind) && !of[j].is_empty());
            let first: Vec<usize> = first.collect();
            let near = if first.is_empty() { near } else { first };
            let near = near.into_iter();
            of[i] = near.flat_map(|j| of[j].iter().copied()).collect();
        }
    }
    let stood = |((f, by), of): ((&Found, &Option<usize>), BTreeSet<usize>)| Stood {
        kind: f.kind,
        by: *by,
        span: f.clause,
        scope: f.scope,
        of: of.into_iter().collect(),
    };
    found.iter().zip(by).zip(of).map(stood).collect()
}

struct Binder<'a> {
    doc: &'a Document,
    attributed: &'a [Attributed],
    statements: &'a [Statement],
    resolved: &'a Resolved,
    rules: &'a Rules,
    /// Attributions that are standings themselves.
    anchors: HashSet<usize>,
}

impl Binder<'_> {
    fn paragraph(&self, at: usize) -> usize {
        self.doc.paragraphs.partition_point(|p| p.span.end <= at)
    }

    fn sentence(&self, at: usize) -> usize {
        self.doc.sentences.partition_point(|s| s.span.end <= at)
    }

    /// In the standing's paragraph or the one before.
    fn is_near(&self, f: &Found, i: usize) -> bool {
        self.paragraph(self.attributed[i].extent().0) + 1 >= self.paragraph(f.hit.start)
    }

    /// The claims before a standing, the last first.
    fn candidates(&self, f: &Found) -> Vec<usize> {
        let paragraph = self.paragraph(f.hit.start);
        let before = |&i: &usize| {
            let start = self.attributed[i].extent().0;
            start < f.hit.start && self.paragraph(start) + REACH >= paragraph
        };
        let is_claim = |&i: &usize| {
            !self.anchors.contains(&i) && !matches!(self.statements[i].act, Act::Decline | Act::NotVerify)
        };
        (0..self.attributed.len()).rev().filter(before).filter(is_claim).collect()
    }

    fn of(&self, f: &Found, by: Option<usize>) -> BTreeSet<usize> {
        let object = self.object(f);
        if let Some(of) = self.of_document(f, object) {
            return of;
        }
        let candidates = self.candidates(f);
        let candidates = self.told_of(f, by, object, candidates);
        let steps: [&dyn Fn() -> BTreeSet<usize>; 4] = [
            &|| self.of_named(f, by, object, &candidates),
            &|| self.of_sayer(f, by, &candidates),
            &|| self.same_words(f, by, object, &candidates),
            &|| self.just_told(f, by, object, &candidates),
        ];
        steps.iter().map(|step| step()).find(|of| !of.is_empty()).unwrap_or_default()
    }

    /// Where a denial tells what it denies ("denied that the dam had leaked"), only claims with a word of
    /// it; all where it only points back ("denied it", "rejected the allegations").
    fn told_of(&self, f: &Found, by: Option<usize>, object: Span, candidates: Vec<usize>) -> Vec<usize> {
        if !matches!(f.kind, StandingKind::Denied | StandingKind::Disputed) {
            return candidates;
        }
        let behind = Span::new(f.hit.end.clamp(object.start, object.end), object.end);
        let own: HashSet<String> = by
            .and_then(|by| self.resolved.entities[by].name.as_deref())
            .map(|name| stems(name).collect())
            .unwrap_or_default();
        let told: HashSet<String> =
            stems(behind.of(&self.doc.text)).filter(|stem| !own.contains(stem)).collect();
        if words(behind.of(&self.doc.text)).count() <= POINTING || told.is_empty() {
            return candidates;
        }
        let shares = |&i: &usize| {
            let mut contents = self.attributed[i].content.iter();
            contents.any(|content| stems(content.of(&self.doc.text)).any(|stem| told.contains(&stem)))
        };
        // "Denied that Lee had said so": whatever Lee said.
        let said_by = |&i: &usize| {
            let mentions = self.statements[i].actor.filter(|actor| Some(*actor) != by).into_iter();
            let mut mentions = mentions.flat_map(|actor| &self.resolved.entities[actor].mentions);
            mentions.any(|(mention, _)| {
                let rest = behind.contains(*mention).then(|| Span::new(mention.end, behind.end));
                rest.is_some_and(|rest| {
                    words(rest.of(&self.doc.text))
                        .any(|word| self.rules.act(&word).is_some() || self.rules.is_claim(&word))
                })
            })
        };
        candidates.into_iter().filter(|i| shares(i) || said_by(i)).collect()
    }

    /// What a standing says something of: the content that it stands for, or the rest of its clause.
    fn object(&self, f: &Found) -> Span {
        let behind = Span::new(f.hit.end.min(f.clause.end), f.clause.end);
        let said = |i: &usize| self.attributed[*i].cue.is_some_and(|cue| cue.overlaps(f.hit));
        match f.anchor.filter(|i| matches!(f.sayer, Sayer::Source(_)) || said(i)) {
            Some(anchor) => {
                self.attributed[anchor].content.iter().copied().reduce(Span::cover).unwrap_or(behind)
            }
            None => behind.cover(f.hit),
        }
    }

    /// "The BBC has not verified the transcript": all that came through it.
    fn of_document(&self, f: &Found, object: Span) -> Option<BTreeSet<usize>> {
        let words: Vec<String> = words(object.of(&self.doc.text)).collect();
        let nouns = words.iter().filter(|word| {
            matches!(self.rules.noun(word), Some((Noun::Document, _))) && !self.rules.is_claim(word)
        });
        let nouns: Vec<&String> = nouns.collect();
        let is_it = |id: usize| {
            let entity = &self.resolved.entities[id];
            entity.kind == ActorKind::Document && nouns.iter().any(|noun| entity.plays(noun))
        };
        let through = |i: usize| {
            let statement = &self.statements[i];
            statement.actor.is_some_and(is_it) || statement.chain.iter().any(|(hand, _)| is_it(*hand))
        };
        let all: BTreeSet<usize> = (0..self.attributed.len())
            .filter(|&i| {
                self.attributed[i].extent().0 < f.hit.start
                    && Some(i) != f.anchor
                    && !self.anchors.contains(&i)
                    && through(i)
            })
            .collect();
        (!all.is_empty()).then_some(all)
    }

    /// A claim of somebody whom the standing names: "denied that Lee had said so".
    fn of_named(&self, f: &Found, by: Option<usize>, object: Span, candidates: &[usize]) -> BTreeSet<usize> {
        if !matches!(
            f.kind,
            StandingKind::Denied
                | StandingKind::Disputed
                | StandingKind::Confirmed
                | StandingKind::Unverified
        ) {
            return BTreeSet::new();
        }
        let named: Vec<usize> = self.spoken_of(object).filter(|id| Some(*id) != by).collect();
        let theirs = |&&i: &&usize| {
            self.statements[i].actor.is_some_and(|actor| named.contains(&actor)) && self.is_near(f, i)
        };
        self.nearest(candidates.iter().filter(theirs).copied())
    }

    /// Whom a span mentions, by names and pronouns.
    fn spoken_of(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let entities = self.resolved.entities.iter().enumerate();
        entities
            .filter(move |(_, entity)| entity.mentions.iter().any(|(mention, _)| span.contains(*mention)))
            .map(|(id, _)| id)
    }

    /// What is told of, or through others from, the one who denies it or won't say.
    fn of_sayer(&self, f: &Found, by: Option<usize>, candidates: &[usize]) -> BTreeSet<usize> {
        let Some(by) = by else { return BTreeSet::new() };
        let speaks = matches!(
            f.kind,
            StandingKind::DeclinedToComment
                | StandingKind::NoCommentYet
                | StandingKind::CommentSought
                | StandingKind::Denied
        );
        if !speaks {
            return BTreeSet::new();
        }
        let second_hand = |i: usize| {
            let statement = &self.statements[i];
            !statement.chain.is_empty() || statement.hedges.iter().any(|(_, of)| *of == HedgeOf::Report)
        };
        let own =
            candidates.iter().copied().filter(|&i| second_hand(i) && self.statements[i].actor == Some(by));
        let own = self.nearest(own);
        if !own.is_empty() {
            return own;
        }
        // An office speaks for those of its side.
        let parties = |id: usize| self.resolved.entities[id].parties.iter().map(|(party, _)| party.as_str());
        let same_side = |i: usize| {
            let actor = self.statements[i].actor;
            actor.is_some_and(|actor| {
                actor != by && parties(actor).any(|party| parties(by).any(|own| own == party))
            })
        };
        let side = self.nearest(candidates.iter().copied().filter(|&i| second_hand(i) && same_side(i)));
        if !side.is_empty() {
            return side;
        }
        let about = |i: usize| {
            let told = self.attributed[i]
                .content
                .iter()
                .any(|content| self.resolved.named_in(*content).any(|id| id == by));
            told && self.statements[i].actor != Some(by) && self.is_near(f, i)
        };
        self.nearest(candidates.iter().copied().filter(|&i| about(i)))
    }

    /// The claim that has most words in common with the standing.
    fn same_words(
        &self,
        f: &Found,
        by: Option<usize>,
        object: Span,
        candidates: &[usize],
    ) -> BTreeSet<usize> {
        // That something is confirmed says nothing of another claim with the same words.
        if f.kind == StandingKind::Confirmed {
            return BTreeSet::new();
        }
        let own: HashSet<String> = stems(object.of(&self.doc.text)).collect();
        let shared = |i: usize| {
            let theirs: HashSet<String> = self.attributed[i]
                .content
                .iter()
                .flat_map(|content| stems(content.of(&self.doc.text)))
                .collect();
            own.intersection(&theirs).count()
        };
        let other = candidates.iter().copied().filter(|&i| by.is_none() || self.statements[i].actor != by);
        let other = other.filter(|&i| {
            Some(i) != f.anchor && !self.attributed[i].content.iter().any(|content| content.contains(f.hit))
        });
        let scored: Vec<(usize, usize)> = other.map(|i| (shared(i), i)).collect();
        let most = scored.iter().map(|(n, _)| *n).max().unwrap_or_default();
        let best = scored.into_iter().filter(|(n, _)| *n == most).map(|(_, i)| i);
        // Few words must be nearly all there are, and near.
        let paragraph = self.paragraph(f.hit.start);
        let near = |&i: &usize| self.paragraph(self.attributed[i].extent().0) + 1 >= paragraph;
        if most >= SHARED {
            best.collect()
        } else if most > 0 && 3 * most >= 2 * own.len() {
            best.filter(near).take(1).collect()
        } else {
            BTreeSet::new()
        }
    }

    /// "The allegations", "it": what was told right before.
    fn just_told(&self, f: &Found, by: Option<usize>, object: Span, candidates: &[usize]) -> BTreeSet<usize> {
        // "That the dam had leaked" is a claim of its own; "it" and "that" alone point back.
        let told: Vec<String> = words(object.cover(f.hit).of(&self.doc.text)).collect();
        let is_pronoun = |word: &str| matches!(word, "it" | "that" | "this");
        let points_back = told.iter().any(|word| {
            self.rules.is_claim(word)
                && (!is_pronoun(word) || words(object.of(&self.doc.text)).count() <= POINTING)
        });
        let kinds = matches!(
            f.kind,
            StandingKind::Denied
                | StandingKind::Disputed
                | StandingKind::Unverified
                | StandingKind::Confirmed
        );
        if !points_back || !kinds {
            return BTreeSet::new();
        }
        let paragraph = self.paragraph(f.hit.start);
        let near = |&i: &usize| {
            self.paragraph(self.attributed[i].extent().0) + 1 >= paragraph
                && (by.is_none() || self.statements[i].actor != by)
        };
        // Only what is a charge, a report, or about the one who answers can be meant.
        let charged = |&i: &usize| {
            let about = by.is_some_and(|by| {
                self.attributed[i].content.iter().any(|c| self.spoken_of(*c).any(|id| id == by))
            });
            let act = self.statements[i].act;
            // "A second person disputed this."
            let end = self.attributed[i].extent().1;
            let right_after =
                f.kind == StandingKind::Disputed && self.sentence(end) + 1 >= self.sentence(f.hit.start);
            right_after
                || about
                || matches!(act, Act::Accuse | Act::Report | Act::Criticise | Act::NotVerify | Act::Warn)
        };
        let last = candidates.iter().copied().find(near);
        let unverified = f.kind == StandingKind::Unverified;
        last.filter(|i| unverified || charged(i)).into_iter().collect()
    }

    /// Those in the paragraph of the last one.
    fn nearest(&self, all: impl Iterator<Item = usize>) -> BTreeSet<usize> {
        let all: Vec<usize> = all.collect();
        let paragraph = |i: usize| self.paragraph(self.attributed[i].extent().0);
        let Some(last) = all.iter().map(|&i| paragraph(i)).max() else { return BTreeSet::new() };
        all.into_iter().filter(|&i| paragraph(i) == last).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Long words without their endings, so that "betrayed" is "betray".
fn stems(text: &str) -> impl Iterator<Item = String> + '_ {
    const EMPTY: &[&str] = &[
        "about", "after", "also", "been", "could", "from", "have", "into", "more", "said", "says", "that",
        "their", "them", "then", "there", "they", "this", "were", "what", "when", "which", "will", "with",
        "would", "comment", "request",
    ];
    words(text).filter(|word| word.chars().count() >= LONG && !EMPTY.contains(&word.as_str())).map(|word| {
        ["ing", "ed", "es", "s"]
            .iter()
            .find_map(|end| {
                word.strip_suffix(end).filter(|stem| stem.chars().count() >= LONG).map(str::to_owned)
            })
            .unwrap_or(word)
    })
}
