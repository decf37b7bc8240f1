use squawk_syntax::SourceFile;

use super::*;

fn effect(sql: &str) -> Option<Effect> {
    let parse = SourceFile::parse(sql);
    assert!(parse.errors().is_empty(), "{sql}: {:?}", parse.errors());
    of(&parse.tree().stmts().next().unwrap())
}

/// `+` for what is created, `-` for what is dropped.
fn told(sql: &str) -> String {
    let Some(effect) = effect(sql) else { return "untold".to_owned() };
    let dotted = |name: &Name| name.schema.iter().chain([&name.name]).cloned().collect::<Vec<_>>().join(".");
    let part = |change: &Change| {
        let sign = if change.deed == Deed::Makes { '+' } else { '-' };
        let thing = match &change.thing {
            Thing::Relation(name) => format!("relation {}", dotted(name)),
            Thing::Index(name) => format!("index {}", dotted(name)),
            Thing::Type(name) => format!("type {}", dotted(name)),
            Thing::Schema(name) => format!("schema {name}"),
            Thing::Column(table, name) => format!("column {}/{name}", dotted(table)),
            Thing::Constraint(table, name) => format!("constraint {}/{name}", dotted(table)),
            Thing::Trigger(table, name) => format!("trigger {}/{name}", dotted(table)),
            Thing::Policy(table, name) => format!("policy {}/{name}", dotted(table)),
            Thing::Value(name, label) => format!("value {}/{label}", dotted(name)),
        };
        format!("{sign}{thing}")
    };
    effect.changes.iter().map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_created_and_dropped_is_read_from_the_statement() {
    for (sql, expected) in [
        ("CREATE TABLE Orders (id BIGINT);", "+relation orders"),
        ("CREATE UNLOGGED TABLE IF NOT EXISTS shop.\"Odd \"\"name\" (id BIGINT);", "+relation shop.Odd \"name"),
        ("CREATE VIEW v AS SELECT 1;", "+relation v"),
        ("CREATE SEQUENCE s;", "+relation s"),
        ("CREATE TYPE shop.kind AS ENUM ('a');", "+type shop.kind"),
        ("CREATE SCHEMA shop;", "+schema shop"),
        ("CREATE INDEX i ON shop.orders (id);", "+index shop.i"),
        ("ALTER TABLE orders ADD COLUMN note TEXT;", "+column orders/note"),
        ("ALTER TABLE ONLY orders ADD note TEXT, DROP COLUMN kind;", "+column orders/note -column orders/kind"),
        ("ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NOT VALID;", "+constraint orders/c"),
        ("ALTER TABLE shop.orders DROP CONSTRAINT c;", "-constraint shop.orders/c"),
        ("ALTER TABLE orders RENAME COLUMN a TO b;", "-column orders/a +column orders/b"),
        ("ALTER TABLE shop.orders RENAME TO sales;", "-relation shop.orders +relation shop.sales"),
        ("ALTER TYPE kind ADD VALUE 'it''s' AFTER 'a';", "+value kind/it's"),
        ("DROP TABLE a, shop.b CASCADE;", "-relation a -relation shop.b"),
        ("DROP VIEW IF EXISTS v;", "-relation v"),
        ("DROP MATERIALIZED VIEW v;", "-relation v"),
        ("DROP SEQUENCE s;", "-relation s"),
        ("DROP INDEX i;", "-index i"),
        ("DROP TYPE t;", "-type t"),
        ("DROP DOMAIN d;", "-type d"),
        ("DROP SCHEMA s;", "-schema s"),
        ("DROP TRIGGER t ON shop.orders;", "-trigger shop.orders/t"),
        ("DROP POLICY p ON orders;", "-policy orders/p"),
    ] {
        assert_eq!(told(sql), expected, "{sql}");
    }
}

#[test]
fn statements_without_such_a_trace_are_unproven() {
    for sql in [
        "INSERT INTO a VALUES (1);",
        "UPDATE a SET b = 1;",
        "CREATE TEMPORARY TABLE a (id BIGINT);",
        "CREATE TABLE a PARTITION OF b DEFAULT;",
        "CREATE TABLE a AS SELECT 1;",
        "CREATE INDEX ON a (b);",
        "ALTER TABLE a ADD CHECK (b > 0);",
        "ALTER TABLE a ADD CONSTRAINT c UNIQUE USING INDEX i;",
        "ALTER TABLE a ADD COLUMN b INT, ALTER COLUMN c SET NOT NULL;",
        "ALTER TABLE a ALTER COLUMN c TYPE TEXT;",
        "ALTER TABLE a OWNER TO b;",
        "ALTER TYPE a RENAME TO b;",
        "CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELECT 1';",
        "DROP FUNCTION f;",
        "CREATE TABLE a.b.c (id BIGINT);",
        "DROP TABLE U&\"d\\0061t\\+000061\";",
        "GRANT SELECT ON a TO b;",
    ] {
        assert_eq!(told(sql), "untold", "{sql}");
    }
}

#[test]
fn a_name_is_inserted_where_the_statement_has_its_own() {
    let sql = "SELECT 1;\nALTER TABLE shop . orders ADD COLUMN note TEXT;";
    let statement = SourceFile::parse(sql).tree().stmts().nth(1).unwrap();
    let Some(Effect { same: Same::OnCopy(at), .. }) = of(&statement) else { panic!() };
    assert_eq!(replaced(sql, &(10..sql.len()), &at, "copy.t"), "ALTER TABLE copy.t ADD COLUMN note TEXT;");
}
