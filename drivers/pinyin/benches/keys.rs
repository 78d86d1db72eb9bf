//! Time from a key to its candidates, and what the engine costs to open, to wipe and to keep.
//! Processor time of the one thread, so that what else the machine does is not counted.
//! `cargo bench -p pinyin-input`
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fs;
use std::hint::black_box;
use std::time::Duration;

use pinyin_input::{Engine, EngineConfig, MAX_LETTERS, SHARED_DATA, wipe_freed_memory};
use rustix::time::{ClockId, clock_gettime};
use tempfile::TempDir;

/// What a complaint may begin with, names, initials, and as many letters as there may be.
const TYPED: [&str; 8] = [
    "wodedibaoshenqingyijingsangeyuemeiyouxiaoxi",
    "qingwenshenqinglinshijiuzhuyaonaxiecailiao",
    "cunweihuidegongzuorenyuantaidubuhao",
    "woxiangbanliyibaoka",
    "zhangjianguo",
    "shehuijiuzhufa",
    "wddbsqyjsgyl",
    "shishishishishishishishishishishishishishishishishishishishishis",
];

const ROUNDS: usize = 21;

fn main() {
    wipe_freed_memory().expect("the program's own operator delete");
    let directory = TempDir::new().expect("a directory");
    let config =
        EngineConfig { shared_data: SHARED_DATA.into(), user_data: directory.path().to_owned() };
    let before = resident_kib();
    let (first, engine) = timed(|| Engine::open(&config).expect("librime and its data"));
    drop(engine);
    let (again, mut engine) = timed(|| Engine::open(&config).expect("librime and its data"));
    println!("open: {first:.1?} with new data, {again:.1?} again");

    let mut all = Vec::new();
    for letters in TYPED {
        assert!(letters.len() <= MAX_LETTERS);
        let mut keys = Vec::new();
        for _ in 0..ROUNDS {
            for typed in 1..=letters.len() {
                let mut compose = || engine.compose(&letters[..typed], &[]).expect("letters");
                keys.push(timed(|| black_box(compose())).0);
            }
        }
        all.extend(&keys);
        report(letters, keys);
    }
    report("every key of these", all);
    let mut picks = Vec::new();
    let mut erased = Vec::new();
    let mut jumps = Vec::new();
    let mut wipes = Vec::new();
    for _ in 0..ROUNDS {
        engine.compose(TYPED[0], &[]).expect("letters");
        for chosen in 1..=4 {
            picks.push(timed(|| engine.compose(TYPED[0], &[1; 4][..chosen]).expect("choices")).0);
        }
        for typed in (1..TYPED[0].len()).rev() {
            erased.push(timed(|| engine.compose(&TYPED[0][..typed], &[]).expect("letters")).0);
        }
        jumps.push(timed(|| engine.compose(TYPED[1], &[]).expect("letters")).0);
        wipes.push(timed(|| engine.forget()).0);
    }
    report("choices in the first", picks);
    report("the first erased, letter by letter", erased);
    report("the second at once", jumps);
    report("forget", wipes);
    println!("resident: {} KiB, {before} KiB of them before", resident_kib());
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = processor_time();
    let result = work();
    (processor_time() - start, result)
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a time since the thread began")
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what}: median {:.2?}, p99 {:.2?}, worst {:.2?}", at(50), at(99), at(100));
}

fn resident_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the process's status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
