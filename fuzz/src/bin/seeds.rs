//! Writes a first corpus from the samples of the source tree: `seeds DIRECTORY`.
//!
//! The people in it are invented, as the sample cards and the sample county are.

// Instrumented like the targets, so it needs the same runtime.
use libfuzzer_sys as _;

use std::fs;
use std::path::{Path, PathBuf};

use dock::card::SampleCard;
use fuzz as _;

fn main() {
    let corpus = std::env::args_os().nth(1).map(PathBuf::from).expect("a directory to write to");
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for card in files(&tree.join("drivers/dock/cards")) {
        let name = card.file_stem().expect("a name").to_string_lossy().into_owned();
        let card = SampleCard::load(&card).expect("a card");
        write(&corpus, "card_text", &name, &card.text_block());
        write(&corpus, "sam_frames", &name, &sam_reply(&card));
        write(&corpus, "social_card", &name, &social_answers(&card));
        write(&corpus, "id_number", &name, card.number.as_bytes());
    }
    for file in files(&tree.join("central/sample-county")) {
        let text = fs::read_to_string(&file).expect("text");
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
            write(&corpus, "import_lines", &format!("{name}-{number}"), line.as_bytes());
        }
    }
    write(&corpus, "kiosk_config", "defaults", kiosk_config::DEFAULTS.as_bytes());
    let ready = [&b"0001"[..], &[0x12, 0x12, 0x12, 0x12, 0x08]].concat();
    write(&corpus, "printer_status", "ready", &ready);
    let echo = [&b"0626"[..], &[0x11, 0x37, 0x22], b"0626", &[0x1A, 0]].concat();
    write(&corpus, "printer_status", "echo", &echo);
    write(&corpus, "enrolment_request", "request", certificate_request().as_bytes());
    write(&corpus, "sealed_complaint", "sealed", sealed_complaint(&tree).as_bytes());
}

/// Sizes of pieces, then a module's reply with text and photo.
fn sam_reply(card: &SampleCard) -> Vec<u8> {
    let text = card.text_block();
    let photo = [0xAA; 64];
    let body = [&[0, 0, 0x90, 1, 0, 0, 64][..], &text, &photo].concat();
    let length = u16::try_from(body.len() + 1).expect("short").to_be_bytes();
    let check = length.iter().chain(&body).fold(0, |x, b| x ^ b);
    let preamble = [0xAA, 0xAA, 0xAA, 0x96, 0x69];
    [&[0, 4, 63, 255][..], &preamble, &length, &body, &[check]].concat()
}

/// What the card answers to the commands of a reading, each behind its length.
fn social_answers(card: &SampleCard) -> Vec<u8> {
    let commands: [&[u8]; 4] =
        [&[0x00, 0xA4], &[0x00, 0xA4], &[0x00, 0xB2, 0x08, 0x00], &[0x00, 0xB2, 0x09, 0x00]];
    let answers = commands.iter().filter_map(|command| card.answer(command));
    answers.flat_map(|answer| [&[answer.len() as u8][..], &answer].concat()).collect()
}

/// A request as a kiosk makes it.
fn certificate_request() -> String {
    let key = rcgen::KeyPair::generate().expect("a key");
    let request = rcgen::CertificateParams::default().serialize_request(&key).expect("a request");
    request.pem().expect("text")
}

/// A complaint as a kiosk sends it, sealed to the key of the target.
fn sealed_complaint(tree: &Path) -> String {
    let sample = tree.join("fuzz/seeds/sealed_complaint/complaint.json");
    let complaint = fs::read_to_string(sample).expect("text");
    let complaint = serde_json::from_str(&complaint).expect("a complaint");
    let keys = complaint_seal::KeyPair::from_secret(&[7; 32]).expect("a secret");
    let id = "00112233445566778899aabbccddeeff";
    let sealed = complaint_seal::seal(&keys.public(), id, &complaint).expect("sealed");
    serde_json::to_string(&sealed).expect("JSON")
}

/// The samples of a directory, in order.
fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("one"));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "toml" || kind == "jsonl"))
        .collect();
    files.sort();
    files
}

fn write(corpus: &Path, target: &str, name: &str, bytes: &[u8]) {
    let directory = corpus.join(target);
    fs::create_dir_all(&directory).expect("a directory");
    fs::write(directory.join(name), bytes).expect("written");
}
