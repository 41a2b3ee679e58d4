//! What did the check find?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use sayso_text::Article;

use super::Code;
use crate::record::TextSpan;

/// The name and version of the report's form.
pub const SCHEMA: &str = "sayso.check/1";

/// One brief held against its sources. Offsets count Unicode code points of the text that they are of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `sayso.check/1`.
    pub schema: String,
    /// The brief.
    pub brief: Checked,
    /// The sources, in the order given; evidence names them by their place in it.
    pub sources: Vec<Checked>,
    /// What is wrong, in the order of the brief.
    pub findings: Vec<Finding>,
    /// Sentences of the brief of which nothing can be said: no alarm and no find.
    pub undecided: Vec<TextSpan>,
    /// Sentences of the brief.
    pub sentences: usize,
    /// What the reader should know of how this came about.
    pub notes: Vec<String>,
}

impl Report {
    /// The brief with its fixes made; of fixes of the same words the first counts.
    pub fn fixed(&self) -> String {
        let fixes: Vec<Fix> = self.findings.iter().filter_map(|finding| finding.fix.clone()).collect();
        super::apply(&self.brief.text, &fixes)
    }

    /// The report's JSON Schema (draft 2020-12), pretty-printed with a line end.
    pub fn json_schema() -> String {
        let schema = schemars::schema_for!(Self);
        let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
        json.push('\n');
        json
    }
}

/// A text that took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// What was named: a path or an address. Null where a program gave the text itself.
    pub input: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The text that offsets count in.
    pub text: String,
    /// SHA-256 of the text's UTF-8 bytes, lower-case hex.
    pub sha256: String,
}

impl Checked {
    /// What a report says of an article that a program gave.
    pub(super) fn new(article: &Article) -> Self {
        Self {
            input: None,
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            text: article.text.clone(),
            sha256: article.sha256(),
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Which kind.
    pub code: Code,
    /// How sure and how grave.
    pub severity: Severity,
    /// First code point, in the brief.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// What is wrong, in one line.
    pub message: String,
    /// The passages of the sources that show it; none where the sources say nothing of it.
    pub evidence: Vec<Evidence>,
    /// What would put it right, in words for the reader.
    pub better: Option<String>,
    /// A replacement that makes it true, where one is safe.
    pub fix: Option<Fix>,
    /// For quotations: the words of the brief and the source side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diff: Vec<DiffPart>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The brief says what its sources don't.
    Error,
    /// It very probably does; somebody should look.
    Warning,
}

impl Severity {
    /// "error" and so on, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A passage of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Which source, from 0, in the order given.
    pub article: usize,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// A replacement of words in the brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    /// First code point that is replaced, in the brief.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words that replace it; empty to delete.
    pub text: String,
}

/// Words that are in both, or in one alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiffPart {
    /// Where they are.
    pub side: Side,
    /// The words.
    pub text: String,
}

/// Where words of a diff are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// In both.
    Both,
    /// In the brief only.
    Brief,
    /// In the source only.
    Source,
}
