//! Is this English?

use sayso_text::Article;
use whatlang::{Lang, Script};

/// What the words of a text say about its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Language {
    /// English, or too little text to say otherwise.
    English,
    /// Another one.
    Other {
        /// BCP 47 tag ("de").
        code: &'static str,
        /// English name ("German").
        name: &'static str,
    },
}

/// Words that English can hardly do without and that other languages don't share.
const ENGLISH: [&str; 44] = [
    "about", "after", "and", "are", "been", "but", "by", "could", "from", "has", "have", "he", "his", "how",
    "it", "its", "more", "not", "on", "said", "says", "she", "should", "that", "the", "their", "there",
    "they", "this", "to", "was", "we", "were", "what", "when", "which", "who", "will", "with", "would",
    "you", "your", "i", "of",
];
/// Share of such words from which a text is English. News has 25 to 45 per cent.
const ENGLISH_SHARE: f64 = 0.15;
/// Letters from which the detector is asked about a text in the Latin script.
const ENOUGH_LETTERS: usize = 40;
/// Letters from which the answer is sure.
const MANY_LETTERS: usize = 200;
/// Code points that are looked at; more don't change the answer, only the time.
const SAMPLE: usize = 20_000;

/// Judges by the text alone: a page may say `lang="en"` and be Spanish.
///
/// ```
/// use sayso::{Article, Language, detect};
/// let text = "Der Minister sagte am Mittwoch, die Brücke sei sicher und werde bald geöffnet.";
/// let Language::Other { code, name } = detect(&Article::from_text(text)) else { panic!() };
/// assert_eq!((code, name), ("de", "German"));
/// ```
pub fn detect(article: &Article) -> Language {
    let sample: String = article.text.chars().take(SAMPLE).collect();
    let Some(info) = whatlang::detect(&sample) else { return Language::English };
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = match info.script() {
        Script::Latin => letters >= ENOUGH_LETTERS && english_share(&sample) < ENGLISH_SHARE,
        _ => true,
    };
    if foreign && info.lang() != Lang::Eng {
        Language::Other { code: code(info.lang()), name: info.lang().eng_name() }
    } else {
        Language::English
    }
}

/// The language of a text that is surely none that can be checked: names make a short English sentence look Dutch, which
/// the detector itself isn't sure of.
pub fn surely_foreign(article: &Article) -> Option<&'static str> {
    let Language::Other { name, .. } = detect(article) else { return None };
    let sample: String = article.text.chars().take(SAMPLE).collect();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let is_sure = letters >= MANY_LETTERS || whatlang::detect(&sample).is_some_and(|info| info.is_reliable());
    is_sure.then_some(name)
}

fn english_share(text: &str) -> f64 {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut n, mut n_english) = (0u32, 0u32);
    for word in words {
        n += 1;
        n_english += u32::from(ENGLISH.contains(&word.to_lowercase().as_str()));
    }
    if n == 0 { 0.0 } else { f64::from(n_english) / f64::from(n) }
}

/// The shortest code, as BCP 47 wants it; the detector's own has three letters.
fn code(lang: Lang) -> &'static str {
    const SHORT: [(&str, &str); 69] = [
        ("epo", "eo"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
        ("hye", "hy"),
        ("cym", "cy"),
    ];
    let long = lang.code();
    SHORT.iter().find(|(three, _)| *three == long).map_or(long, |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_language() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(surely_foreign(&Article::from_text(text)), expected, "{text}");
        };
        check("A Norvalian pilot boat rammed a Kestrian patrol.", None);
        check("Sevland's president, Piet Laanen, offered to send 40 burn specialists.", None);
        check("Nine in ten houses in Upper Sarn burned down on Monday.", None);
        check("Viktor Danek wants Labour Minister Hana Solt to go.", None);
        check("Der Bürgermeister sagte am Montag, der Damm sei sicher. Niemand müsse gehen.", Some("German"));
    }

    #[test]
    fn short_texts() {
        let check = |text: &str, expected: &str| {
            let found = match detect(&Article::from_text(text)) {
                Language::English => "en",
                Language::Other { code, .. } => code,
            };
            assert_eq!(found, expected, "{text}");
        };
        let french_words = "“We won,” said Zoë on Friday. “Incredible,” the café owner said, adding that it is \
                            “très bien”.";
        check(french_words, "en");
        check("The river rose two meters in the night.", "en");
        check("Mayor resigns", "en");
        check("", "en");
        check("El ministro dijo el miércoles que el puente era seguro y que se abriría pronto.", "es");
        check("Minister powiedział w środę, że most jest bezpieczny i wkrótce zostanie otwarty.", "pl");
        check("市长周三表示,大坝是安全的。", "zh");
        check("Мэр заявил в среду, что плотина безопасна.", "ru");
    }
}
