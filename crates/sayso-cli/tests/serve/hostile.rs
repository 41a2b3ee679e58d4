//! A hundred bad inputs: none gets through, and the server goes on.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::json;

use super::server::Server;

/// Words that would be markup, script or worse where they aren't escaped.
const MARKUP: [&str; 24] = [
    "<script>document.body.id='run'</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<iframe src=javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<style>body{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<!--<script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{constructor.constructor('alert(1)')()}}",
    "<object data=x></object>",
    "<form action=//evil.example><button>x</button></form>",
    "<link rel=stylesheet href=//evil.example>",
    "\u{202e}gnp.exe said \u{2066}that\u{2069} it was\u{202c} so",
    "\u{0}\u{1}\u{7}\u{1b}[2J",
    "\u{feff}\u{200b}\u{2028}\u{2029}",
    "=HYPERLINK(\"http://evil.example\")",
    "../../../../etc/passwd",
    "%3Cscript%3Ealert(1)%3C/script%3E",
];

/// A page as a browser takes it has no element and no attribute that only an article's words could have brought in.
fn is_clean(page: &str) -> bool {
    let dom = dom_query::Document::from(page);
    let strange = dom.select(
        "img, iframe, object, embed, base, style:not(noscript style), meta[http-equiv], a[href^=javascript]",
    );
    let ours = |one: &dom_query::Selection<'_>| {
        let from = one.attr("src").or(one.attr("href")).unwrap_or_default();
        from.starts_with("/assets/") || one.attr("type").as_deref() == Some("application/json")
    };
    let loads_ours = dom.select("script, link").iter().all(|one| ours(&one));
    let sends_here =
        dom.select("form").iter().all(|one| one.attr("action").is_none_or(|action| action.starts_with('/')));
    let acts =
        dom.select("*").iter().any(|one| one.attrs().iter().any(|attr| attr.name.local.starts_with("on")));
    // In an article's own text they stay, between the ends of its paragraphs.
    let turns = dom.select("title, .own main").text().contains('\u{202e}');
    let hidden = turns || page.contains(['\u{0}', '\u{1b}']);
    !strange.exists() && loads_ours && sends_here && !acts && !hidden
}

#[test]
fn words_are_words_wherever_they_stand() {
    let server = Server::start(&[]);
    for words in MARKUP {
        let text = format!("Ana Brell said that {words} was sound. \"{words},\" said Orrin Vask of {words}.");
        let article = json!({"text": text, "title": words, "outlet": words, "published": "2026-03-15"});
        let added = server.post("/api/v1/articles", &article);
        assert!([200, 422].contains(&added.status), "{words:?}: {added:?}");
        let sent = server.form(
            "/",
            &[
                ("text", None, text.as_bytes()),
                ("title", None, words.as_bytes()),
                ("outlet", None, words.as_bytes()),
            ],
        );
        if let Some(at) = sent.header("location") {
            let page = server.get(at);
            assert!(page.status == 200 && is_clean(&page.body), "{words:?}: {}", page.body);
            let id = at.trim_start_matches("/read/").as_bytes().to_owned();
            for (path, parts) in [
                ("/brief", vec![("kept", None, &id[..])]),
                ("/check", vec![("kept", None, &id[..]), ("brief", None, text.as_bytes())]),
            ] {
                let (_, page) = server.followed(path, &parts);
                assert!(is_clean(&page.body), "{path} {words:?}: {}", page.body);
            }
        }
        let asked: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        for path in [
            "/archive?words=",
            "/archive?by=",
            "/stories?words=",
            "/actors?words=",
            "/positions?party=",
            "/login?next=",
            "/check?kept=",
        ] {
            let page = server.get(&format!("{path}{asked}"));
            assert!(page.status < 500 && is_clean(&page.body), "{path}{words:?}: {}", page.body);
        }
    }
    for path in [
        "/stories",
        "/actors",
        "/archive",
        "/archive?words=sound",
        "/positions",
        "/changes?since=2026-01-01",
        "/stories/1",
        "/articles/1",
    ] {
        let page = server.get(path);
        assert!(page.status == 200 && is_clean(&page.body), "{path}: {}", page.body);
    }
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn requests_that_are_none_get_nothing() {
    let server = Server::start(&["--max-bytes", "1MB"]);
    let port = server.port;
    let host = format!("host: localhost:{port}\r\n");
    for (request, expected) in [
        ("GET /assets/../../../../etc/passwd HTTP/1.1\r\n".to_owned() + &host, &[400, 404][..]),
        ("GET /assets/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n".to_owned() + &host, &[404]),
        ("GET /stories/..%00 HTTP/1.1\r\n".to_owned() + &host, &[404]),
        ("GET /stories/99999999999999999999 HTTP/1.1\r\n".to_owned() + &host, &[404]),
        ("GET /stories/-1 HTTP/1.1\r\n".to_owned() + &host, &[404]),
        ("GET /outlets/%ff%fe HTTP/1.1\r\n".to_owned() + &host, &[400, 404]),
        ("GET / HTTP/1.1\r\nhost: evil.example\r\n".to_owned(), &[421]),
        (format!("GET / HTTP/1.1\r\nhost: localhost.evil.example:{port}\r\n"), &[421]),
        (format!("GET / HTTP/1.1\r\nhost: 0x7f000001:{port}\r\n"), &[421]),
        ("GET / HTTP/1.1\r\n".to_owned(), &[400, 421]),
        ("GET http://evil.example/ HTTP/1.1\r\n".to_owned() + &host, &[421]),
        ("GET /login?next=%0d%0aset-cookie:%20x=1 HTTP/1.1\r\n".to_owned() + &host, &[200]),
        ("TRACE / HTTP/1.1\r\n".to_owned() + &host, &[405]),
        ("GARBAGE\r\n".to_owned(), &[400]),
        (format!("GET / HTTP/1.1\r\n{host}x: {}\r\n", "y".repeat(600_000)), &[431]),
        (format!("POST / HTTP/1.1\r\n{host}origin: http://evil.example\r\ncontent-length: 0\r\n"), &[403]),
        (format!("POST / HTTP/1.1\r\n{host}sec-fetch-site: cross-site\r\ncontent-length: 0\r\n"), &[403]),
        (format!("POST /login HTTP/1.1\r\n{host}content-type: text/plain\r\ncontent-length: 0\r\n"), &[415]),
        (
            format!("POST / HTTP/1.1\r\n{host}content-type: multipart/form-data\r\ncontent-length: 0\r\n"),
            &[400],
        ),
        (
            format!(
                "POST / HTTP/1.1\r\n{host}content-type: multipart/form-data; boundary=x\r\ncontent-length: 3\r\n\r\n--x"
            ),
            &[400],
        ),
    ] {
        let whole = if request.contains("\r\n\r\n") {
            request.clone()
        } else {
            request.clone() + "connection: close\r\n\r\n"
        };
        let reply = server.raw(whole.as_bytes());
        assert!(expected.contains(&reply.status), "{}: {reply:?}", &request[..request.len().min(90)]);
        assert!(!reply.body.contains("root:") && reply.header("set-cookie").is_none(), "{reply:?}");
    }
    // Larger than it takes, said and done.
    let large = vec![b'x'; 6_000_000];
    assert_eq!(
        server.send("POST", "/api/v1/read", &[("content-type", "application/json")], &large).status,
        413
    );
    assert_eq!(server.form("/", &[("text", None, &large)]).status, 413);
    // A megabyte that unpacks to a gigabyte.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..256 {
        packed.write_all(&zeros).expect("memory");
    }
    let bomb = packed.finish().expect("memory");
    let begun = Instant::now();
    let refused = server.form("/", &[("file", Some("a.html.gz"), &bomb)]);
    assert_eq!(refused.status, 422, "{refused:?}");
    assert!(begun.elapsed() < Duration::from_secs(20));
    let deep = format!("<html><body>{}", "<div>".repeat(190_000));
    let begun = Instant::now();
    let page = server.form("/", &[("file", Some("deep.html"), deep.as_bytes())]);
    assert!(page.status < 500, "{page:?}");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!(server.get("/healthz").status, 200);
}

/// Addresses of this machine and its network are refused, as on the command line.
#[test]
fn no_address_leads_inside() {
    let server = Server::start(&[]);
    let port = server.port;
    for url in [
        format!("http://127.0.0.1:{port}/metrics"),
        format!("http://localhost:{port}/metrics"),
        format!("http://[::1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        "http://2130706433/".to_owned(),
        "http://0x7f.1/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://192.168.1.1/".to_owned(),
        "http://169.254.169.254/latest/meta-data".to_owned(),
        "http://[fd00::1]/".to_owned(),
        "http://[::ffff:127.0.0.1]/".to_owned(),
        "ftp://example.org/x".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "javascript:alert(1)".to_owned(),
        "data:text/html,x".to_owned(),
    ] {
        let reply = server.post("/api/v1/read", &json!({ "url": url }));
        assert_eq!(reply.status, 422, "{url}: {reply:?}");
        let form = server.form("/", &[("url", None, url.as_bytes())]);
        assert_eq!(form.status, 422, "{url}: {form:?}");
    }
}
