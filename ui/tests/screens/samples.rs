//! A screen of every kind, with invented people.

mod complaints;
mod public;

use central_api::{
    Application, Article, Binds, Deadline, Decision, DecisionOutcome, Fen, HouseholdMember, Office,
    Payment, PolicyStep, Programme, Remedy, Stage, Status, Step, StepState, Text, Unit, VisitLevel,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use visit::{
    AccountView, Body, CardFault, CaseView, CentralFault, CodeView, Device, DeviceView, Fault,
    FilingFault, Frame, GuideView, Health, NumberHint, NumberView, Overlay, PrintOutcome,
    PrinterFault, ProblemView, Screen, Waiting, Ways,
};
use zeroize::Zeroizing;

/// Masked number that must be gone once its screen is left.
pub(crate) const MASKED: &str = "639***********0244";

pub(crate) fn screen(body: Body) -> Screen {
    let home = body != Body::Home;
    let personal = matches!(
        body,
        Body::Account(_)
            | Body::Case(_)
            | Body::Code(_)
            | Body::Number(_)
            | Body::Slip { .. }
            | Body::Guide(_)
            | Body::Remedies(_)
            | Body::Write(_)
            | Body::Identity(_)
            | Body::Review(_)
            | Body::Filed(_)
            | Body::Entry(_)
            | Body::Standing(_)
    );
    let ways = Ways { back: home, home, help: body != Body::Help, end: personal };
    let hall = "云岭县民政服务大厅".to_owned();
    let clock = date(2026, 11, 23).at(9, 42, 0, 0);
    Screen { frame: Frame { hall, clock, devices: Vec::new(), ways }, body, overlay: None }
}

/// Each screen with the name of its picture.
pub(crate) fn all() -> Vec<(&'static str, Screen)> {
    let slip = |outcome| screen(Body::Slip { outcome });
    let problem = |fault, retry, type_number| {
        screen(Body::Problem(ProblemView { fault, retry, type_number }))
    };
    let over = |overlay| Screen { overlay: Some(overlay), ..screen(case(in_progress())) };
    let sick = |device| DeviceView { device, health: Health::Failed };
    let mut troubled = screen(Body::AskCard { id_cards: false, social_cards: false });
    troubled.frame.devices = vec![sick(Device::IdReader), sick(Device::Printer)];
    let mut all_troubled = screen(Body::Home);
    all_troubled.frame.devices =
        [Device::IdReader, Device::SocialReader, Device::Printer, Device::Central, Device::Clock]
            .map(sick)
            .to_vec();
    vec![
        ("home", screen(Body::Home)),
        ("home-troubled", all_troubled),
        ("ask-card", screen(Body::AskCard { id_cards: true, social_cards: true })),
        ("ask-card-social", screen(Body::AskCard { id_cards: false, social_cards: true })),
        ("ask-card-no-reader", troubled),
        ("number", screen(number("639926195103", NumberHint::Missing(6)))),
        ("number-wrong", screen(number("639926195103080245", NumberHint::Mistyped))),
        ("code", screen(code("7K3M9"))),
        ("reading-card", screen(Body::Waiting(Waiting::ReadingCard))),
        ("looking-up", screen(Body::Waiting(Waiting::LookingUp))),
        ("printing", screen(Body::Waiting(Waiting::Printing))),
        ("account", screen(account(vec![in_progress(), refused(), paid()]))),
        ("account-empty", screen(account(Vec::new()))),
        ("case", screen(case(in_progress()))),
        ("case-overdue", screen(case(overdue()))),
        ("case-refused", screen(case(refused()))),
        ("case-paid", screen(case(paid()))),
        ("slip-printed", slip(PrintOutcome::Printed)),
        ("slip-paper-out", slip(PrintOutcome::NotStarted(PrinterFault::PaperOut))),
        ("slip-unknown", slip(PrintOutcome::Unknown(PrinterFault::Gone))),
        ("problem-card", problem(Fault::Card(CardFault::MovedTooEarly), true, true)),
        ("problem-code", problem(Fault::Central(CentralFault::NotFound), true, true)),
        ("problem-central", problem(Fault::Central(CentralFault::Unreachable), true, false)),
        ("filing", screen(Body::Waiting(Waiting::Filing))),
        ("problem-standing", problem(Fault::Standing(CentralFault::NotFound), true, false)),
        ("problem-filing", problem(Fault::Filing(FilingFault::Full), true, false)),
        ("guide", screen(guide())),
        ("remedies", screen(remedies())),
        ("help", screen(Body::Help)),
        ("still-there", over(Overlay::StillThere { left_s: 24 })),
        ("another-card", over(Overlay::AnotherCard)),
        (
            "keep-receipt",
            Screen { overlay: Some(Overlay::KeepReceipt), ..screen(complaints::filed()) },
        ),
        (
            "slip-failed",
            over(Overlay::SlipFailed(PrintOutcome::NotStarted(PrinterFault::PaperOut))),
        ),
    ]
    .into_iter()
    .chain(public::all())
    .chain(complaints::all())
    .collect()
}

fn guide() -> Body {
    let text = |text: &str| Some(Text::zh(text));
    Body::Guide(Box::new(GuideView {
        programme: Programme::Dibao,
        stage: Stage::Supplement,
        step: PolicyStep {
            stage: Some(Stage::Supplement),
            title: Text::zh("补材料"),
            what: Text::zh("还缺材料的，窗口会一次说清楚缺什么。补齐了再往下办。"),
            place: text("河湾镇人民政府社会救助窗口"),
            bring: text("窗口写在单子上的那几样，不用多带。"),
            limit: None,
        },
        papers: public::papers(),
        office: office(),
        can_print: true,
    }))
}

fn remedies() -> Body {
    match case(refused()) {
        Body::Case(case) => Body::Remedies(case),
        other => other,
    }
}

pub(crate) fn number(typed: &str, hint: NumberHint) -> Body {
    let complete = hint == NumberHint::Good;
    Body::Number(NumberView { typed: Zeroizing::new(typed.to_owned()), hint, complete })
}

pub(crate) fn code(typed: &str) -> Body {
    let complete = typed.len() == 8;
    let typed = Zeroizing::new(typed.to_owned());
    Body::Code(CodeView { number: MASKED.to_owned(), typed, complete })
}

pub(crate) fn account(applications: Vec<Application>) -> Body {
    let number = MASKED.to_owned();
    let office = Some(office());
    Body::Account(AccountView { number, level: VisitLevel::Full, applications, office })
}

pub(crate) fn case(application: Application) -> Body {
    Body::Case(Box::new(CaseView {
        number: MASKED.to_owned(),
        level: VisitLevel::Full,
        application,
        can_print: true,
    }))
}

pub(crate) fn office() -> Office {
    Office {
        id: "hw".to_owned(),
        area: "639926101".to_owned(),
        distance_m: Some(12_300),
        name: Text::zh("河湾镇人民政府社会救助窗口"),
        address: Text::zh("河湾镇新街12号一楼"),
        phone: "0979-8000001".to_owned(),
        hours: Text::zh("工作日 8:30至17:30"),
    }
}

pub(crate) fn rule(article: &str) -> Article {
    let instrument = "最低生活保障审核确认办法".to_owned();
    Article { instrument, article: article.to_owned() }
}

fn steps(at: usize, deadline: Option<&Deadline>) -> Vec<Step> {
    let way: [(Stage, Date); 8] = [
        (Stage::Submitted, date(2026, 11, 2)),
        (Stage::Accepted, date(2026, 11, 3)),
        (Stage::Verification, date(2026, 11, 5)),
        (Stage::Survey, date(2026, 11, 11)),
        (Stage::TownReview, date(2026, 11, 17)),
        (Stage::Publicity, date(2026, 11, 20)),
        (Stage::CountyConfirmation, date(2026, 11, 27)),
        (Stage::Delivery, date(2026, 12, 10)),
    ];
    let step = |(index, (stage, on)): (usize, (Stage, Date))| {
        let state = match index.cmp(&at) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Coming,
        };
        let deadline = deadline.filter(|_| state == StepState::Current).cloned();
        Step { stage, state, on: (state != StepState::Coming).then_some(on), deadline }
    };
    way.into_iter().enumerate().map(step).collect()
}

/// The same way, begun so many days before.
fn earlier(steps: Vec<Step>, days: i64) -> Vec<Step> {
    let sooner = |step: Step| Step { on: step.on.map(|on| on - days.days()), ..step };
    steps.into_iter().map(sooner).collect()
}

pub(crate) fn in_progress() -> Application {
    let deadline = Deadline {
        binds: Binds::FinishStep,
        days: 7,
        unit: Unit::CalendarDays,
        due: Some(date(2026, 11, 26)),
        overdue_days: 0,
        article: rule("第十九条"),
    };
    Application {
        tracking_number: "YL2026-000123".to_owned(),
        programme: Programme::Dibao,
        category: None,
        applicant: "王*兰".to_owned(),
        submitted_on: date(2026, 11, 2),
        status: Status::InProgress,
        steps: steps(5, Some(&deadline)),
        next: Text::zh(
            "公示没有人提出异议，就由县民政局审核确认，结果会书面告诉您。您现在不用再交材料，请保持电话畅通。",
        ),
        office: office(),
        decision: None,
        grant_fen: None,
        members: Vec::new(),
        payments: Vec::new(),
    }
}

fn overdue() -> Application {
    let deadline = Deadline {
        binds: Binds::FinishStep,
        days: 10,
        unit: Unit::WorkingDays,
        due: Some(date(2026, 11, 20)),
        overdue_days: 3,
        article: rule("第二十一条"),
    };
    Application {
        submitted_on: date(2026, 10, 12),
        steps: earlier(steps(6, Some(&deadline)), 21),
        next: Text::zh("县民政局应当已经作出决定。可以拿这张单子到窗口催问，也可以投诉。"),
        ..in_progress()
    }
}

fn refused() -> Application {
    let remedy = |way, body, until| Remedy {
        way: Text::zh(way),
        body: Text::zh(body),
        until: Some(until),
        article: Article {
            instrument: "社会救助法".to_owned(), article: "第七十六条".to_owned()
        },
    };
    Application {
        tracking_number: "YL2026-000088".to_owned(),
        programme: Programme::Temporary,
        submitted_on: date(2026, 10, 5),
        status: Status::Refused,
        steps: earlier(steps(8, None), 28).into_iter().take(7).collect(),
        next: Text::zh("家里情况有变化，可以随时重新申请。"),
        decision: Some(Decision {
            outcome: DecisionOutcome::Refused,
            decided_on: date(2026, 10, 30),
            reason: Text::zh(
                "家庭月人均收入高于本县标准。核对显示人均每月912元，标准为每月780元。",
            ),
            articles: vec![rule("第二十二条")],
            remedies: vec![
                remedy("行政复议", "云岭县人民政府", date(2026, 12, 29)),
                remedy("行政诉讼", "云岭县人民法院", date(2027, 4, 30)),
            ],
        }),
        ..in_progress()
    }
}

fn paid() -> Application {
    let payment = |month: i8| Payment {
        paid_on: date(2026, month, 10),
        amount_fen: Fen(184_600),
        purpose: Text::zh(format!("2026年{month}月低保金")),
    };
    let member = |name: &str, relation: &str| HouseholdMember {
        name: name.to_owned(),
        relation: relation.to_owned(),
    };
    Application {
        tracking_number: "YL2026-000057".to_owned(),
        submitted_on: date(2026, 8, 3),
        status: Status::Granted,
        steps: earlier(steps(8, None), 91),
        next: Text::zh(
            "每月10日前发到您的银行卡。家里收入、人口有变化，请及时告诉河湾镇人民政府。",
        ),
        grant_fen: Some(Fen(184_600)),
        members: vec![member("扎西·*", "配偶"), member("王*宁", "女儿")],
        payments: vec![payment(11), payment(10), payment(9)],
        ..in_progress()
    }
}
