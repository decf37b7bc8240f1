//! Schemas that are not read: each is named, with a fingerprint of what is in it, so that no difference there is silent.

use super::read::{Reader, own};
use super::{Catalog, Kind, Unreadable};

/// The name of each such schema, how many tables and views it has, and a hash of all its definitions.
const SCHEMAS: &str = concat!(
    "WITH there AS (
        SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
        WHERE n.nspname <> ALL($1) AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
     ), relations AS (
        SELECT c.*, there.nspname FROM pg_catalog.pg_class c JOIN there ON there.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ",
    own!("pg_class", "c.oid"),
    "), lines AS (
        SELECT nspname, pg_catalog.format('%s %s: %s %s', relkind, relname, relrowsecurity, reloptions) AS line FROM relations
        UNION ALL
        SELECT r.nspname, pg_catalog.format('%s.%s: %s %s %s %s %s', r.relname, a.attname,
            pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
            pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated)
        FROM relations r JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
        UNION ALL
        SELECT r.nspname, pg_catalog.format('%s of %s: %s %s', k.conname, r.relname, pg_catalog.pg_get_constraintdef(k.oid), k.convalidated)
        FROM relations r JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype <> 'n'
        UNION ALL
        SELECT r.nspname, pg_catalog.pg_get_indexdef(i.indexrelid) FROM relations r JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
        UNION ALL
        SELECT nspname, pg_catalog.pg_get_viewdef(oid) FROM relations WHERE relkind IN ('v', 'm')
        UNION ALL
        SELECT r.nspname, pg_catalog.pg_get_triggerdef(g.oid)
        FROM relations r JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid WHERE NOT g.tgisinternal
        UNION ALL
        SELECT r.nspname, pg_catalog.format('%s of %s: %s %s %s', p.polname, r.relname, p.polcmd,
            pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
        FROM relations r JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
        UNION ALL
        SELECT there.nspname, pg_catalog.format('%s: %s', t.typname, ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e
            WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder))
        FROM there JOIN pg_catalog.pg_type t ON t.typnamespace = there.oid WHERE t.typtype IN ('e', 'd') AND ",
    own!("pg_type", "t.oid"),
    "   UNION ALL
        SELECT there.nspname, pg_catalog.pg_get_functiondef(p.oid)
        FROM there JOIN pg_catalog.pg_proc p ON p.pronamespace = there.oid WHERE p.prokind IN ('f', 'p') AND ",
    own!("pg_proc", "p.oid"),
    ")
     SELECT nspname::text AS name,
        (SELECT count(*) FROM relations WHERE relations.nspname = lines.nspname AND relkind <> 'S') AS tables,
        pg_catalog.left(pg_catalog.md5(pg_catalog.string_agg(line, E'\\n' ORDER BY line COLLATE \"C\")), 8) AS fingerprint
     FROM lines GROUP BY nspname ORDER BY nspname"
);

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    tables: i64,
    fingerprint: String,
}

impl Catalog {
    pub(super) async fn elsewhere(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        for Row { name, tables, fingerprint } in reader.rows(SCHEMAS).await? {
            let what = format!("is not read; it has {tables} tables and views, fingerprint {fingerprint}");
            self.unheld(Kind::Schema, name, what);
        }
        Ok(())
    }
}
