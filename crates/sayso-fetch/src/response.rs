//! What does a reply's head say: a page, another address, or no?

use std::time::Duration;

use ureq::http::{HeaderMap, StatusCode, header};
use url::Url;

use crate::Error;
use crate::polite::Validators;
use crate::printable::printable;
use crate::target::follow;

/// What the head announces.
pub(crate) enum Head {
    /// A page, to be read.
    Page,
    /// A redirect to this address.
    Redirect(Url),
    /// The page is as it was.
    Unchanged,
}

/// Reads status and headers.
pub(crate) fn read(url: &Url, status: StatusCode, headers: &HeaderMap) -> Result<Head, Error> {
    let page = || printable(url.as_str());
    let code = status.as_u16();
    Err(match code {
        200..=299 => return Ok(Head::Page),
        304 => return Ok(Head::Unchanged),
        301 | 302 | 303 | 307 | 308 => {
            let Some(location) = headers.get(header::LOCATION) else {
                return Err(Error::NoLocation { url: page() });
            };
            // Some servers write other letters than ASCII here; the address then is UTF-8.
            return follow(url, &String::from_utf8_lossy(location.as_bytes())).map(Head::Redirect);
        }
        401 | 403 => Error::Forbidden { url: page(), status: code },
        404 | 410 => Error::Missing { url: page(), status: code },
        429 | 503 => {
            let (retry_after, wait) = (retry_after(headers), wait(headers));
            Error::Busy { url: page(), status: code, retry_after, wait }
        }
        500.. => Error::Server { url: page(), status: code },
        _ => Error::Status { url: page(), status: code },
    })
}

fn retry_after(headers: &HeaderMap) -> Option<String> {
    let words = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = words.bytes().all(|byte| byte.is_ascii_digit());
    match words {
        "" => None,
        "1" => Some("in a second".into()),
        _ if seconds => Some(format!("in {} seconds", printable(words))),
        _ => Some(format!("after {}", printable(words))),
    }
}

/// The seconds that it says.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// What to ask by whether the page changed.
pub(crate) fn validators(headers: &HeaderMap) -> Validators {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Validators { etag: value(header::ETAG), modified: value(header::LAST_MODIFIED) }
}

/// The media type in lower case, and the charset as it stands there.
pub(crate) fn content_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let Some(Ok(words)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else {
        return (None, None);
    };
    let stated = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    let mut parts = words.split(';');
    let media_type = parts.next().and_then(|words| stated(&words.trim().to_ascii_lowercase()));
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| stated(value.trim().trim_matches('"').trim()))
    });
    (media_type, charset.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_content_type_as_servers_write_it() {
        let check = |value: &str, media_type: Option<&str>, charset: Option<&str>| {
            let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, value.parse().unwrap())]);
            let found = content_type(&headers);
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (media_type, charset), "{value}");
        };
        check("text/html", Some("text/html"), None);
        check("Text/HTML; Charset=UTF-8", Some("text/html"), Some("UTF-8"));
        check("text/html;charset=\"Windows-1252\"", Some("text/html"), Some("Windows-1252"));
        check("text/html; level=1; charset = koi8-r ;x", Some("text/html"), Some("koi8-r"));
        check("text/html; charset=", Some("text/html"), None);
        check("; charset=utf-8", None, Some("utf-8"));
        check("", None, None);
        check("text/html\u{e9}", None, None);
        assert_eq!(content_type(&HeaderMap::new()), (None, None));
    }

    #[test]
    fn says_when_to_come_again() {
        let check = |value: &str, words: Option<&str>| {
            let headers = HeaderMap::from_iter([(header::RETRY_AFTER, value.parse().unwrap())]);
            assert_eq!(retry_after(&headers).as_deref(), words, "{value}");
        };
        check("120", Some("in 120 seconds"));
        check("1", Some("in a second"));
        check("Fri, 31 Dec 2027 23:59:59 GMT", Some("after Fri, 31 Dec 2027 23:59:59 GMT"));
        check(" ", None);
    }
}
