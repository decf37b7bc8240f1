//! However a process ends, its server ends with it.

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::Traces;
use rustix::process::{Pid, Signal, kill_process};
use tablewright_tempdb::Server;

const ENDING: &str = "SCHEMA_TEMPDB_TEST_ENDING";
const MARK: &str = "server in ";

/// The process that the other tests start, in this same program.
#[test]
#[ignore = "a part of the other tests"]
fn holder() {
    let server = Server::shared().unwrap_or_else(|error| panic!("{error}"));
    let url = server.url("postgres");
    // Its own line, whatever the harness has written before.
    println!("\n{MARK}{}", Traces::of(&url).folder.display());
    match std::env::var(ENDING).as_deref() {
        Ok("exit") => std::process::exit(0),
        Ok("abort") => std::process::abort(),
        Ok("return") => {}
        Ok("panic") => panic!("on purpose"),
        _ => loop {
            std::thread::park();
        },
    }
}

fn start_holder(ending: &str) -> (Child, Traces) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "holder", "--ignored", "--nocapture"])
        .env(ENDING, ending)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let folder = lines.map_while(Result::ok).find_map(|line| line.strip_prefix(MARK).map(str::to_owned));
    let folder = folder.expect("the holder starts a server");
    let folder = Path::new(&folder);
    // One that ends by itself may be quicker than us; then only the folder is left to look at.
    let traces = if folder.join("data/postmaster.pid").exists() && ending == "wait" {
        Traces::in_folder(folder)
    } else {
        Traces { folder: folder.to_owned(), pid: Pid::from_child(&child) }
    };
    (child, traces)
}

fn server_ends_with(signal: Signal) {
    let (mut child, traces) = start_holder("wait");
    assert!(!traces.are_gone());
    kill_process(Pid::from_child(&child), signal).unwrap();
    child.wait().unwrap();
    traces.assert_gone_soon();
}

#[test]
fn ctrl_c() {
    server_ends_with(Signal::INT);
}

#[test]
fn sigterm() {
    server_ends_with(Signal::TERM);
}

#[test]
fn sigkill() {
    server_ends_with(Signal::KILL);
}

#[test]
fn a_process_that_ends_itself() {
    for ending in ["return", "panic", "exit", "abort"] {
        let (mut child, traces) = start_holder(ending);
        child.wait().unwrap();
        traces.assert_gone_soon();
    }
}

/// The watchdog killed as well: nothing is left to clean up, and the next start does it.
#[cfg(target_os = "linux")]
#[test]
fn the_next_start_sweeps_after_a_killed_watchdog() {
    let (mut child, traces) = start_holder("wait");
    let status = std::fs::read_to_string(format!("/proc/{}/status", traces.pid.as_raw_nonzero())).unwrap();
    let watchdog: i32 = status.lines().find_map(|line| line.strip_prefix("PPid:")?.trim().parse().ok()).unwrap();
    let children = std::fs::read_to_string(format!("/proc/{watchdog}/task/{watchdog}/children")).unwrap();
    // The watchdog first, or it would end its other child, the shell that reads the pipe, by itself.
    let killed = children.split_whitespace().map(|pid| pid.parse().unwrap());
    for pid in std::iter::once(watchdog).chain(killed).filter_map(Pid::from_raw).filter(|pid| *pid != traces.pid) {
        kill_process(pid, Signal::KILL).unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(rustix::process::test_kill_process(traces.pid).is_ok(), "the server has outlived all of them");

    drop(common::own_server());

    traces.assert_gone_soon();
}
