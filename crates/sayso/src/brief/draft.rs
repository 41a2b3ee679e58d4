//! How can a language model word a brief without changing what it says?
//!
//! It gets our sentences, numbered, with each quotation as a placeholder that code fills again. What it writes says which
//! of ours each of its sentences tells. Then the whole is checked as any brief is, and where something is found ours stand.

use std::collections::HashSet;
use std::ops::Range;

use sayso_text::Article;
use serde::Deserialize;

use super::form::{Brief, Sentence, Writer};
use super::wrong;
use crate::Engine;
use crate::check::{HEDGES, NEGATORS, NEUTRAL, Sources};
use crate::word_list::is_in;

/// What a model is told before the sentences.
pub const INSTRUCTIONS: &str = "You reword a news brief so that it reads well. You get numbered sentences, in sections. \
Join, shorten or reorder them within their section; add nothing. Keep who says what, every hedge (may, reportedly), every \
denial, every figure, date and name as they are. Words like {{q1}} stand for quotations: keep each where it belongs and \
write no quotation marks yourself. Answer with JSON alone: {\"sentences\": [{\"from\": [1, 2], \"text\": \"…\"}]}, where \
\"from\" are the numbers of the sentences that yours tells.";

/// A brief made ready to be worded by a model.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    brief: &'a Brief,
    /// The quotations, with their marks, by number from 1.
    quotations: Vec<String>,
    prompt: String,
}

/// Why a model's answer can't be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// It isn't of the form that was asked for.
    #[error("the model's answer isn't the JSON that was asked for: {0}")]
    Form(String),
}

/// What became of a model's sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The sentence, its quotations filled in.
    pub text: String,
    /// Why ours stand in its place.
    pub why: String,
}

#[derive(Deserialize)]
struct Answer {
    sentences: Vec<Worded>,
}

#[derive(Deserialize)]
struct Worded {
    from: Vec<usize>,
    text: String,
}

impl<'a> Draft<'a> {
    /// The sentences of a brief for a model.
    pub fn new(brief: &'a Brief) -> Self {
        let mut quotations = Vec::new();
        let mut prompt = String::new();
        let mut number = 0;
        let mut section = |heading: &str, sentences: &[Sentence]| {
            prompt += &format!("# {heading}\n");
            for sentence in sentences {
                number += 1;
                prompt += &format!("{number}. {}\n", hidden(&sentence.text, &mut quotations));
            }
        };
        section("Lead", &brief.lead);
        for one in &brief.sections {
            section(&one.heading, &one.sentences);
        }
        Self { brief, quotations, prompt }
    }

    /// What the model is asked, after [`INSTRUCTIONS`].
    pub fn prompt(&self) -> &str {
        &self.prompt
    }

    /// The brief in the model's words, where the check finds nothing in them, and what was rejected.
    ///
    /// # Errors
    /// When the answer isn't of the form that was asked for.
    pub fn worded(
        &self,
        engine: &Engine,
        sources: &Sources,
        answer: &str,
    ) -> Result<(Brief, Vec<Rejected>), DraftError> {
        let (mut good, mut rejected) = self.filled(answer)?;
        loop {
            let brief = self.with(&good);
            let report = engine.check_against(&Article::from_text(brief.prose()), sources);
            let texts: Vec<(String, Writer)> = brief.sentences().map(|s| (s.text.clone(), s.by)).collect();
            let wrong = wrong(&brief, &report);
            let bad: HashSet<&str> = wrong
                .iter()
                .filter(|&&i| texts[i].1 == Writer::Model)
                .map(|&i| texts[i].0.as_str())
                .collect();
            if bad.is_empty() {
                return Ok((brief, rejected));
            }
            let why = report.findings.iter().map(|finding| (finding.text.as_str(), finding.message.as_str()));
            let why: Vec<_> = why.collect();
            good.retain(|Worded { text, .. }| {
                let is_bad = bad.contains(text.as_str());
                if is_bad {
                    let found = why.iter().find(|(words, _)| text.contains(words));
                    let why = found.map_or("the check finds something", |(_, message)| message).to_owned();
                    rejected.push(Rejected { text: text.clone(), why });
                }
                !is_bad
            });
        }
    }

    /// The model's sentences with their quotations, each with the numbers of ours; those that can't be filled apart.
    fn filled(&self, answer: &str) -> Result<(Vec<Worded>, Vec<Rejected>), DraftError> {
        let json = answer.find('{').zip(answer.rfind('}')).filter(|(a, b)| a < b);
        let (from, to) = json.ok_or_else(|| DraftError::Form("there is no object in it".to_owned()))?;
        let answer: Answer =
            serde_json::from_str(&answer[from..=to]).map_err(|error| DraftError::Form(error.to_string()))?;
        let (mut good, mut rejected) = (Vec::new(), Vec::new());
        let mut taken: HashSet<usize> = HashSet::new();
        for one in answer.sentences {
            let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
            match self.checked(&one.from, &text, &taken) {
                Ok(filled) => {
                    taken.extend(&one.from);
                    good.push(Worded { from: one.from, text: filled });
                }
                Err(why) => rejected.push(Rejected { text, why }),
            }
        }
        Ok((good, rejected))
    }

    /// A sentence with its quotations filled in, or why it can't be.
    fn checked(&self, from: &[usize], text: &str, taken: &HashSet<usize>) -> Result<String, String> {
        let places = self.places();
        let section = |n: &usize| places.get(n.wrapping_sub(1)).copied();
        let sections: HashSet<Option<usize>> = from.iter().map(section).collect();
        if from.is_empty() || sections.contains(&None) || sections.len() != 1 {
            return Err("it doesn't say which of our sentences it tells".to_owned());
        }
        if from.iter().any(|n| taken.contains(n)) {
            return Err("another sentence tells that already".to_owned());
        }
        if text.contains(['“', '”', '"', '«', '»']) {
            return Err("it has quotation marks of its own".to_owned());
        }
        if !text.ends_with(['.', '!', '?', '}']) || text.is_empty() {
            return Err("it breaks off".to_owned());
        }
        let told: Vec<&str> =
            from.iter().filter_map(|&n| self.brief.sentences().nth(n - 1)).map(|s| s.text.as_str()).collect();
        let ours = told.join(" ");
        for sentence in told {
            kept(sentence, text, &ours)?;
        }
        let mut filled = text.to_owned();
        for (i, quotation) in self.quotations.iter().enumerate() {
            let mark = format!("{{{{q{}}}}}", i + 1);
            let is_ours = ours.contains(quotation.as_str());
            match (filled.matches(&mark).count(), is_ours) {
                (0, false) => {}
                (1, true) => filled = filled.replace(&mark, quotation),
                (0, true) => return Err("a quotation was left out".to_owned()),
                _ => return Err("a quotation stands where it doesn't belong".to_owned()),
            }
        }
        if filled.contains("{{") {
            return Err("it has a quotation that there isn't".to_owned());
        }
        // A quotation brings its stop along.
        Ok(filled.replace(".”.", ".”").replace("?”.", "?”").replace("!”.", "!”"))
    }

    /// For each of our sentences, which section it is in; the lead is 0.
    fn places(&self) -> Vec<usize> {
        let sections =
            std::iter::once(&self.brief.lead).chain(self.brief.sections.iter().map(|s| &s.sentences));
        sections.enumerate().flat_map(|(i, sentences)| std::iter::repeat_n(i, sentences.len())).collect()
    }

    /// Our brief with some of the model's sentences in place of ours; what none of them tells stays.
    fn with(&self, good: &[Worded]) -> Brief {
        let ours: Vec<&Sentence> = self.brief.sentences().collect();
        let mut number = 0;
        let mut section = |sentences: &[Sentence]| -> Vec<Sentence> {
            let mut out = Vec::new();
            for sentence in sentences {
                number += 1;
                match good.iter().find(|one| one.from.contains(&number)) {
                    // It stands where the first of those that it tells stood.
                    Some(Worded { from, text }) if from.iter().min() == Some(&number) => {
                        let anchors = from.iter().flat_map(|&n| ours[n - 1].anchors.clone()).collect();
                        out.push(Sentence { text: text.clone(), anchors, by: Writer::Model });
                    }
                    Some(_) => {}
                    None => out.push(sentence.clone()),
                }
            }
            out
        };
        let mut brief = self.brief.clone();
        brief.lead = section(&self.brief.lead);
        for (new, old) in brief.sections.iter_mut().zip(&self.brief.sections) {
            new.sentences = section(&old.sentences);
        }
        brief
    }
}

/// Cues that end a subject.
const CUES: &str = "told tells said says wrote writes called calls accused warned denied";

/// What a wording must keep of our sentence, by its words: who speaks, hedges, negations, figures; and it brings in no
/// name or figure that none of the sentences has that it tells.
fn kept(ours: &str, theirs: &str, all_ours: &str) -> Result<(), String> {
    let is_placeholder = |word: &String| {
        word.strip_prefix('q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    let outside = |text: &str| -> Vec<String> {
        let mut all = words(&hidden(text, &mut Vec::new()));
        all.retain(|word| !is_placeholder(word));
        all
    };
    let (own, new, all_own) = (outside(ours), outside(theirs), outside(all_ours));
    let has = |list: &[String], word: &str| list.iter().any(|other| other.eq_ignore_ascii_case(word));
    let count =
        |list: &[String], word: &str| list.iter().filter(|other| other.eq_ignore_ascii_case(word)).count();
    let missing = |word: &&String| {
        let lower = word.to_lowercase();
        let counts = is_in(HEDGES, &lower) || is_in(NEGATORS, &lower) || is_in(OTHER_HEDGES, &lower);
        (counts || word.contains(|c: char| c.is_ascii_digit())) && count(&new, word) < count(&all_own, word)
    };
    if let Some(word) = own.iter().find(missing) {
        return Err(format!("it leaves out “{word}”"));
    }
    let known = words(all_ours);
    let strange = |(i, word): &(usize, &String)| {
        let is_name = *i > 0 && word.starts_with(char::is_uppercase);
        (is_name || word.contains(|c: char| c.is_ascii_digit()) || is_in(NEGATORS, &word.to_lowercase()))
            && !has(&known, word)
    };
    if let Some((_, word)) = new.iter().enumerate().find(strange) {
        return Err(format!("it brings in “{word}”"));
    }
    let lower: Vec<String> = own.iter().map(|word| word.to_lowercase()).collect();
    let from = if lower.starts_with(&["according".to_owned(), "to".to_owned()]) { 2 } else { 0 };
    let is_cue =
        |word: &String| is_in(NEUTRAL, word) || is_in(CUES, word) || word.len() > 4 && word.ends_with("ed");
    let end = lower.iter().skip(from).position(is_cue).map_or(own.len().min(from + 4), |n| from + n);
    // "Ilse Marand, the special envoy": the name, or else the noun.
    let subject = &own[from..end.max(from)];
    let is_name = |word: &&String| {
        word.starts_with(char::is_uppercase) && word.len() > 2 && !is_in(OPENING, &word.to_lowercase())
    };
    let named: Vec<&String> = subject.iter().filter(is_name).collect();
    // The outlet, or the surname: the last of the names, which stands before what he is.
    let is_told = match named.last() {
        Some(_) => named.iter().filter(|word| has(&new, word)).count() * 2 >= named.len(),
        None => subject.iter().filter(|word| word.len() > 3).all(|word| has(&new, word)),
    };
    if is_told { Ok(()) } else { Err("it doesn't say who says it".to_owned()) }
}

/// Words with capitals at the head of a subject that name nobody.
const OPENING: &str =
    "the a an two three four five six seven eight nine ten some many several one his her its their according";
/// Other words by which something isn't sure.
const OTHER_HEDGES: &str =
    "expected alleges alleged claimed believe believes fear fears doubt doubts about nearly almost least";

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.' | ','));
    let words = words
        .map(|word| word.trim_matches(['.', ',', '\'', '’']).trim_end_matches("’s").trim_end_matches("'s"));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A sentence with a placeholder for each quotation.
fn hidden(text: &str, quotations: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(place) = quotation(rest) {
        out += &rest[..place.start];
        quotations.push(rest[place.clone()].to_owned());
        out += &format!("{{{{q{}}}}}", quotations.len());
        rest = &rest[place.end..];
    }
    out + rest
}

/// The first quotation of a text with its marks, double or single; an apostrophe opens none.
fn quotation(text: &str) -> Option<Range<usize>> {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let closing: &[char] = match c {
            '“' => &['”'],
            '‘' => &['’'],
            '\'' if before.is_whitespace() => &['\'', '’'],
            _ => &[],
        };
        before = c;
        let inside = at + c.len_utf8();
        let mut ends = text[inside..].match_indices(closing);
        let is_end = |&(n, mark): &(usize, &str)| {
            let behind = &text[inside + n + mark.len()..];
            n > 0 && (mark == "”" || !behind.starts_with(char::is_alphanumeric))
        };
        if let Some((n, mark)) = ends.find(is_end) {
            return Some(at..inside + n + mark.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::BriefOptions;

    const ARTICLE: &str = "The dam could fail by Monday, Ana Brell, the mayor, told reporters. “We saw it coming from afar,” \
Ms. Brell said later. The water board denied that it had been warned. About 40 families have left, officials said.";

    fn worded(sentences: &[(&[usize], &str)]) -> (Brief, Vec<Rejected>) {
        let engine = Engine::embedded().expect("sound weights");
        let article = Article::from_text(ARTICLE);
        let record = engine.read(&article);
        let brief = engine.brief(std::slice::from_ref(&article), &BriefOptions::default());
        let answer: Vec<_> =
            sentences.iter().map(|(from, text)| serde_json::json!({ "from": from, "text": text })).collect();
        let answer = format!("Sure: {}", serde_json::json!({ "sentences": answer }));
        let sources = Sources::new([(&article, record)]);
        Draft::new(&brief).worded(&engine, &sources, &answer).expect("an answer of the form")
    }

    #[test]
    fn a_true_wording_stands_and_lies_do_not() {
        let lies: [(&[usize], &str); 8] = [
            (&[1], "Ana Brell, the mayor, told reporters that the dam will fail by Monday."),
            (&[1], "The dam could fail by Monday."),
            (&[1], "Ana Brell, the mayor, told reporters that the dam could fail by Friday 13."),
            (&[1, 2], "Ana Brell, the mayor, told reporters that the dam could fail by Monday."),
            (&[2], "Brell said, “We knew it.”"),
            (&[2], "Brell said, {{q9}}"),
            (&[77], "The dam is safe."),
            (&[], "The dam is safe."),
        ];
        for (from, text) in lies {
            let (brief, rejected) = worded(&[(from, text)]);
            assert_eq!(rejected.len(), 1, "{text}: {}", brief.prose());
            assert!(brief.sentences().all(|sentence| sentence.by == Writer::Sayso), "{text}");
        }
        let (brief, rejected) =
            worded(&[(&[1], "The dam could fail by Monday, the mayor, Ana Brell, told reporters.")]);
        assert_eq!(rejected, []);
        assert_eq!(brief.sentences().filter(|sentence| sentence.by == Writer::Model).count(), 1);
    }

    #[test]
    fn an_answer_of_another_form_is_an_error() {
        let engine = Engine::embedded().expect("sound weights");
        let brief = engine.brief(&[Article::from_text(ARTICLE)], &BriefOptions::default());
        let sources = Sources::new([]);
        for answer in ["", "I can't.", "{\"sentences\": 3}", "} {"] {
            assert!(Draft::new(&brief).worded(&engine, &sources, answer).is_err(), "{answer}");
        }
    }

    #[test]
    fn quotations_are_hidden_with_either_marks() {
        for (text, expected) in [
            ("She called it ‘the first’ and “last”.", "She called it {{q1}} and {{q2}}."),
            ("He said it's 'his own', the workers' hall.", "He said it's {{q1}}, the workers' hall."),
            ("The mayor’s office said no.", "The mayor’s office said no."),
            ("“It's ‘done’,” he said.", "{{q1}} he said."),
        ] {
            let mut all = Vec::new();
            assert_eq!(hidden(text, &mut all), expected);
            let mut filled = expected.to_owned();
            all.iter()
                .enumerate()
                .for_each(|(i, q)| filled = filled.replace(&format!("{{{{q{}}}}}", i + 1), q));
            assert_eq!(filled, text);
        }
    }
}
