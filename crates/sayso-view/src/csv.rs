//! How does a record look to a spreadsheet?
//!
//! One row for each attribution, UTF-8 without a byte order mark, lines ending in
//! `\n`. Offsets count code points of the record's text, half open, so that anyone can
//! verify the words.
//!
//! - Line breaks and tabs inside a cell are spaces and other control characters `�`, one
//!   for one: a line is a row, and a piece is as long as its offsets say.
//! - A cell that would begin with `=`, `+`, `-` or `@`, white space and apostrophes aside,
//!   gets an apostrophe before it. A spreadsheet would run it as a formula otherwise, and an
//!   article's words are anybody's. (Tabs and carriage returns, which can do the same, are
//!   spaces by then.) Taking one apostrophe from such cells gives the words back.
//! - Pieces of a content are joined by ` … `; `content_spans` has their offsets in the same
//!   order, as `12-30 45-60`.

use sayso::Record;
use sayso::record::{Attribution, TextSpan};

use crate::characters::on_one_line;
use crate::outline::form_name;

const COLUMNS: [&str; 17] = [
    "article",
    "url",
    "outlet",
    "title",
    "published",
    "id",
    "parent",
    "source",
    "source_start",
    "source_end",
    "cue",
    "cue_start",
    "cue_end",
    "content",
    "content_spans",
    "form",
    "confidence",
];

/// The names of the columns, with a line end: to be written once, before all rows.
///
/// ```
/// assert!(sayso_view::csv::header().starts_with("article,url,outlet,"));
/// ```
pub fn header() -> String {
    written(std::iter::once(COLUMNS.map(str::to_owned)))
}

/// A row for each attribution, in the record's order. `name` is the path or address that
/// the article was read from.
pub fn rows(record: &Record, name: &str) -> String {
    written(record.attributions.iter().map(|attribution| row(record, name, attribution)))
}

fn row(record: &Record, name: &str, attribution: &Attribution) -> [String; COLUMNS.len()] {
    let article = &record.article;
    let known = |value: &Option<String>| cell(value.as_deref().unwrap_or_default());
    let words = |span: &Option<TextSpan>| cell(span.as_ref().map_or("", |span| &span.text));
    let start =
        |span: &Option<TextSpan>| span.as_ref().map_or_else(String::new, |span| span.start.to_string());
    let end = |span: &Option<TextSpan>| span.as_ref().map_or_else(String::new, |span| span.end.to_string());
    let pieces: Vec<&str> = attribution.content.iter().map(|span| span.text.as_str()).collect();
    let spans: Vec<String> =
        attribution.content.iter().map(|span| format!("{}..{}", span.start, span.end)).collect();
    [
        cell(name),
        known(&article.url),
        known(&article.outlet),
        known(&article.title),
        known(&article.published),
        cell(&attribution.id),
        known(&attribution.parent),
        words(&attribution.source),
        start(&attribution.source),
        end(&attribution.source),
        words(&attribution.cue),
        start(&attribution.cue),
        end(&attribution.cue),
        cell(&pieces.join(" … ")),
        spans.join(" "),
        form_name(attribution.form).to_owned(),
        cell(&format!("{:.2}", attribution.confidence)),
    ]
}

/// Words that no spreadsheet takes for a formula where it parts the cells at commas, as the
/// format has it.
fn cell(words: &str) -> String {
    let words = on_one_line(words);
    let first = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\'');
    let runs = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if runs { format!("'{words}") } else { words }
}

fn written(rows: impl Iterator<Item = [String; COLUMNS.len()]>) -> String {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).expect("rows of one length, written to memory");
    }
    let bytes = writer.into_inner().expect("memory takes all that is written to it");
    String::from_utf8(bytes).expect("strings and ASCII marks are UTF-8")
}
