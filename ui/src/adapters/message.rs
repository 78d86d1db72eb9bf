//! Outcomes and faults.

use slint::ComponentHandle;
use visit::{CardFault, CentralFault, Fault, PrintOutcome, PrinterFault, ProblemView, UiEvent};

use super::Sink;
use crate::generated::{AppWindow, MessageAdapter, MessageId, MessageView};

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    let adapter = window.global::<MessageAdapter>();
    adapter.on_retry(sink.says(UiEvent::Retry));
    adapter.on_type_number(sink.says(UiEvent::TypeNumber));
    adapter.on_back(sink.says(UiEvent::Back));
}

pub(super) fn slip(outcome: PrintOutcome) -> MessageView {
    let retry = outcome != PrintOutcome::Printed;
    view(Fault::Printer(outcome), retry, false)
}

pub(super) fn problem(problem: ProblemView) -> MessageView {
    view(problem.fault, problem.retry, problem.type_number)
}

fn view(fault: Fault, retry: bool, type_number: bool) -> MessageView {
    let minutes = match fault {
        Fault::Central(CentralFault::TooManyAttempts { retry_after_s }) => {
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
        Fault::Filing(_) => MessageId::PublicMissing,
        Fault::ClockJumped => MessageId::ClockJumped,
        Fault::PublicMissing => MessageId::PublicMissing,
    }
}
