//! What holds for every text, with the shipped weights?

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use sayso::record::{Record, TextSpan};
use sayso::{Article, CharIndex, Engine, ReadOptions};
use sayso_nn::{ModelFile, Tier};
use sayso_text::{Format, ingest};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the shipped weights"));

fn project() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn example(name: &str) -> Article {
    let page = fs::read(project().join("examples").join(name)).expect("an example");
    ingest(&page, Format::Html).expect("an article")
}

/// Every span's words are those at its place, and every parent is there.
fn sound(record: &Record) {
    let text = &record.article.text;
    let index = CharIndex::new(text);
    let check = |span: &TextSpan| {
        let place = index.to_bytes(span.start, span.end).expect("inside the text");
        assert_eq!(place.of(text), span.text);
        assert!(!span.text.trim().is_empty());
    };
    let at = |start: usize, end: usize, words: &str| check(&TextSpan { start, end, text: words.to_owned() });
    let is_actor = |id: &str| record.actors.iter().any(|actor| actor.id == id);
    for actor in &record.actors {
        actor.mentions.iter().for_each(|m| at(m.start, m.end, &m.text));
        actor.titles.iter().chain(&actor.affiliations).for_each(check);
        assert!(actor.members.iter().all(|id| is_actor(id) && *id != actor.id));
    }
    let standings = record.attributions.iter().flat_map(|a| &a.status).chain(&record.unbound);
    for s in standings {
        at(s.start, s.end, &s.text);
        assert!(s.by.as_deref().is_none_or(is_actor));
    }
    record.own_voice.iter().for_each(|own| at(own.start, own.end, &own.text));
    for a in &record.attributions {
        a.hedges.iter().for_each(|h| at(h.start, h.end, &h.text));
        a.when.iter().for_each(|w| at(w.start, w.end, &w.text));
        a.addressee.iter().for_each(|to| at(to.start, to.end, &to.text));
        a.medium.iter().chain(&a.occasion).for_each(check);
        assert!(a.actor.as_deref().is_none_or(is_actor));
        assert!(a.chain.iter().all(|hand| is_actor(&hand.actor)));
    }
    sound_agenda(record);
    for (i, a) in record.attributions.iter().enumerate() {
        a.source.iter().chain(&a.cue).chain(&a.content).for_each(check);
        assert!(!a.content.is_empty());
        assert!(a.content.is_sorted_by(|x, y| x.end <= y.start), "{:?}", a.content);
        assert!((0.0..=1.0).contains(&a.confidence));
        assert_eq!(a.id, format!("a{}", i + 1));
        if let Some(parent) = &a.parent {
            let parent = record.attributions[..i].iter().find(|other| other.id == *parent);
            let parent = parent.expect("a parent before its child");
            let within = |span: &TextSpan| {
                parent.content.iter().any(|content| content.start <= span.start && span.end <= content.end)
            };
            assert!(a.cue.iter().all(within), "{:?} in {:?}", a.cue, parent.content);
        }
    }
}

/// What stands between the parties is where it says, and rests on statements that are there.
fn sound_agenda(record: &Record) {
    let index = CharIndex::new(&record.article.text);
    let at = |start: usize, end: usize, words: &str| {
        let place = index.to_bytes(start, end).expect("inside the text");
        assert_eq!(place.of(&record.article.text), words);
    };
    let places = |spans: &[TextSpan]| {
        spans.iter().for_each(|span| at(span.start, span.end, &span.text));
        assert!(spans.is_sorted_by(|a, b| a.end <= b.start), "{spans:?}");
    };
    let order = |id: &String| record.attributions.iter().position(|a| a.id == *id);
    let there = |ids: &[String]| {
        let places: Vec<_> = ids.iter().map(|id| order(id).expect("a statement")).collect();
        assert!(places.is_sorted(), "{ids:?}");
    };
    for figure in &record.figures {
        at(figure.start, figure.end, &figure.text);
        assert!(figure.value.is_finite() && figure.high.is_none_or(|high| high > figure.value), "{figure:?}");
        there(figure.attributed_to.as_slice());
    }
    record.dates.iter().for_each(|date| at(date.start, date.end, &date.text));
    assert!(record.dates.iter().all(|date| date.from <= date.to));
    for issue in &record.issues {
        places(&issue.mentions);
        assert!(record.positions.iter().any(|position| position.issue == issue.id), "{issue:?}");
    }
    for position in &record.positions {
        at(position.start, position.end, &position.detail);
        there(&position.attributions);
        assert!(!position.parties.is_empty());
        assert!(record.issues.iter().any(|issue| issue.id == position.issue));
    }
    for proposal in &record.proposals {
        places(&proposal.mentions);
        proposal.versions.iter().for_each(|version| places(&version.mentions));
        proposal.received.iter().for_each(|receipt| there(std::slice::from_ref(&receipt.attribution)));
        proposal.responses.iter().for_each(|response| there(&response.attributions));
    }
}

/// Words, names, cues and marks of news, strung together without sense.
fn prose() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "Ms. Lee",
        "\nMR. SMITH: ",
        "\nQ: ",
        "\nA: ",
        "President Ann Lee",
        "the spokesman",
        "Moscow",
        "denied the claims",
        "declined to comment",
        "It is unclear whether",
        "the transcript",
        "rejected the ceasefire",
        "demanded the withdrawal of troops",
        "the revised peace plan",
        "Germany's plan",
        "had not received",
        "about 45 percent of voters",
        "from $5 million to $10 million",
        "one and a half million people",
        "March 15-17",
        "until May",
        "Der Spiegel reported",
        "she",
        "we",
        "on Wednesday",
        "(AP) —",
        "By Ann Cole",
        "'s",
        "Jr.",
        "said",
        "that",
        "the dam",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        ",",
        ".",
        "…",
        "—",
        ":",
        "\n\n",
        "\n",
        "reportedly",
        "according to",
        "told",
        "U.S.",
        "(",
        ")",
        "who",
        "believes",
        "was quoted as saying",
        "é",
        "🦀",
        "\u{200b}",
        "23",
        "I",
        "“It is safe,”",
        "[CLS]",
        "\u{0}",
        "x̂",
        "\r\n",
        "\t",
        "don’t",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ]);
    let gap = prop::sample::select(vec!["", " ", " ", " "]);
    prop::collection::vec((parts, gap), 0..120)
        .prop_map(|parts| parts.into_iter().flat_map(|(part, gap)| [part, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_gives_a_sound_record(text in prop_oneof![prose(), ".{0,300}"]) {
        let article = Article::from_text(text);
        sound(&ENGINE.read_with(&article, ReadOptions { assume_english: true, ..ReadOptions::default() }));
    }
}

#[test]
fn examples_give_sound_records() {
    for entry in fs::read_dir(project().join("examples")).expect("examples") {
        let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".html") {
            let record = ENGINE.read(&example(&name));
            assert!(record.attributions.len() > 10, "{name}");
            sound(&record);
        }
    }
}

#[test]
fn threads_and_processors_change_no_byte() {
    let file = ModelFile::new(fs::read(project().join("models/tagger.safetensors")).expect("weights"))
        .expect("weights");
    let article = example("harbour-talks-gazette.html");
    let expected = serde_json::to_string(&ENGINE.read(&article)).expect("JSON");
    for tier in Tier::available() {
        let engine = Engine::new(&file, tier).expect("weights");
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            let record = pool.install(|| engine.read(&article));
            let json = serde_json::to_string(&record).expect("JSON");
            assert!(json == expected, "{tier:?} with {threads} threads gives another record");
        }
    }
}

#[test]
fn neighbours_in_a_batch_change_no_byte() {
    use rayon::prelude::*;
    let names = ["harbour-talks-gazette.html", "harbour-talks-post.html", "sarn-valley-flood.html"];
    let articles: Vec<Article> = names.iter().map(|name| example(name)).collect();
    let alone: Vec<Record> = articles.iter().map(|article| ENGINE.read(article)).collect();
    let together: Vec<Record> = articles.par_iter().map(|article| ENGINE.read(article)).collect();
    assert_eq!(alone, together);
}

#[test]
fn formats_give_the_same_attributions() {
    let page = example("sarn-valley-flood.html");
    let plain = ingest(page.text.as_bytes(), Format::Text).expect("text");
    // Days and hands are told by metadata, which a plain text doesn't have.
    let plain = Article {
        published: page.published.clone(),
        outlet: page.outlet.clone(),
        byline: page.byline.clone(),
        ..plain
    };
    let (page, plain) = (ENGINE.read(&page), ENGINE.read(&plain));
    assert_eq!(page.attributions, plain.attributions);
}

#[test]
fn a_text_of_no_statements_gives_none() {
    let record = ENGINE.read(&Article::from_text("The river rose two meters in the night."));
    assert!(record.attributions.is_empty() && record.notes.is_empty());
    assert!(ENGINE.read(&Article::from_text("")).attributions.is_empty());
}

#[test]
fn damaged_weights_are_refused() {
    let mut bytes = fs::read(project().join("models/tagger.safetensors")).expect("weights");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let error = ModelFile::new(bytes.clone()).expect_err("a flipped bit");
    assert_eq!(error.kind(), sayso_nn::ErrorKind::Damaged);
    bytes.truncate(last);
    assert_eq!(ModelFile::new(bytes).expect_err("cut short").kind(), sayso_nn::ErrorKind::Format);
}
