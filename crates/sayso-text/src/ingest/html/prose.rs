//! Is what was taken out of a page an article?
//!
//! The extraction takes the best part of any page, be it a login form. An article is told
//! from scraps by its sentences, and from the short texts of a web server by what these
//! say of themselves.

/// True for the text of an article; `stated` when the page calls itself one.
pub(super) fn is_article(text: &str, title: &str, stated: bool) -> bool {
    let blocks = || text.split("\n\n").filter(|block| prose_of(block) > 0);
    let prose: usize = blocks().map(prose_of).sum();
    if prose >= BEYOND_DOUBT {
        return true;
    }
    let on_cookies = |block: &&str| block.to_lowercase().contains("cookie");
    let consent = blocks().filter(on_cookies).count() * 2 > blocks().count();
    prose >= if stated { STATED } else { UNSTATED } && !consent && !is_notice(title, stated)
}

/// In letters: some three hundred words. What a server or a consent form says is shorter.
const BEYOND_DOUBT: usize = 1500;

/// In letters of sentences: the shortest news items have two short sentences.
const STATED: usize = 40;

/// In letters of sentences, where nothing in the page says that it is an article: one
/// full paragraph.
const UNSTATED: usize = 120;

/// How many letters of a block stand in sentences: those up to its last full stop, or all
/// of a long one, since some scripts have none.
fn prose_of(block: &str) -> usize {
    let n_letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).count();
    let sentences = block.rfind(ENDS).map_or(0, |end| n_letters(&block[..end]));
    let all = n_letters(block);
    if all >= LONG {
        all
    } else if sentences >= SHORTEST {
        sentences
    } else {
        0
    }
}

/// In letters: longer than any label or headline.
const LONG: usize = 200;

const ENDS: [char; 11] = ['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', ':'];

/// A block that ends as sentences do, and is longer than a label.
pub(super) fn is_sentence(block: &str) -> bool {
    let end = block.trim_end().trim_end_matches(|c: char| "\"'”’»)]*†".contains(c));
    let n_letters = block.chars().filter(|c| c.is_alphanumeric()).take(SHORTEST).count();
    n_letters == SHORTEST && end.ends_with(ENDS)
}

/// In letters.
const SHORTEST: usize = 15;

/// Titles of pages that stand in for another one. What calls itself an article may begin
/// with any number.
fn is_notice(title: &str, stated: bool) -> bool {
    let title = title.trim().to_lowercase();
    let name = title.split(['|', '–', '—', '-', ':', '.']).next().unwrap_or_default().trim();
    !stated && is_status(&title)
        || WHOLE.contains(&name)
        || OPENINGS.iter().any(|opening| title.starts_with(opening))
}

/// The status of an answer, alone or with its meaning: "404", "500 Internal Server Error".
/// "500 homes" and "403-seat" are something else.
fn is_status(title: &str) -> bool {
    let n_digits = title.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = title.split_at(n_digits);
    let ends = ["|", " -", " –", " —"];
    let rest = &rest[..ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len())];
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    let meaning = rest.split([':', '.', '!']).next().unwrap_or_default();
    CODES.contains(&code)
        && (meaning.is_empty()
            || MEANINGS.contains(&meaning)
            || BEGINNINGS.iter().any(|words| rest.starts_with(words)))
}

const CODES: &[&str] = &["400", "401", "403", "404", "410", "429", "500", "502", "503", "504"];

/// What follows a code, and then nothing: "500 gone missing" is news.
const MEANINGS: &[&str] =
    &["error", "forbidden", "gone", "page", "server error", "unauthorised", "unauthorized"];

/// What follows a code, and whatever comes then.
const BEGINNINGS: &[&str] = &[
    "access denied",
    "bad gateway",
    "bad request",
    "error page",
    "file not found",
    "gateway time",
    "internal server error",
    "not found",
    "page can",
    "page could",
    "page not found",
    "service temporarily unavailable",
    "service unavailable",
    "this page can",
    "this page could",
    "too many requests",
];

/// A title of these words alone, whatever site's name follows.
const WHOLE: &[&str] = &[
    "captcha",
    "forbidden",
    "log in",
    "login",
    "not found",
    "page not found",
    "page unavailable",
    "register",
    "sign in",
    "sign up",
    "service unavailable",
    "subscribe",
    "too many requests",
];

/// How other titles of that kind begin.
const OPENINGS: &[&str] = &[
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "attention required!",
    "before you continue",
    "error 404",
    "just a moment...",
    "please log in",
    "please sign in",
    "this page can",
    "this page could",
    "verify you are human",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        for block in ["Rain fell over the bay.", "“Nobody will sleep tonight.”", "Did it rain (and snow)?"]
        {
            assert!(is_sentence(block), "{block}");
        }
        for block in ["Hi.", "Home", "Ten bridges to see before they fall", "12 May 2024"] {
            assert!(!is_sentence(block), "{block}");
        }
    }

    #[test]
    fn notices() {
        for title in [
            "404",
            "404 | The Gazette",
            "404 – The Gazette",
            "404 - Page not found",
            "404: Not Found",
            "404 Error: nothing is here",
            "403 Forbidden",
            "410 Gone",
            "500 Internal Server Error",
            "Page not found | The Gazette",
            "Just a moment...",
            "Sign in – The Gazette",
        ] {
            assert!(is_notice(title, false), "{title}");
        }
        for title in ["Bridge closed", "City found 404 cracks", "Ship not found after storm"] {
            assert!(!is_notice(title, false), "{title}");
        }
    }

    #[test]
    fn headlines_that_begin_with_a_number_are_no_notices() {
        for title in [
            "500 homes without power after storm",
            "404 voters turned away at Orne",
            "403-seat council to vote on bridge",
            "410 jobs gone as mill closes",
            "500 gone missing in Orne floods",
            "500 internal letters show doubt about bridge",
            "503: the number on every wall",
            "4040 not found fit for work",
        ] {
            assert!(!is_notice(title, false), "{title}");
        }
        assert!(!is_notice("404", true));
        assert!(is_article(&sentences_of(UNSTATED), "500 homes without power after storm", false));
        assert!(!is_article(&sentences_of(UNSTATED), "500 Internal Server Error", false));
        assert!(is_article(&sentences_of(STATED), "404", true));
    }

    /// Sentences of at least so many letters, and hardly more: the last one's stop counts.
    fn sentences_of(n_letters: usize) -> String {
        "rain ".repeat(n_letters.div_ceil(4)).trim_end().to_owned() + "."
    }

    #[test]
    fn as_many_letters_of_sentences_as_an_article_needs() {
        for (n, stated) in [(STATED, true), (UNSTATED, false)] {
            assert!(is_article(&sentences_of(n), "Bridge closed", stated), "{n}");
            assert!(!is_article(&sentences_of(n - 4), "Bridge closed", stated), "{n}");
        }
        assert!(!is_article(&sentences_of(STATED), "Bridge closed", false));
    }

    #[test]
    fn long_texts_are_articles_whatever_their_title() {
        for title in ["404", "Page not found", "Sign in", "Just a moment..."] {
            assert!(is_article(&sentences_of(BEYOND_DOUBT), title, false), "{title}");
            assert!(!is_article(&sentences_of(BEYOND_DOUBT - 4), title, false), "{title}");
        }
    }

    #[test]
    fn consent_forms_are_no_articles() {
        let form = "We and our partners use cookies, and need your word, to measure how our pages are read.\n\n\
            You can refuse all cookies, or choose which ones you want us to keep.\n\n\
            Your choice counts on this device alone, and you can change it at any time.";
        for stated in [false, true] {
            assert!(!is_article(form, "The Gazette", stated));
            assert!(is_article(&form.replace("cookies", "counters"), "The Gazette", stated));
        }
        let news = "The council banned cookies from its own pages on Monday.\n\n\
            Ann Lee, who leads the council, said that nobody had asked the people of Orne before.\n\n\
            The new pages will be ready by May, and every form can still be had on paper.";
        assert!(is_article(news, "Orne council bans cookies", false));
    }

    #[test]
    fn logins_and_errors_are_no_articles() {
        let texts = [
            (
                "Sign in – The Gazette",
                "Enter your mail and your password. Did you forget it? Write to us, and we \
                will send you a link by which you can choose a new one within a day.",
            ),
            (
                "Page not found",
                "The page that you are looking for has moved, or never was. Go back to the front page, \
                or search for it by its headline, or tell us which link led you here.",
            ),
            (
                "Just a moment...",
                "Your browser is being looked at. This takes a few seconds. When it is done, you will \
                be sent on to the page that you asked for, and need do nothing else.",
            ),
            ("The Gazette", "Your browser is too old for this page."),
        ];
        for (title, text) in texts {
            let text = &format!("{text}\n\n{text}");
            assert!(!is_article(text, title, false), "{title}");
            // What tells of a form is its title, and of a line its length.
            assert_eq!(is_article(text, "Rain falls", false), title != "The Gazette", "{title}");
        }
    }

    #[test]
    fn lists_of_links_are_no_articles() {
        let links =
            ["Bridge stays closed", "Ten towns to see before they drown", "Rain to come", "More news"];
        let list = links.repeat(40).join("\n\n");
        for stated in [false, true] {
            assert!(!is_article(&list, "The Gazette", stated));
        }
    }
}
