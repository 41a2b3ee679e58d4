//! What can be said of a quotation, given where it stands exactly or nearly?

use std::collections::HashSet;

use sayso_text::Span;

use super::align::{Near, Step, nearest};
use super::find::{Found, find};
use super::kind::{self, ChangeKind};
use super::source::Source;
use super::trim::{self, Frame, is_content};
use super::wording::{Join, Run, Word, Wording};
use super::{Asked, Change, Place, Verdict};
use crate::check::{DiffPart, Side};

/// Runs between ellipses and brackets that are looked for.
const MOST_RUNS: usize = 100;
/// Words of a quotation that are aligned with what resembles them.
const MOST_WORDS: usize = 1500;
/// Words that deny what stands beside them.
const DENYING: [&str; 5] = ["not", "never", "no", "n't", "cannot"];

/// Every place has the words without a negation that the brief put in between, in brackets.
fn denied(asked: &Asked, sources: &[Source], found: &[(usize, Found)]) -> Option<Verdict> {
    let denies = |word: &str| DENYING.contains(&word);
    let put_in = |(article, found): &&(usize, Found)| {
        found.gaps.iter().any(|gap| {
            let mut there = sources[*article].words[gap.from..gap.to].iter();
            gap.inserted.iter().any(|word| denies(word)) && !there.any(|word| denies(&word.key))
        })
    };
    let (article, first) = found.first().filter(|_| found.iter().all(|found| put_in(&found)))?;
    let place = place(*article, first, &sources[*article]);
    let brief = Span::new(0, asked.words.len());
    let changed = vec![Change { brief, source: place.span, kind: ChangeKind::Negation }];
    Some(Verdict::Altered { place, changed, diff: Vec::new(), grave: true })
}

pub(super) fn verify(sources: &[Source], asked: &Asked) -> Verdict {
    let wording = Wording::new(asked.words);
    if wording.runs.is_empty() || wording.runs.len() > MOST_RUNS {
        return Verdict::Undecided;
    }
    let frame = Frame::new(asked);
    let mut found: Vec<(usize, Found)> = Vec::new();
    for (article, source) in sources.iter().enumerate() {
        found.extend(find(&wording, source).into_iter().map(|found| (article, found)));
    }
    if let Some(denied) = denied(asked, sources, &found) {
        return denied;
    }
    if !found.is_empty() {
        return exact(&wording, sources, &found, &frame);
    }
    // To align so much takes too long, and nobody quotes it.
    if wording.words().count() > MOST_WORDS {
        return Verdict::Undecided;
    }
    if let Some(spliced) = spliced(&wording, sources) {
        return spliced;
    }
    resembling(asked, &wording, sources, &frame)
}

fn place(article: usize, found: &Found, source: &Source) -> Place {
    Place {
        article,
        span: source.cover(found.first(), found.last()),
        parts: found.parts.iter().map(|&(first, last)| source.cover(first, last)).collect(),
        quoted: found.is_quoted(source),
    }
}

/// Verbatim, unless every place where somebody is quoted was cut in a way that changes the sense.
fn exact(wording: &Wording, sources: &[Source], found: &[(usize, Found)], frame: &Frame) -> Verdict {
    let mut places = Vec::with_capacity(found.len());
    let mut trimmed = Vec::new();
    let quoted = found.iter().any(|(article, found)| found.is_quoted(&sources[*article]));
    for (article, found) in found {
        let source = &sources[*article];
        let place = place(*article, found, source);
        if !quoted || place.quoted {
            // A name or a slogan is cut from nothing.
            let cut = if wording.titled { None } else { trim::cut(found, source, frame) };
            trimmed.push(cut.map(|cut| (place.clone(), found, cut)));
        }
        places.push(place);
    }
    if let Some(trimmed) = trimmed.into_iter().collect::<Option<Vec<_>>>()
        && let Some((place, found, cut)) = trimmed.into_iter().next()
    {
        let source = &sources[place.article];
        let (first, last) = (found.first().min(cut.from), found.last().max(cut.to - 1));
        let (whole, kind) = (source.cover(first, last), cut.kind);
        return Verdict::Trimmed { place, whole, cut: source.cover(cut.from, cut.to - 1), kind };
    }
    places.sort_by_key(|place| !place.quoted);
    Verdict::Verbatim { places }
}

/// Every part stands in one source, but too far apart or in another order.
fn spliced(wording: &Wording, sources: &[Source]) -> Option<Verdict> {
    let n_gaps = wording.runs.iter().skip(1).filter(|run| run.join == Join::Gap).count();
    if n_gaps == 0 || wording.runs.iter().any(|run| run.words.len() < 2) {
        return None;
    }
    let alone = |run: &Run| Wording {
        runs: vec![Run { join: Join::None, words: run.words.clone() }],
        ..Wording::default()
    };
    for (article, source) in sources.iter().enumerate() {
        let parts = wording.runs.iter().map(|run| {
            let found = find(&alone(run), source);
            found.iter().find(|found| found.is_quoted(source)).or(found.first()).cloned()
        });
        let Some(parts) = parts.collect::<Option<Vec<Found>>>() else {
            continue;
        };
        let places: Vec<Place> = parts.iter().map(|found| place(article, found, source)).collect();
        let first = &places[0];
        let changed = wording.runs.iter().zip(&places).skip(1).map(|(run, place)| {
            let brief = run.words[0].span.cover(run.words[run.words.len() - 1].span);
            Change { brief, source: place.span, kind: ChangeKind::Spliced }
        });
        return Some(Verdict::Altered {
            changed: changed.collect(),
            diff: Vec::new(),
            grave: true,
            place: Place {
                article,
                span: places.iter().fold(first.span, |span, place| span.cover(place.span)),
                parts: places.iter().map(|place| place.span).collect(),
                quoted: places.iter().all(|place| place.quoted),
            },
        });
    }
    None
}

/// Likeness from which a passage in quotation marks is what a quotation was made from.
const ALIKE: f32 = 0.5;
/// The same for a passage outside of quotation marks: words that were never given as
/// somebody's own resemble each other by their subject alone.
const ALIKE_UNQUOTED: f32 = 0.8;
/// The same for a few words, if what stands around them is alike too.
const ALIKE_SHORT: f32 = 0.35;

/// The same for words that mostly join others.
const ALIKE_LIGHT: f32 = 0.75;

fn resembling(asked: &Asked, wording: &Wording, sources: &[Source], frame: &Frame) -> Verdict {
    let n_words = wording.words().count();
    let n_content = wording.words().filter(|word| word.weight >= 1.0).count();
    let mut near = nearest(wording, sources);
    let context = |near: &Near| context(near, &sources[near.article], frame);
    // Of passages that are about as alike, the one whose surroundings are.
    near.sort_by(|a, b| {
        let score = |near: &Near| {
            near.likeness + 0.05 * context(near).min(4) as f32 + 0.1 * near.quoted(&sources[near.article])
        };
        score(b).total_cmp(&score(a))
    });
    let short = n_content <= 3 || n_words <= 4;
    let fits = |near: &&Near| {
        let source = &sources[near.article];
        if wording.titled && near.likeness < ALIKE_LIGHT {
            return false;
        }
        if near.quoted(source) <= 0.5 {
            return near.likeness >= ALIKE_UNQUOTED && near.n_telling >= 3;
        }
        if !short {
            return near.likeness >= ALIKE && near.n_telling >= 2 && near.in_a_row >= 3;
        }
        let least = if near.n_telling >= 2 || near.n_telling == 1 && at_edge(near, source) { 2 } else { 3 };
        near.likeness >= ALIKE && near.n_telling >= 2 && near.n_lost <= 1
            || near.likeness >= ALIKE_LIGHT && n_words >= 4 && near.n_lost == 0
            || near.likeness >= ALIKE && n_words >= 4 && near.n_telling >= 1 && near.differs_in_one()
            || near.likeness >= ALIKE_SHORT && near.n_telling >= 1 && n_words >= 2 && context(near) >= least
    };
    if let Some(near) = near.iter().find(fits) {
        return altered(asked, wording, near, &sources[near.article]);
    }
    if asked.words.split_whitespace().count() <= 2 || wording.titled {
        return Verdict::Undecided;
    }
    let nearest = near.into_iter().find(|near| near.n_telling >= 2 || near.likeness >= ALIKE_SHORT);
    let nearest = nearest.map(Near::shared).and_then(|near| near_place(&near, &sources[near.article]));
    Verdict::Fabricated { nearest }
}

/// How many words around the quotation in the brief stand around the passage too.
fn context(near: &Near, source: &Source, frame: &Frame) -> usize {
    let Some((first, last)) = near.ends() else {
        return 0;
    };
    let own = source.sentence(first);
    // Who speaks may be named a sentence before.
    let from = own.start.checked_sub(1).map_or(0, |before| source.sentence(before).start);
    let to = source.sentence(last).end;
    let around: HashSet<&str> = source.words[from..to].iter().map(|word| word.key.as_str()).collect();
    let asked: HashSet<&str> = frame.content().collect();
    asked.into_iter().filter(|key| is_content(key) && around.contains(key)).count()
}

/// A quotation of the source begins or ends where the passage does: its few words were taken
/// as they stood between the marks.
fn at_edge(near: &Near, source: &Source) -> bool {
    let Some((first, last)) = near.ends() else {
        return false;
    };
    let outer = |at: Option<usize>| at.and_then(|at| source.words.get(at)).and_then(|word| word.outer);
    outer(first.checked_sub(1)) != outer(Some(first)) || outer(Some(last + 1)) != outer(Some(last))
}

fn near_place(near: &Near, source: &Source) -> Option<Place> {
    let (first, last) = near.ends()?;
    let span = source.cover(first, last);
    Some(Place { article: near.article, span, parts: vec![span], quoted: near.quoted(source) > 0.5 })
}

fn altered(asked: &Asked, wording: &Wording, near: &Near, source: &Source) -> Verdict {
    let near = near.clone().whole(source);
    let Some(place) = near_place(&near, source) else {
        return Verdict::Undecided;
    };
    let spans: Vec<Span> = wording.words().map(|word| word.span).collect();
    let mut changed = Vec::new();
    let mut diff = Vec::new();
    let (mut brief_at, mut source_at) = (0, source.words[near.ends().unwrap_or_default().0].span.start);
    let same = |step: &Step| matches!(step, Step::Keep(..));
    for group in near.steps.chunk_by(|a, b| same(a) == same(b)) {
        let brief: Vec<usize> = group.iter().filter_map(|step| step.brief()).collect();
        let words: Vec<usize> = group.iter().filter_map(|step| step.source()).collect();
        let brief_span = match brief.as_slice() {
            [first, .., last] => spans[*first].cover(spans[*last]),
            [only] => spans[*only],
            [] => Span::new(brief_at, brief_at),
        };
        let source_span = match words.as_slice() {
            [first, .., last] => source.cover(*first, *last),
            [only] => source.words[*only].span,
            [] => Span::new(source_at, source_at),
        };
        (brief_at, source_at) = (brief_span.end, source_span.end);
        let mut part = |side, text: &str| {
            if !text.is_empty() {
                diff.push(DiffPart { side, text: text.to_owned() });
            }
        };
        if group.iter().all(same) {
            part(Side::Both, brief_span.of(asked.words));
        } else {
            part(Side::Brief, brief_span.of(asked.words));
            part(Side::Source, source_span.of(&source.doc.text));
            let kind = change_kind(asked.words, wording, source, &brief, &words, place.quoted);
            changed.push(Change { brief: brief_span, source: source_span, kind });
        }
    }
    let grave = changed.iter().any(|change| change.kind.is_grave());
    Verdict::Altered { place, changed, diff, grave }
}

fn change_kind(
    quote: &str,
    wording: &Wording,
    source: &Source,
    brief: &[usize],
    words: &[usize],
    quoted: bool,
) -> ChangeKind {
    if quoted && brief.is_empty() && words.iter().all(|&at| source.words[at].outer.is_none()) {
        return ChangeKind::Joined;
    }
    let asked: Vec<&Word> = wording.words().collect();
    let word = |key, text: &str, span: Span| kind::Word {
        key,
        name: is_name(text, span),
        spelled: is_spelled(text, span),
    };
    let brief: Vec<kind::Word> =
        brief.iter().map(|&i| word(asked[i].key.as_str(), quote, asked[i].span)).collect();
    let text = &source.doc.text;
    let words: Vec<kind::Word> =
        words.iter().map(|&at| word(source.words[at].key.as_str(), text, source.words[at].span)).collect();
    kind::kind(&brief, &words)
}

/// A stop behind these ends no sentence.
const TITLES: [&str; 16] = [
    "Mr", "Mrs", "Ms", "Dr", "Sen", "Rep", "Gen", "Gov", "Lt", "Col", "Sgt", "Capt", "Prof", "Rev", "St",
    "Del",
];

fn is_spelled(text: &str, span: Span) -> bool {
    span.of(text).starts_with(char::is_alphabetic)
}

/// Capitalised, and not because a sentence or a quotation begins there.
fn is_name(text: &str, span: Span) -> bool {
    let word = span.of(text);
    let before = text[..span.start].trim_end();
    let titled = before.strip_suffix('.').is_some_and(|before| {
        let title = before.rsplit(|c: char| !c.is_alphabetic()).next();
        title.is_some_and(|title| TITLES.contains(&title))
    });
    let begins = !titled
        && before
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, '.' | '?' | '!' | '…' | ':' | '“' | '"' | '‘' | '«' | '„' | '['));
    word.starts_with(char::is_uppercase)
        && word != "I"
        && (!begins || word.chars().skip(1).any(char::is_uppercase))
}
