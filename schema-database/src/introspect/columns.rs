//! Columns, with defaults, generated and identity columns and the sequences behind them.

use std::collections::BTreeMap;

use tablewright_core::schema::{Column, Generated, SqlType};

use super::options::{Of, listed, settable};
use super::read::{Fields, Later, Reader, granted, own};
use super::text::{made_name, sql_type, unwrapped};
use super::{Catalog, Kind, Unreadable};

const COLUMNS: &str = concat!(
    "SELECT a.attrelid::int8, a.attnum, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_catalog.pg_get_expr(ad.adbin, ad.adrelid), a.attidentity::text, a.attgenerated::text,
        CASE WHEN a.attcollation <> t.typcollation THEN co.collname::text END, d.description,
        CASE WHEN e.typtype = 'e' THEN e.typname::text END,
        a.attislocal OR c.relispartition,
        CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
        {compression},
        CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::int4 END,
        a.attoptions, ",
    granted!("a.attacl", "c.relowner"),
    ", a.attcollation::int8
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

const SEQUENCES: &str = "SELECT dep.refobjid::int8, dep.refobjsubid, s.relname::text,
        pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle,
        s.relpersistence <> c.relpersistence
     FROM pg_catalog.pg_sequence q
     JOIN pg_catalog.pg_class s ON s.oid = q.seqrelid
     JOIN pg_catalog.pg_depend dep
         ON dep.classid = 'pg_catalog.pg_class'::regclass AND dep.objid = s.oid AND dep.objsubid = 0
         AND dep.refclassid = 'pg_catalog.pg_class'::regclass AND dep.refobjsubid > 0 AND dep.deptype IN ('a', 'i')
     JOIN pg_catalog.pg_class c ON c.oid = dep.refobjid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) ORDER BY s.relname";

/// The sequence that belongs to a column.
struct Sequence {
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
    fn read(fields: &mut Fields<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            name: fields.next()?,
            of: fields.next()?,
            start: fields.next()?,
            increment: fields.next()?,
            min: fields.next()?,
            max: fields.next()?,
            cache: fields.next()?,
            cycles: fields.next()?,
            other_persistence: fields.next()?,
        })
    }

    /// How it differs from the one that the server makes for the column.
    fn deviations(&self, table: &str, column: &Column) -> Vec<String> {
        let mut found = Vec::new();
        if self.name != made_name(table, Some(&column.name), "seq") {
            found.push(format!("is called {}", self.name));
        }
        let (of, max) = match column.sql_type {
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
        let mut sequences: BTreeMap<(i64, i16), Sequence> = BTreeMap::new();
        for row in reader.rows(SEQUENCES).await? {
            let mut fields = Fields::of(&row);
            let table: i64 = fields.next()?;
            let number = i16::try_from(fields.next::<i32>()?).unwrap_or_default();
            let sequence = Sequence::read(&mut fields)?;
            if let Some(further) = sequences.get(&(table, number)) {
                let what = format!("belongs to the same column as {}", further.name);
                self.unheld(Kind::Sequence, sequence.name, what);
                continue;
            }
            sequences.insert((table, number), sequence);
        }
        for row in reader.rows_since(COLUMNS, LATER).await? {
            let mut fields = Fields::of(&row);
            let oid: i64 = fields.next()?;
            let number: i16 = fields.next()?;
            let name: String = fields.next()?;
            let Some(relation) = self.tables.get_mut(&oid) else { continue };
            relation.columns.insert(number, name.clone());
            let table = relation.table.name.clone();
            let is_partition = relation.partition_of.is_some();
            let path = format!("{table}.{name}");
            let mut column = Column::new(&name, sql_type(&fields.next::<String>()?));
            column.nullable = !fields.next::<bool>()?;
            let default: Option<String> = fields.next()?;
            let identity: String = fields.next()?;
            let generated: String = fields.next()?;
            column.collation = fields.next()?;
            column.comment = fields.next()?;
            column.enumeration =
                fields.next::<Option<String>>()?.filter(|name| self.schema.enumerations.contains_key(name));
            if matches!(column.sql_type, SqlType::Array(_)) {
                column.enumeration = None;
            }
            let local: bool = fields.next()?;
            if !local {
                self.unheld(Kind::Column, &path, "is inherited");
            }
            if let Some(storage) = fields.next::<Option<String>>()? {
                let storage = match storage.as_str() {
                    "p" => "PLAIN",
                    "e" => "EXTERNAL",
                    "m" => "MAIN",
                    _ => "EXTENDED",
                };
                self.unheld(Kind::Column, &path, format!("STORAGE {storage}"));
            }
            if let Some(compression) = fields.next::<Option<String>>()? {
                let method = if compression == "l" { "lz4" } else { "pglz" };
                self.unheld(Kind::Column, &path, format!("COMPRESSION {method}"));
            }
            if let Some(target) = fields.next::<Option<i32>>()? {
                self.unheld(Kind::Column, &path, format!("STATISTICS {target}"));
            }
            if let Some(options) = listed(&settable(Of::Column, fields.next()?)) {
                self.unheld(Kind::Column, &path, format!("SET ({options})"));
            }
            if let Some(grants) = fields.next::<Option<String>>()? {
                self.unheld(Kind::Privileges, &path, grants);
            }
            let collation: i64 = fields.next()?;
            if let Some(relation) = self.tables.get_mut(&oid) {
                relation.collations.insert(number, collation);
            }
            let sequence = sequences.remove(&(oid, number));
            match generated.as_str() {
                "s" => column.generated = default.as_deref().map(|text| Generated::Stored(unwrapped(text).to_owned())),
                "v" => {
                    let text = default.clone().unwrap_or_default();
                    self.unheld(Kind::Column, &path, format!("GENERATED ALWAYS AS ({text}) VIRTUAL"));
                }
                _ => column.default.clone_from(&default),
            }
            match identity.as_str() {
                "a" => column.generated = Some(Generated::IdentityAlways),
                "d" => column.generated = Some(Generated::IdentityByDefault),
                _ => {}
            }
            if let Some(sequence) = sequence {
                let numbered = !identity.is_empty() || self.is_serial(&path, &mut column, &sequence);
                if numbered {
                    for deviation in sequence.deviations(&table, &plain(&column)) {
                        self.unheld(Kind::Sequence, &path, deviation);
                    }
                } else {
                    self.unheld(Kind::Sequence, sequence.name, format!("belongs to {path}"));
                }
            }
            if is_partition {
                continue;
            }
            if let Some(relation) = self.tables.get_mut(&oid) {
                relation.table.columns.push(column);
            }
        }
        Ok(())
    }

    /// Makes the column what `SERIAL` makes, where its default is the next number of its own sequence.
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
            self.unheld(Kind::Column, path, "takes NULL although it is numbered");
        }
        true
    }
}

/// The column with the integer type that its SERIAL stands for.
fn plain(column: &Column) -> Column {
    let sql_type = match &column.sql_type {
        SqlType::Other(text) if text == "SMALLSERIAL" => SqlType::SmallInt,
        SqlType::Other(text) if text == "SERIAL" => SqlType::Integer,
        SqlType::Other(text) if text == "BIGSERIAL" => SqlType::BigInt,
        other => other.clone(),
    };
    Column { sql_type, ..column.clone() }
}
