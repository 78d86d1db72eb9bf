//! A receipt as rows of a given width. A character is as wide as its GB 18030 code says: one column
//! for one byte, two for more; Unicode's own width tables disagree with printers.

use encoding_rs::GB18030;

use crate::receipt::{Block, Receipt};

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Normal,
    Bold,
    /// Double width and height: half the columns.
    Large,
}

/// What the printer is to do next.
pub(crate) enum Row {
    Text { text: String, style: Style, centred: bool },
    Qr(String),
    Feed(u8),
}

/// Columns a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    let mut buffer = [0; 4];
    let (code, _, _) = GB18030.encode(printable(c).encode_utf8(&mut buffer));
    if code.len() == 1 { 1 } else { 2 }
}

/// A character that printers show as meant: the yen sign of Latin-1 has a four-byte code that many
/// print as `0 6`; control characters would be commands.
fn printable(c: char) -> char {
    match c {
        '\u{A5}' => '\u{FFE5}',
        '\u{A0}' | '\t' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// The rows of a receipt.
pub(crate) fn rows(receipt: &Receipt, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let text = |lines: Vec<String>, style, centred| {
        lines.into_iter().map(|text| Row::Text { text, style, centred }).collect::<Vec<_>>()
    };
    for block in &receipt.blocks {
        match block {
            Block::Title(title) => rows.extend(text(wrap(title, columns / 2), Style::Large, true)),
            Block::Heading(line) => rows.extend(text(wrap(line, columns), Style::Bold, false)),
            Block::Line(line) => rows.extend(text(wrap(line, columns), Style::Normal, false)),
            Block::Pair(label, value) => {
                rows.extend(text(pair(label, value, columns), Style::Normal, false));
            }
            Block::Rule => rows.extend(text(vec!["-".repeat(columns)], Style::Normal, false)),
            Block::Qr(data) => rows.push(Row::Qr(data.clone())),
            Block::Feed(lines) => rows.push(Row::Feed(*lines)),
        }
    }
    rows
}

/// Breaks a text into lines of at most `limit` columns: between Hanzi anywhere, between Latin words
/// at blanks, inside a word only when it alone is too long.
fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for piece in pieces(paragraph) {
            let wide = columns(&piece);
            if used + wide > limit && used > 0 {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0;
            }
            if used == 0 && piece == " " {
                continue;
            }
            for c in piece.chars() {
                if used + width(c) > limit && used > 0 {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += width(c);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Units that should stay together: Latin words whole, everything else character by character.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_word = false;
    for c in text.chars().map(printable) {
        let word = c.is_ascii_graphic();
        match pieces.last_mut() {
            Some(last) if word && in_word => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        in_word = word;
    }
    pieces
}

/// Label left, value right; the value goes below when both do not fit on one line.
fn pair(label: &str, value: &str, limit: usize) -> Vec<String> {
    let (label, value): (String, String) =
        (label.chars().map(printable).collect(), value.chars().map(printable).collect());
    let used = columns(&label) + columns(&value);
    if used < limit {
        return vec![format!("{label}{}{value}", " ".repeat(limit - used))];
    }
    let mut lines = wrap(&label, limit);
    let indent = 2.min(limit / 4);
    lines.extend(wrap(&value, limit - indent).into_iter().map(|line| " ".repeat(indent) + &line));
    lines
}

/// The receipt as plain text, for previews and tests.
#[must_use]
pub fn to_text(receipt: &Receipt, columns: usize) -> String {
    let mut out = String::new();
    for row in rows(receipt, columns) {
        match row {
            Row::Text { text, style, centred } => {
                let wide = self::columns(&text) * if style == Style::Large { 2 } else { 1 };
                let indent = if centred { columns.saturating_sub(wide) / 2 } else { 0 };
                out.push_str(&" ".repeat(indent));
                out.push_str(&text);
                out.push('\n');
            }
            Row::Qr(data) => out.push_str(&format!("[{data}]\n")),
            Row::Feed(lines) => out.push_str(&"\n".repeat(usize::from(lines))),
        }
    }
    out
}
