//! Changes after which a value was lost, changed or invented once, or a release broke: `values/cases/`, a folder each.
//!
//! `old.rs`, `new.rs` and `newer.rs` are the models of the releases, `sql/` and `new_sql/` the user's own SQL before and after,
//! `schema.toml` has further keys, and `needs.sql` asks for what not every newer server was built with.
//! `steps` is what happens, a line each, in that order:
//! - `with: …` has the arguments of the next commands, `with nothing` takes them away; `models: newer.rs` are the models from there on;
//! - `refused: …`: `migrate` stops with that message; `written`: it does not; `planned`: the same, and the files are sealed;
//! - `header: …`, `back header: …`: a file says so, one of the way up or of the way back; `no header: …`: none does;
//! - `up: …` runs the files of the phases up to that one, `back: …` takes back those from that one on;
//!   `up stops: … => …` and `back stops: … => …` are refused by the server with that message;
//! - `as owner`: from there on the files run as the owner of the tables, who is no superuser;
//! - `run: …`, `asks: … => …`, `fails: … => …` are statements of a release, with the rows that come back, or the message;
//! - `meanwhile: …` is a transaction that is open when the next step begins, and commits while it waits.

mod common;
#[path = "values/steps.rs"]
mod steps;
#[path = "values/trial.rs"]
mod trial;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Each waits for its server and its programs most of the time, so more of them run than there are processors.
const AT_ONCE: usize = 6;

/// `CASE=word` runs only those whose name has that word.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/values/cases");
    let word = std::env::var("CASE").unwrap_or_default();
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.to_string_lossy().contains(&word)).collect();
    found.sort();
    assert!(!found.is_empty(), "no case has {word} in its name");
    found
}

#[test]
fn no_value_is_lost_changed_or_invented() {
    let all = cases();
    let (open, failed) = (Mutex::new(all.clone()), Mutex::new(Vec::new()));
    let work = || {
        loop {
            let Some(folder) = open.lock().unwrap().pop() else { return };
            if let Err(message) = trial::run(&folder) {
                let name = folder.file_name().unwrap().to_string_lossy().into_owned();
                failed.lock().unwrap().push(format!("{name}: {message}"));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort();
    assert!(failed.is_empty(), "{} of {} cases fail\n{}", failed.len(), all.len(), failed.join("\n\n"));
}

#[test]
fn the_document_has_a_case_for_each_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = std::fs::read_to_string(root.join("docs/safe-steps.md")).unwrap();
    let (_, section) = text.split_once("## What each release may do\n").expect("the section");
    let (section, _) = section.split_once("\n## ").expect("the next section");
    let mut named = Vec::new();
    for row in section.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let links: Vec<&str> = row.split("](../").skip(1).filter_map(|it| Some(it.split_once(')')?.0)).collect();
        assert!(!links.is_empty(), "no case shows this: {row}");
        named.extend(links);
    }
    for path in &named {
        assert!(root.join(path).join("steps").exists(), "docs/safe-steps.md names {path}");
    }
    for folder in cases() {
        let name = folder.file_name().unwrap().to_string_lossy();
        assert!(
            named.iter().any(|path| path.ends_with(&format!("/{name}"))),
            "no row of docs/safe-steps.md names {name}"
        );
    }
}
