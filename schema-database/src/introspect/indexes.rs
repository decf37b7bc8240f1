//! Indexes, those behind constraints included: the constraints are read after them.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::attribute::storage::{self, canonical};
use tablewright_core::schema::{Index, KeyColumn, KeyTarget, Method, Nulls, SortDirection, Unique};

use super::options::{Of, settable};
use super::read::{Fields, Later, Reader, own};
use super::text::unwrapped;
use super::{Catalog, Kind, Unreadable, unheld};

const INDEXES: &str = concat!(
    "SELECT i.indrelid::int8, i.indexrelid::int8, ic.relname::text, am.amname::text, i.indisunique, i.indisvalid,
        {nulls_not_distinct}, i.indnkeyatts::int4,
        pg_catalog.string_to_array(i.indkey::text, ' ')::int2[], pg_catalog.string_to_array(i.indoption::text, ' ')::int2[],
        CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
            SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k::int4, false) FROM generate_series(1, i.indnkeyatts) k
        ) END,
        pg_catalog.string_to_array(i.indclass::text, ' ')::int8[],
        pg_catalog.string_to_array(i.indcollation::text, ' ')::int8[],
        pg_catalog.pg_get_expr(i.indpred, i.indrelid), ic.reloptions,
        con.contype::text, EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = i.indexrelid),
        i.indisclustered, ic.reltablespace <> 0, d.description,
        CASE WHEN i.indexprs IS NOT NULL OR c.relispartition OR am.amname NOT IN ('btree', 'gin', 'gist', 'brin', 'hash')
            THEN pg_catalog.pg_get_indexdef(i.indexrelid) END
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

/// Columns of indexes of which more is said. Objects that the server itself has come before this number.
const PARTICULAR: &str =
    "SELECT a.attrelid::int8, coalesce(a.attstattarget, 0) > 0, i.indclass[a.attnum - 1] >= 16384, a.attoptions
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_index i ON i.indexrelid = a.attrelid
     JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND (a.attoptions IS NOT NULL OR a.attstattarget > 0)";

/// Columns ascending, descending and where NULLs stand, as bits of the catalog:
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
        let classes = "SELECT oid::int8, opcname::text FROM pg_catalog.pg_opclass
             WHERE NOT opcdefault AND $1::text[] IS NOT NULL";
        for row in reader.rows(classes).await? {
            let mut fields = Fields::of(&row);
            names.classes.insert(fields.next()?, fields.next()?);
        }
        let collations = "SELECT oid::int8, collname::text FROM pg_catalog.pg_collation WHERE $1::text[] IS NOT NULL";
        for row in reader.rows(collations).await? {
            let mut fields = Fields::of(&row);
            names.collations.insert(fields.next()?, fields.next()?);
        }
        Ok(names)
    }
}

/// An index as the catalog has it.
#[derive(Clone, Debug)]
pub(super) struct IndexRow {
    pub(super) index: Index,
}

impl IndexRow {
    /// The columns of the key, where it has nothing but columns with every default.
    pub(super) fn plain_key(&self) -> Option<Vec<String>> {
        let plain = |key: &KeyColumn| key.name().is_some_and(|name| *key == KeyColumn::column(name));
        let index = &self.index;
        let simple = index.method == Method::Btree && index.with.is_empty() && index.include.is_empty();
        (simple && index.key.iter().all(plain))
            .then(|| index.key.iter().filter_map(KeyColumn::name).map(str::to_owned).collect())
    }
}

impl Catalog {
    pub(super) async fn indexes(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        let names = Names::read(reader).await?;
        let particular = particular(reader).await?;
        for row in reader.rows_since(INDEXES, LATER).await? {
            let mut fields = Fields::of(&row);
            let table: i64 = fields.next()?;
            let oid: i64 = fields.next()?;
            let name: String = fields.next()?;
            let method: String = fields.next()?;
            let unique: bool = fields.next()?;
            let valid: bool = fields.next()?;
            let nulls_not_distinct: bool = fields.next()?;
            let width = usize::try_from(fields.next::<i32>()?).unwrap_or_default();
            let numbers: Vec<i16> = fields.next()?;
            let options: Vec<i16> = fields.next()?;
            let expressions: Option<Vec<String>> = fields.next()?;
            let classes: Vec<i64> = fields.next()?;
            let collations: Vec<i64> = fields.next()?;
            let predicate: Option<String> = fields.next()?;
            let with: Option<Vec<String>> = fields.next()?;
            let constraint: Option<String> = fields.next()?;
            let of_parent: bool = fields.next()?;
            let clustered: bool = fields.next()?;
            let tablespace: bool = fields.next()?;
            let comment: Option<String> = fields.next()?;
            let definition = fields.next::<Option<String>>()?.unwrap_or_default();

            let Some(relation) = self.tables.get(&table) else { continue };
            // The index of the partitioned table makes those of its partitions.
            if of_parent {
                continue;
            }
            if relation.partition_of.is_some() {
                self.unheld(Kind::Index, &name, definition);
                continue;
            }
            let Some(method) = Method::ALL.into_iter().find(|known| known.name() == method) else {
                self.unheld(Kind::Index, &name, definition);
                continue;
            };
            if particular.contains(&oid) {
                self.unheld(Kind::Index, &name, "an operator class with parameters, or statistics of its own");
                continue;
            }
            if !valid {
                self.unheld(Kind::Index, &name, unheld::INVALID);
                continue;
            }
            let ordered = method == Method::Btree;
            let key = (0..width).map(|place| {
                let number = numbers.get(place).copied().unwrap_or_default();
                let target = if let Some(column) = relation.columns.get(&number) {
                    KeyTarget::Column(column.clone())
                } else {
                    let text = expressions.as_ref().and_then(|all| all.get(place)).cloned().unwrap_or_default();
                    KeyTarget::Expression(unwrapped(&text).to_owned())
                };
                let bits = if ordered { options.get(place).copied().unwrap_or_default() } else { 0 };
                let descending = bits & DESCENDING != 0;
                let nulls_first = bits & NULLS_FIRST != 0;
                let collation = collations.get(place).copied().unwrap_or_default();
                let natural = relation.collations.get(&number).copied().unwrap_or(DEFAULT_COLLATION);
                let collation = (collation != natural).then(|| names.collations.get(&collation).cloned()).flatten();
                let collation = match &target {
                    // An expression may have the collation of its column: only one that is spelled is its own.
                    KeyTarget::Expression(_) => {
                        collation.filter(|name| definition.contains(&format!("COLLATE \"{name}\"")))
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
                    operator_class: classes.get(place).and_then(|class| names.classes.get(class)).cloned(),
                    collation,
                }
            });
            let index = Index {
                name: name.clone(),
                method,
                key: key.collect(),
                include: numbers
                    .iter()
                    .skip(width)
                    .filter_map(|number| relation.columns.get(number).cloned())
                    .collect(),
                predicate: predicate.as_deref().map(|text| unwrapped(text).to_owned()),
                unique,
                nulls_not_distinct,
                with: settable(Of::Index(method), with)
                    .into_iter()
                    .map(|(name, value)| {
                        let canonical = canonical(storage::Of::Index(method), &name, &value);
                        (name, canonical.unwrap_or(value))
                    })
                    .collect(),
                generated: false,
            };
            if clustered {
                self.unheld(Kind::Index, &name, "CLUSTER");
            }
            if tablespace {
                self.unheld(Kind::Index, &name, "a TABLESPACE of its own");
            }
            if let Some(comment) = comment {
                self.unheld(Kind::Comment, format!("index {name}"), comment);
            }
            let found = IndexRow { index };
            let Some(relation) = self.tables.get_mut(&table) else { continue };
            if constraint.is_some() {
                relation.indexes.insert(oid, found);
                continue;
            }
            // A partial unique index over plain columns is what models call a unique key of some rows.
            match found.plain_key() {
                Some(columns) if unique && found.index.predicate.is_some() => {
                    let Index { name, predicate, nulls_not_distinct, .. } = found.index;
                    relation.table.uniques.push(Unique { name, columns, predicate, nulls_not_distinct });
                }
                _ => relation.table.indexes.push(found.index),
            }
        }
        Ok(())
    }
}

/// Indexes whose columns have statistics of their own, or options of their operator classes.
async fn particular(reader: &mut Reader<'_>) -> Result<BTreeSet<i64>, Unreadable> {
    let mut found = BTreeSet::new();
    for row in reader.rows(PARTICULAR).await? {
        let mut fields = Fields::of(&row);
        let index: i64 = fields.next()?;
        let statistics: bool = fields.next()?;
        // A column that is only carried has no operator class.
        let foreign = fields.next::<Option<bool>>()?.unwrap_or_default();
        let of = if foreign { Of::ForeignOperatorClass } else { Of::OperatorClass };
        if !settable(of, fields.next()?).is_empty() || statistics {
            found.insert(index);
        }
    }
    Ok(found)
}

/// The storage parameters as SQL, for a list of what is not held.
pub(super) fn with(parameters: &BTreeMap<String, String>) -> String {
    parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}
