//! Who may ask.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::json;

use super::server::Server;

fn new_token(right: &str) -> (String, String) {
    let out =
        Command::new(cargo_bin("sayso")).args(["serve", "--new-token", right]).output().expect("it runs");
    let said = String::from_utf8(out.stdout).expect("words");
    let mut lines = said.lines();
    (lines.next().expect("a token").to_owned(), lines.next_back().expect("its line").to_owned())
}

#[test]
fn a_token_is_asked_for_and_opens_what_it_is_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let ((reads, read_line), (writes, write_line)) = (new_token("read"), new_token("write"));
    let file = folder.path().join("tokens");
    std::fs::write(&file, format!("{read_line}\n{write_line}\n")).expect("a file");
    let server = Server::in_folder(folder, &["--tokens", file.to_str().expect("a path")]);
    let article = json!({"text": "Ana Brell said that the dam was sound."});
    let ask = |path: &str, token: &str| {
        let token = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", token.as_str())];
        server.send("POST", path, &headers, article.to_string().as_bytes())
    };
    let refused = server.post("/api/v1/read", &article);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(ask("/api/v1/read", "wrong").status, 401);
    assert_eq!(ask("/api/v1/read", &reads).status, 200);
    assert_eq!(ask("/api/v1/articles", &reads).status, 403);
    assert_eq!(ask("/api/v1/articles", &writes).status, 200);
    // A browser is led to the page on which it says who it is.
    let led = server.get("/stories?words=dam");
    assert_eq!((led.status, led.header("location")), (303, Some("/login?next=%2Fstories%3Fwords%3Ddam")));
    assert_eq!(server.get("/healthz").status, 200);
    assert_eq!(server.form("/login", &[("token", None, b"wrong")]).status, 403);
    let entered = server.form("/login", &[("token", None, reads.as_bytes()), ("next", None, b"/stories")]);
    assert_eq!((entered.status, entered.header("location")), (303, Some("/stories")));
    let cookie = entered.header("set-cookie").expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains(&reads), "a session is no token");
    let pair = cookie.split(';').next().expect("a pair");
    assert_eq!(server.send("GET", "/stories", &[("cookie", pair)], b"").status, 200);
    let origin = format!("http://localhost:{}", server.port);
    let own = [
        ("cookie", pair),
        ("origin", origin.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    assert_eq!(server.send("POST", "/add", &own, b"url=x").status, 403, "it may read");
    assert_eq!(server.send("POST", "/add/0123", &own, b"").status, 403, "what was read too");
    assert_eq!(server.send("POST", "/logout", &own, b"").status, 303);
    assert_eq!(server.send("GET", "/stories", &[("cookie", pair)], b"").status, 303, "the session is over");
}

#[test]
fn others_are_not_served_without_a_word() {
    let out = Command::new(cargo_bin("sayso"))
        .args(["serve", "--port", "0", "--listen", "0.0.0.0", "--archive", "none.sqlite"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{said}");
    assert!(said.contains("give --tokens, or say --let-everybody-in"), "{said}");
}
