//! What does a speaker do with the words, to whom, through what, and when?

use jiff::civil::Date;
use sayso_text::{Document, Span};

use crate::attribute::Attributed;
use crate::record::{Act, HandRole, HedgeOf};
use crate::resolve::Name;
use crate::rules::{Pattern, Rules};
use crate::{grammar, when};

/// What is known of an attribution beside its spans.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Statement {
    pub(crate) actor: Option<usize>,
    pub(crate) act: Act,
    pub(crate) negated: bool,
    pub(crate) loaded: bool,
    pub(crate) hedges: Vec<(Span, HedgeOf)>,
    pub(crate) addressee: Option<(Span, Option<usize>)>,
    pub(crate) medium: Option<Span>,
    pub(crate) occasion: Option<Span>,
    pub(crate) when: Option<(Span, Option<(Date, Date)>)>,
    pub(crate) chain: Vec<(usize, HandRole)>,
}

/// Code points of a clause that are searched for circumstances, on either side.
const REACH: usize = 300;

/// The statements of all attributions, without actors and chains; who is told is a phrase yet.
pub(crate) fn statements(
    doc: &Document,
    attributed: &[Attributed],
    names: &[Name],
    rules: &Rules,
    published: Option<Date>,
) -> Vec<Statement> {
    let mut taken: Vec<Span> = attributed.iter().flat_map(Attributed::parts).collect();
    taken.sort_by_key(|part| (part.start, part.end));
    let reader = Reader { doc, rules, names, published, taken };
    attributed.iter().map(|attribution| reader.statement(attribution)).collect()
}

struct Reader<'a> {
    doc: &'a Document,
    rules: &'a Rules,
    names: &'a [Name],
    published: Option<Date>,
    /// The parts of all attributions, in order.
    taken: Vec<Span>,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        &self.doc.text
    }

    fn statement(&self, a: &Attributed) -> Statement {
        let cue = a.cue.map_or("", |cue| cue.of(self.text()));
        let (act, negated) = self.act(a, cue);
        let gaps = self.gaps(a);
        Statement {
            actor: None,
            act,
            negated,
            loaded: words(cue).any(|word| self.rules.is_loaded(&word)),
            hedges: self.hedges(a),
            addressee: self.addressee(a, cue).map(|span| (span, None)),
            medium: gaps.iter().find_map(|&gap| self.phrase(&self.rules.medium, gap)),
            occasion: gaps.iter().find_map(|&gap| self.phrase(&self.rules.occasion, gap)),
            when: self.when(&gaps),
            chain: Vec::new(),
        }
    }

    /// From the cue's words, and from the content where the cue only states.
    fn act(&self, a: &Attributed, cue: &str) -> (Act, bool) {
        let content = a.content.first().map_or("", |content| content.of(self.text()));
        let follows = |cue: Span| {
            a.content.iter().find(|content| content.start >= cue.end).map_or("", |c| c.of(self.text()))
        };
        // "declined" and "has not" may go on in the content ("to comment").
        let whole = format!("{cue} {}", a.cue.map_or("", follows).chars().take(60).collect::<String>());
        let silence = self.rules.cue_act(&whole, cue.len().max(1));
        if let Some(act) = silence {
            return (act, false);
        }
        let words: Vec<String> = words(cue).collect();
        let (act, negated) = act_of(&words, self.rules);
        let made = match act {
            Act::State | Act::Report => self.rules.content_act(content),
            _ => None,
        };
        (made.unwrap_or(act), negated)
    }

    /// Words that lower certainty: of the report within its frame, of the content within it.
    fn hedges(&self, a: &Attributed) -> Vec<(Span, HedgeOf)> {
        let mut hedges: Vec<(Span, HedgeOf)> = Vec::new();
        let find = |pattern: &Pattern, span: Span| -> Vec<Span> {
            // "May" is a month, or a name.
            let found = pattern.find_iter(span.of(self.text())).filter(|hit| hit.as_str() != "May");
            found.map(|hit| Span::new(span.start + hit.start(), span.start + hit.end())).collect()
        };
        let around = a.cue.iter().flat_map(|cue| find(&self.rules.report_hedges, *cue));
        hedges.extend(around.map(|span| (span, HedgeOf::Report)));
        for content in &a.content {
            hedges.extend(
                find(&self.rules.content_hedges, *content).into_iter().map(|span| (span, HedgeOf::Content)),
            );
            let reported = find(&self.rules.report_hedges, *content).into_iter();
            hedges.extend(reported.map(|span| (span, HedgeOf::Content)));
        }
        hedges.sort_by_key(|(span, _)| (span.start, span.end));
        hedges.dedup_by_key(|(span, _)| *span);
        hedges
    }

    /// The parts of the cue's sentence that are no part of an attribution, those behind the cue
    /// first.
    fn gaps(&self, a: &Attributed) -> Vec<Span> {
        let Some(anchor) = a.cue.or(a.source) else { return Vec::new() };
        let at = self.doc.sentences.partition_point(|s| s.span.end <= anchor.start);
        let Some(sentence) = self.doc.sentences.get(at).map(|s| s.span) else { return Vec::new() };
        // What stands in somebody else's words tells nothing of this statement.
        let from = self.taken.partition_point(|part| part.start < sentence.start);
        let others = self.taken[from..].iter().take_while(|part| part.start < sentence.end).copied();
        let mut parts: Vec<Span> = a.parts().chain(others).collect();
        parts.sort_by_key(|part| part.start);
        let mut gaps = Vec::new();
        let mut from = sentence.start;
        for part in parts.iter().chain([&Span::new(sentence.end, sentence.end)]) {
            if part.start > from && part.start <= sentence.end {
                gaps.push(Span::new(from, part.start).trim(self.text()));
            }
            from = from.max(part.end);
        }
        // What another clause says belongs to that one.
        gaps.retain(|gap| !gap.is_empty() && gap.len() <= REACH);
        gaps.sort_by_key(|gap| (gap.start < anchor.end, gap.start.abs_diff(anchor.end)));
        gaps
    }

    fn phrase(&self, pattern: &Pattern, gap: Span) -> Option<Span> {
        let what = pattern.group("what", gap.of(self.text()))?;
        Some(Span::new(gap.start + what.start(), gap.start + what.end()))
    }

    fn when(&self, gaps: &[Span]) -> Option<(Span, Option<(Date, Date)>)> {
        gaps.iter().find_map(|gap| {
            let found = when::find(gap.of(self.text()), self.published, Some(when::Tense::Past));
            let first = found.into_iter().next()?;
            Some((Span::new(gap.start + first.span.start, gap.start + first.span.end), first.range))
        })
    }

    /// Whoever stands between a verb of telling and what is told: "told India Today that".
    fn addressee(&self, a: &Attributed, cue: &str) -> Option<Span> {
        let cue_span = a.cue?;
        let tells = words(cue).any(|word| self.rules.tells(&word));
        let content = a.content.iter().find(|content| content.start >= cue_span.end);
        let sentence = self.doc.sentences.partition_point(|s| s.span.end <= cue_span.start);
        let end = self.doc.sentences.get(sentence)?.span.end;
        let gap =
            Span::new(cue_span.end, content.map_or(end, |content| content.start).min(end).max(cue_span.end))
                .trim(self.text());
        let words = gap.of(self.text());
        let (start, is_told) = match words.strip_prefix("to ") {
            Some(rest) => (gap.end - rest.len(), true),
            None => (gap.start, tells),
        };
        // "declined to comment to Der Spiegel"
        let silent = content.filter(|_| self.rules.cue_act(cue, cue.len().max(1)) == Some(Act::Decline));
        let to = silent.and_then(|content| {
            let words = content.of(self.text());
            let at = words.find("comment to ")? + "comment to ".len();
            Some(Span::new(content.start + at, content.end))
        });
        match to {
            Some(to) => self.noun_phrase(to),
            None if is_told && !gap.is_empty() => self.noun_phrase(Span::new(start, gap.end)),
            None => None,
        }
    }

    /// The noun phrase at the beginning: up to a comma, a preposition or a time.
    fn noun_phrase(&self, span: Span) -> Option<Span> {
        let tokens = grammar::tokens_of(self.doc, span);
        let word = |i: usize| self.doc.tokens[i].span.of(self.text());
        if let Some(name) = self.names.iter().find(|name| name.span.start == span.start) {
            return Some(name.span);
        }
        let ends = |i: &usize| {
            let word = word(*i).to_lowercase();
            !word.contains(char::is_alphanumeric)
                || matches!(
                    word.as_str(),
                    "on" | "in"
                        | "at"
                        | "that"
                        | "during"
                        | "after"
                        | "before"
                        | "about"
                        | "of"
                        | "for"
                        | "to"
                        | "when"
                        | "as"
                        | "by"
                        | "last"
                        | "this"
                        | "via"
                        | "from"
                        | "while"
                        | "how"
                        | "why"
                        | "what"
                        | "who"
                        | "if"
                        | "whether"
                        | "not"
                        | "over"
                )
                || !when::find(self.doc.tokens[*i].span.of(self.text()), None, Some(when::Tense::Past))
                    .is_empty()
        };
        let last = tokens.clone().find(ends).unwrap_or(tokens.end);
        let is_short = last > tokens.start && last - tokens.start <= 6;
        is_short.then(|| self.doc.tokens[tokens.start].span.cover(self.doc.tokens[last - 1].span))
    }
}

/// The act that a cue's words tell, and whether it is negated. The last word that is listed decides, but one that only
/// states where nothing else is.
fn act_of(words: &[String], rules: &Rules) -> (Act, bool) {
    let mut found = None;
    for i in (0..words.len()).rev() {
        let two = words.get(i + 1).map(|next| format!("{} {next}", words[i]));
        let act = two.and_then(|two| rules.act(&two)).or_else(|| rules.act(&words[i]));
        match (act, found) {
            (Some(act), None) => found = Some((act, i)),
            (Some(act), Some((Act::State, _))) if act != Act::State => found = Some((act, i)),
            _ => {}
        }
    }
    let (act, at) = found.unwrap_or((Act::default(), words.len()));
    let Some(word) = words.get(at) else {
        return (act, words.iter().any(|word| rules.is_negation(word)));
    };
    let negated = words.iter().any(|word| rules.is_negation(word)) || rules.negates(&words[..=at].join(" "));
    // "Withdrew its endorsement", and not "withdrew and praised".
    let is_noun = !word.ends_with("ed") && !word.ends_with("ing");
    let is_taken_back = is_noun && rules.takes_back(&format!("{} ", words[..at].join(" ")));
    match act {
        Act::Praise | Act::Accept if is_taken_back => (Act::Reject, negated),
        _ if is_taken_back => (Act::State, negated),
        _ => (act, negated),
    }
}

/// Lower-case words; "n't" is one.
fn words(cue: &str) -> impl Iterator<Item = String> + '_ {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    cue.split(move |c: char| !is_word(c)).filter(|word| !word.is_empty()).flat_map(|word| {
        let lower = word.to_lowercase();
        match lower.strip_suffix("n't").or_else(|| lower.strip_suffix("n’t")) {
            Some(stem) if !stem.is_empty() => vec![stem.to_owned(), "n't".to_owned()],
            _ => vec![lower],
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cue, its act, and whether it is negated.
    const CUES: [(&str, Act, bool); 22] = [
        ("supports", Act::Praise, false),
        ("did not support", Act::Praise, true),
        ("could no longer support", Act::Praise, true),
        ("no longer opposes", Act::Criticise, true),
        ("stopped short of rejecting", Act::Reject, true),
        ("stopped short of an outright rejection, saying", Act::State, false),
        ("failed to condemn", Act::Criticise, true),
        ("refrained from criticising", Act::Criticise, true),
        ("avoided criticizing", Act::Criticise, true),
        // What is done without it is done beside.
        ("praised without naming", Act::Announce, false),
        ("withdrew its endorsement of", Act::Reject, false),
        ("dropped his earlier support for", Act::Reject, false),
        ("had rescinded its support for", Act::Reject, false),
        ("did not withdraw its support for", Act::Reject, true),
        ("retracted its accusation", Act::State, false),
        ("withdrew its demand for", Act::State, false),
        ("ended its opposition to", Act::State, false),
        ("took back his criticism of", Act::State, false),
        ("dropped by and praised", Act::Praise, false),
        ("withdrew and criticised", Act::Criticise, false),
        ("ended the talks, praised", Act::Praise, false),
        ("wrote", Act::State, false),
    ];

    #[test]
    fn cues_tell_acts() {
        let rules = Rules::embedded().expect("sound rules");
        for (cue, act, negated) in CUES {
            let words: Vec<String> = words(cue).collect();
            assert_eq!(act_of(&words, &rules), (act, negated), "{cue}");
        }
    }
}
