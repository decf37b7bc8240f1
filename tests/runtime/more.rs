//! More forms of tables, hand-expanded: a junction (composite key), an append-only table (sequential key, a native
//! enumeration, a newtype), and one with an array column, which cannot go through UNNEST.

use tablewright::prelude::*;

use super::order::Order;

/// A tag of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderTag {
    pub order_id: Uuid,
    pub tag: String,
    pub created_at: DateTime<Utc>,
}

// ---- emitted ----

/// A new row of `order_tags`.
#[derive(Debug, Clone)]
pub struct NewOrderTag {
    pub order_id: Uuid,
    pub tag: String,
    pub optional: OrderTagOptional,
}

/// What a new row of `order_tags` may leave out.
#[derive(Debug, Clone, Default)]
pub struct OrderTagOptional {
    pub created_at: ::core::option::Option<DateTime<Utc>>,
}

/// The constraints of `order_tags`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderTagConstraint {
    PrimaryKey,
    OrderIdForeignKey,
}

impl ::tablewright::Constraint for OrderTagConstraint {
    const ALL: &'static [(&'static str, Self)] =
        &[("order_tags_pkey", Self::PrimaryKey), ("order_tags_order_id_fkey", Self::OrderIdForeignKey)];
}

const _: () = ::tablewright::rt::references::<Uuid, Order>();

impl ::tablewright::rt::Row for NewOrderTag {
    const COLUMNS: usize = 3;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.order_id),
            1 => cell.put(&self.tag),
            _ => cell.put(&self.optional.created_at),
        }
    }
}

impl ::tablewright::Table for OrderTag {
    type Key = (Uuid, String);
    type New = NewOrderTag;
    type Constraint = OrderTagConstraint;

    const NAME: &'static str = "order_tags";
    const CREATE_TABLE: &'static str = "CREATE TABLE order_tags (
    order_id UUID NOT NULL,
    tag TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT order_tags_pkey PRIMARY KEY (order_id, tag),
    CONSTRAINT order_tags_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT
)";
    const CREATE_INDEXES: &'static str = "CREATE INDEX idx_order_tags_tag_order_id ON order_tags (tag, order_id);\n";
    const KEY_COLUMNS: usize = 2;
    const UNNEST: bool = true;
    const FIND: &'static str = "SELECT order_id, tag, created_at FROM order_tags WHERE order_id = $1 AND tag = $2";
    const FIND_MANY: &'static str = "SELECT order_id, tag, created_at FROM order_tags \
        WHERE (order_id, tag) IN (SELECT * FROM UNNEST($1::uuid[], $2::text[]))";
    const EXISTS: &'static str = "SELECT EXISTS (SELECT 1 FROM order_tags WHERE order_id = $1 AND tag = $2)";
    const COUNT: &'static str = "SELECT count(*) FROM order_tags";
    const INSERT: &'static str = "INSERT INTO order_tags (order_id, tag, created_at) \
        VALUES ($1::uuid, $2::text, COALESCE($3::timestamptz, now())) RETURNING order_id, tag, created_at";
    const INSERT_MANY: &'static str = "INSERT INTO order_tags (order_id, tag, created_at) \
        SELECT n.c1, n.c2, COALESCE(n.c3, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::timestamptz[]) AS n(c1, c2, c3)";
    const INSERT_MANY_RETURNING: &'static str = "INSERT INTO order_tags (order_id, tag, created_at) \
        SELECT n.c1, n.c2, COALESCE(n.c3, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::timestamptz[]) AS n(c1, c2, c3) \
        RETURNING order_id, tag, created_at";

    fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
        ::core::result::Result::Ok(Self {
            order_id: ::tablewright::rt::column(row, 0)?,
            tag: ::tablewright::rt::column(row, 1)?,
            created_at: ::tablewright::rt::column(row, 2)?,
        })
    }

    fn put_key(key: &Self::Key, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&key.0),
            _ => cell.put(&key.1),
        }
    }
}

impl ::tablewright::Delete for OrderTag {
    const DELETE: &'static str = "DELETE FROM order_tags WHERE order_id = $1 AND tag = $2";
}

/// Who did something.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor(pub String);

// ---- emitted from `#[derive(SqlType)]`: everything is the inner type's ----

impl ::tablewright::SqlType for Actor {
    const NAME: &'static str = <String as ::tablewright::SqlType>::NAME;
}

impl ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres> for Actor {
    fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
        <String as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::type_info()
    }

    fn compatible(found: &::tablewright::sqlx::postgres::PgTypeInfo) -> bool {
        <String as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::compatible(found)
    }
}

impl<'q> ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres> for Actor {
    fn encode_by_ref(
        &self,
        buffer: &mut ::tablewright::sqlx::postgres::PgArgumentBuffer,
    ) -> ::core::result::Result<::tablewright::sqlx::encode::IsNull, ::tablewright::sqlx::error::BoxDynError> {
        <String as ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres>>::encode_by_ref(&self.0, buffer)
    }

    fn size_hint(&self) -> usize {
        <String as ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres>>::size_hint(&self.0)
    }
}

impl<'r> ::tablewright::sqlx::Decode<'r, ::tablewright::sqlx::Postgres> for Actor {
    fn decode(
        value: ::tablewright::sqlx::postgres::PgValueRef<'r>,
    ) -> ::core::result::Result<Self, ::tablewright::sqlx::error::BoxDynError> {
        <String as ::tablewright::sqlx::Decode<'r, ::tablewright::sqlx::Postgres>>::decode(value).map(Self)
    }
}

/// What happened: a native enumeration of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    Created,
    Changed,
}

pub const CREATE_EVENT_KIND: &str = "CREATE TYPE event_kind AS ENUM ('created', 'changed')";

// ---- emitted from `#[derive(Enumeration)]`, native ----

impl ::tablewright::Enumeration for EventKind {
    const ALL: &'static [Self] = &[Self::Created, Self::Changed];

    fn as_str(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
        }
    }

    fn from_text(text: &str) -> ::core::option::Option<Self> {
        match text {
            "created" => ::core::option::Option::Some(Self::Created),
            "changed" => ::core::option::Option::Some(Self::Changed),
            _ => ::core::option::Option::None,
        }
    }
}

impl ::tablewright::SqlType for EventKind {
    const NAME: &'static str = "event_kind";
}

impl ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres> for EventKind {
    fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
        ::tablewright::sqlx::postgres::PgTypeInfo::with_name("event_kind")
    }
}

impl ::tablewright::sqlx::Encode<'_, ::tablewright::sqlx::Postgres> for EventKind {
    fn encode_by_ref(
        &self,
        buffer: &mut ::tablewright::sqlx::postgres::PgArgumentBuffer,
    ) -> ::core::result::Result<::tablewright::sqlx::encode::IsNull, ::tablewright::sqlx::error::BoxDynError> {
        <&::core::primitive::str as ::tablewright::sqlx::Encode<'_, ::tablewright::sqlx::Postgres>>::encode_by_ref(
            &::tablewright::Enumeration::as_str(self),
            buffer,
        )
    }
}

impl ::tablewright::sqlx::Decode<'_, ::tablewright::sqlx::Postgres> for EventKind {
    fn decode(
        value: ::tablewright::sqlx::postgres::PgValueRef<'_>,
    ) -> ::core::result::Result<Self, ::tablewright::sqlx::error::BoxDynError> {
        ::tablewright::rt::decode_enumeration(value)
    }
}

/// What happened to an order; never changed, never deleted.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderEvent {
    pub id: i64,
    pub order_id: Option<Uuid>,
    pub kind: EventKind,
    pub actor: Actor,
    pub created_at: DateTime<Utc>,
}

/// A new row of `order_events`; its `id` is the database's.
#[derive(Debug, Clone)]
pub struct NewOrderEvent {
    pub kind: EventKind,
    pub actor: Actor,
    pub optional: OrderEventOptional,
}

/// What a new row of `order_events` may leave out.
#[derive(Debug, Clone, Default)]
pub struct OrderEventOptional {
    pub order_id: Option<Uuid>,
    pub created_at: ::core::option::Option<DateTime<Utc>>,
}

/// The constraints of `order_events`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderEventConstraint {
    PrimaryKey,
    OrderIdForeignKey,
}

impl ::tablewright::Constraint for OrderEventConstraint {
    const ALL: &'static [(&'static str, Self)] =
        &[("order_events_pkey", Self::PrimaryKey), ("order_events_order_id_fkey", Self::OrderIdForeignKey)];
}

const _: () = ::tablewright::rt::references::<Option<Uuid>, Order>();

impl ::tablewright::rt::Row for NewOrderEvent {
    const COLUMNS: usize = 4;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.optional.order_id),
            1 => cell.put(&self.kind),
            2 => cell.put(&self.actor),
            _ => cell.put(&self.optional.created_at),
        }
    }
}

impl ::tablewright::Table for OrderEvent {
    type Key = i64;
    type New = NewOrderEvent;
    type Constraint = OrderEventConstraint;

    const NAME: &'static str = "order_events";
    // The foreign key is deferrable, so that the tests see an error that comes after the returned row.
    const CREATE_TABLE: &'static str = "CREATE TABLE order_events (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    order_id UUID,
    kind event_kind NOT NULL,
    actor TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT order_events_pkey PRIMARY KEY (id),
    CONSTRAINT order_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED
)";
    const CREATE_INDEXES: &'static str = "CREATE INDEX idx_order_events_order_id ON order_events (order_id);\n";
    const KEY_COLUMNS: usize = 1;
    const UNNEST: bool = true;
    const FIND: &'static str = "SELECT id, order_id, kind, actor, created_at FROM order_events WHERE id = $1";
    const FIND_MANY: &'static str =
        "SELECT id, order_id, kind, actor, created_at FROM order_events WHERE id = ANY($1::bigint[])";
    const EXISTS: &'static str = "SELECT EXISTS (SELECT 1 FROM order_events WHERE id = $1)";
    const COUNT: &'static str = "SELECT count(*) FROM order_events";
    const INSERT: &'static str = "INSERT INTO order_events (order_id, kind, actor, created_at) \
        VALUES ($1::uuid, $2::event_kind, $3::text, COALESCE($4::timestamptz, now())) \
        RETURNING id, order_id, kind, actor, created_at";
    const INSERT_MANY: &'static str = "INSERT INTO order_events (order_id, kind, actor, created_at) \
        SELECT n.c1, n.c2, n.c3, COALESCE(n.c4, now()) \
        FROM UNNEST($1::uuid[], $2::event_kind[], $3::text[], $4::timestamptz[]) AS n(c1, c2, c3, c4)";
    const INSERT_MANY_RETURNING: &'static str = "INSERT INTO order_events (order_id, kind, actor, created_at) \
        SELECT n.c1, n.c2, n.c3, COALESCE(n.c4, now()) \
        FROM UNNEST($1::uuid[], $2::event_kind[], $3::text[], $4::timestamptz[]) AS n(c1, c2, c3, c4) \
        RETURNING id, order_id, kind, actor, created_at";

    fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: ::tablewright::rt::column(row, 0)?,
            order_id: ::tablewright::rt::column(row, 1)?,
            kind: ::tablewright::rt::column(row, 2)?,
            actor: ::tablewright::rt::column(row, 3)?,
            created_at: ::tablewright::rt::column(row, 4)?,
        })
    }

    fn put_key(key: &Self::Key, _column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        cell.put(key)
    }
}

/// A note with labels: the labels are an array column.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub id: Uuid,
    pub labels: Vec<String>,
    pub picture: Option<Vec<u8>>,
}

/// A new row of `notes`.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub labels: Vec<String>,
    pub optional: NoteOptional,
}

/// What a new row of `notes` may leave out.
#[derive(Debug, Clone, Default)]
pub struct NoteOptional {
    pub id: ::core::option::Option<Uuid>,
    pub picture: Option<Vec<u8>>,
}

/// The constraints of `notes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteConstraint {
    PrimaryKey,
}

impl ::tablewright::Constraint for NoteConstraint {
    const ALL: &'static [(&'static str, Self)] = &[("notes_pkey", Self::PrimaryKey)];
}

const _: () = ::tablewright::rt::witness::<Vec<String>>("TEXT[]", "`notes.labels`");
const _: () = ::tablewright::rt::witness::<Option<Vec<u8>>>("BYTEA", "`notes.picture`");

impl ::tablewright::rt::Row for NewNote {
    const COLUMNS: usize = 3;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.optional.id),
            1 => cell.put(&self.labels),
            _ => cell.put(&self.optional.picture),
        }
    }
}

impl ::tablewright::Table for Note {
    type Key = Uuid;
    type New = NewNote;
    type Constraint = NoteConstraint;

    const NAME: &'static str = "notes";
    const CREATE_TABLE: &'static str = "CREATE TABLE notes (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    labels TEXT[] NOT NULL,
    picture BYTEA,
    CONSTRAINT notes_pkey PRIMARY KEY (id)
)";
    const CREATE_INDEXES: &'static str = "";
    const KEY_COLUMNS: usize = 1;
    const UNNEST: bool = false;
    const FIND: &'static str = "SELECT id, labels, picture FROM notes WHERE id = $1";
    const FIND_MANY: &'static str = "SELECT id, labels, picture FROM notes WHERE id = ANY($1::uuid[])";
    const EXISTS: &'static str = "SELECT EXISTS (SELECT 1 FROM notes WHERE id = $1)";
    const COUNT: &'static str = "SELECT count(*) FROM notes";
    const INSERT: &'static str = "INSERT INTO notes (id, labels, picture) \
        VALUES (COALESCE($1::uuid, gen_random_uuid()), $2::text[], $3::bytea) RETURNING id, labels, picture";
    const INSERT_MANY: &'static str = "";
    const INSERT_MANY_RETURNING: &'static str = "";

    fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: ::tablewright::rt::column(row, 0)?,
            labels: ::tablewright::rt::column(row, 1)?,
            picture: ::tablewright::rt::column(row, 2)?,
        })
    }

    fn put_key(key: &Self::Key, _column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        cell.put(key)
    }
}
