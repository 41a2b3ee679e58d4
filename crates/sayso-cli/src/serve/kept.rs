//! What was read, briefed and checked on pages, for as long as there is room.
//!
//! Each has an address by the checksum of what it says, so that a page that is loaded again, or given to a colleague on this
//! server, is the same page. Nothing of it is written to the disk.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use sayso::brief::Brief;
use sayso::check::Report;
use sayso::{Article, Record};
use sha2::{Digest, Sha256};

/// Bytes of JSON that are kept at most; the oldest goes first.
const ROOM: usize = 128 << 20;

/// An answer on a page.
#[derive(Debug)]
pub(super) enum Answer {
    Reading(Box<(Article, Record)>),
    Brief(Box<Brief>),
    Report(Box<Report>),
}

#[derive(Debug, Default)]
struct All {
    /// Address, size, answer; the oldest first.
    all: VecDeque<(String, usize, Arc<Answer>)>,
    bytes: usize,
}

#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<All>);

impl Kept {
    /// Keeps an answer; its address.
    pub(super) fn put(&self, answer: Answer) -> String {
        let json = match &answer {
            Answer::Reading(both) => serde_json::to_vec(&both.1),
            Answer::Brief(brief) => serde_json::to_vec(brief),
            Answer::Report(report) => serde_json::to_vec(report),
        };
        let json = json.unwrap_or_default();
        let digest = Sha256::digest(&json);
        let id: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.all.iter().all(|(known, ..)| *known != id) {
            kept.bytes += json.len();
            kept.all.push_back((id.clone(), json.len(), Arc::new(answer)));
        }
        while kept.bytes > ROOM && kept.all.len() > 1 {
            if let Some((_, bytes, _)) = kept.all.pop_front() {
                kept.bytes -= bytes;
            }
        }
        id
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<Answer>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.all.iter().find(|(known, ..)| known == id).map(|(_, _, answer)| Arc::clone(answer))
    }
}
