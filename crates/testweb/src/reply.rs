//! What does the server say, to the byte?

use std::time::Duration;

/// The bytes that answer one request, after which the connection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub(crate) bytes: Vec<u8>,
    /// Then this byte again and again, with a pause before each.
    pub(crate) drip: Option<(u8, Duration)>,
}

impl Reply {
    /// A web page in UTF-8, with status 200.
    pub fn page(html: &str) -> Self {
        Self::new(200, &[("Content-Type", "text/html; charset=utf-8")], html.as_bytes())
    }

    /// A reply that says how many bytes it has.
    pub fn new(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let length = body.len().to_string();
        let headers = [headers, &[("Content-Length", &length)]].concat();
        Self::raw([head(status, &headers).as_slice(), body].concat())
    }

    /// A reply that doesn't say how many bytes it has: they come in chunks.
    pub fn chunked(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut bytes = head(status, &[headers, &[("Transfer-Encoding", "chunked")]].concat());
        for chunk in body.chunks(16 * 1024) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        Self::raw(bytes)
    }

    /// A redirect with status 302.
    pub fn redirect(location: &str) -> Self {
        Self::new(302, &[("Location", location)], b"")
    }

    /// These bytes, whatever they are.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), drip: None }
    }

    /// Goes on with one byte after each pause, for as long as the client listens (or ten
    /// thousand times).
    #[must_use]
    pub fn dripping(mut self, filler: u8, pause: Duration) -> Self {
        self.drip = Some((filler, pause));
        self
    }
}

/// The status line and the headers. The words of a status are for people, so here are none.
fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} \r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}
