//! Which passages stand in quotation marks?

use crate::document;

/// The text with every quotation in ⟦ ⟧; ⟧→ runs on into the next paragraph, ⟧? lacks
/// its closing mark.
#[track_caller]
fn check(expected: &str) {
    let text = expected.replace("⟧→", "").replace("⟧?", "").replace(['⟦', '⟧'], "");
    let doc = document(&text);
    // Sorted by place; at one place, ends come before starts and inner ends before outer.
    let mut signs = Vec::new();
    for quotation in &doc.quotations {
        let end = match (quotation.closed, quotation.continues) {
            (true, _) => "⟧",
            (false, true) => "⟧→",
            (false, false) => "⟧?",
        };
        signs.push((quotation.span.start, 1, quotation.depth, "⟦"));
        signs.push((quotation.span.end, 0, usize::MAX - quotation.depth, end));
    }
    signs.sort_unstable();
    let mut found = String::new();
    let mut at = 0;
    for (place, _, _, sign) in signs {
        found.push_str(&text[at..place]);
        found.push_str(sign);
        at = place;
    }
    found.push_str(&text[at..]);
    assert_eq!(found, expected);
}

#[test]
fn every_pair_of_marks() {
    check("⟦“Yes,”⟧ she said. ⟦“No.”⟧");
    check("⟦\"Yes,\"⟧ she said. ⟦\"No.\"⟧");
    check("⟦‘Yes,’⟧ she said. ⟦‘No.’⟧");
    check("⟦'Yes,'⟧ she said. ⟦'No.'⟧");
    check("⟦«Oui»⟧, dit-elle. ⟦« Non »⟧.");
    check("⟦»Ja«⟧, sagte sie. ⟦›Nein‹⟧.");
    check("⟦„Ja“⟧, sagte sie. ⟦‚Nein‘⟧.");
    check("⟦”Ja”⟧, sa hon. ⟦’Nej.’⟧");
    check("⟦``Yes,''⟧ she said. ⟦''No,''⟧ he said.");
    check("⟦‘‘Yes,’’⟧ she said. ⟦“No,’’⟧ he said. ⟦‘He told me ⟦‘no.’⟧’⟧");
    check("On CBS‘ show they said ⟦“so“⟧.");
    check("⟦‹Oui›⟧ and ⟦`yes'⟧.");
}

#[test]
fn apostrophes() {
    check("They don't mind the workers' rights.");
    check("It’s the voters’ choice in the ’90s, so give ’em ‘til noon.");
    check("rock 'n' roll and the '60s, 'twas said");
    check("⟦'They don't mind the workers' rights,'⟧ she said.");
    check("⟦‘I’m for the workers’ rights,’⟧ she said. ⟦‘It’s so.’⟧");
    check("⟦\"It's the workers' choice,\"⟧ she said.");
    check("He called it ⟦'a disgrace'⟧ in 'em all.");
}

#[test]
fn nesting() {
    check("⟦“He told me ⟦‘go away’⟧ and left,”⟧ she said.");
    check("⟦‘He told me ⟦“go away”⟧ and left,’⟧ she said.");
    check("⟦\"He told me ⟦'go away'⟧ and left,\"⟧ she said.");
    check("⟦\"He told me ⟦\"go away\"⟧ and left,\"⟧ she said.");
    check("⟦“He told me ⟦‘go away.’⟧”⟧");
    check("⟦“⟦‘Go away,’⟧ he told me.”⟧");
    check("⟦“A ⟦‘b ⟦“c”⟧ d’⟧ e”⟧");
}

#[test]
fn over_paragraphs() {
    check("⟦“First.⟧→\n\n⟦“Second.⟧→\n\n⟦“Third,”⟧ she said.");
    check("She said: ⟦\"First.⟧→\n\n⟦\"Second,\"⟧ she said.");
    check("⟦‘First.⟧→\n\n⟦‘Second,’⟧ she said.");
    check("⟦''First.⟧→\n\n⟦''Second,''⟧ she said.");
    check("⟦“First ⟦‘inner⟧→⟧→\n\n⟦“⟦‘more.’⟧ Done.”⟧");
}

#[test]
fn unpaired() {
    check("⟦“It rains all day.⟧?\n\nNobody minds.");
    check("He said ⟦“it rains.⟧? Nobody minds.");
    check("It rains,” she said. ⟦“Yes.”⟧");
    check("It rains,\" she said. ⟦\"Yes.\"⟧");
    check("⟦\"It rains, she said. ⟦\"Yes,\"⟧ he said.⟧?");
    check("He stopped. \"\n\nNobody minds.");
    check(
        "He said ⟦“it rains.⟧? Nobody minds.\n\n⟦“Yes.”⟧"
            .replace("⟧? Nobody minds.", " Nobody minds.⟧→")
            .as_str(),
    );
}

#[test]
fn odd_places() {
    check("He is 5'10\" tall and 6' wide, with a 12\" pipe.");
    check("⟦\"He is 5'10\" tall,\"⟧ she said.");
    check("⟦\"A 12\" pipe,\"⟧ she said.");
    check("Home » World » Europe");
    check("the ⟦“so-called”⟧—⟦“alleged”⟧—plan (⟦\"the plan\"⟧)");
    check("He said:⟦\"Yes\"⟧, then.");
    check("⟦“I was going to—”⟧ She stopped.");
    check("⟦\"I was going to—\"⟧ She stopped.");
    check("an empty ⟦“”⟧ pair");
}
