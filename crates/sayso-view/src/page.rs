//! What is a page made of?
//!
//! Every view for a browser gives a [`Page`]: its words, and which styles and script it needs. [`Page::alone`] makes one file of
//! it that needs no other; a server may send styles and script as files of their own, and put its own links above.

use std::fmt::Display;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// How each of our own pages begins, by which a program knows it.
pub const BEGINS: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"generator\" content=\"sayso.";

/// A page before it is one file or a server's answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it shows, as `sayso.record/1`.
    pub of: &'static str,
    /// Plain words.
    pub title: String,
    /// A class of the body, which the styles may need.
    pub class: &'static str,
    /// Styles, the same for all pages of a kind.
    pub styles: Vec<&'static str>,
    /// Rules of this page alone, which matter where there is no JavaScript.
    pub unscripted: String,
    /// The script, the same for all pages of a kind; empty where it needs none.
    pub script: &'static str,
    /// What stands in its body. Every word of an article is escaped.
    pub body: Markup,
}

impl Page {
    /// One file that asks no server for anything. Its content security policy names its own styles and script by checksum, so
    /// that nothing else could run or load.
    pub fn alone(&self) -> String {
        let styles: Vec<String> = self.styles.iter().map(|style| lines(style)).collect();
        let script = lines(self.script);
        let hashed: Vec<&str> = styles
            .iter()
            .map(String::as_str)
            .chain([self.unscripted.as_str()])
            .filter(|style| !style.is_empty())
            .collect();
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            hashed.iter().map(|style| checksum(style)).collect::<Vec<_>>().join(" "),
            if script.is_empty() { "'none'".to_owned() } else { checksum(&script) }
        );
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="generator" content=(self.of);
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    (self.metas())
                    meta name="referrer" content="no-referrer";
                    title { (self.title) }
                    @for style in &styles { style { (PreEscaped(style)) } }
                    // With the script, these rules would only cost time.
                    @if !self.unscripted.is_empty() { noscript { style { (PreEscaped(&self.unscripted)) } } }
                }
                body class=[(!self.class.is_empty()).then_some(self.class)] {
                    (self.body)
                    @if !script.is_empty() { script { (PreEscaped(&script)) } }
                }
            }
        };
        markup.into_string() + "\n"
    }

    /// What each page's head says beside its character set and policy.
    pub fn metas(&self) -> Markup {
        html! {
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
        }
    }
}

/// All styles that pages name, for a server to send apart.
pub fn styles() -> [&'static str; 5] {
    [crate::html::STYLE, crate::brief::STYLE, crate::check::STYLE, crate::sheet::STYLE, crate::matrix::STYLE]
}

/// All scripts that pages name.
pub fn scripts() -> [&'static str; 3] {
    [crate::html::SCRIPT, crate::brief::SCRIPT, crate::check::SCRIPT]
}

/// As a content security policy names a style or a script: `'sha256-…'`.
pub fn checksum(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// With the line ends that a browser sees, whatever the source was checked out with; checksums are of these.
pub fn lines(file: &str) -> String {
    file.replace("\r\n", "\n")
}

/// What a page holds for programs: JSON in which `<` is an escape, so that no `</script>` and no `<!--` can be in it.
pub(crate) fn data(id: impl Display, of: &impl serde::Serialize) -> Markup {
    let json = serde_json::to_string(of).unwrap_or_default().replace('<', "\\u003c");
    html! { script type="application/json" id=(id) { (PreEscaped(json)) } }
}
