//! A complaint being made, step by step.

use central_api::{COMPLAINT_TEXT_MAX, ComplaintKind, ComplaintSubject, ComplaintWriter};
use id_number::IdNumber;

use super::editor::Editor;
use crate::Secret;

/// Longest name that can be signed with.
const NAME_MAX: usize = 32;
/// Longest telephone number.
pub(crate) const PHONE_MAX: usize = 12;

/// What has been told so far. Going back loses nothing.
pub(crate) struct Draft {
    pub(crate) step: DraftStep,
    pub(crate) kind: ComplaintKind,
    pub(crate) subject: ComplaintSubject,
    /// What it is about, in words, where it was begun from something on the screen.
    pub(crate) about: Option<String>,
    pub(crate) text: Editor,
    pub(crate) signed: bool,
    pub(crate) name: Editor,
    pub(crate) number: Option<IdNumber>,
    pub(crate) phone: Secret,
}

/// Which question is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DraftStep {
    /// What kind.
    Kind,
    /// About what.
    Subject,
    /// The text.
    Text,
    /// Signed or not.
    Identity,
    /// Whose name.
    Name,
    /// Telephone for the answer.
    Phone,
    /// Everything once more, before it is handed in.
    Review,
}

impl Draft {
    pub(crate) fn new() -> Self {
        Self {
            step: DraftStep::Kind,
            kind: ComplaintKind::Complaint,
            subject: ComplaintSubject::General,
            about: None,
            text: Editor::new(COMPLAINT_TEXT_MAX, true),
            signed: false,
            name: Editor::new(NAME_MAX, false),
            number: None,
            phone: Secret::new(PHONE_MAX),
        }
    }

    /// One about something on the screen, with the words it begins with.
    pub(crate) fn about(subject: ComplaintSubject, about: String, text: &str) -> Self {
        let mut draft = Self { subject, about: Some(about), ..Self::new() };
        draft.text.set(text);
        draft
    }

    /// The text being typed on the present step, if one is.
    pub(crate) fn editor(&mut self) -> Option<&mut Editor> {
        match self.step {
            DraftStep::Text => Some(&mut self.text),
            DraftStep::Name => Some(&mut self.name),
            _ => None,
        }
    }

    /// Whether the present step is answered.
    pub(crate) fn may_go_on(&self) -> bool {
        match self.step {
            DraftStep::Text => !self.text.is_blank(),
            DraftStep::Name => !self.name.is_blank(),
            // A telephone may be left out; a short one is a slip of the finger.
            DraftStep::Phone => matches!(self.phone.expose().len(), 0 | 7..),
            DraftStep::Kind | DraftStep::Subject | DraftStep::Identity => false,
            DraftStep::Review => true,
        }
    }

    /// The step after this one.
    pub(crate) fn next(&self) -> DraftStep {
        match self.step {
            DraftStep::Kind if self.about.is_some() => DraftStep::Text,
            DraftStep::Kind => DraftStep::Subject,
            DraftStep::Subject => DraftStep::Text,
            DraftStep::Text => DraftStep::Identity,
            DraftStep::Identity if self.signed => DraftStep::Name,
            DraftStep::Identity => DraftStep::Review,
            DraftStep::Name => DraftStep::Phone,
            DraftStep::Phone | DraftStep::Review => DraftStep::Review,
        }
    }

    /// The step before this one; none before the first.
    pub(crate) fn before(&self) -> Option<DraftStep> {
        Some(match self.step {
            DraftStep::Kind => return None,
            DraftStep::Subject => DraftStep::Kind,
            DraftStep::Text if self.about.is_some() => DraftStep::Kind,
            DraftStep::Text => DraftStep::Subject,
            DraftStep::Identity => DraftStep::Text,
            DraftStep::Name => DraftStep::Identity,
            DraftStep::Phone => DraftStep::Name,
            DraftStep::Review if self.signed => DraftStep::Phone,
            DraftStep::Review => DraftStep::Identity,
        })
    }

    /// Signs with what a card says.
    pub(crate) fn sign(&mut self, name: &str, number: &IdNumber) {
        self.signed = true;
        self.name.set(name);
        self.number = Some(number.clone());
        self.step = DraftStep::Phone;
    }

    /// Who signs, if anybody.
    pub(crate) fn writer(&self) -> Option<ComplaintWriter> {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.signed.then(|| ComplaintWriter {
            name: self.name.text().trim().to_owned(),
            number: self.number.as_ref().map(|number| number.expose().to_owned()),
            phone: filled(self.phone.expose()),
        })
    }
}
