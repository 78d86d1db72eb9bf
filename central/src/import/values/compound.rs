//! Values made of several: texts in languages, articles, limits in days.

use central_api::{Article, DayLimit, Text, Unit};
use schemars::JsonSchema;
use serde::Deserialize;

use super::Words;

/// A text in the languages it exists in.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Languages {
    /// Simplified Chinese, always there.
    #[serde(rename = "zh-Hans")]
    zh_hans: Words,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    zh_hant: Option<Words>,
    /// English.
    en: Option<Words>,
}

impl Languages {
    /// As it travels.
    pub(in crate::import) fn text(&self) -> Text {
        Text {
            zh_hans: self.zh_hans.0.clone(),
            zh_hant: self.zh_hant.as_ref().map(|w| w.0.clone()),
            en: self.en.as_ref().map(|w| w.0.clone()),
        }
    }

    /// As it is stored.
    pub(in crate::import) fn json(&self) -> String {
        serde_json::to_string(&self.text()).unwrap_or_default()
    }
}

/// A text that may be empty.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct PerhapsEmpty {
    /// Simplified Chinese, always there.
    #[serde(rename = "zh-Hans")]
    zh_hans: String,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    zh_hant: Option<String>,
    /// English.
    en: Option<String>,
}

impl PerhapsEmpty {
    /// As it travels.
    pub(in crate::import) fn text(&self) -> Text {
        Text {
            zh_hans: self.zh_hans.trim().to_owned(),
            zh_hant: self.zh_hant.as_deref().map(|text| text.trim().to_owned()),
            en: self.en.as_deref().map(|text| text.trim().to_owned()),
        }
    }
}

/// A place in a law or rule.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct ArticleRef {
    /// Title of the instrument.
    pub(in crate::import) instrument: Words,
    /// Article as cited.
    pub(in crate::import) article: Words,
}

impl ArticleRef {
    /// As it travels.
    pub(in crate::import) fn article(&self) -> Article {
        Article { instrument: self.instrument.0.clone(), article: self.article.0.clone() }
    }
}

/// A number of days a rule gives.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct Limit {
    #[schemars(range(min = 1, max = 3660))]
    pub(in crate::import) days: u16,
    pub(in crate::import) unit: Unit,
    pub(in crate::import) rule: ArticleRef,
}

impl Limit {
    /// As it travels.
    pub(in crate::import) fn day_limit(&self) -> DayLimit {
        DayLimit { days: self.days, unit: self.unit, article: self.rule.article() }
    }
}
