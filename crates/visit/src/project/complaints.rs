//! The way of a complaint, as screens.

use central_api::{ComplaintKind, ComplaintRoute, ComplaintStanding, ComplaintSubject};
use zeroize::Zeroizing;

use crate::Secret;
use crate::screen::{
    Body, ChoicesView, Entry, EntryView, IdentityView, Options, ReviewView, StandingView,
    WriteView, Writing,
};
use crate::session::Session;
use crate::state::{Draft, DraftStep, Editor, PHONE_MAX};

impl Session {
    pub(super) fn draft_body(&self, draft: &Draft) -> Body {
        match draft.step {
            DraftStep::Kind => {
                let routes = self.public.hall.as_ref().map(|hall| hall.complaint_routes.clone());
                let options = Options::ComplaintKinds(ordered(routes.unwrap_or_default()));
                Body::Choices(ChoicesView { options, chosen: usize::MAX })
            }
            DraftStep::Subject => {
                Body::Choices(ChoicesView { options: self.subjects(), chosen: usize::MAX })
            }
            DraftStep::Text => write(draft, &draft.text, Writing::Complaint(draft.kind)),
            DraftStep::Name => write(draft, &draft.name, Writing::Name),
            DraftStep::Identity => Body::Identity(IdentityView {
                route: self.route(draft.kind),
                own_case: matches!(draft.subject, ComplaintSubject::Application(_)),
            }),
            DraftStep::Phone => entry(Entry::Phone, &draft.phone, PHONE_MAX, draft.may_go_on()),
            DraftStep::Review => Body::Review(Box::new(self.review(draft))),
        }
    }

    fn review(&self, draft: &Draft) -> ReviewView {
        let office = match &draft.subject {
            ComplaintSubject::Office(id) => {
                let offices = self.offices();
                offices.into_iter().find(|office| office.id == *id).map(|of| of.name.zh_hans)
            }
            _ => None,
        };
        let name = || Zeroizing::new(draft.name.text().to_owned());
        ReviewView {
            kind: draft.kind,
            subject: draft.subject.clone(),
            about: draft.about.clone().or(office),
            text: Zeroizing::new(draft.text.text().to_owned()),
            name: draft.signed.then(name),
            by_card: draft.number.is_some(),
            phone: Zeroizing::new(draft.phone.expose().to_owned()),
            route: self.route(draft.kind),
        }
    }

    pub(crate) fn route(&self, kind: ComplaintKind) -> Option<ComplaintRoute> {
        let hall = self.public.hall.as_ref()?;
        hall.complaint_routes.iter().find(|route| route.kind == kind).cloned()
    }

    pub(super) fn standing_body(&self, standing: &ComplaintStanding) -> Body {
        Body::Standing(Box::new(StandingView {
            standing: standing.clone(),
            can_print: self.can_print(),
        }))
    }
}

pub(super) fn tracking(typed: &Secret) -> Body {
    let length = central_api::COMPLAINT_TRACKING_LENGTH;
    entry(Entry::Tracking, typed, length, typed.is_full())
}

pub(super) fn tracking_code(typed: &Secret) -> Body {
    entry(Entry::TrackingCode, typed, crate::state::CODE_LENGTH, typed.is_full())
}

fn entry(what: Entry, typed: &Secret, length: usize, complete: bool) -> Body {
    Body::Entry(EntryView {
        what,
        typed: Zeroizing::new(typed.expose().to_owned()),
        missing: length - typed.expose().len().min(length),
        complete,
    })
}

fn write(draft: &Draft, editor: &Editor, what: Writing) -> Body {
    Body::Write(WriteView {
        what,
        about: draft.about.clone().filter(|_| what != Writing::Name),
        text: Zeroizing::new(editor.text().to_owned()),
        open: Zeroizing::new(editor.open().to_owned()),
        candidates: editor.candidates().to_vec(),
        left: editor.left(),
        complete: draft.may_go_on() || !editor.open().is_empty(),
        card: what == Writing::Name,
    })
}

/// The routes in the order in which kinds are offered; a kind without one is offered plainly.
fn ordered(routes: Vec<ComplaintRoute>) -> Vec<ComplaintRoute> {
    let mut routes = routes;
    for kind in crate::session::KINDS {
        if !routes.iter().any(|route| route.kind == kind) {
            routes.push(ComplaintRoute {
                kind,
                receiver: central_api::Text::zh(""),
                phone: String::new(),
                promise: central_api::Text::zh(""),
                accept_within: None,
                answer_within: None,
                articles: Vec::new(),
            });
        }
    }
    routes.sort_by_key(|route| route.kind);
    routes.dedup_by_key(|route| route.kind);
    routes
}
