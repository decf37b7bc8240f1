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

    001_create_shop creates 6 tables. Look at it, then: sqlx migrate run
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

    // A second time there is nothing to do, whatever the name.
    let lock = shop.read("schema.lock");
    assert_snapshot!(shop.run(&["migrate", "again"]), @r"
    exit code 0
    --- out
    nothing to do: the models are what 001_create_shop made
    ");
    assert_eq!(shop.read("schema.lock"), lock);
}

#[test]
fn a_change_of_the_models() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    shop.change(
        "src/models/users.rs",
        "    pub password_hash: String,\n",
        "    pub password_hash: String,\n    pub nickname: Option<String>,\n",
    );
    shop.change("src/models/users.rs", "#[index(user_id, expires_at desc, where", "#[index(user_id, id, where");
    assert_snapshot!("a_change_of_the_models", shop.run(&["migrate", "add_nickname"]));
    assert_snapshot!(shop.run(&["migrate", "create_all", "--rewrite-first"]), @r"
    exit code 0
    --- out
    wrote migrations/001_create_all.up.sql
    wrote migrations/001_create_all.down.sql
    wrote schema.lock
    removed migrations/001_create_shop.up.sql
    removed migrations/001_create_shop.down.sql

    001_create_all creates 6 tables. Look at it, then: sqlx migrate run
    ");
    assert!(shop.read("migrations/001_create_all.up.sql").contains("nickname TEXT,"));
    assert_snapshot!(shop.run(&["check"]), @r"
    exit code 0
    --- out
    6 tables, no violation; the models are what 001_create_all made
    ");
}

#[test]
fn nothing_is_written_where_something_is_broken() {
    let package = Package::of(&format!(
        "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    pub made: Made,\n{STANDARD}}}\n"
    ));
    assert_snapshot!("broken_models", package.run(&["migrate", "create_orders"]));
    assert!(!package.path().join("migrations").exists());
    assert!(!package.path().join("schema.lock").exists());
}

#[test]
fn a_file_that_was_changed_is_not_built_upon() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    shop.change("migrations/001_create_shop.down.sql", "DROP TABLE users;\n", "");
    assert_snapshot!("a_changed_file", shop.run(&["migrate", "create_shop", "--rewrite-first"]));
    shop.write("migrations/001_create_shop.down.sql", shop.read("migrations/001_create_shop.down.sql"));
    fs::remove_file(shop.path().join("schema.lock")).unwrap();
    assert_snapshot!("a_lock_that_is_gone", shop.run(&["migrate", "create_shop"]));
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
fn folders_of_one_s_own() {
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

    001_create_orders creates 1 table. Look at it, then: sqlx migrate run --source [FOLDER]/db/migrations
    ");
    assert!(package.read("db/migrations/001_create_orders.up.sql").contains("SET LOCAL lock_timeout = '500ms';"));
}
