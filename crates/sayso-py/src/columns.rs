//! Which columns do the statements of many articles have?
//!
//! Those of the archive's export that one article can fill, under the same names and of the same types (`docs/archive.md`).

use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use sayso::record::Attribution;
use sayso::{Record, row};

/// Bytes of words in one batch, about. The words of a column of one batch are counted in 31 bits.
const BATCH_BYTES: usize = 1 << 26;

/// What all rows of an article share.
struct About {
    article: i64,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    day: Option<String>,
    sha256: String,
    program: String,
    model: String,
}

/// One statement.
struct Row {
    about: Arc<About>,
    number: String,
    actor: Option<String>,
    actor_kind: Option<String>,
    parties: String,
    source: Option<String>,
    cue: Option<String>,
    content: String,
    form: String,
    act: String,
    negated: bool,
    hedged: bool,
    chain: String,
    status: String,
    issues: String,
    parent: Option<String>,
    confidence: f64,
    start: i64,
    end: i64,
}

/// How a column is filled.
enum Fill {
    Number(fn(&Row) -> i64),
    Share(fn(&Row) -> f64),
    Flag(fn(&Row) -> bool),
    /// Words that are always there.
    Words(fn(&Row) -> &str),
    /// Words that may be unknown.
    Given(fn(&Row) -> Option<&str>),
}

const COLUMNS: [(&str, Fill); 27] = [
    ("article", Fill::Number(|row| row.about.article)),
    ("number", Fill::Words(|row| &row.number)),
    ("url", Fill::Given(|row| row.about.url.as_deref())),
    ("outlet", Fill::Given(|row| row.about.outlet.as_deref())),
    ("title", Fill::Given(|row| row.about.title.as_deref())),
    ("published", Fill::Given(|row| row.about.published.as_deref())),
    ("day", Fill::Given(|row| row.about.day.as_deref())),
    ("sha256", Fill::Words(|row| &row.about.sha256)),
    ("actor", Fill::Given(|row| row.actor.as_deref())),
    ("actor_kind", Fill::Given(|row| row.actor_kind.as_deref())),
    ("parties", Fill::Words(|row| &row.parties)),
    ("source", Fill::Given(|row| row.source.as_deref())),
    ("cue", Fill::Given(|row| row.cue.as_deref())),
    ("content", Fill::Words(|row| &row.content)),
    ("form", Fill::Words(|row| &row.form)),
    ("act", Fill::Words(|row| &row.act)),
    ("negated", Fill::Flag(|row| row.negated)),
    ("hedged", Fill::Flag(|row| row.hedged)),
    ("chain", Fill::Words(|row| &row.chain)),
    ("status", Fill::Words(|row| &row.status)),
    ("issues", Fill::Words(|row| &row.issues)),
    ("parent", Fill::Given(|row| row.parent.as_deref())),
    ("confidence", Fill::Share(|row| row.confidence)),
    ("start", Fill::Number(|row| row.start)),
    ("end", Fill::Number(|row| row.end)),
    ("program", Fill::Words(|row| &row.about.program)),
    ("model", Fill::Words(|row| &row.about.model)),
];

/// Names and types, in their order.
pub(crate) static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field =
        |(name, fill): &(&str, Fill)| Field::new(*name, fill.data_type(), matches!(fill, Fill::Given(_)));
    Arc::new(Schema::new(COLUMNS.iter().map(field).collect::<Vec<_>>()))
});

impl Fill {
    fn data_type(&self) -> DataType {
        match self {
            Self::Number(_) => DataType::Int64,
            Self::Share(_) => DataType::Float64,
            Self::Flag(_) => DataType::Boolean,
            Self::Words(_) | Self::Given(_) => DataType::Utf8,
        }
    }

    fn array(&self, rows: &[Row]) -> ArrayRef {
        match self {
            Self::Number(of) => Arc::new(Int64Array::from_iter_values(rows.iter().map(of))),
            Self::Share(of) => Arc::new(Float64Array::from_iter_values(rows.iter().map(of))),
            Self::Flag(of) => Arc::new(BooleanArray::from(rows.iter().map(of).collect::<Vec<_>>())),
            Self::Words(of) => Arc::new(StringArray::from_iter_values(rows.iter().map(of))),
            Self::Given(of) => Arc::new(rows.iter().map(of).collect::<StringArray>()),
        }
    }
}

/// The statements so far.
#[derive(Default)]
pub(crate) struct Columns {
    done: Vec<RecordBatch>,
    rows: Vec<Row>,
    n_bytes: usize,
}

impl Columns {
    /// Adds an article's statements, in their order.
    pub(crate) fn add(&mut self, article: usize, record: &Record) -> Result<(), ArrowError> {
        let about = Arc::new(About::new(article, record));
        for attribution in &record.attributions {
            let row = Row::new(&about, record, attribution);
            self.n_bytes += row.n_bytes();
            self.rows.push(row);
            if self.n_bytes >= BATCH_BYTES {
                self.close()?;
            }
        }
        Ok(())
    }

    /// All of them.
    pub(crate) fn done(mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        if !self.rows.is_empty() {
            self.close()?;
        }
        Ok(self.done)
    }

    fn close(&mut self) -> Result<(), ArrowError> {
        let arrays = COLUMNS.iter().map(|(_, fill)| fill.array(&self.rows)).collect();
        self.done.push(RecordBatch::try_new(Arc::clone(&SCHEMA), arrays)?);
        self.rows.clear();
        self.n_bytes = 0;
        Ok(())
    }
}

impl About {
    fn new(article: usize, record: &Record) -> Self {
        let known = &record.article;
        Self {
            article: count(article),
            url: known.url.clone(),
            outlet: known.outlet.clone(),
            title: known.title.clone(),
            published: known.published.clone(),
            day: known.published.as_deref().and_then(row::day),
            sha256: known.sha256.clone(),
            program: record.producer.version.clone(),
            model: record.producer.model_sha256.clone(),
        }
    }
}

impl Row {
    fn new(about: &Arc<About>, record: &Record, attribution: &Attribution) -> Self {
        let is_actor = |id: &String| record.actors.iter().find(|actor| actor.id == *id);
        let actor = attribution.actor.as_ref().and_then(is_actor);
        let parties = actor.map(row::parties).unwrap_or_default();
        let status: Vec<String> =
            attribution.status.iter().map(|standing| row::named(&standing.kind)).collect();
        let (start, end) = row::extent(attribution);
        Self {
            about: Arc::clone(about),
            number: attribution.id.clone(),
            actor: actor.map(row::actor),
            actor_kind: actor.map(|actor| row::named(&actor.kind)),
            parties: parties.join("; "),
            source: attribution.source.as_ref().map(|span| span.text.clone()),
            cue: attribution.cue.as_ref().map(|span| span.text.clone()),
            content: row::content(attribution),
            form: row::named(&attribution.form),
            act: row::named(&attribution.act),
            negated: attribution.negated,
            hedged: !attribution.hedges.is_empty(),
            chain: row::hands(record, attribution),
            status: status.join("; "),
            issues: row::issues(record, attribution).join("; "),
            parent: attribution.parent.clone(),
            confidence: attribution.confidence,
            start: count(start),
            end: count(end),
        }
    }

    /// Bytes of all its words, those of its article too, which stand in each row.
    fn n_bytes(&self) -> usize {
        let words = |fill: &Fill| match fill {
            Fill::Words(of) => of(self).len(),
            Fill::Given(of) => of(self).map_or(0, str::len),
            Fill::Number(_) | Fill::Share(_) | Fill::Flag(_) => 0,
        };
        COLUMNS.iter().map(|(_, fill)| words(fill)).sum()
    }
}

/// A count as the column has it; nothing that fits in memory is larger.
fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
