//! Declared updates and deletes that run in batches.

use tablewright::prelude::*;
use tablewright::sqlx::{self, postgres::PgPool};

use super::models::{Book, Job, JobOptional, NewBook, NewJob, NewNote, Note};
use super::support::{at, database, job};

async fn finished(pool: &PgPool, count: i64) {
    let rows: Vec<NewJob> = (0..count)
        .map(|i| NewJob { optional: JobOptional { finished_at: Some(at(i)), ..JobOptional::default() }, ..job("a", i) })
        .collect();
    Job::insert_many(pool, &rows).await.unwrap();
}

#[tokio::test]
async fn what_is_deleted_is_counted_batch_by_batch() {
    let (_database, pool) = database().await;
    finished(&pool, 25).await;
    Job::insert(&pool, job("a", 99)).await.unwrap();
    Job::insert(&pool, NewJob { queue: "b".to_owned(), ..job("b", 1) }).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let mut told = Vec::new();
    let done = Job::sweep("a", at(23), 10).run(&mut connection, |done| told.push(done)).await.unwrap();
    assert_eq!((done, told), (23, vec![10, 20, 23]));
    assert_eq!(Job::sweep("a", at(23), 10).run(&mut connection, |_| ()).await.unwrap(), 0);
    assert_eq!(Job::count(&pool).await.unwrap(), 4);
    // A limit of nothing is one row, not the end.
    assert_eq!(Job::sweep("a", at(24), 0).run(&mut connection, |_| ()).await.unwrap(), 1);

    // One by one, on any connection of the pool.
    let mut batches = Job::sweep("a", at(99), 5);
    assert_eq!(batches.next(&pool).await.unwrap(), Some(1));
    assert_eq!((batches.next(&pool).await.unwrap(), batches.next(&pool).await.unwrap()), (None, None));
    assert_eq!((batches.done(), batches.cursor()), (1, None));
}

#[tokio::test]
async fn rows_that_no_longer_meet_the_conditions_are_changed_once() {
    let (_database, pool) = database().await;
    for priority in 0..7 {
        Job::insert(&pool, job("a", priority)).await.unwrap();
    }
    let mut connection = pool.acquire().await.unwrap();
    let mut told = Vec::new();
    assert_eq!(Job::give_up("a").run(&mut connection, |done| told.push(done)).await.unwrap(), 7);
    assert_eq!(told, [3, 6, 7]);
    assert!(
        Job::GIVE_UP.contains("WHERE id = ANY (ARRAY(SELECT id FROM jobs WHERE queue = $1 AND"),
        "{}",
        Job::GIVE_UP
    );
    assert!(Job::GIVE_UP.ends_with("LIMIT 3 FOR NO KEY UPDATE))"), "{}", Job::GIVE_UP);
    for author in ["a", "b", "a", "a"] {
        let new = NewNote { author: author.to_owned(), written_at: at(0), optional: Default::default() };
        Note::insert(&pool, new).await.unwrap();
    }
    assert_eq!(Note::drop_slowly("a").run(&mut connection, |_| ()).await.unwrap(), 3);
    assert_eq!((Note::count(&pool).await.unwrap(), Note::all_of_author(&pool, "a").await.unwrap()), (1, 3));
}

#[tokio::test]
async fn rows_that_still_meet_the_conditions_are_changed_once_too() {
    let (_database, pool) = database().await;
    for priority in [5, 1, 3, 3, 3, 2, 4, 0] {
        Job::insert(&pool, job("a", priority)).await.unwrap();
    }
    let mut connection = pool.acquire().await.unwrap();
    let mut told = Vec::new();
    let done = Job::annotate("a", 1, 7).run(&mut connection, |done| told.push(done)).await.unwrap();
    assert_eq!((done, told), (7, vec![2, 4, 6, 7]));
    let sql = "SELECT count(*) FROM jobs WHERE attempts = 7 AND worker = 'w9' AND priority >= 1";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.unwrap(), 7);

    // Stopped and resumed, as another process would: the cursor is text.
    let mut begun = Job::annotate("a", 0, 8);
    assert_eq!(begun.next(&pool).await.unwrap(), Some(2));
    let cursor = begun.cursor().unwrap().to_string();
    let rest = Job::annotate("a", 0, 8).behind_cursor(Some(cursor.parse().unwrap()));
    assert_eq!(rest.run(&mut connection, |_| ()).await.unwrap(), 6);
    assert_eq!(
        sqlx::query_scalar::<_, i64>("SELECT sum(attempts)::bigint FROM jobs").fetch_one(&pool).await.unwrap(),
        64
    );
    let other = Job::by_priority(&pool, "a", PageRequest::first(1)).await.unwrap().next;
    let error = Job::annotate("a", 0, 8).behind_cursor(other).next(&pool).await.unwrap_err().to_string();
    assert!(error.contains("belongs to the list `jobs.by_priority`, not to `jobs.annotate`"), "{error}");
}

#[tokio::test]
async fn a_key_of_two_columns_is_picked_as_one() {
    let (_database, pool) = database().await;
    let books = (0..9).map(|i| NewBook { shelf: i % 2, place: i, title: "t".to_owned(), optional: Default::default() });
    Book::insert_many(&pool, &books.collect::<Vec<_>>()).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    assert_eq!(Book::relabel("t", Some("x".to_owned())).run(&mut connection, |_| ()).await.unwrap(), 9);
    assert_eq!(Book::retitle(0, "u", 2).run(&mut connection, |_| ()).await.unwrap(), 5);
    let book = Book::find(&pool, (0, 8)).await.unwrap().unwrap();
    assert_eq!((book.title.as_str(), book.label.as_deref(), book.lock_version), ("u", Some("x"), 2));
    assert_eq!(Book::throw_out(0, 3).run(&mut connection, |_| ()).await.unwrap(), 3);
    assert_eq!(Book::count(&pool).await.unwrap(), 6);
}

#[tokio::test]
async fn what_was_done_before_it_failed_is_reported_and_kept() {
    let (_database, pool) = database().await;
    finished(&pool, 20).await;
    // The thirteenth row cannot be deleted.
    let guard = "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION 'row % stays', OLD.priority USING ERRCODE = '23000'; END $$;
                 CREATE TRIGGER keep BEFORE DELETE ON jobs FOR EACH ROW WHEN (OLD.priority = 7) EXECUTE FUNCTION keep()";
    sqlx::raw_sql(guard).execute(&pool).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    let mut told = Vec::new();
    let error = Job::sweep("a", at(100), 4).run(&mut connection, |done| told.push(done)).await.unwrap_err();
    assert_eq!((error.done, told), (12, vec![4, 8, 12]));
    assert!(error.to_string().starts_with("after 12 rows: "), "{error}");
    assert!(error.to_string().contains("row 7 stays"), "{error}");
    assert_eq!(Job::count(&pool).await.unwrap(), 8, "the batch that failed deleted nothing");
    sqlx::raw_sql("DROP TRIGGER keep ON jobs").execute(&pool).await.unwrap();
    assert_eq!(Job::sweep("a", at(100), 4).run(&mut connection, |_| ()).await.unwrap(), 8);
}

#[tokio::test]
async fn two_concurrent_runs_share_the_work() {
    let (_database, pool) = database().await;
    finished(&pool, 400).await;
    let run = || {
        let pool = pool.clone();
        tokio::spawn(async move {
            let mut connection = pool.acquire().await.unwrap();
            Job::sweep("a", at(1000), 7).run(&mut connection, |_| ()).await.unwrap()
        })
    };
    let (one, two) = (run(), run());
    assert_eq!(one.await.unwrap() + two.await.unwrap(), 400);
    assert_eq!(Job::count(&pool).await.unwrap(), 0);
}
