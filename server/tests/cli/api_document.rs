//! The OpenAPI document holds what it says: schemathesis calls every path of it, with what it
//! allows and with what it forbids. No answer may be one of ours going wrong, and none may be
//! another than the document has. What is sent is the same every time.

use crate::{
    machine::{Machine, started, trader},
    support::root,
    web::Web,
};
use std::{env, path::PathBuf, process::Command};

/// Which calls are made up.
const SEED: &str = "20261121";
/// How many for each path.
const EXAMPLES: &str = "30";
/// A document without paths would pass too: there are far more cases than this.
const LEAST: u32 = 1_000;
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

/// Where `scripts/setup` installs it.
fn program() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| {
        PathBuf::from(env::var_os("HOME").unwrap_or_else(|| "/tmp".into())).join(".cache")
    });
    let program = cache.join("phoenix/schemathesis/bin/schemathesis");
    assert!(
        program.is_file(),
        "{} is not there: run scripts/setup",
        program.display()
    );
    program
}

/// Calls everything as somebody, but what is left out.
fn check(web: &Web, who: &str, without: &[&str]) {
    let place = tempfile::tempdir().unwrap();
    let mut command = Command::new(program());
    command
        // Its cache of failed examples would make the next run another.
        .current_dir(place.path())
        .arg("--config-file")
        .arg(root().join("tools/schemathesis/schemathesis.toml"))
        .args(["run", &format!("http://{}/api/openapi.json", web.host())])
        .args(["--header", who])
        .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
        .args(["--seed", SEED, "--max-examples", EXAMPLES, "--workers", "2"])
        .args(["--request-timeout", "30", "--continue-on-failure", "--no-shrink"])
        .args(["--generation-database", "none", "--no-color"])
        // Made-up keys would only meet the wait for who brings many wrong ones.
        .args(["--generation-with-security-parameters", "false"]);
    for path in without {
        command.args(["--exclude-path", path]);
    }
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(
        ran.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let passed = said.lines().find_map(|line| {
        let (_, passed) = line.trim().split_once(" generated, ")?;
        passed.strip_suffix(" passed")?.parse::<u32>().ok()
    });
    assert!(passed.is_some_and(|passed| passed > LEAST), "{said}");
}

/// A stream never ends; signing out would end everything after it.
const NEVER: [&str; 2] = ["/events", "/auth/sign-out"];

#[test]
fn document_holds_for_a_signed_in_trader() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let cookie = ada.known();
    check(&web, &cookie, &NEVER);
    assert_eq!(ada.get("/auth/me").status, 200, "still signed in");
}

#[test]
fn document_holds_for_an_executor() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    check(&web, &pc.known(), &NEVER);
    assert_eq!(pc.get("/auth/me").status, 200, "still known");
}
