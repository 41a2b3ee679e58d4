//! How does a brief look as a page?
//!
//! The brief on the left, the articles on the right. Each
//! sentence ends in the numbers of its passages. A number links to the passage in the list
//! beneath the brief, and from there to its place in the article, so that it works without
//! JavaScript and on paper; with it, a click on a number lights the passage in the article.

use std::collections::BTreeSet;

use maud::{Markup, Render, html};
use sayso::brief::{Anchor, Brief, Sentence, SourceArticle, Writer};
use sayso::{Article, Document, Span};
use sayso_text::ParagraphKind;

use super::{article_name, number, passages};
use crate::characters::flat;
use crate::dates::dated;
use crate::html::STYLE;
use crate::html::places::Places;
use crate::html::words::Words;
use crate::page::{Page, data};

pub(crate) const OWN_STYLE: &str = include_str!("page.css");
pub(crate) const SCRIPT: &str = concat!(include_str!("../html/bring.js"), include_str!("page.js"));
const CAUTION: &str = "Made by a program from the articles’ own words. \
     Hold it against them before you publish.";

/// A page of a brief.
///
/// A sentence's address is `#s2`, a passage's is `#p3` in the list and `#a3` in its article, and
/// an article's is `#article-1`.
pub fn page(brief: &Brief) -> Page {
    let view = View::new(brief);
    Page {
        of: "sayso.brief/1",
        title: format!("{} – a brief of {}", flat(&view.title), counted(brief.sources.len())),
        class: "briefing",
        styles: vec![STYLE, OWN_STYLE],
        unscripted: targets(view.passages.len()),
        script: SCRIPT,
        body: html! {
            (view)
            footer.foot { p { (CAUTION) } }
            (data("brief", brief))
        },
    }
}

/// What `:target` lights where there is no JavaScript: all that has to do with the passage.
fn targets(n_passages: usize) -> String {
    let rule = |n| format!(":root:has(:is(#p{n},#a{n}):target) [data-p~=p{n}]{{--here:var(--lit)}}");
    (1..=n_passages).map(rule).collect()
}

fn counted(n_articles: usize) -> String {
    format!("{n_articles} article{}", if n_articles == 1 { "" } else { "s" })
}

/// Words on one line, unless there are none.
fn known(words: Option<&String>) -> Option<String> {
    words.map(|words| flat(words)).filter(|words| !words.is_empty())
}

/// The article's address, if it is one of the web: no other scheme becomes a link.
fn web(source: &SourceArticle) -> Option<&str> {
    let url = source.url.as_deref()?.trim();
    let (scheme, _) = url.split_once("://")?;
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)).then_some(url)
}

/// A brief in the page.
struct View<'a> {
    brief: &'a Brief,
    title: String,
    /// One for each of the sources.
    texts: Vec<Text<'a>>,
    /// In the order of their numbers, with the bytes of the article's text if they stand there.
    passages: Vec<(&'a Anchor, Option<Span>)>,
    /// The numbers of each sentence's passages.
    told: Vec<BTreeSet<usize>>,
}

/// An article's text with its paragraphs.
struct Text<'a> {
    text: &'a str,
    paragraphs: Vec<(Span, ParagraphKind)>,
    places: Places<'a>,
}

impl<'a> Text<'a> {
    fn new(source: &'a SourceArticle) -> Self {
        let article = Article { title: source.title.clone(), ..Article::from_text(source.text.clone()) };
        let document = Document::new(&article);
        let paragraphs = document.paragraphs.iter().map(|found| (found.span, found.kind)).collect();
        Self { text: &source.text, paragraphs, places: Places::new(&source.text) }
    }

    /// Where a passage is shown: one that begins between paragraphs, from the next one on.
    fn place(&self, anchor: &Anchor) -> Option<Span> {
        let span = self.places.find(anchor.start, anchor.end, &anchor.text)?;
        let (first, _) = self.paragraphs.iter().find(|(paragraph, _)| paragraph.overlaps(span))?;
        Some(Span::new(span.start.max(first.start), span.end))
    }

    /// A paragraph's words, cut wherever a passage begins or ends.
    fn paragraph(&self, span: Span, kind: ParagraphKind, marks: &[(usize, Span)]) -> Markup {
        let inside: Vec<(usize, Span)> =
            marks.iter().copied().filter(|(_, mark)| mark.overlaps(span)).collect();
        let ends = inside.iter().flat_map(|(_, mark)| [mark.start, mark.end]);
        let ends = ends.map(|end| end.clamp(span.start, span.end)).chain([span.start, span.end]);
        let cuts = Vec::from_iter(ends.collect::<BTreeSet<_>>());
        let words = html! {
            @for ends in cuts.windows(2) { (self.piece(Span::new(ends[0], ends[1]), &inside)) }
        };
        match kind {
            ParagraphKind::Body => html! { p.para dir="auto" { (words) } },
            _ => html! { h4.para dir="auto" { (words) } },
        }
    }

    fn piece(&self, span: Span, inside: &[(usize, Span)]) -> Markup {
        let words = Words(span.of(self.text));
        let here = || inside.iter().filter(|(_, mark)| mark.contains(span));
        // The shortest is the one that a click on the words means.
        let Some((meant, _)) = here().min_by_key(|(_, mark)| mark.len()) else {
            return html! { (words) };
        };
        let mut begins = here().filter(|(_, mark)| mark.start == span.start).map(|(n, _)| n);
        let id = begins.next().map(|n| format!("a{n}"));
        html! {
            @for n in begins { span.begin id={ "a" (n) } {} }
            a.passage href={ "#p" (meant) } data-p=(keys(here().map(|(n, _)| n))) title={ "Passage " (meant) } {
                mark id=[id] { (words) }
            }
            @for (n, _) in here().filter(|(_, mark)| mark.end == span.end) {
                sup.number aria-hidden="true" { (n) }
            }
        }
    }
}

/// What `[data-p~=p3]` finds: "p1 p3".
fn keys<'n>(numbers: impl IntoIterator<Item = &'n usize>) -> String {
    numbers.into_iter().map(|n| format!("p{n}")).collect::<Vec<_>>().join(" ")
}

impl<'a> View<'a> {
    fn new(brief: &'a Brief) -> Self {
        let texts: Vec<Text<'a>> = brief.sources.iter().map(Text::new).collect();
        let all = passages(brief);
        let place = |anchor: &Anchor| texts.get(anchor.article)?.place(anchor);
        let numbers = |sentence: &Sentence| sentence.anchors.iter().filter_map(|a| number(&all, a)).collect();
        let told = brief.sentences().map(numbers).collect();
        let passages = all.iter().map(|&anchor| (anchor, place(anchor))).collect();
        let title = known(Some(&brief.title)).unwrap_or_else(|| "A brief".to_owned());
        Self { brief, title, texts, passages, told }
    }

    /// Sentences in a row, of which the first has this many before it.
    fn paragraph(&self, before: usize, sentences: &[Sentence]) -> Markup {
        html! {
            p.para dir="auto" {
                @for (i, (sentence, numbers)) in sentences.iter().zip(&self.told[before..]).enumerate() {
                    @if i > 0 { " " }
                    span.sentence id={ "s" (before + i + 1) } data-p=(keys(numbers)) {
                        (Words(&flat(&sentence.text)))
                        sup.refs {
                            @for (k, n) in numbers.iter().enumerate() {
                                @if k > 0 { " " } a.ref href={ "#p" (n) } role="doc-noteref" aria-label={ "Passage " (n) } { (n) }
                            }
                        }
                        @if sentence.by == Writer::Model { " " span.by { "worded by a language model" } }
                    }
                }
            }
        }
    }

    /// A source as the head lists it.
    fn origin(&self, i: usize, source: &SourceArticle) -> Markup {
        let (title, url) = (known(source.title.as_ref()), web(source));
        let headline = title.or(url.map(flat)).unwrap_or_else(|| article_name(self.brief, i));
        html! {
            li {
                @if let Some(outlet) = known(source.outlet.as_ref()) { span { b { (Words(&outlet)) } } }
                @if let Some(url) = url {
                    span { a href=(flat(url)) rel="noreferrer noopener" dir="auto" { (Words(&headline)) } }
                } @else { span dir="auto" { (Words(&headline)) } }
                @if let Some(published) = known(source.published.as_ref()) { span { (Words(&dated(&published))) } }
            }
        }
    }

    /// A passage as the list beneath the brief has it.
    fn passage(&self, n: usize, anchor: &Anchor, place: Option<Span>) -> Markup {
        let name = article_name(self.brief, anchor.article);
        let source = self.brief.sources.get(anchor.article);
        let title = source.and_then(|one| known(one.title.as_ref())).filter(|title| *title != name);
        let sentences = (1..).zip(&self.told).filter(|(_, numbers)| numbers.contains(&n));
        html! {
            li id={ "p" (n) } data-p={ "p" (n) } {
                p.from { b { (Words(&name)) } @if let Some(title) = title { ", " cite { (Words(&title)) } } }
                blockquote dir="auto" { (Words(&flat(&anchor.text))) }
                @if let Some(cue) = known(anchor.loaded_cue.as_ref()) {
                    p { "The article’s own word is “" (Words(&cue)) "”." }
                }
                p.ways {
                    @if place.is_some() { a.place href={ "#a" (n) } { "See it in the article" } }
                    @else { span { "Not found in the article" } }
                    @for (i, _) in sentences {
                        " " a.back href={ "#s" (i) } role="doc-backlink" { "Back to sentence " (i) }
                    }
                }
            }
        }
    }

    fn article(&self, i: usize) -> Markup {
        let (source, text) = (&self.brief.sources[i], &self.texts[i]);
        let here = (1..).zip(&self.passages).filter(|(_, (anchor, _))| anchor.article == i);
        let marks: Vec<(usize, Span)> = here.filter_map(|(n, (_, place))| Some((n, (*place)?))).collect();
        let opens_with_title = text.paragraphs.first().is_some_and(|(_, kind)| *kind == ParagraphKind::Title);
        html! {
            article id={ "article-" (i + 1) } aria-labelledby={ "outlet-" (i + 1) } {
                h3.outlet id={ "outlet-" (i + 1) } {
                    "Article " (i + 1) @if let Some(outlet) = known(source.outlet.as_ref()) { " · " (Words(&outlet)) }
                }
                @if let (Some(title), false) = (known(source.title.as_ref()), opens_with_title) {
                    h4.para dir="auto" { (Words(&title)) }
                }
                @for (span, kind) in &text.paragraphs { (text.paragraph(*span, *kind, &marks)) }
            }
        }
    }
}

impl Render for View<'_> {
    fn render(&self) -> Markup {
        let brief = self.brief;
        let generated = known(Some(&brief.generated));
        let mut before = brief.lead.len();
        let sections = brief.sections.iter().map(|section| {
            before += section.sentences.len();
            (before - section.sentences.len(), section)
        });
        html! {
            header.case {
                p.kind { "Brief of " (counted(brief.sources.len())) }
                h1 dir="auto" { (Words(&self.title)) }
                @if let Some(day) = generated { p.generated { "Generated on " (Words(&dated(&day))) } }
                p.label #origins { "Source article" @if brief.sources.len() != 1 { "s" } }
                ol.origins aria-labelledby="origins" {
                    @for (i, source) in brief.sources.iter().enumerate() { (self.origin(i, source)) }
                }
            }
            main.panes {
                section.told aria-label="The brief" {
                    @if !brief.lead.is_empty() { div.lead { (self.paragraph(0, &brief.lead)) } }
                    @for (before, section) in sections.filter(|(_, section)| !section.sentences.is_empty()) {
                        @if let Some(heading) = known(Some(&section.heading)) { h2 dir="auto" { (Words(&heading)) } }
                        (self.paragraph(before, &section.sentences))
                    }
                    @if self.told.is_empty() { p.para { "Nothing in the articles can be told in sentences of their own." } }
                    @if !self.passages.is_empty() {
                        section.passages role="doc-endnotes" aria-labelledby="passages" {
                            h2 #passages { "Where each sentence is from" }
                            ol { @for (n, (anchor, place)) in (1..).zip(&self.passages) { (self.passage(n, anchor, *place)) } }
                        }
                    }
                    @if !brief.notes.is_empty() {
                        section.remarks aria-labelledby="remarks" {
                            h2 #remarks { "Notes" }
                            @for note in &brief.notes { p { (Words(&flat(note))) } }
                        }
                    }
                }
                section.articles tabindex="0" role="region" aria-label="The articles" {
                    h2 { "The article" @if brief.sources.len() != 1 { "s" } }
                    @for i in 0..brief.sources.len() { (self.article(i)) }
                }
            }
        }
    }
}
