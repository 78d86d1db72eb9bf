//! Applications at each point of their way.

use central_api::{
    Application, Article, Binds, Deadline, Decision, DecisionOutcome, Fen, HouseholdMember,
    Payment, Programme, Remedy, Stage, Status, Step, StepState, Text, Unit,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::{office, rule};

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

pub(super) fn overdue() -> Application {
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

pub(super) fn refused() -> Application {
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

pub(super) fn paid() -> Application {
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
