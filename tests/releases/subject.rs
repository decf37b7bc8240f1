//! What is migrated: every change of the matrix, and a rename of each type whose `=` is looser than identity.

use tablewright_core::plan::Allowed;
use tablewright_core::schema::{Schema, SqlType};

use crate::harness::values::counterpart;
use crate::matrix::changes;
use crate::matrix::dependents::{self, Dependent};
use crate::matrix::group::Group;

/// A change, and the schemas before and after.
pub struct Subject {
    pub name: String,
    pub group: Group,
    /// Values of the type that are equal and not the same, as texts.
    pub alike: &'static [&'static str],
    /// Whether a value goes from one column to another.
    pub moves_values: bool,
}

/// Types whose values can be equal and not the same.
fn loose() -> Vec<(&'static str, SqlType, &'static [&'static str])> {
    vec![
        ("interval", SqlType::Interval, &["1 day", "24:00:00", "1 mon", "30 days"]),
        ("citext", SqlType::Other("CITEXT".to_owned()), &["word", "WORD", "Word"]),
        ("numeric", SqlType::Numeric(None), &["1", "1.0", "1.00", "10e-1"]),
        ("double", SqlType::Double, &["0", "-0", "1"]),
        ("jsonb", SqlType::Jsonb, &["{\"a\": 1}", "{\"a\": 1.0}", "1", "1.0"]),
        ("json", SqlType::Json, &["{\"a\":1}", "{\"a\": 1}", "{\"a\":1,\"a\":2}"]),
        ("char", SqlType::Char(5), &["a", "a ", "ab"]),
        ("numeric_array", SqlType::Array(Box::new(SqlType::Numeric(None))), &["{1}", "{1.0}", "{1.00}"]),
        ("time", SqlType::Time, &["00:00:00", "24:00:00"]),
    ]
}

/// Every one.
pub fn all() -> Vec<Subject> {
    let nothing: &Dependent =
        dependents::ALL.iter().find(|it| it.name == "nothing").expect("a cell without dependents");
    let changes = changes::all();
    let mut subjects = Vec::new();
    for change in &changes {
        let Ok(group) = Group::new(change, nothing) else { continue };
        let Some(old) = group.old.tables.get("items") else { continue };
        // The rows are told apart by their id, and what two columns reference together is no value of one.
        let Some(new) = counterpart(old, &group.new) else { continue };
        if new.column("id").is_none() || new.foreign_keys.iter().any(|key| key.columns.len() > 1) {
            continue;
        }
        let moves_values = ["column_", "retype_", "not_null", "default", "enum_", "table_rename", "generated"];
        let moves_values = moves_values.iter().any(|start| change.name.starts_with(start));
        subjects.push(Subject { name: change.name.to_owned(), group, alike: &[], moves_values });
    }
    let rename = changes.iter().find(|it| it.name == "column_rename").expect("a rename");
    for (name, sql_type, alike) in loose() {
        let Ok(mut group) = Group::new(rename, nothing) else { panic!("a rename is refused") };
        for schema in [&mut group.old, &mut group.new] {
            retype(schema, &sql_type);
        }
        group.allowed = Allowed::default();
        subjects.push(Subject { name: format!("column_rename_{name}"), group, alike, moves_values: true });
    }
    subjects
}

/// Gives the column of the change another type.
fn retype(schema: &mut Schema, sql_type: &SqlType) {
    if *sql_type == SqlType::Other("CITEXT".to_owned()) {
        schema.extensions.insert("citext".to_owned());
    }
    for column in schema.tables.values_mut().flat_map(|table| &mut table.columns) {
        if ["subject", "title"].contains(&column.name.as_str()) {
            column.sql_type = sql_type.clone();
        }
    }
}
