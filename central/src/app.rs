//! Central as a value: open it, fill it, serve it. Tests and the command line use the same calls.

use std::{
    fmt,
    future::Future,
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio::{net::TcpListener, time::MissedTickBehavior};
use zeroize::Zeroizing;

use crate::{
    audit::{self, AuditReport, VerifyError},
    authority::{Authority, AuthorityError},
    clock::Clock,
    complaints::Restraint,
    config::Config,
    crypto::{KeyError, Keyring, SealKeys, random_token},
    enrolment,
    fleet::Fleet,
    import::{self, ImportError, Imported},
    metrics::Metrics,
    router,
    shared::Shared,
    store::{Effect, Entry, Store, StoreError},
    tls::{self, TlsError, TlsListener},
    turnstile::Turnstile,
};

/// Life of an enrolment token.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long open requests may still take after a shutdown is asked for.
const GRACE: Duration = Duration::from_secs(10);
/// Time between two clean-ups of what is expired.
const CLEAN_EVERY: Duration = Duration::from_secs(600);

/// Why central cannot open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The authority cannot be used.
    #[error(transparent)]
    Authority(#[from] AuthorityError),
    /// The store cannot be used.
    #[error("cannot open the store")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}

/// Why a kiosk cannot be admitted or revoked.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The id is not 1 to 64 letters, digits, `-` or `_`.
    #[error("a kiosk id has 1 to 64 ASCII letters, digits, - or _")]
    Id,
    /// No such hall was imported.
    #[error("no such hall was imported")]
    Hall,
    /// No such kiosk was enrolled.
    #[error("no such kiosk")]
    Unknown,
    /// No token could be made.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The store refused.
    #[error("the store refused")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<StoreError> for KioskError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}

/// Why central stopped serving.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// TLS cannot be offered.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The listener failed.
    #[error("the listener failed")]
    Listener(#[from] io::Error),
}

/// What an operator hands to a new kiosk. The token is good once, for 24 hours.
#[derive(Clone)]
pub struct Admission {
    /// Kiosk id.
    pub kiosk: String,
    /// One-time token.
    pub token: String,
    /// Central's authority in PEM, which the kiosk must trust and nothing else.
    pub authority_pem: String,
}

impl fmt::Debug for Admission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission").field("kiosk", &self.kiosk).finish_non_exhaustive()
    }
}

impl Admission {
    /// The admission as the TOML file a kiosk reads.
    #[must_use]
    pub fn to_toml(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "kiosk = \"{}\"\ntoken = \"{}\"\nauthority_pem = '''\n{}'''\n",
            self.kiosk, self.token, self.authority_pem
        ))
    }
}

/// Central, open. Clones share everything.
#[derive(Clone)]
pub struct App {
    shared: Arc<Shared>,
    /// Names of the server's certificate.
    names: Vec<String>,
}

impl App {
    /// Opens keys, authority and database, making each on the first start.
    ///
    /// # Errors
    /// When one of them cannot be read, made or migrated, or the keys complaints were sealed to are gone.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self, OpenError> {
        let keys = Arc::new(Keyring::open(&config.store.keys)?);
        let authority = Authority::open(&config.store.keys)?;
        let store = Store::open(config, Arc::clone(&keys)).await?;
        let in_use = store.complaints.any().await?;
        let seal_keys = SealKeys::open(&config.store.keys, in_use)?;
        let fleet = Fleet::load(&store, clock.now()).await?;
        let shared = Arc::new(Shared {
            store,
            keys,
            seal_keys,
            clock,
            limits: config.limits,
            authority,
            fleet,
            turnstile: Turnstile::default(),
            restraint: Restraint::default(),
            metrics: Metrics::default(),
        });
        Ok(Self { shared, names: config.server.names.clone() })
    }

    /// Imports JSONL files, each wholly or not at all; a second import of a line updates its record.
    ///
    /// # Errors
    /// Every bad line of the first bad file (at most 20), as `file:line:field: expected …`. Files
    /// before it stay imported.
    pub async fn import(&self, files: &[PathBuf]) -> Result<Imported, ImportError> {
        import::import(&self.shared.store, files).await
    }

    /// Admits a kiosk: it may enrol once within 24 hours and read cards through the SAM_V modules
    /// named here. `hall` may be left out while only one hall is known.
    ///
    /// # Errors
    /// When the id or hall is unusable, or the store refuses.
    pub async fn admit(
        &self,
        kiosk: &str,
        sam_serials: &[String],
        hall: Option<&str>,
    ) -> Result<Admission, KioskError> {
        let fitting = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if kiosk.is_empty() || kiosk.len() > 64 || !kiosk.chars().all(fitting) {
            return Err(KioskError::Id);
        }
        if let Some(hall) = hall
            && !self.shared.store.hall_exists(hall).await?
        {
            return Err(KioskError::Hall);
        }
        let token = random_token()?;
        let expires = self.shared.clock.now().saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX);
        enrolment::admit(&self.shared, kiosk, hall, sam_serials, &token, expires).await?;
        let authority_pem = self.authority_pem().to_owned();
        Ok(Admission { kiosk: kiosk.to_owned(), token, authority_pem })
    }

    /// Revokes a kiosk; its certificate is refused from now on.
    ///
    /// # Errors
    /// When the kiosk is unknown or the store refuses.
    pub async fn revoke(&self, kiosk: &str) -> Result<(), KioskError> {
        let known = enrolment::revoke(&self.shared, kiosk).await?;
        if known { Ok(()) } else { Err(KioskError::Unknown) }
    }

    /// Central's authority in PEM.
    #[must_use]
    pub fn authority_pem(&self) -> &str {
        &self.shared.authority.pem
    }

    /// Serves on `listener` until `shutdown` resolves and open requests are answered (at most 10 s),
    /// then closes the store.
    ///
    /// # Errors
    /// When TLS cannot be offered or the listener fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let config = tls::config(&self.shared.authority, &self.names)?;
        let listener = TlsListener::new(listener, config, (&self.shared.limits).into());
        let router = router::router(Arc::clone(&self.shared));
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let mut graceful = stopping.clone();
        let mut forced = stopping;
        let serving =
            axum::serve(listener, router.into_make_service_with_connect_info::<tls::Peer>())
                .with_graceful_shutdown(async move {
                    let _ = graceful.wait_for(|stop| *stop).await;
                });
        tokio::spawn(async move {
            shutdown.await;
            let _ = stop.send(true);
            stop.closed().await;
        });
        let cleaning = tokio::spawn(clean(Arc::clone(&self.shared)));
        let result = tokio::select! {
            result = serving.into_future() => result,
            () = async {
                let _ = forced.wait_for(|stop| *stop).await;
                tokio::time::sleep(GRACE).await;
            } => Ok(()),
        };
        cleaning.abort();
        self.close().await;
        Ok(result?)
    }

    /// Closes the store; what was committed stays.
    pub async fn close(&self) {
        self.shared.store.close().await;
    }

    /// Checks every audit chain of the database named in `config`, and changes nothing.
    ///
    /// # Errors
    /// The first break, or why the audit cannot be read.
    pub async fn verify_audit(&self) -> Result<AuditReport, VerifyError> {
        let store = &self.shared.store;
        audit::verify::verify(&store.readers, &store.path, &self.shared.keys).await
    }

    /// The path of the database.
    #[must_use]
    pub fn database(&self) -> &Path {
        &self.shared.store.path
    }

    /// The path of the database of complaints.
    #[must_use]
    pub fn complaints(&self) -> &Path {
        &self.shared.store.complaints.path
    }
}

async fn clean(app: Arc<Shared>) {
    let mut ticks = tokio::time::interval(CLEAN_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        ticks.tick().await;
        let effects = vec![Effect::Purge { now: app.clock.now() }];
        if app.store.writer.commit(Entry { audit: None, effects }).await.is_err() {
            tracing::warn!(code = "store.clean_failed", "expired records not cleaned up");
        }
        if let Err(error) = app.store.complaints.tidy().await {
            tracing::warn!(code = "complaints.not_tidied", %error, "order of arrival not removed yet");
        }
    }
}
