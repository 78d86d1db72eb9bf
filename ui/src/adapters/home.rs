//! The home screen's four services.

use slint::ComponentHandle;
use visit::{Service, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, HomeAdapter, ServiceId};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<HomeAdapter>().on_open(sink.says_with(|service| {
        Some(UiEvent::Open(match service {
            ServiceId::Policies => Service::Policies,
            ServiceId::Notices => Service::Notices,
            ServiceId::Progress => Service::Progress,
            ServiceId::Complaints => Service::Complaints,
        }))
    }));
}
