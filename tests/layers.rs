//! The layering, read from manifests and `use` lines: who may name what.

mod sources;

use std::fs;
use std::path::Path;

use sources::sources;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Names of a manifest's dependencies, those for tests left out.
fn dependencies(directory: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(directory).join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("valid TOML");
    ["dependencies", "build-dependencies"]
        .iter()
        .filter_map(|section| manifest.get(*section)?.as_table())
        .flat_map(|section| section.keys().cloned())
        .collect()
}

/// Every crate's directory.
fn crates() -> Vec<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = text.parse().expect("valid TOML");
    let members = manifest["workspace"]["members"].as_array().expect("a list");
    let members = members.iter().map(|member| member.as_str().expect("a path").to_owned());
    members.chain([".".to_owned()]).collect()
}

/// Crates whose manifest names one of `names`.
fn who_depends_on(names: &[&str]) -> Vec<String> {
    let uses = |directory: &String| {
        dependencies(directory).iter().any(|name| names.contains(&name.as_str()))
    };
    crates().into_iter().filter(uses).collect()
}

#[test]
fn only_the_ui_names_slint() {
    assert_eq!(who_depends_on(&["slint", "slint-build"]), ["ui"]);
}

#[test]
fn only_the_kiosks_central_names_reqwest_and_rusqlite() {
    assert_eq!(who_depends_on(&["reqwest"]), ["."]);
    assert_eq!(who_depends_on(&["rusqlite"]), ["."]);
    for path in sources(&root().join("src")) {
        let text = fs::read_to_string(&path).expect("text");
        let names = text.lines().any(|line| {
            let line = line.trim_start();
            let named =
                ["reqwest::", "hyper::", "rusqlite::"].iter().any(|name| line.contains(name));
            !line.starts_with("//") && named
        });
        let inside = path.strip_prefix(root().join("src")).expect("inside").starts_with("central");
        assert!(inside || !names, "{} names them", path.display());
    }
}

#[test]
fn only_drivers_name_hardware() {
    for directory in who_depends_on(&["pcsc", "serialport", "escpos", "encoding_rs"]) {
        assert!(directory.starts_with("drivers/"), "{directory}");
    }
}

#[test]
fn a_visit_knows_no_io() {
    let forbidden = ["tokio", "slint", "reqwest", "hyper", "sqlx", "rusqlite", "axum", "tracing"];
    for directory in ["crates/visit", "crates/id-number", "crates/search"] {
        for name in dependencies(directory) {
            assert!(!forbidden.contains(&name.as_str()), "{directory} depends on {name}");
        }
    }
    for path in sources(&root().join("crates/visit/src")) {
        let text = fs::read_to_string(&path).expect("text");
        for name in ["std::net", "std::fs", "std::thread", "Instant::now", "Timestamp::now"] {
            assert!(!text.contains(name), "{} names {name}", path.display());
        }
    }
}

#[test]
fn drivers_never_depend_on_the_kiosk() {
    let kiosks = ["kiosk", "kiosk-ui", "kiosk-config", "visit", "central", "central-api"];
    for directory in crates().iter().filter(|directory| directory.starts_with("drivers/")) {
        for name in dependencies(directory) {
            assert!(!kiosks.contains(&name.as_str()), "{directory} depends on {name}");
        }
    }
}

#[test]
fn no_product_depends_on_the_dock() {
    assert!(who_depends_on(&["dock"]).is_empty());
}

#[test]
fn central_and_the_kiosk_share_types_only() {
    assert!(who_depends_on(&["central"]).is_empty());
    assert!(!dependencies("central").iter().any(|name| name.starts_with("kiosk")));
}
