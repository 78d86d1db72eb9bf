//! Overwrites what C++ throws away: librime keeps letters and text in ordinary C++ objects.

use std::ffi::{CStr, c_char, c_void};
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

/// Deeper than librime's calls go.
const STACK_BYTES: usize = 64 * 1024;

/// glibc's value.
const RTLD_DEFAULT: *mut c_void = ptr::null_mut();

static WIPING: AtomicBool = AtomicBool::new(false);

// Nothing of it is called. Linkers show a program's function to libraries if one of those that
// they are given defines it too; of librime's references they see the name with its version only.
#[link(name = "stdc++")]
unsafe extern "C" {}

unsafe extern "C" {
    fn malloc_usable_size(object: *mut c_void) -> usize;
    fn explicit_bzero(start: *mut c_void, bytes: usize);
    fn free(object: *mut c_void);
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// From now on `operator delete` overwrites what it frees, in the whole process.
///
/// False if the program was linked so that libraries do not see its operators.
pub(crate) fn wipe_deleted_objects() -> bool {
    WIPING.store(true, Ordering::Release);
    let ours: [(&CStr, *const c_void); 4] = [
        (c"_ZdlPv", delete as *const c_void),
        (c"_ZdlPvm", delete_sized as *const c_void),
        (c"_ZdaPv", delete_array as *const c_void),
        (c"_ZdaPvm", delete_array_sized as *const c_void),
    ];
    ours.iter().all(|(name, operator)| {
        // SAFETY: a string and the handle that means the order in which libraries are searched.
        let seen = unsafe { dlsym(RTLD_DEFAULT, name.as_ptr()) };
        ptr::eq(seen, *operator)
    })
}

/// Overwrites the part of this thread's stack that calls made from here on used.
#[inline(never)]
pub(crate) fn scrub_stack() {
    let mut used = MaybeUninit::<[u8; STACK_BYTES]>::uninit();
    // SAFETY: the array is this function's own, and as long as said.
    unsafe { explicit_bzero(used.as_mut_ptr().cast(), STACK_BYTES) };
}

/// C++'s replaceable `operator delete(void*)`; a program's own goes before the standard library's.
///
/// # Safety
///
/// Null, or an object from `operator new`, which takes its memory from `malloc`.
#[unsafe(export_name = "_ZdlPv")]
unsafe extern "C" fn delete(object: *mut c_void) {
    if object.is_null() {
        return;
    }
    if WIPING.load(Ordering::Acquire) {
        // SAFETY: the object came from `malloc` and is not yet freed.
        let bytes = unsafe { malloc_usable_size(object) };
        // SAFETY: all these bytes belong to the object, which nobody uses any more.
        unsafe { explicit_bzero(object, bytes) };
    }
    // SAFETY: the object came from `malloc` and is not used after this.
    unsafe { free(object) };
}

/// `operator delete(void*, size_t)`.
///
/// # Safety
///
/// As for [`delete`].
#[unsafe(export_name = "_ZdlPvm")]
unsafe extern "C" fn delete_sized(object: *mut c_void, _bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { delete(object) };
}

/// `operator delete[](void*)`.
///
/// # Safety
///
/// As for [`delete`].
#[unsafe(export_name = "_ZdaPv")]
unsafe extern "C" fn delete_array(object: *mut c_void) {
    // SAFETY: the caller's promise.
    unsafe { delete(object) };
}

/// `operator delete[](void*, size_t)`.
///
/// # Safety
///
/// As for [`delete`].
#[unsafe(export_name = "_ZdaPvm")]
unsafe extern "C" fn delete_array_sized(object: *mut c_void, _bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { delete(object) };
}
