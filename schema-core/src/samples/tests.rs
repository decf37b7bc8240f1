use super::*;
use crate::schema::{Check, ForeignKey, PrimaryKey, SqlType, Unique};

fn table(name: &str, columns: &[(&str, &str)], checks: &[&str]) -> Table {
    let column = |(name, sql_type): &(&str, &str)| {
        let (sql_type, nullable) = sql_type.strip_suffix('?').map_or((*sql_type, false), |it| (it, true));
        Column { nullable, ..Column::new(name, sql_type.parse::<SqlType>().unwrap()) }
    };
    let check = |(place, expression): (usize, &&str)| Check {
        name: format!("{name}_{place}_check"),
        expression: (*expression).to_owned(),
    };
    Table {
        name: name.to_owned(),
        columns: std::iter::once(&("id", "uuid")).chain(columns).map(column).collect(),
        primary_key: PrimaryKey { name: format!("{name}_pkey"), columns: vec!["id".to_owned()] },
        checks: checks.iter().enumerate().map(check).collect(),
        ..Table::default()
    }
}

fn schema(tables: Vec<Table>) -> Schema {
    Schema { tables: tables.into_iter().map(|table| (table.name.clone(), table)).collect(), ..Schema::default() }
}

/// A foreign key of a table's own tenant and more.
fn key(table: &str, columns: &[&str], target: &str, targets: &[&str]) -> ForeignKey {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ForeignKey {
        name: format!("{table}_{}_fkey", columns.join("_")),
        columns: names(columns),
        table: target.to_owned(),
        target_columns: names(targets),
        ..ForeignKey::default()
    }
}

/// Fills the tables, and sees that what can be told of every check holds.
fn filled(schema: &Schema, rows: usize) -> BTreeMap<String, Vec<Row>> {
    let mut samples = Samples::new(schema, Vec::new());
    for table in samples.tables() {
        for number in 0..rows {
            let row = samples.row(table, number, 0).unwrap_or_else(|problem| panic!("{problem}"));
            let typed = row.iter().map(|(name, value)| {
                let column = table.column(name).unwrap();
                (name.clone(), crate::expression::Scalar::of(value.as_deref(), &column.sql_type))
            });
            let typed = typed.collect();
            for check in &table.checks {
                let is = crate::expression::Fragment::parse(&check.expression).unwrap().evaluate(&typed);
                assert_ne!(is, Some(crate::expression::Scalar::Bool(false)), "{}: {row:?}", check.expression);
            }
            samples.learn(&table.name, row);
        }
    }
    samples.rows
}

#[test]
fn checks_are_met() {
    let orders = table(
        "orders",
        &[
            ("price", "numeric(12, 2)"),
            ("percent", "integer"),
            ("code", "text"),
            ("email", "text"),
            ("sku", "text"),
            ("handle", "text"),
            ("country", "char(2)"),
            ("starts_at", "timestamptz"),
            ("ends_at", "timestamptz"),
            ("shipped_at", "timestamptz?"),
            ("cancelled_at", "timestamptz?"),
            ("status", "text"),
            ("least", "integer"),
            ("most", "integer"),
        ],
        &[
            "price >= 1000",
            "percent BETWEEN 40 AND 60",
            "length(code) = 9",
            "email LIKE '%@%.%'",
            "sku = upper(sku)",
            "position('@' in handle) > 1",
            "country ~ '^[A-Z]{2}$'",
            "ends_at > starts_at",
            "shipped_at IS NULL OR cancelled_at IS NULL",
            "num_nonnulls(shipped_at, cancelled_at) = 1",
            "status = ANY (ARRAY['open'::text, 'done'::text])",
            "starts_at >= '2031-01-01'",
            "least < most AND most <= 5",
        ],
    );
    let rows = filled(&schema(vec![orders]), 30);
    for row in &rows["orders"] {
        assert!(row["country"].as_deref().is_some_and(|it| it.len() == 2 && it == it.to_uppercase()), "{row:?}");
        assert!(["open", "done"].contains(&row["status"].as_deref().unwrap()));
    }
}

#[test]
fn keys_are_met() {
    let mut users = table("users", &[("tenant_id", "uuid"), ("nickname", "varchar(2)")], &[]);
    users.foreign_keys = vec![key("users", &["tenant_id"], "tenants", &["id"])];
    users.uniques = vec![Unique {
        name: "users_nickname".to_owned(),
        columns: vec!["tenant_id".to_owned(), "nickname".to_owned()],
        ..Unique::default()
    }];
    let mut members = table("members", &[("tenant_id", "uuid"), ("user_id", "uuid"), ("boss_id", "uuid?")], &[]);
    members.foreign_keys = vec![
        key("members", &["tenant_id"], "tenants", &["id"]),
        key("members", &["tenant_id", "user_id"], "users", &["tenant_id", "id"]),
        key("members", &["boss_id"], "members", &["id"]),
    ];
    members.uniques =
        vec![Unique { name: "members_user".to_owned(), columns: vec!["user_id".to_owned()], ..Unique::default() }];
    let all = schema(vec![table("tenants", &[], &[]), users, members]);
    let rows = filled(&all, 12);
    let user_of = |id: &Option<String>| rows["users"].iter().find(|user| user["id"] == *id).unwrap();
    for member in &rows["members"] {
        assert_eq!(user_of(&member["user_id"])["tenant_id"], member["tenant_id"]);
    }
    let different: std::collections::BTreeSet<_> = rows["members"].iter().map(|member| &member["user_id"]).collect();
    assert_eq!(different.len(), 12);
    assert!(rows["members"].iter().any(|member| member["boss_id"].is_some()));
    assert!(rows["members"].iter().any(|member| member["boss_id"].is_none()));
}

#[test]
fn what_cannot_be_filled_is_named() {
    let none =
        schema(vec![table("a", &[("x", "integer")], &["x > 5 AND x < 3"]), table("b", &[("y", "strange")], &[])]);
    let samples = Samples::new(&none, Vec::new());
    let why = |name: &str| samples.row(&none.tables[name], 0, 0).unwrap_err().why;
    assert_eq!(why("a"), Missing::Constraint("a_0_check".to_owned()));
    assert_eq!(why("b"), Missing::Type { column: "y".to_owned(), sql_type: "strange".to_owned() });
}

#[test]
fn a_second_schema_is_met_too() {
    let old = schema(vec![table("a", &[("x", "text"), ("n", "integer")], &[])]);
    let new = schema(vec![table("a", &[("x", "bigint"), ("n", "integer")], &["n > 500"])]);
    let row = Samples::new(&old, vec![&new]).row(&old.tables["a"], 3, 0).unwrap();
    assert_eq!(row["x"].as_deref(), Some("3"));
    assert!(row["n"].as_ref().unwrap().parse::<i32>().unwrap() > 500);
}

#[test]
fn rows_are_inserted_with_every_column_back() {
    let one = table("a", &[("x", "text?")], &[]);
    let row = [("id".to_owned(), Some("1".to_owned())), ("x".to_owned(), None)].into_iter().collect();
    let expected = "INSERT INTO a (id, x) VALUES ('1', NULL) RETURNING id::TEXT AS id, x::TEXT AS x";
    assert_eq!(insert(&one, &row), expected);
    assert_eq!(select(&one, 5), "SELECT id::TEXT AS id, x::TEXT AS x FROM a ORDER BY 1, 2 LIMIT 5");
}
