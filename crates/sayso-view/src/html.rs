//! How does a record look as a page that a fact-checker reads?
//!
//! The article in its own
//! words, with each statement in the margin beside the paragraph that it stands in.
//! It works on paper and without JavaScript; with it, a click on a statement lights its
//! words and a click on words lights the statement.
//!
//! - The article's words are hostile input. [`maud`] escapes all of them, and the page's
//!   content security policy names its own style and script by checksum, so that nothing
//!   else could run or load.
//! - Marks never change the text: what is copied from the article's column is the
//!   article.
//! - A span that lies outside the text, or whose words are others than it says, is left out,
//!   and the page says so.
//! - The records are in the page as JSON (`<script type="application/json">`), for programs.

use std::fmt::Write;

use maud::{Markup, html};
use sayso::Record;

use self::controls::Speakers;
use self::layout::Layout;
use self::story::Story;
use crate::characters::flat;
use crate::outline::n_statements;
use crate::page::{Page, data};

mod controls;
mod layout;
mod marks;
mod note;
mod people;
pub(crate) mod places;
mod quiet;
mod story;
pub(crate) mod words;

pub(crate) const STYLE: &str = include_str!("html/page.css");
pub(crate) const SCRIPT: &str = include_str!("html/page.js");

/// A page of one or several articles, each with the path or address that it
/// was read from, which stands in for a headline that isn't known.
///
/// A statement's address is `#a3`, or `#s2-a3` for the second of several articles.
pub fn page(articles: &[(&str, &Record)]) -> Page {
    let prefix = |i: usize| if articles.len() > 1 { format!("s{}-", i + 1) } else { String::new() };
    let records = || articles.iter().enumerate();
    let layouts: Vec<Layout<'_>> =
        records().map(|(i, (_, record))| Layout::new(record, &prefix(i))).collect();
    let speakers = Speakers::new(&layouts);
    let stories: Vec<Story<'_>> = records()
        .zip(&layouts)
        .map(|((i, &(name, record)), layout)| Story { name, record, layout, prefix: prefix(i) })
        .collect();
    let title = match stories.as_slice() {
        [story] => format!("{} – who said what", flat(story.title())),
        _ => format!("{} articles – who said what", stories.len()),
    };
    Page {
        of: "sayso.record/1",
        title,
        class: "",
        styles: vec![STYLE],
        unscripted: targets(&layouts),
        script: SCRIPT,
        body: body(&stories, &speakers),
    }
}

fn body(stories: &[Story<'_>], speakers: &Speakers) -> Markup {
    html! {
        (controls::bar(stories, speakers))
        main {
            @if stories.is_empty() { p.nothing { "No articles." } }
            @if stories.len() > 1 { (contents(stories)) }
            @for story in stories { (story.render(speakers)) }
        }
        footer.foot { (CAUTION) }
        @for story in stories { (data(format_args!("{}record", story.prefix), story.record)) }
    }
}

fn contents(stories: &[Story<'_>]) -> Markup {
    html! {
        nav.contents aria-label="Articles" {
            h2 { (stories.len()) " articles" }
            ol {
                @for story in stories {
                    li {
                        a href={ "#" (story.anchor()) } { (words::Words(story.title())) }
                        @if let Some(outlet) = &story.record.article.outlet {
                            span.outlet { (words::Words(outlet)) }
                        }
                        span.count { (n_statements(story.layout.statements.len())) }
                    }
                }
            }
        }
    }
}

/// What `:target` lights in the text where there is no JavaScript: the attributes that hold
/// anchors can't be compared with the address in general, so each statement has its rule.
fn targets(layouts: &[Layout<'_>]) -> String {
    let mut rules = String::new();
    for statement in layouts.iter().flat_map(|layout| &layout.statements) {
        let at = &statement.anchor;
        let _ = write!(
            rules,
            ":root:not(.js):has(#{at}:target) :is([data-s~={at}],[data-c~={at}],[data-q~={at}],[data-t~={at}]),"
        );
    }
    if rules.pop().is_none() {
        return String::new();
    }
    rules + "{background:var(--lit)}"
}

/// What a page says at its foot.
pub(crate) const CAUTION: &str = "These statements were found by a program, which misses some and mistakes others. \
     Check them against the article before you publish.";
