//! Words of the field: programme, category, stage, status, money, language map.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in the languages it exists in; Simplified Chinese is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// Simplified Chinese.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// Traditional Chinese, where translated.
    #[serde(rename = "zh-Hant", default, skip_serializing_if = "Option::is_none")]
    pub zh_hant: Option<String>,
    /// English, where translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// A text that exists in Simplified Chinese only.
    pub fn zh(text: impl Into<String>) -> Self {
        Self { zh_hans: text.into(), zh_hant: None, en: None }
    }
}

/// Money in 分 (1/100 yuan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// What help is given (社会救助法 art. 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Programme {
    /// 最低生活保障.
    Dibao,
    /// 特困人员救助供养.
    Tekun,
    /// 医疗救助.
    Medical,
    /// 教育救助.
    Education,
    /// 住房救助.
    Housing,
    /// 就业救助.
    Employment,
    /// 受灾人员救助.
    Disaster,
    /// 临时救助.
    Temporary,
    /// 疾病应急救助.
    MedicalEmergency,
    /// 生活无着的流浪乞讨人员救助.
    Unsettled,
    /// 社会力量参与.
    Charity,
}

impl Programme {
    /// All, in the order of the law.
    pub const ALL: [Self; 11] = [
        Self::Dibao,
        Self::Tekun,
        Self::Medical,
        Self::Education,
        Self::Housing,
        Self::Employment,
        Self::Disaster,
        Self::Temporary,
        Self::MedicalEmergency,
        Self::Unsettled,
        Self::Charity,
    ];
}

/// Who is helped (社会救助法 art. 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 特困人员.
    Tekun,
    /// 最低生活保障家庭.
    Dibao,
    /// 最低生活保障边缘家庭.
    DibaoEdge,
    /// 刚性支出困难家庭.
    RigidExpense,
    /// 受灾人员.
    Disaster,
    /// 基本生活暂时出现严重困难.
    TemporaryHardship,
    /// 需要急救但身份不明或无力支付的人员.
    MedicalEmergency,
    /// 生活无着的流浪乞讨人员.
    Unsettled,
}

/// A station on the way of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 提交申请.
    Submitted,
    /// 补正材料.
    Supplement,
    /// 受理.
    Accepted,
    /// 家庭经济状况核对.
    Verification,
    /// 入户调查.
    Survey,
    /// 乡镇(街道)审核.
    TownReview,
    /// 公示.
    Publicity,
    /// 公示异议的重新调查或民主评议.
    Objection,
    /// 县级确认.
    CountyConfirmation,
    /// 先行救助.
    AdvanceAid,
    /// 补办手续.
    Backfill,
    /// 作出决定并告知.
    Decision,
    /// 公布.
    Announcement,
    /// 发放或落实待遇.
    Delivery,
}

/// Where an application stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// On its way.
    InProgress,
    /// Waiting for papers from the applicant.
    WaitingForApplicant,
    /// Granted, help is being given.
    Granted,
    /// Refused.
    Refused,
    /// Taken back by the applicant.
    Withdrawn,
    /// Handed to the office that is responsible.
    Transferred,
    /// Help has ended.
    Ended,
}

/// How a legal deadline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日, with the State Council calendar and 调休.
    WorkingDays,
    /// 日, every day counts.
    CalendarDays,
}
