//! One migration in place of all sealed ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha384};

use super::journal::{self, Changes};
use super::migrate::lock_text;
use super::name::{Direction, FileName, check_name, stem_parts};
use super::render::{self, Naming, Rendered};
use super::verify::examine;
use super::write::Guard;
use super::{Error, IoError, LOCK_FILE, Lock, Migration, changed, checksum};
use crate::config::Profile;
use crate::files;
use crate::plan::{self, Allowed};
use crate::schema::Schema;
use crate::sql::literal;
use crate::sql::template::{Fill as _, Sql, template};

/// What a squash did.
#[derive(Debug)]
pub struct Squashed {
    /// The migrations that create everything.
    pub migrations: Vec<String>,
    /// The migrations that they replace.
    pub replaced: Vec<String>,
    /// Those of them that a person wrote: what they did to rows is not in the new one.
    pub by_hand: Vec<String>,
    /// Where the old files are now.
    pub archive: PathBuf,
    /// The file with what is run once on a database that has the old migrations.
    pub existing: PathBuf,
}

/// Starts over from the sealed schema: new databases get one migration that creates everything, the old files go to a
/// folder next to the migrations, and a file there says how a database that has them continues.
pub fn squash(package: &Path, profile: &Profile, name: &str, date: Option<u32>) -> Result<Squashed, Error> {
    check_name(name).map_err(|problem| Error::Refused {
        message: format!("`{}` is not a name of a migration: {problem}", name.escape_debug()),
        help: "cargo schema squash create_shop".to_owned(),
    })?;
    let guard = Guard::take(package, profile)?;
    let found = examine(package, profile)?;
    let reports: Vec<_> = found.reports.into_iter().chain(found.missing).collect();
    if !reports.is_empty() {
        return Err(Error::Violations(reports));
    }
    let lock = found.lock.unwrap_or_default();
    if let Some(open) = lock.unsealed().first() {
        return Err(Error::Refused {
            message: format!("{} is not sealed, and only what is sealed can be put together", open.name),
            help: "cargo schema seal".to_owned(),
        });
    }
    if lock.migrations.len() < 2 {
        return Err(Error::Refused {
            message: "there are not two migrations that could become one".to_owned(),
            help: "cargo schema status".to_owned(),
        });
    }
    let plan = plan::plan(&Schema::default(), &lock.schema, profile, &Allowed::default()).map_err(|problems| {
        let words: Vec<String> = problems.iter().map(crate::diagnostic::Diagnostic::text).collect();
        Error::Refused { message: words.join("\n"), help: "cargo schema check".to_owned() }
    })?;
    let steps = render::steps(&plan, &Naming { name, first: 1, date }, profile);

    let folder = PathBuf::from(&profile.migrations);
    let archive = free_folder(package, &folder, &lock);
    let existing = archive.join(journal::EXISTING);
    let mut changes = Changes::default();
    let mut old: Vec<(u32, String)> = Vec::new();
    for (file, _) in lock.migrations.iter().flat_map(Migration::files) {
        let path = package.join(&folder).join(&file);
        let text = files::read_text(&path).map_err(|error| IoError::new("read", &path, error))?;
        // sqlx records the way up.
        old.extend(
            FileName::parse(&file)
                .ok()
                .filter(|it| it.direction != Direction::Down)
                .map(|it| (it.number, text.clone())),
        );
        changes.write.push((archive.join(&file), text));
        changes.remove.push(folder.join(file));
    }
    changes.write.push((existing.clone(), go_on(&lock, &old, &steps)));
    for file in steps.iter().flat_map(Rendered::files) {
        let path = folder.join(&file.name);
        changes.remove.retain(|gone| *gone != path);
        changes.write.push((path, file.text.clone()));
    }
    let entry = |step: &Rendered| Migration {
        name: step.migration.clone(),
        up: checksum(step.up.text.as_bytes()),
        down: step.down.as_ref().map(|down| checksum(down.text.as_bytes())),
        sealed: true,
        by_hand: false,
        tables: BTreeMap::new(),
    };
    let mut migrations: Vec<Migration> = steps.iter().map(entry).collect();
    if let Some(last) = migrations.last_mut() {
        last.tables = changed(&Schema::default(), &lock.schema);
    }
    let next = Lock::new(migrations, &lock.schema);
    changes.write.push((PathBuf::from(LOCK_FILE), lock_text(&next)?));
    let made = package.join(&archive);
    std::fs::create_dir_all(&made).map_err(|error| IoError::new("create", &made, error))?;
    guard.apply(&changes)?;
    let names = |list: &[Migration]| list.iter().map(|migration| migration.name.clone()).collect::<Vec<_>>();
    Ok(Squashed {
        migrations: names(&next.migrations),
        replaced: names(&lock.migrations),
        by_hand: lock.migrations.iter().filter(|it| it.by_hand).map(|it| it.name.clone()).collect(),
        archive: made,
        existing: package.join(existing),
    })
}

/// A folder next to the migrations that does not exist yet: sqlx does not look into folders, but other programs do.
fn free_folder(package: &Path, folder: &Path, lock: &Lock) -> PathBuf {
    let name = folder.file_name().map_or_else(|| "migrations".to_owned(), |name| name.to_string_lossy().into_owned());
    let last = lock.last().and_then(|last| Some(stem_parts(last).ok()?.1)).unwrap_or_default();
    let base = format!("{name}_until_{last:03}");
    let names = std::iter::once(base.clone()).chain((2..).map(|number: u32| format!("{base}_{number}")));
    let mut folders = names.map(|name| folder.with_file_name(name));
    folders.find(|candidate| !package.join(candidate).exists()).unwrap_or_else(|| folder.with_file_name(base))
}

template!(Exactly<'a> from "templates/exactly.sql" { migrations: Sql<'a>, last: Sql<'a> });

/// A checksum as sqlx keeps it.
fn digest(text: &str) -> String {
    let hex: String = Sha384::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("decode({}, 'hex')", literal(&hex))
}

/// What makes a database that has the old migrations look as if it had the new ones.
fn go_on(lock: &Lock, old: &[(u32, String)], steps: &[Rendered]) -> String {
    let last = lock.last().and_then(|last| Some(stem_parts(last).ok()?.1)).unwrap_or_default();
    let rows: Vec<String> =
        old.iter().map(|(number, text)| format!("SELECT {number} AS version, {} AS checksum", digest(text))).collect();
    let migrations = rows.join("\n    UNION ALL ");
    let mut text = format!(
        "-- For a database that has all {last} migrations of this folder: run this once, before anything newer.\n\
         -- The schema stays as it is. Only the list of what was run changes, as sqlx keeps it.\n\
         -- A database that has fewer gets the rest of them first; a new database needs nothing of this.\n\n\
         BEGIN;\n{}\nDELETE FROM _sqlx_migrations WHERE version <= {last};\n",
        Exactly { migrations: Sql(&migrations), last: Sql(&last.to_string()) }.sql()
    );
    for step in steps {
        let Ok((_, number, name)) = stem_parts(&step.migration) else { continue };
        text.push_str(&format!(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)\n    \
             VALUES ({number}, {}, TRUE, {}, 0);\n",
            literal(&name.replace('_', " ")),
            digest(&step.up.text)
        ));
    }
    text.push_str("COMMIT;\n");
    text
}
