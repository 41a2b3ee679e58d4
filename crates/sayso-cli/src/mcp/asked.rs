//! What tools are asked.

use sayso_archive::Filter;
use schemars::JsonSchema;
use serde::Deserialize;

/// Statements on a page where nobody says.
const USUAL: usize = 20;
/// At most.
const MOST: usize = 200;

/// An article: by its text, its address, or its number in the archive. Exactly one of the three.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    /// The article's text, paragraphs parted by blank lines.
    pub(super) text: Option<String>,
    /// The address of its page, http or https.
    pub(super) url: Option<String>,
    /// Its number in the archive, as `find_statements` gives it.
    pub(super) article: Option<i64>,
    /// Its headline.
    pub(super) title: Option<String>,
    /// Who published it.
    pub(super) outlet: Option<String>,
    /// When, as 2026-03-15.
    pub(super) published: Option<String>,
}

impl Told {
    /// What it is called in answers, as the `n`th of its question.
    pub(super) fn name(&self, n: usize) -> String {
        let number = self.article.map(|number| format!("article {number}"));
        self.url.clone().or(number).or_else(|| self.title.clone()).unwrap_or_else(|| format!("text {n}"))
    }
}

/// How long a brief is.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Length {
    Short,
    #[default]
    Medium,
    Full,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Briefing {
    /// One, or several on one story; at most 50.
    pub(super) articles: Vec<Told>,
    /// How long.
    #[serde(default)]
    pub(super) length: Length,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Checking {
    /// The text that is checked.
    pub(super) brief: String,
    /// The articles that it was made from; at most 50.
    pub(super) articles: Vec<Told>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Quoting {
    /// The words between the quotation marks.
    pub(super) quote: String,
    /// The articles in which it should stand; at most 50.
    pub(super) articles: Vec<Told>,
    /// Who is meant to have said it.
    pub(super) by: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Finding {
    /// Words of source or content, in any form; words in double quotation marks stand in that order.
    pub(super) words: Option<String>,
    /// The speaker's name, or words of it.
    pub(super) by: Option<String>,
    /// Whom the speaker speaks for.
    pub(super) party: Option<String>,
    /// An issue, or words of one.
    pub(super) on: Option<String>,
    /// What the speaker does: deny, demand, reject, accept, warn, promise…
    pub(super) act: Option<String>,
    /// direct, indirect or mixed.
    pub(super) form: Option<String>,
    /// How it stands: denied, disputed, unverified, confirmed…
    pub(super) status: Option<String>,
    /// Words of an outlet's name.
    pub(super) outlet: Option<String>,
    /// The first day, as 2026-03-15.
    pub(super) since: Option<String>,
    /// The last day.
    pub(super) until: Option<String>,
    /// How many at most, 1 to 200; 20 where it isn't said.
    pub(super) limit: Option<usize>,
    /// How many to pass over.
    #[serde(default)]
    pub(super) offset: usize,
}

impl Finding {
    pub(super) fn filter(self) -> Filter {
        Filter {
            words: self.words,
            by: self.by,
            party: self.party,
            on: self.on,
            act: self.act,
            form: self.form,
            status: self.status,
            outlet: self.outlet,
            since: self.since,
            until: self.until,
            story: None,
            limit: self.limit.unwrap_or(USUAL).clamp(1, MOST),
            offset: self.offset,
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Holding {
    /// Who holds it.
    pub(super) party: Option<String>,
    /// An issue, or words of one.
    pub(super) on: Option<String>,
    /// Words of an outlet's name.
    pub(super) outlet: Option<String>,
    /// The first day, as 2026-03-15.
    pub(super) since: Option<String>,
    /// The last day.
    pub(super) until: Option<String>,
}

impl Holding {
    pub(super) fn filter(self) -> Filter {
        Filter {
            party: self.party,
            on: self.on,
            outlet: self.outlet,
            since: self.since,
            until: self.until,
            ..Filter::default()
        }
    }
}
