//! How are the corpora written?

use std::collections::HashSet;

use sayso::Article;
use sayso::{CharIndex, Span};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Why a corpus can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A line isn't the JSON that it should be.
    #[error("line {line}: {problem}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// A label file's marks don't make sense.
    #[error("labels: {0}")]
    Labels(String),
    /// Passages were to be joined in a file that has none.
    #[error("only files of single claims on passages can be joined")]
    NoClaims,
    /// There are fewer passages than were to be joined.
    #[error("it has fewer than {0} passages with claims")]
    TooFew(usize),
    /// A gold record doesn't fit its text.
    #[error("gold record: {0}")]
    Gold(String),
    /// An archive of pages can't be read.
    #[error("archive of pages: {0}")]
    Pages(String),
    /// A packed corpus can't be unpacked.
    #[error("gzip: {0}")]
    Gzip(String),
}

/// A gold attribution, in bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// None when the source is missing; several pieces when it is discontinuous.
    pub source: Vec<Span>,
    /// As for the source.
    pub cue: Vec<Span>,
    /// In order.
    pub content: Vec<Span>,
    /// Stands in another one's content.
    pub nested: bool,
}

/// A text with its gold attributions.
#[derive(Debug, Clone, Default)]
pub struct GoldDocument {
    /// A name for reports.
    pub id: String,
    /// The text that all spans count in.
    pub text: String,
    /// In the order of the file.
    pub attributions: Vec<GoldAttribution>,
    /// Who wrote it, if stated.
    pub byline: Option<String>,
    /// Who published it, if stated.
    pub outlet: Option<String>,
    /// When, if stated.
    pub published: Option<String>,
}

impl GoldDocument {
    /// The document as an article.
    pub fn article(&self) -> Article {
        Article {
            outlet: self.outlet.clone(),
            byline: self.byline.clone(),
            published: self.published.clone(),
            ..Article::from_text(self.text.as_str())
        }
    }
}

/// A row of tokens with BIO labels, the form that published figures are computed on.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenRow {
    /// The document's name.
    pub id: String,
    /// Words and marks, in CoreNLP's spelling.
    pub tokens: Vec<String>,
    /// `O`, `B-source`, `I-source`, …
    pub labels: Vec<String>,
}

/// What a PolNeAR file holds.
#[derive(Debug)]
pub enum Polnear {
    /// Whole documents with character spans.
    Documents(Vec<GoldDocument>),
    /// Paragraphs as token rows.
    Rows(Vec<TokenRow>),
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    author: Option<String>,
    publisher: Option<String>,
    date: Option<String>,
    attributions: Vec<LineAttribution>,
}

#[derive(Deserialize)]
struct LineAttribution {
    source: Vec<(usize, usize)>,
    cue: Vec<(usize, usize)>,
    content: Vec<(usize, usize)>,
}

/// Reads a PolNeAR file of either form, one JSON object per line.
///
/// # Errors
/// Names the first line that is neither.
pub fn polnear(jsonl: &str) -> Result<Polnear, Error> {
    let first = jsonl.lines().next().unwrap_or_default();
    if first.contains("\"tokens\"") {
        each_line(jsonl, |line| serde_json::from_str(line).map_err(|e| e.to_string())).map(Polnear::Rows)
    } else {
        each_line(jsonl, document).map(Polnear::Documents)
    }
}

pub(crate) fn each_line<T>(jsonl: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, Error> {
    let lines = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(i, line)| read(line).map_err(|problem| Error::Line { line: i + 1, problem });
    lines.map(read).collect()
}

fn document(line: &str) -> Result<GoldDocument, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let index = CharIndex::new(&line.text);
    let spans = |ranges: &[(usize, usize)]| -> Result<Vec<Span>, String> {
        let span = |&(start, end): &(usize, usize)| {
            let span = index.to_bytes(start, end);
            span.ok_or_else(|| format!("the span {start}..{end} lies outside the text"))
        };
        ranges.iter().map(span).collect()
    };
    let attribution = |a: &LineAttribution| -> Result<GoldAttribution, String> {
        let (source, cue, content) = (spans(&a.source)?, spans(&a.cue)?, spans(&a.content)?);
        Ok(GoldAttribution { source, cue, content, nested: false })
    };
    let attributions = line.attributions.iter().map(attribution).collect::<Result<_, _>>()?;
    let (byline, outlet, published) = (line.author, line.publisher, line.date);
    Ok(GoldDocument { id: line.id, text: line.text, attributions, byline, outlet, published })
}

#[derive(Deserialize)]
struct GoldFile {
    article: GoldArticle,
    attributions: Vec<GoldFileAttribution>,
}

#[derive(Deserialize)]
struct GoldArticle {
    file: Option<String>,
    sha256: String,
    text: Option<String>,
}

#[derive(Deserialize)]
struct GoldSpan {
    start: usize,
    end: usize,
    text: String,
}

#[derive(Deserialize)]
struct GoldFileAttribution {
    id: String,
    source: Option<GoldSpan>,
    cue: Option<GoldSpan>,
    content: Vec<GoldSpan>,
    parent: Option<String>,
}

/// Reads a gold record. When it names a file instead of carrying its text,
/// `read_beside` is asked for that file.
///
/// # Errors
/// When it isn't a record, its text isn't to be had or isn't the one that was
/// labelled, or a span's words aren't those in the text.
pub fn gold_record(json: &str, read_beside: impl Fn(&str) -> Option<String>) -> Result<GoldDocument, Error> {
    let file: GoldFile = serde_json::from_str(json).map_err(|error| Error::Gold(error.to_string()))?;
    let beside = || file.article.file.as_deref().and_then(&read_beside);
    let text = file.article.text.clone().or_else(beside);
    let text = text.ok_or_else(|| Error::Gold("its article's text is not to be had".to_owned()))?;
    let sha256 = sha256(text.as_bytes());
    if sha256 != file.article.sha256 {
        return Err(Error::Gold(format!("the text's sha256 is {sha256}, not {}", file.article.sha256)));
    }
    let index = CharIndex::new(&text);
    let place = |id: &str, span: &GoldSpan| -> Result<Span, Error> {
        let found = index.to_bytes(span.start, span.end).filter(|s| s.of(&text) == span.text);
        found.ok_or_else(|| Error::Gold(format!("{id}: “{}” is not at {}", span.text, span.start)))
    };
    let mut ids = HashSet::new();
    let mut attributions = Vec::new();
    for a in &file.attributions {
        if !ids.insert(&a.id) {
            return Err(Error::Gold(format!("{} is there twice", a.id)));
        }
        let one = |span: &Option<GoldSpan>| span.iter().map(|s| place(&a.id, s)).collect::<Result<_, _>>();
        attributions.push(GoldAttribution {
            source: one(&a.source)?,
            cue: one(&a.cue)?,
            content: a.content.iter().map(|s| place(&a.id, s)).collect::<Result<_, _>>()?,
            nested: a.parent.is_some(),
        });
    }
    let id = file.article.file.unwrap_or_else(|| sha256[..12].to_owned());
    Ok(GoldDocument { id, text, attributions, ..GoldDocument::default() })
}

/// Lower-case hex.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
