//! What fingers and keys say.

use std::fmt;

/// Words of the screen's language that something begins with. `Debug` reveals nothing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Worded {
    /// What it is about, for the person.
    pub about: String,
    /// What the text begins with; may be empty.
    pub text: String,
}

impl fmt::Debug for Worded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Worded(..)")
    }
}

/// A press, with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UiEvent {
    /// One of the four services on the home screen.
    Open(Service),
    /// Type the number instead of using a card.
    TypeNumber,
    /// A key of the on-screen pad.
    Key(Key),
    /// What is typed or chosen is complete: on to the next step.
    Submit,
    /// The n-th item of a list.
    Choose(usize),
    /// Print the slip.
    Print,
    /// Try the failed thing again.
    Retry,
    /// One step back.
    Back,
    /// To the home screen, ending a personal visit.
    Home,
    /// End the visit now.
    End,
    /// How it works.
    Help,
    /// Still here.
    Stay,
    /// Answer to "another card": end this visit and show the other.
    SwitchCard(bool),
    /// Show or hide the keys of a list's search.
    Search,
    /// The n-th candidate of what is being written.
    Pick(usize),
    /// Tick the n-th paper off, or back on.
    Tick(usize),
    /// Another part of the public notices.
    Show(NoticePart),
    /// Narrow the list of notices by this.
    Narrow(Narrowing),
    /// What happens at the n-th station of an application, and what to bring.
    Guide(usize),
    /// How to object to a decision.
    Remedies,
    /// The offices, nearest first.
    Offices,
    /// Complain; about what is on the screen, if that is something.
    Complain(Worded),
    /// How a complaint filed earlier stands.
    AskStanding,
    /// Sign the complaint with one's name, or not.
    Sign(bool),
}

/// A part of 信息公示.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NoticePart {
    /// 公示 and 公布.
    #[default]
    Names,
    /// Standards.
    Standards,
    /// The use of funds and goods.
    Funds,
}

/// What the list of notices can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Narrowing {
    /// Town or street.
    Town,
    /// Programme.
    Programme,
    /// 公示 or 公布.
    Kind,
    /// Month of the first day shown.
    Month,
}

/// A key of the on-screen pad.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A character as it is.
    Character(char),
    /// A Latin letter of pinyin.
    Letter(char),
    /// Erase the last one.
    Erase,
    /// Erase all.
    Clear,
}

/// Typed characters can be an identity number: never shown.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The four services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// 救助政策.
    Policies,
    /// 信息公示.
    Notices,
    /// 救助进度.
    Progress,
    /// 投诉举报.
    Complaints,
}
