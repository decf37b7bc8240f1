//! A condition taken apart at its ANDs, and what one such part says about another: a subset of what the server's planner
//! proves before it uses a partial index.

use squawk_parser::SyntaxKind::{BETWEEN_EXPR, BIN_EXPR, NOT_KW, PAREN_EXPR, PREFIX_EXPR, SYMMETRIC_KW};

use super::bounds::{column, constant, flipped};
use super::{Constant, Volatility, Wanted};
use crate::expression::Fragment;
use crate::expression::tree::Node;
use crate::schema::{SqlType, Table};

/// One operand of a condition's ANDs.
#[derive(Clone, Debug, PartialEq)]
pub struct Conjunct {
    /// Its text: one space where there was white space, lower case outside quotes.
    pub text: String,
    /// The columns that it names.
    pub columns: Vec<String>,
    /// What it says, where it is of a form that can be compared.
    pub fact: Fact,
}

/// What a conjunct says of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// `c IS NULL`
    Null(String),
    /// `c IS NOT NULL`
    NotNull(String),
    /// `c`, `c = true`
    True(String),
    /// `NOT c`, `c = false`
    False(String),
    /// A comparison with a constant; the operator is one of `=`, `<>`, `<`, `<=`, `>`, `>=`.
    Compares(String, String, Constant),
    /// `c IN (…)` of constants.
    OneOf(String, Vec<Constant>),
    /// Anything else.
    Other,
}

impl Fact {
    /// The column, where a row meets this only if the column has a value.
    fn strict(&self) -> Option<&str> {
        match self {
            Self::NotNull(column)
            | Self::True(column)
            | Self::False(column)
            | Self::Compares(column, ..)
            | Self::OneOf(column, _) => Some(column),
            Self::Null(_) | Self::Other => None,
        }
    }

    /// Whether no row that meets this meets the other.
    #[must_use]
    pub fn excludes(&self, other: &Self, table: &Table) -> bool {
        match (self, other) {
            (Self::Null(column), other) | (other, Self::Null(column)) => other.strict() == Some(column),
            (Self::True(one), Self::False(two)) | (Self::False(one), Self::True(two)) => one == two,
            (Self::Compares(one, operator, value), Self::Compares(two, equal, new)) if one == two && equal == "=" => {
                match operator.as_str() {
                    "=" => differ(table, one, value, new),
                    "<>" => value == new,
                    _ => false,
                }
            }
            (Self::OneOf(one, values), Self::Compares(two, equal, new)) if one == two && equal == "=" => {
                values.iter().all(|value| differ(table, one, value, new))
            }
            _ => false,
        }
    }

    /// The column that has one value in every row that meets this.
    #[must_use]
    pub fn pins(&self) -> Option<&str> {
        match self {
            Self::True(column) | Self::False(column) => Some(column),
            Self::Compares(column, operator, _) if operator == "=" => Some(column),
            _ => None,
        }
    }
}

impl Conjunct {
    /// That a column has a value.
    #[must_use]
    pub fn not_null(column: &str) -> Self {
        Self {
            text: format!("{column} is not null"),
            columns: vec![column.to_owned()],
            fact: Fact::NotNull(column.to_owned()),
        }
    }

    /// Whether every row that meets this one meets the other.
    #[must_use]
    pub fn implies(&self, other: &Self, table: &Table) -> bool {
        if self.text == other.text || (self.fact != Fact::Other && self.fact == other.fact) {
            return true;
        }
        match (&self.fact, &other.fact) {
            (fact, Fact::NotNull(column)) => fact.strict() == Some(column),
            (Fact::Compares(one, operator, value), Fact::Compares(two, wanted, bound)) if one == two => {
                match (value, bound) {
                    (Constant::Number(value), Constant::Number(bound)) => follows(operator, *value, wanted, *bound),
                    (Constant::Text(value), Constant::Text(bound)) => {
                        operator == "=" && wanted == "<>" && value != bound && is_text(table, one)
                    }
                    _ => false,
                }
            }
            (Fact::Compares(one, operator, value), Fact::OneOf(two, values)) => {
                one == two && operator == "=" && values.contains(value)
            }
            (Fact::OneOf(one, some), Fact::OneOf(two, values)) => {
                one == two && some.iter().all(|value| values.contains(value))
            }
            _ => false,
        }
    }
}

/// Whether a column of that name holds texts, so that quoted constants are compared as texts.
fn is_text(table: &Table, column: &str) -> bool {
    table
        .column(column)
        .is_some_and(|column| matches!(column.sql_type, SqlType::Text | SqlType::Varchar(_) | SqlType::Rust(_)))
}

/// Whether two constants are two values, of a column of that name.
#[expect(clippy::float_cmp, reason = "constants are compared as they were written")]
fn differ(table: &Table, column: &str, one: &Constant, other: &Constant) -> bool {
    match (one, other) {
        (Constant::Number(one), Constant::Number(other)) => one != other,
        (Constant::Text(one), Constant::Text(other)) => one != other && is_text(table, column),
        _ => false,
    }
}

/// Whether `x operator value` leaves no other x than `x wanted bound` does.
#[expect(clippy::float_cmp, reason = "constants are compared as they were written")]
fn follows(operator: &str, value: f64, wanted: &str, bound: f64) -> bool {
    match (operator, wanted) {
        ("=", "=") => value == bound,
        ("=", "<>") => value != bound,
        ("=", "<") | ("<=", "<" | "<>") => value < bound,
        ("=" | "<" | "<=", "<=") | ("<", "<" | "<>") => value <= bound,
        ("=", ">") | (">=", ">" | "<>") => value > bound,
        ("=" | ">" | ">=", ">=") | (">", ">" | "<>") => value >= bound,
        _ => false,
    }
}

/// The text with white space and letters made alike outside quotes.
fn alike(text: &str) -> String {
    let mut alike = String::with_capacity(text.len());
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) => {
                alike.push(c);
                if c == open {
                    quote = None;
                }
            }
            None if c.is_whitespace() => {
                if !alike.ends_with(' ') {
                    alike.push(' ');
                }
            }
            None => {
                if matches!(c, '\'' | '"') {
                    quote = Some(c);
                }
                alike.extend(c.to_lowercase());
            }
        }
    }
    alike
}

fn fact(node: &Node, sql: &str) -> Fact {
    if let Some(column) = column(node, sql) {
        return Fact::True(column);
    }
    match node.kind {
        PREFIX_EXPR if node.tokens().any(|(kind, _)| kind == NOT_KW) => {
            node.nodes().last().and_then(|part| column(part, sql)).map_or(Fact::Other, Fact::False)
        }
        BIN_EXPR => binary(node, sql).unwrap_or(Fact::Other),
        _ => Fact::Other,
    }
}

fn binary(node: &Node, sql: &str) -> Option<Fact> {
    let (left, operator, right) = node.binary(sql)?;
    let said = sql[right.span()].to_ascii_lowercase();
    match operator.as_str() {
        "IS" if said == "null" => return column(left, sql).map(Fact::Null),
        "IS NOT" if said == "null" => return column(left, sql).map(Fact::NotNull),
        "IN" => {
            let values: Vec<Constant> = right.nodes().map(|item| constant(item, sql)).collect::<Option<_>>()?;
            return column(left, sql).map(|column| Fact::OneOf(column, values));
        }
        "=" if said == "true" => return column(left, sql).map(Fact::True),
        "=" if said == "false" => return column(left, sql).map(Fact::False),
        _ => {}
    }
    let operator = if operator == "!=" { "<>" } else { operator.as_str() };
    if !matches!(operator, "=" | "<>" | "<" | "<=" | ">" | ">=") {
        return None;
    }
    if let (Some(column), Some(value)) = (column(left, sql), constant(right, sql)) {
        return Some(Fact::Compares(column, operator.to_owned(), value));
    }
    let (value, column) = (constant(left, sql)?, column(right, sql)?);
    Some(Fact::Compares(column, flipped(operator).to_owned(), value))
}

fn collect(node: &Node, sql: &str, found: &mut Vec<Conjunct>) {
    match node.kind {
        PAREN_EXPR if node.nodes().count() == 1 => return node.nodes().for_each(|part| collect(part, sql, found)),
        BIN_EXPR => {
            if let Some((left, operator, right)) = node.binary(sql)
                && operator == "AND"
            {
                collect(left, sql, found);
                return collect(right, sql, found);
            }
        }
        BETWEEN_EXPR if !node.tokens().any(|(kind, _)| matches!(kind, NOT_KW | SYMMETRIC_KW)) => {
            let parts: Vec<&Node> = node.nodes().collect();
            if let [value, low, high] = parts.as_slice() {
                for (operator, bound) in [(">=", low), ("<=", high)] {
                    let text = format!("{} {operator} {}", &sql[value.span()], &sql[bound.span()]);
                    let fact = column(value, sql)
                        .zip(constant(bound, sql))
                        .map_or(Fact::Other, |(column, bound)| Fact::Compares(column, operator.to_owned(), bound));
                    found.push(of(&text, fact));
                }
                return;
            }
        }
        _ => {}
    }
    found.push(of(&sql[node.span()], fact(node, sql)));
}

fn of(text: &str, fact: Fact) -> Conjunct {
    let columns = Fragment::parse(text).map(|fragment| fragment.column_names()).unwrap_or_default();
    Conjunct { text: alike(text), columns, fact }
}

impl Fragment {
    /// The condition taken apart at its ANDs.
    #[must_use]
    pub fn conjuncts(&self) -> Vec<Conjunct> {
        let mut found = Vec::new();
        collect(&self.root, &self.text, &mut found);
        found
    }

    /// Whether its value depends on the row alone, as the predicate of an index must.
    #[must_use]
    pub fn is_immutable(&self, table: &Table) -> bool {
        self.examine(table, Wanted::Any).changeable.iter().all(|(_, volatility)| *volatility == Volatility::Immutable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Column;

    fn implies(one: &str, other: &str) -> bool {
        let column = |name: &str, sql_type| Column::new(name, sql_type);
        let columns = vec![
            column("a", SqlType::BigInt),
            column("s", SqlType::Text),
            column("n", SqlType::Numeric(None)),
            column("b", SqlType::Boolean),
        ];
        let table = Table { columns, ..Table::default() };
        let all = Fragment::parse(one).unwrap().conjuncts();
        let wanted = Fragment::parse(other).unwrap().conjuncts();
        wanted.iter().all(|wanted| all.iter().any(|one| one.implies(wanted, &table)))
    }

    #[test]
    fn what_follows_follows() {
        for (one, other) in [
            ("a  IS\nNULL", "A is null"),
            ("(a = 1) AND (s = 'x')", "s = 'x'"),
            ("a = 1", "a IS NOT NULL"),
            ("s IN ('x', 'y')", "s IN ('y', 'x', 'z')"),
            ("s = 'x'", "s IN ('y', 'x')"),
            ("s = 'x'", "s <> 'y'"),
            ("s = 'x'", "s != 'y'"),
            ("5 < a", "a >= 5"),
            ("a = 7", "a > 5 AND a <= 7 AND a <> 8"),
            ("a BETWEEN 1 AND 3", "a >= 0 AND a < 4"),
            ("b = true", "b"),
            ("NOT b", "b = false"),
            ("b", "b IS NOT NULL"),
        ] {
            assert!(implies(one, other), "{one} ⟹ {other}");
        }
    }

    #[test]
    fn what_does_not_follow_does_not() {
        for (one, other) in [
            ("s = 'x' OR a = 1", "s = 'x'"),
            ("s = 'X'", "s = 'x'"),
            ("a IS NULL", "a IS NOT NULL"),
            ("a >= 5", "a > 5"),
            ("a <> 5", "a <> 6"),
            ("s <> 'y'", "s = 'x'"),
            ("n = '1'", "n <> '1.0'"),
            ("s IN ('x', 'y')", "s IN ('x')"),
            ("b", "NOT b"),
            ("a NOT BETWEEN 1 AND 3", "a >= 1"),
            ("a IS NULL", "s IS NULL"),
        ] {
            assert!(!implies(one, other), "{one} ⟹ {other}");
        }
    }
}
