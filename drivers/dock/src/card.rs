//! Sample cards as TOML files.

use std::path::Path;

use anyhow::Context;
use encoding_rs::GB18030;
use serde::Deserialize;

/// A card that can be put on a reader.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleCard {
    /// Which kind of card.
    pub kind: Kind,
    /// Holder's name.
    pub name: String,
    /// Holder's identity number.
    pub number: String,
    /// Sex code of GB/T 2261.1.
    #[serde(default = "one")]
    pub sex: String,
    /// Nation code of GB/T 3304.
    #[serde(default = "one_of_two")]
    pub nation: String,
    /// Address on the card.
    #[serde(default)]
    pub address: String,
    /// Issuing authority.
    #[serde(default)]
    pub authority: String,
    /// `YYYYMMDD`.
    #[serde(default)]
    pub valid_from: String,
    /// `YYYYMMDD` or 长期.
    #[serde(default)]
    pub valid_to: String,
    /// What is wrong with it.
    #[serde(default)]
    pub fault: Option<Fault>,
}

/// Kinds of sample cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 居民身份证.
    Resident,
    /// 社会保障卡.
    SocialSecurity,
}

/// Ways a card can misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Taken away while it is read.
    Moved,
    /// Never answers.
    Silent,
    /// Answers rubbish.
    Garbled,
    /// Answers too short.
    Short,
    /// The security module refuses it.
    Refused,
    /// Guards its data.
    Guarded,
    /// Answers rubbish already when it is selected (SAM_V only).
    GarbledSelect,
    /// Lies at the edge of the field: read, it leaves for one look and comes back (SAM_V only).
    Edge,
}

fn one() -> String {
    "1".to_owned()
}

fn one_of_two() -> String {
    "01".to_owned()
}

impl SampleCard {
    /// Reads a card file.
    ///
    /// # Errors
    /// When the file cannot be read or is no card.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read card {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is no card", path.display()))
    }

    /// The 256-byte text block of a resident card (GA/T 490): UTF-16LE, blank padded.
    #[must_use]
    pub fn text_block(&self) -> Vec<u8> {
        let birth = self.number.get(6..14).unwrap_or_default();
        let fields: [(&str, usize); 10] = [
            (&self.name, 30),
            (&self.sex, 2),
            (&self.nation, 4),
            (birth, 16),
            (&self.address, 70),
            (&self.number, 36),
            (&self.authority, 30),
            (&self.valid_from, 16),
            (&self.valid_to, 16),
            ("", 36),
        ];
        let mut block = Vec::with_capacity(256);
        for (text, length) in fields {
            let mut field: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            field.truncate(length);
            while field.len() < length {
                field.extend_from_slice(&[0x20, 0x00]);
            }
            block.extend_from_slice(&field);
        }
        block
    }

    /// Answer to reset: a social card's contact ATR, or what a plain reader shows of a resident card.
    #[must_use]
    pub fn atr(&self) -> Vec<u8> {
        match self.kind {
            Kind::SocialSecurity => vec![
                0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x54, 0x44, 0x36, 0x86, 0x60, 0x53, 0x28, 0xA8,
                0x88, 0x88, 0x88,
            ],
            Kind::Resident => {
                vec![0x3B, 0x88, 0x80, 0x01, 0xD1, 0x03, 0x86, 0x05, 0x00, 0x80, 0x80, 0x00, 0x58]
            }
        }
    }

    /// The card's answer to a command; `None` when it stays silent.
    #[must_use]
    pub fn answer(&self, command: &[u8]) -> Option<Vec<u8>> {
        match self.fault {
            Some(Fault::Silent) => return None,
            Some(Fault::Garbled) => return Some(vec![0x13, 0x37, 0xAA, 0x90, 0x00]),
            Some(Fault::Short) => return Some(vec![0x90]),
            Some(Fault::Guarded) if command.get(1) == Some(&0xB2) => return Some(vec![0x69, 0x82]),
            _ => {}
        }
        if self.kind == Kind::Resident {
            return Some(vec![0x6D, 0x00]);
        }
        Some(match command {
            [0x00, 0xA4, ..] => vec![0x90, 0x00],
            [0x00, 0xB2, 0x08, 0x00, ..] => record(0x08, self.number.as_bytes(), 18),
            [0x00, 0xB2, 0x09, 0x00, ..] => record(0x09, &GB18030.encode(&self.name).0, 30),
            [0x00, 0xB2, ..] => vec![0x6A, 0x83],
            _ => vec![0x6D, 0x00],
        })
    }
}

/// `tag length value 90 00`, zero padded (LD/T 32).
fn record(tag: u8, value: &[u8], length: u8) -> Vec<u8> {
    let mut answer = vec![tag, length];
    answer.extend_from_slice(&value[..value.len().min(usize::from(length))]);
    answer.resize(usize::from(length) + 2, 0);
    answer.extend_from_slice(&[0x90, 0x00]);
    answer
}
