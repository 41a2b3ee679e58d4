//! How is a statement told in one sentence of its own words?

use sayso_text::Span;

use super::english::{
    ends_within, has_verb, is_broken, is_heading, is_headline, is_plural, lost_subject, points_back, runs_on,
    tells, within_phrase,
};
use super::source::Source;
use super::who::{Part, Who, who};
use crate::check::{HEDGES, NEGATORS};
use crate::record::{Attribution, Form, HandRole, HedgeOf};
use crate::word_list::is_in;

/// Participles that announce, with the verb that a sentence of its own has.
const PARTICIPLES: [(&str, &str); 12] = [
    ("saying", "said"),
    ("adding", "said"),
    ("noting", "said"),
    ("warning", "warned"),
    ("arguing", "argued"),
    ("writing", "wrote"),
    ("stressing", "stressed"),
    ("suggesting", "suggested"),
    ("explaining", "said"),
    ("insisting", "said"),
    ("claiming", "said"),
    ("telling", "told"),
];
/// Verbs of going on, which need something before them.
const GOING_ON: &str =
    "added adds continued concluded replied responded countered agreed repeated reiterated";
/// Words that no sentence ends with.
const OPEN_ENDED: &str = "and or but nor the a an of to with for from by as at than because that which who whose if when while \
into onto its their his very";
/// Confidence from which a statement is told.
const SURE: f64 = 0.6;
/// Nouns that are taken for cues ("the consensus that").
const NOUNS: &str = "consensus comment comments emphasis statement belief remark remarks opinion contention assertion allegation \
accusation criticism suggestion proposal idea notion view question questions response answer promise pledge";
/// Words between a source and its cue at most, where no comma parts them.
const BETWEEN: usize = 5;
/// Words of a statement at least and at most.
const SHORTEST: usize = 3;
const LONGEST: usize = 60;
/// Quotations of one statement at most.
const MOST_QUOTES: usize = 4;
/// Words of a quotation that stands as a sentence of its own.
const SHORTEST_QUOTE: usize = 5;

/// A statement told in sentences.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Each the parts of one sentence.
    pub(super) sentences: Vec<Vec<Part>>,
    pub(super) who: Who,
    /// What it is from.
    pub(super) span: Span,
    /// The cue that was made neutral.
    pub(super) loaded_cue: Option<String>,
}

/// A statement in one sentence, or in one for each of two quotations; `None` where that can't be done without loss.
pub(super) fn told(source: &Source<'_>, article: usize, attribution: &Attribution) -> Option<Told> {
    let who = who(source, article, attribution)?;
    let cue = source.bytes(attribution.cue.as_ref()?);
    let said = source.bytes(attribution.source.as_ref()?);
    // "According to its director, NAME, …": the name is no part of what was said.
    let name = source.actor(attribution.actor.as_ref()).and_then(|actor| actor.name.as_deref());
    let content = attribution.content.iter().filter(|part| Some(part.text.trim_matches([',', ' '])) != name);
    let content: Vec<Span> = content.map(|part| source.bytes(part)).collect();
    let (first, last) = (*content.first()?, *content.last()?);
    if attribution.confidence < SURE {
        return None;
    }
    let words = content.iter().map(|part| source.say(*part).split_whitespace().count()).sum::<usize>();
    if !(SHORTEST..=LONGEST).contains(&words) || attribution.negated && !negates(source, said, cue) {
        return None;
    }
    let speaker = attribution.actor.as_deref();
    let cue_words = source.say(cue).to_lowercase();
    // A turn of a transcript, or a noun that was taken for a verb ("Trump claim that").
    let is_verb = cue_words == "according to" || tells(source, &cue_words);
    if !is_verb || is_headline(source, cue.start) || source.doc.text[said.end..].trim_start().starts_with(':')
    {
        return None;
    }
    // "If Congress finally requires" is a wish.
    let before =
        source.doc.text[..said.start.min(first.start)].split_whitespace().next_back().unwrap_or_default();
    // "With leaders worried about it" is no sentence.
    if is_in("if unless whether lest until till with without despite", &before.to_lowercase())
        || loses_condition(source, said, cue)
    {
        return None;
    }
    // "The transcript–published by the Post" lacks its other dash.
    if who.lacks_a_dash() || lacks_speaker(source, attribution, &content) {
        return None;
    }
    let mut loaded_cue = None;
    let one_sentence = source.sentence_at(said.start) == source.sentence_at(last.end.saturating_sub(1));
    let sentences = if cue_words == "according to" {
        vec![vec![according(&who), Part::Words(clause(source, &content, speaker)?)]]
    } else if said.end <= cue.start && cue.end <= first.start && content.len() == 1 && one_sentence {
        let verb = in_order(source, attribution, &who, cue, first, &mut loaded_cue)?;
        vec![vec![Part::Who(who.clone()), Part::Words(verb)]]
    } else {
        rebuilt(source, attribution, &who, cue, &content, &mut loaded_cue)?
    };
    let end = last.end.max(cue.end).max(said.end);
    if goes_on_with_but(source, end) || loses(source, attribution, said, cue, &sentences) {
        return None;
    }
    let (sentences, cited) = citing(source, attribution, said, cue, sentences)?;
    let sentences = through(source, attribution, sentences)?;
    let is_direct = attribution.form == Form::Direct;
    let is_wrong = |part: &Part| matches!(part, Part::Words(words) if is_broken(words) || !is_direct && (ends_within(words) || lost_subject(words)));
    if sentences.iter().flatten().any(is_wrong) || changes_paragraph(source, &content) {
        return None;
    }
    Some(Told {
        sentences,
        who,
        span: cited.map_or(source.extent(attribution), |cited| source.extent(attribution).cover(cited)),
        loaded_cue,
    })
}

/// What stands in the middle of another paragraph is somebody else's: only a quotation goes on there, from its beginning.
fn changes_paragraph(source: &Source<'_>, content: &[Span]) -> bool {
    content.windows(2).any(|pair| {
        let gap = &source.doc.text[pair[0].end.min(pair[1].start)..pair[1].start];
        gap.trim_end_matches(['“', '"', '\'', '‘'])
            .rsplit_once('\n')
            .is_some_and(|(_, behind)| !behind.trim().is_empty())
    })
}

fn according(who: &Who) -> Part {
    // The name goes between, so both stand in one part's place.
    Part::Who(who.clone().according())
}

/// The sentence goes on with "but": "he said, but he would not rule them out".
fn goes_on_with_but(source: &Source<'_>, end: usize) -> bool {
    let rest = &source.doc.text[end..];
    let rest = rest.trim_start_matches([' ', ',', '”', '"', '’']);
    let next = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_in("but though although however except unless if", next)
}

/// A word between source and cue that denies or weakens what is said, and that the sentences don't have.
fn loses(source: &Source<'_>, attribution: &Attribution, said: Span, cue: Span, all: &[Vec<Part>]) -> bool {
    let from = said.end.min(cue.end);
    let gap = Span::new(from, said.start.max(cue.start).max(from));
    if attribution.content.iter().any(|part| source.bytes(part).overlaps(gap)) {
        return false;
    }
    let has = |word: &str| {
        all.iter().flatten().any(|part| match part {
            Part::Words(words) => words.split_whitespace().any(|own| own.eq_ignore_ascii_case(word)),
            Part::Who(who) => who.holds(word),
        })
    };
    source.say(gap).split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|word| {
        let lower = word.to_lowercase().replace('’', "'");
        (is_in(NEGATORS, &lower) || is_in(HEDGES, &lower) || lower.ends_with("n't")) && !has(word)
    })
}

/// Words of it are somebody else's whom the sentence names behind it: “… at the top,” Mr. Kamin said.
fn lacks_speaker(source: &Source<'_>, attribution: &Attribution, content: &[Span]) -> bool {
    let extent = source.extent(attribution);
    source.record.attributions.iter().any(|other| {
        let cue = other.cue.as_ref().map(|cue| source.bytes(cue));
        let is_outside = cue.is_some_and(|cue| {
            !extent.contains(cue) && source.sentence_at(cue.start) == source.sentence_at(extent.start)
        });
        let shares = || {
            let pieces = other.content.iter().map(|piece| source.bytes(piece));
            pieces.into_iter().any(|piece| content.iter().any(|own| own.overlaps(piece)))
        };
        other.id != attribution.id && is_outside && shares()
    })
}

/// "Facing such a choice, many would hope": what they would do rests on what stands before them.
fn loses_condition(source: &Source<'_>, said: Span, cue: Span) -> bool {
    let sentence = source.doc.sentences[source.sentence_at(said.start)].span;
    let lead = source.doc.text[sentence.start.min(said.start)..said.start].trim_end();
    let verb = &source.doc.text[said.end.min(cue.start)..cue.end];
    lead.ends_with(',') && verb.split_whitespace().any(|word| is_in("would could might", word))
}

/// The cue says itself that it was not done.
fn negates(source: &Source<'_>, said: Span, cue: Span) -> bool {
    let words = &source.doc.text[said.end.min(cue.start)..cue.end];
    words.split_whitespace().any(|word| {
        let lower = word.to_lowercase();
        is_in("not never no neither nor declined refused without", &lower)
            || lower.ends_with("n't")
            || lower.ends_with("n’t")
    })
}

/// What stands from the cue to the end of the content, as it stands; what comes between source and cue too, where it
/// belongs to the verb.
fn in_order(
    source: &Source<'_>,
    attribution: &Attribution,
    who: &Who,
    cue: Span,
    content: Span,
    loaded_cue: &mut Option<String>,
) -> Option<String> {
    let (said, speaker) = (source.bytes(attribution.source.as_ref()?), attribution.actor.as_deref());
    let between = source.doc.text[said.end..cue.start].trim();
    let of_verb = !between.contains([',', '"', '“', '”', '—', '(', ';', ':'])
        && between.split_whitespace().count() <= BETWEEN;
    let shares = source.record.attributions.iter().any(|other| {
        other.id != attribution.id
            && other.cue.as_ref().is_some_and(|c| {
                let other = source.bytes(c);
                said.end <= other.start && other.end <= cue.start
            })
    });
    let lead = if of_verb && !shares { between } else { "" };
    if !of_verb && !shares && !between.starts_with(',') && !between.is_empty() {
        return None;
    }
    let first = source.say(cue).split_whitespace().next().unwrap_or_default().to_lowercase();
    let last = source.say(cue).split_whitespace().next_back().unwrap_or_default().to_lowercase();
    if within_phrase(source, said) {
        return None;
    }
    let possesses = ["’s", "'s", "’ ", "' "].iter().any(|mark| source.doc.text[said.end..].starts_with(mark));
    // "Freedom have cited" is somebody with a longer name.
    let is_one = who.is_person() || who.is_one_name();
    let is_plural = is_one && is_plural(source, source.say(cue), lead);
    if possesses || is_plural || is_in(NOUNS, &last) || first == "to" && lead.is_empty() {
        return None;
    }
    let is_participle = source.say(cue).split_whitespace().next().is_some_and(|word| word.ends_with("ing"));
    if is_participle && !lead.split_whitespace().any(|word| is_in("is are was were be been", word)) {
        return None;
    }
    let lead: Vec<&str> = lead.split_whitespace().filter(|word| !is_in("also then later", word)).collect();
    let rest = source.words(Span::new(cue.end, content.end), speaker)?;
    let gap = source.doc.text[cue.end..content.start].trim();
    if gap.contains(['"', '“', '”', ';']) {
        return None;
    }
    let rest = whole(&rest)?;
    if attribution.form != Form::Direct && runs_on(&rest) {
        return None;
    }
    let is_clause =
        rest.starts_with("that ") || rest.starts_with([',', ':']) || gap.is_empty() && is_fronted(&rest);
    let verb = source.say(cue);
    // "Insisted that the gates stay shut" asks for something, and "said" doesn't.
    let is_clause = is_clause && has_verb(&rest);
    let verb = neutral(source, verb, is_clause, loaded_cue);
    let verb = verb
        .split_whitespace()
        .filter(|word| !is_in("also later flatly", word))
        .collect::<Vec<_>>()
        .join(" ");
    let verb = verb.trim_end_matches([':', ',']).to_owned();
    let goes_on = attribution.form == Form::Direct && is_in(GOING_ON, &verb.to_lowercase());
    let verb = if goes_on { "said".to_owned() } else { verb };
    let opens = rest.trim_start_matches(['“', '"', '‘']);
    let is_sentence = opens.len() < rest.len()
        && opens.starts_with(char::is_uppercase)
        && opens.split_whitespace().count() > 3;
    let quoted =
        gap.is_empty() && !rest.starts_with(',') && (attribution.form == Form::Direct || is_sentence);
    let comma = if quoted { "," } else { "" };
    let space = if rest.starts_with([',', ':']) { "" } else { " " };
    let lead = lead.join(" ");
    // "Did" and "n’t apologize" are parts of one word.
    let joint = if source.doc.text[..cue.start].ends_with(char::is_whitespace) { " " } else { "" };
    let words = format!("{lead}{joint}{verb}{comma}{space}{}", closed(&rest));
    Some(words.trim().to_owned())
}

/// The words, unless they break off.
fn whole(words: &str) -> Option<String> {
    let last = words.trim_end_matches(|c: char| !c.is_alphanumeric()).split_whitespace().next_back()?;
    // "Whether it would give one".
    let of_before =
        words.trim_end_matches('.').ends_with(" give one") || words.trim_end_matches('.').ends_with(" do so");
    (!of_before && !is_in(OPEN_ENDED, &last.to_lowercase())).then(|| words.to_owned())
}

/// Begins with a subject, as far as its first word tells: "the dam had failed", not "to leave" or "of lying".
fn is_fronted(rest: &str) -> bool {
    let mut words = rest.split_whitespace().map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    // "Its fighters had mined it", not "the prize".
    let is_verb = |word: String| is_in("had has have was were is are would will could did does can", &word);
    is_in("he she it they we there", &first)
        || is_in("the its his her their a an no", &first) && words.take(8).any(is_verb)
}

/// A verb that judges, and no charge: "alleged" says that it is one.
fn is_judged(source: &Source<'_>, word: &str) -> bool {
    source.rules.is_loaded(word) && !word.starts_with("alleg")
}

/// The cue, with a neutral verb for one that judges where a clause follows.
fn neutral(source: &Source<'_>, cue: &str, is_clause: bool, loaded_cue: &mut Option<String>) -> String {
    let mut words: Vec<String> = cue.split_whitespace().map(str::to_owned).collect();
    let Some(at) = words.iter().position(|word| is_judged(source, &word.to_lowercase())) else {
        return words.join(" ");
    };
    if is_clause {
        *loaded_cue = Some(cue.to_owned());
        words[at] = if words[at].ends_with('s') && !words[at].ends_with("ss") {
            "says".into()
        } else {
            "said".into()
        };
    }
    words.join(" ")
}

/// Quotation marks of one kind at both ends, and a closing stop within them.
fn closed(words: &str) -> String {
    let words = words.trim_end().trim_end_matches([',', ';', ':', '—']);
    // ‹“ruled out,”›.
    for mark in ['”', '"', '’'] {
        if let Some(inner) = words.strip_suffix(mark)
            && inner.ends_with([',', ';'])
        {
            return format!("{}{mark}", inner.trim_end_matches([',', ';']));
        }
    }
    words.to_owned()
}

/// The content as a clause that goes on after other words: pieces that only the source and the cue parted.
fn clause(source: &Source<'_>, content: &[Span], speaker: Option<&str>) -> Option<String> {
    let pieces: Option<Vec<String>> = content.iter().map(|piece| source.words(*piece, speaker)).collect();
    let pieces = pieces?;
    // A piece of a word or two is more often a slip than a subject.
    if pieces.len() > 2 || pieces.len() == 2 && pieces[0].split_whitespace().count() < 4 {
        return None;
    }
    // Two quotations aren't one clause.
    if pieces.iter().skip(1).any(|piece| piece.starts_with(['“', '"', '‘', '\''])) {
        return None;
    }
    let joined = pieces.iter().map(|piece| closed(piece)).collect::<Vec<_>>().join(" ");
    let words = closed(&source.small_first(&joined, content[0].start));
    let opens = |word: &&str| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let at = ["but ", "and ", "so ", "or "].iter().find(|word| opens(word)).map_or(0, |word| word.len());
    let words = &words[at..];
    if runs_on(words) {
        return None;
    }
    whole(words)
}

/// The speaker first, then the verb, then what was said before or around them.
fn rebuilt(
    source: &Source<'_>,
    attribution: &Attribution,
    who: &Who,
    cue: Span,
    content: &[Span],
    loaded_cue: &mut Option<String>,
) -> Option<Vec<Vec<Part>>> {
    let verb = verb(source, attribution, cue, loaded_cue)?;
    let speaker = attribution.actor.as_deref();
    if attribution.form == Form::Direct {
        let quotes = match broken(source, content) {
            Some(whole) => Some(vec![whole]),
            None => content.iter().map(|piece| quotation(source, *piece)).collect::<Option<Vec<String>>>(),
        };
        // All of them or none: what goes away may turn what stays.
        let quotes = quotes?;
        let words: usize = quotes.iter().map(|quote| quote.split_whitespace().count()).sum();
        let parted = quotes.len() > 1 && !end_sentences(source, content);
        if words < SHORTEST_QUOTE
            || matches!(quotes.as_slice(), [quote] if points_back(quote))
            || quotes.len() > MOST_QUOTES
            || parted
        {
            return None;
        }
        let one = |(i, quote): (usize, &String)| {
            let verb = if i == 0 { verb.clone() } else { "said".to_owned() };
            vec![Part::Who(who.clone()), Part::Words(format!("{verb}, “{quote}”"))]
        };
        let all: Vec<Vec<Part>> = quotes.iter().enumerate().map(one).collect();
        return (!all.is_empty()).then_some(all);
    }
    let words = clause(source, content, speaker)?;
    let that = if words.starts_with("that ") || words.starts_with(['“', '"']) { "" } else { "that " };
    Some(vec![vec![Part::Who(who.clone()), Part::Words(format!("{verb} {that}{words}"))]])
}

/// Between the pieces a sentence ends, so that a comma within the marks stands for a stop: “We left,” she said. “We won.”
fn end_sentences(source: &Source<'_>, content: &[Span]) -> bool {
    content.windows(2).all(|pair| {
        let gap = source.doc.text[pair[0].end..pair[1].start].trim_end();
        let before = source.say(pair[0]).trim_end_matches(['”', '"', '’', '\'']);
        gap.ends_with(['.', '!', '?']) || before.ends_with(['.', '!', '?'])
    })
}

/// One sentence that "she said" parts: “Nobody has to leave,” she said, “and nobody will.”
fn broken(source: &Source<'_>, content: &[Span]) -> Option<String> {
    let [first, second] = content else { return None };
    let (first, second) = (inside(source.say(*first))?, inside(source.say(*second))?);
    let joins = first.ends_with(',') && second.starts_with(char::is_lowercase);
    (joins && !second.contains(['“', '”', '"'])).then(|| finished(&format!("{first} {second}")))
}

/// The words between the marks of a quotation.
fn inside(piece: &str) -> Option<&str> {
    let words = piece.trim();
    let two = words.strip_prefix("''").and_then(|words| words.strip_suffix("''"));
    two.or_else(|| words.strip_prefix(['“', '"', '‘', '\''])?.strip_suffix(['”', '"', '’', '\'']))
}

/// With a stop.
fn finished(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = words.trim_end_matches([',', ';', ':', '—', '–']).trim_end();
    // A quotation within it ends with its comma.
    let ends_within = ["’", "'"]
        .iter()
        .find_map(|mark| bare.strip_suffix(mark)?.strip_suffix(',').map(|rest| format!("{rest}{mark}")));
    let bare = ends_within.as_deref().unwrap_or(bare);
    if bare.trim_end_matches(['’', '\'']).ends_with(['.', '!', '?', '…']) {
        bare.to_owned()
    } else {
        format!("{bare}.")
    }
}

/// A whole quotation's words without their marks, with a stop; `None` where a piece is more or less than one.
fn quotation(source: &Source<'_>, piece: Span) -> Option<String> {
    let inner = inside(source.say(piece))?;
    let is_one = !inner.contains(['“', '”', '"', '\n']) && !inner.starts_with(char::is_lowercase);
    (is_one && !is_heading(inner)).then(|| finished(inner))
}

/// The verb of a sentence whose subject is put first.
fn verb(
    source: &Source<'_>,
    attribution: &Attribution,
    cue: Span,
    loaded_cue: &mut Option<String>,
) -> Option<String> {
    let words = source.say(cue);
    let lower = words.to_lowercase();
    let first = lower.split_whitespace().next()?.to_owned();
    let rest = lower.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
    if first == "told" || first == "tells" {
        let told = attribution.addressee.as_ref().map(|a| source.bytes_at(a.start, a.end));
        let told = told.and_then(|span| source.words(span, attribution.actor.as_deref()));
        let told =
            told.filter(|words| words.split_whitespace().count() <= 8 && !is_in("him her them us me", words));
        return Some(told.map_or_else(|| "said".to_owned(), |told| format!("{first} {told}")));
    }
    if is_in("insisting claiming", &first) {
        *loaded_cue = Some(words.to_owned());
    }
    if let Some((_, verb)) = PARTICIPLES.iter().find(|(participle, _)| *participle == first) {
        return Some((*verb).to_owned());
    }
    if first.ends_with("ing") || is_in("is are was were be been has have had as to in by of", &first) {
        return None;
    }
    if is_in(GOING_ON, &first) {
        return Some("said".to_owned());
    }
    if is_judged(source, &first) {
        *loaded_cue = Some(words.to_owned());
        let verb = if first.ends_with('s') { "says" } else { "said" };
        return Some(format!("{verb} {rest}").trim().to_owned());
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words.trim_end_matches([':', ',']).to_owned())
}

/// With whom the speaker cites, where the sentence tells that outside of what is said: "Kurier, citing an email, reported".
/// Also where that stands.
fn citing(
    source: &Source<'_>,
    attribution: &Attribution,
    said: Span,
    cue: Span,
    mut all: Vec<Vec<Part>>,
) -> Option<(Vec<Vec<Part>>, Option<Span>)> {
    let sentence = source.doc.sentences[source.sentence_at(cue.start)].span;
    let content: Vec<Span> = attribution.content.iter().map(|part| source.bytes(part)).collect();
    let tokens = source.doc.tokens.iter().filter(|token| sentence.contains(token.span));
    let mut cites = tokens.filter(|token| is_in("citing quoting", &source.say(token.span).to_lowercase()));
    let Some(cites) = cites.find(|token| !content.iter().chain([&cue]).any(|part| part.contains(token.span)))
    else {
        return Some((all, None));
    };
    let at = cites.span.start;
    let end = if at < cue.start { cue.start } else { sentence.end };
    // Whom he cites before his own words, or at the end of the sentence.
    if at < said.end || content.iter().any(|part| part.start > at && part.start < end) {
        return None;
    }
    let words = source.doc.text[at..end]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';'));
    let span = Span::new(at, at + words.len());
    let words = source.words(span, attribution.actor.as_deref())?;
    let first = all.first_mut()?;
    let place = first.iter().position(|part| matches!(part, Part::Who(who) if !who.is_according()))?;
    first.insert(place + 1, Part::Words(format!(", {words},")));
    Some((all, Some(span)))
}

/// With the hands that it came through, and the hedges of the report, that its own words don't tell.
fn through(
    source: &Source<'_>,
    attribution: &Attribution,
    mut all: Vec<Vec<Part>>,
) -> Option<Vec<Vec<Part>>> {
    let has = |all: &[Vec<Part>], words: &str| {
        all.iter().flatten().any(|part| match part {
            Part::Words(own) => format!(" {own}").contains(&format!(" {words}")),
            Part::Who(who) => who.holds(words),
        })
    };
    for hedge in attribution.hedges.iter().filter(|hedge| hedge.of == HedgeOf::Report) {
        if !has(&all, &hedge.text) {
            return None;
        }
    }
    let hands: Option<Vec<String>> = attribution
        .chain
        .iter()
        // The agency that an article carries is named with the article.
        .filter(|hand| hand.role != HandRole::Wire)
        .map(|hand| source.actor(Some(&hand.actor)).and_then(|actor| source.called(actor)))
        .collect();
    let is_new = |name: &String| !has(&all, name) && source.article.outlet.as_ref() != Some(name);
    let hands: Vec<String> = hands?.into_iter().filter(is_new).collect();
    // The article's own outlet is no hand of the brief's, which names it above.
    if let Some((inner, outer)) = hands.split_last() {
        // "According to X, according to Y" says less than it should.
        if all.iter().flatten().any(|part| matches!(part, Part::Who(who) if who.is_according())) {
            return None;
        }
        let by: String = outer.iter().rev().map(|outer| format!(", reported by {outer}")).collect();
        let lead = Part::Words(format!("according to {inner}{by},"));
        all.iter_mut().for_each(|parts| parts.insert(0, lead.clone()));
    }
    Some(all)
}
