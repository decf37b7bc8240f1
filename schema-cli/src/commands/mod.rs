//! One file for each command; what they do lives in `tablewright-core` and `tablewright-database`.

pub(crate) mod apply;
mod check;
mod diff;
mod drift;
mod explain;
mod fix;
mod import;
mod lint;
mod migrate;
mod rebase;
mod refused;
mod revert;
mod rules;
mod seal;
mod squash;
mod status;
#[cfg(unix)]
mod verify;
mod waivers;

use crate::cli::{Arguments, Command, Diff};
use crate::failure::{Failure, Problem};
use crate::package::Package;
use crate::source::Source;

/// How a command ended that could be carried out.
pub(crate) enum Verdict {
    Good,
    Violations,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Verdict, Problem> {
    match &arguments.command {
        Command::Check { format, ci } => check::run(&Package::find(arguments)?, *format, *ci),
        Command::Migrate(migrate) => migrate::run(&Package::find(arguments)?, migrate),
        Command::Seal => seal::run(&Package::find(arguments)?),
        Command::Lint { files, format } => lint::run(&Package::find(arguments)?, files, *format),
        Command::Rebase { later } => rebase::run(&Package::find(arguments)?, *later),
        Command::Squash { name } => squash::run(&Package::find(arguments)?, name),
        Command::Status { url } => status::run(&Package::find(arguments)?, url.as_deref()),
        Command::Fix { dry_run } => fix::run(&Package::find(arguments)?, *dry_run),
        Command::Waivers => waivers::run(&Package::find(arguments)?),
        Command::Apply(apply) => apply::run(&Package::find(arguments)?, apply),
        Command::Revert(revert) => revert::run(&Package::find(arguments)?, revert),
        #[cfg(unix)]
        Command::Verify(verify) => verify::run(&Package::find(arguments)?, verify),
        #[cfg(not(unix))]
        Command::Verify(_) => {
            Err(Failure::new("verify runs a server behind a unix socket, and this is not a Unix system").into())
        }
        Command::Drift(drift) => drift::run(&Package::find(arguments)?, drift),
        Command::Import(import) => import::run(&Package::find(arguments)?, import),
        Command::Diff(diff) => diff::run(of_models(arguments, diff)?.as_ref(), diff),
        Command::Explain { rule } => explain::run(rule),
        Command::Rules => {
            rules::run();
            Ok(Verdict::Good)
        }
    }
}

/// Two databases are compared without a package; models and lock belong to one. An existing package adds detail.
fn of_models(arguments: &Arguments, diff: &Diff) -> Result<Option<Package>, Failure> {
    let databases = [&diff.from, &diff.to].into_iter().all(|source| matches!(source, Source::Database(_)));
    match Package::find(arguments) {
        Ok(package) => Ok(Some(package)),
        Err(_) if databases => Ok(None),
        Err(failure) => Err(failure),
    }
}
