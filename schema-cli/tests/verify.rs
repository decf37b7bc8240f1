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
