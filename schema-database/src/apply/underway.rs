//! What a killed runner left half done. A way up is finished by the next runner: it has no record, so no one
//! would know to revert it. A way down is finished only by `revert`: it may lose what no one wants to lose any longer.

use std::collections::BTreeMap;
use std::fmt;

use sqlx::PgConnection;

use super::Failed;
use super::file::File;
use super::mark::{self, Mark};
use super::script;
use super::table::Applied;

/// A migration that was started in one direction and not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfDone {
    /// Its name.
    pub name: String,
    /// Its number.
    pub version: i64,
    /// Whether it was on the way up.
    pub up: bool,
    /// How many of its statements are done.
    pub done: usize,
    /// How many statements it has.
    pub of: usize,
    /// What the way down loses, in the words of its header.
    pub loses: Option<String>,
}

impl fmt::Display for HalfDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = if self.up { "way up" } else { "way down" };
        write!(
            f,
            "the {way} of {} was started but not finished ({} of {} statements done)",
            self.name, self.done, self.of
        )
    }
}

/// What is marked and half done, each with its file.
#[derive(Debug, Default)]
pub(super) struct Underway<'f> {
    pub(super) up: Vec<(&'f File, HalfDone)>,
    pub(super) down: Vec<(&'f File, HalfDone)>,
    /// Those on the way up that have no file here.
    pub(super) lost: Vec<HalfDone>,
}

impl Underway<'_> {
    /// Refuses where only another checkout knows how to go on.
    pub(super) fn has_files(&self) -> Result<(), Failed> {
        match self.lost.first() {
            Some(half) => Err(Failed::UnderwayWithoutFile { version: half.version, done: half.done }),
            None => Ok(()),
        }
    }
}

/// Sorts the marks. Those that no longer mean anything are set aside: one that sqlx's runner finished has its record, and of
/// one that was only about to start there is nothing to finish.
pub(super) async fn find<'f>(
    connection: &mut PgConnection,
    files: &'f [File],
    applied: &BTreeMap<i64, Applied>,
) -> Result<(Underway<'f>, Vec<i64>), sqlx::Error> {
    let (mut underway, mut stale) = (Underway::default(), Vec::new());
    for mark in mark::read(connection).await? {
        let file = files.iter().find(|file| file.version == mark.version);
        match file {
            Some(file) if mark.up != applied.contains_key(&mark.version) && (mark.up || !mark.is_fresh()) => {
                let list = if mark.up { &mut underway.up } else { &mut underway.down };
                list.push((file, half_done(file, &mark)));
            }
            None if mark.up && !mark.is_fresh() && !applied.contains_key(&mark.version) => {
                let name = format!("{:03} (which has no file here)", mark.version);
                let (version, done) = (mark.version, mark.done);
                underway.lost.push(HalfDone { name, version, up: true, done, of: done + 1, loses: None });
            }
            _ => stale.push(mark.version),
        }
    }
    Ok((underway, stale))
}

fn half_done(file: &File, mark: &Mark) -> HalfDone {
    let direction = if mark.up { Some(&file.up) } else { file.down.as_ref() };
    HalfDone {
        name: file.name.clone(),
        version: file.version,
        up: mark.up,
        done: mark.done,
        of: direction.map_or(0, |direction| script::units(&direction.sql).len()),
        loses: if mark.up { None } else { file.loses() },
    }
}
