//! Are the brief's names those of its sources?

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Code;
use super::found::{Case, Found};
use super::text::{Run, Text, Word, bare, runs};
use crate::Rules;
use crate::record::ActorKind;
use crate::word_list;

/// States as American papers shorten them ("R-Fla.").
const SHORT_STATES: &str = "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont \
neb nev nh nj nm ny nc nd okla ore pa ri sc sd tenn tex vt va wash wva wis wyo dc utah ohio iowa idaho maine texas \
hawaii alaska";
const STATES: &str = "alabama arizona arkansas california colorado connecticut delaware florida georgia illinois \
indiana kansas kentucky louisiana maryland massachusetts michigan minnesota mississippi missouri montana nebraska \
nevada hampshire jersey mexico york carolina dakota oklahoma oregon pennsylvania rhode carolina dakota tennessee \
texas vermont virginia washington virginia wisconsin wyoming columbia utah ohio iowa idaho maine texas hawaii alaska";
/// Words that name parties, with the letters that stand for them.
const PARTIES: [(&str, &str); 4] =
    [("republican", "r gop"), ("republicans", "r gop"), ("democrat", "d dem"), ("democratic", "d dem")];
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.4;

/// What the sources' words are, to look names up in.
struct Known {
    stems: HashSet<String>,
    /// First letters of runs of capitals ("International Monetary Fund").
    initials: HashSet<String>,
    states: HashSet<String>,
    /// Words with capitals by their first four letters: "Britain", "British".
    beginnings: HashMap<String, HashSet<String>>,
}

fn letters(lower: &str) -> String {
    bare(lower).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Known {
    fn new(case: &Case<'_>) -> Self {
        let mut known = Self {
            stems: HashSet::new(),
            initials: HashSet::new(),
            states: HashSet::new(),
            beginnings: HashMap::new(),
        };
        for source in case.sources {
            source.words.iter().for_each(|word| known.learn(case.rules, source, word));
            for run in runs(source) {
                let first = |&i: &usize| source.say(source.words[i].span).chars().next();
                let initials: String =
                    run.words.iter().filter_map(first).filter(|c| c.is_uppercase()).collect();
                known.initials.insert(initials.to_lowercase());
                known.states.extend(state(case.rules, source.say(run.span)));
            }
            let article = &source.record.article;
            for words in
                [&article.outlet, &article.title, &article.byline, &article.url].into_iter().flatten()
            {
                let parts = words.split(|c: char| !c.is_alphanumeric());
                known.stems.extend(parts.map(str::to_lowercase));
            }
            // "(AP)" is the Associated Press.
            let outlets = source.record.actors.iter().filter(|actor| actor.kind == ActorKind::Outlet);
            let names = outlets.filter_map(|actor| actor.name.as_deref());
            known.stems.extend(names.flat_map(str::split_whitespace).map(str::to_lowercase));
        }
        known
    }

    fn learn(&mut self, rules: &Rules, source: &Text, word: &Word) {
        let raw = source.say(word.span);
        self.stems.insert(word.stem.clone());
        self.stems.insert(letters(&word.lower));
        if raw.starts_with(char::is_uppercase)
            && let Some(first) = beginning(&word.lower)
        {
            self.beginnings.entry(first).or_default().insert(letters(&word.lower));
        }
        // "R-Fla.", "Clinton-Trump".
        let is_capital = raw.contains(char::is_uppercase);
        for part in word.lower.split('-').map(letters) {
            if let Some(place) = word_list::place(SHORT_STATES, &part).filter(|_| is_capital) {
                self.stems.extend(STATES.split_ascii_whitespace().nth(place).map(str::to_owned));
            }
            let party = PARTIES.iter().filter(|(_, short)| word_list::is_in(short, &part));
            self.stems.extend(party.map(|(party, _)| (*party).to_owned()));
            self.stems.insert(part);
        }
        self.states.extend(state(rules, raw));
    }

    /// A word with a capital begins like it, and is it, or another form of it.
    fn is_begun(&self, letters: &str, lower: &str) -> bool {
        let alike = beginning(lower).and_then(|beginning| self.beginnings.get(&beginning));
        alike.is_some_and(|alike| {
            alike.iter().any(|other| !is_slip(letters, other) && is_form(letters, other))
        })
    }

    fn has(&self, rules: &Rules, raw: &str, word: &Word) -> bool {
        let letters = letters(&word.lower);
        self.stems.contains(&word.stem)
            || self.stems.contains(&letters)
            || self.initials.contains(&letters)
            || state(rules, raw).is_some_and(|state| self.states.contains(&state))
            || self.is_begun(&letters, &word.lower)
            || word.lower.contains('-') && word.lower.split('-').all(|part| self.stems.contains(part))
    }
}

/// A name with one letter wrong, not another form of it ("Russian").
fn is_slip(a: &str, b: &str) -> bool {
    a.len() > 5 && strsim::levenshtein(a, b) == 1 && !a.starts_with(b) && !b.starts_with(a)
}

/// Letters at most that endings differ by: "Britain", "British".
const ENDING: usize = 3;

/// One word with another ending, and not two that begin alike: "Crestview" and "Crestover".
fn is_form(a: &str, b: &str) -> bool {
    let n_same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (a, b): (String, String) = (a.chars().skip(n_same).collect(), b.chars().skip(n_same).collect());
    let (a_len, b_len) = (a.chars().count(), b.chars().count());
    // "Glaswegian", "Florentine".
    let is_of_place = |ending: &str| {
        let ends = ["land", "ian", "ean", "an", "ine", "ish", "ese", "ite"];
        ends.iter().any(|end| ending.ends_with(end))
    };
    a_len.min(b_len) <= 1 || a_len.max(b_len) <= ENDING || is_of_place(&a) || is_of_place(&b)
}

/// Two words for one land: "Kestria's" and "Kestrian", "British" and "UK".
pub(super) fn is_same_land(rules: &Rules, a: &str, b: &str) -> bool {
    let (lower_a, lower_b) = (a.to_lowercase(), b.to_lowercase());
    let begins_alike = beginning(&lower_a).is_some_and(|first| beginning(&lower_b) == Some(first));
    let of = state(rules, a);
    begins_alike && is_form(&lower_a, &lower_b) || of.is_some() && of == state(rules, b)
}

fn beginning(lower: &str) -> Option<String> {
    let bare = bare(lower);
    let cut = bare.char_indices().nth(4).map_or(bare.len(), |(at, _)| at);
    (bare.len() >= 4).then(|| bare[..cut].to_owned())
}

/// The state that words name.
pub(super) fn state(rules: &Rules, words: &str) -> Option<String> {
    rules.state(words.trim_end_matches("'s").trim_end_matches("’s")).map(|(name, _)| name.to_owned())
}

/// Names that the sources lack.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let known = Known::new(case);
    let of_sources: Vec<Vec<Run>> = case.sources.iter().map(runs).collect();
    runs(case.brief).iter().filter_map(|run| name(case, run, &known, &of_sources)).collect()
}

/// Is a word one that names somebody, rather than a title or the beginning of a sentence?
fn is_name(case: &Case<'_>, i: usize, run: &Run) -> bool {
    let text = case.brief;
    let word = &text.words[i];
    let lower = bare(&word.lower).trim_end_matches('.');
    let is_title = case.rules.title(&word.lower).is_some()
        || case.rules.noun(lower).is_some()
        || word_list::is_in("sen sens rep reps gov govs del dels justice", lower);
    let opens = i == text.of_sentence[run.sentence].start && run.words.len() == 1;
    let before = &text.doc.text[..word.span.start];
    let quoted = before.ends_with(['"', '“', '‘', '\'', '(', '[']) || before.ends_with(": ");
    !(is_title || opens || quoted && run.words.len() == 1)
}

fn name(case: &Case<'_>, run: &Run, known: &Known, of_sources: &[Vec<Run>]) -> Option<Found> {
    let text = case.brief;
    let is_known = |i: usize| known.has(case.rules, text.say(text.words[i].span), &text.words[i]);
    let real: Vec<usize> = run.words.iter().copied().filter(|&i| is_name(case, i, run)).collect();
    let strange: Vec<usize> = real.iter().copied().filter(|&i| !is_known(i)).collect();
    // "Planned", "Falling": a sentence begins with it, before a name.
    let is_of_verb = |word: &str| ["ed", "ing", "ly"].iter().any(|end| word.ends_with(end));
    let opens = |i: usize| i == text.of_sentence[run.sentence].start && is_of_verb(&text.words[i].lower);
    // "Lumenta Q2" is of Lumenta.
    let counts = |i: usize| text.words[i].lower.contains(|c: char| c.is_ascii_digit());
    let strange: Vec<usize> = strange.into_iter().filter(|&i| !opens(i) && !counts(i)).collect();
    let familiar: Vec<&Word> = real.iter().filter(|&&i| is_known(i)).map(|&i| &text.words[i]).collect();
    if strange.is_empty() {
        return cites_no_source(case, run);
    }
    if let Some(found) = outlet_with_a_wrong_word(case, run, &strange) {
        return Some(found);
    }
    if let Some(found) = familiar.iter().find_map(|word| partly(case, run, word, &strange, of_sources)) {
        return Some(found);
    }
    if let Some(found) = of_another(case, run, &strange, of_sources) {
        return Some(found);
    }
    strange_name(case, run, &strange, &familiar, of_sources)
}

/// A name of which the sources have nothing, or only common words ("Crestview Ratings", where sources rate something).
fn strange_name(
    case: &Case<'_>,
    run: &Run,
    strange: &[usize],
    familiar: &[&Word],
    of_sources: &[Vec<Run>],
) -> Option<Found> {
    let text = case.brief;
    let is_common = |word: &&Word| {
        let all = || case.sources.iter().flat_map(|source| &source.words).filter(|w| w.stem == word.stem);
        all().next().is_some() && !all().any(|w| w.is_firm)
    };
    let is_new = familiar.iter().all(is_common);
    let passage = case.best(run.sentence).filter(|p| p.share >= ALIGNED && is_new)?;
    // A name of the passage that the brief doesn't have.
    let source = &case.sources[passage.article];
    let is_free = |run: &&Run| {
        (passage.first..=passage.last).contains(&run.sentence)
            && run.words.iter().all(|&i| {
                let word = &source.words[i];
                case.rules.title(&word.lower).is_none() && !text.words.iter().any(|own| own.stem == word.stem)
            })
            && run.words.first() != Some(&source.of_sentence[run.sentence].start)
    };
    let (&first, &last) = if familiar.is_empty() {
        (strange.first()?, strange.last()?)
    } else {
        (run.words.first()?, run.words.last()?)
    };
    let span = text.words[first].span.cover(text.words[last].span);
    let stands_alike = |other: &Run| stands_alike(text, first..last + 1, source, other);
    let words = text.say(span);
    let found = match of_sources[passage.article].iter().find(is_free) {
        Some(other) if familiar.is_empty() || stands_alike(other) => {
            let right = source.say(other.span);
            let message = format!("the source names {right}, and nobody names {words}");
            let found = Found::new(Code::NameOrTitleChanged, span, message).better(right);
            if stands_alike(other) { found.fixed_by(right) } else { found }
        }
        _ => Found::new(Code::NameOrTitleChanged, span, format!("no source names {words}")).warning(),
    };
    Some(found.shown_by(passage.article, passage.span(case.sources)))
}

/// "The ratings firm Crestview said", and there "the ratings firm Crestover said".
fn stands_alike(brief: &Text, own: Range<usize>, source: &Text, other: &Run) -> bool {
    let (Some(&from), Some(&to)) = (other.words.first(), other.words.last()) else { return false };
    let word =
        |text: &Text, i: Option<usize>| i.and_then(|i| text.words.get(i)).map(|word| word.lower.clone());
    let before = word(brief, own.start.checked_sub(1));
    before.is_some()
        && before == word(source, from.checked_sub(1))
        && word(brief, Some(own.end)) == word(source, Some(to + 1))
}

/// The name of an outlet, all words of which stand somewhere in the sources, but never as that name: "United Press International"
/// where nations are united and a competition is international.
fn cites_no_source(case: &Case<'_>, run: &Run) -> Option<Found> {
    let words = case.brief.say(run.span);
    let known_as = |words: &str| case.rules.outlet(words).or_else(|| case.rules.wire(words));
    let name = known_as(words).filter(|_| run.words.len() > 2)?;
    let has = |source: &Text| {
        let of_actors = source.record.actors.iter().filter_map(|actor| actor.name.as_deref());
        let mut names = of_actors.chain(source.record.article.outlet.as_deref());
        names.any(|other| known_as(other) == Some(name))
            || source.doc.text.contains(words)
            || [&source.record.article.title, &source.record.article.byline]
                .into_iter()
                .flatten()
                .any(|other| other.contains(words))
    };
    if case.sources.iter().any(has) {
        return None;
    }
    let passage = case.best(run.sentence)?;
    let message = format!("no source names {words}");
    let found = Found::new(Code::NameOrTitleChanged, run.span, message).warning();
    Some(found.shown_by(passage.article, passage.span(case.sources)))
}

/// "United Hartwell International" for the agency that the article names by its letters.
fn outlet_with_a_wrong_word(case: &Case<'_>, run: &Run, strange: &[usize]) -> Option<Found> {
    case.sources.iter().enumerate().find_map(|(article, source)| {
        let outlets = source.record.actors.iter().filter(|actor| actor.kind == ActorKind::Outlet);
        outlets.filter_map(|actor| Some((actor.name.as_deref()?, actor))).find_map(|(name, actor)| {
            let words = name.split_whitespace();
            let n_words = words.clone().count();
            let mut pairs = run.words.iter().zip(words);
            let fits = |(&i, word): (&usize, &str)| {
                strange.contains(&i) || bare(&case.brief.words[i].lower) == word.to_lowercase()
            };
            let is_it = n_words == run.words.len() && strange.len() < n_words && pairs.all(fits);
            if !is_it {
                return None;
            }
            // The agency of a byline is mentioned nowhere else.
            let at =
                actor.mentions.first().map_or(0, |mention| source.bytes_at(mention.start, mention.end).start);
            let sentence = source.doc.sentences.get(source.sentence_at(at))?.span;
            let message = format!("the source has {name}, not {}", case.brief.say(run.span));
            let found = Found::new(Code::NameOrTitleChanged, run.span, message).better(name);
            Some(found.shown_by(article, sentence))
        })
    })
}

/// "Department of Health" where the sources have a department of one other thing alone; mended where that is one word.
fn of_another(case: &Case<'_>, run: &Run, strange: &[usize], of_sources: &[Vec<Run>]) -> Option<Found> {
    let brief = case.brief;
    let &[at] = strange else { return None };
    let head = |text: &Text, i: usize| {
        (i > 1 && text.words[i - 1].lower == "of" && text.words[i - 2].is_firm)
            .then(|| text.words[i - 2].stem.clone())
    };
    case.best(run.sentence).filter(|passage| passage.share >= ALIGNED)?;
    let body = head(brief, at).filter(|_| run.words == [at])?;
    let others: Vec<(usize, &Run)> = of_sources
        .iter()
        .enumerate()
        .flat_map(|(article, runs)| runs.iter().map(move |other| (article, other)))
        .filter(|(article, other)| head(&case.sources[*article], other.words[0]).as_ref() == Some(&body))
        .collect();
    let words = |(article, other): &(usize, &Run)| case.sources[*article].say(other.span).to_owned();
    let first = others.first().filter(|first| others.iter().all(|other| words(other) == words(first)))?;
    let (article, other) = *first;
    let right = words(first);
    let message = format!("the sources have {right} there, and nowhere {}", brief.say(run.span));
    let found = Found::new(Code::NameOrTitleChanged, run.span, message).better(right.as_str());
    let found = if other.words.len() == 1 { found.fixed_by(right) } else { found };
    Some(found.shown_by(article, case.sources[article].doc.sentences[other.sentence].span))
}

/// A name of the sources that shares a word with the brief's, and has others for the rest.
fn partly(
    case: &Case<'_>,
    run: &Run,
    familiar: &Word,
    strange: &[usize],
    of_sources: &[Vec<Run>],
) -> Option<Found> {
    let text = case.brief;
    let mut others = Vec::new();
    for (article, runs) in of_sources.iter().enumerate() {
        let source = &case.sources[article];
        for other in runs {
            let words: Vec<&Word> = other.words.iter().map(|&i| &source.words[i]).collect();
            // "Huffington Post": a noun is a part of such a name, and a title is none.
            let names: Vec<&&Word> = words.iter().filter(|w| case.rules.title(&w.lower).is_none()).collect();
            if names.iter().any(|w| bare(&w.lower) == bare(&familiar.lower)) {
                others.push((article, other, names.len()));
            }
        }
    }
    // Where it stands alone, whoever writes may know the rest of the name.
    let is_surname = text.words[*strange.first()?].span.start < familiar.span.start;
    let (article, other, _) = others.iter().max_by_key(|(.., n)| *n).filter(|(.., n)| *n > 1)?;
    if is_surname
        && others
            .iter()
            .filter(|(.., n)| *n > 1)
            .any(|(a, o, _)| *a != *article || o.words.len() != other.words.len())
    {
        return None;
    }
    let source = &case.sources[*article];
    let right = source.say(other.span);
    let message = format!("the source has {right}, not {}", text.say(run.span));
    let found = Found::new(Code::NameOrTitleChanged, run.span, message).better(right);
    Some(found.shown_by(*article, source.doc.sentences[other.sentence].span))
}
