//! How do the sentences of a brief follow one another?

use std::collections::HashSet;

use super::form::{Brief, Sentence, Writer};
use super::items::{Item, Key};
use super::several::stems;
use super::source::{Source, capital};
use super::who::{Named, Part};
use crate::figure::small_in_words;
use crate::word_list::is_in;

/// Nouns that point to something told before, where they have "the" before them and nothing behind that tells which.
const TOLD: &str = "document documents claim claims report reports allegation allegations accusation accusations charge charges \
offer transcript account figure plan proposal deal agreement decision ruling incident remark remarks comment comments \
statement entry filing finding letter email memo recording video picture photo post tweet survey poll order measure bill";
/// Speakers who were told of before, where they have "the" before them and nothing behind that tells which.
const SPEAKERS: &str = "agency authority company firm group organization organisation book bank union ministry department campaign team party paper \
newspaper magazine station network commission committee panel board council court judge man woman suspect victim minister official \
officials experts researchers authors scientists senator lawmaker lawmakers duo spokesman spokeswoman candidate candidates";
/// Words behind a name by which it stands for somebody by itself.
const BEHIND_NAMES: &str = "is was has had will would could can may might should did does said says told and or to in on at of from \
for with as by who had handed made took went came";
/// What stands before a surname in place of the given name.
pub(super) const MISTERS: &str = "Mr. Mr Mrs. Mrs Ms. Ms Miss";
/// Words behind which "that" points, and opens no clause.
const BEFORE_THAT: &str = "of in on at by for from with to about under behind into against over";
/// What "this" before it says by itself.
const TIMES: &str = "time year month week weekend morning afternoon evening night spring summer autumn fall winter season decade century monday tuesday wednesday thursday friday saturday sunday country point kind sort type way";
/// Words behind a noun that tell which it is.
const TELLING: &str =
    "of that which by in from to on for about against between with seen obtained published signed dated";

/// Sentences that point to something which no sentence before them tells, by number.
pub(super) fn dangling(brief: &Brief, keys: &[Key]) -> Vec<usize> {
    let mut before: HashSet<String> = stems(&brief.title).0;
    let mut all = Vec::new();
    for (i, sentence) in brief.sentences().enumerate() {
        let text: Vec<&str> = sentence
            .text
            .split('“')
            .enumerate()
            .filter_map(|(n, part)| if n == 0 { Some(part) } else { part.split('”').nth(1) })
            .collect();
        let text = text.join(" ");
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let points = words.windows(2).enumerate().any(|(at, pair)| {
            let noun = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
            // "This year’s".
            let noun = noun.trim_end_matches("’s").trim_end_matches("'s");
            let ends = pair[1].ends_with(|c: char| !c.is_alphanumeric());
            let told = words.get(at + 2).is_some_and(|next| is_in(TELLING, next)) && !ends;
            let known = stems(noun).0.iter().any(|stem| before.contains(stem));
            let is_new = !told && !known;
            // "Those nerves" are none that were told of.
            let those = is_in("those these", &pair[0]) && noun.len() > 3 && !noun.ends_with("ing");
            // An article that begins with them tells of nobody before.
            let is_first = keys.get(i).is_some_and(|&(_, start)| start == 0);
            // A study's team needs no other introduction.
            let by_study = is_in("team researchers scientists authors", noun) && before.contains("studi");
            let speaks = !is_first && !by_study && at == 0 && pair[0] == "the" && is_in(SPEAKERS, noun);
            // "On this list", "of that money".
            let behind = at > 0 && is_in(BEFORE_THAT, &words[at - 1]);
            let shown =
                noun.len() > 3 && !is_in(TIMES, noun) && (pair[0] == "this" || pair[0] == "that" && behind);
            is_new && (those || speaks || shown || is_in("the this that", &pair[0]) && is_in(TOLD, noun))
        });
        // How a claim stands is told right behind it.
        let follows = i > 0 && keys.get(i) == keys.get(i - 1);
        if points && !follows {
            all.push(i);
        }
        before.extend(stems(&sentence.text).0);
    }
    all
}

/// Sentences with bytes that no text has, as of a name that was read in a wrong encoding, by number.
pub(super) fn garbled(brief: &Brief) -> Vec<usize> {
    let is_garbled = |text: &str| text.contains(|c: char| c.is_control() || c == '\u{fffd}');
    brief.sentences().enumerate().filter(|(_, s)| is_garbled(&s.text)).map(|(i, _)| i).collect()
}

/// Sentences as they are written down, one after the other.
pub(super) struct Writing<'a> {
    pub(super) named: Named,
    pub(super) keys: Vec<Key>,
    pub(super) all: &'a [Source<'a>],
    pub(super) n_voice: usize,
    /// The title and all sentences so far.
    pub(super) told: String,
}

impl Writing<'_> {
    /// The sentences of a section.
    pub(super) fn items(&mut self, items: &[Item], with_outlet: bool) -> Vec<Sentence> {
        let mut out = Vec::new();
        for (i, item) in items.iter().enumerate() {
            out.extend(self.item(item, items.get(i + 1), with_outlet));
        }
        out
    }

    /// A sentence in which who wasn't named before has the given name too: "Quiros" becomes "Ariel Quiros", outside of
    /// quotations, where the article has it and nobody else of that surname.
    fn in_full(&self, source: &Source<'_>, mut text: String) -> String {
        for (name, surname) in source.people() {
            if self.told.contains(name) || text.contains(name) {
                continue;
            }
            let places = text.match_indices(surname).filter(|(at, _)| {
                let (before, behind) = (&text[..*at], &text[at + surname.len()..]);
                let in_quotes = before.matches('“').count() > before.matches('”').count();
                let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
                let is_word = !before
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\''))
                    && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '-');
                // "A former Trump aide", and more such.
                let next = behind.split_whitespace().next().unwrap_or_default();
                let is_whole = behind.starts_with([',', '.', '’', '\'']) || is_in(BEHIND_NAMES, next);
                // "The Trump campaign", "President Obama", "Bill Clinton", "Osama bin Laden".
                let is_part = is_in("the a an bin de la van von der den al el ibn", &last.to_lowercase())
                    || last.starts_with(char::is_uppercase)
                        && !before.trim_end().is_empty()
                        && !is_in(MISTERS, last);
                is_word && is_whole && !in_quotes && !is_part
            });
            let Some((at, _)) = places.into_iter().next() else { continue };
            let before = text[..at].trim_end();
            let last = before.rsplit(' ').next().unwrap_or_default();
            let start = if is_in(MISTERS, last) { before.len() - last.len() } else { at };
            text.replace_range(start..at + surname.len(), name);
        }
        text
    }

    /// An item's sentences; marked with the outlet where they are its own, or where outlets differ.
    fn item(&mut self, item: &Item, next: Option<&Item>, with_outlet: bool) -> Vec<Sentence> {
        let outlet = self.all[item.article].outlet();
        let n_said = item.sentences.len() - item.standings.len();
        // An article says, and an outlet writes.
        let writes = if self.all[item.article].article.outlet.is_some() { "writes" } else { "says" };
        let mut out = Vec::new();
        for (i, parts) in item.sentences.iter().enumerate() {
            let mut parts = parts.clone();
            // What is told of the next statement too is told behind that.
            if i >= n_said {
                let stood = item.anchors[1 + i - n_said].start;
                let is_told_next = next.is_some_and(|next| {
                    let mut standings = next.anchors.iter().skip(1).take(next.standings.len());
                    next.article == item.article && standings.any(|anchor| anchor.start == stood)
                });
                if is_told_next {
                    continue;
                }
            }
            if item.speaker.is_empty() && i == 0 {
                let outlet = self.all[item.article].voice();
                let is_quoted = matches!(parts.first(), Some(Part::Words(words)) if words.starts_with('“'));
                let lead = match self.n_voice % 2 {
                    _ if is_quoted => format!("{outlet} {writes},"),
                    1 if !with_outlet => format!("{outlet} {writes} that"),
                    _ => format!("according to {outlet},"),
                };
                parts.insert(0, Part::Words(lead));
                self.n_voice += 1;
            } else if with_outlet && i == 0 {
                let is_according = matches!(parts.first(), Some(Part::Who(who)) if who.is_according());
                let lead = if is_according {
                    format!("{outlet} {writes} that,")
                } else {
                    format!("according to {outlet},")
                };
                parts.insert(0, Part::Words(lead));
            }
            let anchors = if i < n_said {
                // A statement's own passage and those of the other outlets that carry it.
                let standings = item.standings.len();
                let others = item.anchors.iter().skip(1 + standings);
                item.anchors.iter().take(1).chain(others).cloned().collect()
            } else {
                item.anchors.get(1 + i - n_said).cloned().into_iter().collect()
            };
            let text = sentence(&parts, &mut self.named);
            let text = without_however(self.in_full(&self.all[item.article], text));
            self.told.push_str(&text);
            self.told.push('\n');
            out.push(Sentence { text, anchors, by: Writer::Sayso });
            self.keys.push(item.key);
        }
        out
    }
}

/// The parts as one sentence, with a capital first letter and a stop.
fn sentence(parts: &[Part], named: &mut Named) -> String {
    let mut out = String::new();
    for part in parts {
        let words = match part {
            Part::Words(words) => words.clone(),
            Part::Who(who) => named.call(who),
        };
        if words.starts_with(',') {
            out.truncate(out.trim_end_matches([',', ' ']).len());
        }
        if !out.is_empty() && !words.starts_with([',', '.', ';', '’', ' ']) && !out.ends_with(' ') {
            out.push(' ');
        }
        out += &words;
    }
    let out = curly(&capital(&spelled_out(out.trim())));
    let bare = out.trim_end_matches(['”', '’', '\'']);
    if bare.ends_with(['.', '!', '?']) {
        return out;
    }
    // The stop stands within the marks.
    let (bare, marks) = out.split_at(bare.len());
    format!("{}.{marks}", bare.trim_end_matches([',', ';', ':', '—']))
}

/// "Ferguson, however, had two": what it is set against isn't told.
fn without_however(mut text: String) -> String {
    const ASIDE: &str = ", however,";
    while let Some(at) =
        text.find(ASIDE).filter(|&at| text[..at].matches('“').count() == text[..at].matches('”').count())
    {
        text.replace_range(at..at + ASIDE.len(), "");
    }
    text
}

/// Double quotation marks of one style, where the article has straight ones.
fn curly(words: &str) -> String {
    let words = words.replace("''", "\"");
    let mut open = false;
    let mark = |c: char| {
        open = match c {
            '"' => !open,
            '“' => true,
            '”' => false,
            _ => return c,
        };
        if open { '“' } else { '”' }
    };
    words.chars().map(mark).collect()
}

/// A number below a hundred at the beginning as a word: "Forty-six percent said".
fn spelled_out(words: &str) -> String {
    let Some((first, rest)) = words.split_once(' ') else { return words.to_owned() };
    // "50 Cent", "10 Downing Street" and "007" are names.
    let counts = rest.starts_with(|c: char| c.is_lowercase()) && !first.starts_with('0');
    let number = Some(first).filter(|first| counts && first.bytes().all(|c| c.is_ascii_digit()));
    let spelled = number.and_then(|first| first.parse().ok()).and_then(small_in_words);
    spelled.map_or_else(|| words.to_owned(), |spelled| format!("{spelled} {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_at_the_beginning_are_words() {
        for (given, expected) in [
            ("46 percent said", "forty-six percent said"),
            ("7 of ten", "seven of ten"),
            ("90 ships", "ninety ships"),
            ("12 ships", "twelve ships"),
            ("100 ships", "100 ships"),
            ("50 Cent said", "50 Cent said"),
            ("007 ships", "007 ships"),
        ] {
            assert_eq!(spelled_out(given), expected);
        }
    }
}
