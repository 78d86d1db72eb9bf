//! What runs beside central's thread's own loop: a visit, a question, and what they learn.

use central_api::{Evidence, ReplyQuestion, VisitOpened};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;
use visit::{CentralEvent, Event, VisitId};
use zeroize::Zeroizing;

use super::client::{Client, ClientError};
use crate::inbox::Inbox;

/// What a task learned of central: it answered as it should, perhaps by refusing a resident; or not.
pub(super) type News = Result<(), Trouble>;

/// What is wrong with central, for the log.
pub(super) struct Trouble {
    pub(super) code: &'static str,
    /// For developers; errors never hold a word of what was asked or answered.
    pub(super) detail: String,
    /// Central does not know this kiosk, or not any more.
    pub(super) unknown: bool,
}

impl Trouble {
    pub(super) fn new(code: &'static str, error: &dyn std::fmt::Debug) -> Self {
        Self { code, detail: format!("{error:?}"), unknown: false }
    }
}

impl From<&ClientError> for Trouble {
    fn from(error: &ClientError) -> Self {
        Self { unknown: error.is_unknown_kiosk(), ..Self::new(error.code(), error) }
    }
}

/// One visit from its opening to its end. What central released goes to the session at once; only the
/// token stays here.
pub(super) async fn hold_visit(
    client: Client,
    (inbox, news): (Inbox, UnboundedSender<News>),
    visit: VisitId,
    evidence: Evidence,
    closed: oneshot::Receiver<()>,
) {
    let VisitOpened { token, level, applications, .. } = match client.open(evidence).await {
        Ok(opened) => opened,
        Err(error) => return withhold(&inbox, &news, visit, &error),
    };
    let token = Zeroizing::new(token);
    inbox.send(Event::Central(CentralEvent::Released { visit, level, applications }));
    tell(&news, Ok(()));
    // An error only says that the other end is gone, which means the same.
    closed.await.unwrap_or(());
    if let Err(error) = client.close(&token).await {
        tracing::info!(code = error.code(), "the visit is left to end by itself");
    }
}

/// One question about a complaint, on a connection of its own.
pub(super) async fn ask_standing(
    client: Client,
    (inbox, news): (Inbox, UnboundedSender<News>),
    visit: VisitId,
    question: ReplyQuestion,
) {
    match client.standing(&question).await {
        Ok(standing) => {
            let standing = Box::new(standing);
            inbox.send(Event::Central(CentralEvent::Standing { visit, standing }));
            tell(&news, Ok(()));
        }
        Err(error) => withhold(&inbox, &news, visit, &error),
    }
}

fn withhold(inbox: &Inbox, news: &UnboundedSender<News>, visit: VisitId, error: &ClientError) {
    let fault = error.fault();
    inbox.send(Event::Central(CentralEvent::Withheld { visit, fault }));
    tell(news, if error.is_of_the_resident() { Ok(()) } else { Err(Trouble::from(error)) });
}

/// The worker outlives its tasks, or nobody needs to know any more.
pub(super) fn tell(news: &UnboundedSender<News>, what: News) {
    if news.send(what).is_err() {
        tracing::debug!("central's thread has ended");
    }
}
