//! What is told, in which order, under which headings?

use std::collections::{HashMap, HashSet};

use sayso_text::Span;

use super::BriefOptions;
use super::form::{Brief, SCHEMA, Section, SourceArticle};
use super::items::{Item, Key, quoted};
use super::several::{differing, merged};
use super::source::Source;
use super::who::Named;
use super::writing::Writing;
use crate::record::Act;
use crate::word_list::is_in;

/// Sentences in which a lead is looked for.
const LEAD: usize = 4;
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
    let title =
        all.first().and_then(|source| source.article.title.clone()).unwrap_or_else(|| "Brief".to_owned());
    let (lead, apart, rest) = chosen(all, items, &differ, without, limit);
    let mut writing =
        Writing { named: Named::default(), keys: Vec::new(), all, n_voice: 0, told: title.clone() };
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
    let brief = Brief {
        schema: SCHEMA.to_owned(),
        title,
        sources: all.iter().map(source_article).collect(),
        generated: options.date.clone(),
        lead,
        sections,
        notes: all.iter().flat_map(|source| source.record.notes.clone()).chain(strangers(all)).collect(),
    };
    (brief, writing.keys)
}

/// A note for each article that names nobody whom another does: it may be on another story.
fn strangers(all: &[Source<'_>]) -> Vec<String> {
    let names = |source: &Source<'_>| -> HashSet<String> {
        let named = source.record.actors.iter().filter_map(|actor| actor.name.as_ref());
        // By its last word: "Putin", "Vladimir Putin".
        named.filter_map(|name| name.split_whitespace().next_back()).map(str::to_lowercase).collect()
    };
    let names: Vec<HashSet<String>> = all.iter().map(names).collect();
    let is_stranger = |&i: &usize| {
        all.len() > 1 && names.iter().enumerate().all(|(j, other)| i == j || other.is_disjoint(&names[i]))
    };
    (0..all.len())
        .filter(is_stranger)
        .map(|i| {
            let title = all[i].article.title.clone().unwrap_or_else(|| format!("article {}", i + 1));
            format!("“{title}” names nobody whom another article names: is it on the same story?")
        })
        .collect()
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
        said.into_iter().partition(|item| item.standings.iter().any(|kind| kind.is_contested()));
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
            // "On the ceasefire", but "on climate change".
            let is_the = places.iter().any(|&(article, span)| {
                let text = &all[article].doc.text;
                let before = text[..span.start].split_whitespace().next_back();
                let first = text[span.start..span.end].split_whitespace().next();
                let is_article =
                    |word: &str| is_in("the a an this that its his her their our", &word.to_lowercase());
                before.is_some_and(is_article) || first.is_some_and(is_article)
            });
            let the = if is_the { "the " } else { "" };
            let holds = move |item: &Item| {
                places.iter().any(|(a, span)| *a == item.article && item.span.contains(*span))
            };
            (format!("On {the}{shown}"), Box::new(holds) as Holds<'a>)
        })
        .collect()
}
