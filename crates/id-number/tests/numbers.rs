//! Numbers as the standard's examples and the hall's residents give them.

use id_number::{
    ForeignerNumber, ForeignerNumberError, IdNumber, IdNumberError, Kind, Sex, check_character,
};
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

#[test]
fn fifteen_digits_become_eighteen_where_the_century_is_known() {
    let old = |text: &str| IdNumber::parse_old(text).map(|number| number.expose().to_owned());
    for (text, number) in [
        ("110105491231002", "11010519491231002X"),
        ("150102880730303", "150102198807303035"),
        ("１１０１０５ 491231002", "11010519491231002X"),
    ] {
        assert_eq!(old(text).as_deref(), Ok(number));
    }
    for order in 996..=999 {
        assert_eq!(old(&format!("110105491231{order}")), Err(IdNumberError::Century));
    }
    assert!(old("110105491231995").is_ok());
    for (text, error) in [
        ("11010549123100", IdNumberError::Length(14)),
        ("11010519491231002X", IdNumberError::Character(18)),
        ("1101054912310021", IdNumberError::Length(16)),
        ("11010549123100X", IdNumberError::Character(15)),
        ("692474491231002", IdNumberError::Region),
        ("110105491331002", IdNumberError::BirthDate),
    ] {
        assert_eq!(old(text), Err(error), "{text}");
    }
}

#[test]
fn foreigners_of_2017_have_a_number_of_their_own() {
    let number = ForeignerNumber::parse("can11008１０80310 ").expect("a published sample");
    assert_eq!(number.expose(), "CAN110081080310");
    assert_eq!(number.to_string(), "CAN********0310");
    assert!(!format!("{number:?}").contains("CAN"));
    for (text, error) in [
        ("CAN110081080319", ForeignerNumberError::CheckDigit),
        ("CAN11008108031", ForeignerNumberError::Length(14)),
        ("CAN1100810803101", ForeignerNumberError::Length(16)),
        ("CA1110081080310", ForeignerNumberError::Character(3)),
        ("CAN11008108031X", ForeignerNumberError::Character(15)),
        ("CAN110081130310", ForeignerNumberError::BirthDate),
    ] {
        assert_eq!(ForeignerNumber::parse(text), Err(error), "{text}");
    }
}

#[test]
fn the_number_before_2023_is_found_from_the_one_after() {
    let before = |nationality, number, link| {
        let number = IdNumber::parse(number).expect(number);
        ForeignerNumber::before(nationality, &number, link).map(|of| of.expose().to_owned())
    };
    let new = "911124198108030024";
    assert_eq!(before("CAN", new, "001").as_deref(), Some("CAN110081080310"));
    for (nationality, number, link) in [
        ("CAN", new, ""),
        ("CAN", new, "0é"),
        ("CAN", new, "00A"),
        ("C1N", new, "001"),
        ("CA", new, "001"),
    ] {
        assert_eq!(before(nationality, number, link), None);
    }
    assert_eq!(before("CAN", "11010519491231002X", "001"), None);
}

/// ISO 7064, the other form of the same check: the whole number weighs 1 modulo 11.
fn weighs_one(number: &str) -> bool {
    let value = |c: char| if c == 'X' { 10 } else { c.to_digit(10).expect("a digit") };
    number.chars().fold(0, |sum, c| (sum * 2 + value(c)) % 11) == 1
}

proptest! {
    #[test]
    fn both_forms_of_the_check_agree(digits in "[0-9]{17}", last in "[0-9X]") {
        let fits = check_character(digits.as_bytes()) == Some(last.as_bytes()[0]);
        prop_assert_eq!(fits, weighs_one(&format!("{digits}{last}")));
    }

    #[test]
    fn no_text_panics_any_number(text in ".{0,40}", link in ".{0,4}") {
        drop((IdNumber::parse_old(&text), ForeignerNumber::parse(&text)));
        let number = IdNumber::parse("911124198108030024").expect("valid");
        drop(ForeignerNumber::before(&text, &number, &link));
    }

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
