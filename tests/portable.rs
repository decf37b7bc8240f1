//! Every statement that the derives emit, checked against the grammar of CockroachDB: parameters and casts as the programs
//! send them, and the committed migrations. The checker is not part of this repository; if it is missing, the test
//! says so.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Token};
use tablewright_core::config::Profile;
use tablewright_core::schema::{SqlType, Storage};
use tablewright_core::{config, emit, parse, sql::ddl};

const CHECKER: &str = "../shared/cockroach/check";
const GRAMMARS: [&str; 2] = ["25.2", "26.2"];

/// A constant of the tests' models that is not portable: its foreign key is deferrable, which the rule `portable` refuses
/// where that matters.
const NOT_PORTABLE: &str = "OrderEvent::CREATE_TABLE";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The SQL type of a Rust type of the program.
struct Meaning {
    sql_type: String,
    /// The values, if the type is an enumeration that a CHECK limits to them.
    values: Option<String>,
}

/// The statements of a package's models: each constant by its name, `Order::FIND`.
fn statements(package: &Path, profile: &Profile) -> Vec<(String, String)> {
    let scan = parse::scan::scan(package, profile).unwrap_or_else(|failure| panic!("{:?}", failure.reports));
    let mut models = Vec::new();
    let mut types = BTreeMap::new();
    for file in &scan.files {
        for item in syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap().items {
            let syn::Item::Struct(item) = item else { continue };
            let derives_table = item.attrs.iter().any(|attribute| {
                let syn::Meta::List(list) = &attribute.meta else { return false };
                list.path.is_ident("derive") && list.tokens.to_string().split([',', ' ']).any(|word| word == "Table")
            });
            if !derives_table {
                continue;
            }
            let name = item.ident.to_string();
            // As the derive sees it: the program's own types are not resolved.
            let model = parse::table(&item.into(), profile).model.unwrap();
            for column in &scan.schema.tables[&model.table.name].columns {
                let raw = model.table.column(&column.name).unwrap();
                let Some(name) = raw.sql_type.unresolved() else { continue };
                let enumeration = column.enumeration.as_ref().map(|name| &scan.schema.enumerations[name]);
                let values = enumeration.filter(|found| found.storage == Storage::Text).map(ddl::value_list);
                let resolved = match &column.sql_type {
                    SqlType::Array(element) if matches!(raw.sql_type, SqlType::Array(_)) => element,
                    resolved => resolved,
                };
                types.insert(name.to_owned(), Meaning { sql_type: resolved.to_string(), values });
            }
            models.push((name, emit::table(&model, profile, false)));
        }
    }
    assert_eq!(models.len(), scan.schema.tables.len(), "every model of {}", package.display());
    let mut found = Vec::new();
    for (model, tokens) in models {
        for item in syn::parse2::<syn::File>(tokens).unwrap().items {
            let syn::Item::Impl(item) = item else { continue };
            for item in item.items {
                let syn::ImplItem::Const(item) = item else { continue };
                // The statements of the table are together, each in a field of its own.
                if let Expr::Reference(reference) = &item.expr
                    && let Expr::Struct(statements) = &*reference.expr
                {
                    for field in &statements.fields {
                        let syn::Member::Named(name) = &field.member else { continue };
                        let text = text_of(&field.expr, &types).filter(|text| !text.is_empty());
                        if ["name", "key_columns", "copy_columns"].iter().any(|plain| name == plain) {
                            continue;
                        }
                        let name = name.to_string().to_uppercase();
                        found.extend(text.map(|text| (format!("{model}::{name}"), text)));
                    }
                    continue;
                }
                let texts = match &item.expr {
                    Expr::Reference(page) => match &*page.expr {
                        // The list's name and version come first; the statements follow, some of them in lists.
                        Expr::Call(call) => {
                            call.args.iter().skip(2).flat_map(listed).filter_map(|text| text_of(text, &types)).collect()
                        }
                        _ => Vec::new(),
                    },
                    expression if item.ident != "NAME" => text_of(expression, &types).into_iter().collect(),
                    _ => Vec::new(),
                };
                let texts = texts.into_iter().filter(|text: &String| !text.is_empty());
                found.extend(texts.map(|text| (format!("{model}::{}", item.ident), text)));
            }
        }
    }
    found
}

/// The expressions of a list, or the only one.
fn listed(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Array(array) => array.elems.iter().collect(),
            _ => vec![expression],
        },
        _ => vec![expression],
    }
}

/// The text of a constant, as the compiler joins it; `None` if it is not text.
fn text_of(expression: &Expr, types: &BTreeMap<String, Meaning>) -> Option<String> {
    let meaning = |ty: &syn::Type| {
        let syn::Type::Path(path) = ty else { return None };
        let last = path.path.segments.last()?;
        match &last.arguments {
            // `Option<Status>` is stored as `Status` is.
            syn::PathArguments::AngleBracketed(generic) if last.ident == "Option" => {
                let Some(syn::GenericArgument::Type(syn::Type::Path(inner))) = generic.args.first() else {
                    return None;
                };
                types.get(&inner.path.segments.last()?.ident.to_string())
            }
            _ => types.get(&last.ident.to_string()),
        }
    };
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Macro(join) => {
            let parts = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(join.mac.tokens.clone()).unwrap();
            let texts = parts.iter().map(|part| text_of(part, types));
            Some(texts.collect::<Option<Vec<_>>>().expect("a part that this test can read").concat())
        }
        // `<Status as SqlType>::NAME`
        Expr::Path(path) => Some(meaning(&path.qself.as_ref()?.ty)?.sql_type.clone()),
        // `values::<Status>()`, `only_with_values::<Status>("…")`
        Expr::Call(call) => {
            let Expr::Path(function) = &*call.func else { return None };
            let last = function.path.segments.last()?;
            let syn::PathArguments::AngleBracketed(generic) = &last.arguments else { return None };
            let Some(syn::GenericArgument::Type(ty)) = generic.args.first() else { return None };
            let values = meaning(ty)?.values.as_ref();
            Some(match call.args.first() {
                None => values.cloned().unwrap_or_default(),
                Some(text) => values.and_then(|_| text_of(text, types)).unwrap_or_default(),
            })
        }
        _ => None,
    }
}

fn check(grammar: &str, files: &[PathBuf]) -> Output {
    Command::new(root().join(CHECKER)).args(["--target", grammar]).args(files).output().unwrap()
}

/// Not captured, so that it is seen where nothing fails.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[test]
fn emitted_statements_parse_on_cockroachdb() {
    let mut packages: Vec<(&str, PathBuf, Profile)> = Vec::new();
    for name in ["shop", "auth", "multi-tenant"] {
        let package = root().join("examples").join(name);
        let profile = config::parse(&fs::read_to_string(package.join("schema.toml")).unwrap()).unwrap();
        packages.push((name, package, profile));
    }
    // More forms of tables: a native enumeration, newtypes, arrays, an identity.
    let models = Profile { models: Some("tests/runtime.rs".to_owned()), ..Profile::default() };
    packages.push(("tests", root().to_owned(), models));
    // Declared queries of every shape.
    let queries = Profile { models: Some("tests/queries.rs".to_owned()), ..Profile::default() };
    packages.push(("queries", root().to_owned(), queries));

    // Read even without a checker: that the constants can be read does not depend on it.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut checked = Vec::new();
    for (name, package, profile) in packages {
        let mut statements = statements(&package, &profile);
        statements.retain(|(constant, _)| constant != NOT_PORTABLE);
        for kind in
            ["FIND", "FIND_MANY", "EXISTS", "COUNT", "INSERT", "INSERT_MANY", "UPDATE", "DELETE", "CREATE_TABLE"]
        {
            assert!(
                statements.iter().any(|(constant, _)| constant.ends_with(&format!("::{kind}"))),
                "{name}: no {kind}"
            );
        }
        let file = folder.join(format!("portable-{name}.sql"));
        let text: Vec<String> = statements.iter().map(|(constant, text)| format!("-- {constant}\n{text};\n")).collect();
        fs::write(&file, text.concat()).unwrap();
        let migrations =
            fs::read_dir(package.join("migrations")).into_iter().flatten().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> =
            migrations.filter(|path| path.extension().is_some_and(|end| end == "sql")).collect();
        files.sort();
        files.insert(0, file);
        checked.push((name, statements.len(), files));
    }
    if !root().join(CHECKER).exists() {
        return say(&format!("not checked: {CHECKER} is missing"));
    }
    for grammar in GRAMMARS {
        for (name, constants, files) in &checked {
            let output = check(grammar, files);
            let printed = String::from_utf8(output.stdout).unwrap();
            let refused: Vec<&str> = printed.lines().filter(|line| !line.starts_with("OK\t")).collect();
            assert!(
                output.status.success() && refused.is_empty() && printed.lines().count() >= *constants,
                "{name}, against the grammar of {grammar}:\n{}\n{}",
                refused.join("\n"),
                String::from_utf8_lossy(&output.stderr)
            );
            let read = printed.lines().count();
            let migrations = files.len() - 1;
            say(&format!(
                "{name}: {read} statements parse on {grammar}, of {constants} constants and {migrations} files of migrations"
            ));
        }
    }
}

/// The helpers leave nothing behind in a session, so `PgBouncer` may give the next transaction another one.
#[test]
fn no_statement_changes_its_session() {
    let example = |name: &str| {
        let package = root().join("examples").join(name);
        let profile = config::parse(&fs::read_to_string(package.join("schema.toml")).unwrap()).unwrap();
        (package, profile)
    };
    let models = |file: &str| Profile { models: Some(file.to_owned()), ..Profile::default() };
    let mut checked = Vec::new();
    for (package, profile) in [
        example("shop"),
        example("auth"),
        example("multi-tenant"),
        (root().to_owned(), models("tests/runtime.rs")),
        (root().to_owned(), models("tests/queries.rs")),
    ] {
        let constants = statements(&package, &profile).into_iter();
        checked.extend(
            constants.filter(|(name, _)| !["CREATE_", "ADD_", "COMMENTS"].iter().any(|ddl| name.contains(ddl))),
        );
    }
    assert!(checked.len() > 300, "{}", checked.len());
    // The runtime's own statements.
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.extend(fs::read_dir(root().join("src/rt")).unwrap().map(|entry| entry.unwrap().path()));
    for file in files.iter().filter(|file| file.is_file()) {
        let code: Vec<String> = fs::read_to_string(file)
            .unwrap()
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default().to_owned())
            .collect();
        let code = code.join("\n");
        checked.extend(code.split('"').skip(1).step_by(2).filter(|text| text.contains(' ')).map(|text| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, text.to_owned())
        }));
    }
    for (name, sql) in &checked {
        let sql = sql.split("*/ ").last().unwrap_or_default().to_ascii_uppercase();
        let first = sql.split_whitespace().next().unwrap_or_default();
        for word in
            ["SET", "RESET", "LISTEN", "UNLISTEN", "NOTIFY", "PREPARE", "EXECUTE", "DEALLOCATE", "DECLARE", "DISCARD"]
        {
            assert_ne!(first, word, "{name}: {sql}");
        }
        for part in ["ADVISORY_LOCK", "PG_NOTIFY", "CREATE TEMP", "WITH HOLD", "INTO TEMP"] {
            assert!(!sql.contains(part), "{name}: {sql}");
        }
        // For a setting, only the form that ends with the transaction.
        assert!(!sql.contains("SET_CONFIG") || sql.ends_with("$1, TRUE)"), "{name}: {sql}");
    }
    assert!(checked.iter().any(|(_, sql)| sql.contains("set_config")), "the tenant's own setting is among them");
    println!("{} statements leave nothing behind in a session", checked.len());
}

#[test]
fn the_checker_refuses_what_is_not_portable() {
    if !root().join(CHECKER).exists() {
        return say(&format!("not checked: {CHECKER} is missing"));
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("portable-not.sql");
    for wrong in [
        "SELECT id FROM users WHERE id = ANY ($1::UUID[]",
        "SELECT pg_notify('users', $1)",
        "CREATE TABLE a (b UUID, FOREIGN KEY (b) REFERENCES c (id) DEFERRABLE INITIALLY DEFERRED)",
    ] {
        fs::write(&file, wrong).unwrap();
        for grammar in GRAMMARS {
            assert_eq!(check(grammar, std::slice::from_ref(&file)).status.code(), Some(1), "{wrong}");
        }
    }
}
