//! Does a file hold many articles, and of which kind is it?

use std::fs::File;
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use sayso_text::{Charset, Decoding, Format};

use super::{gzip, warc};

/// A form that holds articles, or says where they are. JSON is none of them, since it is
/// a format of one article too; see `units.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    /// A web archive.
    Warc,
    /// A table in columns.
    Parquet,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Addresses of a site's pages, or of such lists.
    Sitemap,
}

/// Bytes at the beginning that show what a file is.
pub(super) const HEAD: u64 = 64 * 1024;

impl Collection {
    /// What the bytes show; they may be the first ones only, and not be packed.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(warc::MAGIC) {
            return Some(Self::Warc);
        }
        if bytes.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        match root(bytes)?.as_str() {
            "rss" | "feed" | "RDF" => Some(Self::Feed),
            "urlset" | "sitemapindex" => Some(Self::Sitemap),
            "{" if is_json_feed(bytes) => Some(Self::Feed),
            _ => None,
        }
    }

    /// What a file's name says without a doubt.
    pub(super) fn from_path(path: &Path) -> Option<Self> {
        match (ending(&unpacked_name(path)).as_deref(), ending(path).as_deref()) {
            (Some("warc"), _) => Some(Self::Warc),
            (_, Some("parquet" | "pq")) => Some(Self::Parquet),
            _ => None,
        }
    }

    /// What a media type says without a doubt. XML may be anything.
    pub(super) fn from_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/rss+xml" | "application/atom+xml" | "application/feed+json" => Some(Self::Feed),
            "application/warc" => Some(Self::Warc),
            "application/vnd.apache.parquet" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// What a file is, by its name or else its first bytes.
    pub(super) fn of_file(path: &Path) -> Option<Self> {
        let peek = || {
            let (mut head, mut unpacked) = (Vec::new(), Vec::new());
            File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
            if !head.starts_with(gzip::MAGIC) {
                return Self::of(&head);
            }
            // The packed bytes were cut off, so that an error at their end says nothing.
            drop(gzip::Members::new(head.as_slice()).take(HEAD).read_to_end(&mut unpacked));
            Self::of(&unpacked)
        };
        Self::from_path(path).or_else(peek)
    }
}

/// Whether a file that lies in a folder is to be read, going by its name; XML can be
/// anything, so that it is looked into.
pub(super) fn is_readable(path: &Path) -> bool {
    let unpacked = unpacked_name(path);
    Collection::from_path(path).is_some()
        || Format::from_path(&unpacked).is_some()
        || matches!(ending(&unpacked).as_deref(), Some("xml" | "rss" | "atom"))
            && Collection::of_file(path).is_some()
}

/// A path without the ending of its packing.
pub(super) fn unpacked_name(path: &Path) -> std::path::PathBuf {
    if ending(path).as_deref() == Some("gz") { path.with_extension("") } else { path.to_owned() }
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// The name of XML's first element without its prefix, or `{` for a JSON object.
pub(super) fn root(bytes: &[u8]) -> Option<String> {
    // UTF-16 puts a NUL between the letters of its tags.
    let head: Vec<u8> = bytes.iter().take(HEAD as usize).copied().filter(|&b| b != 0).collect();
    let words = String::from_utf8_lossy(&head);
    let words = words.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if words.starts_with('{') {
        return Some("{".to_owned());
    }
    if !words.starts_with('<') {
        return None;
    }
    let words = without_declaration(words);
    let mut reader = Reader::from_str(words);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                return Some(tag.local_name().into_inner().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// A JSON Feed names its version by an address.
fn is_json_feed(bytes: &[u8]) -> bool {
    let sign = b"jsonfeed.org/version";
    let head = &bytes[..bytes.len().min(HEAD as usize)];
    // JSON may write a slash with a backslash before it.
    let plain: Vec<u8> = head.iter().copied().filter(|&b| b != b'\\').collect();
    plain.windows(sign.len()).any(|part| part == sign)
}

/// XML as characters, without its declaration, which names the encoding that it was in. Bytes
/// that are valid UTF-8 are UTF-8, whatever the declaration says, as it is often left over.
///
/// # Errors
/// When a byte stands for no character.
pub(super) fn xml_source(bytes: &[u8], decoding: Decoding) -> Result<String, sayso_text::Error> {
    let declared = || -> Option<Charset> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
        let (_, value) = declaration.split_once("encoding")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        value.split(['"', '\'']).nth(1)?.parse().ok()
    };
    let decoding = Decoding { stated: declared().or(decoding.stated), ..decoding };
    let source = sayso_text::json_source(bytes, decoding)?;
    Ok(without_declaration(source.trim_start_matches('\u{feff}').trim_start()).to_owned())
}

fn without_declaration(source: &str) -> &str {
    let after = source.strip_prefix("<?xml ").and_then(|rest| rest.split_once("?>"));
    after.map_or(source, |(_, after)| after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(bytes: &[u8], expected: Option<Collection>) {
        assert_eq!(Collection::of(bytes), expected, "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn kinds_are_known_by_their_root() {
        check(b"<rss version='2.0'><channel>", Some(Collection::Feed));
        check(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><feed xmlns='a'>", Some(Collection::Feed));
        check(b"<rdf:RDF xmlns='a'>", Some(Collection::Feed));
        check(b"<?xml-stylesheet href='x'?><rss>", Some(Collection::Feed));
        check(b"<!DOCTYPE urlset><urlset/>", Some(Collection::Sitemap));
        check(b"<sm:sitemapindex>", Some(Collection::Sitemap));
        check(b"{\"version\": \"https:\\/\\/jsonfeed.org\\/version\\/1.1\"}", Some(Collection::Feed));
        check(b"WARC/1.0\r\n", Some(Collection::Warc));
        check(b"PAR1", Some(Collection::Parquet));
        let wide: Vec<u8> = "\u{feff}<rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide, Some(Collection::Feed));
        for other in ["<html><body><rss>", "{\"text\": \"x\"}", "The <rss> tag", "<nitf>", "", "<", "<?xml"] {
            check(other.as_bytes(), None);
        }
    }

    #[test]
    fn a_declaration_gives_way_to_utf_8() {
        let source = |bytes: &[u8]| xml_source(bytes, Decoding::default()).ok();
        let declared = "<?xml version='1.0' encoding=\"iso-8859-1\"?><a>Zo\u{eb}</a>";
        let latin: Vec<u8> = declared.chars().map(|c| c as u8).collect();
        assert_eq!(source(declared.as_bytes()).as_deref(), Some("<a>Zoë</a>"));
        assert_eq!(source(&latin).as_deref(), Some("<a>Zoë</a>"));
        assert_eq!(source(b"<a>Zo\xeb</a>"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, words: String) {
            Collection::of(&bytes);
            Collection::of(format!("<{words}").as_bytes());
            drop(xml_source(&bytes, Decoding::default()));
        }
    }
}
