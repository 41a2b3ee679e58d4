//! Does an assistant get what it asks for? By the protocol's own client.

use std::path::{Path, PathBuf};

use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use rmcp::transport::TokioChildProcess;
use serde_json::{Value, json};

type Client = RunningService<RoleClient, ()>;

fn example(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples", name].iter().collect();
    let page = std::fs::read(&path).expect("an example");
    sayso_text::ingest(&page, sayso_text::Format::Html).expect("a page").text
}

async fn client(archive: &Path) -> Client {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.arg("mcp").arg("--archive").arg(archive).env_remove("SAYSO_ARCHIVE");
    ().serve(TokioChildProcess::new(command).expect("it starts")).await.expect("it says hello")
}

async fn call(client: &Client, tool: &'static str, asked: Value) -> CallToolResult {
    let Value::Object(asked) = asked else { panic!("arguments are an object") };
    client.call_tool(CallToolRequestParams::new(tool).with_arguments(asked)).await.expect("an answer")
}

fn good(result: CallToolResult) -> Value {
    assert_ne!(result.is_error, Some(true), "{result:?}");
    result.structured_content.expect("structured content")
}

/// The one line of an answer that is an error.
fn bad(result: &CallToolResult) -> String {
    assert_eq!(result.is_error, Some(true), "{result:?}");
    result.content[0].as_text().expect("text").text.clone()
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

#[test]
fn tools_say_what_they_take_and_give() {
    block_on(async {
        let client = client(Path::new("/nowhere/archive.sqlite")).await;
        let tools = client.list_all_tools().await.expect("tools");
        let mut names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
        names.sort_unstable();
        let all = ["brief", "check_brief", "find_statements", "positions", "read_article", "verify_quote"];
        assert_eq!(names, all);
        for tool in &tools {
            let hints = tool.annotations.as_ref().expect("annotations");
            assert_eq!(hints.read_only_hint, Some(true), "{}", tool.name);
            assert!(tool.output_schema.is_some() && tool.description.is_some(), "{}", tool.name);
        }
        let info = client.peer_info().expect("its name");
        assert!(info.instructions.as_deref().is_some_and(|words| words.contains("verify_quote")));
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn a_quotation_is_found_and_verified_with_its_speaker() {
    block_on(async {
        let client = client(Path::new("/nowhere/archive.sqlite")).await;
        let told =
            json!({"text": example("sarn-valley-flood.html"), "outlet": "Northline", "title": "Dam bursts"});
        let read = good(call(&client, "read_article", told.clone()).await);
        let said = read["statements"].as_array().expect("statements").iter();
        let quote = said.clone().find(|one| one["form"] == "direct").expect("a quotation");
        let (piece, speaker) = (&quote["content"][0], quote["speaker"].clone());
        let content = piece["text"].as_str().expect("words");
        // Offsets are of the text that comes with them.
        let at = |name: &str| usize::try_from(piece[name].as_u64().expect("a number")).expect("a number");
        let text: Vec<char> = read["text"].as_str().expect("text").chars().collect();
        assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), content);

        let words = content.trim_matches(|c: char| !c.is_alphanumeric());
        let asked = json!({"quote": words, "articles": [told], "by": speaker});
        let verdict = good(call(&client, "verify_quote", asked).await);
        assert_eq!((&verdict["verdict"], &verdict["good"]), (&json!("verbatim"), &json!(true)), "{verdict}");
        let altered = json!({"quote": format!("never {words}"), "articles": [told]});
        let verdict = good(call(&client, "verify_quote", altered).await);
        assert_eq!(verdict["good"], false, "{verdict}");

        let brief = good(call(&client, "brief", json!({"articles": [told], "length": "short"})).await);
        assert_eq!(brief["schema"], "sayso.brief/1");
        let wrong = "Teodor Halasz-Vey said 64 bodies had been recovered by nightfall.";
        let report = good(call(&client, "check_brief", json!({"brief": wrong, "articles": [told]})).await);
        assert_eq!(report["findings"][0]["code"], "figure-changed", "{report}");
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn the_archive_answers_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sqlite");
    let pages: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples", "harbour-talks-gazette.html"].iter().collect();
    let add = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"))
        .arg("add")
        .arg(pages)
        .arg("--archive")
        .arg(&path)
        .output();
    assert!(add.expect("it runs").status.success());
    block_on(async {
        let client = client(&path).await;
        let found = good(call(&client, "find_statements", json!({"words": "hostage", "limit": 5})).await);
        let hit = &found["hits"][0];
        assert!(hit["content"].as_str().is_some_and(|content| content.contains("hostage")), "{found}");
        // What was found can be verified by its article's number.
        let asked = json!({"quote": "holding bread hostage", "articles": [{"article": hit["article"]}]});
        assert_eq!(good(call(&client, "verify_quote", asked).await)["verdict"], "verbatim");
        let held = good(call(&client, "positions", json!({"party": "Norvale"})).await);
        assert_eq!(held["held"][0]["party"], "Norvale", "{held}");
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn a_bad_question_gets_one_line_and_the_next_is_answered() {
    block_on(async {
        let client = client(Path::new("/nowhere/archive.sqlite")).await;
        for (tool, asked, expected) in [
            ("read_article", json!({}), "an article is one of"),
            ("read_article", json!({"text": "a", "url": "ftp://example.org"}), "url: it is no address"),
            ("read_article", json!({"text": "a", "published": "last week"}), "published: give a day"),
            ("find_statements", json!({"since": "yesterday"}), "since: give a day"),
            ("read_article", json!({"text": " … "}), "no words"),
            ("read_article", json!({"url": "/etc/passwd"}), "no address"),
            ("read_article", json!({"url": "http://127.0.0.1:1/"}), "--allow-private"),
            (
                "read_article",
                json!({"text": "Der Minister sagte am Montag, dass die Gespräche gescheitert seien und niemand mehr daran glaube."}),
                "only English",
            ),
            ("verify_quote", json!({"quote": "!", "articles": [{"text": "Ana spoke."}]}), "no words"),
            ("check_brief", json!({"brief": "Ana spoke.", "articles": []}), "give one at least"),
            ("find_statements", json!({"words": "dam"}), "archive"),
            ("read_article", json!({"article": 7}), "archive"),
        ] {
            let line = bad(&call(&client, tool, asked.clone()).await);
            assert!(line.contains(expected) && !line.contains('\n'), "{asked}: {line}");
        }
        // What no schema allows is refused by name.
        let Value::Object(asked) = json!({"text": "Ana spoke.", "shout": true}) else { unreachable!() };
        let refused =
            client.call_tool(CallToolRequestParams::new("read_article").with_arguments(asked)).await;
        let told = refused.map(|result| bad(&result)).unwrap_or_else(|error| error.to_string());
        assert!(told.contains("shout"), "{told}");
        let read = good(
            call(&client, "read_article", json!({"text": "Ana Brell said that the dam had leaked."})).await,
        );
        assert_eq!(read["statements"][0]["speaker"], "Ana Brell");
        client.cancel().await.expect("it ends");
    });
}

#[test]
fn a_client_that_hangs_up_is_no_fault() {
    for input in ["", "hello\n"] {
        let mut command = assert_cmd::Command::cargo_bin("sayso").expect("it is built");
        let out = command.arg("mcp").write_stdin(input).output().expect("it runs");
        assert!(out.status.success() && out.stdout.is_empty(), "{input:?}: {out:?}");
    }
}
