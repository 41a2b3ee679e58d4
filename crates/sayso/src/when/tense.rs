//! Does a time expression look back or ahead?
//!
//! The nearest verb before it in the clause tells, or else the first behind it. A list of words, not a parser.

use std::ops::Range;

use super::words::{Words, is_in};

/// Which way words without a year count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It belongs to something that has been said, or that the verb just before puts into the past.
    Past,
    /// A verb in the past stands near. A date that would lie most of a year back is still one to come,
    /// since writers add the year to days as old as that.
    SeemsPast,
    Future,
    /// "Was to meet on Tuesday" may have come to pass: the closest day is meant, and of weekdays neither is sure.
    WasAhead,
    /// No verb is near: the closest day is meant, and of weekdays the last.
    Unknown,
}

/// Words looked at, on either side.
const REACH: usize = 14;

const MODALS: &str = "will ll shall would could may might must should cannot can wouldn shouldn upcoming ahead scheduled \
     expected planned slated planning plans expects";
/// With "have" behind they look back: "would have met".
const CONDITIONALS: &str = "would could might may must should";
/// Behind these "to" leads to what is still to be done.
const INTENDS: &str = "is are was were be set due about agree agrees agreed agreement aim aims allow ask asked begin bid \
     bound deal effort efforts expect expected expects going has have hope hopes hoped intend intended intends invited \
     likely need needs offer offered offers ordered plan planned planning plans pledge pledged pledges poised promise \
     promised promises proposal ready scheduled slated supposed threat threatened told unlikely urged vow vowed vows \
     want wanted wants";
/// Behind "was" what these tell of may have come to pass.
const ARRANGED: &str = "scheduled expected planned slated due set supposed";
/// A date in a clause of these is to come, where no verb in the past says otherwise.
const CONDITIONS: &str = "if unless";
/// They tell nothing of the day that they follow: "Tuesday's results may".
const GUESSES: &str = "may might could would";
/// Forms of the past that behind a modal are infinitives: "they should beat her".
const BASES: &str = "beat burst cut hit hurt put quit set shut split spread";
/// Behind these it may have been done since.
const DECIDES: &str = "decision decisions decided chose voted";
const BE: &str = "is are was were be been being";
/// Behind these a verb without "s" is one: "voters choose", but "a confidence vote".
const SUBJECTS: &str = "they we you who people men women both all and not";
const PRESENT: &str = "begin end start open close leave take meet vote expire resume run return arrive face hold elect \
     choose decide";
/// What stands before a noun that looks like a verb: "a run", "cast votes", "after talks".
const NO_SUBJECTS: &str = "a an the his her its their our my this that s of in for by with on at after before to cast \
     counted won lost more most many few";
/// Verbs whose "by March" is a time by which something is to be done, and whose "for March" one for which.
const ORDERS: &str = "agreed announced asked call called calls demanded demands expected offered offers ordered orders \
     planned pledged promised proposed scheduled seek seeking seeks set sought urged vowed wanted wants demanding \
     requires required";
const DEADLINES: &str = "by before until till";
const PAST: &str = "was were had did didn wasn weren hadn couldn been ate became beat began bit blew broke brought bought \
     built burst came caught chose crept cut dealt died drank drew drove dug fed fell felt fought found fled flew forgot \
     froze gave got grew heard held hid hit hung hurt kept knew laid lay led left lit lost made meant met overcame \
     oversaw overtook paid put quit ran rang rode rose said sang sank sat saw sent shook shot showed shut slept slid sold \
     sought spent split spoke spread stole stood struck stuck swam swept swore taught thought threw told took tore \
     undertook understood went withdrew withstood woke won wore wound wrote done seen given taken written spoken broken \
     chosen driven flown fallen frozen stolen sworn thrown worn born begun gone";
/// They end in "-ed" and are no verbs in the past.
const NO_VERBS: &str = "hundred need needed united armed alleged proposed indeed speed unprecedented sacred naked exceed \
     proceed succeed crowded";
/// A date just behind one of these is what was agreed, not when.
const SETTLES: &str = "focused based agreed settled decided fixed announced called sought set";
/// A date behind one of these, where a comma stands before, opens its clause; so it does without one behind the rest.
const JOINS: &str = "and or";
const OPENS: &str = "but while although though because that when where whereas";
/// What is told in these has been told.
const TELLINGS: &str = "interview statement";

/// The tense around the expression that covers the tokens `at`.
pub(super) fn around(words: &Words<'_>, at: Range<usize>) -> Tense {
    let i = at.start;
    if words.word(i) == "since" || is_suffered(words, i) {
        return Tense::Past;
    }
    if is_told(words, i) {
        return Tense::SeemsPast;
    }
    let clause = Clause { words, at };
    let told = if clause.opens() {
        clause.behind().or_else(|| clause.before())
    } else {
        clause.before().or_else(|| clause.behind())
    };
    told.unwrap_or(Tense::Unknown)
}

/// "in an interview on Friday".
fn is_told(words: &Words<'_>, i: usize) -> bool {
    let article = i.checked_sub(2).map_or("", |k| words.word(k));
    is_in(TELLINGS, words.before(i)) && is_in("a an", article)
}

/// A date just behind a passive of the past is that of the event: "was killed on Nov. 20".
fn is_suffered(words: &Words<'_>, i: usize) -> bool {
    let Some(verb) = i.checked_sub(1) else { return false };
    let word = words.word(verb);
    let is_event = is_past(word) && !is_in(SETTLES, word) && !is_modal(words, verb);
    let is_bare = matches!(words.word(i), "on" | "in") || words.raw(i).starts_with(char::is_uppercase);
    is_event && is_bare && is_in("was were", words.before(verb))
}

struct Clause<'w, 't> {
    words: &'w Words<'t>,
    at: Range<usize>,
}

impl Clause<'_, '_> {
    /// Whether the expression stands first in its clause: "…, but on Friday he said".
    fn opens(&self) -> bool {
        let (words, i) = (self.words, self.at.start);
        let has_comma = i > 1 && words.word(i - 2) == ",";
        !self.is_deadline() && is_in(OPENS, words.before(i)) || (has_comma && is_in(JOINS, words.before(i)))
    }

    fn before(&self) -> Option<Tense> {
        let (words, i) = (self.words, self.at.start);
        let from = i.saturating_sub(REACH);
        let mut weak = None;
        for k in (from..i).rev().take_while(|&k| !ends_clause(words.word(k))) {
            match self.told(k) {
                // "wants it passed by May"
                Some(Tense::SeemsPast)
                    if self.is_deadline() && k + 1 == i && words.word(k).ends_with("ed") =>
                {
                    weak = Some(Tense::SeemsPast);
                }
                // "Lee, who is the minister, on Friday said"
                Some(Tense::Future) if self.is_present(k) && is_past(words.word(self.at.end)) => {
                    return Some(Tense::SeemsPast);
                }
                Some(tense) => return Some(tense),
                None => {}
            }
        }
        weak
    }

    fn behind(&self) -> Option<Tense> {
        let words = self.words;
        let to = (self.at.start + REACH).min(words.tokens.len());
        let clause = (self.at.start..to).take_while(|&k| !ends_clause(words.word(k)));
        // "On Friday the company that runs schools said"
        let is_relative = |k: usize| self.is_present(k) && is_in("who which that", words.before(k));
        let is_owner = words.is_possessive(self.at.end);
        let is_guess = |k: usize| is_owner && is_in(GUESSES, words.word(k));
        clause.filter(|&k| !is_relative(k) && !is_guess(k)).find_map(|k| self.told(k))
    }

    fn is_deadline(&self) -> bool {
        is_in(DEADLINES, self.words.word(self.at.start))
    }

    fn has_preposition(&self) -> bool {
        is_in("in on at by", self.words.word(self.at.start))
    }

    /// "if his candidate were to win"
    fn is_conditional(&self, k: usize) -> bool {
        self.words.before(k) == "were"
            && (k.saturating_sub(REACH)..k).any(|k| is_in(CONDITIONS, self.words.word(k)))
    }

    /// What one word tells.
    fn told(&self, k: usize) -> Option<Tense> {
        let words = self.words;
        let (word, before) = (words.word(k), words.before(k));
        // A capital behind a stop is a name, "Mr. Will", or the word that opens a quote.
        if words.raw(k).starts_with(char::is_uppercase) && k > 0 && !matches!(before, "“" | "\"" | "‘") {
            return None;
        }
        // "was to meet", "was scheduled to meet", "was due on Friday"
        let told_ahead = if word == "to" { before } else { word };
        let auxiliary = if word == "to" && k > 1 { words.word(k - 2) } else { before };
        let was_ahead = (word == "to" && is_in("was were", before) && !self.is_conditional(k))
            || (is_in(ARRANGED, told_ahead) && is_in("was were been", auxiliary));
        if was_ahead && (word == "to" || is_modal(words, k)) {
            return Some(Tense::WasAhead);
        }
        if is_modal(words, k) {
            let looks_back =
                is_in(CONDITIONALS, word) && words.word(k + 1) == "have" && is_past(words.word(k + 2))
                    || word == "could" && words.word(k + 1) == "not";
            return Some(if looks_back { Tense::SeemsPast } else { Tense::Future });
        }
        let is_condition = is_in(CONDITIONS, word) && k + 1 < self.at.start && self.has_preposition();
        if is_condition || (is_in(BASES, word) && k > 1 && (is_modal(words, k - 1) || is_modal(words, k - 2)))
        {
            return Some(Tense::Future);
        }
        if word == "to" && is_in(DECIDES, before) {
            return Some(Tense::Unknown);
        }
        let orders = self.is_deadline() || words.before(self.at.start) == "for";
        if word == "to" && is_in(INTENDS, before) && (before != "due" || is_modal(words, k - 1))
            || orders && is_in(ORDERS, word)
        {
            return Some(Tense::Future);
        }
        if before == "to" || before == "be" {
            return None;
        }
        if self.is_present(k) {
            return Some(Tense::Future);
        }
        let is_attribute = word.ends_with("ed") && is_in("a an the his her its their this", before);
        // "after winning in November"
        let has_happened = before == "after" && word.len() > 5 && word.ends_with("ing");
        (has_happened || is_past(word) && !is_attribute).then_some(Tense::SeemsPast)
    }

    /// "is", "begins", "voters choose": in news, the present with a date is what is to come.
    fn is_present(&self, k: usize) -> bool {
        let words = self.words;
        let (word, before) = (words.word(k), words.before(k));
        if is_in("is are isn aren", word) {
            return true;
        }
        let is_relative = before == "that" && k > 1 && words.word(k - 2).ends_with('s');
        if is_relative && is_in(PRESENT, word) {
            return true;
        }
        let is_object =
            is_in(NO_SUBJECTS, before) || words.raw(k.saturating_sub(1)).starts_with(char::is_numeric);
        let stem = |end: &str| word.strip_suffix(end).is_some_and(|stem| is_in(PRESENT, stem));
        let is_plural = is_in(SUBJECTS, before) || before.len() > 3 && before.ends_with('s');
        k > 0 && !is_object && (stem("s") || stem("es") || is_plural && is_in(PRESENT, word))
    }
}

fn is_modal(words: &Words<'_>, k: usize) -> bool {
    let (word, before, next) = (words.word(k), words.before(k), words.word(k + 1));
    match word {
        // "a record set on Friday", "were set on fire"
        "set" => matches!(next, "to" | "for"),
        // "delayed due to snow"
        "due" => next != "to" || is_in(BE, before),
        "expected" => !matches!(before, "than" | "as"),
        "coming" => is_in("the this", before),
        "won" => matches!(next, "'" | "’") && words.word(k + 2) == "t",
        "may" => words.raw(k) == "may",
        _ => is_in(MODALS, word),
    }
}

fn is_past(word: &str) -> bool {
    is_in(PAST, word) || word == "set" || word.len() > 4 && word.ends_with("ed") && !is_in(NO_VERBS, word)
}

fn ends_clause(word: &str) -> bool {
    matches!(word, ";" | ":" | "—" | "–" | "“" | "”" | "\"")
}

#[cfg(test)]
mod tests {
    //! As in the module's tests, with the tense of the words around.

    use jiff::civil::date;

    use crate::when::tests::{PUBLISHED, check_in};

    #[test]
    fn dates_ahead_and_back() {
        check_in(
            Some(PUBLISHED),
            None,
            "
            The bill must be passed ⟦by May=2016-05-01..2016-05-31⟧.
            The bill was passed ⟦by May=2015-05-01..2015-05-31⟧.
            He was shot ⟦Dec. 3=2015-12-03⟧ and died ⟦in January=2016-01-01..2016-01-31⟧.
            He said the talks would end ⟦by the end of the year=2016-12-01..2016-12-31⟧.
            ",
        );
        check_in(
            Some(date(2016, 10, 1)),
            None,
            "The group holds its annual meeting ⟦on Nov. 14=2016-11-14⟧.
            The annual meeting ⟦on Nov. 14=2016-11-14⟧",
        );
        // A Wednesday.
        check_in(
            Some(date(2016, 10, 5)),
            None,
            "
            The ⟦Nov. 8=2016-11-08⟧ presidential election
            It was his last debate before the ⟦Nov. 8=2016-11-08⟧ presidential election.
            They asked what he would do if his candidate were to win ⟦in November=2016-11-01..2016-11-30⟧.
            Obama leaves office ⟦on Jan. 20=2017-01-20⟧.
            The ceasefire took effect ⟦on Sept. 12=2016-09-12⟧.
            He was killed ⟦on Nov. 20=2015-11-20⟧.
            The men who killed him were set free before the vote ⟦on Nov. 20=2016-11-20⟧.
            ",
        );
    }

    /// Published on a Wednesday.
    #[test]
    fn wire_sentences_tell_the_tense() {
        check_in(
            Some(PUBLISHED),
            None,
            "
            The minister is expected to arrive ⟦on Friday=2016-03-18⟧.
        The minister was expected to arrive ⟦on Friday=?⟧.
        He was due in court ⟦on Monday=?⟧, and had been scheduled to speak ⟦on Tuesday=?⟧.
            He is due in court ⟦on Monday=2016-03-21⟧.
            The two leaders were to meet ⟦on Tuesday=?⟧, and he was to leave ⟦on Wednesday=2016-03-16⟧.
        The trial was to begin ⟦in May=2016-05-01..2016-05-31⟧.
        If they were to meet ⟦on Tuesday=2016-03-22⟧, he would leave.
        “Let’s defeat her ⟦in May=2016-05-01..2016-05-31⟧,” he said.
        He said they should beat her ⟦on Tuesday=2016-03-22⟧.
        The rule could have big effects ⟦in May=2016-05-01..2016-05-31⟧.
        If ⟦Tuesday=2016-03-15⟧’s debate showed anything, it was that.
        This isn’t just talk: ⟦in February=2016-02-01..2016-02-29⟧, she left.
        As ⟦Tuesday=2016-03-15⟧’s results show, it may not matter.
            She has called an election for ⟦June=2016-06-01..2016-06-30⟧.
            The trial is scheduled for ⟦May=2016-05-01..2016-05-31⟧.
            He has been in custody ⟦since June=2015-06-01..2015-06-30⟧.
            The bank will have been closed ⟦since Friday=2016-03-11⟧.
            Rates could rise, Lee said in an interview ⟦on Friday=2016-03-11⟧.
            Rates will rise, according to a statement ⟦on Friday=2016-03-11⟧.
            He could not be reached for comment ⟦on Friday=2016-03-11⟧.
            The team couldn’t land ⟦on Friday=2016-03-11⟧.
            He won’t resign ⟦on Friday=2016-03-18⟧.
            He said ⟦on Friday=2016-03-11⟧ that he would resign.
            He said that he would resign ⟦on Friday=2016-03-18⟧.
            They would have met ⟦on Friday=2016-03-11⟧ but for the snow.
            Lee, who is the minister, ⟦on Friday=2016-03-11⟧ denied it.
            Talks will resume, but ⟦on Friday=2016-03-11⟧ he left.
            Talks failed, and ⟦on Friday=2016-03-18⟧ ministers will try again.
            ⟦On Friday=2016-03-11⟧ the company that runs the schools said it had no money.
            ⟦On Friday=2016-03-18⟧, lawmakers vote on the budget.
            ⟦In June=2016-06-01..2016-06-30⟧, voters choose a president.
            ⟦In June=2015-06-01..2015-06-30⟧, voters chose a president.
        ",
        );
    }

    #[test]
    fn words_that_look_like_verbs_do_not_mislead() {
        check_in(
            Some(PUBLISHED),
            None,
            "
            She lost a confidence vote ⟦on Friday=2016-03-11⟧.
            He set a record ⟦on Friday=2016-03-11⟧.
            The vote is set for ⟦June=2016-06-01..2016-06-30⟧.
            The airport closed due to snow ⟦on Friday=2016-03-11⟧.
            Growth was lower than expected ⟦in June=2015-06-01..2015-06-30⟧.
            Prices rose ahead of the meeting ⟦on Friday=2016-03-18⟧.
            Ministers may meet ⟦on Friday=2016-03-18⟧.
            They plan to attend the extended session ⟦on Friday=2016-03-18⟧.
            The opposition wants the bill passed ⟦by May=2016-05-01..2016-05-31⟧.
            The firm announced plans to close the plant ⟦in June=2016-06-01..2016-06-30⟧.
            It would be the first visit if he wins ⟦in November=2016-11-01..2016-11-30⟧.
            He took office after winning ⟦in November=2015-11-01..2015-11-30⟧.
            Expected ⟦on Friday=2016-03-18⟧, the report has been delayed.
            MUST he go ⟦on Friday=2016-03-18⟧?
            “Will you go ⟦on Friday=2016-03-18⟧?” he asked.
            LONDON (Reuters) - Talks are due to start ⟦on Friday=2016-03-18⟧.
            Police arrested two men ⟦on Friday=2016-03-11⟧.
            Following his big wins ⟦on Tuesday=2016-03-15⟧, he spoke.
        Gov. Will Smith met reporters ⟦on Friday=2016-03-11⟧.
            The court ordered him to pay ⟦by Friday=2016-03-18⟧.
            Officials refused to comment ⟦on Friday=2016-03-11⟧.
            A ceasefire is to take effect ⟦from Friday to Sunday=2016-03-18..2016-03-20⟧.
            Fighting broke out ⟦over the weekend=2016-03-12..2016-03-13⟧.
            The players will be paid when the season ends ⟦in May=2016-05-01..2016-05-31⟧.
            The man wounded ⟦on Friday=2016-03-11⟧ will be charged.
            The prize will be handed to the winner ⟦at Christmas=2016-12-25⟧.
            ",
        );
    }
}
