//! `sayso watch`, and feeds that are added: what is new, once, and politely.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use testweb::{Reply, Server};

use super::{folder, run};

const STORY: &str = "<html lang=en><head><title>Dam</title></head><body><article><h1>The dam leaks</h1><p>Ana Brell, the mayor, \
said on Monday that the dam above the town had leaked since May and that nobody had mended it. The valley's council met \
for five hours. “We will not leave,” Brell told reporters after the meeting, and the council agreed with her.</p></article>";

const FERRY: &str = "<html lang=en><head><title>Ferry</title></head><body><article><h1>No ferry in winter</h1><p>The island's ferry \
stays in harbour until March, its owner Oto Lund announced on Tuesday. He blamed the price of fuel and a lack of sailors. \
Islanders said that they had not been asked. “We have two doctors and no hospital,” said Ida Renn, who teaches there.</p></article>";

/// A feed of two stories, of which the second comes with the second visit, and one that robots.txt forbids.
fn site() -> (Server, Arc<AtomicUsize>) {
    let visits = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&visits);
    let server = Server::start(move |path| match path {
        "/robots.txt" => Reply::new(200, &[], b"User-agent: *\nDisallow: /closed"),
        "/feed" => {
            let n = seen.fetch_add(1, Ordering::SeqCst);
            let item = |path: &str| format!("<item><title>{path}</title><link>{path}</link></item>");
            match n {
                0 => rss(&(item("/story/1") + &item("/closed/2"))),
                1 => rss(&(item("/story/1") + &item("/story/2"))),
                _ => Reply::new(304, &[], b""),
            }
        }
        "/story/1" => Reply::page(STORY),
        "/story/2" => Reply::page(FERRY),
        _ => Reply::new(404, &[], b""),
    });
    (server, visits)
}

fn rss(items: &str) -> Reply {
    let feed = format!("<rss version='2.0'><channel><title>The Gazette</title>{items}</channel></rss>");
    Reply::new(200, &[("Content-Type", "application/rss+xml"), ("ETag", "\"v1\"")], feed.as_bytes())
}

#[test]
fn each_page_of_a_feed_is_asked_for_once() {
    let (server, _) = site();
    let url = server.url("/feed");
    let opml = format!("<opml version='2.0'><body><outline text='x' xmlUrl='{url}'/></body></opml>");
    let folder = folder(&[("feeds.opml", opml.as_bytes())]);
    let watch = || {
        let options = ["--once", "--allow-private", "--pause", "0", "--archive", "a.sqlite"];
        run(folder.path(), &[&["watch", "feeds.opml"], &options[..]].concat())
    };
    let first = watch();
    assert!(first.starts_with("exit status: 2") && first.contains("1 new;"), "{first}");
    assert!(first.contains("robots.txt asks programs not to read it"), "{first}");
    let second = watch();
    assert!(second.starts_with("exit status: 0") && second.contains("1 new, 1 there already;"), "{second}");
    let third = watch();
    assert!(third.contains("0 new, 1 feed as it was;"), "{third}");
    let found = run(folder.path(), &["find", "dam", "--archive", "a.sqlite", "--outlet", "gazette"]);
    assert!(found.contains("Ana Brell"), "{found}");
    let heads = server.stop().requests;
    let asked = |path: &str| heads.iter().filter(|head| head.starts_with(&format!("GET {path} "))).count();
    assert_eq!((asked("/story/1"), asked("/story/2"), asked("/closed/2"), asked("/feed")), (1, 1, 0, 3));
    let conditional: Vec<bool> = heads
        .iter()
        .filter(|head| head.starts_with("GET /feed "))
        .map(|head| head.to_lowercase().contains("if-none-match"))
        .collect();
    assert_eq!(conditional, [false, true, true]);
}

#[test]
fn a_page_that_may_come_later_is_asked_for_again() {
    let visits = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&visits);
    let server = Server::start(move |path| match path {
        "/feed" => rss("<item><title>One</title><link>/story</link></item>"),
        "/story" if seen.fetch_add(1, Ordering::SeqCst) == 0 => Reply::new(500, &[], b""),
        "/story" => Reply::page(STORY),
        _ => Reply::new(404, &[], b""),
    });
    let folder = folder(&[]);
    let url = server.url("/feed");
    let watch = || {
        let options = ["--once", "--allow-private", "--pause", "0", "--archive", "a.sqlite"];
        run(folder.path(), &[&["watch", &url, &url], &options[..]].concat())
    };
    assert!(watch().contains("0 new;"));
    assert!(watch().contains("1 new;"));
    let heads = server.stop().requests;
    let feeds: Vec<_> = heads.iter().filter(|head| head.starts_with("GET /feed ")).collect();
    assert!(feeds.iter().all(|head| !head.to_lowercase().contains("if-none-match")), "it was broken");
    assert_eq!(feeds.len(), 2);
}

#[test]
fn a_feed_that_is_added_is_asked_whether_it_changed() {
    let (server, visits) = site();
    visits.store(1, Ordering::SeqCst);
    let folder = folder(&[]);
    let url = server.url("/feed");
    let add = || {
        let options = ["--allow-private", "--pause", "0", "--archive", "a.sqlite"];
        run(folder.path(), &[&["add", &url], &options[..]].concat())
    };
    assert!(add().contains("2 new;"));
    assert!(add().contains("0 new, 1 feed as it was;"));
}

#[test]
fn a_feed_that_fails_is_asked_less_often() {
    let server = Server::start(|path| match path {
        "/robots.txt" => Reply::new(404, &[], b""),
        _ => Reply::new(500, &[], b""),
    });
    let folder = folder(&[("feeds.txt", format!("# ours\n{}\n", server.url("/feed")).as_bytes())]);
    let watch = || {
        let options = ["--once", "--allow-private", "--archive", "a.sqlite"];
        run(folder.path(), &[&["watch", "feeds.txt"], &options[..]].concat())
    };
    let first = watch();
    assert!(first.starts_with("exit status: 2") && first.contains("the server has trouble"), "{first}");
    assert!(watch().contains("no feed is to be asked yet"));
    assert_eq!(server.stop().requests.len(), 2);
}

#[test]
fn what_names_no_feed_is_said_in_one_line() {
    let folder = folder(&[("empty.opml", b"<opml><body/></opml>"), ("feed.xml", b"<rss/>")]);
    let watch = |name| run(folder.path(), &["watch", name, "--archive", "a.sqlite"]);
    assert!(watch("empty.opml").contains("it names no feed; give OPML"), "{}", watch("empty.opml"));
    assert!(watch("feed.xml").contains("it is no OPML; a feed itself is given by its address"));
    assert!(watch("none.opml").contains("none.opml"));
    assert!(!folder.path().join("a.sqlite").exists(), "nothing was to be watched");
    let soon = run(folder.path(), &["watch", "feed.xml", "--every", "5s"]);
    assert!(soon.contains("give a time from 1m to 30d"), "{soon}");
}

#[test]
fn a_feed_that_is_none_has_failed() {
    let server = Server::start(|path| match path {
        "/feed" => Reply::new(200, &[("ETag", "\"v1\"")], b"<rss version='2.0'><channel><item>"),
        _ => Reply::new(404, &[], b""),
    });
    let folder = folder(&[]);
    let url = server.url("/feed");
    let watch = || run(folder.path(), &["watch", &url, "--once", "--allow-private", "--archive", "a.sqlite"]);
    let first = watch();
    assert!(first.starts_with("exit status: 2") && first.contains("it is a broken feed"), "{first}");
    assert!(watch().contains("no feed is to be asked yet"));
}
