//! How does a person read a record in a terminal?

use std::collections::HashMap;

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};
use sayso::Record;
use sayso::record::{Attribution, Form, TextSpan};

use crate::output;

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Columns.
    pub(crate) width: u16,
    /// Whether sources get a colour each.
    pub(crate) color: bool,
}

/// In columns narrower than this would make, words break into syllables; each field has a
/// line of its own instead.
const NARROWEST: u16 = 60;
/// Colours of the sources, in turn; all can be read on light and dark.
const COLORS: [Color; 6] = [
    Color::DarkCyan,
    Color::DarkMagenta,
    Color::DarkGreen,
    Color::DarkYellow,
    Color::DarkBlue,
    Color::DarkRed,
];

/// A heading, a line for each attribution, and a count.
pub(crate) fn render(record: &Record, name: &str, style: Style) -> String {
    let mut out = heading(record, name, style);
    if record.attributions.is_empty() {
        out += "No attributed statements found.\n";
        return out;
    }
    out += &if style.width < NARROWEST { stacked(record, style) } else { table(record, style) };
    out += &wrapped(&summary(record), style);
    out
}

/// Lines that fit.
fn wrapped(words: &str, style: Style) -> String {
    let width = usize::from(style.width);
    textwrap::wrap(&output::plain(words), width).iter().map(|line| format!("{line}\n")).collect()
}

fn heading(record: &Record, name: &str, style: Style) -> String {
    let article = &record.article;
    let title = article.title.as_deref().unwrap_or(name);
    let known = [&article.outlet, &article.byline, &article.published];
    let known: Vec<&str> = known.into_iter().filter_map(|x| x.as_deref()).collect();
    let (bold, plain) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let title = wrapped(title, style);
    format!("{bold}{}{plain}\n{}\n", title.trim_end(), wrapped(&known.join(" · "), style).trim_start())
}

fn table(record: &Record, style: Style) -> String {
    let width = style.width;
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width);
    if style.color {
        table.enforce_styling();
        // Whether there is colour was decided with NO_COLOR in mind; asked again here, it
        // would outweigh `--color always`.
        crossterm::style::force_color_output(true);
    } else {
        table.force_no_tty();
    }
    table.set_header(["", "Source", "Cue", "Content", "Form", "Conf"]);
    let depth = depths(record);
    let mut colors: HashMap<&str, Color> = HashMap::new();
    for attribution in &record.attributions {
        let source = attribution.source.as_ref();
        let next = COLORS[colors.len() % COLORS.len()];
        let color = source.map(|source| *colors.entry(source.text.as_str()).or_insert(next));
        table.add_row(row(attribution, depth[attribution.id.as_str()], color));
    }
    // Long words such as "independently" stay whole in the narrow columns.
    let most = [None, Some(width / 4), Some(width / 6 + 2), None, None, None];
    for (column, most) in table.column_iter_mut().zip(most) {
        column.set_padding((0, 1));
        if let Some(most) = most {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(most)));
        }
    }
    let mut out: String = table.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    out.push('\n');
    out
}

/// A line for each field, and for what of it goes beyond the terminal's edge.
fn stacked(record: &Record, style: Style) -> String {
    let depth = depths(record);
    let mut out = String::new();
    for attribution in &record.attributions {
        let [id, source, cue, content, form, confidence] =
            fields(attribution, depth[attribution.id.as_str()]);
        out += &format!("{id} {form} {confidence}\n");
        for (field, words) in [("Source", source), ("Cue", cue), ("Content", content)] {
            let options = textwrap::Options::new(usize::from(style.width)).subsequent_indent("  ");
            for line in textwrap::wrap(&format!("{field}: {words}"), options) {
                out += &format!("{line}\n");
            }
        }
        out.push('\n');
    }
    out
}

fn row(attribution: &Attribution, depth: usize, color: Option<Color>) -> Vec<Cell> {
    let mut row: Vec<Cell> = fields(attribution, depth).into_iter().map(Cell::new).collect();
    if let Some(color) = color {
        row[1] = row[1].clone().fg(color);
    }
    row
}

/// In the order of the columns.
fn fields(attribution: &Attribution, depth: usize) -> [String; 6] {
    let contents: Vec<String> = attribution.content.iter().map(flat).collect();
    let or_dash = |span: &Option<TextSpan>| span.as_ref().map_or("—".to_owned(), flat);
    let form = match attribution.form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    };
    [
        format!("{}{}", "└".repeat(depth), attribution.id),
        // The comma that closes an aside belongs to the source's span, not to its name.
        or_dash(&attribution.source).trim_end_matches(',').to_owned(),
        or_dash(&attribution.cue),
        contents.join(" … "),
        form.to_owned(),
        format!("{:.2}", attribution.confidence),
    ]
}

/// Words on one line, whatever breaks the text has.
fn flat(span: &TextSpan) -> String {
    output::plain(&span.text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// In how many others each attribution stands.
fn depths(record: &Record) -> HashMap<&str, usize> {
    let mut depth: HashMap<&str, usize> = HashMap::new();
    for attribution in &record.attributions {
        let above = attribution.parent.as_deref().and_then(|parent| depth.get(parent));
        let own = above.map_or(0, |above| above + 1);
        depth.insert(&attribution.id, own);
    }
    depth
}

fn summary(record: &Record) -> String {
    let all = &record.attributions;
    let count = |form| all.iter().filter(|a| a.form == form).count();
    let nested = all.iter().filter(|a| a.parent.is_some()).count();
    let unnamed = all.iter().filter(|a| a.source.is_none()).count();
    let mut out = format!(
        "{} attribution{}: {} direct, {} mixed, {} indirect",
        all.len(),
        if all.len() == 1 { "" } else { "s" },
        count(Form::Direct),
        count(Form::Mixed),
        count(Form::Indirect),
    );
    if nested > 0 {
        out += &format!("; {nested} inside another (└)");
    }
    if unnamed > 0 {
        out += &format!("; {unnamed} without a source (—)");
    }
    out + "."
}

#[cfg(test)]
mod tests {
    use sayso::{Article, Engine};

    use super::*;

    #[test]
    fn a_narrow_terminal_has_a_line_for_each_field() {
        let article = Article::from_text(
            "Mayor Ida Crane said on Monday that the dam was safe. \u{201c}Nobody has to leave,\u{201d} she said.",
        );
        let record = Engine::embedded().expect("weights").read(&article);
        for width in [59, 40, 20] {
            let shown = render(&record, "story.txt", Style { width, color: false });
            assert!(shown.contains("\nSource: Mayor Ida\u{20}") || width == 20, "{shown}");
            let longest = shown.lines().map(|line| line.chars().count()).max();
            assert!(longest <= Some(usize::from(width)), "{width}: {shown}");
        }
    }
}
