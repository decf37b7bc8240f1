use super::*;
use crate::dialect::Target;
use crate::plan;
use crate::schema::SqlType;
use crate::sql::ddl;

#[test]
fn enumerations_and_newtypes_become_sql_types() {
    let folder = Crate::new(&[
        ("src/lib.rs", "mod types;\nmod tables;"),
        (
            "src/types.rs",
            "#[derive(Enumeration)] pub enum Status { Pending, OnHold }\n\
             #[derive(Enumeration)] #[enumeration(storage = native)] pub enum Role { Admin }\n\
             #[derive(SqlType)] pub struct Email(pub String);\n\
             #[derive(SqlType)] pub struct WorkEmail(Email);\n\
             #[derive(SqlType)] #[sql_type(type = \"CITEXT\")] pub struct Handle(String);\n\
             #[derive(SqlType)] pub struct Phase(Status);",
        ),
        (
            "src/tables.rs",
            &format!(
                "#[derive(Table)] pub struct User {{ id: Uuid, email: Email, work: Option<crate::types::WorkEmail>, handle: Handle, \
                 others: Vec<Email>, #[column(check = \"length(name) > 1\")] name: String, phase: Phase, status: Option<Status>, \
                 role: Role, #[column(type = \"CIDR\")] net: Foreign, {STANDARD} }}"
            ),
        ),
    ]);
    let scan = folder.scan().unwrap_or_else(|failure| panic!("{:#?}", folder.texts(&failure.reports)));
    let users = &scan.schema.tables["users"];
    let types: Vec<String> = users.columns.iter().map(|column| column.sql_type.to_string()).collect();
    assert_eq!(
        types,
        [
            "UUID",
            "TEXT",
            "TEXT",
            "CITEXT",
            "TEXT[]",
            "TEXT",
            "TEXT",
            "TEXT",
            "role",
            "CIDR",
            "TIMESTAMPTZ",
            "TIMESTAMPTZ"
        ]
    );
    let checks: Vec<String> =
        users.checks.iter().map(|check| format!("{}: {}", check.name, check.expression)).collect();
    assert_eq!(
        checks,
        [
            "users_phase_check: phase IN ('pending', 'on_hold')",
            "users_status_check: status IN ('pending', 'on_hold')",
            "users_name_check: length(name) > 1",
        ]
    );
    assert_eq!(users.column("status").unwrap().enumeration.as_deref(), Some("status"));
    assert_eq!(scan.schema.extensions.iter().collect::<Vec<_>>(), ["citext"]);
    let creation = plan::create_all(&scan.schema, &Profile::default()).unwrap();
    assert_eq!(creation.up[1].statements, ["CREATE TYPE role AS ENUM ('admin');"]);
}

#[test]
fn the_statement_is_the_derive_s_with_its_holes_filled() {
    use crate::sql::{Hole, Piece};
    let text = format!(
        "#[derive(Enumeration)] enum Status {{ Open, Closed }}\n#[derive(Table)] struct Order {{ id: Uuid, status: Status, \
         #[column(check = \"total > 0\")] total: i64, {STANDARD} }}"
    );
    let folder = library(&text);
    let scan = folder.scan().unwrap();
    let dialect = Target::Postgres.dialect();
    let planned = ddl::create_table(&scan.schema.tables["orders"], dialect);

    let item = syn::parse_file(&text).unwrap().items.into_iter().find_map(|item| match item {
        syn::Item::Struct(item) => Some(item),
        _ => None,
    });
    let model = crate::parse::table(&item.unwrap().into(), &Profile::default()).model.unwrap();
    let derived: String = ddl::create_table(&model.table, dialect)
        .pieces()
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Hole(Hole::Type { .. } | Hole::TypeName { .. }) => "TEXT",
            Piece::Hole(Hole::Values { .. }) => "'open', 'closed'",
            Piece::Hole(Hole::IfValues { text, .. }) => text,
        })
        .collect();
    assert_eq!(planned.as_text(), Some(derived.as_str()));
}

#[test]
fn types_that_are_not_there_are_reported_at_the_field() {
    let folder = library(&format!(
        "#[derive(Enumeration)] enum OrderStatus {{ A }}\n\
         #[derive(Table)] struct Order {{ id: Uuid, status: OrderStatsu, code: Strng, total: Money, log: Vec<OrderStatus>, {STANDARD} }}\n\
         #[derive(SqlType)] struct A(B);\n#[derive(SqlType)] struct B(A);\n#[derive(SqlType)] struct C(Unknown);\n"
    ));
    let declare = "derive `Enumeration` or `SqlType` for it in this crate, or say what it is in SQL:";
    assert_eq!(
        folder.errors(),
        [
            "src/lib.rs:2:51 [OrderStatsu] column_type: orders.status: `OrderStatsu` is not a column type that this crate defines (did you mean `OrderStatus`?)".to_owned(),
            "src/lib.rs:2:70 [Strng] column_type: orders.code: `Strng` is not a column type that this crate defines (did you mean `String`?)".to_owned(),
            format!("src/lib.rs:2:84 [Money] column_type: orders.total: `Money` is not a column type that this crate defines ({declare} #[column(type = \"…\")])"),
            "src/lib.rs:2:96 [Vec<OrderStatus>] column_type: orders.log: an array of the enumeration `OrderStatus`: no check could hold its elements to the values (make a junction table with one row for each value, or use `Json<Vec<OrderStatus>>`)".to_owned(),
            "src/lib.rs:3:27 [A] column_type: A: `A` is made of itself (wrap a type that has a column)".to_owned(),
            format!("src/lib.rs:5:27 [C] column_type: C: `Unknown` is not a column type that this crate defines ({declare} #[sql_type(type = \"…\")])"),
        ]
    );
}

#[test]
fn foreign_keys_are_held_against_the_model_that_they_name() {
    let order = |attribute: &str| {
        format!("#[derive(Table)] struct Order {{ id: Uuid, {attribute} user_id: Uuid, {STANDARD} }}\n")
    };
    let user = format!("#[derive(Table)] #[table(name = \"app_users\")] struct User {{ id: Uuid, {STANDARD} }}\n");
    // The name of the column is another rule's concern.
    let errors = |attribute: &str| -> Vec<String> {
        let found = library(&format!("{user}{}", order(attribute))).errors();
        found.into_iter().filter(|found| found.contains("foreign_key_target")).collect()
    };
    assert_eq!(
        errors("#[references(User, on_delete = restrict)]"),
        [
            "src/lib.rs:2:45 [references] foreign_key_target: orders.user_id: `User` is the table `app_users`, not `users` \
          (#[references(User, on_delete = restrict, table = \"app_users\")])"
        ]
    );
    assert_eq!(
        errors("#[references(Usr, on_delete = restrict)]"),
        [
            "src/lib.rs:2:45 [references] foreign_key_target: orders.user_id: there is no model `Usr` (did you mean `User`?    \
          #[references(User, on_delete = restrict)])"
        ]
    );
    let right =
        library(&format!("{user}{}", order("#[references(User, on_delete = restrict, table = \"app_users\")]")));
    assert_eq!(right.scan().unwrap().schema.tables["orders"].foreign_keys[0].table, "app_users");
    // A model that cannot be read is reported once, at itself.
    let broken =
        library(&format!("#[derive(Table)] struct User(i64);\n{}", order("#[references(User, on_delete = restrict)]")));
    assert_eq!(broken.errors().len(), 1);
}

#[test]
fn a_key_of_a_newtype_has_the_type_that_it_wraps() {
    let folder = library(&format!(
        "#[derive(SqlType)] struct Code(String);\n\
         #[derive(Table)] struct Country {{ id: Uuid, #[column(unique)] code: Code, {STANDARD} }}\n\
         #[derive(Table)] struct City {{ id: Uuid, #[references(Country, column = code, on_delete = restrict)] country_code: Code, {STANDARD} }}"
    ));
    let scan = folder.scan().unwrap_or_else(|failure| panic!("{:#?}", folder.texts(&failure.reports)));
    assert_eq!(scan.schema.tables["cities"].column("country_code").unwrap().sql_type, SqlType::Text);
}

#[test]
fn an_alias_is_the_type_that_it_names() {
    let folder = Crate::new(&[(
        "src/lib.rs",
        &format!(
            "type Id = Uuid; type Mail = Email; #[derive(SqlType)] pub struct Email(String);
             mod a {{ type Odd = i64; }} mod b {{ type Odd = String; }} type Maybe = Option<String>; type List<T> = Vec<T>;
             #[derive(Table)] pub struct User {{ id: Uuid, other: Id, mail: Option<Mail>, {STANDARD} }}"
        ),
    )]);
    let scan = folder.scan().unwrap_or_else(|failure| panic!("{:#?}", folder.texts(&failure.reports)));
    let users = &scan.schema.tables["users"];
    assert_eq!(users.column("other").unwrap().sql_type, SqlType::Uuid);
    assert_eq!(users.column("mail").unwrap().sql_type, SqlType::Text);
    // Two aliases of one name that are different types, and one that hides an Option, are believed to be nothing.
    for unknown in ["Odd", "Maybe"] {
        let source = format!(
            "mod a {{ type Odd = i64; }} mod b {{ type Odd = String; }} type Maybe = Option<String>;
             #[derive(Table)] pub struct User {{ id: Uuid, other: {unknown}, {STANDARD} }}"
        );
        let folder = Crate::new(&[("src/lib.rs", &source)]);
        let failure = folder.scan().unwrap_err();
        assert!(folder.texts(&failure.reports)[0].contains(&format!("`{unknown}`")), "{unknown}");
    }
}
