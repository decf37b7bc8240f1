use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::{KeyStyle, Profile};
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Column, Generated, SqlType};

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
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let (field, sql_type) = match profile.primary_key {
        KeyStyle::Uuid => ("pub id: Uuid,", SqlType::Uuid),
        KeyStyle::Bigint => ("pub id: i64,", SqlType::BigInt),
    };
    let key = &table.primary_key.columns;
    if key.is_empty() {
        found.push(Diagnostic::new(RULE.id, Place::table(&table.name), "the table has no primary key").help(format!(
            "{field}    or name its columns: {}",
            attribute::table::key_line(false, &["order_id", "product_id"])
        )));
        return;
    }
    for column in key.iter().filter_map(|name| table.column(name)).filter(|column| column.nullable) {
        found.push(
            Diagnostic::new(RULE.id, Place::of_type(table, &column.name), "a primary key column is NOT NULL")
                .help("drop the `Option`"),
        );
    }
    numbered(table, profile, found);
    // A composite key, or one that is a foreign key, has the types of what it references.
    let [name] = key.as_slice() else { return };
    if table.foreign_keys.iter().any(|foreign_key| foreign_key.columns.contains(name)) {
        return;
    }
    // A type of the program is unknown here, and one that numbers itself is reported as such.
    let known = |column: &&Column| column.sql_type.unresolved().is_none() && column.sql_type.numbered().is_none();
    if let Some(column) =
        table.column(name).filter(known).filter(|column| column.sql_type != sql_type && !column.nullable)
    {
        let message = format!("the primary key is {}, the profile's keys are {sql_type}", column.sql_type);
        found.push(Diagnostic::new(RULE.id, Place::of_type(table, name), message).help(field));
    }
}

/// Columns that the server numbers: never as SERIAL, and not as the key where that makes a hot spot.
fn numbered(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for column in table.columns.iter().filter(|column| column.sql_type.numbered().is_some()) {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_type(table, &column.name),
                "SERIAL lets any INSERT give the number by hand, and its sequence has rights of its own",
            )
            .help(format!(
                "{} {}: i64, without the `type`",
                attribute::column::word("identity", "always"),
                column.name
            )),
        );
    }
    let Some(target) = profile.targets.iter().find(|target| !target.dialect().sequential_keys) else { return };
    let leading = table.primary_key.columns.first().and_then(|name| table.column(name));
    let sequential = |column: &&Column| {
        matches!(column.generated, Some(Generated::IdentityAlways | Generated::IdentityByDefault))
            || column.default.as_ref().is_some_and(|default| default.to_lowercase().starts_with("nextval("))
    };
    if let Some(column) = leading.filter(sequential) {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_type(table, &column.name),
                format!("keys that follow each other send every INSERT of {} to one node", target.dialect().name),
            )
            .help("pub id: Uuid,    with primary_key = \"uuid\" in schema.toml"),
        );
    }
}
