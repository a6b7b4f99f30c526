//! phoenix-executor.exe under Wine.

use std::{
    ffi::OsString,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
};

/// The program at work; ended with the test, however that ends.
pub(crate) struct Executor {
    child: Child,
    says: Receiver<String>,
    /// Every line that it said.
    said: Vec<String>,
}

impl Executor {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (send, says) = mpsc::channel();
        // Read at once: a program whose pipe is full stands still.
        std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .try_for_each(|line| send.send(line))
        });
        Self {
            child,
            says,
            said: Vec::new(),
        }
    }

    /// What is behind these words in the next line that has them.
    pub(crate) fn wait(&mut self, words: &str) -> String {
        loop {
            let line = self.says.recv();
            let line = line.unwrap_or_else(|_| panic!("no {words:?} in {:#?}", self.said));
            self.said.push(line.clone());
            if let Some((_, rest)) = line.split_once(words) {
                return rest.trim().to_owned();
            }
        }
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `scripts/test-windows` says.
pub(crate) fn told(variable: &str) -> OsString {
    std::env::var_os(variable)
        .unwrap_or_else(|| panic!("{variable} is not set: run scripts/test-windows"))
}

/// The program with the options of a run without a tray.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(told("PHOENIX_WINE"));
    command.arg(told("PHOENIX_WINDOWS_EXE")).args(arguments);
    command.stdin(Stdio::null());
    command
}

/// A path as Windows programs under Wine write it.
pub(crate) fn windows(path: &Path) -> String {
    format!("Z:{}", path.display())
}

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
