//! `cargo schema squash`: one migration in place of all sealed ones.

use tablewright_core::migrations;
use tablewright_core::parse::scan;

use super::Verdict;
use crate::failure::Problem;
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, name: &str) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let date = migrations::needs_date(profile).then(migrations::today);
    let squashed = migrations::squash(&package.folder, profile, name, date)?;
    let scan = scan::scan(&package.folder, profile).ok();
    migrations::record_statements(&package.folder, profile, scan.as_ref().map(|scan| &scan.schema))?;
    let mut text: String = squashed.migrations.iter().map(|name| format!("wrote {name}, sealed\n")).collect();
    text.push_str(&format!(
        "moved {} migrations to {archive}\n\nNew databases run only {}.\n\
         A database that has all of the old ones runs this once, before the next migration: psql DATABASE_URL -f {}\n\
         A database that has some of them gets the rest first: sqlx migrate run --source {archive}\n",
        squashed.replaced.len(),
        squashed.migrations.join(", "),
        relative(&squashed.existing).display(),
        archive = relative(&squashed.archive).display(),
    ));
    if !squashed.by_hand.is_empty() {
        text.push_str(&format!(
            "Written by hand, so what they did to rows is not in the new one: {}\n",
            squashed.by_hand.join(", ")
        ));
    }
    output::out(&text);
    Ok(Verdict::Good)
}
