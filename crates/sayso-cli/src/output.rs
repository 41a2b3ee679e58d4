//! How does output leave the program?

use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::{Context, Result};
pub(crate) use sayso_view::characters::{plain, plain_line};

use crate::args::{Args, Color};

/// Columns to fill where there is no terminal to ask.
pub(crate) const WIDTH: u16 = 80;

/// Writes data to stdout.
pub(crate) fn print(data: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush());
    written.context("standard output")
}

/// Says a line on stderr. A closed or full stderr is no reason to stop the work.
pub(crate) fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "sayso: {words}");
}

/// Says something on stderr that isn't an error.
pub(crate) fn note(args: &Args, words: &str) {
    if !args.quiet {
        say(words);
    }
}

/// True when a reader such as `head` has had enough, which is no failure.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Whether words get colour, on stdout or in a file.
pub(crate) fn colored(args: &Args, on_stdout: bool) -> bool {
    match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            on_stdout && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
        }
    }
}

/// Whether a person sees stdout.
pub(crate) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Columns of the terminal, or of a page where stdout is none.
pub(crate) fn width() -> u16 {
    if !is_terminal() {
        return WIDTH;
    }
    // Some terminals say that they have no columns.
    comfy_table::Table::new().width().filter(|width| *width > 0).unwrap_or(WIDTH)
}
