//! The engine's own directory: this crate's settings, and a note of what librime was last fed.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

const SETTINGS: [(&str, &str); 2] = [
    ("default.yaml", include_str!("../data/default.yaml")),
    ("pinyin_input.schema.yaml", include_str!("../data/pinyin_input.schema.yaml")),
];

/// What is read from the shared directory.
const SHARED: [&str; 2] = ["pinyin_simp.dict.yaml", "pinyin_simp.schema.yaml"];

/// Written last: while it says what [`state`] says, nothing needs to be made anew.
const NOTE: &str = "deployed";

/// What the directory must have been made from; an error names what is missing.
pub(crate) fn state(shared: &Path) -> io::Result<String> {
    let mut state = String::new();
    for (name, text) in SETTINGS {
        let _ = writeln!(state, "{name}\n{text}");
    }
    for name in SHARED {
        let about = fs::metadata(shared.join(name))?;
        let _ = writeln!(
            state,
            "{} {} {}.{}",
            shared.join(name).display(),
            about.len(),
            about.mtime(),
            about.mtime_nsec()
        );
    }
    Ok(state)
}

/// Whether the directory was made from this state.
pub(crate) fn is_current(user: &Path, state: &str) -> bool {
    fs::read_to_string(user.join(NOTE)).is_ok_and(|note| note == state)
}

/// Puts the settings there, and takes away what was made before.
pub(crate) fn begin(user: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(user)?;
    for old in [user.join(NOTE), user.join("user.yaml"), user.join("installation.yaml")] {
        remove(fs::remove_file(old))?;
    }
    remove(fs::remove_dir_all(user.join("build")))?;
    fs::create_dir(user.join("build"))?;
    for (name, text) in SETTINGS {
        fs::write(user.join(name), text)?;
    }
    Ok(())
}

/// Notes that everything was made from this state, once that is sure to survive a loss of power.
pub(crate) fn finish(user: &Path, state: &str) -> io::Result<()> {
    for entry in fs::read_dir(user.join("build"))? {
        File::open(entry?.path())?.sync_all()?;
    }
    fs::write(user.join(NOTE), state)
}

fn remove(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}
