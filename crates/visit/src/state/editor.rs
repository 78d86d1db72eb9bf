//! A text being written with pinyin, letters and signs. Knows no dictionary: what letters mean comes
//! back as an event.

use zeroize::{Zeroize, Zeroizing};

use crate::event::{Composed, Key, Typing};

/// Most letters of one composition.
const LETTERS_MAX: usize = 48;

/// Most letters held back while the dictionary has not said what a pick left open.
const HELD_MAX: usize = 8;

/// A text and the letters still open behind it.
pub(crate) struct Editor {
    text: Zeroizing<String>,
    limit: usize,
    many_lines: bool,
    typing: Typing,
    composed: Option<Composed>,
    held: Zeroizing<String>,
}

impl Editor {
    /// An empty text of up to `limit` characters, whose memory never moves.
    pub(crate) fn new(limit: usize, many_lines: bool) -> Self {
        Self {
            text: Zeroizing::new(String::with_capacity(limit * 4)),
            limit,
            many_lines,
            typing: Typing {
                turn: 0,
                letters: Zeroizing::new(String::with_capacity(LETTERS_MAX)),
                picks: Vec::new(),
            },
            composed: None,
            held: Zeroizing::new(String::with_capacity(HELD_MAX)),
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces the text by as much of `text` as fits.
    pub(crate) fn set(&mut self, text: &str) {
        self.forget_letters();
        self.text.zeroize();
        self.text.reserve_exact(self.limit * 4);
        text.chars().take(self.limit).for_each(|c| self.push(c));
    }

    /// What is open, as it is shown behind the text.
    pub(crate) fn open(&self) -> &str {
        self.current().map_or(&self.typing.letters, |of| &of.shown)
    }

    /// What the open letters may mean; also while an answer is on its way.
    pub(crate) fn candidates(&self) -> &[Zeroizing<String>] {
        match &self.composed {
            Some(composed) if !self.typing.letters.is_empty() => &composed.candidates,
            _ => &[],
        }
    }

    /// Characters that still fit.
    pub(crate) fn left(&self) -> usize {
        self.limit - self.text.chars().count().min(self.limit)
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes a key; a question for the dictionary comes back if letters are open.
    pub(crate) fn key(&mut self, key: Key, turn: u64) -> Option<Typing> {
        let pick_is_open = !self.typing.picks.is_empty() && self.current().is_none();
        match key {
            Key::Letter(c) if !is_letter(c) => None,
            Key::Letter(c) if pick_is_open => {
                if self.held.len() < HELD_MAX {
                    self.held.push(c);
                }
                None
            }
            Key::Letter(c) => {
                self.keep_what_was_picked();
                if self.typing.letters.len() < LETTERS_MAX && self.left() > 0 {
                    self.typing.letters.push(c);
                }
                self.ask(turn)
            }
            Key::Character(c) if self.typing.letters.is_empty() => {
                self.push(c);
                None
            }
            // The space takes the likeliest; where there is none it is a space.
            Key::Character(' ') if self.offers() => self.pick(0, turn),
            Key::Character(c) => {
                self.settle();
                self.push(c);
                None
            }
            Key::Erase if self.held.pop().is_some() => None,
            Key::Erase if self.typing.letters.is_empty() => {
                self.text.pop();
                None
            }
            Key::Erase => {
                if self.typing.picks.pop().is_none() {
                    self.typing.letters.pop();
                }
                self.ask(turn)
            }
            Key::Clear => {
                self.forget_letters();
                self.text.zeroize();
                self.text.reserve_exact(self.limit * 4);
                None
            }
        }
    }

    /// The answer to the letters as they are now; a late one offers what nobody can see any more.
    fn current(&self) -> Option<&Composed> {
        self.composed.as_ref().filter(|of| of.turn == self.typing.turn)
    }

    fn offers(&self) -> bool {
        self.current().is_some_and(|of| !of.candidates.is_empty())
    }

    /// Takes the n-th candidate.
    pub(crate) fn pick(&mut self, index: usize, turn: u64) -> Option<Typing> {
        if index >= self.current()?.candidates.len() {
            return None;
        }
        self.typing.picks.push(index);
        self.ask(turn)
    }

    /// Takes in the dictionary's answer, then the letters that waited for it; they may ask again.
    pub(crate) fn composed(&mut self, composed: Composed, turn: u64) -> Option<Typing> {
        if composed.turn != self.typing.turn || self.typing.letters.is_empty() {
            return None;
        }
        let held = std::mem::replace(&mut self.held, Zeroizing::new(String::new()));
        self.held.reserve_exact(HELD_MAX);
        match &composed.done {
            Some(done) => {
                let done = done.clone();
                self.forget_letters();
                done.chars().for_each(|c| self.push(c));
            }
            None => self.composed = Some(composed),
        }
        held.chars().filter_map(|c| self.key(Key::Letter(c), turn)).last()
    }

    /// Ends the composition with what stands there: what was taken, then the likeliest for the open
    /// letters, or the letters where nothing is known of them.
    pub(crate) fn settle(&mut self) {
        let likeliest = self.current().and_then(|of| of.candidates.first().cloned());
        self.keep_what_was_picked();
        let open = Zeroizing::new(self.typing.letters.as_str().to_owned());
        let held = Zeroizing::new(self.held.as_str().to_owned());
        self.forget_letters();
        let settled = likeliest.filter(|_| !open.is_empty()).unwrap_or(open);
        settled.chars().chain(held.chars()).for_each(|c| self.push(c));
    }

    /// Picks number what was offered for these letters; before more letters come, what was taken
    /// becomes text.
    fn keep_what_was_picked(&mut self) {
        if self.typing.picks.is_empty() {
            return;
        }
        let current = self.composed.take().filter(|composed| composed.turn == self.typing.turn);
        self.typing.picks.clear();
        let Some(composed) = current else { return };
        let open = composed.shown.find(|c: char| c.is_ascii_lowercase());
        let (taken, open) = composed.shown.split_at(open.unwrap_or(composed.shown.len()));
        taken.chars().filter(|c| !c.is_ascii()).for_each(|c| self.push(c));
        self.typing.letters.zeroize();
        self.typing.letters.reserve_exact(LETTERS_MAX);
        self.typing.letters.extend(open.chars().filter(|c| c.is_ascii_lowercase()));
    }

    fn ask(&mut self, turn: u64) -> Option<Typing> {
        if self.typing.letters.is_empty() {
            self.forget_letters();
            return None;
        }
        self.typing.turn = turn;
        Some(self.typing.clone())
    }

    fn forget_letters(&mut self) {
        self.typing.letters.zeroize();
        self.typing.letters.reserve_exact(LETTERS_MAX);
        self.typing.picks.clear();
        self.composed = None;
        self.held.zeroize();
    }

    fn push(&mut self, c: char) {
        let fits = !c.is_control() || (c == '\n' && self.many_lines);
        if fits && self.left() > 0 {
            self.text.push(c);
        }
    }
}

/// A letter of pinyin, or the mark between two syllables.
const fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c == '\''
}
