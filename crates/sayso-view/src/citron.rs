//! How does a record look to the tools of Citron?
//!
//! Citron (bbc/citron) reads a file with one JSON object for one document: `text`, `quotes` and `coreference_groups`, with
//! spans as `{"start", "end", "text"}` in code points, as Python counts. Here it is one line.
//!
//! A quote of Citron has a cue, a source and a content, and none stands in another: its own converter of PARC leaves out what
//! lacks one of them or is nested, and so does this. `coreferences` of a quote has a name of whom its source means, where the
//! source doesn't say it. The confidence is a string with four decimals, since Citron writes it so.

use std::collections::HashMap;

use sayso::Record;
use sayso::record::{Actor, Attribution, Mention, MentionKind, TextSpan};
use serde_json::{Value, json};

/// What the object begins with, so that it isn't taken for an article.
pub const BEGINS: &str = "{\"source\":{\"application\":\"sayso\"";

/// The record as one line, with a line end.
pub fn line(record: &Record) -> String {
    let actors: HashMap<&str, &Actor> =
        record.actors.iter().map(|actor| (actor.id.as_str(), actor)).rev().collect();
    let quotes: Vec<Value> = record.attributions.iter().filter_map(|one| quote(one, &actors)).collect();
    let groups: Vec<Value> = record.actors.iter().filter_map(group).collect();
    let rest = json!({"quotes": quotes, "coreference_groups": groups}).to_string();
    // Written by hand, since the order of the fields tells whose file it is.
    format!(
        "{BEGINS},\"version\":{},\"model\":{}}},\"text\":{},{}\n",
        json!(record.producer.version),
        json!(record.producer.model_sha256),
        json!(record.article.text),
        &rest[1..]
    )
}

fn quote(one: &Attribution, actors: &HashMap<&str, &Actor>) -> Option<Value> {
    let (source, cue) = (one.source.as_ref()?, one.cue.as_ref()?);
    if one.content.is_empty() || one.parent.is_some() {
        return None;
    }
    let actor = one.actor.as_deref().and_then(|id| actors.get(id));
    let names: Vec<Value> = actor.and_then(|actor| name(actor, source)).into_iter().collect();
    Some(json!({
        "id": one.id,
        "cue": span(cue),
        "sources": [span(source)],
        "contents": one.content.iter().map(span).collect::<Vec<_>>(),
        "coreferences": names,
        "confidence": format!("{:.4}", one.confidence),
    }))
}

/// Where the article first names the actor, unless the source itself does.
fn name(actor: &Actor, source: &TextSpan) -> Option<Value> {
    let mut names = actor.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let is_in = |mention: &Mention| source.start <= mention.start && mention.end <= source.end;
    if names.clone().any(is_in) { None } else { names.next().map(mention) }
}

/// An actor's mentions; one alone is no group.
fn group(actor: &Actor) -> Option<Value> {
    let all: Vec<Value> = actor.mentions.iter().map(mention).collect();
    (all.len() > 1).then_some(Value::Array(all))
}

fn span(span: &TextSpan) -> Value {
    json!({"start": span.start, "end": span.end, "text": span.text})
}

fn mention(mention: &Mention) -> Value {
    json!({"start": mention.start, "end": mention.end, "text": mention.text})
}
