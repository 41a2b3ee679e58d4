//! How much is asked and how long it takes, in Prometheus's text format.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the buckets, in seconds.
const BUCKETS: [f64; 8] = [0.005, 0.02, 0.05, 0.15, 0.5, 2.0, 10.0, 60.0];

#[derive(Debug, Default)]
pub(super) struct Metrics(Mutex<BTreeMap<(String, u16), Times>>);

#[derive(Debug, Default)]
struct Times {
    n: u64,
    seconds: f64,
    within: [u64; BUCKETS.len()],
}

impl Metrics {
    /// A request is answered; `route` is a pattern such as `/stories/{id}`, so that there are only so many.
    pub(super) fn count(&self, route: &str, status: u16, took: Duration) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = all.entry((route.to_owned(), status)).or_default();
        let seconds = took.as_secs_f64();
        times.n += 1;
        times.seconds += seconds;
        for (within, end) in times.within.iter_mut().zip(BUCKETS) {
            *within += u64::from(seconds <= end);
        }
    }

    pub(super) fn text(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out =
            "# HELP sayso_request_seconds How long requests took.\n# TYPE sayso_request_seconds histogram\n"
                .to_owned();
        for ((route, status), times) in all.iter() {
            let labels = format!("route=\"{route}\",status=\"{status}\"");
            for (within, end) in times.within.iter().zip(BUCKETS) {
                let _ = writeln!(out, "sayso_request_seconds_bucket{{{labels},le=\"{end}\"}} {within}");
            }
            let _ = writeln!(out, "sayso_request_seconds_bucket{{{labels},le=\"+Inf\"}} {}", times.n);
            let _ = writeln!(out, "sayso_request_seconds_sum{{{labels}}} {}", times.seconds);
            let _ = writeln!(out, "sayso_request_seconds_count{{{labels}}} {}", times.n);
        }
        out
    }
}
