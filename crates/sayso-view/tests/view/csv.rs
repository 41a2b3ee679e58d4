//! Does a spreadsheet get every attribution, and no formula?

use proptest::prelude::*;
use sayso::Record;
use sayso_view::csv;

use crate::harbour::harbour;
use crate::records::{any_record, bare};

/// The rows as a reader of CSV sees them.
fn read(record: &Record, name: &str) -> Vec<Vec<String>> {
    let sheet = csv::header() + &csv::rows(record, name);
    let mut reader = ::csv::Reader::from_reader(sheet.as_bytes());
    reader.records().map(|row| row.expect("rows are CSV").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_record_as_rows() {
    insta::assert_snapshot!(csv::header() + &csv::rows(&harbour(), "quay.html"));
}

#[test]
fn what_is_known_beyond_the_words_is_at_the_end() {
    let rows = read(&harbour(), "quay.html");
    assert_eq!(rows[1][17..21], ["Ada Penrose", "person", "the quay", "state"]);
    assert_eq!(
        rows[2][17..],
        [
            "the mayor",
            "role",
            "",
            "promise",
            "false",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "denied by Ferry Line (“in those terms”); comment-sought by the mayor"
        ]
    );
    assert_eq!(rows[3][22..], ["", "", "a statement", "", "2025-11-06", "2025-11-06", "", ""]);
    assert_eq!(rows[4][22], "a draft");
    assert_eq!(rows[4][28], "would (content)");
}

#[test]
fn no_attributions_no_rows() {
    assert_eq!(csv::rows(&bare("Nothing was said."), "x"), "");
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_words() {
    for words in ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", " =1"] {
        let mut record = harbour();
        record.attributions.truncate(1);
        record.attributions[0].source.as_mut().unwrap().text = words.to_owned();
        assert!(read(&record, words)[0][7].starts_with('\''), "{words:?}");
        assert!(read(&record, words)[0][0].starts_with('\''), "{words:?}");
    }
}

/// One for one, as the module promises.
fn expected(words: &str) -> String {
    let shown = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    words.chars().map(shown).collect()
}

fn without_guard(cell: &str) -> &str {
    let inner = cell.strip_prefix('\'').unwrap_or(cell);
    let first = inner.trim_start_matches(|c: char| c.is_whitespace() || c == '\'');
    if first.starts_with(['=', '+', '-', '@']) { inner } else { cell }
}

proptest! {
    #[test]
    fn rows_round_trip(record in any_record()) {
        let rows = read(&record, "a.html");
        prop_assert_eq!(rows.len(), record.attributions.len());
        for (row, attribution) in rows.iter().zip(&record.attributions) {
            for cell in row {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
            }
            let source = attribution.source.as_ref();
            prop_assert_eq!(without_guard(&row[7]), expected(source.map_or("", |span| &span.text)));
            prop_assert_eq!(&row[8], &source.map_or(String::new(), |span| span.start.to_string()));
            let pieces: Vec<&str> = attribution.content.iter().map(|span| span.text.as_str()).collect();
            prop_assert_eq!(without_guard(&row[13]), expected(&pieces.join(" … ")));
            prop_assert_eq!(row[14].split_whitespace().count(), attribution.content.len());
        }
        prop_assert_eq!(csv::rows(&record, "a\nb").lines().count(), record.attributions.len());
    }
}
