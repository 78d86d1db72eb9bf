//! What happens next, in plain words that give nothing of the case away.

use central_api::{Programme, Stage, Status, Text};

/// The sentence for an application at `stage` (its current step), with what to bring if anything.
#[must_use]
pub(crate) fn next(
    status: Status,
    stage: Option<Stage>,
    programme: Programme,
    needs: Option<&Text>,
) -> Text {
    let (zh, en) = match (status, stage) {
        (Status::WaitingForApplicant, _) => (
            "请您补齐材料。补齐后，经办机构会继续办理。",
            "Please hand in the missing papers. The office then goes on with your application.",
        ),
        (Status::InProgress, Some(stage)) => on_its_way(stage, programme),
        (Status::InProgress, None) => (
            "正在办理。有新进展时，这里会更新。",
            "Your application is being handled. Any news will show here.",
        ),
        (Status::Granted, _) => (
            "已经确认给予救助。家里人口、收入、财产有变化时，请及时告知经办机构。",
            "Help has been granted. Please tell the office when your household, income or property changes.",
        ),
        (Status::Refused, _) => (
            "未予确认。可以看下面的理由和条款；不服的，可以在期限内申请行政复议或者提起行政诉讼，也可以在情况变化后重新申请。",
            "Not granted. See the reason and the articles below; you may object within the time limits, or apply again when things change.",
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

fn on_its_way(stage: Stage, programme: Programme) -> (&'static str, &'static str) {
    match stage {
        Stage::Submitted => (
            "申请已提交，等待审查材料。您不用再跑一趟。",
            "Handed in; your papers are being looked at. You need not come again.",
        ),
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
