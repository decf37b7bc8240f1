//! `Order`, hand-expanded: soft delete, an enumeration, a document, a numeric, defaults and optional columns. This is the
//! form that the derives emit.

use serde::{Deserialize, Serialize};
use tablewright::prelude::*;

use super::user::User;

/// Where an order goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderStatus {
    Pending,
    Paid,
    Shipped,
    Cancelled,
}

/// A customer's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub id: Uuid,
    pub order_number: String,
    pub user_id: Uuid,
    pub status: OrderStatus,
    pub total_amount: Decimal,
    pub shipping_address: Json<Address>,
    /// Nullable, and with a default: left out it is 'standard', `Some(None)` is NULL.
    pub carrier: Option<String>,
    pub ordered_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

// ---- emitted from `#[derive(Enumeration)]` ----

impl ::tablewright::Enumeration for OrderStatus {
    const ALL: &'static [Self] = &[Self::Pending, Self::Paid, Self::Shipped, Self::Cancelled];

    fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Cancelled => "cancelled",
        }
    }

    fn from_text(text: &str) -> ::core::option::Option<Self> {
        match text {
            "pending" => ::core::option::Option::Some(Self::Pending),
            "paid" => ::core::option::Option::Some(Self::Paid),
            "shipped" => ::core::option::Option::Some(Self::Shipped),
            "cancelled" => ::core::option::Option::Some(Self::Cancelled),
            _ => ::core::option::Option::None,
        }
    }
}

impl ::tablewright::SqlType for OrderStatus {
    const NAME: &'static str = "TEXT";
    const VALUES: ::core::option::Option<&'static str> =
        ::core::option::Option::Some("'pending', 'paid', 'shipped', 'cancelled'");
}

impl ::tablewright::ArrayElement for OrderStatus {
    const ARRAY: &'static str = "TEXT[]";
}

impl ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres> for OrderStatus {
    fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
        <::core::primitive::str as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::type_info()
    }

    fn compatible(found: &::tablewright::sqlx::postgres::PgTypeInfo) -> bool {
        <::core::primitive::str as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::compatible(found)
    }
}

impl ::tablewright::sqlx::postgres::PgHasArrayType for OrderStatus {
    fn array_type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
        <::std::string::String as ::tablewright::sqlx::postgres::PgHasArrayType>::array_type_info()
    }

    fn array_compatible(found: &::tablewright::sqlx::postgres::PgTypeInfo) -> bool {
        <::std::string::String as ::tablewright::sqlx::postgres::PgHasArrayType>::array_compatible(found)
    }
}

impl ::tablewright::sqlx::Encode<'_, ::tablewright::sqlx::Postgres> for OrderStatus {
    fn encode_by_ref(
        &self,
        buffer: &mut ::tablewright::sqlx::postgres::PgArgumentBuffer,
    ) -> ::core::result::Result<::tablewright::sqlx::encode::IsNull, ::tablewright::sqlx::error::BoxDynError> {
        <&::core::primitive::str as ::tablewright::sqlx::Encode<'_, ::tablewright::sqlx::Postgres>>::encode_by_ref(
            &::tablewright::Enumeration::as_str(self),
            buffer,
        )
    }

    fn size_hint(&self) -> usize {
        ::tablewright::Enumeration::as_str(self).len()
    }
}

impl ::tablewright::sqlx::Decode<'_, ::tablewright::sqlx::Postgres> for OrderStatus {
    fn decode(
        value: ::tablewright::sqlx::postgres::PgValueRef<'_>,
    ) -> ::core::result::Result<Self, ::tablewright::sqlx::error::BoxDynError> {
        ::tablewright::rt::decode_enumeration(value)
    }
}

// ---- emitted from `#[derive(Table)]` ----

/// A new row of `orders`.
#[derive(Debug, Clone)]
pub struct NewOrder {
    pub order_number: String,
    pub user_id: Uuid,
    pub status: OrderStatus,
    pub total_amount: Decimal,
    pub shipping_address: Json<Address>,
    /// What may be left out: `Default::default()`.
    pub optional: OrderOptional,
}

/// What a new row of `orders` may leave out; the database then takes the column's default, or NULL.
#[derive(Debug, Clone, Default)]
pub struct OrderOptional {
    pub id: ::core::option::Option<Uuid>,
    pub carrier: ::core::option::Option<Option<String>>,
    pub ordered_at: ::core::option::Option<DateTime<Utc>>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: ::core::option::Option<DateTime<Utc>>,
}

/// A change of a row of `orders`; what is left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct OrderPatch {
    pub order_number: ::core::option::Option<String>,
    pub user_id: ::core::option::Option<Uuid>,
    pub status: ::core::option::Option<OrderStatus>,
    pub total_amount: ::core::option::Option<Decimal>,
    pub shipping_address: ::core::option::Option<Json<Address>>,
    pub carrier: ::core::option::Option<Option<String>>,
    pub ordered_at: ::core::option::Option<DateTime<Utc>>,
    pub shipped_at: ::core::option::Option<Option<DateTime<Utc>>>,
    pub cancelled_at: ::core::option::Option<Option<DateTime<Utc>>>,
}

/// The constraints of `orders`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderConstraint {
    /// `orders_pkey`
    PrimaryKey,
    /// `orders_order_number_unique`
    OrderNumberUnique,
    /// `orders_user_id_fkey`
    UserIdForeignKey,
    /// `orders_status_check`
    StatusCheck,
    /// `orders_total_amount_check`
    TotalAmountCheck,
}

impl ::tablewright::Constraint for OrderConstraint {
    const ALL: &'static [(&'static str, Self)] = &[
        ("orders_pkey", Self::PrimaryKey),
        ("orders_order_number_unique", Self::OrderNumberUnique),
        ("orders_user_id_fkey", Self::UserIdForeignKey),
        ("orders_status_check", Self::StatusCheck),
        ("orders_total_amount_check", Self::TotalAmountCheck),
    ];
}

// One witness per field, each with the field's span.
const _: () = ::tablewright::rt::witness::<Uuid>("UUID", "`orders.id` is believed to be UUID");
const _: () = ::tablewright::rt::witness::<OrderStatus>("TEXT", "`orders.status` is believed to be TEXT");
const _: () = ::tablewright::rt::witness::<Decimal>("NUMERIC", "`orders.total_amount` is believed to be NUMERIC");
const _: () = ::tablewright::rt::witness::<Json<Address>>("JSONB", "`orders.shipping_address` is believed to be JSONB");
const _: () = ::tablewright::rt::witness::<Option<DateTime<Utc>>>(
    "TIMESTAMPTZ",
    "`orders.shipped_at` is believed to be TIMESTAMPTZ",
);
// One of each per foreign key, with the span of the field's type and of the target.
const _: () = ::tablewright::rt::references::<Uuid, User>();
const _: () = ::tablewright::rt::target::<User>("users", "`User` is believed to be the table `users`");

impl Order {
    /// The statement that creates `orders`.
    pub const CREATE_TABLE: &'static str = ::tablewright::rt::join!(
        "CREATE TABLE orders (
    id UUID NOT NULL DEFAULT gen_random_uuid(),
    order_number TEXT NOT NULL,
    user_id UUID NOT NULL,
    status TEXT NOT NULL,
    total_amount NUMERIC(12, 2) NOT NULL,
    shipping_address JSONB NOT NULL,
    carrier TEXT DEFAULT 'standard',
    ordered_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    shipped_at TIMESTAMPTZ,
    cancelled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    deleted_at TIMESTAMPTZ,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
    CONSTRAINT orders_total_amount_check CHECK (total_amount >= 0)",
        ::tablewright::rt::only_with_values::<OrderStatus>(",\n    CONSTRAINT orders_status_check CHECK (status IN ("),
        ::tablewright::rt::values::<OrderStatus>(),
        ::tablewright::rt::only_with_values::<OrderStatus>("))"),
        "\n)",
    );
    /// The statements that create the indexes of `orders`.
    pub const CREATE_INDEXES: &'static str = "\
CREATE UNIQUE INDEX orders_order_number_unique ON orders (order_number) WHERE deleted_at IS NULL;
CREATE INDEX idx_orders_user_id_ordered_at_id ON orders (user_id, ordered_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX idx_orders_status_total_amount_id ON orders (status, total_amount, id) WHERE deleted_at IS NULL;
";

    pub const FIND_BY_ORDER_NUMBER: &'static str = "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE order_number = $1 AND deleted_at IS NULL";

    /// The live row with this `order_number`. Runs [`FIND_BY_ORDER_NUMBER`](Self::FIND_BY_ORDER_NUMBER).
    pub fn find_by_order_number<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        order_number: &str,
    ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<::core::option::Option<Self>>> {
        ::tablewright::rt::optional::<Self>(db, Self::FIND_BY_ORDER_NUMBER, (order_number,))
    }

    // What is left out of an upsert stays as it is where the row exists: the parameters are used again, not EXCLUDED.
    pub const UPSERT_BY_ORDER_NUMBER: &'static str = "INSERT INTO orders (id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at) \
        VALUES (COALESCE($1::uuid, gen_random_uuid()), $2::text, $3::uuid, $4::text, $5::numeric, $6::jsonb, CASE WHEN $7::boolean THEN $8::text ELSE 'standard' END, COALESCE($9::timestamptz, now()), $10::timestamptz, $11::timestamptz, COALESCE($12::timestamptz, now())) \
        ON CONFLICT (order_number) WHERE deleted_at IS NULL DO UPDATE SET user_id = EXCLUDED.user_id, status = EXCLUDED.status, total_amount = EXCLUDED.total_amount, shipping_address = EXCLUDED.shipping_address, \
        carrier = CASE WHEN $7::boolean THEN $8::text ELSE orders.carrier END, ordered_at = COALESCE($9::timestamptz, orders.ordered_at), shipped_at = COALESCE($10::timestamptz, orders.shipped_at), cancelled_at = COALESCE($11::timestamptz, orders.cancelled_at), updated_at = now() \
        RETURNING id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at";

    /// Inserts the row, or changes the live one with its `order_number`. Runs
    /// [`UPSERT_BY_ORDER_NUMBER`](Self::UPSERT_BY_ORDER_NUMBER).
    pub fn upsert_by_order_number<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        new: NewOrder,
    ) -> ::tablewright::Reply<'e, ::core::result::Result<Self, ::tablewright::Error<OrderConstraint>>> {
        ::tablewright::rt::upsert::<Self>(db, Self::UPSERT_BY_ORDER_NUMBER, new)
    }

    pub const RECENT_FOR_USER: &'static ::tablewright::PageQuery = &::tablewright::PageQuery::new(
        // table.name(parameters) filter; order: what makes an old cursor wrong when it changes
        "orders.recent_for_user(user_id) WHERE deleted_at IS NULL ORDER BY ordered_at DESC, id DESC",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY ordered_at DESC, id DESC LIMIT $2",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE user_id = $1 AND deleted_at IS NULL AND (ordered_at, id) < ($2::timestamptz, $3::uuid) ORDER BY ordered_at DESC, id DESC LIMIT $4",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE user_id = $1 AND deleted_at IS NULL AND (ordered_at, id) > ($2::timestamptz, $3::uuid) ORDER BY ordered_at ASC, id ASC LIMIT $4",
        &[(7, ::tablewright::rt::type_info::<DateTime<Utc>>), (0, ::tablewright::rt::type_info::<Uuid>)],
    );

    /// A user's orders, the newest first, by pages. Runs [`RECENT_FOR_USER`](Self::RECENT_FOR_USER).
    pub fn recent_for_user<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_id: Uuid,
        page: ::tablewright::PageRequest,
    ) -> ::tablewright::Paged<'e, Self> {
        ::tablewright::rt::page::<Self>(db, Self::RECENT_FOR_USER, (user_id,), page)
    }

    pub const CHEAPEST_OF_STATUS: &'static ::tablewright::PageQuery = &::tablewright::PageQuery::new(
        "orders.cheapest_of_status(status) WHERE deleted_at IS NULL ORDER BY total_amount ASC, id ASC",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL ORDER BY total_amount ASC, id ASC LIMIT $2",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL AND (total_amount, id) > ($2::numeric, $3::uuid) ORDER BY total_amount ASC, id ASC LIMIT $4",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL AND (total_amount, id) < ($2::numeric, $3::uuid) ORDER BY total_amount DESC, id DESC LIMIT $4",
        &[(4, ::tablewright::rt::type_info::<Decimal>), (0, ::tablewright::rt::type_info::<Uuid>)],
    );

    /// The orders of a status, the cheapest first, by pages.
    pub fn cheapest_of_status<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        status: OrderStatus,
        page: ::tablewright::PageRequest,
    ) -> ::tablewright::Paged<'e, Self> {
        ::tablewright::rt::page::<Self>(db, Self::CHEAPEST_OF_STATUS, (status,), page)
    }

    pub const OF_USERS: &'static str = "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE user_id = ANY($1::uuid[]) AND deleted_at IS NULL ORDER BY user_id, ordered_at DESC, id DESC LIMIT $2";

    /// The orders of many users by one query. Runs [`OF_USERS`](Self::OF_USERS).
    pub fn of_users<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_ids: &[Uuid],
        limit: u32,
    ) -> ::tablewright::Rows<'e, Self> {
        ::tablewright::rt::all::<Self>(db, Self::OF_USERS, (user_ids, ::core::primitive::i64::from(limit)))
    }

    pub const COUNT_OF_USER: &'static str = "SELECT count(*) FROM orders WHERE user_id = $1 AND deleted_at IS NULL";

    /// How many orders a user has. Runs [`COUNT_OF_USER`](Self::COUNT_OF_USER).
    pub fn count_of_user<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_id: Uuid,
    ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<i64>> {
        ::tablewright::rt::scalar::<i64>(db, Self::COUNT_OF_USER, (user_id,))
    }

    pub const CANCEL_OF_USER: &'static str = "UPDATE orders SET status = $2, updated_at = now() WHERE id IN (SELECT id FROM orders WHERE user_id = $1 AND status <> $2 AND deleted_at IS NULL LIMIT $3)";

    /// Sets the status of at most `limit` orders of a user; returns how many. Runs [`CANCEL_OF_USER`](Self::CANCEL_OF_USER).
    pub fn cancel_of_user<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_id: Uuid,
        status: OrderStatus,
        limit: u32,
    ) -> ::tablewright::Reply<'e, ::core::result::Result<u64, ::tablewright::Error<OrderConstraint>>> {
        ::tablewright::rt::execute::<Self>(
            db,
            Self::CANCEL_OF_USER,
            (user_id, status, ::core::primitive::i64::from(limit)),
        )
    }
}

impl ::tablewright::rt::Row for NewOrder {
    const COLUMNS: usize = 12;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.optional.id),
            1 => cell.put(&self.order_number),
            2 => cell.put(&self.user_id),
            3 => cell.put(&self.status),
            4 => cell.put(&self.total_amount),
            5 => cell.put(&self.shipping_address),
            6 => cell.put(&self.optional.carrier.is_some()),
            7 => cell.put(&::tablewright::rt::flat(&self.optional.carrier)),
            8 => cell.put(&self.optional.ordered_at),
            9 => cell.put(&self.optional.shipped_at),
            10 => cell.put(&self.optional.cancelled_at),
            _ => cell.put(&self.optional.created_at),
        }
    }
}

impl ::tablewright::rt::Row for OrderPatch {
    const COLUMNS: usize = 12;

    fn put(&self, column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        match column {
            0 => cell.put(&self.order_number),
            1 => cell.put(&self.user_id),
            2 => cell.put(&self.status),
            3 => cell.put(&self.total_amount),
            4 => cell.put(&self.shipping_address),
            5 => cell.put(&self.carrier.is_some()),
            6 => cell.put(&::tablewright::rt::flat(&self.carrier)),
            7 => cell.put(&self.ordered_at),
            8 => cell.put(&self.shipped_at.is_some()),
            9 => cell.put(&::tablewright::rt::flat(&self.shipped_at)),
            10 => cell.put(&self.cancelled_at.is_some()),
            _ => cell.put(&::tablewright::rt::flat(&self.cancelled_at)),
        }
    }
}

impl ::tablewright::Table for Order {
    type Key = Uuid;
    type New = NewOrder;
    type Constraint = OrderConstraint;

    const NAME: &'static str = "orders";
    const CREATE_TABLE: &'static str = Order::CREATE_TABLE;
    const CREATE_INDEXES: &'static str = Order::CREATE_INDEXES;
    const KEY_COLUMNS: usize = 1;
    const UNNEST: bool = true;
    const FIND: &'static str = "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE id = $1 AND deleted_at IS NULL";
    const FIND_MANY: &'static str = "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL";
    const EXISTS: &'static str = "SELECT EXISTS (SELECT 1 FROM orders WHERE id = $1 AND deleted_at IS NULL)";
    const COUNT: &'static str = "SELECT count(*) FROM orders WHERE deleted_at IS NULL";
    const INSERT: &'static str = "INSERT INTO orders (id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at) \
        VALUES (COALESCE($1::uuid, gen_random_uuid()), $2::text, $3::uuid, $4::text, $5::numeric, $6::jsonb, CASE WHEN $7::boolean THEN $8::text ELSE 'standard' END, COALESCE($9::timestamptz, now()), $10::timestamptz, $11::timestamptz, COALESCE($12::timestamptz, now())) \
        RETURNING id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at";
    const INSERT_MANY: &'static str = "INSERT INTO orders (id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at) \
        SELECT COALESCE(n.c1, gen_random_uuid()), n.c2, n.c3, n.c4, n.c5, n.c6, CASE WHEN n.c7 THEN n.c8 ELSE 'standard' END, COALESCE(n.c9, now()), n.c10, n.c11, COALESCE(n.c12, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::numeric[], $6::jsonb[], $7::boolean[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[]) AS n(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)";
    const INSERT_MANY_RETURNING: &'static str = "INSERT INTO orders (id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at) \
        SELECT COALESCE(n.c1, gen_random_uuid()), n.c2, n.c3, n.c4, n.c5, n.c6, CASE WHEN n.c7 THEN n.c8 ELSE 'standard' END, COALESCE(n.c9, now()), n.c10, n.c11, COALESCE(n.c12, now()) \
        FROM UNNEST($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::numeric[], $6::jsonb[], $7::boolean[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[]) AS n(c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12) \
        RETURNING id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at";

    fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
        ::core::result::Result::Ok(Self {
            id: ::tablewright::rt::column(row, 0)?,
            order_number: ::tablewright::rt::column(row, 1)?,
            user_id: ::tablewright::rt::column(row, 2)?,
            status: ::tablewright::rt::column(row, 3)?,
            total_amount: ::tablewright::rt::column(row, 4)?,
            shipping_address: ::tablewright::rt::column(row, 5)?,
            carrier: ::tablewright::rt::column(row, 6)?,
            ordered_at: ::tablewright::rt::column(row, 7)?,
            shipped_at: ::tablewright::rt::column(row, 8)?,
            cancelled_at: ::tablewright::rt::column(row, 9)?,
            created_at: ::tablewright::rt::column(row, 10)?,
            updated_at: ::tablewright::rt::column(row, 11)?,
            deleted_at: ::tablewright::rt::column(row, 12)?,
        })
    }

    fn put_key(key: &Self::Key, _column: usize, cell: &mut ::tablewright::rt::Cell<'_>) -> ::tablewright::rt::Put {
        cell.put(key)
    }
}

impl ::tablewright::Update for Order {
    type Patch = OrderPatch;

    const UPDATE: &'static str = "UPDATE orders SET order_number = COALESCE($2::text, order_number), user_id = COALESCE($3::uuid, user_id), status = COALESCE($4::text, status), total_amount = COALESCE($5::numeric, total_amount), shipping_address = COALESCE($6::jsonb, shipping_address), carrier = CASE WHEN $7::boolean THEN $8::text ELSE carrier END, ordered_at = COALESCE($9::timestamptz, ordered_at), shipped_at = CASE WHEN $10::boolean THEN $11::timestamptz ELSE shipped_at END, cancelled_at = CASE WHEN $12::boolean THEN $13::timestamptz ELSE cancelled_at END, updated_at = now() \
        WHERE id = $1 AND deleted_at IS NULL \
        RETURNING id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at";
}

impl ::tablewright::Delete for Order {
    const DELETE: &'static str =
        "UPDATE orders SET deleted_at = now(), updated_at = now() WHERE id = $1 AND deleted_at IS NULL";
}

impl ::tablewright::SoftDelete for Order {
    const RESTORE: &'static str =
        "UPDATE orders SET deleted_at = NULL, updated_at = now() WHERE id = $1 AND deleted_at IS NOT NULL";
    const PURGE: &'static str = "DELETE FROM orders WHERE id = $1 AND deleted_at IS NOT NULL";
}
