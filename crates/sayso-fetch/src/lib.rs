//! How does a web address become the bytes of one page, without harm?
//!
//! A [`Fetcher`] asks one server for one page and gives back its bytes as a [`Page`].
//! What is in them is nobody's business here: this crate knows no HTML and refuses no
//! media type.
//!
//! ```no_run
//! use sayso_fetch::{ErrorKind, Fetcher, Options};
//!
//! let fetcher = Fetcher::new(Options::default())?;
//! let page = fetcher.fetch("https://example.org/story")?;
//! assert_eq!(page.media_type.as_deref(), Some("text/html"));
//!
//! // The computer itself and the networks behind it are out of bounds.
//! let error = fetcher.fetch("http://localhost:8080/").unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::Refused);
//! # Ok::<(), sayso_fetch::Error>(())
//! ```
//!
//! # What it does against harm
//!
//! - **Only the public web.** A page can redirect to, and a name can stand for, an address
//!   inside the reader's own network. Every hop's addresses are looked up once, judged, and
//!   the connection goes to those same addresses. One address that isn't public refuses
//!   the name. [`Options::allow_private`] lifts this.
//! - **Limits.** A whole page has [`Options::timeout`], redirects included, however slowly
//!   a server drips. [`Options::max_bytes`] holds for the bytes as they come and again
//!   when they are unpacked, so that a small body cannot become a huge one.
//! - **Nothing carried along.** There are no cookies, no referrer and no kept connection.
//!   The part of an address after `#` isn't sent. An address with a user name or password is
//!   refused, not stripped: the secret would stand in histories and records, without it
//!   another page may come, and such addresses mostly pose as another site
//!   (`https://known.example@other.example/`).
//! - **Quiet messages.** What a server says reaches an [`Error`]'s words without control
//!   characters, and cut short.
//!
//! # What it doesn't do
//!
//! - It asks no proxy, whatever the environment says. A proxy looks names up by itself,
//!   so the guard could not hold.
//! - A [`Fetcher`] reads no `robots.txt`. That file speaks to crawlers; this is one page for one person
//!   who named it. What a list names is for a [`Crawler`], which does, and pauses between two pages of a site. There are
//!   no retries.
//! - It trusts the certificate authorities that Mozilla trusts, compiled in, and not those
//!   added to the computer. It speaks HTTP/1.1 alone.
//! - It runs no scripts and passes no paywall. A page that needs a login is to be saved
//!   from a browser and given as a file.

mod target;

mod guard;
mod ranges;

mod body;
mod fetcher;
mod polite;
mod post;
mod response;

mod error;
mod printable;

#[cfg(test)]
mod tests;

pub use error::{Error, ErrorKind};
pub use fetcher::{Fetcher, Options, Page};
pub use polite::{Answer, Crawler, Validators};
pub use post::{PostError, post};
pub use target::is_url;
