//! Live updates: open pages are told that something has changed, and nothing else.
//!
//! # Why
//! A change may come from any server over the database, so the database is asked how far things
//! have come: one look into an index, a second apart, for the whole process and only while some
//! page listens. What comes back is fanned out to the listeners; each page then fetches itself
//! again under its own reader's rights, so the stream needs to carry no data at all.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::Clock;
use crate::office::{Office, Version};

/// How long the courier sleeps between two looks.
pub const LOOK: Duration = Duration::from_secs(1);
/// How many pages of one session are told at a time: a browser opens six connections to a server,
/// and must have some left to load pages by.
pub const PAGES: usize = 4;

/// Who listens, and what they are told. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Live(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    told: watch::Sender<Option<Version>>,
    /// Somebody has begun to listen.
    wanted: Notify,
    pages: Mutex<HashMap<String, usize>>,
}

impl Default for Live {
    fn default() -> Live {
        Live(Arc::new(Inner {
            told: watch::Sender::new(None),
            wanted: Notify::new(),
            pages: Mutex::default(),
        }))
    }
}

impl Live {
    /// Listens for a page of a session; `None`: the session has as many as it may.
    pub fn listen(&self, session: &str) -> Option<Listener> {
        let seat = self.seat(session)?;
        let told = self.0.told.subscribe();
        self.0.wanted.notify_one();
        Some(Listener { told, _seat: seat })
    }

    fn seat(&self, session: &str) -> Option<Seat> {
        let mut pages = self.0.pages();
        let open = pages.entry(session.to_owned()).or_insert(0);
        if *open >= PAGES {
            return None;
        }
        *open += 1;
        drop(pages);
        Some(Seat {
            of: Arc::clone(&self.0),
            session: session.to_owned(),
        })
    }

    /// How many pages listen.
    pub fn listeners(&self) -> usize {
        self.0.told.receiver_count()
    }
}

impl Inner {
    fn pages(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        match self.pages.lock() {
            Ok(pages) => pages,
            // Numbers only: nothing can be half done.
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}

/// One of the pages that a session may have open; given back when it is dropped.
#[derive(Debug)]
struct Seat {
    of: Arc<Inner>,
    session: String,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut pages = self.of.pages();
        if let Some(open) = pages.get_mut(&self.session) {
            *open -= 1;
            if *open == 0 {
                pages.remove(&self.session);
            }
        }
    }
}

/// A page that listens.
#[derive(Debug)]
pub struct Listener {
    told: watch::Receiver<Option<Version>>,
    _seat: Seat,
}

impl Listener {
    /// Waits for the next version that was found; `None`: nobody looks any more.
    pub async fn next(&mut self) -> Option<Version> {
        loop {
            self.told.changed().await.ok()?;
            let told = *self.told.borrow_and_update();
            if told.is_some() {
                return told;
            }
        }
    }
}

/// Looks every `every` how far things have come, while anybody listens, until `stop` comes.
///
/// A look that fails is logged once and tried again.
pub async fn keep(
    office: Office,
    clock: Clock,
    live: Live,
    every: Duration,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    let mut failing = false;
    loop {
        if live.listeners() == 0 {
            tokio::select! {
                () = &mut stop => return,
                () = live.0.wanted.notified() => {}
            }
        }
        match office.version(clock()).await {
            Ok(version) => {
                failing = false;
                live.0.told.send_if_modified(|held| {
                    let changed = *held != Some(version);
                    *held = Some(version);
                    changed
                });
            }
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "open pages are not told of changes for now");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(every) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_so_many_pages_and_a_closed_one_makes_room() {
        let live = Live::default();
        let mut open: Vec<Listener> = (0..PAGES).filter_map(|_| live.listen("one")).collect();
        assert_eq!((open.len(), live.listeners()), (PAGES, PAGES));
        assert!(live.listen("one").is_none(), "no more than it may");
        assert!(live.listen("other").is_some(), "another session may");
        open.pop();
        assert!(live.listen("one").is_some(), "a closed page makes room");
        drop(open);
        assert_eq!(live.listeners(), 0);
        assert!(live.0.pages().is_empty(), "nothing is kept of who has left");
    }
}
