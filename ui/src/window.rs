//! The window and the only way into it from other threads.

use slint::{ComponentHandle, Weak};
use visit::{Screen, UiEvent};

use crate::adapters::{self, Sink};
use crate::generated::{AppWindow, Theme};
use crate::slip;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum UiError {
    /// The display could not be opened.
    #[error("cannot open the display")]
    Open(#[source] slint::PlatformError),
    /// The event loop ended with an error.
    #[error("the display's event loop failed")]
    Run(#[source] slint::PlatformError),
}

/// The kiosk's window; lives on the thread that made it.
pub struct Ui {
    window: AppWindow,
}

impl Ui {
    /// Makes the window, for a panel of `pixels_per_mm`. Presses go to `sink`.
    ///
    /// # Errors
    /// When there is no display.
    pub fn new(
        sink: impl Fn(UiEvent) + 'static,
        fullscreen: bool,
        pixels_per_mm: f32,
    ) -> Result<Self, UiError> {
        let window = AppWindow::new().map_err(UiError::Open)?;
        window.global::<Theme>().set_mm(pixels_per_mm);
        window.window().set_fullscreen(fullscreen);
        adapters::connect(&window, &Sink::new(sink));
        Ok(Self { window })
    }

    /// Asks for a size in pixels; a full-screen window gets its panel's instead.
    pub fn set_size(&self, width: u32, height: u32) {
        self.window.window().set_size(slint::PhysicalSize::new(width, height));
        self.window.global::<Theme>().set_portrait(height > width);
    }

    /// Shows a screen. Everything the last one held is overwritten.
    pub fn show(&self, screen: &Screen) {
        adapters::show(&self.window, screen);
    }

    /// A handle for other threads.
    #[must_use]
    pub fn handle(&self) -> UiHandle {
        UiHandle(self.window.as_weak())
    }

    /// The component, for snapshots and for finding elements by their accessible names.
    #[must_use]
    pub fn component(&self) -> &AppWindow {
        &self.window
    }

    /// Whether every screen that can hold a resident's data is empty.
    #[must_use]
    pub fn holds_nothing_personal(&self) -> bool {
        adapters::is_empty(&self.window)
    }

    /// Runs until [`UiHandle::quit`].
    ///
    /// # Errors
    /// When the display fails.
    pub fn run(&self) -> Result<(), UiError> {
        self.window.show().map_err(UiError::Open)?;
        slint::run_event_loop_until_quit().map_err(UiError::Run)
    }
}

/// Reaches the window from any thread.
#[derive(Clone)]
pub struct UiHandle(Weak<AppWindow>);

impl UiHandle {
    /// Shows a screen as soon as the window's thread can.
    pub fn show(&self, screen: Screen) {
        self.in_window(move |window| adapters::show(window, &screen));
    }

    /// Words a slip on the window's thread and hands it on.
    pub fn word(
        &self,
        slip: Box<visit::Receipt>,
        then: impl FnOnce(receipt_printer::Receipt) + Send + 'static,
    ) {
        self.in_window(move |window| then(slip::word(window, &slip)));
    }

    /// Ends [`Ui::run`].
    pub fn quit(&self) {
        self.in_window(|_| {
            if let Err(error) = slint::quit_event_loop() {
                tracing::debug!(%error, "already ended");
            }
        });
    }

    fn in_window(&self, work: impl FnOnce(&AppWindow) + Send + 'static) {
        if let Err(error) = self.0.upgrade_in_event_loop(move |window| work(&window)) {
            tracing::debug!(%error, "no window any more");
        }
    }
}
