//! Tables and their partitions, extensions.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::attribute::storage;
use tablewright_core::schema::{Partition, Partitioning};

use super::options::{Of, listed, settable};
use super::read::{Reader, granted, own};
use super::text::{split_list, unquoted};
use super::{Catalog, Kind, Options, Relation, Unreadable};

const RELATIONS: &str = concat!(
    "SELECT c.oid::int8 AS oid, n.nspname::text AS schema, c.relname::text AS name, c.relkind = 'p' AS partitioned,
        c.relispartition AS is_partition,
        ARRAY(SELECT i.inhparent::int8 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
        coalesce(pg_catalog.pg_get_expr(c.relpartbound, c.oid), '') AS bound, d.description AS comment,
        c.relpersistence = 'u' AS unlogged, c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced,
        c.reloptions AS options, toast.reloptions AS toast_options, pg_catalog.pg_get_partkeydef(c.oid) AS key,
        c.reltablespace <> 0 AS tablespace, c.relreplident::text AS replica_identity, am.amname::text AS method,
        c.reloftype <> 0 AS of_type, ",
    granted!("c.relacl", "c.relowner"),
    " AS grants
     FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
     LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY pg_catalog.array_position($1, n.nspname::text), c.relname"
);

const EXTENSIONS: &str = "SELECT extname::text AS name FROM pg_catalog.pg_extension
     WHERE extname <> 'plpgsql' AND $1::text[] IS NOT NULL";

/// A table as the catalog has it.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "a row of the catalog")]
struct TableRow {
    oid: i64,
    schema: String,
    name: String,
    partitioned: bool,
    is_partition: bool,
    parents: Vec<i64>,
    bound: String,
    comment: Option<String>,
    unlogged: bool,
    row_security: bool,
    forced: bool,
    options: Option<Vec<String>>,
    toast_options: Option<Vec<String>>,
    key: Option<String>,
    tablespace: bool,
    replica_identity: String,
    method: Option<String>,
    of_type: bool,
    grants: Option<String>,
}

impl TableRow {
    /// Whether a model can state that it is not logged.
    fn has_unlogged(&self) -> bool {
        self.unlogged && !self.is_partition && !self.partitioned
    }

    /// The storage parameters that a model can state.
    fn storage(&self) -> BTreeMap<String, String> {
        let held = |(name, value): (String, String)| {
            Some((name.clone(), storage::canonical(storage::Of::Table, &name, &value)?))
        };
        let own = self.options.clone().filter(|_| !self.is_partition);
        settable(Of::Table, own).into_iter().filter_map(held).collect()
    }

    /// What a model cannot express of it.
    fn unheld(&self, storage: &BTreeMap<String, String>) -> Vec<(Kind, String)> {
        let mut found: Vec<String> = Vec::new();
        if self.unlogged && !self.has_unlogged() {
            found.push("UNLOGGED".to_owned());
        }
        let mut parameters = settable(Of::Table, self.options.clone());
        parameters.retain(|(name, _)| !storage.contains_key(name));
        parameters.extend(settable(Of::Toast, self.toast_options.clone()));
        found.extend(listed(&parameters).map(|parameters| format!("WITH ({parameters})")));
        if self.tablespace {
            found.push("a TABLESPACE of its own".to_owned());
        }
        match self.replica_identity.as_str() {
            "d" => {}
            "n" => found.push("REPLICA IDENTITY NOTHING".to_owned()),
            "f" => found.push("REPLICA IDENTITY FULL".to_owned()),
            _ => found.push("REPLICA IDENTITY USING INDEX".to_owned()),
        }
        found.extend(self.method.iter().filter(|method| *method != "heap").map(|method| format!("USING {method}")));
        if self.of_type {
            found.push("OF a composite type".to_owned());
        }
        if self.partitioned && self.is_partition {
            let key = self.key.as_deref().unwrap_or_default();
            found.push(format!("a partition that is partitioned itself, by {key}"));
        }
        let grants = self.grants.clone().map(|grants| (Kind::Privileges, grants));
        found.into_iter().map(|what| (Kind::Table, what)).chain(grants).collect()
    }
}

impl Catalog {
    pub(super) async fn relations(&mut self, reader: &mut Reader<'_>, options: &Options) -> Result<(), Unreadable> {
        let mut children = Vec::new();
        let mut names = BTreeSet::new();
        for row in reader.rows::<TableRow>(RELATIONS).await? {
            if options.ignored.contains(&row.name) {
                continue;
            }
            if !names.insert(row.name.clone()) {
                let what = "a table of the same name comes before it in the search path";
                self.unheld(Kind::Table, format!("{}.{}", row.schema, row.name), what);
                continue;
            }
            let storage = row.storage();
            for (kind, what) in row.unheld(&storage) {
                self.unheld(kind, &row.name, what);
            }
            let mut relation = Relation { row_security: row.row_security, forced: row.forced, ..Relation::default() };
            relation.table.name.clone_from(&row.name);
            relation.table.unlogged = row.has_unlogged();
            relation.table.storage = storage;
            relation.table.comment = row.comment;
            if row.partitioned && !row.is_partition {
                relation.table.partitioning = row.key.as_deref().and_then(partitioning);
            }
            match row.parents.as_slice() {
                [parent] if row.is_partition => {
                    relation.partition_of = Some(*parent);
                    if let Some(comment) = &relation.table.comment {
                        self.unheld(Kind::Comment, format!("partition {}", row.name), comment.clone());
                    }
                    children.push((*parent, row.name, row.bound));
                }
                [] => {}
                parents => {
                    let names: Vec<&str> =
                        parents.iter().map(|oid| self.tables.get(oid).map_or("?", |it| &it.table.name)).collect();
                    let what = format!("INHERITS ({})", names.join(", "));
                    self.unheld(Kind::Inheritance, &row.name, what);
                }
            }
            self.tables.insert(row.oid, relation);
        }
        for (parent, name, bound) in children {
            let bound = bound.strip_prefix("FOR VALUES ").unwrap_or(&bound).to_owned();
            let partitioning = self.tables.get_mut(&parent).and_then(|parent| parent.table.partitioning.as_mut());
            match partitioning {
                Some(partitioning) => partitioning.partitions.push(Partition { name, bound }),
                None => self.unheld(
                    Kind::Table,
                    name,
                    format!("a partition of a partition or of another schema's table, {bound}"),
                ),
            }
        }
        Ok(())
    }

    pub(super) async fn extensions(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for (name,) in reader.rows(EXTENSIONS).await? {
            self.schema.extensions.insert(name);
        }
        Ok(())
    }
}

/// Reads `RANGE (created_at, lower(name))`.
fn partitioning(text: &str) -> Option<Partitioning> {
    let (strategy, key) = text.split_once(' ')?;
    let strategy = strategy.parse().ok()?;
    let key = key.strip_prefix('(')?.strip_suffix(')')?;
    let key = split_list(key).iter().map(|part| unquoted(part)).collect();
    Some(Partitioning { strategy, key, partitions: Vec::new() })
}
