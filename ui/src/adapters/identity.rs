//! Signed or not.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, IdentityAdapter, IdentityView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window
        .global::<IdentityAdapter>()
        .on_sign(sink.says_with(|signed| Some(UiEvent::Sign(signed))));
}

shows!(IdentityAdapter, |window| Body::Identity(identity) => {
    let (receiver, promise) = words::route(identity.route.as_ref());
    IdentityView { receiver, promise, own_case: identity.own_case }
});
