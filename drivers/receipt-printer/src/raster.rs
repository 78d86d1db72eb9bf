//! Lines with characters the printer has not: drawn with a font file and sent as a picture.

use encoding_rs::GB18030;
use fontdue::{Font, FontSettings};

use crate::layout::columns;
use crate::profile::Profile;

/// Height of a Hanzi of the printer's own font, in dots.
const EM: usize = 24;
/// Height of a drawn line: Hanzi and the printer's default line gap.
const LINE: usize = 30;
/// Printed instead of a character no font has (GETA MARK, the printer's own sign for a gap).
const GAP: char = '\u{3013}';

/// Draws lines for one printer; the font is loaded when first needed.
pub(crate) struct Raster<'a> {
    profile: &'a Profile,
    font: Option<Option<Font>>,
}

impl<'a> Raster<'a> {
    pub(crate) fn new(profile: &'a Profile) -> Self {
        Self { profile, font: None }
    }

    /// Whether the printer lacks any character of this line.
    pub(crate) fn needed(&self, text: &str) -> bool {
        text.chars().any(|c| {
            let mut buffer = [0; 4];
            let (code, _, _) = GB18030.encode(c.encode_utf8(&mut buffer));
            !self.profile.font_level.has(&code)
        })
    }

    /// GS v 0 of one line; without a font, text with gap signs, which every printer has.
    pub(crate) fn draw(&mut self, text: &str, large: bool) -> Vec<u8> {
        let profile = self.profile;
        let font = self.font.get_or_insert_with(|| load(profile));
        let Some(font) = font else {
            let level = self.profile.font_level;
            let readable: String = text
                .chars()
                .map(|c| {
                    let mut buffer = [0; 4];
                    let (code, _, _) = GB18030.encode(c.encode_utf8(&mut buffer));
                    if level.has(&code) { c } else { GAP }
                })
                .collect();
            let (code, _, _) = GB18030.encode(&readable);
            return [&code[..], b"\n"].concat();
        };
        let factor = if large { 2 } else { 1 };
        let width = self.profile.columns * EM / 2;
        let height = LINE * factor;
        let mut picture = vec![0; width.div_ceil(8) * height];
        paint(font, text, EM * factor, width, &mut picture);
        let row_bytes = u16::try_from(width.div_ceil(8)).unwrap_or(u16::MAX).to_le_bytes();
        let rows = u16::try_from(height).unwrap_or(u16::MAX).to_le_bytes();
        [&[0x1D, b'v', b'0', 0][..], &row_bytes, &rows, &picture].concat()
    }
}

fn load(profile: &Profile) -> Option<Font> {
    let path = &profile.fallback_font;
    // Face 2 of the Noto CJK collection is Simplified Chinese; other files have one face.
    let faces = if path.extension().is_some_and(|e| e == "ttc") { [2, 0] } else { [0, 0] };
    let bytes = std::fs::read(path)
        .inspect_err(|error| tracing::warn!(code = "PRN-FONT", %error, "no fallback font"))
        .ok()?;
    faces.iter().find_map(|&collection_index| {
        let settings = FontSettings { collection_index, ..FontSettings::default() };
        Font::from_bytes(bytes.as_slice(), settings).ok()
    })
}

/// Paints `text` into a bit picture of `width` dots a row, most significant bit first. Each character
/// stands in its columns, so that the line agrees with those the printer sets itself.
fn paint(font: &Font, text: &str, em: usize, width: usize, picture: &mut [u8]) {
    let mut column = 0;
    for c in text.chars() {
        let (metrics, coverage) = font.rasterize(c, em as f32 * 0.92);
        let cell = columns(c.encode_utf8(&mut [0; 4])) * em / 2;
        let left = column as i32 + (cell as i32 - metrics.advance_width as i32) / 2 + metrics.xmin;
        let top = em as i32 - metrics.height as i32 - metrics.ymin;
        for (at, _) in coverage.iter().enumerate().filter(|(_, shade)| **shade > 110) {
            let x = usize::try_from(left + (at % metrics.width) as i32);
            let y = usize::try_from(top + (at / metrics.width) as i32);
            let (Ok(x), Ok(y)) = (x, y) else { continue };
            let byte = y * width.div_ceil(8) + x / 8;
            if let Some(dots) = picture.get_mut(byte).filter(|_| x < width) {
                *dots |= 0x80 >> (x % 8);
            }
        }
        column += cell;
    }
}
