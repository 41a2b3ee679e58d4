//! `sayso tokens`, `sayso tags`: what did the stages before find?

use anyhow::Result;
use sayso::tag::{Role, Tagged};
use sayso::{Article, Document, Engine, Language, detect};
use serde::Serialize;
use serde_json::json;

use crate::args::{Args, StageArgs, StageFormat};
use crate::input::{self, Inputs};
use crate::target::Target;
use crate::{Outcome, output};

/// Prints paragraphs, sentences and tokens: a line per sentence, `·` between tokens.
pub(crate) fn tokens(stage: &StageArgs, args: &Args) -> Result<Outcome> {
    each(stage, args, |article| {
        let doc = Document::new(article);
        let text = match stage.format {
            StageFormat::Json => as_json("sayso.tokens/1", &doc)?,
            StageFormat::Text => output::plain(&sentences(&doc)),
        };
        Ok(Shown { text, note: None })
    })
}

/// Prints the text with its sources, cues and contents marked, and their links.
pub(crate) fn tags(stage: &StageArgs, args: &Args) -> Result<Outcome> {
    let engine = Engine::embedded()?;
    each(stage, args, |article| {
        let doc = Document::new(article);
        let tagged = engine.tag(&doc);
        let text = match stage.format {
            StageFormat::Json => as_json("sayso.tags/1", &json!({ "text": doc.text, "tagged": tagged }))?,
            StageFormat::Text => output::plain(&marked(&doc, &tagged)),
        };
        Ok(Shown { text, note: foreign(article) })
    })
}

/// A line of JSON whose first field says what it is.
fn as_json(schema: &str, found: &impl Serialize) -> Result<String> {
    #[derive(Serialize)]
    struct Line<'a, T> {
        schema: &'a str,
        #[serde(flatten)]
        found: &'a T,
    }
    Ok(serde_json::to_string(&Line { schema, found })? + "\n")
}

/// What a stage found, and what a person should know about it.
struct Shown {
    text: String,
    note: Option<String>,
}

/// The tagger takes any words for English.
fn foreign(article: &Article) -> Option<String> {
    match detect(article) {
        Language::English => None,
        Language::Other { name, .. } => {
            Some(format!("The text looks {name}; the tagger was trained on English alone."))
        }
    }
}

fn each(stage: &StageArgs, args: &Args, view: impl Fn(&Article) -> Result<Shown> + Sync) -> Result<Outcome> {
    let inputs = Inputs::gather(&stage.input.articles, &Target::stdout())?;
    let work = |article| view(&article);
    let ran = input::each(args, &stage.input.intake, &inputs, work, |name, shown| {
        let shown = shown?;
        if let Some(note) = shown.note {
            output::note(args, &format!("{}: {note}", output::plain_line(&name.name)));
        }
        output::print(&shown.text)?;
        Ok(true)
    })?;
    Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed })
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
