//! What holds for every quotation?

use proptest::prelude::*;
use sayso_text::{Article, Document};

use super::*;

/// A quotation of a source, its marks left out, with words that other words differ from.
const WORDS: [&str; 40] = [
    "the",
    "river",
    "is",
    "not",
    "rising",
    "we",
    "have",
    "seven",
    "pumps",
    "and",
    "they",
    "will",
    "run",
    "until",
    "Friday",
    "Mr.",
    "Sloane",
    "never",
    "signed",
    "this",
    "paper",
    "nobody",
    "told",
    "us",
    "about",
    "it",
    "no",
    "honour",
    "can't",
    "café",
    "30",
    "percent",
    "of",
    "well-known",
    "towns",
    "may",
    "leave",
    "some",
    "homes",
    "today",
];

fn statement() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(&WORDS[..]), 4..40)
}

/// Sentences of up to nine words each, with commas, in one quotation or none.
fn source(words: &[&str], quoted: bool) -> Document {
    let sentences = words.chunks(9).map(|sentence| {
        let (head, tail) = sentence.split_at(sentence.len() / 2);
        let comma = if head.is_empty() || tail.is_empty() { "" } else { ", " };
        format!("{}{comma}{}.", head.join(" "), tail.join(" "))
    });
    let said = sentences.collect::<Vec<_>>().join(" ");
    let said = if quoted { format!("“{said}”") } else { said };
    Document::new(&Article::from_text(format!(
        "The report came on Monday. {said} That was all, the clerk said."
    )))
}

/// The same words in another dress.
fn dressed(words: &[&str], style: u8) -> String {
    let text = match style % 6 {
        0 => words.join(" "),
        1 => words.join(" ").to_uppercase().replace("US", "us"),
        2 => words.join("\n"),
        3 => words.join(" — "),
        4 => format!("…{}.", words.join(", ")),
        _ => words
            .join("  ")
            .replace("honour", "honor")
            .replace("café", "cafe\u{301}")
            .replace("can't", "can’t"),
    };
    let text =
        if style.is_multiple_of(2) { text.replace("seven", "7").replace("percent", "%") } else { text };
    if style.is_multiple_of(4) { text.replace("well-known", "well known") } else { text }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_was_said_is_never_altered_or_fabricated(
        words in statement(), from in 0usize..40, len in 1usize..40, style: u8, quoted: bool,
    ) {
        let from = from % words.len();
        let part = &words[from..(from + len).min(words.len())];
        let doc = source(&words, quoted);
        let verdict = Sources::new(&[&doc]).verify(&Asked::words(&dressed(part, style)));
        let fine = matches!(verdict, Verdict::Verbatim { .. } | Verdict::Trimmed { .. });
        prop_assert!(fine, "{part:?} of {:?}: {verdict:?}", doc.text);
    }

    #[test]
    fn an_ellipsis_follows_the_order(words in statement(), cut in 1usize..20, quoted: bool) {
        let head = &words[..words.len() / 3];
        let tail = &words[(words.len() / 3 + cut).min(words.len() - 1)..];
        prop_assume!(!head.is_empty());
        let doc = source(&words, quoted);
        let quote = format!("{} … {}", head.join(" "), tail.join(" "));
        let verdict = Sources::new(&[&doc]).verify(&Asked::words(&quote));
        let fine = matches!(verdict, Verdict::Verbatim { .. } | Verdict::Trimmed { .. });
        prop_assert!(fine, "{quote:?} of {:?}: {verdict:?}", doc.text);
    }

    #[test]
    fn another_negation_or_number_is_never_verbatim(words in statement(), at in 0usize..40, quoted: bool) {
        let doc = source(&words, quoted);
        let mut changed: Vec<&str> = words.clone();
        let at = at % words.len();
        changed[at] = match words[at] {
            "not" => "surely",
            "never" => "always",
            "no" => "many",
            "nobody" => "everybody",
            "seven" => "eight",
            "30" => "31",
            _ => return Ok(()),
        };
        let verdict = Sources::new(&[&doc]).verify(&Asked::words(&changed.join(" ")));
        let fine = matches!(verdict, Verdict::Altered { grave: true, .. } | Verdict::Fabricated { .. });
        prop_assert!(fine, "{changed:?} of {:?}: {verdict:?}", doc.text);
    }

    #[test]
    fn spans_lie_in_their_texts(text in ".{0,200}", quote in ".{0,60}") {
        let doc = Document::new(&Article::from_text(text.as_str()));
        let sources = Sources::new(&[&doc]);
        for words in [quote.as_str(), &text] {
            match sources.verify(&Asked::words(words)) {
                Verdict::Verbatim { places } => {
                    for place in places {
                        prop_assert!(place.parts.iter().all(|part| text.get(part.range()).is_some()));
                    }
                }
                Verdict::Altered { changed, .. } => {
                    for change in changed {
                        prop_assert!(text.get(change.source.range()).is_some());
                        prop_assert!(words.get(change.brief.range()).is_some());
                    }
                }
                Verdict::Trimmed { whole, cut, .. } => prop_assert!(whole.contains(cut)),
                Verdict::Fabricated { .. } | Verdict::Undecided => {}
            }
        }
    }
}

/// Seconds for what takes milliseconds would be a quadratic slip.
#[test]
fn a_long_source_takes_little_time() {
    let words: Vec<&str> = WORDS.iter().copied().cycle().take(20_000).collect();
    let doc = source(&words, true);
    let sources = Sources::new(&[&doc]);
    let started = std::time::Instant::now();
    let gaps = ["the"; 60].join(" … ");
    let insertions = ["the"; 60].join(" [so] ");
    for quote in ["the river is not falling at all, we think", &gaps, &insertions, &words[..2000].join(" ")] {
        sources.verify(&Asked::words(quote));
    }
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
