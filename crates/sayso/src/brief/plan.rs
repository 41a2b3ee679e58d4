//! What is told, in which order, under which headings?

use std::collections::{HashMap, HashSet};

use sayso_text::Span;

use super::BriefOptions;
use super::form::{Anchor, Brief, SCHEMA, Section, Sentence, SourceArticle, Writer};
use super::say::told;
use super::several::{differing, merged, stems};
use super::source::{Source, goes_on};
use super::stands::{Stood, is_bad, stands};
use super::who::{Named, Part, sentence};
use crate::record::{Act, Attribution, StandingKind};
use crate::word_list::is_in;

/// Sentences in which a lead is looked for.
const LEAD: usize = 4;
/// Words of a sentence in the outlet's own voice at least and at most.
const VOICE: std::ops::RangeInclusive<usize> = 6..=40;
/// The share of a brief that the outlet's own voice may have.
const VOICE_SHARE: usize = 4;
/// Statements that a heading needs.
const ENOUGH: usize = 2;
/// Headings for what is done with words.
const ACTS: [(&str, &[Act]); 2] = [
    (
        "Demands and promises",
        &[Act::Demand, Act::Urge, Act::Ask, Act::Promise, Act::Threaten, Act::Accept, Act::Reject],
    ),
    ("Warnings and criticism", &[Act::Warn, Act::Accuse, Act::Criticise, Act::ExpressConcern]),
];
/// Words that join a sentence to the one before it.
const JOINING: &str = "but and or so yet still however meanwhile moreover nevertheless nonetheless instead also then thus \
besides indeed";
/// Words with which a sentence points to the one before it.
const POINTING: &str =
    "it they he she this that these those both neither none such there here its their his her one another";

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
    span: Span,
    /// The speaker, the same in all articles; empty for the outlet itself.
    pub(super) speaker: String,
    /// The side that is spoken for.
    party: Option<String>,
    act: Act,
    /// What is said, to be compared.
    pub(super) content: String,
    /// In how many articles it is.
    pub(super) carriers: usize,
    score: f64,
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

/// Words by which the next sentence takes back what was told: "They were later released without charge."
const TAKING_BACK: &str = "released cleared acquitted dropped withdrawn withdrew retracted corrected reversed overturned \
exonerated apologised apologized dismissed";

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

/// The brief without some passages, and which passage each of its sentences tells.
pub(super) fn brief(
    all: &[Source<'_>],
    items: &[Item],
    options: &BriefOptions,
    without: &HashSet<Key>,
) -> (Brief, Vec<Key>) {
    let items: Vec<Item> = items.iter().filter(|item| !without.contains(&item.key)).cloned().collect();
    let differ = differing(all);
    let items = merged(items);
    let limit = options.length.sentences();
    let (lead, apart, rest) = chosen(all, items, &differ, without, limit);
    let mut writing = Writing { named: Named::default(), keys: Vec::new(), all, n_voice: 0 };
    let lead = writing.items(&lead, false);
    let mut sections = Vec::new();
    let mut section = |heading: &str, items: &[Item], with_outlet: bool| {
        let sentences = writing.items(items, with_outlet);
        if !sentences.is_empty() {
            sections.push(Section { heading: heading.to_owned(), sentences });
        }
    };
    section("Where the outlets differ", &apart, true);
    for (heading, items) in grouped(all, rest) {
        section(&heading, &items, false);
    }
    let first = &all.first().map(|source| source.article);
    let brief = Brief {
        schema: SCHEMA.to_owned(),
        title: first.and_then(|article| article.title.clone()).unwrap_or_else(|| "Brief".to_owned()),
        sources: all.iter().map(source_article).collect(),
        generated: options.date.clone(),
        lead,
        sections,
        notes: all.iter().flat_map(|source| source.record.notes.clone()).collect(),
    };
    (brief, writing.keys)
}

fn source_article(source: &Source<'_>) -> SourceArticle {
    let article = source.article;
    SourceArticle {
        input: source.record.article.input.clone(),
        outlet: article.outlet.clone(),
        wire: source.actor(source.record.article.wire.as_ref()).and_then(|actor| actor.name.clone()),
        title: article.title.clone(),
        url: article.url.clone(),
        published: article.published.clone(),
        text: article.text.clone(),
        sha256: source.record.article.sha256.clone(),
    }
}

/// All statements of an article that can be told, each with how it stands.
fn statements(source: &Source<'_>, article: usize) -> Vec<Item> {
    let mut all = Vec::new();
    let mut told_elsewhere: HashSet<String> = HashSet::new();
    for attribution in source.record.attributions.iter().filter(|a| a.parent.is_none()) {
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
        + flag(standings.iter().any(|stood| is_bad(stood.kind)), 1.5)
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
    for (place, s) in source.body().enumerate() {
        let span = source.doc.sentences[s].span;
        let words = source.say(span);
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
        && VOICE.contains(&words.split_whitespace().count())
        && !words.contains(['"', '“', '”', '(', ';', ':', '\n'])
        && !is_in(JOINING, first)
        && !is_in(POINTING, first)
        && !words
            .split_whitespace()
            .any(|word| is_in("I we our you your us my", word.trim_matches([',', '.'])))
        && !words.contains(" - ")
        && !words.contains('•')
        && words.starts_with(char::is_alphanumeric)
        // "MILLBROOK — The board".
        && !(words.chars().take(4).all(char::is_uppercase) && words.contains(['—', '–']))
        && !["both.", "too.", "either.", "also."].iter().any(|end| words.ends_with(end))
}

/// What each outlet says of one thing that they give other figures for: as its statement is told, or else its sentence,
/// quoted. All of them or none.
fn side_by_side(
    all: &[Source<'_>],
    others: &mut Vec<Item>,
    places: &[Key],
    without: &HashSet<Key>,
) -> Vec<Item> {
    let tells = |item: &Item, (article, at): Key| {
        item.anchors.iter().any(|anchor| anchor.article == article && anchor.start <= at && at < anchor.end)
    };
    let mut found = Vec::new();
    let mut taken = Vec::new();
    for &place in places {
        let told = others.iter().position(|item| tells(item, place));
        match told {
            Some(i) if !taken.contains(&i) => {
                taken.push(i);
                found.push(others[i].clone());
            }
            Some(_) => return Vec::new(),
            None => {
                let item = quoted(&all[place.0], place);
                match item.filter(|item| !without.contains(&item.key)) {
                    Some(item) => found.push(item),
                    None => return Vec::new(),
                }
            }
        }
    }
    taken.sort_unstable_by(|a, b| b.cmp(a));
    taken.into_iter().for_each(|i| {
        others.remove(i);
    });
    found
}

/// A sentence in the outlet's own words, in quotation marks.
fn quoted(source: &Source<'_>, (article, at): Key) -> Option<Item> {
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

/// The lead, what outlets give other figures for, and the rest, each in the order of the articles.
fn chosen(
    all: &[Source<'_>],
    items: Vec<Item>,
    differ: &[Vec<Key>],
    without: &HashSet<Key>,
    limit: usize,
) -> (Vec<Item>, Vec<Item>, Vec<Item>) {
    let (mut apart, mut others): (Vec<Item>, Vec<Item>) = (Vec::new(), items);
    for places in differ {
        apart.extend(side_by_side(all, &mut others, places, without));
    }
    let is_early = |item: &Item| {
        let source = &all[item.article];
        item.article == 0
            && source.body().take(LEAD).any(|s| source.doc.sentences[s].span.overlaps(item.span))
    };
    // The outlet's first sentence, and the first statement near it.
    let mut lead: Vec<Item> = Vec::new();
    for said in [false, true] {
        let first = others.iter().position(|item| is_early(item) && item.speaker.is_empty() != said);
        lead.extend(first.map(|i| others.remove(i)));
    }
    lead.sort_by_key(|item| item.span);
    let weight = |item: &Item| item.sentences.len();
    let mut left = limit.saturating_sub(lead.iter().chain(&apart).map(weight).sum());
    let mut order: Vec<usize> = (0..others.len()).collect();
    #[expect(clippy::cast_precision_loss, reason = "few articles")]
    let score = |i: &usize| others[*i].score + 0.8 * (others[*i].carriers - 1) as f64;
    order.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
    let n_said = others.iter().filter(|item| !item.speaker.is_empty()).count();
    let mut voices = limit.min(n_said + 2).saturating_div(VOICE_SHARE).max(1);
    let mut taken = Vec::new();
    for i in order {
        let is_voice = others[i].speaker.is_empty();
        if weight(&others[i]) <= left && (!is_voice || voices > 0) {
            left -= weight(&others[i]);
            voices -= usize::from(is_voice);
            taken.push(i);
        }
    }
    taken.sort_unstable();
    let rest = taken.into_iter().map(|i| others[i].clone()).collect();
    (lead, apart, rest)
}

/// Sections: by issue, by side, what else was said, what is in dispute, what isn't settled, and what the outlet tells.
fn grouped(all: &[Source<'_>], items: Vec<Item>) -> Vec<(String, Vec<Item>)> {
    let (voice, mut said): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|item| item.speaker.is_empty());
    let (contested, rest): (Vec<Item>, Vec<Item>) =
        said.into_iter().partition(|item| item.standings.iter().any(|kind| is_bad(*kind)));
    said = rest;
    let mut sections = Vec::new();
    for (heading, holds) in issues(all) {
        let (of_it, rest): (Vec<Item>, Vec<Item>) = said.iter().cloned().partition(|item| holds(item));
        let speakers: HashSet<&String> = of_it.iter().map(|item| &item.speaker).collect();
        if of_it.len() >= ENOUGH && speakers.len() >= ENOUGH {
            sections.push((heading, of_it));
            said = rest;
        }
    }
    let mut sides: Vec<String> = Vec::new();
    for party in said.iter().filter_map(|item| item.party.clone()) {
        if !sides.contains(&party) {
            sides.push(party);
        }
    }
    for side in sides {
        let (of_it, rest): (Vec<Item>, Vec<Item>) =
            said.iter().cloned().partition(|item| item.party.as_ref() == Some(&side));
        if of_it.len() >= ENOUGH {
            sections.push((side, of_it));
            said = rest;
        }
    }
    for (heading, acts) in ACTS {
        let (of_it, rest): (Vec<Item>, Vec<Item>) =
            said.iter().cloned().partition(|item| acts.contains(&item.act));
        if of_it.len() >= ENOUGH && rest.len() >= ENOUGH {
            sections.push((heading.to_owned(), of_it));
            said = rest;
        }
    }
    let other = if sections.is_empty() { "What was said" } else { "What else was said" };
    sections.push((other.to_owned(), said));
    sections.push(("Denied, disputed or unverified".to_owned(), contested));
    let (open, background): (Vec<Item>, Vec<Item>) = voice.into_iter().partition(is_open);
    sections.push(("Not settled".to_owned(), open));
    sections.push(("Background".to_owned(), background));
    sections
}

/// It tells what is still to come or isn't known.
fn is_open(item: &Item) -> bool {
    let lower = item.content.to_lowercase();
    [
        "is expected",
        "are expected",
        "is unclear",
        "remains unclear",
        "not known",
        "has yet",
        "have yet",
        "is due",
        "pending",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

type Holds<'a> = Box<dyn Fn(&Item) -> bool + 'a>;

/// The issues of all articles, with what tells whether a statement is on one.
fn issues<'a>(all: &'a [Source<'_>]) -> Vec<(String, Holds<'a>)> {
    let mut seen: HashMap<String, Vec<(usize, Span)>> = HashMap::new();
    let mut order = Vec::new();
    for (article, source) in all.iter().enumerate() {
        for issue in &source.record.issues {
            let name = issue.name.to_lowercase();
            if !seen.contains_key(&name) {
                order.push((name.clone(), issue.name.clone()));
            }
            let places = issue.mentions.iter().map(|m| (article, source.bytes_at(m.start, m.end)));
            seen.entry(name).or_default().extend(places);
        }
    }
    order
        .into_iter()
        .map(|(name, shown)| {
            let places = seen.remove(&name).unwrap_or_default();
            let holds = move |item: &Item| {
                places.iter().any(|(a, span)| *a == item.article && item.span.contains(*span))
            };
            (format!("On the {shown}"), Box::new(holds) as Holds<'a>)
        })
        .collect()
}

/// Nouns that point to something told before, where they have "the" before them and nothing behind that tells which.
const TOLD: &str = "document documents claim claims report reports allegation allegations accusation accusations charge charges \
offer transcript account figure plan proposal deal agreement decision ruling incident remark remarks comment comments \
statement letter email memo recording video picture photo post tweet survey poll order measure bill";
/// Words behind a noun that tell which it is.
const TELLING: &str =
    "of that which by in from to on for about against between with seen obtained published signed dated";

/// Sentences that point to something which no sentence before them tells, by number.
pub(super) fn dangling(brief: &Brief, keys: &[Key]) -> Vec<usize> {
    let mut before: HashSet<String> = stems(&brief.title).0;
    let mut all = Vec::new();
    for (i, sentence) in brief.sentences().enumerate() {
        let text: Vec<&str> = sentence
            .text
            .split('“')
            .enumerate()
            .filter_map(|(n, part)| if n == 0 { Some(part) } else { part.split('”').nth(1) })
            .collect();
        let text = text.join(" ");
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let points = words.windows(2).enumerate().any(|(at, pair)| {
            let noun = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
            let ends = pair[1].ends_with(|c: char| !c.is_alphanumeric());
            let told = words.get(at + 2).is_some_and(|next| is_in(TELLING, next)) && !ends;
            let known = stems(noun).0.iter().any(|stem| before.contains(stem));
            let is_new = !told && !known;
            // "Those nerves" are none that were told of.
            let those = is_in("those these", &pair[0]) && noun.len() > 3 && !noun.ends_with("ing");
            is_new && (those || is_in("the this that", &pair[0]) && is_in(TOLD, noun))
        });
        // How a claim stands is told right behind it.
        let follows = i > 0 && keys.get(i) == keys.get(i - 1);
        if points && !follows {
            all.push(i);
        }
        before.extend(stems(&sentence.text).0);
    }
    all
}

/// Sentences as they are written down, one after the other.
struct Writing<'a> {
    named: Named,
    keys: Vec<Key>,
    all: &'a [Source<'a>],
    n_voice: usize,
}

impl Writing<'_> {
    /// The sentences of a section.
    fn items(&mut self, items: &[Item], with_outlet: bool) -> Vec<Sentence> {
        let mut out = Vec::new();
        for (i, item) in items.iter().enumerate() {
            out.extend(self.item(item, items.get(i + 1), with_outlet));
        }
        out
    }

    /// An item's sentences; marked with the outlet where they are its own, or where outlets differ.
    fn item(&mut self, item: &Item, next: Option<&Item>, with_outlet: bool) -> Vec<Sentence> {
        let outlet = self.all[item.article].outlet();
        let n_said = item.sentences.len() - item.standings.len();
        let mut out = Vec::new();
        for (i, parts) in item.sentences.iter().enumerate() {
            let mut parts = parts.clone();
            // What is told of the next statement too is told behind that.
            if i >= n_said {
                let stood = item.anchors[1 + i - n_said].start;
                let is_told_next = next.is_some_and(|next| {
                    let mut standings = next.anchors.iter().skip(1).take(next.standings.len());
                    next.article == item.article && standings.any(|anchor| anchor.start == stood)
                });
                if is_told_next {
                    continue;
                }
            }
            if item.speaker.is_empty() && i == 0 {
                let is_quoted = matches!(parts.first(), Some(Part::Words(words)) if words.starts_with('“'));
                let lead = match self.n_voice % 2 {
                    _ if is_quoted => format!("{outlet} writes,"),
                    1 if !with_outlet => format!("{outlet} writes that"),
                    _ => format!("according to {outlet},"),
                };
                parts.insert(0, Part::Words(lead));
                self.n_voice += 1;
            } else if with_outlet && i == 0 {
                let is_according = matches!(parts.first(), Some(Part::Who(who)) if who.is_according());
                let lead = if is_according {
                    format!("{outlet} writes that,")
                } else {
                    format!("according to {outlet},")
                };
                parts.insert(0, Part::Words(lead));
            }
            let anchors = if i < n_said {
                // A statement's own passage and those of the other outlets that carry it.
                let standings = item.standings.len();
                let others = item.anchors.iter().skip(1 + standings);
                item.anchors.iter().take(1).chain(others).cloned().collect()
            } else {
                item.anchors.get(1 + i - n_said).cloned().into_iter().collect()
            };
            out.push(Sentence { text: sentence(&parts, &mut self.named), anchors, by: Writer::Sayso });
            self.keys.push(item.key);
        }
        out
    }
}
