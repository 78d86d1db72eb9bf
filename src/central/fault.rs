//! What can go wrong with central, and what each case means for the resident.

use std::error::Error as _;

use central_api::ProblemCode;
use rustls::AlertDescription as Alert;
use visit::{CentralFault, Fault};

/// Why central gave no answer. Never holds a word of the answer itself.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    /// Key or certificates cannot be used.
    #[error("the kiosk's identity cannot be used")]
    Identity(#[source] reqwest::Error),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// No path there.
    #[error("central's address cannot be used")]
    NoAddress,
    /// No connection.
    #[error("central cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The connection broke before the answer was complete.
    #[error("the connection to central broke")]
    Broken(#[source] reqwest::Error),
    /// Central does not take this kiosk's certificate.
    #[error("central does not take this kiosk's certificate")]
    NotWelcome(#[source] reqwest::Error),
    /// No answer in time.
    #[error("central does not answer in time")]
    Slow,
    /// An answer that is no HTTP.
    #[error("central's answer is no HTTP")]
    NotHttp(#[source] reqwest::Error),
    /// A problem document.
    #[error("central refuses: {0:?}")]
    Refused(ProblemCode, Option<u32>),
    /// An error status without one.
    #[error("central answers with status {0}")]
    Status(u16),
    /// An answer that does not fit the agreed types.
    #[error("central's answer makes no sense at {line}:{column}")]
    Nonsense {
        /// Line of the answer.
        line: usize,
        /// Column of that line.
        column: usize,
    },
    /// Pages of notices that lead nowhere.
    #[error("central's pages of notices do not end")]
    Circle,
    /// An answer beyond all measure.
    #[error("central's answer is too large")]
    TooLarge,
}

/// Seconds to wait when central does not say.
const LATER: u32 = 60;

impl ClientError {
    /// serde_json tells what it found, which may be a resident's: only where is kept.
    pub(super) fn nonsense(error: &serde_json::Error) -> Self {
        Self::Nonsense { line: error.line(), column: error.column() }
    }

    pub(super) fn of(error: reqwest::Error) -> Self {
        let error = error.without_url();
        if refuses_certificate(&error) {
            Self::NotWelcome(error)
        } else if error.is_connect() {
            Self::Unreachable(error)
        } else if error.is_timeout() {
            Self::Slow
        } else if error.is_decode() || is_not_http(&error) {
            Self::NotHttp(error)
        } else {
            Self::Broken(error)
        }
    }

    /// What it means for the resident.
    pub(crate) fn fault(&self) -> CentralFault {
        match self {
            Self::Identity(_) | Self::NotWelcome(_) => CentralFault::KioskRefused,
            Self::Random | Self::NoAddress | Self::Unreachable(_) | Self::Broken(_) => {
                CentralFault::Unreachable
            }
            Self::Slow => CentralFault::Slow,
            Self::NotHttp(_) | Self::Nonsense { .. } | Self::Circle | Self::TooLarge => {
                CentralFault::Rubbish
            }
            // A gateway speaking for a central that is not there.
            Self::Status(502..=504) => CentralFault::Unreachable,
            Self::Status(_) => CentralFault::Rubbish,
            Self::Refused(code, wait) => match code {
                ProblemCode::NotFound => CentralFault::NotFound,
                ProblemCode::TooManyAttempts => {
                    CentralFault::TooManyAttempts { retry_after_s: wait.unwrap_or(LATER) }
                }
                ProblemCode::KioskNotEnrolled | ProblemCode::KioskCapReached => {
                    CentralFault::KioskRefused
                }
                ProblemCode::ReaderNotEnrolled => CentralFault::ReaderNotEnrolled,
                ProblemCode::Unavailable => CentralFault::Unreachable,
                ProblemCode::VisitEnded
                | ProblemCode::BadRequest
                | ProblemCode::IdempotencyConflict
                | ProblemCode::NoSuchResource => CentralFault::Rubbish,
            },
        }
    }

    /// Whether central does not know this kiosk, or not any more.
    pub(crate) fn is_unknown_kiosk(&self) -> bool {
        matches!(self, Self::NotWelcome(_) | Self::Refused(ProblemCode::KioskNotEnrolled, _))
    }

    /// Whether anything else would be answered alike: central is not there, or not for this kiosk.
    pub(super) fn is_of_central(&self) -> bool {
        match self {
            Self::Identity(_) | Self::Random | Self::Unreachable(_) | Self::NotWelcome(_) => true,
            Self::Refused(code, _) => {
                matches!(code, ProblemCode::KioskNotEnrolled | ProblemCode::Unavailable)
            }
            _ => false,
        }
    }

    /// Whether it says something of who asked, and nothing of central.
    pub(super) fn is_of_the_resident(&self) -> bool {
        matches!(
            self.fault(),
            CentralFault::NotFound
                | CentralFault::TooManyAttempts { .. }
                | CentralFault::ReaderNotEnrolled
        )
    }

    /// Stable code for the log.
    pub(crate) fn code(&self) -> &'static str {
        Fault::Central(self.fault()).code()
    }
}

/// Whether central closed the door on our certificate. TLS 1.3 tells so only after the handshake.
fn refuses_certificate(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        let inner = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        let alert = match inner.or_else(|| cause.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::AlertReceived(alert)) => alert,
            _ => return false,
        };
        matches!(
            alert,
            Alert::AccessDenied
                | Alert::BadCertificate
                | Alert::CertificateExpired
                | Alert::CertificateRequired
                | Alert::CertificateRevoked
                | Alert::CertificateUnknown
                | Alert::DecryptError
                | Alert::NoCertificate
                | Alert::UnknownCA
                | Alert::UnsupportedCertificate
        )
    })
}

/// Whether HTTP itself was not understood, as opposed to a connection that ended.
fn is_not_http(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        cause
            .downcast_ref::<hyper::Error>()
            .is_some_and(|error| error.is_parse() || error.is_user())
    })
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}
