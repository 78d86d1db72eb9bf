//! Presses and answers on the way of a complaint, from its kind to its reply.

use central_api::{
    COMPLAINT_TRACKING_LENGTH, ComplaintKind, ComplaintSubject, Programme, ReplyQuestion,
};
use zeroize::Zeroizing;

use super::Session;
use crate::Secret;
use crate::event::{
    Action, CentralFault, Composed, Fault, Filed, Filing, FilingFault, Key, VisitId, Worded,
};
use crate::screen::{FiledView, Options};
use crate::state::{Again, CODE_LENGTH, Draft, DraftStep, Editor, State};

/// The order in which kinds are offered.
pub(crate) const KINDS: [ComplaintKind; 4] = [
    ComplaintKind::Question,
    ComplaintKind::Complaint,
    ComplaintKind::Petition,
    ComplaintKind::Accusation,
];

impl Session {
    /// Begins a complaint about what is on the screen. A personal visit ends here: what follows must
    /// not be tied to it.
    pub(super) fn complain(&mut self, worded: Worded, actions: &mut Vec<Action>) {
        let subject = match &self.state {
            State::Complaints => {
                self.state = State::Draft(Box::new(Draft::new()));
                return;
            }
            State::Notice { id, .. } => ComplaintSubject::Notice(id.clone()),
            State::Notices(_) => ComplaintSubject::General,
            State::Policy { id, .. } => match self.public.policy(id).map(|policy| policy.about) {
                Some(central_api::Subject::Programme(of)) => ComplaintSubject::Programme(of),
                _ => ComplaintSubject::General,
            },
            State::Case { person, chosen } => match person.applications.get(*chosen) {
                Some(of) => ComplaintSubject::Application(of.tracking_number.clone()),
                None => return,
            },
            _ => return,
        };
        actions.extend(self.state.open_visit().map(Action::CloseVisit));
        self.slips.forget();
        let draft = Draft::about(subject, worded.about, &worded.text);
        self.state = State::Draft(Box::new(draft));
    }

    /// The n-th answer to the question on the screen.
    pub(super) fn choose_for_draft(&mut self, index: usize) {
        let subjects = self.subjects();
        let State::Draft(draft) = &mut self.state else { return };
        match draft.step {
            DraftStep::Kind => {
                let Some(&kind) = KINDS.get(index) else { return };
                draft.kind = kind;
            }
            DraftStep::Subject => match subject_of(&subjects, index) {
                Some(subject) => draft.subject = subject,
                None => return,
            },
            _ => return,
        }
        draft.step = draft.next();
    }

    pub(super) fn sign(&mut self, signed: bool) {
        if let State::Draft(draft) = &mut self.state
            && draft.step == DraftStep::Identity
        {
            draft.signed = signed;
            draft.step = draft.next();
        }
    }

    /// Goes on from the present step; from the last one the complaint is handed in.
    pub(super) fn go_on_with_draft(&mut self, actions: &mut Vec<Action>) {
        let State::Draft(draft) = &mut self.state else { return };
        if let Some(editor) = draft.editor() {
            editor.settle();
        }
        if !draft.may_go_on() {
            return;
        }
        if draft.step == DraftStep::Review {
            self.file(actions);
        } else {
            draft.step = draft.next();
        }
    }

    fn file(&mut self, actions: &mut Vec<Action>) {
        let visit = self.new_visit();
        let (since, written_on) = (self.now.uptime, self.today());
        self.change(|state| match state {
            State::Draft(draft) => {
                let filing = Filing {
                    kind: draft.kind,
                    subject: draft.subject.clone(),
                    text: Zeroizing::new(draft.text.text().trim().to_owned()),
                    writer: draft.writer(),
                    written_on,
                };
                actions.push(Action::File(visit, Box::new(filing)));
                State::Filing { visit, draft, since }
            }
            other => other,
        });
    }

    /// Hands the same complaint in once more.
    pub(super) fn file_again(&mut self, draft: Box<Draft>, actions: &mut Vec<Action>) {
        self.state = State::Draft(draft);
        self.file(actions);
    }

    pub(super) fn on_filed(
        &mut self,
        visit: VisitId,
        filed: Result<Filed, FilingFault>,
        actions: &mut Vec<Action>,
    ) {
        if !matches!(self.state, State::Filing { .. }) || self.state.visit() != Some(visit) {
            return;
        }
        let State::Filing { draft, .. } = std::mem::replace(&mut self.state, State::Home) else {
            return;
        };
        self.touched();
        match filed {
            Ok(filed) => {
                let (kind, signed) = (draft.kind, draft.signed);
                self.state = State::Filed { kind, signed, filed, leaving: false };
            }
            Err(fault) => self.fail(Fault::Filing(fault), Again::File(draft), actions),
        }
    }

    pub(super) fn on_text_key(&mut self, key: Key, actions: &mut Vec<Action>) {
        let turn = self.next_id();
        if let State::Draft(draft) = &mut self.state
            && draft.step == DraftStep::Name
        {
            // Another name than the card's has not the card's number.
            draft.number = None;
        }
        if let Some(editor) = self.editor() {
            actions.extend(editor.key(key, turn).map(Action::Compose));
        }
    }

    pub(super) fn pick(&mut self, index: usize, actions: &mut Vec<Action>) {
        let turn = self.next_id();
        if let Some(editor) = self.editor() {
            actions.extend(editor.pick(index, turn).map(Action::Compose));
        }
    }

    pub(super) fn on_composed(&mut self, composed: Composed, actions: &mut Vec<Action>) {
        let turn = self.next_id();
        if let Some(editor) = self.editor() {
            actions.extend(editor.composed(composed, turn).map(Action::Compose));
        }
    }

    /// The text being written, if one is.
    fn editor(&mut self) -> Option<&mut Editor> {
        match &mut self.state {
            State::Draft(draft) => draft.editor(),
            _ => None,
        }
    }

    pub(super) fn ask_standing(&mut self, question: ReplyQuestion, actions: &mut Vec<Action>) {
        // The slips so far were of another complaint.
        self.slips.forget();
        let visit = self.new_visit();
        actions.push(Action::AskStanding(visit, question.clone()));
        self.state = State::Asking { visit, question, since: self.now.uptime };
    }

    pub(super) fn withhold_standing(&mut self, fault: CentralFault, actions: &mut Vec<Action>) {
        let State::Asking { question, .. } = std::mem::replace(&mut self.state, State::Home) else {
            return;
        };
        let again = match fault {
            CentralFault::NotFound => Again::Tracking,
            CentralFault::Unreachable | CentralFault::Slow | CentralFault::Rubbish => {
                Again::Ask(question)
            }
            CentralFault::TooManyAttempts { .. }
            | CentralFault::ReaderNotEnrolled
            | CentralFault::KioskRefused => Again::Nothing,
        };
        self.fail(Fault::Standing(fault), again, actions);
    }

    /// What a complaint can be about, as far as this kiosk knows.
    pub(crate) fn subjects(&self) -> Options {
        Options::Subjects { programmes: Programme::ALL.to_vec(), offices: self.offices() }
    }

    pub(crate) fn filed_view(
        &self,
        kind: ComplaintKind,
        signed: bool,
        filed: &Filed,
    ) -> Box<FiledView> {
        Box::new(FiledView {
            kind,
            signed,
            tracking_number: filed.tracking_number.clone(),
            query_code: filed.query_code.clone(),
            route: self.route(kind),
            can_print: self.can_print(),
        })
    }
}

/// First nothing in particular, then the programmes, then the offices.
fn subject_of(subjects: &Options, index: usize) -> Option<ComplaintSubject> {
    let Options::Subjects { programmes, offices } = subjects else { return None };
    let Some(place) = index.checked_sub(1) else { return Some(ComplaintSubject::General) };
    let programme = programmes.get(place).copied().map(ComplaintSubject::Programme);
    programme.or_else(|| {
        let office = offices.get(place.checked_sub(programmes.len())?)?;
        Some(ComplaintSubject::Office(office.id.clone()))
    })
}

/// A tracking number about to be typed.
pub(super) fn tracking() -> State {
    State::Tracking { typed: Secret::new(COMPLAINT_TRACKING_LENGTH) }
}

/// The question of a complete pair.
pub(super) fn question(tracking: &Secret, code: &Secret) -> Option<ReplyQuestion> {
    (tracking.is_full() && code.expose().len() == CODE_LENGTH).then(|| ReplyQuestion {
        tracking_number: tracking.expose().to_owned(),
        query_code: code.expose().to_owned(),
    })
}
