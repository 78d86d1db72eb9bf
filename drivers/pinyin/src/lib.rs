//! Chinese by pinyin: letters and choices in, candidates and text out, through librime.
//!
//! [`Engine::compose`] always starts from nothing, so the same letters and choices give the same
//! answer. Nothing is learned, nothing of what is typed reaches a disk. Knows no screen and no kiosk.

mod data;
mod engine;
#[expect(unsafe_code, reason = "librime is a C++ library")]
mod ffi;

use std::path::PathBuf;

pub use engine::{Composed, Engine, MAX_CANDIDATES, MAX_LETTERS, PinyinError};

/// Where Debian's packages put dictionaries.
pub const SHARED_DATA: &str = "/usr/share/rime-data";

/// Where the engine reads, and where it keeps what it makes of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineConfig {
    /// Directory with `pinyin_simp.dict.yaml`; only read. Debian: [`SHARED_DATA`].
    pub shared_data: PathBuf,
    /// The engine's own directory; it is made if need be, and written to only when `shared_data`
    /// or this crate changed since the last time.
    pub user_data: PathBuf,
}

/// From now on C++ objects are overwritten when they are freed, in the whole process.
///
/// Without this [`Engine::forget`] gives librime's copies of letters and text back unwiped. Call it
/// before the first engine is opened. A program that calls it replaces C++'s `operator delete`, as
/// the language allows; how long an object is, glibc's `malloc_usable_size` tells.
///
/// # Errors
///
/// [`PinyinError::Wiping`]: librime does not see the program's operators.
pub fn wipe_freed_memory() -> Result<(), PinyinError> {
    if ffi::wipe_deleted_objects() { Ok(()) } else { Err(PinyinError::Wiping) }
}
