//! `transaction`: `Ok` means that it was committed.

use std::sync::atomic::{AtomicU32, Ordering};

use tablewright::Error;
use tablewright::prelude::*;
use tablewright::sqlx::{Connection as _, Executor as _, PgConnection, query, raw_sql};
use tablewright::{NotCommitted, Retry, transaction};

use super::more::{Actor, EventKind, NewOrderEvent, OrderEvent, OrderEventOptional};
use super::slow::{Slow, dropped_after};
use super::support::database;
use super::user::{NewUser, User, UserConstraint};

fn new_user(email: &str) -> NewUser {
    NewUser { email: email.to_owned(), optional: Default::default() }
}

fn why(error: &sqlx::Error) -> Option<NotCommitted> {
    error.as_database_error().and_then(|error| error.try_downcast_ref()).copied()
}

/// Inserts, and takes a violated constraint for an answer.
async fn insert_or_ignore(db: &mut PgConnection, email: &str) -> sqlx::Result<bool> {
    match User::insert(db, new_user(email)).await {
        Ok(_) => Ok(true),
        Err(Error::Constraint(violation)) if violation.constraint() == UserConstraint::EmailUnique => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[tokio::test]
async fn a_swallowed_error_is_returned_and_nothing_is_committed() {
    let (_database, pool) = database().await;
    User::insert(&pool, new_user("taken")).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let done = transaction(&mut *connection, |mut db| async move {
        insert_or_ignore(&mut db, "new").await?;
        insert_or_ignore(&mut db, "taken").await
    })
    .await;
    let error: sqlx::Error = done.unwrap_err();
    assert_eq!(why(&error), Some(NotCommitted::Aborted));
    assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("25P02"));
    assert!(error.to_string().contains("nothing was committed: a statement in the transaction failed"), "{error}");
    assert!(!tablewright::may_run_again(&error));
    assert_eq!(User::count(&pool).await.unwrap(), 1);
    // The connection is outside of any transaction.
    User::insert(&mut *connection, new_user("next")).await.unwrap();
    assert_eq!(User::count(&pool).await.unwrap(), 2);
}

#[tokio::test]
async fn a_failure_in_an_inner_transaction_is_an_answer() {
    let (_database, pool) = database().await;
    User::insert(&pool, new_user("taken")).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let (one, two) = transaction(&mut *connection, |mut db| async move {
        User::insert(&mut *db, new_user("outer")).await?;
        // It returns its error, and it swallows it.
        let one = transaction(&mut *db, |mut db| async move { User::insert(&mut *db, new_user("taken")).await }).await;
        let two = transaction(&mut *db, |mut db| async move {
            User::insert(&mut *db, new_user("inner")).await?;
            insert_or_ignore(&mut db, "taken").await
        })
        .await;
        transaction(&mut *db, |mut db| async move { User::insert(&mut *db, new_user("kept")).await }).await?;
        Ok::<_, sqlx::Error>((one, two))
    })
    .await
    .unwrap();
    assert_eq!(one.unwrap_err().constraint(), Some(UserConstraint::EmailUnique));
    assert_eq!(why(&two.unwrap_err()), Some(NotCommitted::Aborted));
    for (email, is_there) in [("outer", true), ("inner", false), ("kept", true)] {
        assert_eq!(User::find_by_email(&pool, email).await.unwrap().is_some(), is_there, "{email}");
    }
}

#[tokio::test]
async fn a_transaction_that_the_closure_ends_is_an_error() {
    let (database, pool) = database().await;
    let mut connection = pool.acquire().await.unwrap();
    for (end, kept) in [("ROLLBACK", 0), ("COMMIT", 1)] {
        let done: Result<(), sqlx::Error> = transaction(&mut *connection, |mut db| async move {
            User::insert(&mut *db, new_user(end)).await?;
            db.execute(raw_sql(end)).await?;
            Ok(())
        })
        .await;
        assert_eq!(why(&done.unwrap_err()), Some(NotCommitted::Ended), "{end}");
        assert_eq!(User::count(&pool).await.unwrap(), kept, "{end}");
    }
    // sqlx's own `begin` inside, dropped while it waits, takes the transaction with it.
    let slow = Slow::before(database.url());
    let mut connection = PgConnection::connect_with(&slow.options()).await.unwrap();
    let slow = &slow;
    let done: Result<(), sqlx::Error> = transaction(&mut connection, |mut db| async move {
        User::insert(&mut *db, new_user("before")).await?;
        slow.set(true);
        assert!(dropped_after(1, db.begin()).await.is_none());
        User::insert(&mut *db, new_user("behind")).await?;
        Ok(())
    })
    .await;
    assert_eq!(why(&done.unwrap_err()), Some(NotCommitted::Ended));
    assert!(User::find_by_email(&pool, "before").await.unwrap().is_none());
}

#[tokio::test]
async fn an_error_of_the_commit_itself_is_returned() {
    let (_database, pool) = database().await;
    let mut connection = pool.acquire().await.unwrap();
    let done: Result<_, sqlx::Error> = transaction(&mut *connection, |mut db| async move {
        query("SET CONSTRAINTS ALL DEFERRED").execute(&mut *db).await?;
        let order_id = Some(Uuid::from_u128(1));
        let optional = OrderEventOptional { order_id, ..Default::default() };
        let new = NewOrderEvent { kind: EventKind::Created, actor: Actor("ada".to_owned()), optional };
        Ok(OrderEvent::insert(&mut *db, new).await?)
    })
    .await;
    let error = done.unwrap_err();
    assert!(error.as_database_error().unwrap().is_foreign_key_violation(), "{error}");
    assert_eq!(OrderEvent::count(&pool).await.unwrap(), 0);
    User::insert(&mut *connection, new_user("next")).await.unwrap();
    assert_eq!(User::count(&pool).await.unwrap(), 1);
}

/// The first two commits of new users. What a sequence gave is not rolled back.
const REFUSES_TWICE: &str = "CREATE SEQUENCE commits;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('commits') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION refuse()";

#[tokio::test]
async fn a_batch_that_cannot_be_serialized_is_run_again_where_nothing_was_sent_before() {
    let (_database, pool) = database().await;
    pool.execute(raw_sql(REFUSES_TWICE)).await.unwrap();
    let commits = "SELECT last_value FROM commits";
    // By one statement, by one with its rows, by two.
    assert_eq!(User::insert_many(&pool, &[new_user("one")]).await.unwrap(), 1);
    assert_eq!(sqlx::query_scalar::<_, i64>(commits).fetch_one(&pool).await.unwrap(), 3);
    pool.execute(raw_sql("ALTER SEQUENCE commits RESTART")).await.unwrap();
    let made = User::insert_many_returning(&pool, &[new_user("two"), new_user("three")]).await.unwrap();
    assert_eq!(made.iter().map(|user| user.email.as_str()).collect::<Vec<_>>(), ["two", "three"]);
    pool.execute(raw_sql("ALTER SEQUENCE commits RESTART")).await.unwrap();
    assert_eq!(User::upsert_many_by_email(&pool, &[new_user("four")]).await.unwrap(), 1);
    assert_eq!(User::count(&pool).await.unwrap(), 4);

    // In a transaction the program decides.
    let refuses = "ALTER SEQUENCE commits RESTART; SET CONSTRAINTS ALL IMMEDIATE";
    let mut outer = pool.begin().await.unwrap();
    outer.execute(raw_sql(refuses)).await.unwrap();
    let error: sqlx::Error = User::insert_many(&mut *outer, &[new_user("five")]).await.unwrap_err().into();
    assert!(tablewright::may_run_again(&error));
    outer.rollback().await.unwrap();
    assert_eq!(User::count(&pool).await.unwrap(), 4);
}

#[tokio::test]
async fn what_cannot_be_serialized_at_commit_is_run_again() {
    let (_database, pool) = database().await;
    pool.execute(raw_sql(REFUSES_TWICE)).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let runs = &AtomicU32::new(0);
    transaction(&mut *connection, |mut db| async move {
        runs.fetch_add(1, Ordering::Relaxed);
        User::insert(&mut *db, new_user("ada")).await
    })
    .await
    .unwrap();
    assert_eq!((runs.load(Ordering::Relaxed), User::count(&pool).await.unwrap()), (3, 1));
}

#[tokio::test]
async fn a_batch_in_a_failed_transaction_does_not_end_it() {
    let (_database, pool) = database().await;
    User::insert(&pool, new_user("taken")).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let mut outer = connection.begin().await.unwrap();
    assert!(!insert_or_ignore(&mut outer, "taken").await.unwrap());
    assert!(User::upsert_many_by_email(&mut *outer, &[new_user("many")]).await.is_err());
    // Were the transaction over, this would be committed at once, and sqlx's commit would be `Ok`.
    assert!(User::insert(&mut *outer, new_user("next")).await.is_err());
    drop(outer);
    drop(connection);
    assert_eq!(User::count(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn an_inner_transaction_leaves_no_savepoint_behind() {
    let (_database, pool) = database().await;
    User::insert(&pool, new_user("taken")).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    for email in ["taken", "new"] {
        let done: sqlx::Result<()> = transaction(&mut *connection, |mut db| async move {
            let done =
                transaction(&mut *db, |mut db| async move { User::insert(&mut *db, new_user(email)).await }).await;
            assert_eq!(done.is_ok(), email == "new");
            db.execute(raw_sql("RELEASE SAVEPOINT _sqlx_savepoint_1")).await.map(drop)
        })
        .await;
        // There is no such savepoint.
        let error = done.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("3B001"), "{email}: {error}");
    }
}

/// A future that a server may move between threads.
fn spawned<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> tokio::task::JoinHandle<T> {
    tokio::spawn(future)
}

#[tokio::test]
async fn any_error_type_tells_whether_it_is_run_again() {
    let (_database, pool) = database().await;
    let fails = "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$";
    let again = Retry { attempts: 3, pause: std::time::Duration::from_millis(1), ..Retry::default() };
    let runs = std::sync::Arc::new(AtomicU32::new(0));

    let (db, counted) = (pool.clone(), std::sync::Arc::clone(&runs));
    let done = spawned(async move {
        let counted = &counted;
        again
            .transaction(&db, |mut db| async move {
                counted.fetch_add(1, Ordering::Relaxed);
                anyhow::Context::context(query(fails).execute(&mut *db).await, "the statement")?;
                anyhow::Ok(())
            })
            .await
    });
    assert_eq!(done.await.unwrap().unwrap_err().to_string(), "the statement");
    assert_eq!(runs.swap(0, Ordering::Relaxed), 3);

    let counted = &runs;
    let done = again.transaction(&pool, |mut db| async move {
        counted.fetch_add(1, Ordering::Relaxed);
        query(fails).execute(&mut *db).await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    });
    assert!(done.await.is_err());
    assert_eq!(runs.swap(0, Ordering::Relaxed), 3);

    // What the database did not say is not run again.
    let done = again.transaction(&pool, |_| async move {
        counted.fetch_add(1, Ordering::Relaxed);
        Err::<(), _>(anyhow::anyhow!("no"))
    });
    assert!(done.await.is_err());
    assert_eq!(runs.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_connection_that_is_kept_is_not_committed() {
    let (_database, pool) = database().await;
    let (send, keep) = std::sync::mpsc::channel();
    let send = &send;
    let done: sqlx::Result<()> = transaction(&pool, |mut db| async move {
        User::insert(&mut *db, new_user("kept")).await?;
        send.send(db).unwrap();
        Ok(())
    })
    .await;
    assert_eq!(why(&done.unwrap_err()), Some(NotCommitted::Held));
    let mut db = keep.recv().unwrap();
    assert_eq!(User::count(&mut *db).await.unwrap(), 1);
    drop(db);
    User::insert(&pool, new_user("next")).await.unwrap();
    assert_eq!(User::count(&pool).await.unwrap(), 1);
}

#[tokio::test]
async fn a_call_that_fails_ends_the_transaction_whatever_its_size() {
    let (_database, pool) = database().await;
    User::insert(&pool, new_user("taken")).await.unwrap();
    for rows in [1, 2, tablewright::BATCH_ROWS + 1] {
        let mut users: Vec<_> = (1..rows).map(|number| new_user(&format!("{rows}-{number}"))).collect();
        users.push(new_user("taken"));
        let mut outer = pool.begin().await.unwrap();
        User::insert(&mut *outer, new_user("outer")).await.unwrap();
        assert_eq!(
            User::insert_many(&mut *outer, &users).await.unwrap_err().constraint(),
            Some(UserConstraint::EmailUnique)
        );
        let error = User::count(&mut *outer).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().as_deref(), Some("25P02"), "{rows}");
        outer.rollback().await.unwrap();
    }
    assert_eq!(User::count(&pool).await.unwrap(), 1);
}
