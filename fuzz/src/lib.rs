//! What each fuzz target does with its input: reads it as the program would, and holds what must hold whatever it is. The
//! targets call these, and so does an ordinary test with each committed seed.

mod copied;
mod model;

use std::path::Path;

use tablewright::Cursor;
use tablewright_core::expression::{Fragment, TypeName, Wanted, block_problem};
use tablewright_core::migrations::{FileName, Header, Lock, way_down, way_up};
use tablewright_core::{config, drift};
use tablewright_database::apply;

pub use copied::copy_encoding;
pub use model::{attributes, model_source};

/// A target: its name, which its folder of seeds has, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("attributes", attributes),
    ("copy_encoding", copy_encoding),
    ("cursors", cursors),
    ("expressions", expressions),
    ("headers", headers),
    ("migration_files", migration_files),
    ("model_source", model_source),
    ("schema_lock", schema_lock),
    ("schema_toml", schema_toml),
];

/// The SQL of a model: one expression, one type, one body of a function.
pub fn expressions(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let table = model::table();
    match Fragment::parse(text) {
        Ok(fragment) => {
            assert_eq!(fragment.text, text.trim());
            let again = Fragment::parse(&fragment.text).expect("what was read once is read again");
            assert_eq!(again.column_names(), fragment.column_names());
            for (_, range) in &fragment.references().columns {
                assert!(fragment.text.get(range.clone()).is_some(), "{range:?} of {text:?}");
            }
            for wanted in [Wanted::Condition, Wanted::ConditionOfQueries, Wanted::Any, Wanted::Value(&table.columns[1])]
            {
                for finding in fragment.examine(&table, wanted).problems {
                    assert!(fragment.text.get(finding.range.clone()).is_some(), "{finding:?} of {text:?}");
                }
            }
            let _ = (fragment.type_in(&table), fragment.volatility(&table), fragment.constant(), fragment.words());
            let _ = (fragment.columns_of_row(), fragment.document_keys(), fragment.texts_beside("note"));
            // An operand of AND stays one expression.
            let joined = format!("{} AND true", tablewright_core::expression::operand_of_and(text.trim()));
            if matches!(fragment.type_in(&table), tablewright_core::expression::Type::Known(_)) && joined.len() < 60_000
            {
                let _ = Fragment::parse(&joined);
            }
        }
        Err(problem) => assert!(problem.pointer(text).contains('^'), "{problem} of {text:?}"),
    }
    match TypeName::parse(text) {
        Ok(name) => {
            assert_eq!(name.text, text.trim());
            let sql_type: tablewright_core::schema::SqlType = name.text.parse().expect("a type is read as one");
            let again = sql_type.to_string();
            assert_eq!(again.parse(), Ok(sql_type), "{text:?}");
            assert!(TypeName::parse(&again).is_ok(), "{again:?} of {text:?}");
        }
        Err(problem) => assert!(problem.pointer(text).contains('^'), "{problem} of {text:?}"),
    }
    if let Some(problem) = block_problem(text) {
        assert!(problem.pointer(text).contains('^'), "{problem} of {text:?}");
    }
}

/// `schema.toml`: the choices, or mistakes that each have a place.
pub fn schema_toml(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Err(errors) = config::parse(text) else { return };
    assert!(!errors.is_empty());
    for error in errors {
        assert!(text.get(error.span.clone()).is_some(), "{error:?} of {text:?}");
        assert!(!error.message.is_empty() && !error.help.is_empty());
    }
}

/// `schema.lock`: what is read is written as the same, by both of its readers.
pub fn schema_lock(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let index = drift::Index::new(text.to_owned());
    match Lock::parse(Path::new("schema.lock"), text) {
        Ok(lock) => {
            let written = lock.text().expect("what was read is written");
            let again = Lock::parse(Path::new("schema.lock"), &written).expect("what was written is read");
            assert_eq!(again, lock);
            assert_eq!(again.text().as_deref(), Ok(&*written));
            let index = drift::Index::new(written).expect("what was written is read by the derive too");
            assert_eq!(index.last(), lock.last());
            assert!(lock.schema.tables.keys().all(|table| index.has_table(table)), "{text}");
        }
        Err(report) => assert!(!report.text().is_empty()),
    }
    if let Ok(index) = index {
        let _ = drift::table(&index, &model::table());
    }
}

/// The comment that a migration begins with: what is read is written as the same.
pub fn headers(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let header = Header::read(text);
    let written = header.to_string();
    assert!(written.lines().all(|line| line.starts_with("--")), "{written:?} of {text:?}");
    let again = Header::read(&written);
    assert_eq!(again.to_string(), written, "{text:?}");
    assert_eq!(Header::read(&again.to_string()), again, "{text:?}");
}

/// A migration: its name, its sections and what the runner refuses in it, each at its place.
pub fn migration_files(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (name, file) = text.split_once('\n').unwrap_or((text, text));
    if let Ok(parsed) = FileName::parse(name) {
        assert!(name.contains(&parsed.migration()), "{name:?}");
    }
    let up = way_up(file);
    for way in [Some(&*up), way_down(file).as_deref(), Some(file)].into_iter().flatten() {
        for refusal in apply::refusals(way) {
            assert!(way.get(refusal.range.clone()).is_some(), "{refusal:?} of {text:?}");
        }
        for finding in tablewright_database::lint::findings(way, true) {
            assert!(way_up(way).get(finding.range.clone()).is_some(), "{finding:?} of {text:?}");
        }
        let _ = Header::read(way);
    }
}

/// A cursor: what is read is written as the same.
pub fn cursors(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match text.parse::<Cursor>() {
        Ok(cursor) => assert_eq!(cursor.to_string(), text),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
