//! Schemas of real applications, retold as models: what the rules say of them is counted here and judged in
//! `docs/real-schemas.md`. `PRINT=<rule> cargo test -p tablewright-core --test real -- --nocapture` shows the diagnostics of one
//! rule, `PRINT=all` those of all.

use std::collections::BTreeMap;

use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::schema::{Schema, SqlType, Storage};
use tablewright_core::{config, parse, rules};

/// Reads the models as the scan would, and gives what they break.
fn broken(source: &str, profile: &Profile) -> (usize, Vec<Diagnostic>) {
    let file = syn::parse_file(source).unwrap();
    let mut schema = Schema::default();
    let mut found = Vec::new();
    let mut enumerations = BTreeMap::new();
    for item in file.items {
        match item {
            syn::Item::Struct(item) => {
                let parsed = parse::table(&item.into(), profile);
                let errors: Vec<_> = parsed.errors.iter().map(Diagnostic::text).collect();
                assert!(errors.is_empty(), "{}", errors.join("\n"));
                let model = parsed.model.unwrap();
                found.extend(rules::table(&model.table, profile));
                schema.tables.insert(model.table.name.clone(), model.table);
            }
            syn::Item::Enum(item) => {
                let parsed = parse::enumeration(&item.into());
                let model = parsed.model.unwrap();
                enumerations.insert(model.ident.to_string(), model.enumeration.name.clone());
                schema.enumerations.insert(model.enumeration.name.clone(), model.enumeration);
            }
            _ => panic!("neither a model nor an enumeration"),
        }
    }
    for column in schema.tables.values_mut().flat_map(|table| &mut table.columns) {
        let SqlType::Rust(name) = &column.sql_type else { continue };
        let Some(name) = enumerations.get(name) else { continue };
        column.sql_type = match schema.enumerations[name].storage {
            Storage::Native => SqlType::Other(name.clone()),
            Storage::Text => SqlType::Text,
        };
        column.enumeration = Some(name.clone());
    }
    found.extend(rules::schema(&schema, profile));
    (schema.tables.len(), found)
}

fn counted(source: &str, settings: &str) -> String {
    let profile = config::parse(settings).unwrap();
    let (tables, found) = broken(source, &profile);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in &found {
        *counts.entry(diagnostic.rule).or_default() += 1;
        if std::env::var("PRINT").is_ok_and(|rule| rule == diagnostic.rule || rule == "all") {
            println!("{}\n", diagnostic.text());
        }
    }
    let counts: Vec<String> = counts.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    format!("{tables} tables: {}", counts.join(", "))
}

#[test]
fn crates_io() {
    insta::assert_snapshot!(counted(include_str!("real/crates_io.rs"), "primary_key = \"bigint\""));
}

#[test]
fn lemmy() {
    insta::assert_snapshot!(counted(include_str!("real/lemmy.rs"), "primary_key = \"bigint\""));
}

#[test]
fn rubygems() {
    insta::assert_snapshot!(counted(include_str!("real/rubygems.rs"), "primary_key = \"bigint\""));
}
