//! How do a reply's bytes become the page's own, and never too many?

use std::io::{self, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// How a body is packed for the way (`Content-Encoding`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Identity,
    Gzip,
    Deflate,
    Brotli,
}

/// What `Accept-Encoding` asks for. Deflate isn't asked for, since servers don't agree on
/// what it is, but what RFC 9110 means by it is read.
pub(crate) const ACCEPTED: &str = "gzip, br";

impl Coding {
    /// Reads the header; `None` for a coding not known here. Nobody packs a page twice but to
    /// harm, so a list of two isn't known either.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        match header.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Some(Self::Identity),
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" => Some(Self::Brotli),
            _ => None,
        }
    }

    /// The bytes unpacked; `None` when there are more than `limit`.
    pub(crate) fn decode(self, bytes: Vec<u8>, limit: u64) -> io::Result<Option<Vec<u8>>> {
        if bytes.is_empty() {
            return Ok(Some(bytes));
        }
        match self {
            Self::Identity => Ok(Some(bytes)),
            Self::Gzip => read_at_most(MultiGzDecoder::new(bytes.as_slice()), limit),
            Self::Deflate => read_at_most(ZlibDecoder::new(bytes.as_slice()), limit),
            Self::Brotli => {
                read_at_most(brotli_decompressor::Decompressor::new(bytes.as_slice(), BUFFER), limit)
            }
        }
    }
}

/// Bytes that the brotli decoder takes in at once.
const BUFFER: usize = 4096;

/// Reads to the end; `None` when there are more than `limit` bytes, of which one too many
/// is read.
pub(crate) fn read_at_most(reader: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((read as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    fn pack(coding: Coding, bytes: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        match coding {
            Coding::Identity => packed.extend(bytes),
            Coding::Gzip => {
                flate2::write::GzEncoder::new(&mut packed, flate2::Compression::fast())
                    .write_all(bytes)
                    .unwrap();
            }
            Coding::Deflate => {
                flate2::write::ZlibEncoder::new(&mut packed, flate2::Compression::fast())
                    .write_all(bytes)
                    .unwrap();
            }
            Coding::Brotli => {
                brotli::CompressorWriter::new(&mut packed, 4096, 3, 20).write_all(bytes).unwrap();
            }
        }
        packed
    }

    const CODINGS: [Coding; 4] = [Coding::Identity, Coding::Gzip, Coding::Deflate, Coding::Brotli];

    proptest! {
        #[test]
        fn unpacks_what_was_packed_and_no_byte_more_than_the_limit(bytes: Vec<u8>) {
            let length = bytes.len() as u64;
            for coding in CODINGS {
                let packed = pack(coding, &bytes);
                prop_assert_eq!(coding.decode(packed.clone(), length).unwrap(), Some(bytes.clone()));
                if coding != Coding::Identity && length > 0 {
                    prop_assert_eq!(coding.decode(packed, length - 1).unwrap(), None);
                }
            }
        }

        #[test]
        fn survives_any_bytes(bytes: Vec<u8>) {
            for coding in CODINGS {
                if let Ok(Some(decoded)) = coding.decode(bytes.clone(), 1000) {
                    prop_assert!(decoded.len() <= 1000);
                }
            }
        }
    }

    #[test]
    fn a_cut_body_is_an_error() {
        for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli] {
            let mut packed = pack(coding, b"The bridge is closed, the harbour says.");
            packed.truncate(packed.len() - 5);
            assert!(coding.decode(packed, 1000).is_err(), "{coding:?}");
        }
    }

    #[test]
    fn knows_one_coding_at_a_time() {
        assert_eq!(Coding::parse(" GZip "), Some(Coding::Gzip));
        assert_eq!(Coding::parse("x-gzip"), Some(Coding::Gzip));
        assert_eq!(Coding::parse("identity"), Some(Coding::Identity));
        assert_eq!(Coding::parse("zstd"), None);
        assert_eq!(Coding::parse("gzip, gzip"), None);
    }
}
