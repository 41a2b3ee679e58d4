//! What all requests share, and how much of it each may have.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sayso_archive::Archive;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::access::Access;
use super::assets::Assets;
use super::guard::Hosts;
use super::jobs::Jobs;
use super::kept::Kept;
use super::metrics::Metrics;
use super::problem::Problem;
use crate::desk::Desk;

/// Connections to the archive at once.
const CONNECTIONS: usize = 8;
/// Kibibytes of the archive that each of them keeps in memory.
const KEPT: i32 = 16 * 1024;
/// Exports at once.
pub(super) const EXPORTS: usize = 2;
/// Requests with a body at once: each may hold as much as the largest.
pub(super) const BODIES: usize = 24;
/// Requests that wait for a place, beyond those that have one.
const WAITING: usize = 32;
/// Those that wait for the archive, which takes milliseconds.
const WAITING_TO_ASK: usize = 128;
/// Seconds after which one that found no place may ask again.
const AGAIN: u32 = 2;

pub(super) struct State {
    pub(super) desk: Desk,
    pub(super) bodies: Gate,
    pub(super) readers: Gate,
    pub(super) archives: Pool,
    pub(super) exports: Gate,
    pub(super) kept: Kept,
    pub(super) jobs: Arc<Jobs>,
    pub(super) access: Access,
    pub(super) hosts: Hosts,
    pub(super) assets: Assets,
    pub(super) metrics: Metrics,
}

pub(super) type Shared = Arc<State>;

impl State {
    /// Does what takes a processor, in turn: who comes first is served first, and of too many the last is sent away.
    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Desk) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        self.read_at(self.readers.enter().await?, work).await
    }

    /// The same with a place that one has.
    pub(super) async fn read_at<T: Send + 'static>(
        self: &Arc<Self>,
        place: OwnedSemaphorePermit,
        work: impl FnOnce(&Desk) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also where nobody waits for it any more.
            let _place = place;
            work(&state.desk)
        });
        match done.await {
            Ok(done) => Ok(done?),
            Err(_) => Err(Problem::fault()),
        }
    }

    /// Asks the archive, over a connection of its own.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Archive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.archives.gate.enter().await?;
        let state = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let _place = place;
            let archive = state.archives.taken(&state.desk)?;
            let answer = work(&archive);
            // Who asks for what isn't there has broken nothing.
            if answer.as_ref().map_or_else(|wrong| wrong.status.is_client_error(), |_| true) {
                state.archives.back(archive);
            }
            answer
        });
        done.await.unwrap_or_else(|_| Err(Problem::fault()))
    }
}

/// So many at once and so many who wait, in the order in which they came.
pub(super) struct Gate {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    most: usize,
}

impl Gate {
    pub(super) fn new(places: usize) -> Self {
        Self::with_waiting(places, WAITING)
    }

    fn with_waiting(places: usize, most: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), waiting: AtomicUsize::new(0), most }
    }

    /// Waits for as long as it takes, for work that is many requests in one.
    pub(super) async fn wait(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| Problem::fault())
    }

    pub(super) async fn enter(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let waiting = Waiting::new(&self.waiting);
        if waiting.before >= self.most {
            return Err(Problem::busy("too much is asked for at once", AGAIN));
        }
        Arc::clone(&self.places).acquire_owned().await.map_err(|_| Problem::fault())
    }
}

/// One who waits; no more where the request is dropped.
struct Waiting<'a> {
    of: &'a AtomicUsize,
    before: usize,
}

impl<'a> Waiting<'a> {
    fn new(of: &'a AtomicUsize) -> Self {
        Self { of, before: of.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.of.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Connections to the archive that nobody uses now.
pub(super) struct Pool {
    gate: Gate,
    idle: Mutex<Vec<Archive>>,
}

impl Pool {
    pub(super) fn new() -> Self {
        Self { gate: Gate::with_waiting(CONNECTIONS, WAITING_TO_ASK), idle: Mutex::new(Vec::new()) }
    }

    fn taken(&self, desk: &Desk) -> Result<Archive, Problem> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(archive) => Ok(archive),
            None => {
                let archive = desk.archive()?;
                archive.keep(KEPT)?;
                Ok(archive)
            }
        }
    }

    fn back(&self, archive: Archive) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
    }
}
