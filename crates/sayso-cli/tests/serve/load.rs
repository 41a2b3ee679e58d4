//! Many clients at once over a large archive; `cargo xtask deep` runs it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use sayso::Engine;

use super::server::Server;

/// Articles where `SAYSO_LOAD_ARTICLES` names no other number.
const ARTICLES: usize = 100_000;
const CLIENTS: usize = 50;
const LONG: Duration = Duration::from_secs(60);
/// What a person does with an answer.
const PAUSE: Duration = Duration::from_millis(500);
/// What a search may take, of a hundred all but one.
const SEARCH: Duration = Duration::from_millis(150);

fn articles() -> usize {
    std::env::var("SAYSO_LOAD_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(ARTICLES)
}

/// An archive of that many articles; made once, which takes minutes.
fn archive() -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("load-{}.sqlite", articles()));
    if !path.exists() {
        let engine = Engine::embedded().expect("sound weights");
        let half = path.with_extension("half");
        let _ = std::fs::remove_file(&half);
        drop(sayso_eval::archive::filled(&engine, &half, articles()).expect("an archive"));
        std::fs::rename(half, &path).expect("a name");
    }
    // Of an earlier schema it is brought up to date here, not by a server that is killed.
    drop(sayso_archive::Archive::open(&path).expect("an archive"));
    path
}

/// Memory of a process in MB.
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

#[ignore = "takes minutes: run by cargo xtask deep"]
#[test]
fn fifty_clients_for_a_minute() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::hard_link(archive(), folder.path().join("a.sqlite")).expect("a link");
    let server = Server::in_folder(folder, &[]);
    let words = ["dam", "harbor", "ferry", "talks", "ships", "school", "report", "winter"];
    let asked = |client: usize, i: usize| {
        let (word, day) = (words[(client + i) % words.len()], 1 + (client * 7 + i) % 28);
        match i % 6 {
            0 | 1 => format!("/api/v1/statements?words={word}"),
            2 => format!("/api/v1/statements?words={word}&since=2026-03-{day:02}&until=2026-03-28"),
            3 => format!("/archive?words={word}&status=denied"),
            4 => format!("/api/v1/articles/{}", 1 + (client * 1009 + i * 31) % articles()),
            _ => "/stories".to_owned(),
        }
    };
    for path in (0..6).map(|i| asked(0, i)) {
        assert_eq!(server.get(&path).status, 200, "{path}");
    }
    let before = resident(server.id());
    let end = Instant::now() + LONG;
    let mut times: Vec<(Duration, bool, bool)> = std::thread::scope(|scope| {
        let ask = |client: usize| {
            let (server, asked) = (&server, &asked);
            move || {
                // People don't begin in one moment.
                std::thread::sleep(PAUSE * u32::try_from(client).expect("a few") / 50);
                let mut times = Vec::new();
                for i in 0.. {
                    if Instant::now() >= end {
                        break;
                    }
                    let path = asked(client, i);
                    let begun = Instant::now();
                    let status = server.get(&path).status;
                    times.push((begun.elapsed(), status == 200, path.contains("words=")));
                    assert!(status == 200 || status == 503, "{path}: {status}");
                    // A person looks at what was found.
                    std::thread::sleep(PAUSE);
                }
                times
            }
        };
        let all: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(ask(client))).collect();
        all.into_iter().flat_map(|one| one.join().expect("times")).collect()
    });
    times.sort_unstable();
    let (n, failed) = (times.len(), times.iter().filter(|(_, good, _)| !good).count());
    let (median, last) = (times[n / 2].0, times[n - 1].0);
    let searches: Vec<Duration> =
        times.iter().filter(|(.., is_search)| *is_search).map(|one| one.0).collect();
    let late = searches[searches.len() * 99 / 100];
    let after = resident(server.id());
    eprintln!(
        "{n} requests, {failed} sent away; median {median:?}, longest {last:?}; 99th percentile of {} searches {late:?}; memory {before}, {after} MB",
        searches.len()
    );
    assert_eq!(failed, 0);
    assert!(late < SEARCH, "{late:?}");
    assert!(after < before + 200, "{before} to {after} MB");
}
