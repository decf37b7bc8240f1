//! Two branches that both added migrations, put into one order.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::journal::Changes;
use super::migrate::lock_text;
use super::name::{migration_name, stem_parts};
use super::three_way::{self, Clash};
use super::write::Guard;
use super::{Before, Error, Head, LOCK, LOCK_FILE, Lock, Migration, Shape, checksum};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::report::{Location, Report};
use crate::schema::Schema;

/// The three locks of a merge.
#[derive(Clone, Debug)]
pub struct Sides {
    /// What both branches began with.
    pub base: Lock,
    /// The branch whose migrations keep their numbers.
    pub first: Lock,
    /// The branch whose migrations come after them.
    pub later: Lock,
}

/// What came of a merge.
#[derive(Debug)]
pub struct Merged {
    /// The migrations that have another number: the old name and the new one.
    pub renumbered: Vec<(String, String)>,
    /// The unsealed migration that is to be rewritten from the merged models, by its name.
    pub rewritten: Option<String>,
    /// The files that were written, the lock last.
    pub files: Vec<PathBuf>,
}

/// The two sides of a lock file that a merge left marked, ours and theirs; `None` where there are no marks.
#[must_use]
pub fn sides(file: &Path, text: &str) -> Option<Result<(Lock, Lock), Box<Report>>> {
    super::lock::conflict(text)?;
    let (mut ours, mut theirs) = (String::new(), String::new());
    // Which side a line belongs to: both, ours, the base, theirs.
    let mut side = 0;
    for line in text.split_inclusive('\n') {
        match (line.get(..7), side) {
            (Some("<<<<<<<"), _) => side = 1,
            (Some("|||||||"), 1) => side = 2,
            (Some("======="), 1 | 2) => side = 3,
            (Some(">>>>>>>"), 3) => side = 0,
            _ => {
                if side < 2 {
                    ours.push_str(line);
                }
                if side == 0 || side == 3 {
                    theirs.push_str(line);
                }
            }
        }
    }
    Some(Lock::parse(file, &ours).and_then(|ours| Ok((ours, Lock::parse(file, &theirs)?))))
}

/// The text of a migration file as a branch has it (`true` for the first), for files that a merge left marked or took away.
type Recorded<'a> = &'a dyn Fn(bool, &Path) -> Option<String>;

/// Numbers the later branch's migrations after the first's, and writes the lock of both.
///
/// `recorded` gives the text of a migration file as a branch has it (`true` for the first), for files that a merge left
/// marked or took away. Nothing is written where the branches do not commute.
pub fn merge(package: &Path, profile: &Profile, sides: &Sides, recorded: Recorded<'_>) -> Result<Merged, Error> {
    let guard = Guard::take(package, profile)?;
    let Sides { first, later, .. } = sides;
    if let Some(open) = first.unsealed().iter().find(|migration| migration.by_hand) {
        return Err(Error::Refused {
            message: format!("{} is written by hand and not sealed, and the other branch's migrations come after it", open.name),
            help: "cargo schema seal, on the branch that has it; or let it come last: cargo schema rebase --later ours|theirs".to_owned(),
        });
    }
    let common = first.sealed().iter().zip(later.sealed()).take_while(|(one, other)| one == other).count();
    let moved: Vec<&Migration> = later.sealed()[common..].iter().chain(by_hand(later)).collect();
    let schemas = schemas(package, sides, &moved)?;
    let branches = Branches { package, folder: Path::new(&profile.migrations), recorded };
    let Order { migrations, renumbered, texts, mut remove } = branches.in_order(first.sealed(), &moved)?;
    remove.extend(branches.generated(sides, &texts)?);

    let mut lock = Lock::new(migrations, &schemas.whole);
    reshape(&mut lock.migrations, (common, first.sealed().len()), &schemas.whole);
    let mut rewritten =
        [later, first].into_iter().find(|lock| !generated(lock).is_empty()).and_then(|lock| lock.head.as_ref());
    if by_hand(later).next().is_some() {
        let head = later.head.clone().unwrap_or_default();
        lock.head = Some(Head { before: Before::between(&schemas.sealed, &lock.schema), ..head });
        rewritten = None;
    }
    remove.retain(|path| !texts.contains_key(path));
    remove.dedup();
    let differs = |path: &Path, text: &str| files::read(&package.join(path)).ok().as_deref() != Some(text.as_bytes());
    let mut write: Vec<_> = texts.into_iter().filter(|(path, text)| differs(path, text)).collect();
    write.push((PathBuf::from(LOCK_FILE), lock_text(&lock)?));
    let changes = Changes { write, remove };
    guard.apply(&changes)?;
    Ok(Merged {
        renumbered: renumbered.into_iter().filter(|(old, new)| old != new).collect(),
        rewritten: rewritten.map(|head| head.name.clone()),
        files: changes.write.iter().map(|(path, _)| package.join(path)).collect(),
    })
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

/// The migrations of a lock that are written by hand and not sealed.
fn by_hand(lock: &Lock) -> impl Iterator<Item = &Migration> {
    lock.unsealed().iter().filter(|migration| migration.by_hand)
}

/// The migrations of a lock that are made of the models and not sealed.
fn generated(lock: &Lock) -> Vec<&Migration> {
    lock.unsealed().iter().filter(|migration| !migration.by_hand).collect()
}

/// The schemas that a merge comes to.
struct Schemas {
    /// After the sealed migrations of both branches.
    sealed: Schema,
    /// After those that are written by hand as well.
    whole: Schema,
}

/// Puts the schemas of both branches together; an error where the two do not commute.
fn schemas(package: &Path, Sides { base, first, later }: &Sides, moved: &[&Migration]) -> Result<Schemas, Error> {
    let before = base.sealed_schema();
    let put = |ours: &Schema, theirs: &Schema| {
        three_way::merge(&before, ours, theirs).map_err(|error| Error::Refused {
            message: format!("the two schemas cannot be put together: {error}"),
            help: "this is a mistake of this program: please report it with both branches".to_owned(),
        })
    };
    let (sealed, mut clashes) = put(&first.sealed_schema(), &later.sealed_schema())?;
    let (whole, more) = if by_hand(later).next().is_none() {
        (sealed.clone(), Vec::new())
    } else {
        put(&first.sealed_schema(), &later.schema)?
    };
    clashes.extend(more.into_iter().filter(|clash| !clashes.contains(clash)).collect::<Vec<_>>());
    if clashes.is_empty() || moved.is_empty() {
        return Ok(Schemas { sealed, whole });
    }
    Err(Error::Violations(clashes.iter().map(|clash| told(package, clash, moved)).collect()))
}

/// The migrations of both branches in one order.
struct Order {
    migrations: Vec<Migration>,
    /// The old name and the new one of each that moved.
    renumbered: Vec<(String, String)>,
    /// The files under their new names.
    texts: BTreeMap<PathBuf, String>,
    /// The files under their old names.
    remove: Vec<PathBuf>,
}

/// Where the files of both branches are.
struct Branches<'a> {
    package: &'a Path,
    folder: &'a Path,
    recorded: Recorded<'a>,
}

impl Branches<'_> {
    /// The text of a file as its branch recorded it: from the disk, or from the history.
    fn text(&self, is_first: bool, name: &str, sum: &str) -> Result<String, Error> {
        let path = self.folder.join(name);
        let is_it = |text: &String| checksum(text.as_bytes()) == sum;
        let on_disk = files::read_text(&self.package.join(&path)).ok().filter(is_it);
        on_disk.or_else(|| (self.recorded)(is_first, &path).filter(is_it)).ok_or_else(|| Error::Refused {
            message: format!("{} is not what its branch recorded, and git does not have it either", path.display()),
            help: format!("put it back as it was: git log --all -- {}", path.display()),
        })
    }

    /// Numbers the migrations that move after those that are kept.
    fn in_order(&self, kept: &[Migration], moved: &[&Migration]) -> Result<Order, Error> {
        let (mut texts, mut remove, mut renumbered) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (name, sum) in kept.iter().flat_map(Migration::files) {
            texts.insert(self.folder.join(&name), self.text(true, &name, sum)?);
        }
        let mut migrations = kept.to_vec();
        for migration in moved {
            let number = u32::try_from(migrations.len() + 1).unwrap_or(u32::MAX);
            let (date, _, words) = stem_parts(&migration.name).unwrap_or((None, number, &migration.name));
            let new = Migration { name: migration_name(date, number, words), ..(*migration).clone() };
            for ((old, sum), (name, _)) in migration.files().zip(new.files()) {
                // What is not sealed may have been edited since, and is taken as it is.
                let text = if migration.sealed {
                    Some(self.text(false, &old, sum)?)
                } else {
                    files::read_text(&self.package.join(self.folder).join(&old)).ok()
                };
                texts.extend(text.map(|text| (self.folder.join(name), text)));
                remove.push(self.folder.join(old));
            }
            renumbered.push((migration.name.clone(), new.name.clone()));
            migrations.push(new);
        }
        Ok(Order { migrations, renumbered, texts, remove })
    }

    /// The files of generated migrations that are not sealed: they are written again from the merged models. An error where one
    /// was edited.
    fn generated(&self, sides: &Sides, texts: &BTreeMap<PathBuf, String>) -> Result<Vec<PathBuf>, Error> {
        let mut remove = Vec::new();
        let first = generated(&sides.first).into_iter().map(|it| (it, true));
        for (migration, is_first) in first.chain(generated(&sides.later).into_iter().map(|it| (it, false))) {
            for (name, sum) in migration.files() {
                let path = self.folder.join(&name);
                let edited = files::read(&self.package.join(&path))
                    .is_ok_and(|bytes| checksum(&bytes) != sum && !has_marks(&bytes));
                if edited
                    && !texts.contains_key(&path)
                    && (self.recorded)(is_first, &path).is_none_or(|text| checksum(text.as_bytes()) != sum)
                {
                    return Err(Error::Refused {
                        message: format!("{} was edited since it was written, and is not sealed", path.display()),
                        help: "cargo schema seal, on the branch that has it".to_owned(),
                    });
                }
                remove.push(path);
            }
        }
        Ok(remove)
    }
}

/// Whether a merge left both sides in a file.
fn has_marks(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).lines().any(|line| line.starts_with("<<<<<<< "))
}

fn told(package: &Path, clash: &Clash, moved: &[&Migration]) -> Report {
    let names: Vec<&str> = moved.iter().map(|migration| migration.name.as_str()).collect();
    let at = Location::whole(&package.join(LOCK_FILE));
    let message = format!("{}: the branches do not commute: {}", clash.thing, clash.how);
    Diagnostic::spanned(LOCK, "", at, message).help(format!(
        "decide in the models which of the two holds; take {} out of its branch, merge, and write it again: cargo schema migrate NAME",
        names.join(", ")
    ))
}
