//! Central, the service of record behind the kiosks.
//!
//! It decides who may see what, writes down who looked at what before it answers, and keeps
//! personal data encrypted. It knows no screen and no device.
//!
//! A test starts a true central on a free port:
//!
//! ```no_run
//! # async fn start(directory: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
//! use central::{App, Clock, Config, sample_county};
//!
//! let app = App::open(&Config::in_directory(directory), Clock::System).await?;
//! app.import(&sample_county()).await?;
//! let admission = app.admit("hall-1", &["05.03-20260301-0000012345-1234567890".into()], None).await?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let address = listener.local_addr()?;
//! let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
//! let serving = tokio::spawn(app.serve(listener, async { let _ = stopped.await; }));
//! // … enrol with `admission` at https://{address}/v1/kiosks/enrolment …
//! drop(stop);
//! serving.await??;
//! # Ok(())
//! # }
//! ```

mod app;
mod audit;
mod authority;
pub mod cli;
mod clock;
mod complaints;
mod config;
mod controllers;
mod crypto;
mod domain;
mod enrolment;
mod fleet;
mod import;
mod metrics;
mod refusal;
mod router;
mod shared;
mod store;
mod telemetry;
mod tls;
mod turnstile;
mod visits;

pub use app::{Admission, App, KioskError, OpenError, ServeError};
pub use audit::{AuditBreak, AuditReport, VerifyError, verify_audit};
pub use authority::{AuthorityError, check_request};
pub use clock::Clock;
pub use config::{Config, ConfigError, Limits, Server, Store};
pub use crypto::KeyError;
pub use import::{
    Fault, ImportError, Imported, check_lines as check_import, schema as import_schema,
};
pub use tls::TlsError;

use std::path::{Path, PathBuf};

/// The OpenAPI document of `/v1`.
#[must_use]
pub fn openapi() -> String {
    controllers::openapi::text()
}

/// The files of the invented county in this source tree, for tests and trials.
#[must_use]
pub fn sample_county() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-county");
    ["county", "residents", "applications", "public", "complaints"]
        .iter()
        .map(|file| directory.join(file).with_extension("jsonl"))
        .collect()
}
