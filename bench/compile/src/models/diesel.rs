//! diesel: it has no attribute that stands for a table with its statements, so what a program writes by hand is here twice:
//! the models alone, and the models with the functions that ours generates for every table.

use super::{Peer, name, parent};

const DEPENDENCIES: &str = r#"diesel = { version = "2.3", default-features = false, features = ["chrono", "postgres_backend", "uuid"] }
diesel-async = { version = "0.9", features = ["postgres"] }
serde = { version = "1", features = ["derive"] }
uuid = { version = "1", features = ["serde"] }
chrono = { version = "0.4", features = ["serde"] }
rust_decimal = { version = "1", features = ["db-diesel2-postgres", "serde"] }"#;

const HEADER: &str = "use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use rust_decimal::Decimal;
use uuid::Uuid;
";

pub const MODELS: Peer = Peer {
    name: "diesel",
    dependencies: DEPENDENCIES,
    header: "use chrono::{DateTime, Utc};\nuse diesel::prelude::*;\nuse rust_decimal::Decimal;\nuse uuid::Uuid;\n",
    model: models,
    is_project: false,
    most: 300,
};

pub const HELPERS: Peer = Peer {
    name: "diesel-helpers",
    dependencies: DEPENDENCIES,
    header: HEADER,
    model: |index| models(index) + &helpers(index),
    is_project: false,
    most: 100,
};

fn models(index: usize) -> String {
    let ((name, table), (_, parent)) = (name(index), parent(index));
    // Only a table and the one that it references are told that they may stand in one query: all with all, as
    // `diesel print-schema` writes it, grows with the square of the tables.
    let joined = if table == parent {
        String::new()
    } else {
        format!(
            "diesel::joinable!({table}s -> {parent}s ({parent}_id));
diesel::allow_tables_to_appear_in_same_query!({table}s, {parent}s);
"
        )
    };
    format!(
        "
diesel::table! {{
    {table}s (id) {{
        id -> Uuid,
        {parent}_id -> Nullable<Uuid>,
        code -> Text,
        title -> Text,
        quantity -> BigInt,
        price -> Numeric,
        is_active -> Bool,
        finished_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }}
}}
{joined}
/// A thing.
#[derive(Identifiable, Queryable, Selectable, serde::Serialize)]
#[diesel(table_name = {table}s, check_for_backend(diesel::pg::Pg))]
pub struct {name} {{
    pub id: Uuid,
    pub {parent}_id: Option<Uuid>,
    pub code: String,
    pub title: String,
    pub quantity: i64,
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}}

#[derive(Insertable)]
#[diesel(table_name = {table}s)]
pub struct New{name} {{
    pub {parent}_id: Option<Uuid>,
    pub code: String,
    pub title: String,
    pub quantity: i64,
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
}}

#[derive(AsChangeset)]
#[diesel(table_name = {table}s)]
pub struct {name}Patch {{
    pub {parent}_id: Option<Option<Uuid>>,
    pub code: Option<String>,
    pub title: Option<String>,
    pub quantity: Option<i64>,
    pub price: Option<Decimal>,
    pub is_active: Option<bool>,
    pub finished_at: Option<Option<DateTime<Utc>>>,
}}
"
    )
}

fn helpers(index: usize) -> String {
    let ((name, table), (_, parent)) = (name(index), parent(index));
    format!(
        "
impl {name} {{
    pub async fn find(db: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Option<Self>> {{
        {table}s::table.find(id).select(Self::as_select()).first(db).await.optional()
    }}

    pub async fn find_by_code(db: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Self>> {{
        {table}s::table.filter({table}s::code.eq(code)).select(Self::as_select()).first(db).await.optional()
    }}

    pub async fn list_by_{parent}_id(
        db: &mut AsyncPgConnection,
        parent: Uuid,
        after: Uuid,
        limit: i64,
    ) -> QueryResult<Vec<Self>> {{
        {table}s::table
            .filter({table}s::{parent}_id.eq(parent))
            .filter({table}s::id.gt(after))
            .order({table}s::id)
            .limit(limit)
            .select(Self::as_select())
            .load(db)
            .await
    }}

    pub async fn insert(db: &mut AsyncPgConnection, new: New{name}) -> QueryResult<Self> {{
        diesel::insert_into({table}s::table).values(new).returning(Self::as_returning()).get_result(db).await
    }}

    pub async fn insert_many(db: &mut AsyncPgConnection, rows: Vec<New{name}>) -> QueryResult<usize> {{
        diesel::insert_into({table}s::table).values(rows).execute(db).await
    }}

    pub async fn update(db: &mut AsyncPgConnection, id: Uuid, patch: {name}Patch) -> QueryResult<Option<Self>> {{
        diesel::update({table}s::table.find(id))
            .set((patch, {table}s::updated_at.eq(diesel::dsl::now)))
            .returning(Self::as_returning())
            .get_result(db)
            .await
            .optional()
    }}

    pub async fn delete(db: &mut AsyncPgConnection, id: Uuid) -> QueryResult<usize> {{
        diesel::delete({table}s::table.find(id)).execute(db).await
    }}
}}
"
    )
}
