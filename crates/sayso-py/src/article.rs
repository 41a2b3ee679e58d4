//! What does a Python program say of an article?
//!
//! Articles go the way of those in JSON files, so that one text gives one record by every door.

use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyString};
use sayso::Article;
use sayso_text::{ErrorKind, Format};
use serde_json::{Map, Value};

/// What can be known of an article; the text first.
const FIELDS: [&str; 7] = ["text", "url", "outlet", "title", "byline", "published", "language"];

/// An item of many: a text, or a mapping that holds one under `text`. Else the reason why it isn't one, for people.
pub(crate) fn of_item(item: &Bound<'_, PyAny>) -> Result<Article, String> {
    if item.is_instance_of::<PyString>() {
        let mut given = [None; FIELDS.len()];
        given[0] = Some(item);
        return of_fields(given);
    }
    let Ok(mapping) = item.cast::<PyMapping>() else {
        return Err(format!("it is {}; an article is a str, or a mapping with `text`", kind(item)));
    };
    let get = |name: &&str| match mapping.contains(*name) {
        Ok(true) => mapping.get_item(*name).map(Some),
        Ok(false) => Ok(None),
        Err(error) => Err(error),
    };
    let values = FIELDS.iter().map(get).collect::<PyResult<Vec<_>>>().map_err(|error| error.to_string())?;
    let mut given = [None; FIELDS.len()];
    for (place, value) in given.iter_mut().zip(&values) {
        *place = value.as_ref();
    }
    of_fields(given)
}

/// What is given of each field, in their order.
pub(crate) fn of_fields(given: [Option<&Bound<'_, PyAny>>; FIELDS.len()]) -> Result<Article, String> {
    let mut fields = Map::new();
    for (name, value) in FIELDS.iter().zip(given) {
        if let Some(words) = value.map(|value| words(name, value)).transpose()?.flatten() {
            fields.insert((*name).to_owned(), Value::String(words));
        }
    }
    let json = Value::Object(fields).to_string();
    sayso_text::ingest(json.as_bytes(), Format::Json).map_err(|error| match error.kind() {
        ErrorKind::Empty => "there are no words in its text".to_owned(),
        _ => error.to_string(),
    })
}

/// A field's words; `None` for what data frames put where nothing is known.
fn words(name: &str, value: &Bound<'_, PyAny>) -> Result<Option<String>, String> {
    if let Ok(words) = value.cast::<PyString>() {
        // A Python string can hold halves of surrogate pairs, which are no characters.
        let words =
            words.to_cow().map_err(|_| format!("`{name}` holds half a surrogate pair, which is no text"))?;
        return Ok(Some(words.into_owned()));
    }
    if is_missing(value) {
        return Ok(None);
    }
    match value.call_method0("isoformat") {
        Ok(day) if name == "published" => Ok(Some(day.to_string())),
        _ => Err(format!("`{name}` is {}, and should be a str", kind(value))),
    }
}

/// `None`; NaN and `NaT`, which aren't themselves; and pandas' NA, which doesn't even say whether it is.
fn is_missing(value: &Bound<'_, PyAny>) -> bool {
    let is_na = || value.get_type().name().is_ok_and(|name| name == "NAType");
    value.is_none() || is_na() || value.ne(value).unwrap_or(false)
}

fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "something else".to_owned(), |name| format!("of type {name}"))
}
