//! The two sides of what git put together: from its index, from what it is in the middle of, or from the commits that it made.

use std::collections::BTreeSet;
use std::path::Path;

use tablewright_core::config::Profile;
use tablewright_core::migrations::{self, Branch, Error, History, LOCK_FILE, Lock, Migration, STATEMENTS_FILE};

use super::git::Git;
use crate::cli::Side;
use crate::failure::{Failure, Problem};
use crate::package::Package;

/// The locks of both sides and of what they began with, and where git has the files of each.
pub(super) struct Found {
    pub(super) base: Lock,
    pub(super) ours: Lock,
    pub(super) theirs: Lock,
    /// The commit of each side, where there is one.
    pub(super) ours_at: Option<String>,
    pub(super) theirs_at: Option<String>,
    /// The commit whose databases have what is brought in.
    pub(super) tip: Option<String>,
}

/// How many commits are looked at for the last one that was in order.
const COMMITS: &str = "--max-count=500";

/// The two sides; `None` where everything is in order.
pub(super) fn find(package: &Package, profile: &Profile, git: &Git<'_>) -> Result<Option<Found>, Problem> {
    let in_order = migrations::verify(&package.folder, profile).and_then(|lock| {
        let dangling = lock.map(|lock| migrations::dangling(&package.folder, &lock)).unwrap_or_default();
        if dangling.is_empty() { Ok(()) } else { Err(Error::Violations(dangling)) }
    });
    // What a merge left in the statements shows that both branches sealed something, even where the lock has no conflict.
    let violations = match in_order {
        Ok(()) if migrations::statements_can_be_read(&package.folder).is_ok() => return Ok(None),
        Ok(()) => Vec::new(),
        Err(Error::Violations(reports)) => reports,
        Err(error) => return Err(error.into()),
    };
    if let Some(found) = of_index(git)? {
        return Ok(Some(found));
    }
    if let Some(operation) = git.operation() {
        let locks = (git.lock(&operation.base), git.lock("HEAD"), git.lock(&operation.theirs));
        if let (base, Some(ours), Some(theirs)) = locks {
            return Ok(Some(Found {
                base: base.unwrap_or_default(),
                ours,
                theirs,
                ours_at: Some("HEAD".to_owned()),
                theirs_at: Some(operation.theirs),
                tip: Some(operation.tip),
            }));
        }
    }
    match of_commits(profile, git)? {
        Some(found) => Ok(Some(found)),
        None if violations.is_empty() => Ok(None),
        // Not git's doing: a person has to put it back.
        None => Err(Problem::Violations(violations)),
    }
}

/// The sides that git left unmerged in its index.
fn of_index(git: &Git<'_>) -> Result<Option<Found>, Failure> {
    let (Some(ours), Some(theirs)) = (git.show(":2", LOCK_FILE), git.show(":3", LOCK_FILE)) else { return Ok(None) };
    let parse = |text: &str| {
        Lock::parse_merged(&git.folder.join(LOCK_FILE), text).ok_or_else(|| {
            let message = match Lock::parse(&git.folder.join(LOCK_FILE), text) {
                Err(report) => report.message,
                Ok(_) => "it does not say what is sealed".to_owned(),
            };
            Failure::new(format!("a side of the merge cannot be read: {message}"))
                .help("git merge --abort    or git rebase --abort, and put schema.lock right on that branch first")
        })
    };
    let (ours, theirs) = (parse(&ours)?, parse(&theirs)?);
    let operation = git.operation();
    let base = match git.show(":1", LOCK_FILE) {
        Some(text) => Some(parse(&text)?),
        None => operation.as_ref().and_then(|operation| git.lock(&operation.base)),
    };
    let base = match base {
        Some(base) => base,
        // Both branches began to have migrations.
        None if ours.migrations.first() != theirs.migrations.first() => Lock::default(),
        None => {
            return Err(Failure::new(
                "git does not have the common ancestor of both branches, so what each changed is unknown",
            )
            .help("git checkout --merge schema.lock"));
        }
    };
    let (theirs_at, tip) = operation.map_or((None, None), |it| (Some(it.theirs), Some(it.tip)));
    Ok(Some(Found { base, ours, theirs, ours_at: Some("HEAD".to_owned()), theirs_at, tip }))
}

/// The sides of the first commit that git made without a conflict and that is not in order.
fn of_commits(profile: &Profile, git: &Git<'_>) -> Result<Option<Found>, Failure> {
    let commits = git.lines(&["rev-list", "--first-parent", COMMITS, "HEAD"]);
    let Some(good) = commits.iter().position(|commit| is_in_order(profile, git, commit)) else { return Ok(None) };
    let Some(broken) = good.checked_sub(1).map(|index| &commits[index]) else { return Ok(None) };
    let parents = git.lines(&["rev-parse", &format!("{broken}^@")]);
    let before = &commits[good];
    let Some(ours) = git.lock(before) else { return Ok(None) };
    let now = git.lock("HEAD");
    let found = match parents.as_slice() {
        [_, merged] => {
            let base = git.line(&["merge-base", before, merged]);
            let Some(theirs) = git.lock(merged) else { return Ok(None) };
            let base = base.and_then(|base| git.lock(&base)).unwrap_or_default();
            let merged = Some(merged.clone());
            Found { base, ours, theirs, ours_at: Some(before.clone()), theirs_at: merged.clone(), tip: merged }
        }
        [_] => {
            let Some(now) = &now else { return Ok(None) };
            replayed(git, before, ours, now)
        }
        _ => return Err(several(before)),
    };
    let known: BTreeSet<(&str, Option<&str>)> =
        found.ours.migrations.iter().chain(&found.theirs.migrations).map(bytes).collect();
    let is_known = now.is_none_or(|now| now.migrations.iter().all(|it| known.contains(&bytes(it))));
    if is_known { Ok(Some(found)) } else { Err(several(before)) }
}

fn bytes(migration: &Migration) -> (&str, Option<&str>) {
    (&migration.up, migration.down.as_deref())
}

fn several(before: &str) -> Failure {
    Failure::new(format!("several merges in a row left {LOCK_FILE} out of order; it was in order at {before}")).help(format!(
        "git switch --create again {before}    and there merge one after the other, with cargo schema rebase after each"
    ))
}

/// The sides of commits that were replayed without a conflict: what was there before, and the branch that they come from; where
/// that is gone, what git made of it.
fn replayed(git: &Git<'_>, before: &str, ours: Lock, now: &Lock) -> Found {
    let had: BTreeSet<_> = ours.migrations.iter().map(bytes).collect();
    let new: Vec<_> = now.migrations.iter().map(bytes).filter(|it| !had.contains(it)).collect();
    let mut origins = vec!["ORIG_HEAD".to_owned()];
    origins.extend(git.lines(&["log", "--walk-reflogs", "--format=%H", COMMITS, "HEAD"]));
    let whole = |commit: &String| {
        let text = git.show(commit, LOCK_FILE)?;
        let lock = Lock::parse(&git.folder.join(LOCK_FILE), &text).ok()?;
        let has: BTreeSet<_> = lock.migrations.iter().map(bytes).collect();
        let is_origin = new.iter().all(|it| has.contains(it));
        drop(has);
        is_origin.then_some((commit.clone(), lock))
    };
    let ours_at = Some(before.to_owned());
    match origins.iter().find_map(whole) {
        Some((commit, theirs)) => {
            let base = git.line(&["merge-base", before, &commit]).and_then(|base| git.lock(&base));
            let theirs_at = Some(commit.clone());
            Found { base: base.unwrap_or_default(), ours, theirs, ours_at, theirs_at, tip: Some(commit) }
        }
        None => Found {
            base: ours.clone(),
            ours,
            theirs: now.clone(),
            ours_at,
            theirs_at: Some("HEAD".to_owned()),
            tip: None,
        },
    }
}

/// Whether a commit's lock is in order, and has the files that are there.
fn is_in_order(profile: &Profile, git: &Git<'_>, commit: &str) -> bool {
    let folder = format!("./{}/", profile.migrations);
    let files = git.lines(&["ls-tree", "--name-only", commit, &folder]);
    let names = files.iter().filter_map(|path| Some(Path::new(path).file_name()?.to_string_lossy().into_owned()));
    let files: BTreeSet<String> = names.filter(|name| name.to_lowercase().ends_with(".sql")).collect();
    let Some(text) = git.show(commit, LOCK_FILE) else { return files.is_empty() };
    if git.show(commit, STATEMENTS_FILE).is_some_and(|text| text.lines().any(|line| line.starts_with("<<<<<<< "))) {
        return false;
    }
    Lock::parse(&git.folder.join(LOCK_FILE), &text).is_ok_and(|lock| {
        migrations::dangling(git.folder, &lock).is_empty()
            && lock.migrations.iter().flat_map(Migration::files).map(|(name, _)| name).collect::<BTreeSet<_>>() == files
    })
}

/// What git keeps of the two sides, once it is known which comes first.
pub(super) struct Kept<'a> {
    pub(super) git: &'a Git<'a>,
    pub(super) later: Side,
    pub(super) ours_at: Option<&'a str>,
    pub(super) theirs_at: Option<&'a str>,
}

impl Kept<'_> {
    /// The side of a branch.
    pub(super) fn side(&self, branch: Branch) -> Side {
        match (branch, self.later) {
            (Branch::Later, side) => side,
            (Branch::First, Side::Ours) => Side::Theirs,
            (Branch::First, Side::Theirs) => Side::Ours,
        }
    }
}

impl History for Kept<'_> {
    fn file(&self, branch: Branch, path: &Path) -> Option<String> {
        let path = path.to_string_lossy().replace('\\', "/");
        let (stage, commit) = match self.side(branch) {
            Side::Ours => (":2", self.ours_at),
            Side::Theirs => (":3", self.theirs_at),
        };
        self.git.show(stage, &path).or_else(|| self.git.show(commit?, &path))
    }

    fn lock(&self, is_it: &dyn Fn(&Lock) -> bool) -> Option<Lock> {
        // Simplified, a history leaves out a branch whose lock a merge did not take over.
        let mut arguments = vec!["log", "--format=%H", "--full-history", "--all", "--reflog"];
        arguments.extend(self.ours_at.into_iter().chain(self.theirs_at));
        arguments.extend(["--", LOCK_FILE]);
        let commits = self.git.lines(&arguments);
        commits.iter().filter_map(|commit| self.git.lock(commit)).find(|lock| is_it(lock))
    }
}
