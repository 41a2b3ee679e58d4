//! Is anything lost or said twice, when output and articles lie side by side?

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use serde_json::Value;

use crate::{STORY, folder, run, sayso};

const OTHER: &str = "Bridge closed\n\nEngineer Tom Weld said that the bridge was closed.\n";

fn page(words: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>A page</title></head><body><article><p>{words}</p></article></body></html>"
    )
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("the file")
}

#[test]
fn an_article_in_the_folder_that_is_read_is_not_replaced() {
    let source = page(STORY);
    let line = serde_json::json!({ "text": STORY }).to_string();
    let folder = folder(&[
        ("news/a.html", source.as_bytes()),
        ("news/b.txt", OTHER.as_bytes()),
        ("news/c.md", OTHER.as_bytes()),
        ("news/d.jsonl", line.as_bytes()),
    ]);
    for name in ["news/a.html", "news/b.txt", "news/c.md", "news/d.jsonl"] {
        let before = text(folder.path(), name);
        let shown = run(folder.path(), &["read", "news", "-o", name]);
        assert!(
            shown.starts_with("exit status: 2") && shown.contains("it is one of the articles"),
            "{shown}"
        );
        assert_eq!(text(folder.path(), name), before);
    }
}

#[test]
fn output_of_before_in_the_folder_is_replaced_and_not_read() {
    for ending in ["html", "md", "csv", "json", "jsonl", "txt"] {
        let folder = folder(&[("news/a.html", page(STORY).as_bytes())]);
        let name = format!("news/said.{ending}");
        let read = || {
            let shown = run(folder.path(), &["read", "news", "-o", &name]);
            assert_eq!(shown, "exit status: 0\n----- stdout -----\n----- stderr -----\n", "{name}");
            text(folder.path(), &name)
        };
        let first = read();
        assert!(first.contains("that the dam was safe"), "{name}: {first}");
        assert_eq!(first, read(), "{name}");
    }
}

#[test]
fn standard_input_is_not_the_output() {
    let line = serde_json::json!({ "text": STORY }).to_string() + "\n";
    let folder = folder(&[("t.jsonl", line.as_bytes())]);
    let path = folder.path().join("t.jsonl");
    let refused = |args: &[&str], stdin: bool, appended: bool| {
        let mut command = sayso(folder.path());
        command.args(args);
        if stdin {
            command.stdin(File::open(&path).expect("a file"));
        }
        if appended {
            command.stdout(OpenOptions::new().append(true).open(&path).expect("a file"));
        }
        let output = command.output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("it is one of the articles"), "{said}");
        assert_eq!(text(folder.path(), "t.jsonl"), line);
    };
    refused(&["read", "-", "-o", "t.jsonl"], true, false);
    // What a shell appends to the file that is read would never end.
    refused(&["read", "-", "-f", "jsonl"], true, true);
    refused(&["read", "t.jsonl", "-f", "jsonl"], false, true);
    refused(&["tokens", "t.jsonl"], false, true);
}

#[test]
fn own_output_is_passed_over_in_folders_and_refused_by_name() {
    let folder = folder(&[("news/a.txt", STORY.as_bytes()), ("news/b.txt", OTHER.as_bytes())]);
    let alone = run(folder.path(), &["read", "news", "-f", "csv"]);
    let names = ["o.html", "o.md", "o.csv", "o.json", "o.jsonl", "o.txt"];
    for name in names {
        let shown = run(folder.path(), &["read", "news/a.txt", "news/b.txt", "-o", &format!("news/{name}")]);
        assert!(shown.starts_with("exit status: 0"), "{shown}");
    }
    let shown = run(folder.path(), &["read", "news", "-f", "csv"]);
    let (data, said) = shown.split_once("----- stderr -----\n").expect("stderr");
    assert_eq!(alone, format!("{data}----- stderr -----\n"));
    let expected = ["o.html", "o.json", "o.jsonl", "o.md", "o.txt"];
    let expected: String = expected
        .iter()
        .map(|name| format!("sayso: news/{name}: passed over, since sayso wrote it itself\n"))
        .collect();
    assert_eq!(said, format!("sayso: news: passed over 1 file of other kinds (.csv)\n{expected}"));
    for name in names {
        let shown = run(folder.path(), &["read", &format!("news/{name}"), "-f", "csv"]);
        let said = shown.split("----- stderr -----\n").nth(1).expect("stderr");
        assert!(shown.starts_with("exit status: 2"), "{name}: {shown}");
        assert_eq!(
            said,
            format!("sayso: news/{name}: sayso wrote this itself; give the article that it was made from\n")
        );
    }
}

#[test]
fn a_run_that_reads_nothing_leaves_the_output_alone() {
    let folder = folder(&[("empty.txt", b""), ("bad.jsonl", b"{\"text\":\n")]);
    for name in ["z.html", "z.csv", "z.json", "z.jsonl", "z.md", "z.txt"] {
        for input in ["none.txt", "empty.txt", "bad.jsonl"] {
            let shown = run(folder.path(), &["read", input, "-o", name]);
            assert!(shown.starts_with("exit status: 2"), "{shown}");
            assert!(!folder.path().join(name).exists(), "{name} of {input}");
        }
        fs::write(folder.path().join(name), "precious\n").expect("a file");
        let shown = run(folder.path(), &["read", "none.txt", "empty.txt", "-o", name]);
        assert!(shown.starts_with("exit status: 2"), "{shown}");
        assert_eq!(text(folder.path(), name), "precious\n", "{name}");
    }
}

#[test]
fn nothing_is_an_empty_list_however_it_was_named() {
    let folder =
        folder(&[("bad.jsonl", b"{\"text\":\n"), ("list.json", b"[{\"text\": 1}]"), ("no.json", b"[1,")]);
    for args in [&["bad.jsonl"][..], &["bad.jsonl", "none.txt"], &["list.json"], &["no.json"]] {
        let output = sayso(folder.path()).args(["read", "-f", "json"]).args(args).output().expect("it runs");
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((output.status.code(), json), (Some(2), Value::Array(Vec::new())), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stderr_stops_nothing() {
    let folder = folder(&[("story.txt", STORY.as_bytes()), ("empty.txt", b"")]);
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("the device");
    for verbose in [&["read"][..], &["-v", "read"]] {
        let args = ["empty.txt", "story.txt", "-f", "csv"];
        let output = sayso(folder.path()).args(verbose).args(args).stderr(full()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stdout).contains("Ida Crane"));
    }
    let output = sayso(folder.path()).args(["read", "none.txt"]).stderr(full()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_names_the_output() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let shown = run(folder.path(), &["read", "story.txt", "-o", "/dev/full"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("sayso: /dev/full: No space"), "{shown}");
    let full = OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let output = sayso(folder.path()).args(["read", "story.txt"]).stdout(full).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("standard output: No space"), "{said}");
}

#[cfg(unix)]
/// What a pipe holds is gone once it was looked at, as with `sayso read <(command)`.
#[test]
fn a_pipe_of_any_name_is_read_whole() {
    let json = serde_json::json!({ "text": STORY }).to_string();
    for (name, words) in [("p", STORY.to_owned()), ("p.json", json.clone()), ("p.jsonl", json + "\n")] {
        let folder = folder(&[]);
        let pipe = folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let child = sayso(folder.path())
            .args(["read", name, "-f", "csv"])
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        fs::write(&pipe, words).expect("the pipe");
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{name}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("Ida Crane"), "{name}");
    }
}

#[test]
fn a_named_pipe_is_opened_once() {
    let folder = folder(&[("in/b.txt", OTHER.as_bytes())]);
    let pipe = folder.path().join("p.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    fs::write(folder.path().join("o.json"), "{}").expect("a file");
    let mut child = sayso(folder.path()).args(["read", "p.txt", "-o", "o.json"]).spawn().expect("it runs");
    // It waits for this end alone; a pipe that was opened to compare it would be read as empty.
    fs::write(&pipe, STORY).expect("the pipe");
    assert!(child.wait().expect("it ends").success());
    assert!(text(folder.path(), "o.json").contains("Ida Crane"));
}

#[test]
fn a_dash_is_standard_output_and_an_unknown_ending_is_asked_about() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let plain = run(folder.path(), &["read", "story.txt"]);
    assert_eq!(run(folder.path(), &["read", "story.txt", "-o", "-"]), plain);
    assert!(!folder.path().join("-").exists());
    let shown = run(folder.path(), &["read", "story.txt", "-o", "out.foo"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains(".html, .md, .csv, .json"), "{shown}");
    assert!(!folder.path().join("out.foo").exists());
    assert!(run(folder.path(), &["read", "story.txt", "-o", "out"]).starts_with("exit status: 0"));
    assert!(plain.contains(text(folder.path(), "out").trim_end_matches("\nRead by sayso.\n")));
    let named = run(folder.path(), &["read", "story.txt", "-o", "out.foo", "-f", "csv"]);
    assert!(named.starts_with("exit status: 0") && text(folder.path(), "out.foo").contains("article,url,"));
}

#[test]
fn labels_are_no_article() {
    let labels = "⟦s1:Ms. Lee⟧ ⟦c1:said⟧ ⟦q1:the bridge is safe⟧.";
    let folder = folder(&[("news/a.txt", STORY.as_bytes()), ("news/labels.txt", labels.as_bytes())]);
    let shown = run(folder.path(), &["read", "news"]);
    assert!(shown.starts_with("exit status: 0"), "{shown}");
    assert!(shown.contains("news/labels.txt: passed over, since it holds labels"), "{shown}");
    let shown = run(folder.path(), &["read", "news/labels.txt"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("give the article itself"), "{shown}");
}
