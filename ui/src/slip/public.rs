//! Slips of what anyone may read: a policy with its papers to tick off, the guide to one step.

use central_api::Text;
use receipt_printer::Receipt;
use visit::{GuideView, PolicyView};

use super::Wording;
use crate::adapters::policy::{standard, step};
use crate::words;

pub(super) fn policy(w: &Wording<'_>, receipt: Receipt, shown: &PolicyView) -> Receipt {
    let policy = &shown.policy;
    let mut receipt = receipt.heading(policy.title.zh_hans.clone());
    receipt = list(receipt.feed(1).heading(w.text.invoke_who()), &policy.who);
    receipt = list(receipt.feed(1).heading(w.text.invoke_what()), &policy.what);
    if !shown.standards.is_empty() {
        receipt = receipt.feed(1).heading(w.text.invoke_standards());
        for of in &shown.standards {
            let row = standard(w.window, of);
            receipt = receipt.pair(row.name, row.value).line(row.source);
        }
    }
    if !policy.papers.is_empty() {
        receipt = receipt.feed(1).heading(w.text.invoke_papers());
        for (paper, &ticked) in policy.papers.iter().zip(&shown.ticked) {
            receipt = receipt.line(w.text.invoke_paper(paper.name.zh_hans.as_str().into(), ticked));
            receipt = receipt_note(receipt, paper.note.as_ref());
        }
    }
    receipt = receipt.feed(1).heading(w.text.invoke_steps());
    for (number, of) in (1..).zip(&policy.steps) {
        let row = step(w.window, of);
        receipt = receipt.line(w.text.invoke_step(number, row.title)).line(row.what);
        receipt = if row.limit.is_empty() { receipt } else { receipt.line(row.limit) };
    }
    receipt = receipt
        .feed(1)
        .heading(w.text.invoke_place())
        .line(policy.place.zh_hans.clone())
        .pair(w.text.invoke_ask(), policy.phone.clone());
    receipt = match shown.offices.first() {
        Some(office) => w.office(receipt, office),
        None => receipt,
    };
    receipt = receipt.rule().heading(w.text.invoke_basis());
    policy.articles.iter().fold(receipt, |receipt, of| receipt.line(w.article(of)))
}

pub(super) fn guide(w: &Wording<'_>, receipt: Receipt, guide: &GuideView) -> Receipt {
    let said = step(w.window, &guide.step);
    let or = |text: slint::SharedString, other| if text.is_empty() { other } else { text };
    let mut receipt = receipt
        .pair(
            w.text.invoke_programme(),
            w.names.invoke_programme(words::programme(guide.programme)),
        )
        .heading(w.names.invoke_stage(words::stage(guide.stage)))
        .line(or(said.what, w.text.invoke_nothing_to_do()));
    if !said.place.is_empty() {
        receipt = receipt.feed(1).heading(w.text.invoke_place()).line(said.place);
    }
    receipt = receipt
        .feed(1)
        .heading(w.text.invoke_bring())
        .line(or(said.bring, w.text.invoke_nothing_to_bring()));
    for paper in &guide.papers {
        receipt = receipt.line(w.text.invoke_paper(paper.name.zh_hans.as_str().into(), false));
        receipt = receipt_note(receipt, paper.note.as_ref());
    }
    if !said.limit.is_empty() {
        receipt = receipt.feed(1).heading(w.text.invoke_limit()).line(said.limit);
    }
    w.office(receipt.rule(), &guide.office)
}

fn list(receipt: Receipt, texts: &[Text]) -> Receipt {
    (1..).zip(texts).fold(receipt, |receipt, (number, text)| {
        receipt.line(format!("{number}. {}", text.zh_hans))
    })
}

fn receipt_note(receipt: Receipt, note: Option<&Text>) -> Receipt {
    match note {
        Some(note) => receipt.line(note.zh_hans.clone()),
        None => receipt,
    }
}
