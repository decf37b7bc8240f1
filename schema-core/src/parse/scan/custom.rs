//! SQL of the user's own, from a folder: `order_totals.up.sql` and `order_totals.down.sql`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::files;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::report::{Location, Report};
use crate::schema::{Custom, Table};
use crate::suggest::nearest;

pub use crate::ids::CUSTOM_SQL;

/// What a folder holds, and where it is.
#[derive(Default)]
pub(super) struct Customs {
    pub(super) found: BTreeMap<String, Custom>,
    pub(super) files: Vec<PathBuf>,
    pub(super) reports: Vec<Report>,
}

/// What the first line of a file says where it must not run in a transaction.
const NO_TRANSACTION: &str = "-- no-transaction";
/// What begins the line that names what must be there before.
const AFTER: &str = "-- after:";

/// Reads the folder that `schema.toml` names.
pub(super) fn read(package: &Path, profile: &Profile, tables: &BTreeMap<String, Table>) -> Customs {
    let mut found = Customs::default();
    let Some(folder) = profile.sql.as_ref().map(|folder| package.join(folder)) else { return found };
    let mut names: BTreeMap<String, [Option<PathBuf>; 2]> = BTreeMap::new();
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder of `sql` in schema.toml cannot be read: {error}");
            found.reports.push(error_at(&folder, message, "sql = \"sql\", and a folder of that name"));
            return found;
        }
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() || !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql")) {
            continue;
        }
        let stem =
            name.strip_suffix(".up.sql").map(|stem| (stem, 0)).or(name.strip_suffix(".down.sql").map(|stem| (stem, 1)));
        let word = |stem: &str| {
            !stem.is_empty()
                && stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        match stem {
            Some((stem, direction)) if word(stem) => {
                names.entry(stem.to_owned()).or_default()[direction] = Some(path.clone());
                found.files.push(path);
            }
            _ => found.reports.push(error_at(
                &path,
                format!(
                    "`{name}` is not a name of custom SQL: it takes a-z, 0-9 and _, and ends in `.up.sql` or `.down.sql`"
                ),
                "name it like order_totals.up.sql",
            )),
        }
    }
    for (name, [up, down]) in names {
        match (up, down) {
            (Some(up), Some(down)) => pair(name, &up, &down, &mut found),
            (Some(one), None) => missing(&name, &one, "up", "down", &mut found.reports),
            (None, Some(one)) => missing(&name, &one, "down", "up", &mut found.reports),
            (None, None) => {}
        }
    }
    order(&folder, tables, &mut found);
    found
}

fn error_at(file: &Path, message: String, help: &str) -> Report {
    Diagnostic::spanned(CUSTOM_SQL, "", Location::whole(file), message).help(help)
}

fn missing(name: &str, file: &Path, have: &str, miss: &str, reports: &mut Vec<Report>) {
    let message = format!("there is a way {have} and no way {miss}: {name}.{miss}.sql is missing");
    reports.push(error_at(file, message, &format!("write {name}.{miss}.sql next to it")));
}

fn pair(name: String, up: &Path, down: &Path, found: &mut Customs) {
    let mut read = |file: &Path| -> Option<Arc<str>> {
        match files::read(file) {
            Ok(text) if statements(&text).is_empty() => {
                let report = error_at(
                    file,
                    "the file has no statement".to_owned(),
                    "write what makes it, or what takes it away",
                );
                found.reports.push(report);
                None
            }
            Ok(text) => Some(text),
            Err(problem) => {
                let message = format!("the file cannot be read: {problem}");
                found.reports.push(Diagnostic::spanned(CUSTOM_SQL, "", Location::whole(file), message));
                None
            }
        }
    };
    let (Some(up), Some(down)) = (read(up), read(down)) else { return };
    let after = after(&up).map(|(name, _)| name.to_owned()).collect();
    let alone = up.starts_with(NO_TRANSACTION);
    let custom = Custom { name: name.clone(), up: statements(&up), down: statements(&down), after, alone };
    found.found.insert(name, custom);
}

/// The text without the lines that speak to this program.
fn statements(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines = text.lines().filter(|line| !line.starts_with(NO_TRANSACTION) && !line.starts_with(AFTER));
    let text = lines.map(str::trim_end).collect::<Vec<_>>().join("\n");
    let text = text.trim();
    let says_something = text.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with("--"));
    match (says_something, text.ends_with(';')) {
        (false, _) => String::new(),
        (true, true) => text.to_owned(),
        (true, false) => format!("{text};"),
    }
}

/// The names of the `-- after:` lines, each with its bytes.
fn after(text: &str) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
    text.lines().filter_map(|line| line.strip_prefix(AFTER)).flat_map(|list| list.split(',')).filter_map(move |name| {
        let name = name.trim();
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        (!name.is_empty()).then(|| (name, start..start + name.len()))
    })
}

/// Holds every name in an `-- after:` line against what there is.
fn order(folder: &Path, tables: &BTreeMap<String, Table>, found: &mut Customs) {
    let mut reports = Vec::new();
    for (name, custom) in &found.found {
        let file = folder.join(format!("{name}.up.sql"));
        if tables.contains_key(name) {
            let message = format!("`{name}` is the name of a table");
            reports.push(error_at(&file, message, "give the two files another name"));
        }
        let Ok(source) = files::read(&file) else { continue };
        for (needed, range) in after(&source) {
            let at = Location::new(&file, &source, range);
            if !tables.contains_key(needed) && !found.found.contains_key(needed) {
                let names = tables.keys().chain(found.found.keys()).map(String::as_str);
                let help = match nearest(needed, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "name a table of a model, or other SQL of this folder".to_owned(),
                };
                let message = format!("there is neither a table nor custom SQL `{needed}`");
                reports.push(Diagnostic::spanned(CUSTOM_SQL, name, at, message).help(help));
            } else if reaches(&found.found, needed, &custom.name) {
                let message = format!("`{name}` and `{needed}` wait for each other");
                reports.push(Diagnostic::spanned(CUSTOM_SQL, name, at, message).help("take one of the two names out"));
            }
        }
    }
    found.reports.append(&mut reports);
}

/// Whether one waits for the other.
fn reaches(customs: &BTreeMap<String, Custom>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(customs.get(name).into_iter().flat_map(|custom| custom.after.iter().map(String::as_str)));
        }
    }
    false
}
