//! The program itself: where it looks, what it says about rules, and that it never panics.

mod common;

use common::{Package, STANDARD};
use insta::assert_snapshot;

#[test]
fn help() {
    let package = Package::empty();
    assert_snapshot!("help", package.run(&["schema", "--help"]));
    assert_snapshot!("help_of_migrate", package.run(&["migrate", "--help"]));
    assert_snapshot!("help_of_apply", package.run(&["apply", "--help"]));
    assert!(package.run(&["migrat", "x"]).starts_with("exit code 2\n"));
}

#[test]
fn packages() {
    let nowhere = Package::empty();
    assert_snapshot!(nowhere.run(&["-C", "gone", "check"]), @r"
    exit code 2
    --- err
    error: gone is not a folder
    ");
    let workspace = Package::empty();
    workspace.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"shop\", \"billing\"]\n");
    for name in ["shop", "billing"] {
        workspace.write(
            &format!("{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"),
        );
        workspace.write(
            &format!("{name}/src/lib.rs"),
            format!(
                "#[derive(Table)]\npub struct {} {{\n    pub id: Uuid,\n{STANDARD}}}\n",
                if name == "shop" { "Order" } else { "Invoice" }
            ),
        );
    }
    assert_snapshot!("a_workspace", workspace.run(&["check"]));
    assert_snapshot!("a_misspelt_package", workspace.run(&["check", "-p", "biling"]));
    assert_snapshot!(workspace.run(&["migrate", "create_invoices", "-p", "billing"]), @r"
    exit code 0
    --- out
    wrote billing/migrations/001_create_invoices.up.sql
    wrote billing/migrations/001_create_invoices.down.sql
    wrote billing/schema.lock

    001_create_invoices (expand) creates the table invoices

    Look at it, then: sqlx migrate run --source billing/migrations
    It is rewritten as the models change, until: cargo schema seal
    A database that has it already must revert it before that: sqlx migrate revert
    ");
}

#[test]
fn rules_are_listed_and_explained() {
    let package = Package::empty();
    let listed = package.run(&["rules"]);
    for line in listed.lines().skip(2).take_while(|line| !line.is_empty()) {
        let id = line.split_whitespace().next().unwrap();
        let told = package.run(&["explain", id]);
        assert!(told.starts_with(&format!("exit code 0\n--- out\n{id}\n\n")), "{told}");
        assert!(told.contains("\nWhy: ") && told.contains("\nRefused:\n") && told.contains("\nRight:\n"), "{told}");
    }
    assert!(listed.contains("on_delete"), "{listed}");
    assert_snapshot!(package.run(&["explain", "on_delte"]), @r"
    exit code 2
    --- err
    error: there is no rule `on_delte`
    help: did you mean `on_delete`?
    ");
    assert_snapshot!(package.run(&["explain", "numbered"]), @r"
    exit code 0
    --- out
    numbered

    Migrations are numbered 001, 002, … without gap or duplicate, and are called `NNN_name.up.sql` and `NNN_name.down.sql`.
    ");
}

#[test]
fn a_reader_that_goes_away_causes_no_panic() {
    let package = Package::shop();
    for arguments in [["rules", "--package=x"], ["check", "--format=json"]] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("cargo-schema"))
            .args(arguments)
            .current_dir(package.path())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode() {
    use std::os::unix::ffi::OsStrExt as _;
    let package = Package::empty();
    let odd = std::ffi::OsStr::from_bytes(b"ab\xff");
    let folder = package.path().join(odd);
    std::fs::create_dir(&folder).unwrap();
    let output = package.command("").arg("-C").arg(odd).arg("check").output().unwrap();
    assert!(matches!(output.status.code(), Some(1 | 2)), "{output:?}");
}
