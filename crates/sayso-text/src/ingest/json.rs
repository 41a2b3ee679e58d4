//! What does an article in JSON say?

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Decoding, Error, charset, plain};
use crate::{Article, Span};

/// What is known of an article. Other fields are passed over, whatever they hold.
#[derive(Debug, Default, Deserialize)]
struct Fields {
    text: Option<Value>,
    title: Option<Value>,
    url: Option<Value>,
    outlet: Option<Value>,
    byline: Option<Value>,
    published: Option<Value>,
    language: Option<Value>,
    /// A record holds its article under this name.
    article: Option<Value>,
}

/// One object: an article, or a record with one.
pub(super) fn read(source: &str) -> Result<Article, Error> {
    let mut fields = fields(source)?;
    if let (None, Some(inner @ Value::Object(_))) = (&fields.text, fields.article.take()) {
        fields = Fields::deserialize(inner).map_err(|error| syntax(&error))?;
    }
    let text = string("text", fields.text)?.ok_or(Error::NoText)?;
    let title = string("title", fields.title)?;
    let mut article = match &title {
        Some(title) => {
            let title_span = first_line(&text).filter(|line| super::same_words(title, line.of(&text)));
            Article { title_span, ..Article::from_text(text) }
        }
        None => plain::read(text),
    };
    article.title = title.or(article.title);
    article.url = string("url", fields.url)?;
    article.outlet = string("outlet", fields.outlet)?;
    article.byline = string("byline", fields.byline)?;
    article.published = string("published", fields.published)?;
    article.language = string("language", fields.language)?;
    Ok(article)
}

fn fields(source: &str) -> Result<Fields, Error> {
    // A row of values would do for the fields in their order otherwise.
    if source.trim_start().starts_with('[') {
        let parts: Vec<&RawValue> = serde_json::from_str(source).map_err(|error| syntax(&error))?;
        return match parts[..] {
            [only] if only.get().starts_with('{') => fields(only.get()),
            _ => Err(Error::Json {
                line: 1,
                column: 1,
                reason: format!("an article is one object, and this is a list of {}", parts.len()),
            }),
        };
    }
    serde_json::from_str(source).map_err(|error| syntax(&error))
}

/// A field's words; `None` for one that is not stated.
fn string(field: &'static str, value: Option<Value>) -> Result<Option<String>, Error> {
    let wrong = |problem| Err(Error::JsonField { field, problem });
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(words)) if words.contains('\0') => wrong("holds a NUL, which no text has"),
        Some(Value::String(words)) => Ok(Some(words).filter(|words| !words.trim().is_empty())),
        Some(Value::Bool(_)) => wrong("is true or false and should be a string"),
        Some(Value::Number(_)) => wrong("is a number and should be a string"),
        Some(Value::Array(_)) => wrong("is a list and should be a string"),
        Some(Value::Object(_)) => wrong("is an object and should be a string"),
    }
}

fn first_line(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start().len();
    let end = start + text[start..].find(['\n', '\r'])?;
    Some(Span { start, end }.trim(text))
}

fn syntax(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let reason = error.to_string();
    let place = format!(" at line {line} column {column}");
    // The parser speaks of its own types where there is no object at all.
    let reason = match reason.strip_suffix(&place).unwrap_or(&reason) {
        reason if reason.starts_with("invalid type") => "an article is an object, as {\"text\": \"…\"} is",
        reason if reason.starts_with("EOF while parsing a string") => {
            "a quotation mark that closes is missing"
        }
        reason if reason.starts_with("EOF") => "it ends too early; a } or ] is missing",
        reason if reason.contains("hex escape") => "\\u without the digits of a whole character",
        reason => reason,
    };
    Error::Json { line, column, reason: reason.to_owned() }
}

/// The characters of a JSON file, to be divided as text.
///
/// # Errors
/// When a byte stands for no character in its encoding.
///
/// ```
/// use sayso_text::{Decoding, json_source};
/// assert_eq!(json_source(b"\xff\xfe[\0]\0", Decoding::default())?, "[]");
/// # Ok::<(), sayso_text::Error>(())
/// ```
pub fn json_source(bytes: &[u8], decoding: Decoding) -> Result<String, Error> {
    charset::decode(bytes, decoding)
}

/// The articles of a JSON file: the elements of a list, or else the whole.
///
/// Each can then be ingested alone, so that a bad one doesn't lose the others. Bytes that
/// are not UTF-8 are one part, since they can't be divided as they are; [`json_source`]
/// makes them UTF-8.
///
/// # Errors
/// When a list is no JSON, or empty.
///
/// ```
/// let parts = sayso_text::json_parts(br#"[{"text": "Rain fell."}, {"text": "It stopped."}]"#)?;
/// assert_eq!(parts, [&br#"{"text": "Rain fell."}"#[..], br#"{"text": "It stopped."}"#]);
/// # Ok::<(), sayso_text::Error>(())
/// ```
pub fn json_parts(bytes: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let words = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match str::from_utf8(words) {
        Ok(source) if source.trim_start().starts_with('[') => {
            let parts: Vec<&RawValue> = serde_json::from_str(source).map_err(|error| syntax(&error))?;
            if parts.is_empty() {
                return Err(Error::Json { line: 1, column: 1, reason: "the list is empty".to_owned() });
            }
            Ok(parts.into_iter().map(|part| part.get().as_bytes()).collect())
        }
        _ => Ok(vec![bytes]),
    }
}
