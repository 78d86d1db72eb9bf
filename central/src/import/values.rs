//! Values of an import line that are checked as they are read. Their errors say what was expected
//! and never what was there.

mod compound;

use std::borrow::Cow;

use id_number::IdNumber;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};

pub(super) use self::compound::{ArticleRef, Languages, Limit, PerhapsEmpty};
use crate::domain::{complaints, query_code};

/// A text that must satisfy a rule, with the rule in words and as JSON Schema.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident($kept:ty), $schema:expr, $expected:literal, $read:expr) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub(super) struct $name(pub(super) $kept);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                let read: fn(&str) -> Option<$kept> = $read;
                read(&text).map(Self).ok_or_else(|| D::Error::custom($expected))
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = $schema;
                schema.insert("description".to_owned(), $expected.into());
                schema
            }
        }
    };
}

checked_text!(
    /// Id of a record, made by whoever imports.
    Id(String),
    json_schema!({"type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"}),
    "expected an id of 1 to 64 letters, digits, dots, - or _",
    |text| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        ((1..=64).contains(&text.len()) && text.chars().all(fits)).then(|| text.to_owned())
    }
);

checked_text!(
    /// GB/T 2260 county (6 digits), town (9) or village (12).
    AreaCode(String),
    json_schema!({"type": "string", "pattern": "^([0-9]{6}|[0-9]{9}|[0-9]{12})$"}),
    "expected an area code of 6, 9 or 12 digits",
    |text| {
        let fits = matches!(text.len(), 6 | 9 | 12) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.to_owned())
    }
);

checked_text!(
    /// A citizen's, permit or foreigner number.
    Number(IdNumber),
    json_schema!({"type": "string", "pattern": "^[0-9]{17}[0-9X]$"}),
    "expected an identity number of 18 characters with a fitting check character",
    |text| IdNumber::parse(text).ok()
);

checked_text!(
    /// A full name.
    FullName(String),
    json_schema!({"type": "string", "minLength": 1, "maxLength": 64}),
    "expected a name of 1 to 64 characters",
    |text| {
        let name = text.trim();
        ((1..=64).contains(&name.chars().count())).then(|| name.to_owned())
    }
);

checked_text!(
    /// A telephone number as printed.
    Phone(String),
    json_schema!({"type": "string", "pattern": "^[0-9+ -]{3,24}$"}),
    "expected a telephone number of 3 to 24 digits, blanks, + or -",
    |text| {
        let fits = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-');
        ((3..=24).contains(&text.len()) && text.chars().all(fits)).then(|| text.to_owned())
    }
);

checked_text!(
    /// A bank account.
    Account(String),
    json_schema!({"type": "string", "pattern": "^[0-9]{8,32}$"}),
    "expected a bank account of 8 to 32 digits",
    |text| {
        let fits = (8..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.to_owned())
    }
);

checked_text!(
    /// Query code of an acceptance slip, in its written form.
    QueryCode(String),
    json_schema!({"type": "string", "pattern": "^[ -]*([0-9A-TV-Za-tv-z][ -]*){8}$"}),
    "expected a query code of 8 characters of Crockford base32",
    query_code::normalise
);

checked_text!(
    /// A civil date.
    Day(Date),
    json_schema!({"type": "string", "format": "date"}),
    "expected a date such as 2026-11-23",
    |text| (text.len() == 10).then(|| text.parse().ok()).flatten()
);

checked_text!(
    /// Words that are not empty.
    Words(String),
    json_schema!({"type": "string", "minLength": 1}),
    "expected some words",
    |text| (!text.trim().is_empty()).then(|| text.trim().to_owned())
);

checked_text!(
    /// Id of a complaint.
    ComplaintId(String),
    json_schema!({"type": "string", "pattern": "^[0-9a-f]{32}$"}),
    "expected an id of 32 lower-case hexadecimal digits",
    |text| complaints::is_id(text).then(|| text.to_owned())
);

checked_text!(
    /// Tracking number of a complaint, in its written form.
    TrackingNumber(String),
    json_schema!({"type": "string", "pattern": "^[0-9A-TV-Za-tv-z -]{10,}$"}),
    "expected a tracking number of 10 characters of Crockford base32",
    complaints::tracking_number
);

checked_text!(
    /// What was written.
    ComplaintText(String),
    json_schema!({"type": "string", "minLength": 1}),
    "expected a text of 1 to 1000 characters without control characters but the new line",
    |text| complaints::is_text(text).then(|| text.trim().to_owned())
);
