//! Sample cards as TOML files.

mod layout;

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
    /// Birth date `YYYYMMDD`; the number's, where it is left out.
    #[serde(default)]
    pub birth: Option<String>,
    /// Newest address, appended after the card was made.
    #[serde(default)]
    pub newest_address: Option<String>,
    /// Name in Latin letters, on foreigners' cards.
    #[serde(default)]
    pub english_name: String,
    /// Nationality, three letters, on foreigners' cards.
    #[serde(default)]
    pub nationality: String,
    /// What links a foreigner's card of 2023 to the one before, three digits.
    #[serde(default)]
    pub link: String,
    /// Travel permit of a residence permit's holder.
    #[serde(default)]
    pub pass_number: String,
    /// Issue count, renewals or version, two characters.
    #[serde(default)]
    pub times: String,
    /// Version of a social-security card.
    #[serde(default = "two")]
    pub version: String,
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
    /// 港澳台居民居住证.
    Permit,
    /// 外国人永久居留身份证 of 2017.
    #[serde(rename = "foreigner_2017")]
    Foreigner2017,
    /// 外国人永久居留身份证 of 2023.
    #[serde(rename = "foreigner_2023")]
    Foreigner2023,
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

fn two() -> String {
    "2.00".to_owned()
}

impl SampleCard {
    /// A card with little on it.
    #[must_use]
    pub fn new(kind: Kind, name: &str, number: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            number: number.to_owned(),
            sex: one(),
            nation: one_of_two(),
            address: String::new(),
            authority: String::new(),
            valid_from: String::new(),
            valid_to: String::new(),
            birth: None,
            newest_address: None,
            english_name: String::new(),
            nationality: String::new(),
            link: String::new(),
            pass_number: String::new(),
            times: String::new(),
            version: two(),
            fault: None,
        }
    }

    fn birth(&self) -> String {
        let of_number = || self.number.get(6..14).unwrap_or_default().to_owned();
        self.birth.clone().unwrap_or_else(of_number)
    }

    /// Reads a card file.
    ///
    /// # Errors
    /// When the file cannot be read or is no card.
    pub fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read card {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{} is no card", path.display()))
    }

    /// The 256-byte text block that a SAM_V module hands over.
    #[must_use]
    pub fn text_block(&self) -> Vec<u8> {
        layout::text_block(self)
    }

    /// The 70 bytes of the newest address, if one was appended.
    #[must_use]
    pub fn appended_address(&self) -> Option<Vec<u8>> {
        self.newest_address.as_deref().map(layout::appended)
    }

    /// Answer to reset: a social card's contact ATR, or what a plain reader shows of a resident card.
    #[must_use]
    pub fn atr(&self) -> Vec<u8> {
        match self.kind {
            Kind::SocialSecurity => vec![
                0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x54, 0x44, 0x36, 0x86, 0x60, 0x53, 0x28, 0xA8,
                0x88, 0x88, 0x88,
            ],
            Kind::Resident | Kind::Permit | Kind::Foreigner2017 | Kind::Foreigner2023 => {
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
        if self.kind != Kind::SocialSecurity {
            return Some(vec![0x6D, 0x00]);
        }
        Some(match command {
            [0x00, 0xA4, ..] => vec![0x90, 0x00],
            [0x00, 0xB2, tag, 0x00, ..] => self.record(*tag),
            [0x00, 0xB2, ..] => vec![0x6A, 0x83],
            _ => vec![0x6D, 0x00],
        })
    }
}

impl SampleCard {
    /// A record of EF05 or EF06 by its tag.
    fn record(&self, tag: u8) -> Vec<u8> {
        let region = self.number.get(..6).unwrap_or_default();
        match tag {
            0x01 => record(tag, &packed(region), 16),
            0x03 => record(tag, self.version.as_bytes(), 4),
            0x06 => record(tag, &packed(&self.valid_to), 4),
            0x07 => record(tag, b"A12345678", 9),
            0x08 => record(tag, self.number.as_bytes(), 18),
            0x09 => record(tag, &GB18030.encode(&self.name).0, 30),
            0x0A => record(tag, self.sex.as_bytes(), 1),
            0x0B => record(tag, &packed(&self.nation), 1),
            0x0D => record(tag, &packed(&self.birth()), 4),
            _ => vec![0x6A, 0x83],
        }
    }
}

/// Packed decimals, two a byte.
fn packed(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks_exact(2);
    pairs.map(|pair| (pair[0] - b'0') << 4 | (pair[1] - b'0')).collect()
}

/// `tag length value 90 00`, zero padded (LD/T 32).
fn record(tag: u8, value: &[u8], length: u8) -> Vec<u8> {
    let mut answer = vec![tag, length];
    answer.extend_from_slice(&value[..value.len().min(usize::from(length))]);
    answer.resize(usize::from(length) + 2, 0);
    answer.extend_from_slice(&[0x90, 0x00]);
    answer
}
