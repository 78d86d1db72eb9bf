//! Rows to ESC/POS bytes. The escpos crate writes what it writes right; the rest is spelled out.

use std::cell::RefCell;
use std::rc::Rc;

use encoding_rs::GB18030;
use escpos::driver::Driver;
use escpos::errors::Result;
use escpos::printer::Printer;
use escpos::utils::{
    Encoder, JustifyMode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::layout::{Row, Style, rows};
use crate::profile::Profile;
use crate::raster::Raster;
use crate::receipt::Receipt;

/// GS a 0: no status unless asked for (ASB); switches or another program may have turned it on.
const ASB_OFF: [u8; 3] = [0x1D, b'a', 0];
/// FS &: Hanzi mode; some models start without it and ESC @ returns to their default.
const HANZI: [u8; 2] = [0x1C, b'&'];
/// FS ! with double width and height: older firmware ignores GS ! for Hanzi.
const HANZI_LARGE: [u8; 3] = [0x1C, b'!', 0x0C];
const HANZI_NORMAL: [u8; 3] = [0x1C, b'!', 0x00];
/// GS V 66 0: feed to the cutter, partial cut (the crate's own partial cut is a full one).
const CUT: [u8; 4] = [0x1D, b'V', 66, 0];

/// The bytes of a whole slip, from reset to cut.
#[must_use]
pub fn encode(receipt: &Receipt, profile: &Profile) -> Vec<u8> {
    let bytes = Memory::default();
    let protocol = Protocol::new(Encoder::new(GB18030).allow_unencodable(true));
    let mut printer = Printer::new(bytes.clone(), protocol, None);
    let mut raster = Raster::new(profile);
    let written = write(&mut printer, receipt, profile, &mut raster)
        .and_then(|()| printer.print().map(|_| ()));
    if let Err(error) = written {
        // Writing to memory cannot fail, and what the crate may refuse was left out on the way.
        tracing::error!(code = "PRN-ENCODE", %error, "a slip was not encoded");
    }
    bytes.0.take()
}

fn write(
    printer: &mut Printer<Memory>,
    receipt: &Receipt,
    profile: &Profile,
    raster: &mut Raster,
) -> Result<()> {
    printer.init()?.custom(&ASB_OFF)?.custom(&HANZI)?;
    for row in rows(receipt, profile.columns) {
        match row {
            Row::Text { text, style, centred } => {
                printer.justify(if centred { JustifyMode::CENTER } else { JustifyMode::LEFT })?;
                if raster.needed(&text) {
                    printer.custom(&raster.draw(&text, style == Style::Large))?;
                } else {
                    text_row(printer, &text, style)?;
                }
            }
            Row::Qr(data) => qr_row(printer, &data)?,
            Row::Feed(lines) => {
                printer.feeds(lines)?;
            }
        }
    }
    printer.custom(&CUT)?;
    Ok(())
}

fn text_row(printer: &mut Printer<Memory>, text: &str, style: Style) -> Result<()> {
    match style {
        Style::Normal => {}
        Style::Bold => {
            printer.bold(true)?;
        }
        Style::Large => {
            printer.size(2, 2)?.custom(&HANZI_LARGE)?;
        }
    }
    printer.write(text)?.write("\n")?;
    match style {
        Style::Normal => {}
        Style::Bold => {
            printer.bold(false)?;
        }
        Style::Large => {
            printer.reset_size()?.custom(&HANZI_NORMAL)?;
        }
    }
    Ok(())
}

/// A QR code, or nothing where it cannot be made: the rest of the slip is worth having without it.
fn qr_row(printer: &mut Printer<Memory>, data: &str) -> Result<()> {
    let option = QRCodeOption::new(QRCodeModel::Model2, 6, QRCodeCorrectionLevel::M);
    printer.justify(JustifyMode::CENTER)?;
    // The crate's own error may repeat the data, so only the length is told.
    if printer.qrcode_option(data, option).is_ok() {
        printer.custom(b"\n")?;
    } else {
        let length = data.len();
        tracing::error!(code = "PRN-ENCODE", length_bytes = length, "a QR code was left out");
    }
    printer.justify(JustifyMode::LEFT)?;
    Ok(())
}

/// Collects what the crate would send.
#[derive(Clone, Default)]
struct Memory(Rc<RefCell<Vec<u8>>>);

impl Driver for Memory {
    fn name(&self) -> String {
        "memory".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<()> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> Result<()> {
        Ok(())
    }
}
