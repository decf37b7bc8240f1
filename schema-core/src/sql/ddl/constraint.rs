//! Constraints: their bodies, and how they are added and dropped.

use super::alter;
use crate::dialect::Dialect;
use crate::expression::Fragment;
use crate::schema::{Exclusion, ForeignKey, Object, ReferentialAction, Table, Unique};
use crate::sql::ident::{quote, quote_list};
use crate::sql::statement::Statement;

/// `CONSTRAINT name body`, as it is in CREATE TABLE and after ADD.
pub(super) fn named(name: &str, body: &str) -> String {
    format!("CONSTRAINT {} {body}", quote(name))
}

/// Whether a unique key is a constraint of the table; otherwise it is a unique index next to it.
#[must_use]
pub fn is_constraint(unique: &Unique, dialect: &Dialect) -> bool {
    unique.predicate.is_none() && dialect.unique_constraints
}

/// `PRIMARY KEY (…)`.
#[must_use]
pub fn primary_key_body(columns: &[String]) -> String {
    format!("PRIMARY KEY ({})", quote_list(columns))
}

/// `UNIQUE (…)`.
#[must_use]
pub fn unique_body(unique: &Unique) -> String {
    let nulls = if unique.nulls_not_distinct { "NULLS NOT DISTINCT " } else { "" };
    format!("UNIQUE {nulls}({})", quote_list(&unique.columns))
}

/// `CHECK (…)`.
#[must_use]
pub fn check_body(expression: &str) -> String {
    format!("CHECK ({expression})")
}

/// `FOREIGN KEY (…) REFERENCES … (…)`, with its actions.
#[must_use]
pub fn foreign_key_body(foreign_key: &ForeignKey) -> String {
    let mut body = format!(
        "FOREIGN KEY ({}) REFERENCES {} ({})",
        quote_list(&foreign_key.columns),
        quote(&foreign_key.table),
        quote_list(&foreign_key.target_columns)
    );
    for (event, action) in [("DELETE", foreign_key.on_delete), ("UPDATE", foreign_key.on_update)] {
        // NO ACTION is the default.
        if let Some(action) = action.filter(|action| *action != ReferentialAction::NoAction) {
            body.push_str(&format!(" ON {event} {action}"));
            if event == "DELETE" && !foreign_key.set_null.is_empty() {
                body.push_str(&format!(" ({})", quote_list(&foreign_key.set_null)));
            }
        }
    }
    if foreign_key.deferrable {
        body.push_str(" DEFERRABLE INITIALLY DEFERRED");
    }
    body
}

/// `EXCLUDE USING … (…)`.
#[must_use]
pub fn exclusion_body(table: &Table, exclusion: &Exclusion) -> String {
    let target = |text: &String| match Fragment::parse(text) {
        _ if table.column(text).is_some() => quote(text),
        Ok(fragment) if fragment.is_call() || fragment.is_enclosed() => text.clone(),
        _ => format!("({text})"),
    };
    let elements: Vec<String> = exclusion
        .elements
        .iter()
        .map(|element| format!("{} WITH {}", target(&element.expression), element.operator))
        .collect();
    let mut body = format!("EXCLUDE USING {} ({})", exclusion.method.word(), elements.join(", "));
    if let Some(predicate) = &exclusion.predicate {
        body.push_str(&format!(" WHERE ({predicate})"));
    }
    body
}

/// `ADD CONSTRAINT`, which checks every row while the table is locked.
#[must_use]
pub fn add_constraint(table: &str, name: &str, body: &str) -> Statement {
    alter(table, &format!("ADD {}", named(name, body))).makes(Object::constraint(table, name))
}

/// `ADD CONSTRAINT … NOT VALID`: for rows that are written from now on. A foreign key or a check.
#[must_use]
pub fn add_not_valid(table: &str, name: &str, body: &str) -> Statement {
    alter(table, &format!("ADD {} NOT VALID", named(name, body))).makes(Object::constraint(table, name))
}

/// `VALIDATE CONSTRAINT`: reads the existing rows while others write.
#[must_use]
pub fn validate_constraint(table: &str, name: &str) -> Statement {
    alter(table, &format!("VALIDATE CONSTRAINT {}", quote(name))).changes(Object::constraint(table, name))
}

/// `ADD CONSTRAINT … UNIQUE USING INDEX …`: the index takes the constraint's name.
#[must_use]
pub fn add_unique_using_index(table: &str, name: &str, index: &str) -> Statement {
    let statement = alter(table, &format!("ADD {}", named(name, &format!("UNIQUE USING INDEX {}", quote(index)))));
    statement.drops(Object::index(index)).makes(Object::constraint(table, name))
}

/// `ADD CONSTRAINT … PRIMARY KEY USING INDEX …`: the index takes the constraint's name.
#[must_use]
pub fn add_primary_key_using_index(table: &str, name: &str, index: &str) -> Statement {
    let body = format!("PRIMARY KEY USING INDEX {}", quote(index));
    let statement = alter(table, &format!("ADD {}", named(name, &body)));
    statement.drops(Object::index(index)).makes(Object::constraint(table, name))
}

/// `ALTER PRIMARY KEY USING COLUMNS (…)`, online, where a constraint cannot take over an index
/// ([`Dialect::using_index`] is false). The old key stays as a unique index.
#[must_use]
pub fn alter_primary_key(table: &str, columns: &[String]) -> Statement {
    alter(table, &format!("ALTER PRIMARY KEY USING COLUMNS ({})", quote_list(columns)))
}

/// `DROP CONSTRAINT`.
#[must_use]
pub fn drop_constraint(table: &str, name: &str) -> Statement {
    alter(table, &format!("DROP CONSTRAINT {}", quote(name))).drops(Object::constraint(table, name))
}

/// `DROP CONSTRAINT IF EXISTS`.
#[must_use]
pub fn drop_constraint_if_exists(table: &str, name: &str) -> Statement {
    alter(table, &format!("DROP CONSTRAINT IF EXISTS {}", quote(name))).drops(Object::constraint(table, name))
}

/// `RENAME CONSTRAINT … TO …`; the index of a key is renamed with it.
#[must_use]
pub fn rename_constraint(table: &str, from: &str, to: &str) -> Statement {
    let statement = alter(table, &format!("RENAME CONSTRAINT {} TO {}", quote(from), quote(to)));
    statement.renames(Object::constraint(table, from), Object::constraint(table, to))
}

/// The foreign keys that close a cycle, as statements of their own.
#[must_use]
pub fn add_foreign_keys(table: &Table) -> Vec<Statement> {
    let keys = table.foreign_keys.iter().filter(|foreign_key| foreign_key.cycle);
    keys.map(|key| add_constraint(&table.name, &key.name, &foreign_key_body(key))).collect()
}

/// Takes away the foreign keys that close a cycle, so that the tables can go.
#[must_use]
pub fn drop_cycle_foreign_keys(table: &Table) -> Vec<Statement> {
    let keys = table.foreign_keys.iter().filter(|foreign_key| foreign_key.cycle);
    keys.map(|key| drop_constraint(&table.name, &key.name)).collect()
}
