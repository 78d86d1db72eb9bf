//! What a printer model can do; a new model is another value of [`Profile`].

use std::path::PathBuf;

/// Abilities of a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Columns of half-width characters: 32 (58 mm), 42 or 48 (80 mm).
    pub columns: usize,
    /// Largest set of characters its font has.
    pub font_level: FontLevel,
    /// Answers GS ( H with the process id once the data before it is printed.
    pub echo: bool,
    /// Font file for characters the printer has not.
    pub fallback_font: PathBuf,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            columns: 48,
            font_level: FontLevel::Gbk,
            echo: true,
            fallback_font: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc".into(),
        }
    }
}

/// Sets of characters that printers' fonts have, each containing the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FontLevel {
    /// GB 2312-80, levels 1 and 2.
    Gb2312,
    /// All two-byte codes of GBK.
    Gbk,
    /// Four-byte codes of GB 18030 too.
    Gb18030,
}

impl FontLevel {
    /// Whether a printer of this level has a glyph for one encoded character.
    pub(crate) fn has(self, code: &[u8]) -> bool {
        match (code, self) {
            ([_], _) | ([_, _], Self::Gbk | Self::Gb18030) | ([_, _, _, _], Self::Gb18030) => true,
            // Symbol rows 1–3 and Hanzi rows 16–87 of GB 2312.
            ([lead, trail], Self::Gb2312) => {
                matches!(lead, 0xA1..=0xA3 | 0xB0..=0xF7) && *trail >= 0xA1
            }
            _ => false,
        }
    }
}
