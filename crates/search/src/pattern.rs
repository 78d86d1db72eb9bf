//! A word of a query, made ready to be compared with texts.
//!
//! The places in the word that a text has come to are the bits of a `u64`; a character of the text leads
//! from one set of places to the next, as its number or any of its syllables allow.

use crate::rank::Tier;
use crate::sounds::{LONGEST, Sounds};
use crate::texts::{Alphabet, MASK, Symbol};

/// Letters from which on the beginning of a syllable may be a confused one: nearly any text has a
/// syllable that begins with a given letter or its neighbour.
const CONFUSED_BEGINNING_MIN: usize = 2;

/// What a syllable does with the places in the word.
#[derive(Clone, Copy, Default)]
struct Step {
    /// Places from which it is `[n]` plus one characters of the word.
    takes: [u64; LONGEST],
    /// Places from which the word ends within it.
    ends: u64,
}

impl Step {
    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.takes.iter_mut().zip(other.takes) {
            *mine |= theirs;
        }
        self.ends |= other.ends;
    }

    /// Where it leads from these places, and whether the word ends within it.
    fn from(&self, places: u64) -> (u64, bool) {
        let next = (1..).zip(self.takes).fold(0, |next, (n, from)| next | (places & from) << n);
        (next, places & self.ends != 0)
    }

    fn begins(&self) -> bool {
        (self.takes.iter().fold(self.ends, |places, from| places | from)) & 1 != 0
    }
}

/// Steps of all syllables in the tiers that go by sound.
struct Steps {
    sound: Vec<Step>,
    initials: Vec<Step>,
    confused: Vec<Step>,
}

/// A word of a query.
pub(crate) struct Pattern {
    length: usize,
    /// Places at which a symbol stands as written, by symbol.
    written: Vec<u64>,
    steps: Steps,
    /// What a hidden character does: it may be any.
    hidden: Step,
    /// Tiers in which the word can begin with a symbol, by symbol.
    begins: Vec<u8>,
}

impl Pattern {
    /// `word` has 1 to [`crate::QUERY_MAX`] characters.
    pub(crate) fn new(word: &[char], sounds: &Sounds, alphabet: &Alphabet) -> Self {
        let mut written = vec![0; alphabet.count()];
        let steps = || vec![Step::default(); sounds.count()];
        let mut steps = Steps { sound: steps(), initials: steps(), confused: steps() };
        let mut hidden = Step::default();
        for (place, &c) in word.iter().enumerate() {
            if let Some(symbol) = alphabet.symbol(c) {
                written[usize::from(symbol)] |= 1 << place;
            }
            if c.is_ascii_lowercase() {
                steps.add_letters(place, &word[place..], sounds);
            } else {
                steps.add_hanzi(place, c, sounds);
            }
            if !c.is_ascii() {
                hidden.takes[0] |= 1 << place;
            }
        }
        let has_initials = steps.initials.iter().any(Step::begins);
        for (sound, (initials, confused)) in
            steps.sound.iter().zip(steps.initials.iter_mut().zip(&mut steps.confused))
        {
            initials.add(sound);
            confused.add(sound);
            hidden.add(sound);
        }
        let mut pattern = Self { length: word.len(), written, steps, hidden, begins: Vec::new() };
        pattern.begins = pattern.beginnings(alphabet, has_initials);
        pattern
    }

    fn beginnings(&self, alphabet: &Alphabet, has_initials: bool) -> Vec<u8> {
        let Steps { sound, initials, confused } = &self.steps;
        let by_sound = Tier::Sound.bit() | Tier::Confused.bit() | Tier::Hidden.bit();
        let syllables: Vec<u8> = (sound.iter().zip(initials).zip(confused))
            .map(|((sound, initials), confused)| {
                let exact = if sound.begins() { by_sound } else { 0 };
                let initial = has_initials && initials.begins();
                let initial = if initial { Tier::Initials.bit() } else { 0 };
                exact | initial | if confused.begins() { Tier::Confused.bit() } else { 0 }
            })
            .collect();
        let symbols = (0..=Symbol::MAX).zip(&self.written).map(|(symbol, written)| {
            let written = if written & 1 == 0 { 0 } else { Tier::ALL };
            let heard = alphabet.syllables(symbol).iter();
            heard.fold(written, |tiers, &syllable| tiers | syllables[usize::from(syllable)])
        });
        symbols.collect()
    }

    /// The best of the wanted tiers in which the word is in the text, with the first place.
    ///
    /// `wanted` are bits of tiers, `least` how many characters of the text a word must be in each.
    pub(crate) fn best_in(
        &self,
        text: &[Symbol],
        alphabet: &Alphabet,
        mut wanted: u8,
        least: &[usize; Tier::COUNT],
    ) -> Option<(Tier, usize)> {
        let mut best = None;
        for (place, &symbol) in text.iter().enumerate() {
            let tiers = self.begins[usize::from(symbol)] & wanted;
            if tiers == 0 {
                continue;
            }
            let fits = |tier: &Tier| {
                tiers & tier.bit() != 0
                    && self.is_at(*tier, &text[place..], alphabet, least[*tier as usize])
            };
            if let Some(tier) = Tier::FALLING.into_iter().find(fits) {
                best = Some((tier, place));
                wanted &= tier.bit() - 1;
                if wanted == 0 {
                    break;
                }
            }
        }
        best
    }

    /// Whether the text begins with the word.
    fn is_at(&self, tier: Tier, text: &[Symbol], alphabet: &Alphabet, least: usize) -> bool {
        let steps = match tier {
            Tier::Written => None,
            Tier::Sound | Tier::Hidden => Some(&self.steps.sound),
            Tier::Initials => Some(&self.steps.initials),
            Tier::Confused => Some(&self.steps.confused),
        };
        let end = 1 << self.length;
        let mut places = 1;
        for (taken, &symbol) in (1..).zip(text) {
            let mut next = (places & self.written[usize::from(symbol)]) << 1;
            let mut ended = false;
            let mut take = |step: &Step| {
                let (reached, within) = step.from(places);
                next |= reached;
                ended |= within;
            };
            if let Some(steps) = steps {
                for &syllable in alphabet.syllables(symbol) {
                    take(&steps[usize::from(syllable)]);
                }
            }
            if symbol == MASK {
                if tier == Tier::Hidden {
                    take(&self.hidden);
                }
                next |= places;
            }
            ended |= next & end != 0;
            if ended && taken >= least {
                return true;
            }
            places = next & !end;
            if places == 0 {
                return false;
            }
        }
        false
    }
}

impl Steps {
    /// What the letters at a place can be: syllables, the beginning of one, or an initial.
    fn add_letters(&mut self, place: usize, rest: &[char], sounds: &Sounds) {
        let bit = 1 << place;
        let letters = rest.iter().map_while(|&c| u8::try_from(c).ok());
        let letters: Vec<u8> = letters.take_while(u8::is_ascii_lowercase).take(LONGEST).collect();
        for length in 1..=letters.len() {
            for spelling in sounds.spelt(&letters[..length]) {
                let step = self.step_of(spelling.syllable, spelling.exact);
                step.takes[length - 1] |= bit;
            }
        }
        if letters.len() == rest.len() {
            let longer = sounds.beginning(&letters).iter();
            for spelling in longer.filter(|spelling| spelling.length() > letters.len()) {
                if spelling.exact || letters.len() >= CONFUSED_BEGINNING_MIN {
                    self.step_of(spelling.syllable, spelling.exact).ends |= bit;
                }
            }
        }
        for syllable in sounds.with_initial(&letters[..1]) {
            self.initials[usize::from(syllable)].takes[0] |= bit;
        }
        if let Some(initial @ (b"zh" | b"ch" | b"sh")) = letters.first_chunk() {
            for syllable in sounds.with_initial(initial) {
                self.initials[usize::from(syllable)].takes[1] |= bit;
            }
        }
    }

    /// What sounds like the hanzi at a place.
    fn add_hanzi(&mut self, place: usize, hanzi: char, sounds: &Sounds) {
        for heard in sounds.of(hanzi) {
            for spelling in sounds.spelt_as(heard) {
                let step = self.step_of(spelling.syllable, spelling.exact);
                step.takes[0] |= 1 << place;
            }
        }
    }

    fn step_of(&mut self, syllable: u16, exact: bool) -> &mut Step {
        let steps = if exact { &mut self.sound } else { &mut self.confused };
        &mut steps[usize::from(syllable)]
    }
}
