//! Requests to central: finite waits, bounded answers, central's own authority and nobody else's.

use std::sync::Arc;
use std::time::Duration;

use central_api::{
    ComplaintStanding, Enrolled, Enrolment, Evidence, OpenVisit, Problem, ReplyQuestion, V1,
    VisitOpened,
};
use reqwest::header::{CONTENT_TYPE, DATE, ETAG, HeaderName, IF_NONE_MATCH};
use reqwest::{Certificate, RequestBuilder, Response, StatusCode, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

pub(crate) use super::fault::ClientError;
use super::identity::Identity;
use super::trusted::TrustedClock;

/// The largest answer that is read; a resident's is some tens of kilobytes.
const LARGEST: usize = 2 << 20;
/// The largest public content that is read; a county's policies are about one megabyte.
const LARGEST_PUBLIC: usize = 8 << 20;
/// Public content may take this many times as long as an answer a resident waits for.
const PATIENCE: u32 = 4;
/// Time between two pings on a quiet connection, so that a dead one is noticed before a card is.
const PING: Duration = Duration::from_secs(20);
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A way to talk to central. Clones share the connection.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    wait: Duration,
    clock: Arc<TrustedClock>,
}

/// Public content as it came.
pub(super) struct Answer {
    /// Its entity tag.
    pub(super) tag: Option<String>,
    pub(super) body: Zeroizing<Vec<u8>>,
}

impl Client {
    /// A client that shows this kiosk's certificate.
    pub(crate) fn new(
        config: &kiosk_config::Central,
        identity: &Identity,
        clock: Arc<TrustedClock>,
    ) -> Result<Self, ClientError> {
        let shown = reqwest::Identity::from_pem(identity.pem().as_bytes());
        let shown = shown.map_err(ClientError::Identity)?;
        Self::build(config, identity.authority_pem(), clock, |builder| builder.identity(shown))
    }

    /// A client without a certificate yet: good for enrolment only.
    pub(crate) fn unknown(
        config: &kiosk_config::Central,
        authority_pem: &str,
    ) -> Result<Self, ClientError> {
        Self::build(config, authority_pem, Arc::new(TrustedClock::silent()), |builder| builder)
    }

    fn build(
        config: &kiosk_config::Central,
        authority_pem: &str,
        clock: Arc<TrustedClock>,
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
            clock,
        })
    }

    /// Opens a visit.
    pub(crate) async fn open(&self, evidence: Evidence) -> Result<VisitOpened, ClientError> {
        let body = OpenVisit { evidence };
        self.post("visits", &body, Some(&super::random_key().map_err(|_| ClientError::Random)?))
            .await
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
        self.post("kiosks/enrolment", enrolment, Some(key)).await
    }

    /// Asks how a complaint stands.
    pub(crate) async fn standing(
        &self,
        question: &ReplyQuestion,
    ) -> Result<ComplaintStanding, ClientError> {
        self.post("complaints/replies", question, None).await
    }

    /// Hands in a sealed complaint; `Ok` means that central keeps it.
    pub(super) async fn file(&self, id: &str, sealed: Vec<u8>) -> Result<(), ClientError> {
        let request = self.http.post(format!("{}complaints", self.base));
        let request = request.header(IDEMPOTENCY_KEY, id).header(CONTENT_TYPE, "application/json");
        match self.send(request.body(sealed)).await?.status() {
            StatusCode::CREATED => Ok(()),
            status => Err(ClientError::Status(status.as_u16())),
        }
    }

    /// Public content, if it is not what `tag` stands for.
    pub(super) async fn changed(
        &self,
        what: &str,
        query: &[(&str, &str)],
        tag: Option<&str>,
    ) -> Result<Option<Answer>, ClientError> {
        let url = format!("{}{what}", self.base);
        let mut url = Url::parse(&url).map_err(|_| ClientError::NoAddress)?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut request = self.http.get(url).timeout(self.wait * PATIENCE);
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        // A slow line may take its time; a central that says nothing at all may not.
        let response = tokio::time::timeout(self.wait, self.send(request));
        let response = response.await.unwrap_or(Err(ClientError::Slow))?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(None);
        }
        let tag = text_of(&response, &ETAG);
        Ok(Some(Answer { tag, body: body_of(response, LARGEST_PUBLIC).await? }))
    }

    /// Central's wall clock, as its `Date` header tells it; also shows that central knows this kiosk.
    pub(crate) async fn date(&self) -> Result<Option<String>, ClientError> {
        let response = self.send(self.http.get(format!("{}hall", self.base))).await?;
        Ok(text_of(&response, &DATE))
    }

    /// Posts once, and once more if the connection broke: the key makes that safe, or nothing is made.
    async fn post<T: DeserializeOwned>(
        &self,
        what: &str,
        body: &impl Serialize,
        key: Option<&str>,
    ) -> Result<T, ClientError> {
        let url = format!("{}{what}", self.base);
        let post = || {
            let request = self.http.post(&url).json(body);
            key.into_iter().fold(request, |request, key| request.header(IDEMPOTENCY_KEY, key))
        };
        let ask = async {
            let response = match self.send(post()).await {
                Err(ClientError::Broken(_)) => self.send(post()).await?,
                answer => answer?,
            };
            parse(&body_of(response, LARGEST).await?)
        };
        // Both attempts together, so that the session does not give up before its time.
        tokio::time::timeout(self.wait, ask).await.unwrap_or(Err(ClientError::Slow))
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, ClientError> {
        let response = request.send().await.map_err(ClientError::of)?;
        if let Some(date) = text_of(&response, &DATE) {
            self.clock.hear(&date);
        }
        let status = response.status();
        if status.is_success() || status == StatusCode::NOT_MODIFIED {
            return Ok(response);
        }
        match serde_json::from_slice::<Problem>(&body_of(response, LARGEST).await?) {
            Ok(problem) => Err(ClientError::Refused(problem.code, problem.retry_after_s)),
            Err(_) => Err(ClientError::Status(status.as_u16())),
        }
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ClientError> {
    serde_json::from_slice(body).map_err(|error| ClientError::nonsense(&error))
}

async fn body_of(
    mut response: Response,
    largest: usize,
) -> Result<Zeroizing<Vec<u8>>, ClientError> {
    let mut body = Zeroizing::new(Vec::new());
    while let Some(chunk) = response.chunk().await.map_err(ClientError::of)? {
        if body.len() + chunk.len() > largest {
            return Err(ClientError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn text_of(response: &Response, name: &HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}
