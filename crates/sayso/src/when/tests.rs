//! Each line is a text with its expressions in brackets, and after `=` the days they cover, `?` for none.

use jiff::civil::{Date, date};

use super::{Tense, When, find};

/// A Wednesday.
pub(super) const PUBLISHED: Date = date(2016, 3, 16);

/// Finds the expressions of each line's bare text again.
#[track_caller]
fn check(published: Option<Date>, past: bool, lines: &str) {
    let tense = if past { Tense::Past } else { Tense::Future };
    check_in(published, Some(tense), lines);
}

/// The same, in a given tense or that of the words around.
#[track_caller]
pub(super) fn check_in(published: Option<Date>, tense: Option<Tense>, lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let text: String = line.split('⟦').map(bare).collect();
        assert_eq!(brackets(&text, &find(&text, published, tense)), line);
    }
}

/// A piece from one bracket to the next, without days and brackets.
fn bare(piece: &str) -> String {
    let Some((inside, after)) = piece.split_once('⟧') else { return piece.to_owned() };
    let (words, _) = inside.split_once('=').expect("days in the brackets");
    format!("{words}{after}")
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
        the Sunday Times, ⟦on Sundays=?⟧, Black Friday, Saturday Night Live, on Sunday Night Football, Sunday Mirror
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
        2011 people, at 2000 feet, over 2016 votes, ⟦in 1850=1850-01-01..1850-12-31⟧, in 2,011 cases, in 2011.5, of $2000
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
        same|before|yesterday|earlier|summer|winter|recent|st|th|s|0s|é0s|2016-02-30|2016-é|1.5|1,é|\
        to|between|and|through|from|–|1776|people|16|the end of|the first|half|quarter|every|Mondays|Tuesday|Christmas|\
        Eve|all|overnight|T23:30|2016-03-15T23|+|:|05:00|GMT|for|if|was|were|set|could|have|not|will|said|who|visit|levels";
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
    check_in(published, None, lines);
}

#[test]
fn a_weekday_chooses_the_year_of_its_date() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦on Tuesday, March 22=2016-03-22⟧, ⟦Sunday March 22=2015-03-22⟧, ⟦Wednesday, March 22=2017-03-22⟧
        ⟦Friday, March 22=?⟧, ⟦Tuesday 22 March=2016-03-22⟧, ⟦Tuesday, March 22, 2016=2016-03-22⟧
        ⟦Monday, Feb. 29=2016-02-29⟧, ⟦Tuesday, Feb. 29=?⟧, ⟦Sunday, March 22, 2016=?⟧, ⟦Monday, Feb. 30=?⟧
        ",
    );
}

#[test]
fn two_ends() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦March 15-17=2016-03-15..2016-03-17⟧, ⟦March 18 to 20=2015-03-18..2015-03-20⟧
        ⟦March 3 to 7=2016-03-03..2016-03-07⟧, ⟦from March 3 to 7=2016-03-03..2016-03-07⟧
        ⟦March 3–7=2016-03-03..2016-03-07⟧, ⟦March 30-April 2=2015-03-30..2015-04-02⟧, ⟦3-7 March=2016-03-03..2016-03-07⟧
        ⟦Dec. 30 to Jan. 2=2015-12-30..2016-01-02⟧, ⟦Dec. 30-Jan. 2, 2015=2014-12-30..2015-01-02⟧, ⟦March 17-15=?⟧
        ⟦between March 3 and March 7=2016-03-03..2016-03-07⟧, ⟦between 3 and 7 March 2014=2014-03-03..2014-03-07⟧
        ⟦between June 2012 and April 2014=2012-06-01..2014-04-30⟧
        ⟦from March 3, 2014 to April 4, 2015=2014-03-03..2015-04-04⟧, ⟦from March to May=?⟧, ⟦from May to June=2015-05-01..2015-06-30⟧
        ⟦between January and February=2016-01-01..2016-02-29⟧, ⟦from June to May=?⟧, ⟦May-June=2015-05-01..2015-06-30⟧
        ⟦from 2014-2016=2014-01-01..2016-12-31⟧, ⟦2014-16=2014-01-01..2016-12-31⟧, ⟦from 2016 to 2014=?⟧
        ⟦from 2014 to 2016=2014-01-01..2016-12-31⟧ and ⟦between 1850 and 1865=1850-01-01..1865-12-31⟧
        ⟦between 2014 and 2016=2014-01-01..2016-12-31⟧; ⟦in 2008-09=2008-01-01..2009-12-31⟧, 2016-14, 555-2014-16
        ⟦from Tuesday to Friday=2016-03-08..2016-03-11⟧, ⟦Monday through Wednesday=2016-03-14..2016-03-16⟧
        ⟦between Friday and Monday=2016-03-11..2016-03-14⟧, ⟦Tuesday-Thursday=2016-03-08..2016-03-10⟧
        ⟦from Monday, March 7 to Friday, March 11=2016-03-07..2016-03-11⟧, open ⟦Monday to Friday=?⟧
        moved ⟦from Tuesday=2016-03-15⟧ to ⟦Friday=2016-03-11⟧, ⟦on March 3=2016-03-03⟧ to 15 members
        from 2000 to 2010 voters, won 3-2 ⟦March 5=2016-03-05⟧, ⟦on Monday=2016-03-14⟧ and ⟦Tuesday=2016-03-15⟧
        ",
    );
}

#[test]
fn two_ends_ahead() {
    check(
        Some(PUBLISHED),
        false,
        "
        ⟦from Friday to Sunday=2016-03-18..2016-03-20⟧, ⟦from Tuesday to Friday=?⟧; ⟦March 15-17=2016-03-15..2016-03-17⟧
        ⟦March 30-April 2=2016-03-30..2016-04-02⟧, ⟦from Dec. 30 to Jan. 2=2016-12-30..2017-01-02⟧
        ",
    );
}

#[test]
fn stated_years_are_taken() {
    check(
        Some(PUBLISHED),
        true,
        "
        the ⟦Sept. 11, 2001=2001-09-11⟧ attacks
        ⟦July 4, 1776=1776-07-04⟧, ⟦on 4 July 1776=1776-07-04⟧, ⟦in 1850=1850-01-01..1850-12-31⟧, rose by 1850
        ⟦in March 1848=1848-03-01..1848-03-31⟧, ⟦since 1789=1789-01-01..1789-12-31⟧, ⟦Oct. 14, 1066=?⟧
        ⟦by 2030=2030-01-01..2030-12-31⟧, ⟦before 2030=2030-01-01..2030-12-31⟧, ⟦until 2021=2021-01-01..2021-12-31⟧
        ⟦On March 15=?⟧, 2000 troops landed, and ⟦in March=?⟧ 2000 boats
        ⟦In March 2014=2014-03-01..2014-03-31⟧ voters chose; ⟦in the summer of 1914=1914-06-01..1914-08-31⟧
        ",
    );
}

#[test]
fn four_digits_before_a_plural_count() {
    check(
        Some(PUBLISHED),
        true,
        "
        a crowd of 2000 people; a force of 2000 troops landed in 2000 boats, in 2000 homes, by 2000 women
        ⟦In 2000=2000-01-01..2000-12-31⟧ voters chose Mr. Lee, and in 2000 voters chose Ms. Lee
        “⟦In 2000=2000-01-01..2000-12-31⟧ voters chose me”, ⟦in 2011=2011-01-01..2011-12-31⟧ was
        the report ⟦of 2014=2014-01-01..2014-12-31⟧ shows, ⟦in 2014=2014-01-01..2014-12-31⟧ as before
        the police force of 2000 men, by 2000%, since 2000 GMT, until 1900 hours
        ",
    );
}

#[test]
fn years_before_nouns() {
    check(
        Some(PUBLISHED),
        true,
        "
        the ⟦2014=2014-01-01..2014-12-31⟧ study, his ⟦2012=2012-01-01..2012-12-31⟧ visit and the disputed ⟦2000=2000-01-01..2000-12-31⟧ election
        the ⟦2008=2008-01-01..2008-12-31⟧ economic collapse, below ⟦2005=2005-01-01..2005-12-31⟧ levels
        Obama’s ⟦2012=2012-01-01..2012-12-31⟧ campaign, the ⟦2014=2014-01-01..2014-12-31⟧ talks
        ⟦from 2005=2005-01-01..2005-12-31⟧ levels, ⟦in 2014=2014-01-01..2014-12-31⟧ elections
        a 2000 mile trip, the 2000 injured, the 2000 who came, a $2000 visit, a 2000-seat hall, the 2000 dead
        the 2000 voters, of 2000 games, the 1850 study
        ",
    );
}

#[test]
fn seasons_alone() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦since spring=2016-03-01..2016-05-31⟧, ⟦since last winter=2015-12-01..2016-02-29⟧, ⟦in winter=2015-12-01..2016-02-29⟧
        ⟦all winter=2015-12-01..2016-02-29⟧, ⟦midsummer=2015-06-01..2015-08-31⟧, ⟦all the summer=2015-06-01..2015-08-31⟧
        ⟦before winter=2015-12-01..2016-02-29⟧, ⟦by winter=2015-12-01..2016-02-29⟧, ⟦in the winter=2015-12-01..2016-02-29⟧
        ⟦since fall=2015-09-01..2015-11-30⟧, ⟦in early autumn=2015-09-01..2015-11-30⟧, ⟦over the summer=2015-06-01..2015-08-31⟧
        in winter clothes, before spring training, hurt in fall, winter is cold, the winter, by summer-born men
        ",
    );
    check_in(
        Some(PUBLISHED),
        None,
        "
        A meal ⟦in winter=?⟧
        They must leave ⟦before winter=2016-12-01..2017-02-28⟧
        It will end ⟦by summer=2016-06-01..2016-08-31⟧.
        Prices have risen ⟦since spring=2016-03-01..2016-05-31⟧, and will ⟦since last summer=2015-06-01..2015-08-31⟧.
        ",
    );
}

#[test]
fn parts_of_a_whole() {
    check(
        Some(PUBLISHED),
        false,
        "
        ⟦by the end of the year=2016-12-01..2016-12-31⟧, ⟦before the end of the year=2016-12-01..2016-12-31⟧
        ⟦at the end of March=2016-03-21..2016-03-31⟧, ⟦by the end of next month=2016-04-21..2016-04-30⟧
        ⟦the end of the week=2016-03-19..2016-03-20⟧, ⟦at the beginning of May=2016-05-01..2016-05-10⟧
        ⟦at the start of May=2016-05-01..2016-05-10⟧, ⟦in the middle of June=2016-06-11..2016-06-20⟧
        ⟦the first week of December=2016-12-01..2016-12-07⟧, ⟦in the last week of December=2016-12-25..2016-12-31⟧
        ⟦the second quarter=2016-04-01..2016-06-30⟧, ⟦the end of 2017=2017-12-01..2017-12-31⟧, ⟦by end of May=2016-05-21..2016-05-31⟧
        ⟦by the end of summer=2016-08-01..2016-08-31⟧, ⟦in the first half of this year=2016-01-01..2016-06-30⟧
        ",
    );
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦at the end of the year=2015-12-01..2015-12-31⟧, ⟦by the end of the year=2016-12-01..2016-12-31⟧
        ⟦at the end of March=2015-03-21..2015-03-31⟧, ⟦at the start of the year=2016-01-01..2016-01-31⟧
        ⟦the first half of 2015=2015-01-01..2015-06-30⟧, ⟦the second half of March=2016-03-16..2016-03-31⟧
        ⟦the first quarter of 2016=2016-01-01..2016-03-31⟧, ⟦in the third quarter=2015-07-01..2015-09-30⟧
        ⟦the fourth quarter of last year=2015-10-01..2015-12-31⟧, ⟦the end of the 1990s=?⟧, ⟦in the middle of 2015=2015-06-01..2015-07-31⟧
        scored in the third quarter, the first quarter of the game, the end of the day, the end of the war, the end
        the end of August Wilson’s play, the first half, the second week, ⟦the last week=?⟧ of the race
        ",
    );
}

#[test]
fn days_that_come_again() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦every Sunday=?⟧, ⟦on Mondays=?⟧, ⟦Mondays=?⟧ are long, ⟦on a Tuesday=?⟧, ⟦a Tuesday night=?⟧ ⟦in June=2015-06-01..2015-06-30⟧
        ⟦every April=?⟧, ⟦every other Friday=?⟧, ⟦on Sunday nights=?⟧, ⟦Each Monday morning=?⟧ he ran, ⟦any Friday=?⟧
        in a ⟦Tuesday=2016-03-15⟧ statement, a ⟦Tuesday, March 15=2016-03-15⟧, vote, every Sunday Times
        It rained ⟦overnight=?⟧, an overnight stay, ⟦later that month=?⟧, ⟦a month later=?⟧, ⟦that month=?⟧
        ",
    );
    check(Some(PUBLISHED), true, "⟦That month=?⟧ voters left. He said that month care helps.");
}

#[test]
fn feasts() {
    check(
        Some(PUBLISHED),
        true,
        "
        ⟦before Christmas=2015-12-25⟧, ⟦on Christmas Eve=2015-12-24⟧, ⟦last Christmas=2015-12-25⟧, ⟦Christmas 2014=2014-12-25⟧
        ⟦next Christmas=2016-12-25⟧, ⟦Christmas=2015-12-25⟧ was calm, ⟦at Easter=?⟧, ⟦on Easter Sunday=?⟧, ⟦since Thanksgiving=?⟧
        the Orthodox Christmas, How He Stole Christmas, Merry Christmas, a Christmas tree, Christmas Island, Easter eggs
        ",
    );
    check(Some(PUBLISHED), false, "⟦by Christmas=2016-12-25⟧, ⟦after Christmas Day=2016-12-25⟧");
}

#[test]
fn clock_words_beside_a_day() {
    check(
        Some(PUBLISHED),
        true,
        "
        8 p.m. EST ⟦Wednesday=2016-03-16⟧, ⟦Wednesday=2016-03-16⟧ at 8 p.m. (0100 GMT), ⟦Tuesday=2016-03-15⟧ EST
        at 3 a.m. local time ⟦on Thursday=2016-03-10⟧, at 2000 GMT ⟦on Monday=2016-03-14⟧, by 2030 local time
        ⟦2016-03-15T23:30:00-05:00=2016-03-15⟧, ⟦2016-03-15T23:30Z=2016-03-15⟧, ⟦at 2016-03-15T23:30:00.5+01:00=2016-03-15⟧
        ⟦Wednesday morning=2016-03-16⟧, ⟦Wednesday=2016-03-16⟧ around noon, 2016-03-15Tea, 2016-03-15-1
        ",
    );
    check(Some(PUBLISHED), false, "⟦Wednesday=2016-03-16⟧ at 8 p.m. EST, ⟦on Tuesday=2016-03-22⟧ at 9 ET");
}
