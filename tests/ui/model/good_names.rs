//! A model may have any name that the prelude could have taken: it brings traits without their names, and no such type.
#![allow(dead_code)]

mod models {
    use tablewright::prelude::*;

    #[derive(Table)]
    pub struct Constraint {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Cursor {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Delete {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Error {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Page {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct SoftDelete {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Update {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    pub struct Violation {
        pub id: Uuid,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
    }
}

use models::*;
use tablewright::prelude::*;
use tablewright::sqlx;

async fn callers(pool: &sqlx::PgPool, id: Uuid) -> sqlx::Result<()> {
    Constraint::find(pool, id).await?;
    Constraint::delete(pool, id).await?;
    Cursor::find(pool, id).await?;
    Cursor::delete(pool, id).await?;
    Delete::find(pool, id).await?;
    Delete::delete(pool, id).await?;
    Error::find(pool, id).await?;
    Error::delete(pool, id).await?;
    Page::find(pool, id).await?;
    Page::delete(pool, id).await?;
    SoftDelete::find(pool, id).await?;
    SoftDelete::delete(pool, id).await?;
    Update::find(pool, id).await?;
    Update::delete(pool, id).await?;
    Violation::find(pool, id).await?;
    Violation::delete(pool, id).await?;
    Ok(())
}

fn main() {}
