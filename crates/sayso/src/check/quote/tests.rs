//! One quotation against one source each. The texts are invented.

use sayso_text::{Article, Document};

use super::*;

const COUNCIL: &str = "Valley council backs dam\n\n\
Mayor Ida Crane said on Monday that the dam was safe. “Nobody has to leave,” she said, “and nobody will.”\n\n\
“I do not think that this was a deliberate act,” said Sergeant Pell. “We have 14 witnesses and no suspect.”\n\n\
“If the rain stops by Friday, the school can open again,” the head teacher, Ruth Amory, told parents. “The roof is \
sound, but the cellar is a lake.”\n\n\
“They say that the river was never this high,” she added. “It would be wrong to claim that we were ready. We’ll sign \
the contract without a second vote as long as the bank agrees.”\n\n\
Opponents called the plan “a gift to three farmers” and “reassuringly vague”. The engineer, Tam Orrin, wrote: \
“The wall moved 2 millimeters in May. It has not moved since. Only the gauge on the east side was read every day, \
and I signed each page.\n\n\
“The other gauges were read by Mr. Sloane, who honoured the schedule – nothing more.”\n\n\
The council’s report says that the pumps were old. “Almost every pump had failed by noon,” it said.\n";

fn document() -> Document {
    Document::new(&Article::from_text(COUNCIL))
}

fn asked(asked: &Asked) -> String {
    let doc = document();
    let text = doc.text.as_str();
    match Sources::new(&[&doc]).verify(asked) {
        Verdict::Verbatim { places } => {
            let quoted = if places[0].quoted { "" } else { "unquoted " };
            let parts: Vec<&str> = places[0].parts.iter().map(|span| span.of(text)).collect();
            format!("{quoted}verbatim: {}", parts.join(" | "))
        }
        Verdict::Trimmed { cut, kind, .. } => format!("trimmed {kind:?}: {}", cut.of(text)),
        Verdict::Altered { changed, grave, .. } => {
            let shown = changed.iter().map(|change| {
                let brief = change.brief.of(asked.words);
                format!("{:?} {brief}/{}", change.kind, change.source.of(text))
            });
            format!("{}: {}", if grave { "altered" } else { "slip" }, shown.collect::<Vec<_>>().join("; "))
        }
        Verdict::Fabricated { nearest } => match nearest {
            Some(place) => format!("fabricated, near: {}", place.span.of(text)),
            None => "fabricated".to_owned(),
        },
        Verdict::Undecided => "undecided".to_owned(),
    }
}

fn check(quote: &str, expected: &str) {
    assert_eq!(asked(&Asked::words(quote)), expected, "{quote}");
}

fn check_verbatim(quote: &str) {
    let shown = asked(&Asked::words(quote));
    assert!(shown.starts_with("verbatim"), "{quote}: {shown}");
}

#[test]
fn style_is_no_difference() {
    check_verbatim("nobody has to leave.");
    check_verbatim("“Nobody has to leave,”");
    check_verbatim("[N]obody has to\nleave");
    check_verbatim("The wall moved two millimetres in May.");
    check_verbatim("who honored the schedule—nothing more");
    check_verbatim("who honored the schedule -- 'nothing more'");
    check_verbatim("we have fourteen witnesses, and no suspect");
    check_verbatim("the cella\u{301}r is a lake");
}

#[test]
fn openly_left_out_or_put_in() {
    check("The wall moved ... in May", "verbatim: The wall moved | in May");
    check("The wall moved […] It has not moved since.", "verbatim: The wall moved | It has not moved since");
    check("[The dam] moved 2 millimeters in May", "verbatim: moved 2 millimeters in May");
    check(
        "It has not moved since [May]. Only the gauge",
        "verbatim: It has not moved since | Only the gauge",
    );
    check("were read by [the caretaker], who honoured", "verbatim: were read by | who honoured");
    check("… read by Mr. Sloane …", "verbatim: read by Mr. Sloane");
}

#[test]
fn the_source_interrupts_itself() {
    check("Nobody has to leave, and nobody will.", "verbatim: Nobody has to leave | and nobody will");
    check("Nobody has to leave … and nobody will.", "verbatim: Nobody has to leave | and nobody will");
    check("I signed each page. The other gauges", "verbatim: I signed each page.\n\n“The other gauges");
    // A pause before the second part tells it from another's words.
    let shown = asked(&Asked::words("I do not think that this was a deliberate act. We have 14 witnesses"));
    assert!(shown.starts_with("verbatim"), "{shown}");
    // Two quotations side by side are not one in two parts.
    let shown = asked(&Asked::words("a gift to three farmers and reassuringly vague"));
    assert!(!shown.starts_with("verbatim"), "{shown}");
}

#[test]
fn outside_of_quotation_marks() {
    check("the pumps were old", "unquoted verbatim: the pumps were old");
    check("that the dam was safe", "unquoted verbatim: that the dam was safe");
}

#[test]
fn differences() {
    check("Nobody had to leave", "altered: Tense had/has");
    check("It has moved since. Only the gauge", "altered: Negation /not");
    check("We have 40 witnesses and no suspect", "altered: Number 40/14");
    check("were read by Mr. Orrin, who honoured the schedule", "altered: Name Orrin/Sloane");
    check("We have 15 witnesses", "altered: Number 15/14");
    check("the school may open again", "altered: Modal may/can");
    check("every pump had failed by evening", "altered: Word evening/noon");
    check("The wall has moved 2 millimeters in May", "altered: Tense has/");
    check("we will sign the contract", "slip: Contraction will/’ll");
    check("a gift for three farmers", "slip: Joining for/to");
    check("We have 14 witness and no suspect", "slip: Inflection witness/witnesses");
}

#[test]
fn few_words_need_their_surroundings() {
    check("reassuringly calm", "undecided");
    let near = Asked { words: "reassuringly calm", before: "Opponents called the plan", ..Asked::default() };
    assert_eq!(asked(&near), "altered: Word calm/vague");
    check("dreadful", "undecided");
    check("The Night of the Long Rain", "undecided");
}

#[test]
fn nowhere() {
    check("We were never told about the money", "fabricated");
    check("the pumps were old and someone will go to prison for it", "fabricated, near: the pumps were old");
}

#[test]
fn too_far_apart_or_in_another_order() {
    check("It has not moved since … The wall moved", "altered: Spliced The wall moved/The wall moved");
    check(
        "Nobody has to leave … I signed each page",
        "altered: Spliced I signed each page/I signed each page",
    );
}

#[test]
fn cuts_that_change_the_sense() {
    check("this was a deliberate act", "trimmed Negation: not think that");
    check("a deliberate act", "trimmed Negation: not think that this was");
    check("the school can open again", "trimmed Condition: If the rain stops by Friday");
    check("The roof is sound", "trimmed Contrast: but the cellar is a lake");
    check("the river was never this high", "trimmed Reported: They say that");
    check("we were ready", "trimmed Turned: wrong to claim that");
    check("We'll sign the contract", "trimmed Condition: without a second vote as long as the bank agrees");
    check("every pump had failed by noon", "trimmed Limit: Almost");
    check("the gauge on the east side was read every day", "trimmed Limit: Only");
    check("It has … moved since", "trimmed Negation: not");
}

#[test]
fn harmless_cuts() {
    check_verbatim("the cellar is a lake");
    check_verbatim("no suspect");
    check_verbatim("14 witnesses");
    check_verbatim("by Friday");
    check_verbatim("in May");
    check_verbatim("I signed each page");
    check_verbatim("If the rain stops by Friday");
}

#[test]
fn the_brief_carries_what_was_cut() {
    let check = |before: &str, words: &str, after: &str, around: &str| {
        let shown = asked(&Asked { words, before, after, around });
        assert!(shown.starts_with("verbatim"), "{words}: {shown}");
    };
    check("Sergeant Pell doubted that it was ", "a deliberate act", ".", "");
    check("Pell did not believe that it was ", "a deliberate act", ".", "");
    check("", "the school can open again", ", she said, if the weather allows it.", "");
    check("", "the school can open again", ", she said.", "It depends on whether the rain stops by Friday.");
    check("", "The roof is sound", ", she said.", "The cellar, though, is a lake.");
}

#[test]
fn an_editor_put_words_into_the_source() {
    let verdict = |words: &str| {
        let text =
            "“We [the council] knew of it, and they did [not] know the price,” Lee said. He left [at noon.";
        let doc = Document::new(&Article::from_text(text));
        Sources::new(&[&doc]).verify(&Asked::words(words))
    };
    assert!(matches!(verdict("We knew of it"), Verdict::Verbatim { .. }));
    assert!(matches!(verdict("We the council knew of it"), Verdict::Verbatim { .. }));
    assert!(matches!(verdict("and they did know the price"), Verdict::Altered { grave: true, .. }));
}

#[test]
fn places_in_several_sources() {
    let texts = ["The mayor said the dam was safe.", "“The dam was safe,” Lee said. “The dam was safe.”"];
    let docs = texts.map(|text| Document::new(&Article::from_text(text)));
    let Verdict::Verbatim { places } =
        Sources::new(&[&docs[0], &docs[1]]).verify(&Asked::words("the dam was safe"))
    else {
        panic!("it stands there");
    };
    let found: Vec<_> = places.iter().map(|place| (place.article, place.span.start, place.quoted)).collect();
    assert_eq!(found, [(1, 3, true), (1, 37, true), (0, 15, false)]);
}

#[test]
fn odd_quotations_are_no_trouble() {
    for quote in ["", "…", "[", "]", "[] … []", "\u{301}", "……[...]", "'", "— —"] {
        check(quote, "undecided");
    }
}
