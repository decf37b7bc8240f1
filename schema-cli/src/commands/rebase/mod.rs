//! `cargo schema rebase`: resolves a merge of two branches that both added migrations.

mod found;
mod git;

use tablewright_core::config::Profile;
use tablewright_core::migrations::{self, LOCK_FILE, Merged, Outcome, Request, STATEMENTS_FILE, Sides};
use tablewright_core::parse::scan;

use self::found::{Found, Kept};
use self::git::Git;
use super::Verdict;
use crate::cli::Side;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, later: Option<Side>) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let git = Git { folder: &package.folder };
    let Some(found) = found::find(package, profile, &git)? else {
        let readable = migrations::statements_can_be_read(&package.folder).is_ok();
        output::out(if readable {
            "nothing to do: no merge left both sides in schema.lock\n"
        } else {
            let scan = scan::scan(&package.folder, profile).map_err(|failure| Problem::Violations(failure.reports))?;
            migrations::record_statements(&package.folder, profile, Some(&scan.schema))?;
            "wrote schema.statements\n\nschema.lock is in order.\nThen: git add schema.statements\n"
        });
        return Ok(Verdict::Good);
    };
    let mut side = later.unwrap_or_else(|| git.later(&found));
    let Found { base, ours, theirs, ours_at, theirs_at, tip } = found;
    let (first, last) = if side == Side::Theirs { (ours, theirs) } else { (theirs, ours) };
    let mut sides = Sides { base, first, later: last };
    if sides.let_what_took_away_come_first()? {
        if later.is_some() {
            let failure = Failure::new("the branch that is to come last took sealed migrations away, as a squash does");
            return Err(failure
                .help("cargo schema rebase    without --later: what took their place comes first")
                .into());
        }
        side = if side == Side::Ours { Side::Theirs } else { Side::Ours };
    }
    let kept = Kept { git: &git, later: side, ours_at: ours_at.as_deref(), theirs_at: theirs_at.as_deref() };
    let merged = migrations::merge(&package.folder, profile, &sides, &kept)?;
    output::out(&told(package, profile, &merged, &kept, tip.as_deref()));
    Ok(Verdict::Good)
}

/// Whether the merged models ask for what neither branch's migrations do: a check of one over a value that the other added.
fn has_more(package: &Package, profile: &Profile) -> bool {
    let (Ok(scan), Ok(Some(lock))) =
        (scan::scan(&package.folder, profile), migrations::verify(&package.folder, profile))
    else {
        return false;
    };
    !migrations::drift(&package.folder, &lock, &scan).is_empty()
}

fn told(package: &Package, profile: &Profile, merged: &Merged, kept: &Kept<'_>, tip: Option<&str>) -> String {
    let later = kept.later;
    let mut text = String::new();
    for (old, new) in &merged.renumbered {
        text.push_str(&format!("{old} is {new} now\n"));
    }
    for file in &merged.files {
        text.push_str(&format!("wrote {}\n", relative(file).display()));
    }
    let side = if later == Side::Theirs { "the branch that is merged in" } else { "the branch that was checked out" };
    text.push_str(&if merged.rewritten.is_some() && merged.renumbered.is_empty() {
        format!("\nThe migration of {side} is not sealed: it is rewritten after the others.\n")
    } else {
        format!("\nThe branches commute: the migrations of {side} come last.\n")
    });
    if let Some(head) = &merged.rewritten {
        let name = &head.name;
        // What was acknowledged on the branch holds for the same changes after the others.
        let request = Request {
            name: Some(name.clone()),
            allowed: head.allowed.clone(),
            date: migrations::needs_date(profile).then(migrations::today),
            ..Request::default()
        };
        let again = scan::scan(&package.folder, profile)
            .ok()
            .and_then(|scan| migrations::migrate(&package.folder, profile, &scan, &request).ok());
        match again {
            Some(Outcome::Written(written)) => {
                for (name, phase, what) in &written.migrations {
                    text.push_str(&format!("{name} ({phase}) {what}\n"));
                }
            }
            Some(_) => text.push_str("The models contain nothing beyond the sealed migrations.\n"),
            None => text.push_str(&format!("When the models are merged: cargo schema migrate {name}\n")),
        }
    }
    if merged.rewritten.is_none() && has_more(package, profile) {
        text.push_str("The models have more than both branches: cargo schema migrate NAME\n");
    }
    for (branch, last) in &merged.go_back {
        let commit = match kept.side(*branch) {
            Side::Ours => kept.ours_at,
            Side::Theirs => tip,
        };
        text.push_str(&format!(
            "A database that ran one under its old number goes back with the old files, before it gets the new ones:\n  \
             git worktree add ../before {}    and there: cargo schema revert --to {last}\n",
            commit.unwrap_or("COMMIT")
        ));
    }
    if merged.is_squashed {
        text.push_str(
            "A database with the migrations that were put together runs the existing-databases.sql of the squash.\n",
        );
    }
    let mut add = format!("{} {LOCK_FILE}", profile.migrations);
    if package.folder.join(STATEMENTS_FILE).exists() {
        // Without models that can be read, what the merge left in it stays for `seal`.
        let scan = scan::scan(&package.folder, profile).ok();
        let written =
            scan.map(|scan| migrations::record_statements(&package.folder, profile, Some(&scan.schema)).is_ok());
        if written == Some(true) {
            add.push_str(&format!(" {STATEMENTS_FILE}"));
        } else {
            text.push_str(&format!("When the models are merged: cargo schema seal    writes {STATEMENTS_FILE}\n"));
        }
    }
    text.push_str(&format!("Then: git add {add}\n"));
    text
}
