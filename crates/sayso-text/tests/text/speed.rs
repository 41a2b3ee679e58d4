//! Does a text of four times the length take four times as long, whatever it is made of?

use std::hint::black_box;
use std::time::{Duration, Instant};

use sayso_text::{Format, ingest};

use crate::document;

/// The least of three, since anything else on the machine only makes it longer.
fn least(run: &impl Fn()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}

/// Four times the bytes may take ten times as long, and sixteen times would be the square.
/// Where caches spoil the first comparison, one of longer texts decides; and where a busy
/// machine spoils both, they are made again. The square is so each time.
fn check(what: &str, text: impl Fn(usize) -> String, run: impl Fn(&str)) {
    let in_proportion = |n: usize| {
        let (short, long) = (text(n), text(4 * n));
        least(&|| run(&long)) < 10 * least(&|| run(&short))
    };
    assert!((0..N_TRIES).any(|_| in_proportion(30_000) || in_proportion(120_000)), "{what}");
}

const N_TRIES: usize = 5;

fn repeat(piece: &str, n_bytes: usize) -> String {
    piece.repeat(n_bytes / piece.len())
}

const MARKS: &[&str] = &["\"", "'", "“", "”", "‘", "’", "«", "»", "‹", "„", "`", "’ ", " '", "s' ", "\"a "];

#[test]
#[ignore = "measures time, which a busy machine spoils: `cargo xtask deep` runs it"]
fn one_thing_again_and_again() {
    let pieces = [
        "\"“’",
        "5'10\" ",
        "‘a” ",
        "« a",
        "''",
        ".",
        ". ",
        ". . ",
        "…",
        "?\" ",
        ".) ",
        "(",
        "-",
        "/",
        "+",
        "a@",
        "a.",
        "a.b",
        "U.S. ",
        "Mr. ",
        "No. 5 ",
        "A",
        "I. ",
        "1",
        "1,",
        "\u{301}",
        "\u{200b}",
        "é",
        "🌊",
        "中。",
        "\n",
        "\r",
        " ",
        "\u{a0}",
        "> ",
        ">\n",
        "a\n",
        "a’",
        "http://a ",
        "“Why?” A B C said. ",
        "'s",
        "n't",
    ];
    for piece in pieces.iter().chain(MARKS) {
        for end in ["", "a"] {
            let text = |n: usize| repeat(piece, n) + end;
            check(piece, text, |text| _ = black_box(document(text)));
        }
    }
}

#[test]
#[ignore = "measures time, which a busy machine spoils: `cargo xtask deep` runs it"]
fn one_mark_and_then_another() {
    for one in MARKS {
        for other in MARKS {
            for between in ["", "\n\n"] {
                let text = |n: usize| repeat(one, n / 2) + between + &repeat(other, n / 2) + "a";
                check(&format!("{one}{between}{other}"), text, |text| _ = black_box(document(text)));
            }
        }
    }
}

#[test]
#[ignore = "measures time, which a busy machine spoils: `cargo xtask deep` runs it"]
fn markup_again_and_again() {
    let pieces = [
        "> ",
        "- ",
        "*",
        "_",
        "`",
        "[",
        "![",
        "[a](",
        "<",
        "<a",
        "<!--",
        "<div>\n",
        "</div>",
        "<script",
        "&amp;",
        "|a",
        "---\n",
        "    a\n",
        "[a]: b\n",
        "{\"a\":",
        "[{",
        "a: b\n",
        "[a]:\n",
        "- [a]: b\n",
        "a ]: ",
    ];
    for piece in pieces {
        for (format, start) in [
            (Format::Markdown, ""),
            (Format::Markdown, "<div>\n"),
            (Format::Markdown, "---\ntitle: "),
            (Format::Json, ""),
            (Format::Html, "<p>The quay is shut, she said.</p>"),
        ] {
            let text = |n: usize| start.to_owned() + &repeat(piece, n) + "\n---\na";
            check(piece, text, |text| _ = black_box(ingest(text.as_bytes(), format)));
        }
    }
}

/// What a page or file states of itself is compared with each of its blocks.
#[test]
#[ignore = "measures time, which a busy machine spoils: `cargo xtask deep` runs it"]
fn long_fields_and_many_blocks() {
    let stated = [
        (Format::Html, "<meta name=author content='", "'>", "<p>Abc def</p>"),
        (Format::Html, "<meta property='og:title' content='", "'>", "<p>Abc def</p>"),
        (Format::Html, "<title>", "</title><h1>Abc</h1>", "<p>Abc def</p>"),
        (Format::Html, "<time datetime='", "'>1 May</time>", "<p>1 May</p>"),
        (
            Format::Html,
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"",
            "\"}</script>",
            "<p>Abc def</p>",
        ),
        (Format::Markdown, "---\nauthor: ", "\n---\n", "Abc def\n\n"),
        (Format::Markdown, "---\ntitle: ", "\n---\n", "Abc def\n\n"),
    ];
    for (format, open, close, block) in stated {
        for words in ["Abc ", "- "] {
            let text = |n: usize| {
                format!("{open}{}{close}{}<p>The end.", repeat(words, n / 2), repeat(block, n / 2))
            };
            check(open, text, |text| _ = black_box(ingest(text.as_bytes(), format)));
        }
    }
}
