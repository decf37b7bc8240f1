//! `cargo schema migrate`: writes the files that lead from the last migration to the models.

use std::fmt::Write as _;
use std::mem::ManuallyDrop;
use std::path::Path;

use tablewright_core::migrations::{self, Outcome, Request, Written};
use tablewright_core::plan::{Allowed, Phase};

use super::Verdict;
use crate::cli::Migrate;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::Package;
use crate::source;

pub(super) fn run(package: &Package, arguments: &Migrate) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    // The process ends after this: freeing a thousand models first would waste time.
    let scan = ManuallyDrop::new(source::models(package)?);
    let date =
        match &arguments.date {
            Some(date) => Some(migrations::day(date).ok_or_else(|| {
                Failure::new(format!("`{}` is not a date", date.escape_debug())).help("--date 20260131")
            })?),
            None => migrations::needs_date(profile).then(migrations::today),
        };
    let request = Request {
        name: arguments.name.clone(),
        allowed: Allowed {
            drops: arguments.drops.iter().cloned().collect(),
            offline_rename: arguments.offline_rename,
            acknowledged: arguments.acknowledge.iter().cloned().collect(),
            ..Allowed::default()
        },
        date,
        by_hand: arguments.empty,
        discard_edits: arguments.discard_edits,
    };
    output::out(&match migrations::migrate(&package.folder, profile, &scan, &request)? {
        Outcome::Written(written) => told(&written, &package.folder.join(&profile.migrations)),
        Outcome::UpToDate { last } => format!("nothing to do: the models match {last}\n"),
        Outcome::Removed { removed } => {
            let mut text: String =
                removed.iter().map(|file| format!("removed {}\n", relative(file).display())).collect();
            text.push_str("\nthe models match the last sealed migration: nothing is left to migrate\n");
            text
        }
    });
    Ok(Verdict::Good)
}

fn told(written: &Written, folder: &Path) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    for file in &written.files {
        let _ = writeln!(text, "wrote {}", relative(file).display());
    }
    for file in &written.removed {
        let _ = writeln!(text, "removed {}", relative(file).display());
    }
    text.push('\n');
    if written.by_hand {
        text.push_str(
            "Write the statements into the two files. schema.lock records the models as they are now as the result; \
             `cargo schema verify` proves it. Then: cargo schema seal\n",
        );
        return text;
    }
    for (name, phase, what) in &written.migrations {
        let what: String =
            if what.chars().count() > 160 { what.chars().take(159).chain(['…']).collect() } else { what.clone() };
        let _ = writeln!(text, "{name} ({phase}) {what}");
    }
    let source = relative(folder);
    let source =
        if source == Path::new("migrations") { String::new() } else { format!(" --source {}", source.display()) };
    let _ = writeln!(text, "\nLook at it, then: sqlx migrate run{source}");
    if written.migrations.iter().any(|(_, phase, _)| *phase == Phase::Contract) {
        text.push_str("Run what is marked `contract` after the old release of the program is gone.\n");
    }
    text.push_str(
        "It is rewritten as the models change, until: cargo schema seal\nA database that has it already must revert it before that: \
         sqlx migrate revert\n",
    );
    text
}
