//! Does the brief call people what its sources call them?

use super::Code;
use super::found::{Case, Found};
use super::text::{Text, Word, bare, runs};
use crate::Rules;
use crate::rules::Noun;
use crate::word_list::is_in;

/// Words that change a title.
const MODIFIERS: &str = "former ex deputy vice acting assistant interim outgoing incoming";
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.45;
/// Words that a title before a name, and one behind it, may have.
const BEFORE: usize = 6;
const BEHIND: usize = 9;
/// Words for the same office.
const SYNONYMS: [&str; 15] = [
    "senator sen senate",
    "representative rep congressman congresswoman delegate del house",
    "governor gov",
    "spokesman spokeswoman spokesperson",
    "chairman chairwoman chair chairperson head panel",
    "chief ceo head boss executive leader",
    "lawyer attorney counsel counsellor barrister solicitor",
    "professor prof academic scholar lecturer researcher",
    "general gen",
    "businessman businesswoman tycoon",
    "mayor cllr councillor councilor councilman councilwoman",
    "policeman policewoman officer",
    "envoy ambassador diplomat",
    "candidate nominee",
    "author writer novelist",
];

fn alike(a: &Word, b: &Word) -> bool {
    let (x, y) = (bare(&a.lower).trim_end_matches('.'), bare(&b.lower).trim_end_matches('.'));
    a.stem == b.stem || x == y || SYNONYMS.iter().any(|group| is_in(group, x) && is_in(group, y))
}

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
    if next < sentence.end
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
    }
    all
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
        if theirs.iter().all(|(_, words)| words.is_empty()) {
            continue;
        }
        let own = title_words(text, head, last);
        if let Some(i) = own.iter().copied().find(|&i| is_wrong(case, i, &own, &theirs)) {
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

/// Where the name proper begins: behind the last title of the run.
fn name_start(rules: &Rules, text: &Text, run: &[usize]) -> Option<usize> {
    let title = run.iter().rposition(|&i| is_role(rules, &text.words[i]))?;
    run.get(title + 1).copied()
}

/// Of each mention of a surname in the sources, the words of its title.
fn titles_in_sources<'a>(case: &'a Case<'_>, surname: &Word) -> Vec<(usize, Vec<&'a Word>)> {
    let mut all = Vec::new();
    for (article, source) in case.sources.iter().enumerate() {
        for (i, word) in source.words.iter().enumerate() {
            if word.is_firm && bare(&word.lower) == bare(&surname.lower) {
                let titles = title_words(source, i, i);
                all.push((article, titles.into_iter().map(|i| &source.words[i]).collect()));
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

fn is_wrong(case: &Case<'_>, i: usize, own: &[usize], theirs: &[(usize, Vec<&Word>)]) -> bool {
    let text = case.brief;
    let role = &text.words[i];
    let has = |word: &Word| theirs.iter().flat_map(|(_, words)| words).any(|other| alike(word, other));
    let next = own.contains(&(i + 1)).then(|| &text.words[i + 1]);
    let is_capital = |text: &Text, word: &Word| text.say(word.span).starts_with(char::is_uppercase);
    if is_in(MODIFIERS, bare(&role.lower)) {
        return next.is_some_and(has) && !has(role);
    }
    if let Some(own) = party(role) {
        let mut given = theirs.iter().flat_map(|(_, words)| words).filter_map(|word| party(word)).peekable();
        return given.peek().is_some() && given.all(|other| other != own);
    }
    if is_role(case.rules, role) {
        let another = theirs.iter().flat_map(|(_, words)| words).find(|w| is_role(case.rules, w));
        let shared = own.iter().any(|&j| is_role(case.rules, &text.words[j]) && has(&text.words[j]));
        return !has(role) && !shared && another.is_some();
    }
    // "U.S. Supreme Court Justice" for "Manhattan Supreme Court Justice": another name before the same words.
    let Some(next) = next.filter(|next| has(next) && !is_role(case.rules, role)) else { return false };
    is_capital(text, role)
        && !has(role)
        && theirs.iter().any(|(article, words)| {
            words.windows(2).any(|pair| {
                let source = &case.sources[*article];
                pair[1].stem == next.stem
                    && is_capital(source, pair[0])
                    && !is_role(case.rules, pair[0])
                    && !text.words.iter().any(|own| own.stem == pair[0].stem)
            })
        })
}
