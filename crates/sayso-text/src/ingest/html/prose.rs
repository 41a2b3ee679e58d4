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
    prose >= if stated { STATED } else { UNSTATED } && !consent && !is_notice(title)
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

/// Titles of pages that stand in for another one.
fn is_notice(title: &str) -> bool {
    let title = title.to_lowercase();
    let words = || title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let code =
        words().next().is_some_and(|word| matches!(word, "401" | "403" | "404" | "410" | "500" | "503"));
    let name = title.split(['|', '–', '—', '-', ':', '.']).next().unwrap_or_default().trim();
    code || WHOLE.contains(&name) || OPENINGS.iter().any(|opening| title.starts_with(opening))
}

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
        for title in ["404", "Page not found | The Gazette", "Just a moment...", "Sign in – The Gazette"] {
            assert!(is_notice(title), "{title}");
        }
        for title in ["Bridge closed", "City found 404 cracks", "Ship not found after storm"] {
            assert!(!is_notice(title), "{title}");
        }
    }
}
