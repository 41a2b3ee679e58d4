//! Styles and scripts as files of their own, named by their checksums, so that browsers keep them for ever.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::State as Given;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use sayso_view::page::{Page, lines};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::state::Shared;

pub(super) const STYLE: &str = include_str!("site.css");
pub(super) const SCRIPT: &str = include_str!("site.js");
/// What starts the page on which the API is tried.
const TRY: &str = include_str!("try.js");
/// Of Swagger UI's many files, those that its page needs.
const SWAGGER: [(&str, &str); 2] =
    [("swagger-ui.css", "text/css"), ("swagger-ui-bundle.js", "text/javascript")];

/// By name.
#[derive(Debug)]
pub(super) struct Assets(HashMap<String, (&'static str, Bytes)>);

impl Assets {
    /// Those of all pages.
    ///
    /// # Errors
    /// When Swagger UI's archive is damaged.
    pub(super) fn new() -> anyhow::Result<Self> {
        let mut assets = Self(HashMap::new());
        sayso_view::page::styles().iter().for_each(|style| assets.put(style, "css"));
        sayso_view::page::scripts().iter().for_each(|script| assets.put(script, "js"));
        for (words, kind) in [(STYLE, "css"), (SCRIPT, "js"), (TRY, "js")] {
            assets.put(words, kind);
        }
        let packed = utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;
        let mut archive = zip::ZipArchive::new(Cursor::new(packed))?;
        for i in 0..archive.len() {
            let mut file = archive.by_index(i)?;
            let name = file.name()?.into_owned();
            let wanted = SWAGGER.iter().find(|(own, _)| name.ends_with(&format!("/dist/{own}")));
            if let Some((own, media_type)) = wanted {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                assets.0.insert(named(&bytes, own), (media_type, bytes.into()));
            }
        }
        Ok(assets)
    }

    fn put(&mut self, words: &str, kind: &str) {
        let media_type = if kind == "css" { "text/css" } else { "text/javascript" };
        self.0.insert(name(words, kind), (media_type, lines(words).into_bytes().into()));
    }
}

impl Assets {
    /// The name of Swagger UI's style (`css`) or script (`js`).
    pub(super) fn swagger(&self, kind: &str) -> &str {
        let mut names = self.0.keys().filter(|name| name.contains("swagger") && name.ends_with(kind));
        names.next().map_or("", String::as_str)
    }
}

/// A name that is another where the bytes are.
fn named(bytes: &[u8], name: &str) -> String {
    let digest = Sha256::digest(bytes);
    let id: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{id}-{name}")
}

/// What a style (`css`) or script (`js`) is called.
pub(super) fn name(words: &str, kind: &str) -> String {
    named(lines(words).as_bytes(), &format!("sayso.{kind}"))
}

/// The name of the script that starts the page on which the API is tried.
pub(super) fn try_name() -> String {
    name(TRY, "js")
}

/// Names of all that a page needs, styles and script.
pub(super) fn names(page: &Page) -> (Vec<String>, Option<String>) {
    let styles = page.styles.iter().map(|style| name(style, "css")).collect();
    (styles, (!page.script.is_empty()).then(|| name(page.script, "js")))
}

pub(super) async fn serve(
    Given(state): Given<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some((media_type, bytes)) = state.assets.0.get(&name) else {
        return Err(Problem::missing("there is no such file"));
    };
    let tag = format!("\"{name}\"");
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let kept = [
        (header::CONTENT_TYPE, format!("{media_type}; charset=utf-8")),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::ETAG, tag),
    ];
    if known {
        return Ok((axum::http::StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, bytes.clone()).into_response())
}
