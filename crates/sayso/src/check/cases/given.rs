//! The same, where a statement is given to somebody, whom the source has say it or not.

/// As [`super::CASES`].
pub(super) const GIVEN: [(&str, &str, &str); 21] = [
    (
        "attribution-changed",
        "Cllr Swale insisted that councillors had seen the legal opinion.",
        "“I can count,” said the council's leader, Cllr Bernadette Swale. The monitoring officer insisted that councillors had seen the legal opinion.",
    ),
    (
        "",
        "Cllr Swale insisted that councillors had seen the legal opinion.",
        "“I can count,” said the council's leader, Cllr Bernadette Swale. The council's leader insisted that councillors had seen the legal opinion.",
    ),
    (
        "attribution-changed",
        "Two members of the Norvalian delegation said the offer was made orally and could be withdrawn.",
        "Ships of Norvale left. Nobody had slept. Two officials with knowledge of the talks said the offer was made orally and could be withdrawn.",
    ),
    (
        "",
        "Two Norvalian officials said the offer was made orally and could be withdrawn.",
        "Two officials in the Norvalian capital said the offer was made orally and could be withdrawn.",
    ),
    (
        "quote-misattributed",
        "Hollis Agarde writes that “residual confounding is very likely.”",
        "Hollis Agarde, an epidemiologist, said the authors had measured noise with a map. The authors concede it, and they write that “residual confounding is very likely.”",
    ),
    (
        "attribution-changed",
        "The interior ministry denied that the advice of November to lower the lake by five meters had been ignored.",
        "The interior ministry ordered an evacuation. An inspection report of November had advised to lower the lake by five meters. The water board denied that the advice had been ignored.",
    ),
    (
        "",
        "The water board denied that the advice of November to lower the lake by five meters had been ignored.",
        "The interior ministry ordered an evacuation. An inspection report of November had advised to lower the lake by five meters. The water board denied that the advice had been ignored.",
    ),
    (
        "chain-collapsed",
        "The chemist Oswin Tarrant told a supervisor in 2014 that the pond where solvent was stored was “a sieve with a fence around it.”",
        "According to the filing, the chemist, Oswin Tarrant, told a supervisor in 2014 that the pond was “a sieve with a fence around it.”",
    ),
    (
        "chain-collapsed",
        "A transcript shows that Aro Tessel said that no port was worth a spring without planting.",
        "The daily Morgenlicht reported on Monday that a transcript quoted Aro Tessel as saying that no port was worth a spring without planting.",
    ),
    (
        "",
        "A transcript published by Morgenlicht shows that Aro Tessel said that no port was worth a spring without planting.",
        "The daily Morgenlicht reported on Monday that a transcript quoted Aro Tessel as saying that no port was worth a spring without planting.",
    ),
    (
        "name-or-title-changed",
        "The ratings firm Crestview Ratings said it was reviewing the credit of the company for a downgrade.",
        "The ratings firm Crestover Ratio said it was reviewing the credit of the company for a downgrade.",
    ),
    (
        "name-or-title-changed",
        "Norvale's foreign minister, Davan Orlec, said on Monday that the talks had ended with no agreement.",
        "The Kestrian foreign minister, Davan Orlec, said on Monday that the talks had ended with no agreement.",
    ),
    (
        "",
        "Kestria's foreign minister, Davan Orlec, said on Monday that the talks had ended with no agreement.",
        "The Kestrian foreign minister, Davan Orlec, said on Monday that the talks had ended with no agreement.",
    ),
    (
        "",
        "Finland's president, Alvar Stenn, said on Monday that the talks had ended with no agreement.",
        "The Finnish president, Alvar Stenn, said on Monday that the talks had ended with no agreement.",
    ),
    (
        "attribution-lost",
        "He “wondered aloud” whether fishermen could be retrained.",
        "The minute-taker recorded that he “wondered aloud” whether fishermen could be retrained.",
    ),
    (
        "attribution-changed",
        "The Kestrian foreign ministry said on Wednesday that no such warning had been given.",
        "The Kestrian trade minister was warned by an envoy. The Brannish foreign ministry said on Wednesday that no such warning had been given.",
    ),
    (
        "",
        "The interior ministry denied the allegations of fraud that the newspaper printed in May.",
        "The water board denied the allegations of fraud. The interior ministry has denied the allegations of fraud that the newspaper printed in May.",
    ),
    (
        "",
        "Two Tarn Foods employees said the plant would be closed by the end of the year.",
        "Tarn Foods has lost money for years. Two employees with knowledge of the plan said the plant would be closed by the end of the year.",
    ),
    (
        "",
        "The Glaswegian actor Tom Vell said on Monday that the theatre would close in May.",
        "Tom Vell, an actor from Glasgow, said on Monday that the theatre would close in May.",
    ),
    (
        "",
        "A transcript obtained by the NYT shows that Aro Tessel said that no port was worth a spring without planting.",
        "The New York Times reported on Monday that a transcript quoted Aro Tessel as saying that no port was worth a spring without planting.",
    ),
    (
        "",
        "Ann Poe insisted that councillors had seen the legal opinion.",
        "“The monitoring officer is independent,” said Ann Poe, who holds the post. The monitoring officer insisted that councillors had seen the legal opinion.",
    ),
];
