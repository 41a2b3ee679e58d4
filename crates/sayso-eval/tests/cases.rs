//! Does the whole way, with the shipped weights, get the named cases right?
//!
//! Each case is a text with its labels; the found attributions must be exactly these,
//! span for span.

use std::sync::LazyLock;

use sayso::record::Record;
use sayso::{Article, Engine};
use sayso_eval::corpus::GoldAttribution;
use sayso_eval::labels;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the shipped weights"));

/// Reads the text and compares what is found with its labels.
fn check(labelled: &str) {
    let gold = labels::parse("case", labelled).expect("labels");
    let record = ENGINE.read(&Article::from_text(gold.text.as_str()));
    let words = |spans: &[sayso::Span]| -> Vec<String> {
        spans.iter().map(|span| span.of(&gold.text).to_owned()).collect()
    };
    let mut expected: Vec<_> = gold
        .attributions
        .iter()
        .map(|a: &GoldAttribution| (words(&a.source), words(&a.cue), words(&a.content), a.nested))
        .collect();
    let mut found = attributions(&record);
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{labelled}");
}

type Words = (Vec<String>, Vec<String>, Vec<String>, bool);

fn attributions(record: &Record) -> Vec<Words> {
    let one = |a: &sayso::record::Attribution| {
        let source = a.source.iter().map(|s| s.text.clone()).collect();
        let cue = a.cue.iter().map(|s| s.text.clone()).collect();
        let content = a.content.iter().map(|s| s.text.clone()).collect();
        (source, cue, content, a.parent.is_some())
    };
    record.attributions.iter().map(one).collect()
}

#[test]
fn a_quotation_over_three_paragraphs() {
    check(
        "⟦s1:The harbor master, Ida Crane,⟧ ⟦c1:said:⟧ ⟦q1:“We were not told about the second ship.⟧\n\n\
         ⟦q1:“It came in without lights, and it left without lights.⟧\n\n\
         ⟦q1:“Nobody in my office signed for it.”⟧",
    );
}

#[test]
fn a_quotation_broken_by_its_cue() {
    check("⟦q1:“The bridge is safe,”⟧ ⟦s1:Ms. Lee⟧ ⟦c1:said⟧, ⟦q1:“and it will open on Monday.”⟧");
}

#[test]
fn an_unpaired_mark() {
    check("⟦s1:The mayor⟧ ⟦c1:said⟧ ⟦q1:“the dam is not in danger and nobody has to leave⟧.");
}

#[test]
fn an_aside_between_subject_and_verb() {
    check(
        "⟦s1:Nora Feld, who replaced Mr. Oduya in May,⟧ ⟦c1:said⟧ ⟦q1:the audit would be finished by winter⟧.",
    );
}

#[test]
fn a_colon() {
    check("⟦s1:The minister⟧ ⟦c1:put it bluntly:⟧ ⟦q1:“There is no money left for this.”⟧");
}

#[test]
fn a_dash_line_in_a_press_release() {
    check(
        "⟦q1:“This is the best oat we have ever grown.”⟧ — ⟦s1:Anna Brandt, chief executive of Nordhaven Foods⟧",
    );
}

#[test]
fn according_to() {
    check("⟦q1:The road will stay closed until Friday⟧, ⟦c1:according to⟧ ⟦s1:the county engineer⟧.");
}

#[test]
fn reportedly_without_a_source() {
    check("⟦q1:The company⟧ ⟦c1:reportedly⟧ ⟦q1:plans to close two of its plants⟧.");
}

#[test]
fn a_cue_before_and_a_cue_after() {
    check(
        "⟦s1:The union⟧ ⟦c1:said⟧ ⟦q1:the offer was an insult⟧. \
         ⟦q2:“We will talk again on Tuesday,”⟧ ⟦s2:the company’s spokesman⟧ ⟦c2:said⟧.",
    );
}

#[test]
fn two_speakers_in_one_sentence() {
    check(
        "⟦s1:The governor⟧ ⟦c1:said⟧ ⟦q1:the levee would hold⟧, but ⟦s2:engineers⟧ ⟦c2:warned⟧ \
         ⟦q2:that it could fail within days⟧.",
    );
}

#[test]
fn a_nested_attribution() {
    check(
        "⟦s1:The senator⟧ ⟦c1:said⟧ ⟦q1:that ⟦s2:her advisers⟧ ⟦c2:believed⟧ ⟦q2:that the treaty was dead⟧⟧.",
    );
}

#[test]
fn british_single_quotes() {
    check(
        "⟦q1:‘It’s the workers’ hall, not the council’s,’⟧ ⟦s1:Mr Pell⟧ ⟦c1:said⟧. ⟦q1:‘We don’t have another.’⟧",
    );
}
