//! Columns, with defaults, generated and identity columns and the sequences behind them.

use std::collections::BTreeMap;

use tablewright_core::schema::{Column, Enumeration, Generated, SqlType};

use super::options::{Of, listed, settable};
use super::read::{Later, Reader, granted, own};
use super::text::{made_name, sql_type, unwrapped};
use super::{Catalog, Kind, Unreadable};

const COLUMNS: &str = concat!(
    "SELECT a.attrelid::int8 AS table, a.attnum AS number, a.attname::text AS name,
        pg_catalog.format_type(a.atttypid, a.atttypmod) AS sql_type, NOT a.attnotnull AS nullable,
        pg_catalog.pg_get_expr(ad.adbin, ad.adrelid) AS default, a.attidentity::text AS identity,
        a.attgenerated::text AS generated,
        CASE WHEN a.attcollation <> t.typcollation THEN co.collname::text END AS collation, d.description AS comment,
        CASE WHEN e.typtype = 'e' THEN e.typname::text END AS enumeration,
        a.attislocal OR c.relispartition AS own,
        CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END AS storage,
        {compression} AS compression,
        CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END AS statistics,
        a.attoptions AS options, ",
    granted!("a.attacl", "c.relowner"),
    " AS grants, a.attcollation::int8 AS collation_oid
     FROM pg_catalog.pg_attribute a
     JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     JOIN pg_catalog.pg_type e
         ON e.oid = CASE WHEN t.typlen = -1 AND t.typelem <> 0 AND t.typtype = 'b' THEN t.typelem ELSE t.oid END
     LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
     LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND ",
    own!("pg_class", "c.oid"),
    " ORDER BY a.attrelid, a.attnum"
);

const LATER: &[Later] =
    &[Later { mark: "{compression}", since: 14, is: "nullif(a.attcompression::text, '')", before: "NULL::text" }];

const SEQUENCES: &str = "SELECT dep.refobjid::int8 AS table, dep.refobjsubid::int2 AS column, s.relname::text AS name,
        pg_catalog.format_type(q.seqtypid, NULL) AS of, q.seqstart AS start, q.seqincrement AS increment,
        q.seqmin AS min, q.seqmax AS max, q.seqcache AS cache, q.seqcycle AS cycles,
        s.relpersistence <> c.relpersistence AS other_persistence
     FROM pg_catalog.pg_sequence q
     JOIN pg_catalog.pg_class s ON s.oid = q.seqrelid
     JOIN pg_catalog.pg_depend dep
         ON dep.classid = 'pg_catalog.pg_class'::regclass AND dep.objid = s.oid AND dep.objsubid = 0
         AND dep.refclassid = 'pg_catalog.pg_class'::regclass AND dep.refobjsubid > 0 AND dep.deptype IN ('a', 'i')
     JOIN pg_catalog.pg_class c ON c.oid = dep.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) ORDER BY s.relname";

/// A column as the catalog has it.
#[derive(sqlx::FromRow)]
struct ColumnRow {
    table: i64,
    number: i16,
    name: String,
    sql_type: String,
    nullable: bool,
    default: Option<String>,
    identity: String,
    generated: String,
    collation: Option<String>,
    comment: Option<String>,
    enumeration: Option<String>,
    /// Whether the table declares it, and not only a table that it inherits from.
    own: bool,
    storage: Option<String>,
    compression: Option<String>,
    statistics: Option<i32>,
    options: Option<Vec<String>>,
    grants: Option<String>,
    collation_oid: i64,
}

impl ColumnRow {
    /// What a model cannot express of it, each with what it belongs to.
    fn unheld(&self) -> Vec<(Kind, String)> {
        let mut found = Vec::new();
        if !self.own {
            found.push((Kind::Column, "is inherited".to_owned()));
        }
        if let Some(storage) = &self.storage {
            let storage = match storage.as_str() {
                "p" => "PLAIN",
                "e" => "EXTERNAL",
                "m" => "MAIN",
                _ => "EXTENDED",
            };
            found.push((Kind::Column, format!("STORAGE {storage}")));
        }
        if let Some(compression) = &self.compression {
            let method = if compression == "l" { "lz4" } else { "pglz" };
            found.push((Kind::Column, format!("COMPRESSION {method}")));
        }
        if let Some(target) = self.statistics {
            found.push((Kind::Column, format!("STATISTICS {target}")));
        }
        if let Some(options) = listed(&settable(Of::Column, self.options.clone())) {
            found.push((Kind::Column, format!("SET ({options})")));
        }
        if self.generated == "v" {
            let text = self.default.as_deref().unwrap_or_default();
            found.push((Kind::Column, format!("GENERATED ALWAYS AS ({text}) VIRTUAL")));
        }
        found.extend(self.grants.clone().map(|grants| (Kind::Privileges, grants)));
        found
    }

    /// As a model states it; `enumerations` are those that were read.
    fn column(&self, enumerations: &BTreeMap<String, Enumeration>) -> Column {
        let mut column = Column::new(&self.name, sql_type(&self.sql_type));
        column.nullable = self.nullable;
        column.collation.clone_from(&self.collation);
        column.comment.clone_from(&self.comment);
        if !matches!(column.sql_type, SqlType::Array(_)) {
            column.enumeration = self.enumeration.clone().filter(|name| enumerations.contains_key(name));
        }
        match self.generated.as_str() {
            "s" => column.generated = self.default.as_deref().map(|text| Generated::Stored(unwrapped(text).to_owned())),
            "v" => {}
            _ => column.default.clone_from(&self.default),
        }
        match self.identity.as_str() {
            "a" => column.generated = Some(Generated::IdentityAlways),
            "d" => column.generated = Some(Generated::IdentityByDefault),
            _ => {}
        }
        column
    }
}

/// The sequence that belongs to a column.
#[derive(sqlx::FromRow)]
struct Sequence {
    table: i64,
    column: i16,
    name: String,
    of: String,
    start: i64,
    increment: i64,
    min: i64,
    max: i64,
    cache: i64,
    cycles: bool,
    other_persistence: bool,
}

impl Sequence {
    /// How it differs from the one that the server makes for the column.
    fn deviations(&self, table: &str, column: &str, sql_type: &SqlType) -> Vec<String> {
        let mut found = Vec::new();
        if self.name != made_name(table, Some(column), "seq") {
            found.push(format!("is called {}", self.name));
        }
        let (of, max) = match sql_type {
            SqlType::SmallInt => ("smallint", i64::from(i16::MAX)),
            SqlType::Integer => ("integer", i64::from(i32::MAX)),
            _ => ("bigint", i64::MAX),
        };
        if self.of != of {
            found.push(format!("AS {}", self.of));
        }
        let natural = match self.of.as_str() {
            "smallint" => i64::from(i16::MAX),
            "integer" => i64::from(i32::MAX),
            _ => i64::MAX,
        };
        if self.max != max && self.max != natural {
            found.push(format!("MAXVALUE {}", self.max));
        }
        for (word, value, usual) in [
            ("START", self.start, 1),
            ("INCREMENT", self.increment, 1),
            ("MINVALUE", self.min, 1),
            ("CACHE", self.cache, 1),
        ] {
            if value != usual {
                found.push(format!("{word} {value}"));
            }
        }
        if self.cycles {
            found.push("CYCLE".to_owned());
        }
        if self.other_persistence {
            found.push("is not logged as its table is".to_owned());
        }
        found
    }
}

impl Catalog {
    pub(super) async fn columns(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        let mut sequences = self.sequences(reader).await?;
        for row in reader.rows_since::<ColumnRow>(COLUMNS, LATER).await? {
            let Some(relation) = self.tables.get_mut(&row.table) else { continue };
            relation.columns.insert(row.number, row.name.clone());
            relation.collations.insert(row.number, row.collation_oid);
            let table = relation.table.name.clone();
            let is_partition = relation.partition_of.is_some();
            let path = format!("{table}.{}", row.name);
            for (kind, what) in row.unheld() {
                self.unheld(kind, &path, what);
            }
            let mut column = row.column(&self.schema.enumerations);
            if let Some(sequence) = sequences.remove(&(row.table, row.number)) {
                let numbered = !row.identity.is_empty() || self.is_serial(&path, &mut column, &sequence);
                if numbered {
                    for deviation in sequence.deviations(&table, &column.name, &column.sql_type.value()) {
                        self.unheld(Kind::Sequence, &path, deviation);
                    }
                } else {
                    self.unheld(Kind::Sequence, sequence.name, format!("belongs to {path}"));
                }
            }
            if let Some(relation) = self.tables.get_mut(&row.table).filter(|_| !is_partition) {
                relation.table.columns.push(column);
            }
        }
        Ok(())
    }

    async fn sequences(&mut self, reader: &mut Reader<'_>) -> Result<BTreeMap<(i64, i16), Sequence>, Unreadable> {
        let mut sequences: BTreeMap<(i64, i16), Sequence> = BTreeMap::new();
        for sequence in reader.rows::<Sequence>(SEQUENCES).await? {
            let place = (sequence.table, sequence.column);
            if let Some(further) = sequences.get(&place) {
                let what = format!("belongs to the same column as {}", further.name);
                self.unheld(Kind::Sequence, sequence.name, what);
                continue;
            }
            sequences.insert(place, sequence);
        }
        Ok(sequences)
    }

    /// Turns the column into what `SERIAL` makes, if its default is the next number of its own sequence.
    fn is_serial(&mut self, path: &str, column: &mut Column, sequence: &Sequence) -> bool {
        let called = tablewright_core::sql::quote(&sequence.name);
        let always_quoted = format!("\"{}\"", sequence.name.replace('"', "\"\""));
        let next = column.default.as_deref().and_then(|default| default.strip_prefix("nextval("));
        let names = next.and_then(|next| next.strip_suffix("::regclass)"));
        let its_own = names.is_some_and(|text| {
            [&called, &always_quoted].into_iter().any(|name| tablewright_core::sql::literal(name) == text)
        });
        let serial = match column.sql_type {
            SqlType::SmallInt => "SMALLSERIAL",
            SqlType::Integer => "SERIAL",
            SqlType::BigInt => "BIGSERIAL",
            _ => return false,
        };
        if !its_own {
            return false;
        }
        column.sql_type = SqlType::Other(serial.to_owned());
        column.default = None;
        if column.nullable {
            self.unheld(Kind::Column, path, "is nullable although it is numbered");
        }
        true
    }
}
