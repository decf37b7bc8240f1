use std::fs;
use std::path::Path;

use super::*;
use crate::config::Profile;
use crate::parse::scan::{Scan, scan};
use crate::schema::{
    Check, Column, Exclusion, ExclusionElement, ForeignKey, Generated, Index, KeyColumn, KeyTarget, Partitioning,
    Policy, PrimaryKey, Schema, SqlType, Table, Trigger, TriggerEvent, Unique,
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

fn run(package: &Path, name: &str) -> Result<Outcome, Error> {
    run_with(package, &Request { name: Some(name.to_owned()), ..Request::default() })
}

fn run_with(package: &Path, request: &Request) -> Result<Outcome, Error> {
    migrate(package, &Profile::default(), &scanned(package), request)
}

fn written(package: &Path, name: &str) -> Written {
    match run(package, name) {
        Ok(Outcome::Written(written)) => written,
        other => panic!("{other:?}"),
    }
}

fn refused(result: Result<Outcome, Error>) -> String {
    match result {
        Err(Error::Refused { message, help }) => format!("{message} ({help})"),
        other => panic!("{other:?}"),
    }
}

fn models(package: &Path, text: &str) {
    fs::write(package.join("src/lib.rs"), text).unwrap();
}

fn files(package: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(package.join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
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
pub(crate) fn full() -> Schema {
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
    let migration = Migration {
        name: "001_a".to_owned(),
        up: "sha256:1".to_owned(),
        down: Some("sha256:2".to_owned()),
        sealed: true,
        by_hand: false,
        tables: changed(&Schema::default(), &full()),
    };
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
    assert!(told("{\"version\": 1, \"fresh\": true}").contains("unknown field `fresh`"));
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
    let first = written(folder.path(), "create_users");
    assert_eq!(
        first.files,
        ["migrations/001_create_users.up.sql", "migrations/001_create_users.down.sql", LOCK_FILE]
            .map(|file| folder.path().join(file))
    );
    let up = fs::read_to_string(&first.files[0]).unwrap();
    assert!(up.contains("\n-- Phase: expand.\n"), "{up}");
    assert!(
        up.ends_with(
            "\nSET LOCAL lock_timeout = '2s';\nSET LOCAL statement_timeout = '60s';\n\n\
             CREATE TABLE users (\n    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),\n    \
             updated_at TIMESTAMPTZ NOT NULL DEFAULT now()\n);\n"
        ),
        "{up}"
    );
    assert!(fs::read_to_string(&first.files[1]).unwrap().ends_with("\nDROP TABLE users;\n"));
    assert!(matches!(run(folder.path(), "create_users"), Ok(Outcome::UpToDate { last }) if last == "001_create_users"));
    // No temporary file is left.
    assert_eq!(files(folder.path()).len(), 2);
    assert!(verify(folder.path(), &Profile::default()).unwrap().is_some());
}

#[test]
fn what_needs_no_migration_makes_none() {
    let folder = package(MODELS);
    written(folder.path(), "create_users");
    seal(folder.path(), &Profile::default()).unwrap();
    models(folder.path(), &MODELS.replace("#[derive(Table)]", "#[derive(Table)] #[table(rows = 10)]"));
    assert!(matches!(run(folder.path(), "next"), Ok(Outcome::UpToDate { .. })));
}

#[test]
fn what_is_not_sealed_is_rewritten_and_what_is_sealed_stays() {
    let folder = package(MODELS);
    let path = folder.path();
    assert!(refused(run_with(path, &Request::default())).starts_with("the migration has no name"));
    written(path, "create_users");
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String,"));
    // Without a name it keeps its own; with another it is renamed.
    assert!(matches!(run_with(path, &Request::default()), Ok(Outcome::Written(_))));
    assert!(
        fs::read_to_string(path.join("migrations/001_create_users.up.sql")).unwrap().contains("name TEXT NOT NULL")
    );
    assert_eq!(written(path, "create_shop").removed.len(), 2);
    assert_eq!(files(path), ["001_create_shop.down.sql", "001_create_shop.up.sql"]);

    assert_eq!(seal(path, &Profile::default()).unwrap(), ["001_create_shop"]);
    assert!(seal(path, &Profile::default()).unwrap().is_empty());
    let first = fs::read_to_string(path.join("migrations/001_create_shop.up.sql")).unwrap();
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String, nickname: Option<String>,"));
    let lock = fs::read_to_string(path.join(LOCK_FILE)).unwrap();
    let second = written(path, "add_nickname");
    assert_eq!(second.migrations[0].0, "002_add_nickname");
    assert_eq!(fs::read_to_string(path.join("migrations/001_create_shop.up.sql")).unwrap(), first);

    // Models that go back take the unsealed migration with them, and nothing else.
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String,"));
    assert!(matches!(run_with(path, &Request::default()), Ok(Outcome::Removed { removed }) if removed.len() == 2));
    assert_eq!(fs::read_to_string(path.join(LOCK_FILE)).unwrap(), lock);
}

#[test]
fn the_lock_knows_the_schema_before_the_unsealed_migration() {
    let folder = package(MODELS);
    let path = folder.path();
    written(path, "create_users");
    seal(path, &Profile::default()).unwrap();
    let sealed = verify(path, &Profile::default()).unwrap().unwrap().schema;
    models(
        path,
        &format!(
            "{} {}",
            MODELS.replace("id: Uuid,", "id: Uuid, nickname: Option<String>,"),
            MODELS.replace("User", "Order")
        ),
    );
    written(path, "more");
    let lock = verify(path, &Profile::default()).unwrap().unwrap();
    assert_eq!(*lock.sealed_schema(), sealed);
    assert_eq!(lock.schema.tables.len(), 2);
    assert_eq!(Lock::parse(Path::new(LOCK_FILE), &lock.text().unwrap()).unwrap(), lock);
}

#[test]
fn an_edit_is_kept_or_given_up_by_word() {
    let folder = package(MODELS);
    let path = folder.path();
    let first = written(path, "create_users");
    let text = fs::read_to_string(&first.files[0]).unwrap() + "-- more\n";
    fs::write(&first.files[0], &text).unwrap();
    // It is not sealed, so it may be edited.
    assert!(verify(path, &Profile::default()).is_ok());
    assert_eq!(edited(path, &Profile::default()).unwrap(), first.files[..1]);
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String,"));
    let message = refused(run(path, "create_users"));
    assert!(message.starts_with("migrations/001_create_users.up.sql was edited since it was written"), "{message}");
    assert_eq!(fs::read_to_string(&first.files[0]).unwrap(), text);
    let discard = Request { discard_edits: true, ..Request::default() };
    assert!(matches!(run_with(path, &discard), Ok(Outcome::Written(_))));
    assert!(!fs::read_to_string(&first.files[0]).unwrap().contains("-- more"));

    // Sealed, it is recorded as it is.
    fs::write(&first.files[0], &text).unwrap();
    seal(path, &Profile::default()).unwrap();
    let lock = verify(path, &Profile::default()).unwrap().unwrap();
    assert!(lock.migrations[0].sealed && lock.migrations[0].by_hand);
    assert_eq!(lock.migrations[0].up, checksum(text.as_bytes()));
}

#[test]
fn a_migration_by_hand_says_by_the_models_what_it_does() {
    let folder = package(MODELS);
    let path = folder.path();
    let hand = || Request { name: Some("add_name".to_owned()), by_hand: true, ..Request::default() };
    written(path, "create_users");
    assert!(refused(run_with(path, &hand())).contains("001_create_users is not sealed"));
    seal(path, &Profile::default()).unwrap();
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String,"));
    let Ok(Outcome::Written(hand_written)) = run_with(path, &hand()) else { panic!() };
    let up = &hand_written.files[0];
    let template = fs::read_to_string(up).unwrap();
    assert!(template.starts_with("-- Up: the column users.name is new.\n"), "{template}");
    fs::write(up, format!("{template}\nALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT '';\n")).unwrap();
    assert!(drift(path, &verify(path, &Profile::default()).unwrap().unwrap(), &scanned(path)).is_empty());
    // It belongs to the person alone.
    assert!(refused(run(path, "add_name")).contains("written by hand"));
    // The models may go on while it is written; the files stay.
    models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String, age: Option<i64>,"));
    assert!(
        matches!(run_with(path, &hand()), Ok(Outcome::Written(written)) if written.files == [path.join(LOCK_FILE)])
    );
    assert!(fs::read_to_string(up).unwrap().contains("ADD COLUMN name"));
    seal(path, &Profile::default()).unwrap();
    let lock = verify(path, &Profile::default()).unwrap().unwrap();
    assert!(lock.migrations[1].by_hand && lock.schema.tables["users"].column("age").is_some());
}

#[test]
fn a_file_that_changed_says_how_to_put_it_back() {
    let folder = package(MODELS);
    written(folder.path(), "create_users");
    seal(folder.path(), &Profile::default()).unwrap();
    let up = folder.path().join("migrations/001_create_users.up.sql");
    let text = fs::read_to_string(&up).unwrap();
    fs::write(&up, format!("{text}-- more\n")).unwrap();
    assert_eq!(
        violations(folder.path()),
        [
            "migrations/001_create_users.up.sql immutable: this file is not what schema.lock records: a sealed migration is never \
          changed (after a merge, a rebase or a cherry-pick: cargo schema rebase\n\
          otherwise: git checkout -- migrations/001_create_users.up.sql    what is to be different is a migration of its own: cargo schema migrate NAME)"
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
fn a_file_that_no_migration_has_is_reported() {
    let folder = package(MODELS);
    written(folder.path(), "create_users");
    for file in ["002_mine.up.sql", "002_mine.down.sql"] {
        fs::write(folder.path().join("migrations").join(file), "SELECT 1;\n").unwrap();
    }
    let found = violations(folder.path());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("migrations/002_mine.up.sql lock: schema.lock does not know 002_mine.up.sql"),
        "{found:?}"
    );
    assert!(matches!(run(folder.path(), "create_users"), Err(Error::Violations(_))));
}

#[test]
fn what_a_killed_process_had_begun_is_finished() {
    let folder = package(MODELS);
    let path = folder.path();
    let other = package(MODELS);
    written(other.path(), "create_users");
    // The journal is there, and one of its files.
    let read = |file: &str| fs::read_to_string(other.path().join(file)).unwrap();
    let names = ["migrations/001_create_users.up.sql", "migrations/001_create_users.down.sql", LOCK_FILE];
    let changes = journal::Changes {
        write: names.iter().map(|name| ((*name).into(), read(name))).collect(),
        remove: vec!["migrations/002_old.up.sql".into()],
    };
    fs::create_dir(path.join("migrations")).unwrap();
    fs::write(path.join("migrations/001_create_users.up.sql"), read(names[0])).unwrap();
    fs::write(path.join("migrations/002_old.up.sql"), "SELECT 1;").unwrap();
    fs::write(path.join("migrations/.schema-abc.tmp"), "half").unwrap();
    fs::write(path.join(journal::FILE), serde_json::to_string(&changes).unwrap()).unwrap();
    assert!(verify(path, &Profile::default()).unwrap().is_some());
    assert_eq!(files(path), ["001_create_users.down.sql", "001_create_users.up.sql"]);
    assert!(!path.join(journal::FILE).exists());
}

#[test]
fn other_formats_are_written_verified_and_sealed() {
    for (format, names) in [
        (crate::config::Format::Dated, &["20260131_001_create_users.down.sql", "20260131_001_create_users.up.sql"][..]),
        (crate::config::Format::Single, &["001_create_users.sql"]),
    ] {
        let folder = package(MODELS);
        let path = folder.path();
        let profile = Profile { format, ..Profile::default() };
        let request = |date| Request { name: Some("create_users".to_owned()), date: Some(date), ..Request::default() };
        migrate(path, &profile, &scanned(path), &request(20_260_131)).unwrap();
        assert_eq!(files(path), names);
        // Rewritten on another day, it keeps its day.
        models(path, &MODELS.replace("id: Uuid,", "id: Uuid, name: String,"));
        migrate(path, &profile, &scanned(path), &request(20_260_201)).unwrap();
        assert_eq!(files(path), names);
        seal(path, &profile).unwrap();
        assert!(verify(path, &profile).unwrap().is_some());
        let file = path.join("migrations").join(names[0]);
        fs::write(&file, fs::read_to_string(&file).unwrap() + "--\n").unwrap();
        assert!(matches!(verify(path, &profile), Err(Error::Violations(_))));
    }
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
        "migrations/notes.sql numbered: `notes.sql` is not a migration: it has no name",
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
fn a_folder_without_permission_leaves_nothing_behind() {
    let folder = package(MODELS);
    // A file where the folder should be.
    fs::write(folder.path().join("migrations"), "").unwrap();
    let Err(Error::Io(error)) = run(folder.path(), "create_users") else { panic!() };
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
