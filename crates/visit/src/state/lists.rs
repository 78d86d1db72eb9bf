//! Lists anyone may read: what is searched for, and what a list is narrowed by.

use central_api::{Notice, NoticeKind, Programme};
use jiff::civil::Date;

use crate::Secret;
use crate::event::{Key, Narrowing, NoticePart};

/// Longest query.
const QUERY_MAX: usize = 24;

/// A search being typed. What people search for is theirs: it goes when the list is left.
pub(crate) struct Finder {
    /// Whether the keys are shown.
    pub(crate) open: bool,
    pub(crate) query: Secret,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self { open: false, query: Secret::new(QUERY_MAX) }
    }

    /// Takes a key; whether the query changed.
    pub(crate) fn key(&mut self, key: Key) -> bool {
        match key {
            Key::Letter(c) | Key::Character(c) if c.is_ascii_alphanumeric() || c == ' ' => {
                self.query.push(c);
            }
            Key::Letter(_) | Key::Character(_) => return false,
            Key::Erase => self.query.pop(),
            Key::Clear => self.query.clear(),
        }
        true
    }

    /// Shows or hides the keys; hiding ends the search.
    pub(crate) fn toggle(&mut self) {
        self.open = !self.open;
        if !self.open {
            self.query.clear();
        }
    }
}

/// The policies found.
pub(crate) struct PolicyList {
    pub(crate) finder: Finder,
    /// Places in the list of all, best first.
    pub(crate) found: Vec<usize>,
}

/// The notices found.
pub(crate) struct NoticeList {
    pub(crate) part: NoticePart,
    pub(crate) finder: Finder,
    pub(crate) narrowed: Narrowed,
    /// What is being chosen from, in place of the list.
    pub(crate) choosing: Option<Narrowing>,
    /// Places in the list of all, newest first.
    pub(crate) found: Vec<usize>,
}

impl NoticeList {
    pub(crate) fn new() -> Self {
        Self {
            part: NoticePart::Names,
            finder: Finder::new(),
            narrowed: Narrowed::default(),
            choosing: None,
            found: Vec::new(),
        }
    }
}

/// What the list of notices is narrowed by.
#[derive(Default, Clone, PartialEq, Eq)]
pub(crate) struct Narrowed {
    pub(crate) town: Option<String>,
    pub(crate) programme: Option<Programme>,
    pub(crate) kind: Option<NoticeKind>,
    /// Year and month.
    pub(crate) month: Option<(i16, i8)>,
}

impl Narrowed {
    /// Whether a notice belongs to the list on this day.
    pub(crate) fn takes(&self, notice: &Notice, today: Date) -> bool {
        is_current(notice, today)
            && self.town.as_ref().is_none_or(|town| *town == notice.town.zh_hans)
            && self.programme.is_none_or(|programme| programme == notice.programme)
            && self.kind.is_none_or(|kind| kind == notice.kind)
            && self.month.is_none_or(|month| month == month_of(notice))
    }
}

/// Whether a notice is to be shown on a day.
pub(crate) fn is_current(notice: &Notice, today: Date) -> bool {
    notice.from <= today && today <= notice.until
}

/// Year and month of a notice's first day.
pub(crate) fn month_of(notice: &Notice) -> (i16, i8) {
    (notice.from.year(), notice.from.month())
}
