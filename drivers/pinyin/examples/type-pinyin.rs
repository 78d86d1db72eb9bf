//! Reads lines of letters, each perhaps followed by choices, and prints what they mean.
//! `echo 'nihaozhongguo 2 0' | type-pinyin`
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::io::stdin;
use std::path::PathBuf;

use pinyin_input::{Engine, EngineConfig, SHARED_DATA};

fn main() -> Result<(), Box<dyn Error>> {
    pinyin_input::wipe_freed_memory()?;
    let user_data = std::env::args_os()
        .nth(1)
        .map_or_else(|| std::env::temp_dir().join("type-pinyin"), PathBuf::from);
    let mut engine = Engine::open(&EngineConfig { shared_data: SHARED_DATA.into(), user_data })?;
    for line in stdin().lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        let letters = words.next().unwrap_or_default();
        let picks: Result<Vec<usize>, _> = words.map(str::parse).collect();
        match engine.compose(letters, &picks?) {
            Ok(composed) => {
                println!("{}", *composed.shown);
                for (number, candidate) in composed.candidates.iter().enumerate() {
                    print!("{number} {}  ", **candidate);
                }
                println!();
            }
            Err(error) => println!("{error}"),
        }
    }
    engine.forget();
    Ok(())
}
