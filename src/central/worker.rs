//! Central's thread: one task for each visit, public content kept up to date, complaints sent,
//! enrolment at start.

mod background;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kiosk_config::Config;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};
use visit::{CentralEvent, CentralFault, Device, Event, Health, VisitId};

use super::cache::Cache;
use super::client::Client;
use super::disk::Disk;
use super::outbox::Outbox;
use super::shelf::Shelf;
use super::tasks::{News, Trouble, ask_standing, hold_visit};
use super::trusted::TrustedClock;
use super::{Ask, FAREWELL};
use crate::inbox::Inbox;
use background::jittered;

/// Time between two looks at central, give or take a fifth; also keeps the connection warm for the
/// next card.
const LOOK: Duration = Duration::from_secs(30);
/// First pause after a failure; doubled up to [`LOOK`].
const SOON: Duration = Duration::from_secs(1);

pub(super) struct Worker {
    config: Config,
    inbox: Inbox,
    shelf: Shelf,
    outbox: Outbox,
    clock: Arc<TrustedClock>,
    /// The next visit's; none while a visit has it, or before enrolment.
    client: Option<Client>,
    enrolled: bool,
    /// One attempt at a time of each.
    enrolling: Option<AbortHandle>,
    syncing: Option<AbortHandle>,
    delivering: Option<AbortHandle>,
    deliver_again: bool,
    visits: HashMap<VisitId, oneshot::Sender<()>>,
    tasks: JoinSet<()>,
    news: (UnboundedSender<News>, UnboundedReceiver<News>),
    pause: Duration,
    last: Option<Result<(), &'static str>>,
}

impl Worker {
    pub(super) fn new(config: &Config, inbox: Inbox, outbox: Outbox, disk: Arc<Disk>) -> Self {
        let clock = Arc::new(TrustedClock::telling(inbox.clone()));
        let cache = Cache::open(&config.store.directory);
        let shelf = Shelf::new(inbox.clone(), Arc::clone(&clock), outbox.clone(), disk, cache);
        shelf.restore();
        Self {
            config: config.clone(),
            inbox,
            shelf,
            outbox,
            clock,
            client: None,
            enrolled: false,
            enrolling: None,
            syncing: None,
            delivering: None,
            deliver_again: false,
            visits: HashMap::new(),
            tasks: JoinSet::new(),
            news: unbounded_channel(),
            pause: SOON,
            last: None,
        }
    }

    /// Runs until nobody can ask any more.
    pub(super) async fn run(mut self, asked: &mut UnboundedReceiver<Ask>) {
        // Who is asked must be known before anything is asked.
        self.look();
        let mut next_look = Instant::now() + jittered(LOOK);
        let wake = Arc::clone(&self.outbox.wake);
        loop {
            tokio::select! {
                () = sleep_until(next_look) => {
                    self.look();
                    next_look = Instant::now() + jittered(LOOK);
                }
                ask = asked.recv() => match ask {
                    Some(ask) => self.take(ask),
                    None => break,
                },
                Some(news) = self.news.1.recv() => {
                    if let Some(soon) = self.learn(news) {
                        next_look = next_look.min(Instant::now() + soon);
                    }
                }
                () = wake.notified() => self.deliver(),
                Some(_) = self.tasks.join_next() => self.go_on(),
            }
        }
        // Visits are closed; what can be done again later is broken off.
        self.visits.clear();
        self.syncing.iter().chain(&self.delivering).for_each(AbortHandle::abort);
        let farewell = async { while self.tasks.join_next().await.is_some() {} };
        if timeout(FAREWELL, farewell).await.is_err() {
            tracing::warn!(code = "CENTRAL-FAREWELL", "a visit is left to end by itself");
        }
        self.shelf.close();
    }

    fn take(&mut self, ask: Ask) {
        match ask {
            // A visit takes the warm connection with it: what its buffers held is wiped when it ends.
            Ask::Open(visit, evidence) => match self.ready().and_then(|()| self.client.take()) {
                Some(client) => {
                    let (closer, closed) = oneshot::channel();
                    self.visits.retain(|_, closer| !closer.is_closed());
                    self.visits.insert(visit, closer);
                    let tellers = (self.inbox.clone(), self.news.0.clone());
                    self.tasks.spawn(hold_visit(client, tellers, visit, evidence, closed));
                }
                None => self.withhold(visit, CentralFault::KioskRefused),
            },
            Ask::Close(visit) => {
                drop(self.visits.remove(&visit));
                self.look();
            }
            // So does a question.
            Ask::Standing(visit, question) => {
                match self.ready().and_then(|()| self.client.take()) {
                    Some(client) => {
                        let tellers = (self.inbox.clone(), self.news.0.clone());
                        self.tasks.spawn(ask_standing(client, tellers, visit, question));
                    }
                    None => self.withhold(visit, CentralFault::KioskRefused),
                }
            }
            Ask::Fetch(service) => {
                self.shelf.want(service);
                self.look();
                if self.client.is_none() {
                    self.shelf.attempted(None);
                }
            }
        }
    }

    fn withhold(&self, visit: VisitId, fault: CentralFault) {
        self.inbox.send(Event::Central(CentralEvent::Withheld { visit, fault }));
    }

    /// Takes in how central is; says how soon to look again, if sooner than planned.
    fn learn(&mut self, news: News) -> Option<Duration> {
        match news {
            Ok(()) if !self.enrolled => {
                tracing::info!(code = "ENROL-DONE", "the kiosk is enrolled");
                Some(Duration::ZERO)
            }
            Ok(()) => {
                self.told(Ok(()));
                self.pause = SOON;
                None
            }
            Err(trouble) => {
                let anew = trouble.unknown && self.enrolled && self.has_new_ticket();
                self.told(Err(trouble));
                if anew {
                    (self.client, self.enrolled) = (None, false);
                    return Some(Duration::ZERO);
                }
                let pause = self.pause;
                self.pause = (pause * 2).min(LOOK);
                Some(pause)
            }
        }
    }

    /// Tells the session and the log how central is, when it changed.
    fn told(&mut self, news: News) {
        let state = match &news {
            Ok(()) => Ok(()),
            Err(trouble) => Err(trouble.code),
        };
        if self.last.replace(state) == Some(state) {
            return;
        }
        let health = match news {
            Ok(()) => {
                tracing::info!(code = "CENTRAL-OK", "central answers");
                Health::Ok
            }
            Err(Trouble { code, detail, .. }) => {
                tracing::warn!(code, detail, "central cannot be relied on");
                Health::Failed
            }
        };
        self.inbox.send(Event::Health(Device::Central, health));
    }
}
