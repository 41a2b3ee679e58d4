//! How do other libraries take the statements over?
//!
//! By Arrow's `PyCapsule` interface: pyarrow, pandas, Polars and `DuckDB` all call `__arrow_c_stream__`, and none of them has
//! to be there.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::broken;
use crate::columns::SCHEMA;

/// An article that could not be read.
#[pyclass(frozen, get_all, eq, hash, module = "sayso")]
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Unread {
    /// Its position among those that were given, from 0.
    pub(crate) article: usize,
    /// Why, for people.
    pub(crate) reason: String,
}

#[pymethods]
impl Unread {
    fn __repr__(&self) -> String {
        format!("Unread(article={}, reason={:?})", self.article, self.reason)
    }
}

/// The statements of many articles: an Arrow table, one row a statement.
#[pyclass(frozen, module = "sayso")]
pub(crate) struct Statements {
    pub(crate) batches: Vec<RecordBatch>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) n_articles: usize,
}

#[pymethods]
impl Statements {
    /// The articles that could not be read, in order, each with the reason.
    #[getter]
    fn unread(&self) -> Vec<Unread> {
        self.unread.clone()
    }

    /// How many articles were given.
    #[getter]
    fn n_articles(&self) -> usize {
        self.n_articles
    }

    /// The names of the columns, in their order.
    #[getter]
    fn column_names(&self) -> Vec<&'static str> {
        SCHEMA.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The types of the columns, as Arrow's C data interface has them.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(SCHEMA.as_ref()).map_err(broken)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows, as Arrow's C stream interface has them; as often as they are asked for.
    ///
    /// The types are always the same: a schema that is asked for is a wish that may be left open.
    #[pyo3(signature = (requested_schema=None))]
    #[expect(unused_variables, reason = "Arrow's interface has the argument, under this name")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&SCHEMA));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!(
            "<sayso.Statements: {} of {} articles, {} not read>",
            self.__len__(),
            self.n_articles,
            self.unread.len()
        )
    }
}
