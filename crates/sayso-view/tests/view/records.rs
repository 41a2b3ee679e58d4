//! Which records do the tests look at?

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sayso::record::{ArticlePart, Attribution, Form, Producer, Record, TextSpan};

/// A record of a text without attributions.
pub(crate) fn bare(text: &str) -> Record {
    Record {
        schema: sayso::record::SCHEMA.to_owned(),
        producer: Producer { version: "0.1.0".to_owned(), model_sha256: "770d82f362d9c3a5".to_owned() },
        article: ArticlePart {
            language: Some("en-GB".to_owned()),
            text: text.to_owned(),
            sha256: "8d1a".to_owned(),
            ..ArticlePart::default()
        },
        actors: Vec::new(),
        attributions: Vec::new(),
        unbound: Vec::new(),
        own_voice: Vec::new(),
        notes: Vec::new(),
    }
}

/// Where the words first stand in the text.
pub(crate) fn span(text: &str, words: &str) -> TextSpan {
    let at = text.find(words).expect("the test's words stand in its text");
    let start = text[..at].chars().count();
    TextSpan { start, end: start + words.chars().count(), text: words.to_owned() }
}

/// Who, cue, contents, form and the parent's number: "" and 0 for none.
pub(crate) type Said<'a> = (&'a str, &'a str, &'a [&'a str], Form, usize);

/// A record whose attributions are found by their words.
pub(crate) fn record(text: &str, said: &[Said<'_>]) -> Record {
    let some = |words: &str| (!words.is_empty()).then(|| span(text, words));
    let attribution = |(i, &(source, cue, content, form, parent)): (usize, &Said<'_>)| Attribution {
        id: format!("a{}", i + 1),
        source: some(source),
        cue: some(cue),
        content: content.iter().map(|words| span(text, words)).collect(),
        form,
        parent: (parent > 0).then(|| format!("a{parent}")),
        confidence: 0.97,
        ..Attribution::default()
    };
    let attributions = said.iter().enumerate().map(attribution).collect();
    Record { attributions, ..bare(text) }
}

pub(crate) const HARBOUR: &str = "Talks over the quay broke up\n\n\
    “The gate stays shut,” Ada Penrose said, “until the ferry pays.”\n\n\
    She told reporters that the mayor had promised a bridge. He could not be reached.\n\n\
    The works would cost £2m & more, according to a draft.";

/// A small article with a nested statement, a split content and one with no source.
pub(crate) fn harbour() -> Record {
    let said: &[Said<'_>] = &[
        ("Ada Penrose", "said", &["“The gate stays shut,”", "“until the ferry pays.”"], Form::Direct, 0),
        ("She", "told", &["that the mayor had promised a bridge"], Form::Indirect, 0),
        ("the mayor", "had promised", &["a bridge"], Form::Indirect, 2),
        ("", "according to a draft", &["The works would cost £2m & more"], Form::Indirect, 0),
    ];
    let mut record = record(HARBOUR, said);
    record.article.title = Some("Talks over the quay broke up".to_owned());
    record.article.outlet = Some("The Harbour Gazette".to_owned());
    record.article.byline = Some("Lucan Whitby".to_owned());
    record.article.published = Some("2025-11-06T02:41:00-05:00".to_owned());
    record.article.url = Some("https://gazette.example/quay?a=1&b=2".to_owned());
    record
}

/// Words with all the signs that a view could take for its own.
pub(crate) fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z ,.“”é]{1,8}",
        2 => "[<>&\"'`*_#~^$\\\\|!(){}+=@:/;-]{1,4}",
        1 => prop::sample::select(vec![
            "</script>", "<!--", "]]>", "<b>", "&amp;", "{", "\n\n", "\n", "\r\n", "\r", "\t", "\u{0}", "\u{1b}[31m",
            "\u{85}", "\u{2028}", "\u{202e}", "\u{feff}", "=1+1", "\n- ", "1. ", "  ", "\u{a0}", "https://x.example",
            "[a](b)", "😀",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A span that is mostly in the text and says its words, and sometimes lies.
fn place(text: String) -> impl Strategy<Value = TextSpan> {
    let n = text.chars().count();
    (0..=n, 0..=n + 1, 0..12u8).prop_map(move |(a, b, lie)| {
        let (start, end) = if lie == 0 { (a, b) } else { (a.min(b), a.max(b)) };
        let words = text.chars().skip(start).take(end.saturating_sub(start)).collect();
        TextSpan { start, end, text: if lie == 1 { "no such words".to_owned() } else { words } }
    })
}

fn attribution(text: String) -> impl Strategy<Value = Attribution> {
    let form = prop::sample::select(vec![Form::Direct, Form::Mixed, Form::Indirect]);
    let id = prop_oneof![8 => (1..9u8).prop_map(|i| format!("a{i}")), 1 => words()];
    (
        id,
        option::of(place(text.clone())),
        option::of(place(text.clone())),
        vec(place(text), 0..3),
        form,
        option::of((1..9u8).prop_map(|i| format!("a{i}"))),
        (-100..200i32).prop_map(|hundredths| f64::from(hundredths) / 100.0),
    )
        .prop_map(|(id, source, cue, content, form, parent, confidence)| Attribution {
            id,
            source,
            cue,
            content,
            form,
            parent,
            confidence,
            ..Attribution::default()
        })
}

/// Any record at all, true or not.
pub(crate) fn any_record() -> impl Strategy<Value = Record> {
    let known = (option::of(words()), option::of(words()), option::of(words()), option::of(words()));
    (words(), known, vec(words(), 0..2)).prop_flat_map(|(text, (title, outlet, published, url), notes)| {
        vec(attribution(text.clone()), 0..7).prop_map(move |attributions| {
            let mut record = bare(&text);
            record.article.title.clone_from(&title);
            record.article.outlet.clone_from(&outlet);
            record.article.published.clone_from(&published);
            record.article.url.clone_from(&url);
            record.notes.clone_from(&notes);
            record.attributions = attributions;
            record
        })
    })
}
