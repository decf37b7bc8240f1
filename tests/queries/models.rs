//! Tables with queries of every shape.

use tablewright::prelude::*;

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
pub enum JobState {
    Waiting,
    InProgress,
    #[enumeration(value = "done!")]
    Done,
}

/// A job of a queue.
#[derive(Debug, Clone, PartialEq, Table)]
#[index(run_at, id, where = "state = 'waiting'")]
#[index(queue, priority desc, run_at, id, include(attempts))]
#[index(queue, finished_at desc, id desc)]
#[index(queue, started_at nulls_first, finished_at, id)]
#[index(worker, state, id)]
#[query(of_worker(worker = "'w1'", state = InProgress), order(id), optional)]
#[query(next(state = Waiting), order(run_at, id), claim(limit))]
#[query(next_ids(state = Waiting), order(run_at), claim(2), columns(id, worker))]
#[query(by_priority(queue), order(priority desc, run_at), page)]
#[query(slim(queue), order(priority desc, run_at), page, columns(attempts))]
#[query(finished(queue), order(finished_at desc), page, frequency = "20/s", latency = "5 ms")]
#[query(twice_null(queue), order(started_at nulls_first, finished_at), page)]
#[query(between(queue, priority >= least, priority < below), order(priority), all(10))]
#[query(of_queues(queue in queues), all(limit))]
#[query(count_urgent(queue, priority > least), count)]
#[query(has(queue), where = "finished_at IS NULL", exists)]
#[query(one_of(id, queue), one)]
#[query(begin(id), where = "state = 'waiting'", update(state = InProgress, started_at = "now()", worker))]
#[query(move_all(queue), update(queue))]
#[query(forget(queue, finished_at < before), delete)]
#[query(sweep(queue, finished_at < before), delete, batch(limit))]
#[query(give_up(queue), where = "finished_at IS NULL", order(started_at nulls_first), update(finished_at = "now()"), batch(3))]
#[query(annotate(queue, priority >= least), order(priority desc, run_at), update(attempts, worker = "'w9'"), batch(2))]
#[query(odd, where = "attempts % 2 = 1", unindexed(reason = "a test"), count)]
pub struct Job {
    pub id: Uuid,
    pub queue: String,
    pub priority: i64,
    #[column(default = "'waiting'")]
    pub state: JobState,
    #[column(default = "0")]
    pub attempts: i64,
    pub worker: Option<String>,
    #[column(default = "now()")]
    pub run_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A row of a table with a key of two columns.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(primary_key(shelf, place))]
#[index(title, shelf desc, place desc)]
#[query(retitle(shelf), update(title), batch(limit))]
#[query(relabel(title), order(shelf desc, place desc), update(label), batch(2))]
#[query(throw_out(shelf, place >= least), delete, batch(2))]
pub struct Book {
    pub shelf: i64,
    pub place: i64,
    pub title: String,
    pub label: Option<String>,
    #[column(default = "0")]
    pub lock_version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A note that is deleted softly.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(soft_delete)]
#[index(author, written_at desc, id)]
#[index(author, id, include_deleted)]
#[query(of_author(author), order(written_at desc, id), page)]
#[query(all_of_author(author), include_deleted, count)]
#[query(drop_author(author), delete)]
#[query(purge_author(author), include_deleted, delete)]
#[query(drop_slowly(author), delete, batch(2))]
pub struct Note {
    pub id: Uuid,
    pub author: String,
    pub written_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}
