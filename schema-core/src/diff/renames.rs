//! `renamed_from` of tables and columns, as far as it is not done yet.

use std::collections::BTreeMap;

use crate::schema::{Schema, Table};

/// The hints that apply, new name to old name.
///
/// One that the old schema has too, or that names nothing, has been followed by an earlier migration. One whose old
/// name is still in use would take a thing away from where it is.
fn renames<'a>(
    hints: impl Iterator<Item = (&'a str, &'a str)>,
    was: impl Fn(&str) -> bool,
    followed: impl Fn(&str, &str) -> bool,
    is: impl Fn(&str) -> bool,
) -> BTreeMap<&'a str, &'a str> {
    let mut found: BTreeMap<&str, &str> =
        hints.filter(|(new, old)| new != old && was(old) && !followed(new, old)).collect();
    loop {
        // A name that is freed by another rename may be taken: a ↔ b.
        let stale = found.iter().find(|(_, old)| is(old) && !found.contains_key(**old)).map(|(new, _)| *new);
        match stale {
            Some(new) => found.remove(new),
            None => return found,
        };
    }
}

pub(super) fn table_renames<'a>(old: &'a Schema, new: &'a Schema) -> BTreeMap<&'a str, &'a str> {
    let hints = new.tables.values().filter_map(|table| Some((table.name.as_str(), table.renamed_from.as_deref()?)));
    let followed =
        |name: &str, hint: &str| old.tables.get(name).is_some_and(|table| table.renamed_from.as_deref() == Some(hint));
    renames(hints, |name| old.tables.contains_key(name), followed, |name| new.tables.contains_key(name))
}

pub(super) fn column_renames<'a>(old: &'a Table, new: &'a Table) -> BTreeMap<&'a str, &'a str> {
    let hints = new.columns.iter().filter_map(|column| Some((column.name.as_str(), column.renamed_from.as_deref()?)));
    let followed =
        |name: &str, hint: &str| old.column(name).is_some_and(|column| column.renamed_from.as_deref() == Some(hint));
    renames(hints, |name| old.column(name).is_some(), followed, |name| new.column(name).is_some())
}
