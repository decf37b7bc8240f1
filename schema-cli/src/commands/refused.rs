//! The statements of migrations that `apply` and `revert` refuse.

use std::path::Path;
use std::sync::Arc;

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::migrations::Migration;
use tablewright_core::report::{Location, Report};
use tablewright_core::{files, ids};
use tablewright_database::apply;

/// One report for each. A file that cannot be read is reported with the lock.
pub(super) fn reports(folder: &Path, migrations: &[Migration]) -> Vec<Report> {
    let mut reports = Vec::new();
    for (name, _) in migrations.iter().flat_map(Migration::files) {
        let file = folder.join(name);
        let Ok(text) = files::read_text(&file) else { continue };
        let source: Arc<str> = Arc::from(text.as_str());
        reports.extend(apply::refusals(&text).into_iter().map(|refusal| {
            let at = Location::new(&file, &source, refusal.range);
            Diagnostic::spanned(ids::RUNNER, "", at, refusal.what).help(refusal.help)
        }));
    }
    reports
}
