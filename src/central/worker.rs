//! Central's thread: one task for each visit, a look at central now and then, enrolment at start.

use std::collections::HashMap;
use std::time::Duration;

use kiosk_config::Config;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until, timeout};
use visit::{CentralEvent, CentralFault, Device, Event, Health, Service, VisitId};

use super::client::Client;
use super::identity::Identity;
use super::tasks::{News, Trouble, fetch, hold_visit, tell};
use super::{Ask, FAREWELL, enrolment};
use crate::inbox::Inbox;

/// Time between two looks at central; also keeps the connection warm for the next card.
const LOOK: Duration = Duration::from_secs(30);
/// First pause after a failure; doubled up to [`LOOK`].
const SOON: Duration = Duration::from_secs(1);

pub(super) struct Worker {
    config: Config,
    inbox: Inbox,
    /// The next visit's; none while a visit has it, or before enrolment.
    client: Option<Client>,
    enrolled: bool,
    enrolling: Option<AbortHandle>,
    visits: HashMap<VisitId, oneshot::Sender<()>>,
    tasks: JoinSet<()>,
    news: (UnboundedSender<News>, UnboundedReceiver<News>),
    pause: Duration,
    last: Option<Result<(), &'static str>>,
}

impl Worker {
    pub(super) fn new(config: &Config, inbox: Inbox) -> Self {
        Self {
            config: config.clone(),
            inbox,
            client: None,
            enrolled: false,
            enrolling: None,
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
        let mut next_look = Instant::now() + LOOK;
        loop {
            tokio::select! {
                () = sleep_until(next_look) => {
                    self.look();
                    next_look = Instant::now() + LOOK;
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
                Some(_) = self.tasks.join_next() => {}
            }
        }
        self.visits.clear();
        let farewell = async { while self.tasks.join_next().await.is_some() {} };
        if timeout(FAREWELL, farewell).await.is_err() {
            tracing::warn!(code = "CENTRAL-FAREWELL", "a visit is left to end by itself");
        }
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
            Ask::Fetch(service) => match self.ready().and_then(|()| self.client.clone()) {
                Some(client) => {
                    self.fetch(client, service);
                }
                None => self.inbox.send(Event::Central(CentralEvent::PublicMissing(service))),
            },
        }
    }

    fn withhold(&self, visit: VisitId, fault: CentralFault) {
        self.inbox.send(Event::Central(CentralEvent::Withheld { visit, fault }));
    }

    /// Looks at central, after becoming someone it knows.
    fn look(&mut self) {
        self.ready();
        if let Some(client) = self.client.clone() {
            self.fetch(client, Service::Complaints);
        }
    }

    /// Has a client ready; without an identity it enrols instead.
    fn ready(&mut self) -> Option<()> {
        if self.client.is_none() {
            match Identity::load(&self.config.central.identity) {
                Ok(Some(identity)) => match Client::new(&self.config.central, &identity) {
                    Ok(client) => (self.client, self.enrolled) = (Some(client), true),
                    Err(error) => self.told(Err(Trouble::from(&error))),
                },
                Ok(None) => self.enrol(),
                Err(error) => self.told(Err(Trouble::new("IDENTITY-UNREADABLE", &error))),
            }
        }
        self.client.is_some().then_some(())
    }

    /// A kiosk that central no longer knows starts over, with a new key, once it has a new ticket.
    fn has_new_ticket(&self) -> bool {
        let central = &self.config.central;
        central.enrolment.is_file()
            && Identity::forget(&central.identity)
                .inspect_err(|error| tracing::error!(code = "ENROL-DISK", ?error, "not forgotten"))
                .is_ok()
    }

    /// One attempt at a time: the ticket is good once.
    fn enrol(&mut self) {
        if self.enrolling.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let (config, news) = (self.config.clone(), self.news.0.clone());
        let task = self.tasks.spawn(async move {
            let done = enrolment::enrol(&config).await;
            tell(&news, done.map_err(|error| Trouble::new(error.code(), &error)));
        });
        self.enrolling = Some(task);
    }

    fn fetch(&mut self, client: Client, service: Service) {
        let (inbox, news) = (self.inbox.clone(), self.news.0.clone());
        self.tasks.spawn(async move {
            let fetched = fetch(&client, service).await;
            tell(&news, fetched.as_ref().map(|_| ()).map_err(Trouble::from));
            match fetched {
                Ok(None) => {}
                Ok(Some(content)) => inbox.send(Event::Central(CentralEvent::Public(content))),
                Err(_) => inbox.send(Event::Central(CentralEvent::PublicMissing(service))),
            }
        });
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
