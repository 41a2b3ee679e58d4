//! The commands of the archive: what goes in, what is asked of it, and what comes out.

mod add;
mod beside;
mod fix;
mod parquet;
pub(crate) mod sheets;
mod table;
mod watch;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sayso_archive::{Archive, Filter};
use sayso_view::sheet::{self, Sheet};
use serde::Serialize;

use crate::args::{
    ActorArgs, AnswerArgs, AnswerFormat, ArchiveArg, Args, ChangesArgs, FilterArgs, FindArgs, PositionsArgs,
    StoryArgs,
};
use crate::input::TABLE_MARK;
use crate::target::Out;
use crate::{Outcome, output};
pub(crate) use add::{Going, add, import, reread, sent_name, take_in};
pub(crate) use fix::correct;
pub(crate) use parquet::write as parquet_into;
pub(crate) use table::{csv as csv_row, export};
pub(crate) use watch::watch;

/// The archive's file: what was said, what the environment says, or the usual place.
pub(crate) fn path(asked: &ArchiveArg) -> Result<PathBuf> {
    if let Some(path) = &asked.archive {
        return Ok(path.clone());
    }
    if let Some(path) = std::env::var_os("SAYSO_ARCHIVE").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let folder =
        dirs::data_dir().context("there is no data folder on this system; name a file with --archive")?;
    Ok(folder.join("sayso").join("archive.sqlite"))
}

/// An archive that is there.
fn opened(asked: &ArchiveArg) -> Result<Archive> {
    Ok(Archive::open_existing(&path(asked)?)?)
}

/// `sayso find`: which statements match?
pub(crate) fn find(asked: &FindArgs, args: &Args) -> Result<Outcome> {
    in_order(asked.filter.since.as_deref(), asked.filter.until.as_deref())?;
    let archive = opened(&asked.answer.archive)?;
    let mut filter = filter(&asked.filter);
    let words = asked.words.join(" ");
    filter.words = (!words.trim().is_empty()).then_some(words);
    filter.limit = asked.limit;
    filter.offset = (asked.page - 1).saturating_mul(filter.limit);
    let page = archive.find(&filter)?;
    let sheet = sheets::found(&page, &filter);
    answer(&asked.answer, args, &page, &sheet)
}

/// `sayso story`: which stories are there, and what is one about?
pub(crate) fn story(asked: &StoryArgs, args: &Args) -> Result<Outcome> {
    let archive = opened(&asked.answer.archive)?;
    let words = asked.story.join(" ");
    let number: Option<i64> = words.trim().parse().ok();
    let lines = match number {
        Some(_) => Vec::new(),
        None => archive.stories((!words.is_empty()).then_some(words.as_str()), asked.limit)?,
    };
    // Words of one story's headlines mean that story.
    let one = number.or(match lines.as_slice() {
        [line] if !words.is_empty() => Some(line.id),
        _ => None,
    });
    match one {
        Some(id) => {
            let story = archive.story(id)?;
            answer(&asked.answer, args, &story, &sheets::story(&story))
        }
        None => answer(&asked.answer, args, &lines, &sheets::stories(&lines, &words)),
    }
}

/// `sayso changes`: what is new?
pub(crate) fn changes(asked: &ChangesArgs, args: &Args) -> Result<Outcome> {
    in_order(Some(&asked.since), asked.until.as_deref())?;
    let changes = opened(&asked.answer.archive)?.changes(&asked.since, asked.until.as_deref())?;
    answer(&asked.answer, args, &changes, &sheets::changes(&changes))
}

/// `sayso actor`: what is known of somebody?
pub(crate) fn actor(asked: &ActorArgs, args: &Args) -> Result<Outcome> {
    let profile = opened(&asked.answer.archive)?.actor(&asked.name.join(" "))?;
    answer(&asked.answer, args, &profile, &sheets::actor(&profile))
}

/// `sayso positions` without articles: who held what, and when did it change?
pub(crate) fn positions(asked: &PositionsArgs, args: &Args) -> Result<Outcome> {
    in_order(asked.since.as_deref(), asked.until.as_deref())?;
    let archive = opened(&asked.answer.archive)?;
    let filter = Filter {
        party: asked.party.clone(),
        on: asked.on.clone(),
        since: asked.since.clone(),
        until: asked.until.clone(),
        outlet: asked.outlet.clone(),
        story: asked.story,
        ..Filter::default()
    };
    let positions = archive.positions(&filter)?;
    answer(&asked.answer, args, &positions, &sheets::positions(&positions))
}

/// Days of ISO 8601 are in the order of their letters.
fn in_order(since: Option<&str>, until: Option<&str>) -> Result<()> {
    if let (Some(since), Some(until)) = (since, until) {
        ensure!(since <= until, "--until {until} lies before --since {since}");
    }
    Ok(())
}

fn filter(asked: &FilterArgs) -> Filter {
    let FilterArgs { by, party, on, act, form, status, outlet, since, until, story } = asked.clone();
    Filter {
        words: None,
        by,
        actor: None,
        party,
        on,
        act,
        form,
        status,
        outlet,
        since,
        until,
        story,
        limit: 0,
        offset: 0,
    }
}

/// Writes an answer in the form that is asked for; an answer without a line is none.
fn answer(asked: &AnswerArgs, args: &Args, plain: &impl Serialize, sheet: &Sheet) -> Result<Outcome> {
    let format = match (asked.format, &asked.output) {
        (Some(format), _) => format,
        (None, Some(path)) => AnswerFormat::of_ending(path)?,
        (None, None) => AnswerFormat::Table,
    };
    if let Some(path) = asked.output.as_deref().filter(|path| path.exists()) {
        ensure!(
            !opened(&asked.archive)?.is_of_file(path)?,
            "{}: an article of the archive came from it; name another file",
            path.display()
        );
    }
    let mut out = Out::open(asked.output.as_deref())?;
    let in_file = matches!(out, Out::File { .. });
    let width = if in_file { usize::from(output::WIDTH) } else { usize::from(output::width()) };
    let words = match format {
        AnswerFormat::Table if in_file => format!("{}{TABLE_MARK}\n", sheet::text(sheet, width, false)),
        AnswerFormat::Table => sheet::text(sheet, width, output::colored(args, true)),
        AnswerFormat::Md => sheet::markdown(sheet),
        AnswerFormat::Html => sheet::page(sheet).alone(),
        AnswerFormat::Json => serde_json::to_string_pretty(plain)? + "\n",
        // Spreadsheets know UTF-8 by this mark.
        AnswerFormat::Csv if in_file => format!("\u{feff}{}", sheet::csv(sheet)),
        AnswerFormat::Csv => sheet::csv(sheet),
    };
    out.write(&words)?;
    Ok(Outcome::Done)
}

/// Makes the folder that an archive is to lie in, where it is the usual one.
fn with_folder(asked: &ArchiveArg, path: &Path) -> Result<()> {
    if asked.archive.is_none()
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
