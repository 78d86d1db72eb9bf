//! This kiosk's key and certificates on disk: written once, whole or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use zeroize::Zeroizing;

const KEY: &str = "key.pem";
const REQUEST: &str = "request.pem";
const AUTHORITY: &str = "authority.pem";
/// Written last: where it is, the identity is whole.
const CERTIFICATE: &str = "certificate.pem";

/// Who this kiosk is to central.
pub(crate) struct Identity {
    /// Certificate and key together.
    pem: Zeroizing<String>,
    authority_pem: String,
}

/// Why the identity could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IdentityError {
    /// A file or the directory.
    #[error("cannot use the identity directory")]
    Disk(#[from] std::io::Error),
    /// The key could not be made.
    #[error("cannot make a key")]
    Key(#[from] rcgen::Error),
}

impl Identity {
    /// The identity, if the kiosk was enrolled.
    pub(crate) fn load(directory: &Path) -> Result<Option<Self>, IdentityError> {
        let Some(certificate) = read(&directory.join(CERTIFICATE))? else { return Ok(None) };
        let key = Zeroizing::new(fs::read_to_string(directory.join(KEY))?);
        let authority_pem = fs::read_to_string(directory.join(AUTHORITY))?;
        let pem = Zeroizing::new(format!("{}\n{}", certificate.trim_end(), key.as_str()));
        Ok(Some(Self { pem, authority_pem }))
    }

    /// Keeps what central issued.
    pub(crate) fn store(
        directory: &Path,
        certificate_pem: &str,
        authority_pem: &str,
    ) -> Result<(), IdentityError> {
        write(directory, AUTHORITY, authority_pem)?;
        write(directory, CERTIFICATE, certificate_pem)?;
        Ok(())
    }

    /// Throws away what central no longer takes. The certificate goes first: without it the rest is
    /// that of a kiosk never enrolled.
    pub(crate) fn forget(directory: &Path) -> Result<(), IdentityError> {
        for name in [CERTIFICATE, REQUEST, KEY] {
            remove(&directory.join(name))?;
        }
        Ok(())
    }

    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    pub(crate) fn authority_pem(&self) -> &str {
        &self.authority_pem
    }
}

/// The certificate request in PEM. The key is made once; a request interrupted by a power cut is sent
/// again as it was, so that central knows it.
pub(crate) fn request(directory: &Path, kiosk: &str) -> Result<String, IdentityError> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    if let (Some(_), Some(request)) = (read(&directory.join(KEY))?, read(&directory.join(REQUEST))?)
    {
        return Ok(request);
    }
    let key = rcgen::KeyPair::generate()?;
    let mut params = rcgen::CertificateParams::new(Vec::new())?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(rcgen::DnType::CommonName, kiosk);
    let request = params.serialize_request(&key)?.pem()?;
    // The key first: a request without its key must never be sent.
    write(directory, KEY, &Zeroizing::new(key.serialize_pem()))?;
    write(directory, REQUEST, &request)?;
    Ok(request)
}

fn read(path: &Path) -> std::io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Writes a file readable by the kiosk only; at no instant is half of it there under its name.
fn write(directory: &Path, name: &str, text: &str) -> std::io::Result<()> {
    let draft = directory.join(format!("{name}.draft"));
    remove(&draft)?;
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, directory.join(name))?;
    File::open(directory)?.sync_all()
}
