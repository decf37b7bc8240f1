//! What `cargo schema migrate` writes, and what it refuses.

mod common;

use std::fs;

use common::{Package, STANDARD};
use insta::assert_snapshot;

#[test]
fn the_shop() {
    let shop = Package::shop();
    assert_snapshot!(shop.run(&["migrate", "create_shop"]), @r"
    exit code 0
    --- out
    wrote migrations/001_create_shop.up.sql
    wrote migrations/001_create_shop.down.sql
    wrote schema.lock

    001_create_shop (expand) creates the tables audit_log, order_items, orders, products, user_sessions and users

    Look at it, then: sqlx migrate run
    It is rewritten as the models change, until: cargo schema seal
    A database that has it already must revert it before that: sqlx migrate revert
    ");
    assert_snapshot!("shop_up", shop.read("migrations/001_create_shop.up.sql"));
    assert_snapshot!("shop_down", shop.read("migrations/001_create_shop.down.sql"));
    assert_snapshot!("shop_lock", shop.read("schema.lock"));

    // The same models give the same bytes.
    let again = Package::shop();
    again.command("").args(["schema", "migrate", "create_shop"]).assert().success();
    for file in ["migrations/001_create_shop.up.sql", "migrations/001_create_shop.down.sql", "schema.lock"] {
        assert_eq!(shop.read(file), again.read(file));
    }

    // A second time there is nothing to do.
    let lock = shop.read("schema.lock");
    assert_snapshot!(shop.run(&["migrate"]), @r"
    exit code 0
    --- out
    nothing to do: the models match 001_create_shop
    ");
    assert_eq!(shop.read("schema.lock"), lock);
}

#[test]
fn a_change_of_the_models() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    let user = "    pub password_hash: String,\n";
    shop.change("src/models/users.rs", user, &format!("{user}    pub nickname: Option<String>,\n"));
    // It is not sealed, so it is rewritten.
    assert_snapshot!(shop.run(&["migrate"]), @r"
    exit code 0
    --- out
    wrote migrations/001_create_shop.up.sql
    wrote schema.lock

    001_create_shop (expand) creates the tables audit_log, order_items, orders, products, user_sessions and users

    Look at it, then: sqlx migrate run
    It is rewritten as the models change, until: cargo schema seal
    A database that has it already must revert it before that: sqlx migrate revert
    ");
    assert!(shop.read("migrations/001_create_shop.up.sql").contains("nickname TEXT,"));
    assert_snapshot!(shop.run(&["check"]), @r"
    exit code 0
    --- out
    6 tables, no violations; the models match 001_create_shop
    ");
    assert_snapshot!(shop.run(&["check", "--ci"]), @r"
    exit code 1
    --- err
    error[unsealed]: 001_create_shop is not sealed: a merged migration must never change
    --> schema.lock
     = help: cargo schema seal

    error: 1 violation in 1 file
    ");
    assert_snapshot!(shop.run(&["seal"]), @r"
    exit code 0
    --- out
    sealed 001_create_shop

    Commit the files, schema.lock and schema.statements. From now on the files never change.
    ");
    assert_snapshot!(shop.run(&["check", "--ci"]), @r"
    exit code 0
    --- out
    6 tables, no violations; the models match 001_create_shop
    ");
}

#[test]
fn a_seal_says_what_is_left() {
    let shop = Package::shop();
    assert_snapshot!(shop.run(&["status"]), @r"
    exit code 0
    --- out
    no migration yet: cargo schema migrate NAME
    ");
    assert_snapshot!(shop.run(&["seal"]), @r"
    exit code 2
    --- err
    error: there is no migration to seal
    help: cargo schema migrate NAME
    ");
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    let user = "    pub password_hash: String,\n";
    shop.change("src/models/users.rs", user, &format!("{user}    pub nickname: Option<String>,\n"));
    assert_snapshot!(shop.run(&["status"]), @r"
    exit code 0
    --- out
    001_create_shop  expand    not sealed

    Not in a migration yet: cargo schema migrate    rewrites create_shop, which is not sealed
      users.nickname: the column is new (src/models/users.rs:15)
    ");
    assert_snapshot!(shop.run(&["seal"]), @r"
    exit code 0
    --- out
    sealed 001_create_shop

    Commit the files, schema.lock and schema.statements. From now on the files never change.
    The models have 1 more change: cargo schema migrate NAME
    ");
    assert_snapshot!(shop.run(&["seal"]), @r"
    exit code 0
    --- out
    nothing to do: every migration is sealed
    ");
    assert_snapshot!(shop.run(&["status"]), @r"
    exit code 0
    --- out
    001_create_shop  expand    sealed

    Not in a migration yet: cargo schema migrate NAME
      users.nickname: the column is new (src/models/users.rs:15)
    ");
}

#[test]
fn a_migration_by_hand() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    assert_snapshot!(shop.run(&["migrate", "fill_stock", "--empty"]), @r"
    exit code 2
    --- err
    error: 001_create_shop is not sealed, and a migration by hand comes after it
    help: cargo schema seal
    ");
    shop.command("").args(["seal"]).assert().success();
    assert_snapshot!(shop.run(&["migrate", "fill_stock", "--empty"]), @r"
    exit code 0
    --- out
    wrote migrations/002_fill_stock.up.sql
    wrote migrations/002_fill_stock.down.sql
    wrote schema.lock

    Write the statements into the two files. schema.lock records the models as they are now as the result; `cargo schema verify` proves it. Then: cargo schema seal
    ");
    assert_snapshot!(shop.read("migrations/002_fill_stock.up.sql"), @r"
    -- Up: changes no table, column, key or index.
    -- Why: …
    -- Phase: expand.
    -- Locks: …
    -- Written by hand. `cargo schema seal` records it; from then on it never changes.

    SET LOCAL lock_timeout = '2s';
    SET LOCAL statement_timeout = '60s';
    ");
    assert_snapshot!(shop.run(&["migrate"]), @r"
    exit code 2
    --- err
    error: migrations/002_fill_stock.up.sql, migrations/002_fill_stock.down.sql were written by hand, and are not sealed: rewriting the migration would lose that
    help: cargo schema seal    keeps it as it is
          cargo schema migrate --discard-edits    rewrites it
    ");
    shop.command("").args(["seal"]).assert().success();
    assert_snapshot!(shop.run(&["status"]), @r"
    exit code 0
    --- out
    001_create_shop  expand    sealed
    002_fill_stock   expand    sealed, by hand

    The models match 002_fill_stock.
    ");
}

#[test]
fn only_names_contain_the_date() {
    let shop = Package::shop();
    shop.write("schema.toml", format!("format = \"dated\"\n{}", shop.read("schema.toml")));
    assert_snapshot!(shop.run(&["migrate", "create_shop", "--date", "20260231"]), @r"
    exit code 2
    --- err
    error: `20260231` is not a date
    help: --date 20260131
    ");
    shop.command("").args(["migrate", "create_shop", "--date", "20260131"]).assert().success();
    let text = shop.read("migrations/20260131_001_create_shop.up.sql");
    assert!(!text.contains("2026"), "{text}");
    let lock = shop.read("schema.lock");
    shop.command("").args(["migrate"]).assert().success();
    assert_eq!(shop.read("schema.lock"), lock);
}

#[test]
fn nothing_is_written_if_something_is_broken() {
    let package = Package::of(&format!(
        "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    pub made: Made,\n{STANDARD}}}\n"
    ));
    assert_snapshot!("broken_models", package.run(&["migrate", "create_orders"]));
    assert!(!package.path().join("migrations").exists());
    assert!(!package.path().join("schema.lock").exists());
}

#[test]
fn a_changed_file_is_not_built_upon() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    shop.change("migrations/001_create_shop.down.sql", "DROP TABLE users;\n", "");
    assert_snapshot!("an_edited_file", shop.run(&["migrate"]));
    shop.command("").args(["seal"]).assert().success();
    shop.change("migrations/001_create_shop.down.sql", "DROP TABLE products;\n", "");
    assert_snapshot!("a_changed_file", shop.run(&["migrate", "create_shop"]));
    fs::remove_file(shop.path().join("schema.lock")).unwrap();
    assert_snapshot!("a_missing_lock", shop.run(&["migrate", "create_shop"]));
}

#[test]
fn names() {
    let shop = Package::shop();
    let long = "a".repeat(200);
    let mut text = String::new();
    for name in [long.as_str(), "Create Shop", "../up", "a\nb", ""] {
        text.push_str(&shop.run(&["migrate", name]));
    }
    assert_snapshot!("names", text);
    assert!(!shop.path().join("migrations").exists());
}

#[test]
fn the_disk() {
    let shop = Package::shop();
    shop.write("migrations", "a file where the folder should be");
    let text = shop.run(&["migrate", "create_shop"]);
    assert!(text.starts_with("exit code 2\n--- err\nerror: cannot read [FOLDER]/migrations: "), "{text}");
    assert!(!shop.path().join("schema.lock").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let shop = Package::shop();
    let folder = shop.path().join("migrations");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root writes everywhere, so there is nothing to see as root.
    if fs::write(folder.join("probe"), "").is_err() {
        let text = shop.run(&["migrate", "create_shop"]);
        assert!(
            text.starts_with("exit code 2\n--- err\nerror: cannot write [FOLDER]/migrations/001_create_shop.up.sql: "),
            "{text}"
        );
        assert!(!shop.path().join("schema.lock").exists());
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let _ = fs::remove_file(folder.join("probe"));
    // Files come with the permissions of any new file, not of a temporary one.
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    let mode = fs::metadata(folder.join("001_create_shop.up.sql")).unwrap().permissions().mode();
    assert_eq!(mode & 0o600, 0o600);
    shop.write("plain", "");
    assert_eq!(mode, fs::metadata(shop.path().join("plain")).unwrap().permissions().mode());
}

#[test]
fn custom_folders() {
    let package = Package::of("");
    package.write("db/models.rs", format!("#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n{STANDARD}}}\n"));
    package.write(
        "schema.toml",
        "models = \"db/models.rs\"\nmigrations = \"db/migrations\"\n[timeouts]\nlock = \"500ms\"\n",
    );
    assert_snapshot!(package.run_in("src", &["migrate", "create_orders"]), @r"
    exit code 0
    --- out
    wrote [FOLDER]/db/migrations/001_create_orders.up.sql
    wrote [FOLDER]/db/migrations/001_create_orders.down.sql
    wrote [FOLDER]/schema.lock

    001_create_orders (expand) creates the table orders

    Look at it, then: sqlx migrate run --source [FOLDER]/db/migrations
    It is rewritten as the models change, until: cargo schema seal
    A database that has it already must revert it before that: sqlx migrate revert
    ");
    assert!(package.read("db/migrations/001_create_orders.up.sql").contains("SET LOCAL lock_timeout = '500ms';"));
}
