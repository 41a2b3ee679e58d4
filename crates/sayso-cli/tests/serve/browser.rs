//! Every page in a real browser: with JavaScript and without, by keyboard alone, and 360 pixels wide.
//!
//! Looks for `chromedriver` (Debian's `chromium-driver`), and says so aloud where there is none, or fails where
//! `SAYSO_REQUIRE_BROWSER` is set. axe-core comes from the npm registry, where npm is. Screenshots stay in
//! `target/screenshots`.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::server::{Server, examples};

const AXE: &str = "axe-core@4.10.3";

struct Driver {
    child: Child,
    port: u16,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Past the harness, which keeps what a passing test prints.
fn aloud(words: &str) {
    writeln!(std::io::stderr(), "{words}").expect("stderr takes a line");
}

fn driver() -> Option<Driver> {
    let started =
        Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = started else {
        assert!(std::env::var_os("SAYSO_REQUIRE_BROWSER").is_none(), "no chromedriver was found");
        aloud("SKIPPED: no chromedriver was found, so no page of the server was opened in a browser");
        return None;
    };
    let lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let port = line.strip_prefix("ChromeDriver was started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    Some(Driver { child, port: port.expect("a port") })
}

/// axe-core's script, fetched once from the npm registry; none where there is no npm.
fn axe() -> Option<String> {
    let folder = target().join("axe");
    let file = folder.join("package/axe.min.js");
    if !file.exists() {
        std::fs::create_dir_all(&folder).expect("a folder");
        let packed = Command::new("npm").args(["pack", "--silent", AXE]).current_dir(&folder).output();
        let name = match packed {
            Ok(packed) if packed.status.success() => {
                String::from_utf8_lossy(&packed.stdout).trim().to_owned()
            }
            _ => {
                aloud(
                    "SKIPPED: axe-core could not be had from the npm registry, so pages were not held against its rules",
                );
                return None;
            }
        };
        assert!(
            Command::new("tar").args(["xzf", &name]).current_dir(&folder).status().expect("tar").success()
        );
    }
    Some(std::fs::read_to_string(file).expect("a script"))
}

fn target() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("..")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Script,
    NoScript,
    Keyboard,
    Narrow,
}

async fn client(driver: &Driver, mode: Mode) -> Client {
    let mut options =
        json!({"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"]});
    match mode {
        Mode::NoScript => {
            options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
        }
        Mode::Narrow => {
            options["mobileEmulation"] =
                json!({"deviceMetrics": {"width": 360, "height": 800, "pixelRatio": 1.0}});
        }
        Mode::Script | Mode::Keyboard => {}
    }
    let capabilities: Capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
    let at = format!("http://localhost:{}", driver.port);
    ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&at).await.expect("a browser")
}

/// All pages: a name and an address.
fn pages(server: &Server) -> Vec<(&'static str, String)> {
    let flood = std::fs::read(examples().join("sarn-valley-flood.html")).expect("an example");
    let (read, _) = server.followed("/", &[("file", Some("flood.html"), &flood)]);
    let id = read.trim_start_matches("/read/").as_bytes().to_vec();
    let (brief, _) = server.followed("/brief", &[("kept", None, &id)]);
    let wrong = "At least 64 people were killed when a dam gave way, officials said. Agata Brenn said, \"It sounded like a plane.\"";
    let (check, _) = server.followed("/check", &[("kept", None, &id), ("brief", None, wrong.as_bytes())]);
    let job = server.form("/add", &[("file", Some("flood.html"), &flood)]);
    // Told by two outlets.
    let stories = server.get("/api/v1/stories").json();
    let story = stories["items"].as_array().into_iter().flatten().find(|story| story["articles"] == 2);
    let story = format!("/stories/{}", story.expect("a story of two articles")["id"]);
    let own = |address: &str| address.to_owned();
    vec![
        ("read-form", own("/")),
        ("read", read),
        ("brief-form", own("/brief")),
        ("brief", brief),
        ("check-form", own("/check")),
        ("check", check),
        ("search", own("/archive")),
        ("found", own("/archive?words=dam")),
        ("article", own("/articles/1")),
        ("stories", own("/stories")),
        ("story", story),
        ("actors", own("/actors")),
        ("actor", own("/actors/1")),
        ("outlets", own("/outlets")),
        ("positions", own("/positions")),
        ("changes", own("/changes?since=2020-01-01")),
        ("add", own("/add")),
        ("job", job.header("location").expect("a job").to_owned()),
        ("api", own("/api")),
        ("login", own("/login")),
        ("missing", own("/nowhere")),
    ]
}

#[test]
fn every_page_in_every_way() {
    let Some(driver) = driver() else { return };
    let server = Server::with_examples(&[]);
    let pages = pages(&server);
    let axe = axe();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut table = String::new();
    let mut wrong = Vec::new();
    for mode in [Mode::Script, Mode::NoScript, Mode::Keyboard, Mode::Narrow] {
        runtime.block_on(async {
            let client = client(&driver, mode).await;
            for (name, address) in &pages {
                let at = format!("http://localhost:{}{address}", server.port);
                client.goto(&at).await.expect("a page");
                let faults = faults(&client, mode, name, axe.as_deref()).await;
                let _ =
                    writeln!(table, "{mode:?} {name}: {}", if faults.is_empty() { "good" } else { "wrong" });
                wrong.extend(faults.into_iter().map(|fault| format!("{mode:?} {name}: {fault}")));
                let shots = target().join("screenshots");
                std::fs::create_dir_all(&shots).expect("a folder");
                let shot = client.screenshot().await.expect("a picture");
                std::fs::write(shots.join(format!("{name}-{mode:?}.png").to_lowercase()), shot)
                    .expect("a file");
            }
            client.close().await.expect("it ends");
        });
    }
    aloud(&table);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn faults(client: &Client, mode: Mode, name: &str, axe: Option<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let headings = client.find_all(Locator::Css("h1")).await.expect("elements").len();
    if headings == 0 || name != "api" && headings > 1 {
        faults.push(format!("{headings} first headings"));
    }
    match mode {
        Mode::NoScript => {
            let main =
                client.find(Locator::Css("main")).await.expect("a main part").text().await.expect("words");
            if main.trim().is_empty() {
                faults.push("nothing to read".to_owned());
            }
            if !client
                .find_all(Locator::Css("button[data-copy]:not([hidden])"))
                .await
                .expect("elements")
                .is_empty()
            {
                faults.push("a button that does nothing".to_owned());
            }
        }
        // Swagger UI takes the keys for itself while it starts.
        Mode::Keyboard if name == "api" => {}
        Mode::Keyboard => faults.extend(by_keyboard(client).await),
        Mode::Narrow => {
            let width = client
                .execute("return document.documentElement.scrollWidth", vec![])
                .await
                .expect("a number");
            if width.as_u64().is_none_or(|width| width > 360) {
                faults.push(format!("{width} pixels wide"));
            }
        }
        Mode::Script => {
            // Swagger UI is not ours to mend.
            if let (Some(axe), true) = (axe, name != "api") {
                faults.extend(by_axe(client, axe).await);
            }
        }
    }
    faults
}

/// The first key leads past the head, and every thing that can be used is reached.
async fn by_keyboard(client: &Client) -> Vec<String> {
    let mut faults = Vec::new();
    // As a keyboard, not to an element: a field for files would take a key for a file's name.
    let press = async |key: Key| {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".to_owned());
        let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        client.perform_actions(keys).await.expect("a key");
    };
    let focused = async || -> String {
        let script = "const e = document.activeElement; return e === document.body ? '' : \
            (window.__n ??= new Map(), window.__n.has(e) || window.__n.set(e, window.__n.size), e.tagName + window.__n.get(e) + ' ' + (e.className || ''))";
        client.execute(script, vec![]).await.expect("a script").as_str().unwrap_or_default().to_owned()
    };
    press(Key::Tab).await;
    let first = focused().await;
    if !first.ends_with("skip") {
        faults.push(format!("the first key leads to {first:?}"));
    }
    press(Key::Enter).await;
    let script = "return document.activeElement.id || location.hash";
    let at = client.execute(script, vec![]).await.expect("a script");
    if at != json!("content") && at != json!("#content") {
        faults.push(format!("the head isn't passed: {at}"));
    }
    // Those that are seen and can be used; more than a hundred are not all tried.
    let count = "return [...document.querySelectorAll('main a[href], main button, main input, main select, main textarea')]\
        .filter(e => e.checkVisibility() && e.type !== 'hidden' && !e.closest('svg')).length";
    let usable = client.execute(count, vec![]).await.expect("a script").as_u64().unwrap_or_default();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..80 {
        press(Key::Tab).await;
        let now = focused().await;
        // A day is three fields in one, so that one may come again; behind the last is the browser's own.
        if now.is_empty() {
            break;
        }
        seen.insert(now);
    }
    let reached = u64::try_from(seen.len()).unwrap_or_default();
    if reached < usable.min(25) {
        faults.push(format!("{reached} of {usable} things are reached"));
    }
    faults
}

async fn by_axe(client: &Client, axe: &str) -> Vec<String> {
    client.execute(axe, vec![]).await.expect("a script");
    let run = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => \
        done(r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))))";
    let found = client.execute_async(run, vec![]).await.expect("a script");
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a newcomer does with a mouse and a keyboard, with JavaScript.
#[test]
fn a_newcomer_reads_checks_and_copies() {
    let Some(driver) = driver() else { return };
    let server = Server::start(&[]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = client(&driver, Mode::Script).await;
        client.goto(&format!("http://localhost:{}/", server.port)).await.expect("a page");
        let text = client.find(Locator::Css("#text")).await.expect("a field");
        text.send_keys("Ana Brell, the mayor of Upper Sarn, denied on Monday that the dam had leaked. \"It is sound,\" Brell said.")
            .await
            .expect("keys");
        client.find(Locator::Css("form.ask button")).await.expect("a button").click().await.expect("a click");
        client.wait().for_element(Locator::Css(".note")).await.expect("statements");
        let script = client.execute("return document.documentElement.classList.contains('js')", vec![]).await.expect("a script");
        assert_eq!(script, json!(true), "the page's own script runs");
        client.find(Locator::LinkText("Check a brief against it")).await.expect("a link").click().await.expect("a click");
        let brief = client.wait().for_element(Locator::Css("#brief")).await.expect("a field");
        brief.send_keys("Ana Brell said, \"It is safe.\"").await.expect("keys");
        client.find(Locator::Css("form.ask button")).await.expect("a button").click().await.expect("a click");
        let card = client.wait().for_element(Locator::Css(".card")).await.expect("a finding");
        assert!(card.text().await.expect("words").contains("quote-"));
        client.close().await.expect("it ends");
    });
}
