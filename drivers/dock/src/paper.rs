//! A slip as a picture: what the bytes would look like on 80 mm paper (576 dots).

mod draw;

use std::path::Path;

use encoding_rs::GB18030;

use crate::printer::length_of;
use draw::Sheet;

/// Writes the picture of a slip.
///
/// # Errors
/// When there is no CJK font or the file cannot be written.
pub fn write_png(slip: &[u8], path: &Path) -> anyhow::Result<()> {
    let mut sheet = Sheet::new()?;
    let mut pen = Pen::default();
    let mut rest = slip;
    while let Some(length) = length_of(rest).filter(|&length| length > 0) {
        let (command, after) = rest.split_at(length);
        pen.take(command, &mut sheet);
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    sheet.write_png(path)
}

/// State the commands change.
#[derive(Default)]
struct Pen {
    line: String,
    large: bool,
    bold: bool,
    centred: bool,
    qr: String,
    module: u8,
}

impl Pen {
    fn take(&mut self, command: &[u8], sheet: &mut Sheet) {
        match *command {
            [b'\n'] => self.end_line(sheet),
            [0x1B, b'@'] => *self = Self::default(),
            [0x1B, b'a', n] => self.centred = n % 48 == 1,
            [0x1B, b'E', n] => self.bold = n & 1 == 1,
            [0x1D, b'!', n] => self.large = n != 0,
            [0x1B, b'd', n] => {
                if !self.line.is_empty() {
                    self.end_line(sheet);
                }
                sheet.feed(u32::from(n));
            }
            [0x1D, b'(', b'k', _, _, 49, 67, n] => self.module = n,
            [0x1D, b'(', b'k', _, _, 49, 80, 48, ref data @ ..] => {
                self.qr = String::from_utf8_lossy(data).into_owned();
            }
            [0x1D, b'(', b'k', _, _, 49, 81, ..] => sheet.qr(&self.qr, u32::from(self.module)),
            [0x1D, b'v', b'0', _, xl, xh, _, _, ref dots @ ..] => {
                sheet.raster(dots, usize::from(u16::from_le_bytes([xl, xh])));
            }
            [first, ..] if first >= 0x20 => self.line.push_str(&GB18030.decode(command).0),
            _ => {}
        }
    }

    fn end_line(&mut self, sheet: &mut Sheet) {
        sheet.text(&std::mem::take(&mut self.line), self.large, self.bold, self.centred);
    }
}
