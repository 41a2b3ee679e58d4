//! `sayso read`: who said what?

use anyhow::Result;
use sayso::{Article, Engine, ReadOptions, Record};

use crate::args::{Args, Format, ReadArgs};
use crate::{Outcome, input, output, table};

/// Reads the articles and prints their records in the order of the input.
pub(crate) fn run(read: &ReadArgs, args: &Args) -> Result<Outcome> {
    let engine = Engine::embedded()?;
    let style = table::Style { width: output::width(), color: output::colored(args) };
    let mut records: Vec<Record> = Vec::new();
    let mut n_tables = 0;
    let all_good = input::each(&read.articles, |name, article: Article| {
        let record = engine.read_with(&article, ReadOptions { assume_english: read.assume_english });
        let foreign = !read.assume_english && !record.is_english();
        for note in &record.notes {
            // The note of an article that wasn't read is an error and stays when quiet.
            if foreign {
                eprintln!("sayso: {name}: {note} --assume-english reads it all the same.");
            } else {
                output::note(args, &format!("{name}: {note}"));
            }
        }
        match read.format {
            Format::Json => records.push(record),
            Format::Jsonl => output::print(&(serde_json::to_string(&record)? + "\n"))?,
            Format::Table if foreign => {}
            Format::Table => {
                let gap = if n_tables > 0 { "\n" } else { "" };
                n_tables += 1;
                output::print(&format!("{gap}{}", table::render(&record, name, style)))?;
            }
        }
        Ok(!foreign)
    })?;
    if read.format == Format::Json {
        let json = match (read.articles.len(), records.as_slice()) {
            (1, []) => String::new(),
            (1, [record]) => serde_json::to_string_pretty(record)? + "\n",
            _ => serde_json::to_string_pretty(&records)? + "\n",
        };
        output::print(&json)?;
    }
    Ok(if all_good { Outcome::Done } else { Outcome::Failed })
}
