//! The pinyin engine's thread: letters in, what they may mean out. Without an engine letters stay
//! letters.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use kiosk_config::Store;
use pinyin_input::{Engine, EngineConfig, PinyinError, SHARED_DATA};
use visit::{Composed, Event, Typing};

use crate::error::AppError;
use crate::inbox::Inbox;

/// What the engine makes of its dictionary, in the kiosk's directory.
const DIRECTORY: &str = "pinyin";
/// What the engine cannot do without.
const DICTIONARY: &str = "pinyin_simp.dict.yaml";

/// The engine is opened when the kiosk has been up for so long, or when somebody writes before. The
/// first time with a new dictionary that takes seconds.
const SETTLED: Duration = Duration::from_secs(30);
/// Free space without which the engine is not opened, in bytes; it needs a tenth of it.
const ROOM: u64 = 1 << 20;
/// Longest wait for the engine to be put away.
const FAREWELL: Duration = Duration::from_secs(5);

/// Where letters are handed in.
pub(crate) struct Pinyin {
    jobs: Sender<Job>,
    ended: Receiver<()>,
}

enum Job {
    Compose(Typing),
    Forget,
}

impl Pinyin {
    /// Starts the thread.
    pub(crate) fn start(store: &Store, inbox: &Inbox) -> Result<Self, AppError> {
        let (jobs, received) = channel();
        let (ending, ended) = channel();
        let user_data = store.directory.join(DIRECTORY);
        let config = EngineConfig { shared_data: SHARED_DATA.into(), user_data };
        let inbox = inbox.clone();
        let guard = inbox.guard("pinyin");
        let run = move || {
            let _ending: Sender<()> = ending;
            let _guard = guard;
            Worker { config, engine: None, inbox }.run(&received);
        };
        let thread = std::thread::Builder::new().name("pinyin".to_owned()).spawn(run);
        thread.map(drop).map_err(AppError::Thread)?;
        Ok(Self { jobs, ended })
    }

    /// What letters mean; the answer is an event.
    pub(crate) fn compose(&self, typing: Typing) {
        self.tell(Job::Compose(typing));
    }

    /// Whoever wrote has gone.
    pub(crate) fn forget(&self) {
        self.tell(Job::Forget);
    }

    /// Ends the engine and waits for it, for a moment.
    pub(crate) fn stop(self) {
        drop(self.jobs);
        if self.ended.recv_timeout(FAREWELL) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!(code = "PINYIN-FAREWELL", "the pinyin engine does not end");
        }
    }

    fn tell(&self, job: Job) {
        if self.jobs.send(job).is_err() {
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
        match jobs.recv_timeout(SETTLED) {
            Ok(job) => self.take(&job),
            Err(RecvTimeoutError::Timeout) => drop(self.engine()),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        while let Ok(job) = jobs.recv() {
            self.take(&job);
        }
    }

    fn take(&mut self, job: &Job) {
        match job {
            Job::Compose(typing) => {
                let composed = self.compose(typing);
                self.inbox.send(Event::Composed(composed));
            }
            Job::Forget => {
                if let Some(Ok(engine)) = &mut self.engine {
                    engine.forget();
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
    if is_full(&config.user_data) {
        tracing::error!(code = "PINYIN-DISK", "no room: residents can type letters only");
        return Err(());
    }
    let opened: Result<Engine, PinyinError> =
        pinyin_input::wipe_freed_memory().and_then(|()| Engine::open(config));
    opened.map_err(|error| {
        tracing::error!(code = "PINYIN-MISSING", ?error, "residents can type letters only");
    })
}

/// librime writes through mapped memory: on a full disk that would end the whole kiosk.
fn is_full(user_data: &Path) -> bool {
    let disk = user_data.ancestors().find_map(|directory| rustix::fs::statvfs(directory).ok());
    disk.is_none_or(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < ROOM)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inbox::{Mail, Message, channel};

    fn composed(mail: &Mail) -> Composed {
        match mail.0.recv().expect("an answer") {
            Message::Event(Event::Composed(composed)) => composed,
            other => panic!("{other:?}"),
        }
    }

    fn typing(turn: u64, letters: &str, picks: &[usize]) -> Typing {
        Typing { turn, letters: letters.to_owned().into(), picks: picks.to_vec() }
    }

    /// One test only: a process has one engine.
    #[test]
    fn letters_become_text_and_what_cannot_be_read_stays_letters() {
        let home = tempfile::tempdir().expect("writable");
        let store = Store { directory: home.path().to_owned(), ..Store::default() };
        let (inbox, mail) = channel();
        let pinyin = Pinyin::start(&store, &inbox).expect("a thread");
        pinyin.compose(typing(1, "nihao", &[]));
        let answer = composed(&mail);
        assert_eq!((answer.turn, answer.done.is_none()), (1, true));
        let place = answer.candidates.iter().position(|text| text.as_str() == "你好");
        pinyin.forget();
        pinyin.compose(typing(2, "nihao", &[place.expect("offered")]));
        let answer = composed(&mail);
        assert_eq!(answer.done.as_ref().map(|text| text.as_str()), Some("你好"));
        // What the engine does not take is answered, too.
        pinyin.compose(typing(3, "NI", &[]));
        let answer = composed(&mail);
        assert_eq!((answer.turn, answer.shown.as_str()), (3, "NI"));
        assert!(answer.candidates.is_empty() && answer.done.is_none());
        // A second kiosk in this process has no engine, and serves all the same.
        let (other, its_mail) = channel();
        let second = Pinyin::start(&store, &other).expect("a thread");
        second.compose(typing(4, "nihao", &[]));
        assert_eq!(composed(&its_mail).shown.as_str(), "nihao");
        second.stop();
        pinyin.stop();
        assert!(home.path().join(DIRECTORY).is_dir());
    }
}
