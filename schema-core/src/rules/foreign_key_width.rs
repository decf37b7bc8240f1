use super::{Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Schema, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "foreign_key_width",
    summary: "A foreign key is an integer of the width of the key that it references.",
    why: "The server accepts BIGINT for INTEGER. But the narrower column runs out first, and the service stops there; every \
          join converts one side; and a program reads one number as two types.",
    bad: "
#[derive(Table)]
struct User {
    #[column(identity = always)]
    id: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    #[column(identity = always)]
    id: i64,
    #[references(User, on_delete = restrict)]
    user_id: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct User {
    #[column(identity = always)]
    id: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    #[column(identity = always)]
    id: i64,
    #[references(User, on_delete = restrict)]
    user_id: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "primary_key = \"bigint\"",
    waivable: true,
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values() {
        for foreign_key in &table.foreign_keys {
            let Some(target) = schema.tables.get(&foreign_key.table) else { continue };
            for (name, referenced) in foreign_key.columns.iter().zip(&foreign_key.target_columns) {
                let (Some(column), Some(referenced)) = (table.column(name), target.column(referenced)) else {
                    continue;
                };
                if !differ(&column.sql_type, &referenced.sql_type) {
                    continue;
                }
                let message = format!(
                    "{} references {}.{}, which is {}",
                    column.sql_type, target.name, referenced.name, referenced.sql_type
                );
                found.push(
                    Diagnostic::new(RULE.id, Place::of_type(table, name), message)
                        .help("give the field the type of the column that it references")
                        .second(Place::of_type(target, &referenced.name), "the referenced column"),
                );
            }
        }
    }
}

/// Whether both are integers, and not of one width.
pub(super) fn differ(column: &SqlType, referenced: &SqlType) -> bool {
    let width = |sql_type: &SqlType| match sql_type.numbered().as_ref().unwrap_or(sql_type) {
        SqlType::SmallInt => Some(16),
        SqlType::Integer => Some(32),
        SqlType::BigInt => Some(64),
        _ => None,
    };
    width(column).zip(width(referenced)).is_some_and(|(column, referenced)| column != referenced)
}
