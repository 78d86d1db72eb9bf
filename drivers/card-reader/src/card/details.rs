//! What a card says beyond name and number, kind by kind. Texts are wiped when dropped.

use id_number::ForeignerNumber;
use jiff::civil::Date;
use zeroize::Zeroizing;

use super::Nation;

/// A text of the card.
pub type Text = Zeroizing<String>;

/// What a card of each kind says.
pub enum Details {
    /// 居民身份证.
    Resident(Resident),
    /// 港澳台居民居住证.
    Permit(Permit),
    /// 外国人永久居留身份证 of 2017.
    Foreigner2017(Foreigner2017),
    /// 外国人永久居留身份证 of 2023.
    Foreigner2023(Foreigner2023),
    /// 社会保障卡.
    SocialSecurity(SocialSecurity),
}

/// A resident identity card (GA/T 490).
pub struct Resident {
    /// Nation, where the field is filled.
    pub nation: Option<Nation>,
    /// Address when the card was made.
    pub address: Text,
    /// The newest address appended since; asked for only where the reader is configured to.
    pub newest_address: Option<Text>,
    /// Issuing authority.
    pub authority: Text,
    /// First day.
    pub valid_from: Option<Date>,
}

/// A residence permit of a Hong Kong, Macao or Taiwan resident.
pub struct Permit {
    /// Address when the card was made.
    pub address: Text,
    /// The newest address appended since; asked for only where the reader is configured to.
    pub newest_address: Option<Text>,
    /// Issuing authority.
    pub authority: Text,
    /// First day.
    pub valid_from: Option<Date>,
    /// Number of the travel permit, up to 9 characters.
    pub pass_number: Text,
    /// How often a card was issued, as on the card: `01`.
    pub issue_count: Text,
}

/// A foreigner's permanent-residence card of 2017.
pub struct Foreigner2017 {
    /// Name in Latin letters, up to 60 characters.
    pub english_name: Text,
    /// Chinese name; blank on many cards.
    pub chinese_name: Text,
    /// Nationality, three letters (GB/T 2659).
    pub nationality: Text,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Version of the card.
    pub version: Text,
    /// Code of the accepting authority.
    pub authority_code: Text,
}

/// A foreigner's permanent-residence card of 2023.
pub struct Foreigner2023 {
    /// Name in Latin letters, up to 46 characters, joined from its two fields.
    pub english_name: Text,
    /// Chinese name; blank on many cards.
    pub chinese_name: Text,
    /// Nationality, three letters (GB/T 2659).
    pub nationality: Text,
    /// Day of issue.
    pub issued: Option<Date>,
    /// How often it was renewed, as on the card: `00`.
    pub renewals: Text,
    /// The number on the holder's card of 2017, where there was one.
    pub old_number: Option<ForeignerNumber>,
}

/// A social-security card (LD/T 32).
pub struct SocialSecurity {
    /// Version of the card: `1.00`, `2.00`, `3.00`; empty where it does not say.
    pub version: Text,
    /// Region that issued it, six digits; empty where it does not say.
    pub region: Text,
    /// Number printed on the card; empty where it does not say.
    pub card_number: Text,
    /// Nation, where it says.
    pub nation: Option<Nation>,
}
