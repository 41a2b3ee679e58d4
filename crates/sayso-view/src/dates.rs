//! How is a date shown, whatever way it was stated in?

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of ISO 8601 in words: "6 November 2025, 02:41 −05:00". What isn't one stays as
/// it was stated, on one line.
pub(crate) fn dated(stated: &str) -> String {
    let words = crate::characters::flat(stated);
    read(&words).unwrap_or(words)
}

fn read(stated: &str) -> Option<String> {
    let (day, time) = (stated.get(..10)?, stated.get(10..)?);
    let day = read_day(day)?;
    if time.is_empty() {
        return Some(day);
    }
    let time = time.strip_prefix(['T', 't', ' '])?;
    let (hour, minute) = (number(time.get(..2)?, 23)?, number(time.get(2..5)?.strip_prefix(':')?, 59)?);
    let zone = read_zone(after_seconds(time.get(5..)?)?.trim_start())?;
    Some(format!("{day}, {hour:02}:{minute:02}{zone}"))
}

fn read_day(day: &str) -> Option<String> {
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (number(year, 9999)?, number(month, 12)?, number(day, 31)?);
    let month = MONTHS.get(month.checked_sub(1)?)?;
    (day > 0 && parts.next().is_none()).then(|| format!("{day} {month} {year}"))
}

/// What follows ":07" or ":07.123"; seconds aren't shown.
fn after_seconds(rest: &str) -> Option<&str> {
    let Some(seconds) = rest.strip_prefix(':') else { return Some(rest) };
    // A leap second is the sixty-first.
    number(seconds.get(..2)?, 60)?;
    let rest = &seconds[2..];
    let Some(fraction) = rest.strip_prefix(['.', ',']) else { return Some(rest) };
    let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (after.len() < fraction.len()).then_some(after)
}

/// "+0530", "+05:30" and "+05" with a colon; all names of UTC, and no distance from it, as
/// " UTC".
fn read_zone(zone: &str) -> Option<String> {
    if zone.is_empty() {
        return Some(String::new());
    }
    if ["Z", "UTC", "GMT"].iter().any(|name| zone.eq_ignore_ascii_case(name)) {
        return Some(" UTC".to_owned());
    }
    let (sign, distance) = match zone.strip_prefix('+') {
        Some(distance) => ('+', distance),
        None => ('−', zone.strip_prefix(['-', '−'])?),
    };
    let hours = number(distance.get(..2)?, 23)?;
    let minutes = distance.get(2..)?;
    let minutes =
        if minutes.is_empty() { 0 } else { number(minutes.strip_prefix(':').unwrap_or(minutes), 59)? };
    let is_utc = hours == 0 && minutes == 0;
    Some(if is_utc { " UTC".to_owned() } else { format!(" {sign}{hours:02}:{minutes:02}") })
}

/// Two or four digits that make no more than that.
fn number(digits: &str, most: usize) -> Option<usize> {
    let n_digits = if most > 99 { 4 } else { 2 };
    let is_plain = digits.len() == n_digits && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&number| is_plain && number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_time_is_shown_one_way() {
        for zone in ["Z", "z", " UTC", " GMT", "+00:00", "+0000", "-00:00", "-0000", "+00", " +0000"] {
            assert_eq!(dated(&format!("2019-11-20T09:29:00{zone}")), "20 November 2019, 09:29 UTC");
        }
        for zone in ["+01:00", "+0100", "+01", " +0100"] {
            assert_eq!(dated(&format!("2019-11-20 09:29{zone}")), "20 November 2019, 09:29 +01:00");
        }
    }

    #[test]
    fn what_is_no_date_of_iso_8601_stays() {
        for stated in [
            "2025-11-06T24:00:00Z",
            "2025-11-06T10:60",
            "2025-11-06T10:00:00.Z",
            "2025-11-06T10:00 CET",
            "2025-11-06T10:00+1",
            "2025-11-00",
            "20 Nov 2019",
            "12345-01-1",
        ] {
            assert_eq!(dated(stated), stated);
        }
    }
}
