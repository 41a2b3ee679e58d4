//! Why did an address give no page, and what can be done about it?

use std::net::IpAddr;
use std::time::Duration;

/// Why an address gave no page.
///
/// Each is said in one line, with what to do where that is the same for every program; for
/// [`ErrorKind::Refused`] and [`ErrorKind::TooLarge`] it is an option of the program's own.
/// What servers and addresses bring into it
/// has no control characters and is cut short.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option under which no page could ever be read.
    #[error("{option} is zero, which no page can meet: give it a value above zero")]
    Options {
        /// The option's name.
        option: &'static str,
    },
    /// The words are not an http or https address.
    #[error("{words} is no web address ({reason}): copy it whole from your browser")]
    NotUrl {
        /// What was given.
        words: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The address holds a user name or password.
    #[error(
        "the address at {host} holds a user name or password: leave it out, or save the page from your browser \
         and give the file"
    )]
    Credentials {
        /// The host, without them.
        host: String,
    },
    /// The host's name stands for no address.
    #[error("{host} was not found: check the address's spelling and your connection to the internet")]
    Unresolved {
        /// The host.
        host: String,
    },
    /// The host is not on the public internet.
    #[error(
        "{host} leads to {}{range}, not to the public web",
        .address.map(|address| format!("{address}, ")).unwrap_or_default()
    )]
    Refused {
        /// The host.
        host: String,
        /// What it leads to, in words.
        range: String,
        /// The address that was refused; `None` when the host is the address itself, or its
        /// name alone was enough.
        address: Option<IpAddr>,
    },
    /// One redirect more than [`Options::max_redirects`](crate::Options::max_redirects).
    #[error(
        "{url} redirects more than {limit} times: open it in your browser and give the address at which it ends"
    )]
    TooManyRedirects {
        /// The address that the user gave.
        url: String,
        /// The limit.
        limit: u32,
    },
    /// A redirect to what is no http or https address.
    #[error(
        "{url} redirects to {location}, which is no web address: open it in your browser and give the address at \
         which it ends"
    )]
    Redirect {
        /// The address that redirects.
        url: String,
        /// Where to, in the server's words.
        location: String,
    },
    /// A redirect that doesn't say where to.
    #[error(
        "{url} redirects without saying where to: open it in your browser and give the address at which it ends"
    )]
    NoLocation {
        /// The address that redirects.
        url: String,
    },
    /// Status 401 or 403.
    #[error(
        "{url}: the page asks for a login or forbids reading (status {status}): save it from your browser and give \
         the file"
    )]
    Forbidden {
        /// The page.
        url: String,
        /// The status.
        status: u16,
    },
    /// Status 404 or 410.
    #[error("{url}: no page is there (status {status}): check the address")]
    Missing {
        /// The page.
        url: String,
        /// The status.
        status: u16,
    },
    /// Status 429 or 503: the server has enough for now.
    #[error(
        "{url}: the server asks for patience (status {status}): try again {}",
        .retry_after.as_deref().unwrap_or("later")
    )]
    Busy {
        /// The page.
        url: String,
        /// The status.
        status: u16,
        /// The server's `Retry-After`: "in 120 seconds", or "after" a date as it wrote it.
        retry_after: Option<String>,
        /// The same in seconds, where the server says seconds.
        wait: Option<Duration>,
    },
    /// The site asked for patience a while ago.
    #[error("{host} asked for patience: try again in {seconds} seconds")]
    Resting {
        /// The host.
        host: String,
        /// How long it is left alone.
        seconds: u64,
    },
    /// The site's `robots.txt` forbids the page to programs.
    #[error(
        "{url}: the site's robots.txt asks programs not to read it: open it in your browser, save it, and give the \
         file, or give its address alone"
    )]
    Robots {
        /// The page.
        url: String,
    },
    /// Any other status from 500.
    #[error("{url}: the server has trouble (status {status}): try again later")]
    Server {
        /// The page.
        url: String,
        /// The status.
        status: u16,
    },
    /// Any other status that brings no page.
    #[error("{url}: the server gives no page (status {status}): save it from your browser and give the file")]
    Status {
        /// The page.
        url: String,
        /// The status.
        status: u16,
    },
    /// More bytes than [`Options::max_bytes`](crate::Options::max_bytes), packed or unpacked.
    #[error("{url} is larger than {limit} bytes")]
    TooLarge {
        /// The page.
        url: String,
        /// The limit.
        limit: u64,
    },
    /// The time is up, for the connection or for the whole page.
    #[error(
        "{url} did not come within {after:?}: try again later, or save it from your browser and give the file"
    )]
    Timeout {
        /// The page.
        url: String,
        /// The limit that was met.
        after: Duration,
    },
    /// No secure connection came about.
    #[error(
        "{host} offers no connection that can be trusted ({reason}): check the address and the computer's clock"
    )]
    Tls {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The page is packed in a way not known here.
    #[error("{url} is packed as {coding}, which can't be read: save it from your browser and give the file")]
    Encoding {
        /// The page.
        url: String,
        /// The server's `Content-Encoding`.
        coding: String,
    },
    /// No connection came about, or it broke.
    #[error("the connection to {host} failed ({reason}): check the address, or try again later")]
    Connection {
        /// The host.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// What came is not HTTP, or is damaged.
    #[error(
        "{host} sends what can't be read ({reason}): try again later, or save the page from your browser and give \
         the file"
    )]
    Protocol {
        /// The host.
        host: String,
        /// What is wrong.
        reason: String,
    },
}

/// The kinds of [`Error`], for those who map them to a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// See [`Error::Options`].
    Options,
    /// See [`Error::NotUrl`].
    NotUrl,
    /// See [`Error::Credentials`].
    Credentials,
    /// See [`Error::Unresolved`].
    Unresolved,
    /// See [`Error::Refused`].
    Refused,
    /// See [`Error::TooManyRedirects`].
    TooManyRedirects,
    /// See [`Error::Redirect`] and [`Error::NoLocation`].
    Redirect,
    /// See [`Error::Forbidden`].
    Forbidden,
    /// See [`Error::Missing`].
    Missing,
    /// See [`Error::Busy`] and [`Error::Resting`].
    Busy,
    /// See [`Error::Robots`].
    Robots,
    /// See [`Error::Server`].
    Server,
    /// See [`Error::Status`].
    Status,
    /// See [`Error::TooLarge`].
    TooLarge,
    /// See [`Error::Timeout`].
    Timeout,
    /// See [`Error::Tls`].
    Tls,
    /// See [`Error::Encoding`].
    Encoding,
    /// See [`Error::Connection`].
    Connection,
    /// See [`Error::Protocol`].
    Protocol,
}

impl Error {
    /// Which kind it is; stable over versions.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Options { .. } => ErrorKind::Options,
            Self::NotUrl { .. } => ErrorKind::NotUrl,
            Self::Credentials { .. } => ErrorKind::Credentials,
            Self::Unresolved { .. } => ErrorKind::Unresolved,
            Self::Refused { .. } => ErrorKind::Refused,
            Self::TooManyRedirects { .. } => ErrorKind::TooManyRedirects,
            Self::Redirect { .. } | Self::NoLocation { .. } => ErrorKind::Redirect,
            Self::Forbidden { .. } => ErrorKind::Forbidden,
            Self::Missing { .. } => ErrorKind::Missing,
            Self::Busy { .. } | Self::Resting { .. } => ErrorKind::Busy,
            Self::Robots { .. } => ErrorKind::Robots,
            Self::Server { .. } => ErrorKind::Server,
            Self::Status { .. } => ErrorKind::Status,
            Self::TooLarge { .. } => ErrorKind::TooLarge,
            Self::Timeout { .. } => ErrorKind::Timeout,
            Self::Tls { .. } => ErrorKind::Tls,
            Self::Encoding { .. } => ErrorKind::Encoding,
            Self::Connection { .. } => ErrorKind::Connection,
            Self::Protocol { .. } => ErrorKind::Protocol,
        }
    }
}
