//! Migrations between schemas at random, everything acknowledged: up gives the new schema, down gives back the old one,
//! and then there is nothing left to do.
//!
//! `RANDOM_SCHEMAS=1000` tries that many pairs, `RANDOM_SEED=7` begins with that one.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other test")]
mod harness;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use harness::random::{self, Random};
use harness::values::{counterpart, counterpart_column};
use harness::{catalog, database, filled, reread, rows, run};
use tablewright_core::config::Profile;
use tablewright_core::migrations::{Naming, Rendered, steps};
use tablewright_core::plan::{self, Allowed, Plan};
use tablewright_core::schema::{Column, Schema, Table};

/// How many pairs are tried where nothing is said.
const PAIRS: u64 = 60;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().map_or(default, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn migrations_lead_between_random_schemas() {
    let first = number("RANDOM_SEED", 1);
    let (next, end) = (Arc::new(AtomicU64::new(first)), first + number("RANDOM_SCHEMAS", PAIRS));
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let next = Arc::clone(&next);
            tokio::spawn(async move {
                let (mut wrong, mut refused) = (Vec::new(), 0);
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= end {
                        return (wrong, refused);
                    }
                    match pair(seed).await {
                        Ok(Outcome::Held) => {}
                        Ok(Outcome::InTwo) => refused += 1,
                        Err(problem) => wrong.push(format!("RANDOM_SEED={seed}: {problem}")),
                    }
                }
            })
        })
        .collect();
    let (mut wrong, mut refused) = (Vec::new(), 0);
    for worker in workers {
        let (found, some) = worker.await.unwrap();
        wrong.extend(found);
        refused += some;
    }
    eprintln!("{} pairs, {refused} take two migrations, {} failed", end - first, wrong.len());
    assert!(refused * 4 < end - first, "{refused} were refused");
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), end - first, wrong.join("\n"));
}

/// What came of a pair.
enum Outcome {
    Held,
    /// It was refused, and the refusal says what comes in a migration before.
    InTwo,
}

async fn pair(seed: u64) -> Result<Outcome, String> {
    let mut random = Random(seed);
    let before = random::plan(&mut random);
    // Mostly a change of the same, sometimes something completely different.
    let after = if seed.is_multiple_of(5) { random::plan(&mut random) } else { random::changed(&mut random, &before) };
    let after = random::that_can_follow(after, &before);
    let (old, new) = (random::build::schema(&before), random::build::schema(&after));
    let profile = Profile::default();
    let plan = match planned(&old, &new, &profile, seed.is_multiple_of(2)) {
        Ok(plan) => plan,
        Err(refused) if refused.contains("in a migration before") => return Ok(Outcome::InTwo),
        Err(refused) => return Err(format!("refused: {refused}\n{}", told(&old, &new))),
    };
    let naming = Naming { name: "random", first: 1, date: None };
    let files = steps(&plan, &naming, &profile);
    let texts: Vec<String> =
        files.iter().flat_map(Rendered::files).map(|file| format!("-- {}\n{}", file.name, file.text)).collect();
    let told = |problem: String| format!("{problem}\n{}{}", told(&old, &new), texts.concat());

    let fresh = {
        let (_database, pool) = database::empty().await;
        let mut connection = pool.acquire().await.unwrap();
        database::create(&mut connection, &new, &profile).await.map_err(told)?;
        catalog::lines(&mut connection).await
    };
    let (database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    database::create(&mut connection, &old, &profile).await.map_err(told)?;
    let start = catalog::lines(&mut connection).await;
    // Rows that both releases take; what the way there changes of them is named.
    filled::fill(&mut connection, &old, &new).await.map_err(told)?;
    let before = rows::snapshot(&mut connection, &old).await;
    let loses =
        plan.steps.iter().any(|step| step.up.loses.as_ref().is_some_and(|it| it.starts_with("of the values of")));
    // A way back that makes a type anew runs over no rows.
    let refuses = plan.steps.iter().any(|step| !step.down.refuses.is_empty());
    let emptied = refuses || values_go(&old, &new);
    for round in ["up", "up again"] {
        for file in files.iter().map(|files| &files.up) {
            run::file(&mut connection, &file.text).await.map_err(|error| told(format!("{}: {error}\n", file.name)))?;
        }
        let lines = catalog::lines(&mut connection).await;
        if let Some(text) = catalog::difference(&fresh, &lines) {
            return Err(told(format!("{round}: the catalog differs\n{text}")));
        }
        let has_rows = round == "up" || !emptied;
        if has_rows && !loses {
            let after = rows::snapshot(&mut connection, &new).await;
            let lost = rows::lost(&before, &old, &after, &new);
            if !lost.is_empty() {
                return Err(told(format!("{round}: {}\n", lost.join("\n"))));
            }
        }
        if round == "up again" {
            break;
        }
        if emptied {
            rows::delete(&mut connection).await;
        }
        for file in files.iter().rev().filter_map(|files| files.down.as_ref()) {
            run::file(&mut connection, &file.text).await.map_err(|error| told(format!("{}: {error}\n", file.name)))?;
        }
        let lines = catalog::lines(&mut connection).await;
        if let Some(text) = catalog::difference(&start, &lines) {
            return Err(told(format!("down: the catalog differs\n{text}")));
        }
        if !loses && !emptied {
            let back = rows::snapshot(&mut connection, &old).await;
            let mut through = rows::snapshot_through(&before, &old, &new);
            without_filled(&mut through, &old, &new);
            let lost = rows::lost(&through, &old, &back, &old);
            if !lost.is_empty() {
                return Err(told(format!("down: {}\n", lost.join("\n"))));
            }
        }
    }
    match reread::leftover(database.url(), &new, &profile).await {
        None => Ok(Outcome::Held),
        Some(problem) => Err(told(format!("{problem}\n"))),
    }
}

/// Whether a column goes without whose values the way back does not lead: it takes no NULL, or a key tells rows apart by it.
fn values_go(old: &Schema, new: &Schema) -> bool {
    let goes = |table: &Table, name: &String| {
        let now = counterpart(table, new);
        now.is_some_and(|now| table.column(name).is_some_and(|column| counterpart_column(column, now).is_none()))
    };
    old.tables.values().any(|table| {
        let required = |column: &Column| !column.nullable && goes(table, &column.name);
        table.columns.iter().any(required)
            || table.uniques.iter().any(|unique| unique.columns.iter().any(|name| goes(table, name)))
    })
}

/// Leaves out NULL that the way up gives a value, which stays on the way down.
fn without_filled(rows: &mut rows::Rows, old: &Schema, new: &Schema) {
    for table in old.tables.values() {
        let Some(now) = counterpart(table, new) else { continue };
        let filled = |column: &&Column| {
            column.nullable && counterpart_column(column, now).is_some_and(|column| !column.nullable)
        };
        for column in table.columns.iter().filter(filled) {
            for row in rows.get_mut(&table.name).into_iter().flatten() {
                if row.get(&column.name).is_some_and(serde_json::Value::is_null) {
                    row.remove(&column.name);
                }
            }
        }
    }
}

/// The plan with what must be said for it: all of it at once, or what each refusal asks for.
fn planned(old: &Schema, new: &Schema, profile: &Profile, at_once: bool) -> Result<Plan, String> {
    let mut allowed = Allowed { everything: at_once, ..Allowed::default() };
    loop {
        let refused = match plan::plan(old, new, profile, &allowed) {
            Ok(plan) => return Ok(plan),
            Err(refused) => refused,
        };
        let text: String = refused.iter().map(|it| format!("{}\n", it.text())).collect();
        let before = allowed.clone();
        let quoted = text.split("--acknowledge \"").skip(1).filter_map(|rest| rest.split('"').next());
        allowed.acknowledged.extend(quoted.map(str::to_owned));
        let named = text.split("--drop ").skip(1).filter_map(|rest| rest.split_whitespace().next());
        allowed.drops.extend(named.map(str::to_owned));
        if allowed == before && text.contains("--offline-rename") {
            // Some renames have no other form.
            allowed.offline_rename = true;
        }
        if allowed == before {
            return Err(text);
        }
    }
}

/// The two schemas as what creates them.
fn told(old: &Schema, new: &Schema) -> String {
    let mut text = String::new();
    for (word, schema) in [("old", old), ("new", new)] {
        let _ = writeln!(text, "-- {word}");
        for group in plan::create_all(schema, &Profile::default()).unwrap_or_default().up {
            let _ = writeln!(text, "{}", group.text());
        }
        for table in schema.tables.values() {
            let columns = table.columns.iter().filter_map(|column| {
                Some(format!("{}.{} was {}", table.name, column.name, column.renamed_from.as_ref()?))
            });
            let table = table.renamed_from.iter().map(|was| format!("{} was {was}", table.name));
            for line in columns.chain(table) {
                let _ = writeln!(text, "-- {line}");
            }
        }
    }
    text
}
