use super::*;

#[test]
fn a_missing_file_names_both_candidates() {
    let folder =
        Crate::new(&[("src/lib.rs", "mod a;\n"), ("src/a.rs", "\n  pub mod orders;\n  #[path = \"x.rs\"] mod y;")]);
    assert_eq!(
        folder.errors(),
        [
            "src/a.rs:2:11 [orders] source: file not found for module `orders` (create src/a/orders.rs or src/a/orders/mod.rs)",
            "src/a.rs:3:12 [\"x.rs\"] source: file not found for module `y` (create src/x.rs)",
        ]
    );
}

#[test]
fn two_files_for_one_module() {
    let folder = Crate::new(&[("src/lib.rs", "mod a;"), ("src/a.rs", ""), ("src/a/mod.rs", "")]);
    assert_eq!(
        folder.errors(),
        [
            "src/lib.rs:1:5 [a] source: there are two files for module `a`: src/a.rs and src/a/mod.rs (delete or rename one of them)"
        ]
    );
}

#[test]
fn a_crate_without_a_root() {
    let folder = Crate::new(&[]);
    let found = folder.errors();
    assert!(
        found[0].starts_with("Cargo.toml source: there is neither src/lib.rs nor src/main.rs (models = "),
        "{found:?}"
    );
    let profile = Profile { models: Some("db.rs".to_owned()), ..Profile::default() };
    let failure = scan(folder.path(), &profile).unwrap_err();
    let found = folder.texts(&failure.reports);
    assert!(found[0].starts_with("schema.toml source: `models` names `db.rs`, which does not exist"), "{found:?}");
    assert_eq!(failure.files, [folder.path().join("db.rs")]);
}

#[test]
fn what_does_not_parse_has_its_place_and_keeps_the_schema_away() {
    for (text, at) in [
        ("struct A {\n  b: i32\n", "src/a.rs:1:10 [{] "),
        ("struct A;\nfn f( {}\n", "src/a.rs:2:5 [(] "),
        ("struct A;\nlet x = 1;\n", "src/a.rs:2:1 [let] "),
        ("struct A", "src/a.rs:1:8 [A] "),
        ("const A: &str = \"ä", "src/a.rs:1:17 "),
    ] {
        let folder = Crate::new(&[("src/lib.rs", &format!("mod a; {}", model("User"))), ("src/a.rs", text)]);
        let found = folder.errors();
        assert!(
            found.len() == 1 && found[0].starts_with(at) && found[0].contains("does not parse"),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_an_error_at_the_item_that_names_it() {
    let folder = Crate::new(&[("src/lib.rs", "mod a;\nmod b;\nmod c;")]);
    folder.write("src/a.rs", b"// caf\xe9\n");
    fs::create_dir(folder.path().join("src/b.rs")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("c.rs", folder.path().join("src/c.rs")).unwrap();
    let found = folder.errors();
    assert!(
        found[0].starts_with(
            "src/lib.rs:1:5 [a] source: cannot read src/a.rs: it is not UTF-8, from line 1, column 7 on ("
        ),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("src/lib.rs:2:5 [b] source: cannot read src/b.rs: it is a folder, and not a file"),
        "{found:?}"
    );
    #[cfg(unix)]
    assert!(found[2].starts_with("src/lib.rs:3:5 [c] source: file not found for module `c`"), "{found:?}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Crate::new(&[("src/lib.rs", "mod a;"), ("src/a.rs", "")]);
    let file = folder.path().join("src/a.rs");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything, so there is nothing to see as root.
    if fs::read(&file).is_err() {
        let found = folder.errors();
        assert!(
            found[0].starts_with("src/lib.rs:1:5 [a] source: cannot read src/a.rs: Permission denied"),
            "{found:?}"
        );
    }
}

#[test]
fn a_module_of_itself() {
    let folder = Crate::new(&[
        ("src/lib.rs", "mod a;"),
        ("src/a.rs", "#[path = \"b.rs\"]\nmod b;"),
        ("src/b.rs", "#[path = \"a.rs\"] mod a;"),
    ]);
    let found = folder.errors();
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("src/b.rs:1:10 [\"a.rs\"] source: src/a.rs is a module of itself"), "{found:?}");
    let folder = library("include!(\"lib.rs\");");
    assert!(folder.errors()[0].starts_with("src/lib.rs:1:10 [\"lib.rs\"] source: src/lib.rs is a module of itself"));
}

#[test]
fn nesting_without_end_is_refused_before_it_is_parsed() {
    for text in [
        format!("const A: i32 = {}1{};", "(".repeat(100_000), ")".repeat(100_000)),
        format!("const A: i32 = {}1;", "-".repeat(300_000)),
        format!("{}{}", "mod a { ".repeat(1000), "}".repeat(1000)),
        format!("type A = {}i32{};", "Vec<".repeat(100_000), ">".repeat(100_000)),
    ] {
        let found = library(&text).errors();
        assert!(found.len() == 1 && found[0].contains("nests too deeply"), "{found:?}");
    }
}

#[test]
fn two_models_of_one_table() {
    let folder = Crate::new(&[
        ("src/lib.rs", &format!("mod a;\n{}", model("User"))),
        ("src/a.rs", &format!("\n{}", model("User"))),
    ]);
    assert_eq!(
        folder.errors(),
        [
            "src/a.rs:2:29 [User] duplicate_table: users: two models state the table `users` (rename one of the structs, or \
          give it a table of its own: #[table(name = \"…\")]) (src/lib.rs:2:29 [User] the first model of that table)"
        ]
    );
}

#[test]
fn two_types_of_one_name() {
    let folder = library(
        "mod a { #[derive(Enumeration)] enum Status { A } }\nmod b { #[derive(SqlType)] struct Status(String); }",
    );
    assert_eq!(
        folder.errors(),
        [
            "src/lib.rs:2:35 [Status] duplicate_type: Status: two types of columns are called `Status` (rename one of them: a \
          field's type is known by the last segment of its path) (src/lib.rs:1:37 [Status] the first of that name)"
        ]
    );
    let folder = library(&format!(
        "#[derive(Enumeration)] #[enumeration(storage = native, name = \"users\")] enum Kind {{ A }}\n{}",
        model("User")
    ));
    assert!(
        folder.errors()[0]
            .starts_with("src/lib.rs:1:78 [Kind] duplicate_type: users: the type `users` has the name of a table")
    );
}

#[test]
fn conditions_on_models_are_errors_unless_allowed() {
    let text = format!(
        "#[cfg(feature = \"a\")]\n{}#[derive(Enumeration)] enum Kind {{ A, #[cfg(unix)] B }}\n\
         #[derive(Table)] struct Order {{ id: Uuid, #[cfg_attr(unix, column(unique))] code: String, {STANDARD} }}\n\
         #[cfg(any(unix, windows))] mod a {{ mod b {{ {} }} {} }}\n#[cfg(windows)] mod nothing_in_it {{ fn f() {{}} }}\n\
         #[cfg(windows)] mod not_there;\n",
        model("User"),
        model("Deep"),
        model("Deeper"),
    );
    let folder = library(&text);
    let help =
        "(take the `cfg` away, or write `allow_cfg = true` in schema.toml: the schema then has this in every build)";
    let message = format!("this condition depends on the build, and one schema applies to every build {help}");
    assert_eq!(
        folder.errors(),
        [
            format!("src/lib.rs:1:1 [#[cfg(feature = \"a\")]] cfg: users: {message}"),
            format!("src/lib.rs:3:39 [#[cfg(unix)]] cfg: Kind: {message}"),
            format!("src/lib.rs:4:43 [#[cfg_attr(unix, column(unique))]] cfg: orders: {message}"),
            format!(
                "src/lib.rs:5:1 [#[cfg(any(unix, windows))]] cfg: deeps: {message} (src/lib.rs:5:72 [Deep] this model is under it)"
            ),
        ]
    );
    let profile = Profile { allow_cfg: true, ..Profile::default() };
    let scan = scan(folder.path(), &profile).unwrap_or_else(|failure| panic!("{:?}", folder.texts(&failure.reports)));
    assert_eq!(scan.schema.tables.keys().collect::<Vec<_>>(), ["deepers", "deeps", "orders", "users"]);
    assert_eq!(scan.schema.enumerations["kind"].values.len(), 2);
    assert_eq!(scan.schema.tables["orders"].uniques.len(), 1);
}

#[test]
fn a_conditional_path_is_followed_both_ways() {
    let folder = Crate::new(&[
        ("src/lib.rs", "#[cfg_attr(unix, path = \"unix.rs\")] mod os;"),
        ("src/unix.rs", ""),
        ("src/os.rs", &model("User")),
    ]);
    let found = folder.errors();
    assert!(
        found.len() == 1 && found[0].starts_with("src/lib.rs:1:1 [#[cfg_attr(unix, path = \"unix.rs\")]] cfg: users: "),
        "{found:?}"
    );
}

#[test]
fn models_that_macros_make_are_errors() {
    let folder = library(&format!(
        "macro_rules! make {{ ($name:ident) => {{ #[derive(Debug, Table)] struct $name {{ id: Uuid }} }} }}\nmake!(User);\n\
         wrapped! {{ {} }}\n#[cfg(test)] macro_rules! make {{ () => {{ #[derive(Table)] struct A; }} }}\n",
        model("Order")
    ));
    assert_eq!(
        folder.errors(),
        [
            "src/lib.rs:1:56 [Table] macro_model: a model inside `macro_rules!`: only the compiler knows what comes out of a \
             macro (write the model outside the macro)",
            "src/lib.rs:3:21 [Table] macro_model: a model inside `wrapped!`: only the compiler knows what comes out of a macro \
             (write the model outside the macro)",
        ]
    );
}

#[test]
fn what_the_derive_reports_has_the_place_where_the_derive_reports_it() {
    let folder = library(&format!(
        "#[derive(Table)]\nstruct Order {{\n    id: Uuid,\n    ä: u32,\n    #[column(uniqe)] code: String,\n    {STANDARD}\n}}\n\
         #[derive(Table)] struct Event {{ id: Uuid, happened_at: NaiveDateTime, {STANDARD} }}\n"
    ));
    let found = folder.errors();
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(found[0], "src/lib.rs:4:8 [u32] column_type: orders.ä: `u32` has no SQL type (use `i64`)");
    assert!(
        found[1].starts_with("src/lib.rs:5:14 [uniqe] attribute: orders.code: `#[column(…)]` has no key `uniqe`"),
        "{found:?}"
    );
    assert!(found[2].starts_with("src/lib.rs:8:56 [NaiveDateTime] timestamptz: events.happened_at: "), "{found:?}");
}
