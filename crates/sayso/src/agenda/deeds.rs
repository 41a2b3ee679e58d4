//! Where do deeds show parties to stand? "Orrin opposes the plan", "the drivers voted against it".
//!
//! The text tells them itself or lets somebody tell them, whether or not they are statements. Only plain clauses count: a
//! subject that we know, a verb of the rules, and what it is done to; no question, no condition, nothing that was once.

use std::ops::Range;

use sayso_text::{ParagraphKind, Span};

use super::Reading;
use super::conditions;
use super::objects::Object;
use super::parties::{is_lawyers, parties};
use super::phrases::{DETERMINERS, NounPhrase, Reader, What};
use super::stances::undoing;
use crate::grammar;
use crate::record::{Act, ActorKind, Form, MentionKind, Stance};
use crate::rules::{Gender, Noun};
use crate::word_list::is_in;

/// Words of a verb's phrase at most.
const LONGEST_VERB: usize = 5;
/// Words of a subject that has no name at most.
const LONGEST_SUBJECT: usize = 8;
/// Tokens of an aside between a subject and its verb at most.
const ASIDE: usize = 14;
/// Tokens of a clause from its verb on at most.
const LONGEST_DETAIL: usize = 40;
/// Subjects that name nobody.
const PRONOUNS: &str = "the a an he she it they we i you this that these those who which what nobody everybody everyone anyone someone \
somebody none neither either nothing everything something there one";
/// What may stand between a subject and its verb, beside adverbs in "-ly".
const BETWEEN: &str = "also now again still today yesterday on monday tuesday wednesday thursday friday saturday sunday \
night morning evening afternoon late early has have is are will does do not n't n’t wo ca can cannot \
was were no longer never all both since itself themselves";
/// Before a subject they make it a part of something else, or its clause a condition.
const BEFORE_SUBJECTS: &str = "nor neither not even only of for by with from to against between like at in on among about over than if whether unless should \
until before why how would could might let had were";
/// Adverbs with which a deed is not done, or only said to be.
const WEAKENING: &str = "hardly barely scarcely nearly almost rarely seldom allegedly reportedly supposedly apparently possibly probably likely";
/// With them a clause is a condition, or what hangs on one.
const CONDITIONS: &str = "if unless whether provided once";
/// Where another clause begins.
const JOINTS: &str = "and but while whereas though although";
/// Words of a sentence that tell of what was once.
const ONCE: &str = "once earlier previously originally initially formerly ago last then already january february march \
april june july august september october november december";

/// What a party did to a point.
pub(super) struct Deed {
    pub(super) parties: Vec<String>,
    pub(super) stance: Stance,
    pub(super) object: NounPhrase,
    /// From the verb to the end of its clause.
    pub(super) detail: Span,
    /// The attribution that tells it, if any.
    pub(super) of: Option<usize>,
}

/// All deeds of the running text, in order.
pub(super) fn deeds(reading: Reading<'_>, found: &[NounPhrase]) -> Vec<Deed> {
    let reader = Reader { doc: reading.doc, rules: reading.rules };
    let mut ends: Vec<(Span, usize)> = Vec::new();
    for (id, entity) in reading.resolved.entities.iter().enumerate() {
        ends.extend(entity.mentions.iter().map(|(span, _)| (*span, id)));
    }
    // Of several that end in one place the longest.
    ends.sort_by_key(|(span, id)| (span.end, span.start, *id));
    ends.dedup_by_key(|(span, _)| span.end);
    let clauses = Clauses { reading, reader: &reader, found, ends };
    let doc = reading.doc;
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| &doc.sentences[p.sentences.clone()]);
    sentences.flat_map(|sentence| clauses.of(sentence.tokens.clone())).collect()
}

struct Clauses<'a> {
    reading: Reading<'a>,
    reader: &'a Reader<'a>,
    found: &'a [NounPhrase],
    /// Mentions of entities, by where they end.
    ends: Vec<(Span, usize)>,
}

/// A subject with what stands between it and the verb.
struct Subject {
    parties: Vec<String>,
    between: Vec<String>,
}

impl Clauses<'_> {
    fn of(&self, tokens: Range<usize>) -> Vec<Deed> {
        let asks = tokens.clone().any(|i| self.reader.word(i) == "?");
        let was_once = tokens.clone().any(|i| {
            let word = self.reader.lower(i);
            // "In 2011".
            let is_date = is_year(&word)
                && i > tokens.start
                && matches!(self.reader.lower(i - 1).as_str(), "in" | "since" | "of");
            is_date || is_in(ONCE, &word)
        });
        if asks || was_once {
            return Vec::new();
        }
        let mut all = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            match self.verb(at, tokens.end) {
                Some((stance, end)) => {
                    all.extend(self.deed(stance, at..end, &tokens));
                    at = end;
                }
                None => at += 1,
            }
        }
        all
    }

    /// The longest verb of the rules that begins here.
    fn verb(&self, at: usize, end: usize) -> Option<(Stance, usize)> {
        if !self.reading.rules.agenda.begins_deed(&self.reader.lower(at)) {
            return None;
        }
        (at + 1..=(at + LONGEST_VERB).min(end)).rev().find_map(|last| {
            let words: Vec<String> = (at..last).map(|i| self.reader.lower(i)).collect();
            self.reading.rules.agenda.deed(&words.join(" ")).map(|stance| (stance, last))
        })
    }

    fn deed(&self, stance: Stance, verb: Range<usize>, sentence: &Range<usize>) -> Option<Deed> {
        let doc = self.reading.doc;
        let first = doc.tokens[verb.start].span;
        let of = self.told_in(first);
        if of.is_some_and(|i| {
            let statement = &self.reading.statements[i];
            // "No longer supports" is told by the deed's own words.
            let is_cue = self.reading.attributed[i].cue.is_some_and(|cue| cue.overlaps(first));
            matches!(statement.act, Act::Deny | Act::Ask) || statement.negated && !is_cue
        }) {
            return None;
        }
        if (sentence.start..verb.start).any(|i| is_in(CONDITIONS, &self.reader.lower(i))) {
            return None;
        }
        let subject = self.subject(verb.start, sentence.start, of)?;
        // "Was against it" is old where the outlet tells it, and "said it was against it" isn't.
        let is_said = of.is_some_and(|i| {
            let a = &self.reading.attributed[i];
            a.form == Form::Indirect && a.content.iter().any(|part| part.overlaps(first))
        });
        let was = subject.between.iter().any(|word| is_in("was were", word));
        if was && !is_said && stance != Stance::Conditional {
            return None;
        }
        let words: Vec<String> = verb.clone().map(|i| self.reader.lower(i)).collect();
        let stance = turned(stance, &subject.between, &words)?;
        let stance = self.on_condition(stance, verb.end..sentence.end)?;
        let object = (Object { reading: self.reading, reader: self.reader })
            .done_to(stance, verb.end..sentence.end)
            .or_else(|| self.pointed_to(verb.end, sentence.start))?;
        // "Said he opposed the 2003 invasion" tells of 2003.
        let is_dated = is_said && object.tokens.clone().any(|i| is_year(&self.reader.lower(i)));
        if is_dated && words[0].ends_with("ed") {
            return None;
        }
        let before =
            object.span.start.max(object.tokens.end.checked_sub(1).map_or(0, |i| doc.tokens[i].span.start));
        let path = Span::new(doc.tokens[verb.end - 1].span.end.min(before), before).of(&doc.text);
        let agenda = &self.reading.rules.agenda;
        // "Rejected claims that the ceasefire was over" and "the lifting of sanctions".
        if agenda.claims.is_match(path) {
            return None;
        }
        let stance = if agenda.undoing.is_match(path) { undoing(stance)? } else { stance };
        let is_end = |i: &usize| {
            matches!(self.reader.word(*i), "," | ";" | ":" | "—" | "–" | "”" | "\"")
                || *i >= object.tokens.end && is_in(JOINTS, &self.reader.lower(*i))
        };
        let last = (verb.end..sentence.end).find(is_end);
        let last = last.unwrap_or(sentence.end).max(verb.end + 1).min(sentence.end);
        let detail = first.cover(doc.tokens[last - 1].span);
        let detail = Span::new(
            detail.start,
            detail.start + detail.of(&doc.text).trim_end_matches(['.', '!', ' ']).len(),
        );
        (last - verb.start <= LONGEST_DETAIL).then_some(Deed {
            parties: subject.parties,
            stance,
            object,
            detail,
            of,
        })
    }

    /// "Willing to discuss it, provided that the docks stay open": what has no condition is no answer yet, and a yes with
    /// one is conditional.
    fn on_condition(&self, stance: Stance, rest: Range<usize>) -> Option<Stance> {
        let doc = self.reading.doc;
        let words = match doc.tokens.get(rest.clone()) {
            Some([first, .., last]) => first.span.cover(last.span).of(&doc.text),
            _ => "",
        };
        match stance {
            Stance::Conditional => conditions::is_on_condition(words).then_some(stance),
            _ => conditions::bound(stance, words),
        }
    }

    /// "The law failed when the Centre voted against it": the one point that stands before.
    fn pointed_to(&self, at: usize, start: usize) -> Option<NounPhrase> {
        if self.reader.lower(at) != "it" || self.reader.word(at + 1).contains(char::is_alphanumeric) {
            return None;
        }
        let before = |phrase: &&NounPhrase| {
            phrase.tokens.start >= start && phrase.tokens.end <= at && phrase.what != What::Other
        };
        let mut all = self.found.iter().filter(before);
        all.next().filter(|_| all.next().is_none()).cloned()
    }

    /// The innermost attribution whose content or cue it stands in.
    fn told_in(&self, verb: Span) -> Option<usize> {
        let holds = |i: &usize| {
            let a = &self.reading.attributed[*i];
            a.content.iter().chain(&a.cue).any(|part| part.overlaps(verb))
        };
        let all = (0..self.reading.attributed.len()).filter(holds);
        all.min_by_key(|&i| self.reading.attributed[i].content.iter().map(|part| part.len()).sum::<usize>())
    }

    /// Whose clause the verb is.
    fn subject(&self, verb: usize, start: usize, of: Option<usize>) -> Option<Subject> {
        let mut between = Vec::new();
        let mut at = verb;
        while at > start {
            let word = self.reader.lower(at - 1);
            let is_adverb = word.ends_with("ly") && self.reading.rules.noun(&word).is_none();
            // What a party said that it would do.
            let is_told = word == "would" && of.is_some();
            if !is_in(BETWEEN, &word) && !is_adverb && !is_told {
                break;
            }
            between.push(word);
            at -= 1;
        }
        if at == start {
            return None;
        }
        let last = self.reader.lower(at - 1);
        // "The league, which opposes it", "Norvale, under pressure at home, rejected it".
        if matches!(last.as_str(), "which" | "who" | "that") && at >= start + 2 {
            at -= 1;
            at -= usize::from(self.reader.word(at - 1) == ",");
        } else if last == "," {
            let from = (at - 1).saturating_sub(ASIDE).max(start);
            at = (from..at - 1).rev().find(|&i| self.reader.word(i) == ",")?;
            // Only the clause's first words are surely its subject.
            if at > start + LONGEST_SUBJECT
                || (start..at).any(|i| is_in(BEFORE_SUBJECTS, &self.reader.lower(i)))
            {
                return None;
            }
        }
        if at <= start {
            return None;
        }
        let last = self.reading.doc.tokens[at - 1].span;
        let word = self.reader.lower(at - 1);
        if matches!(word.as_str(), "we" | "i") {
            let entity = of.and_then(|i| self.reading.statements[i].actor)?;
            let parties = parties(self.reading, entity);
            return (!parties.is_empty()).then_some(Subject { parties, between });
        }
        if is_in("it they he she", &word)
            && let Some(speaker) = of.and_then(|i| self.speaker_of(i, at - 1))
        {
            let parties = parties(self.reading, speaker);
            let may_be = self.may_mean(&word, speaker, &parties);
            return (may_be && !parties.is_empty()).then_some(Subject { parties, between });
        }
        let mut parties = self.mentioned(last.end, start, of);
        if parties.is_empty() {
            parties = self.described(start..at, of);
        }
        (!parties.is_empty()).then_some(Subject { parties, between })
    }

    /// "Tavria said that it accepts the plan": whose statement a pronoun begins.
    fn speaker_of(&self, i: usize, pronoun: usize) -> Option<usize> {
        let a = &self.reading.attributed[i];
        let first = a.content.first().map(|part| grammar::tokens_of(self.reading.doc, *part).start)?;
        let first = first + usize::from(self.reader.lower(first) == "that");
        let is_own = a.source.is_some_and(|source| source.end <= self.reading.doc.tokens[pronoun].span.start);
        (first == pronoun && is_own && a.form == Form::Indirect)
            .then(|| self.reading.statements[i].actor)
            .flatten()
    }

    /// "He" is a speaker who is surely a man, and "it" whom a person speaks for: of "Mr. Hale said she" nobody can tell.
    fn may_mean(&self, pronoun: &str, speaker: usize, parties: &[String]) -> bool {
        let entity = &self.reading.resolved.entities[speaker];
        match pronoun {
            "he" => entity.gender == Some(Gender::Male),
            "she" => entity.gender == Some(Gender::Female),
            _ => {
                entity.kind != ActorKind::Person
                    || entity.name.as_ref().is_none_or(|name| !parties.contains(name))
            }
        }
    }

    /// Whose side somebody takes whose mention ends there, unless it is a part of something else.
    fn mentioned(&self, end: usize, start: usize, of: Option<usize>) -> Vec<String> {
        let Ok(found) = self.ends.binary_search_by_key(&end, |(span, _)| span.end) else {
            return Vec::new();
        };
        let (mention, entity) = self.ends[found];
        let mut before = grammar::tokens_of(self.reading.doc, mention).start;
        if before > start && is_in("the a an", &self.reader.lower(before - 1)) {
            before -= 1;
        }
        let word = if before > start { self.reader.lower(before - 1) } else { String::new() };
        let is_part = is_in(BEFORE_SUBJECTS, &word)
            || matches!(word.as_str(), "'s" | "’s" | "-")
            || self.reader.is_second(before, start);
        let kind = self.reading.resolved.entities[entity].mentions.iter().find(|(span, _)| *span == mention);
        let is_pronoun = kind.is_some_and(|(_, kind)| *kind == MentionKind::Pronoun);
        if is_part || is_pronoun && of.is_none() { Vec::new() } else { parties(self.reading, entity) }
    }
}

impl Clauses<'_> {
    /// Somebody who is called by what he is, and whose clause begins there: "the environment ministry", "the owners of flats".
    fn described(&self, tokens: Range<usize>, of: Option<usize>) -> Vec<String> {
        let doc = self.reading.doc;
        let content = of.map_or(&[][..], |i| &self.reading.attributed[i].content);
        let begins = content.iter().map(|part| grammar::tokens_of(doc, *part).start);
        let mut from = begins.rev().find(|first| tokens.contains(first)).unwrap_or(tokens.start);
        let is_lead =
            |i: usize| !self.reader.word(i).contains(char::is_alphanumeric) || self.reader.lower(i) == "that";
        while from < tokens.end && is_lead(from) {
            from += 1;
        }
        let words: Vec<String> = (from..tokens.end).map(|i| self.reader.lower(i)).collect();
        if words.is_empty() || words.len() > LONGEST_SUBJECT {
            return Vec::new();
        }
        // "Our group stands behind the reform".
        let speaker = of.and_then(|i| {
            let is_own = self.reading.attributed[i]
                .source
                .is_some_and(|source| source.end > doc.tokens[from].span.start);
            let whose = if is_own { self.reading.attributed[i].parent } else { Some(i) };
            whose.and_then(|i| self.reading.statements[i].actor)
        });
        let is_body = |word: &String| {
            matches!(
                self.reading.rules.noun(word),
                Some((Noun::Organisation, _) | (Noun::Role | Noun::Unnamed, true))
            )
        };
        if is_in("our my", &words[0]) && words.len() == 2 && is_body(&words[1]) {
            return speaker.map(|speaker| parties(self.reading, speaker)).unwrap_or_default();
        }
        // "Veldmark rejects the plan": a name that no list has. "Drivers" are no name, nor is "Everybody".
        if let [word] = &words[..] {
            let rules = self.reading.rules;
            let written = self.reader.word(from);
            let is_elsewhere = doc.tokens.iter().enumerate().any(|(i, token)| {
                i != from
                    && token.span.of(&doc.text) == written
                    && self.reader.lower(i.saturating_sub(1)) != "."
            });
            let is_name = is_elsewhere
                && written.starts_with(char::is_uppercase)
                && !word.ends_with('s')
                && word.chars().all(char::is_alphabetic)
                && !self.reader.stops(from, word)
                && !is_in(PRONOUNS, word)
                && !rules.is_quantifier(word)
                && !rules.agenda.is_nobody(word)
                && !rules.agenda.is_observer(word)
                && rules.noun(word).is_none_or(|(noun, _)| noun == Noun::Organisation);
            if is_name {
                return vec![self.reader.word(from).to_owned()];
            }
        }
        let is_joint = |word: &str| matches!(word, "of" | "in" | "at" | "from" | "for");
        let end = words.iter().position(|word| is_joint(word)).unwrap_or(words.len());
        let Some(head) = end.checked_sub(1) else { return Vec::new() };
        let is_plain = |(i, word): (usize, &String)| {
            i == 0 && DETERMINERS.contains(&word.as_str())
                || is_joint(word)
                || i > head && word == "the"
                || word.contains(char::is_alphabetic) && !self.reader.stops(from + i, word)
        };
        let takes_sides = match self.reading.rules.noun(&words[head]) {
            Some((Noun::Organisation, _)) => true,
            Some((Noun::Role | Noun::Unnamed | Noun::Kin, is_plural)) => is_plural,
            _ => false,
        };
        let agenda = &self.reading.rules.agenda;
        let phrase = words.join(" ");
        let is_somebody = words.iter().all(|word| !agenda.is_observer(word) && !agenda.is_nobody(word))
            && !is_lawyers(&phrase)
            && !self.reading.rules.speaks_for(&phrase);
        let first = from + usize::from(DETERMINERS.contains(&words[0].as_str()));
        let is_clause = takes_sides && is_somebody && words.iter().enumerate().all(is_plain);
        if !is_clause || first >= tokens.end {
            return Vec::new();
        }
        vec![doc.tokens[first].span.cover(doc.tokens[tokens.end - 1].span).of(&doc.text).to_owned()]
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// "Hardly supports", "reportedly rejected", "can veto".
fn is_weak(between: &[String]) -> bool {
    let denied = between.iter().any(|word| is_in("not n't n’t", word));
    between.iter().any(|word| is_in(WEAKENING, word) || !denied && is_in("can could", word))
}

/// The stance behind what stands between subject and verb: "will not accept", "no longer supports".
fn turned(stance: Stance, between: &[String], verb: &[String]) -> Option<Stance> {
    let has = |words: &[&str]| between.iter().any(|word| words.contains(&word.as_str()));
    let first = verb.first().map_or("", String::as_str);
    let is_going = first.ends_with("ing");
    let is_predicate =
        matches!(first, "against" | "in" | "behind" | "willing" | "ready" | "prepared" | "open")
            || first == "opposed" && verb.len() > 1;
    // "Is rejected" is done to it, "rejecting" is nobody's clause, and "against" needs its verb.
    if has(&["is", "are", "was", "were"]) != (is_going || is_predicate) {
        return None;
    }
    // What is possible, said or nearly so is nobody's stance yet.
    if is_weak(between) {
        return None;
    }
    let denied = has(&["not", "n't", "n’t", "never", "cannot"]);
    if has(&["no"]) && has(&["longer"]) {
        return (stance == Stance::Supports).then_some(Stance::Opposes);
    }
    match stance {
        _ if !denied => Some(stance),
        // What somebody hasn't accepted may still be under way.
        Stance::Accepts | Stance::Supports if has(&["will", "wo", "ca", "can", "cannot", "would"]) => {
            Some(Stance::Rejects)
        }
        Stance::Supports if has(&["do", "does"]) => Some(Stance::Opposes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sayso_text::Article;

    use crate::Engine;

    /// Party, issue, stance.
    type Held = (&'static str, &'static str, &'static str);

    /// A text, and the positions in it.
    const CASES: [(&str, &[Held]); 31] = [
        ("Orrin has dropped its objection to the dam.", &[("Orrin", "dam", "accepts")]),
        (
            "The owners of flats in the Glasswell Tower have accepted the settlement, their lawyer told the court.",
            &[("owners of flats in the Glasswell Tower", "settlement", "accepts")],
        ),
        ("The town of Kolmstad supports the mine.", &[("town of Kolmstad", "mine", "supports")]),
        (
            "The pension reform failed on Tuesday night when the People's Front voted against it, and the house rose.",
            &[("People's Front", "pension reform", "opposes")],
        ),
        (
            "“It is late,” said Viktor Sandoz, leader of the People's Front. “Our group opposes the ceasefire.”",
            &[("People's Front", "ceasefire", "opposes")],
        ),
        (
            "The environment ministry on Monday turned down the mine licence for a pit at the lake.",
            &[("environment ministry", "mine licence", "rejects")],
        ),
        (
            "On Monday the envoy of Veldmark left. Veldmark is now willing to discuss the ceasefire, provided that its soldiers stay, the ministry said.",
            &[("Veldmark", "ceasefire", "conditional")],
        ),
        (
            "On Monday the envoy of Norvale left. Norvale no longer supports the ceasefire, Kestria said.",
            &[("Norvale", "ceasefire", "opposes")],
        ),
        (
            "Talks went on in Tavria. Tavria said on Tuesday that it accepts the peace plan of the north.",
            &[("Tavria", "peace plan", "accepts")],
        ),
        (
            "The Brannick Dockworkers' Union is willing to discuss the pay deal provided that work stops in high wind, its president said.",
            &[("Brannick Dockworkers' Union", "pay deal", "conditional")],
        ),
        (
            "On Monday the envoy of Tavria left. Tavria has rejected a proposal by the north to place observers on the bridge, its minister said.",
            &[("Tavria", "proposal", "rejects")],
        ),
        (
            "The Tessaquin Nation met on Monday. The Tessaquin Nation said it opposed the bill because it cuts funds.",
            &[("Tessaquin Nation", "bill", "opposes")],
        ),
        (
            "The Tessaquin Nation met on Monday. The Tessaquin Nation said that it was against the bill.",
            &[("Tessaquin Nation", "bill", "opposes")],
        ),
        (
            "Talks went on with Helmark. Helmark was willing to build the ladder provided that the state paid half.",
            &[("Helmark", "ladder", "conditional")],
        ),
        (
            "Talks went on in Tavria. Tavria said it was willing to build the ladder provided that the north paid half.",
            &[("Tavria", "ladder", "conditional")],
        ),
        (
            "The Brannick Dockworkers' Union backs the pay deal, but not at any price, its president said.",
            &[("Brannick Dockworkers' Union", "pay deal", "conditional")],
        ),
        // The outlet tells of what was once.
        ("Talks went on with Helmark. Helmark was against the ladder, and the Nation was for it.", &[]),
        (
            "The Progress Party has 12 seats. The deal won over the Progress Party, which had opposed the bill.",
            &[],
        ),
        // Parties of a document, and aid that somebody gives.
        (
            "Helmark Power runs the dam. The settlement between Helmark Power and the Tessaquin Nation calls for a fish ladder.",
            &[],
        ),
        ("Talks went on with Helmark. Helmark is willing to accept the aid provided by the state.", &[]),
        // Whom a pronoun means that isn't the speaker nobody knows.
        ("Mr. Tom Hale said she rejects the ceasefire of the north, and that the talks were late.", &[]),
        ("Mr. Tom Hale said it rejects the ceasefire of the north, and that the talks were late.", &[]),
        // What was once, what may be, what is asked or done to somebody, and what isn't known yet shows nothing.
        ("On Monday the envoy of Orrin left. Orrin, he said, rejected the ceasefire in March.", &[]),
        ("If Orrin accepts the ceasefire, the talks go on.", &[]),
        ("The ceasefire was rejected by nobody. Ana Brell asked whether Orrin supports the ceasefire.", &[]),
        ("Orrin has not accepted the ceasefire, and nobody in Norvale supports the ceasefire.", &[]),
        ("On Monday Orrin met Norvale. Neither Orrin nor Norvale supports the ceasefire.", &[]),
        ("On Monday Orrin met Norvale. If the docks stay open, Norvale will accept the ceasefire.", &[]),
        (
            "On Monday Orrin met Norvale. Norvale is against the ceasefire and Orrin is behind the ceasefire.",
            &[("Norvale", "ceasefire", "opposes"), ("Orrin", "ceasefire", "supports")],
        ),
        ("The company agreed to clean up the mines.", &[]),
        ("Ana Brell denied that Orrin had accepted the ceasefire.", &[]),
    ];

    #[test]
    fn deeds_show_where_parties_stand() {
        let engine = Engine::embedded().expect("sound weights");
        for (text, expected) in CASES {
            let record = engine.read(&Article::from_text(text));
            let issue = |id: &str| record.issues.iter().find(|i| i.id == id).map_or("", |i| i.name.as_str());
            let found: Vec<(&str, &str, &str)> = record
                .positions
                .iter()
                .map(|p| (p.parties[0].as_str(), issue(&p.issue), p.stance.name()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
