//! 居民身份证 (GA/T 490).

use super::Block;
use crate::{Card, CardFault, Details, Nation, Resident, Trust, Validity};

pub(super) fn parse(block: &Block<'_>, trust: Trust) -> Result<Card, CardFault> {
    let validity = match block.text(204..220).as_str() {
        // For holders of 46 years and more.
        "长期" => Validity::LongTerm,
        _ => block.until(204..220)?,
    };
    let details = Details::Resident(Resident {
        nation: Nation::new(&block.text(32..36)),
        address: block.text(52..122),
        newest_address: None,
        authority: block.text(158..188),
        valid_from: block.date(188..204)?,
    });
    block.card(trust, validity, details)
}
