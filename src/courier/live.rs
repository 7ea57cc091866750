//! Live updates: open pages are told that something has changed, and nothing else.
//!
//! # Why
//! A change may come from any server over the database, so the database is asked how far things
//! have come: one look into an index, a second apart, for the whole process and only while some
//! page listens. What comes back is fanned out to the listeners; each page then fetches itself
//! again under its own reader's rights, so the stream needs to carry no data at all.
//!
//! A server learns only when it next writes that a page has been left, so pages that are long gone
//! still hold their streams while their reader turns the next. Where a session has as many as it
//! may, the newest page listens and the oldest is told that it does not any more.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::{Notify, oneshot, watch};

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
    seats: Mutex<Seats>,
}

/// The streams of each session, the oldest first, each with the word that ends it.
#[derive(Debug, Default)]
struct Seats {
    given: u64,
    of: HashMap<String, VecDeque<(u64, oneshot::Sender<()>)>>,
}

impl Default for Live {
    fn default() -> Live {
        Live(Arc::new(Inner {
            told: watch::Sender::new(None),
            wanted: Notify::new(),
            seats: Mutex::default(),
        }))
    }
}

impl Live {
    /// Listens for a page of a session, whose oldest page stops where it has as many as it may.
    pub fn listen(&self, session: &str) -> Listener {
        let (end, ended) = oneshot::channel();
        let mut seats = self.0.seats();
        seats.given += 1;
        let number = seats.given;
        let open = seats.of.entry(session.to_owned()).or_default();
        let oldest = (open.len() >= PAGES).then(|| open.pop_front()).flatten();
        open.push_back((number, end));
        drop(seats);
        if let Some((_, end)) = oldest {
            // It may have gone meanwhile.
            let _ = end.send(());
        }
        let told = self.0.told.subscribe();
        self.0.wanted.notify_one();
        Listener {
            told,
            ended,
            _seat: Seat {
                of: Arc::clone(&self.0),
                session: session.to_owned(),
                number,
            },
        }
    }

    /// How many pages listen.
    pub fn listeners(&self) -> usize {
        self.0.told.receiver_count()
    }
}

impl Inner {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        match self.seats.lock() {
            Ok(seats) => seats,
            // Nothing in it can be half done.
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}

/// One of the streams of a session; given back when it is dropped.
#[derive(Debug)]
struct Seat {
    of: Arc<Inner>,
    session: String,
    number: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.of.seats();
        if let Some(open) = seats.of.get_mut(&self.session) {
            open.retain(|(number, _)| *number != self.number);
            if open.is_empty() {
                seats.of.remove(&self.session);
            }
        }
    }
}

/// What a listening page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Things have come so far.
    Version(Version),
    /// A newer page of the session has taken its place.
    Replaced,
}

/// A page that listens.
#[derive(Debug)]
pub struct Listener {
    told: watch::Receiver<Option<Version>>,
    ended: oneshot::Receiver<()>,
    _seat: Seat,
}

impl Listener {
    /// Waits for what is next; `None`: nobody looks any more.
    pub async fn next(&mut self) -> Option<News> {
        loop {
            tokio::select! {
                biased;
                _ = &mut self.ended => return Some(News::Replaced),
                changed = self.told.changed() => changed.ok()?,
            }
            let told = *self.told.borrow_and_update();
            if let Some(version) = told {
                return Some(News::Version(version));
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

    #[tokio::test]
    async fn the_newest_pages_of_a_session_listen_and_the_oldest_is_told_to_stop() {
        let live = Live::default();
        let mut open: VecDeque<Listener> = (0..PAGES).map(|_| live.listen("one")).collect();
        let other = live.listen("other");
        assert_eq!(live.listeners(), PAGES + 1);
        open.push_back(live.listen("one"));
        let mut oldest = open.pop_front().unwrap();
        assert_eq!(oldest.next().await, Some(News::Replaced));
        drop(oldest);
        // A closed page makes room: nobody is told to stop.
        open.pop_back();
        open.push_back(live.listen("one"));
        let told = Version {
            day: crate::statute::calendar::date(2026, 11, 25),
            changes: 7,
        };
        live.0.told.send_replace(Some(told));
        for listener in &mut open {
            assert_eq!(listener.next().await, Some(News::Version(told)));
        }
        drop((open, other));
        assert_eq!(live.listeners(), 0);
        assert!(
            live.0.seats().of.is_empty(),
            "nothing is kept of who has left"
        );
    }
}
