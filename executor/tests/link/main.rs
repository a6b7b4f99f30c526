//! The executor's end of the link, from outside: against DEALERs of zmq.rs and of libzmq, and
//! against bytes that no DEALER sends.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod crowd;
mod hostile;
mod libzmq;
mod peer;
mod silence;
mod talk;
