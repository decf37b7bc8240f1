//! One row at a time: insert, upsert, update, delete; and what they violate.

use tablewright::prelude::*;
use tablewright::sqlx;
use tablewright::sqlx::error::ErrorKind;
use tablewright::{AnyError, Error};

use super::more::{Actor, EventKind, NewOrderEvent, NewOrderTag, OrderEvent, OrderEventConstraint};
use super::more::{OrderEventOptional, OrderTag, OrderTagConstraint};
use super::order::{Order, OrderConstraint, OrderOptional, OrderPatch, OrderStatus};
use super::support::{at, database, new_order, user};
use super::user::{NewUser, User, UserConstraint, UserOptional, UserPatch};

#[test]
fn the_ddl_has_the_checks_of_the_types() {
    let checks = ",
    CONSTRAINT orders_status_check CHECK (status IN ('pending', 'paid', 'shipped', 'cancelled')),
    CONSTRAINT orders_total_amount_check CHECK (total_amount >= 0)
);";
    assert!(Order::CREATE_TABLE.ends_with(checks), "{}", Order::CREATE_TABLE);
}

#[tokio::test]
async fn defaults_left_out_and_given() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;

    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    assert_ne!(order.id, Uuid::nil());
    assert_eq!(order.carrier.as_deref(), Some("standard"));
    assert_eq!(order.shipped_at, None);
    assert_eq!(order.ordered_at, order.created_at);
    assert_eq!(order.shipping_address.city, "Älmhult");
    assert_eq!(Order::find(&pool, order.id).await.unwrap().as_ref(), Some(&order));
    assert_eq!(Order::find_by_order_number(&pool, "A-1").await.unwrap(), Some(order));

    let mut new = new_order(&ada, "A-2");
    new.optional = OrderOptional {
        id: Some(Uuid::from_u128(7)),
        carrier: Some(None),
        ordered_at: Some(at(1)),
        shipped_at: Some(at(2)),
        cancelled_at: None,
        created_at: Some(at(3)),
        updated_at: None,
    };
    let order = Order::insert(&pool, new).await.unwrap();
    assert_eq!(order.id, Uuid::from_u128(7));
    assert_eq!(order.carrier, None);
    assert_eq!((order.ordered_at, order.shipped_at, order.created_at), (at(1), Some(at(2)), at(3)));

    let mut new = new_order(&ada, "A-3");
    new.optional.carrier = Some(Some("express".into()));
    assert_eq!(Order::insert(&pool, new).await.unwrap().carrier.as_deref(), Some("express"));
}

#[tokio::test]
async fn upsert_inserts_then_updates() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let mut new = new_order(&ada, "A-1");
    new.optional.carrier = Some(Some("express".into()));
    new.optional.ordered_at = Some(at(5));
    let made = Order::upsert_by_order_number(&pool, new).await.unwrap();

    let mut new = new_order(&ada, "A-1");
    new.status = OrderStatus::Paid;
    new.optional.shipped_at = Some(at(6));
    let changed = Order::upsert_by_order_number(&pool, new).await.unwrap();
    assert_eq!(changed.id, made.id);
    assert_eq!((changed.status, changed.shipped_at), (OrderStatus::Paid, Some(at(6))));
    // what was left out stayed
    assert_eq!((changed.carrier.as_deref(), changed.ordered_at), (Some("express"), at(5)));
    assert_eq!(Order::count(&pool).await.unwrap(), 1);

    // a deleted row is not in the way
    assert!(Order::delete(&pool, made.id).await.unwrap());
    let other = Order::upsert_by_order_number(&pool, new_order(&ada, "A-1")).await.unwrap();
    assert_ne!(other.id, made.id);
}

#[tokio::test]
async fn a_patch_leaves_out_nulls_and_sets() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();

    let patch = OrderPatch {
        status: Some(OrderStatus::Shipped),
        shipped_at: Some(Some(at(9))),
        carrier: Some(None),
        ..OrderPatch::default()
    };
    let changed = Order::update(&pool, order.id, patch).await.unwrap().unwrap();
    assert!(changed.updated_at > order.updated_at);
    let expected = Order {
        status: OrderStatus::Shipped,
        shipped_at: Some(at(9)),
        carrier: None,
        updated_at: changed.updated_at,
        ..order.clone()
    };
    assert_eq!(changed, expected);

    let patch = OrderPatch { shipped_at: Some(None), ..OrderPatch::default() };
    let changed = Order::update(&pool, order.id, patch).await.unwrap().unwrap();
    assert_eq!((changed.shipped_at, changed.status), (None, OrderStatus::Shipped));

    let changed = Order::update(&pool, order.id, OrderPatch::default()).await.unwrap().unwrap();
    assert_eq!((changed.shipped_at, changed.status), (None, OrderStatus::Shipped));

    assert_eq!(Order::update(&pool, Uuid::nil(), OrderPatch::default()).await.unwrap(), None);
}

#[tokio::test]
async fn soft_deleted_rows() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();

    assert!(!Order::restore(&pool, order.id).await.unwrap(), "a live row is not restored");
    assert!(!Order::purge(&pool, order.id).await.unwrap(), "a live row is not purged");
    assert!(Order::delete(&pool, order.id).await.unwrap());
    assert!(!Order::delete(&pool, order.id).await.unwrap());

    assert_eq!(Order::find(&pool, order.id).await.unwrap(), None);
    assert_eq!(Order::find_many(&pool, &[order.id]).await.unwrap(), []);
    assert_eq!(Order::find_by_order_number(&pool, "A-1").await.unwrap(), None);
    assert!(!Order::exists(&pool, order.id).await.unwrap());
    assert_eq!(Order::count(&pool).await.unwrap(), 0);
    assert_eq!(Order::update(&pool, order.id, OrderPatch::default()).await.unwrap(), None);
    let page = Order::list_by_user_id(&pool, ada.id, PageRequest::first(5)).await.unwrap();
    assert_eq!((page.items.len(), page.next, page.previous), (0, None, None));

    assert!(Order::restore(&pool, order.id).await.unwrap());
    let back = Order::find(&pool, order.id).await.unwrap().unwrap();
    assert_eq!(back.deleted_at, None);

    // a live row has taken the number
    assert!(Order::delete(&pool, order.id).await.unwrap());
    Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    let error = Order::restore(&pool, order.id).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::OrderNumberUnique));

    assert!(Order::purge(&pool, order.id).await.unwrap());
    assert!(!Order::purge(&pool, order.id).await.unwrap());
    assert!(!Order::restore(&pool, order.id).await.unwrap());
}

#[tokio::test]
async fn hard_deleted_rows() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let patch = UserPatch { email: Some("lovelace@example.org".into()) };
    assert_eq!(User::update(&pool, ada.id, patch).await.unwrap().unwrap().email, "lovelace@example.org");
    assert!(User::delete(&pool, ada.id).await.unwrap());
    assert!(!User::delete(&pool, ada.id).await.unwrap());
    assert_eq!(User::find(&pool, ada.id).await.unwrap(), None);
}

#[tokio::test]
async fn violated_constraints_are_values() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();

    let error = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::OrderNumberUnique));
    assert_eq!(error.to_string(), "orders_order_number_unique: Key (order_number)=(A-1) already exists.");
    let Error::Constraint(violation) = error else { panic!() };
    assert_eq!(violation.kind(), ErrorKind::UniqueViolation);
    assert_eq!(violation.constraint().name(), "orders_order_number_unique");
    assert_eq!(violation.detail(), Some("Key (order_number)=(A-1) already exists."));
    assert!(std::error::Error::source(&violation).is_some());

    let mut new = new_order(&ada, "A-2");
    new.optional.id = Some(order.id);
    let error = Order::insert(&pool, new).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::PrimaryKey));

    let mut new = new_order(&ada, "A-2");
    new.user_id = Uuid::nil();
    let error = Order::insert(&pool, new).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::UserIdForeignKey));

    let patch = OrderPatch { total_amount: Some(Decimal::NEGATIVE_ONE), ..OrderPatch::default() };
    let error = Order::update(&pool, order.id, patch).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::TotalAmountCheck));

    let error = sqlx::Error::from(
        User::insert(
            &pool,
            NewUser {
                email: "ada@example.org".into(),
                optional: UserOptional { id: Some(ada.id), ..UserOptional::default() },
            },
        )
        .await
        .unwrap_err(),
    );
    assert_eq!(error.as_database_error().unwrap().constraint(), Some("users_pkey"));

    let new = NewUser { email: "ada@example.org".into(), optional: UserOptional::default() };
    let error = User::insert(&pool, new).await.unwrap_err();
    assert_eq!(error.constraint(), Some(UserConstraint::EmailUnique));

    let tag = NewOrderTag { order_id: Uuid::nil(), tag: "a".into(), optional: Default::default() };
    let error = OrderTag::insert(&pool, tag).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderTagConstraint::OrderIdForeignKey));
}

#[tokio::test]
async fn other_errors_are_sqlx_errors() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();

    // the constraint is of `orders`, not of `users`
    let error = User::delete(&pool, ada.id).await.unwrap_err();
    assert_eq!(error.constraint(), None);
    let Error::Sqlx(sqlx::Error::Database(error)) = error else { panic!() };
    assert_eq!(error.constraint(), Some("orders_user_id_fkey"));

    // no constraint at all: the number is too large for NUMERIC(12, 2)
    let mut new = new_order(&ada, "A-2");
    new.total_amount = Decimal::MAX;
    let error = Order::insert(&pool, new).await.unwrap_err();
    assert_eq!(error.constraint(), None);

    // a table that is not as the model says: an error, not a wrong row
    sqlx::raw_sql("ALTER TABLE users ALTER email TYPE BIGINT USING 1").execute(&pool).await.unwrap();
    let error = User::find(&pool, ada.id).await.unwrap_err();
    assert!(matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Database(_)), "{error:?}");

    // a value that the enumeration does not know
    sqlx::raw_sql("ALTER TABLE orders DROP CONSTRAINT orders_status_check; UPDATE orders SET status = 'lost'")
        .execute(&pool)
        .await
        .unwrap();
    let error = Order::find_by_order_number(&pool, "A-1").await.unwrap_err().to_string();
    assert!(error.contains("`lost` is not a value of OrderStatus: pending, paid"), "{error}");

    pool.close().await;
    let error = Order::insert(&pool, new_order(&ada, "A-3")).await.unwrap_err();
    assert!(matches!(error, Error::Sqlx(sqlx::Error::PoolClosed)));
}

#[tokio::test]
async fn append_only_and_deferred() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    let event = |order_id| NewOrderEvent {
        kind: EventKind::Created,
        actor: Actor("ada".into()),
        optional: OrderEventOptional { order_id, created_at: None },
    };
    let made = OrderEvent::insert(&pool, event(Some(order.id))).await.unwrap();
    assert_eq!((made.id, made.kind, &made.actor.0[..]), (1, EventKind::Created, "ada"));
    assert_eq!(OrderEvent::find(&pool, 1).await.unwrap(), Some(made));

    // the row is returned before the commit fails: this must still be an error
    let error = OrderEvent::insert(&pool, event(Some(Uuid::nil()))).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderEventConstraint::OrderIdForeignKey));
    assert_eq!(OrderEvent::count(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn no_error_shows_personal_data() {
    let (_database, pool) = database().await;
    let address = "ada@secret.example";
    let new = |email: &str| NewUser { email: email.to_owned(), optional: UserOptional::default() };
    User::insert(&pool, new(address)).await.unwrap();
    let error = || async { User::insert(&pool, new(address)).await.unwrap_err() };
    let shown = |text: String| assert!(!text.contains(address), "{text}");
    let Error::Constraint(violation) = error().await else { panic!("it violates the key") };
    assert!(violation.detail().is_some_and(|detail| detail.contains(address)), "who asks for it gets it");
    assert_eq!(
        violation.to_string(),
        "users_email_unique: duplicate key value violates unique constraint \"users_email_unique\""
    );
    shown(format!("{violation:?}"));
    let again = error().await;
    shown(format!("{again} {again:?} {:?}", anyhow::Error::from(error().await)));
    let any = AnyError::from(again);
    shown(format!("{any} {any:?}"));
    // What is no constraint of the table's own comes as sqlx's error, which has the whole row.
    sqlx::query("ALTER TABLE users ADD COLUMN badge BIGINT").execute(&pool).await.unwrap();
    sqlx::query("ALTER TABLE users ADD CONSTRAINT badge CHECK (badge IS NOT NULL) NOT VALID")
        .execute(&pool)
        .await
        .unwrap();
    let other = User::insert(&pool, new("eve@secret.example")).await.unwrap_err();
    assert!(matches!(other, Error::Sqlx(_)));
    let text = format!("{other} {other:?}");
    let text = format!("{text} {:?}", AnyError::from(other));
    assert!(!text.contains("eve@"), "{text}");
}
