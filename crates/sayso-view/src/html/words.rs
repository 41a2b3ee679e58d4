//! How do an article's words get into a page unchanged?

use maud::{Escaper, Render};

use crate::characters::shown;

/// Words as they are, escaped. Control characters show as `�`, carriage returns are
/// character references, because a parser would make line feeds of them.
pub(crate) struct Words<'a>(pub(crate) &'a str);

impl Render for Words<'_> {
    fn render_to(&self, out: &mut String) {
        use std::fmt::Write;
        for c in self.0.chars().map(shown) {
            // Writing to a string can't fail.
            let _ = if c == '\r' { out.write_str("&#13;") } else { Escaper::new(out).write_char(c) };
        }
    }
}

/// A headline's words: those with a hyphen stay on one line, unless they are so long that a
/// phone's line can't hold them.
pub(super) struct Headline<'a>(pub(super) &'a str);

/// The most characters of a headline that fit on a line of a small phone.
const LONGEST: usize = 16;

impl Render for Headline<'_> {
    fn render_to(&self, out: &mut String) {
        for word in self.0.split_inclusive(char::is_whitespace) {
            let bare = word.trim_end();
            let is_whole = bare.contains(['-', '‐', '–', '—', '/']) && bare.chars().count() <= LONGEST;
            if is_whole {
                out.push_str("<span class=\"whole\">");
                Words(bare).render_to(out);
                out.push_str("</span>");
                Words(&word[bare.len()..]).render_to(out);
            } else {
                Words(word).render_to(out);
            }
        }
    }
}
