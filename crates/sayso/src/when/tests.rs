//! Each line is a text with its expressions in brackets, and after `=` the days they cover, `?` for none.

use jiff::civil::{Date, date};

use super::{Tense, When, find};

/// A Wednesday.
const PUBLISHED: Date = date(2016, 3, 16);

/// Finds the expressions of each line's bare text again.
#[track_caller]
fn check(published: Option<Date>, past: bool, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let text: String = line.split('⟦').map(bare).collect();
        assert_eq!(marked(&text, published, past), line);
    }
}

/// A piece from one bracket to the next, without days and brackets.
fn bare(piece: &str) -> String {
    let Some((inside, after)) = piece.split_once('⟧') else { return piece.to_owned() };
    let (words, _) = inside.split_once('=').expect("days in the brackets");
    format!("{words}{after}")
}

fn marked(text: &str, published: Option<Date>, past: bool) -> String {
    let tense = if past { Tense::Past } else { Tense::Future };
    brackets(text, &find(text, published, Some(tense)))
}

fn brackets(text: &str, whens: &[When]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for when in whens {
        let days = match when.range {
            None => "?".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}..{last}"),
        };
        marked.extend([&text[at..when.span.start], "⟦", &text[when.span.clone()], "=", &days, "⟧"]);
        at = when.span.end;
    }
    marked + &text[at..]
}

#[test]
fn weekdays() {
    check(
        Some(PUBLISHED),
        true,
        "
        He spoke ⟦on Wednesday=2016-03-16⟧.
        Police said ⟦Thursday=2016-03-10⟧ that two men died.
        ⟦Wednesday night=2016-03-16⟧ was calm, ⟦on Monday morning=2016-03-14⟧ it rained
        ⟦last Friday=2016-03-11⟧, ⟦last Wednesday=2016-03-09⟧, ⟦this Friday=2016-03-18⟧, ⟦this Monday=2016-03-14⟧
        ⟦This past Sunday=2016-03-13⟧ and ⟦next Tuesday=2016-03-22⟧
        ⟦On Wednesday=2016-03-16⟧ Mr. Lee said so ⟦late Tuesday=2016-03-15⟧.
        “⟦Since Monday=2016-03-14⟧,” she said — ⟦until Sunday=2016-03-13⟧
        in ⟦Tuesday=2016-03-15⟧’s debate
        ⟦earlier on Wednesday=2016-03-16⟧, ⟦by early Monday=2016-03-14⟧
        ⟦On Tuesday, March 15=2016-03-15⟧, ⟦on Friday 11 March 2016=2016-03-11⟧ and ⟦Sunday, May 3=2015-05-03⟧
        the Sunday Times, on Sundays, Black Friday, Saturday Night Live, on Sunday Night Football, Sunday Mirror
        the last hope; ⟦the last Friday=?⟧
        ",
    );
}

#[test]
fn dates() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦March 15=2016-03-15⟧, ⟦March 17=2015-03-17⟧, ⟦March 16=2016-03-16⟧
        ⟦on March 15, 2016=2016-03-15⟧, and ⟦15 March 2016=2016-03-15⟧, ⟦on the 15th of March=2016-03-15⟧
        ⟦Sept. 11, 2001=2001-09-11⟧, ⟦Sept. 11=2015-09-11⟧; ⟦on 2016-03-15=2016-03-15⟧
        ⟦on Feb. 29=2016-02-29⟧, ⟦Feb. 30, 2016=?⟧, 2016-13-01, ⟦from 2016=2016-01-01..2016-12-31⟧-3
        ⟦March 15 last year=2015-03-15⟧, ⟦May 15=2015-05-15⟧
        ⟦In March=2016-03-01..2016-03-31⟧ 15-year-old girls and ⟦in March=2016-03-01..2016-03-31⟧ 1,500 people
        ",
    );
}

#[test]
fn months_seasons_and_years() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦In May=2015-05-01..2015-05-31⟧ Mr. Lee, ⟦in May 2015=2015-05-01..2015-05-31⟧, ⟦in March=2016-03-01..2016-03-31⟧
        ⟦February 2022=2022-02-01..2022-02-28⟧, ⟦in Sept. 2015=2015-09-01..2015-09-30⟧, ⟦Next May=2016-05-01..2016-05-31⟧
        ⟦last March=2015-03-01..2015-03-31⟧ and ⟦this March=2016-03-01..2016-03-31⟧
        ⟦until March=2016-03-01..2016-03-31⟧, ⟦mid-March=2016-03-01..2016-03-31⟧, ⟦in late May=2015-05-01..2015-05-31⟧
        ⟦in May last year=2015-05-01..2015-05-31⟧; ⟦in May of this year=2016-05-01..2016-05-31⟧
        ⟦in 2011=2011-01-01..2011-12-31⟧, ⟦late 2015=2015-01-01..2015-12-31⟧, ⟦since mid-2015=2015-01-01..2015-12-31⟧
        ⟦in the 1990s=1990-01-01..1999-12-31⟧, ⟦the early 2000s=2000-01-01..2009-12-31⟧
        ⟦the summer of 2012=2012-06-01..2012-08-31⟧, ⟦last summer=2015-06-01..2015-08-31⟧
        ⟦in the winter of 2015=2015-12-01..2016-02-29⟧, ⟦last winter=2015-12-01..2016-02-29⟧
        ⟦This spring=2016-03-01..2016-05-31⟧ and ⟦in the summer=2015-06-01..2015-08-31⟧ he was hurt in the fall
        It may rain. May I? May said so. From May, Theresa May, the March on Washington, March on Washington
        US Marines march on, the sun, in march, April Lee and August Wilson, by June Carter, Jan said, of Jan
        2011 people, at 2000 feet, over 2016 votes, in 1850, in 2,011 cases, in 2011.5, of $2000
        ",
    );
}

#[test]
fn relative_expressions() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦Today=2016-03-16⟧ or ⟦yesterday morning=2016-03-15⟧, ⟦tomorrow=2016-03-17⟧ or ⟦tonight=2016-03-16⟧
        ⟦this morning=2016-03-16⟧, ⟦last night=2016-03-15⟧, ⟦earlier today=2016-03-16⟧
        ⟦this week=2016-03-14..2016-03-20⟧, ⟦last week=2016-03-07..2016-03-13⟧, ⟦next month=2016-04-01..2016-04-30⟧
        ⟦earlier this month=2016-03-01..2016-03-31⟧, ⟦late last year=2015-01-01..2015-12-31⟧
        by ⟦last year=2015-01-01..2015-12-31⟧'s winner
        ⟦two days ago=2016-03-14⟧, ⟦three weeks ago=2016-02-22..2016-02-28⟧, ⟦a year ago=2015-01-01..2015-12-31⟧
        ⟦20 years ago=1996-01-01..1996-12-31⟧, ⟦a few days ago=?⟧, ⟦years ago=?⟧, ⟦99999999999 days ago=?⟧
        ⟦over the weekend=2016-03-12..2016-03-13⟧, ⟦last weekend=2016-03-12..2016-03-13⟧
        ⟦at the weekend=2016-03-12..2016-03-13⟧, ⟦this weekend=2016-03-19..2016-03-20⟧
        ⟦the day before yesterday=2016-03-14⟧ and ⟦the day after tomorrow=2016-03-18⟧
        USA Today, told This Week, the Today programme, a last-minute deal, each year, this time
        ",
    );
}

#[test]
fn expressions_without_days() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦in recent weeks=?⟧, ⟦in the past two years=?⟧, ⟦in the coming days=?⟧
        He ⟦previously=?⟧ said, and ⟦recently=?⟧ denied, what he ⟦earlier=?⟧ saw ⟦at the time=?⟧.
        ⟦Later that day=?⟧, ⟦the day before=?⟧ the vote, ⟦on the same day=?⟧, ⟦two days later=?⟧, ⟦that night=?⟧.
        ⟦the following March=?⟧, ⟦earlier in the week=?⟧, ⟦the next morning=?⟧
        for five hours, nearly five-hour talks, for the past two years, a two-year-old, then, an earlier report
        Twenty-two ⟦years ago=?⟧, Lee’s earlier claim, the pile-on ⟦Tuesday=2016-03-15⟧
        earlier than planned, said that day care helps, at the same time, a week, the time, days
        ",
    );
}

#[test]
fn the_future_looks_ahead() {
    check(
        Some(PUBLISHED),
        false,
        "
        ⟦by Friday=2016-03-18⟧, ⟦on Wednesday=2016-03-16⟧, ⟦Tuesday=2016-03-22⟧, ⟦over the weekend=2016-03-19..2016-03-20⟧
        ⟦in May=2016-05-01..2016-05-31⟧, ⟦March 15=2017-03-15⟧, ⟦in the winter=2016-12-01..2017-02-28⟧
        ⟦on Feb. 29=2020-02-29⟧ and ⟦in 2011=2011-01-01..2011-12-31⟧
        ",
    );
}

#[test]
fn without_a_date_of_publication_only_years_resolve() {
    check(
        None,
        true,
        "
        ⟦on Wednesday=?⟧; ⟦March 15=?⟧, ⟦last week=?⟧, ⟦in May last year=?⟧, ⟦two days ago=?⟧, ⟦over the weekend=?⟧
        ⟦March 15, 2016=2016-03-15⟧, ⟦in May 2015=2015-05-01..2015-05-31⟧, ⟦the 1990s=1990-01-01..1999-12-31⟧
        ",
    );
}

/// Whatever the words and their order: spans are ordered slices of the text, and days are in order.
#[test]
fn odd_strings_keep_the_laws() {
    let pieces = "on|in|mid|-|--|the| |  |\n|’|'s|“|é|İ|ß|٣|²|🙂|\u{0}|\u{301}|March|May|Sept|.|,|15|15th|0|31|29|2016|\
        1990s|99999999999999999999|-9|day|days|ago|a|couple|of|last|this|past|next|year|weekend|Wednesday|night|that|\
        same|before|yesterday|earlier|summer|winter|recent|st|th|s|0s|é0s|2016-02-30|2016-é|1.5|1,é";
    let pieces: Vec<&str> = pieces.split('|').collect();
    let mut state: u32 = 1;
    let mut next = |n: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % n
    };
    for _ in 0..20_000 {
        let glue = ["", " "][next(2)];
        let text = (0..next(12)).map(|_| pieces[next(pieces.len())]).collect::<Vec<_>>().join(glue);
        let published = [None, Some(Date::MIN), Some(Date::MAX), Some(PUBLISHED)][next(4)];
        let mut at = 0;
        for when in find(&text, published, (next(2) == 0).then_some(Tense::Past)) {
            assert!(when.span.start >= at && !text[when.span.clone()].is_empty(), "{text:?}");
            assert!(when.range.is_none_or(|(first, last)| first <= last), "{text:?}");
            at = when.span.end;
        }
    }
}

#[test]
fn the_words_around_tell_the_tense() {
    let published = Some(date(2024, 3, 4));
    let lines = "
        Talks are to resume ⟦on Friday, March 8=2024-03-08⟧.
        The board will meet ⟦on Thursday=2024-03-07⟧, after it met ⟦on Thursday=2024-02-29⟧.
        They would halt work ⟦by the weekend=2024-03-09..2024-03-10⟧.
        She demanded a full withdrawal ⟦by March 31=2024-03-31⟧.
        Parliament begins its session ⟦next Monday=2024-03-11⟧ and ends it ⟦in June=2024-06-01..2024-06-30⟧.
        The ⟦Nov. 8=2023-11-08⟧ ruling was a surprise, and so was the ⟦May 8=2024-05-08⟧ election.
        He was elected ⟦in November=2023-11-01..2023-11-30⟧.
        ⟦On Wednesday=2024-03-06⟧ ministers will vote; ⟦on Tuesday=2024-02-27⟧ they spoke.
        Prices rose ⟦in February=2024-02-01..2024-02-29⟧ and ⟦in January=2024-01-01..2024-01-31⟧.
        ";
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let text: String = line.split('⟦').map(bare).collect();
        assert_eq!(brackets(&text, &find(&text, published, None)), line);
    }
}
