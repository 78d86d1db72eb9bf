//! What happens next, in plain words that give nothing of the case away.

use central_api::{Programme, Stage, Status, Step, Text};

/// The sentence for an application at `step` (its current one), with what to bring if anything.
#[must_use]
pub(crate) fn next(
    status: Status,
    step: Option<&Step>,
    programme: Programme,
    needs: Option<&Text>,
) -> Text {
    let (zh, en) = match (status, step) {
        (Status::WaitingForApplicant, _) => (
            "请您补齐材料。补齐后，经办机构会继续办理。",
            "Please hand in the missing papers. The office then goes on with your application.",
        ),
        // A step that was entered has its day.
        (Status::InProgress, Some(step)) if step.on.is_none() => before(step.stage, programme),
        (Status::InProgress, Some(step)) => within(step.stage, programme),
        (Status::InProgress, None) => (
            "正在办理。有新进展时，这里会更新。",
            "Your application is being handled. Any news will show here.",
        ),
        (Status::Granted, _) => (
            "已经确认给予救助。家里人口、收入、财产有变化时，请及时告知经办机构。",
            "Help has been granted. Please tell the office when your household, income or property changes.",
        ),
        (Status::Refused, _) => (
            "未予确认。请看“决定”一栏的理由和条款；不服的，可以在期限内申请行政复议或者提起行政诉讼，也可以在情况变化后重新申请。",
            "Not granted. See the reason and the articles of the decision; you may object within the time limits, or apply again when things change.",
        ),
        (Status::Withdrawn, _) => (
            "您已撤回这次申请。需要时可以重新申请。",
            "You took this application back. You may apply again at any time.",
        ),
        (Status::Transferred, _) => (
            "已转给负责的单位办理，请联系下面的单位。",
            "Handed to the office in charge; please contact the office below.",
        ),
        (Status::Ended, _) => (
            "这项救助已经结束。生活仍有困难的，可以重新申请，也可以咨询其他救助。",
            "This help has ended. If life is still hard, you may apply again or ask about other help.",
        ),
    };
    match needs {
        None => Text { en: Some(en.to_owned()), ..Text::zh(zh) },
        Some(needs) => Text {
            zh_hans: format!("{zh}请带：{}", needs.zh_hans),
            zh_hant: None,
            en: needs.en.as_ref().map(|needs| format!("{en} Bring: {needs}")),
        },
    }
}

/// Waiting for work on `stage` to begin; nothing is said of it as if it had.
fn before(stage: Stage, programme: Programme) -> (&'static str, &'static str) {
    let school = programme == Programme::Education;
    match stage {
        Stage::Submitted | Stage::Supplement | Stage::Accepted if school => (
            "申请已提交，等待学校受理。您不用再跑一趟。",
            "Handed in; waiting for the school to accept it. You need not come again.",
        ),
        Stage::Submitted | Stage::Supplement | Stage::Accepted => (
            "申请已提交，等待受理。您不用再跑一趟。",
            "Handed in; waiting to be accepted. You need not come again.",
        ),
        Stage::Verification if school => (
            "学校已受理，接下来核实情况。",
            "The school has accepted it and will check the facts next.",
        ),
        Stage::Verification => (
            "已受理，接下来核对家庭经济状况。能核对到的情况，不会再要您开证明。",
            "Accepted; your household's situation is checked next. You will not be asked to prove what can be checked.",
        ),
        Stage::Survey => (
            "接下来工作人员会上门了解情况，至少两人一组。请保持电话畅通。",
            "At least two officers will visit you next. Please keep your phone on.",
        ),
        Stage::TownReview => (
            "接下来由乡镇（街道）提出审核意见。您不用做什么。",
            "The township forms its opinion next. You need not do anything.",
        ),
        Stage::Publicity => (
            "接下来在村（社区）公示。您不用做什么。",
            "It is posted in your village or community next. You need not do anything.",
        ),
        Stage::Objection => (
            "接下来重新调查或者组织民主评议。请保持电话畅通。",
            "The facts are looked at again next. Please keep your phone on.",
        ),
        Stage::CountyConfirmation => (
            "接下来由县里审核确认。您不用做什么。",
            "The county decides next. You need not do anything.",
        ),
        Stage::AdvanceAid => (
            "已受理。情况紧急，接下来先给予救助，手续以后再补。",
            "Accepted. It is urgent: help comes next, papers after.",
        ),
        Stage::Backfill => (
            "接下来补办手续。工作人员会联系您补充说明情况。",
            "The papers are completed next. An officer will contact you.",
        ),
        Stage::Decision => (
            "接下来作出决定并告知您。您不用做什么。",
            "A decision is made next, and you are told. You need not do anything.",
        ),
        Stage::Announcement => (
            "接下来在村（社区）公布。您不用做什么。",
            "It is made known in your village or community next. You need not do anything.",
        ),
        Stage::Delivery => {
            ("接下来落实待遇。您不用做什么。", "Help is arranged next. You need not do anything.")
        }
    }
}

/// Work on `stage` has begun.
fn within(stage: Stage, programme: Programme) -> (&'static str, &'static str) {
    match stage {
        Stage::Submitted => before(stage, programme),
        Stage::Supplement => (
            "请您补齐材料。补齐后，经办机构会继续办理。",
            "Please hand in the missing papers. The office then goes on with your application.",
        ),
        Stage::Accepted if programme == Programme::Education => (
            "学校已受理，接下来核实情况。",
            "The school has accepted it and will check the facts next.",
        ),
        Stage::Accepted => (
            "已受理，接下来调查家庭经济状况。",
            "Accepted; your household's situation is looked into next.",
        ),
        Stage::Verification => (
            "正在核对家庭经济状况。能核对到的情况，不会再要您开证明。",
            "Your household's situation is being checked. You will not be asked to prove what can be checked.",
        ),
        Stage::Survey => (
            "工作人员会上门了解情况，至少两人一组。请保持电话畅通，家里有人时请在调查表上签字。",
            "At least two officers will visit you. Please keep your phone on and sign the form when they come.",
        ),
        Stage::TownReview => (
            "乡镇（街道）正在提出审核意见。您不用做什么。",
            "The township is forming its opinion. You need not do anything.",
        ),
        Stage::Publicity => (
            "正在村（社区）公示。期满没有异议，就报到县里。您不用做什么。",
            "Posted in your village or community. If nobody objects, it goes to the county. You need not do anything.",
        ),
        Stage::Objection => (
            "有人提出异议，正在重新调查或者组织民主评议。请保持电话畅通。",
            "Somebody objected; the facts are looked at again. Please keep your phone on.",
        ),
        Stage::CountyConfirmation => (
            "县里正在审核确认。您不用做什么。",
            "The county is deciding. You need not do anything.",
        ),
        Stage::AdvanceAid => {
            ("情况紧急，先给予救助，手续以后再补。", "Urgent: help comes first, papers after.")
        }
        Stage::Backfill => (
            "救助已先行给予，正在补办手续。工作人员会联系您补充说明情况。",
            "Help was given first; the papers are being completed. An officer will contact you.",
        ),
        Stage::Decision => {
            ("决定已作出，正在书面告知。", "A decision was made; you are being told in writing.")
        }
        Stage::Announcement => (
            "决定已作出，正在村（社区）公布。",
            "A decision was made and is being posted in your village or community.",
        ),
        Stage::Delivery => (
            "正在落实待遇。款项会发到您登记的账户。",
            "Help is on its way; money goes to your registered account.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use central_api::StepState;
    use jiff::civil::{Date, date};

    use super::*;

    fn at(stage: Stage, on: Option<Date>, programme: Programme) -> String {
        let step = Step { stage, state: StepState::Current, on, deadline: None };
        next(Status::InProgress, Some(&step), programme, None).zh_hans
    }

    #[test]
    fn what_has_not_begun_is_never_told_as_if_it_had() {
        for programme in [Programme::Dibao, Programme::Education] {
            let waiting = at(Stage::Accepted, None, programme);
            assert!(waiting.starts_with("申请已提交，等待"), "{waiting}");
            assert!(!waiting.contains("已受理"), "{waiting}");
        }
        assert!(at(Stage::Accepted, None, Programme::Education).contains("学校"));
        let accepted = at(Stage::Verification, None, Programme::Dibao);
        assert!(accepted.starts_with("已受理，接下来"), "{accepted}");
        let stages =
            [Stage::Verification, Stage::Survey, Stage::Publicity, Stage::CountyConfirmation];
        for stage in stages {
            assert!(!at(stage, None, Programme::Dibao).contains("正在"));
        }
        let begun = at(Stage::Verification, Some(date(2026, 11, 23)), Programme::Dibao);
        assert!(begun.starts_with("正在核对"), "{begun}");
    }
    #[test]
    fn a_refusal_names_where_its_reason_stands_not_a_side_of_the_page() {
        let refused = next(Status::Refused, None, Programme::Dibao, None).zh_hans;
        assert!(refused.contains("请看“决定”一栏") && !refused.contains("下面"), "{refused}");
    }
}
