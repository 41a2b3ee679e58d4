//! Through whose hands did a statement come?

use std::collections::BTreeMap;

use sayso_text::{Article, Document, ParagraphKind, Span};

use crate::attribute::Attributed;
use crate::record::{ActorKind, HandRole, HedgeOf};
use crate::resolve::{Entity, Resolved};
use crate::rules::Rules;
use crate::statement::Statement;

/// Documents that an outlet gets from somebody and passes on; a plan or a law is known otherwise.
const PASSED_ON: &[&str] = &[
    "affidavit",
    "audio",
    "cable",
    "document",
    "documents",
    "draft",
    "e-mail",
    "email",
    "emails",
    "file",
    "files",
    "filing",
    "footage",
    "letter",
    "memo",
    "memorandum",
    "message",
    "messages",
    "minutes",
    "note",
    "recording",
    "tape",
    "text",
    "transcript",
    "video",
];
/// Tokens of a dateline and what may stand before it.
const LONGEST_DATELINE: usize = 14;

/// The entity of the news agency whose words the article carries, by its byline or its dateline.
pub(crate) fn wire(
    article: &Article,
    doc: &Document,
    rules: &Rules,
    resolved: &mut Resolved,
) -> Option<usize> {
    let own = article.outlet.as_deref().and_then(|outlet| rules.wire(outlet));
    let byline = article.byline.as_deref().unwrap_or_default();
    let parts = byline.split([',', '/', '|', ';', '(', ')', '—', '–']);
    let parts = parts.map(|part| part.trim().trim_start_matches("By ").trim_start_matches("by ").trim());
    let named = parts.into_iter().find_map(|part| rules.wire(part));
    let name = named.or_else(|| in_dateline(doc, rules)).filter(|name| own != Some(*name))?;
    let is_it = |entity: &Entity| entity.kind == ActorKind::Outlet && entity.name.as_deref() == Some(name);
    let known = resolved.entities.iter().position(is_it);
    Some(known.unwrap_or_else(|| {
        resolved.entities.push(Entity::new(Some(name.to_owned()), ActorKind::Outlet));
        resolved.entities.len() - 1
    }))
}

/// "WASHINGTON (AP) —"
fn in_dateline<'a>(doc: &Document, rules: &'a Rules) -> Option<&'a str> {
    let first = doc.paragraphs.iter().find(|p| p.kind == ParagraphKind::Body)?;
    let sentence = doc.sentences.get(first.sentences.start)?;
    let word = |i: usize| doc.tokens.get(i).map_or("", |token| token.span.of(&doc.text));
    let end = doc.sentences.get(first.sentences.end.checked_sub(1)?)?.tokens.end;
    let range = sentence.tokens.start..end.min(sentence.tokens.start + LONGEST_DATELINE);
    let open = range.clone().find(|&i| word(i) == "(")?;
    let close = (open + 1..range.end).find(|&i| word(i) == ")")?;
    let dash = matches!(word(close + 1), "—" | "–" | "-" | "--");
    let words = doc.tokens.get(open + 1)?.span.cover(doc.tokens.get(close.checked_sub(1)?)?.span);
    rules.wire(words.of(&doc.text)).filter(|_| dash && close > open + 1)
}

/// Puts the hands of each statement in, outermost first, and the call or meeting that a document
/// is of.
pub(crate) fn chains(
    doc: &Document,
    attributed: &[Attributed],
    resolved: &Resolved,
    rules: &Rules,
    wire: Option<usize>,
    statements: &mut [Statement],
) {
    let mut chains = Chains { doc, attributed, resolved, rules, provenance: BTreeMap::new() };
    let mut frame: Option<Frame> = None;
    for i in 0..attributed.len() {
        let (chain, medium) = chains.of(i, statements, frame.as_ref());
        if let Some(hand) = chains.hand(statements[i].actor) {
            // What comes behind a document or outlet in its paragraph may still be its report.
            let mut chain = chain.clone();
            chain.push(hand);
            frame = Some(Frame {
                chain: chain.clone(),
                medium: medium.or(statements[i].medium),
                paragraph: chains.paragraph(i),
            });
            chains.introduce(i, &chain);
        }
        let medium = medium.filter(|_| statements[i].medium.is_none());
        let statement = &mut statements[i];
        statement.medium = statement.medium.or(medium);
        statement.chain = chain;
    }
    if let Some(wire) = wire {
        for statement in statements {
            statement.chain.insert(0, (wire, HandRole::Wire));
        }
    }
}

type Hands = Vec<(usize, HandRole)>;

/// A document or outlet that has just reported.
struct Frame {
    chain: Hands,
    medium: Option<Span>,
    paragraph: usize,
}

/// Where a kind of document came from.
#[derive(Clone)]
struct Provenance {
    at: usize,
    chain: Hands,
    medium: Option<Span>,
}

struct Chains<'a> {
    doc: &'a Document,
    attributed: &'a [Attributed],
    resolved: &'a Resolved,
    rules: &'a Rules,
    /// By the noun: who has told of a transcript.
    provenance: BTreeMap<String, Provenance>,
}

impl Chains<'_> {
    fn paragraph(&self, i: usize) -> usize {
        let start = self.attributed[i].extent().0;
        self.doc.paragraphs.partition_point(|p| p.span.end <= start)
    }

    /// An outlet or document as a hand.
    fn hand(&self, actor: Option<usize>) -> Option<(usize, HandRole)> {
        let actor = actor?;
        match self.resolved.entities[actor].kind {
            ActorKind::Outlet if self.resolved.entities[actor].own_outlet => None,
            ActorKind::Outlet => Some((actor, HandRole::Outlet)),
            ActorKind::Document => Some((actor, HandRole::Document)),
            _ => None,
        }
    }

    fn of(&self, i: usize, statements: &[Statement], frame: Option<&Frame>) -> (Hands, Option<Span>) {
        let a = &self.attributed[i];
        if let Some(parent) = a.parent {
            let mut chain = statements[parent].chain.clone();
            chain.extend(self.hand(statements[parent].actor));
            let medium = statements[parent].medium.filter(|_| self.hand(statements[parent].actor).is_some());
            return (chain, medium);
        }
        if let Some(known) = self.came_from(i, statements[i].actor) {
            return (known.chain, known.medium);
        }
        let Some(frame) = frame.filter(|frame| frame.paragraph == self.paragraph(i)) else {
            return (Vec::new(), None);
        };
        let is_hand = self.hand(statements[i].actor).is_some();
        // "was also quoted as saying", "reportedly advised": it isn't heard by the outlet itself.
        let cue = a.cue.map_or(String::new(), |cue| cue.of(&self.doc.text).to_lowercase());
        let reported =
            statements[i].hedges.iter().any(|(_, of)| *of == HedgeOf::Report) || cue.contains("quoted as");
        // "…, stating" goes on with the one before of the same source.
        let goes_on = i > 0
            && a.source.is_some()
            && self.attributed[i - 1].source == a.source
            && statements[i - 1].chain == frame.chain;
        if !is_hand && (reported || goes_on) {
            (frame.chain.clone(), frame.medium)
        } else {
            (Vec::new(), None)
        }
    }

    /// The provenance of a document: told before, or by its own words ("obtained by").
    fn came_from(&self, i: usize, actor: Option<usize>) -> Option<Provenance> {
        let actor = actor.filter(|&id| self.resolved.entities[id].kind == ActorKind::Document)?;
        let source = self.attributed[i].source?;
        let outlet =
            self.resolved.named_in(source).find(|&id| self.resolved.entities[id].kind == ActorKind::Outlet);
        if let Some(outlet) = outlet {
            return Some(Provenance {
                at: source.start,
                chain: vec![(outlet, HandRole::Outlet)],
                medium: None,
            });
        }
        let known = self
            .provenance
            .iter()
            .filter(|(noun, known)| self.resolved.entities[actor].plays(noun) && known.at < source.start);
        known.max_by_key(|(_, known)| known.at).map(|(_, known)| known.clone())
    }

    /// Remembers the documents that a report tells of.
    fn introduce(&mut self, i: usize, chain: &Hands) {
        if chain.last().is_none_or(|(_, role)| *role != HandRole::Outlet) {
            return;
        }
        for content in &self.attributed[i].content {
            let text = content.of(&self.doc.text);
            let mut at = 0;
            for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
                let noun = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                at += word.len();
                if PASSED_ON.contains(&noun.as_str()) {
                    let rest = &text[at..];
                    let medium =
                        rest.starts_with("of ").then(|| self.rules.medium.group("what", rest)).flatten();
                    let from = content.start + at;
                    let medium = medium.map(|what| Span::new(from + what.start(), from + what.end()));
                    self.provenance
                        .insert(noun, Provenance { at: content.start, chain: chain.clone(), medium });
                }
            }
        }
    }
}
