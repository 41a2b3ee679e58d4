//! Lists that are too long for one answer.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use schemars::JsonSchema;
use serde::Serialize;

use super::problem::Problem;

/// Things on a page of a list, where nobody says.
const USUAL: usize = 50;
/// At most.
const MOST: usize = 200;
/// How far a list is paged through.
const FARTHEST: usize = 1_000_000;

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Listed<T> {
    pub(super) items: Vec<T>,
    /// How many there are, where that is counted.
    pub(super) total: Option<u64>,
    /// What to give as `cursor` for the next page; null on the last.
    pub(super) next: Option<String>,
}

impl<T> Listed<T> {
    /// Of items of which one more than fits was asked for.
    pub(super) fn of(mut items: Vec<T>, limit: usize, offset: usize) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        Self { items, total: None, next: more.then(|| cursor(offset + limit)) }
    }
}

/// A place in a list, which says nothing to others.
pub(super) fn cursor(offset: usize) -> String {
    BASE64.encode(format!("o{offset}"))
}

pub(super) fn offset(cursor: Option<&str>) -> Result<usize, Problem> {
    let Some(cursor) = cursor else { return Ok(0) };
    let decoded = BASE64.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let offset = decoded.and_then(|words| words.strip_prefix('o')?.parse().ok());
    offset
        .filter(|offset| *offset <= FARTHEST)
        .ok_or_else(|| Problem::bad("cursor: it is none that a page gave as `next`"))
}

pub(super) fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked {
        None => Ok(USUAL),
        Some(n) if (1..=MOST).contains(&n) => Ok(n),
        Some(_) => Err(Problem::bad(format!("limit: a number from 1 to {MOST}"))),
    }
}
