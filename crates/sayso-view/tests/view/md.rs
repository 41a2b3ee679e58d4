//! Are the rendered words the article's?

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use sayso::record::{Attribution, Form, TextSpan};
use sayso_view::cast::Cast;
use sayso_view::{facts, md};

use crate::harbour::{HARBOUR, harbour};
use crate::records::{any_record, bare, record, span};

/// The rendered words of each heading, paragraph and list item, in order; other tags than a
/// view has are an error.
fn blocks(markdown: &str) -> Vec<String> {
    // Everything that some site adds to CommonMark, except what changes quotation marks.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    let markdown = markdown.strip_prefix(md::MARK).expect("the mark comes first");
    let mut blocks = vec![String::new()];
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::Item) => blocks.push(String::new()),
            Event::Start(Tag::List(None) | Tag::Strong | Tag::Emphasis | Tag::Link { .. })
            | Event::End(_) => {
                if matches!(event, Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item)) {
                    blocks.push(String::new());
                }
            }
            Event::Text(words) => blocks.last_mut().expect("there is one from the start").push_str(&words),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    blocks.iter().map(|block| flat(block)).filter(|block| !block.is_empty()).collect()
}

/// White space as one space, control characters as the module promises.
fn flat(words: &str) -> String {
    let shown = |c: char| match c {
        '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() && !c.is_whitespace() => '\u{fffd}',
        c => c,
    };
    words.chars().map(shown).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn item(attribution: &Attribution, cast: &Cast<'_>) -> String {
    let words = |span: &Option<TextSpan>| {
        span.as_ref().map(|span| flat(&span.text)).filter(|words| !words.is_empty())
    };
    let source = words(&attribution.source).unwrap_or("no source named".to_owned());
    let touches = attribution.source.as_ref().zip(attribution.cue.as_ref()).is_some_and(|(source, cue)| {
        let sides = source.text.chars().next_back().zip(cue.text.chars().next());
        source.end == cue.start && sides.is_some_and(|(a, b)| !a.is_whitespace() && !b.is_whitespace())
    });
    let space = if touches { "" } else { " " };
    let cue = words(&attribution.cue).map(|cue| format!("{space}{cue}")).unwrap_or_default();
    let beside = cast.beside(attribution).map(|name| format!(" ({name})")).unwrap_or_default();
    let who = if touches { format!("{source}{cue}{beside}") } else { format!("{source}{beside}{cue}") };
    let act = facts::act(attribution).map(|act| format!(", {act}")).unwrap_or_default();
    let loaded = if attribution.loaded { ", loaded cue" } else { "" };
    let form = match attribution.form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    };
    let content: Vec<String> = attribution.content.iter().map(|span| flat(&span.text)).collect();
    let sure = attribution.confidence;
    flat(&format!("{who} ({form}{act}{loaded}, {sure:.2}): {}", content.join(" … ")))
}

#[test]
fn statements_stand_under_the_articles_headings() {
    let mut record = harbour();
    let cost = "The works would cost £2m & more";
    record.article.headings = vec![
        span(HARBOUR, "Talks over the quay broke up"),
        span(HARBOUR, "“The gate stays shut,”"),
        span(HARBOUR, cost),
    ];
    let found = blocks(&md::render(&record, "quay.html"));
    let at = |words: &str| found.iter().position(|block| block == words);
    assert_eq!(at("Talks over the quay broke up"), Some(0));
    assert_eq!(at("“The gate stays shut,”"), Some(3), "{found:?}");
    assert!(at(cost) > at("“The gate stays shut,”") && at(cost) < at("Who speaks here"), "{found:?}");
}

#[test]
fn no_space_parts_a_source_from_a_cue_that_touches_it() {
    for (text, source, cue, shown) in [
        ("he's pleased now", "he", "'s pleased", "he's pleased ("),
        ("you’ve said so now", "you", "’ve said", "you’ve said ("),
        ("“he”—says now", "“he”", "—says", "“he”—says ("),
    ] {
        let record = record(text, &[(source, cue, &["now"], Form::Indirect, 0)]);
        let found = blocks(&md::render(&record, "a"));
        assert!(found.last().is_some_and(|item| item.starts_with(shown)), "{found:?}");
    }
}

#[test]
fn a_record_as_markdown() {
    let mut record = harbour();
    record.notes.push("The text looks odd.".to_owned());
    insta::assert_snapshot!(md::render(&record, "quay.html"));
}

#[test]
fn without_a_headline_the_name_heads_the_page() {
    assert!(
        md::render(&bare("Nothing was said."), "a_b.txt")
            .starts_with("<!-- sayso.record/1 -->\n\n# a\\_b.txt\n\nNo attributed statements")
    );
}

proptest! {
    #[test]
    fn the_rendered_words_are_the_articles(record in any_record()) {
        let markdown = md::render(&record, "name");
        let rendered = blocks(&markdown);
        let title = record.article.title.as_deref().map(flat).filter(|title| !title.is_empty());
        prop_assert_eq!(&rendered[0], &title.unwrap_or("name".to_owned()), "{}", markdown);
        let cast = Cast::new(&record);
        let mut expected: Vec<String> =
            record.attributions.iter().map(|attribution| item(attribution, &cast)).collect();
        expected.sort();
        let known = [&record.article.outlet, &record.article.published, &record.article.url, &record.article.wire];
        let n_before = 2 + usize::from(known.iter().any(|known| known.is_some()));
        let labels = ["standing: ", "chain: ", "told to: ", "medium: ", "occasion: ", "when: ", "hedge: "];
        let own = ["Said of what is in no statement here", "Who speaks here"];
        let list = rendered[n_before..].iter().filter(|block| !labels.iter().any(|label| block.starts_with(label)));
        let mut found: Vec<String> =
            list.take_while(|block| !own.contains(&block.as_str())).cloned().collect();
        found.truncate(expected.len());
        found.sort();
        prop_assert_eq!(found, expected, "{}", markdown);
    }
}
