//! The settings and their defaults. What each key does is told once, in `kiosk.toml`.

use std::path::PathBuf;
use std::time::Duration;

/// All settings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// `[kiosk]`
    pub kiosk: Kiosk,
    /// `[display]`
    pub display: Display,
    /// `[central]`
    pub central: Central,
    /// `[card_reader]`
    pub card_reader: CardReader,
    /// `[receipt_printer]`
    pub receipt_printer: ReceiptPrinter,
    /// `[session]`
    pub session: Session,
    /// `[speech]`
    pub speech: Speech,
    /// `[store]`
    pub store: Store,
}

/// `[kiosk]`: which kiosk this is, and its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kiosk {
    /// Id given by `central kiosk enrol`.
    pub id: String,
    /// How much is logged.
    pub log_level: LogLevel,
    /// How a line of the log looks.
    pub log_format: LogFormat,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Faults that need someone.
    Error,
    /// Faults that the kiosk lives with, too.
    Warn,
    /// Changes of state, too.
    Info,
    /// Everything a developer asks for.
    Debug,
}

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For collectors.
    Json,
}

/// `[display]`: the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct Display {
    /// Cover the whole panel.
    pub fullscreen: bool,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Diagonal of the picture.
    pub diagonal_inches: f64,
}

impl Display {
    /// Pixels in a millimetre, so that a finger-sized button is finger-sized on every panel.
    #[must_use]
    pub fn pixels_per_mm(&self) -> f64 {
        f64::from(self.width).hypot(f64::from(self.height)) / (self.diagonal_inches * 25.4)
    }
}

/// `[central]`: the service of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Central {
    /// `https://host[:port]`.
    pub address: String,
    /// Directory of this kiosk's key and certificates.
    pub identity: PathBuf,
    /// File written by `central kiosk enrol`; used once.
    pub enrolment: PathBuf,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for an answer.
    pub answer_timeout: Duration,
}

/// `[card_reader]`: the readers, both at once if there are both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardReader {
    /// Serial line of the SAM_V module that reads resident cards.
    pub sam_device: Option<PathBuf>,
    /// Whether PC/SC readers are watched for social-security cards.
    pub pcsc: bool,
    /// Part of the PC/SC reader's name.
    pub pcsc_name: Option<String>,
}

/// `[receipt_printer]`: the slip printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptPrinter {
    /// `host:port`, if there is a printer.
    pub address: Option<String>,
    /// Columns of half-width characters.
    pub columns: u8,
    /// Largest set of characters its font has.
    pub font_level: FontLevel,
    /// Whether it answers GS ( H.
    pub echo: bool,
    /// Font for characters the printer has not.
    pub fallback_font: PathBuf,
    /// Longest wait for one answer.
    pub answer_timeout: Duration,
    /// Longest wait for the proof that a slip is out.
    pub proof_timeout: Duration,
    /// Time between two looks at an idle printer.
    pub look_every: Duration,
}

/// Sets of characters, each containing the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontLevel {
    /// GB 2312-80.
    Gb2312,
    /// GBK.
    Gbk,
    /// GB 18030.
    Gb18030,
}

/// `[session]`: a resident's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Idle time before the warning.
    pub idle_warning: Duration,
    /// Grace after the warning.
    pub idle_grace: Duration,
}

/// `[speech]`: nothing can be set yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Speech;

/// `[store]`: the kiosk's disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Directory the kiosk may write to.
    pub directory: PathBuf,
    /// Free space below which staff should look.
    pub low_mib: u32,
    /// Complaints that may wait to be sent; more are refused.
    pub outbox_cap: u32,
    /// Shortest wait of a complaint without a name before it is sent.
    pub complaint_delay_min: Duration,
    /// Longest wait; never shorter than the shortest.
    pub complaint_delay_max: Duration,
}

impl Default for Kiosk {
    fn default() -> Self {
        Self { id: "kiosk-1".into(), log_level: LogLevel::Info, log_format: LogFormat::Json }
    }
}

impl Default for Display {
    fn default() -> Self {
        Self { fullscreen: true, width: 1080, height: 1920, diagonal_inches: 21.5 }
    }
}

impl Default for Central {
    fn default() -> Self {
        Self {
            address: "https://127.0.0.1:7443".into(),
            identity: "/var/lib/kiosk/identity".into(),
            enrolment: "/var/lib/kiosk/enrolment.toml".into(),
            connect_timeout: Duration::from_millis(3000),
            answer_timeout: Duration::from_millis(8000),
        }
    }
}

impl Default for CardReader {
    fn default() -> Self {
        Self { sam_device: Some("/dev/id-card-reader".into()), pcsc: true, pcsc_name: None }
    }
}

impl Default for ReceiptPrinter {
    fn default() -> Self {
        Self {
            address: Some("127.0.0.1:9100".into()),
            columns: 48,
            font_level: FontLevel::Gbk,
            echo: true,
            fallback_font: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc".into(),
            answer_timeout: Duration::from_millis(1500),
            proof_timeout: Duration::from_secs(30),
            look_every: Duration::from_secs(15),
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_warning: Duration::from_secs(120), idle_grace: Duration::from_secs(30) }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self {
            directory: "/var/lib/kiosk".into(),
            low_mib: 200,
            outbox_cap: 200,
            complaint_delay_min: Duration::from_secs(600),
            complaint_delay_max: Duration::from_secs(14_400),
        }
    }
}
