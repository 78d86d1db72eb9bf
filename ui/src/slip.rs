//! Words a slip in the language of the screen.

mod complaint;
mod progress;
mod public;

use receipt_printer::Receipt;
use slint::{ComponentHandle, SharedString};
use visit::Sheet;

use crate::generated::{AppWindow, SlipText, Words};
use crate::words;

/// What wording needs: the window for shared pieces, and the texts.
struct Wording<'a> {
    window: &'a AppWindow,
    text: SlipText<'a>,
    names: Words<'a>,
}

/// The document of a slip.
pub(crate) fn word(window: &AppWindow, slip: &visit::Receipt) -> Receipt {
    let w = Wording { window, text: window.global(), names: window.global() };
    let title = match &slip.what {
        Sheet::Progress { .. } => w.text.invoke_progress(),
        Sheet::Remedies { .. } => w.text.invoke_remedies(),
        Sheet::Guide(_) => w.text.invoke_guide(),
        Sheet::Policy(_) => w.text.invoke_policy(),
        Sheet::Complaint(_) => w.text.invoke_complaint(),
        Sheet::Standing(_) => w.text.invoke_standing(),
    };
    let time = slip.printed_at;
    let printed =
        w.text.invoke_time(words::day(Some(time.date())), time.hour().into(), time.minute().into());
    let receipt = Receipt::new()
        .title(w.text.invoke_copy(title, slip.reprint))
        .feed(1)
        .pair(w.text.invoke_hall(), slip.hall.clone())
        .pair(w.text.invoke_printed(), printed)
        .rule();
    match &slip.what {
        Sheet::Progress { number, application } => {
            progress::progress(&w, receipt, number, application)
        }
        Sheet::Remedies { number, application } => {
            progress::remedies(&w, receipt, number, application)
        }
        Sheet::Guide(guide) => public::guide(&w, receipt, guide),
        Sheet::Policy(policy) => public::policy(&w, receipt, policy),
        Sheet::Complaint(filed) => complaint::filed(&w, receipt, filed),
        Sheet::Standing(standing) => complaint::standing(&w, receipt, standing),
    }
}

impl Wording<'_> {
    fn day(&self, day: jiff::civil::Date) -> SharedString {
        self.names.invoke_day(words::day(Some(day)))
    }

    fn article(&self, article: &central_api::Article) -> SharedString {
        let article = words::article(article);
        self.names.invoke_article(article.instrument, article.article)
    }

    /// Whom to ask.
    fn office(&self, receipt: Receipt, office: &central_api::Office) -> Receipt {
        receipt
            .pair(self.text.invoke_ask(), office.name.zh_hans.clone())
            .pair(self.text.invoke_phone(), office.phone.clone())
            .line(office.address.zh_hans.clone())
            .line(office.hours.zh_hans.clone())
    }
}
