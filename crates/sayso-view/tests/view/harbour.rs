//! Which small article do the views show in full?

use sayso::record::{
    Act, ActorKind, Addressee, Form, Hand, HandRole, Hedge, HedgeOf, Mention, MentionKind, OwnVoice, Record,
    Standing, StandingKind, TextSpan, When,
};

use crate::records::{Said, record, somebody, span};

pub(crate) const HARBOUR: &str = "Talks over the quay broke up\n\n\
    “The gate stays shut,” Ada Penrose said, “until the ferry pays.”\n\n\
    She told reporters that the mayor had promised a bridge. He could not be reached.\n\n\
    “We promised no bridge in those terms,” the Ferry Line answered in a statement on Thursday. \
    Traffic has perhaps doubled. A count by anglers has not been verified.\n\n\
    The works would cost £2m & more, according to a draft.";

/// An article with a nested statement, a split content and one with no source; actors of
/// several kinds, a chain, hedges, standings and circumstances.
pub(crate) fn harbour() -> Record {
    let said: &[Said<'_>] = &[
        ("Ada Penrose", "said", &["“The gate stays shut,”", "“until the ferry pays.”"], Form::Direct, 0),
        ("She", "told", &["that the mayor had promised a bridge"], Form::Indirect, 0),
        ("the mayor", "had promised", &["a bridge"], Form::Indirect, 2),
        ("the Ferry Line", "answered", &["“We promised no bridge in those terms,”"], Form::Direct, 0),
        ("", "according to a draft", &["The works would cost £2m & more"], Form::Indirect, 0),
    ];
    let mut record = record(HARBOUR, said);
    record.article.title = Some("Talks over the quay broke up".to_owned());
    record.article.outlet = Some("The Harbour Gazette".to_owned());
    record.article.byline = Some("Lucan Whitby".to_owned());
    record.article.published = Some("2025-11-06T02:41:00-05:00".to_owned());
    record.article.url = Some("https://gazette.example/quay?a=1&b=2".to_owned());
    record.article.wire = Some("p5".to_owned());
    add_actors(&mut record);
    add_known(&mut record);
    let own = span(HARBOUR, "Traffic has perhaps doubled.");
    let hedges = vec![hedge("perhaps", HedgeOf::Content)];
    record.own_voice = vec![OwnVoice { start: own.start, end: own.end, text: own.text, hedges }];
    let clause = "A count by anglers has not been verified";
    record.unbound = vec![standing(StandingKind::Unverified, None, clause, None)];
    record
}

fn add_actors(record: &mut Record) {
    let mut ada = somebody("p1", "Ada Penrose", ActorKind::Person);
    ada.parties = vec!["the quay".to_owned()];
    ada.party_reason = Some("she speaks of its gate".to_owned());
    let mut mayor = somebody("p2", "the mayor", ActorKind::Role);
    mayor.titles = vec![span(HARBOUR, "mayor")];
    let mut reporters = somebody("p4", "", ActorKind::Unnamed);
    let TextSpan { start, end, text } = span(HARBOUR, "reporters");
    reporters.mentions = vec![Mention { start, end, text, kind: MentionKind::Description }];
    record.actors = vec![
        ada,
        mayor,
        somebody("p3", "Ferry Line", ActorKind::Organisation),
        reporters,
        somebody("p5", "Coast Wire", ActorKind::Outlet),
        somebody("p6", "a draft", ActorKind::Document),
    ];
}

/// What is known of the statements beyond their words.
fn add_known(record: &mut Record) {
    let [gate, told, promise, denial, cost] = record.attributions.as_mut_slice() else { panic!("five") };
    gate.actor = Some("p1".to_owned());
    gate.act = Act::Demand;
    told.actor = Some("p1".to_owned());
    let TextSpan { start, end, text } = span(HARBOUR, "reporters");
    told.addressee = Some(Addressee { actor: Some("p4".to_owned()), start, end, text });
    promise.actor = Some("p2".to_owned());
    promise.act = Act::Promise;
    promise.status = vec![
        standing(
            StandingKind::Denied,
            Some("p3"),
            "“We promised no bridge in those terms,” the Ferry Line answered",
            Some("in those terms"),
        ),
        standing(StandingKind::CommentSought, Some("p2"), "He could not be reached", None),
    ];
    denial.actor = Some("p3".to_owned());
    denial.act = Act::Deny;
    denial.medium = Some(span(HARBOUR, "a statement"));
    let TextSpan { start, end, text } = span(HARBOUR, "on Thursday");
    let day = Some("2025-11-06".to_owned());
    denial.when = Some(When { start, end, text, from: day.clone(), to: day });
    cost.chain = vec![Hand { actor: "p6".to_owned(), role: HandRole::Document }];
    cost.hedges = vec![hedge("would", HedgeOf::Content)];
}

fn hedge(words: &str, of: HedgeOf) -> Hedge {
    let TextSpan { start, end, text } = span(HARBOUR, words);
    Hedge { start, end, text, of }
}

fn standing(kind: StandingKind, by: Option<&str>, clause: &str, scope: Option<&str>) -> Standing {
    let TextSpan { start, end, text } = span(HARBOUR, clause);
    Standing { kind, by: by.map(str::to_owned), start, end, text, scope: scope.map(str::to_owned) }
}
