//! Slips of a complaint: its receipt, and how it stands. Neither repeats what was written.

use central_api::ComplaintStanding;
use receipt_printer::Receipt;
use visit::FiledView;

use super::Wording;
use crate::words;

pub(super) fn filed(w: &Wording<'_>, receipt: Receipt, filed: &FiledView) -> Receipt {
    let mut receipt = receipt
        .pair(w.text.invoke_kind(), w.names.invoke_complaint(words::complaint_kind(filed.kind)))
        .pair(w.text.invoke_name(), w.text.invoke_signed(filed.signed))
        .feed(1)
        .line(w.text.invoke_complaint_number())
        .heading(words::grouped(&filed.tracking_number, &[5]))
        .line(w.text.invoke_complaint_code())
        .heading(words::grouped(&filed.query_code, &[4]))
        .feed(1);
    if let Some(route) = &filed.route {
        receipt = receipt
            .pair(w.text.invoke_receiver(), route.receiver.zh_hans.clone())
            .pair(w.text.invoke_phone(), route.phone.clone())
            .line(route.promise.zh_hans.clone());
        for article in &route.articles {
            receipt = receipt.line(w.article(article));
        }
    }
    receipt.rule().line(w.text.invoke_keep())
}

pub(super) fn standing(w: &Wording<'_>, receipt: Receipt, of: &ComplaintStanding) -> Receipt {
    let mut receipt = receipt
        .pair(w.text.invoke_kind(), w.names.invoke_complaint(words::complaint_kind(of.kind)))
        .pair(w.text.invoke_complaint_number(), words::grouped(&of.tracking_number, &[5]))
        .pair(w.text.invoke_received(), w.day(of.received_on))
        .pair(w.text.invoke_receiver(), of.receiver.zh_hans.clone())
        .rule();
    receipt = match &of.reply {
        Some(reply) => receipt
            .heading(w.text.invoke_answer())
            .line(w.day(reply.on))
            .line(reply.text.zh_hans.clone()),
        None => {
            let receipt = receipt.heading(w.text.invoke_no_answer());
            match &of.deadline {
                Some(limit) => receipt
                    .line(w.names.invoke_answer_limit(words::limit(Some(limit))))
                    .line(w.article(&limit.article)),
                None => receipt,
            }
        }
    };
    match &of.office {
        Some(office) => w.office(receipt.rule(), office),
        None => receipt,
    }
}
