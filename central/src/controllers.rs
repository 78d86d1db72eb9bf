//! One file per resource, one function per verb. Controllers read requests and write answers;
//! what may be seen is decided elsewhere.

pub(crate) mod extract;
pub(crate) mod health;
pub(crate) mod kiosks;
pub(crate) mod openapi;
pub(crate) mod public;
pub(crate) mod visits;
