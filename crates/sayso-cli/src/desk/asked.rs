//! What can be asked.

use anyhow::{Result, ensure};
use sayso::record::{Act, Form, StandingKind};
use sayso::row::named;
use sayso_archive::Filter;
use schemars::JsonSchema;
use serde::Deserialize;

/// A day as the archive has it: `2026-03-15` and nothing else, since days are compared by their letters.
pub(crate) fn day(name: &str, words: Option<String>) -> Result<Option<String>> {
    let is_day = |words: &str| words.len() == 10 && words.parse::<jiff::civil::Date>().is_ok();
    ensure!(words.as_deref().is_none_or(is_day), "{name}: give a day as 2026-03-15");
    Ok(words)
}

/// Statements on a page where nobody says.
const USUAL: usize = 20;
/// At most.
const MOST: usize = 200;

/// An article: by its text, with its address where that is known; by its address alone, which is fetched; or by its number in
/// the archive.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    /// The article's text, paragraphs parted by blank lines.
    pub(crate) text: Option<String>,
    /// The address of its page, http or https.
    pub(crate) url: Option<String>,
    /// Its number in the archive, as `find_statements` gives it.
    pub(crate) article: Option<i64>,
    /// Its headline.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) outlet: Option<String>,
    /// The line that names who wrote it.
    pub(crate) byline: Option<String>,
    /// When, as 2026-03-15, or a day with a time as ISO 8601 has it.
    pub(crate) published: Option<String>,
}

impl Told {
    /// What it is called in answers, as the `n`th of its question.
    pub(crate) fn name(&self, n: usize) -> String {
        let number = self.article.map(|number| format!("article {number}"));
        self.url.clone().or(number).or_else(|| self.title.clone()).unwrap_or_else(|| format!("text {n}"))
    }
}

/// How long a brief is.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Length {
    Short,
    #[default]
    Medium,
    Full,
}

impl From<Length> for sayso::brief::Length {
    fn from(length: Length) -> Self {
        match length {
            Length::Short => Self::Short,
            Length::Medium => Self::Medium,
            Length::Full => Self::Full,
        }
    }
}

/// What a brief is asked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Briefing {
    /// One, or several on one story; at most 50.
    pub(crate) articles: Vec<Told>,
    /// How long.
    #[serde(default)]
    pub(crate) length: Length,
}

/// A text and what it is held against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Checking {
    /// The text that is checked.
    pub(crate) brief: String,
    /// The articles that it was made from; at most 50.
    pub(crate) articles: Vec<Told>,
}

/// A quotation and where it should stand.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quoting {
    /// The words between the quotation marks.
    pub(crate) quote: String,
    /// The articles in which it should stand; at most 50.
    pub(crate) articles: Vec<Told>,
    /// Who is meant to have said it.
    pub(crate) by: Option<String>,
}

/// Which statements.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    /// Words of source or content, in any form; words in double quotation marks stand in that order.
    pub(crate) words: Option<String>,
    /// The speaker's name, or words of it.
    pub(crate) by: Option<String>,
    /// Whom the speaker speaks for.
    pub(crate) party: Option<String>,
    /// An issue, or words of one.
    pub(crate) on: Option<String>,
    /// What the speaker does.
    pub(crate) act: Option<Act>,
    /// Whose words it is in.
    pub(crate) form: Option<Form>,
    /// How it stands.
    pub(crate) status: Option<StandingKind>,
    /// Words of an outlet's name.
    pub(crate) outlet: Option<String>,
    /// The first day, as 2026-03-15.
    pub(crate) since: Option<String>,
    /// The last day.
    pub(crate) until: Option<String>,
    /// How many at most, 1 to 200; 20 where it isn't said.
    pub(crate) limit: Option<usize>,
    /// How many to pass over.
    #[serde(default)]
    pub(crate) offset: usize,
}

impl Finding {
    pub(crate) fn filter(self) -> Result<Filter> {
        Ok(Filter {
            words: self.words,
            by: self.by,
            actor: None,
            party: self.party,
            on: self.on,
            act: self.act.as_ref().map(named),
            form: self.form.as_ref().map(named),
            status: self.status.as_ref().map(named),
            outlet: self.outlet,
            since: day("since", self.since)?,
            until: day("until", self.until)?,
            story: None,
            limit: self.limit.unwrap_or(USUAL).clamp(1, MOST),
            offset: self.offset,
        })
    }
}

/// Whose positions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holding {
    /// Who holds it.
    pub(crate) party: Option<String>,
    /// An issue, or words of one.
    pub(crate) on: Option<String>,
    /// Words of an outlet's name.
    pub(crate) outlet: Option<String>,
    /// The first day, as 2026-03-15.
    #[schemars(extend("format" = "date"))]
    pub(crate) since: Option<String>,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    pub(crate) until: Option<String>,
}

impl Holding {
    pub(crate) fn filter(self) -> Result<Filter> {
        Ok(Filter {
            party: self.party,
            on: self.on,
            outlet: self.outlet,
            since: day("since", self.since)?,
            until: day("until", self.until)?,
            ..Filter::default()
        })
    }
}
