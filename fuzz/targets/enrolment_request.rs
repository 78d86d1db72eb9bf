//! The certificate request of an enrolment, which central reads before it knows who sends it.
#![no_main]

use fuzz::within;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    within((1 << 20) + 64 * input.len(), || drop(central::check_request(&text)));
});
