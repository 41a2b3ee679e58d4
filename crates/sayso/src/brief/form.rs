//! What is a brief, as data?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name and version of the brief's form.
pub const SCHEMA: &str = "sayso.brief/1";

/// A neutral account of one story, each sentence with the passages that it is from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Brief {
    /// Always `sayso.brief/1`.
    pub schema: String,
    /// The first article's headline.
    pub title: String,
    /// The articles that it is made from, in the order given.
    pub sources: Vec<SourceArticle>,
    /// The day that it bears, as `2026-03-15`.
    pub generated: String,
    /// What comes first, without a heading.
    pub lead: Vec<Sentence>,
    /// The rest, by subject.
    pub sections: Vec<Section>,
    /// What the reader should know of how this came about.
    pub notes: Vec<String>,
}

/// An article that a brief is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceArticle {
    /// What was named to be read.
    pub input: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The news agency whose words it carries.
    pub wire: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When, as stated.
    pub published: Option<String>,
    /// The text that anchors count in.
    pub text: String,
    /// SHA-256 of the text's UTF-8 bytes, lower-case hex.
    pub sha256: String,
}

/// Sentences under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// In words of the articles, or of a fixed few ("Background").
    pub heading: String,
    /// In the order of the first article.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// Its words, with the closing stop.
    pub text: String,
    /// The passages that it is from; at least one.
    pub anchors: Vec<Anchor>,
    /// Who worded it.
    pub by: Writer,
}

/// Who worded a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Writer {
    /// sayso, from the articles' own words.
    #[default]
    Sayso,
    /// The language model that was asked to write; the check found nothing in it.
    Model,
}

/// A passage of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// Which of the sources, from 0.
    pub article: usize,
    /// First code point of its text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// SHA-256 of these words' UTF-8 bytes, lower-case hex.
    pub sha256: String,
    /// A cue that judges ("claimed"), for which the sentence has a neutral one.
    pub loaded_cue: Option<String>,
}

impl Brief {
    /// All sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.lead.iter().chain(self.sections.iter().flat_map(|section| &section.sentences))
    }

    /// The brief as running text, a paragraph for the lead and one for each section, without headings.
    pub fn prose(&self) -> String {
        let lead = std::iter::once(&self.lead);
        let parts = lead.chain(self.sections.iter().map(|section| &section.sentences));
        let paragraph = |part: &Vec<Sentence>| {
            part.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(paragraph).collect();
        parts.join("\n\n")
    }

    /// The brief's JSON Schema (draft 2020-12), pretty-printed with a line end.
    pub fn json_schema() -> String {
        let schema = schemars::schema_for!(Self);
        let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
        json.push('\n');
        json
    }
}

/// How much a brief tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Length {
    /// Some six sentences.
    Short,
    /// Some fourteen.
    #[default]
    Medium,
    /// All that can be told.
    Full,
}

impl Length {
    /// Sentences at most.
    pub(super) fn sentences(self) -> usize {
        match self {
            Self::Short => 6,
            Self::Medium => 14,
            Self::Full => usize::MAX,
        }
    }
}
