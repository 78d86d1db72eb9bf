//! Any letters and choices in any order: the answer depends on them alone, and makes sense.

mod support;

use std::cell::RefCell;
use std::collections::HashSet;

use pinyin_input::{Composed, MAX_CANDIDATES, MAX_LETTERS};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use support::Desk;

/// What a person does next.
#[derive(Debug, Clone)]
enum Step {
    Type(String),
    Erase(usize),
    /// A share of the candidates offered, in thousandths.
    Choose(usize),
    Undo,
    Clear,
}

fn letters() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "(b|p|m|f|d|t|n|l|g|k|h|j|q|x|zh|ch|sh|r|z|c|s|y|w)(a|o|e|i|u|v|ai|ei|ao|ou|an|en|ang|eng|ian|iang|uo|ong)",
        1 => "[a-z]('?[a-z]){0,3}",
        1 => Just("'".to_owned()),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => letters().prop_map(Step::Type),
        2 => (1_usize..6).prop_map(Step::Erase),
        3 => prop_oneof![Just(0), 0_usize..1000].prop_map(Step::Choose),
        1 => Just(Step::Undo),
        1 => Just(Step::Clear),
    ]
}

/// No candidate twice or empty, nothing that is not text, no letter lost.
fn assert_sane(letters: &str, picks: &[usize], composed: &Composed) {
    let candidates: HashSet<&str> =
        composed.candidates.iter().map(|candidate| candidate.as_str()).collect();
    assert_eq!(candidates.len(), composed.candidates.len());
    assert!(candidates.len() <= MAX_CANDIDATES);
    for text in &candidates {
        assert!(!text.is_empty() && !text.contains(|c: char| c.is_control() || c.is_ascii()));
    }
    let is_open = |c: &char| c.is_ascii_lowercase() || *c == 'ü';
    let open = composed.shown.chars().filter(is_open).count();
    let typed = letters.bytes().filter(|letter| *letter != b'\'').count();
    match &composed.done {
        Some(text) => {
            assert_eq!((open, composed.candidates.len()), (0, 0));
            assert_eq!(text, &composed.shown);
            assert!(!picks.is_empty() && text.chars().count() <= typed);
        }
        None if picks.is_empty() => assert_eq!(open, typed),
        None => assert!(open < typed),
    }
}

#[test]
fn the_answer_depends_on_letters_and_choices_alone() {
    let desk = RefCell::new(Desk::new());
    let run = |steps: Vec<Step>| {
        let mut desk = desk.borrow_mut();
        let (mut letters, mut picks) = (String::new(), Vec::new());
        let mut offered = 0;
        let mut answers = Vec::new();
        for step in steps {
            match step {
                Step::Type(more) => letters.push_str(&more),
                Step::Erase(count) => letters.truncate(letters.len().saturating_sub(count)),
                Step::Choose(share) if offered > 0 => picks.push(share * offered / 1000),
                Step::Choose(_) => {}
                Step::Undo => drop(picks.pop()),
                Step::Clear => letters.clear(),
            }
            if letters.is_empty() {
                picks.clear();
            }
            let answer = desk.engine.compose(&letters, &picks);
            match &answer {
                Ok(composed) => {
                    assert_sane(&letters, &picks, composed);
                    offered = composed.candidates.len();
                }
                Err(_) => offered = 0,
            }
            let failed = answer.is_err();
            answers.push((letters.clone(), picks.clone(), answer));
            if failed {
                letters.truncate(letters.len().min(MAX_LETTERS).saturating_sub(2));
                picks.clear();
            }
        }
        for (letters, picks, answer) in answers {
            desk.engine.forget();
            let again = desk.engine.compose(&letters, &picks);
            match (answer, again) {
                (Ok(before), Ok(after)) => assert!(before == after, "{letters} {picks:?}"),
                (Err(before), Err(after)) => assert_eq!(before.to_string(), after.to_string()),
                (before, after) => panic!("{letters} {picks:?}: {before:?}, then {after:?}"),
            }
        }
        Ok(())
    };
    TestRunner::new(ProptestConfig::with_cases(60))
        .run(&vec(step(), 1..20), run)
        .expect("the same answers");
}

#[test]
fn first_choices_come_to_an_end() {
    let desk = RefCell::new(Desk::new());
    let run = |syllables: Vec<String>| {
        let mut desk = desk.borrow_mut();
        let letters = syllables.concat();
        let mut picks = Vec::new();
        while let Ok(composed) = desk.engine.compose(&letters, &picks) {
            assert_sane(&letters, &picks, &composed);
            if composed.candidates.is_empty() {
                break;
            }
            picks.push(0);
            assert!(picks.len() <= letters.len());
        }
        Ok(())
    };
    TestRunner::new(ProptestConfig::with_cases(60))
        .run(&vec(letters(), 1..12), run)
        .expect("an end");
}
