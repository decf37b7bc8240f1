//! Tables and their partitions, extensions.

use std::collections::BTreeSet;

use tablewright_core::attribute::storage;
use tablewright_core::schema::{Partition, PartitionStrategy, Partitioning};

use super::options::{Of, listed, settable};
use super::read::{Fields, Reader, granted, own};
use super::text::{split_list, unquoted};
use super::{Catalog, Kind, Options, Relation, Unreadable};

const RELATIONS: &str = concat!(
    "SELECT c.oid::int8, n.nspname::text, c.relname::text, c.relkind = 'p', c.relispartition,
        ARRAY(SELECT i.inhparent::int8 FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid ORDER BY i.inhseqno),
        pg_catalog.pg_get_expr(c.relpartbound, c.oid), d.description,
        c.relpersistence::text, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, toast.reloptions,
        pg_catalog.pg_get_partkeydef(c.oid), c.reltablespace <> 0, c.relreplident::text, am.amname::text,
        c.reloftype <> 0, ",
    granted!("c.relacl", "c.relowner"),
    " FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
     LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY pg_catalog.array_position($1, n.nspname::text), c.relname"
);

const EXTENSIONS: &str = "SELECT extname::text FROM pg_catalog.pg_extension
     WHERE extname <> 'plpgsql' AND $1::text[] IS NOT NULL";

impl Catalog {
    pub(super) async fn relations(&mut self, reader: &mut Reader<'_>, options: &Options) -> Result<(), Unreadable> {
        let mut children = Vec::new();
        let mut names = BTreeSet::new();
        for row in reader.rows(RELATIONS).await? {
            let mut fields = Fields::of(&row);
            let oid: i64 = fields.next()?;
            let schema: String = fields.next()?;
            let name: String = fields.next()?;
            if options.ignored.contains(&name) {
                continue;
            }
            if !names.insert(name.clone()) {
                let what = "a table of the same name stands before it in the search path";
                self.unheld(Kind::Table, format!("{schema}.{name}"), what);
                continue;
            }
            let mut relation = Relation::default();
            relation.table.name.clone_from(&name);
            let partitioned: bool = fields.next()?;
            let is_partition: bool = fields.next()?;
            let parents: Vec<i64> = fields.next()?;
            let bound: Option<String> = fields.next()?;
            relation.table.comment = fields.next()?;
            let unlogged = fields.next::<String>()? == "u";
            if unlogged && (is_partition || partitioned) {
                self.unheld(Kind::Table, &name, "UNLOGGED");
            }
            relation.table.unlogged = unlogged && !is_partition && !partitioned;
            relation.row_security = fields.next()?;
            relation.forced = fields.next()?;
            let mut parameters = settable(Of::Table, fields.next()?);
            if !is_partition {
                parameters.retain(|(name, value)| {
                    let canonical = storage::canonical(storage::Of::Table, name, value);
                    canonical.is_none_or(|value| relation.table.storage.insert(name.clone(), value).is_some())
                });
            }
            parameters.extend(settable(Of::Toast, fields.next()?));
            if let Some(parameters) = listed(&parameters) {
                self.unheld(Kind::Table, &name, format!("WITH ({parameters})"));
            }
            let key: Option<String> = fields.next()?;
            if fields.next::<bool>()? {
                self.unheld(Kind::Table, &name, "a TABLESPACE of its own");
            }
            match fields.next::<String>()?.as_str() {
                "d" => {}
                "n" => self.unheld(Kind::Table, &name, "REPLICA IDENTITY NOTHING"),
                "f" => self.unheld(Kind::Table, &name, "REPLICA IDENTITY FULL"),
                _ => self.unheld(Kind::Table, &name, "REPLICA IDENTITY USING INDEX"),
            }
            if let Some(method) = fields.next::<Option<String>>()?.filter(|method| method != "heap") {
                self.unheld(Kind::Table, &name, format!("USING {method}"));
            }
            if fields.next::<bool>()? {
                self.unheld(Kind::Table, &name, "OF a composite type");
            }
            if let Some(grants) = fields.next::<Option<String>>()? {
                self.unheld(Kind::Privileges, &name, grants);
            }
            if partitioned && !is_partition {
                relation.table.partitioning = key.as_deref().and_then(partitioning);
            }
            if partitioned && is_partition {
                self.unheld(
                    Kind::Table,
                    &name,
                    format!("a partition that is partitioned itself, by {}", key.unwrap_or_default()),
                );
            }
            match parents.as_slice() {
                [parent] if is_partition => {
                    relation.partition_of = Some(*parent);
                    if let Some(comment) = &relation.table.comment {
                        self.unheld(Kind::Comment, format!("partition {name}"), comment.clone());
                    }
                    children.push((*parent, name, bound.unwrap_or_default()));
                }
                [] => {}
                parents => {
                    let names: Vec<String> = parents
                        .iter()
                        .map(|parent| {
                            self.tables.get(parent).map_or_else(|| "?".to_owned(), |it| it.table.name.clone())
                        })
                        .collect();
                    self.unheld(Kind::Inheritance, &name, format!("INHERITS ({})", names.join(", ")));
                }
            }
            self.tables.insert(oid, relation);
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
        for row in reader.rows(EXTENSIONS).await? {
            self.schema.extensions.insert(Fields::of(&row).next()?);
        }
        Ok(())
    }
}

/// Reads `RANGE (created_at, lower(name))`.
fn partitioning(text: &str) -> Option<Partitioning> {
    let (strategy, key) = text.split_once(' ')?;
    let strategy = match strategy {
        "RANGE" => PartitionStrategy::Range,
        "LIST" => PartitionStrategy::List,
        _ => PartitionStrategy::Hash,
    };
    let key = key.strip_prefix('(')?.strip_suffix(')')?;
    let key = split_list(key).iter().map(|part| unquoted(part)).collect();
    Some(Partitioning { strategy, key, partitions: Vec::new() })
}
