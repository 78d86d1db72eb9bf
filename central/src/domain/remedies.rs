//! Where to object to a decision (社会救助法 art. 76).
//!
//! The periods are those of 行政复议法 (2023) art. 20 and 行政诉讼法 (2017) art. 46. A last day that
//! falls on a holiday is not moved: the earlier date is the safe one to show.

use central_api::{Article, Remedy, Text};
use jiff::{ToSpan, civil::Date};

/// The two ways, with their last days counted from the day of written notice.
#[must_use]
pub(crate) fn remedies(notified_on: Option<Date>, review_body: &Text, court: &Text) -> Vec<Remedy> {
    let until = |span| notified_on.and_then(|day| day.checked_add(span).ok());
    vec![
        Remedy {
            way: text("行政复议", "Administrative review"),
            body: review_body.clone(),
            until: until(60.days()),
            article: article("中华人民共和国行政复议法", "第二十条"),
        },
        Remedy {
            way: text("行政诉讼", "Administrative lawsuit"),
            body: court.clone(),
            until: until(6.months()),
            article: article("中华人民共和国行政诉讼法", "第四十六条"),
        },
    ]
}

fn text(zh: &str, en: &str) -> Text {
    Text { en: Some(en.to_owned()), ..Text::zh(zh) }
}

fn article(instrument: &str, article: &str) -> Article {
    Article { instrument: instrument.to_owned(), article: article.to_owned() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn sixty_days_and_six_months_from_the_notice() {
        let body = Text::zh("某机关");
        let days =
            |notified| remedies(notified, &body, &body).iter().map(|r| r.until).collect::<Vec<_>>();
        assert_eq!(
            days(Some(date(2026, 8, 31))),
            [Some(date(2026, 10, 30)), Some(date(2027, 2, 28))]
        );
        assert_eq!(days(None), [None, None]);
    }
}
