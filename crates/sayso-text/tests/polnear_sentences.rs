//! How often do our sentences agree with CoreNLP's on PolNeAR's dev split?
//!
//! The measure is the F1 of boundaries against the untouched reference, a boundary being
//! the word that it follows: which side of it a quotation mark falls on doesn't count.
//!
//! Whole ranges are compared besides. CoreNLP knew no paragraphs: its sentences run
//! over blank lines, and it gives an opening mark of the form `''` to the sentence
//! before. Ranges are compared with the reference as it is and with both put right, so
//! that neither agreement can fall unnoticed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sayso_text::{Article, CharIndex, Document, Span};
use serde_json::Value;

type Spans = BTreeSet<(usize, usize)>;

#[derive(Default)]
struct Agreement {
    n_both: usize,
    n_theirs: usize,
    n_ours: usize,
}

impl Agreement {
    fn add(&mut self, theirs: &Spans, ours: &Spans) {
        self.n_both += theirs.intersection(ours).count();
        self.n_theirs += theirs.len();
        self.n_ours += ours.len();
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand sentences")]
    fn f1(&self) -> f64 {
        2.0 * self.n_both as f64 / (self.n_theirs + self.n_ours) as f64
    }
}

fn lines(path: &Path) -> Option<Vec<Value>> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

/// Where the sentences end, counted in letters and digits from the start of the text.
fn boundaries(text: &str, spans: &Spans) -> Spans {
    let words = |end: usize| text[..end].chars().filter(|c| c.is_alphanumeric()).count();
    spans.iter().map(|&(_, end)| (words(end), 0)).collect()
}

/// Hands an opening mark at the end of a sentence to the one after it, and cuts
/// sentences at line breaks.
fn put_right(text: &str, theirs: &Spans) -> Spans {
    let mut found = Spans::new();
    let mut carried = None;
    for &(start, end) in theirs {
        let start = carried.take().unwrap_or(start);
        let mut span = Span::new(start, end);
        let words = span.of(text);
        let bare = words.trim_end_matches(['\'', '"', '”']);
        let opens = bare.len() < words.len() && bare.ends_with(char::is_whitespace);
        if opens && text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '[') {
            carried = Some(start + bare.len());
            span = Span::new(start, start + bare.len());
        }
        let mut at = span.start;
        for line in span.of(text).split_inclusive(['\n', '\r']) {
            let piece = Span::new(at, at + line.len()).trim(text);
            at += line.len();
            if !piece.is_empty() {
                found.insert((piece.start, piece.end));
            }
        }
    }
    found
}

#[test]
fn agreement_with_corenlp_on_dev() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let (Some(articles), Some(reference)) =
        (lines(&data.join("polnear-dev.jsonl")), lines(&data.join("polnear-sents.jsonl")))
    else {
        eprintln!("skipped: PolNeAR is not at {}", data.display());
        return;
    };
    let reference: BTreeMap<_, _> = reference
        .iter()
        .filter(|row| row["split"] == "dev")
        .map(|row| (row["id"].as_str(), &row["sents"]))
        .collect();
    let [mut ends, mut raw, mut repaired] = [(); 3].map(|()| Agreement::default());
    for article in &articles {
        let (Some(sentences), Some(text)) =
            (reference.get(&article["id"].as_str()), article["text"].as_str())
        else {
            continue;
        };
        let index = CharIndex::new(text);
        let bytes = |pair: &Value| {
            let at =
                |side: usize| usize::try_from(pair[side].as_u64().expect("a number")).expect("an offset");
            let span = index.to_bytes(at(0), at(1)).expect("a range in the text");
            (span.start, span.end)
        };
        let theirs: Spans = sentences.as_array().expect("ranges").iter().map(bytes).collect();
        let doc = Document::new(&Article::from_text(text));
        let ours: Spans =
            doc.sentences.iter().map(|sentence| (sentence.span.start, sentence.span.end)).collect();
        ends.add(&boundaries(text, &theirs), &boundaries(text, &ours));
        raw.add(&theirs, &ours);
        repaired.add(&put_right(text, &theirs), &ours);
    }
    let (ends, repaired, raw) = (ends.f1(), repaired.f1(), raw.f1());
    println!("boundaries {ends:.4}; ranges put right {repaired:.4}, as they are {raw:.4}");
    assert!(ends >= 0.978, "{ends:.4}");
    assert!(repaired >= 0.975, "{repaired:.4}");
    assert!(raw >= 0.905, "{raw:.4}");
}
