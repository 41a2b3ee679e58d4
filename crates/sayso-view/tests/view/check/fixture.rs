//! Which report do the views show in full?

use sayso::check::{Checked, Code, DiffPart, Evidence, Finding, Fix, Report, SCHEMA, Severity, Side};
use sayso::record::TextSpan;

pub(crate) const BRIEF: &str = "The flood in the Sarn valley\n\n\
    Mayor Ida Crane said on Monday: “We will reopen the old bridge by spring.” \
    The flood damaged 40 houses in the lower town, and repairs to the road, the school and the \
    two footbridges will cost under $2 million, according to the county.\n\n\
    The dam leaked in May. Former mayor Lucan Whitby, who now runs the ferry, warned of it.\n\
    The ferry will be free for pupils.\n";

const GAZETTE: &str = "Sarn valley counts the cost\n\n\
    “We hope to reopen the old bridge by spring,” Mayor Ida Crane said on Monday.\n\n\
    The flood damaged 14 houses in the lower town, the county said. Repairs would cost under $2 million.\n\n\
    The dam reportedly leaked in May. The water board denied it.\n";
const POST: &str =
    "Lucan Whitby, the mayor before her, runs the ferry. “I told them about the dam,” he said.\n";

fn place(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).unwrap_or_else(|| panic!("{words:?} isn't there"));
    let start = text[..at].chars().count();
    (start, start + words.chars().count())
}

fn shows(article: usize, words: &str) -> Evidence {
    let (start, end) = place([GAZETTE, POST][article], words);
    Evidence { article, start, end, text: words.to_owned() }
}

fn finding(code: Code, severity: Severity, words: &str, message: &str) -> Finding {
    let (start, end) = place(BRIEF, words);
    Finding {
        code,
        severity,
        start,
        end,
        text: words.to_owned(),
        message: message.to_owned(),
        evidence: Vec::new(),
        better: None,
        fix: None,
        diff: Vec::new(),
    }
}

fn source(input: &str, outlet: Option<&str>, title: Option<&str>, text: &str) -> Checked {
    Checked {
        input: Some(input.to_owned()),
        outlet: outlet.map(str::to_owned),
        title: title.map(str::to_owned),
        text: text.to_owned(),
        sha256: "0".repeat(64),
    }
}

fn findings() -> Vec<Finding> {
    let part = |side, text: &str| DiffPart { side, text: text.to_owned() };
    let quote = Finding {
        evidence: vec![shows(0, "“We hope to reopen the old bridge by spring,”")],
        better: Some("“We hope to reopen the old bridge by spring.”".to_owned()),
        fix: Some(fix("We will reopen", "We hope to reopen")),
        diff: vec![
            part(Side::Both, "We "),
            part(Side::Source, "hope to"),
            part(Side::Brief, "will"),
            part(Side::Both, " reopen the old bridge by spring"),
        ],
        ..finding(
            Code::QuoteAltered,
            Severity::Error,
            "“We will reopen the old bridge by spring.”",
            "Ida Crane’s words differ from the source’s in 3 words",
        )
    };
    let figure = Finding {
        evidence: vec![shows(0, "The flood damaged 14 houses in the lower town, the county said.")],
        better: Some("14 houses".to_owned()),
        fix: Some(fix("40", "14")),
        ..finding(Code::FigureChanged, Severity::Error, "40", "the source has 14 houses, the brief has 40")
    };
    let hedge = Finding {
        evidence: vec![shows(0, "The dam reportedly leaked in May."), shows(0, "The water board denied it.")],
        better: Some("The dam reportedly leaked in May; the water board denied it.".to_owned()),
        ..finding(
            Code::HedgeDropped,
            Severity::Warning,
            "The dam leaked in May.",
            "“reportedly” is left out, and so is the denial; the brief is surer than anybody in the sources",
        )
    };
    let none = finding(
        Code::Unsupported,
        Severity::Warning,
        "The ferry will be free for pupils.",
        "the sources don’t say this",
    );
    vec![quote, figure, hedge, none]
}

fn fix(old: &str, new: &str) -> Fix {
    let (start, end) = place(BRIEF, old);
    Fix { start, end, text: new.to_owned() }
}

/// A quotation, a figure in a long line, a hedge with two passages, and a sentence from nowhere.
pub(crate) fn report() -> Report {
    let open = "Former mayor Lucan Whitby, who now runs the ferry, warned of it.";
    let (start, end) = place(BRIEF, open);
    Report {
        schema: SCHEMA.to_owned(),
        brief: source("brief.txt", None, Some("The flood in the Sarn valley"), BRIEF),
        sources: vec![
            source("sarn.html", Some("The Sarn Gazette"), Some("Sarn valley counts the cost"), GAZETTE),
            source("post.txt", None, None, POST),
        ],
        findings: findings(),
        undecided: vec![TextSpan { start, end, text: open.to_owned() }],
        sentences: 5,
        notes: Vec::new(),
    }
}
