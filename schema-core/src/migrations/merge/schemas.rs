//! The schema after the migrations of both branches.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;

use super::History;
use super::order::{Identity, Sides, identities, kept};
use crate::diagnostic::Diagnostic;
use crate::migrations::three_way::{self, Clash};
use crate::migrations::{Error, LOCK, LOCK_FILE, Lock, Migration};
use crate::report::{Location, Report};
use crate::schema::Schema;

/// The schemas that a merge comes to.
pub(super) struct Schemas {
    /// After the sealed migrations of both branches.
    pub(super) sealed: Schema,
    /// After those that are written by hand as well.
    pub(super) whole: Schema,
    /// The parts of the later branch's migrations that come after those of the first.
    pub(super) moved: Vec<Moved>,
}

/// Neighbours that move, the schema that they were made for, and that which they find.
pub(super) struct Moved {
    /// Their places in their branch.
    pub(super) places: RangeInclusive<usize>,
    pub(super) before: Schema,
    pub(super) found: Schema,
}

/// Puts what the migrations that move do on top of the schema of the first branch, one part after the other; an error where the
/// two do not commute.
pub(super) fn put_together(package: &Path, sides: &Sides, history: &dyn History) -> Result<Schemas, Error> {
    let later = kept(&sides.later);
    let parts = parts(sides, &later, history)?;
    let mut whole = sides.first.sealed_schema().into_owned();
    let (mut sealed, mut moved, mut clashes) = (None, Vec::new(), Vec::new());
    for (places, before, after) in parts {
        if !later[*places.start()].sealed {
            sealed.get_or_insert_with(|| whole.clone());
        }
        let (merged, found) = three_way::merge(&before, &whole, &after).map_err(|error| Error::Refused {
            message: format!("the two schemas cannot be put together: {error}"),
            help: "this is a mistake of this program: please report it with both branches".to_owned(),
        })?;
        clashes.extend(found);
        moved.push(Moved { places, before, found: std::mem::replace(&mut whole, merged) });
    }
    if clashes.is_empty() {
        return Ok(Schemas { sealed: sealed.unwrap_or_else(|| whole.clone()), whole, moved });
    }
    let names: Vec<&str> =
        moved.iter().flat_map(|part| part.places.clone()).map(|index| later[index].name.as_str()).collect();
    Err(Error::Violations(clashes.iter().map(|clash| told(package, clash, &names)).collect()))
}

/// The later branch's migrations that move, each part with the schema before and after it.
///
/// Files with the same bytes need not be one migration: two branches may each have dropped the same check on the way to something
/// else. One migration was in some lock by itself, so what no lock ends at belongs to its neighbours.
fn parts(
    sides: &Sides,
    later: &[&Migration],
    history: &dyn History,
) -> Result<Vec<(RangeInclusive<usize>, Schema, Schema)>, Error> {
    let mut moves: BTreeSet<usize> = sides.moved().into_iter().collect();
    let base = identities(sides.base.sealed());
    let own = identities(later.iter().copied());
    'again: loop {
        let places: Vec<usize> = moves.iter().copied().collect();
        let is_next = |one: &usize, next: &usize| one + 1 == *next && later[*one].sealed == later[*next].sealed;
        let mut found = Vec::new();
        for part in places.chunk_by(is_next) {
            let (Some(start), Some(end)) = (part.first(), part.last()) else { continue };
            let Some(before) = after(sides, &later[..*start], history) else {
                let neighbour = start.checked_sub(1).filter(|index| !base.contains(&own[*index]));
                moves.insert(neighbour.ok_or_else(|| unknown(later[*start]))?);
                continue 'again;
            };
            let Some(result) = after(sides, &later[..=*end], history) else {
                let neighbour = Some(end + 1).filter(|index| own.get(*index).is_some_and(|it| !base.contains(it)));
                moves.insert(neighbour.ok_or_else(|| unknown(later[*end]))?);
                continue 'again;
            };
            found.push((*start..=*end, before, result));
        }
        return Ok(found);
    }
}

fn unknown(migration: &Migration) -> Error {
    let name = &migration.name;
    Error::Refused {
        message: format!(
            "git does not have {LOCK_FILE} as it was before and after {name}, so what that changes is unknown"
        ),
        help: format!(
            "git fetch --unshallow    where the history was cut off; otherwise take {name} out of its branch, merge, and write it again: \
             cargo schema migrate NAME"
        ),
    }
}

/// The schema after the first migrations of the later branch: as its lock has it, the other locks of the merge, or one of
/// the history.
fn after(sides: &Sides, migrations: &[&Migration], history: &dyn History) -> Option<Schema> {
    let wanted: BTreeSet<Identity<'_>> = identities(migrations.iter().copied()).into_iter().collect();
    let is_it = |migrations: Vec<&Migration>| {
        migrations.len() == wanted.len() && identities(migrations).iter().all(|it| wanted.contains(it))
    };
    if is_it(kept(&sides.later)) {
        let is_open = migrations.iter().any(|migration| !migration.sealed);
        return Some(if is_open { sides.later.schema.clone() } else { sides.later.sealed_schema().into_owned() });
    }
    let of_sealed = |lock: &Lock| is_it(lock.sealed().iter().collect());
    let known = [&sides.later, &sides.base, &sides.first].into_iter().find(|lock| of_sealed(lock)).cloned();
    known.or_else(|| history.lock(&of_sealed)).map(|lock| lock.sealed_schema().into_owned())
}

fn told(package: &Path, clash: &Clash, names: &[&str]) -> Report {
    let at = Location::whole(&package.join(LOCK_FILE));
    let message = format!("{}: the branches do not commute: {}", clash.thing, clash.how);
    Diagnostic::spanned(LOCK, "", at, message).help(way_out(names))
}

/// What a person does about two branches that do not commute.
pub(super) fn way_out(names: &[&str]) -> String {
    format!(
        "decide in the models which of the two holds; take {} out of its branch, merge, and write it again: cargo schema migrate NAME",
        names.join(", ")
    )
}
