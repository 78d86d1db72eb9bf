//! Slips: what is printed from which screen, what becomes of it, and copies marked as such.

use super::Session;
use crate::event::{Action, Device, Fault, Health, PrintOutcome, SlipId};
use crate::screen::{Receipt, Sheet};
use crate::state::State;

/// Which sheet a slip is of, to tell a copy. Holds places in lists and public ids, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Progress(usize),
    Guide(usize, usize),
    Remedies(usize),
    Policy(String),
    Complaint,
    Standing,
}

/// The slips of the visit so far.
#[derive(Default)]
pub(crate) struct Slips(Vec<(SlipId, Kind, Option<PrintOutcome>)>);

impl Slips {
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }

    /// Whether the receipt of a complaint is in the resident's hands, as far as the printer knows.
    pub(crate) fn is_complaint_printed(&self) -> bool {
        let printed = Some(PrintOutcome::Printed);
        self.0.iter().any(|(_, of, outcome)| *of == Kind::Complaint && *outcome == printed)
    }

    /// Whether one may be in the resident's hands already.
    fn has(&self, kind: &Kind) -> bool {
        self.0.iter().any(|(_, of, outcome)| {
            of == kind && !matches!(outcome, Some(PrintOutcome::NotStarted(_)))
        })
    }
}

impl Session {
    /// Prints what is on the screen, if it can be printed.
    pub(super) fn print(&mut self, actions: &mut Vec<Action>) {
        if let State::Slip { .. } = self.state {
            self.change(State::off_slip);
        }
        let Some((kind, what)) = self.sheet() else { return };
        let slip = SlipId(self.next_id());
        let receipt = Receipt {
            hall: self.hall_name(),
            printed_at: self.civil(),
            reprint: self.slips.has(&kind),
            what,
        };
        self.slips.0.push((slip, kind, None));
        actions.push(Action::Print(slip, Box::new(receipt)));
        let since = self.now.uptime;
        self.change(|state| State::Printing { behind: Box::new(state), slip, since });
    }

    fn sheet(&self) -> Option<(Kind, Sheet)> {
        let of = |person: &crate::state::Person, chosen: usize| {
            let application = person.applications.get(chosen)?.clone();
            Some((person.number.to_string(), application))
        };
        Some(match &self.state {
            State::Case { person, chosen } => {
                let (number, application) = of(person, *chosen)?;
                (Kind::Progress(*chosen), Sheet::Progress { number, application })
            }
            State::Remedies { person, chosen } => {
                let (number, application) = of(person, *chosen)?;
                application.decision.as_ref()?;
                (Kind::Remedies(*chosen), Sheet::Remedies { number, application })
            }
            State::Guide { person, chosen, station } => {
                let guide = self.guide(person.applications.get(*chosen)?, *station)?;
                (Kind::Guide(*chosen, *station), Sheet::Guide(Box::new(guide)))
            }
            State::Policy { id, ticked, .. } => {
                let policy = self.policy_view(id, ticked)?;
                (Kind::Policy(id.clone()), Sheet::Policy(Box::new(policy)))
            }
            State::Filed { kind, signed, filed, .. } => {
                (Kind::Complaint, Sheet::Complaint(self.filed_view(*kind, *signed, filed)))
            }
            State::Standing(standing) => (Kind::Standing, Sheet::Standing(standing.clone())),
            _ => return None,
        })
    }

    pub(super) fn on_printed(
        &mut self,
        slip: SlipId,
        outcome: PrintOutcome,
        actions: &mut Vec<Action>,
    ) {
        if outcome != PrintOutcome::Printed {
            actions.push(Action::Log(Fault::Printer(outcome)));
        }
        // The slip of a visit that has ended is nobody's news any more.
        let Some(entry) = self.slips.0.iter_mut().find(|(id, _, _)| *id == slip) else { return };
        entry.2 = Some(outcome);
        // Whether the receipt is at hand is known anew: the question about it is asked anew.
        if let State::Filed { leaving, .. } = &mut self.state {
            *leaving = false;
        }
        let watched =
            matches!(&self.state, State::Printing { slip: on_screen, .. } if *on_screen == slip);
        if watched {
            self.change(|state| match state {
                State::Printing { behind, .. } => State::Slip { behind, outcome },
                other => other,
            });
        } else if outcome != PrintOutcome::Printed {
            self.failed_slip = Some(outcome);
        }
    }

    pub(crate) fn can_print(&self) -> bool {
        self.health.get(&Device::Printer) != Some(&Health::Failed)
    }
}
