//! `sayso check`: is a brief true to its sources?

mod headlines;
mod original;
mod pairs;
mod written;

use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use sayso::check::{Finding, Fix, Report};
use sayso::{Article, Engine, surely_foreign};
use sayso_view::check::File;

use crate::args::{Args, CheckArgs};
use crate::input::{self, Brief, Inputs};
use crate::target::{Out, Target, replace};
use crate::{Outcome, output, rules};
use original::Original;
use written::Written;

/// Said in a report where an article could not be read.
const MISSING: &str =
    "Not every article could be read; what only those say counts as not said by the sources.";

/// Checks what the arguments name.
pub(crate) fn run(check: &CheckArgs, args: &Args) -> Result<Outcome> {
    match (&check.brief, &check.pairs) {
        (_, Some(file)) => pairs::run(check, args, file),
        (Some(brief), None) => against(check, args, brief),
        (None, None) => headlines::run(check, args),
    }
}

/// One brief against its articles.
fn against(check: &CheckArgs, args: &Args, named: &OsStr) -> Result<Outcome> {
    ensure!(
        !check.in_place || named != "-" && !sayso_fetch::is_url(&named.to_string_lossy()),
        "--in-place mends a file; name one, or leave it out to get the mended brief on standard output"
    );
    ensure!(
        !check.fix || check.format.is_none() || check.in_place || check.output.is_some(),
        "--fix writes the mended brief to standard output; name a file for it by --output to get a report in a --format"
    );
    let inputs = gathered(check, named)?;
    let brief = Brief::read(named, &check.intake)?;
    let name = output::plain_line(&brief.name);
    if let Some(language) = foreign(check, &brief.article) {
        bail!("{name}: it looks {language}; only English is checked (--assume-english does it all the same)");
    }
    if check.fix && brief.source().is_none() {
        bail!("{name}: --fix mends a text, Markdown or a page in UTF-8, in a file or from standard input");
    }
    // Whether they can be written is known before the work.
    let mended = check.fix.then(|| mended_out(check, named)).transpose()?;
    let quiet = matches!(mended, Some(Out::Stdout));
    let mut written =
        if check.fix { Written::to_stdout(check, args)? } else { Written::new(check, args, false)? };
    let engine = rules::engine(check.rules.as_deref())?;
    let (sources, all_good) = sources(check, args, &inputs)?;
    if sources.is_empty() {
        output::say(&format!("{name}: there is no article to hold it against"));
        return Ok(Outcome::Failed);
    }
    let case = Case { engine: &engine, sources, all_good };
    let report = case.report(&brief.name, &brief.article);
    for note in report.notes.iter().map(|note| output::plain_line(note)) {
        output::note(args, &format!("{name}: {note}"));
    }
    let Some(out) = mended else {
        let file = file(&brief, &report);
        let verdict = written.add(report, file)?;
        return written.end(verdict, all_good);
    };
    let in_place = check.in_place.then(|| Path::new(named));
    let (left, file) = mend(args, &case, &brief, &report, out, in_place)?;
    if quiet {
        return Ok(written.tell(&left).outcome(all_good));
    }
    let verdict = written.add(left, file)?;
    written.end(verdict, all_good)
}

/// The articles, without the brief, which lies among them where a folder has both.
fn gathered(check: &CheckArgs, named: &OsStr) -> Result<Inputs> {
    let own = Target::of(Some(Path::new(named)));
    let target = Target::of(check.output.as_deref());
    if check.output.as_deref().is_some_and(|path| named != "-" && own.is(path)) {
        bail!("{}: it is the brief; say --in-place to mend it there, or name another file", named.display());
    }
    let mut inputs = Inputs::gather(&check.against, &target)?;
    if named == "-" {
        ensure!(
            !inputs.has_stdin(),
            "standard input can be read only once; name - for the brief or an article"
        );
    } else {
        inputs.leave_out(&own, "it is the brief itself; name the articles that it was made from");
    }
    Ok(inputs)
}

/// Where the mended brief goes.
fn mended_out(check: &CheckArgs, named: &OsStr) -> Result<Out> {
    let path = if check.in_place { Some(Path::new(named)) } else { check.output.as_deref() };
    Out::open(path)
}

/// The articles, each with its name, and whether all could be read.
fn sources(check: &CheckArgs, args: &Args, inputs: &Inputs) -> Result<(Vec<(String, Article)>, bool)> {
    let mut sources = Vec::new();
    let work = |article| article;
    let ran = input::each(args, &check.intake, inputs, work, |name, article| {
        let plain = output::plain_line(&name.name);
        if let Some(language) = foreign(check, &article) {
            output::say(&format!(
                "{plain}: it looks {language}; only English is checked (--assume-english does it all the same)"
            ));
            return Ok(false);
        }
        for note in article.notes.iter().map(|note| output::plain_line(note)) {
            output::note(args, &format!("{plain}: {note}"));
        }
        sources.push((name.name.clone(), article));
        Ok(true)
    })?;
    Ok((sources, ran.all_good))
}

fn foreign(check: &CheckArgs, article: &Article) -> Option<&'static str> {
    if check.assume_english { None } else { surely_foreign(article) }
}

/// What a brief is held against.
struct Case<'a> {
    engine: &'a Engine,
    sources: Vec<(String, Article)>,
    all_good: bool,
}

impl Case<'_> {
    fn report(&self, name: &str, brief: &Article) -> Report {
        let articles: Vec<Article> = self.sources.iter().map(|(_, article)| article.clone()).collect();
        let mut report = self.engine.check(brief, &articles);
        report.brief.input = Some(name.to_owned());
        for (source, (name, _)) in report.sources.iter_mut().zip(&self.sources) {
            source.input = Some(name.clone());
        }
        if !self.all_good {
            report.notes.push(MISSING.to_owned());
        }
        report
    }
}

/// Writes the mended brief; what is left to find in it comes back.
fn mend(
    args: &Args,
    case: &Case<'_>,
    brief: &Brief,
    report: &Report,
    mut out: Out,
    in_place: Option<&Path>,
) -> Result<(Report, Option<File>)> {
    let name = output::plain_line(&brief.name);
    let fixes: Vec<&Finding> = report.findings.iter().filter(|finding| finding.fix.is_some()).collect();
    let all: Vec<Fix> = fixes.iter().filter_map(|finding| finding.fix.clone()).collect();
    let (mark, source) = brief.source().unwrap_or_default();
    let reread = |source: &str| brief.reread(&format!("{mark}{source}")).map(|article| article.text);
    let original = Original::new(source, &brief.article.text, brief.format(), &reread);
    let (mended, left) = original.mend(&all);
    for fix in &left {
        let words: String = report.brief.text.chars().skip(fix.start).take(fix.end - fix.start).collect();
        let words = output::plain_line(&words);
        output::say(&format!(
            "{name}: “{words}” is left as it is: where it stands in the file isn't sure, or another fix is there"
        ));
    }
    let whole = format!("{mark}{mended}");
    let n = all.len() - left.len();
    match in_place {
        Some(path) if n > 0 => replace(path, &whole)?,
        Some(_) => {}
        None => out.write(&whole)?,
    }
    let n_found = report.findings.len();
    output::note(
        args,
        &format!("{name}: {n} of {n_found} finding{} put right", if n_found == 1 { "" } else { "s" }),
    );
    let Some(article) = brief.reread(&whole).filter(|_| n > 0) else {
        return Ok((report.clone(), file(brief, report)));
    };
    let after = case.report(&brief.name, &article);
    let again = brief.with(whole.into_bytes(), article);
    let file = file(&again, &after);
    Ok((after, file))
}

/// Where the findings stand in the brief's file, if its words were taken out of markup.
fn file(brief: &Brief, report: &Report) -> Option<File> {
    let Some((mark, source)) = brief.source() else {
        // Which lines of the file they are isn't known.
        let places = vec![None; report.findings.len()];
        return Some(File { text: report.brief.text.clone(), places });
    };
    if source == report.brief.text {
        return None;
    }
    let reread = |source: &str| brief.reread(&format!("{mark}{source}")).map(|article| article.text);
    let original = Original::new(source, &report.brief.text, brief.format(), &reread);
    let places = report.findings.iter().map(|finding| original.place(finding)).collect();
    Some(File { text: source.to_owned(), places })
}
