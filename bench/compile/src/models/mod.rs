//! The same models for every peer: ten columns, one of them a foreign key, in a shallow tree of references.

mod diesel;
mod entity_derive;
mod sea_orm;

/// A way to write the models.
pub struct Peer {
    pub name: &'static str,
    /// Lines of `[dependencies]`; `PRODUCT` stands for the folder of the product.
    pub dependencies: &'static str,
    pub header: &'static str,
    pub model: fn(usize) -> String,
    /// With what a program has beside its models: `schema.lock`, the migrations, and a build script that holds both
    /// against the models.
    pub is_project: bool,
    /// More models are checked only where the peer is named on the command line: they take minutes.
    pub most: usize,
}

/// With what a program that sends its rows to clients has besides: a runtime, and `serde` of the types.
const SQLX: &str = r#"sqlx = { version = "0.9", default-features = false, features = ["postgres", "runtime-tokio", "derive", "uuid", "chrono", "rust_decimal", "json"] }
serde = { version = "1", features = ["derive"] }
uuid = { version = "1", features = ["serde"] }
chrono = { version = "0.4", features = ["serde"] }
rust_decimal = { version = "1", features = ["serde"] }"#;

const TABLEWRIGHT: &str = r#"sqlx = { version = "0.9", default-features = false, features = ["postgres", "runtime-tokio"] }
tablewright = { path = "PRODUCT" }"#;

pub const PEERS: &[Peer] = &[
    Peer {
        name: "sqlx",
        dependencies: SQLX,
        header: SQLX_HEADER,
        model: |index| sqlx(index, "#[derive(sqlx::FromRow, serde::Serialize)]\n"),
        is_project: false,
        most: usize::MAX,
    },
    // Structs without any derive: what is left when the derives cost nothing.
    Peer {
        name: "structs",
        dependencies: SQLX,
        header: SQLX_HEADER,
        model: |index| sqlx(index, ""),
        is_project: false,
        most: usize::MAX,
    },
    // sqlx has no `derive` here: ours reads its rows itself.
    Peer {
        name: "tablewright",
        dependencies: TABLEWRIGHT,
        header: "use tablewright::prelude::*;\n",
        model: |index| tablewright(index, "Table", true),
        is_project: true,
        most: usize::MAX,
    },
    // With `Serialize` besides, and all that the yardstick has.
    Peer {
        name: "tablewright-serialize",
        dependencies: r#"tablewright = { path = "PRODUCT" }
sqlx = { version = "0.9", default-features = false, features = ["postgres", "runtime-tokio", "derive", "uuid", "chrono", "rust_decimal", "json"] }
serde = { version = "1", features = ["derive"] }
uuid = { version = "1", features = ["serde"] }
chrono = { version = "0.4", features = ["serde"] }
rust_decimal = { version = "1", features = ["serde"] }"#,
        header: "use tablewright::prelude::*;\n",
        model: |index| tablewright(index, "Table, serde::Serialize", true),
        is_project: true,
        most: usize::MAX,
    },
    // The models alone: what the lock, the build script and the queries cost is the difference.
    Peer {
        name: "tablewright-models",
        dependencies: TABLEWRIGHT,
        header: "use tablewright::prelude::*;\n",
        model: |index| tablewright(index, "Table", false),
        is_project: false,
        most: usize::MAX,
    },
    diesel::MODELS,
    diesel::HELPERS,
    sea_orm::COMPACT,
    sea_orm::DENSE,
    entity_derive::PEER,
];

const SQLX_HEADER: &str = "use sqlx::types::chrono::{DateTime, Utc};\nuse sqlx::types::{Decimal, Uuid};\n";

const WORDS: [&str; 20] = [
    "Alpha", "Bravo", "Carbon", "Delta", "Echo", "Falcon", "Grape", "Harbor", "Island", "Jungle", "Kernel", "Lemon",
    "Mango", "Nectar", "Ocean", "Piano", "Quartz", "River", "Sierra", "Timber",
];

/// `(CarbonItem, carbon_item)`: names without digits, as people write them.
fn name(index: usize) -> (String, String) {
    let mut words = Vec::new();
    let mut rest = index;
    loop {
        words.insert(0, WORDS[rest % WORDS.len()]);
        rest /= WORDS.len();
        if rest == 0 {
            break;
        }
    }
    words.push("Item");
    (words.concat(), words.join("_").to_lowercase())
}

/// The model that a model references: a tree in which each has ten children. The root references itself.
fn parent(index: usize) -> (String, String) {
    name(index / 10)
}

fn sqlx(index: usize, derive: &str) -> String {
    let ((name, _), (_, parent)) = (name(index), parent(index));
    format!(
        "
/// A thing.
{derive}pub struct {name} {{
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
"
    )
}

fn tablewright(index: usize, derive: &str, with_queries: bool) -> String {
    let ((name, _), (model, parent)) = (name(index), parent(index));
    let queries = if with_queries {
        format!(
            "#[index({parent}_id, created_at desc, id desc)]
#[query(recent_of_{parent}({parent}_id), order(created_at desc), page)]
#[query(finish(code), update(finished_at = \"now()\"))]
"
        )
    } else {
        String::new()
    };
    format!(
        "
/// A thing.
#[derive({derive})]
{queries}pub struct {name} {{
    pub id: Uuid,
    #[references({model}, on_delete = restrict)]
    pub {parent}_id: Option<Uuid>,
    #[column(unique)]
    pub code: String,
    pub title: String,
    pub quantity: i64,
    #[column(numeric(12, 2), check = \"price >= 0\")]
    pub price: Decimal,
    pub is_active: bool,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}}
"
    )
}
