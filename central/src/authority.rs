//! Central's own certificate authority: one key kept in the keys directory (0600), certificates for
//! central itself and for kiosks. Validity is judged by the machine's clock, as TLS peers do.

use std::{fs, path::Path};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, DistinguishedName,
    DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::crypto::{Digest, KeyError, keep_secret, sha256};

const KEY_FILE: &str = "authority.key.pem";
const CERTIFICATE_FILE: &str = "authority.pem";
const AUTHORITY_YEARS: i32 = 20;
const SERVER_YEARS: i32 = 2;
const KIOSK_YEARS: i32 = 1;

/// Why a certificate cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// The authority's files cannot be used.
    #[error(transparent)]
    Files(#[from] KeyError),
    /// The authority's certificate cannot be read.
    #[error("cannot read the authority's certificate")]
    Read(#[source] std::io::Error),
    /// The certificate cannot be made.
    #[error("cannot make a certificate")]
    Make(#[from] rcgen::Error),
    /// The request is no sound PKCS #10, or its own signature does not hold.
    #[error("the certificate request does not hold")]
    Request,
}

/// The authority, ready to sign.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

/// A certificate issued to a kiosk.
pub(crate) struct Issued {
    pub(crate) pem: String,
    pub(crate) fingerprint: Digest,
}

impl Authority {
    /// Reads the authority in `directory`, or makes it on the first start.
    pub(crate) fn open(directory: &Path) -> Result<Self, AuthorityError> {
        let key_path = directory.join(KEY_FILE);
        if !key_path.exists() {
            make(directory)?;
        }
        let key = Zeroizing::new(fs::read_to_string(&key_path).map_err(AuthorityError::Read)?);
        let pem =
            fs::read_to_string(directory.join(CERTIFICATE_FILE)).map_err(AuthorityError::Read)?;
        let issuer = Issuer::from_ca_cert_pem(&pem, KeyPair::from_pem(&key)?)?;
        Ok(Self { issuer, pem })
    }

    /// A certificate and key for central under `names`; the key is never written.
    pub(crate) fn server(
        &self,
        names: &[String],
    ) -> Result<(CertificateDer<'static>, PrivateKeyDer<'static>), AuthorityError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names.to_vec())?;
        params.distinguished_name = named("central");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        valid_for(&mut params, SERVER_YEARS);
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        Ok((certificate.der().clone(), PrivateKeyDer::from(key)))
    }

    /// A client certificate for `kiosk` on the key of a PKCS #10 request. Only the key is taken
    /// from the request; its subject and extensions are ignored.
    pub(crate) fn kiosk(&self, kiosk: &str, csr_pem: &str) -> Result<Issued, AuthorityError> {
        let request = read_request(csr_pem)?;
        let mut params = CertificateParams::default();
        params.distinguished_name = named(kiosk);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.use_authority_key_identifier_extension = true;
        valid_for(&mut params, KIOSK_YEARS);
        let certificate = params.signed_by(&request.public_key, &self.issuer)?;
        Ok(Issued { pem: certificate.pem(), fingerprint: sha256(certificate.der()) })
    }
}

/// Whether a PKCS #10 request in PEM is sound and signed by its own key.
///
/// # Errors
/// [`AuthorityError::Request`] when it is not.
pub fn check_request(csr_pem: &str) -> Result<(), AuthorityError> {
    read_request(csr_pem).map(drop)
}

/// Anyone who reaches central's port can send one: it is read before the ticket is looked up.
fn read_request(csr_pem: &str) -> Result<CertificateSigningRequestParams, AuthorityError> {
    CertificateSigningRequestParams::from_pem(csr_pem).map_err(|_| AuthorityError::Request)
}

fn make(directory: &Path) -> Result<(), AuthorityError> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.distinguished_name = named("central authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_for(&mut params, AUTHORITY_YEARS);
    let certificate = params.self_signed(&key)?;
    keep_secret(&directory.join(CERTIFICATE_FILE), certificate.pem().as_bytes())?;
    let pem = Zeroizing::new(key.serialize_pem());
    keep_secret(&directory.join(KEY_FILE), pem.as_bytes())?;
    Ok(())
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// From yesterday (clocks differ) for `years`.
fn valid_for(params: &mut CertificateParams, years: i32) {
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    let yesterday = today.yesterday().unwrap_or(today);
    let end = today.checked_add(i64::from(years).years()).unwrap_or(Date::MAX);
    let [before, after] = [yesterday, end].map(|day| {
        let [month, day_of_month] = [day.month(), day.day()].map(i8::unsigned_abs);
        date_time_ymd(i32::from(day.year()), month, day_of_month)
    });
    params.not_before = before;
    params.not_after = after;
}
