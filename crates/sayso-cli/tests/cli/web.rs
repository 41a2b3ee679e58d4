//! Does a page of the web come in, and is an unsafe or broken one refused in one line?

use testweb::{Reply, Server};

use crate::{STORY, folder, run};

fn page() -> String {
    let paragraphs: String = STORY.split("\n\n").skip(1).map(|words| format!("<p>{words}</p>")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Dam holds</title></head>\
         <body><article>{paragraphs}{paragraphs}</article></body></html>"
    )
}

/// Two articles.
fn lines() -> String {
    (serde_json::json!({ "text": STORY }).to_string() + "\n").repeat(2)
}

fn server() -> Server {
    Server::start(|path| match path {
        "/story" => Reply::page(&page()),
        "/posing" => {
            let link = "<link rel=canonical href=https://gazette.example/dam>";
            Reply::page(&page().replace("<title>", &format!("{link}<title>")))
        }
        "/brotli" => {
            let mut body = Vec::new();
            let params = brotli::enc::BrotliEncoderParams::default();
            brotli::BrotliCompress(&mut page().as_bytes(), &mut body, &params).expect("it compresses");
            Reply::new(200, &[("Content-Type", "text/html"), ("Content-Encoding", "br")], &body)
        }
        "/latin" => {
            let bytes: Vec<u8> =
                page().replace("Ida", "Zoë").chars().map(|c| u8::try_from(c).unwrap_or(b'"')).collect();
            Reply::new(200, &[("Content-Type", "text/html; charset=windows-1252")], &bytes)
        }
        "/wrong-charset" => Reply::new(
            200,
            &[("Content-Type", "text/html; charset=iso-8859-5")],
            page().replace("Ida", "Zoë").as_bytes(),
        ),
        "/lines" => Reply::new(200, &[("Content-Type", "application/x-ndjson")], lines().as_bytes()),
        "/bytes" => Reply::new(200, &[("Content-Type", "application/octet-stream")], lines().as_bytes()),
        "/words" | "/lines.jsonl" => {
            Reply::new(200, &[("Content-Type", "text/plain; charset=utf-8")], lines().as_bytes())
        }
        "/list" => {
            let list = format!("[{}]", lines().trim_end().replace('\n', ","));
            Reply::new(200, &[("Content-Type", "application/json")], list.as_bytes())
        }
        "/pdf" => Reply::new(200, &[("Content-Type", "application/pdf")], b"%PDF-1.7 ..."),
        "/login" => Reply::new(401, &[], b"no"),
        "/large" => Reply::chunked(200, &[("Content-Type", "text/html")], &vec![b'a'; 11_000_000]),
        "/links" => Reply::page("<html><body><nav><a href=/>Home</a></nav></body></html>"),
        "/moved" => Reply::redirect("/story"),
        path if path.starts_with("/hop") => {
            let left: usize = path["/hop".len()..].parse().unwrap_or(0);
            if left == 0 { Reply::page(&page()) } else { Reply::redirect(&format!("/hop{}", left - 1)) }
        }
        _ => Reply::new(404, &[], b"no"),
    })
}

/// With the server's port, which differs every time, as 80.
fn read(server: &Server, args: &[&str], paths: &[&str]) -> String {
    let folder = folder(&[]);
    let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let all: Vec<&str> = ["read", "--format", "jsonl"]
        .iter()
        .chain(args)
        .copied()
        .chain(urls.iter().map(String::as_str))
        .collect();
    run(folder.path(), &all).replace(&server.address().port().to_string(), "80")
}

#[test]
fn pages_of_the_web_are_read() {
    let server = server();
    for path in ["/story", "/brotli", "/latin", "/wrong-charset", "/moved", "/hop5"] {
        let shown = read(&server, &["--allow-private"], &[path]);
        assert!(shown.starts_with("exit status: 0"), "{path}: {shown}");
        let name =
            if ["/latin", "/wrong-charset"].contains(&path) { "Mayor Zoë Crane" } else { "Mayor Ida Crane" };
        assert!(shown.contains(name), "{path}: {shown}");
    }
    let moved = read(&server, &["--allow-private"], &["/moved"]);
    assert!(moved.contains("\"url\":\"http://127.0.0.1:80/story\""), "{moved}");
}

#[test]
fn each_bad_page_gets_one_line_and_the_others_go_on() {
    let server = server();
    let paths = ["/none", "/login", "/large", "/pdf", "/links", "/hop6", "/story"];
    let shown = read(&server, &["--allow-private"], &paths);
    assert!(shown.starts_with("exit status: 2") && shown.contains("Mayor Ida Crane"), "{shown}");
    let said = shown.split("----- stderr -----\n").nth(1).expect("stderr");
    assert_eq!(said.lines().count(), paths.len() - 1, "{said}");
    insta::assert_snapshot!("bad_pages", said);
}

#[test]
fn this_computer_is_refused_unless_allowed() {
    let server = server();
    let shown = read(&server, &[], &["/story"]);
    insta::assert_snapshot!("refused", shown);
    assert_eq!(server.stop().connections, 0);
}

#[test]
fn json_of_the_web_is_read_as_that_of_a_file() {
    let server = server();
    for path in ["/lines", "/bytes", "/words", "/lines.jsonl", "/list"] {
        let shown = read(&server, &["--allow-private"], &[path]);
        assert!(shown.starts_with("exit status: 0"), "{path}: {shown}");
        assert_eq!(shown.matches("\"schema\"").count(), 2, "{path}: {shown}");
        assert!(shown.contains(&format!("\"url\":\"http://127.0.0.1:80{path}\"")), "{path}: {shown}");
    }
}

#[test]
fn a_page_of_another_site_keeps_the_address_it_came_from() {
    let server = server();
    let folder = folder(&[]);
    let url = server.url("/posing");
    let shown = run(folder.path(), &["read", "--allow-private", "-f", "jsonl", &url]);
    assert!(shown.starts_with("exit status: 0"), "{shown}");
    assert!(shown.contains(&format!("\"url\":\"{url}\"")), "{shown}");
    assert!(shown.contains("The page gives https://gazette.example/dam as its address."), "{shown}");
}
