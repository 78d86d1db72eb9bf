//! Requests to central: finite waits, bounded answers, central's own authority and nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use central_api::{Enrolled, Enrolment, Evidence, OpenVisit, Problem, V1, VisitOpened};
use reqwest::header::{DATE, ETAG, HeaderName, IF_NONE_MATCH};
use reqwest::{Certificate, RequestBuilder, Response, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

pub(crate) use super::fault::ClientError;
use super::identity::Identity;

/// The largest answer that is read; a resident's is some tens of kilobytes.
const LARGEST: usize = 2 << 20;
/// Time between two pings on a quiet connection, so that a dead one is noticed before a card is.
const PING: Duration = Duration::from_secs(20);
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A way to talk to central. Clones share the connection.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    wait: Duration,
    /// Entity tags of public content the session holds.
    tags: Arc<Mutex<HashMap<&'static str, String>>>,
}

impl Client {
    /// A client that shows this kiosk's certificate.
    pub(crate) fn new(
        config: &kiosk_config::Central,
        identity: &Identity,
    ) -> Result<Self, ClientError> {
        let shown = reqwest::Identity::from_pem(identity.pem().as_bytes());
        let shown = shown.map_err(ClientError::Identity)?;
        Self::build(config, identity.authority_pem(), |builder| builder.identity(shown))
    }

    /// A client without a certificate yet: good for enrolment only.
    pub(crate) fn unknown(
        config: &kiosk_config::Central,
        authority_pem: &str,
    ) -> Result<Self, ClientError> {
        Self::build(config, authority_pem, |builder| builder)
    }

    fn build(
        config: &kiosk_config::Central,
        authority_pem: &str,
        finish: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, ClientError> {
        let authority = Certificate::from_pem_bundle(authority_pem.as_bytes());
        let builder = reqwest::Client::builder()
            .tls_certs_only(authority.map_err(ClientError::Identity)?)
            .https_only(true)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(config.connect_timeout)
            .timeout(config.answer_timeout)
            .pool_idle_timeout(None)
            .pool_max_idle_per_host(2)
            .http2_keep_alive_interval(PING)
            .http2_keep_alive_timeout(config.answer_timeout)
            .http2_keep_alive_while_idle(true)
            .tcp_nodelay(true);
        Ok(Self {
            http: finish(builder).build().map_err(ClientError::Identity)?,
            base: format!("{}{V1}/", config.address),
            wait: config.answer_timeout,
            tags: Arc::default(),
        })
    }

    /// Opens a visit.
    pub(crate) async fn open(&self, evidence: Evidence) -> Result<VisitOpened, ClientError> {
        let body = OpenVisit { evidence };
        self.create("visits", &body, &random_key()?).await
    }

    /// Ends a visit.
    pub(crate) async fn close(&self, token: &str) -> Result<(), ClientError> {
        let url = format!("{}visits/current", self.base);
        self.send(self.http.delete(url).bearer_auth(token)).await.map(drop)
    }

    /// Asks for this kiosk's certificate. The same `key` makes a repeated request the same request.
    pub(crate) async fn enrol(
        &self,
        enrolment: &Enrolment,
        key: &str,
    ) -> Result<Enrolled, ClientError> {
        self.create("kiosks/enrolment", enrolment, key).await
    }

    /// Public content, if it changed since it was last asked for.
    pub(crate) async fn changed<T: DeserializeOwned>(
        &self,
        what: &'static str,
    ) -> Result<Option<T>, ClientError> {
        let mut request = self.http.get(format!("{}{what}", self.base));
        if let Some(tag) = self.tags.lock().unwrap_or_else(PoisonError::into_inner).get(what) {
            request = request.header(IF_NONE_MATCH, tag);
        }
        let response = self.send(request).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let tag = text_of(&response, &ETAG);
        let content = parse(&body_of(response).await?)?;
        if let Some(tag) = tag {
            self.tags.lock().unwrap_or_else(PoisonError::into_inner).insert(what, tag);
        }
        Ok(Some(content))
    }

    /// Central's wall clock, as its `Date` header tells it; also shows that central knows this kiosk.
    pub(crate) async fn date(&self) -> Result<Option<String>, ClientError> {
        let response = self.send(self.http.get(format!("{}hall", self.base))).await?;
        Ok(text_of(&response, &DATE))
    }

    /// Posts once, and once more if the connection broke: the key makes that safe.
    async fn create<T: DeserializeOwned>(
        &self,
        what: &str,
        body: &impl Serialize,
        key: &str,
    ) -> Result<T, ClientError> {
        let url = format!("{}{what}", self.base);
        let post = || self.http.post(&url).header(IDEMPOTENCY_KEY, key).json(body);
        let ask = async {
            let response = match self.send(post()).await {
                Err(ClientError::Broken(_)) => self.send(post()).await?,
                answer => answer?,
            };
            parse(&body_of(response).await?)
        };
        // Both attempts together, so that the session does not give up before its time.
        tokio::time::timeout(self.wait, ask).await.unwrap_or(Err(ClientError::Slow))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let response = request.send().await.map_err(ClientError::of)?;
        let status = response.status();
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        match serde_json::from_slice::<Problem>(&body_of(response).await?) {
            Ok(problem) => Err(ClientError::Refused(problem.code, problem.retry_after_s)),
            Err(_) => Err(ClientError::Status(status.as_u16())),
        }
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ClientError> {
    // serde_json tells what it found, which may be a resident's: only where is kept.
    serde_json::from_slice(body)
        .map_err(|error| ClientError::Nonsense { line: error.line(), column: error.column() })
}

async fn body_of(mut response: Response) -> Result<Zeroizing<Vec<u8>>, ClientError> {
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(ClientError::of)? {
        if body.len() + chunk.len() > LARGEST {
            return Err(ClientError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn text_of(response: &Response, name: &HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn random_key() -> Result<String, ClientError> {
    let random = || super::random().map_err(|_| ClientError::Random);
    Ok(format!("{:016x}{:016x}", random()?, random()?))
}
