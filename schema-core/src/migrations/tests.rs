use std::fs;
use std::path::Path;

use super::*;
use crate::parse::scan::{Scan, scan};
use crate::schema::{
    Check, Column, Exclusion, ExclusionElement, ForeignKey, Generated, Index, KeyColumn, KeyTarget, Partitioning,
    Policy, PrimaryKey, Profile, Schema, SqlType, Table, Trigger, TriggerEvent, Unique,
};

const MODELS: &str =
    "#[derive(Table)] pub struct User { id: Uuid, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }";

fn package(models: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("src")).unwrap();
    fs::write(folder.path().join("src/lib.rs"), models).unwrap();
    folder
}

fn scanned(package: &Path) -> Scan {
    scan(package, &Profile::default()).unwrap()
}

fn run(package: &Path, name: &str, rewrite: bool) -> Result<Outcome, Error> {
    migrate(package, &Profile::default(), &scanned(package), name, rewrite)
}

fn violations(package: &Path) -> Vec<String> {
    match verify(package, &Profile::default()) {
        Err(Error::Violations(reports)) => reports
            .iter()
            .map(|report| {
                let file = crate::report::shown(&report.at.file, package).display().to_string();
                format!("{file} {}: {} ({})", report.rule, report.message, report.help.clone().unwrap_or_default())
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// A table with something of everything that a database holds.
fn full() -> Schema {
    let mut table = Table {
        name: "users".to_owned(),
        comment: Some("it's \"here\"\nand there".to_owned()),
        primary_key: PrimaryKey { name: "users_pkey".to_owned(), columns: vec!["id".to_owned()] },
        ..Table::default()
    };
    table.columns.push(Column { default: Some("gen_random_uuid()".to_owned()), ..Column::new("id", SqlType::Uuid) });
    table.columns.push(Column { nullable: true, ..Column::new("price", SqlType::Numeric(Some((12, 2)))) });
    table.columns.push(Column { generated: Some(Generated::IdentityAlways), ..Column::new("number", SqlType::BigInt) });
    table.columns.push(Column {
        generated: Some(Generated::Stored(String::new())),
        ..Column::new("tags", SqlType::Array(Box::new(SqlType::Text)))
    });
    table.foreign_keys.push(ForeignKey { name: "f".to_owned(), deferrable: true, ..ForeignKey::default() });
    table.uniques.push(Unique { name: "u".to_owned(), nulls_not_distinct: true, ..Unique::default() });
    table.checks.push(Check { name: "c".to_owned(), expression: "a > 0".to_owned() });
    table.exclusions.push(Exclusion {
        name: "e".to_owned(),
        elements: vec![ExclusionElement::default()],
        ..Exclusion::default()
    });
    table.indexes.push(Index {
        name: "i".to_owned(),
        key: vec![
            KeyColumn::column("price"),
            KeyColumn { target: KeyTarget::Expression("lower(a)".to_owned()), ..KeyColumn::default() },
        ],
        with: [("m".to_owned(), "16".to_owned())].into(),
        ..Index::default()
    });
    table
        .triggers
        .push(Trigger { events: vec![TriggerEvent::Insert, TriggerEvent::Update(Vec::new())], ..Trigger::default() });
    table.policies.push(Policy::default());
    table.partitioning = Some(Partitioning::default());
    Schema {
        tables: [("users".to_owned(), table)].into(),
        extensions: ["citext".to_owned()].into(),
        ..Schema::default()
    }
}

#[test]
fn a_lock_reads_back_as_it_was() {
    let migration = Migration { name: "001_a".to_owned(), up: "sha256:1".to_owned(), down: "sha256:2".to_owned() };
    for schema in [Schema::default(), full()] {
        let lock = Lock::new(vec![migration.clone()], &schema);
        let text = lock.text().unwrap();
        assert_eq!(Lock::parse(Path::new(LOCK_FILE), &text).unwrap(), lock);
        assert_eq!(text, lock.text().unwrap());
        assert!(
            text.starts_with("{\n  \"version\": 1,\n  \"migrations\": [\n    {\n      \"name\": \"001_a\",\n"),
            "{text}"
        );
        assert!(!text.contains(": null") && !text.contains(": false") && !text.contains("btree"), "{text}");
    }
}

#[test]
fn a_broken_lock_says_where() {
    let told = |text: &str| {
        let report = Lock::parse(Path::new(LOCK_FILE), text).unwrap_err();
        format!("{}:{} [{}] {}", report.at.start().0, report.at.start().1, report.at.text(), report.message)
    };
    assert_eq!(
        told("{\n  \"version\": 1,\n  \"migrations\": [}\n"),
        "3:18 [}] this is not what `cargo schema` writes: expected value"
    );
    assert_eq!(
        told("{\"version\": 7, \"new\": {}}"),
        "1:2 [\"version\"] the lock file is of version 7, this program reads version 1"
    );
    assert_eq!(told("{}"), "1:1 [] the lock file does not say its version");
    assert!(told("").contains("EOF while parsing"));
    assert!(told("{\"version\": 1, \"schema\": 3}").contains("invalid type"));
    assert!(told("{\"version\": 1, \"sealed\": true}").contains("unknown field `sealed`"));
    assert!(
        told("{\"version\": 1, \"schema\": {\"tables\": {\"a\": {\"columns\": [{\"sql_type\": \"\"}]}}}}")
            .contains("the type is empty")
    );
    assert_eq!(
        told("{\n<<<<<<< HEAD\n  \"version\": 1\n=======\n"),
        "2:1 [<<<<<<< HEAD] a merge left both sides here: two branches added a migration"
    );
    assert_eq!(
        told("{\"version\": 1, \"migrations\": [{\"name\": \"002_a\", \"up\": \"\", \"down\": \"\"}]}"),
        "1:40 [\"002_a\"] this should be migration 001"
    );
}

#[test]
fn the_first_migration_is_written_once() {
    let folder = package(MODELS);
    let Outcome::Written(written) = run(folder.path(), "create_users", false).unwrap() else { panic!() };
    assert_eq!(
        written.files,
        ["migrations/001_create_users.up.sql", "migrations/001_create_users.down.sql", LOCK_FILE]
            .map(|file| folder.path().join(file))
    );
    let up = fs::read_to_string(&written.files[0]).unwrap();
    assert_eq!(
        up,
        "-- 001_create_users, up: creates the table users.\n\
         -- Why: the first migration; nothing of this exists yet.\n\
         -- Phase: expand.\n\
         -- Locks: none that anyone waits for, since every table is new.\n\
         -- Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited.\n\n\
         SET LOCAL lock_timeout = '2s';\nSET LOCAL statement_timeout = '60s';\n\n\
         CREATE TABLE users (\n    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),\n    \
         updated_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\n"
    );
    assert!(fs::read_to_string(&written.files[1]).unwrap().ends_with("\nDROP TABLE users;\n"));
    assert!(
        matches!(run(folder.path(), "create_users", false), Ok(Outcome::UpToDate { last }) if last == "001_create_users")
    );
    assert!(matches!(run(folder.path(), "again", false), Ok(Outcome::UpToDate { .. })));
    // No temporary file is left.
    assert_eq!(fs::read_dir(folder.path().join("migrations")).unwrap().count(), 2);
    assert!(verify(folder.path(), &Profile::default()).unwrap().is_some());
}

#[test]
fn what_needs_no_migration_makes_none() {
    let folder = package(MODELS);
    run(folder.path(), "create_users", false).unwrap();
    let waived = MODELS.replace("#[derive(Table)]", "#[derive(Table)] #[table(rows = 10)]");
    fs::write(folder.path().join("src/lib.rs"), waived).unwrap();
    assert!(matches!(run(folder.path(), "next", false), Ok(Outcome::UpToDate { .. })));
}

#[test]
fn a_change_is_told_and_the_first_can_be_rewritten() {
    let folder = package(MODELS);
    assert!(
        matches!(run(folder.path(), "create", true), Err(Error::Refused { message, .. }) if message == "there is no migration to rewrite")
    );
    run(folder.path(), "create_users", false).unwrap();
    fs::write(folder.path().join("src/lib.rs"), MODELS.replace("id: Uuid,", "id: Uuid, name: String,")).unwrap();
    let Err(Error::Differs { last, differences }) = run(folder.path(), "add_name", false) else { panic!() };
    assert_eq!(last, "001_create_users");
    assert_eq!(differences[0].0.text(), "the column users.name is new");
    assert_eq!(differences[0].1.text(), "name");
    let Outcome::Written(written) = run(folder.path(), "create_shop", true).unwrap() else { panic!() };
    assert_eq!(written.removed.len(), 2);
    assert_eq!(fs::read_dir(folder.path().join("migrations")).unwrap().count(), 2);
    assert!(matches!(run(folder.path(), "create_shop", true), Ok(Outcome::UpToDate { .. })));
    // Not over a file that somebody changed.
    fs::write(&written.files[0], "SELECT 1;").unwrap();
    assert!(matches!(run(folder.path(), "create_shop", true), Err(Error::Violations(_))));
}

#[test]
fn a_file_that_changed_says_how_to_put_it_back() {
    let folder = package(MODELS);
    run(folder.path(), "create_users", false).unwrap();
    let up = folder.path().join("migrations/001_create_users.up.sql");
    let text = fs::read_to_string(&up).unwrap();
    fs::write(&up, format!("{text}-- more\n")).unwrap();
    assert_eq!(
        violations(folder.path()),
        [
            "migrations/001_create_users.up.sql immutable: this file is not what schema.lock records: a migration is never \
          changed once it is written (git checkout -- migrations/001_create_users.up.sql)"
        ]
    );
    fs::write(&up, text.replace('\n', "\r\n")).unwrap();
    assert!(violations(folder.path())[0].contains("only the line endings"));
    fs::remove_file(&up).unwrap();
    let found = violations(folder.path());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("migrations/001_create_users.down.sql up_and_down: there is a way down and no way up")
    );
    fs::remove_file(folder.path().join("migrations/001_create_users.down.sql")).unwrap();
    assert!(violations(folder.path())[0].contains("this file is missing"));
}

#[test]
fn a_folder_that_is_out_of_order_is_an_error() {
    let folder = package(MODELS);
    let sql = folder.path().join("migrations");
    fs::create_dir(&sql).unwrap();
    for file in [
        "001_a.up.sql",
        "001_a.down.sql",
        "001_b.up.sql",
        "001_b.down.sql",
        "003_c.up.sql",
        "notes.sql",
        "README.md",
        ".gitkeep",
    ] {
        fs::write(sql.join(file), "").unwrap();
    }
    let found = violations(folder.path());
    let starts = [
        "migrations/notes.sql numbered: `notes.sql` is no migration: it has no name",
        "migrations/001_b.up.sql numbered: two migrations have the number 001",
        "migrations/003_c.up.sql up_and_down: there is a way up and no way down: 003_c.down.sql is missing",
        "migrations/003_c.up.sql numbered: migration 002 is missing before 003",
        "migrations/001_a.up.sql lock: there are migrations and no schema.lock",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (found, start) in found.iter().zip(starts) {
        assert!(found.starts_with(start), "{found}");
    }
}

#[test]
fn a_name_cannot_carry_sql_into_a_header() {
    let mut schema = full();
    let mut table = schema.tables["users"].clone();
    table.name = "a\nDROP TABLE users; --".to_owned();
    schema.tables.insert(table.name.clone(), table);
    let text = up("001_a", &schema, &crate::plan::Creation::default(), &Profile::default());
    assert!(text.lines().take_while(|line| !line.is_empty()).all(|line| line.starts_with("-- ")), "{text}");
}

#[test]
fn a_folder_without_permission_leaves_nothing_behind() {
    let folder = package(MODELS);
    // A file where the folder should be.
    fs::write(folder.path().join("migrations"), "").unwrap();
    let Err(Error::Io(error)) = run(folder.path(), "create_users", false) else { panic!() };
    assert!(error.to_string().starts_with("cannot read "), "{error}");
    assert!(!folder.path().join(LOCK_FILE).exists());
}

mod garbage {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_lock_that_was_cut_or_mixed_up_is_read_or_refused(start in 0_usize..900, length in 0_usize..30, put in "[\\[\\]{}:,\"a1é\\\\\\n<>-]{0,8}") {
            let lock = Lock::new(vec![Migration { name: "001_a".to_owned(), ..Migration::default() }], &full());
            let mut text = lock.text().unwrap();
            let start = text.floor_char_boundary(start);
            let end = text.ceil_char_boundary(start + length);
            text.replace_range(start..end, &put);
            if let Err(report) = Lock::parse(Path::new(LOCK_FILE), &text) {
                prop_assert!(report.help.is_some());
                let _ = report.at.text();
            }
        }

        #[test]
        fn any_file_name_is_read_or_refused(name in "[0-9]{0,12}[_.a-zA-Z é]{0,12}(\\.up|\\.down)?(\\.sql)?") {
            if let Ok(parsed) = FileName::parse(&name) {
                prop_assert_eq!(parsed.to_string(), name);
            }
        }
    }
}
