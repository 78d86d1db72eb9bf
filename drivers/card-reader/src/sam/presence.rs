//! The card that lies on a module, from its first find until it is away, and what was told of it.
//! No I/O. It outlasts the conversation with the module: a card that ends it is not a new one.

use crate::CardFault;

/// Failed readings of one card before it is told of.
const TRIES: u32 = 3;
/// Looks that pass before a card that was told of is read again: at first, and at most.
const FIRST_REST: u32 = 3;
const LONGEST_REST: u32 = 24;

/// What lies on the module.
#[derive(Debug, Default)]
pub(super) struct Field(Option<Presence>);

#[derive(Debug)]
struct Presence {
    /// Readings that failed, one after the other.
    failures: u32,
    /// Faults that were told.
    told: Vec<CardFault>,
    /// Looks that pass before the next reading.
    rest: u32,
    /// How many it will be after that reading.
    next_rest: u32,
}

/// What is to be done with a card that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It has just come: announce and read it.
    New,
    /// It is known and worth another reading.
    Known,
    /// It was told of a moment ago: leave it.
    Resting,
}

impl Field {
    /// The module found a card.
    pub(super) fn found(&mut self) -> Found {
        let Some(card) = &mut self.0 else {
            self.0 =
                Some(Presence { failures: 0, told: Vec::new(), rest: 0, next_rest: FIRST_REST });
            return Found::New;
        };
        if card.rest > 0 {
            card.rest -= 1;
            return Found::Resting;
        }
        Found::Known
    }

    /// The module found no card. A card that left untold is a fault, or the screen waits for nothing.
    pub(super) fn missed(&mut self) -> Option<CardFault> {
        let card = self.0.take()?;
        card.told.is_empty().then_some(CardFault::MovedTooEarly)
    }

    /// The card was read.
    pub(super) fn read(&mut self) {
        self.0 = None;
    }

    /// The card could not be read; the fault, if it is to be told.
    pub(super) fn failed(&mut self, fault: CardFault) -> Option<CardFault> {
        let card = self.0.as_mut()?;
        card.failures += 1;
        let passes = matches!(fault, CardFault::MovedTooEarly | CardFault::Garbled);
        if passes && card.failures < TRIES {
            return None;
        }
        card.tell(fault)
    }

    /// The conversation with the module ended; the fault, if somebody waits for this card.
    pub(super) fn interrupted(&mut self, fault: CardFault) -> Option<CardFault> {
        let card = self.0.as_mut()?;
        if card.told.is_empty() { card.tell(fault) } else { None }
    }
}

impl Presence {
    /// Each fault is told once.
    fn tell(&mut self, fault: CardFault) -> Option<CardFault> {
        self.rest = self.next_rest;
        self.next_rest = (self.next_rest * 2).min(LONGEST_REST);
        if self.told.contains(&fault) {
            return None;
        }
        self.told.push(fault);
        Some(fault)
    }
}
