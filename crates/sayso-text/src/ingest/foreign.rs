//! Do the bytes begin like a file of another kind?

/// The kind of file, in words; `None` when nothing speaks against text. No text begins
/// with any of these bytes.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let begins = |sign: &&[u8]| bytes.starts_with(sign);
    let listed = SIGNS.iter().find(|(sign, _)| begins(sign)).map(|&(_, kind)| kind);
    // MP4 names itself behind the length of its first box.
    let video = || bytes.get(4..8).filter(|name| name == b"ftyp").map(|_| "MP4 video or audio");
    // An archive names itself behind the head of its first file.
    let tar = || bytes.get(257..262).filter(|name| name == b"ustar").map(|_| "TAR archive");
    listed.or_else(video).or_else(tar).or_else(|| is_mime(bytes).then_some(MIME))
}

const MIME: &str = "page saved with its pictures in one file (.mhtml), or a mail";

/// Fields as of a mail down to the first blank line, and among them a MIME version.
fn is_mime(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let mut lines =
        head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end).take_while(|line| !line.is_empty());
    let is_field = |line: &[u8]| {
        let name = line.iter().position(|&b| b == b':').map_or(&b""[..], |at| &line[..at]);
        !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    lines.clone().next().is_some_and(is_field)
        && lines.any(|line| line.get(..13).is_some_and(|name| name.eq_ignore_ascii_case(b"MIME-Version:")))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_told_from_text() {
        let archive = [&b"stories/one.txt"[..], &[0; 242], b"ustar\x0000"].concat();
        assert_eq!(kind(&archive), Some("TAR archive"));
        assert_eq!(kind(&archive[..200]), None);
    }

    #[test]
    fn a_page_saved_with_its_pictures_is_told_from_text() {
        let check = |bytes: &str, expected: bool| {
            assert_eq!(kind(bytes.as_bytes()) == Some(MIME), expected, "{bytes}");
        };
        check("From: <Saved by Blink>\r\nSubject: Talks\r\nMIME-Version: 1.0\r\n\r\n<p>Talks", true);
        check("Date: today\nmime-version: 1.0\n\nTalks", true);
        check("Note: the talks\nMayor: no comment\n\nMIME-Version: 1.0", false);
        check("The talks\nMIME-Version: 1.0\n\nended.", false);
        check("", false);
    }
}
