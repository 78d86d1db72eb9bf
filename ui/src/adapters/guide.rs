//! What happens at a station, and what to bring.

use slint::ComponentHandle;
use visit::{Body, UiEvent};

use super::{Sink, policy};
use crate::generated::{AppWindow, GuideAdapter, GuideView};
use crate::words;

pub(super) fn connect(window: &AppWindow, sink: &Sink) {
    window.global::<GuideAdapter>().on_print(sink.says(UiEvent::Print));
}

shows!(GuideAdapter, |window| Body::Guide(guide) => view(window, guide));

fn view(window: &AppWindow, guide: &visit::GuideView) -> GuideView {
    let step = policy::step(window, &guide.step);
    GuideView {
        programme: words::programme(guide.programme),
        stage: words::stage(guide.stage),
        what: step.what,
        place: step.place,
        bring: step.bring,
        limit: step.limit,
        papers: words::list(guide.papers.iter().map(|paper| policy::paper(paper, false))),
        office: words::office(window, Some(&guide.office)),
        can_print: guide.can_print,
    }
}
