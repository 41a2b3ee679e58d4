//! How are sets of briefs written?

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sayso::check::Code;
use sayso::{Article, CharIndex};
use serde::Deserialize;

use super::claims::claims;
use crate::corpus::{self, Error};

/// What a file of briefs holds.
#[derive(Debug)]
pub enum CheckSet {
    /// Errors that were put in, with their code and place, and the clean briefs they were put into.
    Planted(Vec<PlantedBrief>),
    /// Summaries that people called right or wrong.
    Labelled(Vec<LabelledBrief>),
}

/// A brief of which everything that is wrong is known.
#[derive(Debug, Clone, Default)]
pub struct PlantedBrief {
    /// A name for reports.
    pub id: String,
    /// The brief, a bare text.
    pub brief: Article,
    /// What it was made from.
    pub sources: Vec<Article>,
    /// The text of the clean brief that the errors were put into; `None` for a clean one.
    pub base: Option<String>,
    /// In the order of the text; none in a clean brief.
    pub errors: Vec<PlantedError>,
}

/// One thing that was made wrong; offsets are code points of the brief.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlantedError {
    /// What it is.
    pub code: Code,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// The article's words that show it; none where the article says nothing of it.
    pub evidence: Option<String>,
    /// What was done.
    pub note: String,
    /// What a fair judge could also call it.
    #[serde(default)]
    pub alt: Vec<Code>,
    /// True where replacing the words makes it right.
    #[serde(default)]
    pub fixable: bool,
    /// The words that would.
    pub fix: Option<String>,
}

/// A summary and what people said of it.
#[derive(Debug, Clone)]
pub struct LabelledBrief {
    /// A name for reports.
    pub id: String,
    /// The summary, a bare text.
    pub brief: Article,
    /// What it is of.
    pub source: Article,
    /// The corpus's own word.
    pub label: String,
    /// What that word means.
    pub verdict: Verdict,
    /// Kinds of what is wrong, in the corpus's words.
    pub kinds: BTreeSet<String>,
    /// What is wrong, in code points of the summary; none in one that isn't called wrong.
    pub marked: Vec<(usize, usize)>,
}

/// What a label says of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its article says it all.
    Right,
    /// It doesn't.
    Wrong,
    /// People disagreed, or what is added is harmless: neither right nor wrong.
    Open,
}

impl PlantedError {
    /// True for its code and for what else it could be called.
    pub fn is(&self, code: Code) -> bool {
        self.code == code || self.alt.contains(&code)
    }
}

impl PlantedBrief {
    /// True where something is wrong and all of it can be put right by replacing words.
    pub fn is_fixable(&self) -> bool {
        !self.errors.is_empty() && self.errors.iter().all(|error| error.fixable)
    }
}

/// Reads a file of any kind, one JSON object a line; `read_page` gives the article that a row names. Of single claims, so many
/// passages as `together` says are one article.
///
/// # Errors
/// Names the first line that is none, whose spans aren't in its text or whose article isn't to be had. When `together` is more
/// than 1 and the file has no single claims, or fewer passages than that.
pub fn set(
    jsonl: &str,
    together: usize,
    read_page: impl Fn(&str) -> Result<Article, String>,
) -> Result<CheckSet, Error> {
    let keys: BTreeMap<String, serde_json::Value> =
        jsonl.lines().find_map(|line| serde_json::from_str(line).ok()).unwrap_or_default();
    if keys.contains_key("passage") {
        let briefs = claims(jsonl, together)?;
        if together > 1 && briefs.is_empty() {
            Err(Error::TooFew(together))
        } else {
            Ok(CheckSet::Planted(briefs))
        }
    } else if together > 1 {
        Err(Error::NoClaims)
    } else if keys.contains_key("summary") {
        labelled(jsonl)
    } else {
        planted(jsonl, read_page)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlantedRow {
    id: String,
    brief: String,
    clean: bool,
    base: Option<String>,
    errors: Vec<PlantedError>,
    source_text: Option<String>,
    article: Option<String>,
    #[serde(default)]
    articles: Vec<String>,
    #[serde(rename = "article_id")]
    _article_id: Option<serde_json::Value>,
}

fn planted(jsonl: &str, read_page: impl Fn(&str) -> Result<Article, String>) -> Result<CheckSet, Error> {
    let rows: Vec<PlantedRow> =
        corpus::each_line(jsonl, |line| serde_json::from_str(line).map_err(|e| e.to_string()))?;
    let texts: HashMap<String, String> =
        rows.iter().filter(|row| row.clean).map(|row| (row.id.clone(), row.brief.clone())).collect();
    let mut pages = HashMap::new();
    let mut briefs = Vec::with_capacity(rows.len());
    for (i, row) in rows.into_iter().enumerate() {
        let brief = planted_brief(row, &texts, &mut pages, &read_page);
        briefs.push(brief.map_err(|problem| Error::Line { line: i + 1, problem })?);
    }
    Ok(CheckSet::Planted(briefs))
}

fn planted_brief(
    row: PlantedRow,
    clean: &HashMap<String, String>,
    pages: &mut HashMap<String, Article>,
    read_page: impl Fn(&str) -> Result<Article, String>,
) -> Result<PlantedBrief, String> {
    let index = CharIndex::new(&row.brief);
    for error in &row.errors {
        let span = index.to_bytes(error.start, error.end);
        if span.is_none_or(|span| span.of(&row.brief) != error.text) {
            return Err(format!("“{}” is not at {}", error.text, error.start));
        }
        if error.fixable != error.fix.is_some() {
            return Err(format!("“{}” has a fix, or is fixable, but not both", error.text));
        }
    }
    if row.clean != row.errors.is_empty() || row.clean != row.base.is_none() {
        return Err("a clean brief has neither errors nor a base, and any other has both".to_owned());
    }
    let base = |id: String| clean.get(&id).cloned().ok_or_else(|| format!("no clean brief is named {id}"));
    let base = row.base.map(base).transpose()?;
    let mut sources: Vec<Article> = row.source_text.into_iter().map(Article::from_text).collect();
    for name in row.article.into_iter().chain(row.articles) {
        if !pages.contains_key(&name) {
            pages.insert(name.clone(), read_page(&name)?);
        }
        sources.push(pages[&name].clone());
    }
    if sources.is_empty() {
        return Err("it names no article".to_owned());
    }
    Ok(PlantedBrief { id: row.id, brief: Article::from_text(row.brief), sources, base, errors: row.errors })
}

#[derive(Deserialize)]
struct LabelledRow {
    id: String,
    source_text: String,
    summary: String,
    label: String,
    /// BUMP: the right summary that the wrong one was made from.
    reference_summary: Option<String>,
    error_type: Option<String>,
    #[serde(default)]
    errors: Vec<Marked>,
    /// SummEdits: what was changed; harmless changes too.
    #[serde(default)]
    edits: Vec<Marked>,
    #[serde(default)]
    edit_types: Vec<String>,
}

#[derive(Deserialize)]
struct Marked {
    span: (usize, usize),
    #[serde(rename = "type")]
    kind: Option<String>,
}

fn labelled(jsonl: &str) -> Result<CheckSet, Error> {
    let rows: Vec<LabelledRow> =
        corpus::each_line(jsonl, |line| serde_json::from_str(line).map_err(|e| e.to_string()))?;
    let mut briefs = Vec::with_capacity(rows.len());
    // One right summary serves many wrong ones and is asked about once.
    let mut references = HashSet::new();
    for (i, row) in rows.into_iter().enumerate() {
        let reference = row.reference_summary.as_ref();
        if reference.is_some_and(|text| references.insert((row.source_text.clone(), text.clone()))) {
            briefs.extend(row.reference());
        }
        briefs.push(row.brief().map_err(|problem| Error::Line { line: i + 1, problem })?);
    }
    Ok(CheckSet::Labelled(briefs))
}

impl LabelledRow {
    fn reference(&self) -> Option<LabelledBrief> {
        Some(LabelledBrief {
            id: format!("{}-reference", self.id),
            brief: Article::from_text(self.reference_summary.as_deref()?),
            source: Article::from_text(self.source_text.as_str()),
            label: "reference".to_owned(),
            verdict: Verdict::Right,
            kinds: BTreeSet::new(),
            marked: Vec::new(),
        })
    }

    fn brief(self) -> Result<LabelledBrief, String> {
        let verdict = match self.label.as_str() {
            "consistent" => Verdict::Right,
            "inconsistent" | "unwanted" => Verdict::Wrong,
            "questionable" | "benign" => Verdict::Open,
            other => return Err(format!("“{other}” is no label")),
        };
        let is_wrong = verdict == Verdict::Wrong;
        // FaithBench: what people also marked in a wrong summary, but don't hold against it.
        let is_harmless =
            |kind: &str| ["benign", "questionable", "unlabelled"].contains(&kind.to_lowercase().as_str());
        let counts = |m: &Marked| is_wrong && !m.kind.as_deref().is_some_and(is_harmless);
        let mut marked: Vec<Marked> = self.errors.into_iter().chain(self.edits).filter(counts).collect();
        // Several people may have marked the same words.
        marked.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
        let index = CharIndex::new(&self.summary);
        if marked.iter().any(|m| index.to_bytes(m.span.0, m.span.1).is_none()) {
            return Err("a span lies outside the summary".to_owned());
        }
        // BUMP's rows have one kind, which their spans repeat.
        let kinds = match self.error_type {
            Some(kind) => BTreeSet::from([kind]),
            None => self.edit_types.into_iter().chain(marked.iter().filter_map(|m| m.kind.clone())).collect(),
        };
        let mut spans: Vec<(usize, usize)> = marked.iter().map(|m| m.span).collect();
        spans.dedup();
        Ok(LabelledBrief {
            id: self.id,
            brief: Article::from_text(self.summary),
            source: Article::from_text(self.source_text),
            label: self.label,
            verdict,
            kinds: if is_wrong { kinds } else { BTreeSet::new() },
            marked: spans,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted_set(rows: &[&str]) -> Result<Vec<PlantedBrief>, String> {
        let page = |name: &str| match name {
            "a.html" => Ok(Article::from_text("31 ships sank.")),
            _ => Err(format!("{name} isn't there")),
        };
        match set(&rows.join("\n"), 1, page) {
            Ok(CheckSet::Planted(briefs)) => Ok(briefs),
            Ok(CheckSet::Labelled(_)) => panic!("not planted"),
            Err(error) => Err(error.to_string()),
        }
    }

    const CLEAN: &str = r#"{"id": "a", "article": "a.html", "brief": "É: 31 ships sank.", "clean": true, "base": null, "errors": []}"#;

    fn wrong(start: usize, base: &str, fixable: bool) -> String {
        format!(
            r#"{{"id": "a-x1", "source_text": "So.", "brief": "É: 27 ships sank.", "clean": false, "base": "{base}",
            "errors": [{{"code": "figure-changed", "start": {start}, "end": {}, "text": "27", "evidence": null,
            "note": "31", "alt": ["unsupported"], "fixable": {fixable}, "fix": "31"}}]}}"#,
            start + 2
        )
        .replace('\n', " ")
    }

    #[test]
    fn planted_rows_are_held_to_their_texts() {
        let briefs = planted_set(&[CLEAN, &wrong(3, "a", true)]).unwrap();
        assert_eq!(briefs[0].sources[0].text, "31 ships sank.");
        assert_eq!(briefs[1].base.as_deref(), Some("É: 31 ships sank."));
        let error = &briefs[1].errors[0];
        assert!(error.is(Code::FigureChanged) && error.is(Code::Unsupported) && !error.is(Code::DateChanged));
        assert!(briefs[1].is_fixable() && !briefs[0].is_fixable());
        for (rows, problem) in [
            (vec![CLEAN.to_owned(), wrong(4, "a", true)], "“27” is not at 4"),
            (vec![wrong(3, "b", true)], "no clean brief is named b"),
            (vec![wrong(3, "a", false)], "not both"),
            (vec![CLEAN.replace("a.html", "b.html")], "b.html isn't there"),
            (vec![CLEAN.replace("\"article\": \"a.html\", ", "")], "it names no article"),
            (vec![CLEAN.replace("true", "false")], "any other has both"),
        ] {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let error = planted_set(&rows).unwrap_err();
            assert!(error.contains(problem), "{error}");
        }
    }

    #[test]
    fn a_reference_is_one_brief() {
        let row = |id: u8| {
            format!(
                r#"{{"id": "{id}", "source_text": "31 ships sank.", "summary": "{id} ships sank.", "label": "inconsistent",
                "reference_summary": "31 ships sank.", "error_type": "Entity", "errors": [{{"span": [0, 1], "type": "x"}}]}}"#
            )
            .replace('\n', " ")
        };
        let jsonl = [row(1), row(2)].join("\n");
        let Ok(CheckSet::Labelled(briefs)) = set(&jsonl, 1, |_| Err(String::new())) else {
            panic!("not labelled")
        };
        let got: Vec<_> =
            briefs.iter().map(|b| (b.id.as_str(), b.verdict, b.marked.len(), b.kinds.len())).collect();
        assert_eq!(
            got,
            [("1-reference", Verdict::Right, 0, 0), ("1", Verdict::Wrong, 1, 1), ("2", Verdict::Wrong, 1, 1)]
        );
    }

    #[test]
    fn harmless_marks_are_not_held_against_a_summary() {
        let jsonl = r#"{"id": "a", "source_text": "Ships sank.", "summary": "Three ships sank.", "label": "unwanted", "errors": [
            {"span": [6, 11], "type": "Benign"}, {"span": [0, 5], "type": "Unwanted"}, {"span": [0, 5], "type": "Unwanted.Extrinsic"}]}"#;
        let Ok(CheckSet::Labelled(briefs)) = set(&jsonl.replace('\n', " "), 1, |_| Err(String::new())) else {
            panic!("not labelled")
        };
        assert_eq!(briefs[0].marked, [(0, 5)]);
        assert_eq!(briefs[0].kinds.iter().collect::<Vec<_>>(), ["Unwanted", "Unwanted.Extrinsic"]);
        let open = jsonl.replace('\n', " ").replace("unwanted", "benign");
        let Ok(CheckSet::Labelled(briefs)) = set(&open, 1, |_| Err(String::new())) else {
            panic!("not labelled")
        };
        assert_eq!((briefs[0].verdict, briefs[0].marked.len(), briefs[0].kinds.len()), (Verdict::Open, 0, 0));
    }
}
