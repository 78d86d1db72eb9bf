//! Writing the text of a complaint by keys.

use super::{at_the_text, composing, filed, handed_in, wiped};
use crate::bench::Bench;
use visit::{Action, Body, Composed, Event, Key, UiEvent};

#[test]
fn typing_is_forgotten_when_its_complaint_is_left() {
    let forgets = |actions: &[Action]| actions.iter().any(|of| matches!(of, Action::ForgetTyping));
    let mut bench = Bench::new();
    let visit = handed_in(&mut bench);
    assert!(forgets(&bench.on(Event::Filed(visit, Ok(filed())))));
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    assert!(!forgets(&bench.press(UiEvent::Key(Key::Letter('a')))));
    assert!(forgets(&bench.press(UiEvent::End)));
}

#[test]
fn punctuation_takes_the_likeliest_and_a_space_is_one_where_nothing_is_known() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    let turn = composing(&bench.press(UiEvent::Key(Key::Letter('a')))).turn;
    let candidates = vec![wiped("啊"), wiped("阿")];
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped("a"), candidates }));
    bench.press(UiEvent::Key(Key::Character('，')));
    let turn = composing(&bench.press(UiEvent::Key(Key::Letter('k')))).turn;
    let candidates = Vec::new();
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped("k"), candidates }));
    bench.press(UiEvent::Key(Key::Character(' ')));
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "啊，k "));
}

#[test]
fn what_does_not_belong_into_a_text_stays_out_and_too_much_is_cut() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    for c in ['\u{0}', '\u{7}', '\u{1b}', '\n', '🙂', '𠮷', '䶮', 'é'] {
        bench.press(UiEvent::Key(Key::Character(c)));
    }
    for letter in ['A', '9', '好'] {
        assert!(bench.press(UiEvent::Key(Key::Letter(letter))).is_empty(), "no letter of pinyin");
    }
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "\n🙂𠮷䶮é"));
    for _ in 0..2000 {
        bench.press(UiEvent::Key(Key::Character('字')));
    }
    let Body::Write(view) = bench.body() else { panic!("still writing") };
    assert_eq!((view.left, view.text.chars().count()), (0, central_api::COMPLAINT_TEXT_MAX));
}

#[test]
fn letters_that_stay_open_are_kept_as_they_are() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    for letter in "ok".chars() {
        bench.press(UiEvent::Key(Key::Letter(letter)));
    }
    assert!(matches!(bench.body(), Body::Write(view) if view.open.as_str() == "ok"));
    bench.press(UiEvent::Submit);
    bench.press(UiEvent::Back);
    assert!(
        matches!(bench.body(), Body::Write(view) if view.text.as_str() == "ok" && view.open.is_empty())
    );
}

#[test]
fn a_part_that_was_taken_stays_taken_when_more_letters_come() {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    let mut typing = None;
    for letter in "nihao".chars() {
        typing = Some(composing(&bench.press(UiEvent::Key(Key::Letter(letter)))));
    }
    let turn = typing.expect("letters").turn;
    let candidates = vec![wiped("你"), wiped("尼")];
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped("nihao"), candidates }));
    let typing = composing(&bench.press(UiEvent::Pick(0)));
    let (turn, candidates) = (typing.turn, vec![wiped("好")]);
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped("你hao"), candidates }));
    let typing = composing(&bench.press(UiEvent::Key(Key::Letter('a'))));
    assert_eq!((typing.letters.as_str(), &typing.picks[..]), ("haoa", &[][..]));
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "你"));
}

/// At the text, with a pick that the dictionary has not answered.
fn picked() -> (Bench, u64) {
    let mut bench = Bench::new();
    at_the_text(&mut bench);
    let turn = composing(&bench.press(UiEvent::Key(Key::Letter('a')))).turn;
    let candidates = vec![wiped("啊")];
    bench.on(Event::Composed(Composed { turn, done: None, shown: wiped("a"), candidates }));
    let turn = composing(&bench.press(UiEvent::Pick(0))).turn;
    (bench, turn)
}

fn answer(turn: u64) -> Event {
    let (done, candidates) = (Some(wiped("啊")), Vec::new());
    Event::Composed(Composed { turn, done, shown: wiped(""), candidates })
}

#[test]
fn letters_wait_for_the_answer_to_a_pick() {
    let (mut bench, turn) = picked();
    for letter in "bu".chars() {
        assert!(bench.press(UiEvent::Key(Key::Letter(letter))).is_empty());
    }
    let asked = bench.on(answer(turn));
    assert_eq!(composing(&asked).letters.as_str(), "bu");
    let Body::Write(view) = bench.body() else { panic!("still writing") };
    assert_eq!((view.text.as_str(), view.open.as_str()), ("啊", "bu"));
}

#[test]
fn a_letter_that_waits_is_the_first_to_be_erased() {
    let (mut bench, turn) = picked();
    bench.press(UiEvent::Key(Key::Letter('b')));
    assert!(bench.press(UiEvent::Key(Key::Erase)).is_empty());
    assert!(bench.on(answer(turn)).is_empty());
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "啊"));
}

#[test]
fn nothing_typed_is_lost_when_one_goes_on_before_the_answer() {
    let (mut bench, _) = picked();
    bench.press(UiEvent::Key(Key::Letter('b')));
    bench.press(UiEvent::Key(Key::Character('，')));
    assert!(matches!(bench.body(), Body::Write(view) if view.text.as_str() == "ab，"));
}
