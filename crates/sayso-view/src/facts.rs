//! What else does a record say of a statement, in plain words?
//!
//! All words are on one line and not yet escaped for any format.

use sayso::record::{Act, ActorKind, Attribution, Hedge, HedgeOf, Record, Standing, StandingKind, When};

use crate::cast::Cast;
use crate::characters::flat;
use crate::dates::dated;

/// A standing as a reader would say it: "denied by Élysée Palace (“in those terms”)".
pub fn standing(standing: &Standing, cast: &Cast<'_>) -> String {
    let by = standing.by.as_deref().map(|id| cast.who(id));
    let mut words = match standing.kind {
        StandingKind::Undetermined | StandingKind::Pending => {
            let by = by.map(|by| format!(", according to {by}")).unwrap_or_default();
            format!("{}{by}", standing_name(standing.kind))
        }
        StandingKind::DeclinedToComment => asked(by, "declined to comment", standing.kind),
        StandingKind::NoCommentYet => asked(by, "has not commented", standing.kind),
        StandingKind::CommentSought => asked(by, "was asked for comment", standing.kind),
        kind => {
            let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
            format!("{}{by}", standing_name(kind))
        }
    };
    if let Some(scope) = scope(standing) {
        words += &format!(" (“{scope}”)");
    }
    words
}

fn asked(by: Option<String>, did: &str, kind: StandingKind) -> String {
    by.map_or_else(|| standing_name(kind).to_owned(), |by| format!("{by} {did}"))
}

/// The words that limit it, where there are some.
pub(crate) fn scope(standing: &Standing) -> Option<String> {
    standing.scope.as_deref().map(flat).filter(|scope| !scope.is_empty())
}

/// A kind of standing by itself.
pub(crate) fn standing_name(kind: StandingKind) -> &'static str {
    match kind {
        StandingKind::Unverified => "not verified",
        StandingKind::Denied => "denied",
        StandingKind::Disputed => "disputed",
        StandingKind::Undetermined => "not known",
        StandingKind::Pending => "pending",
        StandingKind::Retracted => "retracted",
        StandingKind::Confirmed => "confirmed",
        StandingKind::DeclinedToComment => "comment declined",
        StandingKind::NoCommentYet => "no comment yet",
        StandingKind::CommentSought => "comment sought",
    }
}

/// The standings that concern none of the statements, each with its clause.
pub fn unbound(record: &Record, cast: &Cast<'_>) -> Vec<String> {
    record.unbound.iter().map(|found| standing_and_clause(found, cast)).collect()
}

/// A standing and the words of the text that say so.
pub(crate) fn standing_and_clause(found: &Standing, cast: &Cast<'_>) -> String {
    format!("{}: {}", standing(found, cast), quoted(&found.text))
}

/// What the speaker does, where it isn't simply to state something: "deny", "not promise".
pub fn act(attribution: &Attribution) -> Option<String> {
    let name = name_of(serde_json::to_value(attribution.act)).replace('-', " ");
    match (attribution.act, attribution.negated) {
        (Act::State, false) => None,
        (_, false) => Some(name),
        (_, true) => Some(format!("not {name}")),
    }
}

/// To whom, through what, at which event and when it was said, as far as the text tells: each
/// with the name of what it is.
pub fn circumstances(attribution: &Attribution, cast: &Cast<'_>) -> Vec<(&'static str, String)> {
    let to = attribution.addressee.as_ref().map(|addressee| {
        // As a source, so that the name stands beside words that lack it.
        let source = Attribution {
            source: Some(sayso::record::TextSpan { start: 0, end: 0, text: addressee.text.clone() }),
            actor: addressee.actor.clone(),
            ..Attribution::default()
        };
        let name = cast.beside(&source).map(|name| format!(" ({name})")).unwrap_or_default();
        flat(&addressee.text) + &name
    });
    let medium = attribution.medium.as_ref().map(|span| flat(&span.text));
    let occasion = attribution.occasion.as_ref().map(|span| flat(&span.text));
    let when = attribution.when.as_ref().map(|when| flat(&when.text) + &days(when));
    let all = [("told to", to), ("medium", medium), ("occasion", occasion), ("when", when)];
    all.into_iter()
        .filter_map(|(what, words)| Some((what, words?)))
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

/// " (3 March 2016)" or " (3 March 2016 to 9 March 2016)"
fn days(when: &When) -> String {
    let day = |day: &Option<String>| day.as_deref().map(dated).filter(|day| !day.is_empty());
    match (day(&when.from), day(&when.to)) {
        (Some(from), Some(to)) if from == to => format!(" ({from})"),
        (Some(from), Some(to)) => format!(" ({from} to {to})"),
        (Some(from), None) => format!(" (from {from})"),
        (None, Some(to)) => format!(" (until {to})"),
        (None, None) => String::new(),
    }
}

/// The hedges, each with what it makes less certain.
pub(crate) fn hedges(attribution: &Attribution) -> Vec<String> {
    let hedge = |hedge: &Hedge| format!("{} ({})", quoted(&hedge.text), hedged(hedge.of));
    attribution.hedges.iter().map(hedge).collect()
}

/// The hedges whose words a reader of cue and content doesn't see.
pub fn hedges_elsewhere(attribution: &Attribution) -> Vec<String> {
    let shown = || attribution.cue.iter().chain(&attribution.content).chain(&attribution.source);
    let is_shown = |hedge: &Hedge| shown().any(|span| span.start <= hedge.start && hedge.end <= span.end);
    let elsewhere = attribution.hedges.iter().filter(|hedge| !is_shown(hedge));
    elsewhere.map(|hedge| quoted(&hedge.text)).collect()
}

/// What a hedge makes less certain.
pub(crate) fn hedged(of: HedgeOf) -> &'static str {
    match of {
        HedgeOf::Report => "whether it was said",
        HedgeOf::Content => "what was said",
    }
}

/// In quotation marks, unless the words begin with some of their own.
fn quoted(words: &str) -> String {
    let words = flat(words);
    if words.starts_with(['“', '"', '‘']) { words } else { format!("“{words}”") }
}

/// The agency whose words the article carries: "words of Reuters".
pub fn wire(record: &Record, cast: &Cast<'_>) -> Option<String> {
    record.article.wire.as_deref().map(|id| format!("words of {}", cast.who(id)))
}

/// The kind as a word.
pub(crate) fn kind_name(kind: ActorKind) -> String {
    name_of(serde_json::to_value(kind))
}

/// A name as JSON has it, so that there is one list of them.
pub(crate) fn name_of(json: serde_json::Result<serde_json::Value>) -> String {
    json.ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_in_plain_words() {
        let shown = |act, negated| super::act(&Attribution { act, negated, ..Attribution::default() });
        assert_eq!(shown(Act::State, false), None);
        assert_eq!(shown(Act::State, true).as_deref(), Some("not state"));
        assert_eq!(shown(Act::ExpressConcern, false).as_deref(), Some("express concern"));
        assert_eq!(shown(Act::Promise, true).as_deref(), Some("not promise"));
    }

    #[test]
    fn days_are_told_once() {
        let shown = |from: Option<&str>, to: Option<&str>| {
            let (from, to) = (from.map(str::to_owned), to.map(str::to_owned));
            days(&When { start: 0, end: 0, text: String::new(), from, to })
        };
        assert_eq!(shown(Some("2016-03-03"), Some("2016-03-03")), " (3 March 2016)");
        assert_eq!(shown(Some("2016-03-03"), Some("2016-03-09")), " (3 March 2016 to 9 March 2016)");
        assert_eq!(shown(None, Some("2016-03-09")), " (until 9 March 2016)");
        assert_eq!(shown(None, None), "");
    }
}
