//! Articles of a sentence or two, and what their briefs say.

use sayso_text::Article;

use super::BriefOptions;
use crate::Engine;

/// An article; words that its brief holds; words that it doesn't.
const CASES: [(&str, &[&str], &[&str]); 76] = [
    (
        "Lanu and Ketra Oden spoke on Monday. Mr. Oden said that the mayor had shown disrespect to his wife. Ms. Oden said \
         that she had not slept since the flood.",
        &["Mr. Oden said that the mayor", "Ms. Oden said that she"],
        &["Ketra Oden said"],
    ),
    (
        "The scene played out in August, when the mayor Ada Quist threw famous Norvalian reporter Joren Rask out of a hall. \
         Rask said that the mayor would lose the vote in the town.",
        &["Joren Rask said that"],
        &["Quist threw famous Norvalian reporter Joren Rask said"],
    ),
    (
        "Despite a month of rain, the harbor of Brodna has lost none of its ships to other ports, according to a Gazette survey released on Thursday.",
        &["According to a Gazette survey released on Thursday, despite a month"],
        &[],
    ),
    (
        "Ana Brell backed away from a plan to close the bridge. Instead, Brell told CNN, her plan would merely be “to mend it” if she wins the vote.",
        &["told CNN that her plan would"],
        &["CNN, her"],
    ),
    (
        "Ana Brell spoke about the port. “The port is a matter of pride for everybody who lives here,” Brell told Bloomberg News in October. “We will keep it.”",
        &["told Bloomberg News in October, “The port"],
        &[],
    ),
    (
        "“I would be very firm with all of the owners of the ships,” Ana Brell said at one point during the campaign. She left.",
        &["Ana Brell said at one point during the campaign, “I"],
        &[],
    ),
    (
        "Tom Crane says that the port matters. “As a result, she developed into a strong force in the town of Brodna,” Tom Crane says. “Even her friends came second to the ships of the port.”",
        &["Crane says, “[…] she developed", "Crane says, “Even her"],
        &["As a result"],
    ),
    (
        "Former prosecutor and Old Brodna City Mayor Ada Quist praised the bridge. Quist said that the bridge was safe for a year.",
        &["Ada Quist said that the bridge"],
        &["Mayor Ada"],
    ),
    (
        "Tom Crane said that this year’s fair of ships would be held in the harbor of Brodna in October.",
        &["this year’s fair"],
        &[],
    ),
    (
        "Part of it is that Republicans think the low rates of the bank have just helped the big cities. Another is that Republicans who came of age in the war see rising prices everywhere.",
        &[],
        &["Republicans who came of age in the war think"],
    ),
    (
        "46 percent of voters said they trusted the mayor of the town more than they trusted the council.",
        &["Forty-six percent of voters said"],
        &["46 percent of"],
    ),
    (
        "The bridge was closed. Odell, however, had two offers, according to the board of the harbor of Brodna.",
        &[],
        &["however"],
    ),
    (
        "Surrogates (like top aide Tom Crane, who called the plan “a disaster”) went on television for days.",
        &[],
        &["Like top"],
    ),
    (
        "Ana Brell may want to check her figures. Ana Brell said that the bridge of the town was safe.",
        &["According to the article, Ana Brell may want"],
        &[],
    ),
    (
        "ALDERMOOR, Sept. 28 (UPI) — Officials left. The bridge of the town was closed for two days in the summer of 2015.",
        &["United Press International"],
        &[],
    ),
    (
        "Ana Brell, the mayor, didn’t apologize for her words about the bridge of the town. Then she left.",
        &[],
        &["did n’t"],
    ),
    (
        "With party leaders worried about a lack of money for the new bridge, Ana Brell spoke.",
        &[],
        &["leaders worried"],
    ),
    (
        "Facing a winter without grain, many farmers would hope that the harbor opens by May.",
        &[],
        &["would hope"],
    ),
    (
        "Ildefonso Guajardo Villarreal left. Mr. Guajardo Villarreal said that the plan was late. “It is late by a whole \
         year,” he said.",
        &[],
        &["Villarreal Villarreal", " Villarreal said, “It"],
    ),
    (
        "The transcript of the debate–published by the Gazette–shows that Ana Brell talked about the bridge.",
        &[],
        &["Gazette shows"],
    ),
    (
        "Officials left. It’s unclear whether a vote on the measure will be held, according to Ana Brell.",
        &[],
        &[", It’s"],
    ),
    ("Ana Brell, the mayor, unveiled the first draft of the plan for the new bridge.", &[], &["unveiled"]),
    (
        "The family, neighbors and two unions have demanded that the police release the recording of it. Ana Brell spoke.",
        &["The family, neighbors and two unions have demanded that"],
        &["unions, have"],
    ),
    (
        "Relief agencies worked all night. Kestria insisted that the harbor stay open for the grain of the basin.",
        &["Kestria insisted that the harbor stay open"],
        &["said that the harbor stay"],
    ),
    ("An account of the flood and of those whom it drove from the valley in May.", &[], &["account"]),
    (
        "The Union is late. Kestria denies the whole story. Kestria says it is a forgery made by its enemies.",
        &[],
        &["it is a forgery"],
    ),
    (
        "“We saw it coming from afar,” said Ana Brell, 58, a teacher who climbed to her roof. Then she left the town.",
        &["Ana Brell, 58, a teacher who climbed to her roof, said, “We saw it coming from afar.”"],
        &[],
    ),
    (
        "Davan Orlec, the minister, claimed that the talks had failed badly. “There is no trust left at all,” he said.",
        &[
            "Davan Orlec, the minister, said that the talks had failed badly.",
            "Orlec said, “There is no trust left at all.”",
        ],
        &["claimed", "He said"],
    ),
    (
        "The company claimed that its fighters had mined the dam. The claim has not been verified.",
        &["The claim has not been verified."],
        &[],
    ),
    (
        "Kestria had offered to pull its ships back, two officials said on Monday. The Kestrian navy denied it.",
        &["denied it."],
        &[],
    ),
    (
        "The dam could fail by Monday, according to Ana Brell, who runs the water board.",
        &["According to Ana Brell", "the dam could fail by Monday."],
        &[],
    ),
    ("He said that they would leave the harbor town by Friday morning.", &[], &["He said", "they would"]),
    (
        "Ana Brell met the minister, Davan Orlec. Brell said that he had never told her of the broken gate.",
        &[],
        &["he had never"],
    ),
    ("“No,” said Ana Brell, the mayor of Upper Sarn.", &[], &["“No"]),
    (
        "Officials say the bridge \"may never be as strong as it was\" before the flood of last year.",
        &["Officials say the bridge “may never be as strong as it was” before the flood of last year."],
        &["\""],
    ),
    ("I told the mayor that we would not leave the valley before the rain.", &[], &["we would"]),
    (
        "The Daily Lantern, citing two officials, reported that the bridge had been closed since the storm in May.",
        &["The Daily Lantern"],
        &[],
    ),
    (
        "Port Sallow sits at the mouth of the only river in the basin that ships can use.",
        &["Port Sallow sits"],
        &["port Sallow"],
    ),
    (
        "Language unclear on whether single mothers are covered, experts say.\n\nThe plan of the mayor is new.",
        &[],
        &["language unclear"],
    ),
    ("Member of House panel says the town has to keep the gates of the dam closed.", &[], &["Member of"]),
    (
        "Ana Brell and Oto Lund call them \"wolves\" and describe their actions as crimes rather than acts of war.",
        &[],
        &["describe their actions"],
    ),
    (
        "My father bought land in Bridgeport with some of his friends, where they planned to take refuge when all fell apart.",
        &[],
        &["Bridgeport planned"],
    ),
    (
        "Ana Brell accused Oto Lund of being late, though a review of records indicates he has been a member since May.",
        &[],
        &["Lund has been", "Brell has been"],
    ),
    (
        "The proposals come years after many European countries agreed to share a currency and to rely on one another.",
        &[],
        &["European countries agreed to share"],
    ),
    (
        "Ana Brell, like Oto Lund, has asked the towns to build dams but has said she will hold firm to the old treaty.",
        &[],
        &["like Oto Lund, has said"],
    ),
    (
        "A source said that the van was late for the ceremony. Another source said that the escort had left the square. The \
         mayor had told the police that she wanted no escort at all, the source added.",
        &["Another source said that the mayor"],
        &["The source said that the mayor"],
    ),
    (
        "“Let everyone know that the town must be able to defend itself,” President FranÃ\u{83}Â§ois Hollande said.",
        &[],
        &["Hollande"],
    ),
    (
        "The new plan is vague about who would be paid, labor experts say, including a rule that could exclude mothers.",
        &["who would be paid, including a rule"],
        &["paid including"],
    ),
    (
        "Ana Brell praised Lester Holt. Tom Brell accused Holt of being late, though a review of records indicates he has been \
         a member since May.",
        &[],
        &["Brell has been"],
    ),
    (
        "However debates in themselves are not likely to alter the campaign of the towns, Ana Brell noted.",
        &["that debates in themselves"],
        &["However"],
    ),
    (
        "Brell comments Tuesday on the shooting death of Tom Crane came as the facts were still being gathered.",
        &[],
        &["Brell comments"],
    ),
    (
        "Ana Brell said “they exaggerate” the level of the water through a “misleading use of figures.”",
        &[],
        &["said, “they exaggerate” the"],
    ),
    (
        "Sen. Oto Lund spoke. “We will vote for the new bridge in the spring,” Lund wrote on Friday. Heidi Lund stood by. \
         “We will never vote for it in our lives,” Lund said later.",
        &["“We will vote for the new bridge in the spring.”"],
        &["We will never vote"],
    ),
    (
        "For Ana Brell, the answer is no, though nobody asked again. Ana Brell said that she should be the one exception to it.",
        &["Ana Brell said that she should be"],
        &["the answer is no, said"],
    ),
    (
        "Zero Hedge said on Friday that the harbor would close in May. Zero Hedge said that the ferry would stop as well.",
        &["Zero Hedge said that the ferry"],
        &[],
    ),
    (
        "And as Ana Brell pointed out, rulings of the court have a lasting effect on the towns of the valley.",
        &["Ana Brell pointed out that rulings of the court"],
        &["pointed out,"],
    ),
    (
        "Supporters of the mayor responded with chants of “We will stay here all night” until she spoke up.",
        &[],
        &["chants of,"],
    ),
    (
        "Hallam Steel rose by two crowns. The index was held back by a drop in the oil giant Brask Mobil. The company \
         reported on Friday that its profit was the smallest in 17 years.",
        &[],
        &["Hallam Steel reported"],
    ),
    (
        "Tom Crane, a mason, bought the quarry in May. “Nobody else in the whole valley wanted it,” Mr. Crane said.",
        &["Tom Crane, a mason, said, “Nobody else"],
        &[],
    ),
    (
        "However laudable the goal, raising the toll of the bridge “is a misguided approach,” said Ana Brell, the mayor.",
        &[],
        &["that laudable"],
    ),
    (
        "“My hope for now,” Ana Brell, the mayor, said, “is that the ferry runs again before the first of May.”",
        &[],
        &["for now, is"],
    ),
    (
        "“I am prouder of you than I can say,” Ana Brell, the mayor, told some of the miners of the valley.",
        &[],
        &["told some"],
    ),
    (
        "Some members, including Senator Ana Brell of Norvale, were willing to vote for the dam. “The council was not interested \
         in our votes,” Ms. Brell said in an interview.",
        &[],
        &["Some members, including Senator Ana Brell of Norvale, said"],
    ),
    (
        "Ana Brell sings on Friday. Putting the show together, Brell said, allowed her to “look at the valley again,” too.",
        &["said that putting the show together allowed"],
        &[],
    ),
    (
        "Ana Brell spoke first. The governor said the valley needs to secure its dams, but that she would not support a \
         new toll on the bridge.",
        &[],
        &["that Ana Brell would not", "that Brell would not"],
    ),
    (
        "Ana Brell governs Norvale. In her state, Brell said, crime has gone down by 20 percent since the spring of 2019.",
        &[],
        &["Brell said that crime", "Brell said crime"],
    ),
    (
        "BrellASSOCIATED PRESSNorvale Gov. Ana Brell answers a question. Brell said she would present a plan for the dams in May.",
        &[],
        &["PRESS"],
    ),
    (
        "Ana Brell, the pilot known as “Osprey,” stated that she had flown over the town of Brodna on Monday.",
        &["Ana Brell stated that she had flown"],
        &["“Osprey,"],
    ),
    (
        "The ad, which — as columnist Oto Lund noted in the Gazette — promises to “keep the harbor of Brodna open for all of us,” is new. Ana Brell said that the harbor of the town would stay open.",
        &["Ana Brell said that the harbor"],
        &["Lund promises"],
    ),
    (
        "Said Ana Brell, “The thought that the old bridge fell because of us is very painful to all of us here.”",
        &["Ana Brell said, “The thought"],
        &["Said,"],
    ),
    (
        "But as the nationalist Brodna Gazette tabloid noted in an op-ed Thursday, the mayor of the town “has surprisingly won himself a few friends in the north.”",
        &["noted in an op-ed Thursday that the mayor"],
        &["Thursday, the mayor"],
    ),
    (
        "The vote is in June, and Ana Brell has pledged to stay in the race through that contest. Ana Brell said that the harbor would stay open.",
        &["the harbor would stay open"],
        &["through that contest"],
    ),
    (
        "Brodna showed that an armed town can also be a safe one. A Gazette poll showed that the voters of Brodna want peace.",
        &["poll showed that the voters"],
        &["Brodna showed"],
    ),
    (
        "Chancellor Ana Brell condemned “such a murderous attack on the town” on Monday.",
        &["condemned “such"],
        &["condemned, "],
    ),
    (
        "Ana Brell said that she has not had much time to think about it (really?) and that she will work as a lawyer. Ana Brell said that the harbor of the town would stay open.",
        &["Ana Brell said that the harbor"],
        &["really"],
    ),
    (
        "Late Sunday, Brell won the vote in the harbor of Brodna, according to early returns.",
        &["According to early returns, late Sunday"],
        &[],
    ),
];

#[test]
fn small_articles() {
    let engine = Engine::embedded().expect("sound weights");
    for (article, has, lacks) in CASES {
        let prose = engine.brief(&[Article::from_text(article)], &BriefOptions::default()).prose();
        for words in has {
            assert!(prose.contains(words), "{article}\nbecomes\n{prose}\nwithout\n{words}");
        }
        for words in lacks {
            assert!(!prose.contains(words), "{article}\nbecomes\n{prose}\nwith\n{words}");
        }
    }
}

#[test]
fn hostile_articles_cost_little_and_break_nothing() {
    let engine = Engine::embedded().expect("sound weights");
    let long = "“A” said B, ".repeat(2000);
    for text in [
        "",
        " \n\n ",
        "“",
        "”said”",
        "X said",
        "\u{202e}said he that\u{0}",
        "𝒳 said “𝒴 is 𝒵 and more of it.”",
        &long,
    ] {
        let brief = engine.brief(&[Article::from_text(text)], &BriefOptions::default());
        for anchor in brief.sentences().flat_map(|sentence| &sentence.anchors) {
            let there: String = text.chars().skip(anchor.start).take(anchor.end - anchor.start).collect();
            assert_eq!(there, anchor.text);
        }
    }
}

#[test]
fn reprints_are_told_once_and_strangers_are_noted() {
    let engine = Engine::embedded().expect("sound weights");
    let text = "Ana Brell, the mayor, said that the dam was safe and would stay so. Tom Crane said that it had leaked since May.";
    let other = "Dr. Oto Lund warned that the harvest of beets would be the worst in forty years of farming.";
    let articles = [text, &format!("{text} Nobody else spoke."), other].map(Article::from_text);
    let brief = engine.brief(&articles, &BriefOptions::default());
    assert_eq!(brief.sources.len(), 2, "{brief:?}");
    assert!(
        brief.notes.iter().any(|note| note == "article 2 repeats article 1 and isn't told again"),
        "{brief:?}"
    );
    assert!(
        brief.notes.iter().any(|note| note.contains("names nobody whom another article names")),
        "{brief:?}"
    );
}

#[test]
fn the_same_articles_give_the_same_brief() {
    let engine = Engine::embedded().expect("sound weights");
    let text = "Ana Brell said that the dam was safe. Tom Crane said that the dam had leaked since May.";
    let articles = [Article::from_text(text), Article::from_text(format!("{text} Nobody else spoke."))];
    let options = BriefOptions::default();
    assert_eq!(engine.brief(&articles, &options), engine.brief(&articles, &options));
}
