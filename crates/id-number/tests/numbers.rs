//! Numbers as the standard's examples and the hall's residents give them.

use id_number::{IdNumber, IdNumberError, Kind, Sex, check_character};
use proptest::prelude::*;

#[test]
fn published_examples_are_valid() {
    for number in [
        "11010519491231002X",
        "440524188001010014",
        "34052419800101001X",
        "110101199003071348",
        "370101190102039973",
        "321083197812162119",
    ] {
        let parsed = IdNumber::parse(number).expect(number);
        assert_eq!(parsed.expose(), number);
        assert_eq!(parsed.kind(), Kind::Citizen);
    }
}

#[test]
fn permits_and_foreigners_are_told_apart() {
    let kind = |text| IdNumber::parse(text).expect(text).kind();
    assert_eq!(kind("810000199408230021"), Kind::Permit);
    assert_eq!(kind("830000199201300022"), Kind::Permit);
    assert_eq!(kind("911124198108030024"), Kind::Foreigner);
    assert_eq!(kind("932682198501010017"), Kind::Foreigner);
}

#[test]
fn each_broken_rule_has_its_error() {
    for (text, error) in [
        ("", IdNumberError::Length(0)),
        ("1101051949123100", IdNumberError::Length(16)),
        ("11010519491231002X1", IdNumberError::Length(19)),
        ("1101051949123X0021", IdNumberError::Character(14)),
        ("11010519491231002é", IdNumberError::Character(18)),
        ("692474199611237822", IdNumberError::Region),
        ("110105194913310024", IdNumberError::BirthDate),
        ("110101197608056896", IdNumberError::CheckCharacter),
        ("110101199003071234", IdNumberError::CheckCharacter),
        ("911124198108030028", IdNumberError::CheckCharacter),
    ] {
        assert_eq!(IdNumber::parse(text), Err(error), "{text}");
    }
}

#[test]
fn typing_habits_are_forgiven() {
    for text in
        ["110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ", " 11010519491231002X "]
    {
        assert_eq!(IdNumber::parse(text).expect(text).expose(), "11010519491231002X");
    }
}

#[test]
fn facts_in_the_number_are_read() {
    let number = IdNumber::parse("11010519491231002X").expect("valid");
    assert_eq!(number.birth_date(), Some(jiff::civil::date(1949, 12, 31)));
    assert_eq!(number.sex(), Sex::Female);
}

#[test]
fn only_expose_shows_the_number() {
    let number = IdNumber::parse("11010519491231002X").expect("valid");
    assert_eq!(number.to_string(), "110***********002X");
    assert!(!format!("{number:?}").contains('1'));
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,40}") {
        let _ = IdNumber::parse(&text);
    }

    #[test]
    fn one_changed_digit_is_always_noticed(
        head in "(11|34|63)[0-9]{4}19[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}",
        place in 0usize..17,
        step in 1u8..10,
    ) {
        let check = check_character(head.as_bytes()).expect("seventeen digits");
        let number = format!("{head}{}", char::from(check));
        prop_assert!(IdNumber::parse(&number).is_ok());
        let mut changed = number.into_bytes();
        changed[place] = (changed[place] - b'0' + step) % 10 + b'0';
        let changed = String::from_utf8(changed).expect("ASCII");
        prop_assert!(IdNumber::parse(&changed).is_err());
    }
}
