//! What the rules of one table share: the table, and its SQL, parsed once.

use std::ops::Deref;

use crate::expression::Fragment;
use crate::place::{Key, Place};
use crate::queries;
use crate::schema::{Column, Generated, KeyTarget, QueryShape, Table, Value};

/// A table with every fragment of SQL that it holds.
#[derive(Debug)]
pub struct Facts<'a> {
    table: &'a Table,
    /// The fragments, in the order of the table's parts.
    pub sql: Vec<Sql<'a>>,
}

/// A fragment of SQL and where it is.
#[derive(Debug)]
pub struct Sql<'a> {
    /// What it is for.
    pub role: Role<'a>,
    /// The fragment, parsed.
    pub fragment: Fragment,
    /// Where it is.
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
    /// A condition of a declared query.
    QueryCondition(usize),
    /// What a declared query sets a column to.
    QueryValue(&'a Column),
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
        for column in &table.columns {
            let place = Place::column(&table.name, &column.name);
            facts.add(Role::Default(column), column.default.as_deref(), || place.key(Key::Default));
            facts.add(Role::Backfill(column), column.backfill.as_deref(), || place.key(Key::Backfill));
            if let Some(Generated::Stored(expression)) = &column.generated {
                facts.add(Role::Generated(column), Some(expression), || place.key(Key::Generated));
            }
        }
        for (number, unique) in table.uniques.iter().enumerate() {
            let place = || Place::of_unique(table, number);
            facts.add(Role::UniquePredicate(number), unique.predicate.as_deref(), place);
        }
        for (number, check) in table.checks.iter().enumerate() {
            facts.add(Role::Check(number), Some(&check.expression), || Place::of_check(table, number));
        }
        for (number, exclusion) in table.exclusions.iter().enumerate() {
            let place = || Place::of_exclusion(table, number);
            facts.add(Role::ExclusionPredicate(number), exclusion.predicate.as_deref(), place);
        }
        for (number, index) in table.indexes.iter().enumerate() {
            let place = || Place::of_index(table, number);
            facts.add(Role::IndexPredicate(number), index.predicate.as_deref(), place);
            for (position, key) in index.key.iter().enumerate() {
                if let KeyTarget::Expression(expression) = &key.target {
                    facts.add(Role::IndexExpression(number, position), Some(expression), place);
                }
            }
        }
        facts.queries();
        facts
    }

    fn queries(&mut self) {
        let table = self.table;
        for (number, query) in table.queries.iter().enumerate() {
            let place = Place::of_query(table, number);
            self.add(Role::QueryCondition(number), query.predicate.as_deref(), || place.key(Key::Where));
            for parameter in &query.parameters {
                if let Value::Constant(constant) = &parameter.value
                    && table.column(&parameter.column).is_some()
                {
                    let condition = queries::equals(table, &parameter.column, constant);
                    self.add(Role::QueryCondition(number), Some(&condition), || place.named(&parameter.column));
                }
            }
            let QueryShape::Update(set) = &query.shape else { continue };
            for set in set {
                if let (Some(column), Some(value)) = (table.column(&set.column), &set.value) {
                    let at = || place.key(Key::Set).named(&set.column);
                    self.add(Role::QueryValue(column), Some(&value.sql), at);
                }
            }
        }
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
