//! What a newcomer does on the pages, without JavaScript.

use std::time::{Duration, Instant};

use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::server::{Server, examples};

const STORY: &[u8] = b"The mayor of Upper Sarn, Ana Brell, denied on Monday that the dam had leaked since May. \"It is sound,\" \
Brell told reporters. Orrin Vask, an engineer, said that 46 people were missing.";

#[test]
fn an_article_is_read_briefed_and_a_brief_checked() {
    let server = Server::start(&[]);
    assert!(server.get("/").body.contains("Read it"));
    let (at, read) = server.followed("/", &[("text", None, STORY), ("title", None, b"The dam")]);
    assert_eq!(read.status, 200);
    assert!(read.body.contains("class=\"note") && read.body.contains("Ana Brell"), "{}", read.body);
    assert_eq!(server.get(&at).body, read.body, "its address is its own");
    assert!(server.get(&format!("{at}/record.json")).body.contains("sayso.record/1"));
    let add = format!("/add/{}", at.trim_start_matches("/read/"));
    let (stored, article) = server.followed(&add, &[]);
    assert_eq!((stored.as_str(), article.status), ("/articles/1", 200), "{}", article.body);
    assert_eq!(server.followed(&add, &[]).0, "/articles/1", "it is there once");
    assert_eq!(server.form("/add/00", &[]).status, 404);
    assert!(server.get(&format!("{at}/statements.csv")).body.starts_with("article,"));
    let headline =
        server.followed("/", &[("text", None, b"Dam leaks\n\nAna Brell said that the dam leaks.")]).1;
    assert!(headline.body.contains("<title>Dam leaks"), "{}", headline.body);
    let id = at.trim_start_matches("/read/").as_bytes();
    let (_, brief) = server.followed("/brief", &[("kept", None, id), ("length", None, b"short")]);
    assert!(brief.body.contains("Where each sentence is from"), "{}", brief.body);
    assert!(server.get(&format!("/check?kept={}", at.trim_start_matches("/read/"))).body.contains("The dam"));
    let wrong = b"Ana Brell said \"it is safe\". Orrin Vask said that 64 people were missing.";
    let (_, check) = server.followed("/check", &[("brief", None, wrong), ("kept", None, id)]);
    assert!(check.body.contains("figure-changed"), "{}", check.body);
    assert!(check.body.contains("46 people were missing"), "what puts it right");
    let file = std::fs::read(examples().join("sarn-valley-flood.html")).expect("an example");
    let (_, flood) = server.followed("/", &[("text", None, b""), ("file", Some("flood.html"), &file)]);
    assert!(flood.body.contains("At least 46 dead as dam bursts above Upper Sarn"));
}

#[test]
fn bad_input_gets_a_page_that_says_why() {
    let server = Server::start(&[]);
    for (path, parts, status, words) in [
        ("/", &[("text", None, &b""[..])][..], 422, "give one at least"),
        (
            "/",
            &[("text", None, b"a"), ("url", None, b"file:///etc/passwd")],
            422,
            "it is no address of a page on the web",
        ),
        ("/", &[("url", None, b"http://127.0.0.1:1/")], 422, "127.0.0.1"),
        ("/", &[("file", Some("x.pdf"), b"%PDF-1.4 x")], 422, "x.pdf"),
        ("/check", &[("brief", None, b"...")], 400, "the brief has no words"),
        ("/check", &[("brief", None, b"One."), ("kept", None, b"00")], 404, "isn’t kept any more"),
        ("/add", &[("url", None, b"")], 400, "give addresses or files"),
        ("/add", &[("url", None, b"/etc/passwd")], 400, "it is no address of a page on the web"),
    ] {
        let reply = server.form(path, parts);
        assert_eq!(reply.status, status, "{path} {parts:?}: {}", reply.body);
        assert!(
            reply.body.contains(words) && reply.body.contains("role=\"alert\""),
            "{path}: {}",
            reply.body
        );
    }
    let nothing = server.get("/stories/3");
    assert!(nothing.status == 404 && nothing.body.contains("there is no archive yet"), "{}", nothing.body);
    assert!(server.get("/archive").body.contains("There is no archive yet"));
    assert_eq!(server.get("/nowhere").status, 404);
}

#[test]
fn what_is_added_in_the_background_is_followed() {
    let server = Server::start(&[]);
    let line = |day: &str, n: usize, says: &str| {
        let text = format!(
            "Germany {says} the ceasefire on Monday. The talks in Sarn lasted five hours, officials said. \
             {}",
            if n == 1 { "Orrin Vask of the ministry declined to comment on the talks." } else { "" }
        );
        serde_json::json!({"title": format!("Germany and Norvale at ceasefire talks in Sarn, day {n}"), "text": text, "published": day, "outlet": "The Gazette",
            "url": format!("https://gazette.example/{n}")})
        .to_string()
            + "\n"
    };
    let old = serde_json::json!({"text": "Germany said on Monday that talks in Sarn would begin.", "url": "https://gazette.example/1"});
    let (stale, _) = server.followed("/", &[("file", Some("one.json"), old.to_string().as_bytes())]);
    let stale = stale.replace("/read/", "/add/");
    let feed = line("2026-12-03", 1, "rejected") + &line("2026-12-09", 2, "accepted") + "no JSON\n";
    let sent = server.form("/add", &[("file", Some("../feed.jsonl"), feed.as_bytes())]);
    let at = sent.header("location").expect("a job").to_owned();
    let begun = Instant::now();
    let done = loop {
        let page = server.get(&at).body;
        if page.contains("done: ") || page.contains(">done<") {
            break page;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{page}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(done.contains("2 new") && done.contains("feed.jsonl"), "{done}");
    assert!(!done.contains("/tmp"), "where it lay is nobody's business: {done}");
    let positions = server.get("/positions?party=Germany").body;
    assert!(
        positions.contains("Germany on ceasefire")
            && positions.contains("changed")
            && positions.contains("<svg"),
        "{positions}"
    );
    let story = server.get("/stories/1").body;
    assert!(story.contains("2 articles") && story.contains("The Gazette"), "{story}");
    assert!(server.get("/changes?since=2026-12-05").body.contains("Positions that changed"));
    let found = server.get("/archive?words=hours&by=&since=").body;
    assert!(found.contains("2 statements match") || found.contains("1 statement match"), "{found}");
    let article = server.get("/articles/1").body;
    assert!(article.contains("Its story") && article.contains("id=\"a1\""), "{article}");
    let outlets = server.get("/outlets?words=gazette").body;
    assert!(outlets.contains("/outlets/The%20Gazette") && outlets.contains("2 articles"), "{outlets}");
    assert!(server.get("/outlets/The%20Gazette").body.contains("ceasefire talks in Sarn, day 1"));
    // Everybody in the list has a page, those without a name too.
    let actors = server.get("/actors").body;
    let links: Vec<&str> =
        actors.split("href=\"/actors/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 1, "{actors}");
    for id in links {
        assert_eq!(server.get(&format!("/actors/{id}")).status, 200, "{id}");
        assert_eq!(server.get(&format!("/archive?actor={id}")).status, 200, "{id}");
    }
    assert_eq!(server.get("/outlets/%25").status, 404, "no outlet is called so");
    let inputs = server.get("/api/v1/statements").body;
    assert!(inputs.contains("feed.jsonl:1") && !inputs.contains("/tmp"), "{inputs}");
    let parquet = server.get("/api/v1/export?format=parquet");
    let table = SerializedFileReader::new(axum::body::Bytes::from(parquet.bytes)).expect("a table");
    let lines = server.get("/api/v1/export");
    assert!(parquet.is_whole && lines.is_whole);
    let content = |row: parquet::record::Row| {
        let cell = row.get_column_iter().find(|(name, _)| *name == "content").map(|(_, cell)| cell.clone());
        if let Some(parquet::record::Field::Str(words)) = cell { words } else { panic!("no words: {row:?}") }
    };
    let rows: Vec<String> =
        table.get_row_iter(None).expect("rows").map(|row| content(row.expect("a row"))).collect();
    let expected: Vec<String> = lines
        .body
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["content"]
                .as_str()
                .expect("words")
                .to_owned()
        })
        .collect();
    assert_eq!(rows, expected);
    let declined = server.get("/archive?status=declined-to-comment&act=").body;
    assert!(
        declined.contains(">1 statement matches") && declined.contains(">declined-to-comment<"),
        "{declined}"
    );
    assert_eq!(server.form(&stale, &[]).status, 409, "what was read before buries nothing");
    assert!(server.get("/api/v1/export?format=csv").body.starts_with("article,number,"));
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/healthz").body, "ok\n");
    assert!(server.end());
}
