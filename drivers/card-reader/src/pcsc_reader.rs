//! PC/SC readers: events of the resource manager in, social-security cards out.
//!
//! The context is rebuilt whenever pcscd dies: a dead context still calls itself valid. Cards are
//! talked to on a thread of their own, since the API has no time limit.

pub(crate) mod apdu;
mod card_thread;
pub(crate) mod social;

use std::collections::BTreeMap;
use std::ffi::CString;
use std::time::{Duration, Instant};

use pcsc::{Context, Error, PNP_NOTIFICATION, ReaderState as Slot, Scope, State};

use crate::watch::Stop;
use crate::{CardEvent, CardFault, ReaderState};

/// Longest wait for an event; also how soon a stop is noticed.
const WAIT: Duration = Duration::from_millis(500);
/// Shortest round, against a manager that answers at once without news.
const ROUND: Duration = Duration::from_millis(50);

/// Watches the readers until told to stop.
pub(crate) fn run(name: Option<&str>, stop: &Stop, mut sink: impl FnMut(CardEvent)) {
    let mut pause = Duration::from_millis(500);
    let mut watcher = Watcher { name, last: None, cards: BTreeMap::new() };
    loop {
        let error = match Context::establish(Scope::User) {
            Ok(context) => match watcher.watch(&context, stop, &mut sink, &mut pause) {
                Ok(()) => return,
                Err(error) => error,
            },
            Err(error) => error,
        };
        tracing::warn!(code = "CARD-PCSC-LOST", %error, "smart-card service lost");
        watcher.report(ReaderState::Gone, &mut sink);
        if stop.wait(pause) {
            return;
        }
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

struct Watcher<'a> {
    name: Option<&'a str>,
    last: Option<ReaderState>,
    /// Per reader: card present, event count.
    cards: BTreeMap<CString, (bool, u32)>,
}

impl Watcher<'_> {
    fn report(&mut self, state: ReaderState, sink: &mut impl FnMut(CardEvent)) {
        if self.last.as_ref() != Some(&state) {
            self.last = Some(state.clone());
            sink(CardEvent::Reader(state));
        }
    }

    fn watch(
        &mut self,
        context: &Context,
        stop: &Stop,
        sink: &mut impl FnMut(CardEvent),
        pause: &mut Duration,
    ) -> Result<(), Error> {
        self.cards.clear();
        let mut slots = vec![Slot::new(PNP_NOTIFICATION(), State::UNAWARE)];
        loop {
            let round = Instant::now();
            self.refresh(context, &mut slots)?;
            let any = slots.len() > 1;
            self.report(if any { ReaderState::Ready } else { ReaderState::Gone }, sink);
            for slot in &mut slots {
                slot.sync_current_state();
            }
            match context.get_status_change(WAIT, &mut slots) {
                Ok(()) => {
                    *pause = Duration::from_millis(500);
                    for slot in &slots[1..] {
                        self.changed(slot, sink);
                    }
                }
                Err(Error::Timeout | Error::UnknownReader) => {}
                Err(error) => return Err(error),
            }
            if stop.wait(ROUND.saturating_sub(round.elapsed())) {
                return Ok(());
            }
        }
    }

    /// Drops readers that are gone and adds new ones of the configured name.
    fn refresh(&self, context: &Context, slots: &mut Vec<Slot>) -> Result<(), Error> {
        let gone = State::UNKNOWN | State::IGNORE;
        slots.retain(|slot| {
            slot.name() == PNP_NOTIFICATION() || !slot.event_state().intersects(gone)
        });
        for reader in context.list_readers_owned()? {
            let wanted = self.name.is_none_or(|name| reader.to_string_lossy().contains(name));
            if wanted && !slots.iter().any(|slot| slot.name() == reader.as_c_str()) {
                slots.push(Slot::new(reader, State::UNAWARE));
            }
        }
        Ok(())
    }

    fn changed(&mut self, slot: &Slot, sink: &mut impl FnMut(CardEvent)) {
        let present = slot.event_state().contains(State::PRESENT);
        // The count tells a card taken out and put back between two looks.
        let count = slot.event_count();
        let before = self.cards.insert(slot.name().to_owned(), (present, count));
        let (was_present, was_count) = before.unwrap_or((false, 0));
        if present && !(was_present && was_count == count) {
            sink(CardEvent::Seen);
            self.read(slot, sink);
        } else if was_present && !present {
            sink(CardEvent::Removed);
        }
    }

    fn read(&mut self, slot: &Slot, sink: &mut impl FnMut(CardEvent)) {
        let card = if slot.event_state().contains(State::MUTE) {
            Err(CardFault::Garbled)
        } else {
            card_thread::read(slot.name(), slot.atr())
        };
        match card {
            Ok(card) => sink(CardEvent::Read(Box::new(card))),
            Err(fault) => {
                if fault == CardFault::ReaderSilent {
                    tracing::warn!(code = "CARD-READER-SILENT", reader = ?slot.name(), "no answer");
                }
                sink(CardEvent::Failed(fault));
            }
        }
    }
}
