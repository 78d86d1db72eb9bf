//! Reads ESC/POS bytes from standard input and prints what a reader of the slip sees: its lines, then
//! `[qr] …` for a QR code, `[picture]` for a raster image, `[cut]`. The parser is not ours; the text
//! bytes it passes through unchanged are GB18030.

use std::io::{Read, Write};

use hardless_escpos::{CodePages, Node, Parser, TableCodePage};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    // A page that turns byte 0xNN into character U+00NN.
    let high = std::array::from_fn(|n| char::from(0x80 + u8::try_from(n).unwrap_or(0)));
    let pages = CodePages::default().with(0, TableCodePage::new("bytes", high));
    let mut parser = Parser::with_code_pages(pages);
    let mut nodes = parser.push(&bytes);
    nodes.extend(parser.finish());

    let mut out = std::io::stdout().lock();
    let mut line = Vec::new();
    for node in nodes {
        match node {
            Node::Text { text } => line.extend(text.chars().filter_map(|c| u8::try_from(c).ok())),
            Node::QrStore { data, .. } => {
                writeln!(out, "[qr] {}", String::from_utf8_lossy(&data))?;
            }
            Node::RasterImage { .. } => writeln!(out, "[picture]")?,
            node @ (Node::LineFeed | Node::Feed { .. } | Node::Cut { .. }) => {
                let (text, _, wrong) = encoding_rs::GB18030.decode(&line);
                writeln!(out, "{text}{}", if wrong { " [undecodable]" } else { "" })?;
                line.clear();
                if matches!(node, Node::Cut { .. }) {
                    writeln!(out, "[cut]")?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}
