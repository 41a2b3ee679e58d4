//! Does every view come out, and into the right file?

use std::fs;

use crate::{STORY, folder, run, sayso};

const HOSTILE: &str = "The mayor said that <script>alert(1)</script> was *not* safe & “=1+1” was.\n";

#[test]
fn each_form_of_a_record() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    insta::assert_snapshot!("csv", run(folder.path(), &["read", "--format", "csv", "story.txt"]));
    insta::assert_snapshot!("md", run(folder.path(), &["read", "--format", "md", "story.txt"]));
    let html = run(folder.path(), &["read", "--format", "html", "story.txt"]);
    assert!(html.contains("<!DOCTYPE html>") && html.contains("Mayor Ida Crane"), "{html}");
    for elsewhere in [" src=", "@import", "url(", "<link rel=\"stylesheet\""] {
        assert!(!html.contains(elsewhere), "the page asks for something: {elsewhere}");
    }
}

#[test]
fn several_articles_share_a_csv_and_a_page() {
    let folder = folder(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes())]);
    let csv = run(folder.path(), &["read", "--format", "csv", "a.txt", "b.txt"]);
    assert_eq!(csv.matches("content_spans").count(), 1, "{csv}");
    let html = run(folder.path(), &["read", "--format", "html", "a.txt", "b.txt"]);
    assert_eq!(html.matches("<!DOCTYPE html>").count(), 1);
    assert_eq!(html.matches("<html").count(), 1);
}

#[test]
fn the_words_of_an_article_are_no_markup() {
    let folder = folder(&[("hostile.txt", HOSTILE.as_bytes())]);
    let html = run(folder.path(), &["read", "--format", "html", "hostile.txt"]);
    assert!(html.contains("exit status: 0") && !html.contains("<script>alert"), "{html}");
}

#[test]
fn the_ending_of_the_output_says_its_form() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    for (name, begins) in [
        ("out.html", "<!DOCTYPE html>"),
        ("out.csv", "\u{feff}article,"),
        ("out.json", "{\n"),
        ("out.jsonl", "{\"schema\""),
        ("out.md", "<!-- sayso.record/1 -->\n\n# "),
        ("out.txt", "Dam holds"),
    ] {
        let shown = run(folder.path(), &["read", "story.txt", "-o", name]);
        assert_eq!(shown, "exit status: 0\n----- stdout -----\n----- stderr -----\n", "{name}");
        let written = fs::read_to_string(folder.path().join(name)).expect("the output");
        assert!(written.starts_with(begins), "{name}: {written}");
        // The mark of a CSV file is for spreadsheets; programs at a pipe don't want it.
        assert_eq!(written.trim_start_matches('\u{feff}').replace("\nRead by sayso.\n", ""), {
            let format = match name.split('.').nth(1).expect("an ending") {
                "txt" => "table",
                format => format,
            };
            let output =
                sayso(folder.path()).args(["read", "story.txt", "-f", format]).output().expect("it runs");
            String::from_utf8(output.stdout).expect("UTF-8")
        });
    }
}

#[test]
fn output_never_overwrites_an_article() {
    let folder = folder(&[("in/story.txt", STORY.as_bytes())]);
    let shown = run(folder.path(), &["read", "in/story.txt", "-o", "./in/../in/story.txt", "-f", "csv"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("it is one of the articles"), "{shown}");
    assert_eq!(fs::read_to_string(folder.path().join("in/story.txt")).expect("the story"), STORY);
}

#[test]
fn output_into_the_folder_that_is_read_is_no_article_of_it() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let read = || run(folder.path(), &["read", ".", "-o", "said.html"]);
    let first = read();
    let page = fs::read(folder.path().join("said.html")).expect("a page");
    assert_eq!((first, page), (read(), fs::read(folder.path().join("said.html")).expect("a page")));
}

#[test]
fn an_output_that_cannot_be_written_is_known_at_once() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let shown = run(folder.path(), &["read", "story.txt", "-o", "no/such/folder.csv"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("no/such/folder.csv"), "{shown}");
}

#[test]
fn a_bad_article_leaves_the_output_of_before() {
    let folder = folder(&[("empty.txt", b""), ("out.jsonl", b"precious\n")]);
    let shown = run(folder.path(), &["read", "empty.txt", "-o", "out.jsonl"]);
    assert!(shown.starts_with("exit status: 2"), "{shown}");
    assert_eq!(fs::read(folder.path().join("out.jsonl")).expect("the file"), b"precious\n");
}

#[test]
fn an_article_that_quotes_a_table_is_an_article() {
    let quoting = format!("{}\n\nSource Cue Content Form Conf\n", STORY.trim());
    let folder = folder(&[("story.txt", quoting.as_bytes())]);
    let shown = run(folder.path(), &["read", ".", "-o", "story.txt"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("it is one of the articles"), "{shown}");
    assert_eq!(fs::read(folder.path().join("story.txt")).expect("the file"), quoting.as_bytes());
    assert!(run(folder.path(), &["read", "story.txt"]).starts_with("exit status: 0"));
}

#[test]
fn doubtful_statements_are_left_out_when_asked() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let confidences = |args: &[&str]| -> Vec<f64> {
        let output = sayso(folder.path()).args(["read", "story.txt", "-f", "json"]).args(args).output();
        let output = output.expect("it runs");
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a record");
        let all = record["attributions"].as_array().expect("a list");
        all.iter().filter_map(|attribution| attribution["confidence"].as_f64()).collect()
    };
    let all = confidences(&[]);
    let limit = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = all.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(least < limit, "{all:?}");
    let kept: Vec<f64> = all.iter().copied().filter(|&confidence| confidence >= limit).collect();
    assert_eq!(confidences(&["--min-confidence", &limit.to_string()]), kept);
    assert_eq!(confidences(&["--min-confidence", &least.to_string()]), all);
    for wrong in ["1.5", "-1", "NaN", "much"] {
        let shown = run(folder.path(), &["read", "story.txt", &format!("--min-confidence={wrong}")]);
        assert!(shown.starts_with("exit status: 2") && shown.contains("from 0 to 1"), "{shown}");
    }
}

#[test]
fn two_outlets_make_one_matrix() {
    let folder = folder(&[
        ("a.txt", b"Germany rejected the ceasefire. The talks lasted five hours, officials said.\n"),
        ("b.txt", b"France demanded the ceasefire. The talks lasted nine hours, officials said.\n"),
        ("c.txt", b"Nothing was said.\n"),
        ("d.txt", b"The flood killed at least 46 people, police said.\n"),
        ("e.txt", b"Officials said the flood killed 52 people.\n"),
        ("f.txt", b"Officials said the flood killed 52 people.\n"),
    ]);
    let positions = |format: &str| run(folder.path(), &["positions", "a.txt", "b.txt", "--format", format]);
    let table = positions("table");
    assert!(
        table.contains("Germany\n  ceasefire: rejects") && table.contains("2 parties on 1 issue;"),
        "{table}"
    );
    assert!(table.contains("“five hours” in a.txt, by officials · “nine hours” in b.txt"), "{table}");
    let csv = positions("csv");
    assert!(csv.contains("\nFrance,ceasefire,demands,the ceasefire,b.txt,16,29,a1\n"), "{csv}");
    assert!(positions("md").contains("- **ceasefire**: *rejects*: the ceasefire (a.txt a1)"));
    assert!(positions("json").contains("\"differing\": ["));
    assert!(positions("html").contains("<b>rejects</b>: the ceasefire"));
    // Figures are shown though nobody has a position, and a text that is given twice counts once.
    let twice = run(folder.path(), &["positions", "d.txt", "e.txt", "e.txt", "f.txt"]);
    assert!(
        twice.contains("“at least 46 people” in d.txt") && twice.contains("No positions were found."),
        "{twice}"
    );
    assert!(twice.contains("f.txt: the same text as e.txt; it counts once"), "{twice}");
    // The ending tells the form, and what was written so is no article.
    let written = run(folder.path(), &["positions", "a.txt", "b.txt", "-o", "matrix.csv"]);
    assert!(written.starts_with("exit status: 0"), "{written}");
    let sheet = fs::read_to_string(folder.path().join("matrix.csv")).expect("a sheet");
    assert!(sheet.starts_with("\u{feff}party,issue,stance,detail"), "{sheet}");
    for name in ["matrix.csv", "matrix.md", "matrix.html", "matrix.json", "matrix.txt"] {
        run(folder.path(), &["positions", "a.txt", "b.txt", "-o", name]);
        let again = run(folder.path(), &["positions", name]);
        assert!(again.contains("sayso wrote this itself"), "{name}: {again}");
    }
    assert!(
        run(folder.path(), &["positions", "a.txt", "-o", "matrix.pdf"]).contains("its ending says no form")
    );
    let none = run(folder.path(), &["positions", "c.txt"]);
    assert!(none.contains("exit status: 0") && none.contains("No positions were found."), "{none}");
}

#[test]
fn the_tier_is_chosen_by_the_environment_and_changes_nothing() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let read = |tier: &str| {
        let output =
            sayso(folder.path()).args(["read", "story.txt", "-f", "json"]).env("SAYSO_SIMD", tier).output();
        output.expect("it runs")
    };
    let portable = read("portable");
    assert!(portable.status.success());
    // Empty is not set: the best of this machine.
    assert_eq!(read("").stdout, portable.stdout);
    let wrong = read("sse9");
    assert_eq!(wrong.status.code(), Some(2));
    let said = String::from_utf8_lossy(&wrong.stderr);
    assert!(
        said.contains("SAYSO_SIMD is \"sse9\"; it can be portable, avx2, avx-vnni, avx512, amx or neon"),
        "{said}"
    );
}
