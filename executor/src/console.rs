//! The console that the program was started from. A program of Windows' graphical kind, which opens no
//! console of its own, has none either when a trader starts it from one.

use std::{io, os::windows::io::AsRawHandle as _};
use win32console::console::WinConsole;

/// Windows' name for the process that started this one.
const PARENT: u32 = u32::MAX;

/// Takes the console of whoever started the program, where that has one and output goes nowhere yet.
pub fn attach() {
    if io::stdout().as_raw_handle().is_null() {
        // Started from the desktop there is none; the file of the log has every line.
        let _ = WinConsole::attach_console(PARENT);
    }
}
