//! Which encoding is the page in?

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::ingest::Error;

/// Decodes a page: byte order mark first, then UTF-8 wherever the bytes allow it, then
/// what the page declares, then a guess from its bytes.
///
/// UTF-8 comes before the declaration because bytes beyond ASCII are hardly ever valid
/// UTF-8 by accident, while declarations are often left over from a template.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Error> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_with_bom_removal(bytes).0.into_owned());
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Error::Binary { offset });
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let encoding = declared(bytes).unwrap_or_else(|| guess(bytes));
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
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
            // A declaration that can be read byte by byte can't be in UTF-16.
            return Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 });
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
