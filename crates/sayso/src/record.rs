//! What is known of one article, in the form that everything exchanges?
//!
//! Plain data, written as JSON. Offsets count Unicode code points of
//! `article.text`, half open; each span carries its words, so that a consumer can
//! verify it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name and version of the record's form.
pub const SCHEMA: &str = "sayso.record/1";

/// All that was found in one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always `sayso.record/1`.
    pub schema: String,
    /// Which program wrote this.
    pub producer: Producer,
    /// The article, with the text that all spans count in.
    pub article: ArticlePart,
    /// Who said what, in the order of the text; a nested one follows the one it is in.
    pub attributions: Vec<Attribution>,
    /// What the reader should know of how this came about.
    pub notes: Vec<String>,
}

/// Which program wrote a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Producer {
    /// sayso's version.
    pub version: String,
    /// The checksum of the weights, as their file states it.
    pub model_sha256: String,
}

/// An article's text and metadata. What nobody stated is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticlePart {
    /// What was named to be read: a path or an address, with the number of the line or item
    /// where it holds several. Null where a program gave the text itself.
    #[serde(default)]
    pub input: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it, as stated.
    pub byline: Option<String>,
    /// When, as stated.
    pub published: Option<String>,
    /// BCP 47 tag of the language that the text is in, by its words: "en", with the region
    /// where the page states one ("en-GB"), or another one's code ("de").
    pub language: Option<String>,
    /// The text that all spans count in.
    pub text: String,
    /// SHA-256 of the text's UTF-8 bytes, lower-case hex.
    pub sha256: String,
    /// The section headings in the text, in order, without the headline: as the format marks
    /// them, or as they were recognised in a plain text. Records without the field have none.
    #[serde(default)]
    pub headings: Vec<TextSpan>,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// Whose words the content is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// Some of it does.
    Mixed,
}

/// One statement and whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// Unique in the record: `a1`, `a2`, …
    pub id: String,
    /// Who; null when the text doesn't say.
    pub source: Option<TextSpan>,
    /// The words that announce it; null when there are none.
    pub cue: Option<TextSpan>,
    /// What, in one or more pieces, in order.
    pub content: Vec<TextSpan>,
    /// Whose words it is in.
    pub form: Form,
    /// The attribution whose content this one stands in.
    pub parent: Option<String>,
    /// How often such attributions are right, 0 to 1, in hundredths: measured on news of
    /// 2015-16, so elsewhere it is a guide. Three kinds have a fixed one that was set, not
    /// measured: clauses with "reportedly" 0.75, dash lines and turns of a transcript 0.9. Nested
    /// ones use the line of the others. The measured line ends at 0.93.
    pub confidence: f64,
}

impl Record {
    /// True when the text was taken for English, so that attributions were looked for.
    pub fn is_english(&self) -> bool {
        self.article.language.as_deref().is_none_or(|code| code.starts_with("en"))
    }

    /// The record's JSON Schema (draft 2020-12), pretty-printed with a line end.
    pub fn json_schema() -> String {
        let schema = schemars::schema_for!(Self);
        let mut json = serde_json::to_string_pretty(&schema).unwrap_or_default();
        json.push('\n');
        json
    }
}
