//! Casts, calls of functions, and what a column takes.

use squawk_parser::SyntaxKind::{
    ARG, ARG_LIST, ARRAY_TYPE, BIT_TYPE, CHARACTER_TYPE, COLON_COLON, DOUBLE_TYPE, EXISTS_FN, EXTRACT_FN, FIELD_EXPR,
    INTERVAL_TYPE, NAME_REF, OVER_CLAUSE, OVERLAY_FN, PATH_TYPE, PERCENT_TYPE, POSITION_FN, SUBSTRING_FN, TIME_TYPE,
    TIMESTAMP_TYPE, TRIM_FN, VARCHAR_TYPE,
};

use super::functions::{self, Parameter};
use super::walk::Walk;
use super::{BOOLEAN, Constant, Family, Type, Volatility, bounds, example, family, literal};
use crate::expression::folded;
use crate::expression::tree::Node;
use crate::schema::{Column, SqlType};

impl Walk<'_> {
    pub(super) fn cast(&mut self, node: &Node) -> Type {
        let parts: Vec<&Node> = node.nodes().filter(|part| part.kind != COLON_COLON).collect();
        // `'…'::type` and `CAST(… AS type)`, or `type '…'`.
        let (value, type_node) = match parts.as_slice() {
            [first, second] if is_type(second) => (*first, *second),
            [first, second] => (*second, *first),
            _ => return Type::Unknown,
        };
        let found = self.infer(value);
        let Ok(target) = self.text(type_node).parse::<SqlType>() else { return Type::Unknown };
        if family(&target).is_none() {
            return Type::Known(target);
        }
        match &found {
            Type::Literal(text) if literal::misfit(text, &target) => {
                self.report(value, format!("'{text}' is not a valid {target}"), example(&target));
            }
            Type::Known(from) => {
                // The session's TimeZone, DateStyle or IntervalStyle decides.
                let styled = |sql_type: &SqlType| {
                    matches!(family(sql_type), Some(Family::Moment | Family::Interval | Family::Time))
                };
                // time_out is IMMUTABLE in pg_proc, time_in is not.
                let shown = |sql_type: &SqlType| matches!(family(sql_type), Some(Family::Moment | Family::Interval));
                let zoned = *from == SqlType::Timestamptz && target != SqlType::Timestamptz
                    || target == SqlType::Timestamptz && *from != SqlType::Timestamptz;
                let by_text = family(from) == Some(Family::Text) && styled(&target)
                    || shown(from) && family(&target) == Some(Family::Text);
                if zoned || by_text {
                    self.depends(node, Volatility::Stable);
                }
            }
            _ => {}
        }
        Type::Known(target)
    }

    pub(super) fn call(&mut self, node: &Node) -> Type {
        let Some(function) = node.nodes().next() else { return Type::Unknown };
        let (name, arguments): (String, Vec<&Node>) = match function.kind {
            NAME_REF | FIELD_EXPR => {
                let list = node.nodes().find(|part| part.kind == ARG_LIST);
                let arguments = list.into_iter().flat_map(Node::nodes).filter_map(|argument| match argument.kind {
                    ARG => argument.nodes().next(),
                    _ => Some(argument),
                });
                (folded(self.text(function)), arguments.collect())
            }
            EXTRACT_FN => {
                let value = function.nodes().last();
                let found = value.map_or(Type::Unknown, |value| self.infer(value));
                return self.overload(node, "extract", &[Type::Literal(String::new()), found], true);
            }
            _ => {
                let mut types = Vec::new();
                for part in function.nodes() {
                    types.push(self.infer(part));
                }
                return match function.kind {
                    SUBSTRING_FN | TRIM_FN | OVERLAY_FN => Type::Known(SqlType::Text),
                    POSITION_FN => Type::Known(SqlType::Integer),
                    EXISTS_FN => BOOLEAN,
                    _ => Type::Unknown,
                };
            }
        };
        if node.nodes().any(|part| part.kind == OVER_CLAUSE) {
            let message = format!("`{name}` looks at other rows, this expression sees one");
            self.report(node, message, "keep to the columns of the row");
            return Type::Unknown;
        }
        if functions::OF_ROWS.contains(&name.as_str()) {
            let message = format!("`{name}` gives several rows, this expression has one value");
            self.report(node, message, "keep to functions that give one value");
            return Type::Unknown;
        }
        let types: Vec<Type> = arguments.iter().map(|argument| self.infer(argument)).collect();
        match name.as_str() {
            "coalesce" | "greatest" | "least" | "nullif" => {
                return types.into_iter().find(|found| matches!(found, Type::Known(_))).unwrap_or(Type::Unknown);
            }
            _ if functions::AGGREGATES.contains(&name.as_str()) => {
                self.report(
                    node,
                    format!("`{name}` aggregates many rows, this expression sees one"),
                    "keep to the columns of the row",
                );
                return Type::Unknown;
            }
            "uuid_generate_v1" | "uuid_generate_v1mc" | "uuid_generate_v4" => {
                self.report(node, format!("`{name}` wants the extension uuid-ossp"), "gen_random_uuid()");
                return Type::Known(SqlType::Uuid);
            }
            _ => {}
        }
        self.overload(node, &name, &types, matches!(function.kind, NAME_REF))
    }

    pub(super) fn overload(&mut self, node: &Node, name: &str, types: &[Type], plain: bool) -> Type {
        let all = functions::overloads(name);
        if all.is_empty() {
            if plain && let Some(near) = functions::misspelt(name) {
                self.report(node, format!("there is no function `{name}`"), format!("did you mean `{near}`?"));
            }
            return Type::Unknown;
        }
        let counted: Vec<_> = all.iter().filter(|function| function.takes(types.len())).collect();
        let fits = |function: &&&functions::Function| {
            types.iter().enumerate().all(|(position, found)| match (found.family(), function.parameter(position)) {
                (Some(found), Parameter::Type(parameter)) => family(&parameter) == Some(found),
                (Some(_), Parameter::Foreign) => false,
                _ => true,
            })
        };
        let fitting: Vec<_> = counted.iter().filter(fits).collect();
        if fitting.is_empty() {
            let known = types.iter().all(|found| matches!(found, Type::Known(_)));
            if known && !counted.is_empty() && STRICT.contains(&name) {
                let given = types.iter().map(Self::name).collect::<Vec<_>>().join(", ");
                self.report(
                    node,
                    format!("there is no {name}({given})"),
                    format!("{name}({})", counted[0].parameters_text()),
                );
            }
            return Type::Unknown;
        }
        let exact: Vec<_> = fitting
            .iter()
            .filter(|function| {
                types.iter().enumerate().all(|(position, found)| match (found, function.parameter(position)) {
                    (Type::Known(known), Parameter::Type(parameter)) => known.base() == parameter,
                    (Type::Known(_), Parameter::Foreign) => false,
                    _ => true,
                })
            })
            .collect();
        let candidates: Vec<_> = if exact.is_empty() {
            fitting.iter().map(|function| **function).collect()
        } else {
            exact.iter().map(|function| ***function).collect()
        };
        let volatility = candidates.iter().map(|function| function.volatility).min().unwrap_or(Volatility::Immutable);
        if volatility > Volatility::Immutable {
            self.depends(node, volatility);
        }
        let mut results = candidates.iter().map(|function| function.result);
        match results.next() {
            Some(first) if results.all(|result| result == first) => {
                functions::known_type(first).map_or(Type::Unknown, Type::Known)
            }
            _ => Type::Unknown,
        }
    }

    /// Reports a value that a column does not take.
    pub(super) fn assigned(&mut self, node: &Node, found: &Type, column: &Column) {
        if column.enumeration.is_some() || column.sql_type.unresolved().is_some() {
            return;
        }
        let sql_type = &column.sql_type;
        match found {
            Type::Null if !column.nullable => {
                self.report(
                    node,
                    format!("`{}` is NOT NULL", column.name),
                    "make the field an `Option`, or give a value",
                );
            }
            Type::Literal(text) if literal::misfit(text, sql_type) => {
                self.report(node, format!("'{text}' is not a valid {sql_type}"), example(sql_type));
            }
            Type::Known(from) => {
                let (Some(one), Some(other)) = (family(from), family(sql_type)) else { return };
                // Everything is assigned to text, as its text: https://www.postgresql.org/docs/15/sql-createcast.html
                let documents = matches!((one, other), (Family::Json | Family::Jsonb, Family::Json | Family::Jsonb));
                let times = matches!(
                    (one, other),
                    (Family::Moment | Family::Interval, Family::Time) | (Family::Time, Family::Interval)
                );
                if one != other && other != Family::Text && !documents && !times {
                    let text = self.text(node);
                    self.report(node, format!("`{text}` is {from}, the column is {sql_type}"), example(sql_type));
                    return;
                }
                self.width(node, sql_type);
            }
            _ => {}
        }
    }

    /// Reports a number that has more digits than the column.
    pub(super) fn width(&mut self, node: &Node, sql_type: &SqlType) {
        let Some(Constant::Number(number)) = bounds::constant(node, self.sql) else { return };
        let most = match sql_type {
            SqlType::SmallInt => f64::from(i16::MAX),
            SqlType::Integer => f64::from(i32::MAX),
            SqlType::Numeric(Some((precision, scale))) => {
                10_f64.powi(i32::try_from(precision - scale).unwrap_or(i32::MAX))
            }
            _ => return,
        };
        let exceeds = match sql_type {
            SqlType::Numeric(_) => number.abs() >= most,
            _ => number > most || number < -most - 1.0,
        };
        if exceeds {
            self.report(
                node,
                format!("{} does not fit into {sql_type}", self.text(node)),
                "a smaller value, or a wider type",
            );
        }
    }
}

/// Functions whose parameters are no wider in any version: a call with other types is a mistake.
const STRICT: &[&str] = &[
    "char_length",
    "length",
    "jsonb_array_length",
    "jsonb_typeof",
    "left",
    "lower",
    "lpad",
    "octet_length",
    "right",
    "split_part",
    "starts_with",
    "upper",
];

fn is_type(node: &Node) -> bool {
    matches!(
        node.kind,
        PATH_TYPE
            | ARRAY_TYPE
            | BIT_TYPE
            | CHARACTER_TYPE
            | VARCHAR_TYPE
            | DOUBLE_TYPE
            | INTERVAL_TYPE
            | TIME_TYPE
            | TIMESTAMP_TYPE
            | PERCENT_TYPE
    )
}
