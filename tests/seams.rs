//! The seams between the folders, as ARCHITECTURE.md states them: what may be named where.
//!
//! Files are read as tokens, so comments do not count, nor do string literals: messages may speak of PostgreSQL.

#[path = "seams/examples.rs"]
mod examples;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const MOST_LINES: usize = 600;
const MANY_LINES: usize = 400;

/// The folders with Rust code of this workspace.
const CODE: &[&str] = &[
    "src",
    "tests",
    "schema-core",
    "schema-macros",
    "schema-build",
    "schema-database",
    "schema-test",
    "schema-cli",
    "schema-tempdb",
    "examples",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file with this ending, by its path from the root.
fn files(folders: &[&str], ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    open.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// An identifier, what comes before it (`sqlx ::`), and its line.
struct Named {
    ident: String,
    before: String,
    line: usize,
}

/// The identifiers of a file, less those of `#[cfg(test)]` items.
fn idents(text: &str) -> Vec<Named> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Named>) {
    let mut path = String::new();
    let mut skipping = false;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                if !skipping {
                    found.push(Named { ident: text.clone(), before: path.clone(), line: ident.span().start().line });
                }
                if !path.ends_with("::") {
                    path.clear();
                }
                path.push_str(&text);
            }
            TokenTree::Punct(punct) => {
                if punct.as_char() == ':' {
                    path.push(':');
                } else {
                    path.clear();
                }
                skipping &= punct.as_char() != ';';
            }
            TokenTree::Literal(_) => path.clear(),
            TokenTree::Group(group) => {
                // The members of `use sqlx::{Postgres, Row}` have no path of their own here: they count as bare.
                path.clear();
                match group.delimiter() {
                    Delimiter::Bracket if group.stream().to_string().replace(' ', "") == "cfg(test)" => skipping = true,
                    Delimiter::Brace if skipping => skipping = false,
                    _ if skipping => {}
                    _ => collect(group.stream(), found),
                }
            }
        }
    }
}

/// The places of identifiers that are wrong where they are, in code that is not a test.
fn wrong(folders: &[&str], is_wrong: impl Fn(&str, &Named) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in files(folders, ".rs").iter().filter(|(file, _)| !is_ui(file) && !is_test_module(file)) {
        let named = idents(text);
        let bad = named.iter().filter(|named| is_wrong(file, named));
        found.extend(bad.map(|named| format!("{file}:{}: {}{}", named.line, named.before, named.ident)));
    }
    found
}

/// Programs that are wrong on purpose.
fn is_ui(file: &str) -> bool {
    file.starts_with("tests/ui/")
}

/// A module that follows `#[cfg(test)] mod tests;`.
fn is_test_module(file: &str) -> bool {
    file.contains("/src/") && (file.ends_with("/tests.rs") || file.contains("/tests/"))
}

#[test]
fn only_code_that_reads_or_writes_tokens_uses_syn() {
    let allowed = [
        "schema-core/src/attribute",
        "schema-core/src/parse",
        "schema-core/src/emit",
        "schema-core/tests",
        "schema-macros/",
        "tests/",
    ];
    let places =
        wrong(CODE, |file, named| named.ident == "syn" && !allowed.iter().any(|prefix| file.starts_with(prefix)));
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn only_code_that_speaks_to_a_database_uses_sqlx() {
    // What is emitted names `::tablewright::sqlx`.
    let places = wrong(&["schema-core", "schema-macros", "schema-build"], |_, named| {
        named.ident == "sqlx" && !named.before.ends_with("::tablewright::")
    });
    assert!(places.is_empty(), "{places:#?}");
    for (file, text) in files(&["schema-core", "schema-macros", "schema-build"], "Cargo.toml") {
        assert!(!text.contains("sqlx"), "{file}");
    }
}

#[test]
fn only_dialects_name_databases() {
    let places = wrong(
        &["src", "schema-core/src", "schema-macros/src", "schema-build/src", "schema-cli/src", "schema-test/src"],
        |file, named| {
            let word = named.ident.to_lowercase();
            let names_one = word.contains("postgres") || word.contains("cockroach");
            let of_sqlx = matches!(named.ident.as_str(), "Postgres" | "postgres")
                && (file.starts_with("src/") || named.before.ends_with("sqlx::"));
            let allowed = file.starts_with("schema-core/src/dialect/");
            names_one && !of_sqlx && !allowed
        },
    );
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn a_library_draws_nothing() {
    let libraries = ["src", "schema-core", "schema-macros", "schema-build", "schema-database", "schema-test"];
    for (file, text) in files(&libraries, "Cargo.toml") {
        for program in ["clap", "indicatif", "mimalloc", "anstream"] {
            assert!(!text.contains(program), "{file} depends on {program}");
        }
    }
}

#[test]
fn the_runtime_begins_only_what_ends_cleanly() {
    // sqlx's own leave a connection in a transaction, or in a copy, where their future is dropped.
    let places = wrong(&["src"], |file, named| match named.ident.as_str() {
        "begin" | "begin_with" => !matches!(file, "src/cancel.rs" | "src/scope.rs"),
        "copy_in_raw" => file != "src/copy.rs",
        _ => false,
    });
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn order_that_reaches_a_file_is_never_a_hash_tables() {
    let places =
        wrong(&["schema-core/src"], |_, named| matches!(named.ident.as_str(), "HashMap" | "HashSet" | "RandomState"));
    assert!(places.is_empty(), "{places:#?}");
}

/// The folders and files of the core, the lowest first: each may use those above it in this list.
const LAYERS: [&str; 23] = [
    "suggest",
    "listing",
    "files",
    "ids",
    "schema",
    "dialect",
    "config",
    "expression",
    "place",
    "diagnostic",
    "report",
    "sql",
    "samples",
    "attribute",
    "queries",
    "rules",
    "diff",
    "plan",
    "parse",
    "drift",
    "emit",
    "migrations",
    "fix",
];

#[test]
fn imports_of_the_core_run_downwards() {
    let mut upwards = Vec::new();
    let mut layers: Vec<String> = Vec::new();
    for (file, text) in files(&["schema-core/src"], ".rs").iter().filter(|(file, _)| !is_test_module(file)) {
        let inner = file.strip_prefix("schema-core/src/").unwrap();
        let here = inner.split('/').next().unwrap().trim_end_matches(".rs");
        if here == "lib" {
            continue;
        }
        let level = |name: &str| LAYERS.iter().position(|layer| *layer == name);
        let own = level(here).unwrap_or_else(|| panic!("{here} is in no layer"));
        layers.push(here.to_owned());
        for used in used_layers(text) {
            if level(&used).is_none_or(|level| level > own) {
                upwards.push(format!("{file} uses {used}"));
            }
        }
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
    assert!(LAYERS.iter().all(|layer| layers.iter().any(|found| found == layer)), "a layer is gone: {layers:?}");
}

/// What follows `crate::` in a file, less its tests: `use crate::{config, diff}` counts as both.
fn used_layers(text: &str) -> Vec<String> {
    fn walk(tokens: TokenStream, found: &mut Vec<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut skipping = false;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(ident) if ident == "crate" && !skipping => match tokens.get(at + 3) {
                    Some(TokenTree::Ident(layer)) => found.push(layer.to_string()),
                    Some(TokenTree::Group(group)) => {
                        let mut first = true;
                        for token in group.stream() {
                            match token {
                                TokenTree::Ident(layer) if first => {
                                    found.push(layer.to_string());
                                    first = false;
                                }
                                TokenTree::Punct(punct) if punct.as_char() == ',' => first = true,
                                _ => {}
                            }
                        }
                    }
                    _ => {}
                },
                TokenTree::Group(group) => {
                    let text = group.stream().to_string().replace(' ', "");
                    match group.delimiter() {
                        Delimiter::Bracket if text == "cfg(test)" => skipping = true,
                        // What a visibility names is not used: `pub(in crate::plan)`.
                        Delimiter::Parenthesis if text.starts_with("incrate") || text == "crate" => {}
                        Delimiter::Brace if skipping => skipping = false,
                        _ if skipping => {}
                        _ => walk(group.stream(), found),
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => skipping = false,
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(text.parse().unwrap_or_else(|error| panic!("{error}")), &mut found);
    found
}

#[test]
fn crates_of_the_workspace_pin_each_other() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = ")).unwrap().trim_matches('"');
    let own: Vec<&str> = manifest
        .lines()
        .filter(|line| line.contains("path = ") && line.contains("version = "))
        .map(|line| {
            assert!(line.contains(&format!("version = \"={version}\"")), "{line}");
            line.split([' ', '=']).next().unwrap()
        })
        .collect();
    assert!(own.contains(&"tablewright-core") && own.contains(&"tablewright"), "{own:?}");
    let mut manifests = files(&CODE[2..], "Cargo.toml");
    manifests.insert("Cargo.toml".to_owned(), manifest.clone());
    for (file, text) in &manifests {
        for line in text.lines().filter(|line| !line.contains("path = ")) {
            let name = line.split([' ', '=', '.']).next().unwrap_or_default();
            let is_dependency = own.contains(&name) && line.contains('=');
            assert!(!is_dependency || line.contains("workspace = true"), "{file}: {line}");
        }
    }
}

#[test]
fn every_file_says_what_it_holds() {
    let libraries: Vec<&str> =
        CODE.iter().copied().filter(|folder| folder.starts_with("schema-") || *folder == "src").collect();
    let silent = files(&libraries, ".rs").into_iter().filter(|(file, text)| {
        // A rule's texts are its documentation.
        let is_rule = file.starts_with("schema-core/src/rules/");
        let is_code = file.starts_with("src/") || file.contains("/src/");
        is_code && !is_rule && !is_test_module(file) && !file.contains("/tests/") && !text.starts_with("//!")
    });
    let silent: Vec<String> = silent.map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "without a first line of documentation: {silent:#?}");
}

#[test]
fn files_are_short_enough_to_read() {
    let mut too_long = Vec::new();
    // Models of real programs, which the tests read as data, are as long as they are; so are programs that tests write.
    let is_data = |file: &str| file.contains("/tests/real/") || file == "tests/ui/rules/good.rs";
    for (file, text) in files(CODE, ".rs").into_iter().filter(|(file, _)| !is_data(file)) {
        match text.lines().count() {
            lines if lines > MOST_LINES => too_long.push(format!("{file}: {lines} lines")),
            // Not captured, so that it is seen where nothing fails.
            lines if lines > MANY_LINES => {
                let _ = writeln!(std::io::stderr(), "warning: {file} has {lines} lines; {MOST_LINES} is the most");
            }
            _ => {}
        }
    }
    assert!(too_long.is_empty(), "{too_long:#?}");
}

#[test]
fn the_reader_of_this_test_works() {
    let named = idents(
        "//! syn\nuse ::tablewright::sqlx::Postgres; // syn\n#[cfg(test)]\nmod tests { use syn; }\nfn f() { \"syn\"; a::B {} }",
    );
    let texts: Vec<String> = named.iter().map(|named| format!("{}{}", named.before, named.ident)).collect();
    assert!(texts.iter().any(|text| text.ends_with("::tablewright::sqlx::Postgres")), "{texts:?}");
    assert!(texts.contains(&"a::B".to_owned()) && !texts.iter().any(|text| text.contains("syn")), "{texts:?}");
}
