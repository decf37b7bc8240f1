//! Each file by itself: it can be reverted and run again at every point where a migration may have stopped.

use sqlx::postgres::PgConnection;
use tablewright_core::migrations::Rendered;
use tablewright_core::plan::{Run, Script, Step};

use super::catalog::{self, Lines};
use super::{blocking, refusal, rows, run};

/// Runs the files over a database that has the old schema. The answer is what is wrong:
///
/// - a file that went up, down and up again leaves what it left the first time,
/// - after each file, reverting all files back to the first leads to the start, and up again to the same place,
/// - from the end, any number of files can be reverted and run again.
pub async fn each(
    connection: &mut PgConnection,
    case: &str,
    steps: &[Step],
    files: &[Rendered],
    online: bool,
) -> Vec<String> {
    let mut walk = Walk { connection, case, steps, files, online, wrong: Vec::new() };
    let start = catalog::lines(walk.connection).await;
    for last in 0..files.len() {
        if !walk.up(last).await {
            return walk.wrong;
        }
        if steps[last].up.run == Run::Nothing {
            // It is there for the way back alone: what it builds, the next file takes away.
            continue;
        }
        let there = catalog::lines(walk.connection).await;
        let name = &files[last].migration;
        if !(walk.down(last).await && walk.up(last).await && walk.is(&there, &format!("{name}, again")).await) {
            return walk.wrong;
        }
        if last + 1 < files.len() {
            let back = walk.back(0, last).await && walk.is(&start, &format!("all the way back from {name}")).await;
            if !(back && walk.forth(0, last).await && walk.is(&there, &format!("{name}, after all the way back")).await)
            {
                return walk.wrong;
            }
        }
    }
    let Some(last) = files.len().checked_sub(1) else { return walk.wrong };
    let end = catalog::lines(walk.connection).await;
    for first in (0..=last).rev() {
        let name = &files[first].migration;
        if !(walk.back(first, last).await
            && walk.forth(first, last).await
            && walk.is(&end, &format!("from the end back to {name}, and up")).await)
        {
            break;
        }
    }
    walk.wrong
}

struct Walk<'a> {
    connection: &'a mut PgConnection,
    case: &'a str,
    steps: &'a [Step],
    files: &'a [Rendered],
    online: bool,
    wrong: Vec<String>,
}

impl Walk<'_> {
    async fn up(&mut self, number: usize) -> bool {
        let file = &self.files[number].up;
        self.run(&self.steps[number].up, &file.name, &file.text).await
    }

    async fn down(&mut self, number: usize) -> bool {
        let Some(file) = &self.files[number].down else { return true };
        self.run(&self.steps[number].down, &file.name, &file.text).await
    }

    async fn back(&mut self, first: usize, last: usize) -> bool {
        for number in (first..=last).rev() {
            if !self.down(number).await {
                return false;
            }
        }
        true
    }

    async fn forth(&mut self, first: usize, last: usize) -> bool {
        for number in first..=last {
            if !self.up(number).await {
                return false;
            }
        }
        true
    }

    async fn run(&mut self, script: &Script, name: &str, text: &str) -> bool {
        let mut done = run::file(self.connection, text).await;
        if done.is_err() && refusal::refuses(script) {
            // Another test covers what it refuses and when.
            rows::delete(self.connection).await;
            done = run::file(self.connection, text).await;
        }
        match done {
            Ok(trace) => {
                if self.online && !refusal::refuses(script) && !blocking::may(self.case, script) {
                    let scanned = trace.scanned.iter().map(|it| format!("{it} is read while no one can write"));
                    let rewritten = trace.rewritten.iter().map(|it| format!("{it} is rewritten"));
                    self.wrong.extend(scanned.chain(rewritten).map(|it| format!("alone: {name}: {it}")));
                }
                true
            }
            Err(error) => {
                self.wrong.push(format!("alone: {name}: {error}"));
                false
            }
        }
    }

    async fn is(&mut self, expected: &Lines, what: &str) -> bool {
        let difference = catalog::difference(expected, &catalog::lines(self.connection).await);
        self.wrong.extend(difference.iter().map(|text| format!("alone: {what}: the catalog differs\n{text}")));
        difference.is_none()
    }
}
