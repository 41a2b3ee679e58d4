//! What programs ask.

use serde_json::json;

use super::server::{Reply, Server};

fn problem(reply: &Reply, status: u16, words: &str) {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{reply:?}");
    let told = reply.json();
    assert_eq!(told["status"], status);
    assert!(told["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{told}");
    let id = reply.header("x-request-id").expect("a number");
    assert_eq!(told["instance"], format!("urn:sayso:request:{id}"));
}

#[test]
fn an_article_is_read_briefed_checked_and_quoted() {
    let server = Server::start(&[]);
    let article = json!({"text": "Ana Brell, the mayor of Upper Sarn, said: \"The dam is sound.\" Orrin Vask denied it.", "title": "Dam"});
    let record = server.post("/api/v1/read", &article).json();
    assert_eq!(record["schema"], "sayso.record/1");
    assert_eq!(record["attributions"][0]["source"]["text"], "Ana Brell, the mayor of Upper Sarn,");
    let brief = server.post("/api/v1/brief", &json!({"articles": [article], "length": "short"})).json();
    assert_eq!(brief["schema"], "sayso.brief/1");
    let report = server
        .post(
            "/api/v1/check",
            &json!({"brief": "Ana Brell said \"The dam is safe.\"", "articles": [article]}),
        )
        .json();
    assert_eq!(report["findings"][0]["code"], "quote-altered", "{report}");
    let quote = server
        .post("/api/v1/quote", &json!({"quote": "The dam is sound", "by": "Brell", "articles": [article]}))
        .json();
    assert_eq!((&quote["verdict"], &quote["good"]), (&json!("verbatim"), &json!(true)), "{quote}");
    let added = server.post("/api/v1/articles", &article).json();
    assert_eq!((&added["outcome"], &added["article"]), (&json!("new"), &json!(1)));
    let again = server.post("/api/v1/articles", &article).json();
    assert_eq!((&again["outcome"], &again["article"]), (&json!("known"), &json!(1)));
    problem(&server.post("/api/v1/articles", &json!({"article": 1})), 400, "it is in the archive");
    let at = json!({"text": "Ana Brell said that the dam is sound.", "url": "https://gazette.example/dam", "byline": "By Rhea Lund",
        "published": "2026-03-02T09:00:00Z"});
    assert_eq!(server.post("/api/v1/articles", &at).json()["article"], 2);
    let stored = server.get("/api/v1/articles/2").json();
    assert_eq!(stored["article"]["url"], "https://gazette.example/dam");
    let undated = json!({"text": "Ana Brell said that the dam is sound.", "published": "last week"});
    problem(&server.post("/api/v1/articles", &undated), 422, "published: give a day");
    let lines = format!("{article}\n\nno JSON\n{}\n", json!({"text": "..."}));
    let batch = server.send(
        "POST",
        "/api/v1/read/batch",
        &[("content-type", "application/x-ndjson")],
        lines.as_bytes(),
    );
    let lines: Vec<serde_json::Value> =
        batch.body.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), 3, "{batch:?}");
    assert!(lines[0]["record"].is_object() && lines[1]["error"].is_string());
    assert_eq!((&lines[2]["error"], &lines[2]["line"]), (&json!("text: it has no words"), &json!(4)));
}

#[test]
fn what_is_asked_wrongly_gets_a_problem() {
    let server = Server::start(&[]);
    problem(&server.get("/api/v1/nothing"), 404, "there is no such operation");
    problem(&server.send("DELETE", "/api/v1/read", &[], b""), 405, "it isn't asked so");
    problem(&server.send("POST", "/api/v1/read", &[("content-type", "text/plain")], b"{}"), 415, "send JSON");
    problem(
        &server.send("POST", "/api/v1/read", &[("content-type", "application/json")], b"{"),
        400,
        "the body",
    );
    problem(&server.post("/api/v1/read", &json!({"text": "a", "what": 1})), 400, "unknown field `what`");
    problem(&server.post("/api/v1/read", &json!({})), 422, "an article is one of");
    problem(&server.post("/api/v1/read", &json!({"text": "Der Bürgermeister sagte am Montag, dass der Damm seit Mai undicht gewesen sei und niemand es gemeldet habe."})), 422, "only English");
    problem(
        &server.post("/api/v1/read", &json!({"url": "http://169.254.169.254/latest/meta-data"})),
        422,
        "169.254.169.254",
    );
    problem(&server.send("POST", "/api/v1/read/batch", &[], b"\n"), 400, "from 1 to 1000 lines");
    problem(&server.get("/api/v1/statements?words=dam"), 404, "there is no archive yet");
    problem(&server.get("/api/v1/statements?limit=0"), 400, "limit: a number from 1 to 200");
    problem(&server.get("/api/v1/statements?cursor=x"), 400, "cursor");
    problem(&server.get("/api/v1/statements?nothing=x"), 400, "unknown field");
    problem(&server.get("/api/v1/statements?act=shout"), 400, "unknown variant `shout`");
    problem(&server.get("/api/v1/statements?status=no-comment"), 400, "unknown variant `no-comment`");
    problem(&server.get("/api/v1/changes?since=soon"), 400, "give a day");
    problem(&server.get("/api/v1/statements?until=20260315"), 400, "until: give a day as 2026-03-15");
    problem(&server.get("/api/v1/changes?since=2026-03-15&until=2026-03-01"), 400, "until lies before since");
    problem(&server.get(&format!("/api/v1/statements?by={}", "x".repeat(5_000))), 400, "more is asked");
    problem(&server.get("/api/v1/stories?cursor=bzE4NDQ2NzQ0MDczNzA5NTUxNjE1"), 400, "cursor");
    problem(&server.get("/api/v1/jobs/1"), 404, "no such job");
    problem(&server.post("/api/v1/jobs", &json!({"urls": ["/etc/passwd"]})), 400, "no address");
}

#[test]
fn the_archive_is_paged_and_known_answers_are_not_sent_again() {
    let server = Server::with_examples(&[]);
    let mut seen = Vec::new();
    let mut path = "/api/v1/statements?limit=40".to_owned();
    loop {
        let page = server.get(&path).json();
        let items = page["items"].as_array().expect("items");
        seen.extend(items.iter().map(|hit| format!("{} {}", hit["article"], hit["number"])));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/statements?limit=40&cursor={next}");
    }
    let all = server.get("/api/v1/export").body.lines().count();
    assert_eq!(seen.len(), all);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all, "none twice");
    for path in [
        "/api/v1/articles",
        "/api/v1/actors",
        "/api/v1/outlets",
        "/api/v1/stories",
        "/api/v1/positions",
        "/api/v1/articles/1",
        "/api/v1/stories/1",
        "/api/v1/changes?since=2020-01-01",
        "/api/v1/jobs",
        "/api/v1/openapi.json",
    ] {
        let first = server.get(path);
        assert_eq!(first.status, 200, "{path}: {first:?}");
        let tag = first.header("etag").expect("a tag");
        let again = server.send("GET", path, &[("if-none-match", tag)], b"");
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
    let actors = server.get("/api/v1/actors?limit=1").json();
    let id = &actors["items"][0]["id"];
    assert_eq!(&server.get(&format!("/api/v1/actors/{id}")).json()["id"], id);
    assert!(server.get("/metrics").body.contains("route=\"/api/v1/statements\""));
}

/// Every operation that is described is there, and answers what it doesn't understand with a problem.
#[test]
fn what_is_described_is_there() {
    let server = Server::with_examples(&[]);
    let document = server.get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut n = 0;
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            n += 1;
            let at = path.replace("{number}", "999999").replace("{name}", "nobody-at-all");
            let headers = [("content-type", "application/json")];
            let reply = server.send(&method.to_uppercase(), &at, &headers, b"[]");
            assert!(![405, 500].contains(&reply.status), "{method} {path}: {reply:?}");
            if reply.status >= 400 {
                assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{method} {path}");
                assert!(!reply.body.contains("no such operation"), "{method} {path}");
            }
            for (status, answer) in operation["responses"].as_object().expect("answers") {
                assert!(
                    answer["content"].as_object().is_some_and(|content| !content.is_empty()),
                    "{path} {status}"
                );
            }
        }
    }
    assert_eq!(n, 21);
    // Each reference leads somewhere.
    let words = document.to_string();
    for name in
        words.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().expect("an end"))
    {
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[test]
fn too_many_readers_are_sent_away_politely() {
    let server = Server::start(&[]);
    let text = "Ana Brell said that the dam was sound. ".repeat(120);
    let body = json!({ "text": text }).to_string();
    let statuses: Vec<Reply> = std::thread::scope(|scope| {
        let ask =
            || server.send("POST", "/api/v1/read", &[("content-type", "application/json")], body.as_bytes());
        let all: Vec<_> = (0..80).map(|_| scope.spawn(ask)).collect();
        all.into_iter().map(|one| one.join().expect("a reply")).collect()
    });
    let served = statuses.iter().filter(|reply| reply.status == 200).count();
    let sent_away: Vec<&Reply> = statuses.iter().filter(|reply| reply.status == 503).collect();
    assert_eq!(served + sent_away.len(), 80);
    assert!(served >= 32, "{served}");
    assert!(sent_away.iter().all(|reply| reply.header("retry-after") == Some("2")));
}
