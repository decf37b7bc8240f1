//! One file for each command; what they do lives in `schema-core`.

mod check;
mod explain;
mod fix;
mod migrate;
mod rules;
mod waivers;

use crate::cli::{Arguments, Command};
use crate::failure::Failure;
use crate::package::Package;

/// How a command that could be carried out ended.
pub(crate) enum Verdict {
    Good,
    Violations,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    match &arguments.command {
        Command::Check { format } => check::run(&Package::find(arguments)?, *format),
        Command::Migrate { name, rewrite_first } => migrate::run(&Package::find(arguments)?, name, *rewrite_first),
        Command::Fix { dry_run } => fix::run(&Package::find(arguments)?, *dry_run),
        Command::Waivers => Ok(waivers::run(&Package::find(arguments)?)),
        Command::Explain { rule } => explain::run(rule),
        Command::Rules => {
            rules::run();
            Ok(Verdict::Good)
        }
    }
}
