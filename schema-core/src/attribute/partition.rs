//! `#[partition(…)]`, and the key by which a table is partitioned.

use super::args::Args;
use super::read::leading_name;
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key};
use crate::expression::{Constant, Fragment, Wanted};
use crate::schema::{Column, Partition, PartitionStrategy, SqlType, Table};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "partition",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "a partition", form: "name", many: false, call: false }),
    doc: "A partition that the migrations create.",
    example: "#[partition(events_2026_01, values = \"FROM ('2026-01-01') TO ('2026-02-01')\")]",
    keys: &[
        key(
            "values",
            Form::Text,
            "values = \"FROM ('2026-01-01') TO ('2026-02-01')\"",
            "The rows that it holds: `FROM (…) TO (…)`, `IN (…)` or `WITH (MODULUS 4, REMAINDER 0)`.",
        ),
        key("default", Form::Flag, "default", "It holds the rows that no other partition holds."),
    ],
};

const DEFAULT: &str = "DEFAULT";

/// Reads one.
pub fn read(
    args: &Args,
    (strategy, key): (PartitionStrategy, &[String]),
    table: &Table,
    reader: &mut Reader<'_>,
) -> Option<Partition> {
    let Some(name) = leading_name(args) else {
        reader.wrong(args.span, "a partition has a name", GRAMMAR.example);
        return None;
    };
    let bound = match (args.text("values"), args.flag("default")) {
        (Some(values), false) if is_bound(strategy, key, table, &values.value) => values.value.trim().to_owned(),
        (Some(values), false) => {
            reader.wrong(values.span, "these are not the bounds of such a partition", bound_of(strategy));
            return None;
        }
        (None, true) if strategy != PartitionStrategy::Hash => DEFAULT.to_owned(),
        _ => {
            reader.wrong(args.span, "a partition says which rows it contains", bound_of(strategy));
            return None;
        }
    };
    Some(Partition { name, bound })
}

/// Prints one; `None` where its name is not an identifier.
#[must_use]
pub fn print(partition: &Partition) -> Option<Printed> {
    let is_default = partition.bound == DEFAULT;
    Some(
        Printed::new(&GRAMMAR)
            .leading(ident(&partition.name)?)
            .flag("default", is_default)
            .text("values", (!is_default).then_some(&partition.bound)),
    )
}

/// `RANGE (created_at)`
#[must_use]
pub fn read_key(text: &str) -> Option<(PartitionStrategy, Vec<String>)> {
    let (word, rest) = text.split_once('(')?;
    let columns = rest.trim_end().strip_suffix(')')?;
    let word = word.trim().to_ascii_uppercase();
    let strategy: PartitionStrategy = word.parse().ok()?;
    let key: Option<Vec<String>> = columns.split(',').map(name).collect();
    let key = key?;
    // A list has one column only.
    (strategy != PartitionStrategy::List || key.len() == 1).then_some((strategy, key))
}

/// `RANGE (created_at)`
#[must_use]
pub fn print_key(strategy: PartitionStrategy, key: &[String]) -> String {
    format!("{strategy} ({})", key.join(", "))
}

/// A column's name as Rust and SQL both have it.
pub(super) fn name(text: &str) -> Option<String> {
    let ident = syn::parse::Parser::parse_str(syn::ext::IdentExt::parse_any, text.trim());
    ident.ok().map(|ident: proc_macro2::Ident| ident.to_string())
}

fn bound_of(strategy: PartitionStrategy) -> &'static str {
    match strategy {
        PartitionStrategy::Range => GRAMMAR.example,
        PartitionStrategy::List => "#[partition(events_eu, values = \"IN ('at', 'de')\")]",
        PartitionStrategy::Hash => "#[partition(events_0, values = \"WITH (MODULUS 4, REMAINDER 0)\")]",
    }
}

/// Whether a text is the bound of a partition of a table: it is in the DDL as it is.
fn is_bound(strategy: PartitionStrategy, key: &[String], table: &Table, text: &str) -> bool {
    let text = text.trim();
    match strategy {
        PartitionStrategy::List => after(text, "IN").is_some_and(|rest| {
            let values = values(&rest).unwrap_or_default();
            let column = key.first().and_then(|name| table.column(name));
            !values.is_empty() && values.iter().all(|value| is_value(value, column, table))
        }),
        PartitionStrategy::Range => after(text, "FROM").is_some_and(|rest| {
            // One of them may be in a text.
            let upper = rest.to_ascii_uppercase();
            let mut middles = upper.match_indices("TO");
            middles.any(|(at, _)| match (values(&rest[..at]), values(&rest[at + 2..])) {
                (Some(from), Some(to)) => is_range(&from, &to, key, table),
                _ => false,
            })
        }),
        PartitionStrategy::Hash => {
            let Some(rest) = after(text, "WITH") else { return false };
            let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return false };
            let Some((modulus, remainder)) = inner.split_once(',') else { return false };
            let number = |text: &str, word: &str| after(text.trim(), word)?.parse::<u32>().ok();
            match (number(modulus, "MODULUS"), number(remainder, "REMAINDER")) {
                (Some(modulus), Some(remainder)) => remainder < modulus,
                _ => false,
            }
        }
    }
}

/// What follows a word.
fn after(text: &str, word: &str) -> Option<String> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim_start().to_owned())
}

/// The values in parentheses.
fn values(text: &str) -> Option<Vec<Fragment>> {
    let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
    Fragment::parse_list(inner).ok()
}

/// Whether it is a value of the column that no row decides.
fn is_value(value: &Fragment, column: Option<&Column>, table: &Table) -> bool {
    let Some(column) = column else { return true };
    // NULL is a value of a list, whether the column takes it or not.
    let column = Column { nullable: true, ..column.clone() };
    value.references().columns.is_empty() && value.examine(table, Wanted::Value(&column)).problems.is_empty()
}

/// Whether there is a value for each column of the key, and the range is not seen to be empty.
fn is_range(from: &[Fragment], to: &[Fragment], key: &[String], table: &Table) -> bool {
    let is_end = |value: &Fragment| value.is_word("MINVALUE") || value.is_word("MAXVALUE");
    let fits = |value: &Fragment, name: &String| {
        is_end(value) || !value.text.eq_ignore_ascii_case("null") && is_value(value, table.column(name), table)
    };
    let whole = from.len() == key.len() && to.len() == key.len();
    if !whole || !from.iter().chain(to).zip(key.iter().chain(key)).all(|(value, name)| fits(value, name)) {
        return false;
    }
    // What the columns behind it say does not matter where the first differ.
    match (from[0].constant(), to[0].constant()) {
        (Some(Constant::Number(from)), Some(Constant::Number(to))) => from < to || from <= to && key.len() > 1,
        (Some(Constant::Text(one)), Some(Constant::Text(other))) => {
            let dates = table
                .column(&key[0])
                .is_some_and(|it| matches!(it.sql_type, SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date));
            !(dates && one.len() == other.len() && one > other || one == other && key.len() == 1)
        }
        _ => !(from[0].is_word("MAXVALUE") || to[0].is_word("MINVALUE")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_partitions() {
        let columns = vec![Column::new("made_at", SqlType::Timestamptz), Column::new("score", SqlType::Integer)];
        let table = Table { columns, ..Table::default() };
        let (one, two) = (["made_at".to_owned()], ["score".to_owned(), "made_at".to_owned()]);
        for (strategy, key, bound, valid) in [
            (PartitionStrategy::Range, &one[..], "FROM ('2026-01-01') TO ('2026-02-01')", true),
            (PartitionStrategy::Range, &two[..], "from (MINVALUE, '2026-01-01') to (1, MAXVALUE)", true),
            (PartitionStrategy::Range, &two[..], "FROM (1, '2026-01-01') TO (1, '2026-02-01')", true),
            (PartitionStrategy::Range, &one[..], "FROM ('a')", false),
            (PartitionStrategy::Range, &one[..], "FROM ('a') TO ('b')", false),
            (PartitionStrategy::Range, &one[..], "FROM () TO ()", false),
            (PartitionStrategy::Range, &one[..], "FROM (NULL) TO ('2026-02-01')", false),
            (PartitionStrategy::Range, &one[..], "FROM (made_at) TO ('2026-02-01')", false),
            (PartitionStrategy::Range, &one[..], "FROM ((SELECT now())) TO ('2026-02-01')", false),
            (PartitionStrategy::Range, &one[..], "FROM ('2026-02-01') TO ('2026-01-01')", false),
            (PartitionStrategy::Range, &one[..], "FROM ('2026-01-01') TO ('2026-01-01')", false),
            (PartitionStrategy::Range, &one[..], "FROM ('2026-01-01', 1) TO ('2026-02-01', 2)", false),
            (PartitionStrategy::Range, &one[..], "FROM ('2026-01-01') TO ('2026-02-01'); DROP TABLE c; --", false),
            (PartitionStrategy::List, &one[..], "IN ('2026-01-01', NULL)", true),
            (PartitionStrategy::List, &one[..], "('a')", false),
            (PartitionStrategy::Hash, &one[..], "WITH (MODULUS 4, REMAINDER 3)", true),
            (PartitionStrategy::Hash, &one[..], "WITH (MODULUS 4, REMAINDER 4)", false),
        ] {
            assert_eq!(is_bound(strategy, key, &table, bound), valid, "{bound}");
        }
    }
}
