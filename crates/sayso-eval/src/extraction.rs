//! How much of an article comes out of its web page, and how much that isn't?
//!
//! The main measure is that of the [article extraction benchmark], so that figures can
//! be compared with those of other programs: sequences of four words, counted. Two
//! measures of our own follow what matters to attribution: quotation marks, and what
//! stands in block quotes.
//!
//! [article extraction benchmark]: https://github.com/scrapinghub/article-extraction-benchmark

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::hash::Hash;
use std::io::Read;

use dom_query::Document;
use flate2::read::GzDecoder;
use sayso_text::{Format, ingest};
use serde::{Deserialize, Serialize};

use crate::corpus::Error;
use crate::score::Counts;

/// A web page and what its article says.
#[derive(Debug, Clone)]
pub struct Page {
    /// The benchmark's name for it, 64 hexadecimal digits.
    pub id: String,
    /// The page as it came.
    pub html: Vec<u8>,
    /// The words of its article, by hand.
    pub body: String,
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody")]
    body: String,
}

/// The pages of a `.tar.gz` with a `ground-truth.json` and `html/ID.html.gz`, by name.
///
/// # Errors
/// When the archive is damaged, or a page or its truth is missing.
pub fn pages(archive: &[u8]) -> Result<Vec<Page>, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Pages(error.to_string());
    let mut truths: HashMap<String, Truth> = HashMap::new();
    let mut found: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries().map_err(|e| failed(&e))? {
        let mut entry = entry.map_err(|e| failed(&e))?;
        let path = entry.path().map_err(|e| failed(&e))?.into_owned();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(id) = name.strip_suffix(".html.gz") {
            let mut html = Vec::new();
            GzDecoder::new(&mut entry).read_to_end(&mut html).map_err(|e| failed(&e))?;
            found.insert(id.to_owned(), html);
        } else if name == "ground-truth.json" {
            truths = serde_json::from_reader(&mut entry).map_err(|e| failed(&e))?;
        }
    }
    if found.len() != truths.len() {
        return Err(Error::Pages(format!("{} pages, {} with their truth", found.len(), truths.len())));
    }
    let page = |(id, html): (String, Vec<u8>)| match truths.remove(&id) {
        Some(truth) => Ok(Page { id, html, body: truth.body }),
        None => Err(Error::Pages(format!("no truth for {id}"))),
    };
    found.into_iter().map(page).collect()
}

/// How well one page was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageScore {
    /// The page's name.
    pub id: String,
    /// Sequences of four words, each as often as it occurs.
    pub shingles: Counts,
    /// The quotation marks “ ” ‘ ’ " « » of the article, each kind for itself: found here
    /// means "in the text", hit "in both".
    pub quotation_marks: Counts,
    /// The page's block quotes whose words are in the article: hit means that their words
    /// are in the text too, whole and in order; found equals hit.
    pub block_quotes: Counts,
    /// The words of the text are those of the article, neither more nor less.
    pub exact: bool,
}

/// Compares a text taken out of a page with the article.
///
/// ```
/// use sayso_eval::extraction::{Page, score};
/// let page = Page { id: "a".into(), html: Vec::new(), body: "“Go,” she said to the crew.".into() };
/// let score = score(&page, "“Go,” she said to the crew. Share this");
/// assert_eq!(score.shingles.recall(), Some(100.0));
/// assert_eq!(score.shingles.precision(), Some(60.0));
/// assert_eq!(score.quotation_marks.hit, 2);
/// ```
pub fn score(page: &Page, text: &str) -> PageScore {
    let (truth, found) = (shingles(&page.body), shingles(text));
    let article = letters(&page.body);
    let letters_found = letters(text);
    let owed: Vec<String> =
        block_quotes(&page.html).into_iter().filter(|quote| article.contains(quote.as_str())).collect();
    let kept = owed.iter().filter(|quote| letters_found.contains(quote.as_str())).count();
    PageScore {
        id: page.id.clone(),
        shingles: shared(&truth, &found),
        quotation_marks: shared(&marks(&page.body), &marks(text)),
        block_quotes: Counts { hit: kept, found: kept, gold: owed.len() },
        exact: truth == found,
    }
}

type Bag<T> = HashMap<T, usize>;

fn bag<T: Hash + Eq>(items: impl Iterator<Item = T>) -> Bag<T> {
    let mut bag = Bag::new();
    for item in items {
        *bag.entry(item).or_default() += 1;
    }
    bag
}

fn shared<T: Hash + Eq>(truth: &Bag<T>, found: &Bag<T>) -> Counts {
    let hit = truth.iter().map(|(item, &n)| n.min(found.get(item).copied().unwrap_or(0))).sum();
    Counts { hit, found: found.values().sum(), gold: truth.values().sum() }
}

/// A text of fewer than four words is one sequence, one without words none.
fn shingles(text: &str) -> Bag<Vec<&str>> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => Bag::new(),
        1..4 => bag([words].into_iter()),
        _ => bag(words.windows(4).map(<[_]>::to_vec)),
    }
}

fn marks(text: &str) -> Bag<char> {
    bag(text.chars().filter(|c| "“”‘’\"«»".contains(*c)))
}

/// A text without what differs by layout: case, spaces and signs.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Shorter block quotes could stand in an article by chance. In letters.
const SHORTEST_QUOTE: usize = 20;

/// The letters of each outermost block quote of a page.
fn block_quotes(html: &[u8]) -> Vec<String> {
    let page = Document::from(&*String::from_utf8_lossy(html));
    page.select("script, style, noscript, template, blockquote blockquote").remove();
    let quotes = page.select("blockquote");
    quotes.iter().map(|quote| letters(&quote.text())).filter(|quote| quote.len() >= SHORTEST_QUOTE).collect()
}

/// How well all pages were read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExtractionReport {
    /// Mean over the pages in which something was found, in per cent.
    pub precision: f64,
    /// Mean over the pages, in per cent.
    pub recall: f64,
    /// Harmonic mean of these two means: the benchmark's figure, in per cent.
    pub f1: f64,
    /// Mean of each page's own F1, in per cent.
    pub page_f1: f64,
    /// Share of pages read word for word, in per cent.
    pub exact: f64,
    /// Of all pages together.
    pub quotation_marks: Counts,
    /// Of all pages together.
    pub block_quotes: Counts,
    /// Each page, worst first.
    pub pages: Vec<PageScore>,
}

/// Reads each page with [`ingest`]; one that is refused counts as read without a word.
pub fn score_ingest(pages: &[Page]) -> ExtractionReport {
    let text = |page: &Page| ingest(&page.html, Format::Html).map(|a| a.text).unwrap_or_default();
    ExtractionReport::new(pages.iter().map(|page| score(page, &text(page))).collect())
}

impl ExtractionReport {
    /// Averages over pages.
    pub fn new(mut pages: Vec<PageScore>) -> Self {
        let f1 = |page: &PageScore| page.shingles.f1().unwrap_or(0.0);
        pages.sort_by(|a, b| f1(a).total_cmp(&f1(b)).then_with(|| a.id.cmp(&b.id)));
        let precision = mean(pages.iter().filter_map(|page| page.shingles.precision()));
        let recall = mean(pages.iter().filter_map(|page| page.shingles.recall()));
        let (mut quotation_marks, mut block_quotes) = (Counts::default(), Counts::default());
        for page in &pages {
            quotation_marks.add(page.quotation_marks);
            block_quotes.add(page.block_quotes);
        }
        let both = precision + recall;
        Self {
            precision,
            recall,
            f1: if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 },
            page_f1: mean(pages.iter().map(f1)),
            exact: mean(pages.iter().map(|page| if page.exact { 100.0 } else { 0.0 })),
            quotation_marks,
            block_quotes,
            pages,
        }
    }

    /// The report as text, with a line per page when asked for.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!("{} pages\n", self.pages.len());
        for (name, value) in [
            ("F1", self.f1),
            ("precision", self.precision),
            ("recall", self.recall),
            ("mean F1 of a page", self.page_f1),
            ("word for word", self.exact),
        ] {
            let _ = writeln!(out, "  {name:<26} {value:>6.2}");
        }
        for (name, counts) in
            [("quotation marks kept", self.quotation_marks), ("block quotes kept", self.block_quotes)]
        {
            let share = counts.recall().unwrap_or(100.0);
            let _ = writeln!(out, "  {name:<26} {share:>6.2}   {} of {}", counts.hit, counts.gold);
        }
        if each {
            let _ =
                writeln!(out, "\n{:<10} {:>6} {:>6} {:>6}  {:>9}  quotes", "page", "P", "R", "F1", "marks");
            self.pages.iter().for_each(|page| out += &page.line());
        }
        out
    }
}

impl PageScore {
    fn line(&self) -> String {
        let show = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| format!("{x:.1}"));
        let kept = |counts: Counts| format!("{}/{}", counts.hit, counts.gold);
        format!(
            "{:<10} {:>6} {:>6} {:>6}  {:>9}  {:>6}\n",
            self.id.chars().take(8).collect::<String>(),
            show(self.shingles.precision()),
            show(self.shingles.recall()),
            show(self.shingles.f1()),
            kept(self.quotation_marks),
            kept(self.block_quotes),
        )
    }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, html: &str, text: &str, marks: (usize, usize), quotes: (usize, usize)) {
        let page = Page { id: "a".into(), html: html.into(), body: body.into() };
        let score = score(&page, text);
        assert_eq!((score.quotation_marks.hit, score.quotation_marks.gold), marks);
        assert_eq!((score.block_quotes.hit, score.block_quotes.gold), quotes);
    }

    #[test]
    fn marks_count_kind_by_kind() {
        check("“a” “b”", "", "“a” \"b\"", (2, 4), (0, 0));
        check("\"a\"", "", "\"a\" \"b\"", (2, 2), (0, 0));
    }

    #[test]
    fn block_quotes_are_owed_when_the_article_has_them() {
        let html = "<p>She wrote:</p><blockquote><p>The bridge stays</p><p>closed for now.</p></blockquote>\
            <blockquote>Subscribe to our daily letter</blockquote>";
        let body = "She wrote:\n\nThe bridge stays\n\nclosed for now.";
        check(body, html, "She wrote: The bridge stays closed for now.", (0, 0), (1, 1));
        check(body, html, "She wrote: The bridge stays.", (0, 0), (0, 1));
    }

    #[test]
    fn shingles_of_short_texts() {
        let page = |body: &str| Page { id: "a".into(), html: Vec::new(), body: body.into() };
        assert!(score(&page("Rain fell"), "Rain – fell!").exact);
        assert_eq!(score(&page("Rain fell"), "").shingles, Counts { hit: 0, found: 0, gold: 1 });
        assert_eq!(score(&page("a b c d e"), "a b c d").shingles, Counts { hit: 1, found: 1, gold: 2 });
    }

    #[test]
    fn pages_with_nothing_found_count_for_recall_alone() {
        let page = |body: &str| Page { id: "a".into(), html: Vec::new(), body: body.into() };
        let scores = vec![score(&page("a b c d"), "a b c d"), score(&page("a b c d"), "")];
        let report = ExtractionReport::new(scores);
        assert_eq!((report.precision, report.recall), (100.0, 50.0));
    }
}
