//! The same, where something was turned round, a negation or who does it, and where an outlet is cited that isn't there.

/// As [`super::CASES`].
pub(super) const TURNED: [(&str, &str, &str); 53] = [
    (
        "negation-flipped",
        "Parliament voted 71 to 64 in favour of summoning Odell on Friday.",
        "Parliament voted 71 to 64 on Friday against summoning Odell.",
    ),
    (
        "negation-flipped",
        "Minister Ana Brell resigned last week, the party said.",
        "Minister Ana Brell did not resign last week, the party said.",
    ),
    (
        "negation-flipped",
        "In August, the lead of the Liberals was not 7 points.",
        "The Liberals led by 5 points in September. In August, the lead of the Liberals was 7 points.",
    ),
    (
        "negation-flipped",
        "The tax plan would not raise 1.1 billion crowns over ten years.",
        "The tax plan would raise 1.1 billion crowns over ten years, assuming no fall in output.",
    ),
    (
        "negation-flipped",
        "Rina Aldous, for the trust, would say whether one might be found.",
        "Rina Aldous, for the trust, would not say whether one might be found, and nobody else did.",
    ),
    (
        "",
        "The lead of the Liberals was not 7 points, Brell said.",
        "The lead of the Liberals was 7 points, Crane said. The lead of the Liberals was not 7 points, Brell said.",
    ),
    (
        "",
        "Brell said that the bridge had not been closed for repairs since May.",
        "Brell called it untrue that the bridge had been closed for repairs since May.",
    ),
    (
        "negation-flipped",
        "Hallam denied at the time that it had made a bid and did respond to a request for comment on Monday.",
        "Hallam denied at the time that it had made a bid and did not respond to a request for comment on Monday.",
    ),
    (
        "negation-flipped",
        "Steve Brask wrote that Mehmet Lund is not “smart as hell.”",
        "Steve Brask wrote that Mehmet Lund is “smart as hell” and that the show would go on.",
    ),
    (
        "negation-flipped",
        "The budget office estimates that the plan would not raise 40 million crowns over the decade.",
        "The budget office estimates that the plan would raise 40 million crowns over the decade. The mayor said that the council \
         did not raise the question of ferries.",
    ),
    (
        "negation-flipped",
        "Amadou Bele said that his government had put a figure on the table.",
        "Ketu's foreign minister, Amadou Bele, denied that his government had put any figure on the table.",
    ),
    (
        "negation-flipped",
        "The judge has ruled that the jury may see it.",
        "The judge has not yet ruled on whether the jury may see it.",
    ),
    (
        "negation-flipped",
        "Raymond Oduya admitted that Moira Stanning had been threatened.",
        "The Labour leader, Councillor Raymond Oduya, denied that anyone had threatened Moira Stanning.",
    ),
    (
        "negation-flipped",
        "Sorley Penhale denied that he had been dismissed in 2022 for falsifying fuel receipts.",
        "Under cross-examination Sorley Penhale conceded that he had been dismissed in 2022 for falsifying fuel receipts.",
    ),
    (
        "negation-flipped",
        "Dagny Holt ruled out job cuts.",
        "Dagny Holt did not rule out job cuts, but said none were planned at the moment.",
    ),
    (
        "negation-flipped",
        "The council rejected a bus lane by 21 votes to 20.",
        "The council approved a bus lane by 21 votes to 20.",
    ),
    (
        "negation-flipped",
        "Traders on Tanner's Road say that they were consulted.",
        "Traders on Tanner's Road say that they were not consulted. The council says it sent letters.",
    ),
    (
        "negation-flipped",
        "Lumenta said it had received an offer from Hanjin Cells for the battery unit.",
        "Lumenta said it had received no offer from Hanjin Cells for the battery unit.",
    ),
    (
        "negation-flipped",
        "Mayor Yusuf Adler promised a crowd outside the school that the plant stays closed.",
        "The mayor, Yusuf Adler, spoke outside the school. “I will not promise you that the plant stays closed,” he told a crowd.",
    ),
    (
        "negation-flipped",
        "The minister said that the strait was mined by the navy.",
        "The minister denied that the strait was mined by the navy.",
    ),
    (
        "negation-flipped",
        "Ana Brell said the dam is not “as strong as ever” after the spring floods in the valley.",
        "Ana Brell said the dam is “as strong as ever” after the spring floods in the valley.",
    ),
    (
        "negation-flipped",
        "Minister Brell said on Monday that the ministry will raise the tax this year.",
        "Minister Brell said on Monday that the ministry won't raise the tax this year.",
    ),
    (
        "negation-flipped",
        "Halcyra does not deny the claim of the union.",
        "Halcyra denies the claim of the union, and a judge has not yet ruled.",
    ),
    (
        "negation-flipped",
        "Halcyra denied that it had copied the plans.",
        "Halcyra did not deny that it had copied the plans.",
    ),
    (
        "",
        "Halcyra denied that it had copied the plans.",
        "Halcyra denied that it had copied the plans. Halcyra did not deny that it had seen the plans.",
    ),
    (
        "",
        "Brell said the bridge had not been closed for repairs.",
        "Brell called it false that the bridge had been closed for repairs.",
    ),
    (
        "",
        "The union wrongly claimed that the bridge had been closed for repairs, Brell said.",
        "The bridge had not been closed for repairs, as the union wrongly claimed, Brell said.",
    ),
    (
        "",
        "The union said that the bridge had been closed for repairs. Brell said that was wrong.",
        "The union said that the bridge had been closed for repairs. The bridge had not been closed for repairs, Brell said.",
    ),
    (
        "actor-swapped",
        "Anita Bell testified that she called the chief of staff twice about the bid.",
        "Anita Bell testified that the chief of staff called her twice about the bid.",
    ),
    (
        "actor-swapped",
        "She was hurt when she pulled a security guard, Yonas Abera, from the rubble.",
        "She was hurt. A security guard, Yonas Abera, pulled her from the rubble.",
    ),
    (
        "actor-swapped",
        "Hahn testified that Tiede personally handed him cash in envelopes.",
        "Hahn testified that he personally handed Tiede cash in envelopes.",
    ),
    (
        "",
        "Three pilots said managers called them in after the flight.",
        "Three pilots said that they had been called in by managers after the flight.",
    ),
    (
        "",
        "Anita Bell testified that she called the chief of staff twice about the bid.",
        "Anita Bell testified that she had called the chief of staff, who called her back, about the bid twice.",
    ),
    (
        "name-or-title-changed",
        "According to United Hartwell International, the clip was released on Tuesday.",
        "LOS ANGELES, Sept. 28 (UPI) — The clip was released on Tuesday.",
    ),
    (
        "",
        "According to United Press International, the clip was released on Tuesday.",
        "LOS ANGELES, Sept. 28 (UPI) — The clip was released on Tuesday.",
    ),
    (
        "name-or-title-changed",
        "According to United Press International, the clip was released on Tuesday.",
        "The clip was released on Tuesday by United Artists. The press saw it at an international competition.",
    ),
    (
        "",
        "It was struck down by the Supreme Court on Monday.",
        "The Supreme Court struck down the law on Monday.",
    ),
    ("", "He was shot near the police station on Friday.", "Police shot him near the station on Friday."),
    (
        "",
        "Brell denied taking money but did not deny meeting the donor.",
        "She denied taking money. Brell did not deny meeting the donor.",
    ),
    (
        "actor-swapped",
        "Oatlings has been outsold by Morning Crown for a year and a half.",
        "Oatlings has outsold Morning Crown in each of the past six quarters.",
    ),
    (
        "",
        "A survey vessel was hit by a pilot boat.",
        "A pilot boat struck a survey vessel in the approaches.",
    ),
    (
        "actor-swapped",
        "A pilot boat was hit by a survey vessel.",
        "A pilot boat struck a survey vessel in the approaches.",
    ),
    ("", "The upland villages have paid the price.", "The price has been paid in the upland villages."),
    (
        "negation-flipped",
        "Anselm Brodie no longer rates the shares a buy.",
        "Anselm Brodie said the price was full, but he still rates the shares a buy.",
    ),
    (
        "",
        "Anselm Brodie no longer rates the shares a buy.",
        "In May he still rates the shares a buy. Since June Anselm Brodie no longer rates the shares a buy.",
    ),
    (
        "hedge-dropped",
        "The newspaper Morgenlicht published the transcript of a cabinet meeting held on 12 October.",
        "On Monday the newspaper Morgenlicht published what it said was the transcript of a cabinet meeting held on 12 October.",
    ),
    (
        "",
        "The newspaper Morgenlicht published the alleged transcript of a cabinet meeting held on 12 October.",
        "On Monday the newspaper Morgenlicht published what it said was the transcript of a cabinet meeting held on 12 October.",
    ),
    (
        "",
        "Asked whether he would resign, Crane said no. Longer talks are planned in the valley.",
        "Asked whether he would resign, Crane said no. Longer talks are planned in the valley.",
    ),
    (
        "",
        "The ministry said it no longer sells arms to Norvale.",
        "The ministry denied that it still sells arms to Norvale.",
    ),
    (
        "",
        "The ferry still runs to the island in winter.",
        "The night ferry no longer runs to the island in winter. The day ferry runs as ever.",
    ),
    (
        "",
        "Since 2015 Ida Crane no longer works at the mill.",
        "In 2010 Ida Crane still worked at the mill. She left it in 2015.",
    ),
    (
        "negation-flipped",
        "The health minister told parliament that he believed the hospital was still in danger.",
        "The health minister told parliament that he believed the hospital was no longer in danger.",
    ),
    (
        "",
        "Tarn Foods sued Harlow Mills in May over a recipe for bread.",
        "Tarn Foods took Harlow Mills to court in May over a recipe for bread. Both are old. Both are rich. Neither spoke. In 2012 \
         Harlow Mills sued Tarn Foods over a road.",
    ),
];
