//! Native enumerations, and the checks of those that are stored as text.

use crate::schema::{Enumeration, Object, Storage};
use crate::sql::ident::{literal, quote};
use crate::sql::statement::Statement;

pub use crate::schema::enumeration_check_name;

/// The CHECK that holds a column to its enumeration's values, once they are known.
#[must_use]
pub fn enumeration_check_expression(column: &str, values: &str) -> String {
    format!("{} IN ({values})", quote(column))
}

/// The type of an enumeration that is stored natively.
#[must_use]
pub fn create_enumeration(enumeration: &Enumeration) -> Option<Statement> {
    let name = &enumeration.name;
    let create = || format!("CREATE TYPE {} AS ENUM ({});", quote(name), value_list(enumeration));
    (enumeration.storage == Storage::Native).then(|| Statement::from(create()).makes(Object::Type(name.clone())))
}

/// The values of an enumeration as an SQL list: `'pending', 'paid'`.
#[must_use]
pub fn value_list(enumeration: &Enumeration) -> String {
    enumeration.values.iter().map(|value| literal(&value.value)).collect::<Vec<_>>().join(", ")
}

/// `DROP TYPE` of an enumeration that is stored natively.
#[must_use]
pub fn drop_enumeration(enumeration: &Enumeration) -> Option<Statement> {
    let name = &enumeration.name;
    let drop = || Statement::from(format!("DROP TYPE {};", quote(name))).drops(Object::Type(name.clone()));
    (enumeration.storage == Storage::Native).then(drop)
}

/// Where a value is put into a type, whose order is that of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour<'a> {
    /// Before that value.
    Before(&'a str),
    /// Behind that value.
    After(&'a str),
    /// Behind all values.
    Last,
}

/// `ALTER TYPE … ADD VALUE`, or `ADD VALUE IF NOT EXISTS` where no way back may have taken it out. A transaction that adds a
/// value cannot use it.
#[must_use]
pub fn add_value(name: &str, value: &str, at: Neighbour<'_>, may_be_there: bool) -> Statement {
    let at = match at {
        Neighbour::Before(other) => format!(" BEFORE {}", literal(other)),
        Neighbour::After(other) => format!(" AFTER {}", literal(other)),
        Neighbour::Last => String::new(),
    };
    let unless = if may_be_there { " IF NOT EXISTS" } else { "" };
    Statement::from(format!("ALTER TYPE {} ADD VALUE{unless} {}{at};", quote(name), literal(value)))
        .changes(Object::Type(name.to_owned()))
}

/// `ALTER TYPE … RENAME VALUE`.
#[must_use]
pub fn rename_value(name: &str, from: &str, to: &str) -> Statement {
    Statement::from(format!("ALTER TYPE {} RENAME VALUE {} TO {};", quote(name), literal(from), literal(to)))
        .changes(Object::Type(name.to_owned()))
}

/// `ALTER TYPE … RENAME TO …`.
#[must_use]
pub fn rename_enumeration(from: &str, to: &str) -> Statement {
    Statement::from(format!("ALTER TYPE {} RENAME TO {};", quote(from), quote(to)))
        .renames(Object::Type(from.to_owned()), Object::Type(to.to_owned()))
}
