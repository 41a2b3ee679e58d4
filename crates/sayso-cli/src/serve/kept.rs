//! What was read, briefed and checked on pages, for as long as there is room.
//!
//! Each has an address by the checksum of what it says, so that a page that is loaded again, or given to a colleague on this
//! server, is the same page. Nothing of it is written to the disk.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

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

#[derive(Debug)]
struct One {
    /// Its address.
    id: String,
    bytes: usize,
    answer: Arc<Answer>,
    /// When it was made of late, as `2026-03-15T20:05:00Z`.
    made: String,
}

#[derive(Debug, Default)]
struct All {
    /// The oldest first.
    all: VecDeque<One>,
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
        let seconds = UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs().cast_signed());
        let made = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        let made = made.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.all.iter_mut().find(|known| known.id == id) {
            known.made = made;
            return id;
        }
        kept.bytes += json.len();
        kept.all.push_back(One { id: id.clone(), bytes: json.len(), answer: Arc::new(answer), made });
        while kept.bytes > ROOM && kept.all.len() > 1 {
            if let Some(oldest) = kept.all.pop_front() {
                kept.bytes -= oldest.bytes;
            }
        }
        id
    }

    pub(super) fn get(&self, id: &str) -> Option<Arc<Answer>> {
        self.with_moment(id).map(|(answer, _)| answer)
    }

    /// An answer, and when it was made of late.
    pub(super) fn with_moment(&self, id: &str) -> Option<(Arc<Answer>, String)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.all.iter().find(|known| known.id == id);
        found.map(|known| (Arc::clone(&known.answer), known.made.clone()))
    }
}
