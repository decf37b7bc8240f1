//! Everything that belongs to a new table.

use super::{comments, create_indexes, create_partitions, create_policies, create_table, create_triggers};
use crate::dialect::Dialect;
use crate::schema::{Object, Table};
use crate::sql::statement::Statement;
use crate::sql::text::SqlText;

/// The statements that make a table and whatever belongs to it. The fields are in the order in which they run.
///
/// The functions of triggers come before all tables, and foreign keys that close a cycle after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTable {
    /// The table.
    pub name: String,
    /// `CREATE TABLE` with its constraints.
    pub create: SqlText,
    /// The partitions.
    pub partitions: Vec<Statement>,
    /// The indexes that are not constraints.
    pub indexes: Vec<Statement>,
    /// The triggers.
    pub triggers: Vec<Statement>,
    /// The policies of row-level security, and what turns it on.
    pub policies: Vec<SqlText>,
    /// The comments of the table and its columns.
    pub comments: Vec<Statement>,
}

impl NewTable {
    /// What belongs to this table.
    #[must_use]
    pub fn new(table: &Table, dialect: &Dialect) -> Self {
        Self {
            name: table.name.clone(),
            create: create_table(table, dialect),
            partitions: create_partitions(table),
            indexes: create_indexes(table, dialect),
            triggers: create_triggers(table),
            policies: create_policies(table),
            comments: comments(table),
        }
    }

    /// All of them, in order; `None` where one has a hole that the program's compiler fills.
    #[must_use]
    pub fn statements(self) -> Option<Vec<Statement>> {
        let Self { name, create, partitions, indexes, triggers, policies, comments } = self;
        let filled = |text: &SqlText| text.as_text().map(|text| Statement::from(text.to_owned()));
        let mut statements = vec![filled(&create)?.makes(Object::Table(name))];
        statements.extend(partitions);
        statements.extend(indexes);
        statements.extend(triggers);
        statements.extend(policies.iter().map(filled).collect::<Option<Vec<_>>>()?);
        statements.extend(comments);
        Some(statements)
    }
}
