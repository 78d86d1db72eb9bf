//! The pinyin engine's thread: letters in, what they may mean out. Without an engine letters stay
//! letters.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

use kiosk_config::Store;
use pinyin_input::{Engine, EngineConfig, PinyinError, SHARED_DATA};
use visit::{Composed, Event, Typing};

use crate::error::AppError;
use crate::inbox::Inbox;

/// What the engine makes of its dictionary, in the kiosk's directory.
const DIRECTORY: &str = "pinyin";
/// What the engine cannot do without.
const DICTIONARY: &str = "pinyin_simp.dict.yaml";

/// Where letters are handed in. Dropping it ends the engine.
pub(crate) struct Pinyin(Sender<Job>);

enum Job {
    WarmUp,
    Compose(Typing),
    Forget,
}

impl Pinyin {
    /// Starts the thread; the engine itself is opened when somebody is about to write.
    pub(crate) fn start(store: &Store, inbox: &Inbox) -> Result<Self, AppError> {
        let (jobs, received) = channel();
        let user_data = store.directory.join(DIRECTORY);
        let config = EngineConfig { shared_data: SHARED_DATA.into(), user_data };
        let inbox = inbox.clone();
        let guard = inbox.guard("pinyin");
        let run = move || {
            let _guard = guard;
            Worker { config, engine: None, inbox }.run(&received);
        };
        let thread = std::thread::Builder::new().name("pinyin".to_owned()).spawn(run);
        thread.map(drop).map_err(AppError::Thread)?;
        Ok(Self(jobs))
    }

    /// Somebody may write soon. The first time with a new dictionary takes a few seconds.
    pub(crate) fn warm_up(&self) {
        self.tell(Job::WarmUp);
    }

    /// What letters mean; the answer is an event.
    pub(crate) fn compose(&self, typing: Typing) {
        self.tell(Job::Compose(typing));
    }

    /// Whoever wrote has gone.
    pub(crate) fn forget(&self) {
        self.tell(Job::Forget);
    }

    fn tell(&self, job: Job) {
        if self.0.send(job).is_err() {
            tracing::error!(code = "PINYIN-THREAD", "the pinyin thread has ended");
        }
    }
}

struct Worker {
    config: EngineConfig,
    /// None before it was needed; an error if it cannot be had.
    engine: Option<Result<Engine, ()>>,
    inbox: Inbox,
}

impl Worker {
    fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            match job {
                Job::WarmUp => drop(self.engine()),
                Job::Compose(typing) => {
                    let composed = self.compose(&typing);
                    self.inbox.send(Event::Composed(composed));
                }
                Job::Forget => {
                    if let Some(Ok(engine)) = &mut self.engine {
                        engine.forget();
                    }
                }
            }
        }
    }

    fn compose(&mut self, typing: &Typing) -> Composed {
        let composed = self.engine().map(|engine| engine.compose(&typing.letters, &typing.picks));
        match composed {
            Some(Ok(pinyin_input::Composed { done, shown, candidates })) => {
                Composed { turn: typing.turn, done, shown, candidates }
            }
            Some(Err(error)) => {
                // It tells places, never letters.
                tracing::warn!(code = "PINYIN-FAILED", %error, "letters stay letters");
                unread(typing)
            }
            None => unread(typing),
        }
    }

    fn engine(&mut self) -> Option<&mut Engine> {
        let config = &self.config;
        self.engine.get_or_insert_with(|| open(config)).as_mut().ok()
    }
}

/// Opens the engine, and says once if there is none.
fn open(config: &EngineConfig) -> Result<Engine, ()> {
    let opened: Result<Engine, PinyinError> =
        pinyin_input::wipe_freed_memory().and_then(|()| Engine::open(config));
    opened.map_err(|error| {
        tracing::error!(code = "PINYIN-MISSING", ?error, "residents can type letters only");
    })
}

/// Letters that mean nothing but themselves.
fn unread(typing: &Typing) -> Composed {
    let shown = typing.letters.clone();
    Composed { turn: typing.turn, done: None, shown, candidates: Vec::new() }
}

/// Whether the dictionary is there, for `kiosk diagnose`; an error names what is missing.
pub(crate) fn dictionary() -> Result<(), String> {
    let path = Path::new(SHARED_DATA).join(DICTIONARY);
    if path.is_file() { Ok(()) } else { Err(format!("{} is missing", path.display())) }
}
