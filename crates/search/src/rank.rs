//! What comes before what.

use crate::pattern::Pattern;
use crate::texts::{Bounds, Field, Texts};

/// How a word is in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    /// As it is written.
    Written,
    /// Sounding the same, tones aside.
    Sound,
    /// Some syllables by their initials.
    Initials,
    /// Sounding as some speakers say it.
    Confused,
    /// Sounding the same where characters are shown, anything where they are masked.
    Hidden,
}

impl Tier {
    pub(crate) const COUNT: usize = 5;
    /// In falling rank.
    pub(crate) const FALLING: [Self; Self::COUNT] =
        [Self::Written, Self::Sound, Self::Initials, Self::Confused, Self::Hidden];
    /// The bits of all.
    pub(crate) const ALL: u8 = (1 << Self::COUNT) - 1;

    /// Better tiers have lower bits.
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Which finds come first, by tier and field: names before what is said about them, except that one who
/// writes the very characters wants them rather than others that sound alike.
const CLASSES: [[u8; 3]; Tier::COUNT] =
    [[0, 1, 4], [2, 3, 9], [5, 6, 11], [7, 8, 10], [12, 13, 14]];

/// Behind all classes.
const NO_CLASS: u8 = 15;

/// How many characters of a name a word must be: any.
const LEAST_OF_NAME: [usize; Tier::COUNT] = [1; Tier::COUNT];

/// How many characters of a body: in 1,500 characters each syllable is heard somewhere, and by chance
/// some seven pairs and half a triple have given initials.
const LEAST_OF_BODY: [usize; Tier::COUNT] = [1, 2, 4, 2, 2];

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
    for field in Field::ALL {
        let wanted = better(class, field);
        if wanted == 0 {
            continue;
        }
        let least = if matches!(field, Field::Body) { &LEAST_OF_BODY } else { &LEAST_OF_NAME };
        let text = texts.symbols(entry.of(field));
        if let Some((tier, at)) = word.best_in(text, texts.alphabet(), wanted, least) {
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

/// Tiers that would be better in the field than the class.
fn better(class: u8, field: Field) -> u8 {
    let tiers = Tier::FALLING.into_iter();
    let better = tiers.filter(|&tier| CLASSES[tier as usize][field as usize] < class);
    better.fold(0, |bits, tier| bits | tier.bit())
}
