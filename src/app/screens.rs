//! Where screens go.

use receipt_printer::Receipt;
use visit::Screen;

/// Takes a worded slip.
pub type Then = Box<dyn FnOnce(Receipt) + Send>;

/// Shows screens and words slips. Nothing here may block for long.
pub trait Screens: Send + 'static {
    /// Shows a screen in place of the last one.
    fn show(&self, screen: Screen);

    /// Words a slip and hands it to `then`, once.
    fn word(&self, slip: Box<visit::Receipt>, then: Then);

    /// The kiosk has ended.
    fn quit(&self);
}

impl Screens for kiosk_ui::UiHandle {
    fn show(&self, screen: Screen) {
        Self::show(self, screen);
    }

    fn word(&self, slip: Box<visit::Receipt>, then: Then) {
        Self::word(self, slip, then);
    }

    fn quit(&self) {
        Self::quit(self);
    }
}
