//! A kiosk's first call: it makes its key, shows the one-time token, and gets its certificate.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use central_api::Enrolment;
use kiosk_config::Config;
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::client::{Client, ClientError};
use super::identity::{self, Identity, IdentityError};

/// Output of `central kiosk enrol ID`.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Ticket {
    kiosk: String,
    token: String,
    authority_pem: String,
}

/// Why the kiosk is not enrolled yet.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnrolmentError {
    /// No enrolment file.
    #[error("cannot read the enrolment file {path}")]
    NoTicket {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is not what `central kiosk enrol` writes. What it says stays secret.
    #[error("the enrolment file is not what `central kiosk enrol` writes")]
    BadTicket,
    /// The file is another kiosk's.
    #[error("the enrolment file is for another kiosk than the settings name")]
    OtherKiosk,
    /// Key or directory.
    #[error("cannot keep an identity")]
    Identity(#[from] IdentityError),
    /// Central.
    #[error("central does not enrol this kiosk")]
    Central(#[from] ClientError),
}

impl EnrolmentError {
    /// Stable code for the log.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoTicket { .. } => "ENROL-NO-FILE",
            Self::BadTicket => "ENROL-BAD-FILE",
            Self::OtherKiosk => "ENROL-OTHER-KIOSK",
            Self::Identity(_) => "ENROL-DISK",
            Self::Central(ClientError::Refused(..)) => "ENROL-REFUSED",
            Self::Central(_) => "ENROL-UNREACHABLE",
        }
    }
}

/// Enrols the kiosk and removes the enrolment file.
pub(super) async fn enrol(config: &Config) -> Result<(), EnrolmentError> {
    let path = &config.central.enrolment;
    let text = std::fs::read_to_string(path)
        .map(zeroize::Zeroizing::new)
        .map_err(|source| EnrolmentError::NoTicket { path: path.clone(), source })?;
    let ticket: Ticket = toml::from_str(&text).map_err(|_| EnrolmentError::BadTicket)?;
    if ticket.kiosk != config.kiosk.id {
        return Err(EnrolmentError::OtherKiosk);
    }
    let csr_pem = identity::request(&config.central.identity, &ticket.kiosk)?;
    let client = Client::unknown(&config.central, &ticket.authority_pem)?;
    let key = key_of(&csr_pem);
    let enrolment = Enrolment { kiosk: ticket.kiosk.clone(), token: ticket.token.clone(), csr_pem };
    let enrolled = client.enrol(&enrolment, &key).await?;
    Identity::store(&config.central.identity, &enrolled.certificate_pem, &enrolled.authority_pem)?;
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(code = "ENROL-FILE-LEFT", %error, "the used enrolment file stays behind");
    }
    Ok(())
}

/// The same for the same request, also after a restart.
fn key_of(csr_pem: &str) -> String {
    let mut hasher = DefaultHasher::new();
    csr_pem.hash(&mut hasher);
    format!("enrolment-{:016x}", hasher.finish())
}
