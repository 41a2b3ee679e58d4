//! What `--fix` makes of small briefs.

/// A mended brief, or the brief itself where no replacement is safe.
pub(super) const MENDED: [(&str, &str, &str); 34] = [
    // The verb would have to change its form.
    (
        "The mayor didn't approve the plan for the bridge.",
        "The mayor approved the plan for the bridge.",
        "The mayor didn't approve the plan for the bridge.",
    ),
    (
        "Traders on the road say that they were consulted.",
        "Traders on the road say that they were not consulted.",
        "Traders on the road say that they were not consulted.",
    ),
    (
        "The engineers had received a warning from the union.",
        "The engineers had not received a warning from the union.",
        "The engineers had not received a warning from the union.",
    ),
    (
        "Fire destroyed 40 houses in the valley on Monday.",
        "Fire destroyed 14 houses in the valley on Monday.",
        "Fire destroyed 14 houses in the valley on Monday.",
    ),
    (
        "“You can't carry a washing machine home,” Ida Crane said.",
        "“You cannot carry a washing machine home,” Ida Crane said.",
        "“You can't carry a washing machine home,” Ida Crane said.",
    ),
    (
        "Mayor Crane said “we will surely always leave the town in winter”.",
        "“We will not,” Mayor Crane said, “ever leave the town in winter.”",
        "Mayor Crane said “we will surely always leave the town in winter”.",
    ),
    (
        "The ferry line admits that two cables were worn.",
        "The ferry line said that two cables were worn.",
        "The ferry line admits that two cables were worn.",
    ),
    (
        "The ferry line admitted that two cables were worn.",
        "The ferry line said that two cables were worn.",
        "The ferry line said that two cables were worn.",
    ),
    (
        "Nell Ostrander said the water from the well caused her kidney disease.",
        "Nell Ostrander, 61, sat down. She said her doctor suspects that the water from the well caused her kidney disease.",
        "Nell Ostrander said her doctor suspects the water from the well caused her kidney disease.",
    ),
    (
        "Nell Ostrander said the water from the well caused her kidney disease.",
        "“My doctor believes the water from the well caused my kidney disease,” Nell Ostrander said.",
        "Nell Ostrander said the water from the well caused her kidney disease.",
    ),
    (
        "Lawyers for the families argued that the notes were unsigned and should be kept out.",
        "Lawyers for the company argued that the notes were unsigned and should be kept out. The families wept in court.",
        "Lawyers for the company argued that the notes were unsigned and should be kept out.",
    ),
    (
        "Lawyers for the families, who wept in court, argued that the notes were unsigned and should be kept out.",
        "Lawyers for the company argued that the notes were unsigned and should be kept out. The families wept in court.",
        "Lawyers for the families, who wept in court, argued that the notes were unsigned and should be kept out.",
    ),
    (
        "Nobody at the Department of Health answered the letters of the town.",
        "Nobody at the Department of Water answered the letters of the town.",
        "Nobody at the Department of Water answered the letters of the town.",
    ),
    (
        "Nobody at the Department of Health answered the letters of the town.",
        "Nobody at the Department of Homeland Security answered the letters of the town.",
        "Nobody at the Department of Health answered the letters of the town.",
    ),
    (
        "The warmer current has played a part.",
        "The warmer current is thought to have played a part.",
        "The warmer current is thought to have played a part.",
    ),
    (
        "The next round will open on Monday.",
        "The next round is expected to open on Monday.",
        "The next round is expected to open on Monday.",
    ),
    (
        "Talks on the dam will open in June.",
        "A round of talks on the dam is expected to open in June.",
        "Talks on the dam will open in June.",
    ),
    (
        "Crane recalled a conversation about the pond.",
        "Crane did not recall a conversation about the pond.",
        "Crane did not recall a conversation about the pond.",
    ),
    (
        "The ferry line has confirmed in a post that two cables were worn.",
        "The ferry line has claimed in a post that two cables were worn.",
        "The ferry line has claimed in a post that two cables were worn.",
    ),
    (
        "The ferry line demanded that two cables be closed to the guests.",
        "The ferry line said that two cables be closed to the guests.",
        "The ferry line demanded that two cables be closed to the guests.",
    ),
    (
        "It is about four more deaths per hundred.",
        "The levy raises £2 per million litres. It is about four more deaths per 1,000.",
        "It is about four more deaths per hundred.",
    ),
    (
        "A spokesman for the city council said the company had ignored complaints about the smell for months.",
        "The city council met. A spokesman for the Greenbank residents said the company had ignored complaints about the smell for months.",
        "A spokesman for the Greenbank residents said the company had ignored complaints about the smell for months.",
    ),
    (
        "Cllr Swale insisted that councillors had seen the legal opinion.",
        "“I can count,” said the council's leader, Cllr Bernadette Swale. The monitoring officer insisted that councillors had seen the legal opinion.",
        "The monitoring officer insisted that councillors had seen the legal opinion.",
    ),
    (
        "He “wondered aloud” whether fishermen could be retrained.",
        "The minute-taker recorded that he “wondered aloud” whether fishermen could be retrained.",
        "The minute-taker recorded that he “wondered aloud” whether fishermen could be retrained.",
    ),
    (
        "The chemist Oswin Tarrant told a supervisor in 2014 that the pond where solvent was stored was “a sieve with a fence around it.”",
        "According to the filing, the chemist, Oswin Tarrant, told a supervisor in 2014 that the pond was “a sieve with a fence around it.”",
        "According to the filing, the chemist Oswin Tarrant told a supervisor in 2014 that the pond where solvent was stored was “a sieve with a fence around it.”",
    ),
    (
        "Oatlings has been outsold by Morning Crown for a year and a half.",
        "Oatlings has outsold Morning Crown in each of the past six quarters.",
        "Oatlings has outsold Morning Crown for a year and a half.",
    ),
    (
        "Anselm Brodie no longer rates the shares a buy.",
        "Anselm Brodie said the price was full, but he still rates the shares a buy.",
        "Anselm Brodie still rates the shares a buy.",
    ),
    (
        "The ratings firm Crestview Ratings said it was reviewing the credit of the company for a downgrade.",
        "The ratings firm Crestover Ratio said it was reviewing the credit of the company for a downgrade.",
        "The ratings firm Crestover Ratio said it was reviewing the credit of the company for a downgrade.",
    ),
    (
        "The cable companies' association has shown that no study has tied the cables to the herring.",
        "The cable companies' association maintains that no study has tied the cables to the herring.",
        "The cable companies' association maintains that no study has tied the cables to the herring.",
    ),
    // Who wrote it has no name there, and "they" for a name would want another verb.
    (
        "Hollis Agarde writes that “residual confounding is very likely.”",
        "Hollis Agarde, an epidemiologist, said the authors had measured noise with a map. The authors concede it, and they write that “residual confounding is very likely.”",
        "Hollis Agarde writes that “residual confounding is very likely.”",
    ),
    (
        "The Kestrian foreign ministry said on Wednesday that no such warning had been given.",
        "The Kestrian trade minister was warned by an envoy. The Brannish foreign ministry said on Wednesday that no such warning had been given.",
        "The Brannish foreign ministry said on Wednesday that no such warning had been given.",
    ),
    // Half of who argued it would be lost.
    (
        "Lawyers for the families argued that the notes were unsigned and should be kept out.",
        "The families wept in court. Engineers, divers and pilots argued that the notes were unsigned and should be kept out.",
        "Lawyers for the families argued that the notes were unsigned and should be kept out.",
    ),
    // A capital of the sentence alone.
    (
        "Chemists told a supervisor in 2014 that the pond where solvent was stored was “a sieve with a fence around it.”",
        "According to the filing, chemists told a supervisor in 2014 that the pond was “a sieve with a fence around it.”",
        "Chemists told a supervisor in 2014 that the pond where solvent was stored was “a sieve with a fence around it.”",
    ),
    // He said one half of it.
    (
        "The lake had been lowered by five meters, and the mayor resigned on Friday.",
        "The inspector said that the lake had been lowered by five meters. The mayor resigned on Friday.",
        "The lake had been lowered by five meters, and the mayor resigned on Friday.",
    ),
];
