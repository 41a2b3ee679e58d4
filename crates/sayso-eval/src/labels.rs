//! How is a text labelled so that a person can read it?
//!
//! `⟦s1:Ms. Lee⟧ ⟦c1:said⟧ ⟦q1:the bridge is safe⟧.` marks source, cue and content
//! of attribution 1. `⟦s1,2:…⟧` serves two attributions; a number with several `q`
//! has a discontinuous content; marks may stand in one another.

use std::collections::BTreeMap;

use sayso::Span;

use crate::corpus::{Error, GoldAttribution, GoldDocument};

struct Open {
    role: char,
    numbers: Vec<usize>,
    start: usize,
}

/// Reads a labelled text. Lines at the top that start with `# ` are talk; white space
/// at both ends goes.
///
/// # Errors
/// When a mark isn't one of the above, or isn't closed.
///
/// ```
/// let doc = sayso_eval::labels::parse("demo", "⟦s1:Ms. Lee⟧ ⟦c1:said⟧ ⟦q1:so⟧.")?;
/// assert_eq!(doc.text, "Ms. Lee said so.");
/// assert_eq!(doc.attributions[0].cue[0].of(&doc.text), "said");
/// # Ok::<(), sayso_eval::corpus::Error>(())
/// ```
pub fn parse(id: &str, labelled: &str) -> Result<GoldDocument, Error> {
    let talk = labelled.lines().take_while(|line| line.starts_with("# "));
    let skipped: usize = talk.map(|line| line.len() + 1).sum();
    let mut rest = labelled.get(skipped..).unwrap_or_default().trim();
    let mut text = String::new();
    let mut open: Vec<Open> = Vec::new();
    let mut found: BTreeMap<usize, GoldAttribution> = BTreeMap::new();
    while let Some(at) = rest.find(['⟦', '⟧']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('⟦') {
            let (name, words) = after.split_once(':').ok_or_else(|| bad("a mark without a colon", rest))?;
            open.push(mark(name, text.len()).ok_or_else(|| bad("not a mark", rest))?);
            rest = words;
        } else {
            let mark = open.pop().ok_or_else(|| bad("nothing to close", rest))?;
            for number in mark.numbers {
                let attribution = found.entry(number).or_default();
                let spans = match mark.role {
                    's' => &mut attribution.source,
                    'c' => &mut attribution.cue,
                    _ => &mut attribution.content,
                };
                spans.push(Span::new(mark.start, text.len()));
            }
            rest = &rest['⟧'.len_utf8()..];
        }
    }
    text.push_str(rest);
    if let Some(mark) = open.first() {
        return Err(bad("a mark is never closed", &text[mark.start..]));
    }
    let mut attributions: Vec<GoldAttribution> = found.into_values().collect();
    let contents: Vec<Span> = attributions.iter().flat_map(|a| a.content.clone()).collect();
    for attribution in &mut attributions {
        let within = |cue: &Span| contents.iter().any(|content| content.contains(*cue));
        attribution.nested = attribution.cue.iter().any(within);
        attribution.content.sort();
    }
    Ok(GoldDocument { id: id.to_owned(), text, attributions, ..GoldDocument::default() })
}

/// Reads a file of several labelled texts, parted by lines of `===`; each is an input of its own.
/// The talk at the top is the file's.
///
/// # Errors
/// As [`parse`].
///
/// ```
/// let texts = sayso_eval::labels::parse_all("demo", "# talk\n⟦s1:Lee⟧ ⟦c1:said⟧ ⟦q1:so⟧.\n===\nIt rained.")?;
/// assert_eq!(texts[1].text, "It rained.");
/// # Ok::<(), sayso_eval::corpus::Error>(())
/// ```
pub fn parse_all(id: &str, labelled: &str) -> Result<Vec<GoldDocument>, Error> {
    labelled.split("\n===\n").map(|text| parse(id, text)).collect()
}

/// Moves labels to where their paragraphs stand in an article's text. Paragraphs of the
/// article without a label are noise that the extraction left in; whatever is found
/// there counts as wrong.
///
/// # Errors
/// When a labelled paragraph isn't in the article's text, or not in this order.
pub fn align(gold: &GoldDocument, article_text: &str) -> Result<GoldDocument, Error> {
    // Where each labelled paragraph starts, in the labels' text and in the article's.
    let mut places = Vec::new();
    let (mut from, mut at) = (0, 0);
    for paragraph in gold.text.split("\n\n") {
        let found = article_text[at..].find(paragraph);
        let found = found.ok_or_else(|| bad("not in the article's text", paragraph))?;
        places.push((from, at + found));
        from += paragraph.len() + 2;
        at += found + paragraph.len();
    }
    let shift = |span: &Span| {
        let i = places.partition_point(|&(from, _)| from <= span.start).saturating_sub(1);
        let (from, to) = places[i];
        Span::new(span.start - from + to, span.end - from + to)
    };
    let all = |spans: &[Span]| spans.iter().map(shift).collect();
    let moved = |a: &GoldAttribution| GoldAttribution {
        source: all(&a.source),
        cue: all(&a.cue),
        content: all(&a.content),
        nested: a.nested,
    };
    Ok(GoldDocument {
        id: gold.id.clone(),
        text: article_text.to_owned(),
        attributions: gold.attributions.iter().map(moved).collect(),
        ..gold.clone()
    })
}

fn mark(name: &str, start: usize) -> Option<Open> {
    let role = name.chars().next().filter(|role| "scq".contains(*role))?;
    let numbers = name[1..].split(',').map(|n| n.parse().ok()).collect::<Option<Vec<_>>>()?;
    Some(Open { role, numbers, start })
}

fn bad(what: &str, rest: &str) -> Error {
    let near: String = rest.chars().take(30).collect();
    Error::Labels(format!("{what} at “{near}”"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labelled: &str, expected: &[(&str, &str, &str, bool)]) {
        let doc = parse("test", labelled).unwrap();
        let join = |spans: &[Span]| spans.iter().map(|s| s.of(&doc.text)).collect::<Vec<_>>().join(" … ");
        let got: Vec<_> = doc
            .attributions
            .iter()
            .map(|a| (join(&a.source), join(&a.cue), join(&a.content), a.nested))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(s, c, q, n)| ((*s).to_owned(), (*c).to_owned(), (*q).to_owned(), *n))
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn marks_become_spans() {
        check("⟦s1:Ms. Lee⟧ ⟦c1:said⟧ ⟦q1:so⟧.", &[("Ms. Lee", "said", "so", false)]);
        check("⟦q1:“No,”⟧ ⟦s1:he⟧ ⟦c1:said⟧, ⟦q1:“never.”⟧", &[("he", "said", "“No,” … “never.”", false)]);
        check(
            "⟦s1,2:Lee⟧ ⟦c1:said⟧ ⟦q1:so⟧ and ⟦c2:denied⟧ ⟦q2:more⟧",
            &[("Lee", "said", "so", false), ("Lee", "denied", "more", false)],
        );
        check(
            "# talk\n⟦s1:A⟧ ⟦c1:said⟧ ⟦q1:that ⟦s2:B⟧ ⟦c2:thinks⟧ ⟦q2:so⟧⟧",
            &[("A", "said", "that B thinks so", false), ("B", "thinks", "so", true)],
        );
    }

    #[test]
    fn labels_move_to_the_article() {
        let gold = parse("test", "⟦s1:Ms. Lee⟧ spoke.\n\nShe ⟦c1:said⟧ ⟦q1:so⟧.").unwrap();
        let moved = align(&gold, "Advertisement\n\nMs. Lee spoke.\n\nShare\n\nShe said so.").unwrap();
        let a = &moved.attributions[0];
        let words = [a.source[0], a.cue[0], a.content[0]].map(|span| span.of(&moved.text));
        assert_eq!(words, ["Ms. Lee", "said", "so"]);
        assert!(align(&gold, "Ms. Lee spoke.").is_err());
    }

    #[test]
    fn wrong_marks_are_refused() {
        for wrong in ["⟦s1:open", "close⟧", "⟦x1:a⟧", "⟦s:a⟧", "⟦s1 a⟧"] {
            assert!(parse("test", wrong).is_err(), "{wrong}");
        }
    }
}
