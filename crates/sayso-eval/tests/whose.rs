//! Do the named cases of actors, chains, acts and standings come out right?
//!
//! The attributions are given by labels, so that only what is made of them is tested.

use std::sync::LazyLock;

use sayso::record::{Act, Actor, ActorKind, Attribution, Record, StandingKind};
use sayso::{Article, Engine, Given, Span};
use sayso_eval::labels;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the shipped weights"));

/// The record of a labelled text, with the labels' own attributions.
fn read(labelled: &str) -> Record {
    read_with(labelled, Article::default())
}

fn read_with(labelled: &str, metadata: Article) -> Record {
    let gold = labels::parse("case", labelled).expect("labels");
    let whole = |spans: &[Span]| spans.iter().copied().reduce(Span::cover);
    let given: Vec<Given> = gold
        .attributions
        .iter()
        .map(|a| Given { source: whole(&a.source), cue: whole(&a.cue), content: a.content.clone() })
        .collect();
    ENGINE.read_given(&Article { text: gold.text, ..metadata }, &given)
}

fn actor<'a>(record: &'a Record, attribution: &Attribution) -> Option<&'a Actor> {
    let id = attribution.actor.as_deref()?;
    record.actors.iter().find(|actor| actor.id == id)
}

/// Whom the sources become, in the order of the labels: a name, "-" for one without a name, "?"
/// where the text doesn't tell.
fn check(labelled: &str, expected: &[&str]) {
    let record = read(labelled);
    let name = |a: &Attribution| match actor(&record, a) {
        Some(actor) => actor.name.clone().unwrap_or_else(|| "-".to_owned()),
        None => "?".to_owned(),
    };
    let found: Vec<String> = record.attributions.iter().map(name).collect();
    assert_eq!(found, expected, "{labelled}");
}

#[test]
fn a_title_tells_the_gender_of_a_surname_that_is_a_given_name_too() {
    check(
        "⟦s1:Mrs. Warren⟧ ⟦c1:said⟧ ⟦q1:the quay was safe⟧. The harbour was busy. ⟦s2:She⟧ ⟦c2:added⟧ ⟦q2:that it would stay open⟧.",
        &["Warren", "Warren"],
    );
}

#[test]
fn names_begin_behind_what_tells_who_it_is() {
    check(
        "⟦s1:Deputy Secretary of State Ada Quist⟧ ⟦c1:said⟧ ⟦q1:no⟧. ⟦s2:Investigative Correspondent Nora Pell⟧ ⟦c2:said⟧ ⟦q2:yes⟧. \
         The former secretary of state Mary Levi was asked, and ⟦s3:Levi⟧ ⟦c3:said⟧ ⟦q3:nothing had changed⟧.",
        &["Ada Quist", "Nora Pell", "Mary Levi"],
    );
}

#[test]
fn a_pronoun_of_two_who_are_equally_likely_stays_open() {
    check(
        "Officials wrote about Anna Quist, about Mary Levi and about Nora Pell. The hall was full. ⟦s1:She⟧ ⟦c1:said⟧ ⟦q1:it went well⟧.",
        &["?"],
    );
}

#[test]
fn a_woman_may_be_chairman() {
    check(
        "⟦s1:Board Chairman Mary Levi⟧ ⟦c1:said⟧ ⟦q1:the quay was safe⟧. ⟦s2:She⟧ ⟦c2:added⟧ ⟦q2:that it would stay open⟧.",
        &["Mary Levi", "Mary Levi"],
    );
}

#[test]
fn a_foundation_gives_nobody_a_given_name() {
    check("⟦s1:Senator Quist⟧ ⟦c1:said⟧ ⟦q1:the Bill Quist Foundation would pay⟧.", &["Quist"]);
    check("⟦s1:Senator Quist⟧ ⟦c1:spoke⟧ ⟦q1:at the Ada Quist Victory Fund⟧.", &["Ada Quist"]);
}

#[test]
fn a_headline_names_only_whom_the_text_does() {
    check(
        "Will Lee Win The Harbour After The Debate?\n\nIt was late. ⟦s1:Lee⟧ ⟦c1:said⟧ ⟦q1:the quay would stay⟧ . Nobody knew what Lee will do.",
        &["Lee"],
    );
    check(
        "Ada Quist Goes After Harbour Owners\n\nIt was late. ⟦s1:The mayor⟧ ⟦c1:said⟧ ⟦q1:that Quist was right⟧, and ⟦s2:Quist⟧ ⟦c2:said⟧ ⟦q2:so too⟧.",
        &["mayor", "Ada Quist"],
    );
}

#[test]
fn a_first_lady_is_not_the_president() {
    check(
        "The first lady, Mina Obel, was there. ⟦s1:President Obel⟧ ⟦c1:said⟧ ⟦q1:it was late⟧. ⟦s2:Mr. Obel⟧ ⟦c2:said⟧ ⟦q2:no more⟧.",
        &["Obel", "Obel"],
    );
}

#[test]
fn a_title_may_be_a_surname() {
    check(
        "⟦s1:Charlie King⟧ ⟦c1:said⟧ ⟦q1:it rained⟧. ⟦s2:Mr. King⟧ ⟦c2:said⟧ ⟦q2:it had stopped⟧.",
        &["Charlie King", "Charlie King"],
    );
}

#[test]
fn whom_a_union_sued_is_not_the_union() {
    check(
        "⟦s1:The drivers' union, which sued Marlow Ltd,⟧ ⟦c1:said⟧ ⟦q1:it would strike⟧.",
        &["drivers' union"],
    );
}

#[test]
fn a_denial_is_about_what_it_tells() {
    let record = read(
        "⟦s1:Frank Kattle⟧ ⟦c1:insisted⟧ ⟦q1:that he had said no such thing⟧.\n\n\
         ⟦s2:Stanport Rovers⟧ ⟦c2:denied⟧ ⟦q2:reports that Kattle would be sacked⟧.",
    );
    assert_eq!(record.attributions[0].status, []);
    assert_eq!(record.unbound.len(), 1);
}

#[test]
fn endless_names_take_no_endless_time() {
    let text = "Bank of ".repeat(5_000) + "⟦s1:Ada Quist⟧ ⟦c1:said⟧ ⟦q1:so⟧.";
    assert_eq!(read(&text).attributions.len(), 1);
}

#[test]
fn two_with_one_surname() {
    // Who was named in full last is not who the bare surname means, and we don't guess.
    check(
        "⟦s1:Anna Brandt⟧ ⟦c1:said⟧ ⟦q1:the mill would close⟧. ⟦s2:Karl Brandt⟧ ⟦c2:said⟧ ⟦q2:it would not⟧.\n\n\
         ⟦s3:Brandt⟧ ⟦c3:said⟧ ⟦q3:the talks were over⟧. ⟦s4:Mrs. Brandt⟧ ⟦c4:said⟧ ⟦q4:they were not⟧.",
        &["Anna Brandt", "Karl Brandt", "?", "Anna Brandt"],
    );
    // One who is spoken of throughout keeps the surname.
    check(
        "⟦s1:Anna Brandt⟧ ⟦c1:said⟧ ⟦q1:the mill would close⟧. Anna Brandt has owned it since May. Anna Brandt lives there.\n\n\
         Her brother, Karl Brandt, left in June.\n\nThe mill stands on the river.\n\nIt is old.\n\n\
         ⟦s2:Brandt⟧ ⟦c2:said⟧ ⟦q2:the talks were over⟧.",
        &["Anna Brandt", "Anna Brandt"],
    );
}

#[test]
fn an_acronym() {
    check(
        "⟦s1:The Harbor Safety Commission⟧ ⟦c1:said⟧ ⟦q1:the crane was sound⟧. The owner disagrees. \
         ⟦s2:The HSC⟧ ⟦c2:said⟧ ⟦q2:it would look again⟧.",
        &["Harbor Safety Commission", "Harbor Safety Commission"],
    );
}

#[test]
fn a_spokesman_without_a_name() {
    let labelled = "⟦s1:A spokesman for the ministry⟧ ⟦c1:said⟧ ⟦q1:the gate was shut⟧. ⟦s2:He⟧ ⟦c2:added⟧ ⟦q2:that it was late⟧. \
        ⟦s3:The spokesman⟧ ⟦c3:declined⟧ ⟦q3:to say more⟧.";
    check(
        labelled,
        &["spokesman for the ministry", "spokesman for the ministry", "spokesman for the ministry"],
    );
    let record = read(labelled);
    assert_eq!(record.actors[0].kind, ActorKind::Role);
    assert_eq!(record.attributions[2].act, Act::Decline);
}

#[test]
fn a_group_with_members() {
    let record = read(
        "⟦s1:Ida Crane and Tom Voss⟧ ⟦c1:said⟧ ⟦q1:the gate was shut⟧. ⟦s2:Crane⟧ ⟦c2:said⟧ ⟦q2:it was late⟧.",
    );
    let group = actor(&record, &record.attributions[0]).expect("a group");
    assert_eq!(group.kind, ActorKind::Group);
    let members = record.actors.iter().filter(|actor| group.members.contains(&actor.id));
    let names: Vec<_> = members.filter_map(|actor| actor.name.as_deref()).collect();
    assert_eq!(names, ["Ida Crane", "Tom Voss"]);
    assert!(group.members.contains(record.attributions[1].actor.as_ref().expect("Crane")));
}

#[test]
fn a_document_is_a_source() {
    let record = read(
        "⟦s1:A report by the Harbor Commission⟧ ⟦c1:found⟧ ⟦q1:no fault⟧. ⟦s2:The report⟧ ⟦c2:says⟧ ⟦q2:the crane is sound⟧.",
    );
    let first = actor(&record, &record.attributions[0]).expect("a document");
    assert_eq!(
        (first.kind, first.name.as_deref()),
        (ActorKind::Document, Some("report by the Harbor Commission"))
    );
    assert_eq!(record.attributions[0].actor, record.attributions[1].actor);
}

#[test]
fn we_in_somebodys_words_is_their_side() {
    check(
        "⟦s1:French President Emmanuel Macron⟧ ⟦c1:said⟧, ⟦q1:“At times ⟦s2:we⟧ ⟦c2:said⟧ ⟦q2:that it was late⟧.”⟧",
        &["Emmanuel Macron", "France"],
    );
    // Of somebody without a side it stays unknown.
    check(
        "⟦s1:Ida Crane⟧ ⟦c1:said⟧, ⟦q1:“At times ⟦s2:we⟧ ⟦c2:said⟧ ⟦q2:that it was late⟧, and ⟦s3:I⟧ ⟦c3:think⟧ ⟦q3:it was⟧.”⟧",
        &["Ida Crane", "?", "Ida Crane"],
    );
}

#[test]
fn pronouns_titles_and_offices() {
    check(
        "⟦s1:The Kremlin⟧ ⟦c1:said⟧ ⟦q1:the talks were useful⟧. ⟦s2:Russian President Vladimir Putin⟧ ⟦c2:said⟧ ⟦q2:so⟧ too. \
         ⟦s3:The Russian leader⟧ ⟦c3:added⟧ ⟦q3:that it was late⟧. ⟦s4:Critics⟧ ⟦c4:disagreed⟧: ⟦q4:it was early⟧.",
        &["Kremlin", "Vladimir Putin", "Vladimir Putin", "-"],
    );
    check(
        "⟦s1:Olga Marsh, the mayor of Ostby,⟧ ⟦c1:said⟧ ⟦q1:the dam was safe⟧. ⟦s2:She⟧ ⟦c2:said⟧ ⟦q2:it would hold⟧. \
         ⟦q3:“It has held before,”⟧ ⟦s3:the mayor⟧ ⟦c3:said⟧.",
        &["Olga Marsh", "Olga Marsh", "Olga Marsh"],
    );
    let record = read("⟦s1:The White House⟧ ⟦c1:said⟧ ⟦q1:the talks were useful⟧.");
    assert_eq!(record.actors[0].parties, ["United States"]);
    assert_eq!(record.actors[0].kind, ActorKind::Organisation);
}

#[test]
fn chains_through_outlet_and_document() {
    let metadata = Article { byline: Some("Ann Lee, Associated Press".to_owned()), ..Article::default() };
    let record = read_with(
        "⟦s1:Der Spiegel⟧ ⟦c1:reported⟧ ⟦q1:that it had obtained a transcript of a conference call⟧. \
         ⟦c2:According to⟧ ⟦s2:the transcript⟧, ⟦q2:the harbor will close⟧. ⟦s3:Mayor Olga Marsh⟧ ⟦c3:was quoted as saying⟧ ⟦q3:“It is late.”⟧\n\n\
         ⟦s4:Tom Voss⟧ ⟦c4:said⟧ ⟦q4:it was not⟧.",
        metadata,
    );
    let name =
        |id: &str| record.actors.iter().find(|a| a.id == id).and_then(|a| a.name.clone()).unwrap_or_default();
    let chain =
        |i: usize| record.attributions[i].chain.iter().map(|hand| name(&hand.actor)).collect::<Vec<_>>();
    assert_eq!(chain(1), ["Associated Press", "Der Spiegel"]);
    assert_eq!(chain(2), ["Associated Press", "Der Spiegel", "transcript"]);
    assert_eq!(chain(3), ["Associated Press"]);
    assert_eq!(record.attributions[2].medium.as_ref().map(|m| m.text.as_str()), Some("a conference call"));
    assert_eq!(record.article.wire.as_deref().map(name).as_deref(), Some("Associated Press"));
}

#[test]
fn acts_hedges_and_circumstances() {
    let metadata = Article { published: Some("2016-03-18".to_owned()), ..Article::default() };
    let record = read_with(
        "⟦s1:Olga Marsh⟧ ⟦c1:told⟧ the Courier in an interview on Wednesday ⟦q1:that the troops must withdraw⟧. \
         ⟦s2:Tom Voss⟧ ⟦c2:did not say⟧ ⟦q2:that it could perhaps leak⟧. ⟦s3:Voss⟧ ⟦c3:admitted⟧ ⟦q3:that it was late⟧.",
        metadata,
    );
    let [told, denied, admitted] = &record.attributions[..] else { panic!("three") };
    assert_eq!((told.act, told.negated), (Act::Demand, false));
    assert_eq!(told.addressee.as_ref().map(|a| a.text.as_str()), Some("the Courier"));
    assert_eq!(told.medium.as_ref().map(|m| m.text.as_str()), Some("an interview"));
    let when = told.when.as_ref().expect("a day");
    assert_eq!((when.text.as_str(), when.from.as_deref()), ("on Wednesday", Some("2016-03-16")));
    assert_eq!((denied.act, denied.negated), (Act::State, true));
    assert_eq!(denied.hedges.iter().map(|h| h.text.as_str()).collect::<Vec<_>>(), ["could", "perhaps"]);
    assert_eq!((admitted.act, admitted.loaded), (Act::Admit, true));
}

#[test]
fn standings_are_bound_to_what_they_are_about() {
    let record = read(
        "⟦s1:The Courier⟧ ⟦c1:reported⟧ ⟦q1:that it had seen a letter about the dam⟧. ⟦c2:According to⟧ ⟦s2:the letter⟧, ⟦q2:the mayor knew of the crack⟧.\n\n\
         ⟦s3:Tom Voss⟧ ⟦c3:said⟧ ⟦q3:the bread was dear⟧.\n\n\
         ⟦s4:The Gazette⟧ ⟦c4:has not verified⟧ ⟦q4:the letter⟧. ⟦s5:Voss⟧ ⟦c5:declined⟧ ⟦q5:to comment⟧.\n\n\
         An earlier version of this article misstated the year.",
    );
    let kinds = |i: usize| record.attributions[i].status.iter().map(|s| s.kind).collect::<Vec<_>>();
    // Who is asked beside the letter is asked about it.
    assert_eq!(kinds(1), [StandingKind::Unverified, StandingKind::DeclinedToComment]);
    assert_eq!(kinds(2), []);
    let unbound: Vec<_> = record.unbound.iter().map(|s| (s.kind, s.text.as_str())).collect();
    assert!(
        unbound.contains(&(StandingKind::Retracted, "An earlier version of this article misstated the year")),
        "{unbound:?}"
    );
}

#[test]
fn what_nobody_says_is_the_outlets_own() {
    let record = read(
        "The dam is 40 years old. ⟦s1:Olga Marsh⟧ ⟦c1:said⟧ ⟦q1:it was safe⟧, though no report was published. It may leak.",
    );
    let own: Vec<_> = record.own_voice.iter().map(|own| own.text.as_str()).collect();
    assert_eq!(own, ["The dam is 40 years old.", "though no report was published", "It may leak."]);
    assert_eq!(record.own_voice[2].hedges[0].text, "may");
}

#[test]
fn a_byline_is_nobody_in_the_story() {
    check(
        "By Ann Cole\n\nThe bridge fell, ⟦s1:the mayor⟧ ⟦c1:said⟧. ⟦q2:“It was old,”⟧ ⟦s2:she⟧ ⟦c2:said⟧. ⟦q1:It was late⟧.",
        &["mayor", "?"],
    );
}

#[test]
fn bodies_of_two_states_stay_two() {
    let record = read(
        "⟦s1:The Ukrainian army⟧ ⟦c1:said⟧ ⟦q1:it had retreated⟧. ⟦s2:The Russian army⟧ ⟦c2:said⟧ ⟦q2:it had advanced⟧.",
    );
    let parties: Vec<_> =
        record.attributions.iter().map(|a| actor(&record, a).expect("an army").parties.clone()).collect();
    assert_eq!(parties, [["Ukraine"], ["Russia"]]);
}

#[test]
fn relatives_and_namesakes_are_kept_apart() {
    check(
        "President Caldwell met aides. ⟦s1:His daughter, Meredith Caldwell,⟧ ⟦c1:urged⟧ ⟦q1:him to wait⟧.\n\n\
         ⟦s2:Mr. Caldwell⟧ ⟦c2:said⟧ ⟦q2:that the talks were over⟧.",
        &["Meredith Caldwell", "Caldwell"],
    );
    check(
        "⟦s1:George W. Bush⟧ ⟦c1:said⟧ ⟦q1:it was late⟧. ⟦s2:George H. W. Bush⟧ ⟦c2:said⟧ ⟦q2:it was not⟧. \
         ⟦s3:Donald Marsh⟧ ⟦c3:said⟧ ⟦q3:so⟧. ⟦s4:Donald Marsh Jr.⟧ ⟦c4:said⟧ ⟦q4:no⟧.",
        &["George W. Bush", "George H. W. Bush", "Donald Marsh", "Donald Marsh Jr."],
    );
    check(
        "⟦s1:Rep. Jim Jordan⟧ ⟦c1:said⟧ ⟦q1:it was late⟧. ⟦s2:Jordan⟧ ⟦c2:said⟧ ⟦q2:it was not⟧.",
        &["Jim Jordan", "Jim Jordan"],
    );
}

#[test]
fn a_critic_of_a_president_is_not_on_his_side() {
    let record = read(
        "⟦s1:Russian President Vladimir Putin⟧ ⟦c1:said⟧ ⟦q1:so⟧. ⟦s2:Oleg Marin, a Putin critic,⟧ ⟦c2:said⟧ ⟦q2:no⟧.",
    );
    let critic = actor(&record, &record.attributions[1]).expect("Marin");
    assert_eq!((critic.name.as_deref(), critic.parties.len()), (Some("Oleg Marin"), 0));
}

#[test]
fn somebody_without_a_name_may_be_meant() {
    check(
        "⟦s1:Attorney General Luis Ortega⟧ ⟦c1:said⟧ ⟦q1:he would look⟧.\n\n⟦s2:The hotel manager⟧ ⟦c2:said⟧ ⟦q2:it was busy⟧. \
         ⟦q3:“So many weddings,”⟧ ⟦s3:he⟧ ⟦c3:said⟧. ⟦s4:Neither Ortega nor Voss⟧ ⟦c4:said⟧ ⟦q4:more⟧.",
        &["Luis Ortega", "hotel manager", "hotel manager", "?"],
    );
}

#[test]
fn a_denial_is_not_bound_to_a_neutral_neighbour() {
    let record = read(
        "⟦s1:The chairwoman, Beatrice Acht,⟧ ⟦c1:said⟧, ⟦q1:“The presumption of innocence applies.”⟧\n\n\
         ⟦s2:Luca Bernardi⟧ ⟦c2:denied⟧ ⟦q2:the allegations⟧.",
    );
    assert!(record.attributions[0].status.is_empty());
    assert_eq!(record.unbound[0].kind, StandingKind::Denied);
}

#[test]
fn a_subject_is_meant_in_a_clause_that_hangs_on_its_own() {
    check(
        "⟦s1:Dale Prewitt, the governor,⟧ ⟦c1:said⟧ ⟦q1:no⟧. Bo Larrabee, the state treasurer and a Progress member, drove \
         to Tarn Forks for the meeting and was cheered when ⟦s2:he⟧ ⟦c2:promised⟧ ⟦q2:to cancel the share⟧.",
        &["Dale Prewitt", "Bo Larrabee"],
    );
}

#[test]
fn a_department_stands_for_a_state_that_the_text_names() {
    let parties = |labelled: &str| {
        let record = read(labelled);
        let actor = actor(&record, &record.attributions[0]).expect("an actor");
        actor.parties.clone()
    };
    let official = "⟦s1:An Education Department official⟧ ⟦c1:said⟧ ⟦q1:the test would be held⟧.";
    assert!(parties(official).is_empty());
    assert_eq!(parties(&format!("{official} The American test is older.")), ["United States"]);
    assert_eq!(parties(&format!("{official} The White House was silent.")), ["United States"]);
    let state = "⟦s1:The State Department⟧ ⟦c1:said⟧ ⟦q1:the talks were over⟧.";
    assert_eq!(parties(state), ["United States"]);
}
