//! What is done once, counted by the server, and changed by only one of several at a time.

use std::collections::BTreeSet;

use tablewright::Once;
use tablewright::prelude::*;
use tablewright::sqlx;

use super::order::{NewOrder, Order, OrderConstraint};
use super::payment::{NewPayment, NewReading, Payment, PaymentConstraint, PaymentPatch, Reading, ReadingOptional};
use super::support::{database, new_order, user};

fn payment(key: &str) -> NewPayment {
    NewPayment {
        idempotency_key: key.to_owned(),
        payer: "ada".to_owned(),
        amount: "9.90".parse().unwrap(),
        optional: Default::default(),
    }
}

fn note(text: &str) -> PaymentPatch {
    PaymentPatch { note: Some(Some(text.to_owned())), ..PaymentPatch::default() }
}

#[tokio::test]
async fn the_server_numbers_keys_that_are_left_out() {
    let (_database, pool) = database().await;
    let first = Payment::insert(&pool, payment("a")).await.unwrap();
    let mut given = payment("b");
    given.optional.number = Some(1000);
    let given = Payment::insert(&pool, given).await.unwrap();
    let third = Payment::insert(&pool, payment("c")).await.unwrap();
    assert_eq!([first.number, given.number, third.number], [1, 1000, 2]);

    let mut rows: Vec<NewPayment> = (0..4).map(|i| payment(&format!("many-{i}"))).collect();
    rows[2].optional.number = Some(2000);
    let made = Payment::insert_many_returning(&pool, &rows).await.unwrap();
    assert_eq!(made.iter().map(|payment| payment.number).collect::<Vec<_>>(), [3, 4, 2000, 5]);
    for row in &mut rows {
        row.idempotency_key.push('!');
    }
    rows[2].optional.number = Some(2001);
    assert_eq!(Payment::insert_many(&pool, &rows).await.unwrap(), 4);
    assert_eq!(Payment::find_by_number(&pool, 8).await.unwrap().unwrap().idempotency_key, "many-3!");

    // An upsert keeps the number that the row has, and a new row gets the next.
    let same = Payment::upsert_by_idempotency_key(&pool, payment("a")).await.unwrap();
    assert_eq!((same.id, same.number, same.lock_version), (first.id, 1, 1));
    assert_eq!(Payment::upsert_many_by_idempotency_key(&pool, &[payment("b"), payment("new")]).await.unwrap(), 2);
    assert_eq!(Payment::find_by_number(&pool, 1000).await.unwrap().unwrap().id, given.id);
    let new = Payment::find_by_idempotency_key(&pool, "new").await.unwrap().unwrap();
    assert!(new.number > 8, "{}", new.number);
    // COPY knows no defaults for single rows, and says which column it lacks.
    let error = Payment::copy_in(&mut pool.acquire().await.unwrap(), [payment("copy")]).await.unwrap_err();
    assert!(error.to_string().contains("leaves out id"), "{error}");
}

#[tokio::test]
async fn a_request_that_is_sent_many_times_is_done_once() {
    let (_database, pool) = database().await;
    let mut connection = pool.acquire().await.unwrap();
    let Once::Inserted(first) = Payment::insert_once(&mut connection, payment("k")).await.unwrap() else {
        panic!("the first one inserts")
    };
    // Apart from its key, the second one is ignored.
    let again = NewPayment { amount: "1.00".parse().unwrap(), ..payment("k") };
    assert_eq!(Payment::insert_once(&mut connection, again).await.unwrap(), Once::Found(first));
    drop(connection);

    // Twenty at once, on four connections.
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let mut connection = pool.acquire().await.unwrap();
                Payment::insert_once(&mut connection, payment("race")).await.unwrap()
            })
        })
        .collect();
    let (mut inserted, mut ids) = (0, BTreeSet::new());
    for done in tries {
        let done = done.await.unwrap();
        inserted += u32::from(matches!(done, Once::Inserted(_)));
        ids.insert(done.into_row().id);
    }
    assert_eq!((inserted, ids.len()), (1, 1));

    // It waits for the row of an open transaction: after a rollback, the next one inserts it.
    let mut open = pool.begin().await.unwrap();
    assert!(matches!(Payment::insert_once(&mut open, payment("open")).await.unwrap(), Once::Inserted(_)));
    let waiting = {
        let pool = pool.clone();
        tokio::spawn(async move {
            let mut connection = pool.acquire().await.unwrap();
            Payment::insert_once(&mut connection, payment("open")).await.unwrap()
        })
    };
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    open.rollback().await.unwrap();
    assert!(matches!(waiting.await.unwrap(), Once::Inserted(_)));

    // Another key that is taken, or a check, is an error as anywhere.
    let mut connection = pool.acquire().await.unwrap();
    let mut taken = payment("taken");
    taken.optional.number = Some(1);
    let error = Payment::insert_once(&mut connection, taken).await.unwrap_err();
    assert_eq!(error.constraint(), Some(PaymentConstraint::NumberUnique));
    let free = NewPayment { amount: Decimal::ZERO, ..payment("free") };
    let error = Payment::insert_once(&mut connection, free).await.unwrap_err();
    assert_eq!(error.constraint(), Some(PaymentConstraint::AmountCheck));
}

#[tokio::test]
async fn the_version_counts_every_change() {
    let (_database, pool) = database().await;
    let seen = Payment::insert(&pool, payment("v")).await.unwrap();
    assert_eq!(seen.lock_version, 0);
    assert!(
        Payment::UPDATE_IF_UNCHANGED.contains("WHERE id = $1 AND lock_version = $2"),
        "{}",
        Payment::UPDATE_IF_UNCHANGED
    );
    // In one transaction, where `updated_at` does not move and could not show it.
    let mut transaction = pool.begin().await.unwrap();
    let one = Payment::update_if_unchanged(&mut *transaction, &seen, note("one")).await.unwrap().unwrap();
    assert_eq!(Payment::update_if_unchanged(&mut *transaction, &seen, note("late")).await.unwrap(), None);
    let two = Payment::update_if_unchanged(&mut *transaction, &one, note("two")).await.unwrap().unwrap();
    assert_eq!((one.updated_at, one.lock_version, two.lock_version), (two.updated_at, 1, 2));
    transaction.commit().await.unwrap();
    // Each of the other ways to change it counts too.
    let version = async || Payment::find(&pool, seen.id).await.unwrap().unwrap().lock_version;
    Payment::update(&pool, seen.id, PaymentPatch::default()).await.unwrap();
    assert_eq!(version().await, 3);
    Payment::update_many(&pool, &[(seen.id, note("many"))]).await.unwrap();
    assert_eq!(version().await, 4);
    Payment::upsert_by_idempotency_key(&pool, payment("v")).await.unwrap();
    assert_eq!(version().await, 5);
    Payment::upsert_many_by_idempotency_key(&pool, &[payment("v")]).await.unwrap();
    assert_eq!(version().await, 6);
    assert_eq!(Payment::settle_of(&pool, "ada", Some("settled".to_owned())).await.unwrap(), 1);
    assert_eq!(version().await, 7);
}

#[tokio::test]
async fn of_many_that_saw_the_same_row_only_one_changes_it() {
    let (_database, pool) = database().await;
    let seen = Payment::insert(&pool, payment("v")).await.unwrap();
    let tries: Vec<_> = (0..16)
        .map(|i| {
            let (pool, seen) = (pool.clone(), seen.clone());
            tokio::spawn(async move { Payment::update_if_unchanged(&pool, &seen, note(&i.to_string())).await.unwrap() })
        })
        .collect();
    let mut won = Vec::new();
    for tried in tries {
        won.extend(tried.await.unwrap());
    }
    assert_eq!(won.len(), 1);
    assert_eq!(Payment::find(&pool, seen.id).await.unwrap().as_ref(), Some(&won[0]));
}

/// Numbers from 0 on, in a seemingly random order.
fn shuffled(count: u64) -> Vec<u64> {
    let mut numbers: Vec<u64> = (0..count).collect();
    numbers.sort_by_key(|number| number.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17));
    numbers
}

#[tokio::test]
async fn ten_thousand_rows_are_returned_in_order() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    // Some keys are given, in no order, and the server makes the others: the sort is not that of the keys.
    let rows: Vec<NewOrder> = shuffled(10_000)
        .into_iter()
        .map(|number| {
            let mut row = new_order(&ada, &format!("A-{number}"));
            row.optional.id = number.is_multiple_of(3).then(|| Uuid::from_u128(u128::from(number)));
            row
        })
        .collect();
    let made = Order::insert_many_returning(&pool, &rows).await.unwrap();
    let numbers = |rows: &[Order]| rows.iter().map(|row| row.order_number.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&made), rows.iter().map(|row| row.order_number.clone()).collect::<Vec<_>>());
    assert!(made.iter().zip(&rows).all(|(made, row)| row.optional.id.is_none_or(|id| made.id == id)));

    // The key that the server numbers, by default and where some are given; and two batches.
    let values = shuffled(12_000);
    let rows: Vec<NewReading> = values
        .iter()
        .map(|&value| NewReading {
            value: i64::try_from(value).unwrap(),
            optional: ReadingOptional {
                id: value.is_multiple_of(5).then(|| 1_000_000 - i64::try_from(value).unwrap()),
                ..ReadingOptional::default()
            },
        })
        .collect();
    let made = Reading::insert_many_returning(&pool, &rows).await.unwrap();
    let came: Vec<u64> = made.iter().map(|row| u64::try_from(row.value).unwrap()).collect();
    assert_eq!(came, values);

    // A conflict: there is none, and the error says which.
    let mut again: Vec<NewOrder> = (0..10_000).map(|number| new_order(&ada, &format!("B-{number}"))).collect();
    again[9_999].order_number = "A-77".to_owned();
    let error = Order::insert_many_returning(&pool, &again).await.unwrap_err();
    assert_eq!(error.constraint(), Some(OrderConstraint::OrderNumberUnique));
    assert!(error.to_string().contains("(A-77)"), "{error}");
    assert_eq!(Order::count(&pool).await.unwrap(), 10_000);
}

#[tokio::test]
async fn rows_are_returned_in_order_whatever_a_trigger_does() {
    let (_database, pool) = database().await;
    let ada = user(&pool, "ada@example.org").await;
    let trigger = "CREATE FUNCTION renumber() RETURNS trigger LANGUAGE plpgsql AS
                   $$ BEGIN IF NEW.order_number = 'A-1' THEN NEW.id = gen_random_uuid(); END IF; RETURN NEW; END $$;
                   CREATE TRIGGER renumber BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION renumber()";
    sqlx::raw_sql(trigger).execute(&pool).await.unwrap();
    let rows: Vec<NewOrder> = (0..4).map(|number| new_order(&ada, &format!("A-{number}"))).collect();
    let made = Order::insert_many_returning(&pool, &rows).await.unwrap();
    let numbers: Vec<&str> = made.iter().map(|row| row.order_number.as_str()).collect();
    assert_eq!(numbers, ["A-0", "A-2", "A-3", "A-1"], "none is lost, and that one is last");
}
