//! How does an article become a record?

use std::borrow::Borrow;

use jiff::civil::Date;
use sayso_nn::{ModelFile, Tier};
use sayso_text::{Article, Document, ParagraphKind, Span};

use crate::assemble::Findings;
use crate::attribute::{self, Attributed};
use crate::figure::{self, Figure};
use crate::language::{Language, detect};
use crate::record::Record;
use crate::resolve::{self, Metadata, names, resolve};
use crate::rules::{Rules, RulesError};
use crate::standing::Sayer;
use crate::tag::{Tagged, Tagger};
use crate::{agenda, assemble, chain, confidence, own_voice, quoted, standing, statement, weights, when};

/// Everything that reading needs, loaded once. Shared between threads freely.
#[derive(Debug)]
pub struct Engine {
    tagger: Tagger,
    rules: Rules,
    model_sha256: String,
}

/// An attribution that is known already, in bytes of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Who, if the text says it.
    pub source: Option<Span>,
    /// The words that announce it.
    pub cue: Option<Span>,
    /// What, in order.
    pub content: Vec<Span>,
}

/// A pronoun of a person, and whom it may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct PronounChoice {
    /// Where it stands, in bytes of the text.
    pub pronoun: Span,
    /// The name, if there is one, and the factors of each candidate.
    pub candidates: Vec<(Option<String>, Vec<f32>)>,
}

/// How the note begins that says why a text in another language was not read.
pub const FOREIGN_NOTE: &str = "The text looks";

/// How to read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions {
    /// Read the text as English whatever it looks like.
    pub assume_english: bool,
    /// Leave out attributions of less confidence, 0 to 1, except those that one of more
    /// confidence stands in: without them it would seem to be the outlet's own knowledge.
    pub min_confidence: f32,
}

/// Why an engine can't be made. Reading itself never fails.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The weights can't be used.
    #[error(transparent)]
    Weights(#[from] sayso_nn::Error),
    /// The rules can't be used.
    #[error("rules: {0}")]
    Rules(#[from] RulesError),
    /// The weights are sound, but what they say of labels or word pieces is not.
    #[error("the weights file's description of the tagger can't be used: {0}")]
    Task(String),
}

/// The kinds of [`Error`], stable for programs that branch on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The weights file can't be used.
    Weights,
    /// A file of rules can't be used.
    Rules,
}

impl Error {
    /// The stable kind.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Weights(_) | Self::Task(_) => ErrorKind::Weights,
            Self::Rules(_) => ErrorKind::Rules,
        }
    }
}

impl Engine {
    /// The engine with the weights that the program carries.
    ///
    /// # Errors
    /// When they are damaged, which only a broken build can cause.
    pub fn embedded() -> Result<Self, Error> {
        let tier = Tier::chosen()?;
        Self::load(|| Ok(ModelFile::new(weights::embedded())?), tier)
    }

    /// The engine with other weights or on a chosen tier; records don't depend on the tier.
    ///
    /// # Errors
    /// When the weights can't be used.
    pub fn new(weights: &ModelFile, tier: Tier) -> Result<Self, Error> {
        Self::load(|| Ok(weights), tier)
    }

    /// Weights and rules take about as long to load, so each has a thread.
    fn load<W: Borrow<ModelFile>>(
        weights: impl FnOnce() -> Result<W, Error> + Send,
        tier: Tier,
    ) -> Result<Self, Error> {
        let tagger = || -> Result<(Tagger, String), Error> {
            let weights = weights()?;
            let weights = weights.borrow();
            Ok((Tagger::new(weights, tier)?, weights.sha256.clone()))
        };
        let (tagger, rules) = rayon::join(tagger, Rules::embedded);
        let (tagger, model_sha256) = tagger?;
        Ok(Self { tagger, rules: rules?, model_sha256 })
    }

    /// The same engine with other rules.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The tagger, for those who look at the stages.
    pub fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// Reads an article: the record of who said what in it.
    ///
    /// A text that isn't English gives a record without attributions and a note.
    ///
    /// ```
    /// use sayso::{Article, Engine};
    /// let engine = Engine::embedded()?;
    /// let record = engine.read(&Article::from_text("The mayor denied that the dam had leaked."));
    /// assert_eq!(record.attributions.len(), 1);
    /// assert_eq!(record.attributions[0].cue.as_ref().unwrap().text, "denied");
    ///
    /// let german = "Der Minister sagte am Mittwoch, die Brücke sei sicher und werde bald geöffnet.";
    /// let record = engine.read(&Article::from_text(german));
    /// assert!(record.attributions.is_empty() && record.notes.len() == 1);
    /// # Ok::<(), sayso::Error>(())
    /// ```
    pub fn read(&self, article: &Article) -> Record {
        self.read_with(article, ReadOptions::default())
    }

    /// Reads an article as the options say.
    pub fn read_with(&self, article: &Article, options: ReadOptions) -> Record {
        let mut notes = article.notes.clone();
        let language = detect(article);
        let doc = Document::new(article);
        let is_foreign = matches!(&language, Language::Other { .. }) && !options.assume_english;
        if let (Language::Other { name, .. }, true) = (&language, is_foreign) {
            notes.push(format!(
                "{FOREIGN_NOTE} {name}; only English is read, so no attributions were looked for."
            ));
        }
        let found = if is_foreign { Vec::new() } else { self.attributions(&doc) };
        let stated = article.language.clone().filter(|tag| tag.to_ascii_lowercase().starts_with("en"));
        let language = match language {
            Language::English => stated.unwrap_or_else(|| "en".to_owned()),
            Language::Other { code, .. } => code.to_owned(),
        };
        let mut record = self.understood(article, &doc, language, &found, notes, !is_foreign);
        let n_left_out = confidence::limit(&mut record, options.min_confidence);
        if n_left_out > 0 {
            let (s, are) = if n_left_out == 1 { ("", "is") } else { ("s", "are") };
            let limit = options.min_confidence;
            record
                .notes
                .push(format!("{n_left_out} statement{s} of less confidence than {limit} {are} left out."));
        }
        record
    }

    /// The tagger's spans and links of a document's paragraphs.
    pub fn tag(&self, doc: &Document) -> Tagged {
        self.tagger.tag(doc)
    }

    /// The record of an article with these attributions instead of those that the tagger finds,
    /// for those who have them from elsewhere.
    ///
    /// Spans are in bytes of the text; attributions keep their order. None is nested.
    ///
    /// # Panics
    /// When a span lies outside the text or cuts a character.
    pub fn read_given(&self, article: &Article, given: &[Given]) -> Record {
        let doc = Document::new(article);
        let found = attributed(&doc, given);
        self.understood(article, &doc, "en".to_owned(), &found, article.notes.clone(), true)
    }

    /// Whom each pronoun of a person may mean, for those who learn to choose; the factors may change.
    ///
    /// # Panics
    /// When a span lies outside the text or cuts a character.
    pub fn choices(&self, article: &Article, given: &[Given]) -> Vec<PronounChoice> {
        let doc = Document::new(article);
        let found = attributed(&doc, given);
        let names = names(&doc, &self.rules);
        let metadata = Metadata { outlet: article.outlet.as_deref(), byline: article.byline.as_deref() };
        let (entities, choices) = resolve::choices(&doc, &names, &found, &self.rules, metadata);
        let named = |candidate: &resolve::Candidate| {
            (entities[candidate.entity].name.clone(), candidate.factors.to_vec())
        };
        let choice = |choice: &resolve::Choice| PronounChoice {
            pronoun: choice.pronoun,
            candidates: choice.candidates.iter().map(named).collect(),
        };
        choices.iter().map(choice).collect()
    }

    /// All mentions of each actor, and of each other name: coreference, for those who measure it.
    ///
    /// Spans are in bytes of the text, in order; clusters of one mention are among them.
    pub fn coreference(&self, article: &Article) -> Vec<Vec<Span>> {
        let doc = Document::new(article);
        let attributed = self.attributions(&doc);
        let names = names(&doc, &self.rules);
        let metadata = Metadata { outlet: article.outlet.as_deref(), byline: article.byline.as_deref() };
        let resolved = resolve(&doc, &names, &attributed, &[], &self.rules, metadata);
        let clusters = resolved.entities.iter().filter(|entity| !entity.mentions.is_empty());
        clusters.map(|entity| entity.mentions.iter().map(|(span, _)| *span).collect()).collect()
    }

    /// Whose the attributions are, what they do and how they stand.
    fn understood(
        &self,
        article: &Article,
        doc: &Document,
        language: String,
        attributed: &[Attributed],
        notes: Vec<String>,
        is_english: bool,
    ) -> Record {
        let metadata = Metadata { outlet: article.outlet.as_deref(), byline: article.byline.as_deref() };
        let published = article.published.as_deref().and_then(when::stated);
        let names = if is_english { names(doc, &self.rules) } else { Vec::new() };
        let mut statements = statement::statements(doc, attributed, &names, &self.rules, published);
        let found = if is_english { standing::find(doc, attributed, &self.rules) } else { Vec::new() };
        let told = statements.iter().filter_map(|statement| statement.addressee.map(|(span, _)| span));
        let sayers = found.iter().filter_map(|found| match found.sayer {
            Sayer::Phrase(span) => Some(span),
            _ => None,
        });
        let others: Vec<Span> = told.chain(sayers).collect();
        let mut resolved = resolve(doc, &names, attributed, &others, &self.rules, metadata);
        let mut others = resolved.others.clone().into_iter();
        for (i, statement) in statements.iter_mut().enumerate() {
            statement.actor = resolved.sources[i];
            // Nobody tells himself: then "him" is somebody else, we don't know whom.
            let told = |actor: Option<usize>| actor.filter(|_| actor != statement.actor);
            statement.addressee = statement.addressee.map(|(span, _)| (span, told(others.next().flatten())));
        }
        let by: Vec<Option<usize>> = found
            .iter()
            .map(|found| match found.sayer {
                Sayer::Source(i) => resolved.sources[i],
                Sayer::Phrase(_) => others.next().flatten(),
                Sayer::Outlet => None,
            })
            .collect();
        let wire = if is_english { chain::wire(article, doc, &self.rules, &mut resolved) } else { None };
        chain::chains(doc, attributed, &resolved, &self.rules, wire, &mut statements);
        let standings = standing::bind(doc, &found, &by, attributed, &statements, &resolved, &self.rules);
        let reading = agenda::Reading {
            doc,
            rules: &self.rules,
            attributed,
            statements: &statements,
            resolved: &resolved,
            standings: &standings,
        };
        let facts = if is_english { facts(reading, published) } else { Facts::default() };
        let findings = Findings {
            figures: &facts.figures,
            agenda: &facts.agenda,
            dates: &facts.dates,
            attributed,
            statements: &statements,
            entities: &resolved.entities,
            wire,
            standings: &standings,
            own_voice: &facts.own_voice,
        };
        assemble::record(article, doc, language, &self.model_sha256, &findings, notes)
    }

    fn attributions(&self, doc: &Document) -> Vec<Attributed> {
        let tagged = self.tag(doc);
        attribute::attribute(doc, &tagged, &self.tagger)
    }
}

/// What else the text tells.
#[derive(Default)]
struct Facts {
    agenda: agenda::Agenda,
    dates: Vec<(Span, Option<(Date, Date)>)>,
    figures: Vec<Figure>,
    own_voice: Vec<(Span, Vec<Span>)>,
}

fn facts(reading: agenda::Reading<'_>, published: Option<Date>) -> Facts {
    let clauses: Vec<Span> = reading.standings.iter().map(|stood| stood.span).collect();
    let dates = dates(reading.doc, published);
    Facts {
        agenda: agenda::agenda(reading),
        figures: figures(reading.doc, &dates),
        own_voice: own_voice::own_voice(reading.doc, reading.attributed, &clauses, reading.rules),
        dates,
    }
}

/// All time expressions of the running text, with the days that they mean.
fn dates(doc: &Document, published: Option<Date>) -> Vec<(Span, Option<(Date, Date)>)> {
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| &doc.sentences[p.sentences.clone()]);
    sentences
        .flat_map(|sentence| {
            let found = when::find(sentence.span.of(&doc.text), published, None).into_iter();
            found.map(|when| {
                let at = sentence.span.start;
                (Span::new(at + when.span.start, at + when.span.end), when.range)
            })
        })
        .collect()
}

/// All figures. "61 years ago" is one too, and other dates are none.
fn figures(doc: &Document, dates: &[(Span, Option<(Date, Date)>)]) -> Vec<Figure> {
    let counts =
        |span: &Span| ["ago", "earlier", "later"].iter().any(|end| span.of(&doc.text).ends_with(end));
    let days: Vec<Span> = dates.iter().map(|(span, _)| *span).filter(|span| !counts(span)).collect();
    figure::find(doc, &days)
}

/// What was given, as if the tagger had found it.
fn attributed(doc: &Document, given: &[Given]) -> Vec<Attributed> {
    for span in given.iter().flat_map(|given| given.source.iter().chain(&given.cue).chain(&given.content)) {
        assert!(doc.text.get(span.range()).is_some(), "{span:?} is no place in the text");
    }
    let one = |given: &Given| Attributed {
        source: given.source,
        cue: given.cue,
        content: given.content.clone(),
        form: quoted::form(doc, given.cue, &given.content),
        parent: None,
        confidence: 1.0,
    };
    given.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::record::TextSpan;

    use super::*;

    fn headings(article: &Article) -> Vec<TextSpan> {
        Engine::embedded().expect("sound weights").read(article).article.headings
    }

    #[test]
    fn a_record_keeps_the_headings_that_the_format_marks() {
        let text = "Talks é\n\nThe Quay Is Shut\n\nNothing was said.";
        let article = Article { headings: vec![Span::new(0, 8)], ..Article::from_text(text) };
        assert_eq!(headings(&article), [TextSpan { start: 0, end: 7, text: "Talks é".to_owned() }]);
    }

    #[test]
    fn a_record_keeps_the_headings_recognised_in_a_plain_text() {
        let long = "The works on the quay began in the spring, and nobody knows yet when they will end.";
        let article = Article::from_text(format!("{long}\n\nThe Cost of It All\n\n{long}"));
        assert_eq!(
            headings(&article).iter().map(|heading| &heading.text).collect::<Vec<_>>(),
            ["The Cost of It All"]
        );
    }
}
