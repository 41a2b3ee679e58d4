//! Do the bytes begin like a file of another kind?

/// The kind of file, in words; `None` when nothing speaks against text. No text begins
/// with any of these bytes.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let begins = |sign: &&[u8]| bytes.starts_with(sign);
    let listed = SIGNS.iter().find(|(sign, _)| begins(sign)).map(|&(_, kind)| kind);
    // MP4 names itself behind the length of its first box.
    listed.or_else(|| bytes.get(4..8).filter(|name| name == b"ftyp").map(|_| "MP4 video or audio"))
}

const SIGNS: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF document"),
    (b"%!PS", "PostScript document"),
    (b"{\\rtf", "RTF document"),
    (b"PK\x03\x04", "ZIP archive, as .docx, .odt and .epub files are"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document in the old format (.doc)"),
    (b"GIF87a", "GIF picture"),
    (b"GIF89a", "GIF picture"),
    (b"\x89PNG", "PNG picture"),
    (b"\xff\xd8\xff", "JPEG picture"),
    (b"\x1f\x8b", "gzip archive"),
    (b"ID3\x02", "MP3 audio"),
    (b"ID3\x03", "MP3 audio"),
    (b"ID3\x04", "MP3 audio"),
    (b"\xff\xfb", "MP3 audio"),
];
