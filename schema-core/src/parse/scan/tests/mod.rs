mod custom;
mod errors;
mod garbage;
mod modules;
mod resolved;

use std::fs;
use std::path::Path;

use super::{Failure, Scan, scan};
use crate::config::Profile;
use crate::report::{Report, shown};

/// The columns that every table has.
const STANDARD: &str = "created_at: DateTime<Utc>, updated_at: DateTime<Utc>,";

/// A crate of files that is removed when the value is dropped.
struct Crate(tempfile::TempDir);

impl Crate {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn scan(&self) -> Result<Scan, Failure> {
        scan(self.path(), &Profile::default())
    }

    fn tables(&self) -> Vec<String> {
        match self.scan() {
            Ok(scan) => scan.schema.tables.into_keys().collect(),
            Err(failure) => panic!("{}", self.texts(&failure.reports).join("\n")),
        }
    }

    fn texts(&self, reports: &[Report]) -> Vec<String> {
        reports.iter().map(|report| self.text(report)).collect()
    }

    /// `src/lib.rs:1:5 [what is there] rule: path: message (help) (second)`
    fn text(&self, report: &Report) -> String {
        let place = |at: &crate::report::Location| {
            let file = shown(&at.file, self.path()).display().to_string();
            if at.is_whole() { file } else { format!("{file}:{}:{} [{}]", at.start().0, at.start().1, at.text()) }
        };
        let path = if report.path.is_empty() { String::new() } else { format!("{}: ", report.path) };
        let help = report.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        let second = report.second.as_ref().map(|(at, label)| format!(" ({} {label})", place(at))).unwrap_or_default();
        format!("{} {}: {path}{}{help}{second}", place(&report.at), report.rule, report.message)
    }

    fn errors(&self) -> Vec<String> {
        match self.scan() {
            Ok(scan) => panic!("no error, but {:?}", scan.schema.tables.keys()),
            Err(failure) => self.texts(&failure.reports),
        }
    }
}

/// A model of that name, on one line.
fn model(name: &str) -> String {
    format!("#[derive(Table)] pub struct {name} {{ pub id: Uuid, {STANDARD} }}\n")
}

/// A crate of one file.
fn library(text: &str) -> Crate {
    Crate::new(&[("src/lib.rs", text)])
}
