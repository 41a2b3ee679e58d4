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
//! - `actor` is the name, or the words that stand for one; `chain` has the hands between the
//!   outlet and the source, outermost first; `hedges` say whether they concern the `report` or
//!   its `content`; `status` has the kind, by whom, and the words that limit it. Several parties,
//!   hedges and standings are parted by `; `.
//! - Pieces of a content are joined by ` … `; `content_spans` has their offsets in the same
//!   order, as `12-30 45-60`.

use sayso::Record;
use sayso::record::{Attribution, Hedge, Standing, TextSpan};

use crate::cast::Cast;
use crate::characters::{flat, on_one_line};
use crate::facts::{kind_name, name_of, scope};
use crate::outline::form_name;

/// What places a statement and its words.
const N_WORDS: usize = 17;
/// What is known of it beyond.
const N_KNOWN: usize = 13;

const COLUMNS: [&str; N_WORDS + N_KNOWN] = [
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
    "actor",
    "actor_kind",
    "parties",
    "act",
    "negated",
    "chain",
    "addressee",
    "medium",
    "occasion",
    "when_from",
    "when_to",
    "hedges",
    "status",
];

/// The names of the columns, with a line end: to be written once, before all rows.
///
/// ```
/// assert!(sayso_view::csv::header().starts_with("article,url,outlet,"));
/// ```
pub fn header() -> String {
    written(std::iter::once(COLUMNS))
}

/// A row for each attribution, in the record's order. `name` is the path or address that
/// the article was read from.
pub fn rows(record: &Record, name: &str) -> String {
    let cast = Cast::new(record);
    let row = |attribution| words(record, name, attribution).into_iter().chain(known(attribution, &cast));
    written(record.attributions.iter().map(row))
}

fn words(record: &Record, name: &str, attribution: &Attribution) -> [String; N_WORDS] {
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

fn known(attribution: &Attribution, cast: &Cast<'_>) -> [String; N_KNOWN] {
    let id = attribution.actor.as_deref();
    let actor = id.and_then(|id| cast.actor(id));
    let parties = actor.map(|actor| actor.parties.iter().map(|party| flat(party)).collect::<Vec<_>>());
    let words = |span: &Option<TextSpan>| cell(span.as_ref().map_or("", |span| &span.text));
    let when = attribution.when.as_ref();
    let day = |day: Option<&String>| cell(day.map_or("", |day| day));
    let hedges: Vec<String> = attribution.hedges.iter().map(hedge).collect();
    let status: Vec<String> = attribution.status.iter().map(|found| standing(found, cast)).collect();
    [
        cell(&id.map(|id| cast.who(id)).unwrap_or_default()),
        actor.map(|actor| kind_name(actor.kind)).unwrap_or_default(),
        cell(&parties.unwrap_or_default().join("; ")),
        name_of(serde_json::to_value(attribution.act)),
        attribution.negated.to_string(),
        cell(&cast.hands(attribution).join(" ‹ ")),
        cell(attribution.addressee.as_ref().map_or("", |addressee| &addressee.text)),
        words(&attribution.medium),
        words(&attribution.occasion),
        day(when.and_then(|when| when.from.as_ref())),
        day(when.and_then(|when| when.to.as_ref())),
        cell(&hedges.join("; ")),
        cell(&status.join("; ")),
    ]
}

/// "reportedly (report)"
fn hedge(hedge: &Hedge) -> String {
    format!("{} ({})", flat(&hedge.text), name_of(serde_json::to_value(hedge.of)))
}

/// "denied by Élysée Palace (“in those terms”)"
fn standing(standing: &Standing, cast: &Cast<'_>) -> String {
    let by = standing.by.as_deref().map(|id| format!(" by {}", cast.who(id))).unwrap_or_default();
    let scope = scope(standing).map(|scope| format!(" (“{scope}”)")).unwrap_or_default();
    format!("{}{by}{scope}", name_of(serde_json::to_value(standing.kind)))
}

/// Words that no spreadsheet takes for a formula where it parts the cells at commas, as the
/// format has it.
pub fn cell(words: &str) -> String {
    let words = on_one_line(words);
    let first = words.trim_start_matches(|c: char| c.is_whitespace() || c == '\'');
    let runs = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if runs { format!("'{words}") } else { words }
}

pub(crate) fn written<Row: IntoIterator<Item: AsRef<[u8]>>>(rows: impl Iterator<Item = Row>) -> String {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("rows of one length, written to memory");
    }
    let bytes = writer.into_inner().expect("memory takes all that is written to it");
    String::from_utf8(bytes).expect("strings and ASCII marks are UTF-8")
}
