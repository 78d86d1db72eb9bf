//! Printers that report their status unasked (ASB): what they say is never taken for a proof.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use receipt_printer::{
    Answers, Heard, Outcome, PrinterConfig, Profile, Proof, Receipt, Status, encode, open,
};

/// Guards against hanging only.
const LIMIT: Duration = Duration::from_secs(20);
/// Offline, no error, paper end, reserved.
const PAPER_OUT: [u8; 4] = [0x18, 0x00, 0x0C, 0x00];
/// Online, roll nearly used up.
const NEAR_END: [u8; 4] = [0x10, 0x00, 0x03, 0x00];

/// A printer for one connection: well until GS r 1 has come, then it says `unasked` and goes on as
/// `after` (answers to DLE EOT 1–4 and, perhaps, to GS r).
fn printer(unasked: [u8; 4], after: ([u8; 4], Option<u8>)) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("free port");
    let address = listener.local_addr().expect("bound");
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        // Ends when the driver closes the line.
        drop(serve(stream, unasked, after));
    });
    address
}

fn serve(
    mut stream: TcpStream,
    unasked: [u8; 4],
    (conditions, proof): ([u8; 4], Option<u8>),
) -> std::io::Result<()> {
    let mut last = [0; 3];
    let mut slip_is_in = false;
    loop {
        last.rotate_left(1);
        stream.read_exact(&mut last[2..])?;
        match last {
            [0x10, 0x04, n @ 1..=4] if slip_is_in => {
                stream.write_all(&[conditions[usize::from(n) - 1]])?;
            }
            [0x10, 0x04, 1..=4] => stream.write_all(&[0x12])?,
            [0x1D, b'r', 1] => {
                slip_is_in = true;
                stream.write_all(&unasked)?;
                stream.write_all(proof.as_slice())?;
            }
            _ => {}
        }
    }
}

fn print(printer: SocketAddr) -> Outcome {
    let profile = Profile { echo: false, ..Profile::default() };
    let answer = Duration::from_secs(2);
    let address = printer.to_string();
    open(PrinterConfig { address, profile, answer, proof: LIMIT })
        .print(&Receipt::new().line("下一步：公示七天。"))
}

#[test]
fn paper_that_runs_out_during_a_slip_proves_nothing() {
    let out = ([0x1A, 0x32, 0x12, 0x7E], None);
    assert_eq!(print(printer(PAPER_OUT, out)), Outcome::Unknown(Status::PaperOut));
}

#[test]
fn a_proof_behind_an_unasked_status_is_heard() {
    assert_eq!(print(printer(NEAR_END, ([0x12; 4], Some(0x03)))), Outcome::Printed);
}

#[test]
fn only_an_answer_is_a_proof() {
    let proof_at = |bytes: &[u8]| {
        let mut answers = Answers::new(Proof::Status);
        bytes.iter().position(|&byte| answers.push(byte) == Heard::Proof)
    };
    for status in [PAPER_OUT, NEAR_END, [0x34, 0x2C, 0x0F, 0x0F], [0x7C, 0x6F, 0x6F, 0x6F]] {
        assert_eq!(proof_at(&status), None, "{status:02X?}");
        assert_eq!(proof_at(&[&status[..], &status, &[0x00]].concat()), Some(8), "{status:02X?}");
    }
    // A condition and flow control between, and a status that breaks off before another.
    assert_eq!(proof_at(&[0x18, 0x12, 0x00, 0x13, 0x0C, 0x11, 0x00, 0x00]), Some(7));
    assert_eq!(proof_at(&[0x18, 0x00, 0x10, 0x00, 0x00, 0x00, 0x03]), Some(6));
    // Answered only while there is paper.
    assert_eq!(proof_at(&[0x0C]), None);
    assert_eq!(proof_at(&[0x80, 0x92, 0xFF]), None);
}

#[test]
fn an_echo_needs_no_block_of_four() {
    let mut answers = Answers::new(Proof::Echo(*b"0008"));
    // The id's digits have the shape of a block's first byte.
    let bytes = [&PAPER_OUT[..], &[0x37, 0x22], b"0008", &[0]].concat();
    assert_eq!(bytes.iter().position(|&byte| answers.push(byte) == Heard::Proof), Some(10));
}

#[test]
fn a_slip_turns_unasked_statuses_off_first() {
    let bytes = encode(&Receipt::new().line("x"), &Profile::default());
    assert!(bytes.starts_with(&[0x1B, b'@', 0x1D, b'a', 0]));
}
