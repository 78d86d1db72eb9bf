//! Brings public content up to date: asks by entity tag, keeps what fits, tells the session.
//!
//! An answer that does not fit changes nothing: what was held stays held.

use central_api::NoticePage;

use super::cache::{self, Cache, Kind, Position};
use super::client::{Answer, Client, ClientError};
use super::shelf::Shelf;
use super::store::StoreError;
use super::tasks::{News, Trouble};

/// Notices asked for at once.
const PAGE: &str = "1000";
/// Most pages of one sync; a county has some twenty.
const PAGES: usize = 500;
/// Longest cursor that is kept.
const CURSOR: usize = 1000;

/// Why content is not up to date.
#[derive(Debug, thiserror::Error)]
enum SyncError {
    /// Central.
    #[error("central gives no content")]
    Central(#[from] ClientError),
    /// The kiosk's disk.
    #[error("content cannot be kept")]
    Store(#[from] StoreError),
}

/// What one page changed.
struct Step {
    position: Position,
    /// What is held is not what it was.
    changed: bool,
    more: bool,
    anew: bool,
}

/// What a sync found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// Everything is now as central has it.
    pub(super) whole: bool,
    /// Something is not as it was before.
    pub(super) changed: bool,
    /// All of it could be kept.
    pub(super) kept: bool,
}

/// Brings everything up to date; once more if it turns out that the time was wrong before.
pub(super) async fn sync(shelf: &Shelf, client: &Client) -> News {
    let (news, again) = round(shelf, client).await;
    if again { round(shelf, client).await.0 } else { news }
}

/// Asks for everything once, what the session waits for first.
async fn round(shelf: &Shelf, client: &Client) -> (News, bool) {
    let mut news = Ok(());
    let mut found = Found { whole: true, changed: false, kept: true };
    for kind in shelf.order() {
        let done = match kind {
            Kind::Notices => notices(shelf, client, &mut found).await,
            kind => content(shelf, client, kind, &mut found).await,
        };
        shelf.attempted(Some(kind));
        let Err(error) = done else { continue };
        found.whole = false;
        match error {
            SyncError::Store(error) => {
                found.kept = false;
                shelf.complain(&error);
            }
            SyncError::Central(error) => {
                news = news.and_then(|()| Err(Trouble::from(&error)));
                if error.is_of_central() {
                    break;
                }
            }
        }
    }
    shelf.attempted(None);
    let finished: Result<bool, StoreError> =
        shelf.with_cache(move |shelf, cache| shelf.finish(cache, found)).await;
    let again = finished.unwrap_or_else(|error| {
        shelf.complain(&error);
        false
    });
    (news, again)
}

async fn content(
    shelf: &Shelf,
    client: &Client,
    kind: Kind,
    found: &mut Found,
) -> Result<(), SyncError> {
    let held = shelf.holds(kind);
    let tag = shelf.with_cache(move |_, cache| cache.tag(kind)).await?;
    let answer = client.changed(kind.name(), &[], tag.as_deref().filter(|_| held)).await?;
    let Some(Answer { tag, body }) = answer else { return Ok(()) };
    found.changed = true;
    shelf
        .with_cache(move |shelf, cache| {
            let content = cache::parse(kind, &body)?;
            let kept = cache.keep(kind, tag.as_deref(), &body);
            // What cannot be kept can still be shown.
            shelf.publish(kind, content);
            Ok(kept?)
        })
        .await
}

async fn notices(shelf: &Shelf, client: &Client, found: &mut Found) -> Result<(), SyncError> {
    let mut changed = !shelf.holds(Kind::Notices);
    let done = pages(shelf, client, &mut changed).await;
    // Pages that came before a page that did not are worth showing.
    if changed {
        found.changed = true;
        shelf.with_cache(|shelf, cache| shelf.publish_notices(cache)).await?;
    }
    done
}

async fn pages(shelf: &Shelf, client: &Client, changed: &mut bool) -> Result<(), SyncError> {
    let mut position = shelf.with_cache(|_, cache| cache.position()).await?;
    let mut anew = false;
    for _ in 0..PAGES {
        let since = position.cursor.as_deref().map(|cursor| ("since", cursor));
        let query: Vec<_> = since.into_iter().chain([("limit", PAGE)]).collect();
        let answer = client.changed("notices", &query, position.tag.as_deref()).await?;
        let Some(answer) = answer else { return Ok(()) };
        let before = position;
        let step = shelf.with_cache(move |_, cache| take(cache, &before, &answer)).await?;
        *changed |= step.changed;
        if !step.more {
            return Ok(());
        }
        if anew && step.anew {
            break;
        }
        anew |= step.anew;
        position = step.position;
    }
    Err(ClientError::Circle.into())
}

/// Understands a page, and keeps it if it leads on.
fn take(cache: &mut Cache, before: &Position, answer: &Answer) -> Result<Step, SyncError> {
    let mut page: NoticePage =
        serde_json::from_slice(&answer.body).map_err(|error| ClientError::nonsense(&error))?;
    if page.next.len() > CURSOR || (page.more && before.cursor.as_ref() == Some(&page.next)) {
        return Err(ClientError::Circle.into());
    }
    // Whoever asks without a cursor gets all, whatever the answer calls it.
    page.anew |= before.cursor.is_none();
    let changed = cache.take_page(&page, answer.tag.as_deref())?;
    let (more, anew) = (page.more, page.anew);
    let position = Position { cursor: Some(page.next), tag: None };
    Ok(Step { position, changed, more, anew })
}
