//! Counters for Prometheus. Labels come from fixed words only, never from a request.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Mutex, PoisonError, atomic::Ordering},
};

use crate::store::WriterStats;

/// Counters of one process.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    counts: Mutex<BTreeMap<(&'static str, String), u64>>,
}

/// Name and help of each family, in the order shown.
const FAMILIES: [(&str, &str); 5] = [
    ("central_http_responses_total", "Responses by route and status."),
    ("central_visits_total", "Tries to open a visit by evidence and outcome."),
    ("central_kiosk_cap_reached_total", "Refusals because a kiosk served too many persons."),
    ("central_complaints_total", "Complaints sent by kiosks, by outcome."),
    ("central_complaint_replies_total", "Questions how a complaint stands, by outcome."),
];

impl Metrics {
    /// A response to `route` (the matched pattern, not the path).
    pub(crate) fn response(&self, route: &str, status: u16) {
        self.add(FAMILIES[0].0, format!("route=\"{route}\",status=\"{status}\""));
    }

    /// A try to open a visit.
    pub(crate) fn visit(&self, evidence: &'static str, outcome: &'static str) {
        self.add(FAMILIES[1].0, format!("evidence=\"{evidence}\",outcome=\"{outcome}\""));
    }

    /// A kiosk at its cap; `kiosk` is the id of an enrolled kiosk.
    pub(crate) fn kiosk_cap(&self, kiosk: &str) {
        self.add(FAMILIES[2].0, format!("kiosk=\"{kiosk}\""));
    }

    /// A complaint sent by a kiosk.
    pub(crate) fn complaint(&self, outcome: &'static str) {
        self.add(FAMILIES[3].0, format!("outcome=\"{outcome}\""));
    }

    /// A question how a complaint stands.
    pub(crate) fn complaint_reply(&self, outcome: &'static str) {
        self.add(FAMILIES[4].0, format!("outcome=\"{outcome}\""));
    }

    fn add(&self, family: &'static str, labels: String) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((family, labels)).or_default() += 1;
    }

    /// The text exposition format.
    pub(crate) fn render(&self, writer: &WriterStats) -> String {
        let mut text = String::new();
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (family, help) in FAMILIES {
            let _ = writeln!(text, "# HELP {family} {help}\n# TYPE {family} counter");
            for ((name, labels), count) in counts.iter().filter(|((name, _), _)| *name == family) {
                let _ = writeln!(text, "{name}{{{labels}}} {count}");
            }
        }
        for (name, help, value) in [
            ("central_store_commits_total", "Durable transactions.", &writer.commits),
            ("central_store_entries_total", "Entries in them.", &writer.entries),
            ("central_store_failures_total", "Failed transactions.", &writer.failures),
        ] {
            let value = value.load(Ordering::Relaxed);
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
        }
        text
    }
}
