//! How does every target read its bytes, and what must hold of what comes out?

use sayso_text::{Decoding, Document, Format, ingest_with};

#[path = "../../crates/sayso-text/tests/text/sound.rs"]
mod sound;

/// Reads the bytes in one format. The first byte says in which encoding.
pub(crate) fn check(data: &[u8], format: Format) {
    let Some((&first, bytes)) = data.split_first() else {
        return;
    };
    let label = ["windows-1252", "shift_jis", "utf-16le", "gb18030"].get(usize::from(first / 2));
    let charset = label.map(|label| label.parse().expect("a label"));
    let decoding = match first % 2 {
        0 => Decoding { forced: charset, stated: None },
        _ => Decoding { forced: None, stated: charset },
    };
    if let Ok(article) = ingest_with(bytes, format, decoding) {
        sound::check_article(&article);
        sound::check_document(&Document::new(&article));
    }
}
