//! Primary keys, foreign keys, unique keys, checks and exclusions.

use tablewright_core::schema::{
    Check, Exclusion, ExclusionElement, ForeignKey, Index, KeyTarget, PrimaryKey, ReferentialAction, Unique,
};

use super::read::{Later, Reader, own};
use super::text::{made_name, unwrapped};
use super::{Catalog, Kind, Unreadable, indexes, unheld};

const CONSTRAINTS: &str = concat!(
    "SELECT con.conrelid::int8 AS table, con.conname::text AS name, con.contype::text AS kind,
        coalesce(con.conkey, '{}') AS columns, con.confrelid::int8 AS target, coalesce(con.confkey, '{}') AS target_columns,
        con.confupdtype::text AS on_update, con.confdeltype::text AS on_delete, con.confmatchtype::text AS match_type,
        con.condeferrable AS deferrable, con.condeferred AS deferred, con.convalidated AS validated,
        con.connoinherit AS no_inherit, pg_catalog.pg_get_expr(con.conbin, con.conrelid) AS expression,
        con.conindid::int8 AS index, con.conislocal AND con.conparentid = 0 AS own,
        {set_null} AS set_null,
        {period} AS period,
        {enforced} AS enforced,
        CASE WHEN con.contype = 'x' THEN ARRAY(
            SELECT o.oprname::text FROM pg_catalog.unnest(con.conexclop) WITH ORDINALITY AS k (oid, place)
            JOIN pg_catalog.pg_operator o ON o.oid = k.oid ORDER BY k.place
        ) END AS operators,
        d.description AS comment, pg_catalog.pg_get_constraintdef(con.oid) AS definition
     FROM pg_catalog.pg_constraint con
     JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_constraint'::regclass AND d.objoid = con.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND con.contype IN ('p', 'f', 'u', 'c', 'x', 'n') AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY con.conname"
);

const LATER: &[Later] = &[
    Later { mark: "{set_null}", since: 15, is: "coalesce(con.confdelsetcols, '{}')", before: "'{}'::int2[]" },
    Later { mark: "{period}", since: 18, is: "con.conperiod", before: "false" },
    Later { mark: "{enforced}", since: 18, is: "con.conenforced", before: "true" },
];

/// A constraint as the catalog has it.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "a row of the catalog")]
struct ConstraintRow {
    table: i64,
    name: String,
    kind: String,
    columns: Vec<i16>,
    target: i64,
    target_columns: Vec<i16>,
    on_update: String,
    on_delete: String,
    match_type: String,
    deferrable: bool,
    deferred: bool,
    validated: bool,
    no_inherit: bool,
    expression: Option<String>,
    index: i64,
    own: bool,
    set_null: Vec<i16>,
    period: bool,
    enforced: bool,
    operators: Option<Vec<String>>,
    comment: Option<String>,
    definition: String,
}

impl Catalog {
    pub(super) async fn constraints(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for row in reader.rows_since::<ConstraintRow>(CONSTRAINTS, LATER).await? {
            let Some(relation) = self.tables.get(&row.table) else { continue };
            let name = format!("{} of {}", row.name, relation.table.name);
            // The constraint of the partitioned table makes those of its partitions.
            if !row.own {
                continue;
            }
            if relation.partition_of.is_some() {
                // A partition takes over the plain NOT NULL of its parent under a name of its own.
                if row.kind != "n" {
                    self.unheld(Kind::Constraint, name, row.definition);
                }
                continue;
            }
            if !row.validated && row.kind != "n" {
                self.unheld(Kind::Constraint, &name, unheld::NOT_VALID);
            }
            if !row.enforced {
                self.unheld(Kind::Constraint, name, row.definition);
                continue;
            }
            if row.kind != "n"
                && let Some(comment) = &row.comment
            {
                self.unheld(Kind::Comment, format!("constraint {name}"), comment.clone());
            }
            let held = match row.kind.as_str() {
                "p" => self.primary_key(&row),
                "f" => self.foreign_key(&row),
                "u" => self.unique(&row),
                "c" => self.check(&row),
                "x" => self.exclusion(&row),
                _ => self.not_null(&row),
            };
            if held.is_none() {
                self.unheld(Kind::Constraint, name, row.definition);
            }
        }
        Ok(())
    }

    fn names(&self, table: i64, numbers: &[i16]) -> Option<Vec<String>> {
        let columns = &self.tables.get(&table)?.columns;
        numbers.iter().map(|number| columns.get(number).cloned()).collect()
    }

    /// The columns of a key, if its index is one that the schema can hold.
    fn key(&mut self, row: &ConstraintRow) -> Option<(Vec<String>, Index)> {
        let index = self.tables.get_mut(&row.table)?.indexes.remove(&row.index)?;
        if row.deferrable || row.period || !index.include.is_empty() {
            return None;
        }
        if !index.with.is_empty() {
            let what = format!("WITH ({})", indexes::with(&index.with));
            self.unheld(Kind::Index, &row.name, what);
        }
        Some((self.names(row.table, &row.columns)?, index))
    }

    fn primary_key(&mut self, row: &ConstraintRow) -> Option<()> {
        let (columns, _) = self.key(row)?;
        self.tables.get_mut(&row.table)?.table.primary_key = PrimaryKey { name: row.name.clone(), columns };
        Some(())
    }

    fn unique(&mut self, row: &ConstraintRow) -> Option<()> {
        let (columns, index) = self.key(row)?;
        let nulls_not_distinct = index.nulls_not_distinct;
        let unique = Unique { name: row.name.clone(), columns, predicate: None, nulls_not_distinct, generated: false };
        self.tables.get_mut(&row.table)?.table.uniques.push(unique);
        Some(())
    }

    fn foreign_key(&mut self, row: &ConstraintRow) -> Option<()> {
        let target = self.tables.get(&row.target)?;
        // Only a table is a target in models, not one of its partitions.
        if target.partition_of.is_some() || row.match_type != "s" || row.period {
            return None;
        }
        let table = target.table.name.clone();
        if row.deferrable && !row.deferred {
            self.unheld(
                Kind::Constraint,
                format!("{} of {}", row.name, self.name(row.table)),
                "DEFERRABLE INITIALLY IMMEDIATE",
            );
        }
        let set = self.names(row.table, &row.set_null)?;
        let mut foreign_key = ForeignKey {
            name: row.name.clone(),
            columns: self.names(row.table, &row.columns)?,
            table,
            model: None,
            target_columns: self.names(row.target, &row.target_columns)?,
            on_delete: action(&row.on_delete),
            set_null: Vec::new(),
            on_update: action(&row.on_update),
            deferrable: row.deferred,
            cycle: false,
        };
        let own = &mut self.tables.get_mut(&row.table)?.table;
        foreign_key.set_null = foreign_key.set_null_of(own);
        // A model says it by which of the columns can be NULL, and by nothing else.
        let all = set.is_empty() || foreign_key.columns.iter().all(|column| set.contains(column));
        let same = if all { foreign_key.set_null.is_empty() } else { same_set(&set, &foreign_key.set_null) };
        if !same {
            return None;
        }
        own.foreign_keys.push(foreign_key);
        Some(())
    }

    fn name(&self, table: i64) -> String {
        self.tables.get(&table).map(|relation| relation.table.name.clone()).unwrap_or_default()
    }

    fn check(&mut self, row: &ConstraintRow) -> Option<()> {
        if row.no_inherit {
            return None;
        }
        let expression = unwrapped(row.expression.as_deref()?).to_owned();
        let table = &mut self.tables.get_mut(&row.table)?.table;
        table.checks.push(Check { name: row.name.clone(), expression });
        Some(())
    }

    fn exclusion(&mut self, row: &ConstraintRow) -> Option<()> {
        let index = self.tables.get_mut(&row.table)?.indexes.remove(&row.index)?;
        let bare = |key: &tablewright_core::schema::KeyColumn| {
            *key == tablewright_core::schema::KeyColumn { target: key.target.clone(), ..Default::default() }
        };
        if row.deferrable
            || row.period
            || !index.include.is_empty()
            || !index.with.is_empty()
            || !index.key.iter().all(bare)
        {
            return None;
        }
        let elements = index.key.into_iter().zip(row.operators.clone()?).map(|(key, operator)| ExclusionElement {
            expression: match key.target {
                KeyTarget::Column(column) => column,
                KeyTarget::Expression(expression) => format!("({expression})"),
            },
            operator,
        });
        let exclusion = Exclusion {
            name: row.name.clone(),
            method: index.method,
            elements: elements.collect(),
            predicate: index.predicate,
        };
        self.tables.get_mut(&row.table)?.table.exclusions.push(exclusion);
        Some(())
    }

    /// From PostgreSQL 18 on NOT NULL is a constraint with a name; the server's own name says nothing. It keeps it when the
    /// column or the table gets another name, and numbers it where it is taken.
    fn not_null(&mut self, row: &ConstraintRow) -> Option<()> {
        let columns = self.names(row.table, &row.columns)?;
        let usual = made_name(&self.name(row.table), columns.first().map(String::as_str), "not_null");
        let unnumbered = row.name.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let made = row.name == usual || unnumbered.ends_with("_not_null");
        (made && row.validated && !row.no_inherit).then_some(())
    }
}

fn action(letter: &str) -> Option<ReferentialAction> {
    match letter {
        "r" => Some(ReferentialAction::Restrict),
        "c" => Some(ReferentialAction::Cascade),
        "n" => Some(ReferentialAction::SetNull),
        "d" => Some(ReferentialAction::SetDefault),
        // NO ACTION is the default.
        _ => None,
    }
}

fn same_set(one: &[String], other: &[String]) -> bool {
    one.len() == other.len() && one.iter().all(|name| other.contains(name))
}
