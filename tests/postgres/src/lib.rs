//! A private PostgreSQL server for tests: a cluster of its own in a temporary folder, reached by a
//! socket there, so that nothing of the machine's is touched and no port is taken. It ends with the
//! value, and with the test's process too.
//!
//! Without PostgreSQL's programs a test fails: a green run has run on both engines.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "only tests use this"
)]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;

/// A server with nothing in it.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    server: Option<Child>,
    databases: AtomicU32,
    is_durable: bool,
}

impl Cluster {
    /// Makes a cluster and starts its server.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub fn start() -> Self {
        Self::make(false)
    }

    /// The same, but what is committed is on the disk: as people run it, and slower.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub fn durable() -> Self {
        Self::make(true)
    }

    fn make(is_durable: bool) -> Self {
        let programs = programs();
        // Not below the usual temporary folder's own name where that is long: a socket's path may
        // have 107 bytes.
        let folder = tempfile::Builder::new()
            .prefix("pg")
            .tempdir_in(env::temp_dir())
            .expect("a folder");
        if let Some((user, group)) = servant() {
            chown(folder.path(), Some(user), Some(group)).expect("the folder given away");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).expect("a mode");
        let data = folder.path().join("data");
        let made = command(&programs.join("initdb"))
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
            .args(["--no-sync", "--no-instructions", "--locale=C", "--pgdata"])
            .arg(&data)
            .current_dir(folder.path())
            .output()
            .expect("initdb runs");
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        let mut cluster = Self {
            folder,
            programs,
            server: None,
            databases: AtomicU32::new(0),
            is_durable,
        };
        cluster.resume();
        cluster
    }

    /// Starts the server again after [`Cluster::stop`].
    ///
    /// # Panics
    /// When it does not start.
    pub fn resume(&mut self) {
        let folder = self.folder.path();
        let fsync = if self.is_durable {
            "fsync=on"
        } else {
            "fsync=off"
        };
        let mut server = command(&self.programs.join("postgres"))
            .arg("-D")
            .arg(folder.join("data"))
            .arg("-k")
            .arg(folder)
            .args(["-c", "listen_addresses=", "-c", fsync])
            .args([
                "-c",
                "max_connections=200",
                "-c",
                "log_min_messages=warning",
            ])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("postgres runs");
        // It says so itself when it takes connections; what it says afterwards is read on, so that
        // it never waits for us.
        let mut lines = BufReader::new(server.stderr.take().expect("a pipe")).lines();
        let mut said = String::new();
        loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("postgres ended: {said}"));
            let line = line.expect("text");
            if line.contains("ready to accept connections") {
                break;
            }
            said = said + &line + "\n";
        }
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        self.server = Some(server);
    }

    /// Ends the server at once, as a power cut does; what was there stays for
    /// [`Cluster::resume`].
    ///
    /// # Panics
    /// When it cannot be ended.
    pub fn stop(&mut self) {
        let Some(mut server) = self.server.take() else {
            return;
        };
        let done = command(&self.programs.join("pg_ctl"))
            .args(["stop", "--mode=immediate", "--silent", "-D"])
            .arg(self.folder.path().join("data"))
            .current_dir(self.folder.path())
            .status();
        if !done.is_ok_and(|status| status.success()) {
            server.kill().expect("the server ends");
        }
        server.wait().expect("the server ended");
    }

    /// The address of a new empty database.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self) -> String {
        let name = format!("test{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        let folder = self.folder.path().to_str().expect("a path of text");
        format!("postgres://postgres@localhost/{name}?host={folder}")
    }

    /// Sends a statement to a database and says what came of it.
    ///
    /// # Panics
    /// When it fails.
    pub fn sql(&self, database: &str, statement: &str) -> String {
        let done = Command::new(self.programs.join("psql"))
            .args([
                "-X", "-q", "-t", "-A", "-U", "postgres", "-d", database, "-h",
            ])
            .arg(self.folder.path())
            .args(["-c", statement])
            .output()
            .expect("psql runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8(done.stdout).expect("text")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // Nothing in it is worth an orderly end.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// PostgreSQL refuses to run as root: then it runs as the package's own user.
fn servant() -> Option<(u32, u32)> {
    let me = fs::metadata("/proc/self").ok()?.uid();
    if me != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let line = users
        .lines()
        .find(|line| line.starts_with("postgres:"))
        .expect("PostgreSQL's package makes a user `postgres`: install it, or run scripts/setup");
    let mut numbers = line
        .split(':')
        .skip(2)
        .map(|n| n.parse().expect("a number"));
    Some((numbers.next()?, numbers.next()?))
}

/// A program of PostgreSQL's as whoever may run it, ended when this process is.
fn command(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if let Some((user, group)) = servant() {
        command.args([
            format!("--reuid={user}"),
            format!("--regid={group}"),
            "--clear-groups".to_owned(),
        ]);
    }
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command.env_clear().env("PATH", "/usr/bin:/bin");
    command
}

/// The folder of the newest installed programs.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            let programs = path.join("bin");
            programs
                .join("initdb")
                .is_file()
                .then_some((version, programs))
        })
        .collect();
    found.sort();
    let beside_path = || {
        let path = env::var_os("PATH")?;
        env::split_paths(&path).find(|folder| folder.join("initdb").is_file())
    };
    found
        .pop()
        .map(|(_, folder)| folder)
        .or_else(beside_path)
        .expect(
            "PostgreSQL is not installed: run scripts/setup (on Debian: the package postgresql)",
        )
}
