use schema_core::migrations;

use super::Verdict;
use super::migrate::failed;
use crate::failure::Failure;
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, name: &str) -> Result<Verdict, Failure> {
    let profile = match &package.profile {
        Ok(profile) => profile,
        Err(reports) => {
            output::violations(reports);
            return Ok(Verdict::Violations);
        }
    };
    let date = migrations::needs_date(profile).then(migrations::today);
    let squashed = match migrations::squash(&package.folder, profile, name, date) {
        Ok(squashed) => squashed,
        Err(error) => return failed(error),
    };
    let mut text: String = squashed.migrations.iter().map(|name| format!("wrote {name}, sealed\n")).collect();
    text.push_str(&format!(
        "moved {} migrations to {}\n\nNew databases run {} alone. A database that has the old ones runs this once: {}\n",
        squashed.replaced.len(),
        relative(&squashed.archive).display(),
        squashed.migrations.join(", "),
        relative(&squashed.existing).display(),
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
