//! Which lines belong together, and which are headings?

use crate::{Article, ParagraphKind, Span};

/// The paragraphs of an article with their kinds, in order, without white space at
/// their ends.
///
/// Every line is a paragraph, unless the text is broken into lines of one width as
/// mail and terminals do; then lines that are full go on in the next. The signs of mail
/// quoting (`> `) before a line stay in its paragraph, and don't count for its width.
pub(crate) fn split(article: &Article) -> Vec<(Span, ParagraphKind)> {
    let lines = lines(&article.text);
    let blocks = join(&article.text, &lines);
    kinds(article, &blocks)
}

/// A line with words in it.
#[derive(Debug, Clone, Copy)]
struct Line {
    span: Span,
    // Without the signs of mail quoting before it; empty when it holds nothing else.
    words: Span,
    // How many such signs there are: how many mails deep it stands.
    depth: usize,
    // Nothing but a line break stands between it and the line before.
    follows: bool,
    // It begins further in than the line before.
    indented: bool,
}

/// A paragraph before it has a kind.
#[derive(Debug, Clone, Copy)]
struct Block {
    span: Span,
    // A blank line, or the text's edge, stands on this side.
    free_above: bool,
    free_below: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let is_break =
        |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut found: Vec<Line> = Vec::new();
    let (mut at, mut follows, mut margin) = (0, false, 0);
    for piece in text.split_inclusive(is_break) {
        let span = Span { start: at, end: at + piece.len() }.trim(text);
        // The two bytes of "\r\n" are one break.
        let second_half = piece == "\n" && text[..at].ends_with('\r');
        let indent = span.start - at;
        at += piece.len();
        if !span.is_empty() {
            let signs = &span.of(text)[..quoting_len(span.of(text))];
            let words = Span { start: span.start + signs.len(), end: span.end };
            let depth = signs.matches('>').count();
            found.push(Line { span, words, depth, follows, indented: indent > margin + 1 });
            (follows, margin) = (true, indent);
        } else if !second_half {
            follows = false;
        }
    }
    found
}

/// The length of the signs of mail quoting at the start of a line.
pub(crate) fn quoting_len(line: &str) -> usize {
    if line.starts_with('>') { line.len() - line.trim_start_matches(['>', ' ']).len() } else { 0 }
}

/// Nothing but a line break stands between two lines of words, at the same depth.
fn may_go_on(line: Line, next: Line) -> bool {
    next.follows
        && !next.indented
        && line.depth == next.depth
        && !line.words.is_empty()
        && !next.words.is_empty()
}

fn join(text: &str, lines: &[Line]) -> Vec<Block> {
    let width = wrap_width(text, lines);
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let last = at.checked_sub(1).map(|last| lines[last]);
        if let (Some(last), Some(width), Some(block)) = (last, width, blocks.last_mut())
            && may_go_on(last, *line)
            && (is_full(text, last, *line, width) || goes_on_inside_sentence(text, last, *line))
        {
            block.span.end = line.span.end;
            continue;
        }
        if let Some(block) = blocks.last_mut() {
            block.free_below = !line.follows;
        }
        blocks.push(Block { span: line.span, free_above: !line.follows, free_below: true });
    }
    blocks
}

/// The width that the text was broken at, when it was.
///
/// In a wrapped text nearly every line that goes on was too full for the first word of
/// the next. In one that has a paragraph a line, lines end where they like.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let lengths = || lines.iter().map(|line| line.words.of(text).chars().count());
    let width = lengths().max().filter(|width| (50..=110).contains(width))?;
    let pairs = || lines.windows(2).filter(|pair| may_go_on(pair[0], pair[1]));
    let n_full = pairs().filter(|pair| is_full(text, pair[0], pair[1], width)).count();
    let n_open = pairs().filter(|pair| !ends_with_stop(pair[0].words.of(text))).count();
    let n_pairs = pairs().count();
    (n_pairs >= 3 && n_full * 10 >= n_pairs * 6 && n_open * 2 >= n_pairs).then_some(width)
}

/// True when the next line's first word would not have fitted. Twelve characters are
/// allowed for those who wrap by hand or by a rule of their own.
fn is_full(text: &str, line: Line, next: Line, width: usize) -> bool {
    let word = next.words.of(text).chars().take(width).take_while(|c| !c.is_whitespace()).count();
    line.words.of(text).chars().count() + 1 + word + 12 > width
}

fn goes_on_inside_sentence(text: &str, line: Line, next: Line) -> bool {
    !ends_with_stop(line.words.of(text)) && next.words.of(text).starts_with(char::is_lowercase)
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '\'', '’', ')', ']', '»']).ends_with(['.', '?', '!', ':', '…'])
}

fn kinds(article: &Article, blocks: &[Block]) -> Vec<(Span, ParagraphKind)> {
    let text = article.text.as_str();
    let title_span = article.title_span.filter(|span| text.get(span.range()).is_some());
    let title = title_span.map(|span| span.of(text).trim()).or(article.title.as_deref()).map(str::trim);
    let mut marked = article.headings.iter().copied().peekable();
    let mut found = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        while marked.next_if(|heading| heading.end <= block.span.start).is_some() {}
        let kind = if title_span.is_some_and(|title| title.contains(block.span))
            || title.is_some_and(|title| block.span.of(text) == title && !title.is_empty())
        {
            ParagraphKind::Title
        } else if marked.peek().is_some_and(|heading| heading.contains(block.span))
            || article.headings.is_empty() && looks_like_heading(text, blocks, at)
        {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Body
        };
        found.push((block.span, kind));
    }
    found
}

/// A short line that stands alone, makes no statement, and has running text after it.
fn looks_like_heading(text: &str, blocks: &[Block], at: usize) -> bool {
    let line = blocks[at].span.of(text);
    if is_label(line) {
        return true;
    }
    if !(blocks[at].free_above && blocks[at].free_below && is_headline_like(line)) {
        return false;
    }
    let is_running = |block: &Block| {
        let text = block.span.of(text);
        text.len() > 80 && ends_with_stop(text) && !text.ends_with(':')
    };
    let above =
        at == 0 || ends_with_stop(blocks[at - 1].span.of(text)) || is_label(blocks[at - 1].span.of(text));
    blocks[at + 1..].iter().take(3).any(is_running)
        && (is_title_case(line)
            || above && line.split_whitespace().count() <= 6 && is_running(&blocks[at + 1]))
}

fn is_headline_like(line: &str) -> bool {
    line.len() <= 120
        && line.split_whitespace().count() <= 12
        && line.starts_with(char::is_uppercase)
        && line.ends_with(|c: char| c.is_alphanumeric() || c == ')')
        && !line.contains(['"', '“', '”', '«', '»', '„', '@', '|', '\n'])
        && ![": ", " - ", "—", "–"].iter().any(|sign| line.contains(sign))
        && !line.starts_with("By ")
}

/// Lines with which programs frame an article, as against "He said:".
fn is_label(line: &str) -> bool {
    let bare = line.trim_end_matches(':').trim_end();
    LABELS.iter().any(|label| bare.eq_ignore_ascii_case(label))
}

/// Nearly every word of four letters or more begins with a capital.
pub(crate) fn is_title_case(line: &str) -> bool {
    let long =
        || line.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4);
    let n_long = long().count();
    let starts = |word: &&str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| !c.is_lowercase())
    };
    let n_capital = long().filter(starts).count();
    n_long > 0 && n_capital * 5 >= n_long * 4
}

const LABELS: &[&str] = &[
    "generated on",
    "source article",
    "source",
    "sources",
    "source articles",
    "published",
    "published on",
    "updated",
    "last updated",
    "date",
    "author",
    "related",
    "related articles",
    "read more",
    "tags",
    "topics",
    "share",
    "contents",
    "key points",
    "summary",
    "advertisement",
];
