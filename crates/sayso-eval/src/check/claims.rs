//! Single claims on short passages, as briefs.

use sayso::Article;
use sayso::check::Code;
use serde::Deserialize;

use super::{PlantedBrief, PlantedError};
use crate::corpus::{self, Error};

/// A passage, claims that are true to it, and claims with one error each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    passage: String,
    same: Vec<String>,
    wrong: Vec<Wrong>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrong {
    code: Code,
    text: String,
    /// Which of the true claims the error was put into.
    of: usize,
}

/// A brief for each claim, named by the row's number; of a wrong one all words are marked, since it is worded anew.
///
/// # Errors
/// Names the first line that is no such row, or that names a claim which it lacks.
pub(super) fn claims(jsonl: &str) -> Result<Vec<PlantedBrief>, Error> {
    let rows = corpus::each_line(jsonl, |line| {
        let row: Row = serde_json::from_str(line).map_err(|error| error.to_string())?;
        match row.wrong.iter().find(|wrong| wrong.of >= row.same.len()) {
            Some(wrong) => Err(format!("there is no true claim {}", wrong.of)),
            None => Ok(row),
        }
    })?;
    Ok(rows.iter().enumerate().flat_map(|(i, row)| briefs(i + 1, row)).collect())
}

fn briefs(number: usize, row: &Row) -> impl Iterator<Item = PlantedBrief> {
    let brief = move |id: String, text: &str| PlantedBrief {
        id,
        brief: Article::from_text(text),
        sources: vec![Article::from_text(row.passage.as_str())],
        ..PlantedBrief::default()
    };
    let same = row.same.iter().enumerate().map(move |(i, text)| brief(format!("{number}-s{i}"), text));
    let wrong = row.wrong.iter().enumerate().map(move |(i, wrong)| {
        let base = &row.same[wrong.of];
        let error = PlantedError {
            code: wrong.code,
            start: 0,
            end: wrong.text.chars().count(),
            text: wrong.text.clone(),
            evidence: None,
            note: base.clone(),
            alt: Vec::new(),
            fixable: false,
            fix: None,
        };
        let base = Some(base.clone());
        PlantedBrief { base, errors: vec![error], ..brief(format!("{number}-x{i}"), &wrong.text) }
    });
    same.chain(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_claim_is_a_brief() {
        let row = |of: usize| {
            format!(
                r#"{{"passage": "The dam held, é said.", "same": ["é said the dam held."],
                "wrong": [{{"code": "attribution-lost", "text": "The dam held.", "of": {of}}}]}}"#
            )
            .replace('\n', " ")
        };
        let briefs = claims(&row(0)).unwrap();
        let got: Vec<_> = briefs.iter().map(|b| (b.id.as_str(), b.errors.len(), b.base.is_some())).collect();
        assert_eq!(got, [("1-s0", 0, false), ("1-x0", 1, true)]);
        assert_eq!(
            (briefs[1].errors[0].end, briefs[1].sources[0].text.as_str()),
            (13, "The dam held, é said.")
        );
        assert!(claims(&row(1)).unwrap_err().to_string().contains("no true claim 1"));
    }
}
