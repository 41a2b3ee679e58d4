//! `sayso correct`: what do people know better?

use anyhow::{Result, anyhow};
use sayso_archive::{Archive, Correction};

use super::path;
use crate::args::{Args, CorrectArgs};
use crate::input::unreadable;
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
        let lines =
            std::fs::read_to_string(file).map_err(|error| anyhow!("{}: {}", name(), unreadable(&error)))?;
        let parsed =
            lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(n, line)| {
                serde_json::from_str::<Correction>(line).map_err(|error| {
                    let what = "it is no correction, so that none was made";
                    anyhow!("{}:{}: {what} ({error})", file.display(), n + 1)
                })
            });
        // All of them or none.
        let all = parsed.collect::<Result<Vec<_>>>()?;
        let changed = archive.correct(&all)?;
        if changed == 0 {
            output::say(&format!("{}: no statement has its source at these places", name()));
            return Ok(Outcome::Failed);
        }
        changed
    } else {
        0
    };
    let noun = if changed == 1 { "statement" } else { "statements" };
    output::note(args, &format!("{changed} {noun} changed"));
    Ok(Outcome::Done)
}
