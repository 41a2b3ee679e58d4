//! Days as pictures: drawn on the server, each mark a link; what they show stands beneath in words too.

use jiff::civil::Date;
use maud::{Markup, html};
use sayso_archive::Held;

/// Somebody's line of dots.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) dots: Vec<Dot>,
}

/// Something on a day.
pub(super) struct Dot {
    pub(super) day: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) class: &'static str,
}

const WIDTH: i64 = 720;
const NAMES: i64 = 190;
const LINE: i64 = 26;
/// Letters of a name that fit before its line.
const LETTERS: usize = 23;

/// Where days lie from left to right.
struct Scale {
    first: Date,
    days: i64,
}

impl Scale {
    fn of<'a>(days: impl Iterator<Item = &'a str>) -> Option<Self> {
        let all: Vec<Date> = days.filter_map(|day| day.parse().ok()).collect();
        let (first, last) = (*all.iter().min()?, *all.iter().max()?);
        Some(Self { first, days: between(first, last).max(1) })
    }

    fn at(&self, day: &str) -> Option<i64> {
        let day: Date = day.parse().ok()?;
        Some(NAMES + 14 + between(self.first, day) * (WIDTH - NAMES - 40) / self.days)
    }
}

fn between(first: Date, last: Date) -> i64 {
    first.until(last).map_or(0, |span| i64::from(span.get_days()))
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars().take(LETTERS - 1).collect::<String>() + "…"
}

/// Lines of dots by day.
pub(super) fn days(title: &str, rows: &[Row], legend: &str) -> Markup {
    let Some(scale) = Scale::of(rows.iter().flat_map(|row| &row.dots).map(|dot| dot.day.as_str())) else {
        return html! {};
    };
    let height = LINE * i64::try_from(rows.len()).unwrap_or(10) + 34;
    let ends = || rows.iter().flat_map(|row| &row.dots).map(|dot| dot.day.as_str());
    let (first, last) = (ends().min().unwrap_or_default(), ends().max().unwrap_or_default());
    html! {
        figure.picture {
            figcaption { (title) ". " span.fine { (legend) } }
            div.scroll tabindex="0" role="region" aria-label=(title) {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="group" aria-label=(title) {
                    @for (i, row) in (0_i64..).zip(rows) {
                        @let y = LINE * i + 18;
                        text.name x=(NAMES) y=(y + 4) text-anchor="end" { (short(&row.name)) }
                        line.base x1=(NAMES + 10) x2=(WIDTH - 10) y1=(y) y2=(y) {}
                        @for (n, dot) in row.dots.iter().enumerate() { @if let Some(x) = scale.at(&dot.day) {
                            // Several of one day stand side by side.
                            @let before = row.dots[..n].iter().filter(|other| other.day == dot.day).count();
                            @let x = x + 5 * i64::try_from(before).map_or(6, |before| before.min(6));
                            a href=(dot.href) aria-label=(dot.title) {
                                circle class={ "dot " (dot.class) } cx=(x) cy=(y) r="6" { title { (dot.title) } }
                            }
                        } }
                    }
                    text.day x=(NAMES + 10) y=(height - 6) { (first) }
                    @if first != last { text.day x=(WIDTH - 10) y=(height - 6) text-anchor="end" { (last) } }
                }
            }
        }
    }
}

/// What a party held, as bars from day to day; nothing where there is one step only.
pub(super) fn steps(held: &Held) -> Markup {
    let dated: Vec<_> = held.steps.iter().filter_map(|step| Some((step, step.since.as_deref()?))).collect();
    if dated.len() < 2 {
        return html! {};
    }
    let ends = dated.iter().flat_map(|(step, since)| [*since, step.until.as_deref().unwrap_or(since)]);
    let Some(scale) = Scale::of(ends) else { return html! {} };
    let height = LINE * i64::try_from(dated.len()).unwrap_or(10) + 8;
    let label = format!("{} on {}, by day", held.party, held.issue);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            svg.steps viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) role="img" aria-label=(label) {
                @for (i, (step, since)) in (0_i64..).zip(&dated) {
                    @let y = LINE * i + 6;
                    @if let (Some(from), Some(to)) = (scale.at(since), scale.at(step.until.as_deref().unwrap_or(since))) {
                        text.name x=(NAMES) y=(y + 12) text-anchor="end" { (since) " " (step.stance) }
                        rect class={ "bar " (step.stance) } x=(from - 5) y=(y) width=(to - from + 10) height="14" rx="4" {
                            title { (since) ": " (step.stance) ": " (step.detail) }
                        }
                    }
                }
            }
        }
    }
}
