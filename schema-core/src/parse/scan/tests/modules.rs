use super::*;

#[test]
fn modules_are_followed_as_the_compiler_does() {
    let inline = format!("mod inner {{ {} mod leaf; }}\n{}", model("Inner"), model("User"));
    let folder = Crate::new(&[
        (
            "src/lib.rs",
            "mod a; mod b; mod r#type; mod inline { mod deep; #[path = \"odd.rs\"] mod odd; }\n#[path = \"elsewhere/x.rs\"] mod x;",
        ),
        ("src/a.rs", &format!("pub mod child; {}", model("InA"))),
        ("src/a/child.rs", &model("InChild")),
        ("src/b/mod.rs", &format!("mod sibling; {inline}")),
        ("src/b/sibling.rs", &model("Sibling")),
        ("src/b/inner/leaf.rs", &model("Leaf")),
        ("src/type.rs", &model("Raw")),
        ("src/inline/deep.rs", &model("Deep")),
        ("src/inline/odd.rs", &model("Odd")),
        ("src/elsewhere/x.rs", &format!("mod y; {}", model("X"))),
        ("src/elsewhere/y.rs", &model("Y")),
    ]);
    assert_eq!(
        folder.tables(),
        ["deeps", "in_as", "in_children", "inners", "leaves", "odds", "raws", "siblings", "users", "xes", "ys"]
    );
    let files: Vec<String> =
        folder.scan().unwrap().files.iter().map(|file| shown(file, folder.path()).display().to_string()).collect();
    assert_eq!(files[..4], ["src/lib.rs", "src/a.rs", "src/a/child.rs", "src/b/mod.rs"]);
    assert_eq!(files.len(), 11);
}

#[test]
fn the_path_of_an_inline_module_is_a_folder() {
    let folder = Crate::new(&[
        ("src/main.rs", "#[path = \"files\"] mod thread { mod local; }\nmod plain;"),
        ("src/files/local.rs", &model("User")),
        ("src/plain.rs", "#[path = \"beside.rs\"] mod beside; mod inner { #[path = \"below.rs\"] mod below; }"),
        ("src/beside.rs", &model("Order")),
        ("src/plain/inner/below.rs", &model("Product")),
    ]);
    assert_eq!(folder.tables(), ["orders", "products", "users"]);
}

#[test]
fn includes_of_a_literal_path_are_followed() {
    let folder = Crate::new(&[
        (
            "src/lib.rs",
            "include!(\"parts/a.rs\"); include!(concat!(env!(\"OUT_DIR\"), \"/b.rs\"));\ncfg_if! { if #[cfg(x)] { mod y; } }",
        ),
        ("src/parts/a.rs", &format!("mod deep; {}", model("User"))),
        ("src/parts/deep.rs", &model("Order")),
    ]);
    assert_eq!(folder.tables(), ["orders", "users"]);
    assert_eq!(
        folder.texts(&folder.scan().unwrap().notes),
        [
            "src/lib.rs:1:25 [include] source: this file is not read: its path is made while building (a model must be \
             in a file of the crate)",
            "src/lib.rs:2:30 [y] source: modules inside `cfg_if!` are not followed (a module with models must be outside macros)",
        ]
    );
}

#[test]
fn derives_are_known_by_their_last_segment_and_by_their_renaming() {
    let body = format!("{{ id: Uuid, {STANDARD} }}");
    let folder = library(&format!(
        "use tablewright::{{Table as Model, prelude::*}};\n\
         #[derive(Debug, tablewright::Table)] struct User {body}\n\
         #[derive(Debug)] #[derive(Clone, Model)] struct Order {body}\n\
         #[derive(Tabled, other::Tablet)] struct Product {body}\n\
         #[derive(r#Table)] struct Item {body}\n\
         fn f() {{ #[derive(Table)] struct Inside {body} }}\n"
    ));
    assert_eq!(folder.tables(), ["items", "orders", "users"]);
}

#[test]
fn tests_are_skipped_and_so_is_what_is_never_built() {
    let folder = Crate::new(&[
        (
            "src/lib.rs",
            &format!(
                "{}#[cfg(test)] mod tests;\n#[cfg(all(test, feature = \"x\"))] {}mod only_tests;\n\
                 #[cfg(not(test))] {}#[cfg_attr(feature = \"serde\", derive(Serialize))] {}",
                model("User"),
                model("Hidden"),
                model("Order"),
                model("Product"),
            ),
        ),
        ("src/only_tests.rs", &format!("#![cfg(test)]\n{}", model("Fixture"))),
    ]);
    assert_eq!(folder.tables(), ["orders", "products", "users"]);
}

#[test]
fn members_that_only_tests_have_are_left_out() {
    let folder = library(&format!(
        "#[derive(Enumeration)] enum Kind {{ A, #[cfg(test)] B }}\n\
         #[derive(Table)] struct User {{ id: Uuid, kind: Kind, #[cfg(test)] probe: i64, {STANDARD} }}"
    ));
    let scan = folder.scan().unwrap();
    let users = &scan.schema.tables["users"];
    assert!(users.column("probe").is_none());
    assert_eq!(users.checks[0].expression, "kind IN ('a')");
}

#[test]
fn a_mark_and_a_shebang_are_no_part_of_the_program() {
    let folder = library(&format!("\u{feff}#!/usr/bin/env run-cargo\r\n{}", model("User")));
    let scan = folder.scan().unwrap();
    let at = scan.locate(&crate::place::Place::table("users"));
    assert_eq!((at.text(), at.start()), ("User", (2, 29)));
    let at = scan.locate(&crate::place::Place::column("users", "updated_at").key(crate::place::Key::Type));
    assert_eq!(at.text(), "DateTime<Utc>");
}

#[test]
fn the_profile_names_another_root() {
    let folder = Crate::new(&[("db/all.rs", "mod one;"), ("db/one.rs", &model("User"))]);
    let profile = Profile { models: Some("db/all.rs".to_owned()), ..Profile::default() };
    assert_eq!(scan(folder.path(), &profile).unwrap().schema.tables.len(), 1);
}

#[test]
fn a_thousand_files_are_read_one_at_a_time() {
    let folder = Crate::new(&[]);
    let root: Vec<String> = (0..1000).map(|number| format!("mod m{number};")).collect();
    folder.write("src/lib.rs", root.join("\n").as_bytes());
    for number in 0..1000 {
        // Each file carries code next to its model, as real ones do.
        let text = format!("{}{}", model(&format!("Thing{number}")), "fn f() { g(1, \"two\"); }\n".repeat(100));
        folder.write(&format!("src/m{number}.rs"), text.as_bytes());
    }
    let before = std::time::Instant::now();
    let scan = folder.scan().unwrap();
    assert_eq!(scan.schema.tables.len(), 1000);
    assert_eq!(scan.files.len(), 1001);
    // Loose on purpose: it is there to notice work that grows with the square of the files.
    assert!(before.elapsed().as_secs() < 30, "{:?}", before.elapsed());
}
