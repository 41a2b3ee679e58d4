//! Does the archive show what parties held, and when they turned?
//!
//! Labelled stories of two or three articles. A position is found where the archive shows one of the party with words that
//! overlap the labelled ones; a turn where a step that overlaps its new words follows another of the same issue.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sayso::{Article, Engine};
use sayso_archive::{Archive, Error, Filter, Incoming, Step};
use serde::{Deserialize, Serialize};

/// An article of a story.
#[derive(Debug, Clone, Deserialize)]
pub struct Told {
    title: String,
    outlet: String,
    byline: String,
    published: String,
    text: String,
}

impl Told {
    fn article(&self) -> Article {
        let mut article = Article::from_text(self.text.as_str());
        article.title = Some(self.title.clone());
        article.outlet = Some(self.outlet.clone());
        article.byline = Some(self.byline.clone());
        article.published = Some(self.published.clone());
        article
    }
}

/// A story with its labels.
#[derive(Debug, Clone, Deserialize)]
pub struct TurnStory {
    /// Its name.
    pub id: String,
    /// In the order of their days.
    pub articles: Vec<Told>,
    /// Positions that change.
    pub turns: Vec<GoldTurn>,
    /// Others.
    pub held: Vec<GoldHeld>,
}

/// A position that changes.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldTurn {
    party: String,
    from: String,
    to: String,
    from_day: String,
    to_day: String,
    from_words: String,
    to_words: String,
}

/// A position.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldHeld {
    party: String,
    stance: String,
    day: String,
    words: String,
}

/// What came of stories.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TurnReport {
    /// Stories.
    pub stories: usize,
    /// Labelled positions, both ends of turns among them.
    pub positions: usize,
    /// Of these, shown.
    pub found: usize,
    /// Of these, with the labelled stance.
    pub right: usize,
    /// Labelled turns.
    pub turns: usize,
    /// Of these, shown as a change.
    pub shown: usize,
    /// Changes that are shown and no labelled ones.
    pub wrong: usize,
    /// Pairs of articles of one labelled story, all of them in one archive.
    pub pairs: usize,
    /// Of these, in one story of the archive.
    pub together: usize,
    /// Pairs in one story of the archive that are of two labelled ones.
    pub mixed: usize,
    /// What is missed, wrong or of another stance, in words.
    pub errors: Vec<String>,
}

impl TurnReport {
    /// For people.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!(
            "{} stories: {} of {} positions found, {} of these with their stance; {} of {} turns shown, {} changes that are none\n",
            self.stories, self.found, self.positions, self.right, self.shown, self.turns, self.wrong
        );
        let _ = writeln!(
            out,
            "All in one archive: {} of {} pairs of articles in one story, {} of {} such pairs are none",
            self.together,
            self.pairs,
            self.mixed,
            self.together + self.mixed
        );
        if each {
            self.errors.iter().for_each(|line| {
                let _ = writeln!(out, "{line}");
            });
        }
        out
    }
}

/// Stories, one in each line of JSON.
///
/// # Errors
/// When a line is no story.
pub fn turn_stories(jsonl: &str) -> Result<Vec<TurnStory>, serde_json::Error> {
    jsonl.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

/// Which positions and turns the archive shows.
///
/// # Errors
/// When an archive can't be written.
pub fn score_turns(engine: &Engine, stories: &[TurnStory]) -> Result<TurnReport, Error> {
    let mut report = TurnReport { stories: stories.len(), ..TurnReport::default() };
    for story in stories {
        let mut archive = Archive::in_memory()?;
        for article in story.articles.iter().map(Told::article) {
            let record = engine.read(&article);
            archive.add(&[Incoming { article: &article, record: &record, input: "labelled", file: None }])?;
        }
        report.count(story, &archive)?;
    }
    report.group(engine, stories)?;
    Ok(report)
}

impl TurnReport {
    /// All articles in one archive, in the order of their days: which are of one story?
    fn group(&mut self, engine: &Engine, stories: &[TurnStory]) -> Result<(), Error> {
        let mut all: Vec<(usize, &Told)> = Vec::new();
        for (label, story) in stories.iter().enumerate() {
            all.extend(story.articles.iter().map(|told| (label, told)));
        }
        all.sort_by_key(|(_, told)| &told.published);
        let mut archive = Archive::in_memory()?;
        for (_, told) in &all {
            let article = told.article();
            let record = engine.read(&article);
            archive.add(&[Incoming { article: &article, record: &record, input: "labelled", file: None }])?;
        }
        let mut of: BTreeMap<i64, i64> = BTreeMap::new();
        for line in archive.stories(None, usize::MAX)? {
            of.extend(archive.story(line.id)?.articles.iter().map(|one| (one.article, line.id)));
        }
        let all: Vec<(i64, usize, &Told)> =
            (1..).zip(all).map(|(number, (label, told))| (number, label, told)).collect();
        for (i, (one, label, told)) in all.iter().enumerate() {
            for (other, other_label, other_told) in &all[i + 1..] {
                let (is_labelled, is_shown) = (label == other_label, of[one] == of[other]);
                self.pairs += usize::from(is_labelled);
                self.together += usize::from(is_labelled && is_shown);
                self.mixed += usize::from(!is_labelled && is_shown);
                if is_labelled != is_shown {
                    let what = if is_shown { "one story of two" } else { "one story in two" };
                    self.errors.push(format!("{what}: “{}”, “{}”", told.title, other_told.title));
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, story: &TurnStory, archive: &Archive) -> Result<(), Error> {
        let all = archive.positions(&Filter::default())?.held;
        let place = |day: &str, words: &str| Place::of(story, day, words);
        let ends = story.turns.iter().flat_map(|turn| {
            [
                (&turn.party, &turn.from, &turn.from_day, &turn.from_words),
                (&turn.party, &turn.to, &turn.to_day, &turn.to_words),
            ]
        });
        let held = story.held.iter().map(|held| (&held.party, &held.stance, &held.day, &held.words));
        for (party, stance, day, words) in held.chain(ends) {
            self.positions += 1;
            let steps = all.iter().filter(|held| shares(&held.party, party)).flat_map(|held| &held.steps);
            let found: Vec<&Step> = steps.filter(|step| place(day, words).overlaps(step)).collect();
            self.found += usize::from(!found.is_empty());
            let is_right = found.iter().any(|step| step.stance == *stance);
            self.right += usize::from(is_right);
            if !is_right {
                let what =
                    found.first().map_or("missed".to_owned(), |step| format!("{} for {stance}", step.stance));
                self.errors.push(format!("{}: position {what}: {party}: {words}", story.id));
            }
        }
        let mut shown = vec![false; story.turns.len()];
        for held in all.iter().filter(|held| held.changed()) {
            let is_it = |turn: &GoldTurn| {
                let to = place(&turn.to_day, &turn.to_words);
                shares(&held.party, &turn.party) && held.steps[1..].iter().any(|step| to.overlaps(step))
            };
            match story.turns.iter().position(is_it) {
                Some(i) => shown[i] = true,
                None => {
                    self.wrong += 1;
                    let steps: Vec<String> =
                        held.steps.iter().map(|step| format!("{} ({})", step.stance, step.detail)).collect();
                    self.errors.push(format!(
                        "{}: no turn: {} on {}: {}",
                        story.id,
                        held.party,
                        held.issue,
                        steps.join(", ")
                    ));
                }
            }
        }
        self.turns += shown.len();
        self.shown += shown.iter().filter(|shown| **shown).count();
        for (turn, _) in story.turns.iter().zip(shown).filter(|(_, shown)| !shown) {
            self.errors.push(format!("{}: turn missed: {}: {}", story.id, turn.party, turn.to_words));
        }
        Ok(())
    }
}

/// Where labelled words stand: the number of the article in the archive, and code points.
struct Place {
    article: i64,
    start: i64,
    end: i64,
}

impl Place {
    fn of(story: &TurnStory, day: &str, words: &str) -> Self {
        let mut all = (1..).zip(&story.articles);
        let found = all.find_map(|(number, article)| {
            let at = article.text.find(words).filter(|_| article.published == day)?;
            let start = i64::try_from(article.text[..at].chars().count()).ok()?;
            Some(Self { article: number, start, end: start + i64::try_from(words.chars().count()).ok()? })
        });
        found.unwrap_or(Self { article: 0, start: 0, end: 0 })
    }

    fn overlaps(&self, step: &Step) -> bool {
        self.article == step.article && self.start < step.end && step.start < self.end
    }
}

/// Two names of a party have a word in common.
fn shares(a: &str, b: &str) -> bool {
    let words = |words: &str| -> BTreeSet<String> {
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(str::to_lowercase).collect()
    };
    words(a).intersection(&words(b)).next().is_some()
}
