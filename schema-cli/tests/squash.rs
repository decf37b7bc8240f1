//! Migrations that are squashed, and the databases that have the old ones.

mod common;

use common::Package;
use common::branches::{NOTE, PHONE, commit, files, git, on_branch, repository, run};
use common::runner::{block_on, sqlx_run, value};
use insta::assert_snapshot;
use sqlx::{Connection as _, PgConnection};
use tablewright_tempdb::Database;

#[test]
fn a_squash_is_one_migration_with_a_script_for_existing_databases() {
    let package = repository();
    assert_snapshot!(package.run(&["squash", "create_all"]), @r"
    exit code 2
    --- err
    error: there are not two migrations that could become one
    help: cargo schema status
    ");
    package.change("src/users.rs", "    pub created_at", &format!("{NOTE}    pub created_at"));
    run(&package, &["migrate", "add_note"]);
    assert_snapshot!(package.run(&["squash", "create_all"]), @r"
    exit code 2
    --- err
    error: 002_add_note is not sealed, and only what is sealed can be put together
    help: cargo schema seal
    ");
    run(&package, &["seal"]);
    assert_snapshot!(package.run(&["squash", "create_all"]), @r"
    exit code 0
    --- out
    wrote 001_create_all, sealed
    moved 2 migrations to migrations_until_002

    New databases run only 001_create_all.
    A database that has all of the old ones runs this once, before the next migration: psql DATABASE_URL -f migrations_until_002/existing-databases.sql
    A database that has some of them gets the rest first: sqlx migrate run --source migrations_until_002
    ");
    assert_eq!(files(&package), ["001_create_all.down.sql", "001_create_all.up.sql"]);
    run(&package, &["check", "--ci"]);
    let existing = package.read("migrations_until_002/existing-databases.sql");
    assert_eq!(existing.matches("SELECT 2 AS version, decode('").count(), 2, "{existing}");
    assert!(existing.contains("DELETE FROM _sqlx_migrations WHERE version <= 2;"), "{existing}");
    assert!(existing.contains("VALUES (1, 'create all', TRUE, decode('"), "{existing}");
    assert!(package.path().join("migrations_until_002/002_add_note.up.sql").exists());
}

/// sqlx believes what the file for existing databases says: it runs nothing of the new migration.
#[tokio::test]
async fn an_existing_database_continues_after_a_squash() {
    let package = repository();
    package.change("src/users.rs", "    pub created_at", &format!("{NOTE}    pub created_at"));
    run(&package, &["migrate", "add_note"]);
    run(&package, &["seal"]);
    let database = tablewright_tempdb::database();
    // A runner that fails keeps its advisory lock, which only the same session gets again.
    let one = sqlx::postgres::PgPoolOptions::new().max_connections(1);
    let pool = one.connect(database.url()).await.unwrap();
    let migrations = package.path().join("migrations");
    let migrate = async || sqlx::migrate::Migrator::new(migrations.clone()).await.unwrap().run(&pool).await;
    migrate().await.unwrap();
    run(&package, &["squash", "create_all"]);
    assert!(migrate().await.is_err(), "the old list is not that of the new files");
    let existing = package.read("migrations_until_002/existing-databases.sql");
    sqlx::raw_sql(sqlx::AssertSqlSafe(existing)).execute(&pool).await.unwrap();
    migrate().await.unwrap();
    let list: Vec<(i64, String)> =
        sqlx::query_as("SELECT version, description FROM _sqlx_migrations").fetch_all(&pool).await.unwrap();
    assert_eq!(list, [(1, "create all".to_owned())]);
    // A new database gets everything from the one.
    let fresh = tablewright_tempdb::database();
    let pool = sqlx::PgPool::connect(fresh.url()).await.unwrap();
    sqlx::migrate::Migrator::new(migrations).await.unwrap().run(&pool).await.unwrap();
}

/// Runs the script of an archive, as `psql -f` would; the error and its hint.
fn script(database: &Database, package: &Package, archive: &str) -> Result<(), String> {
    let text = package.read(&format!("{archive}/existing-databases.sql"));
    block_on(async {
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        let result = sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut connection).await;
        result.map(drop).map_err(|error| {
            let error = error.into_database_error().unwrap();
            let error = error.downcast_ref::<sqlx::postgres::PgDatabaseError>();
            format!("{} ({})", error.message(), error.hint().unwrap_or_default())
        })
    })
}

/// A package with two migrations more than its first, squashed.
fn squashed() -> Package {
    let package = repository();
    on_branch(&package, "main", "src/users.rs", NOTE, "add_note", true);
    run(&package, &["squash", "create_all"]);
    package
}

const LIST: &str = "SELECT string_agg(version || ' ' || description, ', ' ORDER BY version) FROM _sqlx_migrations";

/// sqlx runs the folder of the old files although the script is in it.
#[test]
fn a_database_that_has_some_of_the_old_ones_gets_the_rest_by_sqlx() {
    let package = squashed();
    let (old, new) = (package.path().join("migrations_until_002"), package.path().join("migrations"));
    let some = tablewright_tempdb::database();
    let first = tempfile::tempdir().unwrap();
    for file in ["001_create_shop.up.sql", "001_create_shop.down.sql"] {
        std::fs::copy(old.join(file), first.path().join(file)).unwrap();
    }
    sqlx_run(some.url(), first.path()).unwrap();
    assert_eq!(
        script(&some, &package, "migrations_until_002").unwrap_err(),
        "this database does not have migration 2: nothing was changed (It gets the rest of this folder first.)"
    );
    assert_eq!(value(&some, LIST), "1 create shop");
    sqlx_run(some.url(), &old).unwrap();
    script(&some, &package, "migrations_until_002").unwrap();
    sqlx_run(some.url(), &new).unwrap();
    assert_eq!(value(&some, LIST), "1 create all");
    // Once more, it changes nothing.
    let again = script(&some, &package, "migrations_until_002").unwrap_err();
    assert!(again.starts_with("migration 1 of this database is another file than that of this folder"), "{again}");
    assert_eq!(value(&some, LIST), "1 create all");
}

/// As many migrations under the same numbers are no sign that they are the same.
#[test]
fn a_database_with_other_files_is_refused() {
    let package = squashed();
    let old = package.path().join("migrations_until_002");
    let other = tablewright_tempdb::database();
    sqlx_run(other.url(), &old).unwrap();
    common::runner::execute(&other, "UPDATE _sqlx_migrations SET checksum = decode('00', 'hex') WHERE version = 2");
    let refused = script(&other, &package, "migrations_until_002").unwrap_err();
    assert!(refused.starts_with("migration 2 of this database is another file than that of this folder"), "{refused}");
    common::runner::execute(&other, "UPDATE _sqlx_migrations SET success = FALSE WHERE version = 2");
    let refused = script(&other, &package, "migrations_until_002").unwrap_err();
    assert!(refused.starts_with("migration 2 failed in this database"), "{refused}");
    let newer = tablewright_tempdb::database();
    sqlx_run(newer.url(), &old).unwrap();
    let row = "INSERT INTO _sqlx_migrations SELECT 3, 'more', now(), TRUE, checksum, 0 FROM _sqlx_migrations WHERE version = 2";
    common::runner::execute(&newer, row);
    let refused = script(&newer, &package, "migrations_until_002").unwrap_err();
    assert_eq!(
        refused,
        "this database has migration 3, which is not of this folder: nothing was changed (It goes back to 2 first.)"
    );
}

#[test]
fn a_second_squash_refuses_a_database_of_before_the_first() {
    let package = squashed();
    commit(&package);
    package.change("src/orders.rs", "    pub created_at", &format!("{NOTE}    pub created_at"));
    run(&package, &["migrate", "add_note"]);
    run(&package, &["seal"]);
    run(&package, &["squash", "create_all"]);
    let (first, second) = ("migrations_until_002", "migrations_until_002_2");
    let new = package.path().join("migrations");
    let database = tablewright_tempdb::database();
    sqlx_run(database.url(), &package.path().join(first)).unwrap();
    assert_eq!(
        script(&database, &package, second).unwrap_err(),
        "migration 1 of this database is another file than that of this folder: nothing was changed \
         (It has had this before, or it is from before an earlier squash, whose existing-databases.sql it gets first.)"
    );
    assert_eq!(value(&database, LIST), "1 create shop, 2 add note");
    // What the message says leads out.
    script(&database, &package, first).unwrap();
    sqlx_run(database.url(), &package.path().join(second)).unwrap();
    script(&database, &package, second).unwrap();
    sqlx_run(database.url(), &new).unwrap();
    assert_eq!(value(&database, LIST), "1 create all");
}

#[test]
fn a_squash_beside_a_branch_comes_first() {
    let package = repository();
    on_branch(&package, "main", "src/users.rs", NOTE, "add_note", true);
    on_branch(&package, "feature", "src/users.rs", PHONE, "add_phone", true);
    git(&package, &["checkout", "-q", "main"]);
    run(&package, &["squash", "create_all"]);
    commit(&package);
    git(&package, &["checkout", "-q", "feature"]);
    assert!(!git(&package, &["merge", "-q", "main"]));
    assert!(package.run(&["check"]).contains("cargo schema rebase"));
    let refused = package.run(&["rebase", "--later", "theirs"]);
    assert!(refused.contains("took sealed migrations away, as a squash does"), "{refused}");
    assert_snapshot!(package.run(&["rebase"]), @r"
    exit code 0
    --- out
    003_add_phone is 002_add_phone now
    wrote migrations/002_add_phone.down.sql
    wrote migrations/002_add_phone.up.sql
    wrote schema.lock

    The branches commute: the migrations of the branch that was checked out come last.
    A database that ran one under its old number goes back with the old files, before it gets the new ones:
      git worktree add ../before HEAD    and there: cargo schema revert --to 2
    A database with the migrations that were put together runs the existing-databases.sql of the squash.
    Then: git add migrations schema.lock schema.statements
    ");
    assert_eq!(
        files(&package),
        ["001_create_all.down.sql", "001_create_all.up.sql", "002_add_phone.down.sql", "002_add_phone.up.sql"]
    );
    run(&package, &["check", "--ci"]);
}

/// Two squashes of the same are the same file, whatever it is called; of different migrations, they are not.
#[test]
fn two_squashes_are_one_or_are_named() {
    for more in [false, true] {
        let package = repository();
        on_branch(&package, "main", "src/users.rs", NOTE, "add_note", true);
        assert!(git(&package, &["checkout", "-q", "-b", "feature"]));
        run(&package, &["squash", "create_one"]);
        commit(&package);
        if more {
            on_branch(&package, "main", "src/orders.rs", NOTE, "add_other", true);
        }
        git(&package, &["checkout", "-q", "main"]);
        run(&package, &["squash", "create_other"]);
        commit(&package);
        assert!(!git(&package, &["merge", "-q", "feature"]));
        let said = package.run(&["rebase"]);
        if more {
            assert!(
                said.contains("both branches took sealed migrations away: the one 001_create_shop, 002_add_note"),
                "{said}"
            );
        } else {
            assert!(said.starts_with("exit code 0\n"), "{said}");
            assert_eq!(files(&package), ["001_create_other.down.sql", "001_create_other.up.sql"]);
            run(&package, &["check", "--ci"]);
        }
    }
}
