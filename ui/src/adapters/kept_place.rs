//! Where one was in a long list, kept while one of its entries is read.

use slint::{ComponentHandle, SharedString};
use visit::{Body, Waiting};

use crate::generated::{AppWindow, KeptPlace};

/// Keeps the place in the same list; another list begins at its top.
pub(super) fn show(window: &AppWindow, body: &Body) {
    if keeps(body) {
        return;
    }
    let kept = window.global::<KeptPlace>();
    let list = list(body);
    if kept.get_list() != list {
        kept.set_at(0.0);
        kept.set_list(list);
    }
}

/// Whether the list is come back to: one of its entries is read or printed, or it is being
/// narrowed, or help is read.
pub(super) fn keeps(body: &Body) -> bool {
    match body {
        Body::Policy(_) | Body::Notice(_) | Body::Help => true,
        Body::Waiting(Waiting::Printing) | Body::Slip { .. } => true,
        Body::Choices(choices) => choices.options.narrowing().is_some(),
        _ => false,
    }
}

/// What makes a list the same one.
fn list(body: &Body) -> SharedString {
    match body {
        Body::Policies(list) => {
            slint::format!("policies {}", list.query.as_deref().unwrap_or_default())
        }
        Body::Notices(list) => slint::format!(
            "notices {:?} {} {:?} {:?} {:?} {:?}",
            list.part,
            list.query.as_deref().unwrap_or_default(),
            list.town,
            list.programme,
            list.kind,
            list.month
        ),
        _ => SharedString::default(),
    }
}
