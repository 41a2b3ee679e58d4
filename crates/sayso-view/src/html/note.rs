//! How does a statement look in the margin?

use maud::{Markup, html};
use sayso::record::Form;

use super::controls::Speakers;
use super::layout::Statement;
use super::words::Words;
use crate::characters::flat;
use crate::outline::form_name;

/// Deeper statements are indented like this one; the margin is narrow.
const DEEPEST: usize = 3;
/// The bar at full confidence, in pixels.
const BAR: f64 = 32.0;

/// Who, the cue, the content, and how sure the program was.
pub(super) fn note(statement: &Statement, text: &str, speakers: &Speakers) -> Markup {
    let said: Vec<String> = statement.content.iter().map(|span| flat(span.of(text))).collect();
    let unsure = if statement.is_unsure { " doubtful" } else { "" };
    let class = format!("note depth-{}{unsure}", statement.depth.min(DEEPEST));
    html! {
        li id=(statement.anchor) class=(class) data-depth=(statement.depth)
            data-form=(form_name(statement.form)) data-speaker=(speakers.number(statement))
        {
            a.who href={ "#" (statement.anchor) } {
                @if let Some(speaker) = &statement.speaker {
                    b { (Words(speaker)) }
                } @else {
                    em.nobody { "no source named" }
                }
                @if let Some(cue) = statement.cue {
                    @if !statement.cue_touches() { " " }
                    i { (Words(&flat(cue.of(text)))) }
                }
            }
            @if !said.is_empty() { p.said { (Words(&said.join(" … "))) } }
            p.facts {
                span.form { span.sign aria-hidden="true" { (sign(statement.form)) } " " (form_name(statement.form)) }
                (confidence(statement.confidence))
                @if statement.is_unsure { " " span.doubt { "unsure" } }
                @if let Some(parent) = &statement.parent {
                    " " a.inside href={ "#" (parent) } { "in " (bare(parent)) }
                }
                " " span.id { (bare(&statement.anchor)) }
            }
        }
    }
}

/// The form in signs, for those who don't read the word: all in marks, some, none.
fn sign(form: Form) -> &'static str {
    match form {
        Form::Direct => "“”",
        Form::Mixed => "“–",
        Form::Indirect => "–",
    }
}

fn confidence(value: f64) -> Markup {
    let width = (value.clamp(0.0, 1.0) * BAR).round();
    html! {
        span.sure title="Confidence: it orders the statements; it is not a probability" {
            span.unseen { "confidence " }
            (format!("{value:.2}"))
            svg width=(BAR) height="4" aria-hidden="true" {
                rect.all width=(BAR) height="4" {}
                @if width > 0.0 { rect width=(width) height="4" {} }
            }
        }
    }
}

/// The address without the article's prefix.
fn bare(anchor: &str) -> &str {
    anchor.rsplit('-').next().unwrap_or(anchor)
}

/// The statements beside a paragraph, as a list; nothing where there are none.
pub(super) fn notes<'a>(
    statements: impl Iterator<Item = &'a Statement>,
    text: &str,
    speakers: &Speakers,
) -> Markup {
    let notes: Vec<Markup> = statements.map(|statement| note(statement, text, speakers)).collect();
    html! {
        @if !notes.is_empty() {
            ol.notes aria-label="Statements in the next paragraph" { @for note in &notes { (note) } }
        }
    }
}
