//! What is a speaker called, when he comes first and afterwards?

use std::collections::HashSet;

use sayso_text::Span;

use super::english::{are_of_before, is_cut, is_list, is_of_several};
use super::source::{NO_NOUN, Source};
use super::writing::MISTERS;
use crate::record::{Actor, ActorKind, Attribution, MentionKind};
use crate::word_list::is_in;

/// Words of a speaker's first mention at most.
const LONGEST: usize = 18;
/// Words that stand for somebody who isn't told in them.
const POINTING: &str = "he she they it him her them his hers their theirs its i we us you me my our your who which this that these \
those both one another others";

/// A speaker as a sentence names him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    /// The same for one speaker in all articles.
    pub(super) key: String,
    /// With what he is, when he comes first.
    first: String,
    /// By his name alone.
    later: String,
    is_person: bool,
}

/// Who was named already.
#[derive(Debug, Default)]
pub(super) struct Named {
    keys: HashSet<String>,
    surnames: HashSet<String>,
}

impl Who {
    /// As the beginning of "according to him, …".
    pub(super) fn according(self) -> Self {
        let of = |words: &str| format!("according to {},", trimmed(words));
        Self { first: of(&self.first), later: of(&self.later), ..self }
    }

    /// An aside in it has one dash and lacks the other.
    pub(super) fn lacks_a_dash(&self) -> bool {
        self.first.matches(['–', '—']).count() % 2 == 1
    }

    pub(super) fn is_according(&self) -> bool {
        self.later.starts_with("according to ")
    }

    pub(super) fn is_person(&self) -> bool {
        self.is_person
    }

    /// Called by a single name that isn't one of several, as "Democrats" is.
    pub(super) fn is_one_name(&self) -> bool {
        let is_name = |words: &str| words.starts_with(char::is_uppercase) && !words.contains(' ');
        is_name(&self.later) && is_name(&self.first) && !self.later.ends_with('s')
    }

    /// A name among the words that he may be called by.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.first.contains(words) && self.later.contains(words)
    }

    /// A word of a list stands in what he is called.
    pub(super) fn is_of(&self, list: &'static str) -> bool {
        let mut words = self.first.split(|c: char| !c.is_alphanumeric());
        words.any(|word| is_in(list, &word.to_lowercase()))
    }
}

impl Named {
    /// What he is called now.
    pub(super) fn call(&mut self, who: &Who) -> String {
        if self.keys.insert(who.key.clone()) {
            // Of two Cranes each keeps the given name.
            if who.is_person && !self.surnames.insert(who.later.clone()) {
                self.surnames.insert(format!("{} twice", who.later));
            }
            return who.first.clone();
        }
        let twice = who.is_person && self.surnames.contains(&format!("{} twice", who.later));
        if twice { who.first.clone() } else { who.later.clone() }
    }
}

/// The speaker of a statement; `None` where the text doesn't surely say who it is.
pub(super) fn who(source: &Source<'_>, article: usize, attribution: &Attribution) -> Option<Who> {
    let span = source.bytes(attribution.source.as_ref()?);
    let actor = source.actor(attribution.actor.as_ref());
    if is_of_several(source.say(span)) {
        return None;
    }
    // "In Bridgeport, with friends, where they planned it": a place plans nothing.
    if actor.is_some_and(|actor| actor.kind != ActorKind::Person && is_place(source, actor))
        && is_in(POINTING, &source.say(span).to_lowercase())
    {
        return None;
    }
    let Some((actor, name)) = actor.and_then(|actor| actor.name.as_ref().map(|name| (actor, name))) else {
        return unnamed(source, article, actor, span);
    };
    if source.is_named_by_headline(name) {
        return None;
    }
    match actor.kind {
        ActorKind::Person if is_sure(source, actor, name, span) => Some(person(source, actor, name)),
        ActorKind::Person => None,
        ActorKind::Role | ActorKind::Unnamed => unnamed(source, article, Some(actor), span),
        ActorKind::Document | ActorKind::Group if points(source.say(span)) => None,
        // "A Gazette survey", of which "Gazette survey" is no name.
        ActorKind::Document if let Some(span) = with_article(source, name, span) => {
            unnamed(source, article, Some(actor), span)
        }
        _ => body(source, actor, name, span),
    }
}

/// A noun's words with the "a" before them.
fn with_article(source: &Source<'_>, name: &str, span: Span) -> Option<Span> {
    let words = source.say(span);
    let is_noun = name.split_whitespace().next_back()?.starts_with(char::is_lowercase);
    let is_before = |article: &str| {
        let before = source.doc.text[..span.start].strip_suffix(' ');
        let word = before.and_then(|before| before.rsplit(char::is_whitespace).next());
        word.is_some_and(|word| word.eq_ignore_ascii_case(article.trim_end()))
    };
    let mut articles =
        ["a ", "an "].iter().filter(|article| is_before(article) || words.starts_with(**article));
    let article = articles.next().filter(|_| is_noun)?;
    let start = if words.starts_with(article) { span.start } else { span.start - article.len() };
    Some(Span::new(start, span.end))
}

/// Sentences back to where somebody whom a pronoun means must be named.
const BACK: usize = 3;

/// The text names him there, or right before and nobody else since; a surname that two bear is neither's.
fn is_sure(source: &Source<'_>, actor: &Actor, name: &str, span: Span) -> bool {
    let words = source.say(span);
    let is_part =
        |word: &str| name.split_whitespace().any(|part| part.trim_matches('.') == word.trim_matches('.'));
    if points(words) && words.split_whitespace().count() <= 2 {
        return is_meant(source, actor, name, span);
    }
    let is_full =
        name.split_whitespace().filter(|part| words.contains(part)).count() > 1 || !name.contains(' ');
    // Behind his full name it is his, until another who bears it is named.
    let is_told = source.doc.text[..span.start].contains(name);
    let until = if is_told { span.end } else { source.doc.text.len() };
    is_full || !source.has_other_until(until, surname(name), is_part)
}

/// A pronoun surely means somebody: he was named in the last sentences, outside of quotations, nobody else has been since,
/// and nobody has his surname.
pub(super) fn is_meant(source: &Source<'_>, actor: &Actor, name: &str, pronoun: Span) -> bool {
    let is_part =
        |word: &str| name.split_whitespace().any(|part| part.trim_matches('.') == word.trim_matches('.'));
    let mentions = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name);
    let named = mentions.map(|m| source.bytes_at(m.start, m.end));
    let named = named.filter(|named| named.end <= pronoun.start && !source.is_quoted(*named));
    let Some(last) = named.max_by_key(|named| named.end) else { return false };
    // "Brell accused Lund of it, though he has been one since": of two, nobody can be sure.
    if source.has_another(name, last.end, pronoun) {
        return false;
    }
    let is_near = source.sentence_at(pronoun.start) - source.sentence_at(last.start) <= BACK;
    is_near
        && !source.names_between(last.end, pronoun.start, is_part)
        && !source.has_other(surname(name), is_part)
}

/// Letters behind a name that are none of it.
const BEHIND: &str = "KC QC MP MEP PhD MD Jr Sr II III IV MBE OBE CBE Esq RN";

/// The last word of a name that is a name.
pub(super) fn surname(name: &str) -> &str {
    let mut words = name.split_whitespace().rev();
    words.find(|word| !is_in(BEHIND, word.trim_matches(['.', ',']))).unwrap_or(name)
}

fn points(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| is_in(POINTING, &word.to_lowercase()))
}

/// "A doctor at the district hospital".
fn unnamed(source: &Source<'_>, article: usize, actor: Option<&Actor>, span: Span) -> Option<Who> {
    let words = source.words(span, None)?;
    let words = trimmed(&words);
    let count = words.split_whitespace().count();
    if points(words)
        || are_of_before(words)
        || count == 0
        || count > LONGEST
        || is_of_headline(words)
        || words.contains(['"', '“', '”'])
        // An aside whose end isn't its own.
        || words.contains(" - ")
        || words.to_lowercase().starts_with("like ")
    {
        return None;
    }
    let first = as_second(source, &closed(&source.small_first(words, span.start)), span)?;
    let id = actor.map_or_else(|| format!("{span:?}"), |actor| actor.id.clone());
    Some(Who { key: format!("{article} {id}"), later: first.clone(), first, is_person: false })
}

/// Nouns of many or of no number, without an ending that says so.
const OF_MANY: &str = "police people men women children staff data media research evidence testimony footage information analysis";
/// Words behind which a noun's own words begin.
const BEHIND_NOUN: &str = "of for at in on from with within close who that which near inside among";

/// "Bloc aims to rely less", "Member of the panel says": a headline's noun, without the article that one person or thing
/// has.
fn is_of_headline(words: &str) -> bool {
    let all: Vec<&str> = words.split_whitespace().collect();
    let n_head = all.iter().position(|word| is_in(BEHIND_NOUN, word)).unwrap_or(all.len());
    let [one] = all[..n_head] else { return false };
    let is_name = all.len() > 1 && one.chars().skip(1).any(char::is_uppercase);
    !is_name && !one.ends_with('s') && !one.contains(',') && !is_in(OF_MANY, &one.to_lowercase())
}

/// "The source", where "another source" was told of before: that one, where it was the last, and else nobody can be sure
/// which of the two it is.
fn as_second(source: &Source<'_>, words: &str, span: Span) -> Option<String> {
    let lower = words.to_lowercase();
    let Some(noun) = lower.strip_prefix("the ").filter(|noun| !noun.contains(' ')) else {
        return Some(words.to_owned());
    };
    let before = source.doc.text[..span.start].to_lowercase();
    let others = ["another", "a second", "a third", "a different"];
    if !others.iter().any(|other| before.contains(&format!("{other} {noun}"))) {
        return Some(words.to_owned());
    }
    let last = before.rfind(&format!(" {noun}"))?;
    before[..last].ends_with("another").then(|| format!("another {noun}"))
}

/// Words that stand before a place.
const BEFORE_PLACES: &str = "in at near outside inside around throughout across";

/// The text names it only as where something is.
fn is_place(source: &Source<'_>, actor: &Actor) -> bool {
    let names = actor.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let mut names = names.map(|mention| source.bytes_at(mention.start, mention.end).start).peekable();
    names.peek().is_some()
        && names.all(|at| {
            let before = source.doc.text[..at].split_whitespace().next_back().unwrap_or_default();
            is_in(BEFORE_PLACES, &before.to_lowercase())
        })
}

fn trimmed(words: &str) -> &str {
    words.trim().trim_end_matches([',', ';', ':', '—', '–']).trim()
}

/// With a comma at its end, where one opened an apposition.
fn closed(words: &str) -> String {
    let words = trimmed(words);
    if words.contains(", ") && !is_list(words) { format!("{words},") } else { words.to_owned() }
}

/// "`PRESSNorvale` Gov. Ada Quist": what a page wrote below a picture.
fn runs_together(words: &str) -> bool {
    words.split(' ').any(|word| {
        let n_large = word.chars().filter(|c| c.is_uppercase()).count();
        n_large > 3 && word.contains(char::is_lowercase) && !word.contains(['-', '’', '\''])
    })
}

/// The phrases of the text for an actor that can stand alone, longest first.
fn phrases(source: &Source<'_>, actor: &Actor, holds: impl Fn(&str) -> bool) -> Vec<(Span, String)> {
    let sources = source.record.attributions.iter().filter(|a| a.actor.as_ref() == Some(&actor.id));
    let sources = sources.filter_map(|a| a.source.as_ref()).map(|span| source.bytes(span));
    let mentions = actor.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let mentions = mentions.map(|mention| source.bytes_at(mention.start, mention.end));
    let mut all: Vec<(Span, String)> = sources
        .chain(mentions)
        .map(|span| {
            (span, trimmed(&source.say(span).split_whitespace().collect::<Vec<_>>().join(" ")).to_owned())
        })
        .filter(|(_, words)| {
            let count = words.split_whitespace().count();
            count <= LONGEST
                && holds(words)
                && !points_outside(words)
                && !words.contains(" whose ")
                && !is_cut(words)
                && !is_of_several(words)
                // "Ada Quist, like her rival," belongs to one verb of several.
                && ![", like ", ", unlike "].iter().any(|aside| words.contains(aside))
                // "Some members, including Ada Quist": others too.
                && !words.contains(" including ")
                && !words.starts_with("including ")
                && !words.contains(" rival ")
                && !words.to_lowercase().starts_with("the other")
                && !runs_together(words)
                // "Rival Ada Quist": whose?
                && !["rival ", "fellow ", "like "].iter().any(|of| words.to_lowercase().starts_with(of))
                // "Revelations about the minister".
                && !words.contains(" about ")
                && !words.contains(['"', '“', '”', '(', ';', ':'])
                && !words.contains(" - ")
                && !words.ends_with("’s")
                && !words.ends_with("'s")
        })
        .collect();
    all.sort_by_key(|(span, words)| (std::cmp::Reverse(words.split_whitespace().count()), *span));
    all
}

/// A pronoun in it means something else than what stands before it: "its director" does, "who studies" doesn't.
fn points_outside(words: &str) -> bool {
    let mut relative = false;
    let all: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    all.iter().enumerate().any(|(i, word)| {
        let lower = word.to_lowercase();
        let object = lower == "her" && all.get(i + 1).is_none_or(|next| is_in(NO_NOUN, &next.to_lowercase()));
        let opens = i > 0 && is_in("who which that", &lower);
        // "A schoolteacher who climbed to her roof".
        let is_own = relative && !object && is_in("his her their its", &lower);
        relative |= opens;
        is_in(POINTING, &lower) && !opens && !is_own
    })
}

/// What stands behind a name between commas: "Petra Lindqvern, who studies river treaties", "Bram Outerby, 58, who has
/// sold fish".
fn apposed(source: &Source<'_>, span: Span) -> Option<String> {
    let mut rest = source.doc.text[span.end..].strip_prefix(", ")?;
    let mut age = "";
    if let Some((digits, after)) = rest.split_once(", ")
        && digits.len() <= 3
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        age = digits;
        rest = after;
    }
    let end = rest.find([',', '.', ';', ':', '—', '–', '”', '"', '\n', '(']).unwrap_or(rest.len());
    let words = rest[..end].split_whitespace().collect::<Vec<_>>();
    let first = words.first()?;
    let describes = is_in("a an the who", first)
        || words.iter().take(3).any(|word| word.ends_with("’s") || word.ends_with("'s"));
    let points = points_outside(&format!("- {}", words.join(" ")));
    let at = source.doc.text.len() - rest.len();
    let place = Span::new(at, at + end);
    let mut contents = source.record.attributions.iter().flat_map(|a| &a.content);
    // "According to NAME, the level was lowered".
    if contents.any(|part| source.bytes(part).overlaps(place)) {
        return None;
    }
    let is_closed = rest[end..].starts_with([',', '.']) && !rest[end..].starts_with(", and ");
    let joined = words.join(" ");
    // "For Brell, the answer is no".
    let is_sentence = [" is ", " are ", " was ", " were "].iter().any(|verb| joined.contains(verb))
        && ![" who ", " which ", " that ", " where "].iter().any(|word| format!(" {joined}").contains(word));
    let turns = [" and whose ", " and who ", " and which "].iter().any(|turn| joined.contains(turn));
    if !describes
        || joined.contains(['“', '”', '"'])
        || points
        || turns
        || is_sentence
        || is_cut(&joined)
        || !is_closed
        || words.len() < 2
        || words.len() > LONGEST
    {
        return None;
    }
    let age = if age.is_empty() { String::new() } else { format!("{age}, ") };
    Some(format!("{}, {age}{},", source.say(span), words.join(" ")))
}

/// "Former Pennsylvania" before "Gov. Ada Quist": an office that is held no more.
fn held_before(source: &Source<'_>, at: usize) -> Option<String> {
    let sentence = source.doc.sentences[source.sentence_at(at)].span;
    let before = source.doc.text[sentence.start..at.max(sentence.start)].split_whitespace().rev().take(3);
    let before: Vec<&str> = before.collect();
    let former = before.iter().position(|word| is_in("Former former ex", word))?;
    let rest = &before[..former];
    let is_place = rest.iter().all(|word| {
        word.starts_with(char::is_uppercase) && word.ends_with(|c: char| c.is_alphanumeric() || c == '.')
    });
    let words: Vec<&str> = ["former"].into_iter().chain(rest.iter().rev().copied()).collect();
    is_place.then(|| format!("{} ", words.join(" ")))
}

fn person(source: &Source<'_>, actor: &Actor, name: &str) -> Who {
    // Without a given name the title tells her from him.
    let honorific = actor.titles.iter().map(|title| title.text.trim()).find(|title| is_in(MISTERS, title));
    if let Some(title) = honorific.filter(|_| !name.contains(' ')) {
        let called = format!("{title} {name}");
        return Who { key: called.clone(), first: called.clone(), later: called, is_person: true };
    }
    // "Mr. Guajardo Villarreal": both are the surname.
    let is_called_so = |mention: &&crate::record::Mention| {
        mention.text.strip_suffix(name).is_some_and(|title| is_in(MISTERS, title.trim()))
    };
    let surname =
        if actor.mentions.iter().any(|mention| is_called_so(&mention)) { name } else { surname(name) };
    // "Zero Hedge" isn't "Hedge": a name is cut where the article cuts it, or begins as people's do.
    let is_cut_there = |mention: &crate::record::Mention| {
        mention.kind == MentionKind::Name && mention.text.ends_with(surname) && !mention.text.contains(name)
    };
    let is_given = name.split(' ').next().is_some_and(|given| source.rules.given_name(given).is_some());
    let may_cut = is_given || actor.mentions.iter().any(is_cut_there);
    let surname = if may_cut { surname } else { name }.to_owned();
    let full = phrases(source, actor, |words| words.contains(name))
        .into_iter()
        .find(|(span, words)| words.starts_with(name) || !was_once(source, span.start))
        .filter(|(_, words)| words != name);
    let names = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name && m.text.contains(name));
    let mut beside = names.filter_map(|m| apposed(source, source.bytes_at(m.start, m.end)));
    let first = match full.or_else(|| beside.next().map(|words| (Span::new(0, 0), words))) {
        Some((span, words)) => {
            let is_title = !words.starts_with(name) && words.starts_with(char::is_uppercase);
            let body = body_before(source, span.start).filter(|_| is_title).map(str::to_owned);
            let held = body.or_else(|| held_before(source, span.start)).unwrap_or_default();
            // One person is no list: "Ada Quist, law and history professor,".
            let words = source.small_first(&words, span.start);
            let comma = if words.contains(", ") && !words.ends_with(',') { "," } else { "" };
            format!("{held}{words}{comma}")
        }
        _ => match actor
            .titles
            .iter()
            .filter(|title| !was_once(source, source.bytes_at(title.start, title.end).start))
            .map(|title| title.text.as_str())
            .find(|title| !is_of_several(title))
        {
            // "Foreign Minister Davan Orlec".
            Some(title)
                if title.starts_with(char::is_uppercase)
                    && !points(title)
                    && !runs_together(title)
                    && !is_in("Mr Mr. Mrs Mrs. Ms Ms. Miss Sir", title) =>
            {
                format!("{title} {name}")
            }
            _ => name.to_owned(),
        },
    };
    Who { key: name.to_owned(), first, later: surname, is_person: true }
}

/// What it begins with is the last of several that somebody was: "former prosecutor and New York City Mayor Brell".
fn was_once(source: &Source<'_>, at: usize) -> bool {
    let sentence = source.doc.sentences[source.sentence_at(at)].span;
    let before = &source.doc.text[sentence.start..at];
    let near = before.rsplit([',', ';', ':', '“', '"']).next().unwrap_or_default();
    near.split_whitespace().rev().take(6).any(|word| word.eq_ignore_ascii_case("former"))
        && held_before(source, at).is_none()
}

/// "FBI ", before a title that is that of a body.
fn body_before<'a>(source: &'a Source<'_>, at: usize) -> Option<&'a str> {
    let before = source.doc.text[..at].strip_suffix(' ')?;
    let word = before.rsplit(char::is_whitespace).next()?;
    (word.len() > 1 && word.chars().all(char::is_uppercase))
        .then(|| &source.doc.text[at - word.len() - 1..at])
}

fn body(source: &Source<'_>, actor: &Actor, name: &str, span: Span) -> Option<Who> {
    if source.is_of_another(actor, span) {
        return None;
    }
    let plain = name.strip_prefix("The ").or(name.strip_prefix("the ")).unwrap_or(name);
    let with_article = actor.mentions.iter().any(|m| m.text.to_lowercase() == format!("the {}", name.to_lowercase()))
            // "The company" has its own.
            || source.say(span).to_lowercase().starts_with("the ") && source.say(span).contains(plain)
            || has_article(source, plain);
    let is_owned = plain.contains("’s ") || plain.contains("'s ") || plain.ends_with("’s");
    let later = if with_article && !is_owned { format!("the {plain}") } else { name.to_owned() };
    let own = source.say(span);
    // "Republicans who came of age in war" are some of them.
    let is_some = |words: &str| [" who ", " that "].iter().any(|of| words.contains(of)) && words != own;
    let longest = phrases(source, actor, |words| words.to_lowercase().contains(&plain.to_lowercase()))
        .into_iter()
        .find(|(_, words)| actor.kind != ActorKind::Group || !is_some(words));
    let first = match longest {
        Some((_, words)) if words == plain => closed(&later),
        Some((span, words)) => closed(&source.small_first(&words, span.start)),
        None => later.clone(),
    };
    // A document or a group without a name is what the text calls it there.
    (!points_outside(&first)).then(|| Who { key: name.to_owned(), first, later, is_person: false })
}

/// The text mostly writes the name with "the" before it, where it stands by itself: not "the Kestria team".
fn has_article(source: &Source<'_>, name: &str) -> bool {
    let text = &source.doc.text;
    let alone = text.match_indices(name).filter(|(at, _)| {
        let rest = text[at + name.len()..].trim_start_matches(' ');
        !rest.starts_with(char::is_uppercase)
    });
    if is_in(
        "Kingdom States Nations Union Netherlands Philippines Bahamas Gambia Maldives",
        name.split(' ').next_back().unwrap_or(name),
    ) && !name.ends_with("'s")
        && (!name.contains(' ') || name.starts_with("United ") || name.starts_with("European "))
    {
        return true;
    }
    let (mut with, mut without) = (0, 0);
    for (at, _) in alone {
        let before = text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        *(if before.eq_ignore_ascii_case("the") { &mut with } else { &mut without }) += 1;
    }
    with > without
}

/// A piece of a sentence: words, or whoever speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Words(String),
    Who(Who),
}
