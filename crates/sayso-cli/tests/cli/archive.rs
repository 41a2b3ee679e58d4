//! The commands of the archive: what a newcomer sees, and what a kill leaves behind.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{examples, folder, run, sayso};

const REJECTS: &str = "No to the ceasefire\n\nGermany rejected the ceasefire on Monday. The talks lasted five hours, officials said.\n";
const ACCEPTS: &str = "Yes to the ceasefire\n\nGermany accepted the ceasefire on Monday. The talks lasted nine hours, officials said.\n";

fn dated(text: &str, day: &str, n: usize) -> String {
    let (title, body) = text.split_once("\n\n").expect("a headline");
    let url = format!("https://gazette.example/{n}");
    serde_json::json!({"title": title, "text": body, "published": day, "outlet": "The Gazette", "url": url})
        .to_string()
        + "\n"
}

fn added(archive: &Path, args: &[&str]) -> String {
    let path = archive.to_str().expect("a path");
    run(archive.parent().expect("a folder"), &[&["add", "--archive", path], args].concat())
}

#[test]
fn what_was_added_is_found_and_followed() {
    let folder = folder(&[
        ("feed.jsonl", (dated(REJECTS, "2026-12-03", 1) + &dated(ACCEPTS, "2026-12-09", 2)).as_bytes()),
        ("bad.pdf", b"%PDF-1.4"),
    ]);
    let asked = |args: &[&str]| run(folder.path(), &[args, &["--archive", "a.sqlite"]].concat());
    let none = asked(&["find", "ceasefire"]);
    assert!(none.starts_with("exit status: 2") && none.contains("there is no archive at a.sqlite"), "{none}");
    insta::assert_snapshot!("archive_add", asked(&["add", "feed.jsonl"]));
    insta::assert_snapshot!("archive_add_again", asked(&["add", "feed.jsonl", "bad.pdf"]));
    insta::assert_snapshot!("archive_find", asked(&["find", "ceasefire"]));
    insta::assert_snapshot!("archive_story", asked(&["story"]));
    insta::assert_snapshot!("archive_positions", asked(&["positions", "--party", "germany"]));
    insta::assert_snapshot!("archive_changes", asked(&["changes", "--since", "2026-12-05"]));
    insta::assert_snapshot!("archive_actor", asked(&["actor", "Germany"]));
    for (format, words) in [
        ("json", "\"stance\": \"rejects\""),
        ("md", "## Germany on ceasefire: changed"),
        ("html", "<h2>Germany on ceasefire: changed</h2>"),
        (
            "csv",
            "Germany on ceasefire: changed,Germany,ceasefire,2026-12-03,2026-12-03,rejects,the ceasefire,1,1",
        ),
    ] {
        let shown = asked(&["positions", "--format", format]);
        assert!(shown.contains(words), "{shown}");
    }
    let nobody = asked(&["actor", "Nobody", "Atall"]);
    assert!(nobody.contains("nobody in the archive is called Nobody Atall"), "{nobody}");
    let wrong = asked(&["find", "x", "--since", "soon"]);
    assert!(wrong.contains("give a day as 2026-03-15"), "{wrong}");
}

#[test]
fn an_answer_never_takes_the_place_of_the_archive_or_of_an_article() {
    let feed = dated(REJECTS, "2026-12-03", 1);
    let folder = folder(&[("feed.jsonl", feed.as_bytes())]);
    let asked = |args: &[&str]| run(folder.path(), &[args, &["--archive", "a.sqlite"]].concat());
    asked(&["add", "feed.jsonl"]);
    let before = std::fs::read(folder.path().join("a.sqlite")).expect("an archive");
    for args in [
        &["find", "talks", "-f", "csv", "-o", "a.sqlite"][..],
        &["positions", "-f", "html", "-o", "a.sqlite"],
        &["find", "talks", "-f", "csv", "-o", "feed.jsonl"],
    ] {
        let said = asked(args);
        assert!(said.starts_with("exit status: 2") && said.contains("name another file"), "{args:?}: {said}");
    }
    let read = run(folder.path(), &["read", "feed.jsonl", "-f", "csv", "-o", "a.sqlite"]);
    assert!(read.contains("a.sqlite: it is a database"), "{read}");
    assert!(std::fs::read(folder.path().join("a.sqlite")).expect("an archive") == before);
    assert_eq!(std::fs::read_to_string(folder.path().join("feed.jsonl")).expect("a feed"), feed);
    let days = asked(&["find", "talks", "--since", "2026-12-05", "--until", "2026-12-01"]);
    assert!(days.contains("--until 2026-12-01 lies before --since 2026-12-05"), "{days}");
    let in_between = asked(&["changes", "--since", "2026-12-01", "--until", "2026-12-02"]);
    assert!(in_between.contains("2026-12-01 to 2026-12-02: 0 articles"), "{in_between}");
}

#[test]
fn all_of_it_goes_out_and_comes_back() {
    let folder = folder(&[(
        "feed.jsonl",
        (dated(REJECTS, "2026-12-03", 1) + &dated(ACCEPTS, "2026-12-09", 2)).as_bytes(),
    )]);
    let asked = |args: &[&str]| run(folder.path(), args);
    asked(&["add", "feed.jsonl", "--archive", "a.sqlite"]);
    asked(&["export", "--archive", "a.sqlite", "--format", "records", "-o", "all.jsonl"]);
    let told = asked(&["import", "all.jsonl", "--archive", "b.sqlite"]);
    assert!(told.starts_with("exit status: 0") && told.contains("2 new"), "{told}");
    for format in ["jsonl", "csv"] {
        let of = |archive: &str| asked(&["export", "--archive", archive, "--format", format]);
        assert_eq!(of("a.sqlite"), of("b.sqlite"));
        assert!(of("a.sqlite").contains("ceasefire"));
    }
    // What is written as Parquet is read as rows by the readers of articles, by its column `content`.
    let table = asked(&["export", "--archive", "a.sqlite", "-o", "all.parquet"]);
    assert!(table.contains("4 statements written"), "{table}");
    let rows = asked(&["read", "all.parquet", "--format", "jsonl", "--assume-english"]);
    assert_eq!(rows.matches("\"sayso.record/1\"").count(), 4, "{rows}");
    assert!(asked(&["export", "--archive", "a.sqlite", "--format", "parquet"]).contains("name a file"));
    let damaged = std::fs::read_to_string(folder.path().join("all.jsonl"))
        .expect("records")
        .replace("Monday", "Tuesday");
    std::fs::write(folder.path().join("bad.jsonl"), damaged).expect("a file");
    let refused = asked(&["import", "bad.jsonl", "--archive", "b.sqlite"]);
    assert!(
        refused.starts_with("exit status: 2")
            && refused.contains("bad.jsonl:1: its text isn't the one that was read"),
        "{refused}"
    );
}

#[test]
fn corrections_are_remembered() {
    let folder = folder(&[("feed.jsonl", dated(REJECTS, "2026-12-03", 1).as_bytes())]);
    let asked = |args: &[&str]| run(folder.path(), &[args, &["--archive", "a.sqlite"]].concat());
    asked(&["add", "feed.jsonl"]);
    let renamed = asked(&["correct", "--rename", "Germany", "--into", "The Federal Republic"]);
    assert!(renamed.contains("Germany is called The Federal Republic now"), "{renamed}");
    assert!(asked(&["actor", "germany"]).contains("The Federal Republic (state)"));
    let nothing = asked(&["correct"]);
    assert!(nothing.starts_with("exit status: 2"), "{nothing}");
    std::fs::write(folder.path().join("whose.jsonl"), "{\"sha256\": 3}\n").expect("a file");
    let bad = asked(&["correct", "--corrections", "whose.jsonl"]);
    assert!(bad.starts_with("exit status: 2") && bad.contains("whose.jsonl:1"), "{bad}");
    let reread = asked(&["reread", "--all"]);
    assert!(
        reread.contains("1 read again") && asked(&["find", "ceasefire"]).contains("ceasefire"),
        "{reread}"
    );
}

/// Adds the examples, is killed at moments of its own choice, and adds them again: nothing is lost, nothing is there twice.
fn killed(times: u32) {
    let folder = folder(&[]);
    let whole = folder.path().join("whole.sqlite");
    let pages: Vec<String> =
        ["corbel-creek-lawsuit", "harbour-talks-gazette", "harbour-talks-post", "marlbridge-library-vote"]
            .iter()
            .flat_map(|name| {
                let page = std::fs::read_to_string(examples().join(format!("{name}.html"))).expect("a page");
                (0..12).map(move |n| {
                    let path = std::env::temp_dir().join(format!(
                        "sayso-killed-{}-{n}-{}.html",
                        std::process::id(),
                        page.len()
                    ));
                    std::fs::write(&path, page.replace(".example/", &format!(".example/{n}/")))
                        .expect("a page");
                    path.to_str().expect("a path").to_owned()
                })
            })
            .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let start = Instant::now();
    let told = added(&whole, &pages);
    assert!(told.starts_with("exit status: 0"), "{told}");
    let takes = start.elapsed();
    let cut = folder.path().join("cut.sqlite");
    for n in 0..times {
        let mut child = sayso(folder.path())
            .args(["add", "--quiet", "--archive"])
            .arg(&cut)
            .args(&pages)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        // Spread over the run by the golden ratio, so that every run of the test has the same moments.
        let share = f64::from(n) * 0.618_033_988_75 % 1.0;
        std::thread::sleep(Duration::from_secs_f64(takes.as_secs_f64() * share * 1.1));
        let _ = child.kill();
        let _ = child.wait();
    }
    added(&cut, &pages);
    let rows =
        |archive: &Path| run(folder.path(), &["export", "--archive", archive.to_str().expect("a path")]);
    assert!(rows(&whole).len() > 10_000);
    assert_eq!(rows(&whole), rows(&cut));
    pages.iter().for_each(|page| {
        let _ = std::fs::remove_file(page);
    });
}

#[test]
fn a_kill_loses_nothing() {
    killed(4);
}

#[test]
#[ignore = "50 kills take minutes; run by `cargo xtask deep`"]
fn fifty_kills_lose_nothing() {
    killed(50);
}

#[test]
fn a_file_that_is_no_archive_is_left_alone() {
    let folder = folder(&[("letter.txt", "Dear editor, this is no archive.\n".repeat(40).as_bytes())]);
    let told = run(folder.path(), &["add", "letter.txt", "--archive", "letter.txt"]);
    assert!(told.starts_with("exit status: 2"), "{told}");
    assert!(
        std::fs::read_to_string(folder.path().join("letter.txt"))
            .expect("a letter")
            .starts_with("Dear editor")
    );
}

#[test]
fn what_was_said_by_hand_goes_along() {
    let folder = folder(&[(
        "feed.jsonl",
        (dated(REJECTS, "2026-12-03", 1) + &dated(ACCEPTS, "2026-12-09", 2)).as_bytes(),
    )]);
    let asked = |args: &[&str]| run(folder.path(), args);
    asked(&["add", "feed.jsonl", "--archive", "a.sqlite"]);
    asked(&["correct", "--rename", "Germany", "--into", "Berlin", "--archive", "a.sqlite"]);
    let record = asked(&["export", "--archive", "a.sqlite", "--format", "records"]);
    assert!(record.contains(r#"{"what":"rename","name":"Germany","into":"Berlin"}"#), "{record}");
    asked(&["export", "--archive", "a.sqlite", "--format", "records", "-o", "all.jsonl"]);
    let told = asked(&["import", "all.jsonl", "--archive", "b.sqlite"]);
    assert!(told.starts_with("exit status: 0"), "{told}");
    let of = |archive: &str| asked(&["export", "--archive", archive, "--format", "csv"]);
    assert_eq!(of("a.sqlite"), of("b.sqlite"));
    assert!(of("b.sqlite").contains("Berlin"));
    let near = asked(&["actor", "Germny", "--archive", "a.sqlite"]);
    assert!(near.contains("nobody in the archive is called Germny; perhaps Berlin"), "{near}");
}

#[test]
fn what_can_not_be_read_leaves_no_archive_behind() {
    let folder = folder(&[]);
    for args in [["add", "none.txt"], ["import", "none.jsonl"]] {
        let told = run(folder.path(), &[&args[..], &["--archive", "a.sqlite"]].concat());
        assert!(told.starts_with("exit status: 2"), "{told}");
        assert!(!folder.path().join("a.sqlite").exists(), "{args:?}");
    }
}
