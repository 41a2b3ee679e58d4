//! In which form does a report leave, and what does it mean for the exit status?

use std::path::Path;

use anyhow::{Result, bail};
use sayso::check::Report;
use sayso_view::check::{File, Shown, Style, page, sarif, summary, text};

use crate::args::{Args, CheckArgs, CheckFormat};
use crate::input::TABLE_MARK;
use crate::target::Out;
use crate::{Outcome, output};

/// Whether something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Verdict {
    is_found: bool,
}

impl Verdict {
    pub(super) fn of(report: &Report, strict: bool) -> Self {
        Self { is_found: !report.findings.is_empty() || strict && !report.undecided.is_empty() }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { is_found: self.is_found || other.is_found }
    }

    /// What could not be read outweighs what was found.
    pub(super) fn outcome(self, all_good: bool) -> Outcome {
        match (all_good, self.is_found) {
            (false, _) => Outcome::Failed,
            (true, true) => Outcome::Found,
            (true, false) => Outcome::Done,
        }
    }
}

/// Reports in, one after another; text of the chosen form out.
pub(super) struct Written {
    format: CheckFormat,
    style: Style,
    strict: bool,
    out: Out,
    /// True when JSON is to be an array.
    several: bool,
    n_written: usize,
    /// A page and a log are of all reports.
    waiting: Vec<(Report, Option<File>)>,
}

impl Written {
    /// As the arguments say. Whether a file can be written is known now, before the work.
    ///
    /// # Errors
    /// When the output can't be written, or its form is nowhere said.
    pub(super) fn new(check: &CheckArgs, args: &Args, several: bool) -> Result<Self> {
        let format = match (check.format, &check.output) {
            (Some(format), _) => format,
            (None, Some(path)) => of_ending(path)?,
            (None, None) => CheckFormat::Text,
        };
        Ok(Self::with(format, Out::open(check.output.as_deref())?, check, args, several))
    }

    /// To standard output, because a file takes the mended brief.
    ///
    /// # Errors
    /// When the output can't be written.
    pub(super) fn to_stdout(check: &CheckArgs, args: &Args) -> Result<Self> {
        let format = check.format.unwrap_or(CheckFormat::Text);
        Ok(Self::with(format, Out::open(None)?, check, args, false))
    }

    fn with(format: CheckFormat, out: Out, check: &CheckArgs, args: &Args, several: bool) -> Self {
        let on_terminal = matches!(out, Out::Stdout);
        let width = if on_terminal { output::width() } else { output::WIDTH };
        let style = Style {
            width: usize::from(width),
            color: output::colored(args, on_terminal),
            undecided: check.strict,
        };
        if format == CheckFormat::Html && on_terminal && output::is_terminal() {
            output::note(args, "this is a web page; -o check.html puts it into a file for your browser");
        }
        Self { format, style, strict: check.strict, out, several, n_written: 0, waiting: Vec::new() }
    }

    /// Writes one report, or keeps it until the end.
    ///
    /// # Errors
    /// When it can't be written.
    pub(super) fn add(&mut self, report: Report, file: Option<File>) -> Result<Verdict> {
        let verdict = Verdict::of(&report, self.strict);
        let first = self.n_written == 0;
        let words = match self.format {
            CheckFormat::Text => {
                let gap = if first { "" } else { "\n" };
                gap.to_owned() + &text(&Shown { report: &report, file }, self.style)
            }
            CheckFormat::Json if self.several => {
                let json = serde_json::to_string_pretty(&report)?;
                let lines: Vec<String> = json.lines().map(|line| format!("  {line}")).collect();
                format!("{}{}", if first { "[\n" } else { ",\n" }, lines.join("\n"))
            }
            CheckFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
            CheckFormat::Jsonl => serde_json::to_string(&report)? + "\n",
            CheckFormat::Sarif | CheckFormat::Html => {
                self.waiting.push((report, file));
                return Ok(verdict);
            }
        };
        self.n_written += 1;
        self.out.write(&words)?;
        Ok(verdict)
    }

    /// Says on stderr what a report holds, a line for each finding, where standard output has
    /// the mended brief.
    pub(super) fn tell(&self, report: &Report) -> Verdict {
        for finding in &report.findings {
            let (severity, code) = (finding.severity.name(), finding.code.name());
            let line = format!("{severity}[{code}]: “{}”: {}", finding.text, finding.message);
            output::say(&output::plain_line(&line.replace(['\n', '\r'], " ")));
        }
        output::say(&format!("left: {}", summary(report)));
        Verdict::of(report, self.strict)
    }

    /// Writes what is left to write. A run that read nothing and failed leaves the file of
    /// an earlier one alone.
    ///
    /// # Errors
    /// When it can't be written.
    pub(super) fn end(mut self, verdict: Verdict, all_good: bool) -> Result<Outcome> {
        let none = self.n_written == 0 && self.waiting.is_empty();
        let in_file = matches!(self.out, Out::File { .. });
        let outcome = verdict.outcome(all_good);
        if none && !all_good && in_file {
            return Ok(outcome);
        }
        let shown: Vec<Shown<'_>> =
            self.waiting.iter().map(|(report, file)| Shown { report, file: file.clone() }).collect();
        let words = match self.format {
            CheckFormat::Json if self.several && none => "[]\n".to_owned(),
            CheckFormat::Json if self.several => "\n]\n".to_owned(),
            CheckFormat::Text if !none && in_file => format!("{TABLE_MARK}\n"),
            CheckFormat::Sarif => sarif(&shown, env!("CARGO_PKG_VERSION"), all_good),
            CheckFormat::Html if !none => page(&shown).alone(),
            _ => return Ok(outcome),
        };
        self.out.write(&words)?;
        Ok(outcome)
    }
}

fn of_ending(path: &Path) -> Result<CheckFormat> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let is_log = || path.to_string_lossy().to_ascii_lowercase().ends_with(".sarif.json");
    Ok(match &*ending {
        "" | "txt" => CheckFormat::Text,
        "json" if is_log() => CheckFormat::Sarif,
        "json" => CheckFormat::Json,
        "jsonl" | "ndjson" => CheckFormat::Jsonl,
        "sarif" => CheckFormat::Sarif,
        "html" | "htm" => CheckFormat::Html,
        _ => bail!(
            "{}: its ending says no form; use .html, .sarif, .json, .jsonl or .txt, or give --format",
            path.display()
        ),
    })
}
