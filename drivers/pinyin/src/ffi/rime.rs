//! librime as a value: one in the process, on the thread that made it.

use std::ffi::{CStr, CString, c_char, c_int};
use std::marker::PhantomData;
use std::mem::zeroed;
use std::ptr;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::api::{CandidateList, Commit, Context, SessionId, Traits, data_size};
use super::calls::Calls;

/// True while a [`Rime`] lives: librime's state is global.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Says only what it dies of, and that to standard error: no log files.
const FATAL_ONLY: c_int = 3;

/// X11's number of the key.
const BACKSPACE: c_int = 0xff08;

/// Where librime reads and where it keeps what it makes of that.
pub(crate) struct Directories {
    pub(crate) shared: CString,
    pub(crate) user: CString,
}

/// Why there is no [`Rime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartFault {
    /// One lives already.
    Taken,
    /// The library lacks a function.
    Library,
}

/// librime, started. Neither `Send` nor `Sync`: it stays on its thread.
pub(crate) struct Rime {
    calls: Calls,
    directories: Directories,
    session: Option<SessionId>,
    stays: PhantomData<*mut ()>,
}

impl Rime {
    /// Starts the library; nothing is read or written yet.
    pub(crate) fn start(directories: Directories) -> Result<Self, StartFault> {
        static SETUP: Once = Once::new();
        let calls = Calls::find().ok_or(StartFault::Library)?;
        if TAKEN.swap(true, Ordering::AcqRel) {
            return Err(StartFault::Taken);
        }
        let rime = Self { calls, directories, session: None, stays: PhantomData };
        let mut traits = rime.traits();
        // Log settings hold for the whole process and may be given only once.
        // SAFETY: the struct and the strings it points to outlive the call, which copies them;
        // `TAKEN` keeps every other call out.
        SETUP.call_once(|| unsafe { (calls.setup)(&raw mut traits) });
        // SAFETY: as above.
        unsafe { (calls.initialize)(&raw mut traits) };
        Ok(rime)
    }

    /// Reads the configuration and builds what is missing in the user directory.
    ///
    /// The caller has made sure that the directory can be written to.
    pub(crate) fn deploy(&mut self) -> bool {
        self.end_session();
        let mut traits = self.traits();
        // SAFETY: the struct and the strings it points to outlive the call, which copies them.
        unsafe { (self.calls.deployer_initialize)(&raw mut traits) };
        // SAFETY: the library is started and works on this thread until it returns.
        unsafe { (self.calls.deploy)() != 0 }
    }

    /// Whether letters mean something, by this schema.
    pub(crate) fn ready(&mut self, schema: &CStr) -> bool {
        let Some(session) = self.session() else { return false };
        let mut name = [0; 64];
        // SAFETY: the session is open and the library writes no more than it is told fits.
        let known =
            unsafe { (self.calls.get_current_schema)(session, name.as_mut_ptr(), name.len() - 1) };
        // SAFETY: the array's last byte is still 0, so the string ends inside it.
        let known = known != 0 && unsafe { CStr::from_ptr(name.as_ptr()) } == schema;
        let ready = known && self.press(b'a') && !self.candidates(1).is_empty();
        self.clear();
        ready
    }

    /// Drops everything the library remembers: the next letter meets a new session.
    pub(crate) fn renew(&mut self) {
        let old = self.session.take();
        // The new one comes first, so that dictionaries both share stay loaded.
        self.session();
        if let Some(old) = old {
            // SAFETY: the session is open and not used after this.
            unsafe { (self.calls.destroy_session)(old) };
        }
    }

    /// Drops the open composition, and text not yet taken.
    pub(crate) fn clear(&mut self) {
        let Some(session) = self.session() else { return };
        // SAFETY: the session is open.
        unsafe { (self.calls.clear_composition)(session) };
        drop(self.take_commit());
    }

    /// One letter, an ASCII character; false if it means nothing here.
    pub(crate) fn press(&mut self, letter: u8) -> bool {
        self.key(c_int::from(letter))
    }

    /// Takes back the last letters typed; false if there are not as many.
    pub(crate) fn erase(&mut self, letters: usize) -> bool {
        (0..letters).all(|_| self.key(BACKSPACE))
    }

    fn key(&mut self, code: c_int) -> bool {
        let Some(session) = self.session() else { return false };
        // SAFETY: the session is open; the numbers are plain values.
        unsafe { (self.calls.process_key)(session, code, 0) != 0 }
    }

    /// Takes a candidate; false if there is none of that number.
    pub(crate) fn choose(&mut self, candidate: usize) -> bool {
        let Some(session) = self.session() else { return false };
        // SAFETY: the session is open; the library checks the number.
        unsafe { (self.calls.select_candidate)(session, candidate) != 0 }
    }

    /// The finished text, once.
    pub(crate) fn take_commit(&mut self) -> Option<Zeroizing<String>> {
        let session = self.session()?;
        let mut commit = Commit { data_size: data_size::<Commit>(), text: ptr::null_mut() };
        // SAFETY: the session is open and the struct says its own size.
        if unsafe { (self.calls.get_commit)(session, &raw mut commit) } == 0 {
            return None;
        }
        // SAFETY: filled in by the library and not yet freed.
        let text = unsafe { text(commit.text) };
        // SAFETY: filled in by the library; its strings are not used after this.
        unsafe { (self.calls.free_commit)(&raw mut commit) };
        text
    }

    /// The composition as it is shown; empty if there is none.
    pub(crate) fn preedit(&mut self) -> Zeroizing<String> {
        let Some(session) = self.session() else { return Zeroizing::default() };
        // SAFETY: numbers and pointers only, for which zero is a value.
        let mut context: Context = unsafe { zeroed() };
        context.data_size = data_size::<Context>();
        // SAFETY: the session is open and the struct says its own size.
        if unsafe { (self.calls.get_context)(session, &raw mut context) } == 0 {
            return Zeroizing::default();
        }
        // SAFETY: filled in by the library and not yet freed.
        let preedit = unsafe { text(context.composition.preedit) };
        // SAFETY: filled in by the library; its strings are not used after this.
        unsafe { (self.calls.free_context)(&raw mut context) };
        preedit.unwrap_or_default()
    }

    /// The likeliest candidates, no more than `limit`.
    pub(crate) fn candidates(&mut self, limit: usize) -> Vec<Zeroizing<String>> {
        let Some(session) = self.session() else { return Vec::new() };
        // SAFETY: numbers and pointers only, for which zero is a value.
        let mut list: CandidateList = unsafe { zeroed() };
        // SAFETY: the session is open; the struct is the library's until the list is ended.
        if unsafe { (self.calls.candidate_list_begin)(session, &raw mut list) } == 0 {
            return Vec::new();
        }
        let mut candidates = Vec::with_capacity(limit);
        while candidates.len() < limit {
            // SAFETY: the list was begun, and nothing is typed meanwhile.
            if unsafe { (self.calls.candidate_list_next)(&raw mut list) } == 0 {
                break;
            }
            // SAFETY: filled in by the library and valid until the next step.
            candidates.push(unsafe { text(list.candidate.text) }.unwrap_or_default());
        }
        // SAFETY: the list was begun; its strings are not used after this.
        unsafe { (self.calls.candidate_list_end)(&raw mut list) };
        candidates
    }

    fn session(&mut self) -> Option<SessionId> {
        if self.session.is_none() {
            // SAFETY: the library is started.
            let session = unsafe { (self.calls.create_session)() };
            self.session = (session != 0).then_some(session);
        }
        self.session
    }

    fn end_session(&mut self) {
        if let Some(session) = self.session.take() {
            // SAFETY: the session is open and not used after this.
            unsafe { (self.calls.destroy_session)(session) };
        }
    }

    fn traits(&self) -> Traits {
        Traits {
            data_size: data_size::<Traits>(),
            shared_data_dir: self.directories.shared.as_ptr(),
            user_data_dir: self.directories.user.as_ptr(),
            distribution_name: c"pinyin-input".as_ptr(),
            distribution_code_name: c"pinyin-input".as_ptr(),
            distribution_version: c"1".as_ptr(),
            app_name: c"rime.pinyin-input".as_ptr(),
            modules: ptr::null(),
            min_log_level: FATAL_ONLY,
            log_dir: c"".as_ptr(),
            prebuilt_data_dir: ptr::null(),
            staging_dir: ptr::null(),
        }
    }
}

impl Drop for Rime {
    fn drop(&mut self) {
        self.end_session();
        // SAFETY: the library is started, its only session gone.
        unsafe { (self.calls.finalize)() };
        TAKEN.store(false, Ordering::Release);
    }
}

/// A copy of a C string.
///
/// # Safety
///
/// Null, or a string that lives for the whole call.
unsafe fn text(string: *const c_char) -> Option<Zeroizing<String>> {
    if string.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    let string = unsafe { CStr::from_ptr(string) };
    string.to_str().ok().map(|text| Zeroizing::new(text.to_owned()))
}
