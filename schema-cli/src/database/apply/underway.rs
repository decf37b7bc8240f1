//! What a runner that was killed left half done is finished first, in the direction in which it was begun.

use std::collections::BTreeMap;

use super::Failed;
use super::file::File;
use super::run::Runner;
use super::table::Applied;
use super::{Turn, mark};

/// Finishes what is marked. `reverted` gets the names of migrations whose way down was finished.
pub(super) async fn finish(
    runner: &mut Runner<'_>,
    files: &[File],
    applied: &BTreeMap<i64, Applied>,
    reverted: &mut Vec<String>,
) -> Result<Turn, Failed> {
    for mark in runner.marks().await? {
        let file = files.iter().find(|file| file.version == mark.version);
        // The way up is finished when its turn comes; one that sqlx's runner finished has its record.
        let stale = file.is_none() || mark.up == applied.contains_key(&mark.version);
        if stale {
            mark::remove(runner.sql(), mark.version).await.map_err(runner.failed("forget a mark"))?;
            continue;
        }
        if let Some(file) = file
            && !mark.up
        {
            if runner.run(file, false).await? == Turn::GiveWay {
                return Ok(Turn::GiveWay);
            }
            reverted.push(file.name.clone());
        }
    }
    Ok(Turn::Done)
}
