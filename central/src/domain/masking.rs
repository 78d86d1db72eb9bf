//! Names as screens and slips may show them. Works on characters, never on bytes, and keeps the
//! variation selectors that belong to a character with it.

/// Masks a name: the first character stays, the last stays when there are three or more, one star
/// stands for whatever lies between (`张*`, `张*三`). The dot of `扎西·才让多杰` is no character of
/// its own. An empty name gives `*`.
#[must_use]
pub(crate) fn name(full: &str) -> String {
    let characters = characters(full);
    match characters.as_slice() {
        [] => "*".to_owned(),
        [first] | [first, _] => format!("{first}*"),
        [first, .., last] => format!("{first}*{last}"),
    }
}

/// The characters of a name, each with the marks that modify it; separators and blanks left out.
fn characters(full: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in full.chars() {
        if is_mark(c) {
            if let Some(last) = out.last_mut() {
                last.push(c);
            }
        } else if !is_separator(c) {
            out.push(c.to_string());
        }
    }
    out
}

/// Variation selectors and combining marks.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{0300}'..='\u{036F}')
}

/// The dots in use between parts of a name, and blanks.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '・' | '‧' | '．' | '.')
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn two_three_and_long_names() {
        assert_eq!(name("张三"), "张*");
        assert_eq!(name("王秀兰"), "王*兰");
        assert_eq!(name("欧阳春晓"), "欧*晓");
        assert_eq!(name("扎西·才让多杰"), "扎*杰");
    }

    #[test]
    fn characters_outside_the_basic_plane_stay_whole() {
        assert_eq!(name("喆𠮷"), "喆*");
        assert_eq!(name("𠮷喆䶮"), "𠮷*䶮");
        assert_eq!(name("葛\u{E0100}某"), "葛\u{E0100}*");
    }

    #[test]
    fn nothing_and_one_character_reveal_no_more_than_they_must() {
        assert_eq!(name(""), "*");
        assert_eq!(name("张"), "张*");
        assert_eq!(name(" · "), "*");
    }
}
