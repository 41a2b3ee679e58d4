//! Does brat read the annotations of any record, in the text that goes with them?

use proptest::prelude::*;
use sayso::Record;
use sayso_view::{brat, citron};

use crate::harbour::harbour;
use crate::records::any_record;

/// By brat's own rules: a number once, places in order, words as in the text.
fn check(record: &Record) {
    let text: Vec<char> = brat::text(record).chars().collect();
    assert_eq!(text.len(), record.article.text.chars().count());
    let all = brat::annotations(record, &|one| one.actor.clone());
    let mut ids = std::collections::HashSet::new();
    for line in all.split_terminator('\n') {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(ids.insert(cells[0]), "{line}");
        if !cells[0].starts_with('T') {
            continue;
        }
        let (_, places) = cells[1].split_once(' ').expect("a type");
        let mut last = 0;
        let words = places.split(';').map(|place| {
            let (start, end) = place.split_once(' ').expect("two places");
            let (start, end): (usize, usize) =
                (start.parse().expect("a number"), end.parse().expect("a number"));
            assert!(last <= start && start < end, "{line}");
            last = end;
            text[start..end].iter().collect::<String>()
        });
        assert_eq!(words.collect::<Vec<_>>().join(" "), cells[2], "{line}");
    }
}

#[test]
fn a_record_as_annotations() {
    check(&harbour());
    insta::assert_snapshot!(brat::annotations(&harbour(), &|one| one.actor.clone()));
}

proptest! {
    #[test]
    fn any_record_is_read(record in any_record()) {
        check(&record);
        let line = citron::line(&record);
        prop_assert_eq!(line.lines().count(), 1);
        let object: Result<serde_json::Value, _> = serde_json::from_str(&line);
        prop_assert!(object.is_ok());
    }
}
