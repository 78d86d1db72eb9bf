//! Serial number of a SAM_V module.

/// The printed form `AA.BB-YYYYMMDD-NNNNNNNNNN-NNNNNNNNNN` of the 16 bytes a module answers
/// (little-endian: two u16, three u32).
pub(crate) fn printed(bytes: &[u8]) -> Option<String> {
    let bytes: &[u8; 16] = bytes.get(..16)?.try_into().ok()?;
    let short = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let long =
        |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    Some(format!("{:02}.{:02}-{:08}-{:010}-{:010}", short(0), short(2), long(4), long(8), long(12)))
}
