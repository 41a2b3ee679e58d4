//! Does the page work in a real browser?
//!
//! Looks for Chromium under the name in `SAYSO_CHROMIUM` or its usual ones, and says so
//! aloud where there is none, or fails where `SAYSO_REQUIRE_BROWSER` is set.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::Command;

use dom_query::Document;
use sayso_view::html::page;

use crate::harbour::harbour;

const DRIVE: &str = include_str!("browser/drive.js");

/// The page's tree after its scripts have run; none without a browser.
pub(crate) fn opened(page: &str, hash: &str, size: &str) -> Option<Document> {
    let folder = tempfile::tempdir().expect("a folder for a test");
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).expect("a file for a test");
    let named = std::env::var("SAYSO_CHROMIUM");
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    let dom = named.into_iter().chain(usual).find_map(|program| dump(&program, &file, hash, size));
    if dom.is_none() {
        assert!(std::env::var_os("SAYSO_REQUIRE_BROWSER").is_none(), "no Chromium was found");
        // Past the harness, which keeps what a passing test prints.
        let said = writeln!(std::io::stderr(), "SKIPPED: no Chromium was found, so no page was opened in it");
        said.expect("stderr takes a line");
    }
    dom.map(Document::from)
}

fn dump(program: &str, file: &Path, hash: &str, size: &str) -> Option<String> {
    let profile = file.with_extension("profile");
    let output = Command::new(program)
        // The page is our own, and in a container the sandbox can't be set up.
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--window-size={size}"))
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}{hash}", file.display()))
        .output();
    let output = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        output => output.expect("a browser that is there starts"),
    };
    let dom = String::from_utf8(output.stdout).expect("a page in UTF-8");
    assert!(dom.contains("<html"), "{program} gave no page: {}", String::from_utf8_lossy(&output.stderr));
    Some(dom)
}

#[test]
fn the_policy_lets_the_pages_own_script_and_style_run() {
    let Some(dom) = opened(&page(&[("quay.html", &harbour())]).alone(), "#a3", "1280,900") else { return };
    assert!(dom.select("html").has_class("js"));
    assert_eq!(dom.select(".note.lit").attr("id").as_deref(), Some("a3"));
    assert_eq!(dom.select(".words .lit.as-source").text().to_string(), "the mayor");
}

#[test]
fn the_policy_lets_nothing_else_run() {
    let page = page(&[("quay.html", &harbour())]).alone();
    let page = page.replace("</body>", "<script>document.body.id = 'run'</script></body>");
    let Some(dom) = opened(&page, "", "1280,900") else { return };
    assert_eq!(dom.select("body").attr("id"), None);
}

/// The page with a script that clicks and types; the policy would stop that script.
fn check_driven(size: &str) {
    let page = page(&[("quay.html", &harbour())]).alone();
    let (before, rest) = page.split_once("<meta http-equiv").expect("the page has a policy");
    let (_, after) = rest.split_once('>').expect("the policy ends");
    let page = format!("{before}{}", after.replace("</html>", &format!("<script>{DRIVE}</script></html>")));
    let Some(dom) = opened(&page, "#a3", size) else { return };
    let report = dom.select("#report").text().to_string();
    assert!(report.lines().count() > 30, "{report}");
    let failed: Vec<&str> = report.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Where things stand in a page whose own script is taken out.
const MEASURE: &str = r#"
  const boxes = selector => [...document.querySelectorAll(selector)].map(element => element.getBoundingClientRect());
  const [words, notes] = [boxes(".text .words"), boxes(".text .note")];
  const gaps = new Set(words.slice(1).map((box, i) => Math.round(box.top - words[i].bottom)));
  const covered = notes.filter((box, i) => i && box.top < notes[i - 1].bottom).length;
  const first = Math.abs(notes[0].top - words[0].top) < 2;
  document.body.id = `${gaps.size} ${covered} ${first} ${notes.every(box => box.left >= words[0].right)}`;
"#;

#[test]
fn the_text_has_an_even_rhythm_without_the_script() {
    let page = page(&[("quay.html", &harbour())]).alone();
    let (before, rest) = page.split_once("<meta http-equiv").expect("the page has a policy");
    let (policy, rest) = rest.split_once('>').expect("the policy ends");
    assert!(policy.contains("script-src"));
    let (rest, _) = rest.rsplit_once("<script>").expect("the page has a script");
    let page = format!("{before}{rest}<script>{MEASURE}</script></html>");
    let Some(dom) = opened(&page, "", "1280,900") else { return };
    assert!(!dom.select("html").has_class("js"));
    assert_eq!(dom.select("body").attr("id").as_deref(), Some("1 0 true true"));
}

#[test]
fn clicks_and_keys_on_a_desk() {
    check_driven("1280,900");
}

#[test]
fn clicks_and_keys_on_a_phone() {
    check_driven("390,844");
}
