//! What was typed is not in the process's memory once it is forgotten. Alone in its process.

mod support;

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

use pinyin_input::wipe_freed_memory;
use support::Desk;
use zeroize::{Zeroize as _, Zeroizing};

const MASK: u8 = 0xa5;

/// Bytes: three characters.
const PIECE: usize = 9;

/// A sentence. It is in the program masked, so that searching does not find what it searches for.
struct Sentence {
    letters: &'static [u8],
    shown: &'static [u8],
    text: &'static [u8],
}

macro_rules! masked {
    ($text:literal) => {
        const { &mask::<{ $text.len() }>($text) }
    };
}

const fn mask<const N: usize>(text: &str) -> [u8; N] {
    let mut masked = [0; N];
    let mut at = 0;
    while at < N {
        masked[at] = text.as_bytes()[at] ^ MASK;
        at += 1;
    }
    masked
}

const FIRST: Sentence = Sentence {
    letters: masked!("jiujiudemaolvzoulefangdingshang"),
    shown: masked!("jiu jiu de mao lü zou le fang ding shang"),
    text: masked!("舅舅的毛驴走了房顶上"),
};

const SECOND: Sentence = Sentence {
    letters: masked!("qingwamailehongsesantiaokuzi"),
    shown: masked!("qing wa mai le hong se san tiao ku zi"),
    text: masked!("青蛙买了红色三条裤子"),
};

impl Sentence {
    /// Types it letter by letter, takes it, and leaves the engine with an unfinished second try.
    fn write(&self, desk: &mut Desk) {
        let letters = plain(self.letters);
        for typed in 1..letters.len() {
            desk.compose(&letters[..typed], &[]);
        }
        let composed = desk.compose(&letters, &[]);
        assert!(same(self.shown, composed.shown.as_bytes()));
        assert!(same(self.text, composed.candidates[0].as_bytes()));
        let done = desk.compose(&letters, &[0]).done;
        assert!(done.is_some_and(|done| same(self.text, done.as_bytes())));
        desk.compose(&letters[..letters.len() - 1], &[1]);
    }

    /// How many pieces of it are in this process's memory: of the letters, of the letters as they
    /// are shown, of the text.
    fn traces(&self) -> [usize; 3] {
        [self.letters, self.shown, self.text].map(pieces_in_memory)
    }
}

fn plain(masked: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(masked.len()));
    for byte in masked {
        text.push(char::from(byte ^ MASK));
    }
    text
}

fn same(masked: &[u8], text: &[u8]) -> bool {
    masked.len() == text.len() && masked.iter().zip(text).all(|(a, b)| a ^ MASK == *b)
}

/// How many runs of [`PIECE`] bytes of it are in private memory that can be written to.
fn pieces_in_memory(masked: &[u8]) -> usize {
    let memory = File::open("/proc/self/mem").expect("the process's memory");
    let maps = fs::read_to_string("/proc/self/maps").expect("the process's mappings");
    // Wiped after each look, for it is itself in the memory looked at.
    let mut window = Zeroizing::new(vec![0; 1 << 20]);
    let mut found = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else { continue };
        if !rights.starts_with("rw") || !rights.ends_with('p') {
            continue;
        }
        let (start, end) = range.split_once('-').expect("a range");
        let [mut at, end] = [start, end].map(|at| u64::from_str_radix(at, 16).expect("hex"));
        while at < end {
            let size =
                usize::try_from(end - at).map_or(window.len(), |left| left.min(window.len()));
            let read = memory.read_at(&mut window[..size], at).expect("readable memory");
            found += pieces(masked, &window[..read]);
            window.zeroize();
            window.resize(1 << 20, 0);
            let next = at + read as u64;
            at = if next < end { next - PIECE as u64 } else { end };
        }
    }
    found
}

fn pieces(masked: &[u8], window: &[u8]) -> usize {
    let mut begins = [false; 256];
    for piece in masked.windows(PIECE) {
        begins[usize::from(piece[0] ^ MASK)] = true;
    }
    let is_piece = |part: &[u8]| {
        begins[usize::from(part[0])] && masked.windows(PIECE).any(|piece| same(piece, part))
    };
    window.windows(PIECE).filter(|part| is_piece(part)).count()
}

#[test]
fn what_is_forgotten_is_not_in_memory() {
    let mut desk = Desk::new();
    // Memory is searched well enough to find what is there, and what was freed unwiped.
    FIRST.write(&mut desk);
    assert!(FIRST.traces().iter().all(|traces| *traces > 0), "{:?}", FIRST.traces());
    desk.engine.forget();
    assert!(FIRST.traces().iter().any(|traces| *traces > 0), "{:?}", FIRST.traces());

    wipe_freed_memory().expect("the program's own operator delete");
    SECOND.write(&mut desk);
    assert!(SECOND.traces().iter().all(|traces| *traces > 0), "{:?}", SECOND.traces());
    desk.engine.forget();
    assert_eq!(SECOND.traces(), [0; 3]);
}
