//! A settings file and, behind a NUL, the environment: accepted, or refused in lines that can be read.
#![no_main]

use fuzz::within;
use kiosk_config::{PREFIX, Place, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let text = String::from_utf8_lossy(input);
    let (file, environment) = text.split_once('\0').unwrap_or((&text, ""));
    within((4 << 20) + 256 * input.len(), || {
        let variables = environment
            .lines()
            .filter_map(|line| line.split_once('='))
            .map(|(name, value)| (format!("{PREFIX}{name}"), value.to_owned()));
        let Err(faults) = parse(file, "kiosk.toml", variables) else { return };
        assert!(!faults.is_empty(), "refused without a reason");
        let lines = 1 + file.bytes().filter(|&byte| byte == b'\n').count();
        for fault in faults.iter() {
            let shown = fault.to_string();
            assert!(!shown.contains(char::is_control), "{shown:?} does not fit on a line");
            assert!(shown.chars().count() < 1000, "{shown:?} is too long to be read");
            if let Place::Line(_, line) = fault.place {
                assert!((1..=lines).contains(&line), "no line {line} of {lines}");
            }
        }
        assert_eq!(faults.to_string().lines().count(), faults.len());
    });
});
