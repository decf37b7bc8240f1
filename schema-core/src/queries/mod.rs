//! Declared queries: what each asks for, its statements, and the index that serves it.

mod batches;
mod coverage;
pub mod helpers;
mod keyset;
pub mod lists;
mod promises;
mod statements;
mod suggestion;

#[cfg(test)]
mod tests;

use crate::expression::{Conjunct, Fragment};
use crate::schema::{Constant, OrderColumn, Parameter, Query, QueryShape, SqlType, Table, Value};
use crate::sql::quote;

pub use batches::Batches;
pub use coverage::{Coverage, Missing, Serving, candidates, coverage, users};
pub use promises::{Part, Promise, promises};
pub use statements::{Pages, batch_pages, pages, selected, statement, statements};

/// How many order columns of a page may take NULL: each doubles the number of its statements.
pub const MOST_NULLABLE: usize = 2;

/// A query with everything filled in that its table adds.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The table.
    pub table: &'a Table,
    /// The query.
    pub query: &'a Query,
    /// The order: without columns that have one value anyway, up to the column that leaves no tie. A page's ends with
    /// what is left of the primary key.
    pub order: Vec<OrderColumn>,
    /// Whether the conditions name a whole unique key, so that at most one row is found.
    pub is_unique: bool,
    /// What is known of every row that is found, less what a parameter says.
    facts: Vec<Conjunct>,
    /// What the query's own `where` says.
    own: Vec<Conjunct>,
}

impl<'a> Resolved<'a> {
    /// Fills in what the table adds to a query.
    #[must_use]
    pub fn new(table: &'a Table, query: &'a Query) -> Self {
        let own = query.predicate.as_deref().map(conjuncts).unwrap_or_default();
        let mut facts = own.clone();
        for parameter in &query.parameters {
            if let Value::Constant(constant) = &parameter.value {
                facts.extend(conjuncts(&equals(table, &parameter.column, constant)));
            } else {
                facts.push(Conjunct::not_null(&parameter.column));
            }
        }
        facts.extend(live(table, query).map(conjuncts).unwrap_or_default());
        let mut resolved = Self { table, query, order: Vec::new(), is_unique: false, facts, own };
        let is_unique = resolved.keys().any(|(columns, predicate)| {
            resolved.covers(predicate) && columns.iter().all(|column| resolved.is_pinned(column))
        });
        resolved.is_unique = is_unique;
        resolved.order = resolved.full_order();
        resolved
    }

    /// The columns that parameters of a kind name, in their order, each once.
    fn columns_of(&self, wanted: impl Fn(&Value) -> bool) -> Vec<&'a str> {
        let mut columns: Vec<&str> = Vec::new();
        for parameter in self.query.parameters.iter().filter(|parameter| wanted(&parameter.value)) {
            if !columns.contains(&parameter.column.as_str()) {
                columns.push(&parameter.column);
            }
        }
        columns
    }

    fn equal(&self) -> Vec<&'a str> {
        self.columns_of(|value| matches!(value, Value::Equal))
    }

    fn any(&self) -> Vec<&'a str> {
        self.columns_of(|value| matches!(value, Value::Any { .. }))
    }

    fn constant(&self) -> Vec<&'a str> {
        self.columns_of(|value| matches!(value, Value::Constant(_)))
    }

    fn ranges(&self) -> Vec<&'a str> {
        self.columns_of(|value| matches!(value, Value::Bound { .. }))
    }

    /// Whether every row that is found has the same value in the column.
    fn is_pinned(&self, column: &str) -> bool {
        self.query.parameters.iter().any(|parameter| parameter.column == column && parameter.value == Value::Equal)
            || self.facts.iter().any(|conjunct| conjunct.fact.pins() == Some(column))
    }

    /// Whether every row that is found meets a predicate.
    fn covers(&self, predicate: Option<&str>) -> bool {
        predicate.is_none_or(|predicate| conjuncts(predicate).iter().all(|wanted| self.says(wanted)))
    }

    /// Whether a condition is the one that leaves deleted rows out.
    fn is_live(&self, conjunct: &Conjunct) -> bool {
        live(self.table, self.query).is_some_and(|live| conjuncts(live).contains(conjunct))
    }

    fn says(&self, wanted: &Conjunct) -> bool {
        self.facts.iter().any(|fact| fact.implies(wanted, self.table))
    }

    /// The primary key and the unique keys, each with the rows that it covers.
    fn keys(&self) -> impl Iterator<Item = (Vec<&'a str>, Option<&'a str>)> {
        fn names(columns: &[String]) -> Vec<&str> {
            columns.iter().map(String::as_str).collect()
        }
        let primary = names(&self.table.primary_key.columns);
        let primary = (!primary.is_empty()).then_some((primary, None));
        primary.into_iter().chain(
            self.table
                .uniques
                .iter()
                .filter(|unique| !unique.generated)
                .map(|unique| (names(&unique.columns), unique.predicate.as_deref())),
        )
    }

    fn full_order(&self) -> Vec<OrderColumn> {
        let is_keyed = self.is_keyed();
        // A range is gone through in its own order.
        let range = self.ranges().into_iter().next().filter(|_| is_keyed && self.query.batch.is_some());
        let range = range.filter(|_| self.query.order.is_empty());
        let range = range.map(|column| OrderColumn { column: column.to_owned(), ..OrderColumn::default() });
        let declared = self.query.order.iter().cloned().chain(range);
        let direction = self.query.order.last().map(|column| column.direction).unwrap_or_default();
        let tie_breaker = is_keyed
            .then(|| {
                self.table.primary_key.columns.iter().map(move |column| OrderColumn {
                    column: column.clone(),
                    direction,
                    nulls: None,
                })
            })
            .into_iter()
            .flatten();
        let mut order: Vec<OrderColumn> = Vec::new();
        if self.is_unique && !is_keyed {
            return order;
        }
        for column in declared.chain(tie_breaker) {
            if self.leaves_no_tie(&order) {
                break;
            }
            let known = order.iter().any(|earlier| earlier.column == column.column);
            if !known && !self.is_pinned(&column.column) {
                order.push(column);
            }
        }
        order
    }

    /// Whether no two rows that are found are alike in the columns of the order.
    fn leaves_no_tie(&self, order: &[OrderColumn]) -> bool {
        let nullable = |name: &str| self.table.column(name).is_none_or(|column| column.nullable);
        self.keys().any(|(columns, predicate)| {
            let told = |name: &str| {
                self.is_pinned(name) || (!nullable(name) && order.iter().any(|ordered| ordered.column == name))
            };
            // A key whose columns are all given finds one row, and an order of nothing must not come out of it.
            columns.iter().all(|name| told(name))
                && columns.iter().any(|name| !self.is_pinned(name))
                && self.covers(predicate)
        })
    }

    /// The order columns that take NULL, in their order.
    #[must_use]
    pub fn nullable_order(&self) -> Vec<&OrderColumn> {
        self.order.iter().filter(|column| self.takes_null(&column.column)).collect()
    }

    /// Whether a row that is found may have NULL in the column: it is nullable, and no condition says otherwise.
    #[must_use]
    pub fn takes_null(&self, column: &str) -> bool {
        self.table.column(column).is_some_and(|column| column.nullable) && !self.says(&Conjunct::not_null(column))
    }

    /// Whether the rows are distinguished by their order: those of a page, and of a batch that continues after a row.
    #[must_use]
    pub fn is_keyed(&self) -> bool {
        self.query.shape == QueryShape::Page || self.batches() == Some(Batches::Behind)
    }
}

fn conjuncts(predicate: &str) -> Vec<Conjunct> {
    Fragment::parse(predicate).map(|fragment| fragment.conjuncts()).unwrap_or_default()
}

/// The condition that leaves deleted rows out, where the query does.
fn live(table: &Table, query: &Query) -> Option<&'static str> {
    table.live_predicate().filter(|_| !query.include_deleted)
}

/// `status = 'shipped'`; of a boolean, the column itself.
#[must_use]
pub fn equals(table: &Table, column: &str, constant: &Constant) -> String {
    let is_boolean = table.column(column).is_some_and(|column| column.sql_type == SqlType::Boolean);
    match constant.sql.as_str() {
        "true" if is_boolean => quote(column),
        "false" if is_boolean => format!("NOT {}", quote(column)),
        // `=` binds stronger than what the constant may be.
        sql if Fragment::parse(sql).is_ok_and(|constant| !constant.is_simple()) => {
            format!("{} = ({sql})", quote(column))
        }
        sql => format!("{} = {sql}", quote(column)),
    }
}

/// What a helper's parameter is called, and its column: what is compared in the order of the conditions.
pub fn arguments(query: &Query) -> impl Iterator<Item = &Parameter> {
    query.parameters.iter().filter(|parameter| !matches!(parameter.value, Value::Constant(_)))
}
