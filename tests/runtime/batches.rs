//! Many rows at once.

use tablewright::prelude::*;

use super::more::{Actor, EventKind, NewNote, NewOrderEvent, NewOrderTag, Note, NoteOptional};
use super::more::{OrderEvent, OrderEventOptional, OrderTag, OrderTagConstraint};
use super::order::{NewOrder, Order, OrderConstraint, OrderStatus};
use super::support::{at, database, new_order, user};
use super::user::User;

fn orders(user: &User, count: usize) -> Vec<NewOrder> {
    (0..count).map(|i| new_order(user, &format!("A-{i}"))).collect()
}

#[tokio::test]
async fn none_one_and_many() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    assert_eq!(Order::insert_many(&pool, &[]).await.unwrap(), 0);
    assert_eq!(Order::insert_many_returning(&pool, &[]).await.unwrap(), []);
    assert_eq!(Order::insert_many(&pool, &orders(&ada, 1)).await.unwrap(), 1);
    assert_eq!(Order::count(&pool).await.unwrap(), 1);

    let bob = user(&pool, "bob@example.org").await;
    let mut rows = orders(&bob, 25_000);
    for row in &mut rows {
        row.order_number.insert(0, 'B');
    }
    assert_eq!(Order::insert_many(&pool, &rows).await.unwrap(), 25_000);
    assert_eq!(Order::count_of_user(&pool, bob.id).await.unwrap(), 25_000);
}

#[tokio::test]
async fn defaults_and_nulls_row_by_row() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let mut rows = orders(&ada, 4);
    rows[1].optional.carrier = Some(None);
    rows[1].optional.id = Some(Uuid::from_u128(1));
    rows[1].status = OrderStatus::Paid;
    rows[2].optional.carrier = Some(Some("express".into()));
    rows[2].optional.shipped_at = Some(at(2));
    rows[2].optional.ordered_at = Some(at(1));
    rows[3].total_amount = "0.00".parse().unwrap();
    rows[3].shipping_address.0.street = "\"}'\\".into();
    let made = Order::insert_many_returning(&pool, &rows).await.unwrap();
    assert_eq!(made.len(), 4);
    for (row, made) in rows.iter().zip(&made) {
        assert_eq!(row.order_number, made.order_number);
        assert_eq!(row.status, made.status);
        assert_eq!(row.total_amount, made.total_amount);
        assert_eq!(row.shipping_address, made.shipping_address);
        assert_eq!(row.optional.shipped_at, made.shipped_at);
        assert_eq!(Order::find(&pool, made.id).await.unwrap().as_ref(), Some(made));
    }
    let carriers: Vec<_> = made.iter().map(|order| order.carrier.as_deref()).collect();
    assert_eq!(carriers, [Some("standard"), None, Some("express"), Some("standard")]);
    assert_eq!((made[1].id, made[2].ordered_at), (Uuid::from_u128(1), at(1)));
}

#[tokio::test]
async fn all_or_none() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    // the last row of the third batch is bad
    let mut rows = orders(&ada, 25_000);
    rows[24_999].total_amount = Decimal::NEGATIVE_ONE;
    let error = Order::insert_many(&pool, &rows).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::TotalAmountCheck));
    assert_eq!(Order::count(&pool).await.unwrap(), 0);

    // in a savepoint what came before stays, and the transaction continues
    let mut transaction = pool.begin().await.unwrap();
    Order::insert(&mut *transaction, new_order(&ada, "first")).await.unwrap();
    let all = &rows;
    let inner =
        tablewright::transaction(&mut *transaction, |mut db| async move { Order::insert_many(&mut *db, all).await });
    let error = inner.await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::TotalAmountCheck));
    assert_eq!(Order::count(&mut *transaction).await.unwrap(), 1);
    rows.pop();
    assert_eq!(Order::insert_many(&mut *transaction, &rows).await.unwrap(), 24_999);
    transaction.commit().await.unwrap();
    assert_eq!(Order::count(&pool).await.unwrap(), 25_000);
}

#[tokio::test]
async fn large_rows_make_small_batches() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let mut rows = orders(&ada, 40);
    for (i, row) in rows.iter_mut().enumerate() {
        // 20 rows of 1 MiB, then one of 20 MiB (alone over the limit), then small ones
        let length = match i {
            0..20 => 1 << 20,
            20 => 20 << 20,
            _ => 10,
        };
        row.shipping_address.0.street = "x".repeat(length);
    }
    let made = Order::insert_many_returning(&pool, &rows).await.unwrap();
    assert_eq!(made.len(), 40);
    for (row, made) in rows.iter().zip(&made) {
        assert!(row.shipping_address == made.shipping_address, "{}", row.order_number);
    }
}

#[tokio::test]
async fn array_columns_are_written_row_by_row() {
    let (_database, pool) = database().await;
    let note = |labels: &[&str], picture: Option<Vec<u8>>| NewNote {
        labels: labels.iter().map(|&label| label.to_owned()).collect(),
        optional: NoteOptional { picture, ..NoteOptional::default() },
    };
    let mut rows = vec![note(&[], None), note(&["a", "b"], Some(vec![0, 255])), note(&["NULL", "{}"], None)];
    let made = Note::insert_many_returning(&pool, &rows).await.unwrap();
    for (row, made) in rows.iter().zip(&made) {
        assert_eq!((&row.labels, &row.optional.picture), (&made.labels, &made.picture));
    }
    assert_eq!(Note::insert_many(&pool, &[]).await.unwrap(), 0);
    assert_eq!(Note::insert_many(&pool, &rows[..1]).await.unwrap(), 1);
    assert_eq!(Note::insert_many(&pool, &rows).await.unwrap(), 3);
    assert_eq!(Note::count(&pool).await.unwrap(), 7);
    rows[2].optional.id = Some(made[0].id);
    assert!(Note::insert_many(&pool, &rows).await.is_err());
    assert_eq!(Note::count(&pool).await.unwrap(), 7);
}

#[tokio::test]
async fn native_enumerations_and_newtypes() {
    let (_database, pool) = database().await;
    let rows: Vec<_> = [EventKind::Created, EventKind::Changed]
        .map(|kind| NewOrderEvent { kind, actor: Actor(format!("{kind:?}")), optional: OrderEventOptional::default() })
        .into();
    // each on a fresh connection and on one that knows the type
    for round in 0..2 {
        let made = OrderEvent::insert_many_returning(&pool, &rows).await.unwrap();
        assert_eq!(made.len(), 2, "{round}");
        assert_eq!((made[1].kind, &made[1].actor.0[..]), (EventKind::Changed, "Changed"));
        assert_eq!(made[0].order_id, None);
    }
    assert_eq!(OrderEvent::insert_many(&pool, &rows).await.unwrap(), 2);
    let mut found = OrderEvent::find_many(&pool, &[1, 6, 99]).await.unwrap();
    found.sort_by_key(|event| event.id);
    assert_eq!(found.iter().map(|event| event.id).collect::<Vec<_>>(), [1, 6]);
}

#[tokio::test]
async fn composite_keys_and_duplicates() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = Order::insert(&pool, new_order(&ada, "A-1")).await.unwrap();
    let tag = |tag: &str| NewOrderTag { order_id: order.id, tag: tag.into(), optional: Default::default() };
    assert_eq!(OrderTag::insert_many(&pool, &[tag("a"), tag("b")]).await.unwrap(), 2);
    let error = OrderTag::insert_many(&pool, &[tag("c"), tag("b")]).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderTagConstraint::PrimaryKey));
    assert_eq!(OrderTag::count(&pool).await.unwrap(), 2);
}
