//! `#[partition(…)]`, and the key by which a table is partitioned.

use super::args::Args;
use super::read::leading_name;
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key};
use crate::expression::Fragment;
use crate::schema::{Partition, PartitionStrategy};

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
pub fn read(args: &Args, strategy: PartitionStrategy, reader: &mut Reader<'_>) -> Option<Partition> {
    let Some(name) = leading_name(args) else {
        reader.wrong(args.span, "a partition has a name", GRAMMAR.example);
        return None;
    };
    let bound = match (args.text("values"), args.flag("default")) {
        (Some(values), false) if is_bound(strategy, &values.value) => values.value.trim().to_owned(),
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

/// Whether a text is the bound of a partition: it is in the DDL as it is.
fn is_bound(strategy: PartitionStrategy, text: &str) -> bool {
    // `MINVALUE` reads as a column, which is an expression too.
    let list = |text: &str| {
        let inner = text.trim().strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        inner.is_some_and(|inner| Fragment::parse(&format!("coalesce({inner})")).is_ok())
    };
    let text = text.trim();
    let after = |text: &str, word: &str| {
        let (head, rest) = text.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then(|| rest.trim_start().to_owned())
    };
    match strategy {
        PartitionStrategy::List => after(text, "IN").is_some_and(|rest| list(&rest)),
        PartitionStrategy::Range => {
            let Some(rest) = after(text, "FROM") else { return false };
            let upper = rest.to_ascii_uppercase();
            let mut middles = upper.match_indices("TO");
            middles.any(|(at, _)| list(&rest[..at]) && list(&rest[at + 2..]))
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_partitions() {
        for (strategy, bound, valid) in [
            (PartitionStrategy::Range, "FROM ('2026-01-01') TO ('2026-02-01')", true),
            (PartitionStrategy::Range, "from (MINVALUE, 'TO') to (1, MAXVALUE)", true),
            (PartitionStrategy::Range, "FROM ('a')", false),
            (PartitionStrategy::Range, "FROM ('a') TO ('b'); DROP TABLE c; --", false),
            (PartitionStrategy::List, "IN ('a', NULL)", true),
            (PartitionStrategy::List, "('a')", false),
            (PartitionStrategy::Hash, "WITH (MODULUS 4, REMAINDER 3)", true),
            (PartitionStrategy::Hash, "WITH (MODULUS 4, REMAINDER 4)", false),
        ] {
            assert_eq!(is_bound(strategy, bound), valid, "{bound}");
        }
    }
}
