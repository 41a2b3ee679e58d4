//! `sayso correct`: what do people know better?

use anyhow::{Context, Result};
use sayso_archive::{Archive, Correction};

use super::path;
use crate::args::{Args, CorrectArgs};
use crate::{Outcome, output};

/// Says by hand who is who.
pub(crate) fn correct(asked: &CorrectArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    drop(Archive::open_existing(&path)?);
    let mut archive = Archive::open(&path)?;
    let into = asked.into.as_deref().unwrap_or_default();
    let changed = if let Some(from) = &asked.merge {
        archive.merge(from, into)?
    } else if let Some(actor) = &asked.rename {
        archive.rename(actor, into)?;
        output::note(args, &format!("{actor} is called {into} now"));
        return Ok(Outcome::Done);
    } else if let Some(actor) = &asked.split {
        archive.split(actor, asked.articles.as_deref().unwrap_or_default(), into)?
    } else if let Some(file) = &asked.corrections {
        let name = || file.display().to_string();
        let lines = std::fs::read_to_string(file).with_context(name)?;
        let parsed =
            lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(n, line)| {
                serde_json::from_str::<Correction>(line)
                    .with_context(|| format!("{}:{}", file.display(), n + 1))
            });
        // All of them or none.
        archive.correct(&parsed.collect::<Result<Vec<_>>>()?)?
    } else {
        0
    };
    output::note(args, &format!("{changed} statements changed"));
    Ok(Outcome::Done)
}
