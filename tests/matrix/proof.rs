//! What `cargo schema verify` says of the files of a cell.

use std::collections::BTreeSet;
use std::fs;

use tablewright_core::config::Profile;
use tablewright_core::migrations::{Naming, OldRelease, Rendered, steps};
use tablewright_core::plan::{self, Allowed};
use tablewright_core::schema::Schema;
use tablewright_database::apply::Silent;
use tablewright_database::lint;
use tablewright_database::verify::{Subject, verify};
use tablewright_tempdb::Server;

use super::group::{Group, Planned};

/// What the linter says of each way up.
pub fn lint(planned: &Planned) -> Option<String> {
    let findings = planned.files.iter().flat_map(|files| {
        let found = lint::findings(&files.up.text, false).into_iter();
        found.map(|it| format!("{}: {}: {}", files.up.name, it.rule, it.message))
    });
    let text: Vec<String> = findings.collect();
    (!text.is_empty()).then(|| text.join("\n"))
}

/// Every finding, after a first migration that makes the old tables.
pub async fn findings(group: &Group, planned: &Planned) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let first = plan::plan(&Schema::default(), &group.old, &group.profile, &Allowed::default());
    let first = first.map_err(|refusals| format!("the first migration is refused: {refusals:?}"))?;
    let first = steps(&first, &Naming { name: "first", first: 1, date: None }, &group.profile);
    let next = u32::try_from(first.len()).unwrap() + 1;
    let change = steps(&planned.plan, &Naming { name: "change", first: next, date: None }, &group.profile);
    for file in first.iter().chain(&change).flat_map(Rendered::files) {
        fs::write(folder.path().join(&file.name), &file.text).unwrap();
    }
    let (models, profile) = (done(&group.new), group.profile.clone());
    tokio::task::spawn_blocking(move || prove(&models, &profile, &folder)).await.unwrap()
}

/// The lock knows which hints were followed, a database does not.
fn done(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    for table in schema.tables.values_mut() {
        table.renamed_from = None;
        table.columns.iter_mut().for_each(|column| column.renamed_from = None);
    }
    schema
}

fn prove(models: &Schema, profile: &Profile, folder: &tempfile::TempDir) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (by_hand, old) = (BTreeSet::new(), OldRelease::Unknown);
    // The walk has rows and releases of its own.
    let subject =
        Subject { folder: folder.path(), models: Some(models), profile, by_hand: &by_hand, old: &old, rows: 0 };
    let report =
        runtime.block_on(verify(Server::shared().unwrap(), &subject, &Silent)).map_err(|error| format!("{error:?}"))?;
    let findings = report.findings.iter().map(|it| {
        let migration = it.migration.as_deref().unwrap_or("all");
        format!("{}: {migration}: {} {}", it.check.word(), it.message, it.differences.join("; "))
    });
    let text: Vec<String> = findings.collect();
    if text.is_empty() { Ok(()) } else { Err(text.join("\n")) }
}
