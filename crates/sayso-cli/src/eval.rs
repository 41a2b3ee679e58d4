//! `sayso eval`: how good is it?

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use sayso::{Article, Engine};
use sayso_eval::agenda::AgendaReport;
use sayso_eval::archive::turns;
use sayso_eval::check::{self, CheckSet};
use sayso_eval::corpus::{self, GoldDocument, Polnear};
use sayso_eval::score::{self, Counts};
use sayso_eval::{
    extraction, gum, labels, read_gold, score_documents, score_rows, score_texts, score_whose, sources,
    standings,
};
use sayso_text::{Format, ingest};
use serde_json::json;

use crate::args::{Eval, EvalArgs};
use crate::{Outcome, output, rules};

/// Scores the engine, or the reading of pages, against what people wrote.
pub(crate) fn run(eval: &EvalArgs) -> Result<Outcome> {
    let engine = || rules::engine(eval.rules.as_deref());
    let (report, outcome) = match &eval.what {
        Eval::Polnear { file, json } => (polnear(&engine()?, file, *json)?, Outcome::Done),
        Eval::Gold { files, json } => golds(&engine()?, files, *json)?,
        Eval::Sources { labels, texts, json, each } => {
            (sources(&engine()?, labels, texts, *json, *each)?, Outcome::Done)
        }
        Eval::Standings { labels, texts, json, each } => {
            (standings(&engine()?, labels, texts, *json, *each)?, Outcome::Done)
        }
        Eval::Agenda { files, json, each } => (agenda(&engine()?, files, *json, *each)?, Outcome::Done),
        Eval::Archive { pairs, articles, records, each } => {
            (archive(&engine()?, pairs.as_deref(), *articles, *records, *each)?, Outcome::Done)
        }
        Eval::Check { files, joined, json, each } => {
            (checks(&engine()?, files, usize::from(*joined), *json, *each)?, Outcome::Done)
        }
        Eval::Brief { files, json, each } => (briefs(&engine()?, files, *json, *each)?, Outcome::Done),
        Eval::Coreference { file, json } => (coreference(&engine()?, file, *json)?, Outcome::Done),
        Eval::Extraction { file, json, pages } => (extraction(file, *json, *pages)?, Outcome::Done),
    };
    output::print(&report)?;
    Ok(outcome)
}

fn extraction(file: &Path, json: bool, each: bool) -> Result<String> {
    let archive = fs::read(file).with_context(|| file.display().to_string())?;
    let pages = extraction::pages(&archive).with_context(|| file.display().to_string())?;
    let report = extraction::score_ingest(&pages);
    Ok(if json { serde_json::to_string(&report)? + "\n" } else { report.text(each) })
}

fn archive(
    engine: &Engine,
    pairs: Option<&Path>,
    articles: usize,
    records: usize,
    each: bool,
) -> Result<String> {
    let mut out = String::new();
    if let Some(file) = pairs {
        let (labels, name) = (read(file)?, || file.display().to_string());
        // Stories are told by their articles.
        if labels.lines().next().is_some_and(|line| line.contains("\"articles\":")) {
            let stories = turns::turn_stories(&labels).with_context(name)?;
            out += &turns::score_turns(engine, &stories)?.text(each);
        } else {
            let pairs = sayso_eval::archive::pairs(&labels).with_context(name)?;
            out += &sayso_eval::archive::score_pairs(&pairs).text(each);
        }
    }
    let folder = tempfile::tempdir()?;
    if articles > 0 {
        out += &sayso_eval::archive::adding(engine, &folder.path().join("added.sqlite"), articles)?;
    }
    if records > 0 {
        out += &sayso_eval::archive::asking(engine, &folder.path().join("asked.sqlite"), records)?;
    }
    Ok(out)
}

fn documents(file: &Path) -> Result<Vec<GoldDocument>> {
    match corpus::polnear(&read(file)?).with_context(|| file.display().to_string())? {
        Polnear::Documents(documents) => Ok(documents),
        Polnear::Rows(_) => bail!("{}: token rows, not documents", file.display()),
    }
}

fn sources(engine: &Engine, labels: &Path, texts: &Path, json: bool, each: bool) -> Result<String> {
    let name = || labels.display().to_string();
    let wanted = sources::labels(&read(labels)?).with_context(name)?;
    let report = sources::score_sources(engine, &documents(texts)?, &wanted).with_context(name)?;
    Ok(if json { serde_json::to_string(&report)? + "\n" } else { report.text(each) })
}

fn standings(engine: &Engine, labels: &Path, texts: &Path, json: bool, each: bool) -> Result<String> {
    let name = || labels.display().to_string();
    let wanted = standings::labels(&read(labels)?).with_context(name)?;
    let report = standings::score_standings(engine, &documents(texts)?, &wanted).with_context(name)?;
    Ok(if json { serde_json::to_string(&report)? + "\n" } else { report.text(each) })
}

fn agenda(engine: &Engine, files: &[PathBuf], json: bool, each: bool) -> Result<String> {
    let mut report = AgendaReport::default();
    for file in files {
        let name = || file.display().to_string();
        let gold = sayso_eval::agenda::gold(&read(file)?).with_context(name)?;
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        let folder =
            file.parent().and_then(Path::parent).with_context(|| format!("{}: no page beside it", name()))?;
        report.count(&engine.read(&page_of(&folder.join(format!("{id}.html")))?), &gold);
    }
    Ok(if json { serde_json::to_string(&report)? + "\n" } else { report.text(each) })
}

fn checks(engine: &Engine, files: &[PathBuf], joined: usize, json: bool, each: bool) -> Result<String> {
    let mut texts = String::new();
    let mut objects = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let folder = file.parent().and_then(Path::parent).unwrap_or(Path::new(".."));
        let page = |page: &str| page_of(&folder.join(page)).map_err(|error| format!("{error:#}"));
        let set = check::set(&read(file)?, joined, page).with_context(|| name.clone())?;
        let (text, scores) = match &set {
            CheckSet::Planted(briefs) => {
                let report = check::score_planted(engine, briefs);
                (report.text(each), serde_json::to_value(&report)?)
            }
            CheckSet::Labelled(briefs) => {
                let report = check::score_labelled(engine, briefs);
                (report.text(each), serde_json::to_value(&report)?)
            }
        };
        let blank = if texts.is_empty() { "" } else { "\n" };
        texts += &format!("{blank}{name}\n{text}");
        objects.push(json!({ "file": name, "scores": scores }));
    }
    Ok(if json { json!({ "files": objects }).to_string() + "\n" } else { texts })
}

fn briefs(engine: &Engine, files: &[PathBuf], json: bool, each: bool) -> Result<String> {
    let mut articles = Vec::new();
    for file in files {
        if file.extension().is_some_and(|ending| ending == "jsonl") {
            articles.extend(documents(file)?.iter().map(GoldDocument::article));
        } else {
            articles.push(page_of(file)?);
        }
    }
    let report = sayso_eval::brief::score_briefs(engine, &articles);
    Ok(if json { serde_json::to_string(&report)? + "\n" } else { report.text(each) })
}

fn coreference(engine: &Engine, file: &Path, json: bool) -> Result<String> {
    let name = || file.display().to_string();
    let documents = gum::packed_documents(&fs::read(file).with_context(name)?).with_context(name)?;
    let scores = sayso_eval::score_coreference(engine, &documents);
    Ok(if json { serde_json::to_string(&scores)? + "\n" } else { scores.text() })
}

fn golds(engine: &Engine, files: &[PathBuf], json: bool) -> Result<(String, Outcome)> {
    let mut outcome = Outcome::Done;
    let mut reports = Vec::new();
    for file in files {
        match gold(engine, file) {
            Ok(report) => reports.push(report),
            Err(error) => {
                output::say(&output::plain_line(&format!("{error:#}")));
                outcome = Outcome::Failed;
            }
        }
    }
    let mut total = Counts::default();
    for report in &reports {
        total.add(report.attributions);
    }
    if json {
        return Ok((json!({ "files": reports, "attributions": total }).to_string() + "\n", outcome));
    }
    let mut out: String = reports.iter().map(sayso_eval::GoldReport::text).collect();
    if reports.len() > 1 {
        out += &score::heading("all");
        out += &score::line("attributions", total);
    }
    Ok((out, outcome))
}

/// The article in a web page.
fn page_of(page: &Path) -> Result<Article> {
    let name = || page.display().to_string();
    ingest(&fs::read(page).with_context(name)?, Format::Html).with_context(name)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| file.display().to_string())
}

fn polnear(engine: &Engine, file: &Path, json: bool) -> Result<String> {
    let corpus = corpus::polnear(&read(file)?).with_context(|| file.display().to_string())?;
    Ok(match corpus {
        Polnear::Documents(documents) => {
            let report = score_documents(engine, &documents);
            if json { serde_json::to_string(&report)? + "\n" } else { report.text() }
        }
        Polnear::Rows(rows) => {
            let report = score_rows(engine.tagger(), &rows);
            if json { serde_json::to_string(&report)? + "\n" } else { report.text() }
        }
    })
}

fn gold(engine: &Engine, file: &Path) -> Result<sayso_eval::GoldReport> {
    let name = file.display().to_string();
    let (gold, article) = if file.extension().is_some_and(|e| e == "json") {
        let beside = |other: &str| fs::read_to_string(file.with_file_name(other)).ok();
        let gold = corpus::gold_record(&read(file)?, beside).with_context(|| name.clone())?;
        let article = ingest(gold.text.as_bytes(), Format::Text);
        let article = article.with_context(|| name.clone())?;
        (gold, article)
    } else if read(file)?.contains("\n===\n") {
        let golds = labels::parse_all(&name, &read(file)?).with_context(|| name.clone())?;
        return Ok(score_texts(engine, &golds));
    } else {
        labelled(file)?
    };
    ensure!(!gold.attributions.is_empty(), "{name}: it holds no labels");
    ensure!(article.text == gold.text, "{name}: the labels' text isn't the article's");
    let (mut report, record) = read_gold(engine, &article, &gold);
    if file.extension().is_some_and(|e| e == "json") {
        report.whose = score_whose(&record, &read(file)?, &report.matched).with_context(|| name.clone())?;
    }
    Ok(report)
}

/// A labelled text, and the page it was made from where that lies one folder up.
fn labelled(file: &Path) -> Result<(GoldDocument, Article)> {
    let id = file.file_stem().unwrap_or_default().to_string_lossy();
    let gold = labels::parse(&id, &read(file)?).with_context(|| file.display().to_string())?;
    let folder = file.parent().and_then(Path::parent);
    let page = folder.map(|folder| folder.join(format!("{id}.html"))).filter(|page| page.exists());
    let article = match page {
        Some(page) => page_of(&page)?,
        None => Article::from_text(gold.text.as_str()),
    };
    let gold = labels::align(&gold, &article.text).with_context(|| file.display().to_string())?;
    Ok((gold, article))
}
