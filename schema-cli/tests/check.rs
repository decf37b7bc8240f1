//! What `cargo schema check` prints, read as an outsider would.

mod common;

use common::{Package, STANDARD};
use insta::assert_snapshot;

#[test]
fn a_package_in_order() {
    assert_snapshot!(Package::shop().run(&["check"]), @r"
    exit code 0
    --- out
    6 tables, no violations; no migration yet: cargo schema migrate create_shop
    ");
    assert_snapshot!(Package::of("").run(&["check"]), @r"
    exit code 0
    --- out
    no model found: nothing to check
    ");
}

#[test]
fn cargo_s_way_to_call_and_the_plain_one_are_the_same() {
    let shop = Package::shop();
    assert_eq!(shop.run(&["schema", "check"]), shop.run(&["check"]));
    // Also from a folder below.
    assert_eq!(shop.run_in("src/models", &["check"]), shop.run(&["check"]));
    assert_eq!(shop.run(&["-C", "src/models", "check"]), shop.run(&["check"]));
}

#[test]
fn what_a_model_breaks() {
    let package = Package::of(&format!(
        "#[derive(Table)]\n#[table(softdelete)]\npub struct Order {{\n    pub id: Uuid,\n    #[column(check = \"total >\")]\n    \
         pub total: i64,\n    pub status: OrderStatsu,\n    pub seen: &'static str,\n{STANDARD}}}\n\n\
         #[derive(Enumeration)]\npub enum OrderStatus {{ Pending, Paid }}\n"
    ));
    assert_snapshot!("what_a_model_breaks", package.run(&["check"]));
}

#[test]
fn what_two_models_break() {
    let package = Package::of(&format!(
        "mod orders;\n\n#[derive(Table)]\n#[table(name = \"app_users\")]\npub struct User {{\n    pub id: Uuid,\n{STANDARD}}}\n\n\
         #[derive(Table)]\npub struct Product {{\n    pub id: Uuid,\n{STANDARD}}}\n"
    ));
    package.write(
        "src/orders.rs",
        format!(
            "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    #[references(User, on_delete = restrict)]\n    \
             pub user_id: Uuid,\n    #[references(Prodct, on_delete = restrict)]\n    pub prodct_id: Uuid,\n{STANDARD}}}\n\n\
             #[derive(Table)]\npub struct Product {{\n    pub id: Uuid,\n{STANDARD}}}\n"
        ),
    );
    assert_snapshot!("what_two_models_break", package.run(&["check"]));
}

#[test]
fn what_cannot_be_read() {
    let package = Package::of("mod missing;\nmod broken;\nmod latin;\nmod twice;\nmod itself;\n");
    package.write("src/broken.rs", "pub struct Order {\n    pub id: Uuid,\n");
    package.write("src/latin.rs", b"// caf\xe9\n");
    package.write("src/twice.rs", "");
    package.write("src/twice/mod.rs", "");
    package.write("src/itself.rs", "#[path = \"itself.rs\"]\nmod itself;\n");
    assert_snapshot!("what_cannot_be_read", package.run(&["check"]));
}

#[test]
fn what_depends_on_the_build() {
    let package = Package::of(&format!(
        "#[cfg(feature = \"shop\")]\nmod shop {{\n#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n{STANDARD}}}\n}}\n\n\
         make! {{\n    #[derive(Table)]\n    pub struct User {{}}\n}}\n\ninclude!(concat!(env!(\"OUT_DIR\"), \"/made.rs\"));\n"
    ));
    assert_snapshot!("what_depends_on_the_build", package.run(&["check"]));
}

#[test]
fn a_cycle_names_its_path() {
    let package = Package::of(&format!(
        "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    #[references(User, on_delete = restrict)]\n    \
         pub user_id: Uuid,\n{STANDARD}}}\n\n#[derive(Table)]\npub struct User {{\n    pub id: Uuid,\n    \
         /// Absent until the first order.\n    #[references(Order, on_delete = set_null)]\n    pub last_order_id: Option<Uuid>,\n{STANDARD}}}\n"
    ));
    assert_snapshot!("a_cycle_names_its_path", package.run(&["check"]));
}

#[test]
fn mistakes_of_the_configuration() {
    let package = Package::of("");
    package.write("schema.toml", "servce = \"shop\"\n\n[timeouts]\nlock = \"soon\"\n");
    assert_snapshot!("mistakes_of_the_configuration", package.run(&["check"]));
    package.write("schema.toml", "service = \n");
    assert_snapshot!("broken_configuration", package.run(&["check"]));
    package.write("schema.toml", "models = \"src/gone.rs\"\n");
    assert_snapshot!("models_that_do_not_exist", package.run(&["check"]));
}

#[test]
fn models_that_changed_without_a_migration() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    assert_snapshot!(shop.run(&["check"]), @r"
    exit code 0
    --- out
    6 tables, no violations; the models match 001_create_shop
    ");
    shop.change("src/models/orders.rs", "    Cancelled,\n", "    Cancelled,\n    Returned,\n");
    shop.change("src/models/catalogue.rs", "    pub title: String,", "    pub name: String,");
    assert_snapshot!("models_that_changed_without_a_migration", shop.run(&["check"]));
}

#[test]
fn migrations_that_were_touched() {
    let shop = Package::shop();
    shop.command("").args(["migrate", "create_shop"]).assert().success();
    shop.change("migrations/001_create_shop.up.sql", "sku TEXT NOT NULL", "sku TEXT");
    shop.write("migrations/003_later.up.sql", "");
    assert_snapshot!("migrations_that_were_touched", shop.run(&["check"]));
    let lock = shop.read("schema.lock");
    shop.write("schema.lock", lock.replacen("\"down\"", "\"down", 1));
    assert_snapshot!("a_broken_lock", shop.run(&["check"]));
    shop.write("schema.lock", lock.replacen("  \"migrations\"", "<<<<<<< HEAD\n  \"migrations\"", 1));
    assert_snapshot!("a_lock_in_conflict", shop.run(&["check"]));
}

#[test]
fn formats_for_programs() {
    let package = Package::of(&format!(
        "#[derive(Table)]\npub struct Order {{\n    pub id: Uuid,\n    pub status: Status,\n{STANDARD}}}\n\
         mod a {{\n    include!(concat!(\"x\"));\n}}\nmod missing;\n"
    ));
    assert_snapshot!("as_json", package.run(&["check", "--format", "json"]));
    assert_snapshot!("as_annotations", package.run(&["check", "--format=github"]));
    // Placed from the root of the repository on.
    let parent = package.path().parent().unwrap().to_owned();
    let output =
        package.command("").env("GITHUB_WORKSPACE", parent).args(["check", "--format=github"]).output().unwrap();
    let name = package.path().file_name().unwrap().to_str().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(&format!("::error file={name}/src/lib.rs,line=")));
}

#[test]
fn colours_are_for_terminals() {
    let package = Package::of("mod missing;");
    assert!(!package.run(&["check"]).contains('\u{1b}'));
    let forced = package.command("").env("CLICOLOR_FORCE", "1").arg("check").output().unwrap();
    assert!(String::from_utf8(forced.stderr).unwrap().contains("\u{1b}["));
}
