//! What does a user of `sayso check` and `sayso explain` see?

use std::fs;
use std::process::Stdio;

use crate::{GERMAN, STORY, folder, run, sayso, shown};

const BRIEF: &[u8] = b"Mayor Ida Crane said that the dam was safe.\r\n\r\nIt was Monday.  \r\n";

#[test]
fn a_brief_against_its_article() {
    let folder = folder(&[("story.txt", STORY.as_bytes()), ("brief.txt", BRIEF)]);
    let shown = run(folder.path(), &["check", "brief.txt", "--against", "story.txt"]);
    assert!(shown.starts_with("exit status: 0") && shown.contains("brief.txt: No findings in 2"), "{shown}");
}

const FLOOD: &[u8] =
    "The dam at Upper Sarn gave way on Sunday and 46 bodies were found, Governor Teodor Halasz said. \
\u{201c}We have no boats left,\u{201d} said Agata Brenn, a teacher.\n"
        .as_bytes();
const WRONG: &[u8] =
    b"The dam at Upper Sarn gave way on Sunday and 54 bodies were found, Governor Teodor Halasz said. \
\"We had no boats left,\" said Agata Brenn, a teacher.\r\n";

#[test]
fn what_differs_is_found_and_mended() {
    let folder = folder(&[("flood.txt", FLOOD), ("wrong.txt", WRONG)]);
    let shown = run(folder.path(), &["check", "wrong.txt", "--against", "flood.txt"]);
    assert!(shown.starts_with("exit status: 1"), "{shown}");
    for code in ["error[figure-changed]", "error[quote-altered]", "2 findings in 2 sentences"] {
        assert!(shown.contains(code), "{code} in {shown}");
    }
    let shown = run(folder.path(), &["check", "wrong.txt", "--against", "flood.txt", "--fix", "--in-place"]);
    assert!(shown.starts_with("exit status: 0"), "{shown}");
    let mended = fs::read_to_string(folder.path().join("wrong.txt")).expect("the brief");
    let wrong = String::from_utf8_lossy(WRONG);
    assert_eq!(mended, wrong.replace("54", "46").replace("had no", "have no"));
}

#[test]
fn each_form_of_a_report() {
    let folder = folder(&[("story.txt", STORY.as_bytes()), ("brief.txt", BRIEF)]);
    for (name, begins) in [
        ("out.json", "{\n  \"schema\": \"sayso.check/1\""),
        ("out.jsonl", "{\"schema\":\"sayso.check/1\""),
        ("out.sarif", "{\n  \"$schema\""),
        ("out.sarif.json", "{\n  \"$schema\""),
        ("out.html", "<!DOCTYPE html>"),
        ("out.txt", "brief.txt: "),
    ] {
        let args = ["check", "brief.txt", "--against", "story.txt", "-o", name];
        let empty = "----- stdout -----\n----- stderr -----\n";
        assert!(run(folder.path(), &args).ends_with(empty), "{name}");
        let written = fs::read_to_string(folder.path().join(name)).expect("the output");
        assert!(written.starts_with(begins), "{name}: {written}");
    }
    // A report among the articles is none of them.
    let shown = run(folder.path(), &["read", "out.html", "out.json", "out.txt"]);
    assert_eq!(shown.matches("sayso wrote this itself").count(), 3, "{shown}");
}

#[test]
fn what_cannot_be_held_against_anything() {
    let folder = folder(&[
        ("story.txt", STORY.as_bytes()),
        ("brief.txt", BRIEF),
        ("german.txt", GERMAN.as_bytes()),
        ("empty.txt", b""),
        ("only/brief.txt", BRIEF),
        ("latin.txt", b"The caf\xe9 was closed, the mayor said.\n"),
    ]);
    let cases: &[&[&str]] = &[
        &["check"],
        &["check", "brief.txt"],
        &["check", "brief.txt", "--headline", "story.txt"],
        &["check", "brief.txt", "--against", "brief.txt"],
        &["check", "brief.txt", "--against", "none.txt", "story.txt"],
        &["check", "brief.txt", "--against", "german.txt"],
        &["check", "german.txt", "--against", "story.txt"],
        &["check", "empty.txt", "--against", "story.txt"],
        &["check", "only", "--against", "story.txt"],
        &["check", "only/brief.txt", "--against", "only"],
        &["check", "-", "--against", "-"],
        &["check", "brief.txt", "--against", "story.txt", "-o", "brief.txt"],
        &["check", "brief.txt", "--against", "story.txt", "-o", "story.txt"],
        &["check", "brief.txt", "--against", "story.txt", "-o", "report.csv"],
        &["check", "brief.txt", "--against", "story.txt", "--in-place"],
        &["check", "latin.txt", "--encoding", "latin1", "--against", "story.txt", "--fix"],
        &["check", "-", "--against", "story.txt", "--fix", "--in-place"],
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|args| format!("$ sayso {}\n{}", args.join(" "), run(folder.path(), args)))
        .collect();
    insta::assert_snapshot!("refused", all.join("\n"));
    assert_eq!(fs::read(folder.path().join("brief.txt")).expect("the brief"), BRIEF);
}

#[test]
fn the_brief_is_not_among_its_sources() {
    let folder = folder(&[("a/brief.txt", BRIEF), ("a/story.txt", STORY.as_bytes())]);
    let args = ["check", "a/brief.txt", "--against", "a", "-f", "jsonl"];
    let output = sayso(folder.path()).args(args).output().expect("it runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a report");
    let sources = report["sources"].as_array().expect("sources");
    assert_eq!(sources.iter().map(|source| source["input"].clone()).collect::<Vec<_>>(), ["a/story.txt"]);
}

#[test]
fn what_needs_no_mending_stays_byte_for_byte() {
    let marked = [b"\xef\xbb\xbf", BRIEF].concat();
    let markdown = "# Dam\n\n> *The* mayor said that   the dam was [safe](x \"y\").  \n\n<!-- z -->\n";
    let folder =
        folder(&[("story.txt", STORY.as_bytes()), ("brief.txt", &marked), ("brief.md", markdown.as_bytes())]);
    for (name, bytes) in [("brief.txt", marked.as_slice()), ("brief.md", markdown.as_bytes())] {
        let fix = ["check", name, "--against", "story.txt", "--fix"];
        let output = sayso(folder.path()).args(fix).output().expect("it runs");
        assert_eq!(output.stdout, bytes, "{name}");
        run(folder.path(), &[&fix[..], &["-o", "mended"]].concat());
        assert_eq!(fs::read(folder.path().join("mended")).expect("the mended brief"), bytes, "{name}");
        run(folder.path(), &[&fix[..], &["--in-place"]].concat());
        assert_eq!(fs::read(folder.path().join(name)).expect("the brief"), bytes, "{name}");
        let piped = fs::File::open(folder.path().join(name)).expect("the brief");
        let mut command = sayso(folder.path());
        command.args(["check", "-", "--against", "story.txt", "--fix"]).stdin(Stdio::from(piped));
        assert_eq!(command.output().expect("it runs").stdout, bytes, "{name}");
    }
}

#[test]
fn pairs_give_a_report_a_line() {
    let rows = "{\"id\": \"one\", \"brief\": \"The dam held.\", \"sources\": [\"The dam held, they said.\"]}\n\
                {\"id\": 2, \"brief\": {\"text\": \"It rained.\"}, \"sources\": [{\"text\": \"It rained.\", \"outlet\": \"Gazette\"}]}\n\
                \n\
                {\"brief\": 1, \"sources\": [\"x\"]}\n\
                no row\n\
                {\"brief\": \"It rained.\", \"sources\": []}\n\
                {\"brief\": \"It rained.\"}\n\
                {\"brief\": \"It rained.\", \"sources\": [\"\"]}\n\
                {\"brief\": \"It rained.\", \"sources\": [\"It rained.\"]}\n";
    let folder = folder(&[("pairs.jsonl", rows.as_bytes())]);
    let output = sayso(folder.path()).args(["check", "--pairs", "pairs.jsonl"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let reports: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a report"))
        .collect();
    let inputs: Vec<_> = reports.iter().map(|report| report["brief"]["input"].clone()).collect();
    assert_eq!(inputs, ["one", "2", "pairs.jsonl:9"]);
    assert_eq!(reports[1]["sources"][0]["outlet"], "Gazette");
    insta::assert_snapshot!("bad_rows", String::from_utf8_lossy(&output.stderr));
    let shown = run(folder.path(), &["check", "--pairs", "pairs.jsonl", "-o", "pairs.jsonl"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("the pairs are read from it"), "{shown}");
}

#[test]
fn headlines_against_their_own_articles() {
    let folder =
        folder(&[("a.txt", STORY.as_bytes()), ("b.txt", b"the mayor said that the dam was safe.\n")]);
    let args = ["check", "--headline", "a.txt", "b.txt", "-f", "json"];
    let output = sayso(folder.path()).args(args).output().expect("it runs");
    let reports: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("an array");
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0]["brief"]["text"], "Dam holds, mayor says");
    let body = reports[0]["sources"][0]["text"].as_str().expect("a text");
    assert!(body.starts_with("Mayor Ida Crane said"), "{body}");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*stderr), (Some(2), "sayso: b.txt: no headline was found in it\n"));
}

#[test]
fn codes_are_explained() {
    let folder = folder(&[]);
    insta::assert_snapshot!("explain", run(folder.path(), &["explain"]));
    insta::assert_snapshot!("explain_code", run(folder.path(), &["explain", "figure-changed"]));
    insta::assert_snapshot!("explain_unknown", run(folder.path(), &["explain", "quote-altred"]));
}

#[test]
fn help_says_how() {
    let folder = folder(&[]);
    insta::assert_snapshot!("help_check", shown(sayso(folder.path()).args(["check", "--help"])));
}
