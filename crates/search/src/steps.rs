//! What each syllable does with the places in a word.

use crate::rank::Tier;
use crate::scout::Sight;
use crate::sounds::{LONGEST, Sounds};

/// Letters from which on the beginning of a syllable may be a confused one: nearly any text has a
/// syllable that begins with a given letter or its neighbour.
const CONFUSED_BEGINNING_MIN: usize = 2;

/// What a syllable does with the places in a word.
#[derive(Clone, Copy, Default)]
pub(crate) struct Step {
    /// Places from which it is `[n]` plus one characters of the word.
    takes: [u64; LONGEST],
    /// Places from which the word ends within it.
    ends: u64,
}

impl Step {
    /// Where it leads from these places, and whether the word ends within it.
    pub(crate) fn lead(&self, places: u64) -> (u64, bool) {
        let next = (1..).zip(self.takes).fold(0, |next, (n, from)| next | (places & from) << n);
        (next, places & self.ends != 0)
    }

    /// Places from which it leads on or within which the word ends.
    fn possible(&self) -> u64 {
        self.takes.iter().fold(self.ends, |places, from| places | from)
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.takes.iter_mut().zip(other.takes) {
            *mine |= theirs;
        }
        self.ends |= other.ends;
    }
}

/// Steps of all syllables in the tiers that go by sound.
pub(crate) struct Steps {
    sound: Vec<Step>,
    /// By sound or initials.
    initials: Vec<Step>,
    /// By sound or confused with it.
    confused: Vec<Step>,
    /// What a hidden character does: it may be any.
    hidden: Step,
    has_letters: bool,
}

impl Steps {
    pub(crate) fn new(word: &[char], sounds: &Sounds) -> Self {
        let none = || vec![Step::default(); sounds.count()];
        let mut steps = Self {
            sound: none(),
            initials: none(),
            confused: none(),
            hidden: Step::default(),
            has_letters: word.iter().any(char::is_ascii_lowercase),
        };
        for (place, &c) in word.iter().enumerate() {
            if c.is_ascii_lowercase() {
                steps.add_letters(place, &word[place..], sounds);
            } else if !c.is_ascii() {
                steps.add_hanzi(place, c, sounds);
            }
        }
        let others = steps.initials.iter_mut().zip(&mut steps.confused);
        for (sound, (initials, confused)) in steps.sound.iter().zip(others) {
            initials.add(sound);
            confused.add(sound);
            steps.hidden.add(sound);
        }
        steps
    }

    /// Those a tier allows, by syllable.
    pub(crate) fn of(&self, tier: Tier) -> &[Step] {
        match tier {
            Tier::Written => &[],
            Tier::Sound | Tier::Hidden => &self.sound,
            Tier::Initials if self.has_letters => &self.initials,
            Tier::Initials => &[],
            Tier::Confused => &self.confused,
        }
    }

    /// That of a character which may be any.
    pub(crate) fn hidden(&self) -> &Step {
        &self.hidden
    }

    /// What each syllable looks like to a scout for words in these tiers.
    pub(crate) fn sights(&self, tiers: u8, end: u64) -> Vec<Sight> {
        let mut sights = vec![Sight::default(); self.sound.len()];
        for tier in Tier::FALLING.into_iter().filter(|tier| tiers & tier.bit() != 0) {
            for (sight, step) in sights.iter_mut().zip(self.of(tier)) {
                let (next, ended) = step.lead(1);
                let next = if ended { next | end } else { next };
                sight.add(Sight::new(next, step.possible(), end));
            }
        }
        sights
    }

    /// What the letters at a place can be: syllables, the beginning of one, or an initial.
    fn add_letters(&mut self, place: usize, rest: &[char], sounds: &Sounds) {
        let bit = 1 << place;
        let letters = rest.iter().map_while(|&c| u8::try_from(c).ok());
        let letters = letters.take_while(u8::is_ascii_lowercase).take(LONGEST);
        let letters: Vec<u8> = letters.collect();
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
        self.hidden.takes[0] |= 1 << place;
        for (number, heard) in sounds.of(hanzi).enumerate() {
            for spelling in sounds.spelt_as(heard) {
                let usual = number == 0 && spelling.exact;
                let step = self.step_of(spelling.syllable, usual);
                step.takes[0] |= 1 << place;
            }
        }
    }

    fn step_of(&mut self, syllable: u16, exact: bool) -> &mut Step {
        let steps = if exact { &mut self.sound } else { &mut self.confused };
        &mut steps[usize::from(syllable)]
    }
}
