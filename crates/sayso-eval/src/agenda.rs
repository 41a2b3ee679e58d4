//! Does the program see the figures, dates and positions of an article?
//!
//! Gold files (`examples/agenda/*.json`) hold words of the text, not offsets; what is found is matched
//! to them one to one, in the order of the text.

use std::collections::BTreeSet;
use std::fmt::Write;

use sayso::record::{Approx, Attribution, Figure, Position, Record, Stance};
use serde::{Deserialize, Serialize};

use crate::corpus::Error;
use crate::score::{self, Counts};

/// What readers see in an article.
#[derive(Debug, Clone, Deserialize)]
pub struct AgendaGold {
    figures: Vec<GoldFigure>,
    dates: Vec<GoldDate>,
    positions: Vec<GoldPosition>,
}

#[derive(Debug, Clone, Deserialize)]
struct GoldFigure {
    text: String,
    value: f64,
    high: Option<f64>,
    approx: Approx,
    by: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct GoldDate {
    text: String,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct GoldPosition {
    parties: Vec<String>,
    issue: String,
    stance: Stance,
    evidence: Vec<String>,
}

/// Sums over articles.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AgendaReport {
    /// Figures, by their words.
    pub figures: Counts,
    /// Of the figures that are found and gold: those with the right value.
    pub values: usize,
    /// Those with the right value, and as exact.
    pub approximations: usize,
    /// Those of which it is right whether the outlet gives them, and if not, who.
    pub givers: usize,
    /// Dates, by their words.
    pub dates: Counts,
    /// Of the dates that are found and gold: those with the same days.
    pub ranges: usize,
    /// Positions: a party's name, the stance and an attribution that shows it agree.
    pub positions: Counts,
    /// What is missed, extra or different, a line each.
    pub errors: Vec<String>,
}

/// Reads a gold file.
///
/// # Errors
/// When it isn't one.
pub fn gold(json: &str) -> Result<AgendaGold, Error> {
    serde_json::from_str(json).map_err(|e| Error::Gold(e.to_string()))
}

impl AgendaReport {
    /// Adds one article.
    pub fn count(&mut self, record: &Record, gold: &AgendaGold) {
        self.count_figures(record, gold);
        self.count_dates(record, gold);
        self.count_positions(record, gold);
    }

    fn count_figures(&mut self, record: &Record, gold: &AgendaGold) {
        let mut taken = vec![false; record.figures.len()];
        self.figures.found += taken.len();
        self.figures.gold += gold.figures.len();
        for wanted in &gold.figures {
            let touches = |f: &Figure| f.text.contains(&wanted.text) || wanted.text.contains(&f.text);
            let is_value =
                |f: &Figure| close(f.value, wanted.value) && f.high.is_some() == wanted.high.is_some();
            let free: Vec<usize> =
                (0..taken.len()).filter(|&i| !taken[i] && touches(&record.figures[i])).collect();
            let Some(&i) = free.iter().find(|&&i| is_value(&record.figures[i])).or(free.first()) else {
                self.errors.push(format!("figure missed: {}", wanted.text));
                continue;
            };
            taken[i] = true;
            let found = &record.figures[i];
            self.figures.hit += 1;
            let value = is_value(found);
            self.values += usize::from(value);
            self.approximations += usize::from(value && found.approx == wanted.approx);
            let giver = gives(record, found, wanted.by.as_deref());
            self.givers += usize::from(giver);
            if !value || found.approx != wanted.approx || !giver {
                let by = wanted.by.as_deref().unwrap_or("-");
                self.errors.push(format!(
                    "figure differs: {} ({}, by {by}): {} {:?} {}",
                    wanted.text,
                    wanted.value,
                    found.value,
                    found.approx,
                    found.attributed_to.as_deref().unwrap_or("-")
                ));
            }
        }
        let extra = taken.iter().enumerate().filter(|(_, taken)| !**taken);
        self.errors.extend(extra.map(|(i, _)| format!("figure extra: {}", record.figures[i].text)));
    }

    fn count_dates(&mut self, record: &Record, gold: &AgendaGold) {
        let mut taken = vec![false; record.dates.len()];
        self.dates.found += taken.len();
        self.dates.gold += gold.dates.len();
        for wanted in &gold.dates {
            let touches = |i: &usize| {
                let found = &record.dates[*i].text;
                !taken[*i] && (found.contains(&wanted.text) || wanted.text.contains(found.as_str()))
            };
            let Some(i) = (0..taken.len()).find(touches) else {
                self.errors.push(format!("date missed: {}", wanted.text));
                continue;
            };
            taken[i] = true;
            self.dates.hit += 1;
            let found = &record.dates[i];
            let same = found.from == wanted.from && found.to == wanted.to;
            self.ranges += usize::from(same);
            if !same {
                self.errors
                    .push(format!("date differs: {} ({:?}): {:?}", wanted.text, wanted.from, found.from));
            }
        }
    }

    fn count_positions(&mut self, record: &Record, gold: &AgendaGold) {
        let mut taken = vec![false; gold.positions.len()];
        self.positions.gold += taken.len();
        self.positions.found += record.positions.len();
        for found in &record.positions {
            let hit = (0..taken.len()).find(|&i| !taken[i] && is_position(record, found, &gold.positions[i]));
            match hit {
                Some(i) => {
                    taken[i] = true;
                    self.positions.hit += 1;
                }
                None => self.errors.push(format!(
                    "position extra: {} | {} | {}",
                    found.parties.join(", "),
                    found.stance.name(),
                    found.detail
                )),
            }
        }
        for (wanted, _) in gold.positions.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            self.errors.push(format!(
                "position missed: {} | {} | {}",
                wanted.parties.join(", "),
                wanted.issue,
                wanted.stance.name()
            ));
        }
    }

    /// Lines for people; with `each` the errors too.
    pub fn text(&self, each: bool) -> String {
        let mut out = score::heading("agenda");
        out += &score::line("figures", self.figures);
        out += &score::line("dates", self.dates);
        out += &score::line("positions", self.positions);
        let _ = writeln!(
            out,
            "  of the figures found: value {}, value and approximation {}, giver {} of {}",
            self.values, self.approximations, self.givers, self.figures.hit
        );
        let _ = writeln!(out, "  of the dates found: days {} of {}", self.ranges, self.dates.hit);
        if each {
            out.extend(self.errors.iter().map(|error| format!("  {error}\n")));
        }
        out
    }
}

/// A third is written as 33.3.
fn close(a: f64, b: f64) -> bool {
    const ROUNDING: f64 = 0.4;
    (a - b).abs() < ROUNDING
}

/// True where a figure's giver is the gold one: the outlet, or a source or actor that shares a word of the name.
fn gives(record: &Record, figure: &Figure, by: Option<&str>) -> bool {
    let given = figure.attributed_to.as_ref().and_then(|id| record.attributions.iter().find(|a| a.id == *id));
    match (given, by) {
        (None, None) => true,
        (Some(given), Some(by)) => {
            let source = given.source.as_ref().map_or("", |source| source.text.as_str());
            shares(by, source) || shares(by, name(record, given))
        }
        _ => false,
    }
}

fn name<'a>(record: &'a Record, attribution: &Attribution) -> &'a str {
    let actor = record.actors.iter().find(|actor| attribution.actor.as_ref() == Some(&actor.id));
    actor.and_then(|actor| actor.name.as_deref()).unwrap_or_default()
}

/// True where two phrases have a long word in common.
fn shares(a: &str, b: &str) -> bool {
    let words = |words: &str| -> BTreeSet<String> {
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(str::to_lowercase).collect()
    };
    words(a).intersection(&words(b)).next().is_some()
}

fn is_position(record: &Record, found: &Position, wanted: &GoldPosition) -> bool {
    let marks = ['“', '”', '"', '‘', '’', '\'', ' '];
    let content = |id: &String| {
        let attribution = record.attributions.iter().find(|a| a.id == *id);
        attribution.map(|a| a.content.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" "))
    };
    // A deed that the outlet tells has no attribution.
    let contents = found.attributions.iter().filter_map(content);
    let contents: Vec<String> = contents.chain([found.detail.clone()]).collect();
    let shows = |evidence: &String| {
        let evidence = evidence.trim_matches(marks);
        !evidence.is_empty() && contents.iter().any(|content| content.contains(evidence))
    };
    found.stance == wanted.stance
        && shares(&found.parties.join(" "), &wanted.parties.join(" "))
        && wanted.evidence.iter().any(shows)
}
