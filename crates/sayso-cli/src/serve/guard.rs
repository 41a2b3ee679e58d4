//! What every request passes on its way in, and every answer on its way out.
//!
//! - Its host must be one of ours, so that a foreign name that leads here (DNS rebinding) gets nothing.
//! - What changes something must come from a page of ours or from no page at all (`Sec-Fetch-Site`, else `Origin`).
//! - Who may not, may not; how long it may take is bounded; a fault ends one request and no other.
//! - No page runs a script or loads a style, picture or frame but ours.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State as Given};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::access::Right;
use super::pages;
use super::problem::{Problem, REQUEST};
use super::state::Shared;

/// A request that takes longer has its answer without being done.
const PATIENCE: Duration = Duration::from_secs(120);
/// What pages may load and do; a page that needs a style of its own adds its checksum.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const HEADERS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    // With none at all a browser would send `Origin: null` with our own forms.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Names by which this server is called.
#[derive(Debug)]
pub(super) struct Hosts {
    /// Without a port.
    pub(super) names: Vec<String>,
    /// Any address by its numbers, which no foreign name can be; for servers that listen to others.
    pub(super) by_number: bool,
}

impl Hosts {
    fn has(&self, host: &str) -> bool {
        let bare = match host.rsplit_once(':') {
            Some((bare, port)) if port.chars().all(|c| c.is_ascii_digit()) => bare,
            _ => host,
        };
        let is_number = || bare.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        self.names.iter().any(|name| name.eq_ignore_ascii_case(bare)) || self.by_number && is_number()
    }
}

pub(super) async fn guard(Given(state): Given<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let is_api = request.uri().path().starts_with("/api/");
    let answered = async {
        if let Err(problem) = let_in(&state, &request) {
            return told(&state, problem, request.uri(), is_api);
        }
        let uri = request.uri().clone();
        // Who signs in sends little, and must not wait behind strangers.
        let is_bodiless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
            || matches!(uri.path(), "/login" | "/logout");
        let done = async {
            // What waits here hasn't read its body yet.
            let place = if is_bodiless { None } else { Some(state.bodies.enter().await) };
            match place {
                Some(Err(problem)) => told(&state, problem, &uri, is_api),
                _ => next.run(request).await,
            }
        };
        match tokio::time::timeout(PATIENCE, done).await {
            Ok(response) => response,
            Err(_) => told(&state, Problem::busy("it took too long; ask for less at once", 10), &uri, is_api),
        }
    };
    let mut response = REQUEST.scope(id.clone(), answered).await;
    state.metrics.count(&route, response.status().as_u16(), begun.elapsed());
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// For a program as JSON, for a person as a page; who isn't known is asked who it is.
fn told(state: &Shared, problem: Problem, uri: &Uri, is_api: bool) -> Response {
    if is_api {
        problem.into_response()
    } else if problem.status == StatusCode::UNAUTHORIZED {
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let to = url::form_urlencoded::byte_serialize(path.as_bytes()).collect::<String>();
        Redirect::to(&format!("/login?next={to}")).into_response()
    } else {
        pages::problem(state, &problem)
    }
}

fn let_in(state: &Shared, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let host = request.uri().host().or_else(|| text(headers, &header::HOST)).unwrap_or_default();
    if !state.hosts.has(host) {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this server isn't called by that name; start it with --host NAME if it should be",
        ));
    }
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe && is_foreign(headers, host) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "this came from a page of another site"));
    }
    let path = request.uri().path();
    let is_public = path == "/healthz" || path == "/login" || path.starts_with("/assets/");
    if is_public {
        return Ok(());
    }
    let needed = needed(request.method(), path);
    match state.access.right(headers) {
        None => Err(Problem::new(StatusCode::UNAUTHORIZED, "give a token")),
        Some(right) if right < needed => {
            Err(Problem::new(StatusCode::FORBIDDEN, "this token may read, and this changes something"))
        }
        Some(_) => Ok(()),
    }
}

/// What changes the archive; to read, brief and check changes nothing.
fn needed(method: &Method, path: &str) -> Right {
    let writes = ["/api/v1/articles", "/api/v1/jobs", "/add", "/jobs"]
        .iter()
        .any(|begin| path.strip_prefix(begin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    if writes && !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        Right::Write
    } else {
        Right::Read
    }
}

fn is_foreign(headers: &HeaderMap, host: &str) -> bool {
    if let Some(site) = text(headers, &HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let origin = text(headers, &header::ORIGIN);
    origin
        .is_some_and(|origin| origin.split_once("://").is_none_or(|(_, own)| !own.eq_ignore_ascii_case(host)))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Enough of chance that no two are alike in a log.
fn request_id() -> String {
    let mut bytes = [0_u8; 8];
    // Without random numbers it is all zeros, which harms nothing.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_ours() {
        let hosts = Hosts {
            names: ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).to_vec(),
            by_number: false,
        };
        for (host, expected) in [
            ("localhost:8017", true),
            ("LOCALHOST", true),
            ("127.0.0.1:8017", true),
            ("[::1]:8017", true),
            ("[::1]", true),
            ("evil.example:8017", false),
            ("localhost.evil.example", false),
            ("", false),
        ] {
            assert_eq!(hosts.has(host), expected, "{host}");
        }
        let hosts = Hosts { names: vec!["news.example.org".to_owned()], by_number: true };
        for (host, expected) in [
            ("192.168.1.5:8017", true),
            ("[fd00::1]:8017", true),
            ("news.example.org", true),
            ("evil.example:8017", false),
            ("", false),
        ] {
            assert_eq!(hosts.has(host), expected, "{host}");
        }
    }

    #[test]
    fn what_comes_from_another_site_is_foreign() {
        let with = |pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| {
                (name.parse::<HeaderName>().expect("a name"), value.parse::<HeaderValue>().expect("a value"))
            });
            is_foreign(&pairs.collect(), "localhost:8017")
        };
        assert!(!with(&[]), "a program's");
        assert!(!with(&[("origin", "http://localhost:8017")]));
        assert!(with(&[("origin", "http://localhost:9000")]));
        assert!(with(&[("origin", "null")]));
        assert!(with(&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:8017")]));
        assert!(with(&[("sec-fetch-site", "same-site")]));
        assert!(!with(&[("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn to_read_and_check_needs_no_right_to_write() {
        assert_eq!(needed(&Method::POST, "/api/v1/check"), Right::Read);
        assert_eq!(needed(&Method::POST, "/api/v1/articles"), Right::Write);
        assert_eq!(needed(&Method::GET, "/api/v1/articles"), Right::Read);
        assert_eq!(needed(&Method::POST, "/jobs/3/cancel"), Right::Write);
        assert_eq!(needed(&Method::POST, "/add/0123"), Right::Write);
        assert_eq!(needed(&Method::POST, "/api/v1/articlesx"), Right::Read);
    }
}
