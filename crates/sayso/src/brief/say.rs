//! How is a statement told in one sentence of its own words?

use sayso_text::Span;

use super::english::{
    ends_within, has_verb, is_broken, is_clause, is_headline, is_plural, is_verb, lost_subject,
    points_by_that, quotes_sentence, runs_on, tells, within_phrase,
};
use super::hands::{citing, through};
use super::rebuilt::rebuilt;
use super::source::Source;
use super::who::{Part, Who, who};
use crate::check::{HEDGES, NEGATORS};
use crate::record::{Attribution, Form};
use crate::word_list::is_in;

/// Verbs of going on, which need something before them.
pub(super) const GOING_ON: &str =
    "added adds continued concluded replied responded countered agreed repeated reiterated";
/// Words that no sentence ends with.
const OPEN_ENDED: &str = "and or but nor the a an of to with for from by as at than because that which who whose if when while \
into onto its their his very";
/// Words with which a clause goes on without a comma.
const GOING_ON_WITHOUT: &str = "to of in on at by for from into until since that than";
/// Words that open an aside or a clause behind a comma.
const ASIDES: &str = "a an the which who whose whom where including excluding as without although though while whereas because \
and or but so when if unless such especially particularly mostly mainly partly largely despite even with after before following";
/// Confidence from which a statement is told.
const SURE: f64 = 0.6;
/// Nouns that are taken for cues ("the consensus that").
const NOUNS: &str = "consensus comment comments emphasis statement belief remark remarks opinion contention assertion allegation \
accusation criticism suggestion proposal idea notion view question questions response answer promise pledge";
/// Verbs that show, and words for what can.
const SHOWING: &str = "show shows showed prove proves proved demonstrate demonstrates demonstrated illustrate illustrates illustrated";
const FINDINGS: &str = "poll polls survey surveys study studies report reports data figures results analysis research researchers \
document documents records emails video footage review returns numbers statistics average averages census inquiry investigation filing filings letter memo team";
/// Words between a source and its cue at most, where no comma parts them.
const BETWEEN: usize = 5;
/// Words of a statement at least and at most.
const SHORTEST: usize = 3;
const LONGEST: usize = 60;
/// Words behind "however hard" that show it to be a degree.
const ARTICLES: &str = "the a an his her its their this that it he she they we you";
const PLACES: &str = "state home country city town village county district region province borough valley";

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
    // A name that was read in a wrong encoding falls apart.
    if source.doc.text[last.end..].starts_with(char::is_alphanumeric) {
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
    // "That quote from Ana Brell appeared".
    let is_one = who.is_person() || who.is_one_name();
    if is_one && said.start > cue.start && is_plural(source, &cue_words, "") {
        return None;
    }
    // "If Congress finally requires" is a wish.
    let before =
        source.doc.text[..said.start.min(first.start)].split_whitespace().next_back().unwrap_or_default();
    // "With leaders worried about it" is no sentence.
    let is_pronoun = is_in("he she they it we i you", &source.say(said).to_lowercase());
    if is_in("if unless whether lest until till with without despite including", &before.to_lowercase())
        || is_shown(&who, &cue_words)
        // "With friends, where they planned to hide": nobody says who "they" are.
        || is_pronoun && before == "where"
        || is_of_own_place(source, said)
        || is_aside(source, said, cue)
        || hangs_on_time(source, said, first)
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
    if goes_on_with_but(source, end)
        || is_subject(source, end)
        || loses(source, attribution, said, cue, &sentences)
    {
        return None;
    }
    let (sentences, cited) = citing(source, attribution, said, cue, sentences)?;
    let sentences = through(source, attribution, sentences)?;
    let is_direct = attribution.form == Form::Direct;
    let is_wrong = |part: &Part| matches!(part, Part::Words(words) if is_broken(words) || points_by_that(words) || quotes_sentence(words) || !is_direct && (ends_within(words) || lost_subject(words)));
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

/// "Her comments on the death came as others spoke": a verb follows, so that what was taken for a verb is a noun.
fn is_subject(source: &Source<'_>, end: usize) -> bool {
    let rest = source.doc.text[end..].strip_prefix(' ').unwrap_or_default();
    let next = rest.split_whitespace().next().unwrap_or_default();
    is_in("came comes is was are were has have had will would", next)
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

/// Nobody says what somebody knows, or what is shown by what isn't about it: "Brodna showed that peace can last".
fn is_shown(who: &Who, cue: &str) -> bool {
    let verb = cue.split_whitespace().next_back().unwrap_or_default();
    is_in("know knows knew", verb) || is_in(SHOWING, verb) && !who.is_of(FINDINGS)
}

/// "The ad, which — as Brell noted — promises to": the verb behind an aside isn't that of who speaks in it.
fn is_aside(source: &Source<'_>, said: Span, cue: Span) -> bool {
    let text = &source.doc.text;
    let opens = text[..said.start]
        .trim_end()
        .strip_suffix("as")
        .is_some_and(|before| before.trim_end().ends_with(['—', '–', ',', '(', '-']));
    // "As Ana Brell, the mayor, noted" has no verb between them.
    let aside = text.get(said.end..cue.start).unwrap_or_default();
    opens && aside.trim_end().ends_with(['—', '–', ',', ')', '-']) && has_verb(aside)
}

/// "In his state, Brell said, crime fell": where it did is left out, since it stands before the speaker.
fn is_of_own_place(source: &Source<'_>, said: Span) -> bool {
    let sentence = source.doc.sentences[source.sentence_at(said.start)].span;
    let before = source.doc.text[sentence.start..said.start.max(sentence.start)].to_lowercase();
    let mut words = before.split(|c: char| !c.is_alphabetic());
    words.next().is_some_and(|word| is_in("in across throughout", word))
        && words.next().is_some_and(|word| is_in("his her their its", word))
        && words.next().is_some_and(|word| is_in(PLACES, word))
}

/// "Years after many countries agreed to it": the clause only says when something else was, and long before. So does what is
/// done, not said, "after" and "when".
fn hangs_on_time(source: &Source<'_>, said: Span, first: Span) -> bool {
    let mut before = source.doc.text[..said.start.min(first.start)].split_whitespace().rev();
    let (word, measure) = (before.next().unwrap_or_default(), before.next().unwrap_or_default());
    let (word, measure) = (word.to_lowercase(), measure.to_lowercase());
    let is_long = is_in("years year decades decade months centuries century", &measure);
    let is_done = source.say(first).starts_with("to ");
    is_in("before since until once", &word) || is_in("after when as", &word) && (is_long || is_done)
}

/// "Facing such a choice, many would hope": what they would do rests on what stands before them. "When they strike, we call
/// it a crime": so does what is done again and again.
fn loses_condition(source: &Source<'_>, said: Span, cue: Span) -> bool {
    let sentence = source.doc.sentences[source.sentence_at(said.start)].span;
    let lead = source.doc.text[sentence.start.min(said.start)..said.start].trim_end();
    let verb = &source.doc.text[said.end.min(cue.start)..cue.end];
    let opens = lead.split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_past = verb.split_whitespace().any(|word| {
        word.ends_with("ed") || is_in("said told wrote was were had has have", &word.to_lowercase())
    });
    let n_lead = lead.split_whitespace().count();
    lead.ends_with(',')
        && (verb.split_whitespace().any(|word| is_in("would could might", word))
            // "If anything, experts say" hangs on nothing.
            || n_lead > 2 && is_in("if unless whenever", &opens)
            || opens == "when" && !is_past)
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
    // "They call them wolves and describe their actions": whose is told in what is left out.
    if shares && source.points(content, speaker) {
        return None;
    }
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
    // "As Lund pointed out, it is late".
    let before = source.doc.text[..said.start].split_whitespace().next_back().unwrap_or_default();
    let rest = if before.ends_with(',') { told_that(source, attribution, rest) } else { rest };
    // "As Northline noted on Sunday, it is late".
    let rest =
        match gap.strip_suffix(',').filter(|when| !when.is_empty() && before.eq_ignore_ascii_case("as")) {
            Some(when) => match rest.strip_prefix(when).and_then(|rest| rest.strip_prefix(", ")) {
                Some(clause) => format!("{when} that {clause}"),
                None => rest,
            },
            None => rest,
        };
    let rest = match rest.strip_prefix(", ") {
        // "Instead, Lund told Northline, it would be late".
        Some(clause)
            if before.eq_ignore_ascii_case("as")
                || before.ends_with(',') && !clause.starts_with(['“', '"', '‘', '\'']) =>
        {
            format!("that {clause}")
        }
        _ => rest,
    };
    if attribution.form != Form::Direct && runs_on(&rest) {
        return None;
    }
    let follows =
        rest.starts_with("that ") || rest.starts_with([',', ':']) || gap.is_empty() && is_fronted(&rest);
    let verb = source.say(cue);
    // "Insisted that the gates stay shut" asks for something, and "said" doesn't.
    let follows = follows && has_verb(&rest);
    let verb = neutral(source, verb, follows, loaded_cue);
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
    // "Claimed “they exaggerate” the number" goes on outside of the marks.
    let behind = opens.find(['”', '"']).map(|at| opens[at..].trim_start_matches(['”', '"', ' ']));
    let is_whole =
        opens.len() == rest.len() || !behind.is_some_and(|words| words.starts_with(char::is_lowercase));
    let quoted = is_whole
        && gap.is_empty()
        && !rest.starts_with(',')
        && (attribution.form == Form::Direct || is_sentence);
    // "Responded with chants of “we stay”".
    let leads_on =
        verb.split(' ').next_back().is_some_and(|word| is_in("of with as by for in on at from", word));
    // "Condemned “such an attack”".
    let object = opens.trim_start_matches('\'');
    let is_object = object.starts_with(char::is_lowercase) && !has_verb(object);
    let comma = if quoted && !leads_on && !is_object { "," } else { "" };
    let space = if rest.starts_with([',', ':']) { "" } else { " " };
    let lead = lead.join(" ");
    // "Did" and "n’t apologize" are parts of one word.
    let joint = if source.doc.text[..cue.start].ends_with(char::is_whitespace) { " " } else { "" };
    let words = format!("{lead}{joint}{verb}{comma}{space}{}", closed(&rest));
    Some(words.trim().to_owned())
}

/// "Northline, it would be late", behind "instead, Lund told": with "that" for the comma.
fn told_that(source: &Source<'_>, attribution: &Attribution, rest: String) -> String {
    let told = attribution.addressee.as_ref().map(|told| source.say(source.bytes_at(told.start, told.end)));
    let clause = told.and_then(|told| rest.strip_prefix(told)?.strip_prefix(", "));
    match (told, clause.filter(|clause| !clause.starts_with(['“', '"', '‘', '\'']))) {
        (Some(told), Some(clause)) => format!("{told} that {clause}"),
        _ => rest,
    }
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
pub(super) fn is_judged(source: &Source<'_>, word: &str) -> bool {
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
pub(super) fn clause(source: &Source<'_>, content: &[Span], speaker: Option<&str>) -> Option<String> {
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
    let mut joined = closed(&pieces[0]);
    for (pair, piece) in content.windows(2).zip(&pieces[1..]) {
        let gap = &source.doc.text[pair[0].end.min(pair[1].start)..pair[1].start];
        // "…, analysts say; in 2012 it was less": another sentence.
        if gap.contains(';') {
            return None;
        }
        joined += between(&joined, gap, piece)?;
        joined += &closed(piece);
    }
    let words = closed(&source.small_first(&joined, content[0].start));
    let opens = |word: &&str| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let at = ["but ", "and ", "so ", "or ", "however, ", "however "]
        .iter()
        .find(|word| opens(word))
        .map_or(0, |word| word.len());
    let words = &words[at..];
    // "However laudable the goal".
    let is_degree =
        opens(&"however ") && is_in(ARTICLES, words.split_whitespace().nth(1).unwrap_or_default());
    // "Language unclear on whether they are covered" is a headline's.
    if is_degree || runs_on(words) || !is_clause(words) {
        return None;
    }
    whole(words)
}

/// What stands between two pieces of a clause once what parted them is away: a comma, where what follows is an aside or a
/// clause behind a whole one ("is vague, including on pay"), and none, where it goes on with the verb ("the dam is closed");
/// `None` where that isn't sure.
fn between(before: &str, gap: &str, behind: &str) -> Option<&'static str> {
    let first = behind.split_whitespace().next().unwrap_or_default().trim_end_matches(',').to_lowercase();
    let parted_by_comma = gap.trim_start().starts_with(',') || before.ends_with(',');
    if gap.trim() == "," {
        return Some(", ");
    }
    if !parted_by_comma || is_in(GOING_ON_WITHOUT, &first) || is_verb(&first) {
        return Some(" ");
    }
    if is_in(ASIDES, &first) || first.ends_with("ing") {
        return Some(", ");
    }
    // "The dam, officials said, threatens the town".
    (!has_verb(before)).then_some(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_stays_where_an_aside_follows() {
        for (before, gap, behind, mark) in [
            ("the plan is vague about pay", ", experts say, ", "including a rule on leave", Some(", ")),
            ("70 percent are born to them", ", ", "a threefold increase", Some(", ")),
            ("the dam", ", officials said, ", "is closed", Some(" ")),
            ("the dam is closed", ", officials said, ", "for the winter", Some(" ")),
            ("the old dam", ", officials said, ", "threatens the town", Some(" ")),
            ("the dam that was built", ", officials said, ", "threatens the town", None),
            ("the dam would hold", ", officials said, ", "but nobody was sure", Some(", ")),
        ] {
            assert_eq!(between(before, gap, behind), mark, "{before}{gap}{behind}");
        }
    }
}
