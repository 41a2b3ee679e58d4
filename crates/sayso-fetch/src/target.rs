//! Which words are a web address that may be asked for?

use url::Url;

use crate::Error;
use crate::printable::printable;

/// Whether words begin as a web address does: `http://` or `https://`, in any case.
///
/// It says nothing of the rest: [`Fetcher::fetch`](crate::Fetcher::fetch) does.
///
/// ```
/// assert!(sayso_fetch::is_url("HTTPS://example.org/story"));
/// assert!(!sayso_fetch::is_url("stories/https.txt"));
/// ```
pub fn is_url(words: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        words.get(..scheme.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    })
}

/// The address that the user typed.
pub(crate) fn parse(words: &str) -> Result<Url, Error> {
    if !is_url(words) {
        return Err(not_url(words, "it begins with neither http:// nor https://"));
    }
    let url = Url::parse(words).map_err(|error| not_url(words, &error.to_string()))?;
    tidy(url)
}

/// The address that a redirect leads to, which may be relative to the page's own.
pub(crate) fn follow(from: &Url, location: &str) -> Result<Url, Error> {
    let elsewhere = || Error::Redirect { url: printable(from.as_str()), location: printable(location) };
    let url = from.join(location).map_err(|_| elsewhere())?;
    if is_url(url.as_str()) { tidy(url) } else { Err(elsewhere()) }
}

/// The host as messages name it.
pub(crate) fn host(url: &Url) -> String {
    printable(url.host_str().unwrap_or_default())
}

/// Without what a server must not see. The trailing dot of a full name goes too, for
/// many servers and certificates don't know themselves by it.
fn tidy(mut url: Url) -> Result<Url, Error> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::Credentials { host: host(&url) });
    }
    url.set_fragment(None);
    if let Some(name) = url.domain().and_then(|name| name.strip_suffix('.')).map(str::to_owned) {
        let set = url.set_host(Some(&name));
        set.map_err(|error| not_url(url.as_str(), &error.to_string()))?;
    }
    Ok(url)
}

pub(crate) fn not_url(words: &str, reason: &str) -> Error {
    Error::NotUrl { words: printable(words), reason: printable(reason) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn check(words: &str, expected: Result<&str, ErrorKind>) {
        let found = parse(words).map(String::from).map_err(|error| error.kind());
        assert_eq!(found, expected.map(str::to_owned), "{words}");
    }

    #[test]
    fn reads_addresses_as_browsers_do() {
        check("http://example.org", Ok("http://example.org/"));
        check("HTTPS://Example.ORG:443/A b?q='#part", Ok("https://example.org/A%20b?q=%27"));
        check("https://example.org./story", Ok("https://example.org/story"));
        check("http://bücher.example/ü", Ok("http://xn--bcher-kva.example/%C3%BC"));
        check("http://0x7f.1/", Ok("http://127.0.0.1/"));
        check("http://2130706433", Ok("http://127.0.0.1/"));
        check("http://127.1.", Ok("http://127.0.0.1/"));
        check("http://１２７.0.0.1/", Ok("http://127.0.0.1/"));
        check("http://0177.0.0.1:8080/", Ok("http://127.0.0.1:8080/"));
    }

    #[test]
    fn refuses_what_is_no_address() {
        let words =
            ["", "example.org", "ftp://example.org/", "file:///etc/hosts", "data:,x", "http:/example.org"];
        for words in
            words.into_iter().chain(["http://", "http://./", "http://a b/", "http://[::1/", " http://a/"])
        {
            check(words, Err(ErrorKind::NotUrl));
        }
    }

    #[test]
    fn refuses_user_names_and_passwords() {
        check("https://known.example@other.example/", Err(ErrorKind::Credentials));
        check("https://:secret@example.org/", Err(ErrorKind::Credentials));
        let error = parse("https://lee:secret@example.org/").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn follows_redirects_by_http_alone() {
        let from = parse("https://example.org/news/story").unwrap();
        let follow = |location| follow(&from, location).map(String::from).map_err(|error| error.kind());
        assert_eq!(follow("next"), Ok("https://example.org/news/next".into()));
        assert_eq!(follow("/next?a#b"), Ok("https://example.org/next?a".into()));
        assert_eq!(follow("//other.example"), Ok("https://other.example/".into()));
        assert_eq!(follow("HTTP://other.example./"), Ok("http://other.example/".into()));
        assert_eq!(follow("file:///etc/hosts"), Err(ErrorKind::Redirect));
        assert_eq!(follow("javascript:alert(1)"), Err(ErrorKind::Redirect));
        assert_eq!(follow("http://"), Err(ErrorKind::Redirect));
        assert_eq!(follow("https://a@b/"), Err(ErrorKind::Credentials));
    }
}
