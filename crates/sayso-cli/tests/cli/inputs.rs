//! Does every kind of article come in, and does a bad one lose nothing?

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::{GERMAN, STORY, folder, run, sayso, shown};

const PAGE: &str = "<!doctype html><html lang=en><head><title>Dam holds</title></head><body><article><p>Mayor Ida \
                    Crane said on Monday that the dam was safe and that nobody in the valley had to leave their \
                    homes.</p><p>“Nobody has to leave,” she said at the town hall, “and nobody will. We have looked \
                    at every gate and every stone of it.”</p></article></body></html>";

fn json_story(title: &str) -> String {
    serde_json::json!({ "text": STORY, "title": title, "outlet": "The Valley Post", "published": "2031-05-02" })
        .to_string()
}

/// The file names and titles of the records that come out.
fn read(folder: &Path, args: &[&str]) -> Vec<Value> {
    let mut command = sayso(folder);
    let output = command.args(["read", "--format", "jsonl"]).args(args).output().expect("it runs");
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    stdout.lines().map(|line| serde_json::from_str(line).expect("a record")).collect()
}

fn sources(record: &Value) -> Vec<&str> {
    let attributions = record["attributions"].as_array().expect("attributions");
    attributions.iter().filter_map(|attribution| attribution["source"]["text"].as_str()).collect()
}

/// A line as long as the limit allows is read, and one that is longer takes no other along.
#[test]
fn lines_at_the_limit() {
    let line = |n: usize| {
        format!("{{\"text\": \"{}\"}}", "Lee said it was late. ".repeat(10).get(..n).unwrap_or_default())
    };
    let limit = line(60).len();
    let text = [line(60), line(61), line(20), line(62), line(10)].join("\n") + "\n";
    let folder = folder(&[("lines.jsonl", text.as_bytes())]);
    let shown = run(folder.path(), &["read", "lines.jsonl", "--max-bytes", &limit.to_string(), "-f", "csv"]);
    let read: Vec<bool> = (1..=5).map(|n| shown.contains(&format!("\nlines.jsonl:{n},"))).collect();
    let refused: Vec<bool> = (1..=5).map(|n| shown.contains(&format!("lines.jsonl:{n}: "))).collect();
    assert_eq!(refused, [false, true, false, true, false], "{shown}");
    assert!(read[0] && read[2], "{shown}");
}

#[test]
fn a_folder_tells_of_what_it_passes_over() {
    let folder = folder(&[("a.txt", STORY.as_bytes()), ("b.pdf", b"%PDF-1.7"), ("c.docx", b"PK\x03\x04")]);
    let shown = run(folder.path(), &["read", ".", "-f", "csv"]);
    assert!(shown.starts_with("exit status: 0"), "{shown}");
    assert!(shown.contains("sayso: .: passed over 2 files of other kinds (.docx, .pdf)"), "{shown}");
}

#[test]
fn utf_16_without_its_mark_is_told_from_pictures() {
    let wide: Vec<u8> = STORY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = folder(&[("wide.txt", &wide)]);
    assert!(run(folder.path(), &["read", "wide.txt"]).contains("perhaps it is --encoding utf-16le"));
    assert!(
        run(folder.path(), &["read", "wide.txt", "--encoding", "utf-16le"]).starts_with("exit status: 0")
    );
}

#[test]
fn json_and_json_lines() {
    let lines = format!("{}\n\n{}\n", json_story("One"), json_story("Two"));
    let array = format!("[{},\n {}]", json_story("Three"), json_story("Four"));
    let one = json_story("Five");
    let folder = folder(&[
        ("lines.jsonl", lines.as_bytes()),
        ("array.json", array.as_bytes()),
        ("one.json", one.as_bytes()),
    ]);
    let records = read(folder.path(), &["lines.jsonl", "array.json", "one.json"]);
    let titles: Vec<_> = records.iter().map(|r| r["article"]["title"].as_str().expect("a title")).collect();
    assert_eq!(titles, ["One", "Two", "Three", "Four", "Five"]);
    for record in &records {
        assert_eq!(record["article"]["text"], STORY);
        assert_eq!(record["article"]["outlet"], "The Valley Post");
        assert_eq!(sources(record), ["Mayor Ida Crane", "she"]);
    }
}

#[test]
fn json_is_an_array_where_several_could_come() {
    let line = json_story("One") + "\n";
    let folder = folder(&[
        ("one.json", line.as_bytes()),
        ("lines.jsonl", line.as_bytes()),
        ("array.json", format!("[{line}]").as_bytes()),
        ("folder/one.txt", STORY.as_bytes()),
    ]);
    for (args, is_array) in [
        (&["one.json"][..], false),
        (&["lines.jsonl"], true),
        (&["array.json"], true),
        (&["folder"], true),
        (&["one.json", "array.json"], true),
    ] {
        let output =
            sayso(folder.path()).args(["read", "--format", "json"]).args(args).output().expect("it runs");
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(json.is_array(), is_array, "{args:?}");
    }
}

#[test]
fn lines_come_through_standard_input() {
    let lines = format!("{}\n{}\n", json_story("One"), json_story("Two"));
    let folder = folder(&[("lines", lines.as_bytes())]);
    let mut command = sayso(folder.path());
    command.args(["read", "--format", "jsonl", "-"]);
    command.stdin(fs::File::open(folder.path().join("lines")).expect("a file"));
    let output = command.output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn a_folder_is_read_with_the_folders_in_it() {
    let folder = folder(&[
        ("archive/b.txt", STORY.as_bytes()),
        ("archive/a/page.html", PAGE.as_bytes()),
        ("archive/a/lines.jsonl", (json_story("Line") + "\n").as_bytes()),
        ("archive/picture.png", b"\x89PNG\r\n\x1a\n"),
        ("archive/.hidden/c.txt", STORY.as_bytes()),
    ]);
    let records = read(folder.path(), &["archive"]);
    let titles: Vec<_> = records.iter().map(|r| r["article"]["title"].as_str().expect("a title")).collect();
    assert_eq!(titles, ["Line", "Dam holds", "Dam holds, mayor says"]);
}

#[test]
fn many_articles_come_out_in_order_and_the_same_on_any_number_of_threads() {
    let names: Vec<String> = (0..60).map(|i| format!("in/{i:02}.json")).collect();
    let stories: Vec<String> = (0..60).map(|i| json_story(&format!("Story {i}"))).collect();
    let files: Vec<_> = names.iter().zip(&stories).map(|(n, s)| (n.as_str(), s.as_bytes())).collect();
    let folder = folder(&files);
    let run = |threads: &str| {
        let mut command = sayso(folder.path());
        command.args(["read", "--format", "csv", "in"]).env("RAYON_NUM_THREADS", threads);
        shown(&mut command)
    };
    let one = run("1");
    let places: Vec<_> = (0..60).map(|i| one.find(&format!("Story {i},")).expect("the story")).collect();
    assert!(places.is_sorted());
    assert_eq!(one, run("3"));
}

#[test]
fn a_named_encoding_is_used() {
    let folder = folder(&[("latin.txt", "Mayor Zoë said that the café was closed.\n".as_bytes())]);
    let latin: Vec<u8> = "Mayor Zoë said that the café was closed.\n".chars().map(|c| c as u8).collect();
    fs::write(folder.path().join("latin.txt"), latin).expect("a file");
    let records = read(folder.path(), &["--encoding", "windows-1252", "latin.txt"]);
    assert_eq!(sources(&records[0]), ["Mayor Zoë"]);
    insta::assert_snapshot!(
        "encoding_unknown",
        run(folder.path(), &["read", "--encoding", "martian", "latin.txt"])
    );
}

#[test]
fn a_named_encoding_leaves_utf8_as_it_is() {
    let words = "Mayor Zoë Crane said on Monday that the café in the town hall was closed, that nobody in the \
                 valley had to leave their homes, and that the town would say more on Friday, when the \
                 engineers who look after the dam were to come back from the coast and tell what they found.";
    let latin = |words: &str| words.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect::<Vec<u8>>();
    let json = |title: &str| serde_json::json!({ "text": words, "title": title }).to_string();
    let utf16 = |words: &str| {
        let letters = words.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(letters).collect::<Vec<u8>>()
    };
    let page = format!("<!doctype html><html><body><article><p>{words}</p></article></body></html>");
    let list = format!("[{},\n{}]", json("One"), json("Two"));
    let lines = format!("{}\n{}\n", json("One"), json("Two"));
    let folder = folder(&[
        ("utf8/a.txt", words.as_bytes()),
        ("utf8/b.md", words.as_bytes()),
        ("utf8/c.html", page.as_bytes()),
        ("utf8/d.json", list.as_bytes()),
        ("utf8/e.jsonl", lines.as_bytes()),
        ("utf8/f.json", format!("\u{feff}{list}").as_bytes()),
        ("utf8/g.jsonl", format!("\u{feff}{lines}").as_bytes()),
        ("latin/a.txt", &latin(words)),
        ("latin/b.md", &latin(words)),
        ("latin/c.html", &latin(&page)),
        ("latin/d.json", &latin(&list)),
        ("latin/e.jsonl", &latin(&lines)),
        ("utf16/a.txt", &utf16(words)),
        ("utf16/d.json", &utf16(&list)),
        ("utf16/e.jsonl", &utf16(&lines)),
    ]);
    let records = read(folder.path(), &["--encoding", "windows-1252", "utf8", "latin", "utf16"]);
    assert_eq!(records.len(), 11 + 7 + 5);
    for record in &records {
        assert_eq!(record["article"]["text"], words);
    }
    let mut command = sayso(folder.path());
    command.args(["read", "-f", "jsonl", "-"]);
    command.stdin(fs::File::open(folder.path().join("utf16/e.jsonl")).expect("a file"));
    let output = command.output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn a_named_encoding_outweighs_what_a_page_says_of_itself() {
    let words = "<!doctype html><html><head><meta charset=iso-8859-5></head><body><article><p>Mayor Zo\u{eb} said \
                 on Monday that the dam was safe, that nobody in the valley had to leave their homes, and that the \
                 town would say more on Friday, when the engineers were to come back from the coast.</p></article></body></html>";
    let bytes: Vec<u8> = words.chars().map(|c| c as u8).collect();
    let folder = folder(&[("page.html", &bytes)]);
    let records = read(folder.path(), &["--encoding", "windows-1252", "page.html"]);
    assert_eq!(sources(&records[0]), ["Mayor Zoë"]);
}

#[test]
fn blank_lines_make_no_list() {
    let one = json_story("One");
    let pretty = one.replace(",\"", ",\n\"");
    let folder = folder(&[
        ("one.json", format!("{one}\n\n \n").as_bytes()),
        ("before.json", format!("\n\n{one}\n").as_bytes()),
        ("pretty.json", format!("{pretty}\n\n").as_bytes()),
        ("two.json", format!("{one}\n\n{one}\n\n").as_bytes()),
    ]);
    for (name, n) in [("one.json", None), ("before.json", None), ("pretty.json", None), ("two.json", Some(2))]
    {
        let output = sayso(folder.path()).args(["read", "-f", "json", name]).output().expect("it runs");
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(json.as_array().map(Vec::len), n, "{name}");
    }
}

/// Each bad input by itself: what is said of it, and the exit status.
#[test]
fn each_bad_input_gets_one_line() {
    let broken = format!("{}\n{{\"text\": \"The mayor sa\n{}\n", json_story("One"), json_story("Three"));
    let large = "The mayor said so. ".repeat(20);
    let folder = folder(&[
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\n"),
        ("binary.txt", b"\x7fELF\0\0\0\x01"),
        ("latin.txt", b"The caf\xe9 is closed."),
        ("large.txt", large.as_bytes()),
        ("large.jsonl", format!("{}\n", serde_json::json!({ "text": large })).as_bytes()),
        ("nothing.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>"),
        ("report.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
        ("words.docx", b"PK\x03\x04\x14\0\x06\0"),
        ("broken.jsonl", broken.as_bytes()),
        ("broken.json", b"{\"text\": \"The mayor sa"),
        ("no-text.json", b"{\"title\": \"Dam holds\"}"),
        ("wrong.json", b"{\"text\": [\"Dam holds\"]}"),
        ("none.json", b"[]"),
        ("german.txt", GERMAN.as_bytes()),
        ("folder/picture.png", b"\x89PNG\r\n\x1a\n"),
        ("story.txt", STORY.as_bytes()),
    ]);
    let mut all = String::new();
    for name in [
        "empty.txt",
        "blank.txt",
        "binary.txt",
        "latin.txt",
        "large.txt",
        "large.jsonl",
        "nothing.html",
        "report.txt",
        "words.docx",
        "broken.jsonl",
        "broken.json",
        "no-text.json",
        "wrong.json",
        "none.json",
        "german.txt",
        "folder",
        "missing.txt",
    ] {
        let limit = if name.starts_with("large") { "300" } else { "10000000" };
        let shown = run(folder.path(), &["read", "--max-bytes", limit, "--format", "csv", name]);
        assert!(shown.starts_with("exit status: 2"), "{name}: {shown}");
        let said = shown.split("----- stderr -----\n").nth(1).expect("stderr");
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
        all += said;
    }
    insta::assert_snapshot!("bad_inputs", all);
}

#[test]
fn a_limit_that_is_raised_reads_it() {
    let large = "The mayor said that the dam was safe. ".repeat(20);
    let folder = folder(&[("large.txt", large.as_bytes())]);
    let records = read(folder.path(), &["--max-bytes", &large.len().to_string(), "large.txt"]);
    assert_eq!(records[0]["article"]["text"], large);
    assert!(!sources(&records[0]).is_empty());
}

#[test]
fn the_other_inputs_go_on() {
    let broken = format!("{}\n{{\"text\": \n{}\n", json_story("One"), json_story("Three"));
    let folder = folder(&[
        ("empty.txt", b""),
        ("broken.jsonl", broken.as_bytes()),
        ("latin.txt", b"The caf\xe9 is closed."),
        ("story.txt", STORY.as_bytes()),
    ]);
    let args =
        ["read", "--format", "csv", "empty.txt", "broken.jsonl", "missing.txt", "latin.txt", "story.txt"];
    insta::assert_snapshot!("the_other_inputs_go_on", run(folder.path(), &args));
}

#[test]
fn standard_input_is_read_once() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    let mut command = sayso(folder.path());
    command.args(["read", "-", "-"]).stdin(fs::File::open(folder.path().join("story.txt")).expect("a file"));
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said, "sayso: standard input: it can be read only once; name - one time\n");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Mayor Ida"));
}

#[cfg(unix)]
#[test]
fn names_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = folder(&[]);
    let name = OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(folder.path().join(name), STORY).expect("a file");
    let output = sayso(folder.path()).arg("read").arg(name).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_told_of() {
    let folder = folder(&[("in/story.txt", STORY.as_bytes())]);
    std::os::unix::fs::symlink(folder.path().join("in"), folder.path().join("in/again")).expect("a link");
    let shown = run(folder.path(), &["read", "--format", "csv", "in"]);
    assert!(shown.starts_with("exit status: 2") && shown.contains("leads back"), "{shown}");
    assert!(shown.contains("Mayor Ida"), "{shown}");
}

#[test]
fn no_bar_is_drawn_into_a_pipe() {
    let names: Vec<String> = (0..9).map(|i| format!("in/{i}.txt")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), STORY.as_bytes())).collect();
    let folder = folder(&files);
    let output = sayso(folder.path()).args(["read", "in"]).stdin(Stdio::null()).output().expect("it runs");
    assert!(output.status.success() && output.stderr.is_empty());
}
