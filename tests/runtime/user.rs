//! `User`, hand-expanded: a hard-deleted table with a unique column.

use tablewright::prelude::*;

/// A customer.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: Uuid,
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

// ---- emitted from here on ----

/// A new row of `users`.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub email: String,
    /// What the database fills in where it is left out.
    pub optional: UserOptional,
}

/// What a new row of `users` may leave out.
#[derive(Debug, Clone, Default)]
pub struct UserOptional {
    pub id: ::core::option::Option<Uuid>,
    pub created_at: ::core::option::Option<DateTime<Utc>>,
}

/// A change of a row of `users`.
#[derive(Debug, Clone, Default)]
pub struct UserPatch {
    pub email: ::core::option::Option<String>,
}

/// The constraints of `users`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UserConstraint {
    PrimaryKey,
    EmailUnique,
}

impl ::tablewright::Constraint for UserConstraint {
    const ALL: &'static [(&'static str, Self)] =
        &[("users_pkey", Self::PrimaryKey), ("users_email_unique", Self::EmailUnique)];
}

const _: () = ::tablewright::rt::witness::<Uuid>("UUID", "`users.id` is believed to be UUID");
const _: () = ::tablewright::rt::witness::<String>("TEXT", "`users.email` is believed to be TEXT");
const _: () =
    ::tablewright::rt::witness::<DateTime<Utc>>("TIMESTAMPTZ", "`users.created_at` is believed to be TIMESTAMPTZ");

impl User {
    pub const CREATE_TABLE: &'static str = "CREATE TABLE users (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    email TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_unique UNIQUE (email)
)";
    pub const CREATE_INDEXES: &'static str = "";
    pub const FIND_BY_EMAIL: &'static str = "SELECT id, email, created_at, updated_at FROM users WHERE email = $1";

    /// The row with this `email`. Runs [`FIND_BY_EMAIL`](Self::FIND_BY_EMAIL).
    pub fn find_by_email<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        email: &str,
    ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<::core::option::Option<Self>>> {
        ::tablewright::rt::optional::<Self>(db, Self::FIND_BY_EMAIL, (email,))
    }
}

impl ::tablewright::rt::Row for NewUser {
    const COLUMNS: usize = 3;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.optional.id),
            1 => cell.put(&self.email),
            _ => cell.put(&self.optional.created_at),
        }
    }
}

impl ::tablewright::rt::Row for UserPatch {
    const COLUMNS: usize = 1;

    fn put(&self, _column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        cell.put(&self.email)
    }
}

impl ::tablewright::Table for User {
    type Key = Uuid;
    type New = NewUser;
    type Constraint = UserConstraint;

    const NAME: &'static str = "users";
    const CREATE_TABLE: &'static str = User::CREATE_TABLE;
    const CREATE_INDEXES: &'static str = User::CREATE_INDEXES;
    const KEY_COLUMNS: usize = 1;
    const UNNEST: bool = true;
    const FIND: &'static str = "SELECT id, email, created_at, updated_at FROM users WHERE id = $1";
    const FIND_MANY: &'static str = "SELECT id, email, created_at, updated_at FROM users WHERE id = ANY($1::uuid[])";
    const EXISTS: &'static str = "SELECT EXISTS (SELECT 1 FROM users WHERE id = $1)";
    const COUNT: &'static str = "SELECT count(*) FROM users";
    const INSERT: &'static str = "INSERT INTO users (id, email, created_at) \
        VALUES (COALESCE($1::uuid, gen_random_uuid()), $2::text, COALESCE($3::timestamptz, now())) \
        RETURNING id, email, created_at, updated_at";
    const INSERT_MANY: &'static str = "INSERT INTO users (id, email, created_at) \
        SELECT COALESCE(n.id, gen_random_uuid()), n.email, COALESCE(n.created_at, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::timestamptz[]) AS n(id, email, created_at)";
    const INSERT_MANY_RETURNING: &'static str = "INSERT INTO users (id, email, created_at) \
        SELECT COALESCE(n.id, gen_random_uuid()), n.email, COALESCE(n.created_at, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::timestamptz[]) AS n(id, email, created_at) \
        RETURNING id, email, created_at, updated_at";

    fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: ::tablewright::rt::column(row, 0)?,
            email: ::tablewright::rt::column(row, 1)?,
            created_at: ::tablewright::rt::column(row, 2)?,
            updated_at: ::tablewright::rt::column(row, 3)?,
        })
    }

    fn put_key(key: &Self::Key, _column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        cell.put(key)
    }
}

impl ::tablewright::Update for User {
    type Patch = UserPatch;

    const UPDATE: &'static str = "UPDATE users SET email = COALESCE($2::text, email), updated_at = now() \
        WHERE id = $1 RETURNING id, email, created_at, updated_at";
}

impl ::tablewright::Delete for User {
    const DELETE: &'static str = "DELETE FROM users WHERE id = $1";
}
