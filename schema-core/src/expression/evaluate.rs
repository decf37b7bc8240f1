//! The value of an expression over one row, as far as it can be told without a server.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use squawk_parser::SyntaxKind::{
    ANY_FN, ARG, ARG_LIST, ARRAY_EXPR, BETWEEN_EXPR, BIN_EXPR, CALL_EXPR, CAST_EXPR, COLLATE, COLON_COLON, FALSE_KW,
    FIELD_EXPR, INT_NUMBER, LITERAL, MINUS, NAME_REF, NOT_KW, NULL_KW, NUMERIC_NUMBER, PAREN_EXPR, PLUS, POSITION_FN,
    PREFIX_EXPR, SOME_FN, STRING, TRUE_KW,
};

use super::tree::Node;
use super::{Fragment, folded};
use crate::schema::SqlType;

/// A value in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// NULL.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text, and what is compared like one.
    Text(String),
    /// A moment, in seconds since 1970.
    Moment(f64),
    /// A value of which only this is known: it is not NULL.
    Opaque,
    /// An array.
    List(Vec<Scalar>),
}

impl Scalar {
    /// The value that a text stands for in a type; `None` is NULL.
    #[must_use]
    pub fn of(text: Option<&str>, sql_type: &SqlType) -> Self {
        let Some(text) = text else { return Self::Null };
        match sql_type.value() {
            SqlType::SmallInt
            | SqlType::Integer
            | SqlType::BigInt
            | SqlType::Real
            | SqlType::Double
            | SqlType::Numeric(_) => text.trim().parse().map_or(Self::Opaque, Self::Number),
            SqlType::Boolean => match text {
                "t" | "true" => Self::Bool(true),
                "f" | "false" => Self::Bool(false),
                _ => Self::Opaque,
            },
            SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => {
                moment(text).map_or(Self::Opaque, Self::Moment)
            }
            SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) | SqlType::Uuid => Self::Text(text.to_owned()),
            SqlType::Other(name) if name.eq_ignore_ascii_case("citext") => Self::Text(text.to_lowercase()),
            _ => Self::Opaque,
        }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) | (Self::Moment(one), Self::Moment(other)) => {
                one.partial_cmp(other)
            }
            (Self::Bool(one), Self::Bool(other)) => Some(one.cmp(other)),
            // Of another order only the collation knows.
            (Self::Text(one), Self::Text(other)) if one == other => Some(Ordering::Equal),
            // A literal takes the type of what it is compared with.
            (Self::Number(number), Self::Text(text)) => number.partial_cmp(&text.trim().parse().ok()?),
            (Self::Moment(one), Self::Text(text)) => one.partial_cmp(&moment(text)?),
            (Self::Text(_), Self::Number(_) | Self::Moment(_)) => other.compare(self).map(Ordering::reverse),
            _ => None,
        }
    }

    fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Some(one == other),
            _ => Some(self.compare(other)? == Ordering::Equal),
        }
    }
}

/// Seconds since 1970, of a date with or without a time, in UTC.
fn moment(text: &str) -> Option<f64> {
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), "00:00:00"));
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let time = time.strip_suffix("+00").or_else(|| time.strip_suffix('Z')).unwrap_or(time);
    let mut seconds = 0.0;
    for part in time.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    // Days of the civil calendar, from March on: https://howardhinnant.github.io/date_algorithms.html#days_from_civil
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(f64::from(i32::try_from(days).ok()?) * 86_400.0 + seconds)
}

/// What an expression compares a column with: where values are looked for that meet it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// A constant, as its text.
    Constant(String),
    /// The pattern of a LIKE.
    Like(String),
    /// A regular expression.
    Regex(String),
}

impl Fragment {
    /// The value over a row; `None` where only a server can tell.
    #[must_use]
    pub fn evaluate(&self, row: &BTreeMap<String, Scalar>) -> Option<Scalar> {
        Evaluation { sql: &self.text, row }.value(&self.root)
    }

    /// What the expression compares with the columns that it names: for each column, in order.
    #[must_use]
    pub fn hints(&self) -> Vec<(String, Hint)> {
        let mut hints = Vec::new();
        collect(&self.root, &self.text, &mut hints);
        hints
    }
}

fn collect(node: &Node, sql: &str, hints: &mut Vec<(String, Hint)>) {
    let operator = node.binary(sql).map(|(_, operator, _)| operator).unwrap_or_default();
    let is_joined = matches!(operator.as_str(), "AND" | "OR") || !matches!(node.kind, BIN_EXPR | BETWEEN_EXPR);
    if is_joined {
        return node.nodes().for_each(|part| collect(part, sql, hints));
    }
    let (mut columns, mut literals) = (Vec::new(), Vec::new());
    leaves(node, sql, &mut columns, &mut literals);
    for column in &columns {
        for literal in &literals {
            let hint = match operator.as_str() {
                "LIKE" | "ILIKE" | "~~" | "~~*" => Hint::Like(literal.clone()),
                "~" | "~*" => Hint::Regex(literal.clone()),
                "NOT LIKE" | "NOT ILIKE" | "!~" | "!~*" | "!~~" | "!~~*" => continue,
                _ => Hint::Constant(literal.clone()),
            };
            hints.push((column.clone(), hint));
        }
    }
}

fn leaves(node: &Node, sql: &str, columns: &mut Vec<String>, literals: &mut Vec<String>) {
    match node.kind {
        NAME_REF | FIELD_EXPR => columns.push(folded(&sql[node.span()])),
        LITERAL => literals.extend(text_of(&sql[node.span()])),
        CALL_EXPR => node.nodes().filter(|part| part.kind != NAME_REF).for_each(|part| {
            leaves(part, sql, columns, literals);
        }),
        _ => node.nodes().for_each(|part| leaves(part, sql, columns, literals)),
    }
}

/// The text of a literal that is a number or a plain string.
fn text_of(literal: &str) -> Option<String> {
    match literal.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(text) => Some(text.replace("''", "'")),
        None => literal.parse::<f64>().is_ok().then(|| literal.to_owned()),
    }
}

struct Evaluation<'a> {
    sql: &'a str,
    row: &'a BTreeMap<String, Scalar>,
}

impl Evaluation<'_> {
    fn text(&self, node: &Node) -> &str {
        &self.sql[node.span()]
    }

    fn value(&self, node: &Node) -> Option<Scalar> {
        match node.kind {
            LITERAL => self.literal(node),
            NAME_REF | FIELD_EXPR => self.row.get(&folded(self.text(node))).cloned(),
            PAREN_EXPR if node.nodes().count() == 1 => self.value(node.nodes().next()?),
            COLLATE => self.value(node.nodes().next()?),
            ARRAY_EXPR => node.nodes().map(|part| self.value(part)).collect::<Option<_>>().map(Scalar::List),
            PREFIX_EXPR => {
                let found = self.value(node.nodes().last()?)?;
                match (node.tokens().next()?.0, found) {
                    (_, Scalar::Null) => Some(Scalar::Null),
                    (NOT_KW, Scalar::Bool(is)) => Some(Scalar::Bool(!is)),
                    (MINUS, Scalar::Number(number)) => Some(Scalar::Number(-number)),
                    (PLUS, Scalar::Number(number)) => Some(Scalar::Number(number)),
                    _ => None,
                }
            }
            CAST_EXPR => self.cast(node),
            CALL_EXPR => self.call(node),
            BETWEEN_EXPR => self.between(node),
            BIN_EXPR => self.binary(node),
            _ => None,
        }
    }

    fn literal(&self, node: &Node) -> Option<Scalar> {
        let text = self.text(node);
        match node.tokens().next()?.0 {
            INT_NUMBER | NUMERIC_NUMBER => text.parse().ok().map(Scalar::Number),
            TRUE_KW => Some(Scalar::Bool(true)),
            FALSE_KW => Some(Scalar::Bool(false)),
            NULL_KW => Some(Scalar::Null),
            STRING if node.tokens().count() == 1 => text_of(text).map(Scalar::Text),
            _ => None,
        }
    }

    fn cast(&self, node: &Node) -> Option<Scalar> {
        let parts: Vec<&Node> = node.nodes().filter(|part| part.kind != COLON_COLON).collect();
        let [value, target] = parts.as_slice() else { return None };
        let found = self.value(value)?;
        let target = match self.text(target).to_ascii_lowercase().as_str() {
            "character varying" | "varchar" | "bpchar" | "name" => SqlType::Text,
            other => other.parse().ok()?,
        };
        match (&found, &target) {
            (Scalar::Text(text), target) => match Scalar::of(Some(text), target) {
                Scalar::Opaque => None,
                known => Some(known),
            },
            (Scalar::Number(_), SqlType::Text | SqlType::Varchar(_))
            | (Scalar::Moment(_), SqlType::Date | SqlType::Text)
            | (Scalar::Opaque, _) => None,
            _ => Some(found),
        }
    }

    fn between(&self, node: &Node) -> Option<Scalar> {
        let parts: Vec<&Node> = node.nodes().collect();
        let [value, low, high] = parts.as_slice() else { return None };
        let (value, low, high) = (self.value(value)?, self.value(low)?, self.value(high)?);
        if [&value, &low, &high].contains(&&Scalar::Null) {
            return Some(Scalar::Null);
        }
        let inside = value.compare(&low)?.is_ge() && value.compare(&high)?.is_le();
        let negated = node.tokens().any(|(kind, _)| kind == NOT_KW);
        Some(Scalar::Bool(inside != negated))
    }

    fn binary(&self, node: &Node) -> Option<Scalar> {
        let (left, operator, right) = node.binary(self.sql)?;
        match operator.as_str() {
            "AND" | "OR" => {
                let decides = Scalar::Bool(operator == "OR");
                let (one, other) = (self.value(left), self.value(right));
                if one.as_ref() == Some(&decides) || other.as_ref() == Some(&decides) {
                    return Some(decides);
                }
                let either_null = one? == Scalar::Null || other? == Scalar::Null;
                return Some(if either_null { Scalar::Null } else { Scalar::Bool(operator == "AND") });
            }
            "IS" | "IS NOT" => {
                let found = self.value(left)?;
                let is = match right.first_token()? {
                    NULL_KW => found == Scalar::Null,
                    TRUE_KW => found == Scalar::Bool(true),
                    FALSE_KW => found == Scalar::Bool(false),
                    _ => return None,
                };
                return Some(Scalar::Bool(is == (operator == "IS")));
            }
            "IN" | "NOT IN" => {
                let items = right.nodes().map(|item| self.value(item)).collect::<Option<Vec<_>>>()?;
                return among(&self.value(left)?, &items, operator == "NOT IN");
            }
            "=" if is_any(right) => {
                let list = right.nodes().last()?.nodes().last()?;
                let Scalar::List(items) = self.value(list)? else { return None };
                return among(&self.value(left)?, &items, false);
            }
            _ => {}
        }
        let (one, other) = (self.value(left)?, self.value(right)?);
        if operator.ends_with("DISTINCT FROM") {
            let distinct = match (&one, &other) {
                (Scalar::Null, Scalar::Null) => false,
                (Scalar::Null, _) | (_, Scalar::Null) => true,
                (one, other) => !one.equals(other)?,
            };
            return Some(Scalar::Bool(distinct != operator.contains("NOT")));
        }
        if one == Scalar::Null || other == Scalar::Null {
            return Some(Scalar::Null);
        }
        let is = match operator.as_str() {
            "=" => one.equals(&other)?,
            "<>" | "!=" => !one.equals(&other)?,
            "<" => one.compare(&other)?.is_lt(),
            ">" => one.compare(&other)?.is_gt(),
            "<=" => one.compare(&other)?.is_le(),
            ">=" => one.compare(&other)?.is_ge(),
            "LIKE" | "~~" | "NOT LIKE" | "!~~" => {
                let (Scalar::Text(text), Scalar::Text(pattern)) = (&one, &other) else { return None };
                like(text, pattern)? == matches!(operator.as_str(), "LIKE" | "~~")
            }
            _ => return calculated(&one, &operator, &other),
        };
        Some(Scalar::Bool(is))
    }

    fn call(&self, node: &Node) -> Option<Scalar> {
        let function = node.nodes().next()?;
        if function.kind == POSITION_FN {
            let parts = function.nodes().map(|part| self.value(part)).collect::<Option<Vec<_>>>()?;
            let [Scalar::Text(part), Scalar::Text(text)] = parts.as_slice() else { return None };
            let before = text.find(part.as_str()).map_or(0, |at| text[..at].chars().count() + 1);
            return Some(Scalar::Number(f64::from(u32::try_from(before).ok()?)));
        }
        if function.kind != NAME_REF {
            return None;
        }
        let list = node.nodes().find(|part| part.kind == ARG_LIST)?;
        let arguments = list.nodes().filter_map(|part| if part.kind == ARG { part.nodes().next() } else { Some(part) });
        let arguments: Vec<Scalar> = arguments.map(|part| self.value(part)).collect::<Option<_>>()?;
        let nulls = arguments.iter().filter(|argument| **argument == Scalar::Null).count();
        let count = |count: usize| Some(Scalar::Number(f64::from(u32::try_from(count).ok()?)));
        match (folded(self.text(function)).as_str(), arguments.as_slice()) {
            ("num_nulls", _) => count(nulls),
            ("num_nonnulls", all) => count(all.len() - nulls),
            ("coalesce", all) => {
                Some(all.iter().find(|argument| **argument != Scalar::Null).cloned().unwrap_or(Scalar::Null))
            }
            (_, _) if nulls > 0 => Some(Scalar::Null),
            ("length" | "char_length" | "character_length", [Scalar::Text(text)]) => count(text.chars().count()),
            ("octet_length", [Scalar::Text(text)]) => count(text.len()),
            ("lower", [Scalar::Text(text)]) => Some(Scalar::Text(text.to_lowercase())),
            ("upper", [Scalar::Text(text)]) => Some(Scalar::Text(text.to_uppercase())),
            ("btrim" | "trim", [Scalar::Text(text)]) => Some(Scalar::Text(text.trim_matches(' ').to_owned())),
            ("abs", [Scalar::Number(number)]) => Some(Scalar::Number(number.abs())),
            _ => None,
        }
    }
}

/// Whether it is `ANY (…)`.
fn is_any(node: &Node) -> bool {
    node.kind == CALL_EXPR && node.nodes().last().is_some_and(|list| matches!(list.kind, ANY_FN | SOME_FN))
}

fn among(value: &Scalar, items: &[Scalar], negated: bool) -> Option<Scalar> {
    if *value == Scalar::Null {
        return Some(Scalar::Null);
    }
    for item in items {
        if value.equals(item)? {
            return Some(Scalar::Bool(!negated));
        }
    }
    Some(Scalar::Bool(negated))
}

fn calculated(one: &Scalar, operator: &str, other: &Scalar) -> Option<Scalar> {
    match (one, operator, other) {
        (Scalar::Number(one), "+", Scalar::Number(other)) => Some(Scalar::Number(one + other)),
        (Scalar::Number(one), "-", Scalar::Number(other)) => Some(Scalar::Number(one - other)),
        (Scalar::Number(one), "*", Scalar::Number(other)) => Some(Scalar::Number(one * other)),
        (Scalar::Number(one), "%", Scalar::Number(other)) if *other != 0.0 => Some(Scalar::Number(one % other)),
        (Scalar::Text(one), "||", Scalar::Text(other)) => Some(Scalar::Text(format!("{one}{other}"))),
        _ => None,
    }
}

/// Whether a text is like a pattern; `None` where the pattern has an escape.
fn like(text: &str, pattern: &str) -> Option<bool> {
    fn matches(text: &[char], pattern: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('%', rest)) => (0..=text.len()).any(|skipped| matches(&text[skipped..], rest)),
            Some(('_', rest)) => !text.is_empty() && matches(&text[1..], rest),
            Some((c, rest)) => text.first() == Some(c) && matches(&text[1..], rest),
        }
    }
    if pattern.contains('\\') {
        return None;
    }
    Some(matches(&text.chars().collect::<Vec<_>>(), &pattern.chars().collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> BTreeMap<String, Scalar> {
        [
            ("a", Scalar::Number(5.0)),
            ("b", Scalar::Null),
            ("s", Scalar::Text("abc".to_owned())),
            ("t", Scalar::of(Some("2026-03-01 12:00:00+00"), &SqlType::Timestamptz)),
            ("j", Scalar::Opaque),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    #[test]
    fn what_can_be_told_is_told() {
        let is = |is: bool| Some(Scalar::Bool(is));
        for (text, expected) in [
            ("a BETWEEN 1 AND 5 AND a <> 4", is(true)),
            ("(a >= (0)::numeric)", is(true)),
            ("a > 5 OR b IS NULL", is(true)),
            ("b > 5", Some(Scalar::Null)),
            ("NOT (a = 5)", is(false)),
            ("s IN ('x', 'abc')", is(true)),
            ("s = ANY (ARRAY['x'::text, 'abc'::text])", is(true)),
            ("((s)::text = ANY ((ARRAY['x'::character varying])::text[]))", is(false)),
            ("length(s) <= 3 AND char_length(s) > 2", is(true)),
            ("s LIKE 'a_c' AND s ~~ 'a%' AND s NOT LIKE 'b%'", is(true)),
            ("t > '2026-03-01' AND t < '2026-03-02'", is(true)),
            ("num_nonnulls(a, b) = 1", is(true)),
            ("b IS DISTINCT FROM a", is(true)),
            ("j IS NOT NULL", is(true)),
            ("a + 1 = 6", is(true)),
            ("position('b' in s) = 2", is(true)),
            // Only a server knows these.
            ("s ~ '^a'", None),
            ("jsonb_typeof(j) = 'object'", None),
            ("s < 'b'", None),
            ("t < now()", None),
            ("unknown = 1", None),
        ] {
            assert_eq!(Fragment::parse(text).unwrap().evaluate(&row()), expected, "{text}");
        }
    }

    #[test]
    fn hints_name_what_each_column_is_compared_with() {
        let hints = Fragment::parse("price > 10 AND (code ~ '^[a-z]+$' OR kind IN ('x'))").unwrap().hints();
        let expected = [
            ("price", Hint::Constant("10".to_owned())),
            ("code", Hint::Regex("^[a-z]+$".to_owned())),
            ("kind", Hint::Constant("x".to_owned())),
        ];
        assert_eq!(hints, expected.map(|(column, hint)| (column.to_owned(), hint)));
    }
}
