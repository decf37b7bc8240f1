use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[index("COALESCE(name, '')", "room + 1", name = "rooms_coalesce_expr_idx")]
#[index(
    "lower(name)",
    unique,
    where = "room IS NOT NULL",
    name = "rooms_lower_idx"
)]
#[index(name ops("gin_trgm_ops"), using = gin, name = "rooms_name_idx")]
#[index(room, using = brin, with(pages_per_range = 4), name = "rooms_room_idx")]
#[index(room, with(fillfactor = 70), name = "rooms_room_idx1")]
#[exclude(room with "=", during with "&&", where = "name IS NOT NULL")]
pub struct Room {
    pub id: Uuid,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub room: Option<i32>,
    pub during: Option<sqlx::postgres::types::PgRange<DateTime<Utc>>>,
    pub price: Option<sqlx::postgres::types::PgRange<i32>>,
    pub name: Option<String>,
}
