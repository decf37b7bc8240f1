//! Models that `cargo schema import` wrote compile: `schema-cli/tests/found/databases` has what they were made of.
#![allow(dead_code, unused_imports, clippy::doc_markdown, clippy::struct_field_names)]

#[rustfmt::skip]
#[path = "imported/features/mod.rs"]
mod features;
#[rustfmt::skip]
#[path = "imported/odd_names/mod.rs"]
mod odd_names;

use tablewright::prelude::*;

#[test]
fn what_was_imported_is_what_the_server_has() {
    assert_eq!(features::User::NAME, "User");
    // Three columns that would be one field.
    assert!(odd_names::T2faToken::COLUMNS.contains(&"a-b"));
}
