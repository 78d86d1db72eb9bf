//! What a character counts as, in texts and queries alike.

/// A character of a text or a query.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Character {
    /// A hanzi, a letter in lower case without its tone mark, a digit or the like.
    Written(char),
    /// The `*` for a character of a name that is not shown.
    Mask,
    /// The end of a line.
    Break,
    /// Spaces, punctuation, control characters, pictures.
    Nothing,
}

impl Character {
    pub(crate) fn of(c: char) -> Self {
        match half_width(c) {
            '\n' => Self::Break,
            '*' => Self::Mask,
            c @ ('a'..='z' | '0'..='9') => Self::Written(c),
            c if c.is_alphanumeric() => Self::Written(plain(c)),
            _ => Self::Nothing,
        }
    }

    /// The character if one can search for it.
    pub(crate) fn written(self) -> Option<char> {
        match self {
            Self::Written(c) => Some(c),
            _ => None,
        }
    }
}

/// The full-width forms U+FF01 to U+FF5E stand as far from ASCII as the first does from `!`.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFF01 + u32::from('!')).unwrap_or(c)
        }
        _ => c,
    }
}

fn plain(c: char) -> char {
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        // As everybody types it.
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        other => other,
    }
}
