//! `sayso read`: who said what?

use anyhow::Result;
use sayso::{Engine, ReadOptions};

use crate::args::{Args, ReadArgs};
use crate::input::{self, Inputs};
use crate::views::Views;
use crate::{Outcome, output};

/// Reads the articles and writes their records in the order of the input.
pub(crate) fn run(read: &ReadArgs, args: &Args) -> Result<Outcome> {
    let inputs = Inputs::gather(&read.input.articles, read.output.as_deref());
    let mut views = Views::new(read, args, &inputs)?;
    let engine = Engine::embedded()?;
    let options = ReadOptions { assume_english: read.assume_english };
    let work = |article| engine.read_with(&article, options);
    let all_good = input::each(args, &read.input, &inputs, work, |name, record| {
        let foreign = !read.assume_english && !record.is_english();
        for note in &record.notes {
            // The note of an article that wasn't read is an error and stays when quiet.
            if foreign {
                eprintln!(
                    "sayso: {}: {note} --assume-english reads it all the same.",
                    output::plain(&name.name)
                );
            } else {
                output::note(args, &format!("{}: {note}", output::plain(&name.name)));
            }
        }
        views.add(name, record)?;
        Ok(!foreign)
    })?;
    views.end()?;
    Ok(if all_good { Outcome::Done } else { Outcome::Failed })
}
