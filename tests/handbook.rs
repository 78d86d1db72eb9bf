//! The operator's handbook: every stable code of the programs is in its table once, and no other.

mod sources;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sources::sources;

/// Where programs are written; `code = "…"` and codes in capitals are looked for under each `src`.
const PLACES: [&str; 6] = ["src", "central/src", "ui/src", "kiosk-config/src", "crates", "drivers"];
const HANDBOOK: &str = "docs/运维手册.md";
const TABLE: &str = "代码总表\n";

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("text")
}

/// Capitals in two or more parts, such as `CARD-MOVED`.
fn is_capital(word: &str) -> bool {
    let whole = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase());
    word.contains('-') && word.split('-').all(whole)
}

/// Codes a source names: those it logs, and those it hands on.
fn codes(text: &str) -> Vec<String> {
    let code = |tail: &str| tail.split('"').next().unwrap_or_default().to_owned();
    let logged = text.split("code = \"").skip(1).map(code);
    let handed_on = text.split('"').filter(|word| is_capital(word)).map(str::to_owned);
    logged.chain(handed_on).collect()
}

fn of_the_programs() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let within_src = |file: &PathBuf| file.components().any(|part| part.as_os_str() == "src");
    let files = PLACES.iter().flat_map(|place| sources(&root.join(place))).filter(within_src);
    files.flat_map(|file| codes(&read(&file))).collect()
}

fn handbook() -> String {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(HANDBOOK))
}

/// First cells of the table of codes, in their order.
fn of_the_table(handbook: &str) -> Vec<String> {
    let table = handbook.split("\n## ").find_map(|part| part.strip_prefix(TABLE));
    let rows = table.expect("a table of codes").lines();
    let cells = rows.filter_map(|row| row.strip_prefix("| `")?.split_once("` |"));
    cells.map(|(code, _)| code.to_owned()).collect()
}

#[test]
fn each_code_is_in_the_table_once_and_no_other_is() {
    let (known, rows) = (of_the_programs(), of_the_table(&handbook()));
    assert!(known.contains("PANIC") && known.contains("CARD-MOVED"), "codes are found");
    let listed: BTreeSet<String> = rows.iter().cloned().collect();
    let missing: Vec<_> = known.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&known).collect();
    assert!(missing.is_empty() && gone.is_empty(), "missing: {missing:?}, gone: {gone:?}");
    assert_eq!(rows.len(), listed.len(), "a code has two rows");
}

#[test]
fn the_text_names_codes_that_exist() {
    let (known, handbook) = (of_the_programs(), handbook());
    let named = handbook.split('`').skip(1).step_by(2).filter(|word| is_capital(word));
    let gone: Vec<_> = named.filter(|word| !known.contains(*word)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}
