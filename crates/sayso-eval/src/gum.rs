//! How is GUM written, the corpus with gold coreference?
//!
//! A line is a document: its text, its tokens as ranges of code points, and its mentions
//! as ranges of tokens. Every mention has a cluster, singletons one of their own.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::ops::Range;

use flate2::read::MultiGzDecoder;
use sayso::{Article, Engine};
use sayso_text::{CharIndex, Span};
use serde::Deserialize;

use crate::coreference::{CoreferenceCounts, CoreferenceScores};
use crate::corpus::{Error, each_line};

/// A text with its gold mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GumDocument {
    /// A name for reports.
    pub id: String,
    /// news, interview, fiction, …
    pub genre: String,
    /// The text that all spans count in, paragraphs parted by blank lines.
    pub text: String,
    /// In order; between two of them is white space only.
    pub tokens: Vec<Span>,
    /// A part of speech (Universal Dependencies) per token.
    pub upos: Vec<String>,
    /// Sentences as ranges of tokens, in order.
    pub sents: Vec<Range<usize>>,
    /// In the order of the file: by first token, of those the longest first.
    pub mentions: Vec<GumMention>,
}

/// A phrase that refers to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GumMention {
    /// Its tokens; no two mentions have the same ones.
    pub tokens: Range<usize>,
    /// What sort of thing it refers to.
    pub entity: Entity,
    /// The token that the others depend on.
    pub head: usize,
    /// Mentions of the same thing have the same number.
    pub cluster: usize,
    /// Whether the reader knows the thing already.
    pub information: Information,
}

/// What a mention refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Entity {
    Abstract,
    Animal,
    Event,
    Object,
    Organization,
    Person,
    Place,
    Plant,
    Substance,
    Time,
}

/// What a reader knows about the thing when the mention comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[non_exhaustive]
pub enum Information {
    /// Nothing.
    #[serde(rename = "new")]
    New,
    /// It was mentioned just before.
    #[serde(rename = "giv:act")]
    Active,
    /// It was mentioned earlier.
    #[serde(rename = "giv:inact")]
    Inactive,
    /// Everybody knows it.
    #[serde(rename = "acc:com")]
    Common,
    /// It follows from something mentioned.
    #[serde(rename = "acc:inf")]
    Inferable,
    /// It is made of several things mentioned.
    #[serde(rename = "acc:aggr")]
    Aggregate,
    /// Not annotated.
    #[serde(rename = "undefined")]
    Undefined,
}

impl GumDocument {
    /// The mention's place in the text.
    ///
    /// # Panics
    /// When the mention is of another document.
    #[must_use]
    pub fn span(&self, mention: &GumMention) -> Span {
        self.tokens[mention.tokens.start].cover(self.tokens[mention.tokens.end - 1])
    }

    /// True when the mention is a pronoun and nothing else.
    ///
    /// # Panics
    /// When the mention is of another document.
    #[must_use]
    pub fn is_pronoun(&self, mention: &GumMention) -> bool {
        mention.tokens.len() == 1 && self.upos[mention.head] == "PRON"
    }

    /// The ranges of tokens of each cluster, by the cluster's number, singletons too: a
    /// key for [`CoreferenceCounts::count`](crate::coreference::CoreferenceCounts::count).
    #[must_use]
    pub fn clusters(&self) -> Vec<Vec<(usize, usize)>> {
        let mut clusters: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for mention in &self.mentions {
            clusters.entry(mention.cluster).or_default().push((mention.tokens.start, mention.tokens.end));
        }
        clusters.into_values().collect()
    }

    /// The clusters of two mentions or more, which is what CoNLL-2012 scores.
    #[must_use]
    pub fn chains(&self) -> Vec<Vec<(usize, usize)>> {
        self.clusters().into_iter().filter(|cluster| cluster.len() > 1).collect()
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    genre: String,
    text: String,
    tokens: Vec<(usize, usize)>,
    upos: Vec<String>,
    sents: Vec<(usize, usize)>,
    mentions: Vec<LineMention>,
}

#[derive(Deserialize)]
struct LineMention {
    span: (usize, usize),
    #[serde(rename = "type")]
    entity: Entity,
    head: usize,
    cluster: usize,
    #[serde(rename = "inf")]
    information: Information,
}

/// Reads a packed file, one JSON object per line.
///
/// # Errors
/// When it can't be unpacked; else as [`documents`].
pub fn packed_documents(gzip: &[u8]) -> Result<Vec<GumDocument>, Error> {
    let mut jsonl = String::new();
    let read = MultiGzDecoder::new(gzip).read_to_string(&mut jsonl);
    read.map_err(|error| Error::Gzip(error.to_string()))?;
    documents(&jsonl)
}

/// Reads an unpacked file.
///
/// # Errors
/// Names the first line that isn't a document, or whose spans don't fit its text.
///
/// ```
/// let line = r#"{"id":"demo","genre":"news","text":"She left","tokens":[[0,3],[4,8]],"upos":["PRON","VERB"],
///     "sents":[[0,2]],"mentions":[{"span":[0,1],"type":"person","head":0,"cluster":1,"inf":"new"}]}"#;
/// let docs = sayso_eval::gum::documents(&line.replace('\n', ""))?;
/// let mention = &docs[0].mentions[0];
/// assert_eq!(docs[0].span(mention).of(&docs[0].text), "She");
/// assert!(docs[0].is_pronoun(mention));
/// # Ok::<(), sayso_eval::corpus::Error>(())
/// ```
pub fn documents(jsonl: &str) -> Result<Vec<GumDocument>, Error> {
    each_line(jsonl, document)
}

fn document(line: &str) -> Result<GumDocument, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let tokens = tokens(&line.text, &line.tokens)?;
    if line.upos.len() != tokens.len() {
        return Err(format!("{} parts of speech for {} tokens", line.upos.len(), tokens.len()));
    }
    let range = |what: &str, (start, end): (usize, usize)| {
        let fits = start < end && end <= tokens.len();
        fits.then_some(start..end).ok_or_else(|| format!("{what} {start}..{end} isn't a range of tokens"))
    };
    let sents = line.sents.iter().map(|&sent| range("sentence", sent)).collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    let mention = |m: &LineMention| -> Result<GumMention, String> {
        let tokens = range("mention", m.span)?;
        if !tokens.contains(&m.head) {
            return Err(format!("mention {tokens:?} hasn't its head, {}", m.head));
        }
        if !seen.insert(m.span) {
            return Err(format!("mention {tokens:?} is there twice"));
        }
        let &LineMention { entity, head, cluster, information, .. } = m;
        Ok(GumMention { tokens, entity, head, cluster, information })
    };
    let mentions = line.mentions.iter().map(mention).collect::<Result<_, _>>()?;
    let (id, genre, text, upos) = (line.id, line.genre, line.text, line.upos);
    Ok(GumDocument { id, genre, text, tokens, upos, sents, mentions })
}

/// Ranges of code points to bytes; they must be in order and tile all but the white space.
fn tokens(text: &str, ranges: &[(usize, usize)]) -> Result<Vec<Span>, String> {
    let index = CharIndex::new(text);
    let mut end_before = 0;
    let mut tokens = Vec::with_capacity(ranges.len());
    for &(start, end) in ranges {
        let token = index.to_bytes(start, end).filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| format!("the token {start}..{end} lies outside the text"))?;
        let between = text.get(end_before..token.start);
        if between.is_none_or(|between| !between.trim().is_empty()) {
            return Err(format!("the token {start}..{end} doesn't follow the one before"));
        }
        end_before = token.end;
        tokens.push(token);
    }
    if text[end_before..].trim().is_empty() {
        Ok(tokens)
    } else {
        Err("words after the last token".to_owned())
    }
}

/// Reads each text and compares whom it finds mentioned together with the gold chains.
///
/// Chains and clusters of two mentions or more count, as in CoNLL-2012; a mention that doesn't
/// begin and end with tokens of the corpus is left out.
pub fn score_coreference(engine: &Engine, documents: &[GumDocument]) -> CoreferenceScores {
    let mut counts = CoreferenceCounts::default();
    for document in documents {
        let range = |span: &Span| {
            let start = document.tokens.binary_search_by_key(&span.start, |token| token.start).ok()?;
            let end = document.tokens.binary_search_by_key(&span.end, |token| token.end).ok()?;
            Some((start, end + 1))
        };
        let found = engine.coreference(&Article::from_text(document.text.as_str()));
        let found = found.iter().map(|cluster| cluster.iter().filter_map(range).collect::<Vec<_>>());
        let found: Vec<Vec<(usize, usize)>> = found.filter(|cluster| cluster.len() > 1).collect();
        counts.count(&document.chains(), &found);
    }
    counts.scores()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    const GOOD: &str = r#"{"id":"demo","genre":"news","text":"“É” left.\n\nShe ran","tokens":[[0,1],[1,2],[2,3],[4,8],[8,9],[11,14],[15,18]],"upos":["PUNCT","PROPN","PUNCT","VERB","PUNCT","PRON","VERB"],"sents":[[0,5],[5,7]],"mentions":[{"span":[0,3],"type":"person","head":1,"cluster":4,"inf":"new","link":"coref"},{"span":[3,4],"type":"event","head":3,"cluster":2,"inf":"acc:inf"},{"span":[5,6],"type":"person","head":5,"cluster":4,"inf":"giv:act"}]}"#;

    #[test]
    fn a_line_becomes_a_document() {
        let docs = documents(&format!("{GOOD}\n\n{GOOD}\n")).expect("documents");
        assert_eq!(docs.len(), 2);
        let doc = &docs[0];
        let words: Vec<&str> = doc.tokens.iter().map(|token| token.of(&doc.text)).collect();
        assert_eq!(words, ["“", "É", "”", "left", ".", "She", "ran"]);
        let mentions: Vec<&str> = doc.mentions.iter().map(|m| doc.span(m).of(&doc.text)).collect();
        assert_eq!(mentions, ["“É”", "left", "She"]);
        let pronouns: Vec<bool> = doc.mentions.iter().map(|m| doc.is_pronoun(m)).collect();
        assert_eq!(pronouns, [false, false, true]);
        assert_eq!(doc.sents, [0..5, 5..7]);
        assert_eq!(doc.mentions[1].entity, Entity::Event);
        assert_eq!(doc.mentions[1].information, Information::Inferable);
        assert_eq!(doc.clusters(), [vec![(3, 4)], vec![(0, 3), (5, 6)]]);
        assert_eq!(doc.chains(), [vec![(0, 3), (5, 6)]]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let rows = [
            ("[0,1],[1,2]", "[0,1],[1,200]", "line 2: the token 1..200 lies outside the text"),
            ("[0,1],[1,2]", "[0,1],[1,1]", "line 2: the token 1..1 lies outside the text"),
            ("[0,1],[1,2]", "[1,2],[0,1]", "line 2: the token 1..2 doesn't follow the one before"),
            ("[4,8]", "[2,8]", "line 2: the token 2..8 doesn't follow the one before"),
            ("[4,8]", "[5,8]", "line 2: the token 5..8 doesn't follow the one before"),
            ("[15,18]", "[15,17]", "line 2: words after the last token"),
            (r#""upos":["PUNCT","#, r#""upos":["#, "line 2: 6 parts of speech for 7 tokens"),
            ("[5,7]", "[5,8]", "line 2: sentence 5..8 isn't a range of tokens"),
            (r#""span":[3,4]"#, r#""span":[4,3]"#, "line 2: mention 4..3 isn't a range of tokens"),
            (r#""span":[5,6]"#, r#""span":[6,8]"#, "line 2: mention 6..8 isn't a range of tokens"),
            (r#""head":5"#, r#""head":6"#, "line 2: mention 5..6 hasn't its head, 6"),
            (r#""span":[3,4]"#, r#""span":[0,3]"#, "line 2: mention 0..3 hasn't its head, 3"),
        ];
        for (from, to, expected) in rows {
            let bad = GOOD.replace(from, to);
            assert_ne!(bad, GOOD, "{from}");
            let error = documents(&format!("{GOOD}\n{bad}")).expect_err(expected);
            assert_eq!(error.to_string(), expected);
        }
        let twice = GOOD
            .replace(r#""span":[3,4],"type":"event","head":3"#, r#""span":[0,3],"type":"event","head":1"#);
        assert_eq!(documents(&twice).expect_err("twice").to_string(), "line 1: mention 0..3 is there twice");
        for (from, to) in [(r#""event""#, r#""robot""#), ("giv:act", "giv"), ("{", "")] {
            let error = documents(&GOOD.replace(from, to)).expect_err(from);
            assert!(error.to_string().starts_with("line 1: "), "{error}");
        }
    }

    #[test]
    fn packed_is_as_unpacked() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(GOOD.as_bytes()).expect("memory");
        let packed = gzip.finish().expect("memory");
        assert_eq!(packed_documents(&packed).expect("a document"), documents(GOOD).expect("a document"));
        let cut = packed_documents(&packed[..packed.len() / 2]).expect_err("half a file");
        assert!(matches!(cut, Error::Gzip(_)), "{cut}");
    }

    /// Documents, tokens, mentions, pronouns, clusters, chains.
    #[test]
    fn the_corpus_is_read_whole() {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let rows = [
            ("gum-dev.jsonl.gz", [30, 28_119, 7_897, 2_104, 3_940, 1_102]),
            ("gum-train.jsonl.gz", [177, 177_410, 49_649, 12_542, 25_758, 7_008]),
        ];
        for (name, expected) in rows {
            let Ok(gzip) = std::fs::read(shared.join(name)) else { return };
            let docs = packed_documents(&gzip).expect(name);
            let sum = |of: fn(&GumDocument) -> usize| docs.iter().map(of).sum::<usize>();
            let pronouns = sum(|doc| doc.mentions.iter().filter(|m| doc.is_pronoun(m)).count());
            let (clusters, chains) = (sum(|doc| doc.clusters().len()), sum(|doc| doc.chains().len()));
            let (tokens, mentions) = (sum(|doc| doc.tokens.len()), sum(|doc| doc.mentions.len()));
            assert_eq!([docs.len(), tokens, mentions, pronouns, clusters, chains], expected, "{name}");
            let in_order = |m: &GumMention| (m.tokens.start, usize::MAX - m.tokens.end);
            assert!(docs.iter().all(|doc| doc.mentions.is_sorted_by_key(in_order)), "{name}");
        }
    }
}
