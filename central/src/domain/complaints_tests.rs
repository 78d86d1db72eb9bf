use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn complaint(change: impl FnOnce(&mut Complaint)) -> Complaint {
    let mut complaint = Complaint {
        tracking_number: "7K0M1Q2X9Z".to_owned(),
        code_hash: "0a".repeat(32),
        kind: ComplaintKind::Complaint,
        subject: ComplaintSubject::General,
        text: "窗口没有人。".to_owned(),
        writer: None,
        written_on: date(2026, 11, 23),
    };
    change(&mut complaint);
    complaint
}

fn writer(change: impl FnOnce(&mut ComplaintWriter)) -> Option<ComplaintWriter> {
    let mut writer = ComplaintWriter {
        name: "扎西·才让多杰".to_owned(),
        number: Some("639926196807190171".to_owned()),
        phone: Some("0979-8210018".to_owned()),
    };
    change(&mut writer);
    Some(writer)
}

#[test]
fn what_fits_may_hold_any_script_emoji_and_new_lines() {
    assert!(fits(&complaint(|_| {})));
    for text in ["😀👨‍👩‍👧", "a\nb", "བཀྲ་ཤིས་ и 中文 ئۇيغۇر", " 两头有空 ", &"𠮷".repeat(1000)]
    {
        assert!(fits(&complaint(|c| c.text = text.to_owned())), "{text}");
    }
    assert!(fits(&complaint(|c| c.writer = writer(|_| {}))));
    assert!(fits(&complaint(|c| c.subject = ComplaintSubject::Office("yl-mzj".to_owned()))));
}

#[test]
fn what_does_not_fit() {
    for text in
        ["", " \n ", "a\u{0}b", "a\tb", "a\rb", "a\u{1b}[31mb", "a\u{85}b", &"字".repeat(1001)]
    {
        assert!(!fits(&complaint(|c| c.text = text.to_owned())), "{text:?}");
    }
    for number in ["", "7K0M1Q2X9", "7K0M1Q2X9Z0", "7k0m1q2x9z", "7K0M1Q2X9U", "七K0M1Q2X9Z"] {
        assert!(!fits(&complaint(|c| c.tracking_number = number.to_owned())), "{number}");
    }
    for hash in ["", "0a", &"0A".repeat(32), &"0g".repeat(32), &"0a".repeat(33)] {
        assert!(!fits(&complaint(|c| c.code_hash = hash.to_owned())), "{hash}");
    }
    for id in ["", "a b", "厅", &"x".repeat(65)] {
        assert!(!fits(&complaint(|c| c.subject = ComplaintSubject::Notice(id.to_owned()))), "{id}");
    }
    for name in ["", " ", "a\u{7}", &"字".repeat(65)] {
        assert!(!fits(&complaint(|c| c.writer = writer(|w| w.name = name.to_owned()))), "{name:?}");
    }
    let number = |number: &str| writer(|w| w.number = Some(number.to_owned()));
    assert!(!fits(&complaint(|c| c.writer = number("639926196807190172"))));
    let phone = |phone: &str| writer(|w| w.phone = Some(phone.to_owned()));
    assert!(!fits(&complaint(|c| c.writer = phone("call me"))));
}

fn progress(state: ComplaintState, accepted_on: Option<Date>) -> Progress {
    Progress { state, received_on: date(2026, 11, 2), accepted_on }
}

#[test]
fn a_petition_has_the_national_clocks() {
    let route = national_route(ComplaintKind::Petition);
    let next = |state, accepted, today| deadline(&progress(state, accepted), &route, today);
    let first = next(ComplaintState::Received, None, date(2026, 11, 20)).expect("a deadline");
    assert_eq!((first.due, first.overdue_days), (Some(date(2026, 11, 17)), 3));
    assert_eq!(first.article.article, "第二十二条");
    let accepted = Some(date(2026, 11, 10));
    let second = next(ComplaintState::Accepted, accepted, date(2026, 11, 20)).expect("one");
    assert_eq!((second.due, second.overdue_days), (Some(date(2027, 1, 9)), 0));
    assert_eq!(second.article.article, "第三十四条");
    assert!(next(ComplaintState::Routed, None, date(2026, 11, 20)).is_none());
    assert!(next(ComplaintState::Answered, accepted, date(2026, 11, 20)).is_none());
}

#[test]
fn where_no_rule_sets_a_day_none_is_shown_and_a_countys_own_counts_from_receipt() {
    for kind in [ComplaintKind::Question, ComplaintKind::Complaint, ComplaintKind::Accusation] {
        let mut route = national_route(kind);
        let received = progress(ComplaintState::Received, None);
        assert!(deadline(&received, &route, date(2026, 11, 23)).is_none());
        route.answer_within = Some(DayLimit {
            days: 5,
            unit: Unit::WorkingDays,
            article: Article {
                instrument: "某规程".to_owned(), article: "第三条".to_owned()
            },
        });
        let own = deadline(&received, &route, date(2026, 11, 11)).expect("a deadline");
        assert_eq!((own.due, own.overdue_days), (Some(date(2026, 11, 9)), 2));
        let routed = progress(ComplaintState::Routed, None);
        assert_eq!(deadline(&routed, &route, date(2026, 11, 11)), Some(own));
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_whatever_fits_is_short_and_without_controls(text in any::<String>()) {
        if is_text(&text) {
            prop_assert!((1..=COMPLAINT_TEXT_MAX).contains(&text.trim().chars().count()));
            prop_assert!(!text.trim().chars().any(|c| c.is_control() && c != '\n'));
        }
        if let Some(number) = tracking_number(&text) {
            prop_assert_eq!(tracking_number(&number), Some(number));
        }
    }
}
