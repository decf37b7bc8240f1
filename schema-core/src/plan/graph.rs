//! The order of the steps: each after those that make what it needs, and before those that drop what it stands on.
//!
//! Phases bound the order: a step never comes before a step of an earlier phase, and one that needs a step of a later phase
//! comes with it. Where the graph leaves a choice, steps that prepare others come first, and then those that were planned first.
//! The way down is the same graph, reversed.

use std::collections::{BTreeMap, BTreeSet};

use super::needs::Needs;
use super::planner::Rank;
use super::{Phase, Run, Start, Step};
use crate::schema::{Object, Part};
use crate::sql::Effect;

/// A step with its place in the plan.
pub(super) type Placed = ((Phase, Rank), Step);

/// Steps that wait for each other.
pub(super) struct Cycle {
    /// The names of the steps, each waiting for the next.
    pub(super) steps: Vec<String>,
}

/// What the steps do to objects.
#[derive(Default)]
struct Touched {
    makes: BTreeMap<Object, BTreeSet<usize>>,
    drops: BTreeMap<Object, BTreeSet<usize>>,
    changes: BTreeMap<Object, BTreeSet<usize>>,
    /// Those of them that find it there and leave it there: changed, or made anew when the old one has another name.
    alters: BTreeMap<Object, BTreeSet<usize>>,
    /// What the way back makes again.
    returns: BTreeMap<Object, BTreeSet<usize>>,
    /// What gets another name, under both names.
    renames: Vec<(Object, Object)>,
}

impl Touched {
    fn of(steps: &[Placed]) -> Self {
        let mut touched = Self::default();
        for (number, (_, step)) in steps.iter().enumerate() {
            let of = |script: &super::Script| -> Vec<Effect> {
                script.statements().flat_map(|statement| statement.effects().iter().cloned()).collect()
            };
            // A step that does nothing on the way up is there for what it takes back.
            let effects = if step.up.run == Run::Nothing {
                of(&step.down).into_iter().map(Effect::undone).collect()
            } else {
                of(&step.up)
            };
            for effect in of(&step.down) {
                if let Effect::Makes(object) = effect {
                    touched.returns.entry(object).or_default().insert(number);
                }
            }
            let mut set_aside = BTreeSet::new();
            for effect in effects {
                let (map, object) = match effect {
                    Effect::Makes(object) => {
                        if set_aside.contains(&object) {
                            touched.alters.entry(object.clone()).or_default().insert(number);
                        }
                        (&mut touched.makes, object)
                    }
                    Effect::Drops(object) => (&mut touched.drops, object),
                    Effect::Changes(object) => {
                        touched.alters.entry(object.clone()).or_default().insert(number);
                        (&mut touched.changes, object)
                    }
                    Effect::Renames { from, to } => {
                        touched.changes.entry(from.clone()).or_default().insert(number);
                        set_aside.insert(from.clone());
                        touched.renames.push((from, to.clone()));
                        (&mut touched.makes, to)
                    }
                };
                map.entry(object).or_default().insert(number);
            }
        }
        touched
    }

    /// The name under which an object is made that gets its own by a rename: what it needs must be there by then, under the
    /// names of then.
    fn made_as<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        let (from, _) = self.renames.iter().find(|(_, to)| to == object)?;
        self.makes.contains_key(from).then_some(from)
    }

    /// Whether an object is there before, and only gets this name.
    fn only_named(&self, object: &Object) -> bool {
        self.renames.iter().any(|(from, to)| to == object && !self.makes.contains_key(from))
    }

    /// The columns of a key under the names under which they are made.
    fn key_as_made(&self, key: &Object) -> Object {
        let Object::Of { table, part: Part::Key(columns) } = key else { return key.clone() };
        let as_made = |name: &String| match self.made_as(&Object::column(table, name)) {
            Some(Object::Of { part: Part::Column(earlier), .. }) => earlier.clone(),
            _ => name.clone(),
        };
        Object::key(table, &columns.iter().map(as_made).collect::<Vec<_>>())
    }

    /// The columns of a key under the names that they have when the new release runs.
    fn key_as_left(&self, key: &Object) -> Object {
        let Object::Of { table, part: Part::Key(columns) } = key else { return key.clone() };
        let as_left = |name: &String| match self.dropped_as(&Object::column(table, name)) {
            Some(Object::Of { part: Part::Column(later), .. }) => later.clone(),
            _ => name.clone(),
        };
        Object::key(table, &columns.iter().map(as_left).collect::<Vec<_>>())
    }

    /// The name under which an object is dropped that is renamed before.
    fn dropped_as<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        let (_, to) = self.renames.iter().find(|(from, _)| from == object)?;
        self.drops.contains_key(to).then_some(to)
    }

    /// The steps that make an object, or what holds it; a table that only gets its name holds what it held.
    fn makers(&self, object: &Object) -> Option<&BTreeSet<usize>> {
        self.makes.get(object).or_else(|| {
            let container = object.container()?;
            if self.only_named(&container) { None } else { self.makers(&container) }
        })
    }
}

/// The steps that do something to an object, or to what holds it.
fn by<'a>(map: &'a BTreeMap<Object, BTreeSet<usize>>, object: &Object) -> Option<&'a BTreeSet<usize>> {
    map.get(object).or_else(|| by(map, &object.container()?))
}

/// The steps in the order in which they run.
pub(super) fn ordered(steps: Vec<Placed>, old: &Needs, new: &Needs) -> Result<Vec<Placed>, Cycle> {
    let edges = edges(&steps, old, new);
    let mut waits: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); steps.len()];
    for (before, behind) in &edges {
        waits[*behind].insert(*before);
    }
    let mut phases: Vec<Phase> = steps.iter().map(|((phase, _), _)| *phase).collect();
    let mut open: BTreeSet<(Phase, Rank, usize)> = BTreeSet::new();
    let place = |number: usize, phases: &[Phase]| (phases[number], steps[number].0.1, number);
    open.extend((0..steps.len()).filter(|number| waits[*number].is_empty()).map(|number| place(number, &phases)));
    let mut order = Vec::new();
    while let Some((phase, _, number)) = open.pop_first() {
        order.push(number);
        for (_, behind) in edges.range((number, 0)..(number + 1, 0)) {
            phases[*behind] = phases[*behind].max(phase);
            waits[*behind].remove(&number);
            if waits[*behind].is_empty() {
                open.insert(place(*behind, &phases));
            }
        }
    }
    if order.len() < steps.len() {
        return Err(cycle(&steps, &waits, &order));
    }
    let mut left: Vec<Option<Placed>> = steps.into_iter().map(Some).collect();
    let taken = order.into_iter().filter_map(|number| Some((number, left[number].take()?)));
    Ok(taken.map(|(number, placed)| moved(placed, phases[number])).collect())
}

/// The step in the phase of what it waits for.
fn moved(((was, rank), step): Placed, phase: Phase) -> Placed {
    let start = if was < Phase::Contract && phase == Phase::Contract { Some(Start::Alone) } else { step.start };
    ((phase, rank), Step { phase, start, ..step })
}

/// Which step comes before which.
fn edges(steps: &[Placed], old: &Needs, new: &Needs) -> BTreeSet<(usize, usize)> {
    let touched = Touched::of(steps);
    let none = BTreeSet::new();
    let makers = |object: &Object| by(&touched.makes, object).unwrap_or(&none);
    let droppers = |object: &Object| by(&touched.drops, object).unwrap_or(&none);
    let changers = |object: &Object| touched.changes.get(object).unwrap_or(&none);
    let mut edges = BTreeSet::new();
    let mut lead = |before: &BTreeSet<usize>, behind: &BTreeSet<usize>| {
        for one in before {
            edges.extend(
                behind.iter().filter(|other| *other != one && !before.contains(other)).map(|other| (*one, *other)),
            );
        }
    };
    for (object, needs) in new.all() {
        for need in needs.iter().filter(|need| !new.is_late(object, need)) {
            let (made, found) = match touched.made_as(object) {
                Some(earlier) => (earlier, touched.made_as(need).unwrap_or(need)),
                None => (object, need),
            };
            let as_made = |key: &Object| if made == object { key.clone() } else { touched.key_as_made(key) };
            let columns = new.columns_of_key(need).map(as_made);
            let index = columns.and_then(|columns| touched.makes.get(&columns)).unwrap_or(&none);
            let makers_of_need = match index.is_empty() {
                // A foreign key finds the key that it references under whatever name.
                true if new.columns_of_key(need).is_some() && is_by_structure(object) && touched.only_named(found) => {
                    &none
                }
                true => makers(found),
                false => index,
            };
            // A step that makes a thing anew and changes what stands on it finds that there.
            let altered = touched.alters.get(found).unwrap_or(&none);
            let before = makers_of_need.difference(altered).copied().collect();
            let makers_of_it = touched.makers(made).unwrap_or(&none);
            lead(&before, makers_of_it);
            lead(&before, changers(made));
            // The server changes no type under a column that it computes, unless the step takes that aside.
            if is_column(object) && is_column(need) && !old.knows(object) {
                let aside = touched.drops.get(made).unwrap_or(&none);
                lead(&changers(need).difference(aside).copied().collect(), makers_of_it);
            }
        }
    }
    for (object, needs) in old.all() {
        let gone = droppers(touched.dropped_as(object).unwrap_or(object));
        let is_foreign_key = needs.iter().any(|need| old.columns_of_key(need).is_some()) && is_by_structure(object);
        for need in needs.iter().filter(|need| !old.is_late(object, need)) {
            lead(gone, droppers(touched.dropped_as(need).unwrap_or(need)));
            // On the way back the index of a key is built before the key is one again.
            if let Some(columns) = old.columns_of_key(need) {
                for columns in [columns, &touched.key_as_left(columns)] {
                    lead(gone, touched.drops.get(columns).unwrap_or(&none));
                }
                // A file that comes first may be the one that puts a key back, which what goes for good finds there then. It
                // finds none that is new: the server would hold on to that.
                if !new.knows(object) {
                    lead(gone, touched.returns.get(need).unwrap_or(&none));
                    lead(gone, touched.makes.get(columns).unwrap_or(&none));
                }
            }
            if !new.has(object, need) {
                lead(changers(object), droppers(need));
            }
            // The server holds each column of a foreign key to the type of the one that it references.
            if is_foreign_key && is_column(need) && !new.knows(object) {
                lead(gone, touched.alters.get(need).unwrap_or(&none));
            }
        }
    }
    sequences(steps, &touched, &mut edges);
    together(steps, &mut edges);
    edges
}

/// A step that leaves its part to the next one stands right before it: whoever takes the one back takes back both.
fn together(steps: &[Placed], edges: &mut BTreeSet<(usize, usize)>) {
    for (one, pair) in steps.windows(2).enumerate() {
        if pair[0].1.up.run != Run::Nothing || pair[0].0 != pair[1].0 || !edges.contains(&(one, one + 1)) {
            continue;
        }
        let behind = reached(edges, one);
        let before = edges.iter().filter(|(from, to)| *to == one + 1 && *from != one && !behind.contains(from));
        let before: Vec<usize> = before.map(|(from, _)| *from).collect();
        edges.extend(before.into_iter().map(|from| (from, one)));
    }
}

/// The steps that come after one.
fn reached(edges: &BTreeSet<(usize, usize)>, one: usize) -> BTreeSet<usize> {
    let (mut found, mut open) = (BTreeSet::new(), vec![one]);
    while let Some(number) = open.pop() {
        let next = edges.range((number, 0)..(number + 1, 0)).map(|(_, behind)| *behind);
        open.extend(next.filter(|behind| found.insert(*behind)));
    }
    found
}

fn is_column(object: &Object) -> bool {
    matches!(object, Object::Of { part: Part::Column(_), .. })
}

/// Whether the server looks for what an object needs by the columns, and not by a name in its text.
fn is_by_structure(object: &Object) -> bool {
    !matches!(object, Object::Custom(_))
}

/// Steps of one place that touch the same object are parts of one change, and stay in their order.
fn sequences(steps: &[Placed], touched: &Touched, edges: &mut BTreeSet<(usize, usize)>) {
    let mut of: BTreeMap<&Object, BTreeSet<usize>> = BTreeMap::new();
    for (object, numbers) in touched.makes.iter().chain(&touched.drops).chain(&touched.changes) {
        of.entry(object).or_default().extend(numbers);
    }
    for numbers in of.into_values() {
        let numbers: Vec<usize> = numbers.into_iter().collect();
        for (index, one) in numbers.iter().enumerate() {
            let next = numbers[index + 1..].iter().find(|other| steps[**other].0 == steps[*one].0);
            edges.extend(next.map(|other| (*one, *other)));
        }
    }
}

/// A way from a step back to itself, through what is left when no step can go next.
fn cycle(steps: &[Placed], waits: &[BTreeSet<usize>], order: &[usize]) -> Cycle {
    let mut at = (0..steps.len()).find(|number| !order.contains(number)).unwrap_or_default();
    let mut path: Vec<usize> = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        at = waits[at].iter().next().copied().unwrap_or(at);
    }
    let start = path.iter().position(|number| *number == at).unwrap_or_default();
    Cycle { steps: path[start..].iter().map(|number| steps[*number].1.name.clone()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Target;
    use crate::plan::{Locks, Script};
    use crate::schema::{Check, Column, Custom, PrimaryKey, Schema, SqlType, Table};
    use crate::sql::{Statement, ddl};

    fn step(at: (Phase, Rank), name: &str, up: Vec<Statement>) -> Placed {
        let step = Step {
            name: name.to_owned(),
            phase: at.0,
            why: String::new(),
            acknowledged: Vec::new(),
            start: None,
            up: Script::quick("", Locks::NONE, up),
            down: Script::nothing(""),
        };
        (at, step)
    }

    fn users(default: Option<&str>) -> Schema {
        let column = Column { default: default.map(str::to_owned), ..Column::new("id", SqlType::Uuid) };
        let primary_key = PrimaryKey { name: "users_pkey".to_owned(), columns: vec!["id".to_owned()] };
        let table = Table { name: "users".to_owned(), columns: vec![column], primary_key, ..Table::default() };
        Schema { tables: [(table.name.clone(), table)].into(), ..Schema::default() }
    }

    fn names(placed: &[Placed]) -> Vec<&str> {
        placed.iter().map(|(_, step)| step.name.as_str()).collect()
    }

    #[test]
    fn what_a_key_needs_goes_after_the_key_and_in_its_phase() {
        let steps = vec![
            step((Phase::Expand, Rank::Relax), "null", vec![ddl::drop_not_null("users", "id")]),
            step((Phase::Expand, Rank::Objects), "comment", vec![ddl::comment_on_table("users", None)]),
            step((Phase::Contract, Rank::Keys), "key", vec![ddl::drop_constraint("users", "users_pkey")]),
        ];
        let Ok(placed) = ordered(steps, &Needs::of(&users(None)), &Needs::default()) else { panic!("a cycle") };
        assert_eq!(names(&placed), ["comment", "key", "null"]);
        assert_eq!((placed[2].1.phase, placed[2].1.starts_alone()), (Phase::Contract, true));
        assert!(!placed[0].1.starts_alone() && !placed[1].1.starts_alone());
    }

    #[test]
    fn what_gets_its_name_by_a_rename_is_made_before_and_what_names_the_new_name_after() {
        let mut new = users(None);
        let check = |name: &str| Check { name: name.to_owned(), expression: "id IS NOT NULL".to_owned() };
        new.tables.get_mut("users").unwrap().checks = vec![check("first"), check("second")];
        let add = |name: &str| ddl::add_constraint("users", name, "CHECK (id IS NOT NULL)");
        let column = ddl::add_column("users", &Column::new("id_new", SqlType::Uuid), Target::ALL[0].dialect()).unwrap();
        let switch =
            vec![ddl::rename_column("users", "id_new", "id"), ddl::rename_constraint("users", "first_new", "first")];
        let steps = vec![
            step((Phase::Expand, Rank::Columns), "column", vec![column]),
            step((Phase::Backfill, Rank::Constraints), "first", vec![add("first_new")]),
            step((Phase::Contract, Rank::Constraints), "second", vec![add("second")]),
            step((Phase::Contract, Rank::Switch), "switch", switch),
        ];
        let Ok(placed) = ordered(steps, &Needs::default(), &Needs::of(&new)) else { panic!("a cycle") };
        assert_eq!(names(&placed), ["column", "first", "switch", "second"]);
    }

    /// The order of a table whose default calls a function, and of the function, whose file names the table.
    fn table_and_function(function: &str) -> Result<Vec<String>, Vec<String>> {
        let mut new = users(Some("next_id()"));
        let (name, after) = ("next_id".to_owned(), vec!["users".to_owned()]);
        let custom = Custom { name: name.clone(), up: function.to_owned(), after, ..Custom::default() };
        new.customs.insert(name.clone(), custom);
        let create = Statement::from("CREATE TABLE users ();").makes(Object::table("users"));
        let function = Statement::from(function).makes(Object::Custom(name));
        let steps = vec![
            step((Phase::Expand, Rank::Tables), "table", vec![create]),
            step((Phase::Expand, Rank::Extras), "function", vec![function]),
        ];
        match ordered(steps, &Needs::default(), &Needs::of(&new)) {
            Ok(placed) => Ok(names(&placed).into_iter().map(str::to_owned).collect()),
            Err(cycle) => Err(cycle.steps),
        }
    }

    #[test]
    fn a_function_that_is_read_when_it_is_called_comes_before_what_it_names() {
        let late = "CREATE FUNCTION next_id() RETURNS UUID LANGUAGE sql AS 'SELECT max(id) FROM users';";
        assert_eq!(table_and_function(late), Ok(vec!["function".to_owned(), "table".to_owned()]));
    }

    #[test]
    fn what_leaves_its_part_to_the_next_stands_right_before_it() {
        let at = (Phase::Contract, Rank::Keys);
        let mut release = step(at, "release", Vec::new());
        release.1.up = Script::nothing("");
        let steps = vec![
            step(
                (Phase::Contract, Rank::Objects),
                "reference",
                vec![ddl::drop_constraint("orders", "orders_user_fkey")],
            ),
            release,
            step(at, "drop", vec![ddl::drop_constraint("users", "users_pkey")]),
        ];
        let mut found = [(0, 2), (1, 2)].into();
        together(&steps, &mut found);
        assert_eq!(found, [(0, 1), (0, 2), (1, 2)].into());
    }

    #[test]
    fn steps_that_wait_for_each_other_are_named() {
        let atomic = "CREATE FUNCTION next_id() RETURNS UUID BEGIN ATOMIC SELECT max(id) FROM users; END;";
        assert_eq!(table_and_function(atomic), Err(vec!["table".to_owned(), "function".to_owned()]));
    }
}
