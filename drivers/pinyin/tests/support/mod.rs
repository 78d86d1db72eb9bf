//! Engines for tests: one at a time in a process, on data of its own.
#![expect(dead_code, reason = "not every test needs all of it")]

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pinyin_input::{Composed, Engine, EngineConfig, SHARED_DATA};
use tempfile::TempDir;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// An engine, its directory, and the right to have one.
pub(crate) struct Desk {
    pub(crate) engine: Engine,
    pub(crate) directory: TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let turn = turn();
        let directory = TempDir::new().expect("a directory");
        let engine = Engine::open(&config(directory.path())).expect("librime and its data");
        Self { engine, directory, _turn: turn }
    }

    /// Closes the engine; the directory stays as long as what is returned.
    pub(crate) fn close(self) -> TempDir {
        drop(self.engine);
        self.directory
    }

    pub(crate) fn compose(&mut self, letters: &str, picks: &[usize]) -> Composed {
        self.engine.compose(letters, picks).expect("letters and choices that exist")
    }

    /// Number of a candidate.
    pub(crate) fn find(&mut self, letters: &str, picks: &[usize], text: &str) -> usize {
        let composed = self.compose(letters, picks);
        let number = composed.candidates.iter().position(|candidate| **candidate == text);
        number.unwrap_or_else(|| panic!("{text} is not offered for {letters}"))
    }
}

pub(crate) fn turn() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn config(user_data: &Path) -> EngineConfig {
    EngineConfig { shared_data: SHARED_DATA.into(), user_data: user_data.to_owned() }
}
