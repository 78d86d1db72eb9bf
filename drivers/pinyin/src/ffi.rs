//! The only place that speaks to librime and the C library; everything it offers is safe to call.

mod api;
mod calls;
mod rime;
mod wipe;

pub(crate) use rime::{Directories, Rime, StartFault};
pub(crate) use wipe::{scrub_stack, wipe_deleted_objects};
