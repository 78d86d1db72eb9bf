//! Ink on paper: glyphs in a fixed grid of 12-dot columns, QR codes, raster lines.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context;
use encoding_rs::GB18030;
use fontdue::{Font, FontSettings};
use qrcode::{Color, EcLevel, QrCode, Version};

/// Printable width of an 80 mm slip.
const DOTS: u32 = 576;
/// White at the sides.
const MARGIN: u32 = 28;
const WIDTH: u32 = DOTS + 2 * MARGIN;
/// Height of a line of normal size.
const LINE: u32 = 34;
/// Width of one column.
const COLUMN: u32 = 12;
const PAPER: u8 = 250;

const FONTS: [&str; 2] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
];

pub(super) struct Sheet {
    rows: Vec<u8>,
    height: u32,
    regular: Font,
    bold: Font,
}

impl Sheet {
    pub(super) fn new() -> anyhow::Result<Self> {
        let [regular, bold] = FONTS.map(load);
        let mut sheet = Self { rows: Vec::new(), height: 0, regular: regular?, bold: bold? };
        sheet.grow(MARGIN);
        Ok(sheet)
    }

    fn grow(&mut self, by: u32) {
        self.height += by;
        self.rows.resize((self.height * WIDTH) as usize, PAPER);
    }

    fn dot(&mut self, x: u32, y: u32, ink: u8) {
        if let Some(dot) = self.rows.get_mut((y * WIDTH + x) as usize).filter(|_| x < WIDTH) {
            *dot = (*dot).min(PAPER.saturating_sub(ink));
        }
    }

    pub(super) fn feed(&mut self, lines: u32) {
        self.grow(lines * LINE);
    }

    pub(super) fn text(&mut self, text: &str, large: bool, bold: bool, centred: bool) {
        let factor = if large { 2 } else { 1 };
        let wide = |c: char| {
            let mut buffer = [0; 4];
            if GB18030.encode(c.encode_utf8(&mut buffer)).0.len() == 1 { 1 } else { 2 }
        };
        let width = text.chars().map(wide).sum::<u32>() * COLUMN * factor;
        let top = self.height;
        self.grow(LINE * factor);
        let mut x = MARGIN + if centred { DOTS.saturating_sub(width) / 2 } else { 0 };
        for c in text.chars() {
            let size = 22.0 * factor as f32;
            let font = if bold || large { &self.bold } else { &self.regular };
            let (metrics, coverage) = font.rasterize(c, size);
            let cell = wide(c) * COLUMN * factor;
            let left = x as i32 + (cell as i32 - metrics.advance_width as i32) / 2 + metrics.xmin;
            let baseline = (top + 26 * factor) as i32;
            let up = baseline - metrics.height as i32 - metrics.ymin;
            for (at, &shade) in coverage.iter().enumerate() {
                let dx = left + (at % metrics.width) as i32;
                let dy = up + (at / metrics.width) as i32;
                if let (Ok(dx), Ok(dy)) = (u32::try_from(dx), u32::try_from(dy)) {
                    self.dot(dx, dy, shade);
                }
            }
            x += cell;
        }
    }

    pub(super) fn qr(&mut self, data: &str, module: u32) {
        let Ok(code) = QrCode::with_error_correction_level(data, EcLevel::M) else { return };
        debug_assert!(matches!(code.version(), Version::Normal(_)));
        let module = module.clamp(3, 8);
        let size = u32::try_from(code.width()).unwrap_or(0);
        let left = MARGIN + (DOTS.saturating_sub(size * module)) / 2;
        let top = self.height + module * 2;
        self.grow((size + 4) * module);
        for (at, color) in (0..).zip(code.to_colors()) {
            if color == Color::Dark {
                let (x, y) = (left + at % size * module, top + at / size * module);
                for d in 0..module * module {
                    self.dot(x + d % module, y + d / module, 255);
                }
            }
        }
    }

    pub(super) fn raster(&mut self, dots: &[u8], row_bytes: usize) {
        let top = self.height;
        let rows = u32::try_from(dots.len() / row_bytes.max(1)).unwrap_or(0);
        self.grow(rows);
        for (y, row) in (0..).zip(dots.chunks(row_bytes.max(1))) {
            for (at, byte) in (0..).zip(row) {
                for bit in (0..8).filter(|bit| byte & (0x80 >> bit) != 0) {
                    self.dot(MARGIN + at * 8 + bit, top + y, 255);
                }
            }
        }
    }

    pub(super) fn write_png(mut self, path: &Path) -> anyhow::Result<()> {
        self.grow(MARGIN);
        let file = BufWriter::new(File::create(path)?);
        let mut encoder = png::Encoder::new(file, WIDTH, self.height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rows)?;
        Ok(())
    }
}

fn load(path: &str) -> anyhow::Result<Font> {
    let bytes = std::fs::read(path).with_context(|| format!("no font {path}"))?;
    // Face 2 of the collection is Simplified Chinese.
    let settings = FontSettings { collection_index: 2, ..FontSettings::default() };
    Font::from_bytes(bytes.as_slice(), settings).map_err(|why| anyhow::anyhow!("{path}: {why}"))
}
