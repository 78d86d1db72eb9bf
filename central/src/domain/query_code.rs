//! The query code of an acceptance slip, as people type it.

/// Characters of a code, as many as the kiosk's pad takes: eight of Crockford base32 carry 40 bits.
const LENGTH: usize = 8;

/// The code in its one written form: upper case, O as 0, I and L as 1, hyphens and blanks left
/// out. `None` when it is no Crockford base32 of that length.
#[must_use]
pub(crate) fn normalise(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(LENGTH);
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        code.push(match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            digit @ '0'..='9' => digit,
            letter @ 'A'..='Z' if letter != 'U' => letter,
            _ => return None,
        });
        if code.len() > LENGTH {
            return None;
        }
    }
    (code.len() == LENGTH).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::normalise;

    #[test]
    fn what_people_type_means_the_same_code() {
        let written = Some("7K0M1Q2X".to_owned());
        for typed in ["7K0M1Q2X", "7kom-lq2x", " 7KOM IQ2X ", "7-k-0-m-l-q-2-x"] {
            assert_eq!(normalise(typed), written, "{typed}");
        }
    }

    #[test]
    fn short_long_and_foreign_ones_are_none() {
        for typed in ["", "7K0M1Q2", "7K0M1Q2U", "7K0M1Q2!", "查询码查询码查询", "7K0M-1Q2X-3"]
        {
            assert_eq!(normalise(typed), None, "{typed}");
        }
    }
}
