//! Is this English?

use sayso_text::Article;

/// What the words of a text say about its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Language {
    /// English, or too little text to say otherwise.
    English,
    /// Another one.
    Other {
        /// ISO 639-3 code ("deu").
        code: &'static str,
        /// English name ("German").
        name: &'static str,
    },
}

/// Shorter texts than this many letters are taken for English: a name and a verb can
/// be anything.
const ENOUGH_LETTERS: usize = 60;
/// Code points that are looked at; more don't change the answer, only the time.
const SAMPLE: usize = 20_000;
/// Least certainty at which a text of another Latin-script language is refused.
const SURE: f64 = 0.7;

/// Judges by the text alone: a page may say `lang="en"` and be Spanish.
///
/// ```
/// use sayso::{Article, Language, detect};
/// let text = "Der Minister sagte am Mittwoch, die Brücke sei sicher und werde bald geöffnet.";
/// let Language::Other { name, .. } = detect(&Article::from_text(text)) else { panic!() };
/// assert_eq!(name, "German");
/// ```
pub fn detect(article: &Article) -> Language {
    let sample: String = article.text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < ENOUGH_LETTERS {
        return Language::English;
    }
    match whatlang::detect(&sample) {
        Some(info) if info.lang() != whatlang::Lang::Eng && info.confidence() >= SURE => {
            Language::Other { code: info.lang().code(), name: info.lang().eng_name() }
        }
        _ => Language::English,
    }
}
