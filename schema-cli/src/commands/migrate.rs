use std::fmt::Write as _;
use std::path::Path;

use schema_core::diff::Difference;
use schema_core::migrations::{self, Error, Outcome, Written};
use schema_core::parse::scan;
use schema_core::report::{Location, Report};

use super::Verdict;
use crate::failure::Failure;
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, name: &str, rewrite_first: bool) -> Result<Verdict, Failure> {
    let profile = match &package.profile {
        Ok(profile) => profile,
        Err(reports) => return Ok(violations(reports)),
    };
    let scan = match scan::scan(&package.folder, profile) {
        Ok(scan) => scan,
        Err(failure) => return Ok(violations(&failure.reports)),
    };
    match migrations::migrate(&package.folder, profile, &scan, name, rewrite_first) {
        Ok(Outcome::Written(written)) => {
            output::out(&told(&written, &package.folder.join(&profile.migrations)));
            Ok(Verdict::Good)
        }
        Ok(Outcome::UpToDate { last }) => {
            output::out(&format!("nothing to do: the models are what {last} made\n"));
            Ok(Verdict::Good)
        }
        Err(Error::Violations(reports)) => Ok(violations(&reports)),
        Err(Error::Differs { last, differences }) => {
            output::error_with_help(&differs(&last, &differences), Some(&rewrite(&last)));
            Ok(Verdict::Violations)
        }
        Err(Error::Refused { message, help }) => Err(Failure::new(message).help(help)),
        Err(Error::Io(error)) => Err(Failure::new(error.to_string())),
    }
}

fn violations(reports: &[Report]) -> Verdict {
    output::violations(reports);
    Verdict::Violations
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
    let tables = if written.tables == 1 { "1 table".to_owned() } else { format!("{} tables", written.tables) };
    let folder = relative(folder);
    let source =
        if folder == Path::new("migrations") { String::new() } else { format!(" --source {}", folder.display()) };
    let _ = writeln!(text, "\n{} creates {tables}. Look at it, then: sqlx migrate run{source}", written.migration);
    text
}

fn differs(last: &str, differences: &[(Difference, Location)]) -> String {
    let mut text = format!(
        "the models are not what {last} made, and this version of cargo schema writes the first migration only"
    );
    for (difference, at) in differences {
        // Writing to a string does not fail.
        let _ = write!(text, "\n{}", difference.text());
        if !at.is_whole() {
            let (line, column) = at.start();
            let _ = write!(text, " ({}:{line}:{column})", relative(&at.file).display());
        }
    }
    text
}

fn rewrite(last: &str) -> String {
    let name = last.split_once('_').map_or(last, |(_, name)| name);
    format!("as long as no database has {last}, it can be written anew: cargo schema migrate {name} --rewrite-first")
}
