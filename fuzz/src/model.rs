//! Models: the attributes of one, and the files of a crate.

use std::cell::RefCell;

use tablewright_core::config::Profile;
use tablewright_core::parse::{self, scan};
use tablewright_core::schema::{Column, SqlType, Table};
use tablewright_core::{attribute, emit, plan, rules};
use tempfile::TempDir;

/// A table to examine expressions over.
pub fn table() -> Table {
    let mut table = Table { name: "things".to_owned(), ..Table::default() };
    table.columns = vec![
        Column::new("id", SqlType::Uuid),
        Column::new("score", SqlType::Integer),
        Column::new("note", SqlType::Text),
        Column::new("made_at", SqlType::Timestamptz),
        Column::new("tags", SqlType::Array(Box::new(SqlType::Text))),
        Column::new("about", SqlType::Jsonb),
    ];
    table
}

/// An item with its attributes, as a derive is given it: errors, or code that parses.
pub fn attributes(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(tokens) = text.parse::<proc_macro2::TokenStream>() else { return };
    let Ok(input) = parse::item(tokens) else { return };
    for profile in [Profile::default(), Profile { tenant: Some("tenant_id".to_owned()), ..Profile::default() }] {
        let parsed = parse::table(&input, &profile);
        let _ = attribute::compile_errors(&parsed.errors);
        let Some(model) = parsed.model else { continue };
        let found = rules::table(&model.table, &profile);
        let broken = !parsed.errors.is_empty() || !found.is_empty();
        let code = emit::table(&model, &profile, broken);
        assert!(syn::parse2::<syn::File>(code.clone()).is_ok(), "emitted what does not parse: {code}");
    }
    let parsed = parse::enumeration(&input);
    if let Some(model) = parsed.model {
        let code = emit::enumeration(&model, !parsed.errors.is_empty());
        assert!(syn::parse2::<syn::File>(code).is_ok());
    }
    if let Some(model) = parse::newtype(&input).model {
        assert!(syn::parse2::<syn::File>(emit::newtype(&model)).is_ok());
    }
    // What was parsed on a thread is kept for it.
    proc_macro2::extra::invalidate_current_thread_spans();
}

thread_local! {
    static PACKAGE: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// A source file: a schema that can be planned, or errors that each have a place.
pub fn model_source(data: &[u8]) {
    PACKAGE.with_borrow_mut(|package| {
        let package = package.get_or_insert_with(|| {
            let package = tempfile::tempdir().expect("a folder");
            std::fs::create_dir(package.path().join("src")).expect("a folder in it");
            package
        });
        std::fs::write(package.path().join("src/lib.rs"), data).expect("a file in it");
        match scan::scan(package.path(), &Profile::default()) {
            Ok(scan) => {
                if let Err(problems) = plan::create_all(&scan.schema, &Profile::default()) {
                    assert!(!problems.is_empty());
                }
            }
            Err(failure) => {
                assert!(!failure.reports.is_empty());
                assert!(failure.reports.iter().all(|report| !report.message.is_empty() && report.start_is_in_file()));
            }
        }
    });
}

/// Whether the place of a report can be shown.
trait InFile {
    fn start_is_in_file(&self) -> bool;
}

impl InFile for tablewright_core::report::Report {
    fn start_is_in_file(&self) -> bool {
        let _ = self.at.text();
        self.at.start() <= self.at.end()
    }
}
