//! A throw-away cluster starts fast, and leaves neither process nor folder.

mod common;

use std::time::Instant;

use common::{Traces, ask, own, own_server};
use tablewright_tempdb::{Origin, Server};

#[test]
fn a_dropped_server_leaves_nothing() {
    let server = own_server();
    let traces = Traces::of(&server.url("postgres"));
    assert!(!traces.are_gone());

    drop(server);

    assert!(traces.are_gone(), "{traces:?}");
}

#[test]
fn two_servers_run_side_by_side() {
    let (one, two) = (own_server(), own_server());
    ask(&one.url("postgres"), "CREATE TABLE only_here (id int)").unwrap();

    let found = "SELECT count(*)::text FROM pg_tables WHERE tablename = 'only_here'";
    assert_eq!(ask(&one.url("postgres"), found).unwrap(), "1");
    assert_eq!(ask(&two.url("postgres"), found).unwrap(), "0");
}

#[test]
fn a_panic_stops_the_server() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let result = std::thread::spawn(move || {
        let server = own_server();
        sender.send(Traces::of(&server.url("postgres"))).unwrap();
        panic!("on purpose");
    })
    .join();

    assert!(result.is_err());
    let traces = receiver.recv().unwrap();
    assert!(traces.are_gone(), "{traces:?}");
}

#[test]
fn the_server_survives_the_thread_that_started_it() {
    let server = std::thread::spawn(own_server).join().unwrap();
    assert_eq!(ask(&server.url("postgres"), "SELECT 'alive'").unwrap(), "alive");
}

#[test]
fn a_warm_start_is_fast() {
    drop(own_server());
    let mut times: Vec<_> = (0..5)
        .map(|_| {
            let started = Instant::now();
            let server = own_server();
            let ready = started.elapsed();
            let stopping = Instant::now();
            drop(server);
            (ready, stopping.elapsed())
        })
        .collect();
    times.sort();
    let (ready, stopped) = times[2];
    eprintln!("start from a warm template: {ready:?}, stop: {stopped:?} (median of 5)");
    // Loose: a busy machine is not a failure, a second `initdb` and a timeout are.
    assert!(ready.as_secs() < 5, "{times:?}");
}

#[test]
fn racing_first_starts_agree_on_one_template() {
    let cache = open_folder();
    let servers: Vec<Server> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut search = own();
                    search.cache = cache.path().into();
                    search.start().unwrap_or_else(|error| panic!("{error}"))
                })
            })
            .collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });

    for server in &servers {
        assert_eq!(ask(&server.url("postgres"), "SELECT 'alive'").unwrap(), "alive");
    }
    let templates = std::fs::read_dir(cache.path().join("templates")).unwrap();
    assert_eq!(templates.count(), 1);
}

#[test]
fn a_broken_template_is_recreated() {
    let cache = open_folder();
    let mut search = own();
    search.cache = cache.path().into();
    drop(search.start().unwrap_or_else(|error| panic!("{error}")));
    let template = std::fs::read_dir(cache.path().join("templates")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(template.join("global/pg_control")).unwrap();

    let server = search.start().unwrap_or_else(|error| panic!("{error}"));

    assert_eq!(ask(&server.url("postgres"), "SELECT 'alive'").unwrap(), "alive");
}

#[test]
fn the_server_says_where_it_comes_from() {
    let server = own_server();
    let (Origin::Installed { bin, version, .. } | Origin::Downloaded { bin, version, .. }) = server.origin() else {
        panic!("{}", server.origin());
    };
    assert!(bin.join("postgres").is_file());
    assert_eq!(*version, server.version());
    let shown = server.origin().to_string();
    assert!(shown.starts_with(&format!("PostgreSQL {version} from ")), "{shown}");
    assert!(shown.ends_with(&format!("{}, throw-away cluster", bin.display())), "{shown}");
    assert!(ask(&server.url("postgres"), "SHOW server_version").unwrap().starts_with(&version.to_string()));
    assert_eq!(ask(&server.url("postgres"), "SHOW fsync").unwrap(), "off");
    assert_eq!(ask(&server.url("postgres"), "SHOW listen_addresses").unwrap(), "");
    assert_eq!(ask(&server.url("postgres"), "SELECT upper('é')").unwrap(), "É");
}

#[test]
fn a_wrong_pg_bin_is_named() {
    let mut search = own();
    search.bin = Some("/nowhere/bin".into());

    let error = search.start().unwrap_err().to_string();

    assert!(error.contains("PG_BIN is /nowhere/bin"), "{error}");
}

/// A server that ends at once: its log is in the error, and nothing is left.
#[test]
fn a_failed_start_shows_the_log() {
    let bin = open_folder();
    script(&bin.path().join("initdb"), "mkdir -p \"$2\"");
    script(
        &bin.path().join("postgres"),
        "if [ \"$1\" = --version ]; then echo 'postgres (PostgreSQL) 99.1'; else echo 'FATAL: out of cheese'; exit 3; fi",
    );
    let cache = open_folder();
    let mut search = own();
    search.bin = Some(bin.path().to_owned());
    search.cache = cache.path().into();

    let error = search.start().unwrap_err().to_string();

    assert!(error.contains("out of cheese") && error.contains("did not start"), "{error}");
}

fn script(path: &std::path::Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Open to the account that the server runs as.
fn open_folder() -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().unwrap()
}
