//! Where do sentences end?

use crate::document;

/// `expected` has " | " between sentences and " ¶ " between paragraphs.
#[track_caller]
fn check(text: &str, expected: &str) {
    let doc = document(text);
    let paragraphs = doc.paragraphs.iter().map(|paragraph| {
        let sentences = doc.sentences[paragraph.sentences.clone()].iter();
        sentences.map(|sentence| sentence.span.of(text)).collect::<Vec<_>>().join(" | ")
    });
    assert_eq!(paragraphs.collect::<Vec<_>>().join(" ¶ "), expected);
}

#[test]
fn plain_stops() {
    check("It rained. Nobody came! Why not?", "It rained. | Nobody came! | Why not?");
    check("What?! Really?? Yes.", "What?! | Really?? | Yes.");
    check("  It rained.   It stopped.  ", "It rained. | It stopped.");
    check("One.\n\nTwo.\nThree.", "One. ¶ Two. ¶ Three.");
}

#[test]
fn without_a_final_stop() {
    check("The end is open", "The end is open");
    check("It rained. The end is open\n\nMore", "It rained. | The end is open ¶ More");
    check("He listed three things:\n\nBread", "He listed three things: ¶ Bread");
}

#[test]
fn abbreviations() {
    check("Mr. Smith met Gov. Jay Inslee. They ate.", "Mr. Smith met Gov. Jay Inslee. | They ate.");
    check("Sens. Lee and Rep. Ann Poe, D-Calif., agreed.", "Sens. Lee and Rep. Ann Poe, D-Calif., agreed.");
    check(
        "It opens on Nov. 3 in St. Louis. Tickets sell.",
        "It opens on Nov. 3 in St. Louis. | Tickets sell.",
    );
    check("The U.S. Senate met at 9 p.m. Tuesday.", "The U.S. Senate met at 9 p.m. Tuesday.");
    check("He left the U.S. The court agreed.", "He left the U.S. | The court agreed.");
    check("It starts at 9 p.m. Doors open early.", "It starts at 9 p.m. | Doors open early.");
    check(
        "Acme Inc. shares fell. Acme Inc. It was late.",
        "Acme Inc. shares fell. | Acme Inc. | It was late.",
    );
    check("Use a map, e.g. Google’s. Fine.", "Use a map, e.g. Google’s. | Fine.");
    check(
        "She asked for No. 5. He said no. Then 5 came.",
        "She asked for No. 5. | He said no. | Then 5 came.",
    );
    check("Bob Casey Jr. (D-Pa.) voted. So did Lee.", "Bob Casey Jr. (D-Pa.) voted. | So did Lee.");
    check("TRENTON, N.J. (AP) — Rain fell. Wind rose.", "TRENTON, N.J. (AP) — Rain fell. | Wind rose.");
    check("ST. LOUIS — Rain fell.", "ST. LOUIS — Rain fell.");
}

#[test]
fn initials() {
    check("George W. Bush met J. K. Rowling. He left.", "George W. Bush met J. K. Rowling. | He left.");
    check("Rep. Robert C. \"Bobby\" Scott spoke.", "Rep. Robert C. \"Bobby\" Scott spoke.");
    check("They had a plan B. It failed.", "They had a plan B. | It failed.");
}

#[test]
fn numbers() {
    check("It cost $3.5 million. In 2014. 300 came.", "It cost $3.5 million. | In 2014. | 300 came.");
    check("Rates rose 0.25 points to 4.5%. Banks fell.", "Rates rose 0.25 points to 4.5%. | Banks fell.");
}

#[test]
fn quoted_sentences() {
    check("“We won.” They cheered.", "“We won.” | They cheered.");
    check("\"We won.\" \"Did we?\" \"Yes!\"", "\"We won.\" | \"Did we?\" | \"Yes!\"");
    check("“Why now?” he asked. Nobody knew.", "“Why now?” he asked. | Nobody knew.");
    check("“Why now?” Ms. Lee asked. Nobody knew.", "“Why now?” Ms. Lee asked. | Nobody knew.");
    check("“Never!” Prime Minister Lee said. He left.", "“Never!” Prime Minister Lee said. | He left.");
    check("‘It is late.’ She slept.", "‘It is late.’ | She slept.");
    check("«Il pleut.» Elle dort.", "«Il pleut.» | Elle dort.");
    check("„Es regnet.“ Sie schläft.", "„Es regnet.“ | Sie schläft.");
    check("He said, “She told me ‘Go.’” Then he went.", "He said, “She told me ‘Go.’” | Then he went.");
    check("``It rains.'' She slept.", "``It rains.'' | She slept.");
    check("He agreed. ''It rains,'' he said.", "He agreed. | ''It rains,'' he said.");
    check("It rains. ” She slept.", "It rains. ” | She slept.");
}

#[test]
fn unpaired_marks() {
    check("“It rains. She slept. He woke.", "“It rains. | She slept. | He woke.");
    check("It rains.” She slept.", "It rains.” | She slept.");
    check("\"It rains. She slept.", "\"It rains. | She slept.");
    check("”It rains. She slept.", "”It rains. | She slept.");
}

#[test]
fn ellipses() {
    check("He waited ... and waited. Then left.", "He waited ... and waited. | Then left.");
    check("He waited… Then left.", "He waited… | Then left.");
    check("It was over. … He left.", "It was over. | … He left.");
    check("It was over. ... He left.", "It was over. | ... He left.");
    check("It was over. . . . He left.", "It was over. . . . | He left.");
    check("It was . . . odd. He left.", "It was . . . odd. | He left.");
}

#[test]
fn brackets_and_slips() {
    check("He left. (She stayed.) They met.", "He left. | (She stayed.) | They met.");
    check("He left (she stayed.) and slept.", "He left (she stayed.) and slept.");
    check("The plan failed.The court agreed.", "The plan failed. | The court agreed.");
    check("He met them. the next day he left.", "He met them. | the next day he left.");
    check("See example.com. It works.", "See example.com. | It works.");
}
