//! `cargo schema rebase`: resolves a merge of two branches that both added migrations.

use std::path::Path;
use std::process::Command;

use tablewright_core::config::Profile;
use tablewright_core::migrations::{
    self, LOCK_FILE, Lock, Merged, Outcome, Request, STATEMENTS_FILE, Sides, number_of,
};
use tablewright_core::parse::scan;

use super::Verdict;
use crate::cli::Side;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, later: Option<Side>) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let git = Git { folder: &package.folder };
    let Some((base, ours, theirs)) = locks(package, &git)? else {
        output::out("nothing to do: no merge left both sides in schema.lock\n");
        return Ok(Verdict::Good);
    };
    let later = later.unwrap_or_else(|| git.later(&ours, &theirs));
    let (first, last) = if later == Side::Theirs { (ours, theirs) } else { (theirs, ours) };
    let stage = |is_first: bool| if is_first == (later == Side::Theirs) { (2, "HEAD") } else { (3, "MERGE_HEAD") };
    let recorded = |is_first: bool, path: &Path| {
        let (stage, commit) = stage(is_first);
        let path = path.to_string_lossy().replace('\\', "/");
        git.show(&format!(":{stage}:./{path}"))
            .or_else(|| git.show(&format!("{commit}:./{path}")))
            .or_else(|| git.show(&format!("REBASE_HEAD:./{path}")))
    };
    let merged = migrations::merge(&package.folder, profile, &Sides { base, first, later: last }, &recorded)?;
    output::out(&told(package, profile, &merged, later));
    Ok(Verdict::Good)
}

/// The base, ours and theirs, from the stages of git's index, else from the marks in the file.
fn locks(package: &Package, git: &Git<'_>) -> Result<Option<(Lock, Lock, Lock)>, Failure> {
    let file = package.folder.join(LOCK_FILE);
    let parse = |text: &str| {
        Lock::parse(&file, text).map_err(|report| {
            Failure::new(format!("a side of the merge cannot be read: {}", report.message))
                .help("git checkout --merge schema.lock")
        })
    };
    let stage = |number: u32| git.show(&format!(":{number}:./{LOCK_FILE}"));
    let (ours, theirs) = if let (Some(ours), Some(theirs)) = (stage(2), stage(3)) {
        (parse(&ours)?, parse(&theirs)?)
    } else {
        let text = tablewright_core::files::read_text(&file).unwrap_or_default();
        match migrations::sides(&file, &text) {
            None => return Ok(None),
            Some(Ok(sides)) => sides,
            Some(Err(report)) => return Err(Failure::new(report.message).help("git checkout --merge schema.lock")),
        }
    };
    let at_base = || {
        git.line(&["merge-base", "HEAD", "MERGE_HEAD"]).and_then(|commit| git.show(&format!("{commit}:./{LOCK_FILE}")))
    };
    let base = match stage(1).or_else(at_base) {
        Some(text) => parse(&text)?,
        None if ours.migrations.first() != theirs.migrations.first() => Lock::default(),
        None => {
            return Err(Failure::new(
                "git does not have the common ancestor of both branches, so what each changed is unknown",
            )
            .help("git checkout --merge schema.lock"));
        }
    };
    Ok(Some((base, ours, theirs)))
}

fn told(package: &Package, profile: &Profile, merged: &Merged, later: Side) -> String {
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
    if let Some(name) = &merged.rewritten {
        let request = Request {
            name: Some(name.clone()),
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
    if let Some(first) = merged.renumbered.iter().filter_map(|(old, _)| number_of(old)).min() {
        let commit = if later == Side::Theirs { "MERGE_HEAD" } else { "HEAD" };
        text.push_str(&format!(
            "A database that ran one under its old number goes back with the old files, before it gets the new ones:\n  \
             git worktree add ../before {commit}    and there: cargo schema revert --to {}\n",
            first.saturating_sub(1)
        ));
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

struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    fn run(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("git").args(arguments).current_dir(self.folder).output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).ok())?
    }

    fn line(&self, arguments: &[&str]) -> Option<String> {
        self.run(arguments).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn show(&self, object: &str) -> Option<String> {
        self.run(&["show", object])
    }

    /// Whose migrations come last: those that are not sealed; else those of the branch that is not shared yet.
    fn later(&self, ours: &Lock, theirs: &Lock) -> Side {
        match (ours.unsealed().is_empty(), theirs.unsealed().is_empty()) {
            (false, true) => return Side::Ours,
            (true, false) => return Side::Theirs,
            _ => {}
        }
        // What is merged into a branch comes last, unless it is the shared branch: then the current branch comes last.
        let shared = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
        let current = self.line(&["symbolic-ref", "--short", "HEAD"]).unwrap_or_default();
        let is_shared = |name: &&str| {
            **name != *current && self.run(&["merge-base", "--is-ancestor", "MERGE_HEAD", name]).is_some()
        };
        let merging = self.line(&["rev-parse", "--verify", "--quiet", "MERGE_HEAD"]).is_some();
        if merging && shared.iter().any(is_shared) { Side::Ours } else { Side::Theirs }
    }
}
