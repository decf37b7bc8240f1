//! What git knows of a package, asked by its own program.

use std::path::Path;
use std::process::Command;

use tablewright_core::migrations::{LOCK_FILE, Lock};

use super::found::Found;
use crate::cli::Side;

pub(super) struct Git<'a> {
    pub(super) folder: &'a Path,
}

/// What git is in the middle of: the commit that it brings in, and that which it began with.
pub(super) struct Operation {
    pub(super) theirs: String,
    pub(super) base: String,
    /// The branch whose databases have what is brought in.
    pub(super) tip: String,
}

impl Git<'_> {
    pub(super) fn run(&self, arguments: &[&str]) -> Option<String> {
        let output = Command::new("git").args(arguments).current_dir(self.folder).output().ok()?;
        output.status.success().then(|| String::from_utf8(output.stdout).ok())?
    }

    pub(super) fn line(&self, arguments: &[&str]) -> Option<String> {
        self.run(arguments).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    pub(super) fn lines(&self, arguments: &[&str]) -> Vec<String> {
        self.run(arguments).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// A file as an object has it: of a commit `HEAD`, or of a stage of the index `:2`.
    pub(super) fn show(&self, object: &str, path: &str) -> Option<String> {
        self.run(&["show", &format!("{object}:./{path}")])
    }

    /// The commit that a name stands for.
    pub(super) fn commit(&self, name: &str) -> Option<String> {
        self.line(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
    }

    /// The lock of a commit or stage, even where its migrations are out of order.
    pub(super) fn lock(&self, object: &str) -> Option<Lock> {
        Lock::parse_merged(&self.folder.join(LOCK_FILE), &self.show(object, LOCK_FILE)?)
    }

    /// What git is in the middle of.
    pub(super) fn operation(&self) -> Option<Operation> {
        if self.commit("MERGE_HEAD").is_some() {
            let base = self.line(&["merge-base", "HEAD", "MERGE_HEAD"])?;
            return Some(Operation { theirs: "MERGE_HEAD".to_owned(), base, tip: "MERGE_HEAD".to_owned() });
        }
        let of = |theirs: &str, base: &str, tip: &str| Operation {
            theirs: theirs.to_owned(),
            base: base.to_owned(),
            tip: tip.to_owned(),
        };
        let rebasing = ["rebase-merge", "rebase-apply"].into_iter().any(|folder| {
            let path = self.line(&["rev-parse", "--git-path", folder]);
            path.is_some_and(|path| self.folder.join(path).is_dir())
        });
        if rebasing && self.commit("REBASE_HEAD").is_some() {
            return Some(of("REBASE_HEAD", "REBASE_HEAD^", "ORIG_HEAD"));
        }
        if self.commit("CHERRY_PICK_HEAD").is_some() {
            return Some(of("CHERRY_PICK_HEAD", "CHERRY_PICK_HEAD^", "CHERRY_PICK_HEAD"));
        }
        self.commit("REVERT_HEAD").map(|_| of("REVERT_HEAD^", "REVERT_HEAD", "REVERT_HEAD^"))
    }

    /// Whose migrations come last: those that a person wrote and did not seal; else those of the branch that is not shared yet.
    pub(super) fn later(&self, Found { ours, theirs, theirs_at, .. }: &Found) -> Side {
        match (ours.unsealed().is_empty(), theirs.unsealed().is_empty()) {
            (false, true) => return Side::Ours,
            (true, false) => return Side::Theirs,
            _ => {}
        }
        // What is merged into a branch comes last, unless it is the shared branch: then the current branch comes last. What is
        // picked or replayed comes last in any case.
        let shared = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
        let current = self.line(&["symbolic-ref", "--short", "HEAD"]).unwrap_or_default();
        let Some(merged) = theirs_at.as_deref().filter(|_| !self.is_picking()) else { return Side::Theirs };
        let is_shared =
            |name: &&str| **name != *current && self.run(&["merge-base", "--is-ancestor", merged, name]).is_some();
        if shared.iter().any(is_shared) { Side::Ours } else { Side::Theirs }
    }

    fn is_picking(&self) -> bool {
        self.operation().is_some_and(|operation| operation.theirs != "MERGE_HEAD")
    }
}
