//! `cargo schema seal`: from here on the files never change.

use tablewright_core::migrations;
use tablewright_core::parse::scan;

use super::Verdict;
use crate::failure::Problem;
use crate::output;
use crate::package::Package;

pub(super) fn run(package: &Package) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let sealed = migrations::seal(&package.folder, profile)?;
    if sealed.is_empty() {
        output::out("nothing to do: every migration is sealed\n");
        return Ok(Verdict::Good);
    }
    let mut text: String = sealed.iter().map(|name| format!("sealed {name}\n")).collect();
    text.push_str("\nCommit the files and schema.lock. From now on they never change.\n");
    // Later changes to the models belong to the next migration: they are reported, but are not an error.
    if let Ok(scan) = scan::scan(&package.folder, profile)
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
