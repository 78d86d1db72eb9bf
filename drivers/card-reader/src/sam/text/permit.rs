//! 港澳台居民居住证: as a resident's, but for the nation and what stands behind the dates.

use super::Block;
use crate::{Card, CardFault, Details, Permit, Trust};

pub(super) fn parse(block: &Block<'_>, trust: Trust) -> Result<Card, CardFault> {
    let details = Details::Permit(Permit {
        address: block.text(52..122),
        newest_address: None,
        authority: block.text(158..188),
        valid_from: block.date(188..204)?,
        pass_number: block.text(220..238),
        issue_count: block.text(238..242),
    });
    block.card(trust, block.until(204..220)?, details)
}
