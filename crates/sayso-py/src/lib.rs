//! How does a Python program read news with this engine?
//!
//! The module `sayso._sayso`, which the package in `python/` shows as `sayso`. Arguments become articles
//! (`article`), are read without Python's lock (`reading`), and come back as a record's JSON or as columns of Arrow
//! (`columns`, `statements`). No rule of what a text says is here.

mod article;
mod reading;

mod columns;
mod statements;

use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyUserWarning, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyMapping, PyString};
use sayso::ReadOptions;

use columns::Columns;
use statements::{Statements, Unread};

create_exception!(sayso, ReadError, PyValueError, "A text that can't be read; its message says why.");

/// What becomes of articles that can't be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnError {
    Warn,
    Skip,
    Raise,
}

impl OnError {
    fn named(name: &str) -> PyResult<Self> {
        match name {
            "warn" => Ok(Self::Warn),
            "skip" => Ok(Self::Skip),
            "raise" => Ok(Self::Raise),
            _ => Err(PyValueError::new_err(format!("errors is 'warn', 'skip' or 'raise', not '{name}'"))),
        }
    }
}

/// Reads an article: the record of who said what in it, as a dict with the keys of `schema/record.schema.json`.
///
/// Spans count as Python's strings do, so each can be held against the text:
///
///     >>> import sayso
///     >>> text = "“La Passerelle côté nord is safe,” Ms. Lee said on Monday."
///     >>> said = sayso.read(text, outlet="Northline", published="2026-03-17")["attributions"][0]
///     >>> source = said["source"]
///     >>> text[source["start"]:source["end"]], source["text"]
///     ('Ms. Lee', 'Ms. Lee')
///     >>> said["form"], said["when"]["from"]
///     ('direct', '2026-03-16')
///
/// `published` is a str, date or datetime. Statements of less confidence than `min_confidence` are left out, but not one that
/// a surer one stands in. A text that isn't English gives a record without statements and a note in `record["notes"]`, unless
/// `assume_english`.
///
/// Raises `ReadError`, a `ValueError`, where there are no words or an argument is no text. Other threads run meanwhile.
#[pyfunction]
#[pyo3(signature = (text, *, url=None, outlet=None, title=None, byline=None, published=None, language=None,
    assume_english=false, min_confidence=0.0))]
#[expect(clippy::too_many_arguments, reason = "they are the keywords of a Python function")]
fn read<'py>(
    text: &Bound<'py, PyString>,
    url: Option<&Bound<'py, PyAny>>,
    outlet: Option<&Bound<'py, PyAny>>,
    title: Option<&Bound<'py, PyAny>>,
    byline: Option<&Bound<'py, PyAny>>,
    published: Option<&Bound<'py, PyAny>>,
    language: Option<&Bound<'py, PyAny>>,
    assume_english: bool,
    min_confidence: f32,
) -> PyResult<Bound<'py, PyAny>> {
    let py = text.py();
    let options = options(assume_english, min_confidence)?;
    let given = [Some(text.as_any()), url, outlet, title, byline, published, language];
    let article = article::of_fields(given).map_err(ReadError::new_err)?;
    let record = py.detach(|| reading::one(&article, options)).map_err(broken)?;
    // The way through JSON is a hundredth of the time that reading takes, and gives what the program prints.
    let json = serde_json::to_string(&record).map_err(broken)?;
    py.import("json")?.call_method1("loads", (json,))
}

/// Reads many articles, on all cores: a table of their statements, which pandas, Polars and pyarrow take over.
///
///     >>> import sayso
///     >>> said = sayso.read_many([
///     ...     "“The bridge is safe,” Ms. Lee said on Monday.",
///     ...     {"text": "The mayor denied that the dam had leaked.", "outlet": "Northline"},
///     ... ])
///     >>> len(said), said.column_names[:2]
///     (2, ['article', 'number'])
///
/// `pandas.DataFrame.from_arrow(said)`, `polars.DataFrame(said)`, `pyarrow.table(said)`. The columns are those of the
/// archive's export in `docs/archive.md`; `article` is the position among `texts`, from 0.
///
/// An item is a str, or a mapping with `text` and, where known, `url`, `outlet`, `title`, `byline`, `published` and `language`;
/// None and NaN are nothing known. What can't be read, or isn't English, has no rows and is in `said.unread` with the reason.
/// `errors` says what else becomes of it: "warn" warns, "skip" doesn't, and "raise" raises `ReadError` at the first.
///
/// Other threads run meanwhile, and Ctrl-C stops it between two batches of eight articles a core.
#[pyfunction]
#[pyo3(signature = (texts, *, errors="warn", assume_english=false, min_confidence=0.0))]
fn read_many(
    texts: &Bound<'_, PyAny>,
    errors: &str,
    assume_english: bool,
    min_confidence: f32,
) -> PyResult<Statements> {
    let py = texts.py();
    let options = options(assume_english, min_confidence)?;
    let on_error = OnError::named(errors)?;
    let mut items = several(texts)?;
    let (mut columns, mut unread, mut n_articles) = (Columns::default(), Vec::new(), 0);
    loop {
        let batch = items.by_ref().take(reading::batch_len());
        let batch =
            batch.map(|item| item.map(|item| article::of_item(&item))).collect::<PyResult<Vec<_>>>()?;
        if batch.is_empty() {
            break;
        }
        let records = py.detach(|| reading::all(batch, options)).map_err(broken)?;
        for record in records {
            match record {
                Ok(record) => columns.add(n_articles, &record).map_err(broken)?,
                Err(reason) if on_error == OnError::Raise => {
                    return Err(ReadError::new_err(format!("article {n_articles}: {reason}")));
                }
                Err(reason) => unread.push(Unread { article: n_articles, reason }),
            }
            n_articles += 1;
        }
        // Here Ctrl-C is heard; a batch takes a second or so.
        py.check_signals()?;
    }
    if let (OnError::Warn, Some(first)) = (on_error, unread.first()) {
        warn(py, &unread, first, n_articles)?;
    }
    let batches = columns.done().map_err(broken)?;
    Ok(Statements { batches, unread, n_articles })
}

/// The items, where these are several texts; what only looks so is refused, since it would be read letter by letter.
fn several<'py>(texts: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyIterator>> {
    let wrong = if texts.is_instance_of::<PyString>() || texts.cast::<PyMapping>().is_ok() {
        Some("read_many takes several articles: put this one into a list, or give it to read")
    } else if texts.hasattr("columns")? {
        Some(
            "read_many takes the rows of a frame: frame.to_dict('records') in pandas, frame.iter_rows(named=True) in Polars",
        )
    } else {
        None
    };
    wrong.map_or_else(|| texts.try_iter(), |reason| Err(PyTypeError::new_err(reason)))
}

fn warn(py: Python<'_>, unread: &[Unread], first: &Unread, n_articles: usize) -> PyResult<()> {
    let told = format!(
        "{} of {n_articles} articles could not be read and have no rows; unread has them. The first is article {}: {}",
        unread.len(),
        first.article,
        first.reason
    );
    let told = std::ffi::CString::new(told)?;
    PyErr::warn(py, &py.get_type::<PyUserWarning>(), &told, 1)
}

fn options(assume_english: bool, min_confidence: f32) -> PyResult<ReadOptions> {
    if (0.0..=1.0).contains(&min_confidence) {
        Ok(ReadOptions { assume_english, min_confidence })
    } else {
        Err(PyValueError::new_err(format!("min_confidence is from 0 to 1, not {min_confidence}")))
    }
}

/// What no article is to blame for.
#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands on")]
pub(crate) fn broken(error: impl ToString) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

/// The engine.
#[pymodule]
mod _sayso {
    #[pymodule_export]
    use super::{ReadError, Statements, Unread, read, read_many};

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
