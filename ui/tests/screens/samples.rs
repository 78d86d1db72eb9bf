//! A screen of every kind, with invented people.

mod applications;
mod complaints;
mod public;

pub(crate) use applications::in_progress;
use applications::{overdue, paid, refused};
use central_api::{Application, Article, Office, PolicyStep, Programme, Stage, Text, VisitLevel};
use jiff::civil::date;
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
