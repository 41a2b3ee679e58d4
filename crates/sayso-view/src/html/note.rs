//! How does a statement look in the margin?

use maud::{Markup, html};
use sayso::record::Form;

use super::controls::{Speakers, standing_kinds};
use super::layout::{Statement, bare};
use super::words::Words;
use crate::cast::Cast;
use crate::characters::flat;
use crate::facts;
use crate::outline::form_name;

/// Deeper statements are indented like this one; the margin is narrow.
const DEEPEST: usize = 3;
/// The bar at full confidence, in pixels.
const BAR: f64 = 32.0;

/// What all notes of an article are made with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Notes<'a> {
    pub(super) text: &'a str,
    pub(super) cast: &'a Cast<'a>,
    pub(super) speakers: &'a Speakers,
}

impl Notes<'_> {
    /// The statements beside a paragraph, as a list; nothing where there are none.
    pub(super) fn list<'s>(&self, statements: impl Iterator<Item = &'s Statement>) -> Markup {
        let notes: Vec<Markup> = statements.map(|statement| self.note(statement)).collect();
        html! {
            @if !notes.is_empty() {
                ol.notes aria-label="Statements in the next paragraph" { @for note in &notes { (note) } }
            }
        }
    }

    /// Who, the cue, the content, how it stands, and how sure the program was.
    fn note(&self, statement: &Statement) -> Markup {
        let said: Vec<String> = statement.content.iter().map(|span| flat(span.of(self.text))).collect();
        let unsure = if statement.is_unsure { " doubtful" } else { "" };
        let class = format!("note depth-{}{unsure}", statement.depth.min(DEEPEST));
        let form = statement.known.form;
        html! {
            li id=(statement.anchor) class=(class) data-depth=(statement.depth)
                data-form=(form_name(form)) data-speaker=(self.speakers.number(statement, self.cast))
                data-standing=(standing_kinds(statement).join(" "))
            {
                (self.who(statement))
                @if !said.is_empty() { p.said { (Words(&said.join(" … "))) } }
                (self.beyond(statement))
                p.facts {
                    span.form { span.sign aria-hidden="true" { (sign(form)) } " " (form_name(form)) }
                    @if let Some(act) = facts::act(&statement.known) { span.act { (act) } " " }
                    @if statement.known.loaded { span.loaded title="The cue judges the speaker" { "loaded cue" } " " }
                    (confidence(statement.known.confidence))
                    @if statement.is_unsure { " " span.doubt { "unsure" } }
                    @if let Some(parent) = &statement.parent {
                        " " a.inside href={ "#" (parent) } { "in " (bare(parent)) }
                    }
                    " " span.id { (bare(&statement.anchor)) }
                }
            }
        }
    }

    fn who(&self, statement: &Statement) -> Markup {
        let beside = self.cast.beside(&statement.known);
        let beside = html! {
            @if let Some(name) = beside { " " span.name { "(" (Words(&name)) ")" } }
        };
        // Nothing may part a source from a cue that touches it.
        let touches = statement.cue_touches();
        html! {
            a.who href={ "#" (statement.anchor) } {
                @if let Some(speaker) = &statement.speaker {
                    b { (Words(speaker)) }
                } @else {
                    em.nobody { "no source named" }
                }
                @if !touches { (beside) }
                @if let Some(cue) = statement.cue {
                    @if !touches { " " }
                    i { (Words(&flat(cue.of(self.text)))) }
                }
                @if touches { (beside) }
            }
        }
    }

    /// How the claim stands, whose hands it came through, to whom it was told and with which hedges.
    fn beyond(&self, statement: &Statement) -> Markup {
        let known = &statement.known;
        let circumstances = facts::circumstances(known, self.cast);
        let hedges = facts::hedges(known);
        html! {
            @for standing in &known.status {
                p.standing { (Words(&facts::standing(standing, self.cast))) }
            }
            @if let Some(chain) = self.cast.chain(known) { p.chain { (Words(&chain)) } }
            @for (what, words) in &circumstances {
                p.more { span.what { (what) ": " } (Words(words)) }
            }
            @for hedge in &hedges { p.more { span.what { "hedge: " } (Words(hedge)) } }
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
