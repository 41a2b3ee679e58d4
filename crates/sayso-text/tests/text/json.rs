//! Does an article in JSON come out as it was put in, and say what is wrong where it can't?

use sayso_text::{Article, ErrorKind, Format, ingest, json_parts};
use serde_json::json;

#[track_caller]
fn read(source: &str) -> Article {
    let article = ingest(source.as_bytes(), Format::Json).expect("an article");
    assert_eq!(ingest(source.as_bytes(), Format::JsonLines), Ok(article.clone()));
    article
}

#[track_caller]
fn check_error(source: &str, kind: ErrorKind, message: &str) {
    let error = ingest(source.as_bytes(), Format::Json).expect_err("an error");
    assert_eq!((error.kind(), error.to_string().as_str()), (kind, message), "{source}");
}

#[test]
fn fields() {
    let source = json!({
        "text": " Rain fell.\r\n\r\nIt stopped. ", "title": "Rain", "url": "https://a.b/c", "outlet": "The Gazette",
        "byline": "Ann Lee", "published": "2024-05-01", "language": "en", "id": 5, "tags": [{"a": null}],
    });
    let article = read(&source.to_string());
    let expected = Article {
        url: Some("https://a.b/c".to_owned()),
        outlet: Some("The Gazette".to_owned()),
        title: Some("Rain".to_owned()),
        byline: Some("Ann Lee".to_owned()),
        published: Some("2024-05-01".to_owned()),
        language: Some("en".to_owned()),
        ..Article::from_text(" Rain fell.\r\n\r\nIt stopped. ")
    };
    assert_eq!(article, expected);
    // A record holds the same, and so does a list of one.
    assert_eq!(read(&json!({"schema": "x", "article": source, "notes": []}).to_string()), expected);
    assert_eq!(read(&json!([source]).to_string()), expected);
    let bare = read(r#"{"text": "Rain fell.", "title": "", "byline": null, "article": 5, "x": "\ud800"}"#);
    assert_eq!(bare, Article::from_text("Rain fell."));
}

#[test]
fn titles() {
    let span = |title: &str, text: &str| {
        let article = read(&json!({"title": title, "text": text}).to_string());
        assert_eq!(article.text, text);
        (article.title, article.title_span.map(|span| span.of(text).to_owned()))
    };
    let guessed = Some("Bridge Closed".to_owned());
    assert_eq!(span("", "Bridge Closed\n\nRain fell."), (guessed.clone(), guessed.clone()));
    assert_eq!(
        span("Bridge closed!", "\nBridge Closed\nRain."),
        (Some("Bridge closed!".to_owned()), guessed)
    );
    assert_eq!(span("Other", "Bridge Closed\n\nRain fell."), (Some("Other".to_owned()), None));
    assert_eq!(span("—", "…\n\nRain fell."), (Some("—".to_owned()), None));
}

#[test]
fn errors() {
    let no_text = "no words in the field `text`: an article is an object with `text` and, where known, `title`, \
        `url`, `outlet`, `byline`, `published` and `language`";
    for source in ["{}", r#"{"text": null}"#, r#"{"text": " \n"}"#, r#"{"article": {"title": "x"}}"#] {
        check_error(source, ErrorKind::Empty, no_text);
    }
    let field = |source, message| check_error(source, ErrorKind::Json, message);
    field(
        r#"{"text": 5}"#,
        "the field `text` is a number and should be a string; leave out what is not known",
    );
    field(
        r#"{"text": "Rain.", "byline": ["Ann Lee"]}"#,
        "the field `byline` is a list and should be a string; leave out what is not known",
    );
    field(
        r#"{"text": "Rain.\u0000"}"#,
        "the field `text` holds a NUL, which no text has; leave out what is not known",
    );
    let place = |source, message| check_error(source, ErrorKind::Json, message);
    place("{\"text\": \"Rain.\",\n}", "line 2, column 1 of the JSON: trailing comma");
    place("{\"text\": \"Rain", "line 1, column 14 of the JSON: a quotation mark that closes is missing");
    place(
        "{\"text\": \"\\ud800 Rain\"}",
        "line 1, column 17 of the JSON: \\u without the digits of a whole character",
    );
    place(
        "{\"text\": \"\\udc00\"}",
        "line 1, column 16 of the JSON: \\u without the digits of a whole character",
    );
    place("{\"text\": \"a\", \"text\": \"b\"}", "line 1, column 20 of the JSON: duplicate field `text`");
    place("\"Rain\"", "line 1, column 6 of the JSON: an article is an object, as {\"text\": \"…\"} is");
    place("", "line 1, column 0 of the JSON: it ends too early; a } or ] is missing");
    place(
        r#"[{"text": "a"}, {"text": "b"}]"#,
        "line 1, column 1 of the JSON: an article is one object, and this is a list of 2",
    );
}

#[test]
fn parts() {
    let check = |source: &str, expected: &[&str]| {
        let parts = json_parts(source.as_bytes()).expect("JSON");
        assert_eq!(parts, expected.iter().map(|part| part.as_bytes()).collect::<Vec<_>>());
    };
    check(" {\"text\": \"a\"}\n", &[" {\"text\": \"a\"}\n"]);
    check("\u{feff}[ {\"text\": \"]\"} ,5,\n[{}] ]", &["{\"text\": \"]\"}", "5", "[{}]"]);
    let wide: Vec<u8> = "\u{feff}[{\"text\": \"Rain\"}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(json_parts(&wide), Ok(vec![&wide[..]]));
    assert_eq!(ingest(&wide, Format::Json).expect("an article").text, "Rain");
    for (source, kind) in [("[]", ErrorKind::Json), ("[{},", ErrorKind::Json)] {
        assert_eq!(json_parts(source.as_bytes()).map_err(|error| error.kind()), Err(kind));
    }
}
