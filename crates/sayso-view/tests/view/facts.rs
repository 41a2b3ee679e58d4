//! Is what the record knows of a statement said in plain words, and counted rightly?

use proptest::prelude::*;
use sayso::record::{ActorKind, Attribution, Hand, HandRole, HedgeOf, Record, Standing, StandingKind};
use sayso_view::cast::Cast;
use sayso_view::tally::{Tally, summary};
use sayso_view::{csv, facts, html, md};

use crate::harbour::harbour;
use crate::records::{any_record, bare, record, somebody};

fn check_standing(kind: StandingKind, by: Option<&str>, scope: Option<&str>, expected: &str) {
    let mut record = bare("x");
    record.actors = vec![somebody("p1", "Élysée Palace", ActorKind::Organisation)];
    let (by, scope) = (by.map(str::to_owned), scope.map(str::to_owned));
    let found = Standing { kind, by, start: 0, end: 0, text: String::new(), scope };
    assert_eq!(facts::standing(&found, &Cast::new(&record)), expected);
}

#[test]
fn standings_in_plain_words() {
    use StandingKind::*;
    let by = Some("p1");
    check_standing(Denied, by, Some("in those terms"), "denied by Élysée Palace (“in those terms”)");
    check_standing(Unverified, None, None, "not verified");
    check_standing(Unverified, by, None, "not verified by Élysée Palace");
    check_standing(Disputed, Some("p9"), None, "disputed by unknown actor p9");
    check_standing(Undetermined, by, Some(" "), "not known, according to Élysée Palace");
    check_standing(Pending, None, None, "pending");
    check_standing(DeclinedToComment, by, None, "Élysée Palace declined to comment");
    check_standing(NoCommentYet, by, None, "Élysée Palace has not commented");
    check_standing(CommentSought, by, None, "Élysée Palace was asked for comment");
    check_standing(CommentSought, None, None, "comment sought");
}

/// What stands beside the words of a source whose actor is that.
fn check_beside(words: &str, id: Option<&str>, name: &str, kind: ActorKind, expected: Option<&str>) {
    let mut record = record(words, &[(words, "", &[], sayso::record::Form::Indirect, 0)]);
    record.actors = vec![somebody("p1", name, kind)];
    record.attributions[0].actor = id.map(str::to_owned);
    assert_eq!(Cast::new(&record).beside(&record.attributions[0]).as_deref(), expected, "{words}");
}

#[test]
fn the_name_stands_beside_words_that_lack_it() {
    use ActorKind::*;
    let p1 = Some("p1");
    check_beside("He", p1, "Vladimir Putin", Person, Some("Vladimir Putin"));
    check_beside("President Putin", p1, "Vladimir Putin", Person, Some("Vladimir Putin"));
    check_beside("President Vladimir Putin, 73,", p1, "Vladimir Putin", Person, None);
    check_beside("the Kremlin", p1, "The Kremlin", Organisation, None);
    check_beside("critics", p1, "", Unnamed, Some("unnamed"));
    check_beside("A spokesman", p1, "a spokesman", Role, Some("role, no name"));
    check_beside("He", p1, "a spokesman", Role, Some("a spokesman; role, no name"));
    check_beside("He", None, "", Person, Some("?"));
    check_beside("The mayor", None, "", Person, None);
    check_beside("He", Some("p9"), "", Person, Some("unknown actor p9"));
    check_beside("He", p1, "", Person, Some("actor p1 without a name"));
}

#[test]
fn a_chain_has_both_ends() {
    let mut record = record("Macron x", &[("Macron", "", &["x"], sayso::record::Form::Indirect, 0)]);
    record.actors = vec![
        somebody("p1", "Der Spiegel", ActorKind::Outlet),
        somebody("p2", "transcript", ActorKind::Document),
        somebody("p3", "Reuters", ActorKind::Outlet),
    ];
    let hand = |actor: &str, role| Hand { actor: actor.to_owned(), role };
    let wire = hand("p3", HandRole::Wire);
    let others = [hand("p1", HandRole::Outlet), hand("p2", HandRole::Document)];
    let chain = |record: &Record| Cast::new(record).chain(&record.attributions[0]);
    assert_eq!(chain(&record), None);
    // The article's heading names the agency; alone it makes nothing second-hand.
    record.attributions[0].chain = vec![wire.clone()];
    assert_eq!(chain(&record), None);
    assert_eq!(Tally::new(&record, &Cast::new(&record)).second_hand, 0);
    record.attributions[0].chain = others.to_vec();
    assert_eq!(chain(&record).as_deref(), Some("this article ‹ Der Spiegel ‹ transcript ‹ Macron"));
    record.article.outlet = Some("BBC".to_owned());
    record.attributions[0].chain = [vec![wire], others.to_vec()].concat();
    assert_eq!(chain(&record).as_deref(), Some("BBC ‹ Reuters (wire) ‹ Der Spiegel ‹ transcript ‹ Macron"));
}

#[test]
fn the_summary_of_a_small_article() {
    let record = harbour();
    assert_eq!(
        summary(&record, &Cast::new(&record)),
        "5 statements: 3 named on the record, 1 unnamed, 2 second-hand, 1 disputed, 1 unattributed. \
         2 direct, 0 mixed, 3 indirect; 1 inside another. 1 sentence in the outlet’s own voice."
    );
}

#[test]
fn words_that_nobody_is_sure_of_are_unresolved() {
    let mut record = harbour();
    record.actors.clear();
    let tally = Tally::new(&record, &Cast::new(&record));
    let expected = Tally { second_hand: 2, disputed: 1, unresolved: 4, unattributed: 1, ..Tally::default() };
    assert_eq!(tally, expected);
    record.attributions[0].hedges =
        vec![sayso::record::Hedge { start: 0, end: 1, text: "T".to_owned(), of: HedgeOf::Report }];
    assert_eq!(Tally::new(&record, &Cast::new(&record)).second_hand, 3);
}

/// Letters and digits: what escapes, marks and white space leave of words.
fn bones(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// All that a record says of a statement beyond its words, wherever it stands in the text.
fn said(attribution: &Attribution) -> Vec<String> {
    let mut all: Vec<&str> = Vec::new();
    all.extend(attribution.addressee.iter().map(|to| to.text.as_str()));
    all.extend(attribution.medium.iter().chain(&attribution.occasion).map(|span| span.text.as_str()));
    all.extend(attribution.hedges.iter().map(|hedge| hedge.text.as_str()));
    all.extend(attribution.status.iter().filter_map(|standing| standing.scope.as_deref()));
    all.into_iter().map(bones).collect()
}

/// The ids of those whom a statement names and whom the record doesn't have.
fn unknown<'a>(attribution: &'a Attribution, cast: &Cast<'_>) -> Vec<&'a str> {
    let by = attribution.status.iter().filter_map(|standing| standing.by.as_deref());
    let named = attribution.actor.as_deref().into_iter().chain(by);
    named.filter(|id| cast.actor(id).is_none()).collect()
}

proptest! {
    #[test]
    fn nothing_that_a_record_says_disappears(record in any_record()) {
        let cast = Cast::new(&record);
        let (md, csv) = (bones(&md::render(&record, "x")), bones(&csv::rows(&record, "x")));
        let page = html::page(&[("x", &record)]).alone();
        let page = dom_query::Document::from(page.as_str());
        let notes = page.select(".note");
        let notes: String = notes.iter().map(|note| bones(&note.text())).collect();
        for attribution in &record.attributions {
            for words in said(attribution) {
                prop_assert!(md.contains(&words) && csv.contains(&words), "{}", words);
            }
            for hand in &attribution.chain {
                prop_assert!(csv.contains(&bones(&cast.who(&hand.actor))));
            }
            for id in unknown(attribution, &cast) {
                let shown = bones(&format!("unknown actor {id}"));
                prop_assert!(md.contains(&shown) && csv.contains(&shown), "{}", shown);
                // A statement without words in the text has no note; the page says so.
                if page.select(".note").length() == record.attributions.len() {
                    prop_assert!(notes.contains(&shown), "{}", shown);
                }
            }
        }
        for actor in &record.actors {
            let listed = bones(&page.select(".people").text());
            prop_assert!(listed.contains(&bones(actor.name.as_deref().unwrap_or_default())));
        }
    }

    #[test]
    fn each_statement_is_in_a_class(record in any_record()) {
        let tally = Tally::new(&record, &Cast::new(&record));
        let n = tally.named + tally.unnamed + tally.second_hand + tally.unresolved + tally.unattributed;
        prop_assert!(n >= record.attributions.len());
        prop_assert!(tally.disputed <= record.attributions.len());
    }
}
