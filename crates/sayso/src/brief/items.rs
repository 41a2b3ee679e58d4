//! What can be told of an article, each statement with how it stands, and what the outlet says itself?

use std::collections::HashSet;

use sayso_text::Span;

use super::english::{has_verb, is_heading};
use super::form::Anchor;
use super::say::told;
use super::source::{Source, goes_on};
use super::stands::{Stood, stands};
use super::who::Part;
use crate::record::{Act, Attribution, StandingKind};
use crate::word_list::is_in;

/// Words of a sentence in the outlet's own voice at least and at most.
const VOICE: std::ops::RangeInclusive<usize> = 6..=40;
/// Words of a headline at most.
const HEADLINE: usize = 16;
/// Paragraphs of a text from which on it has one.
const PARAGRAPHS: usize = 5;
/// How often somebody says "I" from where on it is no slip.
const OTHER_VOICES: usize = 2;
/// Words that join a sentence to the one before it.
const JOINING: &str = "but and or so yet still however meanwhile moreover nevertheless nonetheless instead also then thus \
besides indeed nor just furthermore additionally likewise similarly";
/// Words with which a sentence points to the one before it.
const POINTING: &str =
    "it they he she this that these those both neither none such there here its their his her one another";
/// Words by which the next sentence takes back what was told: "They were later released without charge."
const TAKING_BACK: &str = "released cleared acquitted dropped withdrawn withdrew retracted corrected reversed overturned \
exonerated apologised apologized dismissed";

/// Which passage a sentence tells: its article and first byte.
pub(super) type Key = (usize, usize);

/// Something that can be told.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) key: Key,
    pub(super) article: usize,
    /// The sentences, then those that tell how it stands.
    pub(super) sentences: Vec<Vec<Part>>,
    pub(super) standings: Vec<StandingKind>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) span: Span,
    /// The speaker, the same in all articles; empty for the outlet itself.
    pub(super) speaker: String,
    /// The side that is spoken for.
    pub(super) party: Option<String>,
    pub(super) act: Act,
    /// What is said, to be compared.
    pub(super) content: String,
    /// In how many articles it is.
    pub(super) carriers: usize,
    pub(super) score: f64,
}

impl Item {
    /// Something that the outlet says itself.
    fn voice(source: &Source<'_>, article: usize, span: Span, words: String, score: f64) -> Self {
        Self {
            key: (article, span.start),
            article,
            sentences: vec![vec![Part::Words(words)]],
            standings: Vec::new(),
            anchors: vec![source.anchor(article, span, None)],
            span,
            speaker: String::new(),
            party: None,
            act: Act::State,
            content: source.say(span).to_owned(),
            carriers: 1,
            score,
        }
    }
}

/// All that can be told of some articles, in their order.
pub(super) fn items(all: &[Source<'_>]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (article, source) in all.iter().enumerate() {
        let mut own = statements(source, article);
        own.extend(voice(source, article));
        own.retain(|item| !is_taken_back(source, item));
        own.sort_by_key(|item| item.span);
        items.extend(own);
    }
    items
}

/// What it tells is taken back in the next sentence of its paragraph, which isn't told with it.
fn is_taken_back(source: &Source<'_>, item: &Item) -> bool {
    let s = source.sentence_at(item.span.end.saturating_sub(1));
    let mut paragraphs = source.doc.paragraphs.iter();
    let goes_on = paragraphs.any(|p| p.sentences.contains(&s) && p.sentences.contains(&(s + 1)));
    let Some(next) = source.doc.sentences.get(s + 1).filter(|_| goes_on) else { return false };
    let words = source.say(next.span).split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let opens =
        words.first().is_some_and(|word| is_in(POINTING, word) || is_in("but however later charges", word));
    opens && words.iter().any(|word| is_in(TAKING_BACK, word))
}

/// All statements of an article that can be told, each with how it stands.
fn statements(source: &Source<'_>, article: usize) -> Vec<Item> {
    let mut all = Vec::new();
    let mut told_elsewhere: HashSet<String> = HashSet::new();
    let head = headline(source);
    let body = |a: &&Attribution| a.parent.is_none() && source.extent(a).end > head;
    for attribution in source.record.attributions.iter().filter(body) {
        let one = told(source, article, attribution).zip(stands(source, article, attribution));
        let Some((told, standings)) = one else { continue };
        told_elsewhere.extend(standings.iter().filter_map(|stood| stood.attribution.clone()));
        let mut item = Item {
            key: (article, told.span.start),
            article,
            sentences: told.sentences,
            standings: Vec::new(),
            anchors: vec![source.anchor(article, told.span, told.loaded_cue)],
            span: told.span,
            speaker: told.who.key.clone(),
            party: party(source, attribution),
            act: attribution.act,
            content: attribution.content.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "),
            carriers: 1,
            score: salience(source, attribution, &standings),
        };
        for stood in standings {
            item.sentences.push(stood.parts);
            item.standings.push(stood.kind);
            item.anchors.push(source.anchor(article, stood.span, None));
        }
        all.push((attribution.id.clone(), item));
    }
    all.into_iter().filter(|(id, _)| !told_elsewhere.contains(id)).map(|(_, item)| item).collect()
}

/// The side that a statement is of.
fn party(source: &Source<'_>, attribution: &Attribution) -> Option<String> {
    let actor = source.actor(attribution.actor.as_ref())?;
    actor.parties.first().cloned()
}

/// How much a statement matters: where it stands, whose it is, whether it is in dispute.
fn salience(source: &Source<'_>, attribution: &Attribution, standings: &[Stood]) -> f64 {
    let actor = source.actor(attribution.actor.as_ref());
    let is_named = actor.is_some_and(|actor| actor.name.is_some());
    let mentions = actor.map_or(0, |actor| actor.mentions.len().min(8));
    let holds = source.record.positions.iter().any(|p| p.attributions.contains(&attribution.id));
    let figure = source.record.figures.iter().any(|f| f.attributed_to.as_ref() == Some(&attribution.id));
    let words: usize = attribution.content.iter().map(|part| part.text.split_whitespace().count()).sum();
    let flag = |is: bool, much: f64| if is { much } else { 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let (early, known) = (
        3.0 / (1.0 + source.sentence_at(source.extent(attribution).start) as f64 / 5.0),
        mentions as f64 / 8.0,
    );
    early
        + known
        + flag(is_named, 1.0)
        + flag(holds, 1.0)
        + flag(figure, 0.5)
        + flag(standings.iter().any(|stood| stood.kind.is_contested()), 1.5)
        + flag(attribution.confidence >= 0.8, 0.5)
        - flag(words > 40, 1.0)
        - flag(words < 6, 0.7)
}

/// Sentences that the outlet states itself and that stand alone.
fn voice(source: &Source<'_>, article: usize) -> Vec<Item> {
    let taken: Vec<Span> = source
        .record
        .attributions
        .iter()
        .filter(|a| a.source.is_some())
        .map(|a| source.extent(a))
        .chain(standings(source))
        .collect();
    let own: Vec<Span> =
        source.record.own_voice.iter().map(|own| source.bytes_at(own.start, own.end)).collect();
    let is_own = |span: Span| {
        let open = source.record.attributions.iter().filter(|a| a.source.is_none()).map(|a| source.extent(a));
        own.iter().copied().chain(open).any(|own| 10 * overlap(own, span) >= 8 * span.len())
    };
    let mut all = Vec::new();
    if has_other_voices(source) {
        return all;
    }
    let head = headline(source);
    for (place, s) in source.body().enumerate() {
        let span = source.doc.sentences[s].span;
        let words = source.say(span);
        if span.end <= head {
            continue;
        }
        if taken.iter().any(|other| other.overlaps(span)) || !is_own(span) || !stands_alone(source, span) {
            continue;
        }
        let Some(text) = source.words(span, None) else { continue };
        let figure = source.record.figures.iter().any(|f| span.contains(source.bytes_at(f.start, f.end)));
        let name = words.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        let bonus = |is: bool| if is { 0.5 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let score = 2.5 / (1.0 + place as f64 / 3.0) + bonus(figure) + bonus(name);
        all.extend(
            in_voice(source, &text, span).map(|words| Item::voice(source, article, span, words, score)),
        );
    }
    all
}

/// Where a headline ends that nobody called one: the first lines of a longer text without a title, if they are few words,
/// all with capitals or without an article among them.
fn headline(source: &Source<'_>) -> usize {
    let text = &source.doc.text;
    let end = text.find("\n\n").filter(|_| source.article.title.is_none()).unwrap_or(0);
    let words = || text[..end].split_whitespace();
    let is_short = words().count() <= HEADLINE;
    let has_article = words().any(|word| is_in("the a an", &word.to_lowercase()));
    let is_head = is_heading(&text[..end]) || !has_article;
    if is_short && is_head && source.doc.paragraphs.len() >= PARAGRAPHS { end } else { 0 }
}

/// Somebody speaks of himself outside of quotation marks, or paragraphs are labelled with who speaks: letters of readers, a
/// column, a transcript. What is stated there isn't the outlet's.
fn has_other_voices(source: &Source<'_>) -> bool {
    let own = |token: &&sayso_text::Token| {
        is_in("I I'm I’m I've I’ve my My", source.say(token.span)) && !source.is_quoted(token.span)
    };
    source.doc.tokens.iter().filter(own).count() >= OTHER_VOICES
}

/// Where it is told how claims stand, which is told with them.
fn standings<'s>(source: &'s Source<'_>) -> impl Iterator<Item = Span> + 's {
    let bound = source.record.attributions.iter().flat_map(|a| &a.status);
    bound.chain(&source.record.unbound).map(|standing| source.bytes_at(standing.start, standing.end))
}

fn overlap(a: Span, b: Span) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The sentence so that it can follow other words; in quotation marks, as the outlet's own words, where it isn't sure that
/// its first word is no name.
fn in_voice(source: &Source<'_>, text: &str, span: Span) -> Option<String> {
    let small = source.small_first(text, span.start);
    let is_name = source.begins_name(span.start);
    if goes_on(&small) || is_name {
        return Some(small);
    }
    // In quotation marks nothing is replaced.
    let is_whole = source.say(span).split_whitespace().eq(text.split_whitespace());
    is_whole.then(|| format!("“{text}”"))
}

/// A statement of its own: no question, nothing quoted, no word that leans on the sentence before it.
fn stands_alone(source: &Source<'_>, span: Span) -> bool {
    let words = source.say(span);
    let first = words.split_whitespace().next().unwrap_or_default().trim_end_matches(',').to_lowercase();
    let first = first.split(['’', '\'']).next().unwrap_or_default();
    words.ends_with('.')
        && has_verb(words)
        && VOICE.contains(&words.split_whitespace().count())
        && !words.contains(['"', '“', '”', '(', ';', ':', '\n'])
        && !opens_quoted(source, span)
        && !is_in(JOINING, first)
        && !is_in(POINTING, first)
        && !is_in("what how why whose", first)
        && !words
            .split_whitespace()
            .any(|word| is_in("I we our you your us my", word.trim_matches([',', '.'])))
        && !words.contains(" - ")
        && !words.contains('•')
        && words.starts_with(char::is_alphanumeric)
        // "MILLBROOK — The board".
        && !(words.chars().take(4).all(char::is_uppercase) && words.contains(['—', '–']))
        && !["both.", "too.", "either.", "also.", "however.", "though.", "instead."].iter().any(|end| words.ends_with(end))
}

/// Its paragraph begins with a quotation mark: a turn or a letter whose end isn't marked, and nothing of the outlet's.
fn opens_quoted(source: &Source<'_>, span: Span) -> bool {
    let paragraph = source.doc.paragraphs.iter().find(|p| p.span.contains(span));
    paragraph.is_some_and(|p| source.say(p.span).starts_with(['“', '"', '‘']))
}

/// A sentence in the outlet's own words, in quotation marks.
pub(super) fn quoted(source: &Source<'_>, (article, at): Key) -> Option<Item> {
    let byte = source.bytes_at(at, at + 1).start;
    let span = source.doc.sentences.get(source.sentence_at(byte))?.span;
    let words = source.say(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace('“', "‘").replace('”', "’");
    if words.contains('"') || words.split_whitespace().count() > *VOICE.end() {
        return None;
    }
    let mut item = Item::voice(source, article, span, format!("“{words}”"), 0.0);
    // How a claim in it stands is told with it, too.
    let within = |a: &&Attribution| a.parent.is_none() && source.extent(a).overlaps(span);
    for attribution in source.record.attributions.iter().filter(within) {
        for stood in
            stands(source, article, attribution)?.into_iter().filter(|stood| !span.contains(stood.span))
        {
            item.sentences.push(stood.parts);
            item.standings.push(stood.kind);
            item.anchors.push(source.anchor(article, stood.span, None));
        }
    }
    Some(item)
}
