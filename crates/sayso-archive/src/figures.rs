//! On which figures do the articles of a story differ?

use std::collections::HashMap;

use sayso::record::Approx;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Archive, Dated, Error};

/// Articles whose figures are compared, each with each: the last in the order of a story.
const COMPARED: usize = 150;

/// A figure as one article tells it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FigureTold {
    /// Number of the article.
    pub article: i64,
    /// Its day.
    pub day: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The figure's words.
    pub text: String,
    /// The number; the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// As in the record.
    pub unit: String,
    /// How exact it is said to be.
    pub approx: Approx,
    /// Who gives it; `None` for the outlet.
    pub by: Option<String>,
    /// Place in the article's text, in code points.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl Archive {
    /// Figures that measure one thing and differ, each in the order of the days; reprints say nothing of their own.
    pub(crate) fn differing(&self, articles: &[Dated]) -> Result<Vec<Vec<FigureTold>>, Error> {
        let own: Vec<&Dated> = articles.iter().filter(|one| one.reprint_of.is_none()).collect();
        let last = &own[own.len().saturating_sub(COMPARED)..];
        let mut records = Vec::new();
        for one in last {
            records.push((one.article.to_string(), self.one_stored(one.article)?.record));
        }
        let named: Vec<_> = records.iter().map(|(name, record)| (name.as_str(), record)).collect();
        let by_name: HashMap<String, &Dated> =
            last.iter().map(|one| (one.article.to_string(), *one)).collect();
        let told = |told: sayso::matrix::Told| {
            let of = by_name.get(&told.article)?;
            Some(FigureTold {
                article: of.article,
                day: of.day.clone(),
                outlet: of.outlet.clone(),
                text: told.text,
                value: told.value,
                high: told.high,
                unit: told.unit,
                approx: told.approx,
                by: told.by,
                start: told.start,
                end: told.end,
            })
        };
        let all = sayso::matrix::differing(&named);
        Ok(all.into_iter().map(|one| one.figures.into_iter().filter_map(told).collect()).collect())
    }
}
