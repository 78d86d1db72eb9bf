//! Central's thread: one task for each visit, a look at central now and then, enrolment at start.

use std::collections::HashMap;
use std::time::Duration;

use central_api::{Evidence, Notice, PolicySummary, VisitOpened};
use kiosk_config::Config;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
use visit::{CentralEvent, CentralFault, Device, Event, Health, PublicContent, Service, VisitId};
use zeroize::Zeroizing;

use super::client::{Client, ClientError};
use super::identity::Identity;
use super::{Ask, FAREWELL, enrolment};
use crate::app::Inbox;

/// Time between two looks at central; also keeps the connection warm for the next card.
const LOOK: Duration = Duration::from_secs(30);
/// First pause after a failure; doubled up to [`LOOK`].
const SOON: Duration = Duration::from_secs(1);

pub(super) struct Worker {
    config: Config,
    inbox: Inbox,
    client: Option<Client>,
    visits: HashMap<VisitId, oneshot::Sender<()>>,
    tasks: JoinSet<()>,
    news: (UnboundedSender<News>, UnboundedReceiver<News>),
    pause: Duration,
    last: Option<Result<(), &'static str>>,
}

/// What a task learned of central: it answered as it should, perhaps by refusing a resident; or not.
type News = Result<(), Trouble>;

/// What is wrong with central, for the log.
struct Trouble {
    code: &'static str,
    /// For developers; errors never hold a word of what was asked or answered.
    detail: String,
}

impl Trouble {
    fn new(code: &'static str, error: &dyn std::fmt::Debug) -> Self {
        Self { code, detail: format!("{error:?}") }
    }
}

impl Worker {
    pub(super) fn new(config: &Config, inbox: Inbox) -> Self {
        Self {
            config: config.clone(),
            inbox,
            client: None,
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
            Ask::Open(visit, evidence) => match self.client.clone() {
                Some(client) => {
                    let (closer, closed) = oneshot::channel();
                    self.visits.retain(|_, closer| !closer.is_closed());
                    self.visits.insert(visit, closer);
                    let tellers = (self.inbox.clone(), self.news.0.clone());
                    self.tasks.spawn(hold_visit(client, tellers, visit, evidence, closed));
                }
                None => self.withhold(visit, CentralFault::KioskRefused),
            },
            Ask::Close(visit) => drop(self.visits.remove(&visit)),
            Ask::Fetch(service) => match self.client.clone() {
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
        if self.client.is_none() {
            match Identity::load(&self.config.central.identity) {
                Ok(Some(identity)) => match Client::new(&self.config.central, &identity) {
                    Ok(client) => self.client = Some(client),
                    Err(error) => return self.told(Err(Trouble::new(error.code(), &error))),
                },
                Ok(None) => {
                    return self.enrol();
                }
                Err(error) => {
                    return self.told(Err(Trouble::new("IDENTITY-UNREADABLE", &error)));
                }
            }
        }
        if let Some(client) = self.client.clone() {
            self.fetch(client, Service::Complaints);
        }
    }

    fn enrol(&mut self) {
        let (config, news) = (self.config.clone(), self.news.0.clone());
        self.tasks.spawn(async move {
            let done = enrolment::enrol(&config).await;
            tell(&news, done.map_err(|error| Trouble::new(error.code(), &error)));
        });
    }

    fn fetch(&mut self, client: Client, service: Service) {
        let (inbox, news) = (self.inbox.clone(), self.news.0.clone());
        self.tasks.spawn(async move {
            let fetched = fetch(&client, service).await;
            let trouble = |error: &ClientError| Trouble::new(error.code(), error);
            tell(&news, fetched.as_ref().map(|_| ()).map_err(trouble));
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
            Ok(()) if self.client.is_none() => {
                tracing::info!(code = "ENROL-DONE", "the kiosk is enrolled");
                Some(Duration::ZERO)
            }
            Ok(()) => {
                self.told(Ok(()));
                self.pause = SOON;
                None
            }
            Err(trouble) => {
                self.told(Err(trouble));
                let pause = self.pause;
                self.pause = (pause * 2).min(LOOK);
                Some(pause)
            }
        }
    }

    /// Tells the session and the log how central is, when it changed.
    fn told(&mut self, news: News) {
        let state = news.as_ref().map(|()| ()).map_err(|trouble| trouble.code);
        if self.last.replace(state) == Some(state) {
            return;
        }
        let health = match news {
            Ok(()) => {
                tracing::info!(code = "CENTRAL-OK", "central answers");
                Health::Ok
            }
            Err(Trouble { code, detail }) => {
                tracing::warn!(code, detail, "central cannot be relied on");
                Health::Failed
            }
        };
        self.inbox.send(Event::Health(Device::Central, health));
    }
}

/// One visit from its opening to its end. What central released goes to the session at once; only the
/// token stays here.
async fn hold_visit(
    client: Client,
    (inbox, news): (Inbox, UnboundedSender<News>),
    visit: VisitId,
    evidence: Evidence,
    closed: oneshot::Receiver<()>,
) {
    let VisitOpened { token, level, applications, .. } = match client.open(evidence).await {
        Ok(opened) => opened,
        Err(error) => {
            let fault = error.fault();
            inbox.send(Event::Central(CentralEvent::Withheld { visit, fault }));
            let about_the_resident = matches!(
                fault,
                CentralFault::NotFound
                    | CentralFault::TooManyAttempts { .. }
                    | CentralFault::ReaderNotEnrolled
            );
            let trouble = Trouble::new(error.code(), &error);
            return tell(&news, if about_the_resident { Ok(()) } else { Err(trouble) });
        }
    };
    let token = Zeroizing::new(token);
    inbox.send(Event::Central(CentralEvent::Released { visit, level, applications }));
    tell(&news, Ok(()));
    // An error only says that the other end is gone, which means the same.
    closed.await.unwrap_or(());
    if let Err(error) = client.close(&token).await {
        tracing::info!(code = error.code(), "the visit is left to end by itself");
    }
}

/// Public content, if it changed.
async fn fetch(client: &Client, service: Service) -> Result<Option<PublicContent>, ClientError> {
    Ok(match service {
        Service::Policies => {
            client.changed::<Vec<PolicySummary>>("policies").await?.map(PublicContent::Policies)
        }
        Service::Notices => {
            client.changed::<Vec<Notice>>("notices").await?.map(PublicContent::Notices)
        }
        Service::Complaints | Service::Progress => {
            client.changed("hall").await?.map(PublicContent::Hall)
        }
    })
}

/// The worker outlives its tasks, or nobody needs to know any more.
fn tell(news: &UnboundedSender<News>, what: News) {
    if news.send(what).is_err() {
        tracing::debug!("central's thread has ended");
    }
}
