//! Codes of slips in Crockford base32, as people type them.

/// Characters of a query code, as many as the kiosk's pad takes: 40 bits.
const LENGTH: usize = 8;

/// A query code in its one written form; `None` when it is none.
#[must_use]
pub(crate) fn normalise(typed: &str) -> Option<String> {
    written(typed, LENGTH)
}

/// Crockford base32 of this length in its one written form: upper case, O as 0, I and L as 1,
/// hyphens and blanks left out.
#[must_use]
pub(crate) fn written(typed: &str, length: usize) -> Option<String> {
    let mut code = String::with_capacity(length);
    for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        code.push(match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            digit @ '0'..='9' => digit,
            letter @ 'A'..='Z' if letter != 'U' => letter,
            _ => return None,
        });
        if code.len() > length {
            return None;
        }
    }
    (code.len() == length).then_some(code)
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
