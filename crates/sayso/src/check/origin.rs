//! Which statement of the sources is a statement of the brief?

use sayso_text::Span;

use super::found::Case;
use super::speech::{Speaker, Speech, speaker, speeches};
use super::text::{Text, bare};
use crate::record::HandRole;

/// The statements of the brief and of each source.
pub(crate) struct Statements<'a> {
    pub(crate) own: Vec<Speech<'a>>,
    pub(crate) theirs: Vec<Vec<Speech<'a>>>,
}

impl<'a> Statements<'a> {
    pub(crate) fn new(case: &Case<'a>) -> Self {
        Self { own: speeches(case.brief), theirs: case.sources.iter().map(speeches).collect() }
    }
}

/// Shares of the brief's words and of the source's from which both are one statement word for word, of so many words.
const WORD_FOR_WORD: f64 = 0.85;
const BACK: f64 = 0.7;
const FEWEST: usize = 3;
/// The same where all words are.
const EXACT: f64 = 0.99;
const FEWEST_EXACT: usize = 2;
/// The same where the brief says more of it: "denied that the advice, given in May, had been ignored".
const FULLER: f64 = 0.2;
const WHOLE: f64 = 0.95;

/// A statement of a source that is the brief's.
pub(crate) struct Origin<'s, 'a> {
    pub(crate) article: usize,
    pub(crate) speech: &'s Speech<'a>,
    /// The share of the brief's words that it has, by weight.
    pub(crate) share: f64,
    /// The share of its own words that the brief has, by number.
    pub(crate) back: f64,
    /// Words that tell something, of those shared, without numbers.
    pub(crate) n_shared: usize,
    /// Both were said by one word, which tells more than that it was said; it is one of those shared.
    pub(crate) has_same_cue: bool,
}

impl Origin<'_, '_> {
    /// Both say the same in the same words, so that whatever else differs was changed.
    pub(crate) fn is_word_for_word(&self) -> bool {
        let is_told_fuller = self.has_same_cue && self.share >= FULLER && self.back >= WHOLE;
        (self.share >= WORD_FOR_WORD && self.back >= BACK || is_told_fuller) && self.n_shared >= FEWEST
            || self.is_exact()
    }

    /// All words are the same: "that no such warning had been given".
    pub(crate) fn is_exact(&self) -> bool {
        self.share >= EXACT && self.back >= EXACT && self.n_shared >= FEWEST_EXACT
    }
}

/// The statements of the sources that share most with some words of the brief, best first.
pub(crate) fn origins<'s, 'a>(
    case: &Case<'_>,
    words: &[usize],
    statements: &'s Statements<'a>,
) -> Vec<Origin<'s, 'a>> {
    let total: f64 = words.iter().map(|&i| case.weights.of(&case.brief.words[i])).sum();
    let mut all = Vec::new();
    if words.iter().filter(|&&i| !case.brief.words[i].is_function).count() < 2 {
        return all;
    }
    for (article, speeches) in statements.theirs.iter().enumerate() {
        let source = &case.sources[article];
        for speech in speeches {
            let own = speech.words(source);
            let shared = words.iter().map(|&i| &case.brief.words[i]);
            let shared: Vec<_> =
                shared.filter(|word| own.iter().any(|&j| source.words[j].stem == word.stem)).collect();
            let n_shared =
                shared.iter().filter(|word| !word.is_function && !word.stem.starts_with('#')).count();
            let share = shared.iter().map(|word| case.weights.of(word)).sum::<f64>() / total;
            let told = |j: &&usize| {
                let word = &source.words[**j];
                word.is_function || words.iter().any(|&i| case.brief.words[i].stem == word.stem)
            };
            #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
            let back = own.iter().filter(told).count() as f64 / own.len().max(1) as f64;
            all.push(Origin { article, speech, share, back, n_shared, has_same_cue: false });
        }
    }
    all.sort_by(|a, b| {
        let length = |o: &Origin<'_, '_>| o.speech.content.iter().map(|c| c.len()).sum::<usize>();
        b.share.total_cmp(&a.share).then(length(a).cmp(&length(b)))
    });
    all
}

pub(crate) fn whose(case: &Case<'_>, origin: &Origin<'_, '_>) -> Speaker {
    speaker(&case.sources[origin.article], origin.speech, case.rules)
}

/// The brief's speaker is named within the statement, who may be the one who says it there.
pub(crate) fn names_him(case: &Case<'_>, origin: &Origin<'_, '_>, own: &Speaker) -> bool {
    let source = &case.sources[origin.article];
    let extent = source.extent(origin.speech.attribution);
    let extent = extent.cover(source.doc.sentences[source.sentence_at(extent.start)].span);
    let quoted = |span: Span| source.doc.quotations.iter().any(|q| q.span.contains(span));
    source.words_in(extent).iter().any(|w| w.is_firm && own.names.contains(bare(&w.lower)) && !quoted(w.span))
}

/// A hand that it passed through is named as the speaker, which is true too.
pub(crate) fn passed_on(case: &Case<'_>, origin: &Origin<'_, '_>, own: &Speaker) -> bool {
    let source = &case.sources[origin.article];
    let holds = |words: &str| words.split_whitespace().any(|w| own.words.contains(&w.to_lowercase()));
    hands(source, origin.speech).iter().any(|words| holds(words))
        || source.record.article.outlet.as_deref().is_some_and(holds)
}

/// Names of the outlets and documents that a statement passed through.
pub(crate) fn hands(text: &Text, speech: &Speech<'_>) -> Vec<String> {
    // The agency that an article carries speaks as the article does.
    hands_of(text, speech, |role| role != HandRole::Wire)
}

/// The same of some roles.
pub(crate) fn hands_of(text: &Text, speech: &Speech<'_>, is_role: impl Fn(HandRole) -> bool) -> Vec<String> {
    let by_id = |id: &str| text.record.actors.iter().find(|a| a.id == id);
    let chain = speech.attribution.chain.iter().filter(|hand| is_role(hand.role));
    let chain = chain.filter_map(|hand| by_id(&hand.actor));
    chain
        .filter_map(|actor| actor.name.clone().or_else(|| actor.mentions.first().map(|m| m.text.clone())))
        .collect()
}
