//! A word of a query, made ready to be compared with texts.
//!
//! The places in the word that a text has come to are the bits of a `u64`; a character of the text leads
//! from one set of places to the next, as its number or any of its syllables allow.

use crate::rank::{LEAST, Tier};
use crate::scout::{Scout, Sight};
use crate::sounds::Sounds;
use crate::steps::{Step, Steps};
use crate::texts::{Alphabet, Field, MASK, Symbol};

/// A word of a query.
pub(crate) struct Pattern {
    /// The place behind the last character.
    end: u64,
    /// Bits of the tiers in which the word can be in a text at all, by field.
    tiers: [u8; Field::COUNT],
    /// Places at which a symbol stands as written, by symbol.
    written: Vec<u64>,
    steps: Steps,
    /// For titles and other names, and for bodies.
    scouts: [Scout; 2],
}

impl Pattern {
    /// `word` has 1 to [`crate::QUERY_MAX`] characters.
    pub(crate) fn new(word: &[char], sounds: &Sounds, alphabet: &Alphabet) -> Self {
        let end = 1 << word.len();
        let mut written = vec![0; alphabet.count()];
        for (place, &c) in word.iter().enumerate() {
            if let Some(symbol) = alphabet.symbol(c) {
                written[usize::from(symbol)] |= 1 << place;
            }
        }
        let steps = Steps::new(word, sounds);
        // No character of a text is less than one of the word.
        let tiers = LEAST.map(|least| {
            let possible =
                Tier::FALLING.into_iter().filter(|&tier| least[tier as usize] <= word.len());
            possible.fold(0, |bits, tier| bits | tier.bit())
        });
        let scouts = [Field::Title, Field::Body].map(|field| {
            let heard = steps.sights(tiers[field as usize], end);
            let as_written = |symbol: Symbol| Sight::of_written(written[usize::from(symbol)], end);
            Scout::new(alphabet, &heard, as_written)
        });
        Self { end, tiers, written, steps, scouts }
    }

    /// Bits of the tiers in which the word can be in a text of the field at all.
    pub(crate) fn tiers(&self, field: Field) -> u8 {
        self.tiers[field as usize]
    }

    /// The best of the wanted tiers in which the word is in the text of a field, with the first place;
    /// `wanted` are bits of tiers.
    pub(crate) fn best_in(
        &self,
        text: &[Symbol],
        alphabet: &Alphabet,
        mut wanted: u8,
        field: Field,
    ) -> Option<(Tier, usize)> {
        let least = &LEAST[field as usize];
        let mut best = None;
        let [of_names, of_bodies] = &self.scouts;
        let scout = if matches!(field, Field::Body) { of_bodies } else { of_names };
        scout.visit(text, |place| {
            let fits = |tier: &Tier| {
                wanted & tier.bit() != 0
                    && self.is_at(*tier, &text[place..], alphabet, least[*tier as usize])
            };
            if let Some(tier) = Tier::FALLING.iter().find(|tier| fits(tier)) {
                best = Some((*tier, place));
                wanted &= tier.bit() - 1;
            }
            wanted != 0
        });
        best
    }

    /// Whether the text begins with the word, in at least so many characters of the text.
    fn is_at(&self, tier: Tier, text: &[Symbol], alphabet: &Alphabet, least: usize) -> bool {
        let steps = self.steps.of(tier);
        let mut places = 1;
        for (taken, &symbol) in (1..).zip(text) {
            let mut next = (places & self.written[usize::from(symbol)]) << 1;
            let mut ended = false;
            let mut take = |step: &Step| {
                let (reached, within) = step.lead(places);
                next |= reached;
                ended |= within;
            };
            let heard = alphabet.syllables(symbol);
            let heard = if tier == Tier::Sound { &heard[..heard.len().min(1)] } else { heard };
            for &syllable in heard {
                if let Some(step) = steps.get(usize::from(syllable)) {
                    take(step);
                }
            }
            if symbol == MASK {
                if tier == Tier::Hidden {
                    take(self.steps.hidden());
                }
                next |= places;
            }
            ended |= next & self.end != 0;
            if ended && taken >= least {
                return true;
            }
            places = next & !self.end;
            if places == 0 {
                return false;
            }
        }
        false
    }
}
