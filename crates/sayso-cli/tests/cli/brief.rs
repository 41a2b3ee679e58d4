//! What does `sayso brief` write, and what becomes of a model that lies?

use testweb::{Reply, Server};

use super::{GERMAN, STORY, examples, folder, run, sayso, shown};

const DATE: [&str; 2] = ["--date", "2026-03-15"];

#[test]
fn a_brief_for_the_terminal() {
    let page = examples().join("sarn-valley-flood.html");
    let words =
        run(&examples(), &["brief", page.to_str().expect("a path"), "--length", "short", DATE[0], DATE[1]]);
    // The path is another on each machine.
    insta::assert_snapshot!(words);
}

#[test]
fn two_outlets_whose_figures_differ() {
    let args =
        ["brief", "harbour-talks-gazette.html", "harbour-talks-post.html", "-f", "md", DATE[0], DATE[1]];
    let words = run(&examples(), &args);
    assert!(
        words.contains("six nautical miles") && words.contains("as much as ten nautical miles"),
        "{words}"
    );
    assert!(words.contains("thirty-one cargo ships") && words.contains("27 grain ships"), "{words}");
    insta::assert_snapshot!(words);
}

#[test]
fn the_ending_chooses_the_form_and_the_date_is_all_that_changes() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    for (name, begins) in [
        ("a.md", "<!-- sayso.brief/1 -->"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.json", "{"),
        ("a.txt", "Dam holds"),
    ] {
        let said = run(folder.path(), &["brief", "story.txt", "-o", name, DATE[0], DATE[1]]);
        assert!(said.starts_with("exit status: 0"), "{said}");
        let first = std::fs::read_to_string(folder.path().join(name)).expect("a file");
        assert!(first.starts_with(begins), "{first}");
        run(folder.path(), &["brief", "story.txt", "-o", "b", "-f", &name[2..], "--date", "2026-03-16"]);
        let second = std::fs::read_to_string(folder.path().join("b")).expect("a file");
        assert_ne!(first, second);
        let same = |words: &str| words.replace("2026-03-16", "2026-03-15").replace("16 March", "15 March");
        // A page's policy has a checksum of nothing that the date is in.
        assert_eq!(same(&first), same(&second), "{name}");
    }
    let mut epoch = sayso(folder.path());
    let words = shown(epoch.args(["brief", "story.txt"]).env("SOURCE_DATE_EPOCH", "1773532800"));
    assert!(words.contains("Generated on: 15 March 2026"), "{words}");
    let words = shown(sayso(folder.path()).args(["brief", "story.txt"]).env("SOURCE_DATE_EPOCH", "soon"));
    assert!(words.contains("SOURCE_DATE_EPOCH is \"soon\"; it must be seconds since 1970"), "{words}");
}

#[test]
fn its_own_briefs_can_be_checked() {
    let folder = folder(&[]);
    let page = examples().join("harbour-talks-gazette.html");
    let page = page.to_str().expect("a path");
    run(folder.path(), &["brief", page, "-o", "brief.md", DATE[0], DATE[1]]);
    let said = run(folder.path(), &["check", "brief.md", "--against", page]);
    assert!(said.starts_with("exit status: 0"), "{said}");
    let path = folder.path().join("brief.md");
    let lying =
        std::fs::read_to_string(&path).expect("a brief").replace("40,000 households", "70,000 households");
    std::fs::write(&path, lying).expect("a file");
    let said = run(folder.path(), &["check", "brief.md", "--against", page]);
    assert!(said.starts_with("exit status: 1") && said.contains("figure-changed"), "{said}");
}

#[test]
fn what_cannot_be_briefed() {
    let folder =
        folder(&[("story.txt", STORY.as_bytes()), ("de.txt", GERMAN.as_bytes()), ("empty.txt", b"")]);
    let said: Vec<String> = [
        &["brief", "de.txt", DATE[0], DATE[1]][..],
        &["brief", "missing.txt"],
        &["brief", "empty.txt", DATE[0], DATE[1]],
        &["brief", "story.txt", "-o", "brief.pdf"],
        &["brief", "story.txt", "--date", "soon"],
        &["brief", "story.txt", "--writer", "http://127.0.0.1:9"],
        &["brief", "story.txt", "story.txt", "de.txt", DATE[0], DATE[1]],
    ]
    .iter()
    .map(|args| run(folder.path(), args))
    .collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// One answer of a model, as its interface gives it.
fn answering(words: &str) -> Server {
    let content = serde_json::json!({ "choices": [{ "message": { "content": words } }] }).to_string();
    Server::start(move |path| {
        assert_eq!(path, "/v1/chat/completions");
        Reply::new(200, &[("Content-Type", "application/json")], content.as_bytes())
    })
}

#[test]
fn a_model_that_lies_is_caught_sentence_by_sentence() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let ours = run(folder.path(), &["brief", "story.txt", DATE[0], DATE[1]]);
    assert!(ours.contains("Mayor Ida Crane said on Monday that the dam was safe"), "{ours}");
    let server = answering(
        r#"{"sentences": [{"from": [1], "text": "Mayor Ida Crane said on Monday that the dam was not safe."},
            {"from": [1], "text": "On Monday the dam was safe, Mayor Ida Crane said."},
            {"from": [2], "text": "Crane said, “Run!”"}, {"from": [9], "text": "The dam has burst."}]}"#,
    );
    let url = server.url("/v1");
    let args = ["brief", "story.txt", DATE[0], DATE[1], "--writer", &url, "--model", "stub"];
    insta::assert_snapshot!(run(folder.path(), &args));
    server.stop();
    let broken = answering("I would rather not.");
    let url = broken.url("/v1");
    let args = ["brief", "story.txt", DATE[0], DATE[1], "--writer", &url, "--model", "stub"];
    let said = run(folder.path(), &args);
    assert!(
        said.starts_with("exit status: 2") && said.contains("the brief is in sayso's own words"),
        "{said}"
    );
    broken.stop();
}
