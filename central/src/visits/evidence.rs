//! Evidence taken apart: whose record it points at, and how much it opens.

use central_api::{Evidence, VisitLevel};
use id_number::IdNumber;
use jiff::ToSpan;
use zeroize::Zeroizing;

use crate::{crypto::KeyedIndex, domain::query_code, shared::Shared, store::KnownCases};

const CARD: &str = "authenticated_card";
const COPYABLE_CARD: &str = "unauthenticated_card";
const TYPED: &str = "typed_number";

/// Evidence taken apart: the number's index, whether its holder is of age, the code if any.
pub(super) struct Shown<'a> {
    pub(super) word: &'static str,
    pub(super) person: KeyedIndex,
    pub(super) adult: bool,
    pub(super) sam_serial: Option<&'a str>,
    pub(super) code: Zeroizing<String>,
}

/// A number that is none goes the same way as one nobody is known by: its text is indexed.
pub(super) fn take_apart<'a>(app: &Shared, evidence: &'a Evidence) -> Shown<'a> {
    let (word, number, code, sam_serial) = match evidence {
        Evidence::AuthenticatedCard { number, sam_serial, .. } => {
            (CARD, number, "", Some(sam_serial.as_str()))
        }
        Evidence::UnauthenticatedCard { number, query_code } => {
            (COPYABLE_CARD, number, query_code.as_str(), None)
        }
        Evidence::TypedNumber { number, query_code } => (TYPED, number, query_code.as_str(), None),
    };
    let parsed = IdNumber::parse(number).ok();
    let today = app.clock.today();
    let adult = parsed
        .as_ref()
        .and_then(IdNumber::birth_date)
        .and_then(|born| born.checked_add(18.years()).ok())
        .is_some_and(|of_age| of_age <= today);
    let person = app.keys.person(parsed.as_ref().map_or(number.trim(), IdNumber::expose));
    let code = Zeroizing::new(query_code::normalise(code).unwrap_or_default());
    Shown { word, person, adult, sam_serial, code }
}

/// How much, and whose cases, a kind of evidence opens.
pub(super) fn scope(evidence: &str, adult: bool) -> (VisitLevel, KnownCases) {
    match (evidence, adult) {
        (CARD, true) => (VisitLevel::Full, KnownCases::Household),
        (CARD, false) => (VisitLevel::Full, KnownCases::Own),
        _ => (VisitLevel::Basic, KnownCases::Own),
    }
}

/// The word of a stored visit's evidence.
pub(super) fn evidence_word(stored: &str) -> &'static str {
    match stored {
        CARD => CARD,
        COPYABLE_CARD => COPYABLE_CARD,
        _ => TYPED,
    }
}
