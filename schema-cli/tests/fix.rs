//! What `cargo schema fix` changes, and that it changes nothing else.

mod common;

use common::{Package, STANDARD};
use insta::assert_snapshot;

/// Three mistakes that need no decision, one that does, and formatting that no formatter would make.
fn models() -> String {
    format!(
        "#[derive(Table)]\npub struct User {{\n    pub id: Uuid,\n    pub   email : String, // the address\n{STANDARD}}}\n\n\
         #[derive(Table)]\n#[index(user_id,  created_at desc,id desc)]\npub struct Order {{\n    pub id: Uuid,\n    \
         #[references( User )]\n    pub user_id: Uuid,\n    #[column( uniqe )]\n    pub number: String,\n    \
         pub total_amount: f64,\n{STANDARD}}}\n"
    )
}

#[test]
fn what_needs_no_decision_is_fixed() {
    let package = Package::of(&models());
    let printed = package.run(&["fix"]);
    assert_snapshot!(printed);
    let mended = models()
        .replace("    pub   email", "    #[column(pii)]\n    pub   email")
        .replace("( User )", "( User, on_delete = restrict )")
        .replace("uniqe", "unique");
    assert_eq!(package.read("src/lib.rs"), mended);
    assert_eq!(package.run(&["fix"]).lines().nth(2), Some("nothing to fix"));
}

#[test]
fn a_dry_run_changes_nothing() {
    let package = Package::of(&models());
    assert_snapshot!(package.run(&["fix", "--dry-run"]));
    assert_eq!(package.read("src/lib.rs"), models());
}

#[test]
fn waivers_are_listed_with_their_reasons() {
    let package = Package::of(&format!(
        "#[derive(Table)]\n#[table(name = \"app_user\", allow(table_name, reason = \"as the old system names it\"))]\n\
         pub struct User {{\n    pub id: Uuid,\n    \
         #[column(allow(boolean_prefix, reason = \"part of a public API\"))]\n    pub active: bool,\n{STANDARD}}}\n"
    ));
    assert_snapshot!(package.run(&["waivers"]));
    assert_snapshot!(Package::of("").run(&["waivers"]), @r"
    exit code 0
    --- out
    no waivers in 0 tables
    ");
    assert_eq!(Package::of(&models()).run(&["waivers"]).lines().next(), Some("exit code 1"));
}
