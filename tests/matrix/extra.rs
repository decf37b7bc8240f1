//! What the catalog holds of the user's own SQL, which no schema states: statistics, sequences, publications, rules,
//! privileges of columns, replica identities.

use std::collections::BTreeSet;

use sqlx::postgres::PgConnection;

use crate::harness::catalog::{self, Lines};

// What a statement says of a table it says of the partitions of that moment: theirs is no part of the comparison.
const LINES: &str = r"
SELECT format('statistics %s on %s: %s', stxname, stxrelid::regclass, ARRAY(
    SELECT attname FROM pg_attribute WHERE attrelid = stxrelid AND attnum = ANY (stxkeys::int2[]) ORDER BY 1))
FROM pg_statistic_ext
UNION ALL
SELECT format('target %s.%s: %s', attrelid::regclass, attname, attstattarget) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition AND attnum > 0 AND NOT attisdropped AND attstattarget > 0
UNION ALL
SELECT format('privileges %s.%s: %s', attrelid::regclass, attname, attacl) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped AND attacl IS NOT NULL
UNION ALL
SELECT format('sequence %s of %s.%s', c.relname, d.refobjid::regclass, a.attname) FROM pg_class c
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a' AND d.refobjsubid > 0
LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid AND i.deptype = 'i')
UNION ALL
SELECT format('publication %s: %s %s', pubname, tablename, ARRAY(SELECT unnest(attnames)::text ORDER BY 1)) FROM pg_publication_tables
UNION ALL
SELECT format('rule %s', definition) FROM pg_rules WHERE schemaname = 'public'
UNION ALL
SELECT format('identity of %s: %s %s', c.relname, relreplident,
    (SELECT indexrelid::regclass FROM pg_index WHERE indrelid = c.oid AND indisreplident))
FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relreplident <> 'd'
UNION ALL
SELECT format('privileges of %s: %s', relname, ARRAY(SELECT unnest(relacl)::text ORDER BY 1)) FROM pg_class
WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace AND relacl IS NOT NULL
";

/// All that a database holds.
pub async fn lines(connection: &mut PgConnection) -> Lines {
    let mut lines = catalog::lines(connection).await;
    let more: BTreeSet<String> =
        sqlx::query_scalar(LINES).fetch_all(&mut *connection).await.unwrap().into_iter().collect();
    lines.extend(more);
    // The server makes the parts of a key that references a partitioned table, and names them as it likes.
    let partitions: Vec<String> = lines.iter().filter_map(|line| partition(line)).map(str::to_owned).collect();
    let is_part = |line: &String| partitions.iter().any(|name| line.contains(&format!(" REFERENCES {name}(")));
    lines.retain(|line| !is_part(line));
    lines
}

/// The name of a partition, of the line that is about it.
fn partition(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("table ")?.split_once(": ")?;
    let (_, of) = rest.split_once(", of ")?;
    (!of.starts_with(',')).then_some(name)
}
