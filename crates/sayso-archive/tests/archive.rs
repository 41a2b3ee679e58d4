//! What goes into an archive, and what comes out.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sayso::{Article, Engine};
use sayso_archive::{Added, Archive, Correction, Error, ErrorKind, Filter, Incoming};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("sound weights"));

fn article(outlet: &str, day: &str, title: &str, text: &str) -> Article {
    Article {
        url: Some(format!(
            "https://{}.example/{day}/{}",
            outlet.to_lowercase(),
            title.replace(' ', "-").to_lowercase()
        )),
        outlet: Some(outlet.to_owned()),
        title: Some(title.to_owned()),
        published: Some(format!("{day}T09:00:00Z")),
        ..Article::from_text(text)
    }
}

fn put(archive: &mut Archive, articles: &[Article]) -> Vec<Added> {
    let records: Vec<_> = articles.iter().map(|article| ENGINE.read(article)).collect();
    let incoming: Vec<Incoming<'_>> = articles
        .iter()
        .zip(&records)
        .map(|(article, record)| Incoming { article, record, input: "test", file: None })
        .collect();
    archive.add(&incoming).expect("a sound archive")
}

const WIRE: &str = "The harbor of Port Sallow will stay shut through the winter, Kestria’s foreign minister said on Monday. \
Davan Orlec, Kestria’s foreign minister, said that the joint port authority would be a trap. “We will not sign it,” Orlec \
told reporters in the capital. Norvale’s chief negotiator, Hanne Brusk, denied that the authority was a trap. Brusk said that \
31 ships were waiting at anchor. The two countries have argued about the harbor since a collision in May, in which three \
pilots drowned. Nobody was hurt on Monday.";

fn two_outlets() -> [Article; 2] {
    [
        article("Gazette", "2026-03-02", "Port Sallow to stay shut", WIRE),
        article(
            "Post",
            "2026-03-03",
            "Orlec calls port authority a trap",
            "Port Sallow stays shut. Davan Orlec, the Kestrian foreign minister, said that the joint port authority would be a \
             trap. Hanne Brusk, who leads Norvale’s team, said the talks would go on.",
        ),
    ]
}

#[test]
fn what_is_there_is_known_and_what_changes_is_a_version() {
    let mut archive = Archive::in_memory().expect("memory");
    let all = two_outlets();
    assert_eq!(put(&mut archive, &all), [Added::New, Added::New]);
    assert_eq!(put(&mut archive, &all), [Added::Known, Added::Known]);
    let mut moved = all[0].clone();
    moved.url = Some(
        all[0].url.clone().expect("an address").replace("https://", "http://www.") + "/?utm_source=x#top",
    );
    assert_eq!(put(&mut archive, &[moved]), [Added::Known], "one address in another dress");
    let mut changed = all[0].clone();
    changed.text = changed.text.replace("31 ships", "27 ships");
    assert_eq!(put(&mut archive, &[changed]), [Added::Changed]);
    let ships = |words: &str| {
        archive.find(&Filter { words: Some(words.to_owned()), ..Filter::default() }).expect("found").total
    };
    assert_eq!((ships("31 ships"), ships("27 ships")), (0, 1), "what it said before counts no more");
    assert!(!archive.known().expect("known").has(&all[0], None), "it would be news");
    assert!(archive.known().expect("known").has(&all[1], None));
    assert!(!archive.known().expect("known").has(&Article::from_text("Nobody knows this."), None));
}

#[test]
fn ten_reprints_of_one_wire_story_are_one_origin() {
    let mut archive = Archive::in_memory().expect("memory");
    let mut all = vec![two_outlets()[0].clone()];
    for n in 0..10 {
        // Each with its own credit, headline and dateline; every third has lost its end.
        let body = if n % 3 == 0 { WIRE.split(" The two countries").next().expect("a body") } else { WIRE };
        let text = format!("PORT SALLOW (Wire {n}) — {body}");
        all.push(article(&format!("Paper{n}"), "2026-03-03", &format!("Harbor stays shut {n}"), &text));
    }
    let added = put(&mut archive, &all);
    assert_eq!(added.iter().filter(|one| **one == Added::Reprint).count(), 10, "{added:?}");
    let page =
        archive.find(&Filter { words: Some("\"31 ships\"".to_owned()), ..Filter::default() }).expect("found");
    assert_eq!(page.total, 11);
    assert_eq!(page.hits[0].carriers, 1, "reprints are no carriers of their own");
    let stories = archive.stories(None, 10).expect("stories");
    assert_eq!((stories.len(), stories[0].articles, stories[0].origins), (1, 11, 1));
}

#[test]
fn copies_by_very_many_are_reprints_and_items_with_the_same_standing_text_are_not() {
    let mut archive = Archive::in_memory().expect("memory");
    let copies: Vec<Article> =
        (0..230).map(|n| article(&format!("Paper{n}"), "2026-03-03", "Harbor stays shut", WIRE)).collect();
    let added = put(&mut archive, &copies);
    assert!(added[1..].iter().all(|one| *one == Added::Reprint), "{added:?}");
    let standing = "This paper is published by the Upper Sarn News Group, which keeps offices in nine towns of the valley. \
        Readers can write to the desk on weekdays between eight and five. Corrections are printed on the second page. Copies of \
        back numbers are sold at the gate. The group belongs to its readers, who choose its council each May, and takes no \
        money from parties, banks or the state. All rights to photographs stay with those who took them.";
    let own = [
        "clerk", "bridge", "orchard", "ferry", "tower", "school", "mill", "harbor", "winter", "council",
        "market",
    ];
    let items: Vec<Article> = (0..230)
        .map(|n| {
            let word = |k: usize| format!("{}{}", own[(n * 7 + k * 3) % own.len()], n * 31 + k);
            let words: Vec<String> = (0..58).map(word).collect();
            article(
                &format!("Daily{n}"),
                "2026-03-04",
                &format!("Item {n}"),
                &format!("{}. {standing}", words.join(" ")),
            )
        })
        .collect();
    let added = put(&mut archive, &items);
    assert!(added[205..].iter().all(|one| *one == Added::New), "{:?}", &added[205..]);
}

#[test]
fn a_statement_is_found_by_what_is_known_of_it() {
    let mut archive = Archive::in_memory().expect("memory");
    put(&mut archive, &two_outlets());
    let total = |filter: Filter| archive.find(&filter).expect("a filter").total;
    let some = |words: &str| Some(words.to_owned());
    assert_eq!(total(Filter { words: some("traps"), ..Filter::default() }), 3, "in any form");
    assert_eq!(total(Filter { by: some("Orlec"), words: some("trap"), ..Filter::default() }), 2);
    assert_eq!(total(Filter { by: some("orlec"), outlet: some("post"), ..Filter::default() }), 1);
    assert_eq!(total(Filter { status: some("denied"), ..Filter::default() }), 1);
    assert_eq!(total(Filter { act: some("deny"), ..Filter::default() }), 1);
    assert_eq!(total(Filter { form: some("direct"), ..Filter::default() }), 1);
    let late = Filter { since: some("2026-03-03"), until: some("2026-03-03"), ..Filter::default() };
    assert!(total(late) >= 2);
    assert_eq!(total(Filter { words: some("(*"), ..Filter::default() }), 0);
    let nobody = archive.find(&Filter { by: some("Nobody Atall"), ..Filter::default() });
    assert_eq!(nobody.expect_err("nobody").kind(), ErrorKind::NotOne);
}

#[test]
fn one_statement_of_two_outlets_has_a_first_carrier() {
    let mut archive = Archive::in_memory().expect("memory");
    put(&mut archive, &two_outlets());
    let stories = archive.stories(Some("trap"), 10).expect("stories");
    assert_eq!(stories.len(), 1, "both are on one story: {stories:?}");
    let story = archive.story(stories[0].id).expect("a story");
    let trap = story.said.iter().find(|said| said.content.contains("would be a trap")).expect("it is told");
    assert_eq!((trap.origins, trap.carriers.len()), (2, 2), "{trap:?}");
    assert_eq!(trap.carriers[0].outlet.as_deref(), Some("Gazette"));
    assert_eq!(trap.status[0].0, "denied");
    assert_eq!(story.disputed.len(), 1);
    assert_eq!(archive.story(99).expect_err("none").kind(), ErrorKind::NotOne);
}

#[test]
fn positions_change_on_a_day() {
    let mut archive = Archive::in_memory().expect("memory");
    let on = |day: &str, title: &str, verb: &str| {
        let text =
            format!("Germany {verb} the ceasefire on Monday. The talks lasted five hours, officials said.");
        article("Gazette", day, title, &text)
    };
    put(
        &mut archive,
        &[on("2026-12-03", "No to the plan", "rejected"), on("2026-12-09", "Yes to the plan", "accepted")],
    );
    let positions = archive
        .positions(&Filter { party: Some("germany".to_owned()), ..Filter::default() })
        .expect("positions");
    let held = positions.held.iter().find(|held| held.issue == "ceasefire").expect("a position on it");
    let steps: Vec<(&str, Option<&str>)> =
        held.steps.iter().map(|s| (s.stance.as_str(), s.since.as_deref())).collect();
    assert_eq!(steps, [("rejects", Some("2026-12-03")), ("accepts", Some("2026-12-09"))]);
    let early = Filter { until: Some("2026-12-05".to_owned()), ..Filter::default() };
    assert!(archive.positions(&early).expect("positions").held.iter().all(|held| !held.changed()));
    let changes = archive.changes("2026-12-05", None).expect("changes");
    assert_eq!((changes.articles, changes.turned.len()), (1, 1), "{changes:?}");
    assert_eq!(
        (changes.turned[0].from.stance.as_str(), changes.turned[0].to.stance.as_str()),
        ("rejects", "accepts")
    );
}

#[test]
fn two_words_for_one_side_are_no_change() {
    let mut archive = Archive::in_memory().expect("memory");
    let on = |day: &str, title: &str, says: &str| {
        let text = format!("Germany {says} on Monday. The talks lasted five hours, officials said.");
        article("Gazette", day, title, &text)
    };
    put(
        &mut archive,
        &[
            on("2026-12-03", "No to the plan", "rejected the ceasefire"),
            on("2026-12-09", "Still no", "opposes the ceasefire"),
        ],
    );
    let held = archive.positions(&Filter::default()).expect("positions").held;
    let stances: Vec<&str> =
        held.iter().flat_map(|held| &held.steps).map(|step| step.stance.as_str()).collect();
    assert_eq!(stances, ["rejects", "opposes"]);
    assert!(held.iter().all(|held| !held.changed()));
    assert!(archive.changes("2026-12-01", None).expect("changes").turned.is_empty());
}

#[test]
fn a_story_goes_on_after_weeks() {
    let mut archive = Archive::in_memory().expect("memory");
    let strike = |day: &str, title: &str, news: &str| {
        let text = format!(
            "{news} The port of Tallen has been shut since the dockers of the Harbour Workers Union walked out over \
             night shifts, and Orrin Vask, who leads the union, met the port's owner, Brell Lines, in Tallen."
        );
        article("Gazette", day, title, &text)
    };
    put(
        &mut archive,
        &[
            strike("2026-03-02", "Dockers of Tallen walk out", "Cranes stood still at dawn."),
            article(
                "Gazette",
                "2026-03-03",
                "Museum of Sarn opens a new hall",
                "The museum of Sarn opened a hall of clocks. Lena Oremond, its director, said that visitors from Norvale \
                 had waited since dawn, and that the museum would open at night in March.",
            ),
            strike("2026-04-20", "Port strike in Tallen ends", "Cranes moved again after seven weeks."),
            strike("2027-03-02", "Dockers of Tallen remember", "A year later nobody is glad."),
        ],
    );
    let stories = archive.stories(None, 10).expect("stories");
    let counts: Vec<(u64, Option<&str>)> =
        stories.iter().map(|story| (story.articles, story.last.as_deref())).collect();
    assert_eq!(counts, [(1, Some("2027-03-02")), (2, Some("2026-04-20")), (1, Some("2026-03-03"))]);
}

#[test]
fn a_party_is_found_by_words_of_its_name() {
    let mut archive = Archive::in_memory().expect("memory");
    let text = "Orrin Vask, a spokesman for the Harbour Workers Union, said on Monday that the cranes would stand still.";
    put(&mut archive, &[article("Gazette", "2026-03-02", "Cranes", text)]);
    let asked = |party: &str| {
        archive.find(&Filter { party: Some(party.to_owned()), ..Filter::default() }).expect("a filter").total
    };
    assert_eq!(asked("Harbour Workers Union"), 1);
    assert_eq!(asked("harbour workers"), 1);
    assert_eq!(asked("Harbour Work"), 0, "words, not letters");
    assert_eq!(asked("nobody at all"), 0);
}

#[test]
fn a_position_turns_though_party_and_issue_are_called_otherwise() {
    let mut archive = Archive::in_memory().expect("memory");
    let none = "Three dredgers lay in the roads of Tallen all week, and the harbour of Tallen was quiet.";
    put(
        &mut archive,
        &[
            article(
                "Gazette",
                "2026-03-02",
                "Port of Tallen",
                &format!("The Harbour Workers Union rejected the joint port authority. {none}"),
            ),
            article(
                "Post",
                "2026-03-09",
                "Port of Tallen",
                &format!(
                    "The Tallen Dock League has accepted the port authority. “The Tallen Dock League keeps its word,” the Tallen Dock League said. {none}"
                ),
            ),
        ],
    );
    archive.merge("Tallen Dock League", "Harbour Workers Union").expect("two actors");
    let held = archive.positions(&Filter::default()).expect("positions").held;
    let union = held.iter().find(|held| held.party == "Harbour Workers Union").expect("a party");
    assert_eq!(
        (union.issue.as_str(), union.also.as_slice()),
        ("joint port authority", &["port authority".to_owned()][..])
    );
    let stances: Vec<&str> = union.steps.iter().map(|step| step.stance.as_str()).collect();
    assert_eq!(stances, ["rejects", "accepts"]);
    // By any of its names, and on any of the issue's.
    for party in ["Tallen Dock League", "harbour workers union"] {
        let filter = Filter {
            party: Some(party.to_owned()),
            on: Some("port authority".to_owned()),
            ..Filter::default()
        };
        assert_eq!(
            archive.positions(&filter).expect("positions").held,
            std::slice::from_ref(union),
            "{party}"
        );
    }
    let other = Filter { party: Some("Nobody Atall".to_owned()), ..Filter::default() };
    assert_eq!(archive.positions(&other).expect("positions").held, []);
}

#[test]
fn a_story_shows_figures_that_differ() {
    let mut archive = Archive::in_memory().expect("memory");
    let told = |outlet: &str, day: &str, toll: &str| {
        article(
            outlet,
            day,
            "Flood in Upper Sarn",
            &format!(
                "Police said the flood killed {toll} people in Upper Sarn and 300 homes were lost. Ana Brell, the mayor, wept."
            ),
        )
    };
    put(&mut archive, &[told("Gazette", "2026-03-02", "46"), told("Post", "2026-03-03", "52")]);
    let stories = archive.stories(None, 10).expect("stories");
    assert_eq!(stories.len(), 1, "{stories:?}");
    let story = archive.story(stories[0].id).expect("a story");
    let [toll] = &story.figures[..] else { panic!("{:?}", story.figures) };
    let told: Vec<(&str, f64)> =
        toll.iter().map(|one| (one.outlet.as_deref().unwrap_or_default(), one.value)).collect();
    assert_eq!(told, [("Gazette", 46.0), ("Post", 52.0)]);
}

#[test]
fn a_whole_name_is_meant_though_others_have_its_words() {
    let mut archive = Archive::in_memory().expect("memory");
    let said = |who: &str| format!("{who} said on Monday that the gates of the dam in Sarn would stay shut.");
    let names = ["Tobias Henneker", "Henneker Group", "Lena Oremond"];
    let articles: Vec<Article> = (1..)
        .zip(names)
        .map(|(n, who)| article("Gazette", &format!("2026-03-0{n}"), who, &said(who)))
        .collect();
    put(&mut archive, &articles);
    archive.rename("Henneker Group", "Henneker").expect("an actor");
    // The whole name of one, and a word of the other's.
    archive.merge("Henneker", "Lena Oremond").expect("two actors");
    assert_eq!(archive.actor("Lena Oremond").expect("one").statements, 2);
    assert_eq!(archive.actor("Tobias Henneker").expect("one").statements, 1);
    let number = archive.actor("Lena Oremond").expect("one").id.to_string();
    let by_number = Filter { by: Some(number), ..Filter::default() };
    assert_eq!(archive.find(&by_number).expect("a number").total, 2);
}

#[test]
fn what_a_story_leaves_out_is_counted_and_no_article_is_forgotten() {
    let mut archive = Archive::in_memory().expect("memory");
    let told = |n: usize| {
        let said: Vec<String> = (0..30)
            .map(|i| format!("Lena Oremond said that gate number {} of the Sarn dam leaks.", 100 * n + i))
            .collect();
        article(
            "Gazette",
            &format!("2026-03-0{n}"),
            &format!("Gates of the Sarn dam leak, part {n}"),
            &said.join(" "),
        )
    };
    put(&mut archive, &[told(1), told(2), told(3)]);
    let stories = archive.stories(None, 10).expect("stories");
    assert_eq!(stories.len(), 1, "{stories:?}");
    let story = archive.story(stories[0].id).expect("a story");
    assert_eq!(story.said.len(), 40);
    assert!(story.untold >= 40, "{}", story.untold);
    let days: std::collections::BTreeSet<_> =
        story.said.iter().map(|said| said.carriers[0].day.clone()).collect();
    assert_eq!(days.len(), 3, "each article has a part in it: {days:?}");
}

#[test]
fn a_merge_outlives_what_is_added_again() {
    let mut archive = Archive::in_memory().expect("memory");
    let text = |who: &str, what: &str| {
        format!("{who}, the mayor of Upper Sarn, said that {what}. The mayor left after that.")
    };
    let first = article("Gazette", "2026-03-02", "A", &text("Ana Brell", "the dam had leaked since May"));
    let second =
        article("Post", "2026-03-03", "B", &text("Anna Brell-Lund", "the gates would stay shut all week"));
    put(&mut archive, &[first, second]);
    archive.merge("Anna Brell-Lund", "Ana Brell").expect("two actors");
    let third =
        article("Echo", "2026-03-09", "C", &text("Anna Brell-Lund", "nobody had asked her about the road"));
    put(&mut archive, &[third]);
    let profile = archive.actor("Ana Brell").expect("one");
    assert_eq!(profile.statements, 3, "{profile:?}");
    assert_eq!(profile.merged, ["Anna Brell-Lund"]);
    archive.rename("Ana Brell", "Ana Brell-Lund").expect("an actor");
    assert_eq!(archive.actor("Anna Brell-Lund").expect("one").name, "Ana Brell-Lund");
    // And apart again, in one article.
    archive.split("Ana Brell", "echo.example", "Anna Brell-Lund").expect("an article");
    assert_eq!(archive.actor("Ana Brell").expect("one").statements, 2);
    assert_eq!(archive.actor("Anna Brell-Lund").expect("one").statements, 1);
}

#[test]
fn a_correction_holds_when_the_text_is_read_again() {
    let mut archive = Archive::in_memory().expect("memory");
    let article = article(
        "Gazette",
        "2026-03-02",
        "A",
        "Officials said that the dam had leaked since May. It was repaired.",
    );
    let record = ENGINE.read(&article);
    put(&mut archive, &[article]);
    let source = record.attributions[0].source.clone().expect("a source");
    let one = Correction {
        sha256: record.article.sha256.clone(),
        start: source.start,
        end: source.end,
        actor: Some("Water Board".to_owned()),
    };
    assert_eq!(archive.correct(&[one]).expect("a statement"), 1);
    archive.replace(&record.article.sha256, &record).expect("read again");
    let hit = archive
        .find(&Filter { by: Some("Water Board".to_owned()), ..Filter::default() })
        .expect("found")
        .hits
        .remove(0);
    assert!(hit.corrected && hit.content.contains("leaked"));
}

#[test]
fn everything_goes_out_and_in_again() {
    let mut archive = Archive::in_memory().expect("memory");
    put(&mut archive, &two_outlets());
    let mut copy = Archive::in_memory().expect("memory");
    archive
        .stored(|stored| {
            let one =
                Incoming { article: &stored.article, record: &stored.record, input: "test", file: None };
            copy.add(&[one]).map(|_| ())
        })
        .expect("stored");
    let rows = |archive: &Archive| {
        let mut all = Vec::new();
        archive
            .rows(|row| {
                all.push(row);
                Ok::<(), Error>(())
            })
            .expect("rows");
        all
    };
    assert_eq!(rows(&archive), rows(&copy));
    assert!(rows(&archive).len() >= 6);
}

fn error(open: Result<Archive, Error>) -> Error {
    open.expect_err("no archive")
}

#[test]
fn files_that_are_no_sound_archive_get_one_clear_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    assert_eq!(error(Archive::open_existing(&at("none"))).kind(), ErrorKind::Missing);
    std::fs::write(
        at("text"),
        "This is a letter, not an archive, and it is long enough to have a header.".repeat(20),
    )
    .expect("a file");
    assert_eq!(error(Archive::open(&at("text"))).kind(), ErrorKind::Foreign);
    let other = rusqlite_file(&at("other"), "CREATE TABLE a (b)");
    assert_eq!(error(Archive::open(&other)).kind(), ErrorKind::Foreign);
    drop(Archive::open(&at("new")).expect("an archive"));
    let newer = rusqlite_file(&at("new"), "PRAGMA user_version = 99");
    let told = error(Archive::open(&newer));
    assert_eq!(told.kind(), ErrorKind::Foreign);
    assert!(told.to_string().contains("schema 99"), "{told}");
    let line = error(Archive::open(&at("no/folder/there"))).to_string();
    assert!(!line.contains('\n') && line.contains("can't be written"), "{line}");
}

#[test]
fn a_damaged_page_loses_nothing_silently() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let mut archive = Archive::open(&path).expect("an archive");
    put(&mut archive, &two_outlets());
    drop(archive);
    let mut bytes = std::fs::read(&path).expect("the file");
    for page in bytes.chunks_mut(4096).skip(1) {
        page.iter_mut().for_each(|byte| *byte ^= 0x5a);
    }
    std::fs::write(&path, bytes).expect("the file");
    let found = Archive::open_existing(&path).and_then(|archive| archive.find(&Filter::default()));
    assert_eq!(found.expect_err("damaged").kind(), ErrorKind::Damaged);
}

#[test]
fn a_locked_archive_is_waited_for_and_then_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let mut archive = Archive::open(&path).expect("an archive");
    let other = rusqlite::Connection::open(&path).expect("a file");
    other.execute_batch("BEGIN EXCLUSIVE").expect("a lock");
    let article = &two_outlets()[0];
    let record = ENGINE.read(article);
    let one = [Incoming { article, record: &record, input: "test", file: None }];
    assert_eq!(archive.add(&one).expect_err("locked").kind(), ErrorKind::Locked);
    other.execute_batch("ROLLBACK").expect("unlocked");
    assert_eq!(archive.add(&one).expect("free"), [Added::New]);
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let mut archive = Archive::open(&path).expect("an archive");
    put(&mut archive, &two_outlets()[..1]);
    archive.limit_pages(1).expect("a limit");
    let article = article(
        "Post",
        "2026-03-03",
        "Long",
        &"Ana Brell said that the dam had leaked since May. ".repeat(4000),
    );
    let record = ENGINE.read(&Article::from_text("Ana Brell said that it leaked."));
    let full = archive.add(&[Incoming { article: &article, record: &record, input: "test", file: None }]);
    assert!(matches!(full, Err(Error::Full { .. })), "{full:?}");
    assert_eq!(archive.size().expect("a size").0, 1);
}

#[test]
fn a_file_that_may_not_be_written_keeps_what_was_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    put(&mut Archive::open(&path).expect("an archive"), &two_outlets()[..1]);
    let mut rights = std::fs::metadata(&path).expect("the file").permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&path, rights).expect("rights");
    // Rights don't hold for root, the attribute of the file does.
    let is_root = std::fs::OpenOptions::new().append(true).open(&path).is_ok();
    let chattr = |how: &str| {
        std::process::Command::new("chattr").arg(how).arg(&path).status().is_ok_and(|s| s.success())
    };
    if is_root && !chattr("+i") {
        println!("SKIPPED: root writes to every file here");
        return;
    }
    let came = Archive::open(&path).and_then(|mut archive| {
        let article = article("Post", "2026-03-03", "New", "Oto Lund said that the ferry would stay.");
        let record = ENGINE.read(&article);
        archive.add(&[Incoming { article: &article, record: &record, input: "test", file: None }])
    });
    let size = Archive::open_existing(&path).and_then(|archive| archive.size());
    chattr("-i");
    assert!(matches!(came, Err(Error::ReadOnly { .. })), "{came:?}");
    assert_eq!(size.expect("it can be read").0, 1);
}

/// What statements are found by is what they are, after all that can change them.
#[test]
fn the_index_is_of_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let mut archive = Archive::open(&path).expect("an archive");
    put(&mut archive, &two_outlets());
    let first = archive.find(&Filter { words: Some("trap".to_owned()), ..Filter::default() }).expect("found");
    let hit = &first.hits[0];
    let article =
        article("Gazette", "2026-03-02", "Trap", "Ana Brell said that a trap had been set. Oto Lund left.");
    let url = Some("https://gazette.example/trap".to_owned());
    let version =
        |text: &str| Article { url: url.clone(), ..Article { text: text.to_owned(), ..article.clone() } };
    let (one, two) = (
        version("Ana Brell said that a trap had been set."),
        version("Oto Lund said that a trap was found."),
    );
    put(&mut archive, std::slice::from_ref(&one));
    put(&mut archive, &[two]);
    let by = |archive: &Archive, name: &str| {
        let filter =
            Filter { by: Some(name.to_owned()), outlet: Some("Gazette".to_owned()), ..Filter::default() };
        archive.find(&filter).map_or(0, |page| page.total)
    };
    let before = (by(&archive, "Ana Brell"), by(&archive, "Oto Lund"));
    // It says again what it said first.
    put(&mut archive, std::slice::from_ref(&one));
    let after = (by(&archive, "Ana Brell"), by(&archive, "Oto Lund"));
    assert_eq!((after.0, after.1), (before.0 + 1, before.1 - 1));
    let record = ENGINE.read(&one);
    archive.replace(&one.sha256(), &record).expect("read again");
    archive.rename("Oto Lund", "Otto Lund").expect("a name");
    archive.merge("Otto Lund", "Ana Brell").expect("one actor");
    archive.renumber().expect("numbers");
    assert!(archive.replace("of another text", &record).is_err());
    assert!(!hit.content.is_empty());
    drop(archive);
    let check = "INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)";
    rusqlite_file(&path, check);
}

#[test]
fn an_empty_file_is_no_archive_to_ask() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    assert!(matches!(Archive::open_existing(file.path()), Err(Error::Missing { .. })));
    assert_eq!(std::fs::metadata(file.path()).expect("the file").len(), 0, "nothing was made of it");
}

/// Every schema that was ever released is opened for ever.
#[test]
fn old_files_are_opened() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let mut n = 0;
    for entry in std::fs::read_dir(folder).expect("the schemas") {
        let old = entry.expect("a file").path();
        // Whoever looks into one leaves files of his own beside it.
        if old.extension().is_none_or(|ending| ending != "sqlite") {
            continue;
        }
        let copy = tempfile::NamedTempFile::new().expect("a file");
        std::fs::copy(&old, copy.path()).expect("a copy");
        let archive = Archive::open_existing(copy.path()).expect("an archive");
        let (articles, statements) = archive.size().expect("a size");
        assert!(articles >= 2 && statements >= 6, "{}: {articles}, {statements}", old.display());
        assert!(
            archive
                .find(&Filter { words: Some("trap".to_owned()), ..Filter::default() })
                .expect("found")
                .total
                > 0
        );
        n += 1;
    }
    assert_eq!(n, 2, "each schema is part of the project");
}

/// Writes the file of this schema for `old_files_are_opened`: run once for each new schema.
#[test]
#[ignore = "writes tests/schemas"]
fn write_this_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/2.sqlite");
    let mut archive = Archive::open(&path).expect("an archive");
    put(&mut archive, &two_outlets());
}

fn rusqlite_file(path: &Path, sql: &str) -> PathBuf {
    rusqlite::Connection::open(path).and_then(|db| db.execute_batch(sql)).expect("a file");
    path.to_owned()
}
