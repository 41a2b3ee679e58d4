//! How do an article's words get into a page unchanged?

use maud::{Escaper, Render};

use crate::characters::shown;

/// Words as they are, escaped. Control characters show as `�`, carriage returns are
/// character references, because a parser would make line feeds of them.
pub(super) struct Words<'a>(pub(super) &'a str);

impl Render for Words<'_> {
    fn render_to(&self, out: &mut String) {
        use std::fmt::Write;
        for c in self.0.chars().map(shown) {
            // Writing to a string can't fail.
            let _ = if c == '\r' { out.write_str("&#13;") } else { Escaper::new(out).write_char(c) };
        }
    }
}
