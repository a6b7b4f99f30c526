//! Tests of sentences that no ready strategy holds.
