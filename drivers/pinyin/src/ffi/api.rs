//! The parts of librime's C interface that are used, as `rime_api.h` of 1.8.5 lays them out.
//!
//! Later versions only add members at the end; each struct starts with its size without that member.

use std::ffi::{c_char, c_int, c_void};
use std::mem::offset_of;

pub(super) type SessionId = usize;
pub(super) type Bool = c_int;
/// A member that is not called here.
type Unused = Option<unsafe extern "C" fn()>;

/// Size for the first member of a versioned struct.
pub(super) const fn data_size<T>() -> c_int {
    (size_of::<T>() - size_of::<c_int>()) as c_int
}

#[repr(C)]
pub(super) struct Traits {
    pub(super) data_size: c_int,
    pub(super) shared_data_dir: *const c_char,
    pub(super) user_data_dir: *const c_char,
    pub(super) distribution_name: *const c_char,
    pub(super) distribution_code_name: *const c_char,
    pub(super) distribution_version: *const c_char,
    pub(super) app_name: *const c_char,
    pub(super) modules: *const *const c_char,
    pub(super) min_log_level: c_int,
    pub(super) log_dir: *const c_char,
    pub(super) prebuilt_data_dir: *const c_char,
    pub(super) staging_dir: *const c_char,
}

#[repr(C)]
pub(super) struct Composition {
    length: c_int,
    cursor_pos: c_int,
    sel_start: c_int,
    sel_end: c_int,
    pub(super) preedit: *mut c_char,
}

#[repr(C)]
pub(super) struct Candidate {
    pub(super) text: *mut c_char,
    comment: *mut c_char,
    reserved: *mut c_void,
}

#[repr(C)]
pub(super) struct Menu {
    page_size: c_int,
    page_no: c_int,
    is_last_page: Bool,
    highlighted_candidate_index: c_int,
    num_candidates: c_int,
    candidates: *mut Candidate,
    select_keys: *mut c_char,
}

#[repr(C)]
pub(super) struct Commit {
    pub(super) data_size: c_int,
    pub(super) text: *mut c_char,
}

#[repr(C)]
pub(super) struct Context {
    pub(super) data_size: c_int,
    pub(super) composition: Composition,
    menu: Menu,
    commit_text_preview: *mut c_char,
    select_labels: *mut *mut c_char,
}

#[repr(C)]
pub(super) struct CandidateList {
    ptr: *mut c_void,
    index: c_int,
    pub(super) candidate: Candidate,
}

/// Table of functions; `data_size` says how far it is filled in.
#[repr(C)]
pub(super) struct Api {
    pub(super) data_size: c_int,
    pub(super) setup: Option<unsafe extern "C" fn(*mut Traits)>,
    set_notification_handler: Unused,
    pub(super) initialize: Option<unsafe extern "C" fn(*mut Traits)>,
    pub(super) finalize: Option<unsafe extern "C" fn()>,
    maintenance: [Unused; 3],
    pub(super) deployer_initialize: Option<unsafe extern "C" fn(*mut Traits)>,
    prebuild: Unused,
    pub(super) deploy: Option<unsafe extern "C" fn() -> Bool>,
    deploy_schema: Unused,
    deploy_config_file: Unused,
    sync_user_data: Unused,
    pub(super) create_session: Option<unsafe extern "C" fn() -> SessionId>,
    find_session: Unused,
    pub(super) destroy_session: Option<unsafe extern "C" fn(SessionId) -> Bool>,
    cleanup: [Unused; 2],
    pub(super) process_key: Option<unsafe extern "C" fn(SessionId, c_int, c_int) -> Bool>,
    commit_composition: Unused,
    pub(super) clear_composition: Option<unsafe extern "C" fn(SessionId)>,
    pub(super) get_commit: Option<unsafe extern "C" fn(SessionId, *mut Commit) -> Bool>,
    pub(super) free_commit: Option<unsafe extern "C" fn(*mut Commit) -> Bool>,
    pub(super) get_context: Option<unsafe extern "C" fn(SessionId, *mut Context) -> Bool>,
    pub(super) free_context: Option<unsafe extern "C" fn(*mut Context) -> Bool>,
    status: [Unused; 2],
    options: [Unused; 4],
    schema_list: [Unused; 2],
    pub(super) get_current_schema:
        Option<unsafe extern "C" fn(SessionId, *mut c_char, usize) -> Bool>,
    select_schema: Unused,
    read_config: [Unused; 12],
    simulate_key_sequence: Unused,
    modules: [Unused; 2],
    run_task: Unused,
    directories: [Unused; 5],
    write_config: [Unused; 13],
    get_input: Unused,
    get_caret_pos: Unused,
    pub(super) select_candidate: Option<unsafe extern "C" fn(SessionId, usize) -> Bool>,
    get_version: Unused,
    set_caret_pos: Unused,
    select_candidate_on_current_page: Unused,
    pub(super) candidate_list_begin:
        Option<unsafe extern "C" fn(SessionId, *mut CandidateList) -> Bool>,
    pub(super) candidate_list_next: Option<unsafe extern "C" fn(*mut CandidateList) -> Bool>,
    pub(super) candidate_list_end: Option<unsafe extern "C" fn(*mut CandidateList)>,
}

#[link(name = "rime")]
unsafe extern "C" {
    pub(super) fn rime_get_api() -> *const Api;
}

// Where the C compiler puts the same members (x86_64 and aarch64 alike).
const _: () = {
    assert!(size_of::<Traits>() == 96);
    assert!(size_of::<Context>() == 88);
    assert!(size_of::<CandidateList>() == 40);
    assert!(size_of::<Commit>() == 16);
    assert!(offset_of!(Api, initialize) == 24);
    assert!(offset_of!(Api, deployer_initialize) == 64);
    assert!(offset_of!(Api, deploy) == 80);
    assert!(offset_of!(Api, create_session) == 112);
    assert!(offset_of!(Api, process_key) == 152);
    assert!(offset_of!(Api, clear_composition) == 168);
    assert!(offset_of!(Api, get_commit) == 176);
    assert!(offset_of!(Api, free_context) == 200);
    assert!(offset_of!(Api, get_current_schema) == 272);
    assert!(offset_of!(Api, select_candidate) == 576);
    assert!(offset_of!(Api, candidate_list_begin) == 608);
    assert!(offset_of!(Api, candidate_list_end) == 624);
};
