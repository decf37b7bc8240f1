//! The good example of each rule.
#![allow(dead_code, unused_imports)]

mod r#boolean_prefix {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct User {
        id: Uuid,
        is_active: bool,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#bounded {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[query(everything, order(id), page)]
    struct Event {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#check {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Product {
        id: Uuid,
        #[column(numeric(12, 2), check = "price >= 0")]
        price: Decimal,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#column_name {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Ticket {
        id: Uuid,
        position: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#constraint_name {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[check("total_count >= 0", name = "orders_positive_count_check")]
    struct Order {
        id: Uuid,
        total_count: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#default {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Product {
        id: Uuid,
        #[column(default = "0")]
        view_count: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#enum {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Enumeration)]
    enum OrderStatus {
        Pending,
        Shipped,
    }

    #[derive(Table)]
    struct Order {
        id: Uuid,
        status: OrderStatus,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#foreign_key_declared {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        #[references(User, on_delete = restrict)]
        user_id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#foreign_key_name {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct Order {
        id: Uuid,
        #[references(User, on_delete = restrict)]
        buyer_user_id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#generated {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Event {
        id: Uuid,
        starts_at: DateTime<Utc>,
        #[column(generated = "(starts_at AT TIME ZONE 'UTC')::date")]
        starts_on: NaiveDate,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#identifier {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Payment {
        id: Uuid,
        provider_reference: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#index_expression {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(expires_at)]
    struct Session {
        id: Uuid,
        expires_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#index_kinds {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(tags, using = gin)]
    struct Product {
        id: Uuid,
        tags: Vec<String>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#index_order {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(user_id, ordered_at)]
    struct Order {
        id: Uuid,
        #[references(User, on_delete = restrict)]
        user_id: Uuid,
        ordered_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#integer_width {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Product {
        id: Uuid,
        view_count: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#jsonb {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Event {
        id: Uuid,
        payload: Json<Payload>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Payload {
        text: String,
    }
}

mod r#junction_key {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[table(junction)]
    struct UserRole {
        #[references(User, on_delete = cascade)]
        user_id: Uuid,
        #[references(Role, on_delete = cascade)]
        role_id: Uuid,
        created_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct Role {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#money {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Product {
        id: Uuid,
        #[column(numeric(12, 2), check = "price >= 0")]
        price: Decimal,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#normal_form {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[table(junction)]
    struct TeamMember {
        #[references(Team, on_delete = cascade)]
        team_id: Uuid,
        #[references(User, on_delete = cascade)]
        user_id: Uuid,
        created_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct Team {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#on_delete {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        #[references(User, on_delete = restrict)]
        user_id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#pii {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct User {
        id: Uuid,
        #[column(pii, unique)]
        email: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#primary_key {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#query {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(device, id)]
    #[query(of_device(device), page)]
    struct Event {
        id: Uuid,
        device: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#query_index {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(device, seen_at desc, id desc)]
    #[query(recent_of_device(device), order(seen_at desc), page)]
    struct Event {
        id: Uuid,
        device: String,
        seen_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#redundant_index {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(user_id, ordered_at desc)]
    struct Order {
        id: Uuid,
        #[references(User, on_delete = restrict)]
        user_id: Uuid,
        ordered_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }

    #[derive(Table)]
    struct User {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#row_condition {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[policy(own_rows, using = "owner_name = current_user")]
    struct Document {
        id: Uuid,
        owner_name: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#secret {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Session {
        id: Uuid,
        #[column(unique)]
        token_hash: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#soft_delete {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[table(soft_delete)]
    struct Order {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
        deleted_at: Option<DateTime<Utc>>,
    }
}

mod r#standard_columns {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#table_name {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct TaskComment {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#text {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Product {
        id: Uuid,
        #[column(check = "length(sku) <= 40")]
        sku: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#timestamp_suffix {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        shipped_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#timestamps_default {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#timestamptz {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    struct Order {
        id: Uuid,
        shipped_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#unique_soft_delete {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[table(soft_delete)]
    struct User {
        id: Uuid,
        #[column(pii, unique)]
        email: String,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

mod r#unknown_column {
    use tablewright::prelude::*;
    use tablewright::sqlx::postgres::types::PgRange;
    use tablewright::sqlx::types::JsonValue as Value;
    use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

    #[derive(Table)]
    #[index(ordered_at desc, id desc)]
    struct Order {
        id: Uuid,
        ordered_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

fn main() {}
