use std::collections::BTreeMap;

use super::*;
use crate::schema::{
    Column, EnumValue, Enumeration, ForeignKey, PrimaryKey, ReferentialAction, SqlType, Storage, derived_name,
};

/// A table of that name with a key, and a reference to each target.
fn table(name: &str, targets: &[&str]) -> Table {
    let mut table = Table {
        name: name.to_owned(),
        columns: vec![Column::new("id", SqlType::Uuid)],
        primary_key: PrimaryKey { name: format!("{name}_pkey"), columns: vec!["id".to_owned()] },
        ..Table::default()
    };
    for target in targets {
        let (target, mark) = target.split_once(' ').unwrap_or((target, ""));
        let column = format!("{target}_id");
        table.columns.push(Column { nullable: mark == "null", ..Column::new(&column, SqlType::Uuid) });
        table.foreign_keys.push(ForeignKey {
            name: derived_name(&[name, &column, "fkey"]),
            columns: vec![column],
            table: target.to_owned(),
            model: Some(target.to_owned()),
            target_columns: vec!["id".to_owned()],
            on_delete: Some(ReferentialAction::Restrict),
            cycle: mark == "cycle",
            ..ForeignKey::default()
        });
    }
    table
}

/// A schema of such tables.
pub(crate) fn schema(tables: &[(&str, &[&str])]) -> Schema {
    let tables = tables.iter().map(|(name, targets)| ((*name).to_owned(), table(name, targets)));
    Schema { tables: tables.collect::<BTreeMap<_, _>>(), ..Schema::default() }
}

fn order(schema: &Schema) -> Vec<String> {
    let creation = create_all(schema, &Profile::default()).unwrap();
    creation.up.into_iter().map(|group| group.subject).collect()
}

fn problems(schema: &Schema) -> Vec<String> {
    let found = create_all(schema, &Profile::default()).unwrap_err();
    found.iter().map(|found| format!("{} @ {}", found.text(), found.at)).collect()
}

#[test]
fn tables_come_behind_what_they_reference_and_by_name_otherwise() {
    let shop = schema(&[
        ("audit_log", &["users"]),
        ("order_items", &["orders", "products"]),
        ("orders", &["users"]),
        ("products", &[]),
        ("users", &["users"]),
    ]);
    assert_eq!(order(&shop), ["products", "users", "audit_log", "orders", "order_items"]);
    let down = create_all(&shop, &Profile::default()).unwrap().down;
    assert_eq!(
        down[0].statements,
        [
            "DROP TABLE order_items;",
            "DROP TABLE orders;",
            "DROP TABLE audit_log;",
            "DROP TABLE users;",
            "DROP TABLE products;"
        ]
    );
}

#[test]
fn a_marked_cycle_is_closed_behind_the_tables() {
    let marked = schema(&[("orders", &["users"]), ("users", &["orders cycle"])]);
    assert_eq!(order(&marked), ["users", "orders", "references"]);
    let creation = create_all(&marked, &Profile::default()).unwrap();
    let last = &creation.up[2].statements;
    assert!(last[0].starts_with("ALTER TABLE users\n    ADD CONSTRAINT users_orders_id_fkey FOREIGN KEY"), "{last:?}");
    assert_eq!(creation.down[0].statements, ["ALTER TABLE users\n    DROP CONSTRAINT users_orders_id_fkey;"]);
}

#[test]
fn an_unmarked_cycle_names_its_path_and_the_line_to_type() {
    let cycle = schema(&[("orders", &["users"]), ("users", &["orders null"]), ("waits", &["orders"])]);
    assert_eq!(
        problems(&cycle),
        [
            "users.orders_id: the references form a cycle: orders → users → orders\n  help: #[references(orders, on_delete = \
          restrict, cycle)]    adds this one when both tables exist\n  rule: cycles @ users.orders_id#references"
        ]
    );
    let two = schema(&[("a", &["b"]), ("b", &["c"]), ("c", &["a"]), ("x", &["y"]), ("y", &["x"])]);
    let found = problems(&two);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("a → b → c → a") && found[1].contains("x → y → x"), "{found:?}");
}

#[test]
fn a_thousand_tables_in_a_chain_are_ordered() {
    let names: Vec<String> = (0..1000).map(|number| format!("t{:04}", 999 - number)).collect();
    let tables = names.iter().enumerate().map(|(position, name)| {
        let targets: Vec<&str> = position.checked_sub(1).map(|before| names[before].as_str()).into_iter().collect();
        (name.clone(), table(name, &targets))
    });
    let chain = Schema { tables: tables.collect(), ..Schema::default() };
    assert_eq!(order(&chain), names);
}

#[test]
fn extensions_and_types_come_first() {
    let mut schema = schema(&[("places", &[])]);
    let value = |value: &str| EnumValue { value: value.to_owned(), ..EnumValue::default() };
    schema.enumerations.insert(
        "kind".to_owned(),
        Enumeration {
            name: "kind".to_owned(),
            storage: Storage::Native,
            values: vec![value("a"), value("b")],
            comment: None,
        },
    );
    let places = schema.tables.get_mut("places").unwrap();
    places.columns.push(Column::new("kind", SqlType::Other("kind".to_owned())));
    places.columns.push(Column::new("code", SqlType::Other("CITEXT".to_owned())));
    places.columns.push(Column::new("about", SqlType::Array(Box::new(SqlType::Other("vector(384)".to_owned())))));
    schema.extensions = crate::schema::extensions(&schema);
    let creation = create_all(&schema, &Profile::default()).unwrap();
    assert_eq!(
        creation.up[0].statements,
        ["CREATE EXTENSION IF NOT EXISTS citext;", "CREATE EXTENSION IF NOT EXISTS vector;"]
    );
    assert_eq!(creation.up[1].statements, ["CREATE TYPE kind AS ENUM ('a', 'b');"]);
    assert_eq!(creation.down[1].statements, ["DROP TYPE kind;"]);
}
