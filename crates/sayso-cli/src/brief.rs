//! `sayso brief`: what do the articles say, and on whose say-so?

mod writer;

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use sayso::brief::{Brief, BriefOptions, Length};
use sayso::check::Sources;
use sayso::{Article, Record, surely_foreign};
use sayso_view::brief as view;

use crate::args::{Args, BriefArgs, BriefFormat, BriefLength};
use crate::input::{self, Inputs};
use crate::target::{Out, Target};
use crate::{Outcome, output, rules};

/// Columns of a brief in a file.
const COLUMNS: usize = 80;

/// Reads the articles and writes one brief of them all.
pub(crate) fn run(asked: &BriefArgs, args: &Args) -> Result<Outcome> {
    let format = match (asked.format, &asked.output) {
        (Some(format), _) => format,
        (None, Some(path)) => match BriefFormat::of_ending(path) {
            Some(format) => format,
            None => bail!("{}: its ending names no form; say --format txt, md, html or json", path.display()),
        },
        (None, None) => BriefFormat::Txt,
    };
    let date = date(asked.date.as_ref())?;
    let inputs = Inputs::gather(&asked.input.articles, &Target::of(asked.output.as_deref()))?;
    let mut out = Out::open(asked.output.as_deref())?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let mut all: Vec<(Article, Record)> = Vec::new();
    let work = |article: Article| {
        let foreign = surely_foreign(&article);
        let record = foreign.is_none().then(|| engine.read(&article));
        (article, record, foreign)
    };
    let ran = input::each(args, &asked.input.intake, &inputs, work, |name, (article, record, foreign)| {
        let plain = output::plain_line(&name.name);
        let Some(mut record) = record else {
            output::say(&format!(
                "{plain}: it looks {}; only English is briefed",
                foreign.unwrap_or("foreign")
            ));
            return Ok(false);
        };
        record.article.input = Some(name.name.clone());
        if all.iter().any(|(_, known)| known.article.sha256 == record.article.sha256) {
            output::say(&format!("{plain}: the same text as another article; it counts once"));
        } else {
            all.push((article, record));
        }
        Ok(true)
    })?;
    if all.is_empty() {
        return Ok(Outcome::Failed);
    }
    let (articles, records): (Vec<Article>, Vec<Record>) = all.into_iter().unzip();
    let length = match asked.length {
        BriefLength::Short => Length::Short,
        BriefLength::Medium => Length::Medium,
        BriefLength::Full => Length::Full,
    };
    let options = BriefOptions { length, date };
    let mut failed = !ran.all_good;
    let mut brief = engine.brief_read(&articles, &records, &options);
    if let (Some(url), Some(model)) = (&asked.writer, &asked.model) {
        let sources = Sources::new(articles.iter().zip(records));
        match writer::worded(&engine, &sources, &brief, url, model) {
            Ok(worded) => brief = worded,
            // Ours is a brief, too.
            Err(error) => {
                output::say(&format!(
                    "{}; the brief is in sayso's own words",
                    output::plain_line(&format!("{error:#}"))
                ));
                failed = true;
            }
        }
    }
    if !ran.all_good {
        brief.notes.push("Not every article could be read; the brief is of the others.".to_owned());
    }
    let width = if matches!(out, Out::File { .. }) { COLUMNS } else { usize::from(output::width()) };
    out.write(&written(&brief, format, width)?)?;
    Ok(if failed { Outcome::Failed } else { Outcome::Done })
}

fn written(brief: &Brief, format: BriefFormat, width: usize) -> Result<String> {
    Ok(match format {
        BriefFormat::Txt => sayso_view::characters::plain(&view::text(brief, width)),
        BriefFormat::Md => view::markdown(brief),
        BriefFormat::Html => view::page(brief).alone(),
        BriefFormat::Json => serde_json::to_string_pretty(brief)? + "\n",
    })
}

/// The day that the brief bears: what was said, or that of the build's clock, or today's in UTC.
pub(crate) fn date(asked: Option<&String>) -> Result<String> {
    if let Some(date) = asked {
        return Ok(date.clone());
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch
            .trim()
            .parse::<i64>()
            .ok()
            .filter(|&s| s >= 0)
            .with_context(|| format!("SOURCE_DATE_EPOCH is {epoch:?}; it must be seconds since 1970"))?,
        Err(_) => {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            now.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
        }
    };
    let day = jiff::ToSpan::days(seconds / 86_400);
    let date = Date::constant(1970, 1, 1).checked_add(day);
    Ok(date.context("SOURCE_DATE_EPOCH lies too far off")?.to_string())
}
