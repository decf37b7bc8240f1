//! Routines of the user's own: one that takes the place of another is never missing.

use super::customs::own_locks;
use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, Rank};
use crate::plan::{Phase, Script};
use crate::schema::{Custom, Object};
use crate::sql::{Statement, replacing};

impl Planner<'_> {
    /// A routine takes the place of another in one statement, and what calls it goes on. Where the server has no such
    /// statement, and a table calls it, the change is refused.
    pub(super) fn replaces(&mut self, old: &Custom, new: &Custom) -> bool {
        let object = Object::Custom(new.name.clone());
        let Some((up, down)) = replacements(old, new) else {
            if let Some(stands) = self.needs.0.standing_on(&object).first() {
                let message = format!("it cannot be dropped and recreated: {stands} calls it");
                let help = format!(
                    "keep its arguments and its result in {}.up.sql\nor: give the new one another name",
                    new.name
                );
                self.refuse(HAZARD, Place::table(&new.name), message, help);
            }
            return false;
        };
        let replaced = |text: String| Statement::from(text).changes(object.clone());
        let name = &new.name;
        if self.names_offline(old) || self.names_offline(new) {
            // Each text is read while what it names is called that.
            self.step(
                (Phase::Expand, Rank::Away),
                &format!("before_{name}"),
                "on the way back its text comes when everything has its old name",
                Script::nothing(format!("leaves {name} to a later file")),
                Script::quick(format!("replaces {name} with what it was"), own_locks(), vec![replaced(down)]),
            );
            self.step(
                (Phase::Expand, Rank::Extras),
                &format!("replace_{name}"),
                "what calls it goes on, with the new body",
                Script::quick(format!("replaces {name}"), own_locks(), vec![replaced(up)]),
                Script::nothing(format!("leaves {name} to an earlier file")),
            );
            return true;
        }
        self.step(
            (Phase::Expand, Rank::Extras),
            &format!("replace_{name}"),
            "what calls it goes on, with the new body",
            Script::quick(format!("replaces {name}"), own_locks(), vec![replaced(up)]),
            Script::quick(format!("replaces {name} with what it was"), own_locks(), vec![replaced(down)]),
        );
        true
    }
}

/// The statements by which a routine takes the place of another, and gives it back.
pub(super) fn replacements(old: &Custom, new: &Custom) -> Option<(String, String)> {
    let both = replacing(&old.up, &new.up).zip(replacing(&new.up, &old.up));
    both.filter(|_| !old.alone && !new.alone)
}
