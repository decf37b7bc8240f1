use super::*;

fn table() -> Table {
    let columns = [
        ("price", "NUMERIC(12, 2)"),
        ("count", "BIGINT"),
        ("small", "SMALLINT"),
        ("name", "TEXT"),
        ("note", "TEXT"),
        ("is_active", "BOOLEAN"),
        ("user_id", "UUID"),
        ("created_at", "TIMESTAMPTZ"),
        ("born_on", "DATE"),
        ("length", "INTERVAL"),
        ("payload", "JSONB"),
        ("raw", "JSON"),
        ("tags", "TEXT[]"),
        ("during", "TSTZRANGE"),
        ("address", "INET"),
        ("status", "rust:Status"),
        ("place", "geography(Point, 4326)"),
    ];
    Table {
        columns: columns
            .iter()
            .map(|(name, sql_type)| Column {
                nullable: *name == "note",
                ..Column::new(name, sql_type.parse().unwrap())
            })
            .collect(),
        ..Table::default()
    }
}

fn problems(sql: &str) -> Vec<String> {
    let found = Fragment::parse(sql).unwrap().examine(&table(), Wanted::Condition).problems;
    found.into_iter().map(|finding| finding.message).collect()
}

fn changeable(sql: &str) -> Vec<String> {
    Fragment::parse(sql).unwrap().examine(&table(), Wanted::Any).changeable.into_iter().map(|(text, _)| text).collect()
}

#[test]
fn what_is_right_is_left_alone() {
    for sql in [
        "price >= 0",
        "price BETWEEN 0 AND 10",
        "count = 3 OR count = 5",
        "count > 1 AND count < 3",
        "price > 0.1 AND price < 0.2",
        "name <> ''",
        "name IN ('a', 'b')",
        "name LIKE 'a%'",
        "name ~ '^[a-z]+$'",
        "is_active",
        "NOT is_active",
        "is_active IS TRUE",
        "created_at > '2020-01-01'",
        "created_at > now() - interval '1 day'",
        "born_on < current_date",
        "born_on < created_at",
        "payload @> '{\"a\": 1}'",
        "payload ? 'a'",
        "payload->>'a' = 'b'",
        "(payload->>'a')::int > 3",
        "tags && ARRAY['a']",
        "tags @> '{a}'",
        "cardinality(tags) <= 5",
        "during && tstzrange(now(), NULL)",
        "during @> created_at",
        "address << '10.0.0.0/8'",
        "status = 'paid'",
        "status IN ('a', 'b')",
        "num_nonnulls(note, name) = 1",
        "length(name) <= 40",
        "lower(name) = name",
        "user_id = '00000000-0000-0000-0000-000000000000'",
        "note IS NOT NULL",
        "note IS NULL OR is_active",
        "(note IS NULL) = (is_active)",
        "extract(year from created_at) > 2000",
        "price * count > 5",
        "created_at - created_at < length",
        "created_at + '1 day' > now()",
        "coalesce(note, '') <> ''",
        "CASE WHEN is_active THEN price > 0 ELSE true END",
        "name = ANY (ARRAY['a', 'b'])",
        "st_isvalid(place)",
        "jsonb_typeof(payload) = 'object'",
        "name || 'x' <> 'ax'",
        "small BETWEEN 1 AND 5",
        "upper(during) > now()",
        "octet_length(name) < 5",
        "date_trunc('day', created_at) = created_at",
        "price <> 'NaN'",
        "born_on + 1 > born_on",
        "name IS DISTINCT FROM note",
        "jsonb_array_length(payload) > 0",
        "raw->>'a' = 'b'",
        "position('@' in name) > 1",
        "price > count",
        "name = 'x' OR name = 'y'",
        "payload - 'a' = '{}'",
        "length > interval '0'",
        "left(name, 1) = 'a'",
        "round(price, 2) = price",
        "is_active = false",
        "price IS DISTINCT FROM NULL",
    ] {
        assert_eq!(problems(sql), Vec::<String>::new(), "{sql}");
    }
}

#[test]
fn what_the_types_forbid_is_found() {
    for (sql, part) in [
        ("price >= 'abc'", "'abc' is not a valid NUMERIC(12, 2), which `price` is"),
        ("'abc' < price", "'abc' is not a valid NUMERIC"),
        ("name = 5", "they do not compare"),
        ("created_at > 5", "they do not compare"),
        ("user_id = 'me'", "is not a valid UUID"),
        ("price BETWEEN 'a' AND 5", "'a' is not a valid NUMERIC"),
        ("count IN (1, 'x')", "'x' is not a valid BIGINT"),
        ("name = ANY (ARRAY[1])", "they do not compare"),
        ("price = NULL", "never true: nothing compares with NULL"),
        ("price NOT IN (1, NULL)", "NULL in the list"),
        ("price", "a condition is true or false"),
        ("price AND is_active", "what AND takes is true or false, `price` is NUMERIC(12, 2)"),
        ("NOT name", "`name` is TEXT"),
        ("name IS NULL", "never true: `name` is NOT NULL"),
        ("name IS NOT NULL", "always true"),
        ("price > 5 AND price < 3", "never true: no `price` meets all of it"),
        ("count > 1 AND count < 2", "never true"),
        ("(count > 5) AND (is_active AND 3 > count)", "never true"),
        ("price BETWEEN 10 AND 1", "never true"),
        ("name = 'a' AND name IN ('b', 'c')", "never true"),
        ("small > 40000", "never true"),
        ("price <> price", "compares the column with itself"),
        ("count LIKE 'a%'", "LIKE is for text"),
        ("name->>'a' = 'b'", "reads from a document"),
        ("payload @> 'a'", "is not a valid JSONB"),
        ("name @> 'a'", "is for arrays"),
        ("raw = '{}'", "JSON has no comparison"),
        ("name + name = 'a'", "no `+` for TEXT"),
        ("is_active * 2 = 2", "no `*` for BOOLEAN"),
        ("length(price) > 1", "there is no length(NUMERIC(12, 2))"),
        ("lengt(name) > 1", "there is no function `lengt`"),
        ("count(*) > 1", "aggregates many rows"),
        ("EXISTS (SELECT 1)", "a query is not allowed here"),
        ("user_id IN (SELECT id FROM users)", "a query is not allowed here"),
        ("uuid_generate_v4() = user_id", "uuid-ossp"),
        ("'x'::int = 1", "'x' is not a valid INTEGER"),
        ("CASE WHEN price THEN true END", "what WHEN takes"),
        ("is_active IS TRUE AND price IS TRUE", "what IS TRUE asks"),
    ] {
        let found = problems(sql);
        assert!(found.len() == 1 && found[0].contains(part), "{sql}: {found:?}");
    }
}

#[test]
fn what_depends_on_more_than_the_row_is_found() {
    for sql in [
        "lower(name)",
        "created_at AT TIME ZONE 'UTC'",
        "(created_at AT TIME ZONE 'UTC')::date",
        "to_tsvector('english', name)",
        "price * count",
        "created_at > '2020-01-01'",
        "name || 'x'",
        "extract(epoch from born_on)",
        "date_trunc('day', created_at AT TIME ZONE 'UTC')",
        "payload->>'a'",
        "born_on + interval '1 day'",
        "coalesce(note, name)",
        "name || count",
        "'no ' || count",
        "my_function(name)",
        "md5(name)",
        "(payload->>'a')::numeric",
    ] {
        assert_eq!(changeable(sql), Vec::<String>::new(), "{sql}");
    }
    for (sql, part) in [
        ("created_at > now()", "now()"),
        ("born_on = current_date", "current_date"),
        ("created_at::date", "created_at::date"),
        ("date(created_at)", "date(created_at)"),
        ("date_trunc('day', created_at)", "date_trunc('day', created_at)"),
        ("to_tsvector(name)", "to_tsvector(name)"),
        ("extract(year from created_at)", "extract(year from created_at)"),
        ("created_at + interval '1 day'", "created_at + interval '1 day'"),
        ("created_at > born_on", "created_at > born_on"),
        ("concat(name, note)", "concat(name, note)"),
        ("name || born_on", "name || born_on"),
        ("length::text", "length::text"),
        ("'at ' || created_at", "'at ' || created_at"),
        ("(payload->>'a')::interval", "(payload->>'a')::interval"),
        ("(payload->>'a')::date", "(payload->>'a')::date"),
        ("to_char(created_at, 'YYYY')", "to_char(created_at, 'YYYY')"),
        ("random()", "random()"),
        ("age(created_at)", "age(created_at)"),
    ] {
        assert_eq!(changeable(sql), [part], "{sql}");
    }
}

#[test]
fn a_default_has_the_type_of_its_column() {
    let table = table();
    let fits = |column: &str, sql: &str| {
        let column = table.column(column).unwrap();
        Fragment::parse(sql).unwrap().examine(&table, Wanted::Value(column)).problems.is_empty()
    };
    for (column, sql) in [
        ("price", "0"),
        ("price", "9.99"),
        ("price", "'1.5'"),
        ("count", "0"),
        ("name", "''"),
        ("name", "5"),
        ("is_active", "true"),
        ("is_active", "'t'"),
        ("user_id", "gen_random_uuid()"),
        ("created_at", "now()"),
        ("born_on", "current_date"),
        ("born_on", "now()"),
        ("length", "'1 day'"),
        ("payload", "'{}'"),
        ("payload", "'[]'::jsonb"),
        ("payload", "jsonb_build_object()"),
        ("tags", "'{}'"),
        ("tags", "ARRAY[]::text[]"),
        ("note", "NULL"),
        ("status", "'paid'"),
        ("status", "0"),
        ("place", "'POINT(0 0)'"),
        ("small", "-32768"),
        ("created_at", "now() + interval '1 day'"),
        ("name", "current_user"),
    ] {
        assert!(fits(column, sql), "{column} = {sql}");
    }
    for (column, sql) in [
        ("price", "'abc'"),
        ("price", "true"),
        ("price", "now()"),
        ("price", "10000000000"),
        ("count", "''"),
        ("name", "NULL"),
        ("is_active", "1"),
        ("is_active", "'maybe'"),
        ("user_id", "'x'"),
        ("user_id", "0"),
        ("created_at", "0"),
        ("created_at", "gen_random_uuid()"),
        ("payload", "''"),
        ("payload", "'{a}'"),
        ("tags", "'a'"),
        ("small", "40000"),
        ("length", "5"),
    ] {
        assert!(!fits(column, sql), "{column} = {sql}");
    }
}
