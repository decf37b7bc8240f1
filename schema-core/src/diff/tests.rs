use super::*;
use crate::plan::tests::schema;
use crate::schema::SqlType;

#[test]
fn differences_are_reported_by_name() {
    let old = schema(&[("orders", &["users"]), ("users", &[])]);
    assert_eq!(differences(&old, &old), []);
    let mut new = schema(&[("orders", &[]), ("users", &[]), ("products", &[])]);
    let users = new.tables.get_mut("users").unwrap();
    users.columns[0].sql_type = SqlType::BigInt;
    users.columns.insert(0, Column { pii: true, ..Column::new("email", SqlType::Text) });
    users.checks.push(Check { name: "users_email_check".to_owned(), expression: "email <> ''".to_owned() });
    let text: Vec<String> = differences(&old, &new).iter().map(Difference::text).collect();
    assert_eq!(
        text,
        [
            "the column orders.users_id is gone",
            "the foreign key orders_users_id_fkey is gone",
            "the table products is new",
            "the column users.email is new",
            "the column users.id is BIGINT, it was UUID",
            "the check users_email_check is new",
        ]
    );
    // Neither the order of columns nor what only the model says needs a migration.
    let mut same = old.clone();
    same.tables.get_mut("orders").unwrap().columns.reverse();
    same.tables.get_mut("orders").unwrap().columns[0].pii = true;
    assert_eq!(differences(&old, &same), []);
}

fn words(old: &Schema, new: &Schema) -> Vec<String> {
    differences(old, new).iter().map(Difference::text).collect()
}

fn hinted(name: &str, hint: &str, sql_type: SqlType) -> Column {
    Column { renamed_from: Some(hint.to_owned()), ..Column::new(name, sql_type) }
}

#[test]
fn a_column_is_renamed_by_its_hint_alone() {
    let mut old = schema(&[("orders", &[])]);
    old.tables.get_mut("orders").unwrap().columns.push(Column::new("total", SqlType::BigInt));
    let mut new = schema(&[("orders", &[])]);
    new.tables.get_mut("orders").unwrap().columns.push(Column::new("amount", SqlType::BigInt));
    assert_eq!(words(&old, &new), ["the column orders.total is gone", "the column orders.amount is new"]);
    new.tables.get_mut("orders").unwrap().columns[1] = hinted("amount", "total", SqlType::BigInt);
    assert_eq!(words(&old, &new), ["the column orders.amount was total"]);
    // The hint may stay when the rename is done, and where the old name never was.
    assert_eq!(words(&new, &new), [""; 0]);
    new.tables.get_mut("orders").unwrap().columns[1] = hinted("amount", "sum", SqlType::BigInt);
    assert_eq!(words(&new, &new), [""; 0]);
}

#[test]
fn two_columns_swap_their_names_once() {
    let mut old = schema(&[("pairs", &[])]);
    let columns = &mut old.tables.get_mut("pairs").unwrap().columns;
    columns.extend([Column::new("a", SqlType::Text), Column::new("b", SqlType::BigInt)]);
    let mut new = schema(&[("pairs", &[])]);
    let columns = &mut new.tables.get_mut("pairs").unwrap().columns;
    columns.extend([hinted("a", "b", SqlType::BigInt), hinted("b", "a", SqlType::Text)]);
    assert_eq!(words(&old, &new), ["the column pairs.a was b", "the column pairs.b was a"]);
    assert_eq!(words(&crate::schema::recorded(&new), &new), [""; 0]);
}

#[test]
fn a_renamed_table_takes_the_references_to_it_along() {
    let old = schema(&[("orders", &["users"]), ("users", &[])]);
    let mut new = schema(&[("orders", &["accounts"]), ("accounts", &[])]);
    new.tables.get_mut("accounts").unwrap().renamed_from = Some("users".to_owned());
    let orders = new.tables.get_mut("orders").unwrap();
    orders.columns[1].name = "users_id".to_owned();
    orders.foreign_keys[0].columns[0] = "users_id".to_owned();
    orders.foreign_keys[0].name = "orders_users_id_fkey".to_owned();
    assert_eq!(words(&old, &new), ["the table accounts was users", "the primary key of accounts is (id)"]);
}

#[test]
fn what_holds_no_rows_is_renamed_without_a_hint() {
    use crate::schema::{Index, KeyColumn};
    let index = |name: &str| Index { name: name.to_owned(), key: vec![KeyColumn::column("id")], ..Index::default() };
    let mut old = schema(&[("orders", &[])]);
    old.tables.get_mut("orders").unwrap().indexes.push(index("one"));
    let mut new = schema(&[("orders", &[])]);
    new.tables.get_mut("orders").unwrap().indexes.push(index("two"));
    assert_eq!(words(&old, &new), ["the index two was one"]);
}
