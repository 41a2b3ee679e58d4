//! How does the command line explain itself to a shell and to `man`?
//!
//! Both come out of the definitions in args.rs, as `--help` does.

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::Args;
use crate::{Outcome, output};

/// Prints a completion script.
pub(crate) fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "sayso", &mut script);
    output::print(&String::from_utf8(script)?)?;
    Ok(Outcome::Done)
}

/// Prints one man page with all commands in it.
pub(crate) fn man() -> Result<Outcome> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = String::from_utf8(page)?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        page += &section(command)?;
    }
    page += &heading("EXIT STATUS");
    page += "0 all done, 1 check found something, 2 something failed (stderr says what).\n";
    output::print(&page)?;
    Ok(Outcome::Done)
}

/// A command's own page, as a part of the large one.
fn section(command: &Command) -> Result<String> {
    let man = Man::new(command.clone());
    let mut part = Vec::new();
    man.render_synopsis_section(&mut part)?;
    man.render_description_section(&mut part)?;
    man.render_options_section(&mut part)?;
    man.render_extra_section(&mut part)?;
    let part = String::from_utf8(part)?;
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_uppercase();
    Ok(heading(&name) + &part.replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1))
}

fn heading(words: &str) -> String {
    let mut roff = Roff::new();
    roff.control("SH", [words]);
    roff.text([roman("")]);
    roff.to_roff().trim_end().to_owned() + "\n"
}
