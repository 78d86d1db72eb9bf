//! A receipt as a document: what it says, not how a printer is told.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A document of blocks, printed top to bottom. Wiped when dropped; `Debug` shows only its size.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Receipt {
    pub(crate) blocks: Vec<Block>,
}

/// A part of a receipt.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub enum Block {
    /// Centred, double size.
    Title(String),
    /// Bold, at the left.
    Heading(String),
    /// A paragraph, wrapped.
    Line(String),
    /// A label at the left, its value at the right; a long value takes lines of its own.
    Pair(String, String),
    /// A line across.
    Rule,
    /// A QR code of ASCII text, centred.
    Qr(String),
    /// Blank lines.
    Feed(u8),
}

impl Receipt {
    /// An empty receipt.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a centred title in double size.
    #[must_use]
    pub fn title(self, text: impl Into<String>) -> Self {
        self.with(Block::Title(text.into()))
    }

    /// Adds a bold line.
    #[must_use]
    pub fn heading(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(text.into()))
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn line(self, text: impl Into<String>) -> Self {
        self.with(Block::Line(text.into()))
    }

    /// Adds a label and its value.
    #[must_use]
    pub fn pair(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(Block::Pair(label.into(), value.into()))
    }

    /// Adds a line across.
    #[must_use]
    pub fn rule(self) -> Self {
        self.with(Block::Rule)
    }

    /// Adds a QR code.
    #[must_use]
    pub fn qr(self, text: impl Into<String>) -> Self {
        self.with(Block::Qr(text.into()))
    }

    /// Adds blank lines.
    #[must_use]
    pub fn feed(self, lines: u8) -> Self {
        self.with(Block::Feed(lines))
    }

    fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receipt({} blocks)", self.blocks.len())
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Block(..)")
    }
}
