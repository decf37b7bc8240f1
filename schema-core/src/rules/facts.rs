//! What the rules of one table share: the table, and its SQL, parsed once.

use std::ops::Deref;

use crate::diagnostic::Place;
use crate::schema::{Column, Generated, KeyTarget, Table, derived_name};
use crate::sql::fragment::Fragment;

/// A table with every fragment of SQL that it holds.
#[derive(Debug)]
pub struct Facts<'a> {
    table: &'a Table,
    /// The fragments, in the order of the table's parts.
    pub sql: Vec<Sql<'a>>,
}

/// A fragment of SQL and where it stands.
#[derive(Debug)]
pub struct Sql<'a> {
    /// What it is for.
    pub role: Role<'a>,
    /// The fragment, parsed.
    pub fragment: Fragment,
    /// Where it stands.
    pub place: Place,
}

/// What a fragment of SQL is for. Numbers count the table's constraints or indexes of that kind.
#[derive(Clone, Copy, Debug)]
pub enum Role<'a> {
    /// The condition of a check constraint.
    Check(usize),
    /// A column's default.
    Default(&'a Column),
    /// What fills a column in rows that exist.
    Backfill(&'a Column),
    /// What a generated column is computed from.
    Generated(&'a Column),
    /// The rows that a unique key covers.
    UniquePredicate(usize),
    /// The rows that an exclusion constraint covers.
    ExclusionPredicate(usize),
    /// The rows that an index covers.
    IndexPredicate(usize),
    /// A key column of an index, and which.
    IndexExpression(usize, usize),
}

impl Deref for Facts<'_> {
    type Target = Table;

    fn deref(&self) -> &Table {
        self.table
    }
}

impl<'a> Facts<'a> {
    /// Parses the table's SQL. What does not parse was reported where it was read.
    #[must_use]
    pub fn new(table: &'a Table) -> Self {
        let mut facts = Self { table, sql: Vec::new() };
        let here = Place::table(&table.name);
        for column in &table.columns {
            let place = Place::column(&table.name, &column.name);
            facts.add(Role::Default(column), column.default.as_deref(), || place.part("default"));
            facts.add(Role::Backfill(column), column.backfill.as_deref(), || place.part("backfill"));
            if let Some(Generated::Stored(expression)) = &column.generated {
                facts.add(Role::Generated(column), Some(expression), || place.part("generated"));
            }
        }
        for (number, unique) in table.uniques.iter().enumerate() {
            let place = || place_of_unique(table, number);
            facts.add(Role::UniquePredicate(number), unique.predicate.as_deref(), place);
        }
        for (number, check) in table.checks.iter().enumerate() {
            facts.add(Role::Check(number), Some(&check.expression), || here.nth("check", number));
            if let Some(sql) = facts.sql.last_mut()
                && let [column] = sql.fragment.column_names().as_slice()
                && table.column(column).is_some()
            {
                sql.place = Place::column(&table.name, column).nth("check", number);
            }
        }
        for (number, exclusion) in table.exclusions.iter().enumerate() {
            let place = || here.nth("exclude", number);
            facts.add(Role::ExclusionPredicate(number), exclusion.predicate.as_deref(), place);
        }
        for (number, index) in table.indexes.iter().enumerate() {
            let place = || here.nth("index", number);
            facts.add(Role::IndexPredicate(number), index.predicate.as_deref(), place);
            for (position, key) in index.key.iter().enumerate() {
                if let KeyTarget::Expression(expression) = &key.target {
                    facts.add(Role::IndexExpression(number, position), Some(expression), place);
                }
            }
        }
        facts
    }

    fn add(&mut self, role: Role<'a>, text: Option<&str>, place: impl FnOnce() -> Place) {
        if let Some(Ok(fragment)) = text.map(Fragment::parse) {
            self.sql.push(Sql { role, fragment, place: place() });
        }
    }

    /// The table itself.
    #[must_use]
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// The check constraints, parsed.
    pub fn checks(&self) -> impl Iterator<Item = &Sql<'a>> {
        self.sql.iter().filter(|sql| matches!(sql.role, Role::Check(_)))
    }

    /// Whether a foreign key holds the column, alone or with others.
    #[must_use]
    pub fn references(&self, column: &str) -> bool {
        self.foreign_keys.iter().any(|key| key.columns.iter().any(|name| name == column))
    }
}

/// Where a unique key stands: at the field where it is of one column, at its own attribute otherwise.
pub(super) fn place_of_unique(table: &Table, number: usize) -> Place {
    let unique = &table.uniques[number];
    match unique.columns.as_slice() {
        [column] if unique.name == derived_name(&[&table.name, column, "unique"]) => {
            Place::column(&table.name, column).part("unique")
        }
        _ => Place::table(&table.name).nth("unique", number),
    }
}
