//! Buttons found by their accessible names and pressed through hit-testing.

use std::cell::RefCell;
use std::rc::Rc;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use kiosk_ui::Ui;
use slint::ComponentHandle;
use slint::platform::PointerEventButton;
use visit::{
    Body, CardFault, Fault, Key, NumberHint, Overlay, PrintOutcome, PrinterFault, ProblemView,
    Screen, Service, UiEvent,
};

use crate::samples::{self, MASKED, screen};

struct Bench {
    ui: Ui,
    heard: Rc<RefCell<Vec<UiEvent>>>,
}

impl Bench {
    fn new() -> Self {
        i_slint_backend_testing::init_no_event_loop();
        let heard = Rc::new(RefCell::new(Vec::new()));
        let sink = Rc::clone(&heard);
        let ui = Ui::new(move |event| sink.borrow_mut().push(event), false, 4.0).expect("window");
        ui.component().show().expect("shown");
        ui.set_size(1080, 1920);
        Self { ui, heard }
    }

    fn buttons(&self, label: &str) -> Vec<ElementHandle> {
        let label = label.to_owned();
        ElementQuery::from_root(self.ui.component())
            .match_accessible_role(AccessibleRole::Button)
            .match_predicate(move |element| element.accessible_label().as_deref() == Some(&label))
            .find_all()
    }

    /// Shows a screen and presses the one element of this name.
    fn press(&self, screen: &Screen, label: &str) -> Vec<UiEvent> {
        self.ui.show(screen);
        let found = self.buttons(label);
        assert_eq!(found.len(), 1, "{label} must be there once");
        found[0].mock_single_click(PointerEventButton::Left);
        self.heard.take()
    }
}

#[test]
fn home_offers_the_four_services_by_name() {
    let bench = Bench::new();
    for (label, service) in [
        ("救助政策", Service::Policies),
        ("信息公示", Service::Notices),
        ("救助进度", Service::Progress),
        ("投诉举报", Service::Complaints),
    ] {
        assert_eq!(bench.press(&screen(Body::Home), label), [UiEvent::Open(service)]);
    }
}

#[test]
fn every_way_onward_means_what_it_says() {
    let bench = Bench::new();
    let case = || screen(samples::case(samples::in_progress()));
    let slip = |outcome| screen(Body::Slip { outcome });
    let full = || screen(samples::number("639926195103080244", NumberHint::Good));
    let half = || screen(samples::number("6399", NumberHint::Missing(14)));
    let code = || screen(samples::code("7K3M9QTX"));
    let moved = Fault::Card(CardFault::MovedTooEarly);
    let problem = || {
        let view = ProblemView { fault: moved, retry: true, type_number: true };
        screen(Body::Problem(view))
    };
    let over = |overlay| Screen { overlay: Some(overlay), ..case() };
    let paper_out = PrintOutcome::NotStarted(PrinterFault::PaperOut);
    let another = || over(Overlay::AnotherCard);
    let still = || over(Overlay::StillThere { left_s: 9 });
    for (screen, label, event) in [
        (
            screen(Body::AskCard { id_cards: true, social_cards: true }),
            "没带卡，输入号码查询",
            UiEvent::TypeNumber,
        ),
        (half(), "7", UiEvent::Key(Key::Character('7'))),
        (half(), "X", UiEvent::Key(Key::Character('X'))),
        (half(), "删一位", UiEvent::Key(Key::Erase)),
        (full(), "下一步", UiEvent::Submit),
        (code(), "Z", UiEvent::Key(Key::Character('Z'))),
        (code(), "查询", UiEvent::Submit),
        (case(), "打印进度单", UiEvent::Print),
        (case(), "返回", UiEvent::Back),
        (case(), "首页", UiEvent::Home),
        (case(), "怎么用", UiEvent::Help),
        (case(), "结束并退出", UiEvent::End),
        (slip(PrintOutcome::Printed), "完成", UiEvent::Back),
        (slip(paper_out), "再试一次", UiEvent::Retry),
        (problem(), "再试一次", UiEvent::Retry),
        (problem(), "改用输入号码", UiEvent::TypeNumber),
        (still(), "继续使用", UiEvent::Stay),
        (still(), "现在退出", UiEvent::End),
        (another(), "继续现在的查询", UiEvent::SwitchCard(false)),
        (another(), "结束，换新卡", UiEvent::SwitchCard(true)),
    ] {
        assert_eq!(bench.press(&screen, label), [event], "{label}");
    }
}

#[test]
fn what_does_nothing_here_cannot_be_pressed() {
    let bench = Bench::new();
    let half = screen(samples::number("6399", NumberHint::Missing(14)));
    assert_eq!(bench.press(&half, "下一步"), []);
    assert_eq!(bench.press(&screen(Body::Home), "返回"), []);
    let over = Overlay::StillThere { left_s: 9 };
    let warned = Screen { overlay: Some(over), ..screen(samples::case(samples::in_progress())) };
    assert_eq!(bench.press(&warned, "打印进度单"), [], "the warning covers what is behind it");
}

#[test]
fn a_list_tells_which_entry_was_pressed() {
    let bench = Bench::new();
    let twice = screen(samples::account(vec![samples::in_progress(), samples::in_progress()]));
    bench.ui.show(&twice);
    let label = "最低生活保障，办理中，受理编号YL2026-000123";
    let rows = bench.buttons(label);
    assert_eq!(rows.len(), 2);
    rows[1].mock_single_click(PointerEventButton::Left);
    assert_eq!(bench.heard.take(), [UiEvent::Choose(1)]);
}

#[test]
fn a_screen_that_is_left_leaves_nothing() {
    let bench = Bench::new();
    let texts = |bench: &Bench| {
        ElementQuery::from_root(bench.ui.component())
            .match_predicate(|_: &ElementHandle| true)
            .find_all()
            .into_iter()
            .filter_map(|element| element.accessible_label())
            .map(String::from)
            .collect::<String>()
    };
    for personal in [
        samples::account(vec![samples::in_progress()]),
        samples::case(samples::in_progress()),
        samples::code("7K3M"),
    ] {
        bench.ui.show(&screen(personal));
        assert!(texts(&bench).contains(MASKED), "the screen shows whose it is");
        bench.ui.show(&screen(Body::Home));
        assert!(!texts(&bench).contains(MASKED));
        assert!(bench.ui.holds_nothing_personal());
    }
}
