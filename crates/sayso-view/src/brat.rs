//! How does a record look to the annotation tool brat?
//!
//! Standoff of brat 1.3: a text, and lines that point into it, in code points. Attributions are events, since PolNeAR's are,
//! which were made in brat: the type `Attribution` over the cue's words, with a source, a cue and a content. One without a
//! cue stands over its source, or else its content, for brat wants words for each event. `Inside` leads to the attribution
//! that it is nested in; form, act, hedges, negation and standings are attributes of the event; who the source is stands in
//! a note. A source that several share is one annotation.
//!
//! brat takes a line break for the end of an annotation, and compares each one's words with the text. So the text has its
//! line breaks as `\n`, the tab and every other break as a space, and other control characters as `�`, all of them one for
//! one: offsets are those of the record, whichever line ends a reader makes of them.

use std::collections::HashMap;
use std::fmt::Write;

use sayso::Record;
use sayso::record::{Attribution, TextSpan};

use crate::characters::{flat, on_one_line};
use crate::facts::name_of;
use crate::outline::form_name;

/// The first line of both configurations.
pub const MARK: &str = "# Written by sayso for brat 1.3.";

/// Places of a piece of a line, in code points.
type Piece = (usize, usize);

/// The text that the annotations point into, as long as the record's.
pub fn text(record: &Record) -> String {
    shown(&record.article.text).into_iter().collect()
}

/// The annotations, a line each. `who` says who an attribution's source is.
pub fn annotations(record: &Record, who: &dyn Fn(&Attribution) -> Option<String>) -> String {
    let text = shown(&record.article.text);
    let parts: Vec<Parts> = record.attributions.iter().map(|one| Parts::of(one, &text)).collect();
    let mut events: HashMap<&str, usize> = HashMap::new();
    for (one, _) in record.attributions.iter().zip(&parts).filter(|(_, parts)| !parts.trigger().is_empty()) {
        let n = events.len() + 1;
        events.entry(&one.id).or_insert(n);
    }
    let mut lines = Lines { text, ..Lines::default() };
    for (one, parts) in record.attributions.iter().zip(&parts) {
        let (Some(&n), false) = (events.get(one.id.as_str()), lines.told.contains(&one.id)) else { continue };
        lines.told.push(one.id.clone());
        let parent = one.parent.as_deref().and_then(|id| events.get(id)).copied();
        lines.event(n, parts, parent.filter(|&parent| parent != n));
        lines.attributes(n, one);
        lines.note(n, parts, who(one));
    }
    lines.out
}

/// The types of the annotations, for brat's `annotation.conf`.
pub fn annotation_conf() -> String {
    let mut out = format!(
        "{MARK}\n[entities]\nSource\nCue\nContent\n\n[relations]\n\
         <OVERLAP> Arg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\
         Attribution Content*:Content, Cue?:Cue, Source?:Source, Inside?:Attribution\n\n[attributes]\n\
         Form Arg:Attribution, Value:direct|indirect|mixed\nAct Arg:Attribution, Value:{}\n\
         Hedged Arg:Attribution\nNegated Arg:Attribution\n",
        ACTS.join("|")
    );
    for status in STATUSES {
        let _ = writeln!(out, "Status_{status} Arg:Attribution");
    }
    out
}

/// How they are drawn, for brat's `visual.conf`.
pub fn visual_conf() -> String {
    format!(
        "{MARK}\n[labels]\nSource | Source | S\nCue | Cue | Q\nContent | Content | C\nAttribution | Attribution | Attr | A\n\n\
         [drawing]\nSPAN_DEFAULT fgColor:black, bgColor:lightgray, borderColor:darken\n\
         ARC_DEFAULT color:black, arrowHead:triangle-5\nSource bgColor:#ffd8a8\nCue bgColor:#d0d0d0\n\
         Content bgColor:#bfe3ff\nAttribution bgColor:#c9f0c9\nATTRIBUTE_DEFAULT glyph:*\n\
         Hedged dashArray:3-3, glyph:<NONE>\nNegated box:crossed, glyph:<NONE>, dashArray:<NONE>\n"
    )
}

/// The values that an act can have.
const ACTS: [&str; 21] = [
    "state",
    "report",
    "announce",
    "confirm",
    "deny",
    "admit",
    "believe",
    "ask",
    "demand",
    "urge",
    "promise",
    "threaten",
    "warn",
    "accuse",
    "criticise",
    "express-concern",
    "praise",
    "accept",
    "reject",
    "decline",
    "not-verify",
];

/// Kinds of standings, each an attribute, since brat shows one value of an attribute and a claim can stand in several ways.
const STATUSES: [&str; 10] = [
    "unverified",
    "denied",
    "disputed",
    "undetermined",
    "pending",
    "retracted",
    "confirmed",
    "declined-to-comment",
    "no-comment-yet",
    "comment-sought",
];

/// The text's characters as brat is to see them, one for one.
fn shown(text: &str) -> Vec<char> {
    let mut all: Vec<char> = Vec::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        all.push(match c {
            '\n' => '\n',
            '\r' if rest.peek() != Some(&'\n') => '\n',
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                on_one_line(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(' ')
            }
            c => c,
        });
    }
    all
}

/// The parts of an attribution, each as the pieces of its lines.
struct Parts {
    source: Vec<Piece>,
    cue: Vec<Piece>,
    content: Vec<Piece>,
}

impl Parts {
    fn of(one: &Attribution, text: &[char]) -> Self {
        Self {
            source: pieces(one.source.as_slice(), text),
            cue: pieces(one.cue.as_slice(), text),
            content: pieces(&one.content, text),
        }
    }

    /// The words that the event stands over.
    fn trigger(&self) -> &[Piece] {
        [&self.cue, &self.source, &self.content]
            .into_iter()
            .find(|part| !part.is_empty())
            .unwrap_or(&self.cue)
    }
}

/// The lines of the spans without the white space at their ends, in order; none overlaps another.
fn pieces(spans: &[TextSpan], text: &[char]) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for span in spans {
        let end = span.end.min(text.len());
        let mut start = span.start.min(end);
        while start < end {
            let stop = text[start..end].iter().position(|&c| c == '\n').map_or(end, |at| start + at);
            let words = &text[start..stop];
            if let (Some(first), Some(last)) = (
                words.iter().position(|c| !c.is_whitespace()),
                words.iter().rposition(|c| !c.is_whitespace()),
            ) {
                all.push((start + first, start + last + 1));
            }
            start = stop + 1;
        }
    }
    all.sort_unstable();
    let mut apart: Vec<Piece> = Vec::new();
    for (start, end) in all {
        match apart.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => apart.push((start, end)),
        }
    }
    apart
}

/// Lines as they come, with their numbers.
#[derive(Default)]
struct Lines {
    text: Vec<char>,
    out: String,
    n_attributes: usize,
    n_notes: usize,
    /// Numbers of the annotations of words, by type and place.
    words: HashMap<(&'static str, Vec<Piece>), usize>,
    /// Sources that have their note.
    noted: Vec<String>,
    /// Attributions that have their lines: of two with one id the first counts.
    told: Vec<String>,
}

impl Lines {
    /// The number of an annotation of words, which is written where it is new.
    fn part(&mut self, kind: &'static str, pieces: &[Piece]) -> Option<usize> {
        if pieces.is_empty() {
            return None;
        }
        let key = (kind, pieces.to_vec());
        if let Some(&n) = self.words.get(&key) {
            return Some(n);
        }
        let n = self.words.len() + 1;
        let places: Vec<String> = pieces.iter().map(|(start, end)| format!("{start} {end}")).collect();
        let words: Vec<String> =
            pieces.iter().map(|&(start, end)| self.text[start..end].iter().collect()).collect();
        let _ = writeln!(self.out, "T{n}\t{kind} {}\t{}", places.join(";"), words.join(" "));
        self.words.insert(key, n);
        Some(n)
    }

    fn event(&mut self, n: usize, parts: &Parts, parent: Option<usize>) {
        let source = self.part("Source", &parts.source);
        let cue = self.part("Cue", &parts.cue);
        let content = self.part("Content", &parts.content);
        let Some(trigger) = self.part("Attribution", parts.trigger()) else { return };
        let _ = write!(self.out, "E{n}\tAttribution:T{trigger}");
        for (role, part) in [("Content", content), ("Cue", cue), ("Source", source)] {
            if let Some(part) = part {
                let _ = write!(self.out, " {role}:T{part}");
            }
        }
        if let Some(parent) = parent {
            let _ = write!(self.out, " Inside:E{parent}");
        }
        self.out.push('\n');
    }

    fn attributes(&mut self, event: usize, one: &Attribution) {
        self.attribute("Form", event, Some(form_name(one.form)));
        self.attribute("Act", event, Some(&name_of(serde_json::to_value(one.act))));
        if !one.hedges.is_empty() {
            self.attribute("Hedged", event, None);
        }
        if one.negated {
            self.attribute("Negated", event, None);
        }
        let mut kinds: Vec<_> = one.status.iter().map(|standing| standing.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            self.attribute(&format!("Status_{}", name_of(serde_json::to_value(kind))), event, None);
        }
    }

    fn attribute(&mut self, name: &str, event: usize, value: Option<&str>) {
        self.n_attributes += 1;
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        let _ = writeln!(self.out, "A{}\t{name} E{event}{value}", self.n_attributes);
    }

    /// Who the source is: at its words, or at the event where it has none.
    fn note(&mut self, event: usize, parts: &Parts, who: Option<String>) {
        let Some(who) = who.map(|who| flat(&who)).filter(|who| !who.is_empty()) else { return };
        let at = match self.part("Source", &parts.source) {
            Some(source) => format!("T{source}"),
            None => format!("E{event}"),
        };
        if !self.noted.contains(&at) {
            self.n_notes += 1;
            let _ = writeln!(self.out, "#{}\tAnnotatorNotes {at}\t{who}", self.n_notes);
            self.noted.push(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use sayso::record::{Act, StandingKind};

    use super::*;

    #[test]
    fn line_ends_and_tabs_keep_their_place() {
        let text: String = shown("a\r\nb\rc\td\u{2028}e\u{1}🌊\n").into_iter().collect();
        assert_eq!(text, "a \nb\nc d e\u{fffd}🌊\n");
    }

    #[test]
    fn a_piece_is_a_line_without_its_ends() {
        let text: Vec<char> = "“One 🌊\n\n  two” she".chars().collect();
        let span = |start, end| TextSpan { start, end, text: String::new() };
        assert_eq!(pieces(&[span(0, 14)], &text), [(0, 6), (10, 14)]);
        assert_eq!(pieces(&[span(15, 99), span(0, 4)], &text), [(0, 4), (15, 18)]);
        assert_eq!(pieces(&[span(0, 4), span(2, 6)], &text), [(0, 6)]);
        assert_eq!(pieces(&[span(6, 8), span(9, 9)], &text), []);
    }

    #[test]
    fn the_configuration_knows_every_act_and_status() {
        for act in ACTS {
            assert!(serde_json::from_str::<Act>(&format!("\"{act}\"")).is_ok(), "{act}");
        }
        for status in STATUSES {
            assert!(serde_json::from_str::<StandingKind>(&format!("\"{status}\"")).is_ok(), "{status}");
        }
        let schema: serde_json::Value = serde_json::from_str(&Record::json_schema()).expect("JSON");
        let n = |name: &str| {
            let of = &schema["$defs"][name];
            of["enum"].as_array().map_or_else(|| of.to_string().matches("\"const\"").count(), Vec::len)
        };
        assert_eq!((n("Act"), n("StandingKind")), (ACTS.len(), STATUSES.len()));
    }
}
