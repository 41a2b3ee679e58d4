//! How does a text stand in the page, with marks in it?

use std::collections::BTreeSet;

use maud::{Markup, html};
use sayso::check::Checked;
use sayso::{Article, Document, Span};
use sayso_text::ParagraphKind;

use super::Mark;
use crate::html::words::Words;

/// A text with its marks.
#[derive(Debug)]
pub(super) struct Column<'a> {
    text: &'a str,
    pub(super) paragraphs: Vec<Paragraph>,
    marks: Vec<Mark>,
}

#[derive(Debug)]
pub(super) struct Paragraph {
    /// Bytes of the text.
    span: Span,
    kind: ParagraphKind,
}

impl<'a> Column<'a> {
    pub(super) fn new(checked: &'a Checked, marks: Vec<Mark>) -> Self {
        let article = Article { title: checked.title.clone(), ..Article::from_text(checked.text.clone()) };
        let document = Document::new(&article);
        let paragraph = |found: &sayso_text::Paragraph| Paragraph { span: found.span, kind: found.kind };
        Self { text: &checked.text, paragraphs: document.paragraphs.iter().map(paragraph).collect(), marks }
    }

    /// Whether the headline is the text's first line.
    pub(super) fn opens_with_title(&self) -> bool {
        self.paragraphs.first().is_some_and(|first| first.kind == ParagraphKind::Title)
    }

    /// The paragraph in which a finding's words begin.
    pub(super) fn paragraph_of(&self, finding: usize) -> Option<usize> {
        let mark = self.marks.iter().find(|mark| mark.finding == Some(finding))?;
        let after = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= mark.span.start);
        (!self.paragraphs.is_empty()).then(|| after.saturating_sub(1))
    }

    /// The paragraph's words, cut wherever a mark begins or ends.
    pub(super) fn words(&self, paragraph: &Paragraph) -> Markup {
        let inside: Vec<&Mark> =
            self.marks.iter().filter(|mark| mark.span.overlaps(paragraph.span)).collect();
        let ends = inside.iter().flat_map(|mark| [mark.span.start, mark.span.end]);
        let ends = ends.map(|end| end.clamp(paragraph.span.start, paragraph.span.end));
        let cuts: BTreeSet<usize> = ends.chain([paragraph.span.start, paragraph.span.end]).collect();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let words = html! {
            @for ends in cuts.windows(2) { (self.piece(Span::new(ends[0], ends[1]), &inside)) }
        };
        html! {
            @match paragraph.kind {
                ParagraphKind::Body => p.para dir="auto" { (words) },
                _ => h3.para dir="auto" { (words) },
            }
        }
    }

    fn piece(&self, span: Span, inside: &[&Mark]) -> Markup {
        let words = Words(span.of(self.text));
        let here: Vec<&Mark> = inside.iter().copied().filter(|mark| mark.span.contains(span)).collect();
        // The shortest is the one that a click on the words means.
        let Some(first) = here.iter().min_by_key(|mark| (mark.finding.is_none(), mark.span.len())) else {
            return html! { (words) };
        };
        // A mark over several pieces has its address at the first of them.
        let begins: Vec<&&Mark> = here.iter().filter(|mark| self.begins(mark, span)).collect();
        let of: Vec<&str> = here.iter().filter_map(|mark| bare(mark)).collect();
        let of = (!of.is_empty()).then(|| of.join(" "));
        let ends: Vec<&&Mark> = here
            .iter()
            .filter(|mark| mark.span.end == span.end && mark.finding.is_some() && mark.class != "proof")
            .collect();
        let class = format!("find {}", first.class);
        html! {
            @for mark in begins { span.mark id=(mark.id) {} }
            @if first.href.is_empty() {
                span class=(class) title=(Words(&first.title)) { (words) }
            } @else {
                a class=(class) href=(first.href) title=(Words(&first.title)) data-f=[of] { (words) }
            }
            @for mark in ends { sup.number aria-hidden="true" { (mark.finding.map_or(0, |i| i + 1)) } }
        }
    }

    /// Whether this is the mark's first piece that is shown: a mark may begin between paragraphs.
    fn begins(&self, mark: &Mark, span: Span) -> bool {
        let first = self.paragraphs.iter().find(|paragraph| paragraph.span.overlaps(mark.span));
        first.is_some_and(|first| span.start == mark.span.start.max(first.span.start))
    }
}

/// The finding's address: `f3` of `f3-b` and `f3-e1`.
fn bare(mark: &Mark) -> Option<&str> {
    mark.finding?;
    mark.id.rsplit_once('-').map(|(anchor, _)| anchor)
}
