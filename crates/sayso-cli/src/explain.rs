//! `sayso explain`: what does a finding mean?

use anyhow::{Result, bail};
use sayso::check::Code;

use crate::{Outcome, output};

/// Prints the page of a code, or all codes with a line each.
pub(crate) fn run(name: Option<&str>) -> Result<Outcome> {
    let Some(name) = name else {
        output::print(&list())?;
        return Ok(Outcome::Done);
    };
    // As findings print it: "error[quote-altered]".
    let inner = name.split_once('[').map_or(name, |(_, inner)| inner.trim_end_matches([']', ':']));
    let asked = inner.trim().to_lowercase().replace(['_', ' '], "-");
    let Some(code) = Code::from_name(&asked) else {
        let distance = |code: &Code| strsim::levenshtein(&asked, code.name());
        let nearest = Code::ALL.into_iter().min_by_key(distance);
        match nearest.filter(|code| 2 * distance(code) <= code.name().len()) {
            Some(code) => bail!(
                "{name}: there is no such code; did you mean {}? `sayso explain` lists them all",
                code.name()
            ),
            None => bail!("{name}: there is no such code; `sayso explain` lists them all"),
        }
    };
    output::print(code.page().markdown)?;
    Ok(Outcome::Done)
}

fn list() -> String {
    let longest = Code::ALL.into_iter().map(|code| code.name().len()).max().unwrap_or_default();
    let indent = " ".repeat(longest + 2);
    let line = |code: Code| {
        let first = format!("{:longest$}  ", code.name());
        let options = textwrap::Options::new(usize::from(output::WIDTH))
            .initial_indent(&first)
            .subsequent_indent(&indent);
        textwrap::fill(&code.page().summary(), options) + "\n"
    };
    Code::ALL.into_iter().map(line).collect()
}
