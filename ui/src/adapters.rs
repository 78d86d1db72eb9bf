//! One adapter a screen: facts in, presses out. Screens that are not shown hold nothing.

/// What a screen's adapter shows: its view, or nothing while another screen is there.
macro_rules! shows {
    ($adapter:ident, |$window:ident| $($pattern:pat => $view:expr),+) => {
        pub(super) fn show($window: &crate::generated::AppWindow, body: &visit::Body) {
            let view = match body {
                $($pattern => $view,)+
                _ => Default::default(),
            };
            slint::ComponentHandle::global::<crate::generated::$adapter>($window).set_view(view);
        }
    };
}

mod account;
mod ask_card;
mod case;
mod choices;
mod complaints;
mod filed;
mod frame;
mod guide;
mod home;
mod identity;
mod kept_place;
mod message;
mod notice;
mod notices;
mod offices;
mod pad;
mod policies;
pub(crate) mod policy;
mod remedies;
mod review;
mod standing;
mod waiting;
mod write;

use std::rc::Rc;

use slint::ComponentHandle;
use visit::{Body, Screen, UiEvent};

use crate::generated::{
    AccountAdapter, AppWindow, CaseAdapter, FiledAdapter, GuideAdapter, IdentityAdapter, KeptPlace,
    Navigation, NoticesAdapter, PadAdapter, PoliciesAdapter, RemediesAdapter, ReviewAdapter,
    ScreenId, StandingAdapter, WriteAdapter,
};
pub(crate) use message::failed_slip;

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

    /// A callback that tells a place in a list.
    fn says_place(&self, event: impl Fn(usize) -> UiEvent + 'static) -> impl Fn(i32) + 'static {
        self.says_with(move |place| usize::try_from(place).ok().map(&event))
    }
}

/// Wires every screen's presses.
pub(crate) fn connect(window: &AppWindow, sink: &Sink) {
    account::connect(window, sink);
    ask_card::connect(window, sink);
    case::connect(window, sink);
    choices::connect(window, sink);
    complaints::connect(window, sink);
    filed::connect(window, sink);
    frame::connect(window, sink);
    guide::connect(window, sink);
    home::connect(window, sink);
    identity::connect(window, sink);
    message::connect(window, sink);
    notice::connect(window, sink);
    notices::connect(window, sink);
    pad::connect(window, sink);
    policies::connect(window, sink);
    policy::connect(window, sink);
    remedies::connect(window, sink);
    review::connect(window, sink);
    standing::connect(window, sink);
    write::connect(window, sink);
}

/// Shows a screen and empties all others.
pub(crate) fn show(window: &AppWindow, screen: &Screen) {
    let body = &screen.body;
    frame::show(window, screen);
    kept_place::show(window, body);
    account::show(window, body);
    ask_card::show(window, body);
    case::show(window, body);
    choices::show(window, body);
    filed::show(window, body);
    guide::show(window, body);
    identity::show(window, body);
    message::show(window, body);
    notice::show(window, body);
    notices::show(window, body);
    offices::show(window, body);
    pad::show(window, body);
    policies::show(window, body);
    policy::show(window, body);
    remedies::show(window, body);
    review::show(window, body);
    standing::show(window, body);
    waiting::show(window, body);
    write::show(window, body);
    window.global::<Navigation>().set_screen(id(body));
}

fn id(body: &Body) -> ScreenId {
    match body {
        Body::Home => ScreenId::Home,
        Body::AskCard { .. } => ScreenId::AskCard,
        Body::Number(_) | Body::Code(_) | Body::Entry(_) => ScreenId::Pad,
        Body::Waiting(_) => ScreenId::Waiting,
        Body::Account(_) => ScreenId::Account,
        Body::Case(_) => ScreenId::Case,
        Body::Guide(_) => ScreenId::Guide,
        Body::Remedies(_) => ScreenId::Remedies,
        Body::Slip { .. } | Body::Problem(_) => ScreenId::Message,
        Body::Policies(_) => ScreenId::Policies,
        Body::Policy(_) => ScreenId::Policy,
        Body::Notices(_) => ScreenId::Notices,
        Body::Notice(_) => ScreenId::Notice,
        Body::Choices(_) => ScreenId::Choices,
        Body::Complaints(_) => ScreenId::Complaints,
        Body::Offices(_) => ScreenId::Offices,
        Body::Write(_) => ScreenId::Write,
        Body::Identity(_) => ScreenId::Identity,
        Body::Review(_) => ScreenId::Review,
        Body::Filed(_) => ScreenId::Filed,
        Body::Standing(_) => ScreenId::Standing,
        Body::Help => ScreenId::Help,
    }
}

/// Whether every screen that can hold a resident's data is empty.
pub(crate) fn is_empty(window: &AppWindow) -> bool {
    macro_rules! all_empty {
        ($($adapter:ident),*) => {
            [$(window.global::<$adapter>().get_view() == Default::default()),*]
        };
    }
    all_empty!(
        AccountAdapter,
        CaseAdapter,
        FiledAdapter,
        GuideAdapter,
        IdentityAdapter,
        NoticesAdapter,
        PadAdapter,
        PoliciesAdapter,
        RemediesAdapter,
        ReviewAdapter,
        StandingAdapter,
        WriteAdapter
    )
    .into_iter()
    .all(|empty| empty)
        && window.global::<KeptPlace>().get_list().is_empty()
}
