use sayso_text::ingest;

use super::*;

/// The file with the words of the text replaced; what couldn't be is in the second part.
fn mended(source: &str, format: Format, fixes: &[(&str, &str)]) -> (String, usize) {
    let reread = |source: &str| ingest(source.as_bytes(), format).ok().map(|article| article.text);
    let text = reread(source).expect("an article");
    let fix = |(old, new): &(&str, &str)| {
        let at = text.find(old).unwrap_or_else(|| panic!("{old:?} isn't in {text:?}"));
        let start = text[..at].chars().count();
        Fix { start, end: start + old.chars().count(), text: (*new).to_owned() }
    };
    let fixes: Vec<Fix> = fixes.iter().map(fix).collect();
    let (mended, left) = Original::new(source, &text, format, &reread).mend(&fixes);
    // Whatever was done, the file says what the fixes that were made say.
    let made: Vec<Fix> = fixes.iter().filter(|fix| !left.contains(fix)).cloned().collect();
    assert_eq!(reread(&mended), Some(apply(&text, &made)));
    (mended, left.len())
}

#[test]
fn a_text_changes_only_where_it_is_mended() {
    let text = "Dam  holds \r\n\r\nIt cost 40 pounds.\t\r\n\r\n  “Fine,” she said.  \r\n";
    let (new, left) = mended(text, Format::Text, &[("40", "14"), ("Fine", "Good")]);
    assert_eq!((new, left), (text.replace("40", "14").replace("Fine", "Good"), 0));
}

#[test]
fn markdown_keeps_its_markup() {
    let source = "---\ntitle: 40 houses\n---\n# Fire  \n\n> The *fire* cost **40** houses\n> in [Sarn](x \"40 houses\"), she said.   \n\n<!-- 40 houses -->\n";
    let (new, left) = mended(source, Format::Markdown, &[("40", "14")]);
    assert_eq!((new, left), (source.replace("**40**", "**14**"), 0));
    let source = "# Fire\n\nThe fire cost 40 houses\nin the lower   town, she said, and the year was 1940.\n";
    let (new, left) = mended(source, Format::Markdown, &[("40 houses in", "14_houses* in")]);
    assert_eq!(left, 0, "{new}");
    assert!(new.contains("town, she said, and the year was 1940.\n"), "{new}");
}

#[test]
fn a_page_keeps_its_markup() {
    let body = "<p>The mayor&rsquo;s office said on Monday that the fire had cost <b>40</b> houses &amp; a school in the lower town, which many people had feared since the spring.</p>";
    let more = "<p>Nobody was hurt in the fire, according to the county, which will rebuild all of the houses before the winter, it said in a statement on Tuesday.</p>";
    let source = format!(
        "<!doctype html><html><head><title>40 houses</title><meta name=\"description\" content=\"The fire had cost 40 houses\"></head>\r\n<body><article><h1>Fire in Sarn</h1>{body}\r\n{more}</article><script>var n = 40;</script></body></html>\r\n"
    );
    let (new, left) = mended(&source, Format::Html, &[("40", "14"), ("houses & a", "houses & no")]);
    assert_eq!(left, 0, "{new}");
    assert_eq!(new, source.replace("<b>40</b> houses &amp; a", "<b>14</b> houses &amp; no"));
}

#[test]
fn words_over_markup_are_left_alone() {
    let source = "# Fire\n\nThe fire cost **40** houses in Sarn.\n";
    let (new, left) = mended(source, Format::Markdown, &[("40 houses", "14 houses")]);
    assert_eq!((new.as_str(), left), (source, 1));
}

#[test]
fn a_place_is_told_in_characters_of_the_file() {
    let source = "# Fire\n\n“É” *said* it cost 40 houses.\n";
    let reread = |source: &str| ingest(source.as_bytes(), Format::Markdown).ok().map(|article| article.text);
    let text = reread(source).expect("an article");
    let original = Original::new(source, &text, Format::Markdown, &reread);
    let at = text.find("40").expect("the figure");
    let found = original.find(Span::new(at, at + 2)).expect("a place");
    assert_eq!(found.of(source), "40");
}
