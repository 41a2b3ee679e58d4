//! Do issues, positions, proposals and the matrix of several articles come out right?
//!
//! The attributions are given, so that only what is made of them is tested.

use std::sync::LazyLock;

use sayso::matrix::matrix;
use sayso::record::Record;
use sayso::{Article, Engine, Given, Span};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the shipped weights"));

/// The record of some sentences, each of source, cue and content with bars between.
fn read(sentences: &str) -> Record {
    let mut text = String::new();
    let mut given = Vec::new();
    for sentence in sentences.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut place = |part: &str| {
            let start = text.len();
            text.push_str(part);
            let span = Span::new(start, text.len());
            text.push(' ');
            span
        };
        let parts: Vec<Span> = sentence.split('|').map(str::trim).map(&mut place).collect();
        // What stands before the source, if there are four.
        let parts = &parts[parts.len().saturating_sub(3)..];
        text.pop();
        text.push_str(". ");
        if let [source, cue, content] = parts[..] {
            given.push(Given { source: Some(source), cue: Some(cue), content: vec![content] });
        }
    }
    ENGINE.read_given(&Article::from_text(text.trim_end()), &given)
}

/// "party: stance issue" of each position.
fn held(record: &Record) -> Vec<String> {
    let issue = |id: &str| record.issues.iter().find(|issue| issue.id == id).map_or("", |issue| &issue.name);
    let line = |position: &sayso::record::Position| {
        format!("{}: {} {}", position.parties.join(", "), position.stance.name(), issue(&position.issue))
    };
    record.positions.iter().map(line).collect()
}

/// Each line is a sentence and, behind an arrow, the stance and issue that it shows, or nothing.
#[track_caller]
fn check(lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (sentence, expected) = line.split_once("->").expect("an arrow");
        let party = sentence.split('|').next().unwrap_or_default().trim();
        let expected: Vec<String> = Some(expected.trim())
            .filter(|words| !words.is_empty())
            .map(|words| format!("{party}: {words}"))
            .into_iter()
            .collect();
        assert_eq!(held(&read(sentence)), expected, "{sentence}");
    }
}

#[test]
fn acts_show_where_one_stands() {
    check(
        "
        Germany | rejected | the ceasefire -> rejects ceasefire
        Germany | demanded | the withdrawal of all forces -> demands withdrawal
        Germany | has accepted | the ceasefire -> accepts ceasefire
        Germany | condemned | the annexation -> opposes annexation
        Germany | welcomed | the ceasefire -> supports ceasefire
        Germany | warned | that the stocks would run out -> concerned stocks
        Germany | asked | employers to hand over their lists -> demands lists
        Germany | accused | France of ignoring three written warnings -> accuses written warnings
        Germany | called for | the raw data to be released -> demands raw data
        Germany | disputed | the wording -> rejects wording
        Germany | refused | to sign the treaty -> rejects treaty
        Germany | said | it would accept the ceasefire only if the troops left -> conditional ceasefire
        Germany | said | it would never accept the annexation -> rejects annexation
        ",
    );
}

#[test]
fn what_is_denied_is_not_held() {
    check(
        "
        Germany | did not reject | the ceasefire ->
        Germany | did not demand | the withdrawal ->
        Germany | did not oppose | the ceasefire ->
        Germany | has not accepted | the ceasefire ->
        Germany | will not accept | the ceasefire -> rejects ceasefire
        Germany | said | it would not rule out sanctions ->
        Germany | said | it did not oppose the sanctions ->
        Germany | said | it no longer opposed the sanctions ->
        Germany | said | it was not concerned about the tariffs ->
        Germany | said | it had never demanded the tariffs ->
        ",
    );
}

#[test]
fn what_was_once_is_no_position() {
    check(
        "
        Germany | had opposed | the ceasefire ->
        Germany | had long backed | the ceasefire ->
        Germany | once opposed | the ceasefire ->
        Germany | had earlier rejected | the ceasefire out of hand ->
        Germany | said | it had earlier rejected the ceasefire out of hand ->
        Germany | has long opposed | the ceasefire -> opposes ceasefire
        Germany | has rejected | the ceasefire -> rejects ceasefire
        ",
    );
}

#[test]
fn what_is_asked_for_may_be_a_deed_against_the_point() {
    check(
        "
        Germany | urged | France to veto the peace plan -> opposes peace plan
        Germany | urged | France to reject the tariffs -> opposes tariffs
        Germany | urged | France to vote against the tariffs -> opposes tariffs
        Germany | asked | France to withdraw the permit -> opposes permit
        Germany | urged | France to block the merger -> opposes merger
        Germany | urged | France not to sign the treaty ->
        Germany | urged | France not to veto the treaty ->
        Germany | urged | France to sign the peace plan -> demands peace plan
        Germany | condemned | the vote against the sanctions ->
        ",
    );
}

#[test]
fn a_yes_may_hang_on_a_condition() {
    check(
        "
        Germany | supports | the ceasefire, but not at any price -> conditional ceasefire
        Germany | supports | the ceasefire, but not now ->
        Germany | welcomed | the ceasefire, but not the tariffs -> supports ceasefire
        Germany | has accepted | the ceasefire provided that France does too -> conditional ceasefire
        Germany | opposes | the ceasefire, but not at any price -> opposes ceasefire
        ",
    );
}

#[test]
fn names_of_issues_tell_what_it_is() {
    check(
        "
        Germany | opposed | the dead nuclear pact -> opposes nuclear pact
        Germany | rejected | a different test -> rejects test
        Germany | rejected | the whole school curriculum -> rejects school curriculum
        Germany | disputed | the same wording -> rejects wording
        Germany | opposes | the new peace plan -> opposes peace plan
        ",
    );
}

#[test]
fn who_stands_in_anothers_phrase_holds_nothing() {
    check(
        "
        The settlement between France and | Germany | calls for | a ceasefire ->
        The report by | Germany | opposes | the ceasefire ->
        ",
    );
    let text =
        "The agreement between Germany and France calls for a ceasefire, and Spain rejected the tariffs.";
    let held: Vec<String> = held(&ENGINE.read(&Article::from_text(text)));
    assert_eq!(held, ["Spain: rejects tariffs"]);
}

#[test]
fn a_claim_about_an_issue_is_no_position_on_it() {
    check(
        "
        Germany | denied | that the sanctions had hurt farmers ->
        Germany | rejected | claims that it had ended the ceasefire ->
        Germany | rejected | calls for the ceasefire to end ->
        Germany | praised | France for opposing the sanctions ->
        Germany | refused | to condemn the tariffs ->
        Germany | demanded | the lifting of sanctions -> opposes sanctions
        Germany | welcomed | the end of the blockade -> opposes blockade
        Germany | rejected | the lifting of sanctions ->
        Germany | said | the agreement was dead ->
        Germany | said | that France had accepted the ceasefire ->
        Germany | agreed | that the talks were useful ->
        ",
    );
}

#[test]
fn who_speaks_for_nobodys_side_is_no_party() {
    check(
        "
        An analyst | rejected | the ceasefire ->
        The poll | rejected | the ceasefire ->
        Lawyers for the company | rejected | the ceasefire ->
        Officials | rejected | the ceasefire ->
        An independent analysis | rejected | the ceasefire ->
        ",
    );
    let held_by = |sentence: &str| held(&read(sentence));
    assert_eq!(held_by("The families | rejected | the settlement"), ["The families: rejects settlement"]);
    assert_eq!(held_by("Aid groups | demanded | the ceasefire"), ["Aid groups: demands ceasefire"]);
    let union = "The Kestrian Nurses Union | rejected | the tariffs\nNobody in Kestria was asked";
    assert_eq!(held_by(union), ["Kestrian Nurses Union: rejects tariffs"]);
}

#[test]
fn silence_when_asked_is_a_stance() {
    let record = read(
        "Kestria | accused | Norvale of breaking the ceasefire\nNorvale | declined | to comment on the ceasefire",
    );
    assert_eq!(held(&record), ["Kestria: accuses ceasefire", "Norvale: silent ceasefire"]);
}

#[test]
fn a_plan_has_versions_and_responses() {
    let record = read(
        "Russia | said | it had not received a revised version of the US peace plan
         Germany | rejected | the initial US peace plan",
    );
    let [plan] = &record.proposals[..] else { panic!("{:?}", record.proposals) };
    assert_eq!((plan.name.as_str(), plan.proposed_by.as_deref()), ("US peace plan", Some("United States")));
    let labels: Vec<&str> = plan.versions.iter().map(|version| version.label.as_str()).collect();
    assert_eq!(labels, ["revised", "initial"]);
    let receipts: Vec<_> = plan.received.iter().map(|one| (one.party.as_str(), one.received)).collect();
    assert_eq!(receipts, [("Russia", false)]);
    let responses: Vec<_> =
        plan.responses.iter().map(|one| (one.party.as_str(), one.stance.name())).collect();
    assert_eq!(responses, [("Germany", "rejects")]);
}

#[test]
fn who_put_a_plan_forward() {
    let by = |sentence: &str| read(sentence).proposals.first().and_then(|plan| plan.proposed_by.clone());
    assert_eq!(by("Spain | has proposed | a peace plan").as_deref(), Some("Spain"));
    assert_eq!(by("Critics | said | Germany's peace plan was late").as_deref(), Some("Germany"));
    assert_eq!(by("Critics | said | Germany was offered a peace plan"), None);
    assert_eq!(by("Critics | said | the Iran nuclear deal was dead"), None);
    assert_eq!(by("Critics | said | the mayor's plan had failed"), None);
    assert_eq!(read("His lawyer | said | the Fifth Amendment protects him").proposals, []);
}

#[test]
fn several_articles_make_one_matrix_whatever_their_order() {
    let trade = read("Germany | rejected | the trade deal");
    let bare = read("France | accepted | the deal");
    for records in [[("a", &trade), ("b", &bare)], [("b", &bare), ("a", &trade)]] {
        let matrix = matrix(&records);
        assert_eq!(matrix.issues, ["trade deal"]);
        assert_eq!(matrix.cells.len(), 2);
    }
    // A bare name that may be either of two is neither.
    let peace = read("Spain | rejected | the peace deal");
    let mut issues = matrix(&[("a", &trade), ("b", &bare), ("c", &peace)]).issues;
    issues.sort();
    assert_eq!(issues, ["deal", "peace deal", "trade deal"]);
}

#[test]
fn figures_for_one_thing_stand_side_by_side() {
    let told = |a: &str, b: &str| -> Vec<Vec<String>> {
        let (a, b) = (read(a), read(b));
        let differing = matrix(&[("a", &a), ("b", &b)]).differing;
        differing.iter().map(|one| one.figures.iter().map(|figure| figure.text.clone()).collect()).collect()
    };
    let first = "Police | said | at least 46 people were killed by the flood and 300 homes were lost";
    let second = "Officials | said | the flood killed 52 people and 300 homes were lost";
    assert_eq!(told(first, second), [["at least 46 people", "52 people"]]);
    // Sharing a unit is not enough, and equal figures don't differ.
    assert_eq!(told("Talks lasted five hours, Ann Lee said", "The dog slept for two hours").len(), 0);
    assert_eq!(told(first, first).len(), 0);
}

#[test]
fn fewer_statements_leave_nothing_that_rests_on_the_others() {
    let text = "Germany rejected the ceasefire. France said that at least 46 people were killed. \
                Spain demanded the withdrawal of all troops, and had not received the revised peace plan, it said.";
    let options = sayso::ReadOptions { min_confidence: 0.99, ..sayso::ReadOptions::default() };
    let record = ENGINE.read_with(&Article::from_text(text), options);
    let ids: Vec<&str> = record.attributions.iter().map(|a| a.id.as_str()).collect();
    let figures = record.figures.iter().filter_map(|figure| figure.attributed_to.as_deref());
    let positions = record.positions.iter().flat_map(|position| &position.attributions);
    assert!(figures.chain(positions.map(String::as_str)).all(|id| ids.contains(&id)));
    assert!(ids.len() < ENGINE.read(&Article::from_text(text)).attributions.len());
}
