//! Band, bar, questions and warnings.

use slint::ComponentHandle;
use visit::{Device, Health, Overlay, Screen, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, FrameAdapter, FrameView, OverlayId};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<FrameAdapter>();
    adapter.on_back(sink.says(UiEvent::Back));
    adapter.on_home(sink.says(UiEvent::Home));
    adapter.on_help(sink.says(UiEvent::Help));
    adapter.on_end(sink.says(UiEvent::End));
    adapter.on_stay(sink.says(UiEvent::Stay));
    adapter.on_switch_card(sink.says_with(|switch| Some(UiEvent::SwitchCard(switch))));
}

pub(super) fn show(window: &AppWindow, screen: &Screen) {
    let frame = &screen.frame;
    let health = |device| frame.devices.iter().find(|view| view.device == device);
    let sick = |device| health(device).is_some();
    // A printer that is only short of paper prints all the same.
    let printer = health(Device::Printer).map(|view| view.health);
    let (news, advice) = match screen.overlay {
        Some(Overlay::SlipFailed(outcome)) => super::failed_slip(window, outcome),
        _ => Default::default(),
    };
    let (overlay, left) = match screen.overlay {
        None => (OverlayId::None, 0),
        Some(Overlay::StillThere { left_s }) => (OverlayId::StillThere, left_s),
        Some(Overlay::SlipFailed(_)) => (OverlayId::SlipFailed, 0),
        Some(Overlay::KeepReceipt) => (OverlayId::KeepReceipt, 0),
        Some(Overlay::AnotherCard) => (OverlayId::AnotherCard, 0),
    };
    window.global::<FrameAdapter>().set_view(FrameView {
        hall: frame.hall.as_str().into(),
        day: words::day(Some(frame.clock.date())),
        weekday: i32::from(frame.clock.weekday().to_monday_zero_offset()),
        hour: frame.clock.hour().into(),
        minute: frame.clock.minute().into(),
        id_reader: sick(Device::IdReader),
        social_reader: sick(Device::SocialReader),
        printer: printer == Some(Health::Failed),
        paper_low: printer == Some(Health::Degraded),
        central: sick(Device::Central),
        store: sick(Device::Store),
        clock: sick(Device::Clock),
        back: frame.ways.back,
        home: frame.ways.home,
        help: frame.ways.help,
        end: frame.ways.end,
        overlay,
        left: i32::try_from(left).unwrap_or(i32::MAX),
        news,
        advice,
    });
}
