//! Many rows changed, deleted, upserted and copied at once; locks, versions and transactions that are run again.

use std::sync::atomic::{AtomicU32, Ordering};

use tablewright::prelude::*;
use tablewright::{Retry, transaction};

use super::more::Note;
use super::order::{NewOrder, Order, OrderConstraint, OrderPatch, OrderStatus};
use super::support::{at, database, new_order, user};
use super::user::{NewUser, User};

async fn orders(pool: &sqlx::PgPool, user: &User, count: usize) -> Vec<Order> {
    let rows: Vec<NewOrder> = (0..count).map(|i| new_order(user, &format!("A-{i}"))).collect();
    Order::insert_many_returning(pool, &rows).await.unwrap()
}

#[tokio::test]
async fn many_rows_are_changed_each_in_its_own_way() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let made = orders(&pool, &ada, 4).await;
    Order::delete(&pool, made[3].id).await.unwrap();
    let changes = [
        (made[0].id, OrderPatch { status: Some(OrderStatus::Paid), ..OrderPatch::default() }),
        (made[1].id, OrderPatch { carrier: Some(None), shipped_at: Some(Some(at(5))), ..OrderPatch::default() }),
        (made[2].id, OrderPatch::default()),
        (made[3].id, OrderPatch { status: Some(OrderStatus::Paid), ..OrderPatch::default() }),
        (Uuid::from_u128(7), OrderPatch::default()),
    ];
    // The deleted row and the nonexistent row are not counted.
    assert_eq!(Order::update_many(&pool, &changes).await.unwrap(), 3);
    let mut now = Vec::new();
    for order in &made[..3] {
        now.push(Order::find(&pool, order.id).await.unwrap().unwrap());
    }
    assert_eq!((now[0].status, now[0].carrier.as_deref()), (OrderStatus::Paid, Some("standard")));
    assert_eq!((now[1].status, &now[1].carrier, now[1].shipped_at), (made[1].status, &None, Some(at(5))));
    assert_eq!(Order { updated_at: made[2].updated_at, ..now[2].clone() }, made[2]);
    assert!(now.iter().zip(&made).all(|(now, made)| now.updated_at > made.updated_at));

    let twice =
        [(made[0].id, OrderPatch::default()), (made[1].id, OrderPatch::default()), (made[0].id, OrderPatch::default())];
    let error = Order::update_many(&pool, &twice).await.unwrap_err().to_string();
    assert!(error.contains("the changes 0 and 2 (from 0) are to the same row of orders"), "{error}");
}

#[tokio::test]
async fn a_batch_of_changes_is_all_or_nothing() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let made = orders(&pool, &ada, 12_000).await;
    let patch = |amount: &str| OrderPatch { total_amount: Some(amount.parse().unwrap()), ..OrderPatch::default() };
    let mut changes: Vec<_> = made.iter().map(|order| (order.id, patch("7.00"))).collect();
    changes[11_999].1 = patch("-1.00");
    let error = Order::update_many(&pool, &changes).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::TotalAmountCheck));
    assert_eq!(Order::find(&pool, made[0].id).await.unwrap().unwrap().total_amount, made[0].total_amount);
    changes.truncate(11_999);
    assert_eq!(Order::update_many(&pool, &changes).await.unwrap(), 11_999);

    let keys: Vec<Uuid> = made.iter().map(|order| order.id).collect();
    assert_eq!(Order::delete_many(&pool, &keys[..11_000]).await.unwrap(), 11_000);
    assert_eq!(Order::count(&pool).await.unwrap(), 1_000);
    let mut told = Vec::new();
    let mut connection = pool.acquire().await.unwrap();
    let done = Order::delete_in_batches(&mut connection, &keys[10_500..], 400, |done| told.push(done)).await.unwrap();
    assert_eq!((done, told), (1_000, vec![0, 300, 700, 1_000]));
}

#[tokio::test]
async fn rows_are_upserted_together() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let made = orders(&pool, &ada, 2).await;
    Order::update(&pool, made[0].id, OrderPatch { carrier: Some(Some("pigeon".into())), ..OrderPatch::default() })
        .await
        .unwrap();
    Order::delete(&pool, made[1].id).await.unwrap();
    let mut rows: Vec<NewOrder> = (0..3).map(|i| new_order(&ada, &format!("A-{i}"))).collect();
    for row in &mut rows {
        row.status = OrderStatus::Paid;
    }
    assert_eq!(Order::upsert_many_by_order_number(&pool, &rows).await.unwrap(), 3);
    let first = Order::find(&pool, made[0].id).await.unwrap().unwrap();
    // A column that is left out keeps its value, even if it has a default.
    assert_eq!((first.status, first.carrier.as_deref()), (OrderStatus::Paid, Some("pigeon")));
    assert_eq!(first.ordered_at, made[0].ordered_at);
    // The deleted row stays deleted; a new one has its number.
    let second = Order::find_by_order_number(&pool, "A-1").await.unwrap().unwrap();
    assert_ne!(second.id, made[1].id);
    assert_eq!((Order::count(&pool).await.unwrap(), second.carrier.as_deref()), (3, Some("standard")));

    let same = [new_order(&ada, "B-1"), new_order(&ada, "B-1")];
    let error = Order::upsert_many_by_order_number(&pool, &same).await.unwrap_err().to_string();
    assert!(error.contains("two of the rows are the same row of orders"), "{error}");
    assert!(Order::find_by_order_number(&pool, "B-1").await.unwrap().is_none());
}

#[tokio::test]
async fn copy_loads_rows_and_refuses_missing_values() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let mut connection = pool.acquire().await.unwrap();
    let whole = |i: u128| {
        let mut row = new_order(&ada, &format!("A-{i}"));
        row.optional.id = Some(Uuid::from_u128(i));
        row.optional.carrier = Some(i.is_multiple_of(2).then(|| "express".to_owned()));
        row.optional.ordered_at = Some(at(1));
        row.optional.created_at = Some(at(2));
        row.optional.updated_at = Some(at(3));
        row
    };
    assert_eq!(Order::copy_in(&mut connection, (1..=5_000).map(whole)).await.unwrap(), 5_000);
    for i in [1, 2, 4_999] {
        let (row, order) = (whole(i), Order::find(&pool, Uuid::from_u128(i)).await.unwrap().unwrap());
        assert_eq!(
            (&row.order_number, row.status, row.total_amount),
            (&order.order_number, order.status, order.total_amount)
        );
        assert_eq!((row.shipping_address, row.optional.carrier), (order.shipping_address, Some(order.carrier)));
        assert_eq!(
            (order.ordered_at, order.created_at, order.updated_at, order.shipped_at),
            (at(1), at(2), at(3), None)
        );
    }
    assert_eq!(Order::copy_in(&mut connection, []).await.unwrap(), 0);
    for (row, column) in [
        (new_order(&ada, "B"), "id"),
        (
            NewOrder {
                optional: super::order::OrderOptional { carrier: None, ..whole(9_000).optional },
                ..new_order(&ada, "B")
            },
            "carrier",
        ),
    ] {
        let rows = (6_000..6_900).map(whole).chain([row]);
        let error = Order::copy_in(&mut connection, rows).await.unwrap_err().to_string();
        assert!(error.contains(&format!("the row 900 (from 0) leaves out {column}:")), "{error}");
    }
    let error = Order::copy_in(&mut connection, [whole(1)]).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::PrimaryKey));
    // Nothing of the refused loads is there, and the connection still works.
    assert_eq!(Order::count(&mut *connection).await.unwrap(), 5_000);
}

#[tokio::test]
async fn a_row_that_changed_since_is_not_changed() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let seen = orders(&pool, &ada, 1).await.remove(0);
    let paid = || OrderPatch { status: Some(OrderStatus::Paid), ..OrderPatch::default() };
    let now = Order::update_if_unchanged(&pool, &seen, paid()).await.unwrap().unwrap();
    assert_eq!(now.status, OrderStatus::Paid);
    let shipped = OrderPatch { status: Some(OrderStatus::Shipped), ..OrderPatch::default() };
    assert_eq!(Order::update_if_unchanged(&pool, &seen, shipped).await.unwrap(), None);
    assert_eq!(Order::find(&pool, seen.id).await.unwrap(), Some(now));
}

#[tokio::test]
async fn a_locked_row_waits() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = orders(&pool, &ada, 1).await.remove(0);
    let mut first = pool.begin().await.unwrap();
    assert_eq!(Order::lock(&mut first, order.id).await.unwrap().as_ref(), Some(&order));
    let mut second = pool.begin().await.unwrap();
    sqlx::query("SET LOCAL lock_timeout = '50ms'").execute(&mut *second).await.unwrap();
    let error = Order::lock_shared(&mut second, order.id).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("55P03"));
    drop((first, second));
    let (mut first, mut second) = (pool.begin().await.unwrap(), pool.begin().await.unwrap());
    assert!(Order::lock_shared(&mut first, order.id).await.unwrap().is_some());
    assert!(Order::lock_shared(&mut second, order.id).await.unwrap().is_some());
}

#[tokio::test]
async fn what_could_not_be_serialized_is_run_again() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let order = orders(&pool, &ada, 1).await.remove(0);
    let (runs, pool) = (AtomicU32::new(0), &pool);
    let mut connection = pool.acquire().await.unwrap();
    let (id, runs) = (order.id, &runs);
    let done = transaction(&mut *connection, |mut db| async move {
        sqlx::query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").execute(&mut *db).await?;
        let order = Order::find(&mut *db, id).await?.ok_or(sqlx::Error::RowNotFound)?;
        if runs.fetch_add(1, Ordering::Relaxed) < 2 {
            // Another transaction changes the row that this one has read.
            Order::update(pool, id, OrderPatch { carrier: Some(None), ..OrderPatch::default() }).await?;
        }
        let patch = OrderPatch { status: Some(OrderStatus::Paid), ..OrderPatch::default() };
        Order::update(&mut *db, order.id, patch).await
    });
    assert_eq!(done.await.unwrap().unwrap().status, OrderStatus::Paid);
    assert_eq!(runs.load(Ordering::Relaxed), 3);

    runs.store(0, Ordering::Relaxed);
    let thrice = Retry { attempts: 3, ..Retry::default() };
    let failed: Result<(), sqlx::Error> = thrice
        .transaction(&mut *connection, |mut db| async move {
            runs.fetch_add(1, Ordering::Relaxed);
            Order::delete(&mut *db, id).await?;
            sqlx::query("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$")
                .execute(&mut *db)
                .await?;
            Ok(())
        })
        .await;
    assert_eq!((failed.is_err(), runs.load(Ordering::Relaxed)), (true, 3));
    assert!(Order::find(pool, id).await.unwrap().is_some());

    runs.store(0, Ordering::Relaxed);
    let failed: Result<(), sqlx::Error> = transaction(&mut *connection, |_| async move {
        runs.fetch_add(1, Ordering::Relaxed);
        Err(sqlx::Error::RowNotFound)
    })
    .await;
    assert_eq!((failed.is_err(), runs.load(Ordering::Relaxed)), (true, 1));
}

#[tokio::test]
async fn if_a_column_is_an_array_rows_are_changed_one_by_one() {
    assert_eq!((Note::UNNEST, Note::UPDATE_MANY), (false, ""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_on_the_same_rows_wait_for_each_other() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let made = orders(&pool, &ada, 400).await;
    let emails: Vec<String> = (0..400).map(|number| format!("{number}@example.org")).collect();
    let forwards: Vec<Uuid> = made.iter().map(|order| order.id).collect();
    let backwards: Vec<Uuid> = forwards.iter().rev().copied().collect();
    // In a transaction nothing is tried again: what is not an error is no deadlock.
    let work = async |pool: sqlx::PgPool, ids: Vec<Uuid>, emails: Vec<String>| -> Result<(), tablewright::AnyError> {
        let patch = |id: &Uuid| (*id, OrderPatch { status: Some(OrderStatus::Paid), ..OrderPatch::default() });
        let changes: Vec<_> = ids.iter().map(patch).collect();
        let users: Vec<_> =
            emails.iter().map(|email| NewUser { email: email.clone(), optional: Default::default() }).collect();
        for round in 0..5 {
            let mut db = pool.begin().await?;
            Order::update_many(&mut *db, &changes).await?;
            db.commit().await?;
            let mut db = pool.begin().await?;
            User::upsert_many_by_email(&mut *db, &users).await?;
            db.commit().await?;
            let mut db = pool.begin().await?;
            Order::delete_many(&mut *db, &ids).await?;
            if round < 4 { db.rollback().await? } else { db.commit().await? }
        }
        Ok(())
    };
    let turned = emails.iter().rev().cloned().collect();
    let (one, other) = tokio::join!(
        tokio::spawn(work(pool.clone(), forwards, emails)),
        tokio::spawn(work(pool.clone(), backwards, turned)),
    );
    one.unwrap().unwrap();
    other.unwrap().unwrap();
    assert_eq!(Order::count(&pool).await.unwrap(), 0);
}
