//! The types of an expression, as far as the columns determine them, and what they forbid. Where a type is not known, nothing is
//! said: the server knows more types, operators and functions than are listed here.

mod bounds;
mod conjuncts;
mod functions;
mod literal;
mod operators;
mod values;
mod walk;

use std::ops::Range;

use squawk_parser::SyntaxKind::{
    ALL_FN, ANY_FN, ARRAY_EXPR, CALL_EXPR, FIELD_EXPR, NAME_REF, PAREN_EXPR, SOME_FN, TUPLE_EXPR,
};

use super::tree::Node;
use super::{Fragment, folded};
use crate::schema::{Column, RangeKind, SqlType, Table};

pub use bounds::Constant;
pub use conjuncts::{Conjunct, Fact};
pub use functions::Volatility;

use walk::Walk;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A type of the server.
    Known(SqlType),
    /// A text between quotes, which takes the type of the other side.
    Literal(String),
    /// NULL.
    Null,
    /// Not known here.
    Unknown,
}

/// What an expression is for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// A condition: a check, a predicate.
    Condition,
    /// A condition that may ask queries: a policy's.
    ConditionOfQueries,
    /// A value of a column: its default, what it is generated from.
    Value(&'a Column),
    /// Any value.
    Any,
}

/// Something wrong in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: String,
    /// Where, in bytes of the fragment.
    pub range: Range<usize>,
}

/// What is reported about an expression.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// What the types of the columns forbid.
    pub problems: Vec<Finding>,
    /// The parts whose value depends on more than the row, with what they depend on.
    pub changeable: Vec<(String, Volatility)>,
}

/// The families of types that compare among themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Number,
    Text,
    Moment,
    Time,
    Interval,
    Boolean,
    Uuid,
    Bytes,
    Inet,
    Json,
    Jsonb,
    Range(RangeKind),
    Array,
    Bits,
}

fn family(sql_type: &SqlType) -> Option<Family> {
    Some(match sql_type {
        SqlType::SmallInt
        | SqlType::Integer
        | SqlType::BigInt
        | SqlType::Real
        | SqlType::Double
        | SqlType::Numeric(_) => Family::Number,
        SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) => Family::Text,
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => Family::Moment,
        SqlType::Time => Family::Time,
        SqlType::Interval => Family::Interval,
        SqlType::Boolean => Family::Boolean,
        SqlType::Uuid => Family::Uuid,
        SqlType::Bytea => Family::Bytes,
        SqlType::Inet => Family::Inet,
        SqlType::Json => Family::Json,
        SqlType::Jsonb => Family::Jsonb,
        SqlType::Range(kind) => Family::Range(*kind),
        SqlType::Array(_) => Family::Array,
        SqlType::Other(name) if name.eq_ignore_ascii_case("citext") => Family::Text,
        SqlType::Other(name) if is_bits(name) => Family::Bits,
        SqlType::Other(_) | SqlType::Rust(_) => return None,
    })
}

/// `BIT(8)`, `varbit`
fn is_bits(name: &str) -> bool {
    let word = name.split(['(', ' ']).next().unwrap_or_default();
    word.eq_ignore_ascii_case("bit") || word.eq_ignore_ascii_case("varbit")
}

impl Type {
    fn family(&self) -> Option<Family> {
        match self {
            Self::Known(sql_type) => family(sql_type),
            _ => None,
        }
    }

    fn is(&self, sql_type: &SqlType) -> bool {
        matches!(self, Self::Known(known) if known == sql_type)
    }
}

const BOOLEAN: Type = Type::Known(SqlType::Boolean);

impl Fragment {
    /// The type of the expression over a row of the table.
    #[must_use]
    pub fn type_in(&self, table: &Table) -> Type {
        Walk::new(&self.text, table).infer(&self.root)
    }

    /// What the value of the expression depends on. A function that is not known may depend on anything.
    #[must_use]
    pub fn volatility(&self, table: &Table) -> Volatility {
        let known = |name: &str| !functions::overloads(&folded(name)).is_empty();
        if !self.references.calls.iter().all(|(name, _)| known(name)) {
            return Volatility::Volatile;
        }
        let examined = self.examine(table, Wanted::Any);
        examined.changeable.into_iter().map(|(_, volatility)| volatility).max().unwrap_or(Volatility::Immutable)
    }

    /// What the types of the columns forbid in it, and the parts whose value depends on more than the row.
    #[must_use]
    pub fn examine(&self, table: &Table, wanted: Wanted<'_>) -> Examined {
        let mut walk = Walk::new(&self.text, table);
        walk.takes_queries = matches!(wanted, Wanted::ConditionOfQueries);
        let found = walk.infer(&self.root);
        walk.one_value(&self.root);
        match wanted {
            Wanted::Condition | Wanted::ConditionOfQueries => {
                walk.condition(&self.root, &found, "a condition");
                if walk.found.is_empty()
                    && let Some(column) = bounds::contradiction(&self.root, &self.text, table)
                {
                    walk.report(
                        &self.root,
                        format!("this is never true: no `{column}` meets all of it"),
                        "fix the bounds",
                    );
                }
            }
            Wanted::Value(column) => walk.assigned(&self.root, &found, column),
            Wanted::Any => {}
        }
        Examined { problems: walk.found, changeable: walk.volatile }
    }

    /// The texts that the expression compares a column with, or gives where it is a text itself.
    #[must_use]
    pub fn texts_beside(&self, column: &str) -> Vec<String> {
        fn text(node: &Node, sql: &str, texts: &mut Vec<String>) {
            match node.kind {
                TUPLE_EXPR | PAREN_EXPR | ARRAY_EXPR | ANY_FN | SOME_FN | ALL_FN | CALL_EXPR => {
                    node.nodes().for_each(|part| text(part, sql, texts));
                }
                _ => {
                    if let Some(Constant::Text(found)) = bounds::constant(node, sql) {
                        texts.push(found);
                    }
                }
            }
        }
        fn collect(node: &Node, sql: &str, column: &str, texts: &mut Vec<String>) {
            let names = |node: &Node| matches!(node.kind, NAME_REF | FIELD_EXPR) && folded(&sql[node.span()]) == column;
            if let Some((left, operator, right)) = node.binary(sql)
                && matches!(
                    operator.as_str(),
                    "=" | "<>" | "!=" | "IN" | "NOT IN" | "IS DISTINCT FROM" | "IS NOT DISTINCT FROM"
                )
            {
                if names(left) {
                    text(right, sql, texts);
                } else if names(right) {
                    text(left, sql, texts);
                }
            }
            node.nodes().for_each(|part| collect(part, sql, column, texts));
        }
        let mut texts = Vec::new();
        collect(&self.root, &self.text, column, &mut texts);
        texts
    }
}

/// The type of a computation with two numbers.
fn wider(one: &Type, other: &Type) -> Type {
    let order =
        [SqlType::SmallInt, SqlType::Integer, SqlType::BigInt, SqlType::Numeric(None), SqlType::Real, SqlType::Double];
    let rank = |ty: &Type| match ty {
        Type::Known(sql_type) => order.iter().position(|known| *known == sql_type.base()).unwrap_or(0),
        _ => 0,
    };
    Type::Known(order[rank(one).max(rank(other))].clone())
}

/// A value of the type, as a user types it.
fn example(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::SmallInt | SqlType::Integer | SqlType::BigInt | SqlType::Real | SqlType::Double => {
            "write a number without quotes: 0".to_owned()
        }
        SqlType::Numeric(_) => "write a number without quotes: 0, 9.99".to_owned(),
        SqlType::Boolean => "true, false".to_owned(),
        SqlType::Uuid => "gen_random_uuid(), or '00000000-0000-0000-0000-000000000000'".to_owned(),
        SqlType::Timestamptz => "now(), or '2026-01-31 12:00:00+00'".to_owned(),
        SqlType::Timestamp => "'2026-01-31 12:00:00'".to_owned(),
        SqlType::Date => "current_date, or '2026-01-31'".to_owned(),
        SqlType::Time => "'12:00:00'".to_owned(),
        SqlType::Interval => "interval '1 day'".to_owned(),
        SqlType::Jsonb | SqlType::Json => "'{}', '[]', '{\"key\": 1}'".to_owned(),
        SqlType::Inet => "'192.0.2.1', '2001:db8::/32'".to_owned(),
        SqlType::Array(_) => "'{}', or ARRAY[…]".to_owned(),
        SqlType::Range(_) => "'[from,to)', 'empty'".to_owned(),
        SqlType::Bytea => "'\\x00'".to_owned(),
        _ => "'text'".to_owned(),
    }
}

#[cfg(test)]
mod tests;
