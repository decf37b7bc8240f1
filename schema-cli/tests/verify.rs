//! What `cargo schema verify` proves, and what it says where something does not hold.

mod common;

use common::Package;
use common::runner::rewrite;
use insta::assert_snapshot;

/// What a command says, without times and the server.
fn run(package: &Package, arguments: &[&str]) -> String {
    let text = package.run(arguments);
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split(", on PostgreSQL ").next().unwrap_or_default();
        let line = line.split("\"server\": ").next().unwrap_or_default();
        match line.rsplit_once(", in ") {
            Some((said, _)) if line.ends_with(" s") => lines.push(format!("{said}, in …")),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn the_shop_and_a_change_of_it() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    assert_snapshot!(run(&shop, &["verify"]));
    shop.command("").arg("seal").assert().success();
    shop.change(
        "src/models/users.rs",
        "    pub password_hash: String,\n",
        "    pub password_hash: String,\n    #[column(unique, backfill = \"id::text\")]\n    pub nickname: String,\n",
    );
    shop.command("").args(["migrate", "add_nickname"]).assert().success();
    let text = run(&shop, &["verify"]);
    assert!(text.starts_with("exit code 0\n"), "{text}");
    assert_snapshot!(run(&shop, &["verify", "--format", "json"]));
}

#[test]
fn the_same_as_a_test_of_one_line() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    tablewright_test::migrations(shop.path());
    shop.change("src/models/users.rs", "    pub password_hash: String,\n", "    pub password_hash: Option<String>,\n");
    let panic = std::panic::catch_unwind(|| tablewright_test::migrations(shop.path())).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("the column users.password_hash is now nullable"), "{text}");
}

#[test]
fn an_incomplete_way_down_and_models_that_changed() {
    let package = Package::of(
        "#[derive(Table)]\npub struct User {\n    pub id: Uuid,\n    #[column(pii)]\n    pub email: String,\n    pub created_at: DateTime<Utc>,\n    \
         pub updated_at: DateTime<Utc>,\n}\n",
    );
    rewrite(
        &package,
        &[
            (
                "001_create_users",
                "CREATE TABLE users (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), created_at TIMESTAMPTZ NOT NULL DEFAULT now(), \
             updated_at TIMESTAMPTZ NOT NULL DEFAULT now());\nCREATE TYPE kind AS ENUM ('a');\n",
                "DROP TABLE users;\n",
            ),
            ("002_email", "ALTER TABLE users ADD COLUMN email TEXT;\n", "ALTER TABLE users DROP COLUMN email;\n"),
        ],
    );
    assert_snapshot!(run(&package, &["verify"]));
    rewrite(
        &package,
        &[
            (
                "001_create_users",
                "CREATE TABLE users (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), created_at TIMESTAMPTZ NOT NULL DEFAULT now(), \
             updated_at TIMESTAMPTZ NOT NULL DEFAULT now());\n",
                "DROP TABLE users;\n",
            ),
            ("002_email", "ALTER TABLE users ADD COLUMN email TEXT;\n", "ALTER TABLE users DROP COLUMN email;\n"),
        ],
    );
    assert_snapshot!(run(&package, &["verify"]));
}

#[test]
fn a_file_that_does_not_run() {
    let package = Package::of("");
    rewrite(&package, &[("001_wrong", "SELECT 1;\nSELECT wrong;\n", "SELECT 1;\n")]);
    assert_snapshot!(run(&package, &["verify"]));
    let none = Package::of("");
    assert_snapshot!(run(&none, &["verify"]));
}

/// What a program reads is whole.
#[test]
fn a_long_list_is_cut_only_for_people() {
    let package = Package::of("");
    let types: String = (10..40).map(|number| format!("CREATE TYPE kind_{number} AS ENUM ('a');\n")).collect();
    rewrite(&package, &[("001_kinds", &types, "SELECT 1;\n")]);
    let text = run(&package, &["verify"]);
    assert_eq!(text.lines().filter(|line| line.starts_with("  the type kind_")).count(), 20, "{text}");
    assert!(text.contains("\n  and 10 more: --format json has them\n"), "{text}");
    let text = run(&package, &["verify", "--format", "json"]);
    assert_eq!(text.matches("the type kind_").count(), 30, "{text}");
    let panic = std::panic::catch_unwind(|| tablewright_test::migrations(package.path())).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("    the type kind_")).count(), 20, "{text}");
    assert!(text.contains("\n    and 10 more: cargo schema verify --format json has them\n"), "{text}");
}

/// A sealed table of users, and an open migration that adds a column.
fn users() -> Package {
    let package = Package::of(
        "#[derive(Table)]\npub struct User {\n    pub id: Uuid,\n    pub nickname: String,\n    \
         #[column(numeric(6, 2))]\n    pub credit: Decimal,\n    pub created_at: DateTime<Utc>,\n    \
         pub updated_at: DateTime<Utc>,\n}\n",
    );
    package.command("").args(["migrate", "create_users"]).assert().success();
    package.command("").arg("seal").assert().success();
    package
}

fn add_note(package: &Package) {
    package.change(
        "src/lib.rs",
        "    pub nickname: String,\n",
        "    pub nickname: String,\n    pub note: Option<String>,\n",
    );
    package.command("").args(["migrate", "add_note"]).assert().success();
}

const ADD_NOTE: &str = "migrations/002_add_note.up.sql";

#[test]
fn what_breaks_the_old_release_is_found_only_with_rows() {
    let package = users();
    add_note(&package);
    let good = run(&package, &["verify"]);
    assert!(good.starts_with("exit code 0\n") && good.contains(" sample rows, "), "{good}");
    // The new column is filled by no one but the new release.
    let up = package.read(ADD_NOTE);
    let function = "CREATE FUNCTION note_is_there() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN IF NEW.note IS NULL THEN \
                    RAISE EXCEPTION 'no note'; END IF; RETURN NEW; END $$;\n";
    let trigger = "CREATE TRIGGER note BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION note_is_there();\n";
    package.write(ADD_NOTE, format!("{up}{function}{trigger}"));
    let text = run(&package, &["verify"]);
    assert!(text.contains("002_add_note: the old release fails at users.insert: no note"), "{text}");
    assert!(text.contains("help: the old release still runs after this file"), "{text}");
    let without = run(&package, &["verify", "--rows", "0"]);
    assert!(!without.contains("old release"), "{without}");
}

#[test]
fn a_value_that_is_lost_is_found_only_with_rows() {
    let package = users();
    add_note(&package);
    let up = package.read(ADD_NOTE);
    package.write(ADD_NOTE, format!("{up}UPDATE users SET nickname = left(nickname, 3);\n"));
    let text = run(&package, &["verify"]);
    assert!(text.contains("after all ways up and all ways down, the rows are not what they were before"), "{text}");
    assert!(text.contains("  users.nickname: 20 of 20 values are lost ("), "{text}");
    package.write(ADD_NOTE, format!("{up}DELETE FROM users WHERE credit > 5;\n"));
    let text = run(&package, &["verify", "--rows", "10"]);
    assert!(text.contains("after its way up, rows or values are not there any more"), "{text}");
    assert!(text.contains(" of 10 rows are gone\n"), "{text}");
    assert!(run(&package, &["verify", "--rows", "0"]).starts_with("exit code 0\n"));
}

/// The releases keep their connections, with what they prepared on them.
#[test]
fn an_open_connection_survives_a_widening() {
    let package = users();
    package.change("src/lib.rs", "numeric(6, 2)", "numeric(8, 2)");
    package.command("").args(["migrate", "widen"]).assert().success();
    let up = package.read("migrations/002_widen.up.sql");
    assert!(
        up.contains("-- Prepared: a statement of an open connection fails once where it returns users.credit.\n"),
        "{up}"
    );
    let text = run(&package, &["verify"]);
    assert!(text.starts_with("exit code 0\n"), "{text}");
    // What no cast can hide is found: a TEXT had nothing to take off.
    package.write("migrations/002_widen.up.sql", "ALTER TABLE users ALTER COLUMN nickname TYPE VARCHAR(99);\n");
    package.write("migrations/002_widen.down.sql", "ALTER TABLE users ALTER COLUMN nickname TYPE TEXT;\n");
    let text = run(&package, &["verify"]);
    assert!(text.contains("the old release fails at users.find: cached plan must not change result type"), "{text}");
    assert!(text.contains("let the pool open new ones"), "{text}");
}

#[test]
fn what_the_release_sends_is_recorded_by_seal() {
    let package = users();
    let recorded = package.read("schema.statements");
    assert!(recorded.contains("\"users.insert_many_returning\": {"), "{recorded}");
    assert!(recorded.contains("\"sql\": \"SELECT id, nickname, credit::NUMERIC, created_at"), "{recorded}");
    assert!(run(&package, &["check", "--ci"]).starts_with("exit code 0\n"));
    // It is written again where it is not that of the models.
    package.change(
        "src/lib.rs",
        "pub struct User",
        "#[query(named(nickname), all(5), unindexed(reason = \"few\"))]\npub struct User",
    );
    let text = run(&package, &["check"]);
    assert!(text.contains("schema.statements is not that of the last sealed migration and these models"), "{text}");
    let text = run(&package, &["seal"]);
    assert!(text.contains("wrote schema.statements: commit it"), "{text}");
    assert!(package.read("schema.statements").contains("\"users.named\": {"));
    assert!(run(&package, &["seal"]).contains("nothing to do: every migration is sealed"));
    // What was edited is an error, and what is missing is said.
    package.change("schema.statements", "LIMIT 5", "LIMIT 6");
    let text = run(&package, &["check"]);
    assert!(text.contains("this file is not what its checksum says"), "{text}");
    assert!(!run(&package, &["verify"]).starts_with("exit code 0\n"));
    std::fs::remove_file(package.path().join("schema.statements")).unwrap();
    let text = run(&package, &["check"]);
    assert!(text.starts_with("exit code 0\n") && text.contains("there is no schema.statements"), "{text}");
    let text = run(&package, &["verify"]);
    assert!(text.starts_with("exit code 0\n"), "{text}");
    assert!(text.contains("note: the statements of the old release were not tried"), "{text}");
}
