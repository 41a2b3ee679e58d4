//! What does a user see? Stdout, stderr and exit status of the binary, in one snapshot.

mod archive;
mod brief;
mod check;
mod collections;
mod export;
mod inputs;
mod messages;
mod outputs;
mod quote;
mod safety;
mod watch;
mod web;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::TempDir;

fn sayso(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("sayso").expect("the binary");
    command.current_dir(folder).env_remove("NO_COLOR").env("TERM", "dumb");
    command
}

/// A folder with files in it, and folders in it where a name has a slash.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn shown(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!(
        "exit status: {}\n----- stdout -----\n{}----- stderr -----\n{}",
        output.status.code().expect("an exit status"),
        text(&output.stdout),
        text(&output.stderr)
    )
}

fn run(folder: &Path, args: &[&str]) -> String {
    shown(sayso(folder).args(args))
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

const STORY: &str = "Dam holds, mayor says\n\nMayor Ida Crane said on Monday that the dam was safe. “Nobody \
                     has to leave,” she said, “and nobody will.”\n\nThe dam reportedly leaked in May.\n";
const GERMAN: &str = "Der Bürgermeister sagte am Montag, der Damm sei sicher. Niemand müsse das Tal verlassen, \
                      und auch die Schule bleibe geöffnet.\n";

#[test]
fn a_table_of_a_web_page() {
    insta::assert_snapshot!(run(&examples(), &["read", "sarn-valley-flood.html"]));
}

#[test]
fn a_table_of_a_text() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    insta::assert_snapshot!(run(folder.path(), &["read", "story.txt"]));
}

#[test]
fn a_record_as_json() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let shown = run(folder.path(), &["read", "--format", "json", "story.txt"]);
    insta::with_settings!({ filters => vec![(r#""(model_sha256|version)": "[^"]+""#, r#""$1": "…""#)] }, {
        insta::assert_snapshot!(shown);
    });
}

#[test]
fn json_is_an_array_for_several_and_jsonl_a_line_each() {
    let folder = folder(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes())]);
    let output = |format: &str| {
        let args = ["read", "--format", format, "a.txt", "b.txt"];
        String::from_utf8(sayso(folder.path()).args(args).output().expect("it runs").stdout).expect("UTF-8")
    };
    let array: Vec<serde_json::Value> = serde_json::from_str(&output("json")).expect("an array");
    let lines: Vec<serde_json::Value> =
        output("jsonl").lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(array.len(), 2);
    assert_eq!(array, lines);
}

#[test]
fn the_stages_before() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    insta::assert_snapshot!("tokens", run(folder.path(), &["tokens", "story.txt"]));
    insta::assert_snapshot!("tags", run(folder.path(), &["tags", "story.txt"]));
}

#[test]
fn markdown_and_standard_input() {
    let folder = folder(&[("story.md", b"# Dam holds\n\nThe mayor *said* that the [dam](x) was safe.\n")]);
    insta::assert_snapshot!("markdown", run(folder.path(), &["read", "story.md"]));
    let mut command = sayso(folder.path());
    command.args(["read", "-"]).stdin(fs::File::open(folder.path().join("story.md")).expect("a file"));
    let output = command.output().expect("it runs");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("that the dam was safe"), "it is Markdown");
}

#[test]
fn another_language_is_read_when_forced() {
    let folder = folder(&[("german.txt", GERMAN.as_bytes())]);
    let args = ["read", "--assume-english", "--format", "jsonl", "german.txt"];
    let output = sayso(folder.path()).args(args).output().expect("it runs");
    assert!(output.status.success());
    let record: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a record");
    assert_eq!(record["notes"].as_array().map(Vec::len), Some(0));
    let refused = run(folder.path(), &["read", "--format", "jsonl", "german.txt"]);
    assert!(refused.contains("exit status: 2") && refused.contains("\"attributions\":[]"), "{refused}");
    let tags = run(folder.path(), &["tags", "german.txt"]);
    assert!(tags.contains("exit status: 0") && tags.contains("looks German"), "{tags}");
}

#[test]
fn colour_is_there_only_when_wanted() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let colored = |command: &mut Command| {
        let shown = shown(command);
        assert!(shown.contains("exit status: 0") && shown.contains("Mayor Ida"), "{shown}");
        shown.contains('\u{1b}')
    };
    assert!(!colored(sayso(folder.path()).args(["read", "story.txt"])));
    assert!(colored(sayso(folder.path()).args(["read", "--color", "always", "story.txt"])));
    assert!(!colored(sayso(folder.path()).args(["read", "--color", "never", "story.txt"])));
    let forced =
        |command: &mut Command| colored(command.args(["read", "story.txt"]).env("CLICOLOR_FORCE", "1"));
    assert!(forced(&mut sayso(folder.path())));
    assert!(!forced(sayso(folder.path()).env("NO_COLOR", "1")));
    // What is asked for outright outweighs the environment, in the table too.
    let always = ["read", "--color", "always", "story.txt"];
    let plain = shown(sayso(folder.path()).args(always));
    assert_eq!(shown(sayso(folder.path()).args(always).env("NO_COLOR", "1")), plain);
}

#[test]
fn lines_fit_a_terminal() {
    let page = run(&examples(), &["read", "harbour-talks-gazette.html"]);
    assert!(page.contains("exit status: 0"), "{page}");
    let longest = page.lines().map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "{longest:?}");
}

#[test]
fn an_article_cannot_steer_the_terminal() {
    let folder = folder(&[("evil.txt", b"The mayor said that \x1b[2J the dam was \x1b]0;x\x07 safe.\n")]);
    for command in ["read", "tokens", "tags"] {
        let shown = run(folder.path(), &[command, "evil.txt"]);
        assert!(shown.contains("exit status: 0") && !shown.contains(['\u{1b}', '\u{7}']), "{shown}");
    }
}

#[test]
fn a_stated_language_does_not_hide_an_article() {
    let page =
        format!("<!doctype html><html lang=\"de\"><body><article><p>{STORY}</p></article></body></html>");
    let folder = folder(&[("page.html", page.as_bytes())]);
    let shown = run(folder.path(), &["read", "page.html"]);
    assert!(shown.contains("exit status: 0") && shown.contains("she"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let mut child =
        sayso(folder.path()).args(["read", "story.txt"]).stdout(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn help_and_usage() {
    let folder = folder(&[]);
    insta::assert_snapshot!("help", run(folder.path(), &["--help"]));
    insta::assert_snapshot!("help_read", run(folder.path(), &["read", "--help"]));
    insta::assert_snapshot!("help_quote", run(folder.path(), &["quote", "--help"]));
    insta::assert_snapshot!("usage", run(folder.path(), &["read"]));
}

#[test]
fn the_manual_and_completions_name_every_option() {
    let folder = folder(&[]);
    let man = run(folder.path(), &["man"]);
    let bash = run(folder.path(), &["completions", "bash"]);
    let zsh = run(folder.path(), &["completions", "zsh"]);
    let fish = run(folder.path(), &["completions", "fish"]);
    let help = run(folder.path(), &["read", "--help"]);
    let words =
        help.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'));
    let options: Vec<&str> = words.filter(|word| word.len() > 3 && word.starts_with("--")).collect();
    assert!(options.len() >= 8, "{options:?}");
    for option in options {
        let name = option.trim_start_matches('-');
        assert!(man.replace("\\-", "-").contains(option), "man lacks {option}");
        assert!(bash.contains(option) && zsh.contains(option), "a completion lacks {option}");
        assert!(fish.contains(name), "fish lacks {name}");
    }
}

#[test]
fn labelled_texts_are_scored() {
    let labels = "⟦s1:The mayor⟧ ⟦c1:said⟧ ⟦q1:that the dam was safe⟧.\n";
    let folder = folder(&[("case.txt", labels.as_bytes()), ("wrong.txt", "⟦s1:open".as_bytes())]);
    insta::assert_snapshot!("eval_gold", run(folder.path(), &["eval", "gold", "case.txt"]));
    insta::assert_snapshot!("eval_gold_wrong", run(folder.path(), &["eval", "gold", "wrong.txt"]));
}
