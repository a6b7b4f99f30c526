//! Tests of every kind of fault.
