//! Does the brief call people what its sources call them?

use super::Code;
use super::found::{Case, Found};
use super::names::is_same_land;
use super::text::{Text, Word, bare, runs};
use crate::Rules;
use crate::record::ActorKind;
use crate::rules::Noun;
use crate::word_list::is_in;

/// Words that change a title.
const MODIFIERS: &str = "former ex deputy vice acting assistant interim outgoing incoming";
/// Those of them by which an office is over.
const PAST: &str = "former ex outgoing";
/// Words before an office that tell which it is: who is minister of one is none of another.
const PORTFOLIOS: &str = "finance health justice interior foreign defence defense education agriculture environment transport \
energy labour labor trade culture housing economy treasury home tourism fisheries prime managing executive marketing \
operating communications technical technology medical legal sporting financial campaign press sales security";
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.3;
/// The same for "former" and the like.
const WELL_ALIGNED: f64 = 0.45;
/// Words that a title before a name, and one behind it, may have.
const BEFORE: usize = 6;
const BEHIND: usize = 9;
/// Words for the same office.
const SYNONYMS: [&str; 19] = [
    "senator sen senate",
    "representative rep congressman congresswoman delegate del house",
    "governor gov",
    "spokesman spokeswoman spokesperson",
    "chairman chairwoman chair chairperson head panel",
    "chief ceo head heads headed boss executive leader leads led lead",
    "cfo finance financial",
    "lawyer attorney counsel counsellor barrister solicitor",
    "professor prof academic scholar lecturer researcher",
    "general gen",
    "businessman businesswoman tycoon",
    "mayor cllr councillor councilor councilman councilwoman",
    "policeman policewoman officer",
    "envoy ambassador diplomat",
    "candidate nominee",
    "un united nations",
    "mp mps parliament lawmaker legislator deputy",
    "author writer novelist",
    "pm premier minister",
];

fn alike(a: &Word, b: &Word) -> bool {
    let (x, y) = (bare(&a.lower).trim_end_matches('.'), bare(&b.lower).trim_end_matches('.'));
    // "Vice-president" is "vice president".
    let last = |word: &str| word.rsplit('-').next().unwrap_or_default().to_owned();
    a.stem == b.stem || last(x) == last(y) || SYNONYMS.iter().any(|group| is_in(group, x) && is_in(group, y))
}

/// Words for what somebody is at the moment or to others, beside which he may have any office.
const PASSING: &str = "candidate rival opponent nominee contender challenger winner loser founder owner member colleague \
critic ally leader head chief boss figure politician official";

fn is_role(rules: &Rules, word: &Word) -> bool {
    let lower = bare(&word.lower);
    matches!(rules.noun(lower), Some((Noun::Role, false))) || rules.title(lower).is_some_and(|t| t.is_none())
}

/// The words that can be the title of the name whose last word is `i`: right before it, and behind a comma.
fn title_words(text: &Text, head: usize, last: usize) -> Vec<usize> {
    let sentence = text.of_sentence[text.sentence_at(text.words[last].span.start)].clone();
    let gap = |i: usize| &text.doc.text[text.words[i - 1].span.end..text.words[i].span.start];
    let mut first = head;
    while first > sentence.start && head - first < BEFORE {
        let joined = gap(first).chars().all(|c| c.is_whitespace() || matches!(c, '.' | '-'));
        if !joined || text.words[first - 1].is_function {
            break;
        }
        first -= 1;
    }
    let mut all: Vec<usize> = (first..head).collect();
    let mut next = last + 1;
    // A name in apposition itself ("the leader, NAME, says") has no title behind it.
    let is_apposed =
        first > sentence.start && gap(first).trim_start_matches(['"', '”', '’']).starts_with(',');
    if is_apposed {
        all.extend(apposed(text, first, sentence.start));
    }
    if !is_apposed
        && next < sentence.end
        && gap(next).trim_start_matches(['.', '\u{2019}']).starts_with([',', ' ', '('])
        && gap(next).contains([',', '('])
    {
        while next < sentence.end && next - last <= BEHIND {
            if next > last + 1 && gap(next).contains([',', ';', ':', ')', '"', '“', '”', '—']) {
                break;
            }
            let word = &text.words[next];
            if word.is_function && !is_in("the a an of for and at in", &word.lower) {
                break;
            }
            all.push(next);
            next += 1;
        }
        // A name behind a title is another's.
        let name = |&i: &usize| {
            let is_capital = text.say(text.words[i].span).starts_with(char::is_uppercase);
            is_capital && i > last + 1 && text.say(text.words[i - 1].span).starts_with(char::is_uppercase)
        };
        if all.iter().filter(|&&i| i > last).any(name)
            && !text.doc.text[text.words[last].span.end..].starts_with(',')
        {
            all.retain(|&i| i <= last);
        }
    }
    all.sort_unstable();
    all
}

/// The words before the comma of a name in apposition: "the Labour leader, Councillor NAME".
fn apposed(text: &Text, first: usize, start: usize) -> Vec<usize> {
    let mut from = first;
    while from > start && first - from < BEFORE {
        let word = &text.words[from - 1];
        let parted = from < first
            && text.doc.text[word.span.end..text.words[from].span.start]
                .contains([',', ';', ':', '"', '“', '”', '—']);
        if parted || word.is_function && !is_in("of for and the", &word.lower) {
            break;
        }
        from -= 1;
    }
    // "Kestria's foreign minister": a land, not whoever's lawyer he is.
    let owner = from.checked_sub(2).filter(|&i| i >= start && text.words[from - 1].lower == "'s");
    let is_land = |&i: &usize| {
        let word = &text.words[i];
        word.is_firm && party(word).is_none() && !is_in(MODIFIERS, &word.lower)
    };
    owner.filter(is_land).into_iter().chain(from..first).collect()
}

/// Titles of a name that no source gives it.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let text = case.brief;
    let mut found = Vec::new();
    for run in runs(text) {
        let Some(&last) = run.words.last() else { continue };
        let surname = &text.words[last];
        let Some(passage) = case.best(run.sentence).filter(|p| p.share >= ALIGNED) else { continue };
        if is_role(case.rules, surname) || surname.is_function {
            continue;
        }
        let head = run.words.iter().copied().find(|&i| !is_role(case.rules, &text.words[i]));
        let head = name_start(case.rules, text, &run.words).or(head).unwrap_or(last);
        let theirs = titles_in_sources(case, surname);
        if theirs.iter().all(|(_, _, words)| words.is_empty()) {
            continue;
        }
        let own = title_words(text, head, last);
        if let Some(i) = lacks_modifier(case, &own, &theirs) {
            let span = text.words[i].span;
            let message =
                format!("the sources call {} that only with “former” or the like", text.say(surname.span));
            let one = Found::new(Code::NameOrTitleChanged, span, message);
            found.push(one.shown_by(passage.article, passage.span(case.sources)));
            continue;
        }
        // "His former driver" may be told from all of the article.
        let fits = |i: usize| passage.share >= WELL_ALIGNED || !is_in(MODIFIERS, bare(&text.words[i].lower));
        if let Some(i) = own.iter().copied().find(|&i| is_wrong(case, i, &own, &theirs) && fits(i)) {
            let role = &text.words[i];
            let next = text
                .words
                .get(i + 1)
                .filter(|_| own.contains(&(i + 1)) && is_in(MODIFIERS, bare(&role.lower)));
            let span = next.map_or(role.span, |next| role.span.cover(next.span));
            let message = format!("no source calls {} {}", text.say(surname.span), text.say(span));
            let one = Found::new(Code::NameOrTitleChanged, span, message);
            found.push(one.shown_by(passage.article, passage.span(case.sources)));
        }
    }
    found
}

/// The place of an office that the sources give him only with "former" or the like.
fn lacks_modifier(case: &Case<'_>, own: &[usize], theirs: &[(usize, usize, Vec<&Word>)]) -> Option<usize> {
    let text = case.brief;
    let changes = |word: &Word| is_in(MODIFIERS, bare(&word.lower));
    let sentence =
        &text.words[text.of_sentence[text.sentence_at(text.words[*own.first()?].span.start)].clone()];
    let is_past = theirs.iter().any(|(_, _, words)| words.iter().any(|word| is_in(PAST, bare(&word.lower))));
    const PASSED: &str = "once was were then served led departing";
    let tells = |word: &Word| changes(word) || is_past && is_in(PASSED, &word.lower);
    let is_ex = |i: &usize| is_past && text.words[*i].lower.starts_with("ex-");
    if sentence.iter().any(tells) || own.iter().any(is_ex) {
        return None;
    }
    own.iter().copied().find(|&i| {
        let role = &text.words[i];
        let given = theirs.iter().filter_map(|(_, _, words)| {
            let at = words.iter().position(|word| word.stem == role.stem)?;
            Some(words[..at].iter().any(|word| changes(word)))
        });
        let given: Vec<bool> = given.collect();
        is_role(case.rules, role) && !given.is_empty() && given.iter().all(|&changed| changed)
    })
}

/// Where the name proper begins: behind the last title of the run.
fn name_start(rules: &Rules, text: &Text, run: &[usize]) -> Option<usize> {
    let title = run.iter().rposition(|&i| is_role(rules, &text.words[i]))?;
    run.get(title + 1).copied()
}

/// Of each mention of a surname in the sources, the words of its title.
fn titles_in_sources<'a>(case: &'a Case<'_>, surname: &Word) -> Vec<(usize, usize, Vec<&'a Word>)> {
    let mut all = Vec::new();
    for (article, source) in case.sources.iter().enumerate() {
        for (i, word) in source.words.iter().enumerate() {
            if word.is_firm && bare(&word.lower) == bare(&surname.lower) {
                let titles = title_words(source, i, i);
                all.push((article, i, titles.into_iter().map(|i| &source.words[i]).collect()));
            }
        }
    }
    all
}

/// "Republican", "R-La.", "Democrat": which party a word names.
fn party(word: &Word) -> Option<char> {
    let first = word.lower.split('-').next().unwrap_or_default();
    match first {
        "republican" | "republicans" | "gop" | "r" => Some('r'),
        "democrat" | "democrats" | "democratic" | "d" => Some('d'),
        _ => None,
    }
}

/// A sentence of a source that names him has the word, or one for the same office.
fn told_beside(case: &Case<'_>, role: &Word, theirs: &[(usize, usize, Vec<&Word>)]) -> bool {
    theirs.iter().any(|&(article, at, _)| {
        let source = &case.sources[article];
        let sentence = source.of_sentence[source.sentence_at(source.words[at].span.start)].clone();
        let of_another = |i: usize| {
            let is_capital = |i: usize| source.say(source.words[i].span).starts_with(char::is_uppercase);
            i + 1 != at && i + 1 < sentence.end && is_capital(i) && is_capital(i + 1)
        };
        // Whoever was before or after somebody had his office.
        // A statistician is "a professor of statistics".
        let begins = |i: usize| {
            let six = |word: &Word| word.lower.chars().take(6).collect::<String>();
            six(role).chars().count() == 6 && six(role) == six(&source.words[i])
        };
        let inherits = |i: usize| is_in("predecessor successor", bare(&source.words[i].lower));
        sentence.clone().any(|i| inherits(i) || begins(i) || alike(role, &source.words[i]) && !of_another(i))
    })
}

fn is_wrong(case: &Case<'_>, i: usize, own: &[usize], theirs: &[(usize, usize, Vec<&Word>)]) -> bool {
    let text = case.brief;
    let role = &text.words[i];
    let has = |word: &Word| theirs.iter().flat_map(|(_, _, words)| words).any(|other| alike(word, other));
    let next = own.contains(&(i + 1)).then(|| &text.words[i + 1]);
    let is_capital = |text: &Text, word: &Word| text.say(word.span).starts_with(char::is_uppercase);
    if is_in(MODIFIERS, bare(&role.lower)) {
        return next.is_some_and(has) && !has(role);
    }
    if let Some(own) = party(role) {
        let mut given =
            theirs.iter().flat_map(|(_, _, words)| words).filter_map(|word| party(word)).peekable();
        return given.peek().is_some() && given.all(|other| other != own);
    }
    if is_role(case.rules, role) {
        let begins = text.of_sentence[text.sentence_at(role.span.start)].start == i;
        if is_in(PASSING, bare(&role.lower)) && (begins || !is_capital(text, role)) {
            return false;
        }
        if told_beside(case, role, theirs) {
            return false;
        }
        let another = theirs.iter().flat_map(|(_, _, words)| words).find(|w| is_role(case.rules, w));
        let shared = own.iter().any(|&j| is_role(case.rules, &text.words[j]) && has(&text.words[j]));
        return !has(role) && !shared && another.is_some();
    }
    if is_in(PORTFOLIOS, bare(&role.lower)) && !has(role) {
        return is_other_portfolio(case, i, own, theirs);
    }
    is_of_other_land(case, i, own, theirs)
}

/// "U.S. Supreme Court Justice" for "Manhattan Supreme Court Justice": another name before the same words.
fn is_of_other_land(case: &Case<'_>, i: usize, own: &[usize], theirs: &[(usize, usize, Vec<&Word>)]) -> bool {
    let text = case.brief;
    let role = &text.words[i];
    let has = |word: &Word| theirs.iter().flat_map(|(_, _, words)| words).any(|other| alike(word, other));
    let is_capital = |text: &Text, word: &Word| text.say(word.span).starts_with(char::is_uppercase);
    let next = own.iter().find(|&&j| j > i && j <= i + 2).map(|&j| &text.words[j]);
    let Some(next) = next.filter(|next| has(next) && !is_role(case.rules, role)) else { return false };
    let is_other_form = |&(article, _, ref words): &(usize, usize, Vec<&Word>)| {
        let source = &case.sources[article];
        words.iter().any(|other| is_same_land(case.rules, text.say(role.span), source.say(other.span)))
    };
    let is_persons = |source: &Text, word: &Word| {
        let mut persons = source.record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
        persons.any(|actor| {
            actor
                .name
                .as_deref()
                .is_some_and(|name| name.split_whitespace().any(|part| part == source.say(word.span)))
        })
    };
    is_capital(text, role)
        && !has(role)
        && !theirs.iter().any(is_other_form)
        && theirs.iter().any(|(article, _, words)| {
            words.windows(2).any(|pair| {
                let source = &case.sources[*article];
                pair[1].stem == next.stem
                    && is_capital(source, pair[0])
                    && !is_persons(source, pair[0])
                    && !is_role(case.rules, pair[0])
                    && !text.words.iter().any(|own| own.stem == pair[0].stem)
            })
        })
}

/// "Finance director" for "managing director": the sources have the office, for something else, and never this.
fn is_other_portfolio(
    case: &Case<'_>,
    i: usize,
    own: &[usize],
    theirs: &[(usize, usize, Vec<&Word>)],
) -> bool {
    let text = case.brief;
    let is_portfolio = |word: &Word| is_in(PORTFOLIOS, bare(&word.lower));
    let Some(office) = own
        .iter()
        .filter(|&&j| j > i && j <= i + 2)
        .map(|&j| &text.words[j])
        .find(|w| is_role(case.rules, w))
    else {
        return false;
    };
    let other = theirs.iter().any(|(_, _, words)| {
        let at = words.iter().position(|word| alike(office, word));
        at.is_some_and(|at| {
            let near = &words[at.saturating_sub(2)..(at + 4).min(words.len())];
            near.iter().any(|word| is_portfolio(word))
        })
    });
    other && !told_beside(case, &text.words[i], theirs)
}
