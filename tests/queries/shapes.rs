//! Every shape of a declared query gives what it says.

use tablewright::prelude::*;
use tablewright::sqlx;

use super::models::{Job, JobState, NewNote, Note};
use super::support::{at, database, job};

#[tokio::test]
async fn rows_are_found_by_lists_ranges_and_constants() {
    let (_database, pool) = database().await;
    for (queue, priority) in [("a", 1), ("a", 5), ("a", 9), ("b", 5), ("c", 5)] {
        Job::insert(&pool, job(queue, priority)).await.unwrap();
    }
    let priorities = |jobs: Vec<Job>| jobs.iter().map(|job| job.priority).collect::<Vec<_>>();
    assert_eq!(priorities(Job::between(&pool, "a", 1, 9).await.unwrap()), [1, 5]);
    assert_eq!(priorities(Job::between(&pool, "a", 2, 100).await.unwrap()), [5, 9]);
    let queues = ["a".to_owned(), "c".to_owned()];
    assert_eq!(Job::of_queues(&pool, &queues, 10).await.unwrap().len(), 4);
    assert_eq!(Job::of_queues(&pool, &queues, 3).await.unwrap().len(), 3);
    assert_eq!(Job::of_queues(&pool, &[], 3).await.unwrap(), []);
    assert_eq!(Job::count_urgent(&pool, "a", 1).await.unwrap(), 2);
    assert!(Job::has(&pool, "b").await.unwrap());
    assert!(!Job::has(&pool, "z").await.unwrap());
    assert_eq!(Job::odd(&pool).await.unwrap(), 0);
    assert_eq!(Job::of_worker(&pool).await.unwrap(), None);
}

#[tokio::test]
async fn one_row_is_there_or_an_error() {
    let (_database, pool) = database().await;
    let first = Job::insert(&pool, job("a", 1)).await.unwrap();
    assert_eq!(Job::one_of(&pool, first.id, "a").await.unwrap(), first);
    assert!(matches!(Job::one_of(&pool, first.id, "b").await, Err(sqlx::Error::RowNotFound)));
}

#[tokio::test]
async fn columns_are_set_to_constants_and_given_values() {
    let (_database, pool) = database().await;
    let first = Job::insert(&pool, job("a", 1)).await.unwrap();
    let other = Job::insert(&pool, job("a", 2)).await.unwrap();
    assert_eq!(Job::begin(&pool, first.id, Some("w1".to_owned())).await.unwrap(), 1);
    assert_eq!(Job::begin(&pool, first.id, None).await.unwrap(), 0, "it is no longer waiting");
    let begun = Job::of_worker(&pool).await.unwrap().unwrap();
    assert_eq!((begun.id, begun.state, begun.started_at.is_some()), (first.id, JobState::InProgress, true));
    assert!(begun.updated_at > first.updated_at);
    assert_eq!(Job::move_all(&pool, "a", "b").await.unwrap(), 2);
    assert_eq!(Job::find(&pool, other.id).await.unwrap().unwrap().queue, "b");
    sqlx::query("UPDATE jobs SET finished_at = $1").bind(at(0)).execute(&pool).await.unwrap();
    assert_eq!(Job::forget(&pool, "b", at(0)).await.unwrap(), 0);
    assert_eq!(Job::forget(&pool, "b", at(1)).await.unwrap(), 2);
}

#[tokio::test]
async fn a_claimed_row_is_skipped_until_the_transaction_ends() {
    let (_database, pool) = database().await;
    for priority in 0..5 {
        Job::insert(&pool, job("a", priority)).await.unwrap();
    }
    let priorities = |jobs: &[Job]| jobs.iter().map(|job| job.priority).collect::<Vec<_>>();
    let mut one = pool.begin().await.unwrap();
    let mut two = pool.begin().await.unwrap();
    let first = Job::next(&mut one, 2).await.unwrap();
    assert_eq!(priorities(&first), [0, 1]);
    assert_eq!(priorities(&Job::next(&mut two, 2).await.unwrap()), [2, 3]);
    assert_eq!(Job::begin(&mut *one, first[0].id, None).await.unwrap(), 1);
    one.commit().await.unwrap();
    let ids = Job::next_ids(&mut two).await.unwrap();
    assert_eq!(ids[0].id, first[1].id, "the one that was started is not there, the other one is");
    assert!(format!("{:?}", ids[0]).starts_with("JobNextIds { id: "));
}

#[tokio::test]
async fn deleted_rows_are_visible_only_on_request() {
    let (_database, pool) = database().await;
    let note = |author: &str| NewNote { author: author.to_owned(), written_at: at(0), optional: Default::default() };
    for author in ["a", "a", "b"] {
        Note::insert(&pool, note(author)).await.unwrap();
    }
    assert_eq!(Note::drop_author(&pool, "a").await.unwrap(), 2);
    assert_eq!(Note::drop_author(&pool, "a").await.unwrap(), 0);
    assert_eq!(Note::of_author(&pool, "a", PageRequest::first(5)).await.unwrap().items.len(), 0);
    assert_eq!(Note::all_of_author(&pool, "a").await.unwrap(), 2);
    assert_eq!(Note::purge_author(&pool, "a").await.unwrap(), 2);
    assert_eq!(Note::all_of_author(&pool, "a").await.unwrap(), 0);
    assert_eq!(Note::count(&pool).await.unwrap(), 1);
}

#[test]
fn the_documented_sql_is_the_constant() {
    assert!(Job::NEXT.ends_with("ORDER BY run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED"), "{}", Job::NEXT);
    assert!(Job::SLIM.first.starts_with("SELECT attempts, priority, run_at, id FROM jobs"), "{}", Job::SLIM.first);
    assert_eq!((Job::FINISHED.after.len(), Job::TWICE_NULL.before.len()), (2, 4));
}
