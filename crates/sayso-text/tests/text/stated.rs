//! In which shapes does a page state what its article is, and which of them are to be believed?

use sayso_text::{Error, Format, ingest};

use crate::pages::{FIRST, LAST, check_byline, check_published, linked, page, story};

#[track_caller]
fn check_url(head: &str, expected: Option<&str>) {
    assert_eq!(page(head, "").url.as_deref(), expected, "{head}");
}

#[test]
fn the_day_in_the_frame_of_a_page_is_not_the_articles() {
    let today = "<time datetime='2026-11-24'>24 November 2026</time>";
    let shown = "<span class='published'>1 May 2024</span>";
    for frame in ["header", "nav", "footer", "aside"] {
        let frame = format!("<{frame}><div>{today}</div></{frame}>");
        check_published("", &format!("{frame}{shown}"), Some("1 May 2024"));
        check_published("", &frame, None);
    }
    check_published("", &format!("{today}{today}"), None);
    check_published("", today, Some("2026-11-24"));
}

#[test]
fn the_time_in_an_article_is_its_date() {
    let time = "<time datetime='2024-05-01'>1 May</time>";
    let other = "<time datetime='2026-11-24'>today</time>";
    for within in [
        format!("<main><header>{time}</header></main>"),
        format!("<article><header><p>{time}</p></header></article>"),
        format!("<div itemscope itemtype='https://schema.org/NewsArticle'>{time}</div>"),
        format!("<div itemprop='articleBody'>{time}</div>"),
    ] {
        check_published("", &format!("{other}{within}{other}"), Some("2024-05-01"));
    }
    check_published("", &format!("{other}<main><aside>{time}</aside></main>{other}"), None);
}

#[test]
fn dates_in_every_shape() {
    for date in [
        "\"2024-05-01\"",
        "[\"2024-05-01\"]",
        "{\"@type\": \"Date\", \"@value\": \"2024-05-01\"}",
        "[{\"@value\": [\"2024-05-01\"]}, \"2024-06-01\"]",
    ] {
        check_published(&story(&format!("\"datePublished\": {date}")), "", Some("2024-05-01"));
    }
    for nothing in ["{}", "[]", "[[null]]", "20240501", "{\"@id\": \"2024-05-01\"}"] {
        check_published(&story(&format!("\"datePublished\": {nothing}")), "", None);
    }
}

#[test]
fn eight_digits_are_a_date() {
    for (digits, expected) in [
        ("20240501", Some("2024-05-01")),
        ("20241301", None),
        ("20240532", None),
        ("10240501", None),
        ("202405010", None),
    ] {
        check_published(&format!("<meta name='date' content='{digits}'>"), "", expected);
    }
}

#[test]
fn linked_data_of_any_charset_is_read() {
    let json = "{\"@type\": \"NewsArticle\", \"author\": \"Ann Lee\"}";
    for media_type in ["application/ld+json; charset=utf-8", "application/LD+JSON", " application/ld+json;x"]
    {
        check_byline(&format!("<script type='{media_type}'>{json}</script>"), "", Some("Ann Lee"));
    }
    for media_type in ["application/json", "application/ld+jsonx", "text/javascript"] {
        check_byline(&format!("<script type='{media_type}'>{json}</script>"), "", None);
    }
    check_byline(&linked(&format!("<![CDATA[{json}]]>")), "", Some("Ann Lee"));
    check_byline(&linked(&format!("\n<![CDATA[\n{json}\n]]>\n")), "", Some("Ann Lee"));
}

#[test]
fn the_story_of_a_page_is_found_within_it() {
    let story = "{\"@type\": \"NewsArticle\", \"author\": \"Ann Lee\"}";
    for of_page in ["mainEntity", "mainEntityOfPage", "hasPart"] {
        for story in [story, &format!("[{story}]"), &format!("[{{\"@type\": \"WPHeader\"}}, {story}]")] {
            let page = format!("{{\"@type\": \"WebPage\", \"{of_page}\": {story}}}");
            check_byline(&linked(&page), "", Some("Ann Lee"));
        }
    }
    let teasers = format!("{{\"@type\": \"CollectionPage\", \"hasPart\": [{story}, {story}]}}");
    check_byline(&linked(&teasers), "", None);
}

#[test]
fn the_story_with_the_headline_of_the_page_is_its_story() {
    let story = |headline: &str, author: &str| {
        format!("{{\"@type\": \"NewsArticle\", \"headline\": {headline}, \"author\": \"{author}\"}}")
    };
    let rain = story("\"Rain to come\"", "Bo Poe");
    let title = "<meta property='og:title' content='Bridge closed in Ostby'>";
    for headline in ["\"Bridge closed in Ostby\"", "\"Bridge closed\"", "[\"Bridge  closed\"]"] {
        let bridge = story(headline, "Ann Lee");
        check_byline(&format!("{title}{}", linked(&format!("[{rain}, {bridge}]"))), "", Some("Ann Lee"));
        let heading = "<h1>Bridge closed in Ostby</h1>";
        check_byline(&linked(&format!("[{rain}, {bridge}]")), heading, Some("Ann Lee"));
    }
    check_byline(&linked(&format!("[{rain}, {}]", story("null", "Ann Lee"))), "", Some("Bo Poe"));
}

#[test]
fn a_reference_is_no_byline() {
    let person = "{\"@id\": \"#/person/1\", \"name\": \"Ann Lee\"}";
    for author in ["\"#/person/1\"", "[\"#/person/1\"]", "{\"@id\": \"#/person/1\"}"] {
        let story = format!("{{\"@type\": \"NewsArticle\", \"author\": {author}}}");
        check_byline(&linked(&format!("{{\"@graph\": [{story}, {person}]}}")), "", Some("Ann Lee"));
        check_byline(&linked(&story), "", None);
    }
    for reference in ["_:b0", "/people/ann", "//wave.example/ann", "www.wave.example/ann", "mailto:ann"] {
        check_byline(&story(&format!("\"author\": \"{reference}\"")), "", None);
        check_byline(&story(&format!("\"author\": {{\"name\": \"{reference}\"}}")), "", None);
        check_byline(&format!("<meta name='author' content='{reference}'>"), "", None);
    }
}

#[test]
fn a_crowd_signs_nothing() {
    let names = |n: usize| (0..n).map(|i| format!("\"A{i} Lee\"")).collect::<Vec<_>>().join(",");
    let few = page(&story(&format!("\"author\": [{}]", names(100))), "").byline.expect("a byline");
    assert_eq!(few.split(", ").count(), 100);
    check_byline(&story(&format!("\"author\": [{}]", names(101))), "", None);
}

#[test]
fn only_a_web_address_is_the_articles() {
    let good = "https://wave.example/bridge";
    for address in [good, "HTTP://wave.example", "http://[::1]/a"] {
        check_url(&format!("<link rel='canonical' href='{address}'>"), Some(address));
        check_url(&format!("<meta property='og:url' content='{address}'>"), Some(address));
    }
    for other in [
        "javascript://wave.example/%0aalert(1)",
        "file:///etc/a",
        "data://a",
        "/bridge",
        "//wave.example/a",
        "https://",
        "https:///a",
        "a b://c",
        "https://a b",
        "see https://wave.example",
    ] {
        check_url(&format!("<link rel='canonical' href='{other}'>"), None);
        check_url(&format!("<meta property='og:url' content='{other}'>"), None);
        let both = format!("<link rel='canonical' href='{other}'><meta property='og:url' content='{good}'>");
        check_url(&both, Some(good));
    }
}

#[test]
fn the_stated_text_is_taken_where_the_markup_is_short() {
    let short = "The bridge in Ostby is closed. Subscribers read all about it.";
    let read = |body: &str| {
        let head = story(&format!("\"articleBody\": \"{body}\""));
        let page = format!("<head>{head}</head><body><article><p>{short}</p></article></body>");
        ingest(page.as_bytes(), Format::Html).expect("an article").text
    };
    assert_eq!(read(&format!("<p>{FIRST}</p><p>{LAST}</p>")), format!("{FIRST}\n\n{LAST}"));
    assert_eq!(read(&format!("{FIRST} &amp; so on.")), format!("{FIRST} & so on."));
    assert_eq!(read("The bridge in Ostby is closed. Subscribers read all about it, as they should."), short);
}

/// The article behind this, on a page that costs more than any real one.
#[track_caller]
fn check_cost(before: &str, refused: bool) {
    let page = format!("{before}<article><p>{FIRST}</p><p>{LAST}</p></article>");
    let is_refused = ingest(page.as_bytes(), Format::Html) == Err(Error::NoArticle);
    assert_eq!(is_refused, refused, "{}…", &before[..40]);
}

#[test]
fn a_page_that_costs_too_much_is_given_up() {
    // Levels: the web's parser puts an <html> and a <body> around them.
    check_cost(&"<div>".repeat(490), false);
    check_cost(&"<div>".repeat(520), true);
    // Nodes.
    check_cost(&"<br>".repeat(10_000), false);
    check_cost(&"<br>".repeat(260_000), true);
    // Attributes of one tag.
    check_cost(&format!("<p {}>", "a='b' ".repeat(1_000)), false);
    check_cost(&format!("<p {}>", "a='b' ".repeat(20_000)), true);
    // Words below many levels.
    let words = |n: usize| format!("{}{}{}", "<div>".repeat(480), "a ".repeat(n), "</div>".repeat(480));
    check_cost(&words(100), false);
    check_cost(&words(700_000), true);
}
