//! Search as you type over Chinese texts, by characters and by sound.
//!
//! A query may be hanzi (also homophones of the right ones), full pinyin, the beginning of it, initials,
//! or a mixture; accents are forgiven. This crate knows no file, clock or screen, and nothing of what it
//! is asked for or holds shows in `Debug`: a query may be a name.

mod character;
mod pattern;
mod rank;
mod scout;
mod sounds;
mod steps;
mod texts;

use std::fmt;

use character::Character;
use pattern::Pattern;
use rank::Rank;
use sounds::Sounds;
use texts::Texts;

/// Characters of a query that count; the rest is ignored. A set of places in the query, its end
/// included, is one `u64`.
pub const QUERY_MAX: usize = 63;

/// Words of a query that count; each is a look through the texts.
pub const WORDS_MAX: usize = 8;

/// One thing to find.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Its name in a list. Finds in it come first.
    pub title: &'a str,
    /// Other names people have for it. Finds in them come second.
    pub also: &'a [&'a str],
    /// What it says; several texts in lines of their own, as nothing is found across lines.
    pub body: &'a str,
}

/// Entries made ready for [`Index::find`].
pub struct Index {
    texts: Texts,
}

impl Index {
    /// Reads the entries; they are numbered from 0 in their order.
    ///
    /// Of all entries together at most 65,534 different characters can be found.
    pub fn new<'a>(entries: impl IntoIterator<Item = Entry<'a>>) -> Self {
        Self { texts: Texts::new(entries, Sounds::get()) }
    }

    /// Numbers of the entries that fit, best first; the empty query finds all in order.
    ///
    /// Spaces part a query into words, each of which must fit; width, case, tone marks and punctuation
    /// do not count. A word fits, in falling rank: as it is written (in title, other names, body), by
    /// its usual sound (hanzi, full pinyin, the beginning of it), by initials or other readings, by a
    /// sound that speakers confuse with it, and as a name that is masked (张小三 fits 张*三). In a body, which has a bit of
    /// everything, a single syllable and a few initials do not count. Earlier places and shorter titles
    /// come first, then the order of the entries.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<usize> {
        let words = words(query);
        if words.is_empty() {
            return (0..self.texts.entries().len()).collect();
        }
        let pattern = |word: &[char]| Pattern::new(word, Sounds::get(), self.texts.alphabet());
        let whole = pattern(&words.concat());
        // Spaces may stand between syllables of one word.
        let apart: Vec<Pattern> =
            if words.len() > 1 { words.iter().map(|word| pattern(word)).collect() } else { vec![] };
        let entries = self.texts.entries().iter().enumerate();
        let mut found: Vec<(Rank, usize)> = entries
            .filter_map(|(number, entry)| {
                let whole = rank::of(&whole, entry, &self.texts);
                let apart = rank::of_all(&apart, entry, &self.texts);
                Some((whole.into_iter().chain(apart).min()?, number))
            })
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, number)| number).collect()
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} entries)", self.texts.entries().len())
    }
}

/// The words of a query, none of them empty.
fn words(query: &str) -> Vec<Vec<char>> {
    let counted = query.char_indices().nth(QUERY_MAX).map_or(query, |(end, _)| &query[..end]);
    let words = counted.split(char::is_whitespace).map(|word| {
        let characters = word.chars().map(Character::of);
        characters.filter_map(|character| character.written()).collect::<Vec<char>>()
    });
    words.filter(|word| !word.is_empty()).take(WORDS_MAX).collect()
}
