//! Answers, by the route as it is written in the router: a path could hold anything.

use super::{Labels, METERS, recent::Recent};
use crate::clock::now;
use axum::http::Method;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

/// From what a cached answer takes to what no request may.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0,
];

type Seconds = Family<Labels, Histogram, fn() -> Histogram>;

/// Counts of requests.
pub(super) struct Requests {
    answers: Family<Labels, Counter>,
    seconds: Seconds,
    rate: Family<Labels, Gauge<f64, AtomicU64>>,
    recent: Mutex<BTreeMap<String, Recent>>,
    streams: Gauge,
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}

impl Requests {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let new = Self {
            answers: Family::default(),
            seconds: Seconds::new_with_constructor(seconds),
            rate: Family::default(),
            recent: Mutex::default(),
            streams: Gauge::default(),
        };
        registry.register(
            "http_requests",
            "Answered requests, by method, route and class of the status",
            new.answers.clone(),
        );
        registry.register(
            "http_request_duration_seconds",
            "From the last line of a request's head to the first of its answer, by method and route",
            new.seconds.clone(),
        );
        registry.register(
            "api_error_rate",
            "Which share of the answers of the last five minutes had a status of this class, 0 to \
             1, by route; 501 is no error",
            new.rate.clone(),
        );
        registry.register(
            "event_streams_open",
            "Connections over which events are pushed at this moment",
            new.streams.clone(),
        );
        new
    }

    /// Says which share of the last answers were errors.
    pub(super) fn refresh(&self) {
        let at = now();
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        for (route, recent) in recent.iter() {
            let shares = recent.shares(at);
            for (class, share) in [("4xx", shares.client), ("5xx", shares.server)] {
                let labels = vec![("route", route.clone()), ("class", class.to_owned())];
                self.rate.get_or_create(&labels).set(share);
            }
        }
    }
}

/// A request was answered.
pub(crate) fn answered(method: &Method, route: &str, status: u16, took: Duration) {
    let requests = &METERS.requests;
    let labels = vec![("method", named(method)), ("route", route.to_owned())];
    let seconds = requests.seconds.get_or_create(&labels);
    seconds.observe(took.as_secs_f64());
    drop(seconds);
    let mut labels = labels;
    labels.push(("status", format!("{}xx", status / 100)));
    requests.answers.get_or_create(&labels).inc();
    let mut recent = requests
        .recent
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    recent
        .entry(route.to_owned())
        .or_default()
        .count(status, now());
}

/// Whoever asks may invent methods; we count those that there are.
fn named(method: &Method) -> String {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    if known.contains(method) {
        method.to_string()
    } else {
        "other".to_owned()
    }
}

/// An open stream of events; it is counted as long as this is kept.
#[derive(Debug)]
pub(crate) struct Stream(());

/// A stream of events was opened.
pub(crate) fn stream() -> Stream {
    METERS.requests.streams.inc();
    Stream(())
}

impl Drop for Stream {
    fn drop(&mut self) {
        METERS.requests.streams.dec();
    }
}
