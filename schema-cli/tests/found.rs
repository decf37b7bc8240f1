//! Inputs on which the program was wrong once, each as a user would try it: `found/`, a folder for each.
//!
//! `changes/` are models before and after, with rows in between; `packages/` models alone; `differences/` two databases
//! for `diff`; `databases/` one for `import`. `expect` states what comes of it, one sentence a line:
//! - `with: …` has further arguments of the command;
//! - `holds`: it goes all the way, and back to the rows and the schema that were there;
//! - `refused: …` is a part of the message; `then: …` has the arguments with which it holds after all;
//! - `back refused: …`: the way back stops over rows, with that message;
//! - `says: …` is a part of what is printed, `not: …` never is;
//! - `asks: … => …` is a query after the change, and what it finds.

mod common;
#[path = "found/expect.rs"]
mod expect;
#[path = "found/way.rs"]
mod way;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

fn folders(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found").join(kind);
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Each waits for its server and its programs most of the time, so more of them run than there are processors.
const AT_ONCE: usize = 6;

fn each(kind: &str, way: impl Fn(&Path) -> Result<(), String> + Sync) {
    let open = Mutex::new(folders(kind));
    let failed = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(folder) = open.lock().unwrap().pop() else { return };
            if let Err(message) = way(&folder) {
                failed.lock().unwrap().push(format!("{}\n{message}", folder.display()));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

#[test]
fn changes_go_all_the_way_and_back() {
    each("changes", way::change);
}

#[test]
fn packages_go_all_the_way_and_back() {
    each("packages", way::package);
}

#[test]
fn databases_become_models() {
    each("databases", way::import);
}

#[test]
fn two_databases_become_a_plan() {
    each("differences", way::difference);
}
