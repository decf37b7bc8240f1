//! The user's own SQL that holds rows: they are dropped with it, whatever causes that.

use crate::place::Place;
use crate::plan::Script;
use crate::plan::planner::{DROP, Planner};
use crate::schema::Custom;
use crate::sql::{Taken, taken_away};

/// The words of a header for what was named after `--drop`.
pub(super) fn named_drop(name: &str) -> String {
    format!("drops {name}")
}

/// What is lost with it among what holds rows.
pub(super) fn held<'a>(customs: impl IntoIterator<Item = &'a Custom>) -> Vec<Taken> {
    customs.into_iter().flat_map(|it| taken_away(&it.down)).collect()
}

/// The script that drops it, with what is lost that way.
pub(super) fn losing(mut script: Script, lost: &[Taken]) -> Script {
    for it in lost {
        match &mut script.loses {
            Some(said) => said.push_str(&format!("; {}", it.what)),
            None => script.loses = Some(it.what.clone()),
        }
    }
    script
}

impl Planner<'_> {
    /// Whether everything that a change removes of the user's own SQL was named to be dropped; otherwise it is refused.
    pub(super) fn given_up(&mut self, custom: &Custom, why: &str) -> bool {
        let mut good = true;
        for it in held([custom]) {
            if self.allowed.everything || self.allowed.drops.contains(&it.name) {
                continue;
            }
            good = false;
            let message = format!("{why}, and {} would be lost with it", it.what);
            let help = format!(
                "move what changes into files of its own, next to {}.up.sql, which stay as they are\nor: {} --drop {}",
                custom.name,
                self.command(),
                it.name
            );
            if self.refused.iter().all(|refused| refused.message != message) {
                self.refuse(DROP, Place::table(&custom.name), message, help);
            }
        }
        good
    }
}
