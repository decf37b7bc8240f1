//! The program `with-database`.

mod common;

use std::process::{Command, Stdio};
use std::time::Duration;

use common::{ask, own_server};
use rustix::process::{Pid, Signal, kill_process};

fn with_database() -> Command {
    Command::new(env!("CARGO_BIN_EXE_with-database"))
}

#[test]
fn the_command_gets_a_database_and_its_exit_code_is_passed_on() {
    let output = with_database().args(["--", "sh", "-c", "echo $DATABASE_URL; exit 7"]).output().unwrap();

    assert_eq!(output.status.code(), Some(7));
    let url = String::from_utf8(output.stdout).unwrap();
    assert!(url.contains("/with_database_"), "{url}");
}

#[test]
fn the_database_on_a_given_server_is_dropped() {
    let server = own_server();
    let count = || ask(&server.url("postgres"), "SELECT count(*)::text FROM pg_database").unwrap();
    let before = count();

    let url = server.url("postgres");
    let output = with_database().env("DATABASE_URL", url).args(["sh", "-c", "echo $DATABASE_URL"]).output().unwrap();

    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains("/with_database_"));
    assert_eq!(count(), before);
}

#[test]
fn sigterm_reaches_the_command_and_the_database_is_dropped() {
    let server = own_server();
    let count = || ask(&server.url("postgres"), "SELECT count(*)::text FROM pg_database").unwrap();
    let before = count();
    let mut child = with_database()
        .env("DATABASE_URL", server.url("postgres"))
        .args(["sleep", "600"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while count() == before {
        std::thread::sleep(Duration::from_millis(10));
    }
    // The database is there before the command is: time to start it.
    std::thread::sleep(Duration::from_millis(300));

    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();

    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert_eq!(count(), before);
}

#[test]
fn a_missing_command_is_an_error() {
    let output = with_database().arg("no-such-command").output().unwrap();
    assert_eq!(output.status.code(), Some(125));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-command"));
    assert_eq!(with_database().output().unwrap().status.code(), Some(2));
}
