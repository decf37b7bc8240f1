//! sea-orm, in both of its forms. Both give reading, inserting, changing and deleting by traits.

use super::{Peer, name, parent};

const DEPENDENCIES: &str = r#"sea-orm = { version = "2", default-features = false, features = ["macros", "runtime-tokio", "sqlx-postgres", "with-chrono", "with-json", "with-rust_decimal", "with-uuid"] }
serde = { version = "1", features = ["derive"] }"#;

pub const COMPACT: Peer = Peer {
    name: "sea-orm-compact",
    dependencies: DEPENDENCIES,
    header: "",
    model: compact,
    is_project: false,
    most: 300,
};

pub const DENSE: Peer =
    Peer { name: "sea-orm-dense", dependencies: DEPENDENCIES, header: "", model: dense, is_project: false, most: 100 };

fn columns(parent: &str) -> String {
    format!(
        "        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub {parent}_id: Option<Uuid>,
        #[sea_orm(unique)]
        pub code: String,
        pub title: String,
        pub quantity: i64,
        #[sea_orm(column_type = \"Decimal(Some((12, 2)))\")]
        pub price: Decimal,
        pub is_active: bool,
        pub finished_at: Option<DateTimeUtc>,
        pub created_at: DateTimeUtc,
        pub updated_at: DateTimeUtc,
"
    )
}

/// The relation's name: `CarbonItemId` for `carbon_item_id`.
fn variant(model: &str) -> String {
    format!("{model}Id")
}

fn compact(index: usize) -> String {
    let ((_, table), (model, parent)) = (name(index), parent(index));
    // The root references itself, which a relation to another entity is not.
    let relation = if table == parent {
        "    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]\n    pub enum Relation {}\n".to_owned()
    } else {
        format!(
            "    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {{
        #[sea_orm(
            belongs_to = \"super::{parent}::Entity\",
            from = \"Column::{}\",
            to = \"super::{parent}::Column::Id\",
            on_delete = \"Restrict\"
        )]
        Parent,
    }}

    impl Related<super::{parent}::Entity> for Entity {{
        fn to() -> RelationDef {{
            Relation::Parent.def()
        }}
    }}
",
            variant(&model)
        )
    };
    format!(
        "
pub mod {table} {{
    use sea_orm::entity::prelude::*;

    /// A thing.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = \"{table}s\")]
    pub struct Model {{
{}    }}

{relation}
    impl ActiveModelBehavior for ActiveModel {{}}
}}
",
        columns(&parent)
    )
}

fn dense(index: usize) -> String {
    let ((_, table), (_, parent)) = (name(index), parent(index));
    let relation = if table == parent {
        String::new()
    } else {
        format!(
            "        #[sea_orm(belongs_to, from = \"{parent}_id\", to = \"id\", on_delete = \"Restrict\")]
        pub parent: BelongsTo<Option<super::{parent}::Entity>>,
"
        )
    };
    format!(
        "
pub mod {table} {{
    use sea_orm::entity::prelude::*;

    /// A thing.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = \"{table}s\")]
    pub struct Model {{
{}{relation}    }}

    impl ActiveModelBehavior for ActiveModel {{}}
}}
",
        columns(&parent)
    )
}
