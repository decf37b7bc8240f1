//! Which foreign keys of a cycle are added after the tables, where no one marked them.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{ForeignKey, Schema, Table};

/// The most tables of one knot for which every order is weighed.
const EXACT: usize = 12;

/// Marks the foreign keys that are added when all tables exist, and no other.
///
/// Keys whose columns take NULL are preferred: a row can then be inserted before the row that it references. Of those
/// choices one of the fewest keys is taken, always the same one. Without any one of its marks a cycle would be left. In
/// knots of more than a dozen tables the choice may hold more keys than the best one.
pub fn mark_cycles(schema: &mut Schema) {
    let mut marked: BTreeSet<(String, String)> = BTreeSet::new();
    let edges = edges(schema);
    for knot in knots(&edges) {
        let inner = Knot::of(&edges, &knot);
        let cut = if knot.len() <= EXACT { inner.best() } else { inner.good() };
        marked.extend(cut.into_iter().map(|(from, to)| (knot[from].to_owned(), knot[to].to_owned())));
    }
    for table in schema.tables.values_mut() {
        for key in &mut table.foreign_keys {
            key.cycle = marked.contains(&(table.name.clone(), key.table.clone()));
        }
    }
}

/// Whether a row may leave the reference out. One column that is NULL is enough.
pub(super) fn takes_null(table: &Table, key: &ForeignKey) -> bool {
    key.columns.iter().any(|name| table.column(name).is_some_and(|column| column.nullable))
}

/// What it costs to add all keys from one table to another later: those that are NOT NULL count first.
type Cost = (usize, usize);

fn sum(one: Cost, other: Cost) -> Cost {
    (one.0 + other.0, one.1 + other.1)
}

type Edges<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Cost>>;

/// The references between two tables, if both exist. A table may reference itself while it is created.
fn edges(schema: &Schema) -> Edges<'_> {
    let mut edges = Edges::new();
    for (name, table) in &schema.tables {
        let targets = edges.entry(name).or_default();
        for key in table.foreign_keys.iter().filter(|key| key.table != *name) {
            if let Some(target) = schema.tables.get_key_value(&key.table) {
                let cost = targets.entry(target.0).or_default();
                *cost = sum(*cost, (usize::from(!takes_null(table, key)), 1));
            }
        }
    }
    edges
}

/// The sets of tables of which each leads to each other, by name.
fn knots<'a>(edges: &Edges<'a>) -> Vec<Vec<&'a str>> {
    let mut backward: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, targets) in edges {
        for to in targets.keys() {
            backward.entry(to).or_default().push(from);
        }
    }
    let forward = |name: &str| edges.get(name).into_iter().flat_map(|targets| targets.keys().copied()).collect();
    let mut left: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in edges.keys() {
        walk(name, &forward, &mut seen, &mut left);
    }
    // Those that were left last lead to all others of theirs; backwards nothing but the knot is met.
    let mut seen = BTreeSet::new();
    let back = |name: &str| backward.get(name).cloned().unwrap_or_default();
    let mut knots = Vec::new();
    for name in left.into_iter().rev() {
        let mut knot = Vec::new();
        walk(name, &back, &mut seen, &mut knot);
        knot.sort_unstable();
        if knot.len() > 1 {
            knots.push(knot);
        }
    }
    knots
}

/// Everything that is reached and was not seen, each after what it leads to. Chains of references may be long.
fn walk<'a>(
    start: &'a str,
    next: &dyn Fn(&'a str) -> Vec<&'a str>,
    seen: &mut BTreeSet<&'a str>,
    left: &mut Vec<&'a str>,
) {
    if !seen.insert(start) {
        return;
    }
    let mut path = vec![(start, next(start).into_iter())];
    while let Some((name, targets)) = path.last_mut() {
        if let Some(target) = targets.find(|target| !seen.contains(target)) {
            seen.insert(target);
            path.push((target, next(target).into_iter()));
        } else {
            left.push(name);
            path.pop();
        }
    }
}

/// The references within a knot, its tables by number.
struct Knot {
    size: usize,
    edges: BTreeMap<(usize, usize), Cost>,
}

impl Knot {
    fn of(edges: &Edges<'_>, names: &[&str]) -> Self {
        let mut inner = BTreeMap::new();
        for (from, name) in names.iter().enumerate() {
            for (target, cost) in edges.get(name).into_iter().flatten() {
                if let Ok(to) = names.binary_search(target) {
                    inner.insert((from, to), *cost);
                }
            }
        }
        Self { size: names.len(), edges: inner }
    }

    /// Weighs all orders of the tables: what leads to a later one is added later.
    fn best(&self) -> Vec<(usize, usize)> {
        let later = |made: usize, table: usize| {
            let open = self.edges.range((table, 0)..(table + 1, 0)).filter(|((_, to), _)| made & (1 << to) == 0);
            open.fold((0, 0), |cost, (_, more)| sum(cost, *more))
        };
        // For each set of tables that are made first: the least cost, and the table of it that comes last.
        let mut least: Vec<(Cost, usize)> = vec![((0, 0), 0)];
        for set in 1_usize..1 << self.size {
            let last = (0..self.size).filter(|table| set & (1 << table) != 0);
            let cost = |table: usize| sum(least[set & !(1 << table)].0, later(set & !(1 << table), table));
            least.push(last.map(|table| (cost(table), table)).min().unwrap_or_default());
        }
        let mut cut = Vec::new();
        let mut set = (1 << self.size) - 1;
        while set != 0 {
            let table = least[set].1;
            set &= !(1 << table);
            let open = self.edges.range((table, 0)..(table + 1, 0)).filter(|((_, to), _)| set & (1 << to) == 0);
            cut.extend(open.map(|(edge, _)| *edge));
        }
        cut
    }

    /// Takes the references in, the dearest first; one that would close a cycle is left out.
    fn good(&self) -> Vec<(usize, usize)> {
        let mut dearest: Vec<_> = self.edges.iter().collect();
        dearest.sort_by_key(|(edge, cost)| (std::cmp::Reverse(**cost), **edge));
        let mut kept: Vec<Vec<usize>> = vec![Vec::new(); self.size];
        let mut cut = Vec::new();
        for (edge @ (from, to), _) in dearest {
            if leads(&kept, *to, *from) {
                cut.push(*edge);
            } else {
                kept[*from].push(*to);
            }
        }
        cut
    }
}

fn leads(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![from];
    while let Some(table) = open.pop() {
        if table == to {
            return true;
        }
        if !std::mem::replace(&mut seen[table], true) {
            open.extend(&edges[table]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{problems, tests::schema};

    fn marks(schema: &Schema) -> Vec<String> {
        let keys = schema.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
        keys.filter(|(_, key)| key.cycle).map(|(table, key)| format!("{}.{}", table.name, key.columns[0])).collect()
    }

    fn marked(tables: &[(&str, &[&str])]) -> Vec<String> {
        let mut schema = schema(tables);
        mark_cycles(&mut schema);
        assert!(problems(&schema).is_empty());
        marks(&schema)
    }

    #[test]
    fn the_key_that_takes_null_is_added_later() {
        assert_eq!(marked(&[("authors", &["books null"]), ("books", &["authors"])]), ["authors.books_id"]);
        assert_eq!(marked(&[("authors", &["books"]), ("books", &["authors null"])]), ["books.authors_id"]);
        // Where neither does, it is the later one by name.
        assert_eq!(marked(&[("authors", &["books"]), ("books", &["authors"])]), ["books.authors_id"]);
        assert_eq!(marked(&[("a", &["b"]), ("b", &["c null"]), ("c", &["a", "c"])]), ["b.c_id"]);
    }

    #[test]
    fn what_is_in_no_cycle_is_not_marked_and_a_mark_that_nothing_needs_goes() {
        assert_eq!(marked(&[("a", &["a", "b cycle"]), ("b", &[]), ("c", &["a"])]).len(), 0);
    }

    #[test]
    fn one_key_in_two_rings_serves_for_both() {
        let rings: &[(&str, &[&str])] =
            &[("a", &["b null"]), ("b", &["c null", "d null"]), ("c", &["a null"]), ("d", &["a null"])];
        assert_eq!(marked(rings), ["a.b_id"]);
    }

    /// Every set of marks, for few enough keys: whether it leaves no cycle, and what it costs.
    fn cheapest(schema: &Schema) -> Cost {
        let keys: Vec<(String, usize)> = schema
            .tables
            .values()
            .flat_map(|table| (0..table.foreign_keys.len()).map(|key| (table.name.clone(), key)))
            .collect();
        let mut best = (usize::MAX, usize::MAX);
        for set in 0..1_usize << keys.len() {
            let mut tried = schema.clone();
            let mut cost = (0, 0);
            for (number, (table, key)) in keys.iter().enumerate() {
                let table = tried.tables.get_mut(table).unwrap();
                table.foreign_keys[*key].cycle = set & (1 << number) != 0;
                if set & (1 << number) != 0 {
                    cost = sum(cost, (usize::from(!takes_null(table, &table.foreign_keys[*key])), 1));
                }
            }
            if cost < best && problems(&tried).is_empty() {
                best = cost;
            }
        }
        best
    }

    fn random(seed: &mut u64, below: u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    }

    fn tangle(seed: &mut u64, tables: u64, keys: u64) -> Schema {
        let names: Vec<String> = (0..tables).map(|number| format!("t{number:02}")).collect();
        let mut targets: Vec<Vec<String>> = vec![Vec::new(); names.len()];
        for _ in 0..keys {
            let (from, to) = (random(seed, tables), random(seed, tables));
            let name = &names[usize::try_from(to).unwrap()];
            let from = &mut targets[usize::try_from(from).unwrap()];
            if !from.iter().any(|other| other.starts_with(name)) {
                from.push(format!("{name}{}", if random(seed, 2) == 0 { " null" } else { "" }));
            }
        }
        let targets: Vec<Vec<&str>> = targets.iter().map(|it| it.iter().map(String::as_str).collect()).collect();
        let tables: Vec<(&str, &[&str])> =
            names.iter().zip(&targets).map(|(name, targets)| (name.as_str(), targets.as_slice())).collect();
        schema(&tables)
    }

    #[test]
    fn no_choice_is_better_and_none_of_it_is_needless() {
        let mut seed = 7;
        let mut with_cycles = 0;
        for _ in 0..150 {
            let (tables, keys) = (2 + random(&mut seed, 4), 2 + random(&mut seed, 7));
            let mut schema = tangle(&mut seed, tables, keys);
            let best = cheapest(&schema);
            mark_cycles(&mut schema);
            let keys = schema.tables.values().flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
            let cost = keys
                .filter(|(_, key)| key.cycle)
                .fold((0, 0), |cost, (table, key)| sum(cost, (usize::from(!takes_null(table, key)), 1)));
            assert!(problems(&schema).is_empty());
            assert_eq!(cost, best, "{:?}", marks(&schema));
            with_cycles += usize::from(best > (0, 0));
        }
        assert!(with_cycles > 50, "{with_cycles}");
    }

    #[test]
    fn a_large_knot_is_untied_without_a_needless_mark() {
        let mut seed = 11;
        let mut untied = 0;
        for _ in 0..20 {
            let mut schema = tangle(&mut seed, 40, 120);
            mark_cycles(&mut schema);
            assert!(problems(&schema).is_empty());
            let again = marks(&schema);
            untied += again.len();
            for name in again.clone() {
                let mut tried = schema.clone();
                let key = tried.tables.values_mut().flat_map(|table| {
                    let name_of = table.name.clone();
                    table.foreign_keys.iter_mut().map(move |key| (format!("{name_of}.{}", key.columns[0]), key))
                });
                key.filter(|(its, _)| *its == name).for_each(|(_, key)| key.cycle = false);
                assert!(!problems(&tried).is_empty(), "{name}");
            }
            mark_cycles(&mut schema);
            assert_eq!(marks(&schema), again);
        }
        assert!(untied > 100, "{untied}");
    }
}
