//! How does a person read what came of a quotation?

use sayso::check::quote::CutKind;
use sayso::check::{DiffPart, Side};

use super::{Answer, Found};
use crate::output;

/// Places that are shown; a common word stands in hundreds.
const MOST_PLACES: usize = 8;

pub(super) fn render(answer: &Answer) -> String {
    let mut out = wrapped(&headline(answer), "");
    if !answer.diff.is_empty() {
        out += &format!("\n{}", wrapped(&marked(&answer.diff), "  "));
        out += &wrapped("[-only in the article-] {+only in the quotation+}", "  ");
    }
    if let Some(cut) = &answer.cut {
        out += &format!("\n{}", wrapped(&format!("cut: {}", cut.text), "  "));
        out += &wrapped(&format!("whole: {}", cut.whole), "  ");
    }
    for found in answer.places.iter().take(MOST_PLACES) {
        out.push('\n');
        out += &place(found);
    }
    if let Some(more @ 1..) = answer.places.len().checked_sub(MOST_PLACES) {
        out += &format!("\nand {more} more\n");
    }
    out
}

fn headline(answer: &Answer) -> String {
    let kinds = || {
        let mut names: Vec<&str> = answer.changes.iter().map(|change| change.kind.name()).collect();
        names.dedup();
        names.join(", ")
    };
    match answer.verdict {
        "verbatim" => {
            let n = answer.places.len();
            let places = if n == 1 { "in one place".to_owned() } else { format!("in {n} places") };
            let marks = if answer.places.iter().any(|place| place.quoted) {
                ""
            } else {
                ", nowhere in quotation marks"
            };
            let by = match &answer.by {
                Some(name) if answer.good => format!(", said by {name}"),
                Some(name) => format!(", but not said by {name}"),
                None => String::new(),
            };
            format!("Verbatim {places}{marks}{by}.")
        }
        "trimmed" => format!("Verbatim, but {}.", answer.cut.as_ref().map_or("cut", |cut| effect(cut.kind))),
        "altered" if answer.diff.is_empty() => {
            "Its parts stand too far apart, or in another order.".to_owned()
        }
        "altered" => format!("Not verbatim; what differs: {}.", kinds()),
        "fabricated" if answer.places.is_empty() => "It stands nowhere, and nothing resembles it.".to_owned(),
        "fabricated" => "It stands nowhere. What resembles it most:".to_owned(),
        _ => "It stands nowhere; as few words, or a title, that may mean nothing.".to_owned(),
    }
}

fn effect(kind: CutKind) -> &'static str {
    match kind {
        CutKind::Negation => "what was cut denies it",
        CutKind::Turned => "what was cut makes it no statement of the speaker's",
        CutKind::Condition => "what was cut says under which condition it holds",
        CutKind::Contrast => "what was cut goes on with a contrast",
        CutKind::Reported => "what was cut gives it to somebody else",
        CutKind::Limit => "what was cut limits it",
    }
}

/// The article's passage and the quotation in one line.
fn marked(diff: &[DiffPart]) -> String {
    let part = |part: &DiffPart| match part.side {
        Side::Both => part.text.clone(),
        Side::Source => format!("[-{}-]", part.text),
        Side::Brief => format!("{{+{}+}}", part.text),
    };
    diff.iter().map(part).collect::<Vec<_>>().join(" ")
}

fn place(found: &Found) -> String {
    let name = match &found.outlet {
        Some(outlet) => format!("{} ({outlet})", found.article),
        None => found.article.clone(),
    };
    let mut out = wrapped(&name, "");
    out += &wrapped(&found.context, "  ");
    for speaker in &found.speakers {
        let source = speaker.source.as_deref().unwrap_or("no source named");
        let source = source.trim_end_matches([',', ' ']);
        let actor = speaker.actor.as_deref().filter(|actor| !source.contains(actor));
        let actor = actor.map(|actor| format!(" ({actor})")).unwrap_or_default();
        out += &wrapped(&format!("said by: {source}{actor}"), "  ");
        out.extend(speaker.chain.as_ref().map(|chain| wrapped(&format!("through: {chain}"), "  ")));
    }
    if found.speakers.is_empty() {
        out += "  said by: the article itself, or it isn't clear\n";
    }
    out
}

/// Lines that fit, whatever breaks the words have.
fn wrapped(words: &str, indent: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let options =
        textwrap::Options::new(usize::from(output::width())).initial_indent(indent).subsequent_indent(indent);
    textwrap::wrap(&output::plain_line(&flat), options).iter().map(|line| format!("{line}\n")).collect()
}
