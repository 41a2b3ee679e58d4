//! How are a paragraph's words marked, when statements overlap?

use std::cmp::Reverse;

use maud::{Markup, html};
use sayso::Span;
use sayso_text::ParagraphKind;

use super::layout::{Layout, Paragraph, Role, Statement};
use super::quiet::Quiet;
use super::words::{Headline, Words};

/// The paragraph's words, cut wherever a statement's words begin or end, each piece with
/// all statements that it belongs to.
pub(super) fn marked(layout: &Layout<'_>, paragraph: &Paragraph, text: &str) -> Markup {
    let inside: Vec<_> = layout.marked().filter(|(span, ..)| span.overlaps(paragraph.span)).collect();
    let quiet: Vec<&Quiet> =
        layout.quiet.iter().filter(|quiet| quiet.span.overlaps(paragraph.span)).collect();
    let spans = inside.iter().map(|(span, ..)| *span).chain(quiet.iter().map(|quiet| quiet.span));
    let ends = spans.flat_map(|span| [span.start, span.end]);
    let mut cuts: Vec<usize> = ends.chain([paragraph.span.start, paragraph.span.end]).collect();
    cuts.retain(|&cut| (paragraph.span.start..=paragraph.span.end).contains(&cut));
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for ends in cuts.windows(2) {
            (piece(Span::new(ends[0], ends[1]), &inside, &quiet, paragraph.kind, text))
        }
    }
}

fn piece(
    span: Span,
    inside: &[(Span, &Statement, Role)],
    quiet: &[&Quiet],
    kind: ParagraphKind,
    text: &str,
) -> Markup {
    let here = |role| anchors(inside.iter().filter(|(other, _, its)| *its == role && other.contains(span)));
    let roles = [Role::Source, Role::Cue, Role::Content, Role::Standing];
    let [sources, cues, contents, standings] = roles.map(here);
    let titles = titles(span, quiet);
    if [&sources, &cues, &contents, &standings].iter().all(|anchors| anchors.is_empty()) && titles.is_none() {
        return words(span, kind, text);
    }
    let class = |anchors: &[&str], name| if anchors.is_empty() { None } else { Some(name) };
    let deep = (contents.len() > 1).then_some("deep");
    let mut own = inside.iter().filter(|(other, _, its)| *its != Role::Standing && other.contains(span));
    let unsure = own.next().is_some_and(|(_, first, _)| first.is_unsure)
        && own.all(|(_, statement, _)| statement.is_unsure);
    let classes = [
        class(&sources, "source"),
        class(&cues, "cue"),
        class(&contents, "content"),
        deep,
        unsure.then_some("unsure"),
        titles.as_ref().map(|_| "quiet"),
    ];
    let classes: Vec<&str> = classes.into_iter().flatten().collect();
    let list = |anchors: Vec<&str>| if anchors.is_empty() { None } else { Some(anchors.join(" ")) };
    html! {
        span class=(classes.join(" ")) title=[titles.as_deref().map(Words)]
            data-s=[list(sources)] data-c=[list(cues)] data-q=[list(contents)] data-t=[list(standings)]
        {
            (words(span, kind, text))
        }
    }
}

/// What is to be said of the piece, each once.
fn titles(span: Span, quiet: &[&Quiet]) -> Option<String> {
    let mut titles: Vec<&str> = Vec::new();
    for quiet in quiet.iter().filter(|quiet| quiet.span.contains(span)) {
        if !titles.contains(&quiet.title.as_str()) {
            titles.push(&quiet.title);
        }
    }
    (!titles.is_empty()).then(|| titles.join("; "))
}

fn words(span: Span, kind: ParagraphKind, text: &str) -> Markup {
    match kind {
        ParagraphKind::Title => html! { (Headline(span.of(text))) },
        _ => html! { (Words(span.of(text))) },
    }
}

/// Each statement once, the innermost first.
fn anchors<'a>(found: impl Iterator<Item = &'a (Span, &'a Statement, Role)>) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> =
        found.map(|(_, statement, _)| (statement.depth, statement.anchor.as_str())).collect();
    found.sort_by_key(|&(depth, _)| Reverse(depth));
    let mut anchors = Vec::with_capacity(found.len());
    for (_, anchor) in found {
        if !anchors.contains(&anchor) {
            anchors.push(anchor);
        }
    }
    anchors
}
