//! `sayso quote`: does a quotation stand in articles, and who says it there?

mod text;

use std::io::Read;

use anyhow::{Context, Result, ensure};
use sayso::check::DiffPart;
use sayso::check::quote::{Asked, ChangeKind, CutKind, Place, Sources, Verdict};
use sayso::record::{Attribution, Record};
use sayso::{CharIndex, Document, ReadOptions, Span};
use sayso_view::cast::Cast;
use schemars::JsonSchema;
use serde::Serialize;

use crate::args::{Args, QuoteArgs, QuoteFormat};
use crate::input::{self, Inputs};
use crate::target::Target;
use crate::{Outcome, output, rules};

/// What is printed as JSON, and as text from it. Offsets count Unicode code points.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Answer {
    schema: &'static str,
    quote: String,
    by: Option<String>,
    /// `verbatim`, `trimmed`, `altered`, `fabricated`, `undecided`.
    verdict: &'static str,
    /// It stands there, and is said by who was meant to say it.
    good: bool,
    /// Where it stands, or what resembles it.
    places: Vec<Found>,
    /// What was cut, and matters.
    cut: Option<Cut>,
    /// What differs, in order.
    changes: Vec<Change>,
    diff: Vec<DiffPart>,
}

/// A passage, and who says it.
#[derive(Debug, Serialize, JsonSchema)]
struct Found {
    /// As the article was named.
    article: String,
    outlet: Option<String>,
    start: usize,
    end: usize,
    text: String,
    /// Its sentences.
    context: String,
    /// It stands in quotation marks.
    quoted: bool,
    /// By the article; none where it names nobody.
    speakers: Vec<Speaker>,
    /// Whether who was meant to say it is among them; null where nobody was.
    by: Option<bool>,
}

/// Who says it by one statement of the record.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
struct Speaker {
    /// The words of the article; null where it names none.
    source: Option<String>,
    /// The actor's name; null where the text doesn't say surely.
    actor: Option<String>,
    /// Through whose hands.
    chain: Option<String>,
    /// All that the article calls them, to compare a name with.
    #[serde(skip)]
    names: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Cut {
    text: String,
    kind: CutKind,
    /// The passage with it.
    whole: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Change {
    quote: String,
    article: String,
    kind: ChangeKind,
}

/// An article, read.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) doc: Document,
    pub(crate) record: Record,
}

pub(crate) fn run(asked: &QuoteArgs, args: &Args) -> Result<Outcome> {
    let words = words(asked)?;
    let inputs = Inputs::gather(&asked.against, &Target::stdout())?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let work = |article| (Document::new(&article), engine.read_with(&article, ReadOptions::default()));
    let mut sources: Vec<Source> = Vec::new();
    let ran = input::each(args, &asked.intake, &inputs, work, |name, (doc, record)| {
        if !record.is_english() {
            let name = output::plain_line(&name.name);
            output::note(args, &format!("{name}: it isn't in English; who speaks isn't known"));
        }
        sources.push(Source { name: name.name.clone(), doc, record });
        Ok(true)
    })?;
    if sources.is_empty() {
        output::say("there is no article to hold it against");
        return Ok(Outcome::Failed);
    }
    let answer = answer(&words, asked.by.as_deref(), &sources);
    match asked.format {
        QuoteFormat::Json => output::print(&(serde_json::to_string(&answer)? + "\n"))?,
        QuoteFormat::Text => output::print(&text::render(&answer))?,
    }
    Ok(match (ran.all_good, answer.good) {
        (false, _) => Outcome::Failed,
        (true, true) => Outcome::Done,
        (true, false) => Outcome::Found,
    })
}

fn words(asked: &QuoteArgs) -> Result<String> {
    let mut words = asked.words.clone();
    if words == "-" {
        ensure!(!asked.against.iter().any(|article| article == "-"), "standard input is one or the other");
        words.clear();
        let most = asked.intake.max_bytes;
        std::io::stdin().take(most + 1).read_to_string(&mut words).context("standard input")?;
        ensure!(words.len() as u64 <= most, "standard input: over {most} bytes; --max-bytes N allows more");
    }
    ensure!(words.contains(char::is_alphanumeric), "the quotation has no words");
    Ok(words.trim().to_owned())
}

pub(crate) fn answer(words: &str, by: Option<&str>, sources: &[Source]) -> Answer {
    let docs: Vec<&Document> = sources.iter().map(|source| &source.doc).collect();
    let verdict = Sources::new(&docs).verify(&Asked::words(words));
    let found = |place: &Place| found(place, by, &sources[place.article]);
    let mut answer = Answer {
        schema: "sayso.quote/1",
        quote: words.to_owned(),
        by: by.map(str::to_owned),
        verdict: "undecided",
        good: false,
        places: Vec::new(),
        cut: None,
        changes: Vec::new(),
        diff: Vec::new(),
    };
    match verdict {
        Verdict::Verbatim { places } => {
            answer.verdict = "verbatim";
            answer.places = places.iter().map(found).collect();
            answer.good = answer.places.iter().any(|place| place.by != Some(false));
        }
        Verdict::Trimmed { place, whole, cut, kind } => {
            let text = &docs[place.article].text;
            answer.verdict = "trimmed";
            answer.places = vec![found(&place)];
            answer.cut = Some(Cut { text: cut.of(text).to_owned(), kind, whole: whole.of(text).to_owned() });
        }
        Verdict::Altered { place, changed, diff, .. } => {
            let text = &docs[place.article].text;
            answer.verdict = "altered";
            answer.places = vec![found(&place)];
            answer.changes = changed.iter().map(|change| change_of(change, words, text)).collect();
            answer.diff = diff;
        }
        Verdict::Fabricated { nearest } => {
            answer.verdict = "fabricated";
            answer.places = nearest.iter().map(found).collect();
        }
        Verdict::Undecided => {}
    }
    answer
}

fn change_of(change: &sayso::check::quote::Change, words: &str, text: &str) -> Change {
    Change {
        quote: change.brief.of(words).to_owned(),
        article: change.source.of(text).to_owned(),
        kind: change.kind,
    }
}

fn found(place: &Place, by: Option<&str>, source: &Source) -> Found {
    let text = &source.doc.text;
    let index = CharIndex::new(text);
    let (start, end) = index.to_chars(place.span);
    let sentences = source.doc.sentences.iter().map(|sentence| sentence.span);
    let context = sentences.filter(|span| span.overlaps(place.span)).reduce(Span::cover);
    let cast = Cast::new(&source.record);
    let mut speakers: Vec<Speaker> = Vec::new();
    for part in &place.parts {
        let speaker = innermost(&source.record, index.to_chars(*part)).map(|found| speaker(found, &cast));
        speakers.extend(speaker.filter(|speaker| !speakers.contains(speaker)));
    }
    Found {
        article: source.name.clone(),
        outlet: source.record.article.outlet.clone(),
        start,
        end,
        text: place.span.of(text).to_owned(),
        context: context.unwrap_or(place.span).of(text).to_owned(),
        quoted: place.quoted,
        by: by.map(|name| !speakers.is_empty() && speakers.iter().all(|speaker| is_called(speaker, name))),
        speakers,
    }
}

/// The statement whose content holds these code points, the innermost of several.
fn innermost(record: &Record, (start, end): (usize, usize)) -> Option<&Attribution> {
    let covers = |attribution: &Attribution| {
        let shared =
            attribution.content.iter().map(|piece| end.min(piece.end).saturating_sub(start.max(piece.start)));
        2 * shared.sum::<usize>() > end - start
    };
    let len = |attribution: &Attribution| -> usize {
        attribution.content.iter().map(|piece| piece.end - piece.start).sum()
    };
    record
        .attributions
        .iter()
        .filter(|attribution| covers(attribution))
        .min_by_key(|attribution| len(attribution))
}

fn speaker(attribution: &Attribution, cast: &Cast<'_>) -> Speaker {
    let source = attribution.source.as_ref().map(|source| source.text.clone());
    let actor = attribution.actor.as_deref().and_then(|id| cast.actor(id));
    let mut names: Vec<String> = source.iter().cloned().collect();
    if let Some(actor) = actor {
        names.extend(actor.name.clone());
        names.extend(actor.mentions.iter().map(|mention| mention.text.clone()));
        names.extend(actor.titles.iter().map(|title| title.text.clone()));
    }
    Speaker {
        source,
        actor: attribution.actor.as_deref().map(|id| cast.who(id)),
        chain: cast.chain(attribution),
        names,
    }
}

/// Every word of the name is among those by which the article calls them, and one of them calls somebody.
fn is_called(speaker: &Speaker, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let known: Vec<String> = speaker.names.iter().flat_map(|name| words(name)).collect();
    let asked = words(name);
    let calls =
        |word: &String| word.chars().count() > 2 && !["the", "and", "for", "of"].contains(&word.as_str());
    asked.iter().any(calls) && asked.iter().all(|word| known.contains(word))
}
