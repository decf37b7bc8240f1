//! What a runner that was killed left half done is finished first, in the direction in which it was begun: a way up
//! that is half done has no record, so nobody would know to take it back.

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
    up: bool,
    reverted: &mut Vec<String>,
) -> Result<Turn, Failed> {
    for mark in runner.marks().await? {
        let file = files.iter().find(|file| file.version == mark.version);
        // One that sqlx's runner finished has its record.
        let stale = file.is_none() || mark.up == applied.contains_key(&mark.version);
        if stale {
            mark::remove(runner.sql(), mark.version).await.map_err(runner.failed("forget a mark"))?;
            continue;
        }
        let Some(file) = file else { continue };
        // On the way up its turn comes anyway.
        if mark.up && up {
            continue;
        }
        if runner.run(file, mark.up).await? == Turn::GiveWay {
            return Ok(Turn::GiveWay);
        }
        if !mark.up {
            reverted.push(file.name.clone());
        }
    }
    Ok(Turn::Done)
}
