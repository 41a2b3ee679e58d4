//! How do articles come in while others are still being read?
//!
//! One thread writes; those that read hand it batches and go on. They wait where it is two batches behind, so that memory
//! stays flat.

use std::sync::mpsc::{SyncSender, sync_channel};

use sayso::{Article, Record};

use crate::{Added, Archive, Error, Incoming};

/// Articles of one transaction: what a run that is killed has to read again.
const AT_ONCE: usize = 32;
/// Batches that wait to be written.
const WAITING: usize = 2;

/// An article on its way in.
#[derive(Debug)]
pub struct Owned {
    /// What was read.
    pub article: Article,
    /// What it says.
    pub record: Record,
    /// As [`Incoming::input`].
    pub input: String,
    /// As [`Incoming::file`].
    pub file: Option<String>,
}

/// Takes articles in.
#[derive(Debug)]
pub struct Intake {
    batch: Vec<Owned>,
    to: SyncSender<Vec<Owned>>,
}

impl Intake {
    /// Takes an article; `false` where none can be written any more, which [`Archive::taking`] then says why.
    pub fn put(&mut self, one: Owned) -> bool {
        self.batch.push(one);
        self.batch.len() < AT_ONCE || self.to.send(std::mem::take(&mut self.batch)).is_ok()
    }
}

impl Archive {
    /// Adds what `feed` puts, on a thread of its own; what came of each, in order, beside what `feed` gives.
    ///
    /// # Errors
    /// When the file can't be written; what was added before stays.
    pub fn taking<R>(&mut self, feed: impl FnOnce(&mut Intake) -> R) -> Result<(R, Vec<Added>), Error> {
        let (to, from) = sync_channel::<Vec<Owned>>(WAITING);
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || {
                let mut all = Vec::new();
                for batch in from {
                    let incoming: Vec<Incoming<'_>> = batch
                        .iter()
                        .map(|one| Incoming {
                            article: &one.article,
                            record: &one.record,
                            input: &one.input,
                            file: one.file.as_deref(),
                        })
                        .collect();
                    all.extend(self.add(&incoming)?);
                }
                Ok(all)
            });
            let mut intake = Intake { batch: Vec::new(), to };
            let fed = feed(&mut intake);
            let Intake { batch, to } = intake;
            // Where the writer has stopped, its error says why.
            let _ = to.send(batch);
            drop(to);
            match writer.join() {
                Ok(all) => Ok((fed, all?)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }
}
