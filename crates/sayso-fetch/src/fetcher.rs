//! How does one address become one page, hop by hop?

use std::io;
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::{Response, Uri, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Timeout};
use url::Url;

use crate::Error;
use crate::body::{ACCEPTED, Coding, read_at_most};
use crate::guard::Guard;
use crate::polite::{Answer, Validators};
use crate::printable::printable;
use crate::response::{self, Head};
use crate::target::{self, host, not_url};

/// Says who asks, and that it is no crawler.
const USER_AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"), " (one page for one reader)");
/// Says that it reads what a feed or sitemap names, and by which name robots.txt can speak to it.
const CRAWLER_AGENT: &str =
    concat!("sayso/", env!("CARGO_PKG_VERSION"), " (reads feeds; in robots.txt: sayso)");
/// Articles first; anything rather than nothing.
const ACCEPT: &str = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.5";
/// Longer times are as good as this one, and can't overflow a clock.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a [`Fetcher`] may do.
///
/// ```
/// use std::time::Duration;
/// use sayso_fetch::Options;
///
/// let options = Options { max_bytes: 50_000_000, ..Options::default() };
/// assert_eq!(options.timeout, Duration::from_secs(30));
/// assert!(!options.allow_private);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The time for a whole page, from the first look-up to the last byte, with all
    /// redirects. 30 seconds by default; a day at most.
    pub timeout: Duration,
    /// The time for each connection within it, TLS included. 10 seconds by default.
    pub connect_timeout: Duration,
    /// A page may have this many bytes, as they come and again when unpacked. 10 million
    /// by default.
    pub max_bytes: u64,
    /// This many redirects are followed. 5 by default.
    pub max_redirects: u32,
    /// Whether addresses outside the public internet may be read: this computer, private
    /// networks, metadata services. No by default.
    pub allow_private: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            max_bytes: 10_000_000,
            max_redirects: 5,
            allow_private: false,
        }
    }
}

/// One page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The address that gave it, after redirects, without a fragment.
    pub url: String,
    /// The page, unpacked, in whatever encoding it is written.
    pub bytes: Vec<u8>,
    /// What the server says it is, in lower case: `text/html`.
    pub media_type: Option<String>,
    /// The charset as the `Content-Type` header states it, which may be wrong.
    pub charset: Option<String>,
}

/// Reads single pages from the web; see the [crate] for what it guards against.
///
/// Threads can share one.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    options: Options,
}

impl Fetcher {
    /// A fetcher that looks names up as the computer does.
    ///
    /// # Errors
    /// [`Error::Options`] when a time or the number of bytes is zero.
    ///
    /// ```
    /// use std::time::Duration;
    /// use sayso_fetch::{ErrorKind, Fetcher, Options};
    ///
    /// let never = Options { timeout: Duration::ZERO, ..Options::default() };
    /// assert_eq!(Fetcher::new(never).unwrap_err().kind(), ErrorKind::Options);
    /// ```
    pub fn new(options: Options) -> Result<Self, Error> {
        let names = Guard { names: DefaultResolver::default(), allow_private: options.allow_private };
        Self::with(options, names, RootCerts::WebPki, USER_AGENT)
    }

    /// One that says that it is a crawler.
    pub(crate) fn crawling(options: Options) -> Result<Self, Error> {
        let names = Guard { names: DefaultResolver::default(), allow_private: options.allow_private };
        Self::with(options, names, RootCerts::WebPki, CRAWLER_AGENT)
    }

    /// A fetcher that asks another resolver, in place of the guard too, and trusts other
    /// authorities. Only tests do that.
    pub(crate) fn with(
        options: Options,
        names: impl Resolver,
        roots: RootCerts,
        agent: &str,
    ) -> Result<Self, Error> {
        let zero = [
            ("timeout", options.timeout.is_zero()),
            ("connect_timeout", options.connect_timeout.is_zero()),
            ("max_bytes", options.max_bytes == 0),
        ];
        if let Some((option, _)) = zero.into_iter().find(|(_, is_zero)| *is_zero) {
            return Err(Error::Options { option });
        }
        let config = Config::builder()
            // Statuses and redirects are read here, and no other address is asked unseen.
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .max_idle_connections(0)
            .timeout_connect(Some(options.connect_timeout.min(A_DAY)))
            .user_agent(agent)
            .accept(ACCEPT)
            .accept_encoding(ACCEPTED)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), names);
        Ok(Self { agent, options })
    }

    /// Reads the page at an http or https address.
    ///
    /// # Errors
    /// When the address gives no page within the limits; see [`Error`].
    pub fn fetch(&self, url: &str) -> Result<Page, Error> {
        match self.fetch_if(url, &Validators::default())? {
            Answer::Page(page, _) => Ok(page),
            // Nobody asked whether it was.
            Answer::Unchanged => Err(Error::Status { url: printable(url), status: 304 }),
        }
    }

    /// Reads the page, unless it is as it was when the server gave these validators.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    pub fn fetch_if(&self, url: &str, known: &Validators) -> Result<Answer, Error> {
        let deadline = Instant::now() + self.options.timeout.min(A_DAY);
        let mut target = target::parse(url)?;
        for _ in 0..=self.options.max_redirects {
            let response =
                self.ask(&target, known, deadline).map_err(|error| self.translate(&target, error))?;
            match response::read(&target, response.status(), response.headers())? {
                Head::Page => {
                    let validators = response::validators(response.headers());
                    return self.page(&target, response).map(|page| Answer::Page(page, validators));
                }
                Head::Unchanged => return Ok(Answer::Unchanged),
                Head::Redirect(next) => {
                    if target.scheme() == "https" && next.scheme() == "http" {
                        tracing::warn!(from = %target, to = %next, "a redirect leaves the secure connection");
                    }
                    target = next;
                }
            }
        }
        Err(Error::TooManyRedirects { url: printable(url), limit: self.options.max_redirects })
    }

    fn ask(&self, url: &Url, known: &Validators, deadline: Instant) -> Result<Response<Body>, ureq::Error> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ureq::Error::Timeout(Timeout::Global));
        }
        let uri: Uri = url.as_str().parse().map_err(ureq::http::Error::from)?;
        let mut request = self.agent.get(uri);
        for (name, value) in
            [(header::IF_NONE_MATCH, &known.etag), (header::IF_MODIFIED_SINCE, &known.modified)]
        {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.config().timeout_global(Some(left)).build().call()
    }

    fn page(&self, url: &Url, response: Response<Body>) -> Result<Page, Error> {
        let limit = self.options.max_bytes;
        let too_large = || Error::TooLarge { url: printable(url.as_str()), limit };
        let (head, body) = response.into_parts();
        let coding = coding(url, &head.headers)?;
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let came = read_at_most(body.into_reader(), limit);
        let packed = came.map_err(|error| self.translate(url, error.into()))?.ok_or_else(too_large)?;
        let unpacked = coding.decode(packed, limit).map_err(|error| damaged(url, &error))?;
        let (media_type, charset) = response::content_type(&head.headers);
        Ok(Page { url: url.to_string(), bytes: unpacked.ok_or_else(too_large)?, media_type, charset })
    }

    /// The library's error in our words.
    fn translate(&self, url: &Url, error: ureq::Error) -> Error {
        let host = host(url);
        match error {
            ureq::Error::Other(ours) => match ours.downcast::<Error>() {
                Ok(error) => *error,
                Err(other) => Error::Connection { host, reason: printable(&other.to_string()) },
            },
            ureq::Error::Timeout(Timeout::Connect) => self.timeout(url, self.options.connect_timeout),
            ureq::Error::Timeout(_) => self.timeout(url, self.options.timeout),
            ureq::Error::Http(error) => not_url(url.as_str(), &error.to_string()),
            ureq::Error::BadUri(reason) => not_url(url.as_str(), &reason),
            // TLS reports a bad certificate or message as invalid data; TCP reports no such thing.
            ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
                Error::Tls { host, reason: printable(&error.to_string()) }
            }
            ureq::Error::Io(error) => Error::Connection { host, reason: printable(&error.to_string()) },
            ureq::Error::Tls(reason) => Error::Tls { host, reason: reason.to_owned() },
            ureq::Error::Rustls(error) => Error::Tls { host, reason: printable(&error.to_string()) },
            other => Error::Protocol { host, reason: printable(&other.to_string()) },
        }
    }

    fn timeout(&self, url: &Url, after: Duration) -> Error {
        // A connection has no more time than the page.
        Error::Timeout { url: printable(url.as_str()), after: after.min(self.options.timeout) }
    }
}

fn coding(url: &Url, headers: &ureq::http::HeaderMap) -> Result<Coding, Error> {
    let values = headers.get_all(header::CONTENT_ENCODING);
    let words =
        values.iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect::<Vec<_>>().join(", ");
    let unknown = || Error::Encoding { url: printable(url.as_str()), coding: printable(&words) };
    Coding::parse(&words).ok_or_else(unknown)
}

fn damaged(url: &Url, error: &io::Error) -> Error {
    Error::Protocol { host: host(url), reason: printable(&error.to_string()) }
}
