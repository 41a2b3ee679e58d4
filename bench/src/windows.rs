//! The windows of word pieces that the tagger would make of an article.

use anyhow::{Context, Result, anyhow};
use sayso_nn::ModelFile;
use sayso_text::{Document, ParagraphKind};

/// The tagger takes the paragraph before as context when it is at most this long.
const CONTEXT: usize = 80;

/// The article's body in windows, packed as the tagger packs paragraphs; of one that fits none, parts.
pub fn windows(file: &ModelFile, doc: &Document) -> Result<Vec<Vec<u32>>> {
    let task: serde_json::Value = serde_json::from_str(&file.task)?;
    let json = task["tokenizer"].as_str().context("the weights carry no tokenizer")?;
    let size = task["window"].as_u64().context("the weights name no window")? as usize;
    let tokenizer = tokenizers::Tokenizer::from_bytes(json).map_err(|error| anyhow!(error))?;
    let id = |piece| tokenizer.token_to_id(piece).context("the tokenizer lacks its marks");
    let (cls, sep) = (id("[CLS]")?, id("[SEP]")?);
    let mut paragraphs: Vec<Vec<u32>> = Vec::new();
    for paragraph in doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body) {
        let words = paragraph.span.of(&doc.text);
        let pieces = tokenizer.encode(words, false).map_err(|error| anyhow!(error))?.get_ids().to_vec();
        paragraphs.extend(pieces.chunks(size).map(<[u32]>::to_vec));
    }
    let (mut windows, mut fresh) = (Vec::new(), 0);
    while let Some(first) = paragraphs.get(fresh) {
        let before = fresh.checked_sub(1).map(|i| &paragraphs[i]);
        let context = before.filter(|p| p.len() <= CONTEXT && p.len() + 1 + first.len() <= size);
        let mut ids = vec![cls];
        for pieces in context.into_iter().chain([first]) {
            ids.extend(pieces.iter().chain([&sep]));
        }
        fresh += 1;
        // The marks at both ends stand outside `size`.
        while let Some(next) = paragraphs.get(fresh).filter(|next| ids.len() - 1 + next.len() <= size) {
            ids.extend(next.iter().chain([&sep]));
            fresh += 1;
        }
        windows.push(ids);
    }
    Ok(windows)
}
