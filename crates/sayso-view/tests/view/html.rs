//! Does the page hold the article's words, a note for every statement, and no more?

use std::collections::HashSet;

use base64::Engine as _;
use dom_query::{Document, Selection};
use proptest::prelude::*;
use sayso::record::{Form, Record, TextSpan};
use sayso_view::html::page;
use sha2::{Digest, Sha256};

use crate::harbour::{HARBOUR, harbour};
use crate::records::{Said, any_record, bare, record, span};

fn parsed(record: &Record) -> Document {
    Document::from(page(&[("a.html", record)]).alone())
}

/// The article's column, a line for each paragraph.
fn column(page: &Document) -> Vec<String> {
    page.select(".words").iter().map(|words| words.text().to_string()).collect()
}

/// What stands for control characters that part no paragraphs.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !"\t\n\r".contains(c) { '\u{fffd}' } else { c }).collect()
}

fn paragraphs(record: &Record) -> Vec<String> {
    let article = sayso::Article {
        title: record.article.title.clone(),
        text: record.article.text.clone(),
        ..sayso::Article::default()
    };
    let document = sayso::Document::new(&article);
    document.paragraphs.iter().map(|paragraph| shown(paragraph.span.of(&document.text))).collect()
}

/// The words marked as one statement's.
fn marked(page: &Document, role: &str, id: &str) -> String {
    let pieces = page.select(&format!(".words [data-{role}~='{id}']"));
    pieces.iter().map(|piece| piece.text().to_string()).collect()
}

fn attribute(of: &Selection<'_>, name: &str) -> String {
    of.attr(name).map(|value| value.to_string()).unwrap_or_default()
}

#[test]
fn the_body_of_a_small_page() {
    let page = parsed(&harbour());
    page.select("script").remove();
    let body =
        page.select("body").html().replace("<div", "\n<div").replace("<li", "\n<li").replace("<p", "\n<p");
    insta::assert_snapshot!(body);
}

#[test]
fn every_attribution_has_its_note_and_its_marks() {
    let record = harbour();
    let page = parsed(&record);
    assert_eq!(column(&page), HARBOUR.split("\n\n").collect::<Vec<_>>());
    assert_eq!(page.select(".note").length(), record.attributions.len());
    for attribution in &record.attributions {
        let words = |span: &Option<TextSpan>| span.as_ref().map(|span| span.text.clone()).unwrap_or_default();
        let id = &attribution.id;
        assert_eq!(marked(&page, "s", id), words(&attribution.source));
        assert_eq!(marked(&page, "c", id), words(&attribution.cue));
        let content: Vec<&str> = attribution.content.iter().map(|span| span.text.as_str()).collect();
        assert_eq!(marked(&page, "q", id), content.concat());
        assert_eq!(page.select(&format!("#{id} .said")).text().to_string(), content.join(" … "));
        let who = page.select(&format!("#{id} .who")).text().to_string();
        assert!(who.contains(attribution.source.as_ref().map_or("no source named", |span| &span.text)));
    }
}

#[test]
fn a_nested_statement_stands_after_and_inside_its_own() {
    let page = parsed(&harbour());
    let ids: Vec<String> = page.select(".note").iter().map(|note| attribute(&note, "id")).collect();
    assert_eq!(ids, ["a1", "a2", "a3", "a4", "a5"]);
    assert_eq!(attribute(&page.select("#a3"), "data-depth"), "1");
    assert_eq!(attribute(&page.select("#a3 .inside"), "href"), "#a2");
    let innermost_first = page.select(".words .deep");
    assert_eq!(attribute(&innermost_first, "data-q"), "a3 a2");
}

#[test]
fn a_nested_statement_stands_beside_its_own_paragraph() {
    let text = "She said:\n\n“It is late.\n\n“The mayor told me so.”";
    let said: &[Said<'_>] = &[
        ("She", "said:", &["“It is late.\n\n“The mayor told me so.”"], Form::Direct, 0),
        ("The mayor", "told", &["so"], Form::Indirect, 1),
    ];
    let page = parsed(&record(text, said));
    assert_eq!(notes_in_rows(&page), [1, 0, 1]);
    assert_eq!(attribute(&page.select("#a2 .inside"), "href"), "#a1");
}

#[test]
fn several_statements_share_a_source() {
    let text = "The mayor said the quay was safe and denied a leak.";
    let said: &[Said<'_>] = &[
        ("The mayor", "said", &["the quay was safe"], Form::Indirect, 0),
        ("The mayor", "denied", &["a leak"], Form::Indirect, 0),
    ];
    let page = parsed(&record(text, said));
    assert_eq!(attribute(&page.select(".words .source"), "data-s"), "a1 a2");
    assert!(page.select("#by-speaker").text().contains("“The mayor” (2)"));
}

#[test]
fn speakers_are_counted_regardless_of_case_and_pronouns_name_nobody() {
    let text = "The mayor said one. She and he agreed. the mayor added two, which she called three.";
    let said: &[Said<'_>] = &[
        ("The mayor", "said", &["one"], Form::Indirect, 0),
        ("the mayor", "added", &["two"], Form::Indirect, 0),
        ("She", "agreed", &["three"], Form::Indirect, 0),
    ];
    let page = parsed(&record(text, said));
    let options: Vec<String> =
        page.select("#by-speaker option").iter().map(|option| option.text().to_string()).collect();
    assert_eq!(options, ["All who speak", "“The mayor” (2)", "he, she, they… (1)"]);
    assert_eq!(
        attribute(&page.select("#a1"), "data-speaker"),
        attribute(&page.select("#a2"), "data-speaker")
    );
}

#[test]
fn a_content_crosses_paragraphs() {
    let text = "“One.\n\nTwo,” she said.";
    let page = parsed(&record(text, &[("she", "said", &["“One.\n\nTwo,”"], Form::Direct, 0)]));
    assert_eq!(column(&page), ["“One.", "Two,” she said."]);
    assert_eq!(marked(&page, "q", "a1"), "“One.Two,”");
    assert_eq!(notes_in_rows(&page), [0, 1]);
}

fn notes_in_rows(page: &Document) -> Vec<usize> {
    page.select(".row").iter().map(|row| row.select(".note").length()).collect()
}

#[test]
fn a_note_stands_at_its_cue_and_not_at_a_source_named_before() {
    let text = "The mayor came.\n\nHe left.\n\n“It is late,” was heard. Adding: “Very.”";
    let said: &[Said<'_>] = &[
        ("The mayor", "Adding:", &["“Very.”"], Form::Direct, 0),
        ("He", "", &["“It is late,”"], Form::Direct, 0),
        ("He", "", &[], Form::Direct, 0),
    ];
    assert_eq!(notes_in_rows(&parsed(&record(text, said))), [0, 1, 2]);
}

#[test]
fn headings_are_the_records_and_no_guess() {
    let long = "The works on the quay began in the spring, and nobody knows yet when they will end.";
    let text = format!("The Cost of the Quay\n\n{long}\n\nwho pays\n\n{long}");
    let mut record = bare(&text);
    let shown = |record: &Record| -> Vec<String> {
        parsed(record).select(".text h2").iter().map(|h2| h2.text().to_string()).collect()
    };
    assert!(shown(&record).is_empty());
    record.article.headings = vec![span(&text, "who pays")];
    assert_eq!(shown(&record), ["who pays"]);
    record.article.headings[0].start += 1;
    assert!(shown(&record).is_empty());
}

#[test]
fn a_record_from_before_headings_were_kept_is_read() {
    let mut json = serde_json::to_value(harbour()).unwrap();
    json["article"].as_object_mut().unwrap().remove("headings");
    assert_eq!(serde_json::from_value::<Record>(json).unwrap(), harbour());
}

#[test]
fn no_space_parts_a_source_from_a_cue_that_touches_it() {
    let text = "“He’s pleased,” she said. He ’s late.";
    let said: &[Said<'_>] =
        &[("He", "’s pleased", &["late"], Form::Indirect, 0), ("she", "said", &["late"], Form::Indirect, 0)];
    let page = parsed(&record(text, said));
    let who: Vec<String> = page.select(".who").iter().map(|who| who.text().to_string()).collect();
    assert_eq!(who, ["He’s pleased (?)", "she (?) said"]);
}

#[test]
fn the_unsure_are_marked_as_such() {
    let text = "The mayor said the quay was safe and denied a leak.";
    let said: &[Said<'_>] = &[
        ("The mayor", "said", &["the quay was safe"], Form::Indirect, 0),
        ("The mayor", "denied", &["a leak"], Form::Indirect, 0),
    ];
    let mut record = record(text, said);
    assert_eq!(parsed(&record).select(".unsure, .doubt").length(), 0);
    record.attributions[1].confidence = 0.49;
    let page = parsed(&record);
    let words: Vec<String> =
        page.select(".words .unsure").iter().map(|mark| mark.text().to_string()).collect();
    assert_eq!(words, ["denied", "a leak"]);
    assert_eq!(page.select("#a1 .doubt").length() + page.select("#a2 .doubt").length(), 1);
    assert!(page.select(".legend").text().contains("unsure"));
}

#[test]
fn a_headline_keeps_hyphenated_words_whole() {
    let title = "A Half-Built Quay, a Never-ending-and-then-some Story";
    let mut record = bare(&format!("{title}\n\nNothing was said."));
    record.article.title = Some(title.to_owned());
    for text in [record.article.text.clone(), "Nothing was said.".to_owned()] {
        record.article.text = text;
        let page = parsed(&record);
        assert_eq!(page.select("h1").text().to_string(), title);
        assert_eq!(page.select("h1 .whole").text().to_string(), "Half-Built");
    }
}

#[test]
fn words_that_do_not_stand_there_are_left_out_and_said_to_be() {
    let mut record = harbour();
    record.attributions[0].content[1].end = usize::MAX;
    record.attributions[0].content[0].start = usize::MAX;
    let source = record.attributions[1].source.as_mut().unwrap();
    source.text = "Somebody else".to_owned();
    record.attributions[3] = record.attributions[2].clone();
    record.attributions[3].id = "a4".to_owned();
    (record.attributions[3].source, record.attributions[3].cue) = (None, None);
    record.attributions[3].content.clear();
    let page = parsed(&record);
    assert_eq!(page.select(".note").length(), 4);
    let cautions: Vec<String> = page.select(".caution").iter().map(|p| p.text().to_string()).collect();
    assert_eq!(cautions.len(), 3, "{cautions:?}");
    assert!(!page.select("main").text().contains("Somebody else"));
}

#[test]
fn a_card_tells_what_is_known_beyond_the_words() {
    let page = parsed(&harbour());
    let texts = |selector: &str| -> Vec<String> {
        page.select(selector).iter().map(|found| found.text().to_string()).collect()
    };
    assert_eq!(texts("#a2 .who"), ["She (Ada Penrose) told"]);
    assert_eq!(texts("#a3 .who"), ["the mayor (role, no name) had promised"]);
    assert_eq!(texts("#a2 .more"), ["told to: reporters (unnamed)"]);
    assert_eq!(
        texts("#a3 .standing"),
        ["denied by Ferry Line (“in those terms”)", "the mayor was asked for comment"]
    );
    assert_eq!(texts("#a4 .more"), ["medium: a statement", "when: on Thursday (6 November 2025)"]);
    assert_eq!(texts(".act"), ["demand", "promise", "deny"]);
    assert_eq!(texts("#a5 .chain"), ["The Harbour Gazette ‹ a draft ‹ no source named"]);
    assert_eq!(texts(".known .wire"), ["words of Coast Wire"]);
    assert_eq!(texts(".unbound li"), ["not verified “A count by anglers has not been verified”"]);
    assert_eq!(texts(".people li").len(), 6);
    assert!(texts(".people li")[0].contains("speaks for the quay (she speaks of its gate)"));
}

#[test]
fn hedges_and_standings_have_a_quiet_line_with_the_reason() {
    let page = parsed(&harbour());
    let quiet: Vec<(String, String)> = page
        .select(".words .quiet")
        .iter()
        .map(|mark| (mark.text().to_string(), attribute(&mark, "title")))
        .collect();
    let has = |words: &str, title: &str| quiet.contains(&(words.to_owned(), title.to_owned()));
    assert!(has("would", "Hedge of a5: on what was said"), "{quiet:?}");
    assert!(has("perhaps", "Hedge in the outlet’s own voice"));
    assert!(has("He could not be reached", "Standing of a3: the mayor was asked for comment"));
    assert!(has("A count by anglers has not been verified", "Standing: not verified"));
    assert_eq!(
        marked(&page, "t", "a3"),
        "He could not be reached“We promised no bridge in those terms,” the Ferry Line answered"
    );
}

#[test]
fn circumstances_that_are_not_in_the_text_are_left_out_and_said_to_be() {
    let mut record = harbour();
    record.attributions[3].medium.as_mut().unwrap().text = "A forged letter".to_owned();
    record.attributions[4].hedges[0].start += 1;
    record.attributions[2].status[0].end += 1;
    record.unbound[0].end = usize::MAX;
    let page = parsed(&record);
    assert!(!page.select("main").text().contains("A forged letter"));
    assert_eq!(page.select("#a5 .more").length(), 0);
    // That it is denied stays, though the words that say so aren't found.
    assert_eq!(page.select("#a3 .standing").length(), 2);
    assert_eq!(page.select(".caution").length(), 4);
}

#[test]
fn an_article_without_statements_is_shown_and_says_so() {
    let mut record = bare("Die Brücke ist sicher.\n\nNiemand sprach.");
    record.article.language = Some("de".to_owned());
    record.notes.push("The text looks German.".to_owned());
    let page = parsed(&record);
    assert_eq!(column(&page).len(), 2);
    assert_eq!(page.select(".bar").length(), 0);
    assert_eq!(page.select(".counts").text().to_string(), "No attributed statements found.");
    assert_eq!(page.select(".caution").text().to_string(), "The text looks German.");
    assert_eq!(attribute(&page.select(".text"), "lang"), "de");
}

#[test]
fn several_articles_have_a_list_and_addresses_of_their_own() {
    let (one, two) = (harbour(), bare("Nothing was said."));
    let page = Document::from(page(&[("one.html", &one), ("two.txt", &two), ("one.html", &one)]).alone());
    assert_eq!(page.select(".contents li").length(), 3);
    assert!(page.select(".contents").text().contains("two.txt"));
    assert_eq!(page.select("#s3-a3").length(), 1);
    let ids: Vec<String> = page.select("[id]").iter().map(|element| attribute(&element, "id")).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    for link in &page.select("a[href^='#']") {
        assert!(ids.contains(&attribute(&link, "href")[1..].to_owned()));
    }
}

#[test]
fn only_addresses_of_the_web_are_links() {
    for (url, is_link) in [
        ("https://a.example/?q=\"", true),
        ("javascript:alert(1)", false),
        ("JavaScript://%0aalert(1)", false),
    ] {
        let mut record = harbour();
        record.article.url = Some(url.to_owned());
        let page = parsed(&record);
        let link = page.select("a.address");
        assert_eq!(link.length(), usize::from(is_link), "{url}");
        if is_link {
            assert_eq!(attribute(&link, "href"), url);
            assert_eq!(attribute(&link, "rel"), "noreferrer noopener");
        }
    }
}

#[test]
fn dates_are_read_or_left() {
    for (stated, shown) in [
        ("2025-11-06T02:41:00-05:00", "6 November 2025, 02:41 −05:00"),
        ("2025-11-06T02:41:00.123Z", "6 November 2025, 02:41 UTC"),
        ("2025-11-06T02:41:00+0000", "6 November 2025, 02:41 UTC"),
        ("2025-11-06 02:41", "6 November 2025, 02:41"),
        ("2025-11-06", "6 November 2025"),
        ("2025-13-06", "2025-13-06"),
        ("2025-11-06Tea", "2025-11-06Tea"),
        ("2025-11-06Tea time", "2025-11-06Tea time"),
        ("Thursday, 2é", "Thursday, 2é"),
    ] {
        let mut record = harbour();
        record.article.published = Some(stated.to_owned());
        assert_eq!(parsed(&record).select("time").text().to_string(), shown);
    }
}

#[test]
fn the_page_of_an_article_is_small() {
    let text = "The mayor said the quay was safe. ".repeat(28);
    let sentence = text.chars().count() / 28;
    let said: Said<'_> = ("The mayor", "said", &["the quay was safe"], Form::Indirect, 0);
    let mut record = record(&text, &[said; 28]);
    for (i, attribution) in record.attributions.iter_mut().enumerate() {
        let spans = attribution.source.iter_mut().chain(&mut attribution.cue).chain(&mut attribution.content);
        for span in spans {
            span.start += i * sentence;
            span.end += i * sentence;
        }
    }
    let page = page(&[("a", &record)]).alone();
    assert_eq!(Document::from(page.as_str()).select(".note").length(), 28);
    assert!(page.len() < 100_000, "{}", page.len());
}

/// What a browser's content security policy compares.
fn checksum(text: &str) -> String {
    format!("'sha256-{}'", base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// All that must hold of the page of any record.
fn check_safe(record: &Record) -> Result<(), TestCaseError> {
    let page = parsed(record);
    prop_assert_eq!(column(&page), paragraphs(record));
    // No element or attribute comes from an article: only the page's own names are there.
    let kinds = "html head meta title style body div select option fieldset legend label input span output button p kbd \
        main article section header h1 h2 time a ol ul li b i em svg rect footer code script noscript";
    let kinds: HashSet<&str> = kinds.split_whitespace().collect();
    for element in &page.select("*") {
        let node = &element.nodes()[0];
        let name = node.node_name().unwrap_or_default().to_string();
        prop_assert!(kinds.contains(name.as_str()), "<{}>", name);
        for attribute in node.attrs() {
            let name = attribute.name.local.to_string();
            prop_assert!(!name.starts_with("on") && name != "style" && name != "src", "{}", name);
        }
    }
    let policy = attribute(&page.select("meta[http-equiv]"), "content");
    for own in &page.select("style, script:not([type])") {
        prop_assert!(policy.contains(&checksum(&own.text())));
    }
    let data = page.select("script[type='application/json']");
    prop_assert_eq!(data.length(), 1);
    let data: serde_json::Value = serde_json::from_str(&data.text()).expect("the page holds JSON");
    prop_assert_eq!(data, serde_json::to_value(record).expect("records are JSON"));
    let ids: Vec<String> = page.select("[id]").iter().map(|element| attribute(&element, "id")).collect();
    prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    Ok(())
}

proptest! {
    #[test]
    fn the_words_survive_and_no_markup_gets_in(record in any_record()) {
        check_safe(&record)?;
    }

    #[test]
    fn true_spans_are_marked_exactly(record in any_record()) {
        let page = parsed(&record);
        let text: Vec<char> = record.article.text.chars().collect();
        for note in &page.select(".note") {
            let id = attribute(&note, "id");
            let mut same = record.attributions.iter().filter(|attribution| attribution.id == id);
            let (Some(attribution), None) = (same.next(), same.next()) else { continue };
            let Some(source) = &attribution.source else { continue };
            let is_true = text.get(source.start..source.end).is_some_and(|words| words.iter().collect::<String>() == source.text);
            // Between paragraphs is white space that the column doesn't have.
            let letters = |words: &str| shown(words).chars().filter(|c| !c.is_whitespace() && *c != '\u{fffd}').collect::<String>();
            if is_true {
                prop_assert_eq!(letters(&marked(&page, "s", &id)), letters(&source.text));
            }
        }
    }
}
