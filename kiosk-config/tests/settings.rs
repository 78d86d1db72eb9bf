//! Settings through the public face: defaults, overrides, and every kind of fault.

use std::time::Duration;

use kiosk_config::{Config, DEFAULTS, load, parse};
use proptest::prelude::*;

fn lines(text: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let variables = variables.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    match parse(text, "k.toml", variables) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.to_string().lines().map(str::to_owned).collect(),
    }
}

fn none() -> [(String, String); 0] {
    []
}

#[test]
fn the_documented_file_is_the_default() {
    assert_eq!(parse(DEFAULTS, "kiosk.toml", none()).expect("valid"), Config::default());
    assert_eq!(parse("", "kiosk.toml", none()).expect("valid"), Config::default());
}

/// A key is known if a wrong type for it is a fault that names the key's own expectation. What the
/// reader asks for and the file lacks would not show up here, so the count is held too.
#[test]
fn the_documented_file_has_every_key() {
    let table: toml::Table = DEFAULTS.parse().expect("valid");
    let mut documented = 0;
    for (section, keys) in &table {
        for key in keys.as_table().expect("sections only").keys() {
            documented += 1;
            let found = lines(&format!("[{section}]\n{key} = [1]"), &[]);
            assert_eq!(found.len(), 1);
            assert!(found[0].contains("found an array"), "{}", found[0]);
        }
    }
    // Each field of the types, counted by its `Debug` form of one line per field.
    let printed = format!("{:#?}", Config::default());
    let fields = printed.lines().filter(|line| {
        let indent = line.len() - line.trim_start().len();
        indent == 8 && line.contains(": ")
    });
    assert_eq!(documented, fields.count(), "{printed}");
}

#[test]
fn a_default_panel_has_its_true_size() {
    let pixels = Config::default().display.pixels_per_mm();
    assert!((pixels - 4.034).abs() < 0.001, "{pixels}");
}

/// A fault is printed on a technician's terminal and goes to the log, one on a line.
#[test]
fn nothing_of_the_file_commands_the_terminal() {
    for value in ["__m\u{1B}[2J\u{202E}\"", "_\u{7}.5", "\"\u{1B}[2J\"", "x\u{85}y"] {
        let found = lines(&format!("[kiosk]\nid = {value}\n[display]\nwidth = {value}"), &[]);
        assert!(!found.is_empty());
        for line in found {
            assert!(!line.contains(|c: char| c.is_control() || c == '\u{202E}'), "{line:?}");
        }
    }
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = "[kiosk]\nid = 7\nidd = \"a\"\n[display]\nwidth = \"wide\"\nheight = 5\n[lights]\non = true\n\
                [central]\naddress = \"http://x\"\n[receipt_printer]\ncolumns = 40\nfont_level = \"utf8\"\n\
                [session]\nidle_grace_s = -1\n[card_reader]\npcsc = 1\nsam_device = 2026-01-01";
    assert_eq!(
        lines(text, &[]),
        [
            "k.toml:2: kiosk.id: expected 1 to 64 ASCII letters, digits, - or _, found 7",
            "k.toml:3: kiosk.idd: expected a known key, found an unknown one",
            "k.toml:5: display.width: expected a whole number of pixels from 320 to 7680, found \"wide\"",
            "k.toml:6: display.height: expected a whole number of pixels from 320 to 7680, found 5",
            "k.toml:7: lights: expected a known section (kiosk, display, central, card_reader, \
             receipt_printer, session, speech, store), found an unknown one",
            "k.toml:10: central.address: expected https://HOST or https://HOST:PORT, found \"http://x\"",
            "k.toml:12: receipt_printer.columns: expected one of 32, 42, 48, found 40",
            "k.toml:13: receipt_printer.font_level: expected one of \"gb2312\", \"gbk\", \"gb18030\", \
             found \"utf8\"",
            "k.toml:15: session.idle_grace_s: expected a whole number of seconds from 5 to 45, found -1",
            "k.toml:17: card_reader.pcsc: expected true or false, found 1",
            "k.toml:18: card_reader.sam_device: expected a device file, or \"\" for none, found a datetime",
        ]
    );
}

#[test]
fn the_longest_wait_is_never_shorter_than_the_shortest() {
    let store = |text: &str| parse(&format!("[store]\n{text}"), "k.toml", none()).map(|c| c.store);
    let both = store("complaint_delay_min_s = 1\ncomplaint_delay_max_s = 1").expect("valid");
    let second = std::time::Duration::from_secs(1);
    assert_eq!((both.complaint_delay_min, both.complaint_delay_max), (second, second));
    // Without any wait everybody could tell who wrote.
    assert_eq!(
        lines("[store]\ncomplaint_delay_min_s = 0", &[]),
        [
            "k.toml:2: store.complaint_delay_min_s: expected a whole number of seconds from 1 to 86400, \
          found 0"
        ]
    );
    let shortest = store("complaint_delay_min_s = 20000").expect("valid");
    assert_eq!(shortest.complaint_delay_max, shortest.complaint_delay_min);
    assert_eq!(
        lines("[store]\ncomplaint_delay_min_s = 900\ncomplaint_delay_max_s = 800", &[]),
        [
            "k.toml:3: store.complaint_delay_max_s: expected a whole number of seconds from 900 to 86400, \
          found 800"
        ]
    );
}

#[test]
fn syntax_errors_do_not_hide_the_rest() {
    let found = lines("[kiosk]\nid = \n[display]\nwidth = true\n", &[]);
    assert!(found[0].starts_with("k.toml:2: expected valid TOML, found "), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("k.toml:4: display.width:")), "{found:?}");
    let twice = lines("[kiosk]\nid = \"a\"\nid = \"b\"\n", &[]);
    assert!(
        twice[0].starts_with("k.toml:3: expected valid TOML, found duplicate key"),
        "{twice:?}"
    );
}

#[test]
fn a_section_must_be_a_section() {
    let found = lines("display = 1", &[]);
    assert_eq!(found, ["k.toml:1: display: expected a section, found 1"]);
}

#[test]
fn variables_override_the_file() {
    let set = |name: &str, value: &str| (format!("KIOSK__{name}"), value.to_owned());
    let variables = [
        set("SESSION__IDLE_WARNING_S", "60"),
        set("DISPLAY__FULLSCREEN", "false"),
        set("CARD_READER__SAM_DEVICE", ""),
        set("DISPLAY__DIAGONAL_INCHES", "32"),
    ];
    let config = parse("[session]\nidle_warning_s = 90", "k.toml", variables).expect("valid");
    assert_eq!(config.session.idle_warning, Duration::from_secs(60));
    assert!(!config.display.fullscreen);
    assert_eq!(config.card_reader.sam_device, None);
    assert!((config.display.diagonal_inches - 32.0).abs() < f64::EPSILON);
}

#[test]
fn faulty_variables_are_told_too() {
    let variables =
        [("KIOSK__SESSION__IDLE_GRACE_S", "soon"), ("KIOSK__SESSION__IDLE", "1"), ("HOME", "/")];
    assert_eq!(
        lines("", &variables),
        [
            "KIOSK__SESSION__IDLE: expected KIOSK__SECTION__KEY of a known key, found an unknown one",
            "KIOSK__SESSION__IDLE_GRACE_S: expected a whole number of seconds from 5 to 45, found \"soon\"",
        ]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_one_line() {
    let directory = tempfile::tempdir().expect("writable");
    let path = directory.path().join("none.toml");
    let faults = load(&path).expect_err("missing");
    assert_eq!(faults.len(), 1);
    assert!(faults.to_string().contains("none.toml: expected a readable file, found No such file"));
    std::fs::write(&path, b"[kiosk]\nid = \"\xff\"\n").expect("writable");
    let faults = load(&path).expect_err("not text");
    assert!(faults.to_string().ends_with(":2: expected text in UTF-8, found other bytes"));
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC*", value in "\\PC*") {
        drop(parse(&text, "k.toml", [("KIOSK__KIOSK__ID".to_owned(), value)]));
    }

    #[test]
    fn every_fault_takes_one_line(
        key in "[a-z_]{1,12}",
        value in "(true|-?[0-9]{1,20}|\"[a-z\n]{0,80}\"|\\[1, 2\\]|[0-9]\\.[0-9]|\\{ a = 1 \\})",
    ) {
        for section in ["kiosk", "display", "central", "speech", "unknown"] {
            let text = format!("[{section}]\n{key} = {value}\n");
            if let Err(faults) = parse(&text, "k.toml", none()) {
                prop_assert_eq!(faults.to_string().lines().count(), faults.len());
            }
        }
    }
}
