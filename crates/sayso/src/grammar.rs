//! What does English grammar settle where the tagger is unsure?
//!
//! Each rule is exact in its narrow case and leaves every other case alone.

use std::ops::Range;

use sayso_text::{Document, ParagraphKind, Sentence, Span};

/// Verbs by which a sentence shows that it is one, besides those that end as verbs of the past do.
pub(crate) const FINITE: &str = "is are was were has have had will would can could may might must should do does did says say said began \
became came came fell found gave got grew held kept knew led left lost made met paid ran rose saw sent set shot sold spent \
spoke stood struck took told thought threw went won wore wrote broke brought built bought chose drew drove fought hit cut put \
remains includes makes takes sits lies stands holds runs begins comes goes gives keeps needs wants means shows faces";

/// Verbs whose grammatical subject is the one who speaks. Seeming and passives are left
/// out: "the plan seems doomed" and "the plan is seen as doomed" say something of the
/// plan on somebody else's word.
const SPEECH: [&str; 60] = [
    "acknowledged",
    "acknowledges",
    "added",
    "adds",
    "admitted",
    "admits",
    "alleged",
    "alleges",
    "announced",
    "announces",
    "argued",
    "argues",
    "asserted",
    "asserts",
    "boasted",
    "claimed",
    "claims",
    "commented",
    "complained",
    "conceded",
    "concedes",
    "confirmed",
    "confirms",
    "contended",
    "contends",
    "countered",
    "declared",
    "declares",
    "denied",
    "denies",
    "emphasised",
    "emphasized",
    "explained",
    "explains",
    "insisted",
    "insists",
    "maintained",
    "maintains",
    "noted",
    "notes",
    "pointed out",
    "recalled",
    "reiterated",
    "remarked",
    "replied",
    "responded",
    "retorted",
    "said",
    "say",
    "says",
    "saying",
    "stated",
    "states",
    "stressed",
    "stresses",
    "told",
    "tells",
    "vowed",
    "warned",
    "warns",
];
/// Auxiliaries that make the verb after them passive.
const PASSIVE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "got"];
/// Tokens that a subject may have at most; a longer one is a clause.
const LONGEST_SUBJECT: usize = 20;
/// Words that are no cue by themselves.
const NO_CUE: [&str; 12] = ["to", "the", "a", "an", "and", "of", "that", "was", "were", "is", "had", "n't"];
/// Adverbs that attribute a clause to somebody who isn't named.
const REPORTED: [&str; 4] = ["reportedly", "allegedly", "purportedly", "supposedly"];

/// Participles that open a clause about a question put to whoever the sentence is about.
const ASKED: [&str; 5] = ["asked", "grilled", "pressed", "questioned", "quizzed"];

fn word(doc: &Document, token: usize) -> &str {
    doc.tokens[token].span.of(&doc.text)
}

/// The tokens that a span covers or touches.
pub(crate) fn tokens_of(doc: &Document, span: Span) -> Range<usize> {
    let first = doc.tokens.partition_point(|t| t.span.end <= span.start);
    let last = doc.tokens.partition_point(|t| t.span.start < span.end);
    first..last.max(first)
}

/// True when `words` is a verb of speech whose subject speaks: in the active voice, or
/// "quoted as saying".
pub(crate) fn subject_speaks(words: &str) -> bool {
    let words = words.to_lowercase();
    if words.ends_with("as saying") {
        return true;
    }
    let passive = words.split_whitespace().any(|word| PASSIVE.contains(&word));
    let ends_so =
        |verb: &&str| words.strip_suffix(*verb).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    !passive && SPEECH.iter().any(ends_so)
}

/// True for a participle at the head of a sentence ("Asked whether …, she said", "When
/// pressed on …, he replied"): the subject that follows was asked and didn't ask.
pub(crate) fn is_being_asked(doc: &Document, cue: Span) -> bool {
    let tokens = tokens_of(doc, cue);
    let mut lower = tokens.clone().map(|token| word(doc, token).to_lowercase());
    let Some(participle) = lower.position(|word| ASKED.contains(&word.as_str())) else { return false };
    let participle = tokens.start + participle;
    let Some(head) = sentence_of(doc, participle).map(|sentence| sentence.tokens.start) else { return false };
    let start = doc.tokens[head].span.start;
    let body = after_dateline(doc, start).map_or(head, |at| tokens_of(doc, Span::new(at, at)).start);
    let before = (head.max(body)..participle).map(|token| word(doc, token));
    let before: Vec<_> = before.filter(|word| word.contains(char::is_alphanumeric)).collect();
    before.is_empty() || (before.len() == 1 && before[0].eq_ignore_ascii_case("when"))
}

/// False for a lone function word that the tagger took for a cue.
pub(crate) fn is_cue(words: &str) -> bool {
    !words.split_whitespace().all(|word| NO_CUE.contains(&word.to_lowercase().as_str()))
}

/// True when a content has strayed too far from its cue to be its: words that aren't
/// quoted stay in the cue's paragraph.
pub(crate) fn strayed(doc: &Document, cue: Span, content: Span) -> bool {
    let paragraph = |at: usize| doc.paragraphs.partition_point(|p| p.span.end <= at);
    let quoted = quotations_near(doc, content).iter().any(|q| q.span.overlaps(content));
    !quoted && paragraph(cue.start) != paragraph(content.start)
}

/// True when a content is quoted, or stands in the sentence of its cue.
pub(crate) fn is_near(doc: &Document, cue: Span, content: Span) -> bool {
    let quoted = quotations_near(doc, content).iter().any(|q| q.span.overlaps(content));
    let token = |span: Span| tokens_of(doc, span).start;
    quoted || same_sentence(doc, token(cue), token(content))
}

/// The quotations that begin in the paragraph of a span.
pub(crate) fn quotations_near(doc: &Document, span: Span) -> &[sayso_text::Quotation] {
    let paragraph = doc.paragraphs.partition_point(|p| p.span.end <= span.start);
    let Some(paragraph) = doc.paragraphs.get(paragraph).map(|p| p.span) else { return &[] };
    let first = doc.quotations.partition_point(|q| q.span.start < paragraph.start);
    let last = doc.quotations.partition_point(|q| q.span.start < paragraph.end.max(span.end));
    &doc.quotations[first..last.max(first)]
}

/// The content that is really the source: it stands right before a verb of speech whose
/// own content follows, as in "⟦The minister⟧ ⟦was quoted as saying⟧ ⟦…⟧".
pub(crate) fn subject_of_speech(doc: &Document, cue: Span, content: &[Span]) -> Option<usize> {
    if !subject_speaks(cue.of(&doc.text)) || !content.iter().any(|c| c.start >= cue.end) {
        return None;
    }
    content.iter().position(|span| {
        let near = span.end <= cue.start && doc.text[span.end..cue.start].trim().is_empty();
        let words = span.of(&doc.text);
        let plain = !words.contains(['"', '“', '”', '‘', '«', '»', ',', ';']);
        near && plain && tokens_of(doc, *span).len() <= LONGEST_SUBJECT
    })
}

/// Tokens that an aside between a source and its cue may have.
const LONGEST_ASIDE: usize = 40;

/// The whole source, where the tagger took a part of it: with an aside between commas
/// before the cue ("Ms. Lee⟨, who replaced him,⟩ said"), with the rest of a name ("The
/// group ⟨Plain Label⟩ said"), with the name before an age ("⟨Ann Lee, ⟩72, said").
///
/// `taken` are the spans that it must not touch.
pub(crate) fn whole_source(doc: &Document, source: Span, cue: Span, taken: &[Span]) -> Span {
    let mut tokens = tokens_of(doc, source);
    let capital = |i: usize| word(doc, i).starts_with(char::is_uppercase);
    let comma = |i: usize| i < doc.tokens.len() && word(doc, i) == ",";
    if tokens.start >= 2
        && is_age(word(doc, tokens.start))
        && comma(tokens.start - 1)
        && comma(tokens.start + 1)
    {
        let begin = sentence_of(doc, tokens.start).map_or(0, |sentence| sentence.tokens.start);
        let mut name = tokens.start - 1;
        while name > begin && capital(name - 1) {
            name -= 1;
        }
        if tokens.start - 1 - name >= 2 {
            tokens.start = name;
        }
    }
    if source.end <= cue.start {
        let gap = tokens.end..tokens_of(doc, cue).start;
        let together = same_sentence(doc, tokens.start, gap.end);
        let name = together && !gap.is_empty() && gap.len() <= 4 && gap.clone().all(capital);
        let after_comma = if comma(tokens.end - 1) { Some(tokens.end) } else { None };
        let after_comma = after_comma.or(comma(tokens.end).then_some(tokens.end + 1));
        let aside = after_comma.is_some_and(|first| {
            first + 1 < gap.end
                && gap.len() <= LONGEST_ASIDE
                && comma(gap.end - 1)
                && tells_who(word(doc, first))
                && together
        });
        if name || aside {
            tokens.end = gap.end;
        }
    }
    let (Some(first), Some(last)) =
        (doc.tokens.get(tokens.start), doc.tokens.get(tokens.end.wrapping_sub(1)))
    else {
        return source;
    };
    let whole = first.span.cover(last.span).cover(source);
    let free = overlapping(taken, whole).iter().all(|span| *span == source);
    if free { whole } else { source }
}

/// True for the first word of a relative clause or an apposition, which say who the
/// source is; "speaking to reporters" and "however" say something else.
fn tells_who(word: &str) -> bool {
    const FIRST: [&str; 11] =
        ["who", "whose", "whom", "which", "a", "an", "the", "his", "her", "its", "their"];
    FIRST.contains(&word) || is_age(word) || word.starts_with(char::is_uppercase)
}

fn is_age(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Those of `spans` that touch `span`; they are in order and don't overlap.
pub(crate) fn overlapping(spans: &[Span], span: Span) -> &[Span] {
    let from = spans.partition_point(|other| other.end <= span.start);
    let to = spans.partition_point(|other| other.start < span.end);
    &spans[from..to.max(from)]
}

/// The sentence that holds a token.
fn sentence_of(doc: &Document, token: usize) -> Option<&Sentence> {
    doc.sentences.get(doc.sentences.partition_point(|s| s.tokens.end <= token))
}

fn same_sentence(doc: &Document, a: usize, b: usize) -> bool {
    sentence_of(doc, a) == sentence_of(doc, b)
}

/// Tokens that a dateline may have.
const LONGEST_DATELINE: usize = 14;

/// Where the words begin in the first paragraph of the body, when it holds `at`: after a
/// dateline such as "UPPER SARN, March 15 (Northline) —", which says where it was written
/// and states nothing. Between the place and the dash stand only names and numbers; a
/// second dash makes the first one an aside's.
pub(crate) fn after_dateline(doc: &Document, at: usize) -> Option<usize> {
    let first = doc.paragraphs.iter().find(|p| p.kind == ParagraphKind::Body)?;
    let tokens = doc.sentences.get(first.sentences.start)?.tokens.start..tokens_of(doc, first.span).end;
    let is_dash = |i: &usize| matches!(word(doc, *i), "—" | "–" | "--" | "-");
    let dash = tokens.clone().take(LONGEST_DATELINE).find(is_dash)?;
    let place = word(doc, tokens.start);
    let is_place = place.len() > 2 && place.chars().all(char::is_uppercase);
    let is_head = |i: usize| {
        let word = word(doc, i);
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(word, "," | "(" | ")" | "/")
    };
    let line = doc.sentences.iter().find(|s| s.tokens.contains(&dash)).map_or(0..0, |s| s.tokens.clone());
    let aside = (dash + 1..line.end).any(|i| is_dash(&i));
    let dateline = is_place && (tokens.start..dash).all(is_head) && !aside && dash + 1 < tokens.end;
    let start = doc.tokens.get(dash + 1)?.span.start;
    (dateline && at >= first.span.start && at < first.span.end).then_some(start)
}

/// Tokens that the name after a dash may have.
const LONGEST_SIGNATURE: usize = 25;

/// A quotation and who signs it, without a cue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) quotation: Span,
    pub(crate) source: Span,
}

/// Dash lines as in press releases: a paragraph that is one quotation, a dash and a name;
/// or a quotation and, in the paragraph after it, a dash and a name.
pub(crate) fn signed(doc: &Document) -> Vec<Signed> {
    let body: Vec<Span> =
        doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body).map(|p| p.span).collect();
    let mut found = Vec::new();
    for (i, paragraph) in body.iter().enumerate() {
        let opens = |q: &&sayso_text::Quotation| q.closed && q.span.start == paragraph.start;
        let Some(quotation) = quotations_near(doc, *paragraph).iter().find(opens).map(|q| q.span) else {
            continue;
        };
        let after = match (quotation.end == paragraph.end, body.get(i + 1)) {
            (true, Some(next)) => *next,
            (true, None) => continue,
            (false, _) => Span::new(quotation.end, paragraph.end),
        };
        found.extend(signature(doc, after).map(|source| Signed { quotation, source }));
    }
    found
}

/// The name in "— Anna Brandt, chief executive": after a dash, capitalised, no sentence.
fn signature(doc: &Document, line: Span) -> Option<Span> {
    let line = line.trim(&doc.text);
    let words = line.of(&doc.text);
    let name = words.trim_start_matches(['—', '–', '―', '-']);
    let source = Span::new(line.end - name.len(), line.end).trim(&doc.text);
    let dashed = name.len() < words.len();
    let name = source.of(&doc.text);
    // "Anna Brandt, …" is a name; "The council will meet" is a sentence.
    let mut words = name.split_whitespace();
    let capital = |word: Option<&str>| word.is_none_or(|word| word.starts_with(char::is_uppercase));
    let alone = words.clone().next().is_some_and(|word| word.ends_with(','));
    let is_name = !name.is_empty() && capital(words.next()) && (alone || capital(words.next()));
    let sentence = name.ends_with(['.', '?', '!', ':', '”', '"']);
    (dashed && is_name && !sentence && tokens_of(doc, source).len() <= LONGEST_SIGNATURE).then_some(source)
}

/// A clause that an adverb attributes, without its source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reported {
    pub(crate) cue: Span,
    pub(crate) content: Vec<Span>,
}

/// Clauses like "The dam reportedly failed" that touch none of the spans in `taken`.
pub(crate) fn reported(doc: &Document, taken: &[Span]) -> Vec<Reported> {
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| &doc.sentences[p.sentences.clone()]);
    let mut found = Vec::new();
    for sentence in sentences {
        for token in sentence.tokens.clone() {
            if REPORTED.contains(&word(doc, token).to_lowercase().as_str()) {
                found.extend(clause(doc, sentence, token).filter(|reported| {
                    let spans = reported.content.iter().chain([&reported.cue]);
                    !spans.into_iter().any(|span| !overlapping(taken, *span).is_empty())
                }));
            }
        }
    }
    found
}

/// The clause around an adverb: to the next semicolon, dash, or conjunction after a
/// comma, on both sides. Quoted words between are the speaker's own and end it too.
fn clause(doc: &Document, sentence: &Sentence, adverb: usize) -> Option<Reported> {
    const JOINS: [&str; 8] = ["but", "while", "although", "though", "whereas", "because", "which", "who"];
    let tokens = sentence.tokens.clone();
    let text = |i: usize| word(doc, i);
    let ends = |i: usize| matches!(text(i), ";" | "—" | "–" | "--" | ":");
    let joins =
        |i: usize| i > tokens.start && text(i - 1) == "," && JOINS.contains(&text(i).to_lowercase().as_str());
    let mut start = adverb;
    while start > tokens.start && !ends(start - 1) && !joins(start) {
        start -= 1;
    }
    if joins(start) && !matches!(text(start), "which" | "who") {
        start += 1;
    }
    let mut end = adverb + 1;
    while end < tokens.end && !ends(end) && !joins(end) {
        end += 1;
    }
    let bare = |range: Range<usize>| -> Option<Span> {
        let is_word = |i: &usize| text(*i).contains(char::is_alphanumeric);
        let (first, last) = (range.clone().find(is_word)?, range.rev().find(is_word)?);
        Some(doc.tokens[first].span.cover(doc.tokens[last].span))
    };
    let content: Vec<Span> = [bare(start..adverb), bare(adverb + 1..end)].into_iter().flatten().collect();
    let quoted = |span: &Span| quotations_near(doc, *span).iter().any(|q| q.span.overlaps(*span));
    let whole = !content.is_empty() && !content.iter().any(quoted);
    whole.then(|| Reported { cue: doc.tokens[adverb].span, content })
}

/// True for a line that says who wrote the article: structure, no statement.
pub(crate) fn is_byline(paragraph: &str) -> bool {
    const LONGEST: usize = 12;
    let is_by = paragraph.starts_with("By ") || paragraph.starts_with("BY ");
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let is_named = words.get(1).is_some_and(|word| word.starts_with(char::is_uppercase));
    is_by && is_named && words.len() <= LONGEST && !paragraph.ends_with(['.', '!', '?', '”', '"'])
}

#[cfg(test)]
mod tests {
    use sayso_text::Article;

    use super::*;

    #[test]
    fn the_subject_of_a_verb_of_speech_speaks() {
        for cue in ["said", "was quoted as saying", "has repeatedly denied", "then told"] {
            assert!(subject_speaks(cue), "{cue}");
        }
        for cue in ["seemed", "was told", "is said", "reportedly", "is widely expected", "known as"] {
            assert!(!subject_speaks(cue), "{cue}");
        }
    }

    #[test]
    fn who_is_asked_does_not_ask() {
        let is = |text: &str, cue: &str| {
            let doc = Document::new(&Article::from_text(text));
            let start = text.find(cue).unwrap();
            is_being_asked(&doc, Span::new(start, start + cue.len()))
        };
        assert!(is("Asked whether it would hold, the mayor said yes.", "Asked"));
        assert!(is("It rained. When pressed on the dam, he left.", "When pressed"));
        assert!(is("“It holds.” Asked by a reporter if it would, she nodded.", "Asked by"));
        assert!(is("UPPER SARN — Asked whether it would hold, the mayor said yes.", "Asked"));
        assert!(!is("The mayor asked whether it would hold.", "asked"));
        assert!(!is("The mayor, when he left, asked whether it would hold.", "asked"));
    }

    fn check(text: &str, expected: &[(&str, &[&str])]) {
        let doc = Document::new(&Article::from_text(text));
        let found = reported(&doc, &[]);
        let words: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|r| (r.cue.of(text), r.content.iter().map(|span| span.of(text)).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(cue, content)| (*cue, content.to_vec())).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn a_source_is_taken_whole() {
        let check = |text: &str, source: &str, cue: &str, expected: &str| {
            let doc = Document::new(&Article::from_text(text));
            let place = |words: &str| {
                let start = text.find(words).unwrap();
                Span::new(start, start + words.len())
            };
            assert_eq!(whole_source(&doc, place(source), place(cue), &[]).of(text), expected);
        };
        let aside = "Ms. Lee, who replaced Ms. Oduya, said so.";
        check(aside, "Ms. Lee", "said", "Ms. Lee, who replaced Ms. Oduya,");
        check(aside, "Ms. Lee,", "said", "Ms. Lee, who replaced Ms. Oduya,");
        check("The group Plain Label said so.", "The group", "said", "The group Plain Label");
        check("Doreen Askew, 72, told us so.", "72,", "told", "Doreen Askew, 72,");
        let headed = "Dam Holds\n\nDoreen Askew, 72, told us so.";
        check(headed, "72,", "told", "Doreen Askew, 72,");
        check("However, 63 percent said so.", "63 percent", "said", "63 percent");
        check("Ms. Lee, speaking on Monday, said so.", "Ms. Lee", "said", "Ms. Lee");
        check("Ms. Lee spoke. It was late, the mayor said.", "Ms. Lee", "said", "Ms. Lee");
    }

    #[test]
    fn a_dateline_states_nothing() {
        let check = |text: &str, expected: &str| {
            let doc = Document::new(&Article::from_text(text));
            let words = after_dateline(&doc, 3).map_or("", |at| &text[at..]);
            assert_eq!(words, expected, "{text}");
        };
        check("UPPER SARN — The dam broke.", "The dam broke.");
        check("PORT SALLOW, Nov. 6 (Northline) -- The talks ended.", "The talks ended.");
        for plain in [
            "The dam broke — at dawn.",
            "NATO said so. The talks — all of them — ended.",
            "FEMA said the levee — the oldest one in the state — would hold.",
            "NATO warned that the attack - if it came - would fail.",
            "OPEC said that output would rise in May — a surprise to nobody.",
            "NATO — the alliance — said so.",
        ] {
            check(plain, "");
        }
    }

    #[test]
    fn a_dash_line_signs_a_quotation() {
        let check = |text: &str, expected: &[&str]| {
            let doc = Document::new(&Article::from_text(text));
            let found: Vec<&str> = signed(&doc).iter().map(|signed| signed.source.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("“We are proud.” — Anna Brandt, chief executive", &["Anna Brandt, chief executive"]);
        check("“We are proud.”\n\n– Anna Brandt", &["Anna Brandt"]);
        check("“We are proud.” She left — Anna Brandt stayed.", &[]);
        check("“We are proud.”\n\n- The council will meet on Monday", &[]);
        check("“We are proud” — that was the slogan of the year.", &[]);
        check("“We are proud.”\n\nAnna Brandt", &[]);
    }

    #[test]
    fn an_adverb_attributes_its_clause() {
        check("The dam reportedly failed at dawn.", &[("reportedly", &["The dam", "failed at dawn"])]);
        check("Reportedly, the dam failed.", &[("Reportedly", &["the dam failed"])]);
        check(
            "The mayor left early, but the deputy had allegedly known; nobody asked.",
            &[("allegedly", &["the deputy had", "known"])],
        );
        check("It was quiet.", &[]);
    }

    #[test]
    fn taken_words_are_left_alone() {
        let text = "Lee said the dam reportedly failed.";
        let doc = Document::new(&Article::from_text(text));
        assert!(reported(&doc, &[Span::new(9, 34)]).is_empty());
    }
}
