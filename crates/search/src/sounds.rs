//! The toneless syllables of Mandarin and every way to spell them, right or with an accent.

use std::sync::LazyLock;

use pinyin::ToPinyinMulti;

/// Letters of the longest syllables (zhuang, chuang, shuang).
pub(crate) const LONGEST: usize = 6;

/// Letters of a spelling, zeros behind; ü is v.
type Letters = [u8; LONGEST];

/// A number of a syllable, from 0 without gaps, in the order of the alphabet.
pub(crate) type Syllable = u16;

/// A way to spell a syllable.
pub(crate) struct Spelling {
    letters: Letters,
    pub(crate) syllable: Syllable,
    /// Whether it is the right one, not one of a speaker who confuses sounds.
    pub(crate) exact: bool,
}

impl Spelling {
    pub(crate) fn length(&self) -> usize {
        length(&self.letters)
    }
}

/// All syllables.
pub(crate) struct Sounds {
    syllables: Vec<Letters>,
    /// By letters.
    spellings: Vec<Spelling>,
}

impl Sounds {
    /// The syllables that any hanzi of the basic block and its first extension is read with.
    pub(crate) fn get() -> &'static Self {
        static SOUNDS: LazyLock<Sounds> = LazyLock::new(Sounds::new);
        &SOUNDS
    }

    fn new() -> Self {
        let mut syllables: Vec<Letters> = ('\u{3400}'..='\u{9FFF}').flat_map(readings).collect();
        syllables.sort_unstable();
        syllables.dedup();
        let mut spellings = Vec::new();
        for (syllable, letters) in (0..).zip(&syllables) {
            let right = text(letters);
            let of = |text: &str, exact| {
                Some(Spelling { letters: padded(text.as_bytes(), 0)?, syllable, exact })
            };
            spellings.extend(of(right, true));
            // lüe and nüe, which many spell as jue and que are spelt.
            if let Some(initial) = right.strip_suffix("ve") {
                spellings.extend(of(&format!("{initial}ue"), true));
            }
            spellings.extend(confused(right).iter().filter_map(|wrong| of(wrong, false)));
        }
        spellings.sort_unstable_by_key(|spelling| (spelling.letters, spelling.syllable));
        Self { syllables, spellings }
    }

    /// How many syllables there are.
    pub(crate) fn count(&self) -> usize {
        self.syllables.len()
    }

    /// The syllables a hanzi can be read as, the usual one first; none for anything else.
    pub(crate) fn of(&self, hanzi: char) -> impl Iterator<Item = Syllable> {
        readings(hanzi)
            .filter_map(|letters| self.syllables.binary_search(&letters).ok())
            .map(number)
    }

    /// What is spelt like the right spelling of a syllable.
    pub(crate) fn spelt_as(&self, syllable: Syllable) -> &[Spelling] {
        self.spelt(text(&self.syllables[usize::from(syllable)]).as_bytes())
    }

    /// What is spelt with just these letters.
    pub(crate) fn spelt(&self, letters: &[u8]) -> &[Spelling] {
        self.between(padded(letters, 0), padded(letters, 0))
    }

    /// What begins with these letters when spelt, or is spelt with just them.
    pub(crate) fn beginning(&self, letters: &[u8]) -> &[Spelling] {
        self.between(padded(letters, 0), padded(letters, u8::MAX))
    }

    /// Both ends included; nothing if one is none.
    fn between(&self, first: Option<Letters>, last: Option<Letters>) -> &[Spelling] {
        let (Some(first), Some(last)) = (first, last) else { return &[] };
        let rest = &self.spellings[self.spellings.partition_point(|s| s.letters < first)..];
        &rest[..rest.partition_point(|s| s.letters <= last)]
    }

    /// Syllables whose right spelling begins with these letters.
    pub(crate) fn with_initial(&self, initial: &[u8]) -> impl Iterator<Item = Syllable> {
        let spelt = self.beginning(initial).iter();
        spelt.filter(|spelling| spelling.exact).map(|spelling| spelling.syllable)
    }
}

fn number(position: usize) -> Syllable {
    Syllable::try_from(position).expect("some four hundred syllables")
}

fn readings(hanzi: char) -> impl Iterator<Item = Letters> {
    let readings = hanzi.to_pinyin_multi().into_iter().flatten();
    readings.filter_map(|reading| {
        let ascii = reading.plain().replace('ü', "v").replace('ê', "e");
        padded(ascii.as_bytes(), 0).filter(|letters| letters.is_ascii())
    })
}

fn padded(letters: &[u8], with: u8) -> Option<Letters> {
    let mut padded = [with; LONGEST];
    padded.get_mut(..letters.len())?.copy_from_slice(letters);
    Some(padded)
}

fn length(letters: &Letters) -> usize {
    letters.iter().position(|&letter| letter == 0).unwrap_or(LONGEST)
}

fn text(letters: &Letters) -> &str {
    str::from_utf8(&letters[..length(letters)]).expect("ASCII, as read")
}

/// Syllables that have f- with one vowel and hu- or ho- with another, both ways.
const WITH_OTHER_VOWEL: [(&str, &str); 3] = [("fei", "hui"), ("fen", "hun"), ("feng", "hong")];

/// Initials and what else they are said as; the first that fits counts. Where Mandarin has hua and huo
/// others have fa and fo.
const OTHER_INITIALS: [(&str, &[&str]); 13] = [
    ("zh", &["z"]),
    ("ch", &["c"]),
    ("sh", &["s"]),
    ("z", &["zh"]),
    ("c", &["ch"]),
    ("s", &["sh"]),
    ("n", &["l"]),
    ("l", &["n", "r"]),
    ("r", &["l"]),
    ("f", &["h", "hu"]),
    ("hua", &["fa"]),
    ("huo", &["fo"]),
    ("h", &["f"]),
];

/// How speakers spell a syllable who confuse zh/z, ch/c, sh/s, n/l, l/r, f/h, or -n/-ng after a, e, i.
fn confused(right: &str) -> Vec<String> {
    let mut spellings = vec![right.to_owned()];
    spellings.extend(other_final(right));
    let initials: Vec<String> = spellings.iter().flat_map(|s| other_initials(s)).collect();
    spellings.extend(initials.iter().filter_map(|s| other_final(s)));
    spellings.extend(initials);
    spellings.retain(|spelling| spelling != right);
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

fn other_initials(spelling: &str) -> Vec<String> {
    let whole = WITH_OTHER_VOWEL.iter().filter_map(|&(with_f, with_h)| match spelling {
        _ if spelling == with_f => Some(with_h.to_owned()),
        _ if spelling == with_h => Some(with_f.to_owned()),
        _ => None,
    });
    let others = OTHER_INITIALS.iter().find(|(initial, _)| spelling.starts_with(initial));
    let others = others.into_iter().flat_map(|(initial, others)| {
        others.iter().map(|other| format!("{other}{}", &spelling[initial.len()..]))
    });
    whole.chain(others).collect()
}

fn other_final(spelling: &str) -> Option<String> {
    let open = spelling.strip_suffix('g').unwrap_or(spelling);
    if !["an", "en", "in"].iter().any(|nasal| open.ends_with(nasal)) {
        return None;
    }
    Some(if open == spelling { format!("{open}g") } else { open.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_change_initials_and_finals() {
        let check = |right, wrong: &[&str]| assert_eq!(confused(right), wrong, "{right}");
        check("di", &[]);
        check("zhu", &["zu"]);
        check("si", &["shi"]);
        check("cheng", &["cen", "ceng", "chen"]);
        check("nong", &["long"]);
        check("lan", &["lang", "nan", "nang", "ran", "rang"]);
        check("ren", &["len", "leng", "reng"]);
        check("xin", &["xing"]);
        check("hu", &["fu"]);
        check("fu", &["hu", "huu"]);
        check("fei", &["hei", "huei", "hui"]);
        check("hui", &["fei", "fui"]);
        check("huang", &["fan", "fang", "huan"]);
        check("fan", &["fang", "han", "hang", "huan", "huang"]);
        check("hun", &["fen", "feng", "fun"]);
    }

    #[test]
    fn confusion_is_mutual() {
        let sounds = Sounds::get();
        for spelling in &sounds.spellings {
            let Ok(other) = sounds.syllables.binary_search(&spelling.letters) else { continue };
            let back = sounds.spelt_as(spelling.syllable);
            assert!(
                back.iter().any(|back| usize::from(back.syllable) == other),
                "{} for {} but not the other way round",
                text(&spelling.letters),
                text(&sounds.syllables[usize::from(spelling.syllable)])
            );
        }
    }
}
