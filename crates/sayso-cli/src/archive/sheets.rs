//! What an answer of the archive says, line by line.

use sayso_archive::{
    Changes, FigureTold, Filter, Hit, Page, Positions, Profile, Rewritten, Said, Step, Story, StoryLine,
    Turned,
};
use sayso_view::sheet::{CLOSE, OPEN, Part, Sheet};

/// Statements that match.
pub(super) fn found(page: &Page, filter: &Filter) -> Sheet {
    let last = page.offset + page.hits.len();
    let title = match (page.hits.is_empty(), page.total) {
        (true, 0) => "No statement matches".to_owned(),
        (true, total) => format!("{total} statements match, none of them on this page"),
        (false, total) if page.more => {
            format!("More than {total} statements match; {} to {last}, the last added first", page.offset + 1)
        }
        (false, 1) => "1 statement matches".to_owned(),
        (false, total) if total == page.hits.len() as u64 => format!("{total} statements match"),
        (false, total) => format!("{total} statements match; {} to {last}", page.offset + 1),
    };
    let more = !page.more && last as u64 >= page.total || page.hits.is_empty();
    let next = page.offset / filter.limit.max(1) + 2;
    Sheet {
        title,
        parts: vec![hits("", &page.hits)],
        notes: if more { Vec::new() } else { vec![format!("--page {next} shows more")] },
    }
}

fn hits(heading: &str, all: &[Hit]) -> Part {
    let row = |hit: &Hit| {
        let stands = hit.status.join(", ");
        let carried = match (hit.reprint_of, hit.carriers) {
            (Some(of), _) => format!("in a reprint of article {of}"),
            (None, n) if n > 1 => format!("{n} articles carry it"),
            _ => String::new(),
        };
        let chain = if hit.chain.is_empty() { String::new() } else { format!("through {}", hit.chain) };
        vec![
            said(
                hit.speaker.as_deref(),
                hit.source.as_deref(),
                hit.cue.as_deref(),
                &lit(&hit.content, &hit.matches),
            ),
            stands,
            carried,
            chain,
            hit.outlet.clone().unwrap_or_default(),
            hit.day.clone().unwrap_or_default(),
            hit.title.clone().unwrap_or_default(),
            hit.url.clone().or_else(|| hit.input.clone()).unwrap_or_default(),
            hit.number.clone(),
        ]
    };
    Part {
        heading: heading.to_owned(),
        columns: vec!["said", "status", "carried", "chain", "outlet", "day", "headline", "where", "number"],
        rows: all.iter().map(row).collect(),
        apart: vec![
            ("speaker", cells(all, |hit| hit.speaker.clone())),
            ("source", cells(all, |hit| hit.source.clone())),
            ("cue", cells(all, |hit| hit.cue.clone())),
            ("content", cells(all, |hit| Some(hit.content.clone()))),
            ("form", cells(all, |hit| Some(hit.form.clone()))),
            ("act", cells(all, |hit| Some(hit.act.clone()))),
            ("article", cells(all, |hit| Some(hit.article.to_string()))),
        ],
    }
}

/// A cell of each.
fn cells<T>(all: &[T], cell: impl Fn(&T) -> Option<String>) -> Vec<String> {
    all.iter().map(|one| cell(one).unwrap_or_default()).collect()
}

/// "Ana Brell said: that the dam had leaked".
fn said(speaker: Option<&str>, source: Option<&str>, cue: Option<&str>, content: &str) -> String {
    let source = source.unwrap_or_default();
    let who = match speaker {
        Some(name) if source.contains(name) => source.to_owned(),
        Some(name) if source.is_empty() => name.to_owned(),
        Some(name) => format!("{source} ({name})"),
        None if source.is_empty() => "—".to_owned(),
        None => source.to_owned(),
    };
    let cue = cue.map(|cue| format!(" {cue}")).unwrap_or_default();
    format!("{who}{cue}: {content}")
}

/// Content with marks around the words that were found.
fn lit(content: &str, matches: &[(usize, usize)]) -> String {
    let mut out = String::new();
    for (n, c) in content.chars().enumerate() {
        if matches.iter().any(|&(start, _)| start == n) {
            out.push(OPEN);
        }
        out.push(c);
        if matches.iter().any(|&(_, end)| end == n + 1) {
            out.push(CLOSE);
        }
    }
    out
}

/// The latest stories.
pub(super) fn stories(all: &[StoryLine], words: &str) -> Sheet {
    let title = match (all.is_empty(), words.is_empty()) {
        (true, true) => "The archive holds no articles".to_owned(),
        (true, false) => format!("No headline has “{words}”"),
        _ => "Stories, the latest first".to_owned(),
    };
    Sheet { title, parts: vec![lines("", all)], notes: Vec::new() }
}

fn lines(heading: &str, all: &[StoryLine]) -> Part {
    let row = |line: &StoryLine| {
        let reprints = line.articles - line.origins;
        let again = if reprints > 0 { format!(", {reprints} of them reprints") } else { String::new() };
        let s = if line.articles == 1 { "" } else { "s" };
        vec![
            format!("{}  {}", line.id, line.title),
            format!("{} article{s}{again}", line.articles),
            days(line.first.as_deref(), line.last.as_deref()),
        ]
    };
    Part {
        heading: heading.to_owned(),
        columns: vec!["story", "articles", "days"],
        rows: all.iter().map(row).collect(),
        apart: vec![
            ("number", cells(all, |line| Some(line.id.to_string()))),
            ("headline", cells(all, |line| Some(line.title.clone()))),
            ("articles", cells(all, |line| Some(line.articles.to_string()))),
            ("origins", cells(all, |line| Some(line.origins.to_string()))),
            ("since", cells(all, |line| line.first.clone())),
            ("until", cells(all, |line| line.last.clone())),
        ],
    }
}

fn days(first: Option<&str>, last: Option<&str>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(day), _) | (_, Some(day)) => day.to_owned(),
        _ => String::new(),
    }
}

/// One story.
pub(super) fn story(story: &Story) -> Sheet {
    let row = |dated: &sayso_archive::Dated| {
        let reprint = dated.reprint_of.map(|of| format!("reprint of article {of}")).unwrap_or_default();
        vec![
            format!(
                "{}  {}",
                dated.day.as_deref().unwrap_or("undated"),
                dated.title.as_deref().unwrap_or("(no headline)")
            ),
            dated.outlet.clone().unwrap_or_default(),
            dated.wire.as_ref().map(|wire| format!("by {wire}")).unwrap_or_default(),
            reprint,
            dated.url.clone().unwrap_or_default(),
            format!("article {}", dated.article),
        ]
    };
    let happened = Part {
        heading: "What happened".to_owned(),
        columns: vec!["article", "outlet", "wire", "reprint", "where", "number"],
        rows: story.articles.iter().map(row).collect(),
        apart: vec![
            ("day", cells(&story.articles, |dated| dated.day.clone())),
            ("headline", cells(&story.articles, |dated| dated.title.clone())),
        ],
    };
    let more = match story.untold {
        0 => Vec::new(),
        1 => vec![format!("1 statement more: `sayso find --story {}` has all.", story.line.id)],
        n => vec![format!("{n} statements more: `sayso find --story {}` has all.", story.line.id)],
    };
    Sheet {
        title: format!("Story {}: {}", story.line.id, story.line.title),
        parts: vec![
            happened,
            carried("Who said what, and who had it first", &story.said),
            carried("Denied, disputed or unverified", &story.disputed),
            figures(story),
        ],
        notes: more,
    }
}

/// Figures that measure one thing and differ: one line for each thing.
fn figures(story: &Story) -> Part {
    let told = |one: &FigureTold| {
        let outlet = one.outlet.clone().unwrap_or_else(|| format!("article {}", one.article));
        let day = one.day.as_ref().map(|day| format!(", {day}")).unwrap_or_default();
        let by = one.by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
        format!("“{}” in {outlet}{day}{by}", one.text)
    };
    let row = |group: &Vec<FigureTold>| {
        let articles = group.iter().map(|one| one.article.to_string()).collect::<Vec<_>>();
        vec![
            group.iter().map(told).collect::<Vec<_>>().join(" · "),
            format!("articles {}", articles.join(", ")),
        ]
    };
    Part {
        heading: "Figures that differ".to_owned(),
        columns: vec!["figures", "articles"],
        rows: story.figures.iter().map(row).collect(),
        ..Part::default()
    }
}

fn carried(heading: &str, all: &[Said]) -> Part {
    let row = |one: &Said| {
        let first = one.carriers.first();
        let day = first.and_then(|carrier| carrier.day.clone()).unwrap_or_default();
        let outlet = |carrier: &sayso_archive::Carrier| {
            carrier.outlet.clone().unwrap_or_else(|| format!("article {}", carrier.article))
        };
        let others: Vec<String> =
            one.carriers
                .iter()
                .skip(1)
                .map(|carrier| {
                    if carrier.is_reprint {
                        format!("{} (reprint)", outlet(carrier))
                    } else {
                        outlet(carrier)
                    }
                })
                .collect();
        let then = if others.is_empty() { String::new() } else { format!("then {}", others.join(", ")) };
        let differs: Vec<String> = one
            .carriers
            .iter()
            .filter_map(|carrier| Some(format!("{}: “{}”", outlet(carrier), carrier.content.as_deref()?)))
            .collect();
        let stands: Vec<String> = one
            .status
            .iter()
            .map(|(kind, by, words)| match by {
                Some(by) => format!("{kind} by {by}: “{words}”"),
                None => format!("{kind}: “{words}”"),
            })
            .collect();
        vec![
            said(one.speaker.as_deref(), one.source.as_deref(), one.cue.as_deref(), &one.content),
            day,
            first
                .map(|first| {
                    let reprint = if first.is_reprint { " (reprint)" } else { "" };
                    format!("first in {}{reprint}", outlet(first))
                })
                .unwrap_or_default(),
            then,
            stands.join("; "),
            differs.join("; "),
        ]
    };
    Part {
        heading: heading.to_owned(),
        columns: vec!["said", "day", "first", "then", "status", "in other words"],
        rows: all.iter().map(row).collect(),
        ..Part::default()
    }
}

/// What parties held, and when it changed.
pub(super) fn positions(positions: &Positions) -> Sheet {
    let mut parts: Vec<Part> = Vec::new();
    for held in &positions.held {
        parts.push(Part {
            heading: format!(
                "{} on {}{}{}",
                held.party,
                held.issue,
                if held.also.is_empty() {
                    String::new()
                } else {
                    format!(" (also “{}”)", held.also.join("”, “"))
                },
                if held.changed() { ": changed" } else { "" }
            ),
            columns: vec![
                "stance",
                "according to",
                "status",
                "carried",
                "outlet",
                "headline",
                "where",
                "statements",
            ],
            rows: held.steps.iter().map(step).collect(),
            apart: vec![
                ("party", cells(&held.steps, |_| Some(held.party.clone()))),
                ("issue", cells(&held.steps, |_| Some(held.issue.clone()))),
                ("since", cells(&held.steps, |step| step.since.clone())),
                ("until", cells(&held.steps, |step| step.until.clone())),
                ("stance", cells(&held.steps, |step| Some(step.stance.clone()))),
                ("words", cells(&held.steps, |step| Some(step.detail.clone()))),
                ("articles", cells(&held.steps, |step| Some(step.carriers.to_string()))),
                ("article", cells(&held.steps, |step| Some(step.article.to_string()))),
            ],
        });
    }
    let title = if parts.is_empty() { "No positions were found" } else { "Positions" };
    Sheet { title: title.to_owned(), parts, notes: positions.notes.clone() }
}

/// Who says so, and how that stands, where that is somebody else.
fn told_by(step: &Step) -> String {
    let by = step.by.as_ref().map(|by| format!(", according to {by}")).unwrap_or_default();
    if step.status.is_empty() { by } else { format!("{by}, {}", step.status) }
}

fn step(step: &Step) -> Vec<String> {
    let days = days(step.since.as_deref(), step.until.as_deref());
    let days = if days.is_empty() { "undated".to_owned() } else { days };
    let carried = if step.carriers > 1 { format!("{} articles", step.carriers) } else { String::new() };
    let by = step.by.as_ref().map(|by| format!("according to {by}")).unwrap_or_default();
    vec![
        format!("{days}: {}: {}", step.stance, step.detail),
        by,
        step.status.clone(),
        carried,
        step.outlet.clone().unwrap_or_default(),
        step.title.clone().unwrap_or_default(),
        step.url.clone().unwrap_or_default(),
        step.statements.clone(),
    ]
}

/// What is new.
pub(super) fn changes(changes: &Changes) -> Sheet {
    let turned = |one: &Turned| {
        let day = one.to.since.clone().unwrap_or_default();
        vec![
            format!("{} on {}: {}, before that {}", one.party, one.issue, one.to.stance, one.from.stance),
            day,
            format!("now “{}”{}", one.to.detail, told_by(&one.to)),
            format!("before “{}” ({})", one.from.detail, one.from.until.as_deref().unwrap_or("undated")),
            one.to.outlet.clone().unwrap_or_default(),
            one.to.url.clone().unwrap_or_default(),
        ]
    };
    let rewritten = |one: &Rewritten| {
        let title = one.title.clone().unwrap_or_else(|| "(no headline)".to_owned());
        let given = |words: &Option<String>| words.clone().unwrap_or_default();
        vec![title, given(&one.outlet), format!("{} versions", one.versions), given(&one.url)]
    };
    let s = if changes.articles == 1 { "" } else { "s" };
    Sheet {
        title: match &changes.until {
            Some(until) => format!("{} to {until}: {} article{s}", changes.since, changes.articles),
            None => format!("Since {}: {} article{s}", changes.since, changes.articles),
        },
        parts: vec![
            lines("New stories", &changes.new_stories),
            lines("Stories that went on", &changes.went_on),
            Part {
                heading: "Positions that changed".to_owned(),
                columns: vec!["position", "day", "now", "before", "outlet", "where"],
                rows: changes.turned.iter().map(turned).collect(),
                ..Part::default()
            },
            carried("Newly denied", &changes.newly_denied),
            carried("Newly confirmed", &changes.newly_confirmed),
            Part {
                heading: "Articles that were rewritten".to_owned(),
                columns: vec!["article", "outlet", "versions", "where"],
                rows: changes.rewritten.iter().map(rewritten).collect(),
                ..Part::default()
            },
        ],
        notes: changes.notes.clone(),
    }
}

/// Somebody.
pub(super) fn actor(profile: &Profile) -> Sheet {
    let counted = |all: &[(String, u64)]| -> Vec<Vec<String>> {
        all.iter().map(|(name, n)| vec![name.clone(), n.to_string()]).collect()
    };
    let list = |heading: &str, columns: Vec<&'static str>, rows: Vec<Vec<String>>| Part {
        heading: heading.to_owned(),
        columns,
        rows,
        ..Part::default()
    };
    let mut parts = vec![
        list(
            "Offices",
            vec!["office", "days"],
            profile
                .titles
                .iter()
                .map(|one| vec![one.words.clone(), days(one.first.as_deref(), one.last.as_deref())])
                .collect(),
        ),
        list("Speaks for", vec!["party", "statements"], counted(&profile.parties)),
        list("Carried by", vec!["outlet", "statements"], counted(&profile.outlets)),
        list("Also called", vec!["name"], profile.aliases.iter().map(|name| vec![name.clone()]).collect()),
        list("Merged by hand", vec!["name"], profile.merged.iter().map(|name| vec![name.clone()]).collect()),
    ];
    parts.extend(positions(&profile.positions).parts);
    parts.push(hits("Said last", &profile.latest));
    let span = days(profile.first.as_deref(), profile.last.as_deref());
    let span = if span.is_empty() { span } else { format!(", {span}") };
    let s = if profile.statements == 1 { "" } else { "s" };
    Sheet {
        title: format!("{} ({}): {} statement{s}{span}", profile.name, profile.kind, profile.statements),
        parts,
        notes: profile.positions.notes.clone(),
    }
}
