//! `sayso tokens`, `sayso tags`: what did the stages before find?

use anyhow::Result;
use sayso::tag::{Role, Tagged};
use sayso::{Document, Engine};
use serde_json::json;

use crate::args::{Args, StageArgs, StageFormat};
use crate::input::{self, Inputs};
use crate::{Outcome, output};

/// Prints paragraphs, sentences and tokens: a line per sentence, `·` between tokens.
pub(crate) fn tokens(stage: &StageArgs, args: &Args) -> Result<Outcome> {
    each(stage, args, |doc| match stage.format {
        StageFormat::Json => Ok(serde_json::to_string(doc)? + "\n"),
        StageFormat::Text => Ok(output::plain(&sentences(doc))),
    })
}

/// Prints the text with its sources, cues and contents marked, and their links.
pub(crate) fn tags(stage: &StageArgs, args: &Args) -> Result<Outcome> {
    let engine = Engine::embedded()?;
    each(stage, args, |doc| {
        let tagged = engine.tag(doc);
        match stage.format {
            StageFormat::Json => Ok(json!({ "text": doc.text, "tagged": tagged }).to_string() + "\n"),
            StageFormat::Text => Ok(output::plain(&marked(doc, &tagged))),
        }
    })
}

fn each(
    stage: &StageArgs,
    args: &Args,
    view: impl Fn(&Document) -> Result<String> + Sync,
) -> Result<Outcome> {
    let inputs = Inputs::gather(&stage.input.articles, None);
    let work = |article| view(&Document::new(&article));
    let all_good = input::each(args, &stage.input, &inputs, work, |_, shown| {
        output::print(&shown?)?;
        Ok(true)
    })?;
    Ok(if all_good { Outcome::Done } else { Outcome::Failed })
}

fn sentences(doc: &Document) -> String {
    let mut out = String::new();
    for paragraph in &doc.paragraphs {
        let kind = format!("{:?}", paragraph.kind).to_lowercase();
        out += &format!("{kind} {}..{}\n", paragraph.span.start, paragraph.span.end);
        for sentence in &doc.sentences[paragraph.sentences.clone()] {
            let tokens = doc.tokens[sentence.tokens.clone()].iter();
            let words: Vec<&str> = tokens.map(|token| token.span.of(&doc.text)).collect();
            out += &format!("  {}\n", words.join("·"));
        }
    }
    out
}

/// `⟦s1:…⟧` as in label files, with span numbers; then a line per link.
fn marked(doc: &Document, tagged: &Tagged) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (i, span) in tagged.spans.iter().enumerate() {
        let role = match span.role {
            Role::Source => 's',
            Role::Cue => 'c',
            Role::Content => 'q',
        };
        out += &doc.text[at..span.span.start];
        out += &format!("⟦{role}{i}:{}⟧", span.span.of(&doc.text));
        at = span.span.end;
    }
    out += &doc.text[at..];
    out += "\n\n";
    for link in &tagged.links {
        let show = |(parent, p): &(Option<usize>, f32)| {
            format!("{} {p:.2}", parent.map_or("none".to_owned(), |i| i.to_string()))
        };
        let likely = link.candidates.iter().take(3).map(show).collect::<Vec<_>>().join(", ");
        let span = &tagged.spans[link.child];
        out += &format!("{} {} {:.2} → {likely}\n", link.child, span.role.name(), span.probability);
    }
    out
}
