//! What the county makes known must make sense.

use central_api::{NoticeKind, Programme};
use jiff::ToSpan;

use super::{Bad, bad};
use crate::import::{
    lines::{Figure, FundRow, FundUse, Notice, Policy, PolicyStep, Standard},
    values::Limit,
};

/// Days a 公示 lasts, the first and the last included (最低生活保障审核确认办法 art. 19, 特困人员认定办法
/// art. 15).
const PUBLICITY_DAYS: i64 = 7;

pub(super) fn policy(policy: &Policy) -> Result<(), Bad> {
    for (field, empty) in [
        ("who", policy.who.is_empty()),
        ("what", policy.what.is_empty()),
        ("steps", policy.steps.is_empty()),
        ("articles", policy.articles.is_empty()),
    ] {
        if empty {
            return bad(field, "expected at least one entry");
        }
    }
    policy.steps.iter().enumerate().try_for_each(|(index, step): (usize, &PolicyStep)| {
        limit(&format!("steps[{index}].limit"), step.limit.as_ref())
    })
}

pub(super) fn standard(standard: &Standard) -> Result<(), Bad> {
    if standard.until.as_ref().is_some_and(|until| until.0 < standard.from.0) {
        return bad("until", "expected a day not before from");
    }
    match standard.value {
        Figure::MoneyFen(fen) if fen <= 0 => bad("value.money_fen", "expected 1 分 or more"),
        Figure::Percent(0) | Figure::Percent(1001..) => {
            bad("value.percent", "expected 1 to 1000 percent")
        }
        _ => Ok(()),
    }
}

pub(super) fn fund_use(fund_use: &FundUse) -> Result<(), Bad> {
    if fund_use.until.0 < fund_use.from.0 {
        return bad("until", "expected a day not before from");
    }
    if fund_use.published_on.0 < fund_use.from.0 {
        return bad("published_on", "expected a day not before from");
    }
    if fund_use.rows.is_empty() {
        return bad("rows", "expected at least one entry");
    }
    fund_use.rows.iter().enumerate().try_for_each(|(index, row): (usize, &FundRow)| {
        if row.amount_fen.is_some_and(|fen| fen < 0) {
            return bad(&format!("rows[{index}].amount_fen"), "expected 0 分 or more");
        }
        let figures = row.households.is_some()
            || row.persons.is_some()
            || row.amount_fen.is_some()
            || row.quantity.is_some();
        if figures {
            Ok(())
        } else {
            bad(
                &format!("rows[{index}]"),
                "expected one of households, persons, amount_fen, quantity",
            )
        }
    })
}

pub(super) fn notice(notice: &Notice) -> Result<(), Bad> {
    if notice.area.0.len() < 9 {
        return bad("area", "expected a town (9 digits) or village (12 digits)");
    }
    if notice.until.0 < notice.from.0 {
        return bad("until", "expected a day not before from");
    }
    if notice.member_count == 0 {
        return bad("member_count", "expected 1 or more");
    }
    let publicity = notice.kind == NoticeKind::Publicity;
    let days = (PUBLICITY_DAYS - 1).days();
    if publicity
        && matches!(notice.programme, Programme::Dibao | Programme::Tekun)
        && notice.from.0.checked_add(days).ok() != Some(notice.until.0)
    {
        return bad("until", "expected the seventh day of the publicity, from being the first");
    }
    match notice.amount_fen {
        Some(_) if publicity => bad("amount_fen", "expected no amount in a publicity"),
        Some(fen) if fen <= 0 => bad("amount_fen", "expected 1 分 or more"),
        _ => Ok(()),
    }
}

/// A limit in days, if there is one.
pub(super) fn limit(field: &str, limit: Option<&Limit>) -> Result<(), Bad> {
    match limit {
        Some(limit) if !(1..=3660).contains(&limit.days) => {
            bad(&format!("{field}.days"), "expected 1 to 3660 days")
        }
        _ => Ok(()),
    }
}
