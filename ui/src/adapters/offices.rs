//! The offices, nearest first.

use visit::Body;

use crate::generated::OfficesView;
use crate::words;

shows!(OfficesAdapter, |window| Body::Offices(offices) => OfficesView {
    offices: words::list(offices.iter().map(|office| words::office(window, Some(office)))),
});
