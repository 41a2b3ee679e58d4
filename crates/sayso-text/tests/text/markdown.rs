//! Do the words of a Markdown file come out whole, and what it states about itself apart?

use sayso_text::{Article, Format, ingest};

#[track_caller]
fn read(source: &str) -> Article {
    ingest(source.as_bytes(), Format::Markdown).expect("an article")
}

#[track_caller]
fn check_markdown(source: &str, expected: &str) {
    assert_eq!(read(source).text, expected);
}

#[test]
fn markdown_blocks() {
    check_markdown(
        "Rain *fell* on [the **bridge**](http://a.b).\nIt stopped.",
        "Rain fell on the bridge. It stopped.",
    );
    check_markdown("One  \ntwo", "One\ntwo");
    check_markdown(
        "> “So it is.”\n>\n> She left.\n\n- one\n- two\n\n1. three",
        "“So it is.”\n\nShe left.\n\none\n\ntwo\n\nthree",
    );
    check_markdown(
        "Rain ![a wave](w.png) fell.\n\n```\ncode\n```\n\n<div>raw</div>\n\nEnd.",
        "Rain fell.\n\ncode\n\nraw\n\nEnd.",
    );
    check_markdown(
        "One.\n\n    “So it is,”\n    she said.\n\nEnd.",
        "One.\n\n“So it is,”\nshe said.\n\nEnd.",
    );
    check_markdown("[Reporter]: Why?\n\n> [Reporter]:\n> Why.", "[Reporter]: Why?\n\n[Reporter]: Why.");
    check_markdown("Rain [fell][1].[^2]\n\n[1]: https://a.b 'x'\n[^2]: Much.", "Rain fell.\n\nMuch.");
    check_markdown("| A | B |\n|---|---|\n| c | d |", "A B\n\nc d");
    check_markdown("| A |\n|---|\n| c | d | e\n| f |", "A\n\nc d e\n\nf");
    check_markdown("It\\*s &amp; “so” \"so\" 'so'", "It*s & “so” \"so\" 'so'");
}

#[test]
fn markdown_headings_and_front_matter() {
    let source = "---\ntitle: \"Bridge: Closed\"\nauthor: Ann Lee\ndate: 2024-05-01\noutlet: The Gazette\nurl: https://a.b/c\n\
        language: en\ntags:\n  - x\n---\n# Bridge\n\nRain fell.\n\nCost\n----\n\nMuch.";
    let article = read(source);
    assert_eq!(article.text, "Bridge\n\nRain fell.\n\nCost\n\nMuch.");
    assert_eq!(article.title.as_deref(), Some("Bridge: Closed"));
    assert_eq!(article.title_span, None);
    let headings: Vec<_> = article.headings.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(headings, ["Bridge", "Cost"]);
    assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.published.as_deref(), Some("2024-05-01"));
    assert_eq!(article.outlet.as_deref(), Some("The Gazette"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
    assert_eq!(article.language.as_deref(), Some("en"));
    check_markdown("---\n\nRain fell.", "Rain fell.");
}

#[test]
fn html_in_markdown() {
    check_markdown("Rain <b>fell</b><br>on all.", "Rain fell\non all.");
    check_markdown(
        "<div class=\"a\">Ms. Lee <b>said</b> &amp; left.<p>So &lt;it&gt; is.</div>\n\nEnd.",
        "Ms. Lee said & left.\n\nSo <it> is.\n\nEnd.",
    );
    check_markdown("<script>var a = '<p>';</SCRIPT>\nRain.\n\n<!-- no\n\nwords -->\n\nEnd.", "Rain.\n\nEnd.");
    check_markdown("<div>a < b <3 c\n\nEnd.", "a < b <3 c\n\nEnd.");
}

#[test]
fn rules_around_prose_are_no_front_matter() {
    check_markdown("---\nRain fell.\n---\n\nEnd.", "Rain fell.\n\nEnd.");
    check_markdown("---\nNote: Rain fell.\n---\n\nEnd.", "Note: Rain fell.\n\nEnd.");
    check_markdown(
        "---\ntitle: Rain\n\nRain fell, and then it was dry.\n\n---\n\nEnd.",
        "title: Rain\n\nRain fell, and then it was dry.\n\nEnd.",
    );
    check_markdown("---\n- one\n---\n\nEnd.", "one\n\nEnd.");
}

#[test]
fn front_matter_names_people_and_long_titles() {
    let byline = |front: &str| read(&format!("---\n{front}\n---\nRain fell.")).byline;
    for front in [
        "authors:\n  - Ann Lee\n  - \"Bo Poe\"",
        "authors:\n- Ann Lee\n- Bo Poe",
        "authors: [Ann Lee, 'Bo Poe']",
        "author:\n  - name: Ann Lee\n    email: a@b.c\n  - name: Bo Poe",
        "byline: Ann Lee, Bo Poe # both",
    ] {
        assert_eq!(byline(front).as_deref(), Some("Ann Lee, Bo Poe"), "{front}");
    }
    let article = read("---\n# ours\ntitle: >\n  Bridge\n  Closed\n\n---\n# Bridge closed\n\nRain fell.");
    assert_eq!(article.title.as_deref(), Some("Bridge Closed"));
    assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Bridge closed"));
    let article = read("# Bridge *closed*\n\nRain fell.");
    assert_eq!(article.title.as_deref(), Some("Bridge closed"));
    assert_eq!(article.title_span, Some(article.headings[0]));
}

#[test]
fn an_address_as_source_is_the_url_and_not_the_outlet() {
    let article = read("---\noutlet: The Gazette\nsource: https://a.b/c\n---\nRain fell.");
    assert_eq!(article.outlet.as_deref(), Some("The Gazette"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
    let article = read("---\nSource: The Gazette\nlink: https://a.b/c\n---\nRain fell.");
    assert_eq!(article.outlet.as_deref(), Some("The Gazette"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
}

#[test]
fn the_first_stated_value_wins() {
    let article = read(
        "---\nheadline:\ntitle: Rain\nheadline: Wind\nauthor: Ann Lee\nbyline: Bo Ray\nurl: https://a.b/c\n\
        source: https://d.e/f\npublisher: The Gazette\noutlet: The Wave\n---\n# Wind\n\nRain fell.",
    );
    assert_eq!(article.title.as_deref(), Some("Rain"));
    assert_eq!(article.byline.as_deref(), Some("Ann Lee"));
    assert_eq!(article.url.as_deref(), Some("https://a.b/c"));
    assert_eq!(article.outlet.as_deref(), Some("The Gazette"));
}

#[test]
fn front_matter_is_read_as_yaml() {
    let article = read(
        "---\ntitle: \"Lee: \\\"no risk\\\" at bridge\"\nauthors: [\"Lee, Ann\", \"Bo Ray\"] # both\nlang: en # ours\n\
        tags: [\n  rain\n]\n---\nRain fell.",
    );
    assert_eq!(article.title.as_deref(), Some("Lee: \"no risk\" at bridge"));
    assert_eq!(article.byline.as_deref(), Some("Lee, Ann, Bo Ray"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(read("---\ntitle: Bridge: Closed\n---\nRain fell.").title.as_deref(), Some("Bridge: Closed"));
}

#[test]
fn no_backslash_is_written_into_code() {
    check_markdown("```\n[Reporter]: Why\n```", "[Reporter]: Why");
    check_markdown("One.\n\n    [Reporter]: Why\n\nEnd.", "One.\n\n[Reporter]: Why\n\nEnd.");
    check_markdown("`one\n[Reporter]: Why`", "one [Reporter]: Why");
    check_markdown("<div>\n[Reporter]: Why\n</div>", "[Reporter]: Why");
}

#[test]
fn definitions_of_addresses_on_two_lines_are_no_text() {
    check_markdown("Rain [fell][foo].\n\n[foo]:\n  https://a.b/c\n  'Rain'\n\nEnd.", "Rain fell.\n\nEnd.");
    check_markdown("> Rain [fell][foo].\n>\n> [foo]:\n> https://a.b/c", "Rain fell.");
    check_markdown("Rain [fell][foo].\n\n[foo]: <https://a.b/c d>", "Rain fell.");
}

#[test]
fn speakers_are_no_definitions_of_addresses() {
    check_markdown("[Reporter]: Why?\n[Mayor]: Because.", "[Reporter]: Why? [Mayor]: Because.");
    check_markdown("[Reporter]: Why?\n\n[Reporter]: \"How?\"", "[Reporter]: Why?\n\n[Reporter]: \"How?\"");
    check_markdown("- [Reporter]: Why\n- [Mayor]: “So”", "[Reporter]: Why\n\n[Mayor]: “So”");
    check_markdown("1. Rain\n   [fell]\n2. [Mayor]:\n   So", "Rain [fell]\n\n[Mayor]: So");
    check_markdown("[Mayor]: \\<so “it” is>\n\nEnd.", "[Mayor]: <so “it” is>\n\nEnd.");
    check_markdown("[Mayor]: < so “it” is>\n\nEnd.", "[Mayor]: < so “it” is>\n\nEnd.");
    check_markdown("[Reporter]: Why\n===\n[Mayor]: So", "[Reporter]: Why\n\n[Mayor]: So");
    check_markdown("[The\nMayor]: Yes\n\nEnd.", "[The Mayor]: Yes\n\nEnd.");
}

#[test]
fn the_stated_byline_is_not_repeated_in_the_text() {
    let text = |author: &str, body: &str| read(&format!("---\nauthor: {author}\n---\n{body}")).text;
    for line in
        ["By **Dana Whitlock**", "*by Dana Whitlock*", "Dana Whitlock", "May 4, 2024\n\nBy Dana Whitlock"]
    {
        let expected =
            if line.starts_with("May") { "Rain\n\nMay 4, 2024\n\nIt fell." } else { "Rain\n\nIt fell." };
        assert_eq!(text("Dana Whitlock", &format!("# Rain\n\n{line}\n\nIt fell.")), expected, "{line}");
    }
    assert_eq!(text("[Ann Lee, Bo Ray]", "By Ann Lee and Bo Ray\n\nIt fell."), "It fell.");
    // Below the first paragraph, or with another word, the line is the article's own.
    for body in ["It fell.\n\nDana Whitlock", "By Bo Ray\n\nIt fell.", "Dana Whitlock won\n\nIt fell."] {
        assert_eq!(text("Dana Whitlock", body), body);
    }
    assert_eq!(read("By **Dana Whitlock**\n\nIt fell.").text, "By Dana Whitlock\n\nIt fell.");
    let article = read("---\nauthor: Dana Whitlock\n---\n# Rain\n\nBy Dana Whitlock\n\n## Wind\n\nIt blew.");
    assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Rain"));
    let headings: Vec<_> = article.headings.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(headings, ["Rain", "Wind"]);
}
