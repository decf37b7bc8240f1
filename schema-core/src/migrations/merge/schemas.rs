//! The schema after the migrations of both branches.

use std::collections::BTreeSet;
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
    /// What each part of the later branch's migrations that moves was made for, and the schema that it comes to instead.
    pub(super) grounds: Vec<Ground>,
}

/// The schema that a part of the later branch's migrations was made for, and that which it finds.
pub(super) struct Ground {
    /// The places of these migrations in their branch.
    pub(super) of: Vec<usize>,
    pub(super) before: Schema,
    pub(super) found: Schema,
}

/// Puts what the migrations that moved do on top of the schema of the first branch, one part after the other; an error where the
/// two do not commute.
pub(super) fn put_together(
    package: &Path,
    sides: &Sides,
    moved: &[usize],
    history: &dyn History,
) -> Result<Schemas, Error> {
    let later = kept(&sides.later);
    let sealed_count = sides.later.sealed().len();
    let mut schemas =
        Schemas { sealed: Schema::default(), whole: sides.first.sealed_schema().into_owned(), grounds: Vec::new() };
    let mut clashes: Vec<Clash> = Vec::new();
    let (by_command, by_hand): (Vec<usize>, Vec<usize>) = moved.iter().partition(|index| **index < sealed_count);
    for part in runs(&by_command) {
        step(sides, &later, part, history, &mut schemas, &mut clashes)?;
    }
    schemas.sealed = schemas.whole.clone();
    for part in runs(&by_hand) {
        step(sides, &later, part, history, &mut schemas, &mut clashes)?;
    }
    if clashes.is_empty() {
        return Ok(schemas);
    }
    let names: Vec<&str> = moved.iter().map(|index| later[*index].name.as_str()).collect();
    Err(Error::Violations(clashes.iter().map(|clash| told(package, clash, &names)).collect()))
}

fn step(
    sides: &Sides,
    later: &[&Migration],
    part: &[usize],
    history: &dyn History,
    schemas: &mut Schemas,
    clashes: &mut Vec<Clash>,
) -> Result<(), Error> {
    let (Some(start), Some(last)) = (part.first(), part.last()) else { return Ok(()) };
    let before = after(sides, &later[..*start], history)?;
    let result = after(sides, &later[..=*last], history)?;
    let (merged, found) = three_way::merge(&before, &schemas.whole, &result).map_err(|error| Error::Refused {
        message: format!("the two schemas cannot be put together: {error}"),
        help: "this is a mistake of this program: please report it with both branches".to_owned(),
    })?;
    clashes.extend(found);
    let found = std::mem::replace(&mut schemas.whole, merged);
    schemas.grounds.push(Ground { of: part.to_vec(), before, found });
    Ok(())
}

/// Parts of neighbours.
fn runs(places: &[usize]) -> impl Iterator<Item = &[usize]> {
    places.chunk_by(|one, next| one + 1 == *next)
}

/// The schema after the first migrations of the later branch: as its lock has it, the other locks of the merge, or one of
/// the history.
fn after(sides: &Sides, migrations: &[&Migration], history: &dyn History) -> Result<Schema, Error> {
    let wanted = identities(migrations.iter().copied());
    let wanted_set: BTreeSet<&Identity<'_>> = wanted.iter().collect();
    let is_it = |migrations: &[&Migration]| {
        let found = identities(migrations.iter().copied());
        found.len() == wanted.len() && found.iter().all(|it| wanted_set.contains(it))
    };
    if is_it(&kept(&sides.later)) {
        let is_open = !sides.later.unsealed().is_empty() && migrations.iter().any(|migration| !migration.sealed);
        return Ok(if is_open { sides.later.schema.clone() } else { sides.later.sealed_schema().into_owned() });
    }
    let of_sealed = |lock: &Lock| is_it(&lock.sealed().iter().collect::<Vec<_>>());
    let known = [&sides.later, &sides.base, &sides.first].into_iter().find(|lock| of_sealed(lock)).cloned();
    let Some(lock) = known.or_else(|| history.lock(&of_sealed)) else {
        let last = migrations.last().map_or("the start", |migration| migration.name.as_str());
        return Err(Error::Refused {
            message: format!(
                "git does not have {LOCK_FILE} as it was after {last} and before what comes next on its branch, so what that changes is unknown"
            ),
            help: "git fetch --unshallow    where the history was cut off; otherwise take what comes next out of its branch, merge, and \
                   write it again: cargo schema migrate NAME"
                .to_owned(),
        });
    };
    Ok(lock.sealed_schema().into_owned())
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
