//! Each line is a text with its figures in brackets, and after `=` the value in its unit, what it measures, and what it
//! is of. Signs before the value: `~` about, `<` under, `>` over, `≥` at least, `≤` at most.

use sayso_text::{Article, Document, ParagraphKind, Span};

use super::{Approx, Figure, find};

/// Finds the figures of each line's bare text again.
#[track_caller]
fn check(lines: &str) {
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let text: String = line.split('⟦').map(bare).collect();
        assert_eq!(marked(&text), line);
    }
}

/// A piece from one bracket to the next, without values and brackets.
fn bare(piece: &str) -> String {
    let Some((inside, after)) = piece.split_once('⟧') else { return piece.to_owned() };
    let (words, _) = inside.split_once('=').expect("a value in the brackets");
    format!("{words}{after}")
}

/// One line is running text, however short.
fn body(text: &str) -> Document {
    let mut doc = Document::new(&Article::from_text(text));
    doc.paragraphs.iter_mut().for_each(|paragraph| paragraph.kind = ParagraphKind::Body);
    doc
}

fn marked(text: &str) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for figure in find(&body(text), &[]) {
        marked.extend([
            &text[at..figure.span.start],
            "⟦",
            figure.span.of(text),
            "=",
            &told(&figure, text),
            "⟧",
        ]);
        at = figure.span.end;
    }
    marked + &text[at..]
}

fn told(figure: &Figure, text: &str) -> String {
    let sign = match figure.approx {
        Approx::Exact => "",
        Approx::About => "~",
        Approx::Under => "<",
        Approx::Over => ">",
        Approx::AtLeast => "≥",
        Approx::AtMost => "≤",
    };
    let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
    let high = figure.high.map(|high| format!("..{}", rounded(high))).unwrap_or_default();
    let what = figure.what.as_deref().unwrap_or("-");
    let of = figure.of.map(|of| format!(": {}", of.of(text))).unwrap_or_default();
    format!("{sign}{}{high} {} ({what}{of})", rounded(figure.value), figure.unit)
}

#[test]
fn headings_and_dates_have_no_figures() {
    let text = "31 ships\n\nPolice saw 31 ships two days ago, and 12 boats.";
    let mut doc = Document::new(&Article::from_text(text));
    doc.paragraphs[0].kind = ParagraphKind::Heading;
    let at = text.find("two").expect("a date");
    let dates = [Span::new(at, at + 12), Span::new(at, at + 3), Span::new(0, 2)];
    let found: Vec<_> = find(&doc, &dates).iter().map(|figure| figure.span.of(text)).collect();
    assert_eq!(found, ["31 ships", "12 boats"]);
    assert_eq!(find(&doc, &dates)[0].span.start, 21);
    let text = "On March 3, 31, and (5) May, 12, 500 people met.";
    for end in 3..text.len() {
        assert!(find(&body(text), &[Span::new(3, end)]).len() < 3, "{end}");
    }
}

#[test]
fn any_text_gives_spans_in_order() {
    let words = [
        "5", "$", "%", "-", "two", "million", "and", "a", "half", "of", "the", "to", "between", "ships", ",",
        ".", "1,2,3", "–", "°", "C", "½", "é", "third", "votes", "dozens", "minus", "in", "hundred", "about",
        "’", "s", "old", "year", "from", "rose", "000", "them", "lakh", "within", "perhaps", "an", "hour",
        "(", "2000", "Lee", "\u{a0}", "people", "for",
    ];
    let mut seed = 7_usize;
    for _ in 0..1000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += words[(seed >> 33) % words.len()];
            text += if (seed >> 20).is_multiple_of(3) { "" } else { " " };
        }
        let doc = body(&text);
        let mut at = 0;
        for figure in find(&doc, &[]) {
            assert!(figure.span.start >= at && !figure.span.of(&text).trim().is_empty(), "{text}");
            assert!(figure.value.is_finite() && figure.high.is_none_or(|high| high > figure.value), "{text}");
            assert!(!figure.unit.is_empty() && figure.of.is_none_or(|of| !of.of(&text).is_empty()), "{text}");
            at = figure.span.end;
        }
    }
}

#[test]
fn shares() {
    check(
        "
        ⟦Approximately 85% of the Donbas=~85 percent (share: the Donbas)⟧ is in Russian hands.
        It rose ⟦12.5 percent=12.5 percent (share)⟧, ⟦3 percentage points=3 percentage point (share)⟧ more,
        and by ⟦1 per cent=1 percent (share)⟧.
        ⟦Half of the voters=50 percent (share: the voters)⟧,
        ⟦half the members=50 percent (share: the members)⟧ and ⟦half of Americans=50 percent (share: Americans)⟧ agree.
        ⟦A third of the members=33.333 percent (share: the members)⟧ left;
        ⟦two-thirds of young Republicans=66.667 percent (share: young Republicans)⟧ endorse it.
        ⟦More than half=>50 percent (share)⟧ said no; ⟦nearly one in five=<20 percent (share)⟧ agreed,
        as did ⟦three out of four=75 percent (share)⟧.
        ⟦One in five Americans=20 percent (share: Americans)⟧ owns one; ⟦nine in 10=90 percent (share)⟧ don’t.
        It has fallen from ⟦8 percent=8 percent (share)⟧ to ⟦5%=5 percent (share)⟧,
        or ⟦between 5% and 8%=5..8 percent (share)⟧, or ⟦5-8 percent=5..8 percent (share)⟧.
        A ⟦two-thirds=66.667 percent (share)⟧ majority, a ⟦three-quarters=75 percent (share)⟧ vote,
        a ⟦15-percent=15 percent (share: hurdle)⟧ hurdle, a ⟦25 basis point=25 basis point (share)⟧ cut.
        The margin is plus or minus ⟦5.7 percentage points=5.7 percentage point (share)⟧;
        prices fell ⟦−0.5%=-0.5 percent (share)⟧ in the third quarter of 2016.
        a ⟦third term=3 rank (rank: term)⟧, a half-hearted try, the first half, the fifth of May,
        one in ⟦two years=2 year (duration)⟧, 3 in 2016
        ",
    );
}

#[test]
fn money() {
    check(
        "
        It cost ⟦$4.2 million=4200000 USD (amount)⟧, ⟦£350m=350000000 GBP (amount)⟧, ⟦€1.2bn=1200000000 EUR (amount)⟧,
        ⟦¥5 trillion=5000000000000 JPY (amount)⟧, ⟦US$5=5 USD (amount)⟧ and ⟦A$3,000=3000 AUD (amount)⟧.
        ⟦40,000 dollars=40000 USD (amount)⟧, ⟦12 million crowns=12000000 crown (amount)⟧,
        ⟦10 million pounds=10000000 GBP (amount)⟧, ⟦300 yen=300 JPY (amount)⟧ and ⟦50 cents=50 cent (amount)⟧
        He raised ⟦more than $1.1 million=>1100000 USD (amount)⟧ from ⟦$5 to $10 million=5000000..10000000 USD (amount)⟧.
        or ⟦$5-10 million=5000000..10000000 USD (amount)⟧,
        ⟦between $3 million and $4 million=3000000..4000000 USD (amount)⟧.
        A ⟦$4.2 million=4200000 USD (amount: deal)⟧ deal, ⟦$3 billion=3000000000 USD (amount: aid)⟧ in aid,
        a ⟦$100-million=100000000 USD (amount: fund)⟧ fund, ⟦$5k=5000 USD (amount)⟧, ⟦EUR 40m=40000000 EUR (amount)⟧,
        ⟦USD 1,000=1000 USD (amount)⟧, ⟦500 U.S. dollars=500 USD (amount)⟧.
        ⟦hundreds of millions of dollars=≥200000000 USD (amount)⟧, ⟦half a billion dollars=500000000 USD (amount)⟧,
        $ and £, $x, 5$, $1,2,3
        ",
    );
}

#[test]
fn counts() {
    check(
        "
        Police said ⟦31 cargo ships=31 ship (count: cargo ships)⟧ sank and ⟦some 300 people=~300 person (count)⟧ died.
        ⟦Dozens of soldiers=≥24 soldier (count)⟧, ⟦scores of houses=≥40 house (count)⟧,
        ⟦tens of thousands of early ballots=≥20000 ballot (count: early ballots)⟧, ⟦hundreds of men=≥200 man (count)⟧,
        ⟦thousands of miles=≥2000 mile (distance)⟧.
        ⟦A dozen eggs=12 egg (count)⟧, ⟦half a dozen cities=6 city (count)⟧,
        ⟦two dozen other candidates=24 candidate (count)⟧, ⟦several hundred women=≥200 woman (count)⟧,
        ⟦a few thousand children=≥2000 child (count)⟧.
        ⟦twenty-two policemen=22 policeman (count)⟧, ⟦three hundred thousand jobs=300000 job (count)⟧,
        ⟦a million and a half viewers=1500000 viewer (count)⟧, ⟦one hundred and five cases=105 case (count)⟧
        ⟦At least one person=≥1 person (count)⟧ and ⟦as many as five million immigrants=≤5000000 immigrant (count)⟧,
        ⟦up to around 300 families=≤300 family (count)⟧.
        ⟦5m people=5000000 person (count)⟧, ⟦2½ pages=2.5 page (count)⟧, ⟦1.5 million votes=1500000 vote (votes)⟧,
        ⟦50-plus countries=≥50 country (count)⟧, ⟦30-odd guests=~30 guest (count)⟧,
        ⟦ten or more parties=≥10 party (count)⟧, ⟦200+ cities=≥200 city (count)⟧
        ⟦Five of the ships=5 ship (count)⟧,
        ⟦59=59 witness (count: the 75 witnesses)⟧ of the ⟦75 witnesses=75 witness (count)⟧,
        ⟦two other top aides=2 aide (count: top aides)⟧, three 2016 candidates
        A ⟦31-ship=31 ship (count: convoy)⟧ convoy, a ⟦five-member=5 member (count: panel)⟧ panel,
        ⟦two-party=2 party (count: talks)⟧ talks, a ⟦three-word=3 word (count: proclamation)⟧ proclamation
        The blast killed ⟦four Americans=4 american (count)⟧ and wounded ⟦53=53 person (count)⟧;
        ⟦31=31 person (count)⟧ were killed, killing ⟦at least 12=≥12 person (count)⟧ in Kabul,
        ⟦25 injured=25 person (count)⟧.
        ⟦3 or 4 children=3..4 child (count)⟧, ⟦between 30 and 40 staff=30..40 staff (count)⟧,
        ⟦no fewer than 6 aircraft=≥6 aircraft (count)⟧, ⟦fewer than 10 analyses=<10 analysis (count)⟧,
        ⟦2-3 million sheep=2000000..3000000 sheep (count)⟧
        We talk about ⟦two things=2 thing (count)⟧. ⟦An estimated 40 buses=~40 bus (count)⟧,
        ⟦no more than three viruses=≤3 virus (count)⟧, ⟦upwards of 900 bodies=>900 body (count)⟧
        ",
    );
}

#[test]
fn durations() {
    check(
        "
        ⟦Nearly five-hour=<5 hour (duration: discussions at the Kremlin)⟧ discussions at the Kremlin went on.
        They took ⟦just under nine hours=<9 hour (duration)⟧.
        It takes ⟦six to eight weeks=6..8 week (duration)⟧, ⟦6-8 weeks=6..8 week (duration)⟧,
        ⟦6–8 weeks=6..8 week (duration)⟧, ⟦between 6 and 8 weeks=6..8 week (duration)⟧,
        a ⟦10-day=10 day (duration: visit to China)⟧ visit to China
        ⟦61 years=61 year (duration)⟧, ⟦half an hour=0.5 hour (duration)⟧, ⟦about an hour=~1 hour (duration)⟧,
        ⟦a year and a half=1.5 year (duration)⟧, ⟦two-and-a-half hours=2.5 hour (duration)⟧,
        ⟦five hours=5 hour (duration: talks)⟧ of talks
        ⟦nearly a decade=<1 decade (duration)⟧, ⟦three consecutive days=3 day (duration)⟧,
        a ⟦two-year-long=2 year (duration: siege)⟧ siege, ⟦20 minutes or so=~20 minute (duration)⟧,
        ⟦one year=1 year (duration)⟧, one day, an hour
        ⟦over two years=>2 year (duration)⟧, ⟦30 seconds=30 second (duration)⟧,
        a ⟦30-second=30 second (duration: ad)⟧ ad, ⟦two years=2 year (duration)⟧’ imprisonment,
        ⟦seven more months=7 month (duration)⟧
        ",
    );
}

#[test]
fn distances_and_the_like() {
    check(
        "
        ⟦ten nautical miles=10 nautical mile (distance)⟧, ⟦3.5 km=3.5 kilometre (distance)⟧,
        ⟦100m=100 metre (distance)⟧, ⟦5,000 square kilometres=5000 square kilometre (area)⟧,
        ⟦20 sq. miles=20 square mile (area)⟧, ⟦40 acres=40 acre (area)⟧, a ⟦20-foot=20 foot (distance: wall)⟧ wall,
        ⟦6 feet=6 foot (distance)⟧
        ⟦5 tonnes=5 tonne (weight)⟧, ⟦200 pounds=200 pound (weight)⟧, ⟦80kg=80 kilogram (weight)⟧,
        ⟦3 metric tons=3 ton (weight)⟧, ⟦2 million barrels=2000000 barrel (volume)⟧, ⟦60 mph=60 mile per hour (speed)⟧,
        ⟦60 miles per hour=60 mile per hour (speed)⟧, ⟦40 megawatts=40 megawatt (power)⟧,
        ⟦3 light years=3 light-year (distance)⟧
        ⟦-5C=-5 degree celsius (temperature)⟧, ⟦minus 10 degrees Celsius=-10 degree celsius (temperature)⟧,
        ⟦30°C=30 degree celsius (temperature)⟧, ⟦100 degrees=100 degree (temperature)⟧,
        ⟦451 °F=451 degree fahrenheit (temperature)⟧, ⟦1.5 cubic metres=1.5 cubic metre (volume)⟧
        ",
    );
}

#[test]
fn votes_ages_and_ranks() {
    check(
        "
        It passed by ⟦7 votes=7 vote (votes)⟧ to ⟦4=4 vote (votes)⟧; they voted ⟦7=7 vote (votes)⟧-⟦4=4 vote (votes)⟧,
        by a ⟦219=219 vote (votes)⟧–⟦206 vote=206 vote (votes)⟧, a vote of ⟦52=52 vote (votes)⟧ to ⟦48=48 vote (votes)⟧,
        a ⟦5=5 vote (votes)⟧-⟦4=4 vote (votes)⟧ decision.
        A ⟦41-year-old=41 year (age: man)⟧ man, John Smith, ⟦41=41 year (age)⟧, and Ann Lee (⟦39=39 year (age)⟧),
        aged ⟦12=12 year (age)⟧, at the age of ⟦7=7 year (age)⟧, ⟦20 years old=20 year (age)⟧,
        ⟦18- to 24-year-olds=18..24 year (age)⟧
        The ⟦third-largest=3 rank (rank: economy)⟧ economy, ⟦second place=2 rank (rank: place)⟧,
        the ⟦fourth round=4 rank (rank: round)⟧, the ⟦99th account=99 rank (rank: account)⟧,
        a ⟦fifth straight year=5 rank (rank: straight year)⟧, the ⟦2nd most populous=2 rank (rank: state)⟧ state
        ⟦three times=3 time (multiple)⟧ more, ⟦twice=2 time (multiple)⟧ as many, ⟦10 times=10 time (multiple)⟧, second,
        he said; the Second Amendment, first, a second, the 21st century
        ",
    );
}

#[test]
fn no_figures() {
    check(
        "
        Route 9, Article 5, Boeing 737 planes, the Group of Seven leaders, Covid-19 cases, No. 3 seeds,
        Channel 4 viewers, Chapter 11
        In 2019 voters left. The 2016 elections, the 1990s, ’90s stars, 20s, in 2000 people came, 2016-17 reports
        At 9:30, at 5 p.m. sources said; 9 o’clock news; 24/7 shifts, 3 am calls
        One of them, one official, one day, no one knows, the one thing, one another’s
        Call 555-0199 or 800-273-8255. See section 5 rules, page 9 notes, phase 2 trials, #4 seeds, F-16 jets,
        the G7 nations, AK-47s
        It ended 3-2. A 24, B 5 and 7. He is number 3. 1,2,3 things, 1.2.3 systems, 3D models, 5G networks, 4x4 cars
        ...⟦5 people=5 person (count)⟧, $, %, 5, -, 6 –, two, to, between 5, and, a, half, of, – 5, 1e9, ٣ ships,
        1,23 ships
        about, more than, less than the others, up to, at least, some people, over the years, around the houses
        hundred, thousands, “millions”, dozens, scores, test scores of students, two.
        ",
    );
}

#[test]
fn more_of_the_news() {
    check(
        "
        Trump beat her ⟦45=45 percent (share)⟧ to ⟦40 percent=40 percent (share)⟧,
        or ⟦64%=64 percent (share)⟧-⟦27%=27 percent (share)⟧;
        the top ⟦1 percent of Americans=1 percent (share: Americans)⟧ own ⟦half her city=50 percent (share: her city)⟧.
        ⟦Nearly 120,000=<120000 person (count)⟧ who showed up,
        ⟦197 paid employees=197 employee (count: paid employees)⟧,
        ⟦10 of Clinton’s senior staffers=10 staffer (count: Clinton’s senior staffers)⟧,
        a ⟦15,000 square-foot=15000 square foot (area)⟧ office
        The ⟦fourth televised debate=4 rank (rank: televised debate)⟧, the ⟦41st president=41 rank (rank: president)⟧,
        ⟦more than half of Clinton’s address=>50 percent (share: Clinton’s address)⟧,
        barely ⟦half their price=50 percent (share: their price)⟧
        He served under ⟦two presidents=2 president (count)⟧, a film about ⟦three sisters=3 sister (count)⟧,
        a fight over ⟦two bills=2 bill (count)⟧, ⟦under 20 guests=<20 guest (count)⟧, ⟦about five men=~5 man (count)⟧
        A survey of ⟦1,200 registered voters=1200 voter (count: registered voters)⟧,
        ⟦11 million undocumented immigrants=11000000 immigrant (count: undocumented immigrants)⟧,
        ⟦67 Latin American artists=67 artist (count: Latin American artists)⟧, ⟦50 states=50 state (count)⟧
        ⟦Ninety-three percent of the speech=93 percent (share: the speech)⟧,
        ⟦three-quarters of the NEA’s executive board=75 percent (share: the NEA’s executive board)⟧,
        ⟦42%=42 percent (share)⟧ say so, ⟦13 cents=13 cent (amount)⟧ on the dollar
        ",
    );
}

#[test]
fn more_of_the_war() {
    check(
        "
        It injured ⟦at least 14=≥14 person (count)⟧, including ⟦two children=2 child (count)⟧.
        A ⟦$61bn=61000000000 USD (amount: aid package)⟧ aid package,
        a ⟦28-point=28 point (count: peace plan)⟧ peace plan,
        ⟦12 million Swedish crowns=12000000 crown (amount: Swedish crowns)⟧
        Rates rose ⟦0.25 percentage points=0.25 percentage point (share)⟧ to ⟦4.5%=4.5 percent (share)⟧.
        ⟦31 Abrams tanks=31 tank (count: Abrams tanks)⟧, 14 Leopard 2 tanks and 10 F-16s.
        Only ⟦12=12 lawmaker (count: 450 lawmakers)⟧ of ⟦450 lawmakers=450 lawmaker (count)⟧ came.
        ⟦Nine people=9 person (count)⟧ were killed and ⟦dozens wounded=≥24 person (count)⟧.
        ⟦Dozens=≥24 person (count)⟧ were killed. A population of ⟦3.5 million=3500000 person (count)⟧,
        ⟦4,000-5,000 North Korean troops=4000..5000 troop (count: North Korean troops)⟧
        ⟦A quarter of the territory=25 percent (share: the territory)⟧,
        an ⟦80-kilometre=80 kilometre (distance: front line)⟧ front line, ⟦155mm=155 millimetre (distance)⟧ shells,
        47th Brigade soldiers, four-way talks, the Sept. 11 attacks, March 3 hearings, ⟦3m=3 metre (distance)⟧ tall
        an attack that left ⟦14 people=14 person (count)⟧ dead
        ",
    );
}

#[test]
fn odd_text() {
    check(
        "
        “⟦Nearly 300 people=<300 person (count)⟧”, said Élodie Müller, ⟦32=32 year (age)⟧,
        of Łódź — “⟦12 señores=12 señore (count)⟧”.
        ⟦99999999999999999999999 people=100000000000000000000000 person (count)⟧, ⟦0 people=0 person (count)⟧,
        ⟦00 ships=0 ship (count)⟧, ⟦007 agents=7 agent (count)⟧, ⟦.5 percent=0.5 percent (share)⟧,
        ⟦5%=5 percent (share)⟧ ⟦6%=6 percent (share)⟧ ⟦7%=7 percent (share)⟧
        🚢🚢 ⟦31 ships=31 ship (count)⟧🚢, ⟦3 ships=3 ship (count)⟧, 20\u{ad}000 ships,
        ⟦31 U.S. citizens=31 citizen (count: U.S. citizens)⟧, the ⟦two men=2 man (count)⟧’s wives, İ 5 ships
        ",
    );
}

#[test]
fn numbers_too_large_are_no_figures() {
    let digits = "9".repeat(305);
    let texts =
        [format!("{digits}m people"), format!("${digits}bn"), format!("the {}th account", "9".repeat(400))];
    for text in texts {
        assert_eq!(find(&body(&text), &[]), [], "{text}");
    }
}

#[test]
fn numbers_of_several_words() {
    check(
        "
        ⟦One and a half million people=1500000 person (count)⟧,
        ⟦Two and a half billion dollars=2500000000 USD (amount)⟧, ⟦half a million people=500000 person (count)⟧
        ⟦A quarter of a million people=250000 person (count)⟧,
        ⟦two-thirds of a million people=666666.667 person (count)⟧,
        ⟦nearly a quarter of a trillion dollars=<250000000000 USD (amount)⟧, a quarter of a century
        ⟦Rs 5 crore=50000000 INR (amount)⟧, ⟦₹5 lakh=500000 INR (amount)⟧, ⟦2 lakh people=200000 person (count)⟧,
        ⟦5 lakhs people=500000 person (count)⟧, ⟦2 lakh crore rupees=2000000000000 rupee (amount)⟧
        ⟦10 000 people=10000 person (count)⟧, ⟦10\u{a0}000 people=10000 person (count)⟧,
        ⟦10\u{202f}000 people=10000 person (count)⟧, ⟦1 200 000 people=1200000 person (count)⟧,
        ⟦10 000 to 12 000 people=10000..12000 person (count)⟧, ⟦€10 000=10000 EUR (amount)⟧
        On May 12 ⟦500 people=500 person (count)⟧ met, Covid-10 000 cases, 3 200,50 people, 1 202 555 2199
        1.500 people, about 1.500 to 2.000 troops, 1.500 killed, 12.345 votes, ⟦1.500 percent=1.5 percent (share)⟧,
        ⟦$1.500 million=1500000 USD (amount)⟧, ⟦1.500 million people=1500000 person (count)⟧
        It cost ⟦12 krones=12 krone (amount)⟧, ⟦12 kroner=12 krone (amount)⟧, ⟦12 złotys=12 PLN (amount)⟧,
        ⟦12 Swedish kronor=12 krona (amount: Swedish kronor)⟧.
        They recalled ⟦10 million pounds=10000000 pound (weight: beef)⟧ of beef,
        ⟦3 million pounds=3000000 pound (weight: coal)⟧ of coal, ⟦£3 million=3000000 GBP (amount: coal)⟧ of coal,
        ⟦2 million pounds=2000000 GBP (amount: public money)⟧ of public money
        ",
    );
}

#[test]
fn parts_of_points() {
    check(
        "
        It rose ⟦half a percentage point=0.5 percentage point (share)⟧,
        ⟦more than half a percentage point=>0.5 percentage point (share)⟧ less,
        ⟦a quarter of a percentage point=0.25 percentage point (share)⟧,
        ⟦a half percentage point=0.5 percentage point (share)⟧, the third percentage point,
        ⟦less than half of 1 percent of the Syrians=<0.5 percent (share: the Syrians)⟧
        ",
    );
}

#[test]
fn changes_are_no_ranges() {
    check(
        "
        It rose from ⟦$5 million=5000000 USD (amount)⟧ to ⟦$10 million=10000000 USD (amount)⟧,
        It rose from ⟦38=38 percent (share)⟧ to ⟦45 percent=45 percent (share)⟧.
        It grew from ⟦20,000=20000 soldier (count)⟧ to ⟦35,000 soldiers=35000 soldier (count)⟧.
        It fell from ⟦45=45 percent (share)⟧ to ⟦38 percent=38 percent (share)⟧.
        It fell from ⟦35,000=35000 soldier (count)⟧ to ⟦20,000 soldiers=20000 soldier (count)⟧.
        Support dropped from ⟦about 38=~38 percent (share)⟧ to ⟦nearly 31 percent=<31 percent (share)⟧.
        He raised the minimum wage from ⟦$7.25=7.25 USD (amount)⟧ to ⟦$15=15 USD (amount)⟧ an hour.
        It grew from ⟦2=2000000 person (count)⟧ to ⟦3 million people=3000000 person (count)⟧.
        It rose from ⟦$5=5000000 USD (amount)⟧ to ⟦$10 million=10000000 USD (amount)⟧.
        It went from $10 to ⟦$5 million=5000000 USD (amount)⟧, from 1998 to 2005
        Up from ⟦5=5 mile (distance)⟧ to ⟦8 miles=8 mile (distance)⟧
        ⟦between 5 and 10 people=5..10 person (count)⟧, ⟦5 to 10 people=5..10 person (count)⟧,
        ⟦5-10 people=5..10 person (count)⟧, from ⟦5 to 10 people=5..10 person (count)⟧, a rise in
        families earning from ⟦$5 to $10 million=5000000..10000000 USD (amount)⟧, ages from
        ",
    );
}

#[test]
fn four_digits_are_years_or_counts() {
    check(
        "
        A crowd of ⟦2000 people=2000 person (count)⟧, a force of ⟦2000 troops=2000 troop (count)⟧,
        It destroyed ⟦1800 homes=1800 home (count)⟧.
        ⟦300 boats=300 boat (count)⟧ and ⟦2000 houses=2000 house (count)⟧,
        A force of ⟦1800 to 2000 troops=1800..2000 troop (count)⟧, a march of ⟦2000 miles=2000 mile (distance)⟧
        In 2000, since 1998, in the fall of 2000 people left, by 2000 homes sold, the 2000 elections, the year 2000 brings
        July 2016 elections, after 2012 elections, Chicago 1968 riots, Windows 2000 users, 1990 to 2000 wars, of 2015 votes
        ",
    );
}

#[test]
fn ages_of_persons() {
    check(
        "
        Clinton (45) led and Trump (40) trailed.
        Teams are France (9) and Spain (7). But New Hampshire (4) led, as did Real Madrid (9).
        They met in Ohio, 18, and in New York, 41, and Florida, 29, votes.
        Agata Brenn, ⟦41=41 year (age)⟧, a teacher. Yesterday Ann Lee (⟦34=34 year (age)⟧) spoke.
        His cousin James York, ⟦40=40 year (age)⟧, left.
        Schiff, ⟦56=56 year (age)⟧, said so.
        However, 41, a record, came.
        ",
    );
}

#[test]
fn over_within_and_perhaps() {
    check(
        "
        a ⟦14 percent=14 percent (share)⟧ raise over ⟦two years=2 year (duration)⟧,
        ⟦7.5 percent=7.5 percent (share)⟧ over ⟦three years=3 year (duration)⟧,
        ⟦$374 billion=374000000000 USD (amount)⟧ over ⟦a decade=1 decade (duration)⟧
        for ⟦over two years=>2 year (duration)⟧, it ran ⟦over two years=>2 year (duration)⟧,
        a war ⟦over two years=>2 year (duration)⟧ ago, ⟦over 20 people=>20 person (count)⟧,
        ⟦over $5 million=>5000000 USD (amount)⟧
        ⟦within 60 days=≤60 day (duration)⟧, ⟦within 48 hours=≤48 hour (duration)⟧,
        ⟦within three years=≤3 year (duration)⟧, within ⟦five miles=5 mile (distance)⟧,
        within ⟦10 percent=10 percent (share)⟧, within one party
        ⟦maybe a 30 percent=~30 percent (share)⟧ chance, ⟦perhaps 40 people=~40 person (count)⟧,
        perhaps ⟦two people=2 person (count)⟧, maybe one day
        a one-time payment, ⟦close to $600 million=<600000000 USD (amount)⟧
        ",
    );
}

#[test]
fn some_of_them() {
    check(
        "
        ⟦Nine people=9 person (count)⟧ died, ⟦four of them children=4 child (count: children)⟧.
        ⟦Ten ships=10 ship (count)⟧ sailed, ⟦two of them=2 ship (count)⟧ damaged.
        ⟦Six boats=6 boat (count)⟧ came; ⟦three=3 boat (count)⟧ of the six, he said
        He saw boats; two of them sank, as did three of the six.
        Of the ⟦10 judges=10 judge (count)⟧, one of its ⟦two assembly lines=2 line (count: assembly lines)⟧
        ⟦two=2 plant (count: Brightwater's 14 plants)⟧ of Brightwater's ⟦14 plants=14 plant (count)⟧,
        ⟦two=2 tower (count: 24-story towers)⟧ ⟦24-story=24 story (count: towers)⟧ towers, two 5-4 decisions
        ⟦nearly 1,500 coal- and gas-fired power plants=<1500 plant (count: coal- and gas-fired power plants)⟧
        ⟦dozens=≥24 person (count)⟧ were hurt, ⟦dozens=≥24 person (count)⟧ could be among the missing, dozens gathered
        a ⟦2=2 vote (votes)⟧-to-⟦1 vote=1 vote (votes)⟧, voted ⟦19=19 vote (votes)⟧-⟦15=15 vote (votes)⟧,
        a 2-to-1 margin
        ⟦twice=2 time (multiple)⟧ the size, ⟦twice=2 time (multiple)⟧ as many, twice as mayor, said twice that he,
        He went twice. twice a week
        ",
    );
}

#[test]
fn one_unit_of_time() {
    check(
        "
        It took ⟦an hour=1 hour (duration)⟧, for ⟦an hour=1 hour (duration)⟧, ⟦an hour=1 hour (duration)⟧ later,
        ⟦within a week=≤1 week (duration)⟧, ⟦two decades=2 decade (duration)⟧,
        ⟦half a century=0.5 century (duration)⟧, after ⟦a decade=1 decade (duration)⟧ of war,
        for ⟦an hour or so=~1 hour (duration)⟧
        an hour, a week, once a decade, took a day job, wait a minute, for a day or two, for a week-long trip, a second later,
        ⟦five times=5 time (multiple)⟧ a week, for a day in the life
        ",
    );
}
