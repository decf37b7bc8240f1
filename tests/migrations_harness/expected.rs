//! The files that a case is expected to give. `UPDATE_MIGRATIONS=1` writes them: read the difference before it is committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Compares texts, by file name, with a folder. Every file of the folder counts.
pub fn hold(folder: &Path, texts: &BTreeMap<String, String>) -> Vec<String> {
    if std::env::var_os("UPDATE_MIGRATIONS").is_some() {
        if folder.exists() {
            fs::remove_dir_all(folder).unwrap();
        }
        if !texts.is_empty() {
            fs::create_dir_all(folder).unwrap();
        }
        for (name, text) in texts {
            fs::write(folder.join(name), text).unwrap();
        }
        return Vec::new();
    }
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut committed: BTreeMap<String, String> = entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    let mut wrong = Vec::new();
    for (name, text) in texts {
        match committed.remove(name) {
            Some(expected) if expected == *text => {}
            Some(expected) => wrong.push(format!("{name} is not as expected:\n{}", difference(&expected, text))),
            None => wrong.push(format!("{name} is not expected:\n{text}")),
        }
    }
    wrong.extend(committed.into_keys().map(|name| format!("{name} is not written")));
    wrong
}

/// The lines that differ.
fn difference(expected: &str, got: &str) -> String {
    let missing = expected.lines().filter(|line| !got.lines().any(|other| other == *line));
    let surplus = got.lines().filter(|line| !expected.lines().any(|other| other == *line));
    missing.map(|line| format!("    - {line}\n")).chain(surplus.map(|line| format!("    + {line}\n"))).collect()
}
