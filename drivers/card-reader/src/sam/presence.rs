//! The card that lies on a module, from its first find until it is away, and what was told of it.
//! No I/O; time is an argument. It outlasts the conversation with the module: a card that ends it is
//! not a new one.
//!
//! A module finds a card that was read no more until it left the field; some clones find it at every
//! look. At the edge of the field a card leaves and comes back all the time. So neither a find nor a
//! look in vain says alone that a card is another one.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use crate::CardFault;

/// A card is away once so many looks, spread over this time, were in vain. A hand that lays the same
/// card down anew needs longer; a find takes from a few milliseconds to a second.
const AWAY: (u32, Duration) = (2, Duration::from_millis(1500));
/// Failed readings of one card before it is told of.
const TRIES: u32 = 3;
/// Finds that pass before a card that was told of is read again: at first, and at most.
const FIRST_REST: u32 = 3;
const LONGEST_REST: u32 = 24;

/// What lies on the module.
#[derive(Default)]
pub(super) struct Field {
    card: Option<Presence>,
    /// Makes marks of numbers, so that none stays here.
    marks: RandomState,
}

struct Presence {
    /// Readings that failed, one after the other.
    failures: u32,
    /// Faults that were told.
    told: Vec<CardFault>,
    /// Mark of the number that was read.
    read: Option<u64>,
    /// Finds that pass before the next reading.
    rest: u32,
    /// How many it will be after that reading.
    next_rest: u32,
    /// Looks in vain since the last find, and when the first of them was.
    missed: Option<(u32, Instant)>,
}

/// What is to be done with a card that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It has just come: announce and read it.
    New,
    /// It is known and worth another reading; it may be another one.
    Known,
    /// It was told of a moment ago: leave it.
    Resting,
}

impl Field {
    /// The module found a card.
    pub(super) fn found(&mut self, now: Instant) -> Found {
        let Some(card) = self.card.as_mut().filter(|card| !card.is_away(now)) else {
            self.card = Some(Presence::new());
            return Found::New;
        };
        card.missed = None;
        if card.rest > 0 {
            card.rest -= 1;
            return Found::Resting;
        }
        Found::Known
    }

    /// The module found no card. A card that left untold is a fault, or the screen waits for nothing.
    pub(super) fn missed(&mut self, now: Instant) -> Option<CardFault> {
        let card = self.card.as_mut()?;
        let (looks, since) = card.missed.unwrap_or((0, now));
        card.missed = Some((looks + 1, since));
        let fault = if card.waited_for() { card.tell(CardFault::MovedTooEarly) } else { None };
        // What comes next may be another card.
        (card.failures, card.rest) = (0, 0);
        if card.is_away(now) {
            self.card = None;
        }
        fault
    }

    /// A card was read: whether it is to be told, or is the one that was told already.
    pub(super) fn read(&mut self, number: &str) -> bool {
        let mark = self.marks.hash_one(number);
        let Some(card) = &mut self.card else { return true };
        card.failures = 0;
        card.lay_to_rest();
        card.read.replace(mark) != Some(mark)
    }

    /// The card could not be read; the fault, if it is to be told.
    pub(super) fn failed(&mut self, fault: CardFault) -> Option<CardFault> {
        let card = self.card.as_mut()?;
        card.failures += 1;
        if passes(fault) && fault != CardFault::ReaderSilent && card.failures < TRIES {
            return None;
        }
        card.tell(fault)
    }

    /// The conversation with the module ended; the fault, if somebody waits for this card.
    pub(super) fn interrupted(&mut self, fault: CardFault) -> Option<CardFault> {
        let card = self.card.as_mut()?;
        if card.waited_for() { card.tell(fault) } else { None }
    }
}

impl Presence {
    fn new() -> Self {
        Self {
            failures: 0,
            told: Vec::new(),
            read: None,
            rest: 0,
            next_rest: FIRST_REST,
            missed: None,
        }
    }

    /// Announced, and nothing told of it yet.
    fn waited_for(&self) -> bool {
        self.told.is_empty() && self.read.is_none()
    }

    fn is_away(&self, now: Instant) -> bool {
        self.missed.is_some_and(|(looks, since)| looks >= AWAY.0 && now - since >= AWAY.1)
    }

    /// Each fault is told once. After a reading a fault that passes is none: the card only moved.
    fn tell(&mut self, fault: CardFault) -> Option<CardFault> {
        self.lay_to_rest();
        if self.told.contains(&fault) || (self.read.is_some() && passes(fault)) {
            return None;
        }
        self.told.push(fault);
        Some(fault)
    }

    fn lay_to_rest(&mut self) {
        self.rest = self.next_rest;
        self.next_rest = (self.next_rest * 2).min(LONGEST_REST);
    }
}

/// Faults of a moment or a place, which say nothing about the card itself.
fn passes(fault: CardFault) -> bool {
    matches!(fault, CardFault::MovedTooEarly | CardFault::Garbled | CardFault::ReaderSilent)
}
