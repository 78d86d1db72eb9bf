//! Buttons found by their accessible names and pressed through hit-testing.

use std::cell::RefCell;
use std::rc::Rc;

use i_slint_backend_testing::{AccessibleRole, ElementHandle, ElementQuery};
use kiosk_ui::Ui;
use slint::ComponentHandle;
use slint::platform::PointerEventButton;
use visit::{
    Body, CardFault, Fault, Key, Narrowing, NoticePart, NumberHint, Overlay, PrintOutcome,
    PrinterFault, ProblemView, Screen, Service, UiEvent, Worded,
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
            .match_predicate(move |element: &ElementHandle| {
                let role = element.accessible_role();
                let pressed = [AccessibleRole::Button, AccessibleRole::Checkbox].map(Some);
                pressed.contains(&role) && element.accessible_label().as_deref() == Some(&label)
            })
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
fn every_press_on_public_content_and_complaints_means_what_it_says() {
    let bench = Bench::new();
    let worded = |about: &str| Worded { about: about.to_owned(), text: String::new() };
    for (name, label, event) in [
        ("policies", "搜一搜，如 低保、看病、上学", UiEvent::Search),
        ("policies", "特困人员救助供养", UiEvent::Choose(1)),
        ("policies-search", "h", UiEvent::Key(Key::Character('h'))),
        ("policies-search", "删", UiEvent::Key(Key::Erase)),
        ("policies-search", "收起搜索", UiEvent::Search),
        ("policy", "身份证", UiEvent::Tick(0)),
        ("policy", "打印带回家", UiEvent::Print),
        ("notices", "救助标准", UiEvent::Show(NoticePart::Standards)),
        ("notices", "乡镇街道：全部", UiEvent::Narrow(Narrowing::Town)),
        ("notices-search", "乡镇街道：河湾镇", UiEvent::Narrow(Narrowing::Town)),
        ("notices-search", "王*兰，河湾镇 东沟村，最低生活保障", UiEvent::Choose(0)),
        (
            "notices-funds",
            "对公开的内容有疑问，去反映",
            UiEvent::Complain(worded("公开的资金物资使用情况")),
        ),
        (
            "notice",
            "对这条公示提出异议",
            UiEvent::Complain(worded("河湾镇 东沟村 王*兰的最低生活保障")),
        ),
        ("choices-town", "石桥镇", UiEvent::Choose(3)),
        ("complaints", "我要反映", UiEvent::Complain(worded(""))),
        ("complaints", "看答复", UiEvent::AskStanding),
        ("complaints", "单位电话", UiEvent::Offices),
        ("write", "x", UiEvent::Key(Key::Letter('x'))),
        ("write", "。", UiEvent::Key(Key::Character('。'))),
        ("write", "换行", UiEvent::Key(Key::Character('\n'))),
        ("write", "西王", UiEvent::Pick(1)),
        ("write", "下一步", UiEvent::Submit),
        ("identity", "不写名字（匿名）", UiEvent::Sign(false)),
        ("identity", "写上名字（实名）", UiEvent::Sign(true)),
        ("review", "提交", UiEvent::Submit),
        ("filed", "打印回执", UiEvent::Print),
        ("tracking", "Z", UiEvent::Key(Key::Character('Z'))),
        ("standing-answered", "打印带回家", UiEvent::Print),
        ("case", "公示：这一步做什么", UiEvent::Guide(5)),
        ("case-refused", "怎么提出，要准备什么", UiEvent::Remedies),
        ("guide", "打印这一步的说明", UiEvent::Print),
        ("remedies", "打印带回家", UiEvent::Print),
        ("keep-receipt", "再看一看", UiEvent::Stay),
        ("keep-receipt", "抄好了，退出", UiEvent::End),
        ("slip-failed", "知道了", UiEvent::Stay),
    ] {
        let found = samples::all().into_iter().find(|(of, _)| *of == name);
        let (_, screen) = found.expect("a sample of this name");
        assert_eq!(bench.press(&screen, label), [event], "{name}: {label}");
    }
}

#[test]
fn a_late_case_begins_a_complaint_that_is_begun_already() {
    let bench = Bench::new();
    let (_, late) = samples::all().into_iter().find(|(of, _)| *of == "case-overdue").expect("one");
    let heard = bench.press(&late, "投诉超期");
    let [UiEvent::Complain(worded)] = &heard[..] else { panic!("a complaint, not {heard:?}") };
    assert!(worded.about.contains("YL2026-000123"));
    assert!(worded.text.contains("已经超过法定期限"));
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
