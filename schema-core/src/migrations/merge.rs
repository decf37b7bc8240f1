//! Two branches that both added migrations, put into one order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::journal::Changes;
use super::migrate::lock_text;
use super::name::{migration_name, stem_parts};
use super::three_way::{self, Clash};
use super::write::Guard;
use super::{Before, Error, Head, LOCK, LOCK_FILE, Lock, Migration, checksum};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::report::{Location, Report};
use crate::schema::Schema;

/// The three locks of a merge.
#[derive(Clone, Debug)]
pub struct Sides {
    /// What both branches began with.
    pub base: Lock,
    /// The branch whose migrations keep their numbers.
    pub first: Lock,
    /// The branch whose migrations come behind them.
    pub later: Lock,
}

/// What came of a merge.
#[derive(Debug)]
pub struct Merged {
    /// The migrations that have another number: the old name and the new one.
    pub renumbered: Vec<(String, String)>,
    /// The unsealed migration that is to be written anew from the merged models, by its name.
    pub anew: Option<String>,
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

/// Numbers the later branch's migrations behind the first's, and writes the lock of both.
///
/// `recorded` gives the text of a migration file as a branch has it (`true` for the first), for files that a merge left
/// marked or took away. Nothing is written where the branches do not commute.
pub fn merge(
    package: &Path,
    profile: &Profile,
    sides: &Sides,
    recorded: &dyn Fn(bool, &Path) -> Option<String>,
) -> Result<Merged, Error> {
    let guard = Guard::take(package, profile)?;
    let Sides { base, first, later } = sides;
    if let Some(open) = first.unsealed().iter().find(|migration| migration.by_hand) {
        return Err(Error::Refused {
            message: format!("{} is written by hand and not sealed, and the other branch's migrations come behind it", open.name),
            help: "cargo schema seal, on the branch that has it; or let it come last: cargo schema rebase --later ours|theirs".to_owned(),
        });
    }
    let kept = first.sealed();
    let common = kept.iter().zip(later.sealed()).take_while(|(one, other)| one == other).count();
    let hand_written: Vec<&Migration> = later.unsealed().iter().filter(|migration| migration.by_hand).collect();
    let moved: Vec<&Migration> = later.sealed()[common..].iter().chain(hand_written.iter().copied()).collect();

    let before = base.sealed_schema();
    let put = |ours: &Schema, theirs: &Schema| {
        three_way::merge(&before, ours, theirs).map_err(|error| Error::Refused {
            message: format!("the two schemas cannot be put together: {error}"),
            help: "this is a mistake of this program: please report it with both branches".to_owned(),
        })
    };
    let (sealed, mut clashes) = put(&first.sealed_schema(), &later.sealed_schema())?;
    let (whole, more) = if hand_written.is_empty() {
        (sealed.clone(), Vec::new())
    } else {
        put(&first.sealed_schema(), &later.schema)?
    };
    clashes.extend(more.into_iter().filter(|clash| !clashes.contains(clash)).collect::<Vec<_>>());
    if !clashes.is_empty() && !moved.is_empty() {
        return Err(Error::Violations(clashes.iter().map(|clash| told(package, clash, &moved)).collect()));
    }

    let folder = Path::new(&profile.migrations);
    let mut changes = Changes::default();
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut lost = Vec::new();
    let mut take = |is_first: bool, name: &str, sum: &str| -> Option<String> {
        let path = folder.join(name);
        let on_disk = std::fs::read_to_string(package.join(&path)).ok().filter(|text| checksum(text.as_bytes()) == sum);
        let text = on_disk.or_else(|| recorded(is_first, &path).filter(|text| checksum(text.as_bytes()) == sum));
        if text.is_none() {
            lost.push(path);
        }
        text
    };
    for migration in kept {
        for (name, sum) in migration.files() {
            texts.extend(take(true, &name, sum).map(|text| (folder.join(&name), text)));
        }
    }
    let mut migrations = kept.to_vec();
    let mut renumbered = Vec::new();
    for migration in moved {
        let number = u32::try_from(migrations.len() + 1).unwrap_or(u32::MAX);
        let (date, _, words) = stem_parts(&migration.name).unwrap_or((None, number, &migration.name));
        let new = Migration { name: migration_name(date, number, words), ..migration.clone() };
        for ((old, sum), (name, _)) in migration.files().zip(new.files()) {
            // What is not sealed may have been edited since, and is taken as it is.
            let text = if migration.sealed {
                take(false, &old, sum)
            } else {
                std::fs::read_to_string(package.join(folder).join(&old)).ok()
            };
            texts.extend(text.map(|text| (folder.join(name), text)));
            changes.remove.push(folder.join(old));
        }
        renumbered.push((migration.name.clone(), new.name.clone()));
        migrations.push(new);
    }
    if let Some(path) = lost.first() {
        return Err(Error::Refused {
            message: format!("{} is not what its branch recorded, and git does not have it either", path.display()),
            help: format!("put it back as it was: git log --all -- {}", path.display()),
        });
    }
    // A generated migration that is not sealed is made of the models, and is made of the merged ones anew.
    let generated =
        |lock: &Lock| lock.unsealed().iter().filter(|migration| !migration.by_hand).cloned().collect::<Vec<_>>();
    for (migration, is_first) in
        generated(first).iter().map(|it| (it, true)).chain(generated(later).iter().map(|it| (it, false)))
    {
        for (name, sum) in migration.files() {
            let path = folder.join(&name);
            let edited =
                std::fs::read(package.join(&path)).is_ok_and(|bytes| checksum(&bytes) != sum && !has_marks(&bytes));
            if edited
                && !texts.contains_key(&path)
                && recorded(is_first, &path).is_none_or(|text| checksum(text.as_bytes()) != sum)
            {
                return Err(Error::Refused {
                    message: format!("{} was edited since it was written, and is not sealed", path.display()),
                    help: "cargo schema seal, on the branch that has it".to_owned(),
                });
            }
            changes.remove.push(path);
        }
    }
    let anew = [later, first].into_iter().find(|lock| !generated(lock).is_empty()).and_then(|lock| lock.head.as_ref());
    let mut lock = Lock::new(migrations, &whole);
    if !hand_written.is_empty() {
        let head = later.head.clone().unwrap_or_default();
        lock.head = Some(Head { before: Before::between(&sealed, &lock.schema), ..head });
    }
    changes.remove.retain(|path| !texts.contains_key(path));
    changes.remove.dedup();
    let differs = |path: &Path, text: &str| std::fs::read(package.join(path)).ok().as_deref() != Some(text.as_bytes());
    changes.write = texts.into_iter().filter(|(path, text)| differs(path, text)).collect();
    changes.write.push((PathBuf::from(LOCK_FILE), lock_text(&lock)?));
    guard.apply(&changes)?;
    Ok(Merged {
        renumbered: renumbered.into_iter().filter(|(old, new)| old != new).collect(),
        anew: anew.filter(|_| hand_written.is_empty()).map(|head| head.name.clone()),
        files: changes.write.iter().map(|(path, _)| package.join(path)).collect(),
    })
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
        "decide in the models which of the two holds; take {} out of its branch, merge, and write it anew: cargo schema migrate NAME",
        names.join(", ")
    ))
}
