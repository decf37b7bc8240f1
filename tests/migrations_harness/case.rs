//! A case: a folder with the models before and after, and what a person acknowledged.

use std::fs;
use std::path::{Path, PathBuf};

use tablewright_core::config;
use tablewright_core::config::Profile;
use tablewright_core::dialect::Target;
use tablewright_core::parse::scan::{Scan, scan};
use tablewright_core::plan::Allowed;

/// A folder of `tests/migrations`.
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub allowed: Allowed,
    /// Statements that fill the old tables, if generated rows are not enough.
    pub seed: Option<String>,
    /// Statements of the new release, while the old one is still there.
    pub between: Option<String>,
    /// Statements of the new release whose rows the old schema cannot hold, and those that fix it.
    pub no_way_back: Option<(String, String)>,
    /// The releases leave no column out of their rows: two NULLs would break what the new models state.
    pub full_rows: bool,
}

/// The models of a case, read for one target.
pub struct Models {
    pub old: Scan,
    pub new: Scan,
    pub profile: Profile,
}

/// Every case, by name; `CASE=word` keeps only those whose name has that word.
pub fn all() -> Vec<Case> {
    let root = root();
    let only = std::env::var("CASE").unwrap_or_default();
    let folders = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<Case> = folders.filter(|path| path.join("new.rs").exists()).map(|path| read(&path)).collect();
    cases.retain(|case| case.name.contains(&only));
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!cases.is_empty(), "no case in {} has {only} in its name", root.display());
    cases
}

/// Those that are run: all, or the second one of each three with `CASES=2/3`.
pub fn to_run() -> Vec<Case> {
    let mut cases = all();
    if let Some((part, of)) = std::env::var("CASES").ok().as_deref().and_then(|text| text.split_once('/')) {
        let number = |text: &str| text.parse::<usize>().unwrap_or_else(|_| panic!("CASES is like 2/3, and not {text}"));
        let (part, of) = (number(part), number(of));
        let mut place = 0;
        cases.retain(|_| {
            place += 1;
            place % of == part % of
        });
    }
    cases
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrations")
}

fn read(folder: &Path) -> Case {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let text = |file: &str| fs::read_to_string(folder.join(file)).ok();
    let (mut allowed, mut full_rows) = (Allowed::default(), false);
    for line in text("allow.txt").unwrap_or_default().lines() {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("drop", what) => drop(allowed.drops.insert(what.to_owned())),
            ("acknowledge", what) => drop(allowed.acknowledged.insert(what.to_owned())),
            ("offline_rename", "") => allowed.offline_rename = true,
            ("full_rows", "") => full_rows = true,
            ("everything", "") => allowed.everything = true,
            _ => panic!("{name}/allow.txt: {line}"),
        }
    }
    let no_way_back = text("no_way_back.sql").zip(text("cure.sql"));
    Case {
        name,
        folder: folder.to_owned(),
        allowed,
        seed: text("seed.sql"),
        between: text("between.sql"),
        no_way_back,
        full_rows,
    }
}

impl Case {
    /// The models as the scan reads them. The errors are those of the rules: a model may not be portable.
    pub fn models(&self, targets: &[Target]) -> Result<Models, String> {
        let read = |side: &str| {
            let text = fs::read_to_string(self.folder.join(format!("{side}.toml"))).unwrap_or_default();
            let mut profile = config::parse(&text).unwrap_or_else(|errors| panic!("{}: {errors:?}", self.name));
            profile.targets = targets.to_vec();
            profile.models = Some(format!("{side}.rs"));
            let scan = scan(&self.folder, &profile).map_err(|failure| {
                let reports = failure.reports.iter().map(|report| {
                    let file = report.at.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let line = report.at.start().0;
                    format!("{file}:{line}: {}: {}\n", report.path, report.message)
                });
                reports.collect::<String>()
            })?;
            Ok::<_, String>((scan, profile))
        };
        let ((old, _), (new, profile)) = (read("old")?, read("new")?);
        Ok(Models { old, new, profile })
    }

    /// Whether a value that came out differently is one that was acknowledged to be lost: `orders.note was …`.
    pub fn gives_up(&self, lost: &str) -> bool {
        let words = self.allowed.acknowledged.iter().filter_map(|words| words.strip_prefix("loses "));
        words
            .chain(self.allowed.drops.iter().map(String::as_str))
            .any(|column| lost.starts_with(&format!("{column} was ")))
    }

    /// Whether nothing was acknowledged that breaks old programs.
    pub fn is_online(&self) -> bool {
        let survives = |words: &String| words.starts_with("loses ") || words.starts_with("fires triggers of ");
        !self.allowed.offline_rename && !self.allowed.everything && self.allowed.acknowledged.iter().all(survives)
    }
}
