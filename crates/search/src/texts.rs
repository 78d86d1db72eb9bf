//! The entries' texts as numbers of characters, one after the other.

use std::ops::Range;

use crate::Entry;
use crate::character::Character;
use crate::sounds::{Sounds, Syllable};

/// A number of a character that occurs in the texts.
pub(crate) type Symbol = u16;

/// Numbers there can be.
pub(crate) const SYMBOLS: usize = 1 << Symbol::BITS;

/// Nothing is found across it; also every character that has no number.
pub(crate) const BREAK: Symbol = 0;

/// A character of a name that is not shown.
pub(crate) const MASK: Symbol = 1;

/// Behind the last block with hanzi, CJK extension J (U+323B0 to U+33479).
const CODE_POINTS: usize = 0x33480;

/// Where a text is found.
#[derive(Clone, Copy)]
pub(crate) enum Field {
    Title,
    Also,
    Body,
}

impl Field {
    pub(crate) const COUNT: usize = 3;
    /// In falling rank.
    pub(crate) const ALL: [Self; Self::COUNT] = [Self::Title, Self::Also, Self::Body];
}

/// Where an entry's texts are.
pub(crate) struct Bounds {
    /// Where the fields begin, and the last ends.
    fields: [usize; Field::COUNT + 1],
    masked: bool,
}

impl Bounds {
    /// Whether a character is not shown.
    pub(crate) fn is_masked(&self) -> bool {
        self.masked
    }

    pub(crate) fn of(&self, field: Field) -> Range<usize> {
        let number = field as usize;
        self.fields[number]..self.fields[number + 1]
    }
}

/// The characters that occur, and what each can sound like.
pub(crate) struct Alphabet {
    /// By code point.
    symbols: Vec<Symbol>,
    syllables: Vec<Syllable>,
    /// Where in `syllables` those of a symbol begin; at last where the last ones end.
    begins: Vec<usize>,
}

impl Alphabet {
    fn new() -> Self {
        Self { symbols: vec![BREAK; CODE_POINTS], syllables: Vec::new(), begins: vec![0; 3] }
    }

    /// How many symbols there are.
    pub(crate) fn count(&self) -> usize {
        self.begins.len() - 1
    }

    /// The number of a character, if it occurs.
    pub(crate) fn symbol(&self, c: char) -> Option<Symbol> {
        self.symbols.get(c as usize).copied().filter(|&symbol| symbol != BREAK)
    }

    /// What a character can sound like, most often first; nothing unless it is a hanzi.
    pub(crate) fn syllables(&self, symbol: Symbol) -> &[Syllable] {
        let symbol = usize::from(symbol);
        &self.syllables[self.begins[symbol]..self.begins[symbol + 1]]
    }

    fn symbol_or_new(&mut self, c: char, sounds: &Sounds) -> Symbol {
        if let Some(symbol) = self.symbol(c) {
            return symbol;
        }
        let free = Symbol::try_from(self.count());
        let (Some(place), Ok(symbol)) = (self.symbols.get_mut(c as usize), free) else {
            return BREAK;
        };
        *place = symbol;
        let known = self.syllables.len();
        for syllable in sounds.of(c) {
            if !self.syllables[known..].contains(&syllable) {
                self.syllables.push(syllable);
            }
        }
        self.begins.push(self.syllables.len());
        symbol
    }
}

/// All texts of all entries.
pub(crate) struct Texts {
    symbols: Vec<Symbol>,
    entries: Vec<Bounds>,
    alphabet: Alphabet,
}

impl Texts {
    pub(crate) fn new<'a>(entries: impl IntoIterator<Item = Entry<'a>>, sounds: &Sounds) -> Self {
        let mut texts =
            Self { symbols: Vec::new(), entries: Vec::new(), alphabet: Alphabet::new() };
        for Entry { title, also, body } in entries {
            let title_at = texts.symbols.len();
            texts.push(title, sounds);
            let also_at = texts.symbols.len();
            for name in also {
                texts.push(name, sounds);
                texts.symbols.push(BREAK);
            }
            let body_at = texts.symbols.len();
            texts.push(body, sounds);
            let fields = [title_at, also_at, body_at, texts.symbols.len()];
            let masked = texts.symbols[title_at..].contains(&MASK);
            texts.entries.push(Bounds { fields, masked });
        }
        texts
    }

    fn push(&mut self, text: &str, sounds: &Sounds) {
        for c in text.chars() {
            let symbol = match Character::of(c) {
                Character::Written(c) => self.alphabet.symbol_or_new(c, sounds),
                Character::Mask => MASK,
                Character::Break => BREAK,
                Character::Nothing => continue,
            };
            self.symbols.push(symbol);
        }
    }

    pub(crate) fn entries(&self) -> &[Bounds] {
        &self.entries
    }

    pub(crate) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    pub(crate) fn symbols(&self, range: Range<usize>) -> &[Symbol] {
        &self.symbols[range]
    }
}
