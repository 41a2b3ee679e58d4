//! Does a mistake get a line that tells what to do?

use crate::{STORY, folder, run};

/// What stderr says, with the exit status of a failure.
fn said(folder: &std::path::Path, args: &[&str]) -> String {
    let shown = run(folder, args);
    assert!(shown.starts_with("exit status: 2"), "{args:?}: {shown}");
    shown.split_once("----- stderr -----\n").expect("stderr").1.to_owned()
}

#[test]
fn each_mistake_is_told_what_to_do() {
    let folder = folder(&[("art/wire.txt", STORY.as_bytes()), ("latin.txt", b"Caf\xe9 \x81 closed.")]);
    let mut all = String::new();
    for args in [
        &["read", "www.example.org/story"][..],
        &["read", "example.org/story"],
        &["read", "art/none.txt"],
        &["read", "ftp://example.org/story"],
        &["read", "file:///tmp/story.txt"],
        &["art/wire.txt"],
        &["https://example.org/story"],
        &["read", "art/wire.txt", "-o", "none/x.csv"],
        &["read", "art/wire.txt", "-o", "art"],
        &["read", "latin.txt", "--encoding", "shift_jis"],
        &["read", "latin.txt"],
        &["read", "art/wire.txt", "--max-bytes", "many"],
        &["read", "art/wire.txt", "--max-bytes", "0"],
    ] {
        all += &format!("$ sayso {}\n{}\n", args.join(" "), said(folder.path(), args));
    }
    insta::assert_snapshot!("mistakes", all);
}

#[test]
fn sizes_have_units() {
    let folder = folder(&[("story.txt", STORY.as_bytes())]);
    for size in ["1k", "1K", "1kB", "2MB", "1 MB", "1G", "1000"] {
        let shown = run(folder.path(), &["read", "story.txt", "--max-bytes", size]);
        assert!(shown.starts_with("exit status: 0"), "{size}: {shown}");
    }
    assert!(
        said(folder.path(), &["read", "story.txt", "--max-bytes", "100B"]).contains("over the limit of 100")
    );
}

#[test]
fn nothing_turns_the_direction_of_a_line() {
    let marks = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'];
    let name = format!("a{}.txt", marks.iter().collect::<String>());
    let story = format!("Dam {} holds\n\nThe mayor said that the {} dam was safe.\n", '\u{202e}', '\u{2067}');
    let folder = folder(&[(&name, story.as_bytes()), ("empty.txt", b"")]);
    for args in [
        &["read", &name][..],
        &["tokens", &name],
        &["tags", &name],
        &["read", "empty.txt", &format!("no{name}")],
    ] {
        let shown = run(folder.path(), args);
        assert!(!shown.contains(marks) && !shown.contains('\u{2067}'), "{shown}");
    }
}
