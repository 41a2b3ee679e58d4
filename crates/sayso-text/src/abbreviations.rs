//! Does the period after this word belong to the word?

/// What may follow a word that keeps its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name follows (Mr., Sen., Gen.): no sentence ends here.
    BeforeName,
    /// A number follows (No., p.): elsewhere the word is another and ends a sentence.
    BeforeNumber,
    /// It can stand anywhere, and its period can end a sentence as well (U.S., Inc., Nov.).
    Anywhere,
}

/// Looks a word up, without its period.
pub(crate) fn of(word: &str) -> Option<Abbreviation> {
    let tail = word.rsplit('-').next().unwrap_or(word);
    if is_initials(tail) {
        return Some(Abbreviation::Anywhere);
    }
    let find = |list: &[&str]| list.contains(&tail);
    if find(BEFORE_NAME) {
        Some(Abbreviation::BeforeName)
    } else if find(BEFORE_NUMBER) {
        Some(Abbreviation::BeforeNumber)
    } else if find(ANYWHERE) {
        Some(Abbreviation::Anywhere)
    } else {
        None
    }
}

/// A single capital, as in "George W. Bush". "I" is a word.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() && c != 'I') && chars.next().is_none()
}

/// "U.S", "a.m", "Ph.D", "G.K": periods between single letters.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let short = |part: &str| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic);
    word.contains('.') && parts.all(short)
}

/// A capitalised word that begins a sentence far more often than it goes on with one
/// after an abbreviation.
pub(crate) fn starts_sentence(word: &str) -> bool {
    STARTERS.contains(&word)
}

const BEFORE_NAME: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Drs", "Prof", "Profs", "Sen", "Sens", "Rep", "Reps", "Gov",
    "Govs", "Lt", "Gen", "Col", "Maj", "Capt", "Cmdr", "Cpl", "Sgt", "Pvt", "Adm", "Brig", "Cpt", "Pres",
    "Rev", "Fr", "Hon", "Supt", "Det", "Insp", "Amb", "Sec", "Atty", "Asst", "Assoc", "Dep", "St", "Ste",
    "Mt", "Ft", "Pte", "Sr", "vs", "v", "e.g", "i.e", "cf", "viz", "ca", "approx", "Mlle", "Mme", "Mgr",
    "Msgr", "Treas", "Spc", "Pfc", "Sra", "Ald", "Del", "Dels", "Comm", "Cllr", "Supr", "Ofc", "Def", "Comr",
    "ST", "MR", "MRS", "DR", "SEN", "GOV", "REP", "FT", "MT",
];

const BEFORE_NUMBER: &[&str] = &[
    "No", "Nos", "no", "nos", "Mar", "Jun", "Jul", "p", "pp", "Art", "art", "para", "Fig", "fig", "Vol",
    "vol", "Ch", "ch",
];

const ANYWHERE: &[&str] = &[
    "Inc", "Corp", "Co", "Cos", "Ltd", "Bros", "LLC", "Assn", "Dept", "Univ", "Jr", "Esq", "Ave", "Blvd",
    "Rd", "Hwy", "Ariz", "Ala", "Ark", "Calif", "Colo", "Conn", "Dak", "Fla", "Ga", "Ill", "Ind", "Kan",
    "Ky", "La", "Md", "Mass", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa",
    "Penn", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ont", "Que", "etc", "al", "ft", "lb", "lbs",
    "oz", "mph", "a.m", "p.m", "Ph.D", "St", "Bldg", "Mex", "Dem", "est", "Est", "Jan", "Feb", "Apr", "Aug",
    "Sep", "Sept", "Oct", "Nov", "Dec",
];

const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Although",
    "Also",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Could",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "Few",
    "For",
    "From",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Let",
    "Many",
    "Maybe",
    "Meanwhile",
    "More",
    "Most",
    "Much",
    "My",
    "Neither",
    "Nobody",
    "None",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "Together",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "Thus",
    "To",
    "Today",
    "Under",
    "Until",
    "Was",
    "We",
    "Well",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Will",
    "With",
    "Would",
    "Yes",
    "Yet",
    "You",
    "Your",
    "It’s",
    "It's",
    "He’s",
    "He's",
    "That’s",
    "That's",
    "She’s",
    "She's",
    "I’m",
    "I'm",
    "We’re",
    "We're",
    "They’re",
    "They're",
    "There’s",
    "There's",
];
