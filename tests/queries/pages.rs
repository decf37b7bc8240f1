//! Keyset pages in any order, while rows come and go.

use std::collections::{BTreeMap, BTreeSet};

use tablewright::prelude::*;
use tablewright::sqlx::postgres::PgPool;
use tablewright::{Page, Pages};
use tablewright::{Paged, sqlx};

use super::models::Job;
use super::support::{at, database, job};

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

async fn jobs(pool: &PgPool, count: u64, dice: &mut Dice) {
    for _ in 0..count {
        insert(pool, dice).await;
    }
}

async fn insert(pool: &PgPool, dice: &mut Dice) -> Uuid {
    let when = |dice: &mut Dice| match dice.below(3) {
        0 => None,
        _ => Some(at(i64::try_from(dice.below(4)).unwrap())),
    };
    let mut new = job("a", i64::try_from(dice.below(4)).unwrap());
    new.optional.run_at = Some(at(i64::try_from(dice.below(4)).unwrap()));
    (new.optional.started_at, new.optional.finished_at) = (when(dice), when(dice));
    Job::insert(pool, new).await.unwrap().id
}

type List = for<'e> fn(&'e PgPool, PageRequest) -> Paged<'e, Job>;

/// The lists, each with the order that the server is asked for without pages.
const LISTS: [(List, &str); 3] = [
    (|pool, page| Job::by_priority(pool, "a", page), "priority DESC, run_at, id"),
    (|pool, page| Job::finished(pool, "a", page), "finished_at DESC NULLS FIRST, id DESC"),
    (|pool, page| Job::twice_null(pool, "a", page), "started_at NULLS FIRST, finished_at NULLS LAST, id"),
];

async fn in_order(pool: &PgPool, order: &str) -> Vec<Uuid> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT id FROM jobs WHERE queue = 'a' ORDER BY {order}"));
    sqlx::query_scalar(sql).fetch_all(pool).await.unwrap()
}

fn ids(page: &Page<Job>) -> Vec<Uuid> {
    page.items.iter().map(|job| job.id).collect()
}

#[tokio::test]
async fn forward_and_back_in_any_order_over_ties_and_nulls() {
    let (_database, pool) = database().await;
    jobs(&pool, 61, &mut Dice(0xBEEF)).await;
    for (list, order) in LISTS {
        let all = in_order(&pool, order).await;
        for limit in [1, 2, 7, 60, 61, 62] {
            let expected: Vec<&[Uuid]> = all.chunks(limit).collect();
            let limit = u32::try_from(limit).unwrap();
            let mut page = list(&pool, PageRequest::first(limit)).await.unwrap();
            assert_eq!(page.previous, None);
            for (number, rows) in expected.iter().enumerate() {
                assert_eq!(ids(&page), *rows, "{order}: page {number} of {limit}");
                assert_eq!(page.next.is_some(), number + 1 < expected.len());
                if let Some(next) = page.next.clone() {
                    page = list(&pool, PageRequest::at(next, limit)).await.unwrap();
                }
            }
            for (number, rows) in expected.iter().enumerate().rev().skip(1) {
                page = list(&pool, PageRequest::at(page.previous.clone().unwrap(), limit)).await.unwrap();
                assert_eq!(ids(&page), *rows, "{order}: back to page {number} of {limit}");
                assert_eq!(page.previous.is_some(), number > 0);
            }
            let mut pages = Pages::of(limit, |page| list(&pool, page));
            let mut streamed = Vec::new();
            while let Some(page) = pages.next().await {
                streamed.extend(ids(&page.unwrap()));
            }
            assert_eq!(streamed, all, "{order}: all pages of {limit}");
        }
    }
}

#[tokio::test]
async fn while_rows_come_and_go_none_that_stays_is_skipped_or_repeated() {
    let (_database, pool) = database().await;
    let mut dice = Dice(0xF00D);
    jobs(&pool, 80, &mut dice).await;
    let (mut come, mut gone, mut pages) = (0, 0, 0);
    for round in 0..24_u64 {
        let (list, order) = LISTS[usize::try_from(round % 3).unwrap()];
        let limit = 1 + u32::try_from(dice.below(9)).unwrap();
        let is_backward = round % 2 == 1;
        let before: BTreeSet<Uuid> = in_order(&pool, order).await.into_iter().collect();
        let mut deleted = BTreeSet::new();
        let mut seen: BTreeMap<Uuid, u32> = BTreeMap::new();
        let mut page = list(&pool, PageRequest::first(limit)).await.unwrap();
        if is_backward {
            // To the end first, and from there back.
            while let Some(next) = page.next.clone() {
                page = list(&pool, PageRequest::at(next, limit)).await.unwrap();
            }
        }
        loop {
            pages += 1;
            for id in ids(&page) {
                *seen.entry(id).or_default() += 1;
            }
            let cursor = if is_backward { page.previous.clone() } else { page.next.clone() };
            let Some(cursor) = cursor else { break };
            // Another program, on its own connection, between two pages and while one is read.
            let other = {
                let (pool, mut dice) = (pool.clone(), Dice(dice.below(u64::MAX) | 1));
                let edge = page.items.last().map(|job| job.id);
                tokio::spawn(async move {
                    let mut deleted = Vec::new();
                    insert(&pool, &mut dice).await;
                    // Also the very row that the cursor is on.
                    let mut victims: Vec<Uuid> = edge.into_iter().filter(|_| dice.below(3) == 0).collect();
                    if dice.below(2) == 0 {
                        let any =
                            sqlx::query_scalar::<_, Uuid>("SELECT id FROM jobs ORDER BY md5(id::text || $1) LIMIT 1");
                        victims.extend(any.bind(dice.below(1 << 40).to_string()).fetch_optional(&pool).await.unwrap());
                    }
                    for id in victims {
                        if Job::delete(&pool, id).await.unwrap() {
                            deleted.push(id);
                        }
                    }
                    deleted
                })
            };
            page = list(&pool, PageRequest::at(cursor, limit)).await.unwrap();
            come += 1;
            deleted.extend(other.await.unwrap());
        }
        gone += deleted.len();
        let stayed: Vec<&Uuid> = before.difference(&deleted).collect();
        for id in stayed {
            assert_eq!(seen.get(id), Some(&1), "round {round}, {order}: a row that stayed");
        }
        assert!(seen.values().all(|times| *times == 1), "round {round}, {order}: a row twice");
    }
    println!("{pages} pages, {come} rows came and {gone} went: every row that stayed was read once");
}

#[tokio::test]
async fn a_cursor_of_another_list_names_both() {
    let (_database, pool) = database().await;
    jobs(&pool, 5, &mut Dice(3)).await;
    let cursor = Job::finished(&pool, "a", PageRequest::first(2)).await.unwrap().next.unwrap();
    let error = Job::by_priority(&pool, "a", PageRequest::at(cursor, 2)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the cursor belongs to the list `jobs.finished`, not to `jobs.by_priority`: start again from the first page"
    );
}

#[tokio::test]
async fn a_page_of_some_columns_still_continues() {
    let (_database, pool) = database().await;
    jobs(&pool, 9, &mut Dice(77)).await;
    let mut rows = 0;
    let mut pages = Pages::of(2, |page| Job::slim(&pool, "a", page));
    while let Some(page) = pages.next().await {
        rows += page.unwrap().items.iter().filter(|row| row.attempts == 0).count();
    }
    assert_eq!(rows, 9);
}
