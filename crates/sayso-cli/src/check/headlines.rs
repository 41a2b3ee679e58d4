//! Is a headline true to its own article?

use anyhow::{Error, Result, anyhow};
use sayso::check::Report;
use sayso::{Article, Engine, Span};

use super::foreign;
use super::written::{Verdict, Written};
use crate::args::{Args, CheckArgs};
use crate::input::{self, Inputs};
use crate::target::Target;
use crate::{Outcome, output, rules};

/// Holds each headline against the text beneath it; a report for each.
pub(super) fn run(check: &CheckArgs, args: &Args) -> Result<Outcome> {
    let inputs = Inputs::gather(&check.headline, &Target::of(check.output.as_deref()))?;
    let mut written = Written::new(check, args, inputs.several())?;
    let engine = rules::engine(check.rules.as_deref())?;
    let mut verdict = Verdict::default();
    let work = |article: Article| report(check, &engine, &article);
    let ran = input::each(args, &check.intake, &inputs, work, |name, report| {
        let plain = output::plain_line(&name.name);
        match report {
            Ok(mut report) => {
                report.brief.input = Some(name.name.clone());
                for source in &mut report.sources {
                    source.input = Some(name.name.clone());
                }
                for note in report.notes.iter().map(|note| output::plain_line(note)) {
                    output::note(args, &format!("{plain}: {note}"));
                }
                verdict = verdict.and(written.add(report, None)?);
                Ok(true)
            }
            Err(error) => {
                output::say(&format!("{plain}: {error}"));
                Ok(false)
            }
        }
    })?;
    written.end(verdict, ran.all_good)
}

fn report(check: &CheckArgs, engine: &Engine, article: &Article) -> Result<Report, Error> {
    if let Some(language) = foreign(check, article) {
        return Err(anyhow!(
            "it looks {language}; only English is checked (--assume-english does it all the same)"
        ));
    }
    let title = article.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let title = title.ok_or_else(|| anyhow!("no headline was found in it"))?;
    // The day is needed to tell which day "Monday" is; the rest isn't the headline's.
    let headline = Article { published: article.published.clone(), ..Article::from_text(title) };
    let mut report = engine.check(&headline, &[body(article)]);
    for source in &mut report.sources {
        source.title = article.title.clone();
    }
    Ok(report)
}

/// The article without its headline, which would bear itself out.
fn body(article: &Article) -> Article {
    let mut body = Article { title: None, title_span: None, ..article.clone() };
    let Some(title) = article.title_span else { return body };
    let rest = &article.text[title.end..];
    let start = article.text.len() - rest.trim_start().len();
    body.text = article.text[start..].to_owned();
    let after = article.headings.iter().filter(|heading| heading.start >= start);
    body.headings = after.map(|heading| Span::new(heading.start - start, heading.end - start)).collect();
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_not_its_own_source() {
        let text = "Dam holds\n\nThe dam held.\n\nNext\n\nIt rained.";
        let at = |words: &str| {
            let start = text.find(words).expect("words of the text");
            Span::new(start, start + words.len())
        };
        let article = Article {
            title: Some("Dam holds".to_owned()),
            title_span: Some(at("Dam holds")),
            headings: vec![at("Next")],
            ..Article::from_text(text)
        };
        let body = body(&article);
        assert_eq!(body.text, "The dam held.\n\nNext\n\nIt rained.");
        assert_eq!(body.headings[0].of(&body.text), "Next");
        assert_eq!(body.title, None);
    }
}
