use super::{Check, Facts, Rule};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{KeyStyle, Profile, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "primary_key",
    summary: "Every table has a primary key of the profile's kind: `id UUID`, or `id BIGINT … IDENTITY`.",
    why: "A row without a key cannot be found again, referenced or replicated. One kind of key in all tables lets \
          every foreign key have the same type; a key that the program or the server can make without asking a \
          counter needs no round trip and no hot page.",
    bad: "
#[derive(Table)]
struct Order {
    #[column(identity = always)]
    id: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: Check::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let (field, sql_type) = match profile.primary_key {
        KeyStyle::Uuid => ("pub id: Uuid,", SqlType::Uuid),
        KeyStyle::Bigint => ("pub id: i64,", SqlType::BigInt),
    };
    let key = &table.primary_key.columns;
    if key.is_empty() {
        found.push(
            Diagnostic::new(RULE.id, Place::table(&table.name), "the table has no primary key")
                .help(format!("{field}    or name its columns: #[table(primary_key(order_id, product_id))]")),
        );
        return;
    }
    for column in key.iter().filter_map(|name| table.column(name)).filter(|column| column.nullable) {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, &column.name).part("type"),
                "a primary key column takes no NULL",
            )
            .help("drop the `Option`"),
        );
    }
    // A composite key, or one that is a foreign key, has the types of what it references.
    let [name] = key.as_slice() else { return };
    if table.foreign_keys.iter().any(|foreign_key| foreign_key.columns.contains(name)) {
        return;
    }
    if let Some(column) = table.column(name).filter(|column| column.sql_type != sql_type && !column.nullable) {
        let message = format!("the primary key is {}, the profile's keys are {sql_type}", column.sql_type);
        found.push(
            Diagnostic::new(RULE.id, Place::column(&table.name, name).part("type"), message).help(field),
        );
    }
}
