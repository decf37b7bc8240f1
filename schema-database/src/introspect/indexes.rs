//! Indexes, those behind constraints included: the constraints are read after them.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::attribute::storage::{self, canonical};
use tablewright_core::schema::{Index, KeyColumn, KeyTarget, Method, Nulls, SortDirection, Unique};

use super::options::{Of, settable};
use super::read::{Later, Reader, own};
use super::text::unwrapped;
use super::{Catalog, Kind, Relation, Unreadable, unheld};

const INDEXES: &str = concat!(
    "SELECT i.indrelid::int8 AS table, i.indexrelid::int8 AS oid, ic.relname::text AS name, am.amname::text AS method,
        i.indisunique AS unique, i.indisvalid AS valid, ic.relkind = 'I' AS partitioned,
        {nulls_not_distinct} AS nulls_not_distinct, i.indnkeyatts AS width,
        pg_catalog.string_to_array(i.indkey::text, ' ')::int2[] AS numbers,
        pg_catalog.string_to_array(i.indoption::text, ' ')::int2[] AS options,
        CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
            SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k::int4, false) FROM generate_series(1, i.indnkeyatts) k
        ) END AS expressions,
        pg_catalog.string_to_array(i.indclass::text, ' ')::int8[] AS classes,
        pg_catalog.string_to_array(i.indcollation::text, ' ')::int8[] AS collations,
        pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate, ic.reloptions AS parameters,
        con.contype IS NOT NULL AS of_constraint,
        EXISTS (
            SELECT FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index p ON p.indexrelid = h.inhparent
            WHERE h.inhrelid = i.indexrelid AND p.indisvalid
        ) AS of_parent,
        i.indisclustered AS clustered, ic.reltablespace <> 0 AS tablespace, d.description AS comment,
        CASE WHEN i.indexprs IS NOT NULL OR c.relispartition OR NOT i.indisvalid OR am.amname NOT IN ('btree', 'gin', 'gist', 'brin', 'hash')
            THEN pg_catalog.pg_get_indexdef(i.indexrelid) ELSE '' END AS definition
     FROM pg_catalog.pg_index i
     JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
     JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_am am ON am.oid = ic.relam
     LEFT JOIN pg_catalog.pg_constraint con
         ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x')
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = i.indexrelid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY ic.relname"
);

const LATER: &[Later] =
    &[Later { mark: "{nulls_not_distinct}", since: 15, is: "i.indnullsnotdistinct", before: "false" }];

/// Columns of indexes with more properties. The server's own objects have lower numbers.
const PARTICULAR: &str = "SELECT a.attrelid::int8 AS index, coalesce(a.attstattarget, 0) > 0 AS statistics,
        coalesce(i.indclass[a.attnum - 1] >= 16384, false) AS foreign_class, a.attoptions AS options
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_index i ON i.indexrelid = a.attrelid
     JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND (a.attoptions IS NOT NULL OR a.attstattarget > 0)";

/// Columns ascending, descending and where NULLs come, as bits of the catalog:
/// <https://www.postgresql.org/docs/current/catalog-pg-index.html>.
const DESCENDING: i16 = 1;
const NULLS_FIRST: i16 = 2;

/// The collation of the database.
const DEFAULT_COLLATION: i64 = 100;

/// Names that indexes refer to by number.
struct Names {
    /// Of the operator classes that are not their type's default.
    classes: BTreeMap<i64, String>,
    collations: BTreeMap<i64, String>,
}

impl Names {
    async fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        let mut names = Self { classes: BTreeMap::new(), collations: BTreeMap::new() };
        let classes = "SELECT oid::int8 AS oid, opcname::text AS name FROM pg_catalog.pg_opclass
             WHERE NOT opcdefault AND $1::text[] IS NOT NULL";
        names.classes.extend(reader.rows::<(i64, String)>(classes).await?);
        let collations =
            "SELECT oid::int8 AS oid, collname::text AS name FROM pg_catalog.pg_collation WHERE $1::text[] IS NOT NULL";
        names.collations.extend(reader.rows::<(i64, String)>(collations).await?);
        Ok(names)
    }
}

/// An index as the catalog has it.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "a row of the catalog")]
struct IndexRow {
    table: i64,
    oid: i64,
    name: String,
    method: String,
    unique: bool,
    valid: bool,
    partitioned: bool,
    nulls_not_distinct: bool,
    width: i16,
    numbers: Vec<i16>,
    options: Vec<i16>,
    expressions: Option<Vec<String>>,
    classes: Vec<i64>,
    collations: Vec<i64>,
    predicate: Option<String>,
    parameters: Option<Vec<String>>,
    of_constraint: bool,
    of_parent: bool,
    clustered: bool,
    tablespace: bool,
    comment: Option<String>,
    definition: String,
}

impl IndexRow {
    /// As a model states it, on a table that was read.
    fn index(&self, method: Method, relation: &Relation, names: &Names) -> Index {
        let width = usize::try_from(self.width).unwrap_or_default();
        let carried = self.numbers.iter().skip(width);
        Index {
            name: self.name.clone(),
            method,
            key: (0..width).map(|place| self.key_column(place, method, relation, names)).collect(),
            include: carried.filter_map(|number| relation.columns.get(number).cloned()).collect(),
            predicate: self.predicate.as_deref().map(|text| unwrapped(text).to_owned().into()),
            unique: self.unique,
            nulls_not_distinct: self.nulls_not_distinct,
            with: settable(Of::Index(method), self.parameters.clone())
                .into_iter()
                .map(|(name, value)| {
                    let canonical = canonical(storage::Of::Index(method), &name, &value);
                    (name, canonical.unwrap_or(value))
                })
                .collect(),
            generated: false,
        }
    }

    fn key_column(&self, place: usize, method: Method, relation: &Relation, names: &Names) -> KeyColumn {
        let number = self.numbers.get(place).copied().unwrap_or_default();
        let target = if let Some(column) = relation.columns.get(&number) {
            KeyTarget::Column(column.clone())
        } else {
            let text = self.expressions.as_ref().and_then(|all| all.get(place)).cloned().unwrap_or_default();
            KeyTarget::Expression(unwrapped(&text).to_owned())
        };
        let ordered = method == Method::Btree;
        let bits = if ordered { self.options.get(place).copied().unwrap_or_default() } else { 0 };
        let descending = bits & DESCENDING != 0;
        let nulls_first = bits & NULLS_FIRST != 0;
        let collation = self.collations.get(place).copied().unwrap_or_default();
        let natural = relation.collations.get(&number).copied().unwrap_or(DEFAULT_COLLATION);
        let collation = (collation != natural).then(|| names.collations.get(&collation).cloned()).flatten();
        let collation = match &target {
            // An expression may have the collation of its column: only one that is spelled out is its own.
            KeyTarget::Expression(_) => {
                collation.filter(|name| self.definition.contains(&format!("COLLATE \"{name}\"")))
            }
            KeyTarget::Column(_) => collation,
        };
        KeyColumn {
            target,
            direction: if descending { SortDirection::Descending } else { SortDirection::Ascending },
            nulls: match (descending, nulls_first) {
                (false, true) => Some(Nulls::First),
                (true, false) => Some(Nulls::Last),
                _ => None,
            },
            operator_class: self.classes.get(place).and_then(|class| names.classes.get(class)).cloned(),
            collation,
        }
    }
}

/// The columns of a key, if it has only columns with all defaults.
fn plain_key(index: &Index) -> Option<Vec<String>> {
    let plain = |key: &KeyColumn| key.name().is_some_and(|name| *key == KeyColumn::column(name));
    let simple = index.method == Method::Btree && index.with.is_empty() && index.include.is_empty();
    (simple && index.key.iter().all(plain))
        .then(|| index.key.iter().filter_map(KeyColumn::name).map(str::to_owned).collect())
}

/// A column of an index with more properties.
#[derive(sqlx::FromRow)]
struct ParticularRow {
    index: i64,
    statistics: bool,
    /// An included column has no operator class.
    foreign_class: bool,
    options: Option<Vec<String>>,
}

impl Catalog {
    pub(super) async fn indexes(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        let names = Names::read(reader).await?;
        let particular = particular(reader).await?;
        for row in reader.rows_since::<IndexRow>(INDEXES, LATER).await? {
            let Some(relation) = self.tables.get(&row.table) else { continue };
            // The index of the partitioned table makes those of its partitions.
            if row.of_parent {
                continue;
            }
            let method = row.method.parse().ok();
            let Some(method) = method.filter(|_| relation.partition_of.is_none()) else {
                self.unheld(Kind::Index, row.name, row.definition);
                continue;
            };
            if particular.contains(&row.oid) {
                self.unheld(Kind::Index, row.name, "an operator class with parameters, or statistics of its own");
                continue;
            }
            if !row.valid {
                // One that not every partition has was made ON ONLY the table: no build of it failed.
                let what = if row.partitioned { row.definition } else { unheld::INVALID.to_owned() };
                self.unheld(Kind::Index, row.name, what);
                continue;
            }
            let index = row.index(method, relation, &names);
            if row.clustered {
                self.unheld(Kind::Index, &row.name, "CLUSTER");
            }
            if row.tablespace {
                self.unheld(Kind::Index, &row.name, "a TABLESPACE of its own");
            }
            if let Some(comment) = row.comment {
                self.unheld(Kind::Comment, format!("index {}", row.name), comment);
            }
            let Some(relation) = self.tables.get_mut(&row.table) else { continue };
            if row.of_constraint {
                relation.indexes.insert(row.oid, index);
                continue;
            }
            // A partial unique index over plain columns is what models call a unique key of some rows.
            match plain_key(&index) {
                Some(columns) if index.unique && index.predicate.is_some() => {
                    let Index { name, predicate, nulls_not_distinct, .. } = index;
                    relation.table.uniques.push(Unique {
                        name,
                        columns,
                        predicate,
                        nulls_not_distinct,
                        generated: false,
                    });
                }
                _ => relation.table.indexes.push(index),
            }
        }
        Ok(())
    }
}

/// Indexes whose columns have statistics of their own, or options of their operator classes.
async fn particular(reader: &mut Reader<'_>) -> Result<BTreeSet<i64>, Unreadable> {
    let mut found = BTreeSet::new();
    for row in reader.rows::<ParticularRow>(PARTICULAR).await? {
        let of = if row.foreign_class { Of::ForeignOperatorClass } else { Of::OperatorClass };
        if row.statistics || !settable(of, row.options).is_empty() {
            found.insert(row.index);
        }
    }
    Ok(found)
}

/// The storage parameters as SQL, for a list of what is not held.
pub(super) fn with(parameters: &BTreeMap<String, String>) -> String {
    parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}
