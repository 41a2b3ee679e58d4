//! Which lines belong together, and which are headings?

use crate::document;
use sayso_text::{Article, Document, Format, ParagraphKind, ingest};

#[track_caller]
fn check_article(article: &Article, expected: &[&str]) {
    let doc = Document::new(article);
    let found: Vec<_> = doc
        .paragraphs
        .iter()
        .map(|paragraph| {
            let kind = match paragraph.kind {
                ParagraphKind::Title => 'T',
                ParagraphKind::Heading => 'H',
                ParagraphKind::Body => 'B',
            };
            format!("{kind} {}", paragraph.span.of(&doc.text))
        })
        .collect();
    assert_eq!(found, expected);
}

/// `expected` has a line per paragraph: its kind (T, H, B) and its words.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_article(&Article::from_text(text), expected);
}

const BODY: &str =
    "The harbour bridge will stay closed until the end of the week, the city said on Monday evening.";

#[test]
fn lines() {
    check("One.\nTwo.\n\n\nThree.\r\nFour.", &["B One.", "B Two.", "B Three.", "B Four."]);
    check("\u{feff}", &["B \u{feff}"]);
    check(" \n\t\n ", &[]);
    check("  One. \u{a0}\n Two.", &["B One.", "B Two."]);
}

#[test]
fn hard_wrapped_lines_are_joined() {
    let text = "The harbour bridge will stay closed until the end of the week, the city\n\
        said on Monday evening, because engineers found cracks in two of the old\n\
        steel beams.\n\n\
        Ann Lee, who leads the works, said that traffic would be sent over the\n\
        northern crossing, and that buses would run every ten minutes until the\n\
        repairs are done.";
    let doc = Document::new(&Article::from_text(text));
    assert_eq!(doc.paragraphs.len(), 2);
    assert_eq!(doc.sentences.len(), 2);
}

#[test]
fn quoted_mail_is_joined_as_its_words_would_be() {
    let mail = "> The harbour bridge will stay closed until the end of the week, the city\n\
        > said on Monday evening. “We will not open it,” Ms. Lee wrote to Mr.\n\
        > Poe, who leads the council there. “Why would we, in such a winter?”\n\
        > she asked.\n\
        >\n\
        > Traffic would be sent over the northern crossing, and buses would run\n\
        > every ten minutes until the repairs are done.\n\
        >> Is that so? And who is going to tell the people on the other side of it\n\
        >> about the buses?\n\
        It is.";
    let doc = document(mail);
    let paragraphs: Vec<_> = doc.paragraphs.iter().map(|p| p.span.of(mail)).collect();
    assert_eq!(paragraphs.len(), 5, "{paragraphs:#?}");
    assert_eq!(paragraphs[1], ">");
    let sentences = |at: usize| doc.sentences[doc.paragraphs[at].sentences.clone()].iter();
    assert_eq!(
        sentences(0).map(|s| s.span.of(mail)).collect::<Vec<_>>()[1..],
        [
            "“We will not open it,” Ms. Lee wrote to Mr.\n> Poe, who leads the council there.",
            "“Why would we, in such a winter?”\n> she asked."
        ]
    );
    assert_eq!([2, 3, 4].map(|at| sentences(at).count()), [1, 2, 1]);
}

#[test]
fn a_paragraph_a_line_stays_so() {
    let text = "The bridge will stay closed, the city said on Monday.\n\
        Engineers found cracks in two of the old steel beams there.\n\
        Traffic will be sent over the northern crossing for now.\n\
        Buses will run every ten minutes until repairs are done.";
    assert_eq!(Document::new(&Article::from_text(text)).paragraphs.len(), 4);
}

#[test]
fn headings_in_plain_text() {
    let body = format!("B {BODY}");
    check(
        &format!("{BODY}\n\nReactions of the City\n\n{BODY}\n\nWhat happens next\n\n{BODY}"),
        &[&body, "H Reactions of the City", &body, "H What happens next", &body],
    );
    check(
        &format!("Source Article\nGenerated on:\n\n{BODY}"),
        &["H Source Article", "H Generated on:", &body],
    );
}

#[test]
fn statements_are_no_headings() {
    for line in [
        "He said:",
        "The Harbour Gazette reports:",
        "“No comment”",
        "The city agreed.",
        "Q: Who pays?",
        "KELLY: Nobody Knows",
        "- The Northern Crossing",
        "LONDON (Reuters) - Rain fell",
        "the city agreed",
    ] {
        check(
            &format!("{BODY}\n\n{line}\n\n{BODY}"),
            &[&format!("B {BODY}"), &format!("B {line}"), &format!("B {BODY}")],
        );
    }
    check(&format!("{BODY}\n\nReactions of the City"), &[&format!("B {BODY}"), "B Reactions of the City"]);
}

#[test]
fn titles() {
    let text = format!("Bridge Stays Closed\n\nSource Article\n\nBridge Stays Closed\n\n{BODY}");
    let article = ingest(text.as_bytes(), Format::Text).expect("plain text");
    assert_eq!(article.title.as_deref(), Some("Bridge Stays Closed"));
    check_article(
        &article,
        &["T Bridge Stays Closed", "H Source Article", "T Bridge Stays Closed", &format!("B {BODY}")],
    );
}

#[test]
fn marked_headings() {
    let text = format!("# Bridge\n\n{BODY}\n\n## Cost, in short\n\n{BODY}\n\nNot a Heading\n\n{BODY}");
    let article = ingest(text.as_bytes(), Format::Markdown).expect("Markdown");
    let body = format!("B {BODY}");
    check_article(&article, &["T Bridge", &body, "H Cost, in short", &body, "B Not a Heading", &body]);
}
