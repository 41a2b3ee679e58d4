//! What is the number measured in?

use super::words::{Words, is_in};

/// What a unit measures, its name, and the words for it.
const UNITS: &[(&str, &[(&str, &str)])] = &[
    ("share", &[("percent", "% percent pct"), ("percentage point", "pp")]),
    (
        "duration",
        &[
            ("second", "second seconds sec secs"),
            ("minute", "minute minutes min mins"),
            ("hour", "hour hours hr hrs"),
            ("day", "day days"),
            ("night", "night nights"),
            ("week", "week weeks"),
            ("weekend", "weekend weekends"),
            ("fortnight", "fortnight fortnights"),
            ("month", "month months"),
            ("year", "year years yr yrs"),
            ("decade", "decade decades"),
            ("century", "century centuries"),
            ("millisecond", "millisecond milliseconds ms"),
            ("generation", "generation generations"),
        ],
    ),
    (
        "distance",
        &[
            ("mile", "mile miles"),
            ("kilometre", "kilometre kilometres kilometer kilometers km kms"),
            ("metre", "metre metres meter meters"),
            ("centimetre", "centimetre centimetres centimeter centimeters cm"),
            ("millimetre", "millimetre millimetres millimeter millimeters mm"),
            ("foot", "foot feet ft"),
            ("inch", "inch inches"),
            ("yard", "yard yards"),
            ("light-year", "lightyear lightyears"),
        ],
    ),
    ("area", &[("acre", "acre acres"), ("hectare", "hectare hectares ha")]),
    (
        "weight",
        &[
            ("ton", "ton tons"),
            ("tonne", "tonne tonnes"),
            ("kiloton", "kiloton kilotons"),
            ("kilogram", "kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs"),
            ("gram", "gram grams gramme grammes"),
            ("milligram", "milligram milligrams mg"),
            ("pound", "pound pounds lb lbs"),
            ("ounce", "ounce ounces oz"),
        ],
    ),
    (
        "volume",
        &[("barrel", "barrel barrels"), ("litre", "litre litres liter liters"), ("gallon", "gallon gallons")],
    ),
    ("speed", &[("mile per hour", "mph"), ("kilometre per hour", "kph kmh"), ("knot", "knot knots")]),
    (
        "power",
        &[
            ("kilowatt", "kilowatt kilowatts kw"),
            ("megawatt", "megawatt megawatts mw"),
            ("gigawatt", "gigawatt gigawatts gw"),
        ],
    ),
    ("temperature", &[("degree", "degree degrees ° º"), ("degree celsius", "℃"), ("degree fahrenheit", "℉")]),
    (
        "amount",
        &[
            ("USD", "dollar dollars usd buck bucks"),
            ("EUR", "euro euros eur"),
            ("GBP", "gbp quid"),
            ("JPY", "yen jpy"),
            ("CNY", "yuan renminbi cny rmb"),
            ("RUB", "ruble rubles rouble roubles rub"),
            ("ILS", "shekel shekels"),
            ("UAH", "hryvnia hryvnias"),
            ("PLN", "zloty zlotys zloties złoty złotys złotych"),
            ("BRL", "reais"),
            ("CHF", "chf"),
            ("cent", "cent cents"),
            ("penny", "penny pence"),
            ("crown", "crown crowns"),
            ("krona", "krona kronas kronor"),
            ("krone", "krone krones kroner"),
            ("rupee", "rupee rupees"),
            ("HUF", "forint forints"),
            ("taka", "taka takas"),
            ("naira", "naira nairas"),
            ("peso", "peso pesos"),
            ("franc", "franc francs"),
            ("lira", "lira liras"),
            ("dinar", "dinar dinars"),
            ("rial", "rial rials"),
            ("riyal", "riyal riyals"),
            ("dirham", "dirham dirhams"),
            ("rand", "rand"),
            ("baht", "baht"),
            ("bitcoin", "bitcoin bitcoins"),
        ],
    ),
    ("votes", &[("vote", "vote votes")]),
    ("multiple", &[("time", "time times")]),
];

/// Signs and codes before an amount, and the currency.
const CURRENCIES: &str = "\
    $ USD £ GBP € EUR ¥ JPY ₽ RUB ₹ INR ₩ KRW ₪ ILS ₺ TRY ₴ UAH usd USD gbp GBP eur EUR jpy JPY chf CHF \
    rs INR cny CNY rmb CNY aud AUD cad CAD inr INR";
/// The letters before a dollar sign.
const DOLLARS: &str = "us USD u.s. USD a AUD au AUD c CAD ca CAD can CAD hk HKD nz NZD s SGD r BRL nt TWD";
const DOLLAR_NATIONS: &str =
    "u.s. USD us USD american USD canadian CAD australian AUD singapore SGD jamaican JMD";

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub(super) unit: String,
    pub(super) what: &'static str,
    /// The place behind it.
    pub(super) end: usize,
}

/// The unit's name and what it measures.
pub(super) fn unit(word: &str) -> Option<(&'static str, &'static str)> {
    UNITS.iter().find_map(|(what, units)| {
        let (name, _) = units.iter().find(|(_, words)| is_in(words, word))?;
        Some((*name, *what))
    })
}

fn paired<'l>(list: &'l str, word: &str) -> Option<&'l str> {
    let mut entries = list.split_ascii_whitespace();
    while let (Some(key), Some(code)) = (entries.next(), entries.next()) {
        if key == word {
            return Some(code);
        }
    }
    None
}

/// "$", "US$", "EUR" before a number, and the place behind it.
pub(super) fn currency(words: &Words, i: usize) -> Option<(&'static str, usize)> {
    let letters = paired(DOLLARS, words.low(i)).filter(|_| words.raw(i + 1) == "$" && words.is_glued(i + 1));
    if let Some(code) = letters {
        return Some((code, i + 2));
    }
    let is_code = words.is_word(i);
    let code = paired(CURRENCIES, words.low(i)).filter(|_| !is_code || words.is_capital(i))?;
    let end = i + 1 + usize::from(is_code && words.raw(i + 1) == "." && words.is_glued(i + 1));
    Some((code, end))
}

/// The unit that stands at `i`, behind a number: one of the table, or of several words.
pub(super) fn measure(words: &Words, i: usize) -> Option<Measure> {
    let found = |unit: &str, what, end| Some(Measure { unit: unit.to_owned(), what, end });
    let glued = words.is_glued(i) && words.raw(i.wrapping_sub(1)).ends_with(|c: char| c.is_ascii_digit());
    if words.is_capital(i)
        && !glued
        && !is_in("US U.S. USD EUR GBP JPY CNY American Canadian Australian", words.raw(i))
    {
        return None;
    }
    match (words.low(i), words.low(i + 1)) {
        ("per", "cent") => return found("percent", "share", i + 2),
        ("percentage", "point" | "points") => return found("percentage point", "share", i + 2),
        ("percentage", _) if words.is_hyphen(i + 1) && words.low(i + 2) == "point" => {
            return found("percentage point", "share", i + 3);
        }
        ("basis", "point" | "points") => return found("basis point", "share", i + 2),
        ("nautical", "mile" | "miles") => return found("nautical mile", "distance", i + 2),
        ("light", "year" | "years") => return found("light-year", "distance", i + 2),
        ("miles", "per" | "an") if words.low(i + 2) == "hour" => {
            return found("mile per hour", "speed", i + 3);
        }
        ("kilometers" | "kilometres" | "km", "per" | "an") if words.low(i + 2) == "hour" => {
            return found("kilometre per hour", "speed", i + 3);
        }
        ("km", "/") if words.low(i + 2) == "h" => return found("kilometre per hour", "speed", i + 3),
        ("pounds", "sterling") => return found("GBP", "amount", i + 2),
        ("metric" | "short" | "long", "ton" | "tons") => return found("ton", "weight", i + 2),
        ("c" | "f", _) if glued && words.is_capital(i) => return Some(degree(words, i)),
        ("m", _) if glued => return found("metre", "distance", i + 1),
        ("x", _) if glued => return found("time", "multiple", i + 1),
        ("square" | "sq" | "cubic", _) => return power(words, i),
        (nation, "dollar" | "dollars") => {
            if let Some(code) = paired(DOLLAR_NATIONS, nation) {
                return found(code, "amount", i + 2);
            }
        }
        _ => {}
    }
    let (name, what) = unit(words.low(i))?;
    if name == "degree" {
        return Some(degree(words, i + 1));
    }
    found(name, what, i + 1)
}

/// "square kilometres", "sq. ft", "cubic metres".
fn power(words: &Words, i: usize) -> Option<Measure> {
    let mut k = words.after_hyphen(i + 1);
    k += usize::from(words.raw(k) == "." && words.low(i) == "sq");
    let (name, _) = unit(words.low(k)).filter(|(_, what)| *what == "distance")?;
    let (side, what) = if words.low(i) == "cubic" { ("cubic", "volume") } else { ("square", "area") };
    Some(Measure { unit: format!("{side} {name}"), what, end: k + 1 })
}

fn degree(words: &Words, k: usize) -> Measure {
    let (unit, end) = match words.raw(k) {
        "C" | "Celsius" | "celsius" | "centigrade" | "Centigrade" => ("degree celsius", k + 1),
        "F" | "Fahrenheit" | "fahrenheit" => ("degree fahrenheit", k + 1),
        _ => ("degree", k),
    };
    Measure { unit: unit.to_owned(), what: "temperature", end }
}
