//! What a conjunction of comparisons leaves of each column: nothing, where it is never true.

use std::collections::{BTreeMap, BTreeSet};

use squawk_parser::SyntaxKind::{
    BETWEEN_EXPR, BIN_EXPR, CAST_EXPR, FIELD_EXPR, INT_NUMBER, LITERAL, NAME_REF, NOT_KW, NUMERIC_NUMBER, PAREN_EXPR,
    PREFIX_EXPR, STRING, SYMMETRIC_KW,
};

use crate::expression::tree::Node;
use crate::expression::{Fragment, folded};
use crate::schema::{SqlType, Table};

/// A constant of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A number.
    Number(f64),
    /// A text, between quotes.
    Text(String),
}

/// What is left of one column.
#[derive(Debug, Default)]
struct Left {
    lower: Option<(f64, bool)>,
    upper: Option<(f64, bool)>,
    texts: Option<BTreeSet<String>>,
}

pub(super) fn constant(node: &Node, sql: &str) -> Option<Constant> {
    let text = &sql[node.span()];
    match node.kind {
        LITERAL => match node.tokens().next()?.0 {
            INT_NUMBER | NUMERIC_NUMBER => text.parse().ok().map(Constant::Number),
            STRING if node.tokens().count() == 1 => Some(Constant::Text(text[1..text.len() - 1].replace("''", "'"))),
            _ => None,
        },
        PREFIX_EXPR if text.starts_with('-') => match constant(node.nodes().next()?, sql)? {
            Constant::Number(number) => Some(Constant::Number(-number)),
            Constant::Text(_) => None,
        },
        PAREN_EXPR if node.nodes().count() == 1 => constant(node.nodes().next()?, sql),
        _ => None,
    }
}

pub(super) fn column(node: &Node, sql: &str) -> Option<String> {
    match node.kind {
        NAME_REF | FIELD_EXPR => Some(folded(&sql[node.span()])),
        PAREN_EXPR if node.nodes().count() == 1 => column(node.nodes().next()?, sql),
        _ => None,
    }
}

/// The operator as it reads with its sides exchanged.
pub(super) fn flipped(operator: &str) -> &str {
    match operator {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        other => other,
    }
}

#[expect(clippy::float_cmp, reason = "bounds are compared as they were written")]
impl Left {
    fn at_least(&mut self, value: f64, strict: bool) {
        if self.lower.is_none_or(|(lower, was)| value > lower || (value == lower && strict && !was)) {
            self.lower = Some((value, strict));
        }
    }

    fn at_most(&mut self, value: f64, strict: bool) {
        if self.upper.is_none_or(|(upper, was)| value < upper || (value == upper && strict && !was)) {
            self.upper = Some((value, strict));
        }
    }

    fn one_of(&mut self, texts: BTreeSet<String>) {
        self.texts = Some(match self.texts.take() {
            Some(earlier) => earlier.intersection(&texts).cloned().collect(),
            None => texts,
        });
    }

    fn compare(&mut self, operator: &str, constant: Constant) {
        match (operator, constant) {
            (">", Constant::Number(number)) => self.at_least(number, true),
            (">=", Constant::Number(number)) => self.at_least(number, false),
            ("<", Constant::Number(number)) => self.at_most(number, true),
            ("<=", Constant::Number(number)) => self.at_most(number, false),
            ("=", Constant::Number(number)) => {
                self.at_least(number, false);
                self.at_most(number, false);
            }
            ("=", Constant::Text(text)) => self.one_of(BTreeSet::from([text])),
            _ => {}
        }
    }

    fn is_empty(&self, whole: bool) -> bool {
        if self.texts.as_ref().is_some_and(BTreeSet::is_empty) {
            return true;
        }
        let (Some((lower, strict)), Some((upper, also_strict))) = (self.lower, self.upper) else { return false };
        if whole {
            let first = if strict { lower.floor() + 1.0 } else { lower.ceil() };
            let last = if also_strict { upper.ceil() - 1.0 } else { upper.floor() };
            return first > last;
        }
        lower > upper || (lower == upper && (strict || also_strict))
    }

    fn admits(&self, constant: &Constant) -> bool {
        match constant {
            Constant::Number(number) => {
                self.lower.is_none_or(|(lower, strict)| if strict { *number > lower } else { *number >= lower })
                    && self.upper.is_none_or(|(upper, strict)| if strict { *number < upper } else { *number <= upper })
            }
            Constant::Text(text) => self.texts.as_ref().is_none_or(|texts| texts.contains(text)),
        }
    }
}

/// Adds what holds when the condition does.
fn narrow(node: &Node, sql: &str, columns: &mut BTreeMap<String, Left>) {
    match node.kind {
        PAREN_EXPR if node.nodes().count() == 1 => node.nodes().for_each(|part| narrow(part, sql, columns)),
        BETWEEN_EXPR if !node.tokens().any(|(kind, _)| matches!(kind, NOT_KW | SYMMETRIC_KW)) => {
            let parts: Vec<&Node> = node.nodes().collect();
            let [value, low, high] = parts.as_slice() else { return };
            let Some(name) = column(value, sql) else { return };
            let left = columns.entry(name).or_default();
            for (operator, bound) in [(">=", low), ("<=", high)] {
                if let Some(constant) = constant(bound, sql) {
                    left.compare(operator, constant);
                }
            }
        }
        BIN_EXPR => {
            let Some((one, operator, other)) = node.binary(sql) else { return };
            match operator.as_str() {
                "AND" => [one, other].into_iter().for_each(|part| narrow(part, sql, columns)),
                "IN" => {
                    let texts: Option<BTreeSet<String>> = other
                        .nodes()
                        .map(|item| match constant(item, sql) {
                            Some(Constant::Text(text)) => Some(text),
                            _ => None,
                        })
                        .collect();
                    if let (Some(name), Some(texts)) = (column(one, sql), texts) {
                        columns.entry(name).or_default().one_of(texts);
                    }
                }
                _ => {
                    if let (Some(name), Some(value)) = (column(one, sql), constant(other, sql)) {
                        columns.entry(name).or_default().compare(&operator, value);
                    } else if let (Some(value), Some(name)) = (constant(one, sql), column(other, sql)) {
                        columns.entry(name).or_default().compare(flipped(&operator), value);
                    }
                }
            }
        }
        _ => {}
    }
}

fn left(root: &Node, sql: &str) -> BTreeMap<String, Left> {
    let mut columns = BTreeMap::new();
    narrow(root, sql, &mut columns);
    columns
}

/// A column of which a condition leaves nothing, so that it is never true.
pub(super) fn contradiction(root: &Node, sql: &str, table: &Table) -> Option<String> {
    for (name, mut left) in left(root, sql) {
        let sql_type = table.column(&name).map(|column| &column.sql_type);
        let width = match sql_type {
            Some(SqlType::SmallInt) => Some(f64::from(i16::MAX)),
            Some(SqlType::Integer) => Some(f64::from(i32::MAX)),
            Some(SqlType::BigInt) => None,
            _ if left.is_empty(false) => return Some(name),
            _ => continue,
        };
        if let Some(most) = width {
            left.at_least(-most - 1.0, false);
            left.at_most(most, false);
        }
        if left.is_empty(true) {
            return Some(name);
        }
    }
    None
}

impl Fragment {
    /// The constant that the fragment is, with or without a cast.
    #[must_use]
    pub fn constant(&self) -> Option<Constant> {
        let node = match self.root.kind {
            CAST_EXPR => self.root.nodes().find(|part| matches!(part.kind, LITERAL | PREFIX_EXPR | PAREN_EXPR))?,
            _ => &self.root,
        };
        constant(node, &self.text)
    }

    /// Whether the condition may hold for a row whose column has that value, as far as it says.
    #[must_use]
    pub fn admits(&self, column: &str, constant: &Constant) -> bool {
        left(&self.root, &self.text).get(column).is_none_or(|left| left.admits(constant))
    }
}
