//! Typed text that nobody may keep.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A short typed text of bounded length, on the heap, wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret {
    text: String,
    limit: usize,
}

impl Secret {
    /// An empty text that takes up to `limit` ASCII characters without ever moving in memory.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { text: String::with_capacity(limit), limit }
    }

    /// Appends a character; ignored when full or not ASCII.
    pub fn push(&mut self, c: char) {
        if c.is_ascii() && self.text.len() < self.limit {
            self.text.push(c);
        }
    }

    /// Removes the last character.
    pub fn pop(&mut self) {
        self.text.pop();
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.text.zeroize();
        self.text.reserve_exact(self.limit);
    }

    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether no more fits.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.len() == self.limit
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
