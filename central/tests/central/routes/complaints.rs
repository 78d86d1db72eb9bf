//! `/v1/complaints`.
