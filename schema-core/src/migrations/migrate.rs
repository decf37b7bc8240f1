//! Writes the migration that leads to the models.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::acknowledged::still_meant;
use super::journal::Changes;
use super::name::{check_name, stem_parts};
use super::render::{self, Naming, Rendered};
use super::verify::{examine, place};
use super::write::Guard;
use super::{Before, Error, Head, LOCK_FILE, Lock, Migration, changed, checksum};
use crate::config::{Format, Profile};
use crate::diff::{self, Difference};
use crate::files;
use crate::parse::scan::Scan;
use crate::plan::{self, Allowed, Phase, Plan};
use crate::report::{Location, Report};
use crate::schema::Schema;

/// What a migration is to do.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Its name; that of the unsealed migration when left out.
    pub name: Option<String>,
    /// What may happen.
    pub allowed: Allowed,
    /// The day, as `YYYYMMDD`, for the format that has it in names.
    pub date: Option<u32>,
    /// Its statements are written by hand: what the models say now is what they do.
    pub by_hand: bool,
    /// Edits of files that are not sealed may be lost.
    pub discard_edits: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Files were written.
    Written(Written),
    /// The models are what this migration made, and its files are what would be written.
    UpToDate {
        /// The last migration.
        last: String,
    },
    /// The models are what the last sealed migration made, so the one that was not sealed is gone.
    Removed {
        /// Its files.
        removed: Vec<PathBuf>,
    },
}

/// The files that were written.
#[derive(Debug)]
pub struct Written {
    /// The migrations, each with its phase and what it does.
    pub migrations: Vec<(String, Phase, String)>,
    /// The files, the lock last.
    pub files: Vec<PathBuf>,
    /// The files of the migration that it replaces, where those had other names.
    pub removed: Vec<PathBuf>,
    /// Whether a person is to write the statements.
    pub by_hand: bool,
}

/// What the models say that no migration does yet.
#[derive(Debug)]
pub struct Pending {
    /// The lock, where there is one.
    pub lock: Option<Lock>,
    /// Each difference, with where it is in the models.
    pub differences: Vec<(Difference, Location)>,
    /// The steps, or why there is no safe way.
    pub plan: Result<Plan, Vec<Report>>,
    /// The files that would be written after the last migration: names and texts.
    pub files: Vec<(String, String)>,
}

/// Compares the models with the schema after the last migration, sealed or not. Nothing is written.
pub fn pending(package: &Path, profile: &Profile, scan: &Scan, allowed: &Allowed) -> Result<Pending, Error> {
    let lock = super::verify(package, profile)?;
    let old = lock.as_ref().map(|lock| lock.schema.clone()).unwrap_or_default();
    let differences = diff::differences(&old, &scan.schema);
    let plan = plan_of(&differences, &old, scan, profile, allowed);
    let first = lock.as_ref().map_or(0, |lock| lock.migrations.len()) + 1;
    let name = lock.as_ref().and_then(|lock| lock.head.as_ref()).map_or("next", |head| &head.name);
    let files = plan.as_ref().map(|plan| render::render(plan, name, number(first), profile)).unwrap_or_default();
    let located = |difference: Difference| {
        let at = place(package, &difference, scan);
        (difference, at)
    };
    let differences = differences.into_iter().map(located).collect();
    Ok(Pending { lock, differences, plan, files })
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn plan_of(
    differences: &[Difference],
    old: &Schema,
    scan: &Scan,
    profile: &Profile,
    allowed: &Allowed,
) -> Result<Plan, Vec<Report>> {
    if differences.is_empty() {
        return Ok(Plan::default());
    }
    plan::plan(old, &scan.schema, profile, allowed)
        .map_err(|problems| problems.into_iter().map(|problem| scan.report(problem)).collect())
}

/// Writes the migration that makes the models' schema of the last sealed one, and the lock.
///
/// A migration that is not sealed is rewritten: it always holds everything since the last sealed one.
pub fn migrate(package: &Path, profile: &Profile, scan: &Scan, request: &Request) -> Result<Outcome, Error> {
    if let Some(name) = &request.name {
        check_name(name).map_err(|problem| Error::Refused {
            message: format!("`{}` is not a name of a migration: {problem}", shown(name)),
            help: "cargo schema migrate create_users".to_owned(),
        })?;
    }
    let guard = Guard::take(package, profile)?;
    let found = examine(package, profile)?;
    if !found.reports.is_empty() {
        return Err(Error::Violations(found.reports));
    }
    let lock = found.lock.unwrap_or_else(|| Lock::new(Vec::new(), &Schema::default()));
    let hand_written = lock.unsealed().iter().any(|migration| migration.by_hand);
    if request.by_hand {
        return by_hand(&guard, package, profile, scan, request, &lock, hand_written);
    }
    let losing = if hand_written { hand_files(package, profile, &lock) } else { found.edited };
    if !losing.is_empty() && !request.discard_edits {
        return Err(edits(&losing, package, hand_written));
    }
    let before = lock.sealed_schema();
    let differences = diff::differences(&before, &scan.schema);
    if differences.is_empty() && lock.head.is_none() {
        if lock.migrations.is_empty() {
            return Err(no_model());
        }
        return Ok(Outcome::UpToDate { last: lock.last().unwrap_or_default().to_owned() });
    }
    let name = name(request, &lock)?;
    let recorded = lock.head.as_ref().map(|head| head.allowed.clone()).unwrap_or_default();
    let allowed = still_meant(recorded, &lock.schema, &crate::schema::recorded(&scan.schema)).or(&request.allowed);
    let plan = plan_of(&differences, &before, scan, profile, &allowed).map_err(Error::Violations)?;
    let first = number(lock.sealed().len() + 1);
    let naming = Naming { name: &name, first, date: date(&lock, request) };
    let steps = render::steps(&plan, &naming, profile);
    let what = plan.steps.iter().map(|step| step.up.what.clone());
    let migrations: Vec<_> =
        steps.iter().zip(what).map(|(step, what)| (step.migration.clone(), step.phase, what)).collect();
    let written = Written { migrations, files: Vec::new(), removed: Vec::new(), by_hand: false };
    let after = crate::schema::recorded(&scan.schema);
    let head = Head { name, allowed, before: Before::between(&before, &after) };
    let next = next_lock(&lock, &steps, head, after, false);
    commit(&guard, package, profile, &lock, &next, &steps, written)
}

/// A pair of files for a person to fill in; what the models say now is what they will do.
fn by_hand(
    guard: &Guard<'_>,
    package: &Path,
    profile: &Profile,
    scan: &Scan,
    request: &Request,
    lock: &Lock,
    hand_written: bool,
) -> Result<Outcome, Error> {
    let before = lock.sealed_schema();
    let after = crate::schema::recorded(&scan.schema);
    if lock.head.is_some() && !hand_written {
        return Err(Error::Refused {
            message: format!(
                "{} is not sealed, and a migration by hand comes after it",
                lock.last().unwrap_or_default()
            ),
            help: "cargo schema seal".to_owned(),
        });
    }
    if hand_written {
        // The files stay as the person has them: only what they are said to do changes.
        let Some(head) = lock.head.clone() else { return Err(no_model()) };
        let head = Head { before: Before::between(&before, &after), ..head };
        let mut next = lock.clone();
        next.head = Some(head);
        if let Some(last) = next.migrations.last_mut() {
            last.tables = changed(&before, &after);
        }
        next.schema = after;
        let written = Written { migrations: Vec::new(), files: Vec::new(), removed: Vec::new(), by_hand: true };
        return commit(guard, package, profile, lock, &next, &[], written);
    }
    let name = name(request, lock)?;
    let differences = diff::differences(&before, &scan.schema);
    let what = match differences.as_slice() {
        [] => "changes no table, column, key or index".to_owned(),
        some => some.iter().map(Difference::text).collect::<Vec<_>>().join("; "),
    };
    let naming = Naming { name: &name, first: number(lock.sealed().len() + 1), date: date(lock, request) };
    let steps = vec![render::by_hand(&what, &naming, profile)];
    let migrations = steps.iter().map(|step| (step.migration.clone(), step.phase, what.clone())).collect();
    let head = Head { name, allowed: Allowed::default(), before: Before::between(&before, &after) };
    let next = next_lock(lock, &steps, head, after, true);
    let written = Written { migrations, files: Vec::new(), removed: Vec::new(), by_hand: true };
    commit(guard, package, profile, lock, &next, &steps, written)
}

fn next_lock(lock: &Lock, steps: &[Rendered], head: Head, after: Schema, by_hand: bool) -> Lock {
    let entry = |step: &Rendered| Migration {
        name: step.migration.clone(),
        up: checksum(step.up.text.as_bytes()),
        down: step.down.as_ref().map(|down| checksum(down.text.as_bytes())),
        sealed: false,
        by_hand,
        tables: BTreeMap::new(),
    };
    let mut migrations: Vec<Migration> = lock.sealed().iter().cloned().chain(steps.iter().map(entry)).collect();
    if let (Some(last), false) = (migrations.last_mut(), steps.is_empty()) {
        last.tables = changed(&lock.sealed_schema(), &after);
    }
    let mut next = Lock::of_recorded(migrations, after);
    next.head = (!steps.is_empty()).then_some(head);
    next
}

/// Brings the files of the next lock to disk, and removes those of the last one that it does not know.
fn commit(
    guard: &Guard<'_>,
    package: &Path,
    profile: &Profile,
    lock: &Lock,
    next: &Lock,
    steps: &[Rendered],
    mut written: Written,
) -> Result<Outcome, Error> {
    let folder = Path::new(&profile.migrations);
    let text = lock_text(next)?;
    let mut changes = Changes::default();
    let on_disk = |path: &Path| files::read(&package.join(path)).ok();
    for file in steps.iter().flat_map(Rendered::files) {
        let path = folder.join(&file.name);
        if on_disk(&path).as_deref() != Some(file.text.as_bytes()) {
            changes.write.push((path, file.text.clone()));
        }
    }
    let kept: Vec<String> = next.migrations.iter().flat_map(Migration::files).map(|(name, _)| name).collect();
    let gone = lock.unsealed().iter().flat_map(Migration::files).map(|(name, _)| name);
    changes.remove = gone.filter(|name| !kept.contains(name)).map(|name| folder.join(name)).collect();
    if on_disk(Path::new(LOCK_FILE)).as_deref() != Some(text.as_bytes()) {
        changes.write.push((PathBuf::from(LOCK_FILE), text));
    }
    if changes.write.is_empty() && changes.remove.is_empty() {
        return Ok(Outcome::UpToDate { last: next.last().unwrap_or_default().to_owned() });
    }
    let folder = package.join(folder);
    std::fs::create_dir_all(&folder).map_err(|error| super::IoError::new("create", &folder, error))?;
    guard.apply(&changes)?;
    let absolute = |paths: &[PathBuf]| paths.iter().map(|path| package.join(path)).collect::<Vec<_>>();
    let removed = absolute(&changes.remove);
    if steps.is_empty() && !written.by_hand {
        return Ok(Outcome::Removed { removed });
    }
    written.files = changes.write.iter().map(|(path, _)| package.join(path)).collect();
    written.removed = removed;
    Ok(Outcome::Written(written))
}

pub(super) fn lock_text(lock: &Lock) -> Result<String, Error> {
    lock.text().map_err(|message| Error::Refused {
        message,
        help: "this is a mistake of this program: please report it with the models".to_owned(),
    })
}

fn name(request: &Request, lock: &Lock) -> Result<String, Error> {
    let known = lock.head.as_ref().map(|head| head.name.clone());
    request.name.clone().or(known).ok_or_else(|| Error::Refused {
        message: "the migration has no name".to_owned(),
        help: "cargo schema migrate add_nickname".to_owned(),
    })
}

fn no_model() -> Error {
    Error::Refused {
        message: "there is no model, so there is nothing to create".to_owned(),
        help: "#[derive(Table)] on a struct that the crate root leads to by its `mod` items".to_owned(),
    }
}

fn edits(files: &[PathBuf], package: &Path, hand_written: bool) -> Error {
    let names: Vec<String> =
        files.iter().map(|file| crate::report::shown(file, package).display().to_string()).collect();
    let how = match (hand_written, names.len()) {
        (true, 1) => "was written by hand, and is",
        (true, _) => "were written by hand, and are",
        (false, 1) => "was edited since it was written, and is",
        (false, _) => "were edited since they were written, and are",
    };
    Error::Refused {
        message: format!("{} {how} not sealed: rewriting the migration would lose that", names.join(", ")),
        help: "cargo schema seal    keeps it as it is\ncargo schema migrate --discard-edits    rewrites it".to_owned(),
    }
}

fn hand_files(package: &Path, profile: &Profile, lock: &Lock) -> Vec<PathBuf> {
    let folder = package.join(&profile.migrations);
    let files = lock.unsealed().iter().flat_map(Migration::files).map(|(name, _)| folder.join(name));
    files.filter(|file| file.exists()).collect()
}

/// The day in the names: the migration that is rewritten keeps its own.
fn date(lock: &Lock, request: &Request) -> Option<u32> {
    let known = lock.unsealed().first().and_then(|migration| stem_parts(&migration.name).ok()?.0);
    known.or(request.date)
}

/// Whether files of this format need a day.
#[must_use]
pub fn needs_date(profile: &Profile) -> bool {
    profile.format == Format::Dated
}

/// A name as a message can show it.
fn shown(name: &str) -> String {
    let shown: String = name.chars().take(40).flat_map(char::escape_debug).collect();
    if name.chars().count() > 40 { format!("{shown}…") } else { shown }
}
