//! What does a server's reply say that a web archive holds?
//!
//! Archives keep replies as they came: head and body, the body perhaps in chunks and packed.
//! Some crawlers unpack the body and leave the head as it was, so that what the head
//! says of the packing is believed only where the body bears it out.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use sayso_text::Format;

/// The head of a reply.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) status: u16,
    media_type: Option<String>,
    /// As the header states it, which may be wrong.
    pub(super) charset: Option<String>,
    is_chunked: bool,
    codings: Vec<String>,
    /// Bytes of the head, with the blank line behind it.
    pub(super) n_bytes: usize,
}

impl Head {
    /// Reads the head at the beginning of a reply; `None` where there is none.
    pub(super) fn read(reply: &[u8]) -> Option<Self> {
        let n_bytes = end_of_head(reply)?;
        let words = String::from_utf8_lossy(&reply[..n_bytes]);
        let mut lines = words.lines();
        let mut status = lines.next()?.strip_prefix("HTTP/")?.split_ascii_whitespace().skip(1);
        let mut head = Self { status: status.next()?.parse().ok()?, n_bytes, ..Self::default() };
        for (name, value) in fields(lines) {
            let parts = || value.split(',').map(|part| part.trim().to_ascii_lowercase());
            match name.as_str() {
                "content-type" => (head.media_type, head.charset) = content_type(value),
                "transfer-encoding" => head.is_chunked |= parts().any(|part| part == "chunked"),
                "content-encoding" => {
                    head.codings.extend(parts().filter(|part| !["", "identity"].contains(&part.as_str())));
                }
                _ => {}
            }
        }
        Some(head)
    }

    /// What an article in the body is written in; `None` where the reply is no article's.
    pub(super) fn format(&self, address: &str) -> Option<Format> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        if self.status != 200 || path.ends_with("/robots.txt") {
            return None;
        }
        let format = Format::from_media_type(self.media_type.as_deref()?)?;
        (format != Format::JsonLines).then_some(format)
    }

    /// The body as the page's author wrote it; `None` when it has more bytes than the limit.
    pub(super) fn body(&self, body: &[u8], limit: u64) -> io::Result<Option<Vec<u8>>> {
        let whole = match self.is_chunked {
            true => unchunked(body).map_or(Cow::Borrowed(body), Cow::Owned),
            false => Cow::Borrowed(body),
        };
        match self.unpacked(&whole, limit) {
            Err(_) if looks_plain(&whole) => at_most(&*whole, limit),
            unpacked => unpacked,
        }
    }

    fn unpacked(&self, body: &[u8], limit: u64) -> io::Result<Option<Vec<u8>>> {
        match self.codings.as_slice() {
            [] => at_most(body, limit),
            [coding] => match coding.as_str() {
                "gzip" | "x-gzip" => at_most(MultiGzDecoder::new(body), limit),
                "deflate" => at_most(ZlibDecoder::new(body), limit),
                "br" => at_most(brotli_decompressor::Decompressor::new(body, 4096), limit),
                coding => Err(io::Error::other(format!("it is packed as {coding}"))),
            },
            _ => Err(io::Error::other("it is packed more than once")),
        }
    }
}

/// Whether a body begins as a page, an object or a text does, and so isn't packed.
fn looks_plain(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let head = &body[..body.len().min(64)];
    !head.is_empty() && head.iter().all(|&b| b >= b' ' || b.is_ascii_whitespace())
}

fn at_most(reader: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let n_read = reader.take(limit + 1).read_to_end(&mut bytes)? as u64;
    Ok((n_read <= limit).then_some(bytes))
}

/// Where the blank line behind a head ends.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let n_line = bytes[at..].iter().position(|&b| b == b'\n')? + 1;
        let is_blank = bytes[at..at + n_line].trim_ascii().is_empty();
        at += n_line;
        if is_blank {
            return Some(at);
        }
    }
}

/// Named fields, one a line, with their names in lower case; a line without a name is none.
pub(super) fn fields<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (String, &'a str)> {
    lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim().to_ascii_lowercase(), value.trim()))
    })
}

/// The media type and the charset, where stated.
fn content_type(value: &str) -> (Option<String>, Option<String>) {
    let mut parts = value.split(';').map(str::trim);
    let media_type = parts.next().filter(|words| !words.is_empty()).map(str::to_ascii_lowercase);
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
    });
    (media_type, charset)
}

/// The chunks put together; `None` where the body is in none, as when the crawler did it.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let n_line = rest.iter().position(|&b| b == b'\n')?;
        let size = str::from_utf8(&rest[..n_line]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[n_line + 1..];
        if size == 0 {
            return Some(whole);
        }
        // A body that was cut off ends within a chunk.
        let Some(chunk) = rest.get(..size) else {
            whole.extend(rest);
            return Some(whole);
        };
        whole.extend(chunk);
        rest = &rest[size..];
        let n_end = rest.iter().take_while(|b| b"\r\n".contains(b)).count().min(2);
        rest = &rest[n_end..];
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn check(headers: &str, body: &[u8], expected: Option<&str>) {
        let reply = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
        let head = Head::read(&reply).expect("a head");
        let found = head.body(&reply[head.n_bytes..], 1000).ok().flatten();
        assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{headers}");
    }

    #[test]
    fn bodies_are_unpacked_where_they_are_packed() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"<p>Rain.").expect("a vector takes all");
        let gzip = gzip.finish().expect("a vector takes all");
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &b"<p>Rain."[..], &mut brotli, &Default::default()).expect("it packs");
        check("", b"<p>Rain.", Some("<p>Rain."));
        check("Content-Encoding: gzip\r\n", &gzip, Some("<p>Rain."));
        check("content-encoding: BR\r\n", &brotli, Some("<p>Rain."));
        check("Content-Encoding: gzip\r\n", b" <p>Rain.", Some(" <p>Rain."));
        check("Content-Encoding: br\r\n", b"<p>Rain.", Some("<p>Rain."));
        check("Content-Encoding: gzip\r\n", &gzip[..10], None);
        check("Content-Encoding: zstd\r\n", b"\x28\xb5\x2f\xfd\x04", None);
        check("Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n5;x\r\nRain.\r\n0\r\n\r\n", Some("<p>Rain."));
        check("Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n9\r\nRain.", Some("<p>Rain."));
        check("Transfer-Encoding: chunked\r\n", b"<p>Rain.\n", Some("<p>Rain.\n"));
        check("", &[b'a'; 1001], None);
        let both = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
        let chunk = [format!("{:x}\r\n", gzip.len()).as_bytes(), &gzip, b"\r\n0\r\n\r\n"].concat();
        check(both, &chunk, Some("<p>Rain."));
    }

    #[test]
    fn only_pages_and_texts_are_articles() {
        let check = |head: &str, address: &str, expected: Option<Format>| {
            let head = Head::read(format!("{head}\r\n\r\n").as_bytes());
            assert_eq!(head.and_then(|head| head.format(address)), expected, "{address}");
        };
        let page = "http://a.example/story";
        check("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x", page, Some(Format::Html));
        check("HTTP/2 200\r\nContent-type:application/json", page, Some(Format::Json));
        check("HTTP/1.1 404 No\r\nContent-Type: text/html", page, None);
        check("HTTP/1.1 200 OK\r\nContent-Type: image/png", page, None);
        check("HTTP/1.1 200 OK", page, None);
        check("HTTP/1.1 200 OK\r\nContent-Type: text/plain", "http://a.example/robots.txt", None);
        check("HTTP/1.1 two", page, None);
        check("\r\nHTTP/1.1 200 OK", page, None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, coding in "gzip|br|deflate|x", chunked: bool) {
            Head::read(&bytes);
            let head = Head { is_chunked: chunked, codings: vec![coding], ..Head::default() };
            if let Ok(Some(body)) = head.body(&bytes, 1000) {
                prop_assert!(body.len() <= 1000);
            }
        }
    }
}
