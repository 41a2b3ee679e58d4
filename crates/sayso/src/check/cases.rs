//! Briefs of a sentence or two with what should be found, or nothing.

mod given;
mod mended;
mod turned;

use super::Code;
use crate::Engine;
use sayso_text::Article;

/// What is found at least (nothing at all where it is empty), a brief, an article.
const CASES: [(&str, &str, &str); 73] = [
    (
        "",
        "The Reform Left had its poorest showing in four decades.",
        "The Reform Left had its worst showing in forty years.",
    ),
    (
        "",
        "The party stood at 33 percent, down from 38, in September.",
        "The party stood at 33 percent, down from 38 percent in September.",
    ),
    (
        "",
        "An eruption of Mount Sarakpa in the coming days is possible, the observatory warned.",
        "Mount Sarakpa could erupt within days, the observatory warned on Tuesday.",
    ),
    (
        "quote-misattributed",
        "Leonard Brask said, “This isn't tax reform.”",
        "“This isn't tax reform,” said Douglas Holt, an economist. Leonard Brask, another, said that it was new.",
    ),
    (
        "",
        "Brell said that the bridge was not safe to cross.",
        "Asked whether the bridge was safe to cross, Brell said no.",
    ),
    ("", "Tobias Rell joined Lumenta from Norvane.", "Tobias Rell left Norvane for Lumenta."),
    ("", "The council's next meeting is on 3 November.", "The council does not meet until 3 November."),
    (
        "name-or-title-changed",
        "Graham told the Huffington Brask that the nominee could embrace a clean energy policy.",
        "Graham told The Huffington Post that the nominee could embrace a clean energy policy. He spoke on Monday.",
    ),
    (
        "",
        "Lumenta Q2 2026: operating profit fell to 4 million marks.",
        "Lumenta Group said that operating profit fell to 4 million marks in the second quarter of 2026.",
    ),
    (
        "",
        "Labour leader Raymond Oduya denied that anyone had threatened her.",
        "The Labour leader, Councillor Raymond Oduya, denied that anyone had threatened her. The meeting ran for five hours on Monday night.",
    ),
    (
        "",
        "CFO Arno Pell said that the company had set aside 55 million marks for claims.",
        "Finance chief Arno Pell said that the company had set aside 55 million marks for claims.",
    ),
    (
        "",
        "“We have moved on,” said UN envoy Solveig Aarnes.",
        "“We have moved on,” said Solveig Aarnes, the United Nations envoy who chairs the talks.",
    ),
    (
        "",
        "The explosion injured more than 200 people on Wednesday, the city council said.",
        "The explosion killed 17 people and injured 212 on Wednesday, the city council said.",
    ),
    (
        "",
        "The explosion injured about 200 people on Wednesday, the city council said.",
        "The explosion killed 17 people and injured 212 on Wednesday, the city council said.",
    ),
    (
        "",
        "Orrin's Defence Minister Hugo Marrable warned that his country would fight for its water.",
        "Orrin's defence minister, General Hugo Marrable, warned that his country would fight for its water.",
    ),
    (
        "",
        "Amadou Bele said that his government had not put any figure on the table.",
        "Ketu's foreign minister, Amadou Bele, denied that his government had put any figure on the table.",
    ),
    (
        "",
        "Amadou Bele said that no figure had been put on the table.",
        "Ketu's foreign minister, Amadou Bele, denied that his government had put any figure on the table.",
    ),
    (
        "",
        "Lenka Moravik denied that the company had ever stored more ammonium nitrate than its licence permits.",
        "Its chief executive, Lenka Moravik, said that the company had never stored more ammonium nitrate than its licence permits.",
    ),
    (
        "",
        "Operating profit fell to 214 million marks, below the 240 million that analysts had expected.",
        "Analysts polled by Harrow Financial had expected 240 million on average. Operating profit fell to 214 million marks.",
    ),
    (
        "",
        "“As long as it rings, he is somewhere,” Josip Hartl said.",
        "“As long as it rings,” he said, “he is somewhere.” Josip Hartl did not lie down.",
    ),
    (
        "",
        "All 41 councillors voted on the plan on Monday night, and it passed.",
        "The plan passed by 21 votes to 20 after a meeting of five hours on Monday night.",
    ),
    (
        "name-or-title-changed",
        "Sevland's president, Piet Laanen, offered to send 40 burn specialists.",
        "Sevland's prime minister, Piet Laanen, offered to send 40 burn specialists.",
    ),
    (
        "",
        "Viktor Danek wants Labour Minister Hana Solt to go.",
        "Opposition leader Viktor Danek called on Labour Minister Hana Solt to resign.",
    ),
    (
        "actor-swapped",
        "A Norvalian pilot boat rammed a Kestrian patrol.",
        "A Norvalian pilot boat was rammed by a Kestrian patrol.",
    ),
    (
        "actor-swapped",
        "Labour Minister Hana Solt called on opposition leader Viktor Danek to resign.",
        "Opposition leader Viktor Danek called on Labour Minister Hana Solt to resign.",
    ),
    (
        "hedge-dropped",
        "The dam leaked in May and will fail in a flood.",
        "The dam reportedly leaked in May and could fail in a flood.",
    ),
    (
        "attribution-lost",
        "The draft breaks the treaty.",
        "The draft breaks the treaty, according to Hanne Brusk, the chief negotiator.",
    ),
    (
        "name-or-title-changed",
        "The transport minister, Dame Cecily Rowe, is expected to give evidence.",
        "The trial continues on Thursday, when the former transport minister, Dame Cecily Rowe, is expected to give evidence.",
    ),
    (
        "name-or-title-changed",
        "“This road has been a car park with buses stuck in it,” said Ben Achtenberg, the cabinet member for transport.",
        "“This road has been a car park with buses stuck in it,” said Councillor Ben Achterberg, the cabinet member for transport.",
    ),
    (
        "quote-altered",
        "“You can't carry a washing machine home on the number 14,” Gillian Frobisher said.",
        "“You cannot carry a washing machine home on the number 14,” Gillian Frobisher told the chamber.",
    ),
    (
        "hedge-dropped",
        "Konrad Brandt left Merrow last year and is living in Portugal.",
        "Konrad Brandt left Merrow last year and is believed to be living in Portugal.",
    ),
    (
        "hedge-dropped",
        "Konrad Brandt lives in Portugal.",
        "Konrad Brandt left Merrow last year and is believed to be living in Portugal.",
    ),
    (
        "",
        "The mayor met the envoy of Norvale on Tuesday.",
        "The mayor met the envoy of Norvale on Nov. 4, a Tuesday, and left.",
    ),
    (
        "",
        "Nearly 50 bodies had been recovered by nightfall.",
        "The governor said 46 bodies had been recovered by nightfall.",
    ),
    ("", "Engineers found a leak in the dam.", "In May engineers found a leak in the dam."),
    ("", "Norvale met Kestria in the final on Sunday.", "Kestria met Norvale in the final on Sunday."),
    (
        "",
        "Generated on 7 November 2025 by a program called Briefly. The council approved the bus lane.",
        "The council approved the bus lane.",
    ),
    (
        "",
        "Vice-President Ada Penrose opened the bridge on Monday.",
        "The vice president, Ada Penrose, opened the bridge on Monday.",
    ),
    (
        "figure-changed",
        "The dam cost €2 million, the council said on Monday.",
        "The dam cost $2 million, the council said on Monday.",
    ),
    (
        "figure-changed",
        "Thousands of people marched to the harbour on Monday.",
        "Hundreds of people marched to the harbour on Monday.",
    ),
    (
        "figure-changed",
        "It was the third flood to hit the town of Ost since spring.",
        "It was the fourth flood to hit the town of Ost since spring.",
    ),
    (
        "quote-altered",
        "Ida Crane said: “We will [never] leave the town in winter.”",
        "“We will soon leave the town in winter,” Ida Crane said.",
    ),
    (
        "actor-swapped",
        "The board sued the union over the pensions in March.",
        "The union sued the board over the pensions in March.",
    ),
    ("", "Dozens of bodies had been recovered by nightfall.", "By nightfall 46 bodies had been recovered."),
    (
        "",
        "More than 40 bodies had been recovered by nightfall.",
        "By nightfall 46 bodies had been recovered.",
    ),
    (
        "name-or-title-changed",
        "Tom Crane said: “We will never leave the town in winter.”",
        "“We will never leave the town in winter,” Ida Crane said.",
    ),
    (
        "name-or-title-changed",
        "The finance director, Tobias Rell, said outside specialists had found no sign of a break-in.",
        "Its managing director, Tobias Rell, said a review by outside specialists had found no sign of a break-in.",
    ),
    (
        "",
        "The health minister, Ana Brell, will publish the contracts within 30 days of signature.",
        "Health Minister Ana Brell said she would publish all contracts within 30 days of signature.",
    ),
    (
        "name-or-title-changed",
        "Energy Minister Lena Crost said four miners were confirmed dead and 31 were brought out alive.",
        "Four miners have been confirmed dead and 31 were brought out alive, Deputy Energy Minister Lena Crost said.",
    ),
    (
        "",
        "The union is sending an envoy, Alber Nune, who is to report on March 21.",
        "The union said it would send an envoy, former Tamber prime minister Alber Nune, who is to report on March 21.",
    ),
    (
        "actor-swapped",
        "The army ordered the evacuation of three villages and the interior ministry said it was sending soldiers.",
        "The interior ministry ordered the evacuation of three villages and the army said it was sending soldiers.",
    ),
    (
        "",
        "Police put the march at about 1,200 people; organizers said more than 3,000.",
        "Police said about 1,200 people marched on Saturday; organizers put the figure at more than 3,000.",
    ),
    (
        "actor-swapped",
        "Fleet manager Greta Sund told engineer Daniel Proud on 2 December that the door seals were worn.",
        "An engineer, Daniel Proud, told the fleet manager, Greta Sund, on 2 December that the door seals were worn.",
    ),
    (
        "quote-trimmed",
        "Elena Marsh of the union called the decision to hold rates “painful”.",
        "Elena Marsh of the union called the decision to hold rates “painful but right”, and asked for patience.",
    ),
    (
        "chain-collapsed",
        "A leaked depot log showed that temperatures had climbed to 19C.",
        "The public broadcaster CBN, citing a leaked depot log, reported on Thursday that temperatures had risen to 19C.",
    ),
    (
        "",
        "A leaked depot log showed that temperatures had climbed to 19C, CBN reported.",
        "The public broadcaster CBN, citing a leaked depot log, reported on Thursday that temperatures had risen to 19C.",
    ),
    (
        "status-omitted",
        "Two advisers of the label accused the institute of being too close to a donor.",
        "Two advisers of the label accused the institute of being too close to a donor. The institute’s director rejected the accusation.",
    ),
    (
        "",
        "Turnout was 61%, the clerk, Alma Reyes, said, a level no mayoral contest has matched since 1998.",
        "Turnout was 61%, the clerk, Alma Reyes, said, the highest for a mayoral contest since 1998.",
    ),
    (
        "figure-changed",
        "The airline, Norvane, says its best offer included a raise of 12% over two years.",
        "Norvane said it had made its best offer, including a 12% raise over three years.",
    ),
    (
        "hedge-dropped",
        "Relief agencies in the basin warned last week that 40,000 households will be without flour by January.",
        "Relief agencies in the basin warned last week that 40,000 households could be without flour by January.",
    ),
    (
        "date-changed",
        "Chief executive Tom Crane told the unions on Saturday that the lowest paid would get a raise of 12 crowns.",
        "Chief executive Tom Crane told the unions on Tuesday that the lowest paid would get a raise of 12 crowns.",
    ),
    (
        "name-or-title-changed",
        "Hollis Agarde, an epidemiologist at Thornbury Institute, wrote that bright bedrooms are found on busy streets.",
        "Hollis Agarde, an epidemiologist at Thornbury College, wrote that bright bedrooms are found on busy streets.",
    ),
    (
        "attribution-lost",
        "98.33 percent of the refugees in the eastern province are farmers and their families.",
        "The Provincial Refugee Processing Center said that 98.33 percent of the refugees in the eastern province are farmers and their families.",
    ),
    (
        "",
        "Ana Brell said that she had not opened the gate on the night of the flood.",
        "Ana Brell denied that she had opened the gate on the night of the flood.",
    ),
    (
        "attribution-changed",
        "Lawyers for the families argued that the notes were unsigned and should be kept out.",
        "Lawyers for the company argued that the notes were unsigned and should be kept out. The families wept in court.",
    ),
    (
        "",
        "Trump himself argued that the files of the divorce are kept from the public.",
        "The nominee argued that the files of the divorce are kept from the public. Donald Trump left.",
    ),
    (
        "chain-collapsed",
        "Nell Ostrander said the water from the well caused her kidney disease.",
        "Nell Ostrander, 61, sat down. She said her doctor suspects that the water from the well caused her kidney disease.",
    ),
    (
        "hedge-dropped",
        "A second, smaller dam upstream is holding.",
        "A second, smaller dam upstream is reported to be holding. It has rained for six days.",
    ),
    (
        "figure-changed",
        "In absolute terms it is about three more people per hundred.",
        "In absolute terms it is about three more people in every thousand, the study says.",
    ),
    (
        "name-or-title-changed",
        "Nobody at the Department of Health answered the letters of the town.",
        "Nobody at the Department of Water answered the letters of the town.",
    ),
    (
        "attribution-lost",
        "Norvale has accepted shared control of the harbour.",
        "Norvale has accepted shared control of the harbour, according to the Kestrian foreign minister, Davan Orlec.",
    ),
    (
        "attribution-changed",
        "Lawyers for Brask Line said the operator had put off a dry-dock visit three times to save money.",
        "Lawyers for Brask Line, which owns the ferry, said the company had complied with every order. Lawyers for the bereaved \
         families said the operator had put off a dry-dock visit three times to save money.",
    ),
    (
        "chain-collapsed",
        "Leila Barsow, a teacher in Greenbank, said that her son's rash was caused by the water.",
        "Leila Barsow, a teacher in Greenbank, said her pharmacist thinks that her son's rash was caused by the water.",
    ),
];

#[test]
fn small_briefs() {
    let engine = Engine::embedded().unwrap();
    let mut wrong = Vec::new();
    for (expected, brief, article) in CASES.into_iter().chain(given::GIVEN).chain(turned::TURNED) {
        let report = engine.check(&Article::from_text(brief), &[Article::from_text(article)]);
        let found: Vec<&str> = report.findings.iter().map(|finding| finding.code.name()).collect();
        let is_right = if expected.is_empty() { found.is_empty() } else { found.contains(&expected) };
        if !is_right {
            wrong.push(format!("{brief}\n  expected {expected:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mending_twice_changes_nothing_more() {
    let engine = Engine::embedded().unwrap();
    for (code, brief, article) in CASES {
        let article = [Article::from_text(article)];
        let once = engine.check(&Article::from_text(brief), &article).fixed();
        let twice = engine.check(&Article::from_text(once.clone()), &article).fixed();
        assert_eq!(once, twice, "{code}: {brief}");
    }
}

#[test]
fn only_what_fits_is_mended() {
    let engine = Engine::embedded().unwrap();
    for (brief, article, expected) in mended::MENDED {
        let report = engine.check(&Article::from_text(brief), &[Article::from_text(article)]);
        assert_eq!(report.fixed(), expected, "{:?}", report.findings);
    }
}

#[test]
fn a_quotation_made_to_keep_it_busy_is_let_go() {
    let engine = Engine::embedded().unwrap();
    let brief = format!("“{}” she said.", "so … ".repeat(18_000));
    let article = "so ".repeat(18_010) + "ends the story.";
    let report = engine.check(&Article::from_text(brief), &[Article::from_text(article)]);
    assert!(report.findings.iter().all(|finding| finding.code != Code::QuoteFabricated));
}
