//! Slips to a printer on TCP that behaves and misbehaves as real ones do.

use std::time::Duration;

use dock::printer::{Condition, Printer};
use encoding_rs::GB18030;
use proptest::prelude::*;
use receipt_printer::{
    Answers, Asked, FontLevel, Heard, Outcome, PrinterConfig, Profile, Proof, Receipt,
    ReceiptPrinter, Status, columns, encode, open, to_text,
};

/// Guards against hanging only.
const LIMIT: Duration = Duration::from_secs(20);

fn bench() -> (Printer, Box<dyn ReceiptPrinter>) {
    let printer = Printer::start("127.0.0.1:0").expect("free port");
    let config = config(printer.address().to_string());
    (printer, open(config))
}

fn config(address: String) -> PrinterConfig {
    let answer = Duration::from_secs(2);
    PrinterConfig { address, profile: Profile::default(), answer, proof: LIMIT }
}

fn slip() -> Receipt {
    Receipt::new()
        .title("救助进度单")
        .pair("受理编号", "YL2026-000123")
        .rule()
        .line("下一步：公示七天，请留意本村公示栏。")
        .qr("YL2026-000123")
        .feed(2)
}

#[test]
fn a_printed_slip_is_confirmed_and_complete() {
    let (printer, mut driver) = bench();
    assert_eq!(driver.status(), Status::Ok);
    assert_eq!(driver.print(&slip()), Outcome::Printed);
    let slips = printer.wait_for(1, LIMIT).expect("one slip");
    let text = GB18030.decode(&slips[0]).0.into_owned();
    assert!(text.contains("救助进度单") && text.contains("请留意本村公示栏"));
    assert!(slips[0].ends_with(&[0x1D, b'V', 66, 0]));
}

#[test]
fn a_printer_without_echo_is_believed_by_its_queued_status() {
    let printer = Printer::start("127.0.0.1:0").expect("free port");
    let mut config = config(printer.address().to_string());
    config.profile.echo = false;
    assert_eq!(open(config).print(&slip()), Outcome::Printed);
}

#[test]
fn nothing_is_sent_to_a_printer_that_cannot_print() {
    let (printer, mut driver) = bench();
    for (condition, status) in [
        (Condition::PaperOut, Status::PaperOut),
        (Condition::CoverOpen, Status::CoverOpen),
        (Condition::Jam, Status::CutterJam),
        (Condition::Offline, Status::Offline),
        (Condition::Silent, Status::NotAnswering),
    ] {
        printer.set(condition);
        assert_eq!(driver.print(&slip()), Outcome::NotStarted(status));
    }
    printer.set(Condition::NearEnd);
    assert_eq!(driver.status(), Status::NearEnd);
    assert_eq!(driver.print(&slip()), Outcome::Printed);
    assert_eq!(printer.slips().len(), 1, "the refused slips must never appear");
}

#[test]
fn a_connection_lost_mid_slip_is_not_called_printed_nor_sent_again() {
    let (printer, mut driver) = bench();
    printer.set(Condition::CloseMidSlip);
    assert_eq!(driver.print(&slip()), Outcome::Unknown(Status::Gone));
    printer.set(Condition::Ok);
    assert_eq!(driver.print(&slip()), Outcome::Printed);
    assert_eq!(printer.slips().len(), 1);
}

#[test]
fn an_absent_printer_is_gone() {
    let (printer, _) = bench();
    let address = printer.address();
    // A port of the same host that nobody listens on.
    let free = std::net::TcpListener::bind((address.ip(), 0)).expect("free port");
    let gone = free.local_addr().expect("bound").to_string();
    drop(free);
    assert_eq!(open(config(gone)).print(&slip()), Outcome::NotStarted(Status::Gone));
}

#[test]
fn bytes_that_others_get_wrong_are_right() {
    let slip = Receipt::new().title("题").line("补助 ¥30").qr("A1");
    let bytes = encode(&slip, &Profile::default());
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(bytes.starts_with(&[0x1B, b'@', 0x1D, b'a', 0, 0x1C, b'&']));
    assert!(has(&[0x1C, b'!', 0x0C]) && has(&[0x1D, b'!', 0x11]));
    assert!(has(&[0xA3, 0xA4, b'3', b'0']), "the yen sign is the two-byte one");
    assert!(has(&[0x1D, b'(', b'k', 4, 0, 49, 65, 50, 0]), "QR model 2");
}

#[test]
fn a_code_that_cannot_be_made_is_left_out_alone() {
    let slip = Receipt::new().line("before").qr("7".repeat(7_090)).line("after");
    let bytes = encode(&slip, &Profile::default());
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    assert!(has(b"before\n") && has(b"after\n") && !has(b"777"));
    assert!(bytes.ends_with(&[0x1D, b'V', 66, 0]));
}

#[test]
fn characters_the_printer_has_not_are_drawn() {
    let raster = [0x1D, b'v', b'0', 0, 72, 0, 30, 0];
    let drawn = |name: &str, font_level| {
        let profile = Profile { font_level, ..Profile::default() };
        let bytes = encode(&Receipt::new().line(name), &profile);
        bytes.windows(raster.len()).any(|window| window == raster)
    };
    assert!(!drawn("王秀兰", FontLevel::Gb2312));
    assert!(drawn("喆", FontLevel::Gb2312) && !drawn("喆", FontLevel::Gbk));
    assert!(drawn("𠮷", FontLevel::Gbk) && !drawn("𠮷", FontLevel::Gb18030));
}

#[test]
fn a_proof_is_told_from_conditions_and_noise() {
    let hear = |proof, bytes: &[u8]| -> Vec<Heard> {
        let mut answers = Answers::new(proof);
        bytes.iter().map(|&byte| answers.push(byte)).collect()
    };
    // The digits 2 and 6 have the shape of a condition, and a false start comes before.
    let echo = [0x12, 0x37, 0x22, b'1', 0x37, 0x22, b'0', b'6', b'2', b'6', 0, 0x1A];
    let heard = hear(Proof::Echo(*b"0626"), &echo);
    assert_eq!((heard[0], heard[11]), (Heard::Condition(0x12), Heard::Condition(0x1A)));
    assert_eq!(heard.iter().position(|heard| *heard == Heard::Proof), Some(10));
    assert!(!hear(Proof::Echo(*b"0627"), &echo).contains(&Heard::Proof), "another slip's");
    // XON and a condition come before the answer to GS r.
    assert_eq!(
        hear(Proof::Status, &[0x11, 0x12, 0x03]),
        [Heard::Nothing, Heard::Condition(0x12), Heard::Proof]
    );
}

#[test]
fn status_bits_follow_the_printers_manual() {
    let summary = |answers| Asked(answers).summary();
    assert_eq!(summary([0x12; 4]), Status::Ok);
    assert_eq!(summary([0x16, 0x12, 0x12, 0x12]), Status::Ok, "a drawer is no fault");
    assert_eq!(summary([0x12, 0x12, 0x12, 0x1E]), Status::NearEnd);
    assert_eq!(summary([0x1A, 0x32, 0x12, 0x7E]), Status::PaperOut);
    assert_eq!(summary([0x1A, 0x16, 0x12, 0x12]), Status::CoverOpen);
    assert_eq!(summary([0x1A, 0x52, 0x1A, 0x12]), Status::CutterJam);
    assert_eq!(summary([0x1A, 0x52, 0x52, 0x12]), Status::Overheated);
    assert_eq!(summary([0x1A, 0x52, 0x32, 0x12]), Status::Unrecoverable);
}

proptest! {
    #[test]
    fn no_text_leaves_its_columns(
        label in ".{0,30}",
        value in ".{0,60}",
        line in "(\\PC|[a-z]{1,60}| ){0,80}",
        width in prop::sample::select(vec![32usize, 42, 48]),
    ) {
        let receipt = Receipt::new().title(&label).pair(label, value).line(line).rule();
        for row in to_text(&receipt, width).lines() {
            prop_assert!(columns(row.trim_start()) <= width, "{row:?}");
        }
    }
}
