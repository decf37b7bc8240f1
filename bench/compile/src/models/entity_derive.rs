//! entity-derive: a repository over `sqlx::PgPool` for each model, with its own types of inputs and answers.

use super::{Peer, name, parent};

pub const PEER: Peer = Peer {
    name: "entity-derive",
    dependencies: r#"entity-derive = { version = "0.22", default-features = false, features = ["postgres"] }
sqlx = { version = "0.9", default-features = false, features = ["postgres", "runtime-tokio", "derive", "uuid", "chrono", "rust_decimal", "json"] }
serde = { version = "1", features = ["derive"] }
uuid = { version = "1", features = ["serde", "v4", "v7"] }
chrono = { version = "0.4", features = ["serde"] }
rust_decimal = { version = "1", features = ["serde"] }"#,
    header: "use chrono::{DateTime, Utc};\nuse entity_derive::Entity;\nuse rust_decimal::Decimal;\nuse uuid::Uuid;\n",
    model,
    is_project: false,
    most: 100,
};

fn model(index: usize) -> String {
    let ((name, table), (model, parent)) = (name(index), parent(index));
    format!(
        "
/// A thing.
#[derive(Clone, Debug, Entity)]
#[entity(table = \"{table}s\")]
pub struct {name} {{
    #[id]
    pub id: Uuid,
    #[field(create, update, response)]
    #[belongs_to({model})]
    pub {parent}_id: Option<Uuid>,
    #[field(create, update, response)]
    #[column(unique)]
    pub code: String,
    #[field(create, update, response)]
    pub title: String,
    #[field(create, update, response)]
    pub quantity: i64,
    #[field(create, update, response)]
    pub price: Decimal,
    #[field(create, update, response)]
    pub is_active: bool,
    #[field(create, update, response)]
    pub finished_at: Option<DateTime<Utc>>,
    #[field(response)]
    #[auto]
    pub created_at: DateTime<Utc>,
    #[field(response)]
    #[auto]
    pub updated_at: DateTime<Utc>,
}}
"
    )
}
