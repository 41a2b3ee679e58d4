//! How does a report look in a terminal?

use std::ops::Range;

use sayso::check::{Evidence, Finding, Severity, Side};
use textwrap::core::display_width;

use super::lines::Lines;
use super::{Shown, brief_name, diff, origin, quoted, summary};
use crate::characters::{flat, plain_line};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether severities get a colour.
    pub color: bool,
    /// Whether sentences that can't be decided are shown.
    pub undecided: bool,
}

/// Columns before what is said of a finding: "  source: ".
const LABEL: &str = "          ";
/// The most characters of a passage, and of what would be better: three lines and a half.
const PASSAGE: usize = 240;
/// Lines of the brief that are shown of a finding that goes over many.
const MOST_LINES: usize = 3;

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const GREEN: &str = "32";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

/// Each finding with its place, the brief's line, the passage that shows it and what would be
/// better, as compilers do; at the end how many there are.
pub fn text(shown: &Shown<'_>, style: Style) -> String {
    let report = shown.report;
    let lines = Lines::new(shown.lined());
    let view = View { shown, lines, style };
    let mut out = String::new();
    for (i, finding) in report.findings.iter().enumerate() {
        out += &view.finding(i, finding);
        out.push('\n');
    }
    if style.undecided {
        for sentence in &report.undecided {
            out += &view.wrapped("undecided: the sources neither say this nor speak against it", "");
            let place = shown.file.is_none().then_some(sentence.start..sentence.end);
            out += &view.place(place, &sentence.text);
            out.push('\n');
        }
    }
    let mut last = summary(report);
    // A sentence begins with a capital, a number has none.
    if last.starts_with("no ") {
        last.replace_range(..1, "N");
    }
    out + &view.painted(&format!("{}: {last}", plain_line(&brief_name(report))), BOLD) + "\n"
}

struct View<'a> {
    shown: &'a Shown<'a>,
    lines: Lines<'a>,
    style: Style,
}

impl View<'_> {
    fn finding(&self, i: usize, finding: &Finding) -> String {
        let (severity, color) = match finding.severity {
            Severity::Error => ("error", RED),
            Severity::Warning => ("warning", YELLOW),
        };
        let head = format!("{severity}[{}]", finding.code.name());
        let message = self.wrapped(&format!("{head}: {}", flat(&finding.message)), "  ");
        let mut out = message.replacen(&head, &self.painted(&head, color), 1);
        out += &self.place(self.shown.place(i).map(|place| place.at), &finding.text);
        if !finding.diff.is_empty() {
            out += &self.diff(finding);
        }
        for evidence in &finding.evidence {
            out += &self.evidence(evidence);
        }
        if let Some(better) = &finding.better {
            out += &self.labelled("better", &cut(&flat(better), PASSAGE));
        }
        out
    }

    /// "--> brief.txt:3:17" and the lines there; where the place isn't known, the words.
    fn place(&self, at: Option<Range<usize>>, words: &str) -> String {
        let name = plain_line(&brief_name(self.shown.report));
        let arrow = self.painted("-->", BLUE);
        let Some(at) = at else {
            return format!("  {arrow} {name}\n")
                + &self.labelled("brief", &quoted(&cut(&flat(words), PASSAGE)));
        };
        let (line, column) = self.lines.at(at.start);
        let (last, _) = self.lines.at(at.end.saturating_sub(1).max(at.start));
        let digits = last.to_string().len();
        let bar = self.painted("|", BLUE);
        let mut out = format!("{:digits$}{arrow} {name}:{line}:{column}\n", "");
        out += &format!("{:digits$} {bar}\n", "");
        let blank = |number: &usize| self.lines.line(*number).trim().is_empty();
        for number in (line..=last).filter(|number| !blank(number)).take(MOST_LINES) {
            let part = self.lines.part(number, &at);
            let (words, carets) =
                excerpt(self.lines.line(number), &part, self.style.width.saturating_sub(digits + 3));
            let shown = self.painted(&format!("{number:digits$}"), BLUE);
            out += format!("{shown} {bar} {words}").trim_end();
            out += &format!("\n{:digits$} {bar} {}\n", "", self.carets(&carets));
        }
        out
    }

    fn carets(&self, carets: &str) -> String {
        let marks = carets.trim_start();
        format!("{}{}", &carets[..carets.len() - marks.len()], self.painted(marks, RED))
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let passage = quoted(&cut(&flat(&evidence.text), PASSAGE));
        self.labelled("source", &format!("{}: {passage}", origin(self.shown.report, evidence)))
    }

    /// Marks that are readable without colour; the colour comes after the words are wrapped,
    /// so that it takes no room.
    fn diff(&self, finding: &Finding) -> String {
        let mut words = String::new();
        for (side, part) in diff(&finding.diff) {
            let bare = part.trim_start();
            words += &part[..part.len() - bare.len()];
            words += &match side {
                Side::Both => bare.to_owned(),
                Side::Source => format!("[-{bare}-]"),
                Side::Brief => format!("{{+{bare}+}}"),
            };
        }
        let wrapped = self.labelled("diff", &words);
        if !self.style.color {
            return wrapped;
        }
        let marks = [("[-", RED), ("{+", GREEN)];
        let ends = [("-]", "\u{1b}[0m"), ("+}", "\u{1b}[0m")];
        let begun = marks
            .iter()
            .fold(wrapped, |words, (mark, color)| words.replace(mark, &format!("\u{1b}[{color}m{mark}")));
        ends.iter().fold(begun, |words, (mark, end)| words.replace(mark, &format!("{mark}{end}")))
    }

    fn labelled(&self, label: &str, words: &str) -> String {
        let first = format!("{label:>8}: ");
        let options =
            textwrap::Options::new(self.style.width).initial_indent(&first).subsequent_indent(LABEL);
        let words = plain_line(words);
        let wrapped = textwrap::wrap(&words, options);
        let lines: String = wrapped.iter().map(|line| format!("{line}\n")).collect();
        lines.replacen(label, &self.painted(label, BOLD), 1)
    }

    fn wrapped(&self, words: &str, indent: &str) -> String {
        let options = textwrap::Options::new(self.style.width).subsequent_indent(indent);
        textwrap::wrap(&plain_line(words), options).iter().map(|line| format!("{line}\n")).collect()
    }

    fn painted(&self, words: &str, color: &str) -> String {
        if self.style.color && !words.is_empty() {
            format!("\u{1b}[{color}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

/// The words, cut at a space where they are too long.
fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let head: String = words.chars().take(most - 1).collect();
    let end = head.rfind(' ').filter(|&end| end > head.len() / 2).unwrap_or(head.len());
    format!("{} …", head[..end].trim_end())
}

/// A line as far as it fits, with the part in it, and carets beneath the part.
fn excerpt(line: &str, part: &Range<usize>, room: usize) -> (String, String) {
    let chars: Vec<(char, usize)> =
        line.chars()
            .map(|c| {
                if c == '\t' {
                    ' '
                } else {
                    plain_line(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
                }
            })
            .map(|c| (c, display_width(c.encode_utf8(&mut [0; 4]))))
            .collect();
    let width = |range: Range<usize>| chars[range].iter().map(|(_, width)| width).sum::<usize>();
    let end = part.end.min(chars.len());
    let start = part.start.min(end);
    let mut window = 0..chars.len();
    if width(0..chars.len()) > room {
        // A sign for what is cut, on both sides.
        let room = room.saturating_sub(4).max(8);
        window = start..end;
        while width(window.clone()) > room {
            window.end -= 1;
        }
        loop {
            let grown = window.clone();
            let free = room - width(window.clone());
            if window.end < chars.len() && window.end >= end && chars[window.end].1 <= free {
                window.end += 1;
            }
            let free = room - width(window.clone());
            if window.start > 0 && chars[window.start - 1].1 <= free {
                window.start -= 1;
            }
            if window == grown {
                break;
            }
        }
        window = at_words(&chars, window, &(start..end));
    }
    let before = if window.start > 0 { "… " } else { "" };
    let after = if window.end < chars.len() { " …" } else { "" };
    let words: String = chars[window.clone()].iter().map(|(c, _)| c).collect();
    let indent = before.chars().count() + width(window.start..start.max(window.start));
    let marked = width(start.max(window.start)..end.min(window.end).max(start));
    (format!("{before}{words}{after}"), " ".repeat(indent) + &"^".repeat(marked.max(1)))
}

/// The longest half word that is left out at an end.
const HALF_WORD: usize = 14;

/// A window that begins and ends with a whole word, where that costs little.
fn at_words(chars: &[(char, usize)], window: Range<usize>, part: &Range<usize>) -> Range<usize> {
    let is_space = |i: usize| chars[i].0.is_whitespace();
    let mut start = window.start;
    if start > 0 && !is_space(start - 1) {
        let next = (start..part.start.min(start + HALF_WORD)).find(|&i| is_space(i));
        start = next.unwrap_or(start);
    }
    while start < part.start && is_space(start) {
        start += 1;
    }
    let mut end = window.end;
    if end < chars.len() && !is_space(end) {
        let last = (part.end.max(end.saturating_sub(HALF_WORD))..end).rev().find(|&i| is_space(i));
        end = last.unwrap_or(end);
    }
    while end > part.end && is_space(end - 1) {
        end -= 1;
    }
    start..end
}
