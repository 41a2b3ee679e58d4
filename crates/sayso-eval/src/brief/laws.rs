//! Which laws does a brief break?
//!
//! Each is looked at in the printed words, from the record alone, so that no mistake of the writing hides itself.

use sayso::brief::{Anchor, Brief, Sentence};
use sayso::record::{Attribution, HandRole, HedgeOf, StandingKind};
use sayso::{Article, Record};

/// The laws that don't hold, in words.
pub(super) fn broken(brief: &Brief, articles: &[Article], records: &[Record]) -> Vec<String> {
    let mut broken = Vec::new();
    for sentence in brief.sentences() {
        if sentence.anchors.is_empty() {
            broken.push(format!("no passage: {}", sentence.text));
        }
        for anchor in &sentence.anchors {
            let there: String = articles[anchor.article]
                .text
                .chars()
                .skip(anchor.start)
                .take(anchor.end - anchor.start)
                .collect();
            if there != anchor.text || Article::from_text(there).sha256() != anchor.sha256 {
                broken.push(format!("a passage that isn't there: {}", anchor.text));
            }
        }
        let texts: Vec<String> = sentence.anchors.iter().map(|a| plain(&articles[a.article].text)).collect();
        for quoted in quotations(&sentence.text) {
            if !texts.iter().any(|text| stands(text, &plain(quoted))) {
                broken.push(format!("a quotation that isn't there: {quoted}"));
            }
        }
        let Some(anchor) = sentence.anchors.first() else { continue };
        let record = &records[anchor.article];
        broken.extend(bare_claim(brief, anchor, sentence, record));
        let told = record.attributions.iter().filter(|a| a.parent.is_none()).find(|a| is_of(anchor, a));
        match told {
            Some(attribution) if attribution.source.is_some() => {
                broken.extend(cut(brief, anchor, attribution, record));
            }
            // What the text lays in nobody's mouth is told as the outlet's.
            _ => broken.extend(unmarked(sentence, anchor, &articles[anchor.article], record)),
        }
    }
    broken
}

/// The attribution is what the passage tells: it is within, and fills most of it.
fn is_of(anchor: &Anchor, attribution: &Attribution) -> bool {
    let parts = || attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
    let (Some(start), Some(end)) = (parts().map(|p| p.start).min(), parts().map(|p| p.end).max()) else {
        return false;
    };
    let is_within = anchor.start <= start && end <= anchor.end;
    is_within && 10 * (end - start) >= 8 * (anchor.end - anchor.start)
}

/// What a statement has and the sentences that tell it don't: its speaker, a hedge, a hand that it came through.
fn cut(brief: &Brief, anchor: &Anchor, attribution: &Attribution, record: &Record) -> Vec<String> {
    let sentences = brief.sentences().filter(|sentence| sentence.anchors.first() == Some(anchor));
    let told = sentences.map(|sentence| plain(&sentence.text)).collect::<Vec<_>>().join(" ");
    let has = |words: &str| format!(" {told} ").contains(&format!(" {} ", plain(words)));
    let actor = |id: &str| record.actors.iter().find(|actor| actor.id == id);
    let names = |id: &str| -> Vec<String> {
        let Some(actor) = actor(id) else { return Vec::new() };
        actor.name.iter().cloned().chain(actor.mentions.iter().map(|m| m.text.clone())).collect()
    };
    // A name's last word will do: "Brell said".
    let is_named = |all: &[String]| {
        all.iter().any(|name| plain(name).split(' ').any(|word| word.len() > 1 && has(word)))
    };
    let mut broken = Vec::new();
    let mut speaker: Vec<String> = attribution.source.iter().map(|source| source.text.clone()).collect();
    speaker.extend(attribution.actor.iter().flat_map(|id| names(id)));
    if !is_named(&speaker) {
        broken.push(format!("a statement without its speaker ({}): {told}", speaker.join(", ")));
    }
    for hedge in &attribution.hedges {
        // Those of its own words stand in them; in a cue that was made neutral there is none.
        if hedge.of == HedgeOf::Report && !has(&hedge.text) {
            broken.push(format!("without its hedge ({}): {told}", hedge.text));
        }
    }
    for hand in attribution.chain.iter().filter(|hand| hand.role != HandRole::Wire) {
        let outlet = record.article.outlet.as_deref().map(plain);
        let all = names(&hand.actor);
        if !is_named(&all) && !all.iter().any(|name| outlet.as_deref() == Some(plain(name).as_str())) {
            broken.push(format!("a chain without {}: {told}", hand.actor));
        }
    }
    broken
}

/// What nobody else says, and that isn't marked as the outlet's, or as its agency's; how a claim stands may be told as its own passage.
fn unmarked(sentence: &Sentence, anchor: &Anchor, article: &Article, record: &Record) -> Option<String> {
    let bound = record.attributions.iter().flat_map(|a| &a.status).chain(&record.unbound);
    let stands = |s: &sayso::record::Standing| anchor.start <= s.start && s.end <= anchor.end;
    let is_own = |span: &sayso::record::OwnVoice| span.start < anchor.end && anchor.start < span.end;
    let is_nobodys = |a: &Attribution| a.source.is_none() && is_of(anchor, a);
    if bound.into_iter().any(stands)
        || !record.own_voice.iter().any(is_own) && !record.attributions.iter().any(is_nobodys)
    {
        return None;
    }
    let marks = ["according to", "writes", "says"];
    let outlet = article.outlet.as_deref().map_or("article".to_owned(), plain);
    let text = plain(&sentence.text);
    let name = outlet.strip_prefix("the ").unwrap_or(&outlet);
    // What an agency wrote is the agency's.
    let wire = record.article.wire.as_ref().and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
    let wire = wire.and_then(|actor| actor.name.as_deref()).map(plain);
    let is_named = wire.map_or_else(|| text.contains(name), |wire| text.contains(&wire));
    let is_marked = is_named && marks.iter().any(|mark| text.contains(mark));
    (!is_marked).then(|| format!("the outlet's words as fact: {}", sentence.text))
}

/// A claim that the record says is denied, disputed or unverified, without that.
fn bare_claim(brief: &Brief, anchor: &Anchor, sentence: &Sentence, record: &Record) -> Option<String> {
    use StandingKind::{Denied, Disputed, Retracted, Unverified};
    // By the printed words: half of the standing's stand in a sentence, which may call its speaker by the surname alone.
    let told: Vec<String> = brief.sentences().map(|sentence| plain(&sentence.text)).collect();
    let is_printed = |words: &str| {
        let words = plain(words);
        let words: Vec<&str> = words.split(' ').filter(|word| word.len() > 3).collect();
        told.iter().any(|sentence| {
            let found = words.iter().filter(|word| sentence.contains(**word)).count();
            2 * found >= words.len()
        })
    };
    record.attributions.iter().find_map(|claim| {
        let first = claim.content.first()?;
        let is_told = anchor.start <= first.start && first.end <= anchor.end && claim.parent.is_none();
        let bad =
            claim.status.iter().find(|s| matches!(s.kind, Denied | Disputed | Retracted | Unverified))?;
        let is_shown = is_printed(&bad.text);
        (is_told && !is_shown)
            .then(|| format!("a claim without its standing: {} ({})", sentence.text, bad.text))
    })
}

/// Words alone, in lower case: marks and spaces are style.
fn plain(words: &str) -> String {
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Words between the parts of a quotation that "she said" parts.
const INTERRUPTION: usize = 24;

/// The words stand there in one piece, or in two that a clause of saying parts.
fn stands(source: &str, quoted: &str) -> bool {
    let words: Vec<&str> = quoted.split(' ').collect();
    let parted = |n: usize| {
        let (first, second) = (words[..n].join(" "), words[n..].join(" "));
        source.match_indices(&first).any(|(at, _)| {
            let behind = &source[at + first.len()..];
            let gap = behind.find(&second).map(|to| behind[..to].split_whitespace().count());
            gap.is_some_and(|gap| gap <= INTERRUPTION)
        })
    };
    source.contains(quoted) || (1..words.len()).any(parted)
}

fn quotations(text: &str) -> Vec<&str> {
    text.split('“').skip(1).filter_map(|rest| rest.split('”').next()).collect()
}
