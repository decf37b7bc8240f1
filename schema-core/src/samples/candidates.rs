//! The values that are tried for a column: what its checks, enumeration and type suggest, the likeliest first.

use super::{Samples, pattern, twin, values};
use crate::expression::{Fragment, Hint};
use crate::schema::{Column, PartitionStrategy, SoftDelete, SqlType, Table};

/// A value, or NULL.
pub(super) type Candidate = Option<String>;

/// How many values are tried for one column.
const MOST: usize = 24;

/// Every third row has NULL where it may.
const NULL_EVERY: usize = 3;

impl Samples<'_> {
    /// What is tried for a column, in order.
    pub(super) fn candidates(&self, table: &Table, column: &Column, number: usize, attempt: usize) -> Vec<Candidate> {
        let twins: Vec<(&Table, &Column)> =
            self.twins(table).filter_map(|other| Some((other, twin(column, other)?))).collect();
        let sql_type = strictest(column, twins.iter().map(|(_, twin)| *twin));
        let mut found: Vec<String> = Vec::new();
        if let Some(values) = self.enumerated(column, &twins) {
            let count = values.len().max(1);
            found.extend((0..values.len()).map(|place| values[(place + number + attempt) % count].clone()));
        } else {
            found.extend(partition_bounds(table, column, number));
            let tables = std::iter::once((table, column)).chain(twins.iter().copied());
            let mut hints: Vec<Hint> = tables.flat_map(|(table, column)| hints(table, &column.name)).collect();
            hints.dedup();
            // A check that no value of another kind can meet is met by one of its own.
            let (patterns, constants): (Vec<Hint>, Vec<Hint>) =
                hints.into_iter().partition(|hint| !matches!(hint, Hint::Constant(_)));
            found.extend(patterns.iter().filter_map(|hint| match hint {
                Hint::Like(text) => Some(pattern::like(text, number)),
                Hint::Regex(text) => pattern::regex(text, number),
                Hint::Constant(_) => None,
            }));
            found.extend(plain(&sql_type, number));
            for hint in &constants {
                if let Hint::Constant(text) = hint {
                    found.extend(near(&sql_type, text, number));
                }
            }
        }
        found.retain(|text| fits(&sql_type, text));
        let mut unique: Vec<String> = Vec::new();
        for text in found {
            if !unique.contains(&text) && unique.len() < MOST {
                unique.push(text);
            }
        }
        if !unique.is_empty() {
            let places = unique.len();
            unique.rotate_left(attempt % places);
        }
        let mut all: Vec<Candidate> = unique.into_iter().map(Some).collect();
        if column.nullable && self.takes_null(table, column) {
            let is_marker = table.soft_delete == Some(SoftDelete::DeletedAt) && column.name == "deleted_at";
            let first = is_marker || number % NULL_EVERY == NULL_EVERY - 1;
            all.insert(if first { 0 } else { all.len() }, None);
        }
        if table.soft_delete == Some(SoftDelete::IsDeleted) && column.name == SoftDelete::IsDeleted.column() {
            all = vec![Some("false".to_owned())];
        }
        all
    }

    /// Whether the column takes NULL, and may keep it: elsewhere it takes it too, or rows that have it get a value.
    pub(super) fn takes_null(&self, table: &Table, column: &Column) -> bool {
        // One that takes its place is filled with what is there.
        let is_same = |twin: &Column| twin.name == column.name && twin.sql_type == column.sql_type;
        let gets_value = |twin: &Column| is_same(twin) && (twin.backfill.is_some() || twin.has_default());
        let takes = |twin: &Column| twin.nullable || gets_value(twin);
        column.nullable && self.twins(table).all(|other| twin(column, other).is_none_or(takes))
    }

    /// The values of the column's enumeration that every schema has.
    fn enumerated(&self, column: &Column, twins: &[(&Table, &Column)]) -> Option<Vec<String>> {
        let of = |schema: &crate::schema::Schema, column: &Column| {
            let native = || match &column.sql_type {
                SqlType::Other(name) => schema.enumerations.get(name.trim_matches('"')),
                _ => None,
            };
            let named = column.enumeration.as_ref().and_then(|name| schema.enumerations.get(name));
            let values = named.or_else(native)?.values.iter();
            Some(values.map(|value| value.value.clone()).collect::<Vec<_>>())
        };
        let mut lists = vec![of(self.schema, column)];
        lists.extend(self.also.iter().flat_map(|schema| {
            twins
                .iter()
                .filter(|(table, _)| schema.tables.get(&table.name) == Some(*table))
                .map(|(_, it)| of(schema, it))
        }));
        let mut lists = lists.into_iter().flatten();
        let mut values = lists.next()?;
        for other in lists {
            // Where no value stays, the old ones are all that there is.
            if values.iter().any(|value| other.contains(value)) {
                values.retain(|value| other.contains(value));
            }
        }
        Some(values)
    }
}

/// The type whose values every schema takes: a text that becomes a number is one already.
fn strictest<'c>(column: &'c Column, twins: impl Iterator<Item = &'c Column>) -> SqlType {
    let mut strict = column.sql_type.value();
    for twin in twins {
        let other = twin.sql_type.value();
        let rank = |sql_type: &SqlType| match sql_type {
            SqlType::Text => usize::MAX,
            SqlType::Varchar(length) | SqlType::Char(length) => 1_000_000 + usize::try_from(*length).unwrap_or(0),
            SqlType::Json | SqlType::Jsonb => 900_000,
            SqlType::Double | SqlType::Real | SqlType::Numeric(None) => 1_000,
            SqlType::Numeric(Some((precision, scale))) => {
                usize::try_from(precision.saturating_sub(*scale)).unwrap_or(0).min(900)
            }
            SqlType::BigInt => 19,
            SqlType::Integer => 9,
            SqlType::SmallInt => 4,
            _ => 0,
        };
        if rank(&other) < rank(&strict) && values::of_type(&other, 1).is_some() {
            strict = other;
        }
    }
    strict
}

/// What the checks compare with the column, then with the columns that they compare it with.
fn hints(table: &Table, column: &str) -> Vec<Hint> {
    let checks: Vec<Fragment> =
        table.checks.iter().filter_map(|check| Fragment::parse(&check.expression).ok()).collect();
    let beside = checks.iter().filter(|check| check.column_names().iter().any(|name| name == column));
    let beside: Vec<String> = beside.flat_map(Fragment::column_names).collect();
    let all: Vec<(String, Hint)> = checks.iter().flat_map(Fragment::hints).collect();
    let own = all.iter().filter(|(named, _)| named == column);
    let constants = |hint: &Hint| matches!(hint, Hint::Constant(_));
    let others = all.iter().filter(|(named, hint)| named != column && beside.contains(named) && constants(hint));
    own.chain(others).map(|(_, hint)| hint.clone()).collect()
}

/// What a type has without a check: enough that one of two columns can be the later or larger one.
fn plain(sql_type: &SqlType, number: usize) -> Vec<String> {
    let further: &[usize] = if *sql_type == SqlType::Boolean { &[0, 1] } else { &[0, 1, 7, 100, 1_000] };
    let mut all: Vec<String> = further.iter().filter_map(|more| values::of_type(sql_type, number + more)).collect();
    match sql_type {
        _ if is_number(sql_type) => all.extend(["0".to_owned(), "1".to_owned()]),
        // For a check on the case, or on digits.
        SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) => {
            let upper = all.first().map(|text| text.to_uppercase());
            all.extend(upper.into_iter().chain([number.to_string()]));
        }
        _ => {}
    }
    all
}

/// Values at and beside a constant; texts of the length that a number may mean.
fn near(sql_type: &SqlType, constant: &str, number: usize) -> Vec<String> {
    match sql_type {
        _ if is_number(sql_type) => {
            let Ok(value) = constant.trim().parse::<f64>() else { return Vec::new() };
            let step = f64::from(u8::try_from(number % 7 + 1).unwrap_or(1));
            let all = [value, value + 1.0, value - 1.0, value + step, value - step, value / 2.0];
            let whole = !matches!(sql_type, SqlType::Numeric(_) | SqlType::Real | SqlType::Double);
            let shown = |value: &f64| if whole { format!("{}", value.trunc()) } else { format!("{value}") };
            all.iter().map(shown).collect()
        }
        SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) | SqlType::Other(_) => {
            // A check may look for it inside of the text.
            let mut all = vec![format!("text{number}{constant}text")];
            if let Some(length) = constant.trim().parse::<usize>().ok().filter(|length| (1..10_000).contains(length)) {
                let lengths = [length, length + 1, length - 1];
                all.extend(lengths.map(|length| values::long(length, number)));
            }
            all.push(constant.to_owned());
            all
        }
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => {
            let day = constant.get(..10).unwrap_or(constant);
            let Some((year, rest)) = day.split_once('-') else { return Vec::new() };
            let Ok(year) = year.parse::<i32>() else { return Vec::new() };
            [year, year + 1, year - 1].iter().map(|year| format!("{year:04}-{rest}")).collect()
        }
        _ => vec![constant.to_owned()],
    }
}

fn is_number(sql_type: &SqlType) -> bool {
    matches!(
        sql_type,
        SqlType::SmallInt | SqlType::Integer | SqlType::BigInt | SqlType::Real | SqlType::Double | SqlType::Numeric(_)
    )
}

/// Whether a text is short enough, and a number small enough.
fn fits(sql_type: &SqlType, text: &str) -> bool {
    match sql_type {
        SqlType::Varchar(length) | SqlType::Char(length) => {
            text.chars().count() <= usize::try_from(*length).unwrap_or(usize::MAX)
        }
        SqlType::SmallInt => text.parse::<i16>().is_ok(),
        SqlType::Integer => text.parse::<i32>().is_ok(),
        SqlType::BigInt => text.parse::<i64>().is_ok(),
        SqlType::Numeric(Some((precision, scale))) => {
            let most = 10_f64.powi(i32::try_from(precision.saturating_sub(*scale)).unwrap_or(i32::MAX));
            text.parse::<f64>().is_ok_and(|value| value.abs() < most)
        }
        _ => true,
    }
}

/// Where the partitions begin, so that a row has one to go to.
fn partition_bounds(table: &Table, column: &Column, number: usize) -> Vec<String> {
    let Some(partitioning) = &table.partitioning else { return Vec::new() };
    if partitioning.key != [column.name.clone()] || partitioning.strategy == PartitionStrategy::Hash {
        return Vec::new();
    }
    let mut bounds: Vec<String> = Vec::new();
    for partition in &partitioning.partitions {
        let Some(list) = partition.bound.split_once('(').and_then(|(_, rest)| rest.split_once(')')) else { continue };
        if let Ok(fragment) = Fragment::parse(&format!("bound IN ({})", list.0)) {
            let found = fragment.hints().into_iter().filter_map(|(_, hint)| match hint {
                Hint::Constant(text) => Some(text),
                _ => None,
            });
            bounds.extend(found);
        }
    }
    let places = bounds.len().max(1);
    bounds.rotate_left(number % places);
    bounds
}
