//! Where do the articles come from?

use std::fs;
use std::io::ErrorKind;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use sayso::Article;
use sayso_text::{Format, ingest};

/// Reads and decodes one article: a path, or `-` for standard input.
pub(crate) fn article(name: &str) -> Result<Article> {
    let (bytes, format) = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        let format = Format::guess(&bytes);
        (bytes, format)
    } else {
        let path = Path::new(name);
        if path.is_dir() {
            return Err(anyhow!("{name}: a folder; name the files in it"));
        }
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow!("{name}: there is no such file; check the name and the folder"),
            ErrorKind::PermissionDenied => anyhow!("{name}: you may not read it; ask its owner"),
            _ => anyhow!("{name}: {error}"),
        })?;
        let format = Format::from_path(path).unwrap_or_else(|| Format::guess(&bytes));
        (bytes, format)
    };
    tracing::debug!(name, bytes = bytes.len(), ?format, "reading");
    ingest(&bytes, format).with_context(|| if name == "-" { "standard input" } else { name }.to_owned())
}

/// Reads the articles one after another and hands the good ones on; a bad one gets a
/// line on stderr and the run goes on. True when all were good.
pub(crate) fn each(names: &[String], mut take: impl FnMut(&str, Article) -> Result<bool>) -> Result<bool> {
    let mut all_good = true;
    for name in names {
        match article(name) {
            Ok(article) => all_good &= take(name, article)?,
            Err(error) => {
                eprintln!("sayso: {error:#}");
                all_good = false;
            }
        }
    }
    Ok(all_good)
}
