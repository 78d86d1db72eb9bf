//! Files for `central import`: read, or refused without a word of what they hold.
#![no_main]

use central::{Fault, check_import};
use fuzz::{is_discreet, within};
use libfuzzer_sys::fuzz_target;

/// Bad lines named before the reader gives up.
const FAULTS_MAX: usize = 20;

fuzz_target!(|input: &[u8]| {
    within((1 << 20) + 512 * input.len(), || {
        let lines = input.split(|&byte| byte == b'\n');
        let filled = lines.clone().filter(|line| !line.trim_ascii().is_empty()).count();
        match check_import(input).expect("memory can be read") {
            Ok(count) => assert_eq!(count, filled),
            Err(faults) => {
                assert!((1..=FAULTS_MAX).contains(&faults.len()));
                for Fault { line, field, expected } in faults {
                    assert!((1..=lines.clone().count()).contains(&line));
                    assert!(is_discreet(&field), "line {line}: {field}");
                    assert!(is_discreet(&expected), "line {line}: {expected}");
                }
            }
        }
    });
});
