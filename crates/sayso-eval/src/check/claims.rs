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

/// A brief for each claim, named by the row's number; of a wrong one all words are marked, since it is worded anew. Where
/// `together` is more than 1, so many passages that follow one another are one article, and a brief has a claim on each of them,
/// all true or all wrong; passages that are left over are left out.
///
/// # Errors
/// Names the first line that is no such row, or that names a claim which it lacks.
pub(super) fn claims(jsonl: &str, together: usize) -> Result<Vec<PlantedBrief>, Error> {
    let rows = corpus::each_line(jsonl, |line| {
        let row: Row = serde_json::from_str(line).map_err(|error| error.to_string())?;
        match row.wrong.iter().find(|wrong| wrong.of >= row.same.len()) {
            Some(wrong) => Err(format!("there is no true claim {}", wrong.of)),
            None => Ok(row),
        }
    })?;
    if together > 1 {
        let several = rows.chunks_exact(together).enumerate();
        return Ok(several.flat_map(|(i, rows)| joined(i + 1, rows)).collect());
    }
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
        let base = Some(row.same[wrong.of].clone());
        let errors = vec![planted(row, wrong, 0)];
        PlantedBrief { base, errors, ..brief(format!("{number}-x{i}"), &wrong.text) }
    });
    same.chain(wrong)
}

/// The whole of a wrong claim that begins at a code point of a brief.
fn planted(row: &Row, wrong: &Wrong, start: usize) -> PlantedError {
    PlantedError {
        code: wrong.code,
        start,
        end: start + wrong.text.chars().count(),
        text: wrong.text.clone(),
        evidence: None,
        note: row.same[wrong.of].clone(),
        alt: Vec::new(),
        fixable: false,
        fix: None,
    }
}

/// The first claims of each passage as a brief of all passages, the second, and so on, as far as each has one.
fn joined(number: usize, rows: &[Row]) -> impl Iterator<Item = PlantedBrief> {
    const PARTED: &str = "\n\n";
    let source = rows.iter().map(|row| row.passage.as_str()).collect::<Vec<_>>().join(PARTED);
    let least = |of: fn(&Row) -> usize| rows.iter().map(of).min().unwrap_or(0);
    let brief = move |id: String, claims: &[&str]| PlantedBrief {
        id,
        brief: Article::from_text(claims.join(PARTED)),
        sources: vec![Article::from_text(source.as_str())],
        ..PlantedBrief::default()
    };
    let true_ones = brief.clone();
    let same = (0..least(|row| row.same.len())).map(move |i| {
        let claims: Vec<&str> = rows.iter().map(|row| row.same[i].as_str()).collect();
        true_ones(format!("{number}-s{i}"), &claims)
    });
    let wrong = (0..least(|row| row.wrong.len())).map(move |i| {
        let claims: Vec<&str> = rows.iter().map(|row| row.wrong[i].text.as_str()).collect();
        let base: Vec<&str> = rows.iter().map(|row| row.same[row.wrong[i].of].as_str()).collect();
        let mut start = 0;
        let errors = rows.iter().map(|row| {
            let error = planted(row, &row.wrong[i], start);
            start = error.end + PARTED.len();
            error
        });
        let errors = errors.collect();
        PlantedBrief { base: Some(base.join(PARTED)), errors, ..brief(format!("{number}-x{i}"), &claims) }
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
        let briefs = claims(&row(0), 1).unwrap();
        let got: Vec<_> = briefs.iter().map(|b| (b.id.as_str(), b.errors.len(), b.base.is_some())).collect();
        assert_eq!(got, [("1-s0", 0, false), ("1-x0", 1, true)]);
        assert_eq!(
            (briefs[1].errors[0].end, briefs[1].sources[0].text.as_str()),
            (13, "The dam held, é said.")
        );
        let both = claims(&format!("{0}\n{0}\n{0}", row(0)), 2).unwrap();
        let got: Vec<_> = both.iter().map(|b| (b.id.as_str(), b.brief.text.as_str())).collect();
        let (same, wrong) =
            ("é said the dam held.\n\né said the dam held.", "The dam held.\n\nThe dam held.");
        assert_eq!(got, [("1-s0", same), ("1-x0", wrong)], "the third passage is left over");
        let places: Vec<_> = both[1].errors.iter().map(|error| (error.start, error.end)).collect();
        assert_eq!((places, both[1].base.as_deref()), (vec![(0, 13), (15, 28)], Some(same)));
        assert!(claims(&row(1), 1).unwrap_err().to_string().contains("no true claim 1"));
    }
}
