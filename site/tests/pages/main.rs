//! Promises that every page keeps, in every state and in both languages.

mod billing;
mod device;
mod form;
mod html;
mod live;
mod promise;
mod states;
mod words;
