//! Letters and choices to candidates and text; checks what goes in, knows no pointers.

use std::ffi::{CStr, CString};
use std::fmt;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::EngineConfig;
use crate::data;
use crate::ffi::{Directories, Rime, StartFault, scrub_stack};

/// Most letters of one composition, apostrophes counted: some twenty characters.
pub const MAX_LETTERS: usize = 64;

/// Most candidates offered at once: `yi`, the fullest syllable, has 312 characters.
pub const MAX_CANDIDATES: usize = 320;

const SCHEMA: &CStr = c"pinyin_input";

/// Why there is no answer. Tells nothing of what was typed but its length and places in it.
#[derive(Debug, thiserror::Error)]
pub enum PinyinError {
    /// Another engine is open in this process; librime has one state for all.
    #[error("another pinyin engine is open in this process")]
    AlreadyOpen,
    /// The library lacks functions that version 1.8.5 has.
    #[error("librime is too old")]
    Library,
    /// A directory's name has a zero byte.
    #[error("{} cannot be the name of a directory", .0.display())]
    Name(PathBuf),
    /// Dictionary or spelling rules of `pinyin_simp` are missing.
    #[error("no pinyin_simp data in {}", .0.display())]
    Dictionary(PathBuf, #[source] io::Error),
    /// The engine's own directory cannot be written.
    #[error("cannot write to {}", .0.display())]
    Write(PathBuf, #[source] io::Error),
    /// librime could not make its tables in the engine's own directory.
    #[error("librime cannot prepare {}", .0.display())]
    Deploy(PathBuf),
    /// librime does not start with what it made.
    #[error("librime does not take letters")]
    Session,
    /// The program is linked so that freed memory cannot be overwritten.
    #[error("memory freed by librime is not overwritten")]
    Wiping,
    /// Neither a small Latin letter nor an apostrophe after one.
    #[error("character {at} is not a letter that can be typed here")]
    Letter {
        /// Which byte, from 0.
        at: usize,
    },
    /// More than [`MAX_LETTERS`].
    #[error("more than {MAX_LETTERS} letters")]
    TooLong,
    /// A choice that was not offered.
    #[error("choice {turn} was not offered")]
    Choice {
        /// Which of the choices, from 0.
        turn: usize,
    },
}

/// What letters and choices mean so far. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// The text, once every letter is used up.
    pub done: Option<Zeroizing<String>>,
    /// What was taken so far and the letters still open, syllables apart, as they are shown.
    pub shown: Zeroizing<String>,
    /// What the open letters, or the first of them, may mean; likeliest first, each once, at most
    /// [`MAX_CANDIDATES`]. None if no syllable begins like the letters.
    pub candidates: Vec<Zeroizing<String>>,
}

impl fmt::Debug for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Composed(..)")
    }
}

/// An open engine. One in a process, on the thread that opened it.
pub struct Engine {
    rime: Rime,
    /// What librime has in hand; none if that is not known.
    open: Option<Open>,
}

/// Letters typed and choices made.
struct Open {
    letters: Zeroizing<String>,
    picks: Zeroizing<Vec<usize>>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine(..)")
    }
}

impl Engine {
    /// Starts librime; the first time with this data, or after a change of it, makes its tables.
    ///
    /// # Errors
    ///
    /// Another engine is open, data are missing, the directory cannot be written, or librime fails.
    pub fn open(config: &EngineConfig) -> Result<Self, PinyinError> {
        let user = &config.user_data;
        let state = data::state(&config.shared_data)
            .map_err(|source| PinyinError::Dictionary(config.shared_data.clone(), source))?;
        let directories = Directories { shared: name(&config.shared_data)?, user: name(user)? };
        let mut rime = Rime::start(directories).map_err(|fault| match fault {
            StartFault::Taken => PinyinError::AlreadyOpen,
            StartFault::Library => PinyinError::Library,
        })?;
        if !data::is_current(user, &state) || !rime.ready(SCHEMA) {
            let write = |source| PinyinError::Write(user.clone(), source);
            data::begin(user).map_err(write)?;
            if !rime.deploy() {
                return Err(PinyinError::Deploy(user.clone()));
            }
            if !rime.ready(SCHEMA) {
                return Err(PinyinError::Session);
            }
            data::finish(user, &state).map_err(write)?;
        }
        Ok(Self { rime, open: None })
    }

    /// What `letters` (a-z and `'`) mean after candidate `picks[0]` was taken, then `picks[1]` of
    /// those offered next, and so on. The answer depends on nothing else.
    ///
    /// A choice numbers what is offered for all of the letters: with more letters it may mean
    /// another candidate, so letters are best changed while nothing is chosen. One letter or choice
    /// more costs about half a millisecond, any other change that much for every letter.
    ///
    /// # Errors
    ///
    /// Letters that cannot be typed, too many of them, or a choice that is not offered.
    pub fn compose(&mut self, letters: &str, picks: &[usize]) -> Result<Composed, PinyinError> {
        let composed = self.bring_to(letters, picks);
        scrub_stack();
        composed
    }

    /// Forgets all that was typed: librime's session, with its record of what was written, is freed.
    /// Only [`crate::wipe_freed_memory`], called before, makes that overwrite it.
    pub fn forget(&mut self) {
        self.open = None;
        self.rime.clear();
        self.rime.renew();
        scrub_stack();
    }

    #[inline(never)]
    fn bring_to(&mut self, letters: &str, picks: &[usize]) -> Result<Composed, PinyinError> {
        check(letters)?;
        let (typed, picked) = self.go_back_to(letters, picks);
        for (at, letter) in letters.bytes().enumerate().skip(typed) {
            if !self.rime.press(letter) {
                return Err(PinyinError::Letter { at });
            }
        }
        let mut done = None;
        for (turn, &pick) in picks.iter().enumerate().skip(picked) {
            if done.is_some() || pick >= MAX_CANDIDATES || !self.rime.choose(pick) {
                return Err(PinyinError::Choice { turn });
            }
            done = self.rime.take_commit();
        }
        if let Some(text) = done {
            return Ok(Composed { shown: text.clone(), done: Some(text), candidates: Vec::new() });
        }
        let mut kept = Zeroizing::new(String::with_capacity(MAX_LETTERS));
        kept.push_str(letters);
        self.open = Some(Open { letters: kept, picks: Zeroizing::new(picks.to_vec()) });
        let shown = self.rime.preedit();
        Ok(Composed { done: None, shown, candidates: self.rime.candidates(MAX_CANDIDATES) })
    }

    /// Takes back what does not lead there; says how many letters and choices are in place.
    ///
    /// A letter costs librime about as much as a whole answer, so typing goes on where it was.
    fn go_back_to(&mut self, letters: &str, picks: &[usize]) -> (usize, usize) {
        if let Some(open) = self.open.take() {
            if *open.letters == letters && picks.starts_with(&open.picks) {
                return (letters.len(), open.picks.len());
            }
            let common = letters.bytes().zip(open.letters.bytes()).take_while(|(a, b)| a == b);
            let common = common.count();
            let excess = open.letters.len() - common;
            if open.picks.is_empty() && excess < common && self.rime.erase(excess) {
                return (common, 0);
            }
        }
        self.rime.clear();
        (0, 0)
    }
}

fn check(letters: &str) -> Result<(), PinyinError> {
    if letters.len() > MAX_LETTERS {
        return Err(PinyinError::TooLong);
    }
    match letters.bytes().position(|byte| !matches!(byte, b'a'..=b'z' | b'\'')) {
        Some(at) => Err(PinyinError::Letter { at }),
        None => Ok(()),
    }
}

fn name(directory: &Path) -> Result<CString, PinyinError> {
    CString::new(directory.as_os_str().as_bytes())
        .map_err(|_| PinyinError::Name(directory.to_owned()))
}
