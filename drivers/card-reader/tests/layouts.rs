//! The cards of each kind: what stands on them is read, whatever it is, and nothing else.

use card_reader::{ApduError, Exchange};
use card_reader::{
    Card, CardFault, CardKind, Details, Mismatch, SexCode, Trust, Validity, parse_text_block,
    read_social_card,
};
use dock::card::{Kind, SampleCard};
use jiff::civil::date;
use proptest::prelude::*;
use zeroize::Zeroizing;

/// NIA's published samples and the standard's example: none of them is a person's.
const CITIZEN: &str = "11010519491231002X";
const PERMIT: &str = "830000199201300022";
const FOREIGNER: &str = "911124198108030024";
const FOREIGNER_2017: &str = "CAN110081080310";

fn read(card: &SampleCard) -> Result<Card, CardFault> {
    parse_text_block(&card.text_block(), Trust::Unauthenticated)
}

#[test]
fn a_permit_is_read_with_its_pass() {
    let card = SampleCard {
        sex: "2".to_owned(),
        address: "云岭县河湾镇".to_owned(),
        authority: "云岭县公安局".to_owned(),
        valid_from: "20240101".to_owned(),
        valid_to: "20281231".to_owned(),
        pass_number: "H12345678".to_owned(),
        times: "02".to_owned(),
        ..SampleCard::new(Kind::Permit, "欧阳娜娜", PERMIT)
    };
    let read = read(&card).expect("readable");
    assert_eq!((read.kind(), read.number.expose()), (CardKind::Permit, PERMIT));
    assert_eq!(read.validity, Validity::Until(date(2028, 12, 31)));
    let Details::Permit(permit) = &read.details else { panic!("a permit") };
    assert_eq!(permit.pass_number.as_str(), "H12345678");
    assert_eq!((permit.address.as_str(), permit.issue_count.as_str()), ("云岭县河湾镇", "02"));
    assert_eq!(permit.valid_from, Some(date(2024, 1, 1)));
}

#[test]
fn a_foreigners_card_of_2017_has_a_number_of_its_own() {
    let card = SampleCard {
        sex: "2".to_owned(),
        english_name: "ZHENGJIAN, YANGBEN".to_owned(),
        nationality: "CAN".to_owned(),
        birth: Some("19810803".to_owned()),
        authority: "1500".to_owned(),
        times: "01".to_owned(),
        valid_to: "20271231".to_owned(),
        ..SampleCard::new(Kind::Foreigner2017, "", FOREIGNER_2017)
    };
    let read = read(&card).expect("readable");
    assert_eq!((read.kind(), read.number.expose()), (CardKind::Foreigner2017, FOREIGNER_2017));
    assert_eq!(read.name.as_str(), "ZHENGJIAN, YANGBEN", "there is no Chinese one");
    assert_eq!(read.birth, Some(date(1981, 8, 3)));
    assert!(read.mismatches().is_empty(), "its digit does not tell the sex");
    let Details::Foreigner2017(of) = &read.details else { panic!("a foreigner's") };
    assert_eq!((of.nationality.as_str(), of.version.as_str()), ("CAN", "01"));
    assert_eq!((of.chinese_name.as_str(), of.authority_code.as_str()), ("", "1500"));
}

#[test]
fn a_foreigners_card_of_2023_joins_its_name_and_knows_its_old_number() {
    // The 35th character is the blank between two names.
    let english_name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFG HIJKLMNOPQ";
    assert_eq!(english_name.as_bytes()[34], b' ');
    let card = SampleCard {
        sex: "2".to_owned(),
        english_name: english_name.to_owned(),
        nationality: "CAN".to_owned(),
        link: "001".to_owned(),
        times: "01".to_owned(),
        valid_to: "20331201".to_owned(),
        ..SampleCard::new(Kind::Foreigner2023, "证件样本", FOREIGNER)
    };
    let of = |card: &SampleCard| match read(card).expect("readable").details {
        Details::Foreigner2023(of) => of,
        _ => panic!("a foreigner's"),
    };
    assert_eq!(read(&card).expect("readable").name.as_str(), "证件样本");
    let details = of(&card);
    assert_eq!(details.english_name.as_str(), english_name);
    assert_eq!(details.old_number.expect("linked").expose(), FOREIGNER_2017);
    for link in ["", "0", "é01"] {
        assert!(of(&SampleCard { link: link.to_owned(), ..card.clone() }).old_number.is_none());
    }
}

#[test]
fn codes_are_passed_on_as_they_are() {
    let of = |sex: &str, nation: &str| {
        let (sex, nation) = (sex.to_owned(), nation.to_owned());
        let card = SampleCard { sex, nation, ..SampleCard::new(Kind::Resident, "王", CITIZEN) };
        let read = read(&card).expect("readable");
        let Details::Resident(resident) = &read.details else { panic!("a resident's") };
        (read.sex, resident.nation.map(|nation| (nation.code(), nation.name())))
    };
    for (code, name) in [("01", Some("汉")), ("56", Some("基诺")), ("57", None), ("00", None)] {
        assert_eq!(of("1", code), (Some(SexCode::Male), Some((code.to_owned(), name))));
    }
    assert_eq!(of("9", "81").1, Some(("81".to_owned(), Some("穿青人"))));
    for (code, sex) in [
        ("0", Some(SexCode::Unknown)),
        ("2", Some(SexCode::Female)),
        ("9", Some(SexCode::NotStated)),
        ("7", Some(SexCode::Other('7'))),
        ("", None),
    ] {
        assert_eq!(of(code, ""), (sex, None));
    }
}

#[test]
fn a_card_that_contradicts_its_number_is_read_and_says_so() {
    let card = |sex: &str, birth: &str| SampleCard {
        sex: sex.to_owned(),
        birth: Some(birth.to_owned()),
        ..SampleCard::new(Kind::Resident, "王", CITIZEN)
    };
    let found = |sex, birth| read(&card(sex, birth)).map(|card| card.mismatches());
    assert_eq!(found("2", "19491231"), Ok(Vec::new()));
    assert_eq!(found("1", "19491231"), Ok(vec![Mismatch::Sex]));
    assert_eq!(found("2", "19491230"), Ok(vec![Mismatch::Birth]));
    assert_eq!(found("1", "19491230"), Ok(vec![Mismatch::Birth, Mismatch::Sex]));
    assert_eq!(found("9", ""), Ok(Vec::new()), "what is not said contradicts nothing");
    assert_eq!(found("2", "19490231"), Err(CardFault::CannotVerify));
}

/// A lone half of a surrogate pair is shown as unreadable; a pair and private characters stay.
#[test]
fn rare_names_stay_whole() {
    let name = "䶮\u{E000}𠮷·吾买尔";
    let read_name = |block: &[u8]| {
        parse_text_block(block, Trust::Unauthenticated).expect("readable").name.to_string()
    };
    let mut block = SampleCard::new(Kind::Resident, name, CITIZEN).text_block();
    assert_eq!(read_name(&block), name);
    block[0..2].copy_from_slice(&[0x42, 0xD8]);
    assert_eq!(read_name(&block), name.replacen('䶮', "\u{FFFD}", 1));
}

/// The cards that the dock brings along.
#[test]
fn every_sample_card_behind_a_module_is_read() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../dock/cards");
    let kinds = std::fs::read_dir(directory).expect("cards").map(|file| {
        let card = SampleCard::load(&file.expect("a file").path()).expect("a card");
        let read = read(&card).expect("readable");
        assert!(read.mismatches().is_empty(), "{}", card.name);
        read.kind()
    });
    let kinds: std::collections::HashSet<CardKind> = kinds.collect();
    for kind in
        [CardKind::Resident, CardKind::Permit, CardKind::Foreigner2017, CardKind::Foreigner2023]
    {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}

/// A social card that answers at once.
struct OnTheTable(SampleCard);

impl Exchange for OnTheTable {
    fn exchange(&mut self, command: &[u8]) -> Result<Zeroizing<Vec<u8>>, ApduError> {
        self.0.answer(command).map(Zeroizing::new).ok_or(ApduError::Reader)
    }
}

#[test]
fn a_social_card_says_what_it_is() {
    let card = SampleCard {
        sex: "2".to_owned(),
        nation: "04".to_owned(),
        valid_to: "20300101".to_owned(),
        version: "3.00".to_owned(),
        ..SampleCard::new(Kind::SocialSecurity, "卓玛", CITIZEN)
    };
    let read = read_social_card(&mut OnTheTable(card)).expect("readable");
    assert_eq!(
        (read.kind(), read.trust.clone()),
        (CardKind::SocialSecurity, Trust::Unauthenticated)
    );
    assert_eq!(read.validity, Validity::Until(date(2030, 1, 1)));
    assert_eq!((read.sex, read.birth), (Some(SexCode::Female), Some(date(1949, 12, 31))));
    let Details::SocialSecurity(of) = &read.details else { panic!("a social card") };
    assert_eq!((of.version.as_str(), of.region.as_str()), ("3.00", "110105"));
    assert_eq!(of.card_number.as_str(), "A12345678");
    assert_eq!(of.nation.and_then(|nation| nation.name()), Some("藏"));
}

fn words(longest: usize) -> impl Strategy<Value = String> {
    // Nothing that pads a field stands at its end.
    proptest::string::string_regex(&format!("[一-龥·A-Z]{{1,{longest}}}")).expect("a pattern")
}

proptest! {
    #[test]
    fn what_is_on_a_card_is_what_is_read(
        name in words(15),
        english_name in "[A-Z]{1,20}, [A-Z]{1,20}",
        address in words(35),
        authority in words(15),
        sex in "[0-9]",
        nation in "[0-9]{2}",
        pass_number in "[A-Z][0-9]{8}",
        times in "[0-9]{2}",
        kind in prop::sample::select(vec![
            (Kind::Resident, CITIZEN),
            (Kind::Permit, PERMIT),
            (Kind::Foreigner2017, FOREIGNER_2017),
            (Kind::Foreigner2023, FOREIGNER),
        ]),
    ) {
        let (kind, number) = kind;
        let card = SampleCard {
            sex: sex.clone(),
            nation: nation.clone(),
            address: address.clone(),
            authority: if kind == Kind::Foreigner2017 { "1500".to_owned() } else { authority },
            valid_from: "20240101".to_owned(),
            valid_to: "20281231".to_owned(),
            birth: Some("19491231".to_owned()),
            english_name: english_name.clone(),
            nationality: "CAN".to_owned(),
            pass_number: pass_number.clone(),
            times: times.clone(),
            ..SampleCard::new(kind, &name, number)
        };
        let read = read(&card).expect("readable");
        prop_assert_eq!(read.name.as_str(), &name);
        prop_assert_eq!(read.number.expose(), number);
        prop_assert_eq!(read.birth, Some(date(1949, 12, 31)));
        prop_assert_eq!(read.validity, Validity::Until(date(2028, 12, 31)));
        match &read.details {
            Details::Resident(of) => {
                prop_assert_eq!(of.nation.expect("filled").code(), nation);
                prop_assert_eq!(of.address.as_str(), &address);
                prop_assert_eq!(of.authority.as_str(), &card.authority);
            }
            Details::Permit(of) => {
                prop_assert_eq!(of.pass_number.as_str(), &pass_number);
                prop_assert_eq!(of.issue_count.as_str(), &times);
                prop_assert_eq!(of.address.as_str(), &address);
            }
            Details::Foreigner2017(of) => {
                prop_assert_eq!(of.english_name.as_str(), &english_name);
                prop_assert_eq!(of.chinese_name.as_str(), &name);
                prop_assert_eq!(of.version.as_str(), &times);
            }
            Details::Foreigner2023(of) => {
                prop_assert_eq!(of.english_name.as_str(), &english_name);
                prop_assert_eq!(of.renewals.as_str(), &times);
                prop_assert_eq!(of.issued, Some(date(2024, 1, 1)));
            }
            Details::SocialSecurity(_) => prop_assert!(false, "another kind"),
        }
    }
}
