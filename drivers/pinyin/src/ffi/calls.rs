//! librime's table of functions, checked once instead of at every call.

use std::ffi::{c_char, c_int};

use super::api::{Api, Bool, CandidateList, Commit, Context, SessionId, Traits, rime_get_api};

/// The functions that are called, all known to be there.
#[derive(Clone, Copy)]
pub(super) struct Calls {
    pub(super) setup: unsafe extern "C" fn(*mut Traits),
    pub(super) initialize: unsafe extern "C" fn(*mut Traits),
    pub(super) finalize: unsafe extern "C" fn(),
    pub(super) deployer_initialize: unsafe extern "C" fn(*mut Traits),
    pub(super) deploy: unsafe extern "C" fn() -> Bool,
    pub(super) create_session: unsafe extern "C" fn() -> SessionId,
    pub(super) destroy_session: unsafe extern "C" fn(SessionId) -> Bool,
    pub(super) process_key: unsafe extern "C" fn(SessionId, c_int, c_int) -> Bool,
    pub(super) clear_composition: unsafe extern "C" fn(SessionId),
    pub(super) get_commit: unsafe extern "C" fn(SessionId, *mut Commit) -> Bool,
    pub(super) free_commit: unsafe extern "C" fn(*mut Commit) -> Bool,
    pub(super) get_context: unsafe extern "C" fn(SessionId, *mut Context) -> Bool,
    pub(super) free_context: unsafe extern "C" fn(*mut Context) -> Bool,
    pub(super) get_current_schema: unsafe extern "C" fn(SessionId, *mut c_char, usize) -> Bool,
    pub(super) select_candidate: unsafe extern "C" fn(SessionId, usize) -> Bool,
    pub(super) candidate_list_begin: unsafe extern "C" fn(SessionId, *mut CandidateList) -> Bool,
    pub(super) candidate_list_next: unsafe extern "C" fn(*mut CandidateList) -> Bool,
    pub(super) candidate_list_end: unsafe extern "C" fn(*mut CandidateList),
}

impl Calls {
    /// None if the library lacks one of them.
    pub(super) fn find() -> Option<Self> {
        // SAFETY: takes nothing and may be called at any time.
        let api = unsafe { rime_get_api() };
        // SAFETY: the library returns null or a table that lives as long as the process, and
        // every version of it begins with its size.
        let size = unsafe { api.cast::<c_int>().as_ref() }?;
        let filled = usize::try_from(*size).ok()? + size_of::<c_int>();
        if filled < size_of::<Api>() {
            return None;
        }
        // SAFETY: as above, and the table is at least as long as the part described here.
        let api = unsafe { api.as_ref() }?;
        Some(Self {
            setup: api.setup?,
            initialize: api.initialize?,
            finalize: api.finalize?,
            deployer_initialize: api.deployer_initialize?,
            deploy: api.deploy?,
            create_session: api.create_session?,
            destroy_session: api.destroy_session?,
            process_key: api.process_key?,
            clear_composition: api.clear_composition?,
            get_commit: api.get_commit?,
            free_commit: api.free_commit?,
            get_context: api.get_context?,
            free_context: api.free_context?,
            get_current_schema: api.get_current_schema?,
            select_candidate: api.select_candidate?,
            candidate_list_begin: api.candidate_list_begin?,
            candidate_list_next: api.candidate_list_next?,
            candidate_list_end: api.candidate_list_end?,
        })
    }
}
