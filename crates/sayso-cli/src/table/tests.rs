//! Can the table be read at every width?

use sayso::record::{
    Act, Actor, ActorKind, Addressee, Hand, HandRole, Hedge, HedgeOf, OwnVoice, Standing, StandingKind, When,
};
use sayso::{Article, Engine};

use super::*;

fn shown(record: &Record, width: u16) -> String {
    render(record, "story.txt", Style { width, color: false })
}

#[test]
fn a_narrow_terminal_has_a_line_for_each_field() {
    let article = Article::from_text(
        "Mayor Ida Crane said on Monday that the dam was safe. \u{201c}Nobody has to leave,\u{201d} she said.",
    );
    let record = Engine::embedded().expect("weights").read(&article);
    for width in [59, 40, 20] {
        let shown = shown(&record, width);
        assert!(shown.contains("\nSource: Mayor Ida\u{20}") || width == 20, "{shown}");
        let longest = shown.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(usize::from(width)), "{width}: {shown}");
    }
}

fn span(text: &str) -> TextSpan {
    TextSpan { start: 0, end: text.chars().count(), text: text.to_owned() }
}

fn actor(id: &str, name: &str, kind: ActorKind) -> Actor {
    Actor {
        id: id.to_owned(),
        name: (!name.is_empty()).then(|| name.to_owned()),
        kind,
        titles: Vec::new(),
        affiliations: Vec::new(),
        parties: Vec::new(),
        party_reason: None,
        members: Vec::new(),
        mentions: Vec::new(),
    }
}

fn standing(kind: StandingKind, by: Option<&str>, scope: Option<&str>) -> Standing {
    let (by, scope) = (by.map(str::to_owned), scope.map(str::to_owned));
    Standing { kind, by, start: 0, end: 0, text: "It has not been verified".to_owned(), scope }
}

/// A statement with its source, the source's actor, its cue and content; "" for none.
fn said(i: usize, source: &str, actor: &str, cue: &str, content: &str) -> Attribution {
    let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    Attribution {
        id: format!("a{i}"),
        source: some(source).map(|words| span(&words)),
        actor: some(actor),
        cue: some(cue).map(|words| span(&words)),
        content: vec![span(content)],
        confidence: 0.91,
        ..Attribution::default()
    }
}

/// A transcript that came by another paper, with a denial and a refusal.
fn transcript() -> Record {
    let mut record = Engine::embedded().expect("weights").read(&Article::from_text("x"));
    record.article.title = Some("Macron warned of betrayal, transcript says".to_owned());
    record.article.outlet = Some("BBC".to_owned());
    record.article.wire = Some("p6".to_owned());
    record.actors = vec![
        actor("p1", "Emmanuel Macron", ActorKind::Person),
        actor("p2", "Der Spiegel", ActorKind::Outlet),
        actor("p3", "transcript", ActorKind::Document),
        actor("p4", "Élysée Palace", ActorKind::Organisation),
        actor("p5", "", ActorKind::Unnamed),
        actor("p6", "Reuters", ActorKind::Outlet),
        actor("p7", "a spokesman for the ministry", ActorKind::Role),
    ];
    let mut warned =
        said(1, "He", "p1", "reportedly warned", "that the US could betray Ukraine on territory");
    let hand = |actor: &str, role| Hand { actor: actor.to_owned(), role };
    warned.chain = vec![hand("p2", HandRole::Outlet), hand("p3", HandRole::Document)];
    warned.act = Act::Warn;
    warned.status = vec![
        standing(StandingKind::Denied, Some("p4"), Some("in those terms")),
        standing(StandingKind::Unverified, None, None),
    ];
    warned.hedges = vec![Hedge { start: 90, end: 99, text: "allegedly".to_owned(), of: HedgeOf::Report }];
    let mut asked = said(2, "The Élysée", "p4", "declined", "to comment on the call");
    asked.act = Act::Decline;
    asked.addressee = Some(Addressee { actor: None, start: 0, end: 3, text: "the BBC".to_owned() });
    let (from, to) = (Some("2025-12-04".to_owned()), Some("2025-12-04".to_owned()));
    asked.when = Some(When { start: 0, end: 0, text: "on Thursday".to_owned(), from, to });
    let concern = said(3, "officials", "p5", "expressed unease", "about the next round of the talks");
    let nested = said(4, "he", "", "wanted", "guarantees");
    let role = said(5, "A spokesman for the ministry", "p7", "said", "no date was set");
    let unknown = said(6, "She", "p99", "did not criticise", "the envoys");
    record.attributions = vec![
        warned,
        asked,
        Attribution { act: Act::ExpressConcern, ..concern },
        Attribution { parent: Some("a3".to_owned()), ..nested },
        role,
        Attribution { act: Act::Criticise, negated: true, ..unknown },
    ];
    record.unbound = vec![standing(StandingKind::Unverified, None, None)];
    record.own_voice = vec![OwnVoice { start: 0, end: 1, text: "x".to_owned(), hedges: Vec::new() }; 2];
    record
}

#[test]
fn a_table_with_all_that_is_known() {
    for width in [40, 60, 80, 120] {
        let shown = shown(&transcript(), width);
        let longest = shown.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(usize::from(width)), "{width}: {shown}");
        insta::assert_snapshot!(format!("{width}_columns"), shown);
    }
}

#[test]
fn a_record_cannot_steer_the_terminal() {
    let evil = "\u{1b}[2J\u{202e}x\n";
    let mut record = transcript();
    for actor in &mut record.actors {
        actor.name = Some(evil.to_owned());
    }
    for attribution in &mut record.attributions {
        attribution.id = evil.to_owned();
        attribution.addressee =
            Some(Addressee { actor: Some(evil.to_owned()), start: 0, end: 0, text: evil.to_owned() });
        attribution.status = vec![standing(StandingKind::Pending, Some(evil), Some(evil))];
    }
    for width in [40, 80, 120] {
        let shown = shown(&record, width);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    }
}
