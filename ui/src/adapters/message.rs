//! Outcomes and faults.

use slint::{ComponentHandle, SharedString};
use visit::{
    Body, CardFault, CentralFault, Fault, FilingFault, PrintOutcome, PrinterFault, ProblemView,
    UiEvent,
};

use super::Sink;
use crate::generated::{AppWindow, MessageAdapter, MessageId, MessageView, Wording};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<MessageAdapter>();
    adapter.on_retry(sink.says(UiEvent::Retry));
    adapter.on_type_number(sink.says(UiEvent::TypeNumber));
    adapter.on_back(sink.says(UiEvent::Back));
}

shows!(MessageAdapter, |window|
    Body::Slip { outcome } => slip(*outcome),
    Body::Problem(told) => problem(*told)
);

/// What became of a slip whose screen was left, and what to do.
pub(crate) fn failed_slip(
    window: &AppWindow,
    outcome: PrintOutcome,
) -> (SharedString, SharedString) {
    let what = message(Fault::Printer(outcome));
    let wording = window.global::<Wording>();
    (wording.invoke_title(what), wording.invoke_advice(what))
}

fn slip(outcome: PrintOutcome) -> MessageView {
    let retry = outcome != PrintOutcome::Printed;
    view(Fault::Printer(outcome), retry, false)
}

fn problem(problem: ProblemView) -> MessageView {
    view(problem.fault, problem.retry, problem.type_number)
}

fn view(fault: Fault, retry: bool, type_number: bool) -> MessageView {
    let minutes = match fault {
        Fault::Central(CentralFault::TooManyAttempts { retry_after_s })
        | Fault::Standing(CentralFault::TooManyAttempts { retry_after_s }) => {
            retry_after_s.div_ceil(60)
        }
        _ => 0,
    };
    MessageView {
        what: message(fault),
        code: fault.code().into(),
        minutes: i32::try_from(minutes.max(1)).unwrap_or(i32::MAX),
        retry,
        type_number,
    }
}

fn message(fault: Fault) -> MessageId {
    match fault {
        Fault::Card(fault) => match fault {
            CardFault::MovedTooEarly => MessageId::CardMoved,
            CardFault::NeedsIdReader => MessageId::CardNeedsIdReader,
            CardFault::NeedsSocialReader => MessageId::CardNeedsSocialReader,
            CardFault::NotSupported => MessageId::CardUnsupported,
            CardFault::CannotVerify => MessageId::CardUnverified,
            CardFault::Refused => MessageId::CardRefused,
            CardFault::Garbled => MessageId::CardGarbled,
            CardFault::ReaderSilent => MessageId::CardReaderSilent,
        },
        Fault::Central(fault) => match fault {
            CentralFault::NotFound => MessageId::CentralNotFound,
            CentralFault::TooManyAttempts { .. } => MessageId::CentralTooMany,
            CentralFault::ReaderNotEnrolled => MessageId::CentralReaderUnknown,
            CentralFault::KioskRefused => MessageId::CentralKioskRefused,
            CentralFault::Unreachable => MessageId::CentralUnreachable,
            CentralFault::Slow => MessageId::CentralSlow,
            CentralFault::Rubbish => MessageId::CentralRubbish,
        },
        Fault::Standing(CentralFault::NotFound) => MessageId::StandingNotFound,
        Fault::Standing(CentralFault::TooManyAttempts { .. }) => MessageId::StandingTooMany,
        Fault::Standing(fault) => message(Fault::Central(fault)),
        Fault::Printer(PrintOutcome::Printed) => MessageId::SlipPrinted,
        Fault::Printer(PrintOutcome::Unknown(_)) => MessageId::SlipUnknown,
        Fault::Printer(PrintOutcome::NotStarted(fault)) => match fault {
            PrinterFault::PaperOut => MessageId::SlipPaperOut,
            PrinterFault::CoverOpen => MessageId::SlipCoverOpen,
            PrinterFault::Jam => MessageId::SlipJam,
            PrinterFault::Overheated => MessageId::SlipHot,
            PrinterFault::Offline => MessageId::SlipOffline,
            PrinterFault::Gone => MessageId::SlipGone,
            PrinterFault::Silent => MessageId::SlipSilent,
            PrinterFault::Broken => MessageId::SlipBroken,
        },
        Fault::Filing(FilingFault::Full) => MessageId::FilingFull,
        Fault::Filing(FilingFault::Disk) => MessageId::FilingDisk,
        Fault::Filing(FilingFault::NoKey) => MessageId::FilingNoKey,
        Fault::Filing(FilingFault::Silent) => MessageId::FilingSilent,
        // A jump of the clock is no screen's news; it is told in the band.
        Fault::ClockJumped | Fault::PublicMissing => MessageId::PublicMissing,
    }
}
