//! What files block, and whether they may.

use std::collections::BTreeSet;

use tablewright_core::plan::{LockMode, Run, Script, Step};
use tablewright_core::schema::Schema;

use super::refusal::refuses;
use super::run::Trace;

/// Ways back that read or write every row while others wait, and why there is no other. Each says so in its header.
const BACK: &[(&str, &str)] = &[
    ("custom_materialized", "a narrower type is proved by writing every row"),
    ("custom_over_widened", "a narrower type is proved by writing every row"),
    ("drop_exclusion", "an exclusion constraint is added no other way"),
    ("drop_generated", "a generated column is added no other way"),
    ("drop_identity", "no index leads with the column, so every row is read for its last number"),
    ("identity_to_nullable", "no index leads with the column, so every row is read for its last number"),
    ("rename_table_and_widen", "a narrower type is proved by writing every row"),
    ("widen_and_back", "a narrower type is proved by writing every row"),
    ("widen_numeric", "a narrower type is proved by writing every row"),
    ("widen_varchar", "a narrower type is proved by writing every row"),
    ("widen_under_check", "a narrower type is proved by writing every row"),
    ("widen_under_changed_check", "a narrower type is proved by writing every row"),
    ("widen_under_policy", "a narrower type is proved by writing every row"),
    ("widen_under_trigger", "a narrower type is proved by writing every row"),
    ("widen_varchar_to_text", "a narrower type is proved by writing every row"),
];

/// Whether this way back of a case may read and write the rows that are there while others wait.
pub fn may(case: &str, script: &Script) -> bool {
    script.locks.takes_long() && BACK.iter().any(|(name, _)| *name == case)
}

/// What a file does to the programs that run, unless it was acknowledged, and where its header does not say so.
pub fn problems(case: &str, step: &Step, script: &Script, trace: &Trace, schema: &Schema) -> Vec<String> {
    let has_header = script.run != Run::Separate;
    let mut wrong = Vec::new();
    // A file that refuses rows ran over empty tables.
    if !step.may_block() && !may(case, script) && !refuses(script) {
        for table in &trace.scanned {
            wrong.push(format!("{table} is read from end to end while no one can write"));
        }
        for name in &trace.rewritten {
            wrong.push(format!("{name} is rewritten"));
        }
    }
    let partitions: Vec<&str> = schema
        .tables
        .values()
        .filter_map(|it| it.partitioning.as_ref())
        .flat_map(|it| &it.partitions)
        .map(|it| it.name.as_str())
        .collect();
    let is_partition = |table: &String| partitions.contains(&table.as_str()) && script.locks.has_partitions();
    for (table, locks) in &trace.locks {
        let Some(strongest) = locks.last().filter(|lock| **lock >= LockMode::Share) else { continue };
        let says = script.locks.has(*strongest, table);
        if has_header && !says && !is_partition(table) {
            wrong.push(format!("takes {strongest} on {table}, and its header says: {}", script.locks));
        }
    }
    let blocks = |(table, locks): &(&String, &BTreeSet<LockMode>)| {
        locks.last() >= Some(&LockMode::Share) && !is_partition(table)
    };
    let blocked = trace.locks.iter().filter(blocks).count();
    if blocked > 2 {
        wrong.push(format!("keeps {blocked} tables from writers at once"));
    }
    wrong
}

impl Trace {
    /// The lines of `locks.txt`.
    pub fn lines(&self, file: &str) -> String {
        let mut text = format!("{file}\n");
        for (table, locks) in &self.locks {
            let words: Vec<&str> = locks.iter().map(|lock| lock.word()).collect();
            text.push_str(&format!("    {table}: {}\n", words.join(", ")));
        }
        for (word, names) in [("read while nobody writes", &self.scanned), ("written anew", &self.rewritten)] {
            if !names.is_empty() {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                text.push_str(&format!("    {word}: {}\n", names.join(", ")));
            }
        }
        if self.alongside_writers {
            text.push_str("    runs beside writers from beginning to end\n");
        }
        text
    }
}
