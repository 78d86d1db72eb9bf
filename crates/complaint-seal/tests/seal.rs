//! What is sealed opens for its key alone, and only unchanged.

use std::sync::LazyLock;

use central_api::{
    Complaint, ComplaintKind, ComplaintSubject, ComplaintWriter, Programme, SealKey,
    SealedComplaint,
};
use complaint_seal::{ALGORITHM, KeyPair, OpenError, SealError, code_hash, open, seal};
use jiff::civil::date;
use proptest::prelude::*;

const ID: &str = "00112233445566778899aabbccddeeff";

fn complaint(text: &str, writer: Option<ComplaintWriter>) -> Complaint {
    Complaint {
        tracking_number: "7K0M1Q2X9Z".to_owned(),
        code_hash: code_hash("7K0M1Q2X9Z", "AB3DEF9H"),
        kind: ComplaintKind::Petition,
        subject: ComplaintSubject::Programme(Programme::Dibao),
        text: text.to_owned(),
        writer,
        written_on: date(2026, 11, 23),
    }
}

fn sealed(keys: &KeyPair) -> SealedComplaint {
    seal(&keys.public(), ID, &complaint("三个月没有答复。", None)).expect("sealed")
}

#[test]
fn it_opens_as_it_was() {
    let keys = KeyPair::generate();
    let writer = ComplaintWriter {
        name: "喆𠮷".to_owned(),
        number: Some("639926198909150313".to_owned()),
        phone: None,
    };
    for complaint in [complaint("一行\n两行 😀", None), complaint("字", Some(writer))] {
        let sealed = seal(&keys.public(), ID, &complaint).expect("sealed");
        assert_eq!((sealed.id.as_str(), sealed.algorithm.as_str()), (ID, ALGORITHM));
        assert_eq!(sealed.key, keys.id());
        assert_eq!(open(&keys, &sealed), Ok(complaint));
    }
}

#[test]
fn the_same_complaint_is_never_sealed_alike() {
    let keys = KeyPair::generate();
    let (one, two) = (sealed(&keys), sealed(&keys));
    assert_ne!(one.encapsulated, two.encapsulated);
    assert_ne!(one.ciphertext, two.ciphertext);
}

#[test]
fn its_length_tells_no_more_than_kilobytes() {
    let keys = KeyPair::generate();
    let length = |text: &str| {
        let sealed = seal(&keys.public(), ID, &complaint(text, None)).expect("sealed");
        sealed.ciphertext.len()
    };
    assert_eq!(length("字"), length(&"字".repeat(200)));
    // 1,000 characters of the longest kind, and the rest of a complaint.
    assert!(length(&"𠮷".repeat(1000)) < 8 * 1024);
}

#[test]
fn a_change_of_any_field_is_found() {
    let keys = KeyPair::generate();
    let whole = sealed(&keys);
    let changed = |change: &dyn Fn(&mut SealedComplaint)| {
        let mut bent = whole.clone();
        change(&mut bent);
        open(&keys, &bent).err()
    };
    assert_eq!(changed(&|s| s.id.replace_range(..1, "1")), Some(OpenError::Seal));
    assert_eq!(changed(&|s| s.id.clear()), Some(OpenError::Seal));
    assert_eq!(changed(&|s| s.algorithm.push('2')), Some(OpenError::Algorithm));
    assert_eq!(changed(&|s| s.key.push('2')), Some(OpenError::Key));
    for at in 0..whole.encapsulated.len() {
        assert!(changed(&|s| bend(&mut s.encapsulated, at)).is_some(), "encapsulated {at}");
    }
    for at in (0..whole.ciphertext.len()).step_by(7) {
        assert!(changed(&|s| bend(&mut s.ciphertext, at)).is_some(), "ciphertext {at}");
    }
    let other = sealed(&keys);
    assert_eq!(changed(&|s| s.encapsulated.clone_from(&other.encapsulated)), Some(OpenError::Seal));
    assert_eq!(changed(&|s| s.ciphertext.clone_from(&other.ciphertext)), Some(OpenError::Seal));
}

/// Another letter of base64 in this place.
fn bend(text: &mut String, at: usize) {
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    text.replace_range(at..=at, other);
}

#[test]
fn rubbish_is_no_seal() {
    let keys = KeyPair::generate();
    let whole = sealed(&keys);
    for rubbish in ["", "!", "字", "====", "AAAA", "AAA", " "] {
        let bent = SealedComplaint { encapsulated: rubbish.to_owned(), ..whole.clone() };
        assert_eq!(open(&keys, &bent), Err(OpenError::Encoding), "{rubbish}");
        let bent = SealedComplaint { ciphertext: rubbish.to_owned(), ..whole.clone() };
        assert!(matches!(open(&keys, &bent), Err(OpenError::Encoding | OpenError::Seal)));
    }
}

#[test]
fn another_key_does_not_open_it() {
    let (keys, other) = (KeyPair::generate(), KeyPair::generate());
    let whole = sealed(&keys);
    assert_eq!(open(&other, &whole), Err(OpenError::Key));
    let claimed = SealedComplaint { key: other.id().to_owned(), ..whole };
    assert_eq!(open(&other, &claimed), Err(OpenError::Seal));
}

#[test]
fn a_key_that_is_none_is_refused() {
    let good = KeyPair::generate().public();
    let try_with = |key: &SealKey| seal(key, ID, &complaint("字", None)).err();
    let foreign = SealKey { algorithm: "rot13".to_owned(), ..good.clone() };
    assert_eq!(try_with(&foreign), Some(SealError::Algorithm));
    for rubbish in ["", "AAAA", "not base64", "字"] {
        let bad = SealKey { public_key: rubbish.to_owned(), ..good.clone() };
        assert_eq!(try_with(&bad), Some(SealError::Key), "{rubbish}");
    }
    // The point of order one: whatever is sealed to it, anybody could open.
    let weak = SealKey { public_key: format!("{}=", "A".repeat(43)), ..good };
    assert_eq!(try_with(&weak), Some(SealError::Seal));
}

fn any_complaint() -> impl Strategy<Value = Complaint> {
    let writer = ("\\PC{1,64}", proptest::option::of("[0-9X]{18}"))
        .prop_map(|(name, number)| ComplaintWriter { name, number, phone: None });
    ("(?s).{0,300}", proptest::option::of(writer))
        .prop_map(|(text, writer)| complaint(&text, writer))
}

/// One for all cases: making a pair is slow where nothing is optimised.
static KEYS: LazyLock<KeyPair> = LazyLock::new(KeyPair::generate);

proptest! {
    #[test]
    fn any_complaint_under_any_id_opens_as_it_was(complaint in any_complaint(), id in "\\PC{0,40}") {
        let sealed = seal(&KEYS.public(), &id, &complaint).expect("sealed");
        prop_assert_eq!(open(&KEYS, &sealed), Ok(complaint));
    }

    #[test]
    fn nothing_else_opens(id in ".{0,40}", encapsulated in ".{0,60}", ciphertext in ".{0,200}") {
        let (algorithm, key) = (ALGORITHM.to_owned(), KEYS.id().to_owned());
        let sealed = SealedComplaint { id, algorithm, key, encapsulated, ciphertext };
        prop_assert!(open(&KEYS, &sealed).is_err());
    }
}
