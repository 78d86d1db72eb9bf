//! The session's thread: events in, actions carried out, screens shown.

use std::sync::mpsc::RecvTimeoutError;

use kiosk_config::Config;
use visit::{Action, Event, Screen, Session, Settings};

use super::{Clock, Screens};
use crate::central::{Central, Witness};
use crate::devices::{self, Desk, Pinyin};
use crate::error::AppError;
use crate::inbox::{Inbox, Mail, Message};

/// Ends the screen whichever way the session ends, a panic included.
struct Quit<'a, S: Screens>(&'a S);

impl<S: Screens> Drop for Quit<'_, S> {
    fn drop(&mut self) {
        self.0.quit();
    }
}

/// Runs until told to stop.
pub(super) fn run(
    config: &Config,
    inbox: &Inbox,
    mail: &Mail,
    screens: &impl Screens,
    clock: &Clock,
    witness: Witness,
) -> Result<(), AppError> {
    let quit = Quit(screens);
    let settings = Settings {
        first_visit: crate::central::random()?,
        idle_warning: config.session.idle_warning,
        idle_grace: config.session.idle_grace,
    };
    let mut session = Session::new(settings, clock.now());
    let mut shown = session.screen();
    screens.show(at_the_minute(shown.clone()));

    let central = Central::start(config, inbox, witness)?;
    let desk = Desk::start(&config.receipt_printer, inbox)?;
    let pinyin = Pinyin::start(&config.store, inbox)?;
    let readers = devices::watch_readers(&config.card_reader, inbox);
    tracing::info!(code = "APP-STARTED", kiosk = config.kiosk.id, "the kiosk is open");
    let ended = loop {
        let event = match mail.0.recv_timeout(session.wake_after()) {
            Ok(Message::Event(event)) => event,
            Err(RecvTimeoutError::Timeout) => Event::Tick,
            Ok(Message::Crashed(thread)) => break Err(AppError::Crashed(thread)),
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => break Ok(()),
        };
        for action in session.on(event, clock.now()) {
            match action {
                Action::OpenVisit(visit, evidence) => central.open(visit, evidence),
                Action::CloseVisit(visit) => central.close(visit),
                Action::Fetch(service) => central.fetch(service),
                Action::Print(slip, receipt) => {
                    let ticket = desk.ticket(slip);
                    screens.word(receipt, Box::new(move |receipt| ticket.print(receipt)));
                }
                Action::File(visit, filing) => central.file(visit, filing),
                Action::AskStanding(visit, question) => central.ask_standing(visit, question),
                Action::Compose(typing) => pinyin.compose(typing),
                Action::ForgetTyping => pinyin.forget(),
                Action::Log(fault) => {
                    tracing::warn!(code = fault.code(), "a resident was told of a fault");
                }
            }
        }
        let screen = at_the_minute(session.screen());
        if screen != shown {
            shown.clone_from(&screen);
            screens.show(screen);
        }
    };
    // The resident's screen first, then what may take a moment.
    drop((session, shown));
    drop(quit);
    drop(desk);
    central.stop();
    pinyin.stop();
    drop(readers);
    tracing::info!(code = "APP-ENDED", "the kiosk is closed");
    ended
}

/// The clock on the screen shows minutes; seconds would redraw it for nothing.
fn at_the_minute(mut screen: Screen) -> Screen {
    let clock = screen.frame.clock;
    screen.frame.clock = clock.date().at(clock.hour(), clock.minute(), 0, 0);
    screen
}
