//! The generated documents are as the code has them. `UPDATE_DOCS=1 cargo test -p tablewright-core --test docs` writes them.

use std::path::Path;

use tablewright_core::attribute;
use tablewright_core::{config, parse, rules};

fn holds(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "docs/{name} is stale: UPDATE_DOCS=1 cargo test -p tablewright-core --test docs");
}

#[test]
fn rules_md_is_as_the_code_has_it() {
    holds("rules.md", &rules::docs::markdown());
}

#[test]
fn attributes_md_is_as_the_code_has_it() {
    holds("attributes.md", &attribute::markdown(parse::types::COLUMN_TYPES));
}

#[test]
fn schema_toml_md_is_as_the_code_has_it() {
    holds("schema-toml.md", &config::markdown());
}
