//! How is a language model asked to word a brief?
//!
//! By the interface of `OpenAI`'s chat completions, which most servers of models have. Only the brief's sentences are sent, without
//! their quotations.

use std::time::Duration;

use anyhow::{Context, Result};
use sayso::Engine;
use sayso::brief::{Brief, Draft, INSTRUCTIONS, Writer};
use sayso::check::Sources;
use sayso_fetch::post;
use serde_json::{Value, json};

/// How long a model may take.
const TIMEOUT: Duration = Duration::from_secs(300);
/// Where the key is, if the server wants one.
const KEY: &str = "SAYSO_WRITER_KEY";
/// Rejected sentences that the notes show.
const SHOWN: usize = 20;

/// The brief as the model words it, where the check finds nothing in its words; the notes tell which are whose.
pub(super) fn worded(
    engine: &Engine,
    sources: &Sources,
    brief: &Brief,
    url: &str,
    model: &str,
) -> Result<Brief> {
    let draft = Draft::new(brief);
    let address = format!("{}/chat/completions", url.trim_end_matches('/'));
    let asked = json!({
        "model": model,
        "temperature": 0,
        "messages": [
            { "role": "system", "content": INSTRUCTIONS },
            { "role": "user", "content": draft.prompt() },
        ],
    });
    let key = std::env::var(KEY).ok().filter(|key| !key.is_empty());
    let answer = post(&address, key.as_deref(), &asked.to_string(), TIMEOUT)?;
    let answer: Value =
        serde_json::from_str(&answer).with_context(|| format!("{address}: the answer is no JSON"))?;
    let words = answer["choices"][0]["message"]["content"].as_str();
    let words = words.with_context(|| format!("{address}: the answer has no message"))?;
    let (mut brief, rejected) = draft.worded(engine, sources, words).with_context(|| address.clone())?;
    let n = brief.sentences().filter(|sentence| sentence.by == Writer::Model).count();
    let all = brief.sentences().count();
    brief.notes.push(format!(
        "{n} of {all} sentences were worded by the language model {model}; they passed sayso’s check."
    ));
    if !rejected.is_empty() {
        let n = rejected.len();
        let s = if n == 1 { "" } else { "s" };
        brief
            .notes
            .push(format!("{n} sentence{s} of the model’s did not pass, and sayso’s stand in their place:"));
        let shown = rejected.iter().take(SHOWN);
        brief.notes.extend(shown.map(|one| format!("not taken: {} ({})", one.text, one.why)));
    }
    Ok(brief)
}
