//! `cargo schema seal`: from here on the files never change.

use tablewright_core::config;
use tablewright_core::migrations;
use tablewright_core::parse::scan;

use super::{Verdict, refused};
use crate::failure::Problem;
use crate::output;
use crate::package::Package;

pub(super) fn run(package: &Package) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    // Once it is sealed, no runner of ours would run it, and nobody could change it.
    if profile.format == config::Format::Sqlx
        && let Ok(Some(lock)) = migrations::verify(&package.folder, profile)
    {
        let reports = refused::reports(&package.folder.join(&profile.migrations), lock.unsealed());
        if !reports.is_empty() {
            return Err(migrations::Error::Violations(reports).into());
        }
    }
    let sealed = migrations::seal(&package.folder, profile)?;
    let scan = scan::scan(&package.folder, profile).ok();
    // Models that cannot be read declare no queries: the helpers of the sealed tables are what is known.
    let models = scan.as_ref().map(|scan| &scan.schema);
    let wrote = migrations::record_statements(&package.folder, profile, models)?;
    if sealed.is_empty() {
        let text =
            if wrote { "wrote schema.statements: commit it" } else { "nothing to do: every migration is sealed" };
        output::out(&format!("{text}\n"));
        return Ok(Verdict::Good);
    }
    let mut text: String = sealed.iter().map(|name| format!("sealed {name}\n")).collect();
    text.push_str("\nCommit the files, schema.lock and schema.statements. From now on the files never change.\n");
    // Later changes to the models belong to the next migration: they are reported, but are not an error.
    if let Some(scan) = scan
        && let Ok(Some(lock)) = migrations::verify(&package.folder, profile)
    {
        let pending = migrations::drift(&package.folder, &lock, &scan).len();
        if pending > 0 {
            let changes = if pending == 1 { "1 more change".to_owned() } else { format!("{pending} more changes") };
            text.push_str(&format!("The models have {changes}: cargo schema migrate NAME\n"));
        }
    }
    output::out(&text);
    Ok(Verdict::Good)
}
