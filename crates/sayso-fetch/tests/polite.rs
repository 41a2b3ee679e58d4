//! Is a site left in peace that asks for it, and is nothing fetched twice?

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sayso_fetch::{Answer, Crawler, Error, ErrorKind, Options, Validators};
use testweb::{Reply, Server};

fn crawler(pause: Duration) -> Crawler {
    Crawler::new(Options { allow_private: true, ..Options::default() }, pause).unwrap()
}

fn url(server: &Server, path: &str) -> String {
    format!("http://{}{path}", server.address())
}

/// A page for every path but `/robots.txt`, which says this.
fn with_robots(status: u16, robots: &'static str) -> Server {
    Server::start(move |path| match path {
        "/robots.txt" => Reply::new(status, &[("Content-Type", "text/plain")], robots.as_bytes()),
        _ => Reply::page("<p>The bridge is closed."),
    })
}

#[test]
fn what_robots_forbid_is_not_asked_for() {
    let check = |status, robots, path: &str, expected: Option<ErrorKind>| {
        let server = with_robots(status, robots);
        let came = crawler(Duration::ZERO).fetch(&url(&server, path), &Validators::default());
        assert_eq!(came.as_ref().err().map(Error::kind), expected, "{robots} {path}: {came:?}");
        let paths: Vec<String> = server.stop().requests.iter().map(|head| head[..20].to_owned()).collect();
        let asked = paths.iter().any(|head| head.contains(path));
        assert_eq!(asked, expected.is_none(), "{paths:?}");
    };
    check(200, "User-agent: *\nDisallow: /private", "/private/1", Some(ErrorKind::Robots));
    check(200, "User-agent: *\nDisallow: /private", "/news/1", None);
    // The rules for us outweigh those for all.
    check(200, "User-agent: *\nDisallow: /\n\nUser-agent: sayso\nAllow: /", "/news/1", None);
    check(200, "User-agent: sayso\nDisallow: /", "/news/1", Some(ErrorKind::Robots));
    check(404, "", "/news/1", None);
    check(403, "", "/news/1", None);
    check(200, "<!doctype html><p>Not here", "/news/1", None);
    check(500, "", "/news/1", Some(ErrorKind::Busy));
}

#[test]
fn requests_to_a_site_come_one_by_one_with_pauses() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (inside, seen) = (Arc::clone(&now), Arc::clone(&most));
    let server = Server::start(move |path| {
        let n = inside.fetch_add(1, Ordering::SeqCst) + 1;
        seen.fetch_max(n, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        inside.fetch_sub(1, Ordering::SeqCst);
        match path {
            "/robots.txt" => Reply::new(404, &[], b""),
            _ => Reply::page("<p>Story"),
        }
    });
    let crawler = crawler(Duration::from_millis(100));
    let start = Instant::now();
    std::thread::scope(|scope| {
        for i in 0..3 {
            let (crawler, url) = (&crawler, url(&server, &format!("/{i}")));
            scope.spawn(move || crawler.fetch(&url, &Validators::default()).unwrap());
        }
    });
    assert_eq!(most.load(Ordering::SeqCst), 1);
    // Its robots.txt and three pages: three pauses at least.
    assert!(start.elapsed() >= Duration::from_millis(300), "{:?}", start.elapsed());
    assert_eq!(server.stop().requests.len(), 4);
}

#[test]
fn a_page_that_did_not_change_is_not_sent_again() {
    let server = Server::start(|path| match path {
        "/feed" => Reply::new(
            200,
            &[("ETag", "\"v1\""), ("Last-Modified", "Mon, 03 May 2032 08:00:00 GMT")],
            b"<rss/>",
        ),
        "/same" => Reply::new(304, &[], b""),
        _ => Reply::new(404, &[], b""),
    });
    let crawler = crawler(Duration::ZERO);
    let Answer::Page(page, validators) =
        crawler.fetch(&url(&server, "/feed"), &Validators::default()).unwrap()
    else {
        panic!("it was never there before")
    };
    assert_eq!(page.bytes, b"<rss/>");
    assert_eq!(crawler.fetch(&url(&server, "/same"), &validators).unwrap(), Answer::Unchanged);
    let asked = server.stop().requests.pop().unwrap().to_lowercase();
    assert!(asked.contains("if-none-match: \"v1\""), "{asked}");
    assert!(asked.contains("if-modified-since: mon, 03 may 2032 08:00:00 gmt"), "{asked}");
    assert!(asked.contains("in robots.txt: sayso"), "{asked}");
}

#[test]
fn a_site_that_asks_for_patience_is_left_alone() {
    let server = Server::start(|path| match path {
        "/robots.txt" => Reply::new(404, &[], b""),
        "/busy" => Reply::new(429, &[("Retry-After", "120")], b""),
        _ => Reply::page("<p>Story"),
    });
    let crawler = crawler(Duration::ZERO);
    let kind =
        |path| crawler.fetch(&url(&server, path), &Validators::default()).map_err(|error| error.kind());
    assert_eq!(kind("/busy").err(), Some(ErrorKind::Busy));
    let error = crawler.fetch(&url(&server, "/story"), &Validators::default()).unwrap_err();
    assert!(matches!(error, Error::Resting { seconds: 100..=120, .. }), "{error}");
    assert_eq!(server.stop().requests.len(), 2, "the story wasn't asked for");
}

#[test]
fn a_site_whose_rules_do_not_come_is_asked_for_them_once() {
    let server = Server::start(|_| Reply::new(503, &[("Retry-After", "300")], b""));
    let crawler = crawler(Duration::ZERO);
    for path in ["/1", "/2", "/3"] {
        let error = crawler.fetch(&url(&server, path), &Validators::default()).unwrap_err();
        assert!(matches!(error, Error::Resting { seconds: 280..=300, .. }), "{error}");
    }
    assert_eq!(server.stop().requests.len(), 1);
}
