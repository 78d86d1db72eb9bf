//! What comes before what.

use crate::pattern::Pattern;
use crate::texts::{Bounds, Field, Texts};

/// How a word is in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// As it is written.
    Written,
    /// Sounding the same, tones aside, each hanzi as it is usually read.
    Sound,
    /// Some syllables by their initials, or a hanzi in one of its other readings: some are so rare that
    /// nobody thinks of them.
    Initials,
    /// Sounding as some speakers say it, or in another reading.
    Confused,
    /// Sounding the same where characters are shown, anything where they are masked.
    Hidden,
}

impl Tier {
    pub(crate) const COUNT: usize = 5;
    /// In falling rank.
    pub(crate) const FALLING: [Self; Self::COUNT] =
        [Self::Written, Self::Sound, Self::Initials, Self::Confused, Self::Hidden];

    /// Better tiers have lower bits.
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Which finds come first, by tier and field: names before what is said about them, except that one who
/// writes the very characters wants them rather than others that sound alike.
const CLASSES: [[u8; Field::COUNT]; Tier::COUNT] =
    [[0, 1, 4], [2, 3, 9], [5, 6, 11], [7, 8, 10], [12, 13, 14]];

/// Behind all classes.
const NO_CLASS: u8 = 15;

/// How many characters of a name a word must be: any.
const LEAST_OF_NAME: [usize; Tier::COUNT] = [1; Tier::COUNT];

/// How many characters of a body: in 1,500 characters each syllable is heard somewhere, and by chance
/// some seven pairs and half a triple have given initials.
const LEAST_OF_BODY: [usize; Tier::COUNT] = [1, 2, 4, 2, 2];

/// By field and tier.
pub(crate) const LEAST: [[usize; Tier::COUNT]; Field::COUNT] =
    [LEAST_OF_NAME, LEAST_OF_NAME, LEAST_OF_BODY];

/// Bits of the tiers in which a find in the field is better than the class, by class and field.
const BETTER: [[u8; Field::COUNT]; NO_CLASS as usize + 1] = {
    let mut better = [[0; Field::COUNT]; NO_CLASS as usize + 1];
    let mut number = 0;
    while number < better.len() * Field::COUNT * Tier::COUNT {
        let (rest, tier) = (number / Tier::COUNT, number % Tier::COUNT);
        let (class, field) = (rest / Field::COUNT, rest % Field::COUNT);
        if (CLASSES[tier][field] as usize) < class {
            better[class][field] |= 1 << tier;
        }
        number += 1;
    }
    better
};

/// Where an entry stands among those found; lower is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    class: u8,
    apart: bool,
    place: usize,
    title: usize,
}

/// The rank of an entry that has the word.
pub(crate) fn of(word: &Pattern, entry: &Bounds, texts: &Texts) -> Option<Rank> {
    let (mut class, mut place) = (NO_CLASS, 0);
    let hidden = if entry.is_masked() { 0 } else { Tier::Hidden.bit() };
    for field in Field::ALL {
        let wanted = BETTER[usize::from(class)][field as usize] & word.tiers(field) & !hidden;
        if wanted == 0 {
            continue;
        }
        let text = texts.symbols(entry.of(field));
        if let Some((tier, at)) = word.best_in(text, texts.alphabet(), wanted, field) {
            (class, place) = (CLASSES[tier as usize][field as usize], at);
        }
    }
    (class < NO_CLASS).then(|| Rank {
        class,
        apart: false,
        place,
        title: entry.of(Field::Title).len(),
    })
}

/// The rank of an entry that has all these words somewhere: that of the worst. None for no words.
pub(crate) fn of_all(words: &[Pattern], entry: &Bounds, texts: &Texts) -> Option<Rank> {
    let (first, others) = words.split_first()?;
    let first = of(first, entry, texts)?;
    let all = others.iter().try_fold(first, |all, word| {
        let rank = of(word, entry, texts)?;
        Some(Rank { class: all.class.max(rank.class), place: all.place + rank.place, ..all })
    })?;
    Some(Rank { apart: true, ..all })
}
