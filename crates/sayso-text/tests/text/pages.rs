//! What does a web page say of its article, and what of the page is not the article?

use std::time::{Duration, Instant};

use sayso_text::{Article, Error, Format, ingest};

pub(crate) const FIRST: &str = "The harbour bridge in Ostby will stay closed until the end of the week, the city said on Monday, \
    because engineers found cracks in two of the old beams.";
pub(crate) const LAST: &str = "Traffic is sent over the northern crossing, and buses run every ten minutes, until the repairs are \
    done, said Ann Lee, who leads the works.";

/// The article of a page with this head and these blocks before its two paragraphs.
#[track_caller]
pub(crate) fn page(head: &str, top: &str) -> Article {
    let page = format!(
        "<html><head>{head}</head><body>{top}<article><p>{FIRST}</p><p>{LAST}</p></article></body></html>"
    );
    ingest(page.as_bytes(), Format::Html).expect("an article")
}

#[track_caller]
fn check_title(head: &str, top: &str, expected: &str) {
    assert_eq!(page(head, top).title.as_deref(), Some(expected));
}

#[track_caller]
pub(crate) fn check_byline(head: &str, top: &str, expected: Option<&str>) {
    assert_eq!(page(head, top).byline.as_deref(), expected, "{head} {top}");
}

#[track_caller]
pub(crate) fn check_published(head: &str, top: &str, expected: Option<&str>) {
    assert_eq!(page(head, top).published.as_deref(), expected, "{head} {top}");
}

/// The text between the first and the last paragraph, and what stands before both.
#[track_caller]
pub(crate) fn check_text(head: &str, before: &str, between: &str, expected: (&str, &str)) {
    let page = format!(
        "<html><head>{head}</head><body><article>{before}<p>{FIRST}</p>{between}<p>{LAST}</p></article></body></html>"
    );
    let text = ingest(page.as_bytes(), Format::Html).expect("an article").text;
    let (start, rest) = text.split_once(FIRST).expect("the first paragraph");
    let (middle, end) = rest.split_once(LAST).expect("the last paragraph");
    assert_eq!((start.trim(), middle.trim(), end), (expected.0, expected.1, ""));
}

pub(crate) fn linked(json: &str) -> String {
    format!("<script type='application/ld+json'>{json}</script>")
}

pub(crate) fn story(fields: &str) -> String {
    linked(&format!("{{\"@type\": \"NewsArticle\", {fields}}}"))
}

#[test]
fn a_masthead_is_no_headline() {
    let title = "<title>Ostby closes its old harbour bridge - Wave</title>";
    check_title(title, "<a href='/'><h1>Daily News</h1></a>", "Ostby closes its old harbour bridge - Wave");
    check_title(
        title,
        "<h1><a href='https://wave.example/'><img alt='Wave'></a></h1>",
        "Ostby closes its old harbour bridge",
    );
    check_title(
        title,
        "<header><h1>Daily News</h1></header><h1>Ostby closes its old harbour bridge</h1>",
        "Ostby closes its old harbour bridge",
    );
}

#[test]
fn a_headline_that_was_cut_off_yields_to_the_whole() {
    let whole = "Ostby closes its old harbour bridge after engineers find cracks in two of the oldest beams";
    let cut = "Ostby closes its old harbour bridge after engineers find cracks in two";
    check_title(&story(&format!("\"headline\": \"{cut}\"")), &format!("<h1>{whole}</h1>"), whole);
    check_title(&format!("<title>{whole}</title>{}", story(&format!("\"headline\": \"{cut}\""))), "", whole);
    check_title(
        "<meta property='og:title' content='Ostby closes its…'>",
        &format!("<h1>{whole}</h1>"),
        whole,
    );
    let named = format!("<title>{cut} - The Wave</title>{}", story(&format!("\"headline\": \"{cut}\"")));
    check_title(&named, "", cut);
}

#[test]
fn the_printed_headline_is_the_headline() {
    let stated = "<meta property='og:title' content='Why is the Ostby bridge closed to cars?'>";
    let printed = "Ostby bridge: a long wait";
    check_title(stated, &format!("<h1 itemprop='headline'>{printed}</h1><h1>More news</h1>"), printed);
    check_title(stated, &format!("<main><h1>{printed}</h1></main><h1>More news</h1>"), printed);
    let tab = format!("{stated}<title>{printed} | The Wave</title>");
    check_title(&tab, &format!("<h1>{printed}</h1><h1>Offices</h1>"), printed);
}

#[test]
fn a_heading_of_something_else_is_not_the_headline() {
    let stated = "<meta property='og:title' content='Why is the Ostby bridge closed?'>";
    let title = "Why is the Ostby bridge closed?";
    check_title(stated, "<main><h1>Transport</h1></main>", title);
    check_title(stated, "<h1 itemprop='headline'>Sheep stop a train</h1>", title);
    check_title(
        stated,
        &format!("<h1 itemprop='headline'>Ostby has a new bridge closed to all</h1><h2>{title}</h2>"),
        title,
    );
}

#[test]
fn what_is_tacked_on_to_a_title_goes() {
    let stated = "<meta property='og:title' content='The Wave on the bridge: a city waits | Editorial'>";
    check_title(
        stated,
        "<h1>The Wave on the bridge: a city waits</h1>",
        "The Wave on the bridge: a city waits",
    );
    check_title(stated, "<h1>The Wave</h1>", "The Wave on the bridge: a city waits | Editorial");
}

#[test]
fn authors_in_every_shape() {
    for author in [
        "\"Ann Lee\"",
        "{\"name\": \"Ann Lee\"}",
        "{\"@type\": \"Person\", \"givenName\": \"Ann\", \"familyName\": \"Lee\"}",
        "[\"Ann Lee\"]",
        "[[{\"name\": \"Ann Lee\"}], [\"Ann Lee\"]]",
        "{\"@list\": [\"Ann Lee\"]}",
        "{\"name\": [\"Ann Lee\"]}",
        "\"By Ann Lee\"",
    ] {
        check_byline(&story(&format!("\"author\": {author}")), "", Some("Ann Lee"));
    }
    let two = "\"author\": [{\"name\": \"Ann Lee\"}, {\"name\": \"Bo Poe\"}]";
    check_byline(&story(two), "", Some("Ann Lee, Bo Poe"));
    let by_id = "{\"@graph\": [[{\"@type\": [\"Article\"], \"author\": {\"@id\": \"#a\"}}], {\"@id\": \"#a\", \"name\": \"Ann Lee\"}]}";
    check_byline(&linked(by_id), "", Some("Ann Lee"));
    for nobody in
        ["{}", "[]", "null", "{\"@id\": \"#b\"}", "{\"name\": \"\"}", "\"https://wave.example/ann\""]
    {
        check_byline(&story(&format!("\"author\": {nobody}")), "", None);
        let shown = "<span class='author'>Ann Lee and Bo Poe</span>";
        check_byline(&story(&format!("\"author\": {nobody}")), shown, Some("Ann Lee and Bo Poe"));
    }
}

#[test]
fn data_with_something_behind_it_is_read() {
    for rest in ["}", ";", ",", "{\"@type\": \"WebSite\"}", "// end"] {
        let json = format!("{{\"@type\": \"NewsArticle\", \"author\": \"Ann Lee\",}}{rest}");
        check_byline(&linked(&json), "", Some("Ann Lee"));
    }
}

#[test]
fn an_outlet_signs_nothing() {
    let wave = "\"author\": {\"name\": \"Wave\"}, \"publisher\": {\"name\": \"Wave News\"}";
    check_byline(&story(wave), "", None);
    check_byline(&story(wave), "<p class='byline'>By Ann Lee<br>May 1, 2024</p>", Some("Ann Lee"));
    check_byline(
        &story(wave),
        "<h3 class='article-author__name'><a href='/a'>Ann Lee</a></h3>",
        Some("Ann Lee"),
    );
    check_byline(&story(wave), "<div class='comment'><b class='author'>Bo Poe</b></div>", None);
    let agency = "\"author\": \"Nordpress\", \"publisher\": {\"name\": \"Wave News\"}";
    check_byline(&story(agency), "<a rel='author'>Ann Lee</a>", Some("Nordpress"));
}

#[test]
fn people_sign_rather_than_staff() {
    let staff = "<meta name='author' content='Wave Staff'>";
    check_byline(staff, "<a rel='author' href='/ann'>Ann Lee</a>", Some("Ann Lee"));
    check_byline(staff, "<a rel='author' href='/ann'>see all stories</a>", Some("Wave Staff"));
    check_byline(staff, "", Some("Wave Staff"));
}

#[test]
fn bylines_without_what_is_around_the_name() {
    let tacked = "<meta name='author' content='Ann Lee. Wave International'>";
    check_byline(tacked, "<a rel='author'>Ann Lee</a>", Some("Ann Lee"));
    let two = "<meta name='author' content='Ann Lee, Bo Poe'>";
    check_byline(two, "<a rel='author'>Ann Lee</a>", Some("Ann Lee, Bo Poe"));
    check_byline("<meta name='author' content='Analysis by Ann Lee'>", "", Some("Ann Lee"));
    check_byline("", "<span itemprop='author creator'>Text: Ann Lee</span>", Some("Ann Lee"));
    check_byline("", "<p class='byline'>Posted by Ann Lee</p>", Some("Ann Lee"));
    for account in ["admin", "webmaster", "ann@wave.example", "https://wave.example/ann", "siteadmin"] {
        check_byline(&format!("<meta name='author' content='{account}'>"), "", None);
    }
}

#[test]
fn dates_keep_their_zone() {
    for (date, expected) in [
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T08:00:00", "2024-05-01T08:00:00"),
        ("2024-05-01T08:00:00Z", "2024-05-01T08:00:00Z"),
        ("2024-05-01T08:00:00+02:00", "2024-05-01T08:00:00+02:00"),
        ("2024-05-01 08:00:00 GMT", "2024-05-01T08:00:00Z"),
    ] {
        check_published(&story(&format!("\"datePublished\": \"{date}\"")), "", Some(expected));
    }
    let bare = "<meta itemprop='datePublished' content='2024-05-01 08:00:00'>";
    let time = |date: &str| format!("<time datetime='{date}'>May 1</time>");
    check_published(bare, &time("2024-05-01 08:00:00 UTC"), Some("2024-05-01T08:00:00Z"));
    check_published(bare, &time("2024-05-01T08:00:00-04:00"), Some("2024-05-01T08:00:00-04:00"));
    check_published(bare, &time("2024-05-01T09:00:00-04:00"), Some("2024-05-01 08:00:00"));
}

#[test]
fn dates_as_shown() {
    let no_date = story("\"datePublished\": \"0001-01-01T00:00:00Z\"");
    for (shown, expected) in [
        ("Published 7:07 PM May 1, 2024", "7:07 PM May 1, 2024"),
        ("First published on: May 1, 2024", "May 1, 2024"),
        ("<b>May 1, 2024</b><i>5:45 AM</i>", "May 1, 2024 5:45 AM"),
    ] {
        check_published(&no_date, &format!("<div class='publish-date'>{shown}</div>"), Some(expected));
    }
    check_published(&no_date, "", None);
    let two = format!(
        "<meta name='date' content='2024-05-01T01:00:00Z'>{}",
        story("\"datePublished\": \"2024-05-01T02:00:00Z\"")
    );
    check_published(&two, "", Some("2024-05-01T02:00:00Z"));
}

#[test]
fn languages() {
    for (html, expected) in [
        ("<html lang='de-AT'>", Some("de-AT")),
        ("<html lang=''><meta property='og:locale' content='pt_BR'>", Some("pt-BR")),
        ("<html lang='english!'><meta http-equiv='Content-Language' content='fr'>", Some("fr")),
        ("<html>", None),
    ] {
        let page = format!("{html}<body><article><p>{FIRST}</p><p>{LAST}</p></article>");
        let article = ingest(page.as_bytes(), Format::Html).expect("an article");
        assert_eq!(article.language.as_deref(), expected, "{html}");
    }
    assert_eq!(page(&story("\"inLanguage\": \"nb\""), "").language.as_deref(), Some("nb"));
}

#[test]
fn what_repeats_the_metadata_is_no_text() {
    let head = format!(
        "<title>Bridge closed</title>{}",
        story(
            "\"headline\": \"Bridge closed\", \"author\": \"Nordpress\", \"datePublished\": \"2024-05-01\""
        )
    );
    for block in [
        "<p>Bridge closed</p>",
        "<h2>Bridge closed</h2>",
        "<div><span>NORDPRESS</span></div>",
        "<p>By Nordpress</p>",
        "<p>By Ann Lee and Bo Poe</p>",
        "<div><span>1 MAY 2024</span></div>",
        "<p>Updated: May 1, 2024, 9:28 AM UTC</p>",
        "<p><time><span>May 1, 2024</span><span>5:45 AM</span></time></p>",
        "<p>01/05/2024 - Posted in: Roads</p>",
        "<div><time>onsdag 1 mai 2024 kl. 8</time></div>",
    ] {
        check_text(&head, block, "", ("", ""));
    }
    let summary = "The city has no date for its opening.";
    check_text(
        &head,
        &format!("<h2>{summary}</h2><p>{summary}</p><p>May 1, 2024</p>"),
        "",
        (&format!("{summary}\n\n{summary}"), ""),
    );
}

#[test]
fn datelines_and_chronicles_stay() {
    let head = story("\"headline\": \"Bridge closed\", \"datePublished\": \"2024-05-09\"");
    let dateline = "OSTBY, May 1, 2024 - The bridge was closed at noon.";
    check_text(&head, &format!("<p>{dateline}</p>"), "", (dateline, ""));
    check_text(&head, "", "<p>May 1, 2024</p><p>By Friday</p>", ("", "May 1, 2024\n\nBy Friday"));
}

#[test]
fn posts_keep_their_words() {
    let post = |words: &str| {
        format!(
            "<div class='a'><div class='b'><blockquote class='twitter-tweet'><p>{words}</p>— Ann Lee (@ann) \
                <a href='b'>May 1, 2024</a></blockquote><script>var a = 'load';</script></div></div>"
        )
    };
    let signed = "\n\n— Ann Lee (@ann) May 1, 2024";
    for (words, expected) in [
        ("City statement", "City statement"),
        (
            "bridge. closed.<br><br>bridge.<br>\n<br>why. <a href='c'>wave.example/c</a>",
            "bridge. closed.\nbridge.\nwhy. wave.example/c",
        ),
    ] {
        check_text("", "", &post(words), ("", &format!("{expected}{signed}")));
    }
}

#[test]
fn captions_by_other_names() {
    for block in [
        "<div class='InlineImage-wrapper'><div class='placeholder'></div><div><div class='InlineImage-imageCaption'>The bridge \
            on Monday, before it was closed.</div><div class='InlineImage-imageCredit'>Ann Lee | Nordpress</div></div></div>",
        "<div class='photo'><p><picture><img src='a'></picture></p><span class='newsCaption'>The bridge on Monday \
            <span>(Image: NORD)</span></span></div>",
        "<div align='center'><div><img src='a' alt='The bridge on Monday'></div><br><span>The bridge on Monday</span></div>",
    ] {
        check_text("", "", block, ("", ""));
    }
}

#[test]
fn frames_named_after_captions_may_hold_the_article() {
    let more = "The works cost more than planned, Mr. Poe said. Nobody knows when they will end, or who is to pay for them.";
    let page = format!(
        "<body><div class='newsCaption'><img src='a'><p>{FIRST}</p><p>{more}</p><p>{more}</p><p>{LAST}</p></div></body>"
    );
    let text = ingest(page.as_bytes(), Format::Html).expect("an article").text;
    assert_eq!(text, [FIRST, more, more, LAST].join("\n\n"));
}

/// A block among the paragraphs of an article, and whether it is one of them.
#[track_caller]
fn check_block(block: &str, expected: &str) {
    let more = format!("<p>{MORE}</p><p>{MORE}</p>");
    let text = [MORE, MORE, expected].join("\n\n");
    check_text("", "", &format!("{more}{block}"), ("", text.trim_end()));
}

const MORE: &str = "The works cost more than planned, Mr. Poe said. Nobody knows when they will end, or who is to pay for them.";

#[test]
fn prose_in_an_article_may_have_any_class() {
    let told = "The minister said that care at home would be paid for until the bridge is open again.";
    for class in ["social-care", "ad-free", "share-price", "popular-culture dark"] {
        check_block(&format!("<p class='{class}'>{told}</p>"), told);
        check_block(&format!("<div class='{class}'><p>{told}</p></div>"), told);
    }
    for class in ["social", "article-share", "newsletter-signup", "social-care newsletter", "caption"] {
        check_block(&format!("<p class='{class}'>{told}</p>"), "");
    }
    for block in [
        "<p class='social-links'>Follow us wherever you are.</p>",
        "<div class='ad-slot'><p>Advertisement</p></div>",
        "<p class='related-stories'><a href='a'>Ten bridges that were closed, and why their beams crack in the cold</a></p>",
    ] {
        check_block(block, "");
    }
}

#[test]
fn headings_under_which_an_article_is_filed_say_nothing_of_it() {
    check_block("<p class='tag-promo'>It rained.</p>", "It rained.");
    check_block("<p class='promo'>It rained.</p>", "");
    let middle = "Ann Lee said so.";
    for class in
        ["post type-post status-publish format-gallery category-social tag-share", "category-news", "social"]
    {
        let page =
            format!("<body><div class='{class}'><p>{FIRST}</p><p>{middle}</p><p>{LAST}</p></div></body>");
        let text = ingest(page.as_bytes(), Format::Html).expect("an article").text;
        assert_eq!(text, [FIRST, middle, LAST].join("\n\n"), "{class}");
    }
}

#[test]
fn a_pull_quote_says_nothing_twice() {
    let pulled = "Nobody knows when they will end, or who is to pay for them.";
    for quote in [
        format!("<blockquote class='pullquote'>{pulled}</blockquote>"),
        format!("<blockquote class='wp-block-pull-quote'><p>“{pulled}”</p><cite>Bo Poe</cite></blockquote>"),
        format!("<div class='PullQuote'><p>{pulled}</p></div>"),
        format!("<aside>{pulled}</aside>"),
        format!("<aside class='pullquote'><blockquote>{pulled}</blockquote></aside>"),
    ] {
        check_block(&quote, "");
    }
    let new = "The bridge has stood for a hundred years, and it will stand for another hundred.";
    check_block(&format!("<blockquote class='pullquote'><p>{new}</p></blockquote>"), new);
    check_block(&format!("<blockquote><p>{pulled}</p></blockquote>"), pulled);
    let twice = format!("<blockquote class='pullquote'><p>{new}</p></blockquote>").repeat(2);
    check_block(&twice, &format!("{new}\n\n{new}"));
}

#[test]
fn lists_of_links_within_a_paragraph_lead_away() {
    let links = "<a href='a'>Ten bridges to see</a> [NEW]<br><a href='b'>Why beams crack in the cold</a> [READ]<br>\
        <a href='c'>All about the port of Ostby</a> [SEE]";
    check_text("", "", &format!("<p><b>DON'T MISS</b><br>{links}</p>"), ("", ""));
    let tickets = "<p>Tickets<br><a href='a'>www.wave.example</a></p>";
    check_text("", "", tickets, ("", "Tickets\nwww.wave.example"));
}

#[test]
fn pages_without_an_article() {
    for page in [
        "<title>Log in | Wave</title><form><p>Please enter your name and your password to go on.</p><input></form>",
        "<title>404</title><main><p>We are sorry, but this page could not be found. It may have been moved or deleted.</p></main>",
        "<title>Wave</title><ul><li><a href=a>Bridge closed</a></li><li><a href=b>Rain to come</a></li></ul>",
        "<title>Before you continue</title><p>We use cookies to keep our services safe.</p><p>Accept all cookies to go on.</p>",
        "<title>Just a moment...</title><p>Checking your browser before you can see the page of this site.</p>",
        "<div class='caption'>The bridge on Monday</div>",
    ] {
        assert_eq!(ingest(page.as_bytes(), Format::Html), Err(Error::NoArticle), "{page}");
    }
}

#[test]
fn hostile_pages_end_in_time() {
    let many = |piece: &str, n_bytes: usize| piece.repeat(n_bytes / piece.len());
    let size = 200_000;
    let pages = [
        many("<h1>a</h1>", size),
        many("<h1 itemprop=headline>", size),
        many("<img alt=a>", size / 2) + &many("<br>", size / 2),
        many("<p class=caption><img alt=a></p>a", size),
        many("<span class='imageCaption'>", 10_000) + &many("<img alt=a><i>a</i>", size),
        "<blockquote>".to_owned() + &many("<br> ", size),
        many("<div><blockquote>", 6_000) + &many("a<br><br>", size),
        many("<div class='author'>", 8_000) + &many("<span class=author>Ann Lee</span>", size),
        many("<div class='comment'>", 8_000)
            + &many("<i class=byline rel=author itemprop=author>a</i>", size),
        many("<time>2024 <b>", 6_000) + &many("<time class=post-date>May 1, 2024</time>", size),
        format!("<p class='{}'>{FIRST}", many("aB-", size)),
        format!("<img alt='{}'><p>{FIRST}", many("a ", size)),
        format!("<p {}>{FIRST}", many("a='b' ", size)),
        linked(&many("[", size)),
        linked(&many("{\"@graph\":", size)),
        story(&format!("\"author\": {}", many("[", size))),
        format!("<p>{FIRST}</p><p>{}", many("<a>a</a>b<br>", size)),
        many("<p class='ad-free'><button>", 10_000) + &many("a ", size),
        many("<div class='pullquote'>", 9_000) + &many("<p>a long line of words</p>", size),
        many("<header><div>", 5_000) + &many("<time datetime=a>a</time>", size),
    ];
    for page in pages {
        let page = page + "<p>" + FIRST + "</p><p>" + LAST;
        let start = Instant::now();
        _ = ingest(page.as_bytes(), Format::Html);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{took:?}: {}", &page[..60]);
    }
}
