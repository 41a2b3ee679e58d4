//! How do the findings become a record?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso_text::{Article, CharIndex, Document, ParagraphKind, Span};

use crate::agenda::{self, Agenda};
use crate::attribute::{self, Attributed};
use crate::figure;
use crate::record::{
    Actor, Addressee, ArticlePart, Attribution, Figure, Hand, Hedge, HedgeOf, Issue, Mention, OwnVoice,
    Position, Producer, Proposal, Receipt, Record, Response, SCHEMA, Standing, TextSpan, Version, When,
};
use crate::resolve::Entity;
use crate::standing::Stood;
use crate::statement::Statement;

/// All that was found in one document, in bytes of its text.
pub(crate) struct Findings<'a> {
    pub(crate) attributed: &'a [Attributed],
    /// One for each attribution.
    pub(crate) statements: &'a [Statement],
    pub(crate) entities: &'a [Entity],
    /// The entity of the news agency whose words these are.
    pub(crate) wire: Option<usize>,
    pub(crate) standings: &'a [Stood],
    pub(crate) figures: &'a [figure::Figure],
    pub(crate) agenda: &'a Agenda,
    pub(crate) dates: &'a [(Span, Option<(Date, Date)>)],
    pub(crate) own_voice: &'a [(Span, Vec<Span>)],
}

/// Writes everything down, in code points, with the words.
pub(crate) fn record(
    article: &Article,
    doc: &Document,
    language: String,
    model_sha256: &str,
    found: &Findings<'_>,
    notes: Vec<String>,
) -> Record {
    let writer = Writer { index: CharIndex::new(&article.text), text: &article.text, actors: numbers(found) };
    let headings = doc.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Heading);
    let unbound = found.standings.iter().filter(|stood| stood.of.is_empty());
    Record {
        schema: SCHEMA.to_owned(),
        producer: Producer {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model_sha256: model_sha256.to_owned(),
        },
        article: ArticlePart {
            input: None,
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            byline: article.byline.clone(),
            published: article.published.clone(),
            wire: found.wire.and_then(|wire| writer.actor(wire)),
            language: Some(language),
            text: article.text.clone(),
            sha256: article.sha256(),
            headings: headings.map(|heading| writer.place(heading.span)).collect(),
        },
        actors: writer.actors(found.entities),
        attributions: (0..found.attributed.len()).map(|i| writer.attribution(i, found)).collect(),
        figures: found.figures.iter().map(|figure| writer.figure(figure, doc, found)).collect(),
        dates: found.dates.iter().map(|&(span, range)| writer.when(span, range)).collect(),
        issues: found.agenda.issues.iter().enumerate().map(|(i, issue)| writer.issue(i, issue)).collect(),
        positions: found.agenda.positions.iter().map(|position| writer.position(position)).collect(),
        proposals: found.agenda.proposals.iter().map(|one| writer.proposal(one, found.agenda)).collect(),
        unbound: unbound.map(|stood| writer.standing(stood)).collect(),
        own_voice: found.own_voice.iter().map(|(span, hedges)| writer.own_voice(*span, hedges)).collect(),
        notes,
    }
}

/// The entities that play a part, with their numbers in the record: who speaks, is told, stands
/// between or says how a claim stands; and their members.
fn numbers(found: &Findings<'_>) -> BTreeMap<usize, usize> {
    let mut parts: BTreeSet<usize> = found.wire.into_iter().collect();
    for statement in found.statements {
        parts.extend(statement.actor);
        parts.extend(statement.addressee.and_then(|(_, actor)| actor));
        parts.extend(statement.chain.iter().map(|(actor, _)| *actor));
    }
    parts.extend(found.standings.iter().filter_map(|stood| stood.by));
    let members: Vec<usize> =
        parts.iter().flat_map(|&part| found.entities[part].members.iter().copied()).collect();
    parts.extend(members);
    let first = |id: usize| found.entities[id].mentions.first().map_or(usize::MAX, |(span, _)| span.start);
    let mut order: Vec<usize> = parts.into_iter().collect();
    order.sort_by_key(|&id| (first(id), id));
    order.into_iter().enumerate().map(|(number, id)| (id, number + 1)).collect()
}

struct Writer<'a> {
    index: CharIndex,
    text: &'a str,
    actors: BTreeMap<usize, usize>,
}

impl Writer<'_> {
    fn place(&self, span: Span) -> TextSpan {
        let (start, end) = self.index.to_chars(span);
        TextSpan { start, end, text: span.of(self.text).to_owned() }
    }

    fn actor(&self, id: usize) -> Option<String> {
        self.actors.get(&id).map(|number| format!("p{number}"))
    }

    fn actors(&self, entities: &[Entity]) -> Vec<Actor> {
        let mut order: Vec<(usize, usize)> = self.actors.iter().map(|(&id, &number)| (number, id)).collect();
        order.sort_unstable();
        let actor = |(number, id): (usize, usize)| {
            let entity = &entities[id];
            let reasons: Vec<&str> = entity.parties.iter().map(|(_, reason)| reason.as_str()).collect();
            let mention = |&(span, kind): &(Span, _)| {
                let TextSpan { start, end, text } = self.place(span);
                Mention { start, end, text, kind }
            };
            Actor {
                id: format!("p{number}"),
                name: entity.name.clone(),
                kind: entity.kind,
                titles: distinct(self, &entity.titles),
                affiliations: distinct(self, &entity.affiliations),
                parties: entity.parties.iter().map(|(party, _)| party.clone()).collect(),
                party_reason: (!reasons.is_empty()).then(|| {
                    let mut reasons = reasons;
                    reasons.dedup();
                    reasons.join("; ")
                }),
                members: entity.members.iter().filter_map(|&id| self.actor(id)).collect(),
                mentions: entity.mentions.iter().map(mention).collect(),
            }
        };
        order.into_iter().map(actor).collect()
    }

    fn attribution(&self, i: usize, found: &Findings<'_>) -> Attribution {
        let id = |i: usize| format!("a{}", i + 1);
        let (attributed, statement) = (&found.attributed[i], &found.statements[i]);
        let status = found.standings.iter().filter(|stood| stood.of.contains(&i));
        Attribution {
            id: id(i),
            source: attributed.source.map(|span| self.place(span)),
            actor: statement.actor.and_then(|actor| self.actor(actor)),
            cue: attributed.cue.map(|span| self.place(span)),
            content: attributed.content.iter().map(|&span| self.place(span)).collect(),
            form: attributed.form,
            act: statement.act,
            negated: statement.negated,
            parent: attributed.parent.map(id),
            chain: statement
                .chain
                .iter()
                .filter_map(|&(actor, role)| Some(Hand { actor: self.actor(actor)?, role }))
                .collect(),
            addressee: statement.addressee.map(|(span, actor)| {
                let TextSpan { start, end, text } = self.place(span);
                Addressee { actor: actor.and_then(|actor| self.actor(actor)), start, end, text }
            }),
            medium: statement.medium.map(|span| self.place(span)),
            occasion: statement.occasion.map(|span| self.place(span)),
            when: statement.when.map(|(span, range)| self.when(span, range)),
            hedges: statement.hedges.iter().map(|&(span, of)| self.hedge(span, of)).collect(),
            status: status.map(|stood| self.standing(stood)).collect(),
            loaded: statement.loaded,
            confidence: attribute::rounded(attributed.confidence),
        }
    }

    fn when(&self, span: Span, range: Option<(Date, Date)>) -> When {
        let TextSpan { start, end, text } = self.place(span);
        let day = |day: Date| day.to_string();
        When { start, end, text, from: range.map(|(from, _)| day(from)), to: range.map(|(_, to)| day(to)) }
    }

    fn figure(&self, figure: &figure::Figure, doc: &Document, found: &Findings<'_>) -> Figure {
        let TextSpan { start, end, text } = self.place(figure.span);
        // Of several that hold it, the innermost gives it.
        let holds =
            |a: &&(usize, &Attributed)| a.1.content.iter().any(|content| content.contains(figure.span));
        let given = found.attributed.iter().enumerate().filter(|one| holds(&one));
        let given = given.min_by_key(|(_, a)| a.extent().1 - a.extent().0);
        // A single date of the sentence says for when, unless it is the day of saying.
        let is_saying = |span: Span| {
            found
                .statements
                .iter()
                .any(|statement| statement.when.is_some_and(|(when, _)| when.overlaps(span)))
        };
        let sentence = doc.sentences.partition_point(|s| s.span.end <= figure.span.start);
        let sentence = doc.sentences.get(sentence).map_or(figure.span, |s| s.span);
        let mut days = found.dates.iter().filter(|(span, range)| {
            sentence.contains(*span) && range.is_some() && !span.overlaps(figure.span) && !is_saying(*span)
        });
        let as_of = days.next().filter(|_| days.next().is_none());
        Figure {
            start,
            end,
            text,
            value: figure.value,
            high: figure.high,
            unit: figure.unit.clone(),
            approx: figure.approx,
            what: figure.what.clone(),
            of: figure.of.map(|of| of.of(self.text).to_owned()),
            as_of: as_of.map(|&(span, range)| self.when(span, range)),
            attributed_to: given.map(|(i, _)| format!("a{}", i + 1)),
        }
    }

    fn places(&self, spans: &[Span]) -> Vec<TextSpan> {
        spans.iter().map(|&span| self.place(span)).collect()
    }

    fn issue(&self, number: usize, issue: &agenda::Issue) -> Issue {
        Issue {
            id: format!("i{}", number + 1),
            name: issue.name.clone(),
            mentions: self.places(&issue.mentions),
        }
    }

    fn position(&self, position: &agenda::Position) -> Position {
        let TextSpan { start, end, text } = self.place(position.detail);
        Position {
            parties: position.parties.clone(),
            issue: format!("i{}", position.issue + 1),
            stance: position.stance,
            detail: text,
            start,
            end,
            attributions: position.of.iter().map(|i| format!("a{}", i + 1)).collect(),
        }
    }

    fn proposal(&self, proposal: &agenda::Proposal, all: &Agenda) -> Proposal {
        let version = |version: &agenda::Version| Version {
            label: version.label.clone(),
            mentions: self.places(&version.mentions),
            said: self.places(&version.said),
        };
        let receipt = |receipt: &agenda::Receipt| Receipt {
            party: receipt.party.clone(),
            received: receipt.received,
            version: receipt.version.clone(),
            attribution: format!("a{}", receipt.of + 1),
        };
        let own = all.positions.iter().filter(|position| Some(position.issue) == proposal.issue);
        let responses = own.flat_map(|position| {
            let position = self.position(position);
            position.parties.clone().into_iter().map(move |party| Response {
                party,
                stance: position.stance,
                detail: position.detail.clone(),
                attributions: position.attributions.clone(),
            })
        });
        Proposal {
            name: proposal.name.clone(),
            proposed_by: proposal.proposed_by.clone(),
            mentions: self.places(&proposal.mentions),
            versions: proposal.versions.iter().map(version).collect(),
            received: proposal.received.iter().map(receipt).collect(),
            responses: responses.collect(),
        }
    }

    fn hedge(&self, span: Span, of: HedgeOf) -> Hedge {
        let TextSpan { start, end, text } = self.place(span);
        Hedge { start, end, text, of }
    }

    fn standing(&self, stood: &Stood) -> Standing {
        let TextSpan { start, end, text } = self.place(stood.span);
        let by = stood.by.and_then(|by| self.actor(by));
        Standing {
            kind: stood.kind,
            by,
            start,
            end,
            text,
            scope: stood.scope.map(|scope| scope.of(self.text).to_owned()),
        }
    }

    fn own_voice(&self, span: Span, hedges: &[Span]) -> OwnVoice {
        let TextSpan { start, end, text } = self.place(span);
        OwnVoice {
            start,
            end,
            text,
            hedges: hedges.iter().map(|&hedge| self.hedge(hedge, HedgeOf::Content)).collect(),
        }
    }
}

/// Each wording once, at its first place.
fn distinct(writer: &Writer<'_>, spans: &[Span]) -> Vec<TextSpan> {
    let mut places: Vec<TextSpan> = Vec::new();
    for place in spans.iter().map(|&span| writer.place(span)) {
        if places.iter().all(|known| known.text != place.text) {
            places.push(place);
        }
    }
    places
}
