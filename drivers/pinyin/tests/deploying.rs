//! What is written, when, and what happens when it cannot be.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pinyin_input::{Engine, EngineConfig, PinyinError, SHARED_DATA};
use support::{Desk, config, turn};
use tempfile::TempDir;

/// Every file below, with its bytes and the time it was written.
fn files(directory: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let written = path.metadata().and_then(|about| about.modified()).expect("a time");
            found.insert(path.clone(), (fs::read(&path).expect("a file"), written));
        }
    }
    found
}

#[test]
fn nothing_that_is_typed_is_written() {
    let mut desk = Desk::new();
    let names: Vec<PathBuf> = files(desk.directory.path()).into_keys().collect();
    let names = names.iter().map(|path| path.strip_prefix(desk.directory.path()).expect("inside"));
    let expected = [
        "build/default.yaml",
        "build/pinyin_input.schema.yaml",
        "build/pinyin_simp.prism.bin",
        "default.yaml",
        "deployed",
        "installation.yaml",
        "pinyin_input.schema.yaml",
        "user.yaml",
    ];
    assert_eq!(names.collect::<Vec<_>>(), expected.map(Path::new));

    let before = files(desk.directory.path());
    for _ in 0..3 {
        let done = desk.compose("zhangjianguo", &[2, 0]).done;
        assert!(done.is_some());
        desk.engine.forget();
    }
    assert!(files(desk.directory.path()) == before);
    let directory = desk.directory.path().to_owned();
    let kept = desk.close();
    assert!(files(&directory) == before);
    drop(kept);
}

#[test]
fn a_choice_is_not_learned() {
    let mut desk = Desk::new();
    let before = desk.compose("zhangjianguo", &[]);
    for _ in 0..20 {
        assert!(desk.compose("zhangjianguo", &[1, 3]).done.is_some());
    }
    desk.engine.forget();
    assert!(desk.compose("zhangjianguo", &[]) == before);
}

#[test]
fn what_was_made_once_is_only_read_afterwards() {
    let _turn = turn();
    let directory = TempDir::new().expect("a directory");
    drop(Engine::open(&config(directory.path())).expect("an engine"));
    let before = files(directory.path());
    let mut engine = Engine::open(&config(directory.path())).expect("an engine");
    let composed = engine.compose("nihao", &[]).expect("letters");
    assert_eq!(*composed.candidates[0], "你好");
    drop(engine);
    assert!(files(directory.path()) == before);
}

#[test]
fn new_data_are_taken_up() {
    let _turn = turn();
    let shared = TempDir::new().expect("a directory");
    for name in ["pinyin_simp.dict.yaml", "pinyin_simp.schema.yaml"] {
        fs::copy(Path::new(SHARED_DATA).join(name), shared.path().join(name)).expect("a copy");
    }
    let user = TempDir::new().expect("a directory");
    let config = EngineConfig {
        shared_data: shared.path().to_owned(),
        user_data: user.path().join("made").join("here"),
    };
    let first = |config| {
        let mut engine = Engine::open(config).expect("an engine");
        (**engine.compose("nihao", &[]).expect("letters").candidates[0]).to_owned()
    };
    assert_eq!(first(&config), "你好");
    let dictionary = shared.path().join("pinyin_simp.dict.yaml");
    let mut dictionary = fs::OpenOptions::new().append(true).open(dictionary).expect("a file");
    writeln!(dictionary, "拟好\tni hao\t99999999").expect("a line");
    drop(dictionary);
    assert_eq!(first(&config), "拟好");
}

#[test]
fn what_was_left_half_made_is_made_again() {
    let _turn = turn();
    let directory = TempDir::new().expect("a directory");
    drop(Engine::open(&config(directory.path())).expect("an engine"));
    fs::remove_file(directory.path().join("deployed")).expect("the note");
    let table = directory.path().join("build/pinyin_simp.prism.bin");
    fs::write(table, b"Rime::Prism/3.0").expect("half a table");
    let mut engine = Engine::open(&config(directory.path())).expect("an engine");
    assert_eq!(*engine.compose("nihao", &[]).expect("letters").candidates[0], "你好");
}

#[test]
fn a_second_engine_is_refused() {
    let mut desk = Desk::new();
    let elsewhere = TempDir::new().expect("a directory");
    let second = Engine::open(&config(elsewhere.path()));
    assert!(matches!(second, Err(PinyinError::AlreadyOpen)));
    assert!(files(elsewhere.path()).is_empty());
    assert_eq!(*desk.compose("nihao", &[]).candidates[0], "你好");
}

#[test]
fn faults_say_which_directory_and_leave_the_engine_free() {
    let _turn = turn();
    let directory = TempDir::new().expect("a directory");
    let empty = directory.path().join("empty");
    fs::create_dir(&empty).expect("a directory");
    let without_data = EngineConfig { shared_data: empty.clone(), user_data: empty.clone() };
    match Engine::open(&without_data) {
        Err(PinyinError::Dictionary(path, _)) => assert_eq!(path, empty),
        other => panic!("{other:?}"),
    }
    let file = directory.path().join("file");
    fs::write(&file, b"").expect("a file");
    match Engine::open(&config(&file.join("below"))) {
        Err(PinyinError::Write(path, _)) => assert_eq!(path, file.join("below")),
        other => panic!("{other:?}"),
    }
    let zero = Path::new("a\0b");
    assert!(matches!(Engine::open(&config(zero)), Err(PinyinError::Name(_))));

    let broken = directory.path().join("broken");
    fs::create_dir(&broken).expect("a directory");
    for name in ["pinyin_simp.dict.yaml", "pinyin_simp.schema.yaml"] {
        fs::write(broken.join(name), b"{ not: [what is expected").expect("a file");
    }
    let broken = EngineConfig { shared_data: broken, user_data: empty.clone() };
    match Engine::open(&broken) {
        Err(PinyinError::Session) => {}
        other => panic!("{other:?}"),
    }
    Engine::open(&config(&directory.path().join("good"))).expect("an engine");
}
