//! Looks for a row that meets the checks and keys, as far as they can be told: what is broken is mended by other values of
//! the columns that it names.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::{Missing, Row, Samples, is_given, twin, values};
use crate::expression::{Fragment, Scalar};
use crate::schema::{Column, ForeignKey, Table};

/// How many rows are worth a try where only the server can tell.
pub const MOST_ATTEMPTS: usize = 12;

/// How many combinations are tried at once.
const MOST_COMBINATIONS: usize = 4_096;

/// How many rows are referenced in turn.
const MOST_REFERENCED: usize = 32;

/// How often something is mended before the row is given up.
const MOST_ROUNDS: usize = 40;

/// Columns that get their values together: one, or those of foreign keys that share columns.
struct Variable {
    columns: Vec<String>,
    candidates: Vec<Vec<Candidate>>,
}

/// What a row must meet.
struct Constraint<'a> {
    name: &'a str,
    what: What<'a>,
    /// The places of the variables that it depends on.
    variables: Vec<usize>,
}

enum What<'a> {
    /// With the columns that it calls otherwise: their names there, and here.
    Check(Fragment, Vec<(String, String)>),
    /// The values of these columns that other rows have.
    Unique(Vec<String>, Vec<Vec<&'a Candidate>>, bool),
}

pub(super) fn row(samples: &Samples<'_>, table: &Table, number: usize, attempt: usize) -> Result<Row, Missing> {
    let variables = variables(samples, table, number, attempt)?;
    let types: BTreeMap<&str, &Column> = table.columns.iter().map(|column| (column.name.as_str(), column)).collect();
    let constraints = constraints(samples, table, &variables);
    let mut chosen = vec![0_usize; variables.len()];
    let assigned = |chosen: &[usize]| -> Row {
        let mut row = Row::new();
        for (variable, place) in variables.iter().zip(chosen) {
            row.extend(variable.columns.iter().cloned().zip(variable.candidates[*place].iter().cloned()));
        }
        row
    };
    let broken = |row: &Row| -> Vec<usize> {
        let scalars = row.iter().filter_map(|(name, value)| {
            let column = types.get(name.as_str())?;
            Some((name.clone(), Scalar::of(value.as_deref(), &column.sql_type)))
        });
        let scalars: BTreeMap<String, Scalar> = scalars.collect();
        (0..constraints.len()).filter(|place| constraints[*place].is_broken(row, &scalars)).collect()
    };
    for round in 0..MOST_ROUNDS {
        let now = broken(&assigned(&chosen));
        let Some(first) = now.get(round % now.len().max(1)) else { return Ok(assigned(&chosen)) };
        let involved = &constraints[*first].variables;
        let mut best: Option<(usize, Vec<usize>)> = None;
        for combination in combinations(involved, &variables) {
            let mut other = chosen.clone();
            for (variable, place) in involved.iter().zip(&combination) {
                other[*variable] = *place;
            }
            let left = broken(&assigned(&other));
            if left.contains(first) {
                continue;
            }
            if best.as_ref().is_none_or(|(least, _)| left.len() < *least) {
                let is_done = left.is_empty();
                best = Some((left.len(), other));
                if is_done {
                    break;
                }
            }
        }
        match best {
            Some((_, better)) => chosen = better,
            None => return Err(Missing::Constraint(constraints[*first].name.to_owned())),
        }
    }
    let first = broken(&assigned(&chosen)).first().map(|place| constraints[*place].name.to_owned());
    first.map_or_else(|| Ok(assigned(&chosen)), |name| Err(Missing::Constraint(name)))
}

impl Constraint<'_> {
    /// Whether the row is known not to meet it.
    fn is_broken(&self, row: &Row, scalars: &BTreeMap<String, Scalar>) -> bool {
        match &self.what {
            What::Check(fragment, names) if names.is_empty() => fragment.evaluate(scalars) == Some(Scalar::Bool(false)),
            What::Check(fragment, names) => {
                let mut there = scalars.clone();
                there
                    .extend(names.iter().filter_map(|(there, here)| Some((there.clone(), scalars.get(here)?.clone()))));
                fragment.evaluate(&there) == Some(Scalar::Bool(false))
            }
            What::Unique(columns, taken, nulls_equal) => {
                let own: Option<Vec<&Candidate>> = columns.iter().map(|column| row.get(column)).collect();
                let Some(own) = own else { return false };
                (*nulls_equal || own.iter().all(|value| value.is_some())) && taken.contains(&own)
            }
        }
    }
}

fn constraints<'a>(samples: &'a Samples<'_>, table: &'a Table, variables: &[Variable]) -> Vec<Constraint<'a>> {
    let place = |column: &str| variables.iter().position(|variable| variable.columns.iter().any(|it| it == column));
    let mut constraints: Vec<Constraint<'a>> = Vec::new();
    let mut check = |name: &'a str, expression: &str, names: &[(String, String)]| {
        let Ok(fragment) = Fragment::parse(expression) else { return };
        let here =
            |column: &String| names.iter().find(|(there, _)| there == column).map_or(column.clone(), |it| it.1.clone());
        let mut involved: Vec<usize> =
            fragment.column_names().iter().filter_map(|column| place(&here(column))).collect();
        involved.sort_unstable();
        involved.dedup();
        if !involved.is_empty() {
            constraints.push(Constraint { name, what: What::Check(fragment, names.to_vec()), variables: involved });
        }
    };
    for own in &table.checks {
        check(&own.name, &own.expression, &[]);
    }
    for other in samples.twins(table) {
        let names = table.columns.iter().filter_map(|column| {
            let there = &twin(column, other)?.name;
            (*there != column.name).then(|| (there.clone(), column.name.clone()))
        });
        let names: Vec<(String, String)> = names.collect();
        for theirs in &other.checks {
            check(&theirs.name, &theirs.expression, &names);
        }
    }
    let known = samples.rows(&table.name);
    let primary = (!table.primary_key.columns.is_empty())
        .then(|| (&table.primary_key.name, table.primary_key.columns.clone(), false));
    let uniques = table.uniques.iter().map(|unique| (&unique.name, unique.columns.clone(), unique.nulls_not_distinct));
    let twins = samples.twins(table).flat_map(|other| {
        // By the names that its columns have here.
        let here = |name: &String| {
            let is_it = |column: &&Column| twin(column, other).is_some_and(|twin| twin.name == *name);
            table.columns.iter().find(is_it).map(|column| column.name.clone())
        };
        other.uniques.iter().filter_map(move |unique| {
            let columns: Option<Vec<String>> = unique.columns.iter().map(here).collect();
            Some((&unique.name, columns?, unique.nulls_not_distinct))
        })
    });
    for (name, columns, nulls_equal) in primary.into_iter().chain(uniques).chain(twins) {
        let mut involved: Vec<usize> = columns.iter().filter_map(|column| place(column)).collect();
        involved.sort_unstable();
        involved.dedup();
        let taken: Vec<_> =
            known.iter().filter_map(|row| columns.iter().map(|column| row.get(column)).collect()).collect();
        if !involved.is_empty() {
            let what = What::Unique(columns, taken, nulls_equal);
            constraints.push(Constraint { name, what, variables: involved });
        }
    }
    constraints
}

/// The places of candidates, the likeliest first: what is tried of each variable is bounded by how many there are.
fn combinations(involved: &[usize], variables: &[Variable]) -> Vec<Vec<usize>> {
    let mut each = MOST_COMBINATIONS;
    while each.checked_pow(u32::try_from(involved.len()).unwrap_or(u32::MAX)).is_none_or(|all| all > MOST_COMBINATIONS)
        && each > 2
    {
        each -= each.div_ceil(8);
    }
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for variable in involved {
        let count = variables[*variable].candidates.len().min(each);
        all = all
            .iter()
            .flat_map(|before| (0..count).map(move |place| before.iter().copied().chain([place]).collect()))
            .collect();
        all.truncate(MOST_COMBINATIONS);
    }
    all
}

fn variables(samples: &Samples<'_>, table: &Table, number: usize, attempt: usize) -> Result<Vec<Variable>, Missing> {
    let mut variables: Vec<Variable> = Vec::new();
    let keys: Vec<&ForeignKey> = table
        .foreign_keys
        .iter()
        .filter(|key| key.columns.iter().all(|it| table.column(it).is_some_and(is_given)))
        .collect();
    let mut grouped: Vec<Vec<&ForeignKey>> = Vec::new();
    for key in keys {
        let shares = |group: &Vec<&ForeignKey>| {
            group.iter().any(|other| other.columns.iter().any(|column| key.columns.contains(column)))
        };
        let (mut joined, apart): (Vec<_>, Vec<_>) = grouped.into_iter().partition(shares);
        grouped = apart;
        let mut group: Vec<&ForeignKey> = joined.drain(..).flatten().collect();
        group.push(key);
        grouped.push(group);
    }
    for group in grouped {
        variables.push(referencing(samples, table, &group, number + attempt)?);
    }
    for column in table.columns.iter().filter(|column| is_given(column)) {
        if variables.iter().any(|variable| variable.columns.contains(&column.name)) {
            continue;
        }
        let candidates = samples.candidates(table, column, number, attempt);
        if candidates.iter().all(Option::is_none) {
            if column.has_default() || column.nullable {
                continue;
            }
            let sql_type = column.sql_type.to_string();
            return Err(Missing::Type { column: column.name.clone(), sql_type });
        }
        let candidates = candidates.into_iter().map(|candidate| vec![candidate]).collect();
        variables.push(Variable { columns: vec![column.name.clone()], candidates });
    }
    Ok(variables)
}

/// The rows that foreign keys can reference together.
fn referencing(
    samples: &Samples<'_>,
    table: &Table,
    group: &[&ForeignKey],
    number: usize,
) -> Result<Variable, Missing> {
    let mut group = group.to_vec();
    // A key of more columns leaves less choice.
    group.sort_by_key(|key| (std::cmp::Reverse(key.columns.len()), &key.name));
    let mut open: Vec<Row> = vec![Row::new()];
    for key in &group {
        let rows = samples.rows(&key.table);
        let nullable = |name: &String| table.column(name).is_some_and(|column| samples.takes_null(table, column));
        let may_be_none = key.columns.iter().any(nullable);
        let mut next: Vec<Row> = Vec::new();
        for so_far in &open {
            let start = if rows.is_empty() { 0 } else { number % rows.len() };
            for target in rows[start..].iter().chain(&rows[..start]).take(MOST_REFERENCED) {
                let values: Option<Vec<&Candidate>> =
                    key.target_columns.iter().map(|column| target.get(column)).collect();
                let Some(values) = values else { continue };
                let fits =
                    key.columns.iter().zip(&values).all(|(column, value)| {
                        value.is_some() && so_far.get(column).is_none_or(|chosen| chosen == *value)
                    });
                if fits && next.len() < MOST_REFERENCED * 4 {
                    let mut row = so_far.clone();
                    row.extend(key.columns.iter().cloned().zip(values.into_iter().cloned()));
                    next.push(row);
                }
            }
            if may_be_none {
                let mut row = so_far.clone();
                for column in &key.columns {
                    if nullable(column) {
                        row.insert(column.clone(), None);
                    }
                }
                next.push(row);
            }
        }
        // The first row of a table that must reference a row of its own references itself.
        if next.is_empty() && key.table == table.name && rows.is_empty() {
            let own = key.columns.iter().zip(&key.target_columns).map(|(column, target)| {
                let value = table.column(target).and_then(|column| values::of_type(&column.sql_type, number));
                (column.clone(), value)
            });
            next.push(own.collect());
        }
        if next.is_empty() {
            return Err(Missing::Constraint(key.name.clone()));
        }
        open = next;
    }
    let mut columns: Vec<String> = group.iter().flat_map(|key| key.columns.iter().cloned()).collect();
    columns.sort();
    columns.dedup();
    let mut candidates: Vec<Vec<Candidate>> = open
        .iter()
        .map(|row| columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect())
        .collect();
    if number % 3 == 2 {
        candidates.sort_by_key(|values| values.iter().all(Option::is_some));
    }
    Ok(Variable { columns, candidates })
}
