//! When was an article published?

use dom_query::{Document, NodeRef};

use super::metadata::{Metas, attr, clean};

/// The first date in ISO 8601, else the first of any form; from data, then as shown.
pub(super) fn published(page: &Document, metas: &Metas, stated: Option<String>) -> Option<String> {
    let keys = [
        "article:published_time",
        "datepublished",
        "date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish_date",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
    ];
    let mut dates: Vec<String> = stated.into_iter().collect();
    dates.extend(keys.iter().filter_map(|key| metas.one_of(&[key])));
    dates.extend(attr(page, "[itemprop~='datePublished'][datetime]", "datetime"));
    dates.extend(attr(page, "[itemprop~='datePublished'][content]", "content"));
    let times = times(page);
    dates.extend(times.iter().find_map(|time| clean(&time.attr("datetime")?)));
    let dates: Vec<String> = dates.into_iter().map(with_hyphens).collect();
    if let Some(iso) = dates.iter().find(|date| is_iso(date)) {
        return Some(with_zone(iso, &dates));
    }
    let marked = "[itemprop~='datePublished'], [class*='publish'], [class*='pub-date'], [class*='pubdate'], \
        [class*='post-date'], [class*='entry-date'], [class*='article-date']";
    let shown = || {
        let year = |node: &NodeRef<'_>| shown_date(node).filter(|date| has_year(date));
        let marked = page.select(marked);
        let mut marked = marked.nodes().iter().filter(|node| place(node) != Place::Frame);
        times.iter().find_map(year).or_else(|| marked.find_map(year))
    };
    let found = dates.into_iter().find(|date| has_year(date)).or_else(shown)?;
    Some(without_label(&found).to_owned())
}

/// The times that may be the article's: those in it, else the only one of the page, unless
/// its frame shows it. Elsewhere a page prints what day it is, and when other stories came.
fn times(page: &Document) -> Vec<NodeRef<'_>> {
    let all = page.select("time");
    let all = all.nodes();
    let within: Vec<NodeRef<'_>> =
        all.iter().take(MOST_TIMES).filter(|time| place(time) == Place::Article).copied().collect();
    match all {
        [only] if place(only) == Place::Page => vec![*only],
        _ => within,
    }
}

/// Beyond these are no more than comments.
const MOST_TIMES: usize = 1000;

#[derive(PartialEq, Eq)]
enum Place {
    Article,
    Frame,
    Page,
}

/// Where in its page an element stands. An article may have a header of its own.
fn place(node: &NodeRef<'_>) -> Place {
    let mut headed = false;
    let mut around = node.parent();
    while let Some(element) = around {
        let is = |name: &&str| element.has_name(name);
        if ["aside", "nav", "footer"].iter().any(is) {
            return Place::Frame;
        }
        if ["article", "main"].iter().any(is) || is_marked_article(&element) {
            return Place::Article;
        }
        headed |= element.has_name("header");
        around = element.parent();
    }
    if headed { Place::Frame } else { Place::Page }
}

fn is_marked_article(element: &NodeRef<'_>) -> bool {
    let is_kind = |kind: &str| kind.ends_with("Article") || kind.ends_with("BlogPosting");
    element.attr("itemtype").is_some_and(|kind| is_kind(&kind))
        || element.attr("itemprop").is_some_and(|part| part.contains("articleBody"))
}

/// The same moment with its zone, where another place states that.
fn with_zone(date: &str, dates: &[String]) -> String {
    let same = |other: &&String| {
        let moments = other.get(..MOMENT).zip(date.get(..MOMENT));
        moments.is_some_and(|(other, date)| other.replace(' ', "T") == date.replace(' ', "T"))
    };
    let mut stated = std::iter::once(date).chain(dates.iter().filter(same).map(String::as_str));
    let zoned = stated.find_map(|date| {
        let (moment, zone) = date.split_at_checked(MOMENT)?;
        match zone.trim() {
            "UTC" | "GMT" => Some(format!("{}Z", moment.replace(' ', "T"))),
            "" => None,
            _ => Some(date.to_owned()),
        }
    });
    zoned.unwrap_or_else(|| date.to_owned())
}

/// "20240501", which ISO 8601 allows as well, as "2024-05-01"; other dates as they are.
fn with_hyphens(date: String) -> String {
    let number = |part: &str| part.parse::<u32>().unwrap_or_default();
    if date.len() != 8 || !date.bytes().all(|b| b.is_ascii_digit()) {
        return date;
    }
    let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
    if has_year(year) && (1..=12).contains(&number(month)) && (1..=31).contains(&number(day)) {
        format!("{year}-{month}-{day}")
    } else {
        date
    }
}

/// "2024-05-01T08:00:00", in bytes.
const MOMENT: usize = 19;

/// "Published: May 1, 2024" without what it says of itself.
fn without_label(date: &str) -> &str {
    let mut rest = date;
    while let Some((word, after)) = rest.split_once([' ', ':'])
        && LABELS.contains(&word.to_lowercase().as_str())
    {
        rest = after.trim_start_matches([' ', ':']);
    }
    rest
}

const LABELS: [&str; 12] = [
    "published",
    "updated",
    "posted",
    "first",
    "last",
    "modified",
    "date",
    "on",
    "at",
    "created",
    "veröffentlicht",
    "publié",
];

/// The dates that a page prints and marks as such, each a line.
pub(super) fn printed_dates(page: &Document) -> Vec<String> {
    let marked = "time, [itemprop~='datePublished'], [class*='post-date'], [class*='publish-date'], [class*='entry-date']";
    page.select(marked)
        .nodes()
        .iter()
        .take(MOST_DATES)
        .filter_map(shown_date)
        .filter(|date| has_year(date))
        .collect()
}

/// Those of the article come first, those of comments and of what to read next after them.
const MOST_DATES: usize = 10;

/// What an element shows when that is no more than a line. Its parts are words of their
/// own, whatever stands between them.
fn shown_date(node: &NodeRef<'_>) -> Option<String> {
    let mut words = String::new();
    for text in node.descendants_it().take(100).filter(NodeRef::is_text) {
        words += " ";
        words += &text.text();
    }
    clean(&words).filter(|line| line.len() <= 100)
}

/// "2024-05-01…", of a year in which there was news.
fn is_iso(date: &str) -> bool {
    let bytes = date.as_bytes();
    bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && has_year(&date[..date.floor_char_boundary(4)])
}

fn has_year(date: &str) -> bool {
    let mut numbers = date.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// A line that says nothing but a date and a time: "Nov 15, 2019 5:45 AM".
pub(super) fn is_date(line: &str) -> bool {
    let mut digits = 0;
    let plain = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            digits += 1;
            return word.len() <= 8;
        }
        let zone = word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase());
        let named = MONTHS.iter().any(|month| lower == *month || lower == month[..3] || lower == "sept");
        zone || named
            || LABELS.contains(&&*lower)
            || ["am", "pm", "a", "p", "m", "gmt", "utc", "of"].contains(&&*lower)
    });
    plain && digits >= 2 && line.len() <= 100 && has_year(line)
}

const MONTHS: [&str; 19] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// "05/10/2018 - …"
pub(super) fn opens_with_date(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let parts: Vec<&str> = first.trim_end_matches([',', '-', '|', ':']).split(['/', '.', '-']).collect();
    parts.len() == 3
        && has_year(first)
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}
