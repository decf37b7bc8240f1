//! Two branches that both added migrations, put into one order.

mod files;
mod order;
mod schemas;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use self::files::{Files, Order};
pub use self::order::Sides;
use self::schemas::Moved;
use super::journal::Changes;
use super::migrate::lock_text;
use super::write::Guard;
use super::{Before, Error, Head, LOCK, LOCK_FILE, Lock, Migration, Shape, standing};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::files as disk;
use crate::report::{Location, Report};
use crate::schema::Schema;

/// One of the two branches of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Branch {
    /// Its migrations keep their numbers.
    First,
    /// Its migrations come after them.
    Later,
}

/// What git keeps of both branches.
pub trait History {
    /// The text of a migration file as a branch has it, for files that a merge left marked or took away.
    fn file(&self, branch: Branch, path: &Path) -> Option<String>;

    /// A lock file of either branch's past.
    fn lock(&self, is_it: &dyn Fn(&Lock) -> bool) -> Option<Lock>;
}

/// What came of a merge.
#[derive(Debug)]
pub struct Merged {
    /// The migrations that have another number: the old name and the new one.
    pub renumbered: Vec<(String, String)>,
    /// The unsealed migration that is to be rewritten from the merged models.
    pub rewritten: Option<Head>,
    /// Each branch whose databases cannot go on from where they are, with the last migration that one may have.
    pub go_back: Vec<(Branch, usize)>,
    /// Whether one migration took the place of those that both branches began with.
    pub is_squashed: bool,
    /// The files that were written, the lock last.
    pub files: Vec<PathBuf>,
}

/// Numbers the later branch's migrations after the first's, and writes the lock of both.
///
/// A migration that both have is one, whatever its number. Nothing is written where the branches do not commute.
pub fn merge(package: &Path, profile: &Profile, sides: &Sides, history: &dyn History) -> Result<Merged, Error> {
    let guard = Guard::take(package, profile)?;
    let Sides { first, later, .. } = sides;
    let shared = order::identities(order::kept(later));
    let of_first = order::kept(first);
    let own = |(migration, identity): &(&&Migration, _)| !migration.sealed && !shared.contains(identity);
    if let Some((open, _)) = of_first.iter().zip(order::identities(of_first.iter().copied())).find(own) {
        return Err(Error::Refused {
            message: format!("{} is written by hand and not sealed, and the other branch's migrations come after it", open.name),
            help: "cargo schema seal, on the branch that has it; or let it come last: cargo schema rebase --later ours|theirs".to_owned(),
        });
    }
    let schemas = schemas::put_together(package, sides, history)?;
    let all = order::kept(later);
    let moved: Vec<&Migration> =
        schemas.moved.iter().flat_map(|part| part.places.clone()).map(|index| all[index]).collect();
    let list: Vec<(Branch, &Migration)> = first
        .sealed()
        .iter()
        .map(|migration| (Branch::First, migration))
        .chain(moved.iter().map(|migration| (Branch::Later, *migration)))
        .collect();
    let files = Files { package, folder: Path::new(&profile.migrations), history };
    let Order { migrations, renumbered, texts } = files.in_order(&list)?;
    let kept = first.sealed().len();
    rows_are_there(package, &files, &schemas.moved, (&moved, &texts, &migrations[kept..]))?;
    for (branch, lock) in [(Branch::First, first), (Branch::Later, later)] {
        for migration in generated(lock) {
            files.not_edited(branch, migration)?;
        }
    }

    let mut lock = Lock::new(migrations, &schemas.whole);
    let pairs = order::identities(first.sealed()).into_iter().zip(order::identities(order::kept(later)));
    let common = pairs.take_while(|(one, other)| one == other).count();
    reshape(&mut lock.migrations, (common, kept), &schemas.whole);
    let mut rewritten =
        [later, first].into_iter().find(|lock| generated(lock).next().is_some()).and_then(|lock| lock.head.as_ref());
    if lock.migrations.iter().any(|migration| !migration.sealed) {
        let head = later.head.clone().unwrap_or_default();
        lock.head = Some(Head { before: Before::between(&schemas.sealed, &lock.schema), ..head });
        rewritten = None;
    }
    let files = write(package, profile, &guard, sides, (&lock, texts))?;
    Ok(Merged {
        renumbered,
        rewritten: rewritten.cloned(),
        go_back: [(Branch::First, first), (Branch::Later, later)]
            .into_iter()
            .filter_map(|(branch, side)| Some((branch, sides.goes_back(side, &lock.migrations)?)))
            .collect(),
        is_squashed: sides.is_squashed(),
        files,
    })
}

/// Puts the files and the lock in place, and takes away what has another name now.
fn write(
    package: &Path,
    profile: &Profile,
    guard: &Guard<'_>,
    Sides { first, later, .. }: &Sides,
    (lock, texts): (&Lock, BTreeMap<PathBuf, String>),
) -> Result<Vec<PathBuf>, Error> {
    let folder = Path::new(&profile.migrations);
    let old = first.migrations.iter().chain(&later.migrations).flat_map(Migration::files);
    let gone: BTreeSet<PathBuf> =
        old.map(|(name, _)| folder.join(name)).filter(|path| !texts.contains_key(path)).collect();
    let differs = |path: &Path, text: &str| disk::read(&package.join(path)).ok().as_deref() != Some(text.as_bytes());
    let mut write: Vec<_> = texts.into_iter().filter(|(path, text)| differs(path, text)).collect();
    write.push((PathBuf::from(LOCK_FILE), lock_text(lock)?));
    let changes = Changes { write, remove: gone.into_iter().collect() };
    guard.apply(&changes)?;
    Ok(changes.write.iter().map(|(path, _)| package.join(path)).collect())
}

/// Tables that both branches changed are neither branch's after the migrations that moved, until the last of those.
fn reshape(migrations: &mut [Migration], (common, moved): (usize, usize), whole: &Schema) {
    let (kept, moved) = migrations.split_at_mut(moved);
    let both: BTreeSet<&String> = kept[common..].iter().flat_map(|migration| migration.tables.keys()).collect();
    let mut unknown: BTreeSet<String> = BTreeSet::new();
    for migration in moved.iter_mut() {
        for (name, shape) in &mut migration.tables {
            if both.contains(name) {
                *shape = Shape::Unknown;
                unknown.insert(name.clone());
            }
        }
    }
    if let Some(last) = moved.last_mut() {
        let now = |name: &String| whole.tables.get(name).map_or(Shape::Gone, Shape::of);
        last.tables.extend(unknown.into_iter().map(|name| (name.clone(), now(&name))));
    }
}

/// The migrations of a lock that are made of the models and not sealed.
fn generated(lock: &Lock) -> impl Iterator<Item = &Migration> {
    lock.unsealed().iter().filter(|migration| !migration.by_hand)
}

/// An error where a migration that moved changes rows by what the first branch took away: no schema holds that.
fn rows_are_there(
    package: &Path,
    files: &Files<'_>,
    parts: &[Moved],
    (moved, texts, new): (&[&Migration], &BTreeMap<PathBuf, String>, &[Migration]),
) -> Result<(), Error> {
    let mut reports: Vec<Report> = Vec::new();
    let grounds = parts.iter().flat_map(|part| part.places.clone().map(move |_| part));
    for ((part, old), migration) in grounds.zip(moved).zip(new) {
        let mut sql = migration.files().filter_map(|(name, _)| texts.get(&files.folder.join(name)));
        let gone = |text: &String| standing::named(&part.before, &part.found, text, !migration.by_hand);
        if let Some(gone) = sql.find_map(gone) {
            let name = &old.name;
            let at = Location::whole(&package.join(LOCK_FILE));
            let message =
                format!("{name}: the branches do not commute: it reads {gone}, and the other branch takes that away");
            reports.push(Diagnostic::spanned(LOCK, "", at, message).help(schemas::way_out(&[name])));
        }
    }
    if reports.is_empty() { Ok(()) } else { Err(Error::Violations(reports)) }
}
