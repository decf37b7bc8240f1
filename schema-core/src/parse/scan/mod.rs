//! Whole crates from their source files: every model that the compiler would see, without a compile.
//!
//! The scan starts at the crate root (`models` of `schema.toml`, else `src/lib.rs`, else `src/main.rs`) and follows `mod`
//! items as the compiler does: inline, `name.rs`, `name/mod.rs`, `#[path]`, and `include!("…")` of a literal path.
//! An item is a model when one of its derives ends in `Table`, `Enumeration` or `SqlType`; it is read by the functions
//! that the derives call, so what one accepts the other accepts.
//!
//! What the scan does not see, and what it does about it:
//! - items inside functions, constants and `impl` blocks are not models; function bodies are not even parsed;
//! - a macro that makes a model, or is given one, is an error: no one but the compiler knows what comes out;
//! - `include!` of a path that is made while building, and modules that a macro is given, are reported as notes;
//! - what an attribute macro or another crate's macro makes cannot be known at all. The derive compares each model with
//!   `schema.lock`, so such a model fails the build; it is not dropped in silence.
//!
//! `cfg(test)` is skipped, as is every condition that is false outside tests; any other `cfg` that decides over a model
//! is an error unless `allow_cfg = true`, and then counts as true. A file that cannot be read means that there is no
//! schema: a table is never dropped because its file was missing.

mod attributes;
mod bodies;
mod custom;
mod files;
mod items;
mod lines;
mod resolve;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::report::{self, Location, Report};
use crate::schema::Schema;

pub use crate::ids::{CFG, DUPLICATE_TABLE, DUPLICATE_TYPE, MACRO_MODEL, SOURCE};
pub use custom::CUSTOM_SQL;

/// Where a model is.
#[derive(Clone, Debug)]
pub struct ModelSource {
    /// The Rust name.
    pub name: String,
    /// The name's tokens.
    pub item: Location,
    places: BTreeMap<Place, Range<usize>>,
}

impl ModelSource {
    /// Where a place is: its own bytes, or those of the nearest place around it.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        let mut place = Some(place.clone());
        while let Some(current) = place {
            if let Some(range) = self.places.get(&current) {
                return Location::new(&self.item.file, &self.item.source, range.clone());
            }
            place = current.around();
        }
        self.item.clone()
    }
}

/// A crate's models, read and found to be in order.
#[derive(Clone, Debug)]
pub struct Scan {
    /// What the models state.
    pub schema: Schema,
    /// Where each table's model is, by the table's name.
    pub models: BTreeMap<String, ModelSource>,
    /// Where each enumeration is, by its SQL name.
    pub enumerations: BTreeMap<String, ModelSource>,
    /// Every file that was read, in the order of the `mod` items; then the SQL of the user's own.
    pub files: Vec<PathBuf>,
    /// What could hold models and was not read.
    pub notes: Vec<Report>,
}

impl Scan {
    /// Where a place is: in its model, or at the crate root where no model has it.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        let name = place.item();
        if let Some(model) = self.models.get(name).or_else(|| self.enumerations.get(name)) {
            return model.locate(place);
        }
        let sql = format!("{name}.up.sql");
        let own = self.schema.customs.contains_key(name);
        let file = self.files.iter().find(|file| own && file.ends_with(&sql)).or(self.files.first());
        Location::whole(file.map_or(Path::new(""), PathBuf::as_path))
    }

    /// Whether the place has tokens of its own; otherwise it is shown at the nearest one around it.
    #[must_use]
    pub fn knows(&self, place: &Place) -> bool {
        let name = place.item();
        match (place, self.models.get(name).or_else(|| self.enumerations.get(name))) {
            (Place::Item(_), Some(_)) => true,
            (_, Some(model)) => model.places.contains_key(place),
            (_, None) => self.schema.customs.contains_key(name),
        }
    }

    /// A violation of the schema, at its place in the source.
    #[must_use]
    pub fn report(&self, diagnostic: Diagnostic) -> Report {
        diagnostic.map(|place| self.locate(&place))
    }
}

/// Why there is no schema.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Everything that is wrong, at least one, in the order of the files.
    pub reports: Vec<Report>,
    /// Every file that was read or should have been.
    pub files: Vec<PathBuf>,
    /// What could hold models and was not read.
    pub notes: Vec<Report>,
}

/// The stack of the thread that scans. The parser and the syntax tree recurse with the nesting of the source; what
/// `bodies` lets through fits many times over.
const STACK: usize = 256 << 20;

/// Reads the models of a package, given the folder of its `Cargo.toml`, and checks them against every rule.
pub fn scan(package: &Path, profile: &Profile) -> Result<Scan, Failure> {
    // A thread of its own, because proc-macro2 keeps the text of everything that was ever parsed on a thread, and the
    // caller's spans must stay valid.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || read(package, profile));
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => Err(Failure {
                reports: vec![Diagnostic::spanned(
                    SOURCE,
                    "",
                    Location::whole(package),
                    format!("no thread to scan on: {error}"),
                )],
                files: Vec::new(),
                notes: Vec::new(),
            }),
        }
    })
}

fn read(package: &Path, profile: &Profile) -> Result<Scan, Failure> {
    let mut found = walk::walk(package, profile);
    let (mut schema, models, enumerations) = resolve::resolve(&mut found, profile);
    let walk::Walked { mut reports, mut files, mut notes, .. } = found;
    let custom::Customs { found: customs, files: sql, reports: mut broken } =
        custom::read(package, profile, &schema.tables);
    // A table that could not be read is not one that is missing.
    if reports.is_empty() {
        reports.append(&mut broken);
    }
    schema.customs = customs;
    files.extend(sql);
    report::sort(&mut reports, &files);
    report::sort(&mut notes, &files);
    if reports.is_empty() {
        Ok(Scan { schema, models, enumerations, files, notes })
    } else {
        Err(Failure { reports, files, notes })
    }
}
