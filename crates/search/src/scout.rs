//! Finds the few places in a text where a word may begin, from two characters each and without a branch:
//! a branch that is taken now and then is what costs most in a long text.

use crate::sounds::LONGEST;
use crate::texts::{Alphabet, MASK, SYMBOLS, Symbol};

/// Characters looked at between two visits: the bits of a `u64`.
const BLOCK: usize = 64;

/// The word may end with its first character.
const ENDS: u8 = 1 << LONGEST;

/// What can be said of a character without following the text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sight {
    /// Places 1 to [`LONGEST`] to which it leads as the first character, and [`ENDS`].
    first: u8,
    /// Places 1 to [`LONGEST`] from which it goes on as the second, and always [`ENDS`].
    second: u8,
}

impl Sight {
    /// Of what leads to `next` as the first character, and on from the `possible` places as a later one.
    pub(crate) fn new(next: u64, possible: u64, end: u64) -> Self {
        let ends = if next & end == 0 { 0 } else { ENDS };
        Self { first: near(next) | ends, second: near(possible) | ENDS }
    }

    /// Of what stands as written at these places.
    pub(crate) fn of_written(places: u64, end: u64) -> Self {
        Self::new((places & 1) << 1, places, end)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.first |= other.first;
        self.second |= other.second;
    }
}

/// Places 1 to [`LONGEST`] from bit 0 on.
fn near(places: u64) -> u8 {
    let [lowest, ..] = (places >> 1).to_le_bytes();
    lowest & (ENDS - 1)
}

/// Knows for one word what every symbol looks like.
pub(crate) struct Scout(Box<[Sight; SYMBOLS]>);

impl Scout {
    /// `heard` by syllable.
    pub(crate) fn new(
        alphabet: &Alphabet,
        heard: &[Sight],
        as_written: impl Fn(Symbol) -> Sight,
    ) -> Self {
        let mut sights = Box::new([Sight::default(); SYMBOLS]);
        for (symbol, sight) in (0..=Symbol::MAX).zip(sights.iter_mut()).take(alphabet.count()) {
            *sight = as_written(symbol);
            for &syllable in alphabet.syllables(symbol) {
                sight.add(heard[usize::from(syllable)]);
            }
        }
        sights[usize::from(MASK)] = Sight { first: 0, second: u8::MAX };
        Self(sights)
    }

    /// Shows the places where the word may begin, in order, until `on` says no.
    pub(crate) fn visit(&self, text: &[Symbol], mut on: impl FnMut(usize) -> bool) {
        let mut first = 0;
        for (number, block) in text.chunks(BLOCK).enumerate() {
            let mut hits = 0_u64;
            for (bit, &symbol) in block.iter().enumerate() {
                let sight = self.0[usize::from(symbol)];
                hits |= u64::from(first & sight.second != 0) << bit;
                first = sight.first;
            }
            while hits != 0 {
                // The hit is the second character.
                if !on(number * BLOCK + hits.trailing_zeros() as usize - 1) {
                    return;
                }
                hits &= hits - 1;
            }
        }
        if first & ENDS != 0 {
            on(text.len() - 1);
        }
    }
}
