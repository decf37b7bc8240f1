//! What the server's catalogs contain, as lines that can be compared. By name: the order of columns does not matter.

use std::collections::BTreeSet;

use sqlx::postgres::PgConnection;

/// One line for each object, with all that a schema states of it. What sqlx keeps for itself is left out.
const LINES: &str = r"
WITH ours AS (
    SELECT c.* FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE '\_sqlx%'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
), tables AS (SELECT * FROM ours WHERE relkind IN ('r', 'p'))
SELECT format('table %s: kind %s, persistence %s, options %s, security %s %s, key %s, of %s, bound %s, comment %s', relname,
    relkind, relpersistence, ARRAY(SELECT option FROM unnest(reloptions) option ORDER BY 1), relrowsecurity,
    relforcerowsecurity, CASE relkind WHEN 'p' THEN pg_get_partkeydef(oid) END,
    (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = oid), pg_get_expr(relpartbound, oid),
    obj_description(oid, 'pg_class')) FROM tables
UNION ALL
SELECT format('view %s: %s', relname, pg_get_viewdef(oid)) FROM ours WHERE relkind IN ('v', 'm')
UNION ALL
SELECT format('column %s.%s: %s, not null %s, default %s, identity %s, generated %s, collation %s, comment %s', t.relname,
    attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(d.adbin, d.adrelid), attidentity, attgenerated,
    (SELECT collname FROM pg_collation WHERE pg_collation.oid = attcollation), col_description(t.oid, attnum))
FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND attnum > 0 AND NOT attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = attnum
UNION ALL
SELECT format('constraint %s on %s: %s, valid %s', conname, conrelid::regclass, pg_get_constraintdef(c.oid), convalidated)
FROM pg_constraint c JOIN tables ON tables.oid = conrelid WHERE contype IN ('c', 'f', 'p', 'u', 'x')
UNION ALL
SELECT format('index %s, valid %s', pg_get_indexdef(indexrelid), indisvalid)
FROM pg_index JOIN tables ON tables.oid = indrelid
UNION ALL
SELECT format('trigger %s, enabled %s', pg_get_triggerdef(g.oid), tgenabled)
FROM pg_trigger g JOIN tables ON tables.oid = tgrelid WHERE NOT tgisinternal
UNION ALL
SELECT format('function %s', pg_get_functiondef(p.oid)) FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT format('policy %s on %s: %s %s %s %s %s', policyname, tablename, permissive, roles, cmd, qual, with_check)
FROM pg_policies WHERE schemaname = 'public'
UNION ALL
SELECT format('type %s: %s', t.typname, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname
";

/// What a catalog holds.
pub type Lines = BTreeSet<String>;

/// The lines of a database.
pub async fn lines(connection: &mut PgConnection) -> Lines {
    let lines: Vec<String> = sqlx::query_scalar(LINES).fetch_all(&mut *connection).await.unwrap();
    lines.into_iter().collect()
}

/// What is missing and what is extra; nothing if they are the same.
pub fn difference(expected: &Lines, got: &Lines) -> Option<String> {
    let missing = expected.difference(got).map(|line| format!("    missing: {line}\n"));
    let surplus = got.difference(expected).map(|line| format!("    too much: {line}\n"));
    let text: String = missing.chain(surplus).collect();
    (!text.is_empty()).then_some(text)
}
