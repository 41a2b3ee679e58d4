//! Which pages does a sitemap list?
//!
//! # Source
//! The protocol at <https://www.sitemaps.org/protocol.html>, with Google's tags for news.

use anyhow::{Error, Result, anyhow};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use sayso_text::Decoding;
use url::Url;

use super::collection::xml_source;
use super::entry::{Entry, line};

/// The protocol allows no more in one file.
const MOST: usize = 50_000;

/// A sitemap, as far as it can be read.
pub(super) struct Sitemap {
    /// True where the entries are sitemaps themselves.
    pub(super) is_index: bool,
    pub(super) entries: Vec<Entry>,
    /// Why there may be more than these.
    pub(super) error: Option<Error>,
}

/// Reads a sitemap, or a list of them.
///
/// # Errors
/// When its bytes are no characters.
pub(super) fn read(bytes: &[u8], address: Option<&str>, decoding: Decoding) -> Result<Sitemap> {
    let source = xml_source(bytes, decoding)?;
    let mut reader = Reader::from_str(&source);
    let mut walk = Walk { base: address.and_then(|url| Url::parse(url).ok()), ..Walk::default() };
    let error = loop {
        match reader.read_event() {
            Ok(Event::Eof) if walk.open.is_empty() => break None,
            Ok(Event::Eof) => break Some(anyhow!("the sitemap is cut off")),
            Err(error) => break Some(anyhow!("the sitemap is broken here: {error}")),
            Ok(_) if walk.entries.len() > MOST => {
                walk.entries.truncate(MOST);
                break Some(anyhow!("a sitemap holds at most {MOST} pages; the others are left out"));
            }
            Ok(event) => walk.step(&event),
        }
    };
    let error = error.or_else(|| walk.entries.is_empty().then(|| anyhow!("the sitemap lists no pages")));
    Ok(Sitemap { is_index: walk.is_index, entries: walk.entries, error })
}

/// Where the reader stands in the sitemap.
#[derive(Default)]
struct Walk {
    base: Option<Url>,
    is_index: bool,
    /// The names of the elements around, outermost first.
    open: Vec<String>,
    words: String,
    entry: Entry,
    entries: Vec<Entry>,
}

impl Walk {
    fn step(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => {
                let name = tag.local_name().into_inner().to_owned();
                self.is_index |= self.open.is_empty() && name == "sitemapindex";
                self.open.push(name);
                self.words.clear();
            }
            Event::End(_) => {
                self.close();
                self.open.pop();
                self.words.clear();
            }
            Event::Text(text) => self.words.push_str(text),
            Event::CData(text) => self.words.push_str(text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => self.words.push(letter),
                _ => self.words.push_str(resolve_predefined_entity(reference).unwrap_or_default()),
            },
            _ => {}
        }
    }

    /// Takes what the element that ends here says.
    fn close(&mut self) {
        let last = |n: usize| self.open.iter().rev().nth(n).map_or("", String::as_str);
        let words = line(&self.words);
        let known = &mut self.entry.known;
        // A picture has a `loc` as well, but in an element of its own.
        match (last(1), last(0)) {
            ("url" | "sitemap", "loc") => {
                let whole = words.map(|words| match &self.base {
                    Some(base) => base.join(&words).map_or(words, String::from),
                    None => words,
                });
                self.entry.link = whole;
            }
            ("publication", "name") => known.outlet = words,
            ("publication", "language") => known.language = words,
            ("news", "publication_date") => known.published = words,
            ("news", "title") => known.title = words,
            ("urlset" | "sitemapindex", "url" | "sitemap") => {
                let entry = std::mem::take(&mut self.entry);
                self.entries.extend(Some(entry).filter(|entry| entry.link.is_some()));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::entry::Known;
    use super::*;

    const NEWS: &str = "<?xml version='1.0' encoding='UTF-8'?>\n<urlset xmlns='x' xmlns:news='n' xmlns:image='i'>\
        <url><loc>http://a.example/1?a=1&amp;b=2</loc><image:image><image:loc>http://a.example/p.png</image:loc>\
        </image:image><news:news><news:publication><news:name>The Post</news:name><news:language>en</news:language>\
        </news:publication><news:publication_date>2032-05-03</news:publication_date><news:title><![CDATA[Dam & gate]]>\
        </news:title></news:news></url><url><loc> /2 </loc><lastmod>2032-05-04</lastmod></url></urlset>";

    #[test]
    fn pages_are_listed_with_what_is_said_of_them() {
        let map =
            read(NEWS.as_bytes(), Some("http://a.example/map.xml"), Decoding::default()).expect("a sitemap");
        assert!(!map.is_index && map.error.is_none());
        let links: Vec<_> = map.entries.iter().filter_map(|entry| entry.link.as_deref()).collect();
        assert_eq!(links, ["http://a.example/1?a=1&b=2", "http://a.example/2"]);
        let words = |words: &str| Some(words.to_owned());
        let known = Known {
            title: words("Dam & gate"),
            outlet: words("The Post"),
            published: words("2032-05-03"),
            language: words("en"),
            byline: None,
        };
        assert_eq!([&map.entries[0].known, &map.entries[1].known], [&known, &Known::default()]);
    }

    #[test]
    fn what_stands_before_damage_is_kept() {
        let check = |source: &str, is_index: bool, n: usize, said: &str| {
            let map = read(source.as_bytes(), None, Decoding::default()).expect("characters");
            let error = map.error.map(|error| error.to_string()).unwrap_or_default();
            assert_eq!((map.is_index, map.entries.len()), (is_index, n), "{source}");
            assert!(error.starts_with(said) && said.is_empty() == error.is_empty(), "{error}");
        };
        let one = "<sitemapindex><sitemap><loc>http://a.example/m.xml</loc></sitemap>";
        check(&format!("{one}</sitemapindex>"), true, 1, "");
        check(&format!("{one}</wrong>"), true, 1, "the sitemap is broken here");
        check(one, true, 1, "the sitemap is cut off");
        check("<urlset></urlset>", false, 0, "the sitemap lists no pages");
        let many = "<url><loc>http://a.example/</loc></url>".repeat(MOST + 1);
        check(&format!("<urlset>{many}</urlset>"), false, MOST, "a sitemap holds at most 50000 pages");
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, words: String, at in 0..500_usize) {
            drop(read(&bytes, None, Decoding::default()));
            let mut map = NEWS.as_bytes().to_vec();
            map.splice(at..at + 3, bytes);
            drop(read(&map, None, Decoding::default()));
            drop(read(format!("<urlset><url><loc>{words}").as_bytes(), Some("http://a.example/"), Decoding::default()));
        }
    }
}
