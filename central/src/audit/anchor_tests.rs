use std::fs;

use tempfile::TempDir;

use super::*;

const WRITER: &str = "main";

/// A directory with keys, where a database would lie.
struct Place {
    directory: TempDir,
    keys: Keyring,
}

impl Place {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let keys = Keyring::open(&directory.path().join("keys")).expect("a keyring");
        Self { directory, keys }
    }

    fn database(&self) -> PathBuf {
        self.directory.path().join("central.db")
    }

    fn path(&self, kind: &str) -> PathBuf {
        beside(&self.database(), WRITER, kind)
    }

    /// A process that starts, commits up to each of `seqs`, and ends.
    fn run(&self, seqs: &[i64]) {
        let mut anchors = Anchors::open(&self.database(), WRITER).expect("files");
        for seq in seqs {
            anchors.note(&self.keys, WRITER, &head(*seq)).expect("noted");
        }
    }

    fn read(&self) -> Result<Anchored, String> {
        read(&self.database(), WRITER, &self.keys).expect("readable")
    }

    /// The anchored seqs, and whether a torn line lies among them.
    fn found(&self) -> (Vec<i64>, bool) {
        let found = self.read().expect("genuine");
        (found.heads.iter().map(|head| head.seq).collect(), found.torn)
    }
}

fn head(seq: i64) -> Head {
    Head { seq, hash: [u8::try_from(seq % 251).expect("small"); 32] }
}

#[test]
fn a_head_torn_by_a_power_cut_is_tolerated_and_never_kept() {
    let place = Place::new();
    place.run(&[1, 2]);
    let whole = fs::read(place.path("head")).expect("a head");
    let torn = [&whole[..0], &whole[..70], &whole[..LINE - 1], &[0; LINE]];
    for torn in torn {
        fs::write(place.path("head"), torn).expect("torn");
        assert_eq!(place.found(), (vec![1], true));
    }
    place.run(&[3, 4]);
    assert_eq!(place.found(), (vec![1, 3, 4], false));
}

#[test]
fn a_line_torn_at_the_end_of_the_anchors_is_tolerated_and_cut_before_the_next() {
    let place = Place::new();
    place.run(&[1, 300]);
    let whole = fs::read(place.path("anchors")).expect("anchors");
    for torn in [whole.len() - 1, whole.len() - 100] {
        fs::write(place.path("anchors"), &whole[..torn]).expect("torn");
        assert_eq!(place.found(), (vec![1, 300], true));
    }
    place.run(&[301]);
    assert_eq!(place.found(), (vec![1, 300, 301, 301], false));
}

#[test]
fn a_whole_line_that_is_not_genuine_is_none_wherever_it_stands() {
    for kind in ["head", "anchors"] {
        let place = Place::new();
        place.run(&[1, 300]);
        let mut bytes = fs::read(place.path(kind)).expect("a file");
        bytes[4] ^= 1;
        fs::write(place.path(kind), &bytes).expect("forged");
        let fault = place.read().expect_err("forged");
        assert!(fault.contains("line 1") && fault.contains(kind), "{fault}");
    }
    let place = Place::new();
    place.run(&[1, 300]);
    let mut bytes = fs::read(place.path("anchors")).expect("anchors");
    bytes[10] = 0;
    fs::write(place.path("anchors"), &bytes).expect("torn in the middle");
    assert!(place.read().is_err());
}

/// A disk that takes so many bytes and no more.
struct Full {
    file: File,
    room: usize,
}

impl Tail for Full {
    fn length(&self) -> io::Result<u64> {
        self.file.length()
    }
    fn cut(&self, length: u64) -> io::Result<()> {
        self.file.cut(length)
    }
    fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        let taken = bytes.len().min(self.room);
        self.file.push(&bytes[..taken])?;
        if taken < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

#[test]
fn a_full_disk_leaves_whole_lines_only() {
    let place = Place::new();
    place.run(&[1]);
    let file = OpenOptions::new().append(true).open(place.path("anchors")).expect("anchors");
    let mut disk = Full { file, room: 100 };
    let next = line(&place.keys, WRITER, &head(256));
    let error = append(&mut disk, next.as_bytes()).expect_err("full");
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    assert_eq!(place.found(), (vec![1, 1], false));
    disk.room = LINE;
    append(&mut disk, next.as_bytes()).expect("there is room again");
    assert_eq!(place.found(), (vec![1, 256, 1], false));
}

#[test]
fn the_head_found_at_a_start_becomes_an_anchor() {
    let place = Place::new();
    place.run(&[1, 2, 7]);
    place.run(&[3]);
    assert_eq!(place.found(), (vec![1, 7, 3, 3], false));
}
