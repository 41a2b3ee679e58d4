//! Articles about places that there aren't, as many as one wants, the same for one number everywhere.

use sayso::Article;

const NAMES: [&str; 24] = [
    "Ana", "Tom", "Davan", "Hanne", "Yelva", "Oto", "Ilse", "Bram", "Petra", "Jost", "Marthe", "Aro",
    "Lukas", "Vera", "Agata", "Dale", "Nell", "Oswin", "Lenora", "Corinne", "Isobel", "Colm", "Doreen",
    "Saskia",
];
const SURNAMES: [&str; 40] = [
    "Brell",
    "Crane",
    "Orlec",
    "Brusk",
    "Corrin",
    "Lund",
    "Marand",
    "Outerby",
    "Lindqvern",
    "Ammering",
    "Quillan",
    "Tessel",
    "Oremond",
    "Soltany",
    "Brenn",
    "Mercer",
    "Ostrander",
    "Tarrant",
    "Pike",
    "Abasolo",
    "Rowe",
    "Hathersage",
    "Askew",
    "Vennebrook",
    "Agarde",
    "Castellane",
    "Swale",
    "Marchetti",
    "Fanshawe",
    "Stokes",
    "Pryce",
    "Dorsey",
    "Reyes",
    "Kowalczyk",
    "Holloway",
    "Strand",
    "Rennie",
    "Thole",
    "Karam",
    "Mbeki",
];
const STATES: [&str; 6] = ["Germany", "France", "Norway", "Japan", "Kenya", "Chile"];
const ROLES: [&str; 8] = [
    "the mayor",
    "the foreign minister",
    "a police spokesman",
    "the union's president",
    "a geologist",
    "the opposition leader",
    "the company's chief executive",
    "a hospital director",
];
const PLACES: [&str; 12] = [
    "Upper Sarn",
    "Port Sallow",
    "Corbel Creek",
    "Marlbridge",
    "Ashmere",
    "Ordane",
    "Millbrook",
    "Drummond",
    "Castlegate",
    "Fennimore",
    "Brodna",
    "Kestria",
];
const THINGS: [&str; 16] = [
    "ceasefire",
    "dam",
    "budget",
    "strike",
    "trade deal",
    "vaccine",
    "harbor",
    "library",
    "pipeline",
    "election",
    "curfew",
    "railway",
    "tax bill",
    "grain terminal",
    "school closure",
    "power plant",
];
const OUTLETS: [&str; 14] = [
    "The Gazette",
    "The Post",
    "Northline",
    "The Echo",
    "Morning Lantern",
    "The Ledger",
    "Basin Times",
    "The Courier",
    "Daily Quay",
    "The Observer of Sarn",
    "Field Report",
    "Isle & Strait",
    "The Standard",
    "Harbor News",
];
const CLAIMS: [&str; 14] = [
    "the {thing} would cost {n} million crowns over {m} years",
    "the {thing} in {place} had been planned since the spring",
    "nobody in {place} had asked for the {thing}",
    "{n} people in {place} had lost their homes because of the {thing}",
    "the {thing} could fail before the end of the year",
    "there was no evidence that the {thing} had been sabotaged",
    "the {thing} must be stopped until {place} has been heard",
    "a report on the {thing} would be published in {m} weeks",
    "the talks about the {thing} had lasted {m} hours",
    "the {thing} was the best news for {place} in {n} years",
    "the police had questioned {m} witnesses about the {thing}",
    "the {thing} would not be discussed before the election",
    "at least {n} shops near {place} had closed since the {thing} began",
    "{place} had been promised the {thing} twice and had never seen it",
];
const CUES: [&str; 6] = ["said", "told reporters", "argued", "warned", "denied", "announced"];
const OWN: [&str; 8] = [
    "The road to {place} was closed for most of the week.",
    "About {n} people stood in the rain outside the town hall.",
    "{place} lies on the coast, {m} hours from the capital.",
    "The {thing} has been in the news since the summer of {year}.",
    "A meeting is planned for next week.",
    "The square in front of the station was empty by noon.",
    "Prices rose by {m} percent in the same month.",
    "It was the {m}th such evening in a row.",
];

/// An article, and which one it is a reprint of.
#[derive(Debug, Clone)]
pub struct Generated {
    /// What would be read.
    pub article: Article,
    /// Its number in the list.
    pub reprint_of: Option<usize>,
}

/// Numbers that look random and are the same everywhere.
///
/// # Source
/// `SplitMix64`: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// So many articles; one in ten is a reprint of one before it.
pub fn articles(n: usize) -> Vec<Generated> {
    let mut all: Vec<Generated> = Vec::with_capacity(n);
    for i in 0..n {
        let mut numbers = Numbers(i as u64);
        let reprint_of = (i % 10 == 9).then(|| i - 1 - numbers.below(i.min(9)));
        let reprint_of = reprint_of.map(|of| all[of].reprint_of.unwrap_or(of));
        let article = match reprint_of {
            Some(of) => reprint(&all[of].article, i, &mut numbers),
            None => article(i, &mut numbers),
        };
        all.push(Generated { article, reprint_of });
    }
    all
}

fn filled(pattern: &str, thing: &str, place: &str, numbers: &mut Numbers) -> String {
    pattern
        .replace("{thing}", thing)
        .replace("{place}", place)
        .replace("{n}", &(20 + numbers.below(900)).to_string())
        .replace("{m}", &(3 + numbers.below(9)).to_string())
        .replace("{year}", &(1990 + numbers.below(34)).to_string())
}

fn article(i: usize, numbers: &mut Numbers) -> Article {
    let (thing, place) = (numbers.of(&THINGS), numbers.of(&PLACES));
    let people: Vec<(String, &str, &str)> = (0..4)
        .map(|_| {
            let surname = numbers.of(&SURNAMES);
            (format!("{} {surname}", numbers.of(&NAMES)), surname, numbers.of(&ROLES))
        })
        .collect();
    let state = numbers.of(&STATES);
    let verb = ["rejected", "accepted", "demanded", "supports"][numbers.below(4)];
    let mut paragraphs = vec![format!("{state} {verb} the {thing} in {place} on Monday.")];
    for _ in 0..4 + numbers.below(4) {
        let mut sentences = Vec::new();
        for k in 0..3 {
            let (name, surname, role) = &people[numbers.below(people.len())];
            let claim = numbers.of(&CLAIMS);
            let claim = filled(claim, thing, place, numbers);
            sentences.push(match (numbers.below(4), k) {
                (0, _) => filled(numbers.of(&OWN), thing, place, numbers),
                (1, _) => format!("“{}{},” {surname} said.", claim[..1].to_uppercase(), &claim[1..]),
                (_, 0) => format!("{name}, {role} of {place}, {} that {claim}.", numbers.of(&CUES)),
                _ => format!("{surname} {} that {claim}.", numbers.of(&CUES)),
            });
        }
        paragraphs.push(sentences.join(" "));
    }
    let outlet = numbers.of(&OUTLETS);
    placed(
        i,
        outlet,
        &format!("{place} waits for the {thing}, {} says", people[0].1),
        paragraphs.join("\n\n"),
    )
}

/// The same story with another credit and headline, a sentence changed, and its end cut.
fn reprint(of: &Article, i: usize, numbers: &mut Numbers) -> Article {
    let mut paragraphs: Vec<&str> = of.text.split("\n\n").collect();
    let kept = paragraphs.len() - numbers.below(paragraphs.len() / 3 + 1);
    paragraphs.truncate(kept);
    let place = numbers.of(&PLACES);
    let own = filled(numbers.of(&OWN), "story", place, numbers);
    let at = 1 + numbers.below(paragraphs.len());
    paragraphs.insert(at, &own);
    let text = format!("{} (Wire) — {}", place.to_uppercase(), paragraphs.join("\n\n"));
    let title = format!("{}, agencies report", of.title.as_deref().unwrap_or_default());
    placed(i, numbers.of(&OUTLETS), &title, text)
}

fn placed(i: usize, outlet: &str, title: &str, text: String) -> Article {
    let (month, day) = (1 + i / 28 % 12, 1 + i % 28);
    Article {
        url: Some(format!("https://generated.example/{i}")),
        outlet: Some(outlet.to_owned()),
        title: Some(title.to_owned()),
        published: Some(format!("2026-{month:02}-{day:02}T08:00:00Z")),
        ..Article::from_text(text)
    }
}
