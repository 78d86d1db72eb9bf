//! One adapter a screen: facts in, presses out. Screens that are not shown hold nothing.

mod account;
mod ask_card;
mod case;
mod frame;
mod home;
mod message;
mod pad;
mod public;
mod waiting;

use std::rc::Rc;

use slint::{ComponentHandle, Model};
use visit::{Body, Screen, UiEvent};

use crate::generated::{
    AccountAdapter, AppWindow, AskCardAdapter, CaseAdapter, MessageAdapter, Navigation, PadAdapter,
    PublicAdapter, ScreenId, WaitingAdapter,
};

/// Where presses go.
#[derive(Clone)]
pub(crate) struct Sink(Rc<dyn Fn(UiEvent)>);

impl Sink {
    pub(crate) fn new(sink: impl Fn(UiEvent) + 'static) -> Self {
        Self(Rc::new(sink))
    }

    /// A callback that always means the same.
    fn says(&self, event: UiEvent) -> impl Fn() + 'static {
        let sink = self.clone();
        move || (sink.0)(event.clone())
    }

    /// A callback whose argument decides.
    fn says_with<T>(&self, event: impl Fn(T) -> Option<UiEvent> + 'static) -> impl Fn(T) + 'static {
        let sink = self.clone();
        move |argument| {
            if let Some(event) = event(argument) {
                (sink.0)(event);
            }
        }
    }
}

/// Wires every screen's presses.
pub(crate) fn connect(window: &AppWindow, sink: &Sink) {
    account::connect(window, sink);
    ask_card::connect(window, sink);
    case::connect(window, sink);
    frame::connect(window, sink);
    home::connect(window, sink);
    message::connect(window, sink);
    pad::connect(window, sink);
    public::connect(window, sink);
}

/// Shows a screen and empties all others.
pub(crate) fn show(window: &AppWindow, screen: &Screen) {
    frame::show(window, screen);
    let mut account = None;
    let mut case = None;
    let mut pad = None;
    let mut public = None;
    let id = match &screen.body {
        Body::Home => ScreenId::Home,
        Body::AskCard { id_cards, .. } => {
            window.global::<AskCardAdapter>().set_view(ask_card::view(*id_cards));
            ScreenId::AskCard
        }
        Body::Number(view) => {
            pad = Some(pad::number(view));
            ScreenId::Pad
        }
        Body::Code(view) => {
            pad = Some(pad::code(view));
            ScreenId::Pad
        }
        Body::Waiting(what) => {
            window.global::<WaitingAdapter>().set_view(waiting::view(*what));
            ScreenId::Waiting
        }
        Body::Account(view) => {
            account = Some(account::view(view));
            ScreenId::Account
        }
        Body::Case(view) => {
            case = Some(case::view(view));
            ScreenId::Case
        }
        Body::Slip { outcome } => {
            window.global::<MessageAdapter>().set_view(message::slip(*outcome));
            ScreenId::Message
        }
        Body::Problem(problem) => {
            window.global::<MessageAdapter>().set_view(message::problem(*problem));
            ScreenId::Message
        }
        _ => {
            public = public::view(&screen.body);
            ScreenId::Public
        }
    };
    window.global::<AccountAdapter>().set_view(account.unwrap_or_default());
    window.global::<CaseAdapter>().set_view(case.unwrap_or_default());
    window.global::<PadAdapter>().set_view(pad.unwrap_or_default());
    window.global::<PublicAdapter>().set_view(public.unwrap_or_default());
    window.global::<Navigation>().set_screen(id);
}

/// Whether every screen that can hold a resident's data is empty.
pub(crate) fn is_empty(window: &AppWindow) -> bool {
    let account = window.global::<AccountAdapter>().get_view();
    let case = window.global::<CaseAdapter>().get_view();
    let pad = window.global::<PadAdapter>().get_view();
    account.number.is_empty()
        && account.rows.row_count() == 0
        && case.number.is_empty()
        && case.steps.row_count() == 0
        && case.payments.row_count() == 0
        && case.members.is_empty()
        && pad.typed.is_empty()
        && pad.number.is_empty()
}
