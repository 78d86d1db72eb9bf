//! Letters to text, as a person types it.

mod support;

use pinyin_input::{MAX_CANDIDATES, MAX_LETTERS, PinyinError};
use support::Desk;

/// The likeliest candidate.
fn first(letters: &str) -> String {
    let composed = Desk::new().compose(letters, &[]);
    composed.candidates.first().map(|text| (**text).clone()).unwrap_or_default()
}

#[test]
fn the_likeliest_comes_first() {
    assert_eq!(first("nihao"), "你好");
    assert_eq!(first("shequfuwuzhongxin"), "社区服务中心");
    assert_eq!(first("woxiangbanliyibaoka"), "我想办理医保卡");
    assert_eq!(first("shehuijiuzhu"), "社会救助");
    assert_eq!(first("nvhai"), "女孩");
}

#[test]
fn initials_are_enough() {
    assert_eq!(first("sqfw"), "社区服务");
    assert_eq!(first("zgrm"), "中国人民");
    assert_eq!(first("shequfuw"), "社区服务");
}

#[test]
fn an_apostrophe_parts_syllables() {
    let mut desk = Desk::new();
    assert_eq!(*desk.compose("xian", &[]).candidates[0], "先");
    let apart = desk.compose("xi'an", &[]);
    assert_eq!(*apart.candidates[0], "西安");
    assert_eq!(*apart.shown, "xi'an");
}

#[test]
fn what_is_shown_parts_syllables() {
    let mut desk = Desk::new();
    assert_eq!(*desk.compose("nihaoma", &[]).shown, "ni hao ma");
    assert_eq!(*desk.compose("lvshi", &[]).shown, "lü shi");
    assert_eq!(*desk.compose("", &[]).shown, "");
}

#[test]
fn a_whole_sentence_is_done_in_one_choice() {
    let composed = Desk::new().compose("woxiangbanliyibaoka", &[0]);
    assert_eq!(composed.done.as_deref().map(String::as_str), Some("我想办理医保卡"));
    assert_eq!(*composed.shown, "我想办理医保卡");
    assert!(composed.candidates.is_empty());
}

#[test]
fn a_sentence_is_taken_piece_by_piece() {
    const LETTERS: &str = "zhangjianguoxiangshenqingdibao";
    let mut desk = Desk::new();
    let mut picks = Vec::new();
    let mut taken = String::new();
    for piece in ["张", "建国", "想", "申请", "低保"] {
        let pick = desk.find(LETTERS, &picks, piece);
        picks.push(pick);
        taken.push_str(piece);
        let composed = desk.compose(LETTERS, &picks);
        assert!(composed.shown.starts_with(&taken), "{}", *composed.shown);
        assert_eq!(composed.done.is_some(), piece == "低保");
        assert_eq!(composed.done.is_some(), composed.candidates.is_empty());
    }
    let done = desk.compose(LETTERS, &picks).done;
    assert_eq!(done.as_deref().map(String::as_str), Some("张建国想申请低保"));
}

#[test]
fn every_character_of_a_syllable_is_offered() {
    let mut desk = Desk::new();
    for (letters, rare) in [("zhe", "喆"), ("yue", "玥"), ("sheng", "昇"), ("yi", "燚")] {
        desk.find(letters, &[], rare);
    }
    let composed = desk.compose("yi", &[]);
    assert!(composed.candidates.len() > 300 && composed.candidates.len() < MAX_CANDIDATES);
}

#[test]
fn letters_without_a_syllable_have_no_candidates() {
    let mut desk = Desk::new();
    for letters in ["v", "i", "u", "uuu"] {
        let composed = desk.compose(letters, &[]);
        assert_eq!(*composed.shown, letters);
        assert!(composed.candidates.is_empty());
        assert!(matches!(desk.engine.compose(letters, &[0]), Err(PinyinError::Choice { turn: 0 })));
    }
}

#[test]
fn other_characters_are_refused_with_their_place() {
    let mut desk = Desk::new();
    for (letters, place) in [
        ("ni hao", 2),
        ("Ni", 0),
        ("ni3", 2),
        ("ni\0", 2),
        ("nü", 1),
        ("你", 0),
        ("nihao\n", 5),
        ("'an", 0),
        ("xi''an", 3),
    ] {
        match desk.engine.compose(letters, &[]) {
            Err(PinyinError::Letter { at }) => assert_eq!(at, place, "{letters:?}"),
            other => panic!("{letters:?}: {other:?}"),
        }
    }
    assert_eq!(*desk.compose("nihao", &[]).candidates[0], "你好");
}

#[test]
fn no_more_letters_than_the_limit() {
    let mut desk = Desk::new();
    let most = "shi".repeat(MAX_LETTERS / 3) + "s";
    assert_eq!(most.len(), MAX_LETTERS);
    let composed = desk.compose(&most, &[]);
    assert!(composed.candidates.len() >= 40);
    assert!(composed.shown.ends_with("shi s"));
    assert!(matches!(desk.engine.compose(&(most + "h"), &[]), Err(PinyinError::TooLong)));
}

#[test]
fn a_choice_not_offered_is_refused() {
    let mut desk = Desk::new();
    let offered = desk.compose("nihao", &[]).candidates.len();
    for (picks, refused) in [
        (&[offered][..], 0),
        (&[usize::MAX], 0),
        (&[MAX_CANDIDATES], 0),
        (&[0, 0], 1),
        (&[1, 0, 0], 2),
    ] {
        match desk.engine.compose("nihao", picks) {
            Err(PinyinError::Choice { turn }) => assert_eq!(turn, refused, "{picks:?}"),
            other => panic!("{picks:?}: {other:?}"),
        }
    }
    assert!(matches!(desk.engine.compose("", &[0]), Err(PinyinError::Choice { turn: 0 })));
    assert_eq!(*desk.compose("nihao", &[1]).shown, "你hao");
}

#[test]
fn debug_reveals_nothing() {
    let mut desk = Desk::new();
    let composed = desk.compose("nihao", &[1]);
    assert_eq!(format!("{composed:?} {:?}", desk.engine), "Composed(..) Engine(..)");
    let error = desk.engine.compose("nihao9", &[]).expect_err("no letter");
    assert!(!format!("{error} {error:?}").contains("hao"));
}
