//! How does a person read a record in a terminal?

use std::collections::HashMap;

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};
use sayso::Record;
use sayso::record::{Attribution, Form, TextSpan};
use sayso_view::cast::Cast;
use sayso_view::{facts, tally};

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
/// From here on there is room for what is told to whom, through what and when.
const ROOMY: u16 = 100;
/// The longest word among forms and acts is "criticise"; a space parts it from the next column.
const FORM_WIDTH: u16 = 10;
/// Before each fact beneath a content, so that it isn't taken for the article's words.
const FACT: &str = "• ";
/// Colours of the sources, in turn; all can be read on light and dark.
const COLORS: [Color; 6] = [
    Color::DarkCyan,
    Color::DarkMagenta,
    Color::DarkGreen,
    Color::DarkYellow,
    Color::DarkBlue,
    Color::DarkRed,
];

/// A heading, a line for each attribution, and a summary.
pub(crate) fn render(record: &Record, name: &str, style: Style) -> String {
    let cast = Cast::new(record);
    let mut out = heading(record, &cast, name, style);
    if !record.attributions.is_empty() {
        out += &if style.width < NARROWEST {
            stacked(record, &cast, style)
        } else {
            table(record, &cast, style)
        };
    }
    let unbound = facts::unbound(record, &cast);
    if !unbound.is_empty() {
        out += &wrapped("Said of what is in no statement here:", style);
        out += &unbound.iter().map(|words| hanging(&format!("{FACT}{words}"), style)).collect::<String>();
        out.push('\n');
    }
    out + &wrapped(&tally::summary(record, &cast), style)
}

/// Lines that fit.
fn wrapped(words: &str, style: Style) -> String {
    let width = usize::from(style.width);
    textwrap::wrap(&output::plain(words), width).iter().map(|line| format!("{line}\n")).collect()
}

/// The same, with all but the first a little further in.
fn hanging(words: &str, style: Style) -> String {
    let options = textwrap::Options::new(usize::from(style.width)).subsequent_indent("  ");
    textwrap::wrap(&output::plain_line(words), options).iter().map(|line| format!("{line}\n")).collect()
}

fn heading(record: &Record, cast: &Cast<'_>, name: &str, style: Style) -> String {
    let article = &record.article;
    let title = article.title.as_deref().unwrap_or(name);
    let wire = facts::wire(record, cast);
    let known = [&article.outlet, &article.byline, &article.published, &wire];
    let known: Vec<&str> = known.into_iter().filter_map(|x| x.as_deref()).collect();
    let (bold, plain) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let title = wrapped(title, style);
    format!("{bold}{}{plain}\n{}\n", title.trim_end(), wrapped(&known.join(" · "), style).trim_start())
}

fn table(record: &Record, cast: &Cast<'_>, style: Style) -> String {
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
        let words = attribution.source.as_ref().map(|source| source.text.as_str());
        let next = COLORS[colors.len() % COLORS.len()];
        let color = attribution.actor.as_deref().or(words).map(|who| *colors.entry(who).or_insert(next));
        let [id, source, cue, content, form, act, confidence] =
            fields(attribution, cast, depth[attribution.id.as_str()]);
        let content = [content].into_iter().chain(beneath(attribution, cast, width));
        let content: Vec<String> = content.filter(|line| !line.is_empty()).collect();
        let form = if act.is_empty() { form } else { format!("{form}\n{act}") };
        let source = Cell::new(source);
        let source = if let Some(color) = color { source.fg(color) } else { source };
        let rest = [cue, content.join("\n"), form, confidence].map(Cell::new);
        table.add_row([Cell::new(id), source].into_iter().chain(rest));
    }
    // Long words such as "independently" stay whole in the narrow columns.
    let most = [None, Some(width / 4), Some(width / 6 + 2), None, Some(FORM_WIDTH), None];
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

/// What a reader must know beside the words: how the claim stands, whose hands it came through,
/// and hedges that neither cue nor content show; in a wide terminal also to whom and when.
fn beneath(attribution: &Attribution, cast: &Cast<'_>, width: u16) -> Vec<String> {
    let standings = attribution.status.iter().map(|standing| facts::standing(standing, cast));
    let hedges = facts::hedges_elsewhere(attribution).into_iter().map(|hedge| format!("hedge: {hedge}"));
    let mut all: Vec<String> = standings.chain(cast.chain(attribution)).chain(hedges).collect();
    if width >= ROOMY {
        let circumstances = facts::circumstances(attribution, cast);
        all.extend(circumstances.into_iter().map(|(what, words)| format!("{what}: {words}")));
    }
    all.iter().map(|words| format!("{FACT}{}", output::plain_line(words))).collect()
}

/// A line for each field and fact, and for what of it goes beyond the terminal's edge.
fn stacked(record: &Record, cast: &Cast<'_>, style: Style) -> String {
    let depth = depths(record);
    let mut out = String::new();
    for attribution in &record.attributions {
        let [id, source, cue, content, form, act, confidence] =
            fields(attribution, cast, depth[attribution.id.as_str()]);
        let act = if act.is_empty() { act } else { format!(" · {act}") };
        out += &wrapped(&format!("{id} {form}{act} {confidence}"), style);
        for (field, words) in [("Source", source), ("Cue", cue), ("Content", content)] {
            out += &hanging(&format!("{field}: {words}"), style);
        }
        for fact in beneath(attribution, cast, ROOMY) {
            out += &hanging(&fact, style);
        }
        out.push('\n');
    }
    out
}

/// In the order of the columns; the act stands beneath the form.
fn fields(attribution: &Attribution, cast: &Cast<'_>, depth: usize) -> [String; 7] {
    let contents: Vec<String> = attribution.content.iter().map(flat).collect();
    let or_dash = |span: &Option<TextSpan>| span.as_ref().map_or("—".to_owned(), flat);
    let form = match attribution.form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
        Form::Mixed => "mixed",
    };
    // The comma that closes an aside belongs to the source's span, not to its name.
    let source = or_dash(&attribution.source).trim_end_matches(',').to_owned();
    let beside = cast.beside(attribution).map(|name| format!(" ({})", output::plain_line(&name)));
    [
        format!("{}{}", "└".repeat(depth), output::plain_line(&attribution.id)),
        source + &beside.unwrap_or_default(),
        or_dash(&attribution.cue),
        contents.join(" … "),
        form.to_owned(),
        facts::act(attribution).unwrap_or_default(),
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

#[cfg(test)]
mod tests;
