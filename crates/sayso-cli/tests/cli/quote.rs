//! `sayso quote`.

use std::fs;

use crate::{STORY, examples, folder, run, sayso};

const CALLS: &str = "Mayor Ida Crane said the town was ready. “I do not think the dam will break,” she said, “but we \
                     have 12 boats.”\n\nTam Orrin, an engineer, said: “The wall moved in May. Nobody told the \
                     mayor.”\n";

fn asked(args: &[&str]) -> String {
    let folder = folder(&[("story.txt", STORY.as_bytes()), ("calls.txt", CALLS.as_bytes())]);
    run(folder.path(), &[&["quote"], args].concat())
}

#[test]
fn it_stands_there() {
    insta::assert_snapshot!(
        "quote_verbatim",
        asked(&["nobody has to leave and nobody will", "--against", "story.txt", "calls.txt"])
    );
}

#[test]
fn somebody_says_it() {
    let by = |name: &str| asked(&["“The wall moved in May”", "--by", name, "--against", "calls.txt"]);
    insta::assert_snapshot!("quote_by", by("Orrin"));
    insta::assert_snapshot!("quote_by_another", by("Ida Crane"));
}

#[test]
fn it_differs() {
    insta::assert_snapshot!(
        "quote_altered",
        asked(&["Nobody wants to leave, and nobody will.", "--against", "story.txt"])
    );
    insta::assert_snapshot!("quote_trimmed", asked(&["the dam will break", "--against", "calls.txt"]));
    insta::assert_snapshot!(
        "quote_fabricated",
        asked(&["We will all drown by Christmas", "--against", "calls.txt"])
    );
    insta::assert_snapshot!("quote_undecided", asked(&["dreadful", "--against", "calls.txt"]));
}

#[test]
fn for_programs() {
    let shown = asked(&["we have 15 boats", "--format", "json", "--against", "calls.txt"]);
    insta::assert_snapshot!("quote_json", shown);
}

#[test]
fn from_standard_input() {
    let folder = folder(&[("story.txt", STORY.as_bytes()), ("words.txt", b"nobody has\nto leave\n")]);
    let mut command = sayso(folder.path());
    command.args(["quote", "-", "--against", "story.txt"]);
    command.stdin(fs::File::open(folder.path().join("words.txt")).expect("a file"));
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Verbatim in one place."));
}

#[test]
fn what_cannot_be_done() {
    insta::assert_snapshot!(
        "quote_no_file",
        asked(&["nobody has to leave", "--against", "story.txt", "none.txt"])
    );
    insta::assert_snapshot!("quote_no_words", asked(&["“…”", "--against", "story.txt"]));
    insta::assert_snapshot!("quote_usage", asked(&["nobody has to leave"]));
}

#[test]
fn lines_fit_a_pipe() {
    let shown = run(&examples(), &["quote", "not a gram", "--against", "sarn-valley-flood.html"]);
    let longest = shown.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80) && !shown.contains('\u{1b}'), "{shown}");
}
