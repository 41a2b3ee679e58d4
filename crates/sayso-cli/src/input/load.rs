//! How do a unit's bytes become articles?

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::{Error, Result, anyhow, bail};
use sayso_fetch::Page;
use sayso_text::{Article, Charset, Decoding, Format, ingest_with, json_parts, json_source};

use super::collection::{Collection, root};
use super::entry::Entry;
use super::net::Web;
use super::own::Own;
use super::units::{self, Unit, What};
use super::warc::Stored;
use super::{Name, Named, gzip};
use crate::args::Intake;

/// What reading needs to know; shared by the threads.
pub(super) struct Loader<'a> {
    decoding: Decoding,
    max_bytes: u64,
    pub(super) web: Web<'a>,
}

impl<'a> Loader<'a> {
    pub(super) fn new(intake: &Intake, web: Web<'a>) -> Self {
        let decoding = Decoding { forced: intake.encoding, ..Decoding::default() };
        Self { decoding, max_bytes: intake.max_bytes, web }
    }

    /// The unit's articles: one, or those of a JSON array or of JSON lines; or else what there
    /// is to be divided.
    pub(super) fn open(&self, unit: Unit) -> Opened {
        let Unit { name, what, .. } = unit;
        match what {
            What::Bad(error) => {
                // A feed that is none.
                self.web.note(|seen| {
                    seen.unread.insert(name.name.clone());
                });
                Opened::bad(name, error)
            }
            What::Line(bytes) => {
                let article = read(&bytes, Format::JsonLines, self.decoding);
                Opened::Articles(vec![(name, article)])
            }
            What::Bytes { bytes, format, found } => self.divide(name, bytes, format, found),
            What::File { path, found } => match self.file(&path) {
                Ok(bytes) => self.divide(name, bytes, Format::from_path(&path), found),
                Err(error) => Opened::bad(name, error),
            },
            What::Address(url) => self.address(name, &url),
            What::Stored(page) => Opened::Articles(self.stored(name, &page)),
            What::Entry(entry) => Opened::Articles(self.entry(name, &entry)),
            What::Sitemap(url) => match self.listed(name.clone(), &url) {
                Opened::Many(many) if many.kind == Collection::Sitemap => {
                    Opened::Many(Many { is_listed: true, ..many })
                }
                Opened::Articles(articles) if articles.iter().all(|(_, article)| article.is_err()) => {
                    Opened::Articles(articles)
                }
                _ => Opened::bad(name, anyhow!("{url} is no sitemap, though a list of sitemaps names it")),
            },
        }
    }

    /// What is behind the bytes of a file or of standard input, unless sayso wrote them.
    fn divide(&self, name: Name, bytes: Vec<u8>, format: Option<Format>, found: bool) -> Opened {
        if let Some(own) = Own::of(&bytes, found) {
            return Opened::bad(name, own.into());
        }
        match Collection::of(&bytes).filter(|_| format != Some(Format::JsonLines)) {
            Some(kind) => Opened::Many(Many { name, kind, bytes, address: None, is_listed: false }),
            None => Opened::Articles(parts(name, &bytes, format, self.decoding)),
        }
    }

    /// What the user named.
    fn address(&self, name: Name, url: &str) -> Opened {
        let (page, validators) = match self.web.named(url) {
            Ok(Some(came)) => came,
            Ok(None) => return Opened::Articles(Vec::new()),
            Err(error) => return Opened::bad(name, error),
        };
        let opened = self.page(name.clone(), page).unwrap_or_else(|error| Opened::bad(name, error));
        if let Opened::Many(Many { kind: Collection::Feed | Collection::Sitemap, .. }) = opened {
            self.web.note(|seen| seen.lists.push((url.to_owned(), validators)));
        }
        opened
    }

    /// What a list names. What will come no more, or is no article, is never asked for again; what may come later makes the
    /// list worth another look.
    fn listed(&self, name: Name, url: &str) -> Opened {
        let opened = self.web.listed(url).and_then(|page| self.page(name.clone(), page));
        let is_later = opened.as_ref().err().is_some_and(may_come_later);
        self.web.note(|seen| {
            if is_later {
                let list = name.name.rsplit_once(':').map_or(name.name.as_str(), |(list, _)| list);
                seen.broken.insert(list.to_owned());
            } else {
                seen.pages.push(url.to_owned());
            }
        });
        opened.unwrap_or_else(|error| Opened::bad(name, error))
    }

    fn page(&self, name: Name, page: Page) -> Result<Opened> {
        let media_type = page.media_type.as_deref();
        let bytes = gzip::unpacked(page.bytes, self.max_bytes)?;
        let stated = page.charset.as_deref().and_then(|label| label.parse().ok());
        let decoding = Decoding { stated, ..self.decoding };
        if let Some(kind) = Collection::of(&bytes).or_else(|| Collection::from_media_type(media_type?)) {
            return Ok(Opened::Many(Many { name, kind, bytes, address: Some(page.url), is_listed: false }));
        }
        let format = match media_type {
            // What many servers say of anything; the bytes go the way of a file's.
            None | Some("text/plain" | "application/octet-stream" | "binary/octet-stream") => {
                of_address(&page.url)
            }
            Some("application/gzip" | "application/x-gzip") => of_address(page.url.trim_end_matches(".gz")),
            // A page that keeps to the rules of XML.
            Some("application/xml" | "text/xml") if root(&bytes).as_deref() == Some("html") => {
                Some(Format::Html)
            }
            Some(media_type) => match Format::from_media_type(media_type) {
                Some(format) => Some(format),
                None => bail!("it is {media_type}, which holds no article's words; give a web page"),
            },
        };
        let mut articles = parts(name, &bytes, format, decoding);
        for article in articles.iter_mut().filter_map(|(_, result)| result.as_mut().ok()) {
            settle_address(article, &page.url);
        }
        Ok(Opened::Articles(articles))
    }

    /// The article on a page that an archive holds. JSON on the web is seldom one, so that
    /// other JSON is passed over.
    fn stored(&self, name: Name, page: &Stored) -> Vec<Named> {
        let stated = page.charset.as_deref().and_then(|label| label.parse().ok());
        let decoding = Decoding { stated, ..self.decoding };
        let mut article = read(&page.bytes, page.format, decoding);
        if page.format == Format::Json && article.is_err() {
            return Vec::new();
        }
        if let Ok(article) = &mut article {
            settle_address(article, &page.url);
            if page.is_cut {
                article.notes.push("The archive holds only the beginning of this page.".to_owned());
            }
        }
        vec![(name, article)]
    }

    /// What a list names: its own words where they are whole, or else the page.
    fn entry(&self, name: Name, entry: &Entry) -> Vec<Named> {
        if entry.link.as_ref().is_some_and(|link| self.web.has(link)) {
            return Vec::new();
        }
        if let Some(article) = entry.whole() {
            return vec![(name, Ok(article))];
        }
        let Some(link) = &entry.link else {
            return vec![(name, Err(anyhow!("the feed gives neither its text nor the address of its page")))];
        };
        let mut articles = match self.listed(name.clone(), link) {
            Opened::Articles(articles) => articles,
            Opened::Many(_) => vec![(name.clone(), Err(anyhow!("{link} is a list and no article's page")))],
        };
        // The list's own words stand for a page that will not come, not for one that may.
        let is_gone =
            |(_, article): &Named| article.as_ref().err().is_some_and(|error| !self.comes_later(error));
        if articles.iter().all(is_gone)
            && let Some(article) = entry.instead()
        {
            return vec![(name, Ok(article))];
        }
        for article in articles.iter_mut().filter_map(|(_, result)| result.as_mut().ok()) {
            entry.known.fill(article);
        }
        articles
    }

    /// Only for those who come again: who asks once gets what there is.
    fn comes_later(&self, error: &Error) -> bool {
        self.web.before.is_some() && may_come_later(error)
    }

    pub(super) fn file(&self, path: &Path) -> Result<Vec<u8>> {
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let size = file.metadata().map_or(0, |metadata| metadata.len());
        if size > self.max_bytes {
            return Err(too_large(size, self.max_bytes));
        }
        let mut bytes = Vec::new();
        // A file that grows, or a device, has no size that could be trusted.
        file.by_ref().take(self.max_bytes + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        if bytes.len() as u64 > self.max_bytes {
            return Err(too_large(bytes.len() as u64, self.max_bytes));
        }
        Ok(bytes)
    }
}

/// What came of a unit.
pub(super) enum Opened {
    Articles(Vec<Named>),
    Many(Many),
}

impl Opened {
    fn bad(name: Name, error: Error) -> Self {
        Self::Articles(vec![(name, Err(error))])
    }
}

/// A collection in memory, to be divided into units.
pub(super) struct Many {
    pub(super) name: Name,
    pub(super) kind: Collection,
    pub(super) bytes: Vec<u8>,
    /// Where it came from, if not from a file.
    pub(super) address: Option<String>,
    /// True for a sitemap that a list of sitemaps names.
    pub(super) is_listed: bool,
}

/// A page may give another address of the same site as its own. One of another site is only
/// what the page says: the record names where the words came from.
fn settle_address(article: &mut Article, fetched: &str) {
    match &article.url {
        Some(stated) if site(stated) != site(fetched) => {
            article.notes.push(format!("The page gives {stated} as its address."));
            article.url = Some(fetched.to_owned());
        }
        Some(_) => {}
        None => article.url = Some(fetched.to_owned()),
    }
}

/// The host without what only names a form of the site.
fn site(url: &str) -> String {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    let host = after.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
    let mut host = host.as_str();
    while let Some(rest) = ["www.", "m.", "mobile.", "amp."].iter().find_map(|form| host.strip_prefix(form)) {
        host = rest;
    }
    host.to_owned()
}

/// The articles of a file or page. JSON is decoded before it is divided, since its marks are
/// other bytes in some encodings.
fn parts(name: Name, bytes: &[u8], format: Option<Format>, decoding: Decoding) -> Vec<Named> {
    let format = format.unwrap_or_else(|| Format::guess(bytes));
    tracing::debug!(name = name.name, bytes = bytes.len(), ?format, "reading");
    let is_json = matches!(format, Format::Json | Format::JsonLines);
    let source = if is_json { json_source(bytes, decoding).ok() } else { None };
    let Some(source) = source else {
        return vec![(name, read(bytes, format, decoding))];
    };
    let of_many = |place: String| Name { name: place, of_many: true };
    if format == Format::JsonLines || units::is_lines(&source) {
        let lines = source.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let place = |i: usize| of_many(format!("{}:{}", name.name, i + 1));
        let articles: Vec<Named> = lines
            .map(|(i, line)| (place(i), read(line.trim().as_bytes(), Format::JsonLines, Decoding::default())))
            .collect();
        if !articles.is_empty() {
            return articles;
        }
    } else if source.trim_start().starts_with('[') {
        return match json_parts(source.as_bytes()) {
            Err(error) => vec![(of_many(name.name), Err(error.into()))],
            Ok(parts) => {
                let place = |i: usize| of_many(format!("{}#{}", name.name, i + 1));
                let article = |part: &[u8]| read(part, Format::Json, Decoding::default());
                parts.into_iter().enumerate().map(|(i, part)| (place(i), article(part))).collect()
            }
        };
    }
    vec![(name, read(bytes, format, decoding))]
}

/// One article.
pub(super) fn read(bytes: &[u8], format: Format, decoding: Decoding) -> Result<Article> {
    if matches!(format, Format::Json | Format::JsonLines)
        && let Some(own) = Own::of(bytes, false)
    {
        return Err(own.into());
    }
    ingest_with(bytes, format, decoding).map_err(|error| explained(error, bytes, format, decoding))
}

/// The form that an address's ending stands for.
fn of_address(url: &str) -> Option<Format> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split(['?', '#']).next()?.split_once('/')?;
    Format::from_path(path)
}

/// The library's words, with the option that helps.
fn explained(error: sayso_text::Error, bytes: &[u8], format: Format, decoding: Decoding) -> Error {
    match error.kind() {
        // To guess at another is no help to one who named the encoding.
        sayso_text::ErrorKind::Undecodable if decoding.forced.is_none() => {
            let likely = Charset::guess(bytes).to_string().to_lowercase();
            let place = if format == Format::JsonLines { " (counted in the line)" } else { "" };
            anyhow!("{error}{place}; perhaps it is --encoding {likely}")
        }
        sayso_text::ErrorKind::Binary if decoding.forced.is_none() => match wide(bytes) {
            Some(likely) => anyhow!("{error}; perhaps it is --encoding {likely}"),
            None => error.into(),
        },
        _ => match error {
            // The line's number in the file is part of its name.
            sayso_text::Error::Json { column, reason, .. } if format == Format::JsonLines => {
                anyhow!("column {column}: {reason}; mend the line or leave it out")
            }
            error => error.into(),
        },
    }
}

/// UTF-16 without its mark has a NUL beside each letter of the Latin alphabet.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    let (pairs, _) = bytes[..bytes.len().min(200)].as_chunks::<2>();
    let share = |n: usize| 4 * n > 3 * pairs.len();
    let n = |at: usize| pairs.iter().filter(|pair| pair[at] == 0 && pair[1 - at] != 0).count();
    if share(n(1)) { Some("utf-16le") } else { share(n(0)).then_some("utf-16be") }
}

/// The fetcher's words, with the option that helps.
pub(super) fn unfetched(error: &sayso_fetch::Error) -> Error {
    use sayso_fetch::ErrorKind;

    let advice = match error.kind() {
        ErrorKind::Refused => "; if you mean it, add --allow-private",
        ErrorKind::TooLarge => "; if you trust it, raise the limit with --max-bytes",
        _ => "",
    };
    let may_come_later = matches!(
        error.kind(),
        ErrorKind::Busy
            | ErrorKind::Server
            | ErrorKind::Timeout
            | ErrorKind::Connection
            | ErrorKind::Unresolved
            | ErrorKind::Tls
    );
    Fetched { words: format!("{error}{advice}"), may_come_later }.into()
}

/// Whether the same address may give its page another time.
fn may_come_later(error: &Error) -> bool {
    error.downcast_ref::<Fetched>().is_some_and(|fetched| fetched.may_come_later)
}

/// Why an address gave no page; the words may name the address by themselves.
#[derive(Debug)]
pub(super) struct Fetched {
    words: String,
    may_come_later: bool,
}

impl fmt::Display for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Fetched {}

/// Why a file can't be read, and what to do.
pub(crate) fn unreadable(error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no such file; check the name and the folder"),
        ErrorKind::PermissionDenied => anyhow!("you may not read it; ask its owner"),
        _ => anyhow!("{error}"),
    }
}

/// For bytes that nobody has counted to the end.
pub(super) fn over_limit(what: &str, max_bytes: u64) -> Error {
    anyhow!("{what} more bytes than the limit of {max_bytes}; if you trust it, raise it with --max-bytes")
}

pub(super) fn too_large(n_bytes: u64, max_bytes: u64) -> Error {
    anyhow!("{n_bytes} bytes are over the limit of {max_bytes}; --max-bytes {n_bytes} reads it all the same")
}
