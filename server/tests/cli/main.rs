//! The program as a user meets it: commands, files, messages and exit statuses.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod account;
mod account_export;
mod account_hostile;
mod account_postgres;
mod account_second_factor;
mod admin;
mod api_access;
mod api_client;
mod api_document;
mod api_flow;
mod api_market;
mod api_payment;
mod api_strategy;
mod backtest;
mod bad_history;
mod bad_options;
mod bad_strategy;
mod browser;
mod collector;
mod documented;
mod download;
mod full_disk;
mod history;
mod live;
mod machine;
mod notification;
mod operation;
mod operator;
mod payment;
mod payment_once;
mod scale;
mod serve;
mod shop;
#[allow(dead_code, reason = "only tests beside the code have it refuse")]
#[path = "../fake/smtp.rs"]
mod smtp;
mod staff;
mod strategy;
mod strategy_page;
mod support;
mod sweep;
mod web;
mod web_history;
mod web_host;
mod web_run;
mod web_visitor;
mod worker;
