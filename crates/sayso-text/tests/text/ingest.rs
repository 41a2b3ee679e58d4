//! How do bytes become an article?

use sayso_text::{Article, Error, ErrorKind, Format, ingest};

#[track_caller]
fn read(source: &str, format: Format) -> Article {
    ingest(source.as_bytes(), format).expect("an article")
}

#[track_caller]
fn check_title(source: &str, expected: Option<&str>) {
    let article = read(source, Format::Text);
    assert_eq!(article.text, source);
    assert_eq!(article.title.as_deref(), expected);
}

/// The page's article around the given blocks, which come between two paragraphs that
/// are long enough to be found.
#[track_caller]
fn check_html(blocks: &str, expected: &str) {
    let page = format!(
        "<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{FIRST}</p>{blocks}<p>{LAST}</p></article></body></html>"
    );
    let text = read(&page, Format::Html).text;
    let middle = text.strip_prefix(FIRST).and_then(|text| text.strip_suffix(LAST)).map(str::trim);
    assert_eq!(middle, Some(expected), "in {text:?}");
}

const FIRST: &str = "The harbour bridge will stay closed until the end of the week, the city said on Monday, because \
    engineers found cracks in two of the old beams.";
const LAST: &str = "Traffic is sent over the northern crossing, and buses run every ten minutes, until the repairs are \
    done, said Ann Lee, who leads the works.";

#[test]
fn formats() {
    let cases = [
        ("a.txt", Some(Format::Text)),
        ("a.MD", Some(Format::Markdown)),
        ("a/b.xhtml", Some(Format::Html)),
        ("a.json", Some(Format::Json)),
        ("a.jsonl", Some(Format::JsonLines)),
        ("a.ndjson", Some(Format::JsonLines)),
        ("a", None),
    ];
    for (path, expected) in cases {
        assert_eq!(Format::from_path(path), expected);
    }
    let cases = [
        ("text/html; charset=utf-8", Some(Format::Html)),
        ("Application/XHTML+XML", Some(Format::Html)),
        ("text/plain", Some(Format::Text)),
        ("text/markdown;variant=GFM", Some(Format::Markdown)),
        ("application/json", Some(Format::Json)),
        ("application/x-ndjson", Some(Format::JsonLines)),
        ("application/jsonl", Some(Format::JsonLines)),
        ("image/png", None),
        ("", None),
    ];
    for (media_type, expected) in cases {
        assert_eq!(Format::from_media_type(media_type), expected, "{media_type}");
    }
}

#[test]
fn guesses() {
    let cases = [
        ("<html>", Format::Html),
        ("  \n<!doctype HTML>", Format::Html),
        ("\u{feff}<HTML>", Format::Html),
        ("<?xml version='1.0'?><html>", Format::Html),
        ("<p>Rain", Format::Html),
        ("<!-- x --><body>", Format::Html),
        ("Rain fell.", Format::Text),
        ("", Format::Text),
        ("< 5 people came", Format::Text),
        ("He wrote <html>.", Format::Text),
        ("# Rain\n", Format::Markdown),
        ("#Rain fell on #Orne", Format::Text),
        ("\u{feff}---\ntitle: Rain\n---\nRain fell.", Format::Markdown),
        ("---\nRain fell.\n---\n", Format::Text),
        ("{\"text\": 1}", Format::Json),
        ("\u{feff} {\n  \"text\": 1}", Format::Json),
        ("[\n {\"text\": 1}\n,{\"text\": 1}]", Format::Json),
        ("{\"a\": {\"b\": 1},\n\"c\": {}}\n", Format::Json),
        ("{\"a\": {\"b\": 1}\n, \"c\": {}}", Format::Json),
        ("{\"text\": 1}\n\n{\"text\": 2}\n", Format::JsonLines),
        ("{Rain} fell.", Format::Text),
        ("[Rain] fell.", Format::Text),
    ];
    for (source, expected) in cases {
        assert_eq!(Format::guess(source.as_bytes()), expected, "{source}");
    }
}

#[test]
fn pages_under_other_names() {
    let page = format!("<!DOCTYPE html><title>Bridge</title><p>{FIRST}</p><p>{LAST}</p>");
    for format in [Format::Text, Format::Markdown] {
        assert_eq!(read(&page, format).text, format!("{FIRST}\n\n{LAST}"));
    }
    let text = format!("{FIRST}\n\n{LAST} It is <3 to 5> days.");
    assert_eq!(read(&text, Format::Html).text, text);
}

#[test]
fn kinds_of_errors() {
    let cases: [(&[u8], Format, ErrorKind); 12] = [
        (b"\xef\xbb\xbfa\xff", Format::Markdown, ErrorKind::Undecodable),
        (b"\xff\xfea", Format::Text, ErrorKind::Undecodable),
        (b"\xff\xfe\x00\xd8a\x00", Format::Text, ErrorKind::Undecodable),
        (b"PK\x03\x04\x00\xff", Format::Text, ErrorKind::Foreign),
        (b"%PDF-1.7 (Rain fell.)", Format::Text, ErrorKind::Foreign),
        (b"{\\rtf1 Rain fell.}", Format::Json, ErrorKind::Foreign),
        (b"\x00\x00\x00\x20ftypisom", Format::Html, ErrorKind::Foreign),
        (b"Rain\x00", Format::Text, ErrorKind::Binary),
        (b"<p>\x00", Format::Html, ErrorKind::Binary),
        (b" \n\t", Format::Text, ErrorKind::Empty),
        (b"![only](a.png)", Format::Markdown, ErrorKind::Empty),
        (b"<html><body><nav><a href=a>Home</a></nav></body></html>", Format::Html, ErrorKind::NoArticle),
    ];
    for (bytes, format, kind) in cases {
        assert_eq!(ingest(bytes, format).map_err(|error| error.kind()), Err(kind), "{bytes:?}");
    }
}

#[test]
fn headlines() {
    check_title("Bridge Stays Closed\n\nRain fell.", Some("Bridge Stays Closed"));
    check_title("\n Bridge stays closed \r\n\r\nRain fell.", Some("Bridge stays closed"));
    check_title("Will the Bridge Hold?\n\nRain fell.", Some("Will the Bridge Hold?"));
    check_title("Council: ‘All Bets Are Off’\n\nRain fell.", Some("Council: ‘All Bets Are Off’"));
    check_title(
        "City Closes Old Harbour Bridge Until Friday.\n\nRain fell.",
        Some("City Closes Old Harbour Bridge Until Friday."),
    );
}

#[test]
fn first_lines_that_are_no_headlines() {
    for line in [
        "The bridge is closed.",
        "Ms. Lee closed the bridge.",
        "By Ann Lee",
        "KYIV, Ukraine (AP) — Rain fell",
        "LONDON - Rain fell",
        "“We won,” Ms. Lee said",
        "Ms. Lee said:",
        "Q: Who pays?",
        "* * *",
        "Wait...",
    ] {
        check_title(&format!("{line}\n\nRain fell."), None);
    }
    check_title("Bridge Stays Closed\nRain fell.", None);
    check_title("Bridge Stays Closed\n\n", None);
    check_title("Bridge Stays Closed", None);
    check_title(&format!("{}\n\nRain fell.", "Word ".repeat(26)), None);
}

#[test]
fn html_blocks() {
    check_html(
        "<p>Rain&nbsp;fell\n  on <b>all</b>&mdash;so&shy;ft\u{200b}ly.</p>",
        "Rain fell on all—softly.",
    );
    check_html("<p>One<br>two<br><br>three</p>", "One\ntwo\n\nthree");
    check_html(
        "<blockquote><p>“So it is,” she said.</p><p>“Yes.”</p></blockquote>",
        "“So it is,” she said.\n\n“Yes.”",
    );
    check_html("<p>She said <q>he told me <q>go</q></q>.</p>", "She said “he told me ‘go’”.");
    check_html(
        "<p>He said \"yes\" &ldquo;and&rdquo; &lsquo;no&rsquo;, it's so.</p>",
        "He said \"yes\" “and” ‘no’, it's so.",
    );
    check_html(
        "<ul><li>Rain fell, said Ms. Lee.</li><li>Snow fell.</li></ul>",
        "Rain fell, said Ms. Lee.\n\nSnow fell.",
    );
}

#[test]
fn html_without_what_stands_beside_the_article() {
    for block in [
        "<figure><img src=a><figcaption>The bridge on Monday, before it was closed to all.</figcaption></figure>",
        "<aside><p>Sign up, for more news, in your inbox, every day of the week.</p></aside>",
        "<nav><a href=a>Home</a></nav>",
        "<form><p>Your mail</p><input></form>",
        "<script>var a = 1;</script><style>p {}</style>",
        "<ul><li><a href=a>Ten bridges to see</a></li><li><a href=b>Rain to come</a></li></ul>",
        "<p><a href=a>Ten bridges that you must see before they fall</a></p>",
        "<div class='article-caption'>The bridge on Monday</div>",
        "<p>Advertisement</p>",
        "<p>Photo: Ann Lee</p>",
    ] {
        check_html(block, "");
    }
}

#[test]
fn html_headings() {
    let page = format!(
        "<body><article><h1>Bridge</h1><p>{FIRST}</p><h2>What it <i>costs</i></h2><p>{LAST}</p></article>"
    );
    let article = read(&page, Format::Html);
    assert_eq!(article.title.as_deref(), Some("Bridge"));
    assert_eq!(article.title_span, None);
    assert_eq!(article.text, format!("{FIRST}\n\nWhat it costs\n\n{LAST}"));
    assert_eq!(
        article.headings.iter().map(|span| span.of(&article.text)).collect::<Vec<_>>(),
        ["What it costs"]
    );
}

#[test]
fn html_metadata() {
    let head = r#"<html lang="en-GB"><head><title>Bridge | The Gazette</title><meta property="og:title" content="Bridge | The Gazette">
        <meta property="og:site_name" content="The Gazette"><meta name="author" content="By Ann Lee">
        <meta property="article:published_time" content="2024-05-01T08:00:00Z"><link rel="canonical" href="https://a.b/c">"#;
    let article = read(&format!("{head}</head><body><p>{FIRST}</p><p>{LAST}</p>"), Format::Html);
    assert_eq!(article.title.as_deref(), Some("Bridge"));
    assert_eq!(article.outlet.as_deref(), Some("The Gazette"));
    assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.published.as_deref(), Some("2024-05-01T08:00:00Z"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));

    let linked = r##"<html><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Rain &amp; Wind",
        "author": [{"name": "Ann Lee"}, {"@id": "#poe"}], "publisher": {"@id": "#out"}, "datePublished": "2024-05-02",
        "inLanguage": "en"}, {"@id": "#out", "name": "Daily Wave"}, {"@id": "#poe", "name": "Bo Poe"}]}</script>"##;
    let article = read(&format!("{linked}<body><p>{FIRST}</p><p>{LAST}</p>"), Format::Html);
    assert_eq!(article.title.as_deref(), Some("Rain & Wind"));
    assert_eq!(article.outlet.as_deref(), Some("Daily Wave"));
    assert_eq!(article.byline.as_deref(), Some("Ann Lee, Bo Poe"));
    assert_eq!(article.published.as_deref(), Some("2024-05-02"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn html_posts_quoted_from_elsewhere_stay() {
    check_html(
        "<div class='social-media-embed'><blockquote class='twitter-tweet'><p>Rain fell <a href=a>here</a></p>— Ann Lee \
            (@ann) <a href=b>May 1</a></blockquote></div>",
        "Rain fell here\n\n— Ann Lee (@ann) May 1",
    );
}

#[test]
fn deep_pages_are_refused() {
    let page = "<div>".repeat(400) + "<p>" + FIRST + "</p><p>" + LAST;
    assert!(ingest(page.as_bytes(), Format::Html).is_ok());
    for n in [600, 15_000, 200_000] {
        let page = "<div>".repeat(n) + FIRST;
        assert_eq!(ingest(page.as_bytes(), Format::Html), Err(Error::NoArticle), "{n}");
    }
}
