//! The shipped program from the outside: its doors, its words, its exit codes.

use std::path::Path;
use std::process::{Command, Output};

use dock::printer::{Condition, Printer};
use dock::sam::Module;

fn kiosk(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kiosk"));
    command.args(arguments).envs(variables.iter().copied()).output().expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("text")
}

#[test]
fn check_config_tells_every_fault_and_exits_with_2() {
    let home = tempfile::tempdir().expect("writable");
    let file = home.path().join("kiosk.toml");
    std::fs::write(&file, "[display]\nwidth = \"x\"\n[sesion]\nidle = 1\n").expect("writable");
    let variables = [("KIOSK__STORE__LOW_MIB", "none")];
    let output = kiosk(&["check-config", path(&file)], &variables);
    assert_eq!(output.status.code(), Some(2));
    let lines = text(&output.stderr);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("kiosk.toml:2: display.width: expected a whole number of pixels"));
    assert!(lines[1].contains("kiosk.toml:3: sesion: expected a known section"));
    assert!(lines[2].starts_with("KIOSK__STORE__LOW_MIB: expected a whole number of MiB"));
    // Running and diagnosing begin with the same check.
    for arguments in [&["--config", path(&file)][..], &["diagnose", "--config", path(&file)]] {
        assert_eq!(kiosk(arguments, &[]).status.code(), Some(2));
    }
}

#[test]
fn check_config_is_content_with_the_documented_file() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config/kiosk.toml");
    let output = kiosk(&["check-config", path(&file)], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_missing_file_is_one_line() {
    let output = kiosk(&["--config", "/nowhere/kiosk.toml"], &[]);
    assert_eq!(output.status.code(), Some(2));
    let lines = text(&output.stderr);
    assert_eq!(lines.lines().count(), 1);
    assert!(lines.starts_with("/nowhere/kiosk.toml: expected a readable file, found "), "{lines}");
}

#[test]
fn diagnose_tells_how_each_thing_is() {
    let home = tempfile::tempdir().expect("writable");
    let printer = Printer::start("127.0.0.1:0").expect("a free port");
    let sam = Module::start(None).expect("a pseudo-terminal");
    printer.set(Condition::NearEnd);
    let file = home.path().join("kiosk.toml");
    let settings = format!(
        "[kiosk]\nid = \"hall-1\"\n[card_reader]\nsam_device = {:?}\npcsc = false\n\
         [receipt_printer]\naddress = \"{}\"\n[store]\ndirectory = {:?}\nlow_mib = 10\n\
         [central]\nidentity = {:?}\n",
        sam.device(),
        printer.address(),
        home.path(),
        home.path().join("identity"),
    );
    std::fs::write(&file, settings).expect("writable");
    let output = kiosk(&["diagnose", "--json", "--config", path(&file)], &[]);
    assert_eq!(output.status.code(), Some(1), "central is not there");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["kiosk"], "hall-1");
    let devices = report["devices"].as_array().expect("a list");
    let states: Vec<(&str, &str)> = devices
        .iter()
        .map(|device| {
            assert!(!device["why"].as_str().expect("a reason").is_empty());
            (device["name"].as_str().expect("a name"), device["state"].as_str().expect("a state"))
        })
        .collect();
    assert_eq!(
        states,
        [
            ("id-reader", "ok"),
            ("social-reader", "ok"),
            ("printer", "degraded"),
            ("central", "failed"),
            ("disk", "ok"),
            ("cache", "degraded"),
            ("outbox", "ok"),
            ("pinyin", "ok"),
            ("fonts", "ok"),
            ("clock", "degraded"),
        ]
    );
    // Looking leaves nothing behind.
    let left = std::fs::read_dir(home.path()).expect("a directory").count();
    assert_eq!(left, 1, "the settings alone");
    std::fs::write(home.path().join("cache.db"), [0xA5; 9000]).expect("writable");
    std::fs::write(home.path().join("outbox-damaged-1.db"), b"").expect("writable");
    let output = kiosk(&["diagnose", "--config", path(&file)], &[]);
    let told = text(&output.stdout);
    assert!(told.contains("cache          failed"), "{told}");
    let aside = "outbox         degraded  0 waiting, 0 refused, 1 damaged files";
    assert!(told.contains(aside), "{told}");
    // For people the same, one line each.
    let output = kiosk(&["diagnose", "--config", path(&file)], &[]);
    assert_eq!(text(&output.stdout).lines().count(), 11);
}
