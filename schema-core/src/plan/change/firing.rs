//! Triggers of the user's own, beside those of a plan: they fire when a column is filled, and before or after what fills it.

use std::collections::BTreeMap;

use crate::place::Place;
use crate::plan::needs::has_word;
use crate::plan::planner::Planner;
use crate::schema::{Custom, Table, Trigger, TriggerEvent, TriggerTiming, derived_name};
use crate::sql::{ddl, own_triggers};

impl Planner<'_> {
    /// The triggers of a table while both releases write.
    fn users_triggers(&self, table: &Table) -> Vec<Trigger> {
        let named = |name: &str| name == table.name || self.moved.get(name).is_some_and(|new| *new == table.name);
        let all = self.own_triggers.get_or_init(|| self.own_sql().flat_map(|it| own_triggers(&it.up)).collect());
        let own = all.iter().filter(|(of, _)| named(of)).map(|(_, it)| it.clone());
        let both = self.old_table_of(table).triggers.into_iter().chain(table.triggers.iter().cloned()).chain(own);
        let by_name: BTreeMap<String, Trigger> = both.map(|it| (it.name.clone(), it)).collect();
        by_name.into_values().collect()
    }

    fn own_sql(&self) -> impl Iterator<Item = &Custom> {
        self.old().customs.values().chain(self.new_schema().customs.values())
    }

    /// Those that may write the row before it is there.
    pub(super) fn before_each_row(&self, table: &Table) -> Vec<Trigger> {
        let mut list = self.users_triggers(table);
        let writes = |event: &TriggerEvent| matches!(event, TriggerEvent::Insert | TriggerEvent::Update(_));
        list.retain(|it| it.for_each_row && it.timing == TriggerTiming::Before && it.events.iter().any(writes));
        list
    }

    /// The words that acknowledge that the triggers of a table fire for each row that is filled; nothing where that is refused.
    pub(super) fn fires(&mut self, table: &Table, column: &str) -> Option<Vec<String>> {
        self.fired(table, column, |list| list.is_empty() || list.iter().any(|it| it == column))
    }

    /// The same where the column takes the place of another one: a trigger that names it comes after the fill.
    pub(super) fn fires_beside(&mut self, table: &Table, column: &str) -> Option<Vec<String>> {
        self.fired(table, column, <[String]>::is_empty)
    }

    fn fired(&mut self, table: &Table, column: &str, by: impl Fn(&[String]) -> bool) -> Option<Vec<String>> {
        let bodies = [ddl::functions(self.old()), ddl::functions(self.new_schema())];
        let asks = |it: &Trigger| {
            let body = bodies.iter().rev().find_map(|of| of.get(it.function.as_str()));
            let own =
                || self.own_sql().any(|custom| has_word(&custom.up, &it.function) && custom.up.contains(ddl::FILLS));
            body.map_or_else(own, |body| body.contains(ddl::FILLS))
        };
        let fired = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(list) if by(list));
        let names: Vec<String> = self
            .users_triggers(table)
            .into_iter()
            .filter(|it| it.events.iter().any(fired) && !asks(it))
            .map(|it| it.name)
            .collect();
        let triggers = match names.as_slice() {
            [] => return Some(Vec::new()),
            [one] => format!("the trigger {one}"),
            [first @ .., last] => format!("the triggers {} and {last}", first.join(", ")),
        };
        let hazard = format!("fires triggers of {}", table.name);
        let message = format!("its rows are filled one by one, which fires {triggers} of {}", table.name);
        if self.refused.iter().any(|refused| refused.message == message) {
            return None;
        }
        let instead = format!("let the functions return at once where current_setting('{}', true) = 'on'", ddl::FILLS);
        self.acknowledge(&hazard, Place::column(&table.name, column), message, &instead).then(|| vec![hazard])
    }

    /// The name of a trigger that gives a column its values. The server fires triggers in the order of their names, so that
    /// of a chain has a number, and each comes after the user's own, which may change what the value is computed from.
    pub(super) fn trigger_name(&self, table: &str, column: &str, called: &str, word: &str) -> String {
        let number = self.place_in_chain(table, column).map(|place| format!("{:02}", place + 1));
        let parts = self.last_word(table).into_iter().chain([table]).chain(number.as_deref()).chain([called, word]);
        derived_name(&parts.collect::<Vec<_>>())
    }

    fn last_word(&self, table: &str) -> Option<&'static str> {
        let table = self.new_schema().tables.get(table)?;
        let last = self.before_each_row(table).into_iter().map(|it| it.name).max()?;
        ["zz", "~"].into_iter().find(|word| last.as_str() < *word).filter(|_| last >= table.name)
    }
}

/// The name of one that comes before the user's own.
pub(super) fn first_trigger_name(table: &str, called: &str, word: &str) -> String {
    derived_name(&["00", table, called, word])
}
