//! Which articles does a feed hold?

use std::borrow::Cow;

use anyhow::{Result, anyhow};
use feed_rs::model::{self, Feed};
use quick_xml::escape::unescape;
use sayso_text::Decoding;
use url::Url;

use super::collection::{root, xml_source};
use super::entry::{Content, Entry, Known, line};

/// The entries of RSS, Atom or a JSON Feed, in its order; `address` is where it came from, if
/// not from a file.
///
/// # Errors
/// When it is no feed, or has no entries.
pub(super) fn entries(bytes: &[u8], address: Option<&str>, decoding: Decoding) -> Result<Vec<Entry>> {
    let is_json = root(bytes).as_deref() == Some("{");
    let source = match is_json {
        true => sayso_text::json_source(bytes, decoding),
        false => xml_source(bytes, decoding).map(versioned),
    };
    let parser = feed_rs::parser::Builder::new().base_uri(address).build();
    let feed = parser.parse(source?.as_bytes()).map_err(|error| anyhow!("it is a broken feed: {error}"))?;
    if feed.entries.is_empty() {
        return Err(anyhow!("the feed has no entries"));
    }
    let outlet = feed.title.as_ref().and_then(title);
    let base = address.map(str::to_owned).or_else(|| page(&feed.links)).and_then(|url| Url::parse(&url).ok());
    let entry = |entry: &model::Entry| Entry {
        link: page(&entry.links).and_then(|link| whole(base.as_ref(), &link)),
        known: known(entry, &feed, outlet.clone()),
        content: content(entry),
        is_local: address.is_none(),
    };
    Ok(feed.entries.iter().map(entry).collect())
}

/// The address with that of the list before it, where it is relative.
fn whole(base: Option<&Url>, link: &str) -> Option<String> {
    let url = base.map_or_else(|| Url::parse(link), |base| base.join(link)).ok()?;
    Some(url.into())
}

/// The address of a page among links that lead to sounds, comments and the feed itself too.
fn page(links: &[model::Link]) -> Option<String> {
    let is_page = |link: &&model::Link| {
        let rel = link.rel.as_deref().unwrap_or("alternate");
        let media_type = link.media_type.as_deref().unwrap_or("text/html");
        rel == "alternate" && sayso_text::Format::from_media_type(media_type).is_some()
    };
    links.iter().find(is_page).map(|link| link.href.trim().to_owned()).filter(|link| !link.is_empty())
}

/// RSS with a version that the parser takes; some feeds state none, or one of their own.
fn versioned(source: String) -> String {
    let rest = source.find("<rss").map(|at| at + "<rss".len());
    let Some((begin, end)) = rest.and_then(|at| Some((at, at + source[at..].find('>')?))) else {
        return source;
    };
    let tag = &source[begin..end];
    if ["2.0", "0.91", "0.92"]
        .iter()
        .any(|version| tag.contains(&format!("\"{version}\"")) || tag.contains(&format!("'{version}'")))
    {
        return source;
    }
    let tag = tag.replace(" version=", " stated-version=");
    format!("{} version=\"2.0\"{tag}{}", &source[..begin], &source[end..])
}

/// A title's words; markup and entities stand in many, whether or not they say so.
fn title(text: &model::Text) -> Option<String> {
    let mut words = text.content.clone();
    if text.content_type.essence().to_string() == "text/html" {
        let mut parts = text.content.split('<');
        let first = parts.next().unwrap_or_default().to_owned();
        words = parts.fold(first, |words, part| words + part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    // What is no entity, as in "AT&T", stays.
    let plain = unescape(&words).map(Cow::into_owned);
    line(&plain.unwrap_or(words))
}

fn known(entry: &model::Entry, feed: &Feed, outlet: Option<String>) -> Known {
    let names: Vec<String> = entry
        .authors
        .iter()
        .filter_map(|author| line(author.name.as_deref().or(author.email.as_deref())?))
        .collect();
    Known {
        title: entry.title.as_ref().and_then(title),
        outlet,
        byline: Some(names.join(", ")).filter(|names| !names.is_empty()),
        // When it was last changed says nothing of when it was published.
        published: entry.published.map(|date| date.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        language: entry.language.clone().or_else(|| feed.language.clone()),
    }
}

/// The whole content; where an entry has no page, its summary may be all that there is.
fn content(entry: &model::Entry) -> Option<Content> {
    let is_html = |essence: &str| essence != "text/plain";
    let own = entry.content.as_ref().and_then(|content| {
        let essence = content.content_type.essence().to_string();
        Some(Content { body: content.body.clone()?, is_html: is_html(&essence) })
    });
    let summary = || {
        let summary = entry.summary.as_ref().filter(|_| entry.links.is_empty())?;
        let essence = summary.content_type.essence().to_string();
        Some(Content { body: summary.content.clone(), is_html: is_html(&essence) })
    };
    own.or_else(summary)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(feed: &str, address: Option<&str>, expected: &[(Option<&str>, &str, Option<&str>)]) {
        let entries = entries(feed.as_bytes(), address, Decoding::default()).expect("a feed");
        let found: Vec<_> = entries
            .iter()
            .map(|e| {
                (e.link.as_deref(), e.known.title.as_deref().unwrap_or(""), e.known.published.as_deref())
            })
            .collect();
        assert_eq!(found, expected, "{feed}");
    }

    #[test]
    fn entries_have_links_titles_and_days() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><link>http://a.example/</link>\
                   <item><title>Dam &amp; gate</title><link>http://a.example/1</link>\
                   <pubDate>Mon, 03 May 2032 08:00:00 +0200</pubDate></item>\
                   <item><title>Two</title><link>/2</link></item></channel></rss>";
        let day = Some("2032-05-03T06:00:00Z");
        check(
            rss,
            None,
            &[(Some("http://a.example/1"), "Dam & gate", day), (Some("http://a.example/2"), "Two", None)],
        );
        check(
            &rss.replace(" version='2.0'", ""),
            None,
            &[(Some("http://a.example/1"), "Dam & gate", day), (Some("http://a.example/2"), "Two", None)],
        );
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>One</title>\
                    <link rel='enclosure' href='x.mp3'/><link href='story'/>\
                    <published>2032-05-03T06:00:00Z</published></entry></feed>";
        check(atom, Some("http://a.example/news/feed"), &[(Some("http://a.example/news/story"), "One", day)]);
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [
                      {"id": "1", "url": "/story", "title": "One", "content_text": "Rain fell."}]}"#;
        check(json, Some("http://a.example/feed"), &[(Some("http://a.example/story"), "One", None)]);
        check(json, None, &[(None, "One", None)]);
    }

    #[test]
    fn titles_are_words() {
        let check = |words: &str, title: &str| {
            for (version, kind) in
                [("feed xmlns='http://www.w3.org/2005/Atom'", "entry"), ("rss version='3'", "item")]
            {
                let root = version.split(' ').next().unwrap_or_default();
                let (begin, end) = if root == "rss" { ("<channel>", "</channel>") } else { ("", "") };
                let feed = format!(
                    "<{version}>{begin}<{kind}><title type='html'>{words}</title></{kind}>{end}</{root}>"
                );
                let entries = entries(feed.as_bytes(), None, Decoding::default()).expect("a feed");
                assert_eq!(entries[0].known.title.as_deref(), Some(title), "{feed}");
            }
        };
        check("Dam&amp;#8217;s end", "Dam’s end");
        check("The &amp;amp; of it&amp;rsquo;s", "The & of it’s");
        check("AT&amp;T", "AT&T");
        check("<![CDATA[Dam&#8217;s]]>", "Dam’s");
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, words: String) {
            drop(entries(&bytes, None, Decoding::default()));
            for feed in [
                format!("<rss version='2.0'><channel><item>{words}</item><item><link>{words}"),
                format!("<feed><entry><link href='{words}'/>{words}</entry></feed>"),
            ] {
                drop(entries(feed.as_bytes(), Some("http://a.example/"), Decoding::default()));
            }
        }
    }
}
