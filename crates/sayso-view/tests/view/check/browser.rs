//! Does a check's page work in a real browser?

use sayso_view::check::{Shown, page};

use super::fixture::report;
use crate::browser::opened;

#[test]
fn the_policy_lets_the_pages_own_script_and_style_run() {
    let Some(dom) = opened(&page(&[Shown::new(&report())]).alone(), "#f2", "1280,900") else { return };
    assert!(dom.select("html").has_class("js"));
    assert_eq!(dom.select(".card.lit").attr("id").as_deref(), Some("f2"));
    assert_eq!(dom.select(".brief .find.lit").text().to_string(), "40");
    assert!(dom.select(".sources .find.lit").text().to_string().starts_with("The flood damaged 14"));
}

/// What a click does, which the page's policy would stop.
const DRIVE: &str = include_str!("drive.js");

fn check_driven(size: &str) {
    let page = page(&[Shown::new(&report())]).alone();
    let (before, rest) = page.split_once("<meta http-equiv").expect("the page has a policy");
    let (_, after) = rest.split_once('>').expect("the policy ends");
    let page = format!("{before}{}", after.replace("</html>", &format!("<script>{DRIVE}</script></html>")));
    let Some(dom) = opened(&page, "", size) else { return };
    let said = dom.select("#said").text().to_string();
    assert!(said.lines().count() >= 10, "{said}");
    let failed: Vec<&str> = said.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn clicks_and_keys_on_a_desk() {
    check_driven("1280,900");
}

#[test]
fn clicks_and_keys_on_a_phone() {
    check_driven("360,740");
}
