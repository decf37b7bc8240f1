//! Every kind of change: the models before and after, without what depends on them.

mod columns;
mod enumerations;
mod keys;
mod objects;
mod tables;

use super::pair::{Pair, Reason};

/// A kind of change.
pub struct Change {
    pub name: &'static str,
    /// The models, or why there are none.
    pub pair: Result<Pair, Reason>,
}

/// Every kind.
pub fn all() -> Vec<Change> {
    let lists = [columns::all(), enumerations::all(), keys::all(), objects::all(), tables::all()];
    let changes = lists.into_iter().flatten();
    changes.map(|(name, pair)| Change { name, pair }).collect()
}

type Named = (&'static str, Result<Pair, Reason>);
