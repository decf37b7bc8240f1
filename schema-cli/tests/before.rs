//! Models, migrations and locks as they were committed by an earlier version keep working.
//!
//! `tests/before/` holds the examples at that time, and never changes.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::Package;
use common::runner::{folder, sqlx_run};
use tablewright_core::migrations::Lock;

/// The examples, each with a model of which a field is added.
const EXAMPLES: [(&str, &str); 3] = [("auth", "user"), ("multi-tenant", "customer"), ("shop", "product")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn before(example: &str) -> PathBuf {
    root().join("tests/before").join(example)
}

fn lock(folder: &Path) -> Lock {
    let file = folder.join("schema.lock");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"version\": 1"), "{}", file.display());
    Lock::parse(&file, &text).unwrap_or_else(|report| panic!("{report:?}"))
}

/// Every migration file, by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
}

fn succeeds(package: &Package, arguments: &[&str]) -> String {
    let said = package.run(arguments);
    assert!(said.starts_with("exit code 0\n"), "{arguments:?}: {said}");
    said
}

#[test]
fn an_example_goes_on_from_what_was_committed() {
    for (example, _) in EXAMPLES {
        let (then, now) = (before(example), root().join("../examples").join(example));
        let (old, new) = (lock(&then), lock(&now));
        let made = old.migrations.len();
        assert!(made > 0 && old.migrations == new.migrations[..made], "{example}");
        // Without a further migration there is no difference between what was made and what the models say.
        if new.migrations.len() == made {
            assert_eq!(old.schema, new.schema, "{example}");
        }
        for (name, text) in files(&then.join("migrations")) {
            assert_eq!(fs::read(now.join("migrations").join(&name)).unwrap(), text, "{example}: {name}");
        }
    }
}

#[test]
fn every_command_takes_them_and_the_next_migration_leaves_them_as_they_are() {
    for (example, model) in EXAMPLES {
        let package = Package::copy_of(&before(example));
        let recorded = lock(package.path());
        let sealed = files(&folder(&package));
        let database = tablewright_tempdb::database();
        let url = database.url();

        assert!(succeeds(&package, &["check"]).contains("no violation"), "{example}");
        // A database that an earlier program brought up: sqlx reads the same files.
        sqlx_run(url, &folder(&package)).unwrap();
        succeeds(&package, &["status", url]);
        assert!(succeeds(&package, &["apply", url]).contains("nothing to do"), "{example}");
        succeeds(&package, &["verify"]);
        assert_eq!(lock(package.path()), recorded, "{example}: no command changed it");

        package.change(
            &format!("src/models/{model}.rs"),
            "    pub created_at: DateTime<Utc>,\n",
            "    pub remark: Option<String>,\n    pub created_at: DateTime<Utc>,\n",
        );
        succeeds(&package, &["migrate", "add_remark"]);
        let next = lock(package.path());
        assert!(next.migrations.len() > recorded.migrations.len(), "{example}");
        assert_eq!(next.sealed(), recorded.migrations, "{example}");
        let after = files(&folder(&package));
        assert!(sealed.iter().all(|(name, text)| after.get(name) == Some(text)), "{example}");
        assert_eq!(after.len(), 2 * next.migrations.len(), "{example}");
        assert!(succeeds(&package, &["apply", url]).contains("applied "), "{example}");
        succeeds(&package, &["check"]);
    }
}
