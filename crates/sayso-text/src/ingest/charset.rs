//! Which characters do the bytes stand for?

use std::fmt;
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Error;

/// A character encoding of the web.
///
/// ```
/// use sayso_text::Charset;
/// let charset: Charset = "latin1".parse()?;
/// assert_eq!(charset.to_string(), "windows-1252");
/// assert!("morse".parse::<Charset>().is_err());
/// # Ok::<(), sayso_text::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// The encoding that bytes which are not UTF-8 are most likely in; one of those that
    /// web pages used before it, windows-1252 when nothing speaks for another.
    ///
    /// ```
    /// use sayso_text::Charset;
    /// assert_eq!(Charset::guess(b"The caf\xe9 is closed.").to_string(), "windows-1252");
    /// ```
    pub fn guess(bytes: &[u8]) -> Self {
        Self(guess(bytes))
    }
}

impl FromStr for Charset {
    type Err = Error;

    /// Any label of the WHATWG's Encoding Standard, in any case.
    fn from_str(label: &str) -> Result<Self, Error> {
        let found = Encoding::for_label_no_replacement(label.as_bytes());
        found.map(Self).ok_or_else(|| Error::UnknownCharset { label: label.to_owned() })
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Charset({self})")
    }
}

/// What is known about the encoding from outside the bytes. A byte order mark comes
/// before both, since a file that begins with one is in no other encoding.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Decoding {
    /// The reader's own choice for bytes that are not UTF-8, whatever they say of
    /// themselves. Bytes that it has no character for are an error.
    pub forced: Option<Charset>,
    /// What came along with the bytes, as an HTTP header does. Used for bytes that are
    /// not UTF-8, and for ISO-2022-JP's escapes, which are; a page's own statement comes
    /// after it.
    pub stated: Option<Charset>,
}

/// A page's characters.
pub(super) struct Page {
    pub(super) source: String,
    /// The encoding that had no character for some bytes, which stand as U+FFFD.
    pub(super) damaged: Option<Charset>,
}

/// Decodes a text: UTF-8, or what else its byte order mark or `decoding` say. Every
/// byte has a character, or there is an error.
pub(super) fn decode(bytes: &[u8], decoding: Decoding) -> Result<String, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, bytes, mark);
    }
    if let Some(encoding) = forced(bytes, decoding) {
        return strictly(encoding, bytes, 0);
    }
    if decoding.stated == Some(Charset(ISO_2022_JP)) && has_escapes(bytes) {
        return strictly(ISO_2022_JP, bytes, 0);
    }
    let stated = || decoding.stated.and_then(|Charset(encoding)| strictly(encoding, bytes, 0).ok());
    strictly(UTF_8, bytes, 0).or_else(|error| stated().ok_or(error))
}

/// Decodes a page: byte order mark first, then UTF-8 wherever the bytes allow it, then what
/// is forced, then what is stated, then what the page declares, then a guess from
/// its bytes. An encoding that has no character for some bytes gives way to the next.
///
/// UTF-8 comes before statements because bytes beyond ASCII are hardly ever valid
/// UTF-8 by accident, while statements are often left over from a template. For the
/// same reason a page of which nearly all is UTF-8 is a damaged one in UTF-8. Only
/// ISO-2022-JP writes all its characters within ASCII, and so is always valid UTF-8:
/// where its escapes stand and it is stated or declared, it comes first.
pub(super) fn decode_page(bytes: &[u8], decoding: Decoding) -> Result<Page, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return match strictly(encoding, bytes, mark) {
            Ok(source) => Ok(Page { source, damaged: None }),
            Err(error @ Error::Binary { .. }) => Err(error),
            Err(_) => Ok(leniently(encoding, &bytes[mark..])),
        };
    }
    let whole = |source| Page { source, damaged: None };
    if let Some(encoding) = forced(bytes, decoding) {
        return strictly(encoding, bytes, 0).map(whole);
    }
    let stated = decoding.stated.map(|Charset(encoding)| encoding);
    if has_escapes(bytes) && stated.or_else(|| declared(bytes)) == Some(ISO_2022_JP) {
        return strictly(ISO_2022_JP, bytes, 0).map(whole).or_else(|error| match error {
            Error::Binary { .. } => Err(error),
            _ => Ok(leniently(ISO_2022_JP, bytes)),
        });
    }
    match strictly(UTF_8, bytes, 0) {
        Ok(source) => return Ok(whole(source)),
        // Only in UTF-16 are there NULs between the letters.
        Err(error @ Error::Binary { .. }) => {
            let wide = stated.filter(|encoding| !encoding.is_ascii_compatible());
            return wide.and_then(|wide| strictly(wide, bytes, 0).ok()).map(whole).ok_or(error);
        }
        Err(_) if is_damaged_utf8(bytes) => return Ok(leniently(UTF_8, bytes)),
        Err(_) => {}
    }
    let last = guess(bytes);
    let candidates = [stated, declared(bytes), Some(last)];
    let found = candidates.into_iter().flatten().find_map(|encoding| strictly(encoding, bytes, 0).ok());
    Ok(found.map_or_else(|| leniently(last, bytes), whole))
}

/// The reader's choice, where the bytes are not UTF-8. ISO-2022-JP is UTF-8 to look at, so
/// that its escapes decide.
fn forced(bytes: &[u8], decoding: Decoding) -> Option<&'static Encoding> {
    let Charset(encoding) = decoding.forced?;
    let escapes = encoding == ISO_2022_JP && bytes.contains(&0x1b);
    (escapes || strictly(UTF_8, bytes, 0).is_err()).then_some(encoding)
}

/// Decodes what follows the byte order mark of `mark` bytes. No character is invented,
/// and offsets in errors count from the start of `bytes`.
fn strictly(encoding: &'static Encoding, bytes: &[u8], mark: usize) -> Result<String, Error> {
    // A NUL says more about a file than the first byte that doesn't fit.
    let unit = if [UTF_16LE, UTF_16BE].contains(&encoding) { 2 } else { 1 };
    let nul = bytes[mark..].chunks_exact(unit).position(|unit| unit.iter().all(|&byte| byte == 0));
    if let Some(at) = nul {
        return Err(Error::Binary { offset: mark + at * unit });
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut n_read = mark;
    loop {
        let rest = &bytes[n_read..];
        text.reserve(decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()));
        let (result, n) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        n_read += n;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(n_bad, n_after) => {
                let offset = n_read - usize::from(n_bad) - usize::from(n_after);
                return Err(Error::Undecodable { offset, byte: bytes[offset], charset: Charset(encoding) });
            }
        }
    }
}

/// True for bytes within ASCII that change the set of characters, as ISO-2022-JP does:
/// ESC and then `$` or `(`.
fn has_escapes(bytes: &[u8]) -> bool {
    bytes.is_ascii() && bytes.windows(2).any(|pair| matches!(pair, b"\x1b$" | b"\x1b("))
}

fn leniently(encoding: &'static Encoding, bytes: &[u8]) -> Page {
    let (source, damaged) = encoding.decode_without_bom_handling(bytes);
    Page { source: source.into_owned(), damaged: damaged.then_some(Charset(encoding)) }
}

/// True when four times more characters beyond ASCII are sound UTF-8 than broken.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_sound, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_sound >= 4 * n_broken
}

/// The encoding that a `<meta>` names in the first 4096 bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    let mut rest = &*head;
    while let Some(at) = rest.find("charset") {
        rest = &rest[at + "charset".len()..];
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            continue;
        };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end =
            value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value.as_bytes()[..end]) {
            // A declaration that can be read byte by byte can't be in UTF-16. It can in
            // ISO-2022-JP, which is ASCII up to its first escape.
            let readable = encoding.is_ascii_compatible() || encoding == ISO_2022_JP;
            return Some(if readable { encoding } else { UTF_8 });
        }
    }
    None
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding.is_ascii_compatible() { encoding } else { WINDOWS_1252 }
}
