//! The programs themselves, executor and terminal, and what becomes of them.

mod after;
mod crash;
mod full_disk;
