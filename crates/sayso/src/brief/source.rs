//! An article that is being briefed: its record in bytes, and what its words refer to.

use std::collections::HashMap;

use sayso_text::{Article, CharIndex, Document, ParagraphKind, Span};

use super::form::Anchor;
use super::who::{is_meant, surname};
use crate::record::{Actor, ActorKind, Attribution, Mention, MentionKind, Record, Standing, TextSpan};
use crate::rules::Rules;
use crate::word_list::is_in;

/// Pronouns that point to somebody or something else.
const PRONOUNS: &str = "he she they him her them his hers their theirs it its";
/// Those that stand before a noun.
const POSSESSIVE: &str = "his their its her";
/// Words that follow "her" where it is no possessive.
pub(super) const NO_NOUN: &str =
    "to in on at by for from of and or but that as with when if after before because who which is was were";

#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) article: &'a Article,
    pub(super) record: &'a Record,
    pub(super) rules: &'a Rules,
    pub(super) doc: Document,
    index: CharIndex,
    /// From the first to the last part of each attribution, with its place in the record, by start.
    extents: Vec<(Span, usize)>,
    by_id: HashMap<&'a str, Span>,
    /// How claims stand, bound or not, by start.
    standings: Vec<(Span, &'a Standing)>,
    /// What it is called where no outlet is known.
    called: String,
}

impl<'a> Source<'a> {
    pub(super) fn new(article: &'a Article, record: &'a Record, rules: &'a Rules) -> Self {
        let called = "the article".to_owned();
        let index = CharIndex::new(&article.text);
        let bytes = |start, end| index.to_bytes(start, end).unwrap_or(Span::new(0, 0));
        let extent = |attribution: &Attribution| {
            let parts = attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
            parts.map(|p| bytes(p.start, p.end)).reduce(Span::cover).unwrap_or(Span::new(0, 0))
        };
        let mut extents: Vec<(Span, usize)> =
            record.attributions.iter().enumerate().map(|(i, a)| (extent(a), i)).collect();
        let by_id = extents.iter().map(|&(span, i)| (record.attributions[i].id.as_str(), span)).collect();
        extents.sort_unstable();
        let bound = record.attributions.iter().flat_map(|a| &a.status);
        let all = record.unbound.iter().chain(bound);
        let mut standings: Vec<(Span, &Standing)> = all.map(|s| (bytes(s.start, s.end), s)).collect();
        standings.sort_by_key(|(span, _)| *span);
        let doc = Document::new(article);
        Self { article, record, rules, doc, index, extents, by_id, standings, called }
    }

    /// The same as one of several.
    pub(super) fn numbered(self, number: usize) -> Self {
        Self { called: format!("article {number}"), ..self }
    }

    pub(super) fn bytes(&self, span: &TextSpan) -> Span {
        self.bytes_at(span.start, span.end)
    }

    pub(super) fn bytes_at(&self, start: usize, end: usize) -> Span {
        self.index.to_bytes(start, end).unwrap_or(Span::new(0, 0))
    }

    pub(super) fn say(&self, span: Span) -> &str {
        span.of(&self.doc.text)
    }

    pub(super) fn actor(&self, id: Option<&String>) -> Option<&'a Actor> {
        self.record.actors.iter().find(|actor| Some(&actor.id) == id)
    }

    /// Full names of people with their surnames, which nobody else in the text has.
    pub(super) fn people(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        let people = self.record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
        people.filter_map(|actor| {
            let name = actor.name.as_deref().filter(|name| self.doc.text.contains(*name))?;
            if self.is_named_by_headline(name) {
                return None;
            }
            let surname = surname(name);
            let is_part = |word: &str| name.split_whitespace().any(|part| part.trim_matches('.') == word);
            (name != surname && !self.has_other(surname, is_part)).then_some((name, surname))
        })
    }

    /// "Derelict Brell and Lund": a headline's capitals make names of other words. The text has the surname without that one.
    pub(super) fn is_named_by_headline(&self, name: &str) -> bool {
        let Some((given, rest)) = name.split_once(' ') else { return false };
        let text = &self.doc.text;
        let next = rest.split_whitespace().next().unwrap_or_default();
        let end = text.find('\n').unwrap_or(0);
        let head = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_title = self.article.title.as_deref().is_some_and(|title| title.starts_with(head));
        let longer = format!("{given} {next}");
        let mut places = text.match_indices(&longer).map(|(at, _)| at).peekable();
        let is_there = places.peek().is_some() && places.all(|at| at < end);
        is_title && is_there && text[end..].contains(next) && self.rules.given_name(given).is_none()
    }

    /// What the text calls an actor: by his name, where it has that, else by its first words for him.
    pub(super) fn called(&self, actor: &Actor) -> Option<String> {
        let is_right =
            |name: &String| self.doc.text.contains(name.as_str()) && !self.is_named_by_headline(name);
        let name = actor.name.clone().filter(is_right);
        name.or_else(|| {
            actor.mentions.iter().find(|m| m.kind != MentionKind::Pronoun).map(|m| m.text.clone())
        })
    }

    /// From the first to the last part of an attribution.
    pub(super) fn extent(&self, attribution: &Attribution) -> Span {
        self.by_id.get(attribution.id.as_str()).copied().unwrap_or(Span::new(0, 0))
    }

    /// The attributions that begin within a span, in the order of their places.
    pub(super) fn beginning_in(&self, span: Span) -> impl Iterator<Item = &'a Attribution> + '_ {
        let first = self.extents.partition_point(|(extent, _)| extent.start < span.start);
        let within = self.extents[first..].iter().take_while(move |(extent, _)| extent.start < span.end);
        within.map(|&(_, i)| &self.record.attributions[i])
    }

    /// How claims stand, as told within a span.
    pub(super) fn standings_in(&self, span: Span) -> impl Iterator<Item = (Span, &'a Standing)> + '_ {
        let first = self.standings.partition_point(|(place, _)| place.start < span.start);
        self.standings[first..].iter().copied().take_while(move |(place, _)| place.start < span.end)
    }

    /// The sentence that a byte stands in, by number.
    pub(super) fn sentence_at(&self, byte: usize) -> usize {
        let at = self.doc.sentences.partition_point(|s| s.span.end <= byte);
        at.min(self.doc.sentences.len().saturating_sub(1))
    }

    /// Sentences of running text, by number.
    pub(super) fn body(&self) -> impl Iterator<Item = usize> + '_ {
        let body = self.doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
        body.flat_map(|p| p.sentences.clone())
    }

    pub(super) fn is_quoted(&self, span: Span) -> bool {
        self.doc.quotations.iter().any(|q| q.span.contains(span))
    }

    /// A mention that stands exactly there.
    fn mention(&self, span: Span) -> Option<(&'a Actor, &'a Mention)> {
        let (start, end) = self.index.to_chars(span);
        let is_it = |mention: &&Mention| (mention.start, mention.end) == (start, end);
        self.record.actors.iter().find_map(|actor| Some((actor, actor.mentions.iter().find(is_it)?)))
    }

    pub(super) fn anchor(&self, article: usize, span: Span, loaded_cue: Option<String>) -> Anchor {
        let (start, end) = self.index.to_chars(span);
        let text = self.say(span).to_owned();
        let sha256 = Article::from_text(text.as_str()).sha256();
        Anchor { article, start, end, text, sha256, loaded_cue }
    }

    /// The outlet as it stands in a sentence: "the Tidewater Gazette".
    pub(super) fn outlet(&self) -> String {
        match self.article.outlet.as_deref() {
            Some(outlet) => match outlet.strip_prefix("The ") {
                Some(rest) => format!("the {rest}"),
                None => outlet.to_owned(),
            },
            None => self.called.clone(),
        }
    }

    /// Who speaks in the article's own voice: the agency whose words it carries, or the outlet.
    pub(super) fn voice(&self) -> String {
        let wire = self.actor(self.record.article.wire.as_ref()).and_then(|actor| actor.name.as_deref());
        let the = |wire: &str| if wire.ends_with(" Press") { format!("the {wire}") } else { wire.to_owned() };
        wire.map_or_else(|| self.outlet(), the)
    }

    /// A passage in the article's words, where each pronoun is the speaker's, stands for something within the passage, or
    /// is replaced by the name that it means; `None` where one points to nothing that is told here. Words in quotation
    /// marks stay as they are.
    pub(super) fn words(&self, span: Span, speaker: Option<&str>) -> Option<String> {
        self.words_behind(span, speaker, false)
    }

    /// The same for a passage that stands right `behind` what "it", "this" and the like in it point to.
    pub(super) fn words_behind(&self, span: Span, speaker: Option<&str>, behind: bool) -> Option<String> {
        let first = self.doc.tokens.partition_point(|token| token.span.start < span.start);
        let mut out = String::new();
        let mut at = span.start;
        for (n, token) in self.doc.tokens[first..].iter().take_while(|t| t.span.end <= span.end).enumerate() {
            let word = self.say(token.span).to_lowercase();
            if n == 0 && !behind && is_in("this these those that", &word) && !self.next_is_noun(first) {
                return None;
            }
            if n < 3 && !behind && is_in("this these those", &word) && self.stands_for(first + n) {
                return None;
            }
            if self.is_quoted(token.span) {
                continue;
            }
            // "A turnaround there."
            if word == "there" && n > 0 && self.say(Span::new(token.span.end, span.end)).trim() == "" {
                return None;
            }
            if word == "that" && self.points_at_noun(span.start, first + n) {
                return None;
            }
            // The writer speaks of himself.
            if is_in("i me my mine we us our ours", &word) && self.say(token.span) != "US" {
                return None;
            }
            if !is_in(PRONOUNS, &word) {
                continue;
            }
            // "For her part, Ada Quist" is of her who comes behind.
            if self.is_part_of(first + n) {
                continue;
            }
            let found = self.mention(token.span).filter(|(_, mention)| mention.kind == MentionKind::Pronoun);
            let Some((actor, _)) = found else {
                // "It is a forgery" is of something else.
                let is_thing = word == "it" && self.is_described(first + n);
                let is_body = is_in("it its they their", &word) && !is_thing && self.speaks_as_body(speaker);
                let points_back = behind && is_in("it its", &word);
                if is_body || points_back || self.refers_within(span.start, token.span.start, &word) {
                    continue;
                }
                return None;
            };
            let told_before = actor.mentions.iter().any(|mention| {
                let there = self.bytes_at(mention.start, mention.end);
                mention.kind != MentionKind::Pronoun
                    && there.start >= span.start
                    && there.end <= token.span.start
            });
            if Some(actor.id.as_str()) == speaker || told_before {
                continue;
            }
            let name = actor.name.as_deref()?;
            let is_sure = match actor.kind {
                ActorKind::Person => is_meant(self, actor, name, token.span),
                kind => kind == ActorKind::State,
            };
            // "The governor said that he": most often himself, by a role that nobody tied to his name.
            let is_role = self.actor(speaker.map(str::to_owned).as_ref()).is_some_and(|speaker| {
                let says_the = |mention: &Mention| mention.text.to_lowercase().starts_with("the ");
                speaker.kind == ActorKind::Role && speaker.mentions.iter().any(says_the)
            });
            let is_sure = is_sure && !(is_role && actor.kind == ActorKind::Person);
            // "A judge was unfit because of his heritage": of two who stand there, nobody can be sure.
            let between = Span::new(span.start, token.span.start);
            let is_sure = is_sure && !self.has_somebody_else(actor, between);
            let name = self.called(actor).filter(|_| is_sure)?;
            // "Brell compared her to a heretic": not herself, by whichever name.
            let own = self.actor(speaker.map(str::to_owned).as_ref()).and_then(|own| own.name.as_deref());
            if own.is_some_and(|own| own.contains(&name) || name.contains(own)) {
                return None;
            }
            out += &self.doc.text[at..token.span.start];
            out += &name;
            let possesses = is_in(POSSESSIVE, &word) && (word != "her" || self.before_noun(first + n));
            out += if possesses { "’s" } else { "" };
            at = token.span.end;
        }
        out += &self.doc.text[at..span.end];
        Some(out.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A pronoun in a passage, outside of quotation marks, that isn't surely the speaker's; "what it called" is.
    pub(super) fn points(&self, span: Span, speaker: Option<&str>) -> bool {
        let first = self.doc.tokens.partition_point(|token| token.span.start < span.start);
        let within = self.doc.tokens[first..].iter().take_while(|token| token.span.end <= span.end);
        within.enumerate().filter(|(_, token)| !self.is_quoted(token.span)).any(|(n, token)| {
            let is_of_speaker = || {
                self.mention(token.span).is_some_and(|(actor, _)| {
                    Some(actor.id.as_str()) == speaker && actor.kind == ActorKind::Person
                })
            };
            let calls = n > 0 && self.say(self.doc.tokens[first + n - 1].span) == "what";
            is_in(PRONOUNS, &self.say(token.span).to_lowercase()) && !calls && !is_of_speaker()
        })
    }

    /// "Through that contest", which isn't told before it.
    fn points_at_noun(&self, from: usize, token: usize) -> bool {
        let word =
            |at: usize| self.doc.tokens.get(at).map(|t| self.say(t.span).to_lowercase()).unwrap_or_default();
        let at = self.doc.tokens[token].span;
        let before = self.doc.text[from..at.start].to_lowercase();
        let next = word(token + 1);
        // "In the south, that share is higher".
        let is_subject = token > 0 && word(token - 1) == "," && is_in(VERBS, &word(token + 2));
        token > 0
            && (is_subject || is_in(BEFORE_NOUNS, &word(token - 1)))
            && next.chars().all(char::is_alphabetic)
            && !is_in(NO_NOUNS, &next)
            && !before.contains(next.trim_end_matches('s'))
    }

    /// "For her part".
    fn is_part_of(&self, token: usize) -> bool {
        let word = |at: usize| self.doc.tokens.get(at).map(|t| self.say(t.span).to_lowercase());
        token > 0 && word(token - 1).as_deref() == Some("for") && word(token + 1).as_deref() == Some("part")
    }

    /// "This never happened": the word stands for something by itself.
    fn stands_for(&self, token: usize) -> bool {
        let next = self.doc.tokens.get(token + 1).map(|t| self.say(t.span).to_lowercase());
        next.is_none_or(|word| !word.starts_with(char::is_alphabetic) || is_in(VERBS, &word))
    }

    /// "The company said it would appeal": said by a body, "it" is the body, as far as the article's reader knows too.
    fn speaks_as_body(&self, speaker: Option<&str>) -> bool {
        let actor = self.record.actors.iter().find(|actor| Some(actor.id.as_str()) == speaker);
        actor.is_some_and(|actor| {
            use ActorKind::{Group, Organisation, Outlet, State, Unnamed};
            matches!(actor.kind, Organisation | State | Group | Unnamed | Outlet)
        })
    }

    /// What the word stands for is said to be something: "it is a forgery", "it was not the offer".
    fn is_described(&self, token: usize) -> bool {
        let next = self.doc.tokens[token + 1..].iter().map(|t| self.say(t.span).to_lowercase());
        let mut next = next.filter(|word| word != "not").take(2);
        next.next().is_some_and(|word| is_in("is was isn't wasn't isn’t wasn’t", &word))
            && next.next().is_some_and(|word| is_in("a an the", &word))
    }

    fn next_is_noun(&self, token: usize) -> bool {
        let next = self.doc.tokens.get(token + 1).map(|t| self.say(t.span).to_lowercase());
        // "That the dam had failed" is a clause.
        self.say(self.doc.tokens[token].span) == "that"
            && next.is_some_and(|word| !is_in("is was will would", &word))
    }

    fn before_noun(&self, token: usize) -> bool {
        let next = self.doc.tokens.get(token + 1).map(|t| self.say(t.span).to_lowercase());
        next.is_some_and(|word| word.starts_with(char::is_alphabetic) && !is_in(NO_NOUN, &word))
    }

    /// Something before it in the passage can be what "it" or "they" means; of a person only a name can.
    fn refers_within(&self, from: usize, to: usize, word: &str) -> bool {
        let before = &self.doc.text[from..to];
        if is_in("it its they them their theirs", word) {
            before.split_whitespace().count() >= 7
        } else {
            let persons = self.record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
            let mut mentions =
                persons.flat_map(|actor| &actor.mentions).filter(|m| m.kind == MentionKind::Name);
            mentions.any(|m| {
                let there = self.bytes_at(m.start, m.end);
                from <= there.start && there.end <= to
            })
        }
    }

    /// A name begins there.
    pub(super) fn begins_name(&self, at: usize) -> bool {
        self.record.actors.iter().flat_map(|actor| &actor.mentions).any(|mention| {
            mention.kind == MentionKind::Name && self.bytes_at(mention.start, mention.end).start == at
        })
    }

    /// Words with a small first letter, unless they begin with a name or stand in quotation marks.
    pub(super) fn small_first(&self, words: &str, at: usize) -> String {
        let first =
            words.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or_default();
        let is_short = first.chars().skip(1).any(char::is_uppercase);
        let small = first.to_lowercase();
        // "Port Sallow".
        let is_longer_name = words.split_whitespace().nth(1).is_some_and(|next| {
            next.starts_with(char::is_uppercase) && !words.contains(&format!("{first}, "))
        });
        let begins_name = self.begins_name(at) && !is_in("the a an", &small);
        // "Bringing the show back", "No Child Left Behind".
        let next = || words.split_whitespace().skip(1);
        let is_doing = small.len() > 5
            && small.ends_with("ing")
            // Not "Beijing, the old capital".
            && words[first.len()..].starts_with(' ')
            && next().next().is_some_and(|next| is_in("the a an his her its their", next));
        let is_title = next().take(2).filter(|next| next.starts_with(char::is_uppercase)).count() == 2;
        let stands_small = || {
            let singular = small.trim_end_matches('s');
            self.doc.tokens.iter().any(|token| {
                let word = self.say(token.span);
                word == small || word.trim_end_matches('s') == singular
            })
        };
        // "It's", "they've".
        let opens = is_in(OPENING, small.split(['\'', '’']).next().unwrap_or_default());
        if is_short
            || begins_name
            || first == "I"
            || small == "no" && is_title
            || !opens && !is_doing && (is_longer_name || !stands_small())
        {
            return words.to_owned();
        }
        let mut chars = words.chars();
        chars.next().map_or_else(String::new, |c| c.to_lowercase().collect::<String>() + chars.as_str())
    }
}

/// Words between which and a noun "that" points back: "through that contest".
const BEFORE_NOUNS: &str =
    "through in of at by for with from during after before on about under over within against to";
/// Words behind such a "that" which is none: "in that he", "so as to that would".
const NO_NOUNS: &str = "the a an he she it they we i you his her its their there this these those some many most no not is was are \
were will would could can might may should has had have one";
/// Verbs that follow a "this" which stands for something by itself.
const VERBS: &str =
    "is was are were has had have would will never did does can could should may might must not";

/// Words that begin sentences and aren't names, for texts in which they stand nowhere else.
const OPENING: &str = "the a an in on at by for from of after before about both some many several most more few all no \
each every another other one two three four five six seven eight nine ten twelve fifteen late early presumptive longtime veteran outgoing incoming even only today yesterday twenty thirty forty fifty sixty seventy eighty ninety hundreds thousands dozens people \
officials police residents workers families voters lawmakers since until during under over between as if \
when while there he she it they his her their its this that these those despite nearly almost roughly approximately fewer \
because although though whether besides among within across once such";

/// A first letter that is small, or can't be: the words can follow others.
pub(super) fn goes_on(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase() || !c.is_alphabetic())
}

/// Words with a capital first letter.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + chars.as_str())
}
