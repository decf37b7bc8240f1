//! Whatever is said of a model has a place in its source: no difference and no refusal is shown at the nearest place
//! that happens to be known.

use tablewright_core::dialect::Target;
use tablewright_core::diff::Pair;
use tablewright_core::place::Place;
use tablewright_core::plan::{self, Allowed};

use super::case;

/// Checks the differences and refusals of every case against the source maps of its models.
pub fn are_known() {
    let (mut differences, mut refusals) = (0, 0);
    for case in case::all() {
        let Ok(models) = case.models(&[Target::Postgres]) else { continue };
        let known = |place: &Place| match place {
            // What is gone has no model.
            Place::Item(_) => models.new.knows(place) || models.old.knows(place),
            _ => models.new.knows(place),
        };
        let pair = Pair::new(&models.old.schema, &models.new.schema);
        for difference in pair.changes().iter().map(tablewright_core::diff::Change::difference) {
            differences += 1;
            if let Some(place) = &difference.place {
                assert!(known(place), "{}: {}: there is nothing at {place}", case.name, difference.text());
            }
        }
        let plan = plan::plan(&models.old.schema, &models.new.schema, &models.profile, &Allowed::default());
        for refusal in plan.err().into_iter().flatten() {
            refusals += 1;
            let second = refusal.second.as_ref().map(|(place, _)| place);
            for place in std::iter::once(&refusal.at).chain(second) {
                assert!(known(place), "{}: {}: there is nothing at {place}", case.name, refusal.text());
            }
        }
    }
    assert!(differences > 200 && refusals > 40, "{differences} differences, {refusals} refusals");
}
