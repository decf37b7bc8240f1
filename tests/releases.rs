//! Two releases of a program write and read one table while its migration runs, up and down: before, between and during its
//! files, with every kind of statement. A reference says what each of them must see. A value, or a row, that is another one
//! is a failure.
//!
//! `RELEASES=20` is how many times each change is walked, `RELEASES_SEED=7` where the numbers begin, `RELEASES_ONLY=rename`
//! which changes, `RELEASES_SECONDS=3600` for how long new walks begin.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod harness;
#[path = "matrix/mod.rs"]
#[allow(dead_code, reason = "shared with the matrix")]
mod matrix;
#[path = "releases/mod.rs"]
mod releases;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use releases::course::{self, Counts};
use releases::subject::{self, Subject};

/// The walks of the gate: one of each change that moves values, one in eight of the others.
const ROUNDS: usize = 1;

fn variable(name: &str) -> Option<usize> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_releases_see_what_they_must() {
    let only = std::env::var("RELEASES_ONLY").unwrap_or_default();
    let rounds = variable("RELEASES");
    let first = variable("RELEASES_SEED").unwrap_or(1);
    let subjects: Vec<Subject> = subject::all().into_iter().filter(|it| it.name.contains(&only)).collect();
    let mut work = Vec::new();
    for seed in first..first + rounds.unwrap_or(ROUNDS) {
        for (number, subject) in subjects.iter().enumerate() {
            if rounds.is_some() || !only.is_empty() || subject.moves_values || (number + seed) % 8 == 0 {
                work.push((number, seed));
            }
        }
    }
    let (subjects, work, next) = (Arc::new(subjects), Arc::new(work), Arc::new(AtomicUsize::new(0)));
    let found = Arc::new(Mutex::new((Counts::default(), Vec::new())));
    let began = Instant::now();
    let ends = variable("RELEASES_SECONDS").map(|seconds| began + Duration::from_secs(seconds as u64));
    let mut slots = Vec::new();
    for _ in 0..4 {
        slots.push(matrix::slot::Slot::new().await);
    }
    let workers: Vec<_> = slots
        .into_iter()
        .map(|mut slot| {
            let (subjects, work, next, found) =
                (Arc::clone(&subjects), Arc::clone(&work), Arc::clone(&next), Arc::clone(&found));
            tokio::spawn(async move {
                while let Some((number, seed)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if ends.is_some_and(|ends| Instant::now() > ends) {
                        break;
                    }
                    let subject = &subjects[*number];
                    let (counts, faults) = course::walk(&mut slot, subject, *seed).await;
                    let mut found = found.lock().unwrap();
                    found.0.add(&counts);
                    for fault in faults {
                        eprintln!("{}, seed {seed}: {fault}", subject.name);
                        found.1.push(format!("{}, seed {seed}: {fault}", subject.name));
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let found = found.lock().unwrap();
    let (counts, faults) = (&found.0, &found.1);
    let seconds = began.elapsed().as_secs();
    eprintln!(
        "{} plans, {} refused; {} files, {} statements, {} values compared; {} faults in {seconds} s",
        counts.plans,
        counts.refused,
        counts.files,
        counts.statements,
        counts.values,
        faults.len()
    );
    let mut text = String::new();
    for fault in faults {
        let _ = writeln!(text, "{fault}");
    }
    assert!(faults.is_empty(), "the releases see other values than they must\n{text}");
}
