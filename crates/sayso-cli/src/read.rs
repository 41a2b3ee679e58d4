//! `sayso read`: who said what?

use anyhow::Result;
use sayso::ReadOptions;

use crate::args::{Args, ReadArgs};
use crate::input::{self, Inputs};
use crate::target::Target;
use crate::views::Views;
use crate::{Outcome, output, rules};

/// Reads the articles and writes their records in the order of the input.
pub(crate) fn run(read: &ReadArgs, args: &Args) -> Result<Outcome> {
    let target = Target::of(read.output.as_deref());
    let inputs = Inputs::gather(&read.input.articles, &target)?;
    let mut views = Views::new(read, args, inputs.several())?;
    let engine = rules::engine(read.rules.as_deref())?;
    let options = ReadOptions { assume_english: read.assume_english, min_confidence: read.min_confidence };
    let work = |article| engine.read_with(&article, options);
    let ran = input::each(args, &read.input.intake, &inputs, work, |name, mut record| {
        record.article.input = Some(name.name.clone());
        let foreign = !read.assume_english && !record.is_english();
        let shown = output::plain_line(&name.name);
        for note in record.notes.iter().map(|note| output::plain_line(note)) {
            // The note of an article that wasn't read is an error and stays when quiet.
            if foreign && note.starts_with(sayso::FOREIGN_NOTE) {
                output::say(&format!("{shown}: {note} --assume-english reads it all the same."));
            } else {
                output::note(args, &format!("{shown}: {note}"));
            }
        }
        views.add(name, record)?;
        Ok(!foreign)
    })?;
    views.end(&ran)?;
    Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed })
}
