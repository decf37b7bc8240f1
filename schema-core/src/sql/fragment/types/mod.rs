//! The types of an expression, as far as the columns tell them, and what they forbid. Where a type is not known, nothing is
//! said: the server knows more types, operators and functions than stand here.

mod bounds;
mod functions;
mod literal;

use std::ops::Range;

use squawk_parser::SyntaxKind::*;

use super::tree::Node;
use super::{Fragment, QUERIES, folded};
use crate::schema::{Column, RangeKind, SqlType, Table};

pub use bounds::Constant;
pub use functions::Volatility;

use functions::Parameter;

/// The type of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A type of the server.
    Known(SqlType),
    /// A text between quotes, which takes the type that stands opposite.
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
}

fn family(sql_type: &SqlType) -> Option<Family> {
    Some(match sql_type {
        SqlType::SmallInt | SqlType::Integer | SqlType::BigInt | SqlType::Real | SqlType::Double | SqlType::Numeric(_) => Family::Number,
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
        SqlType::Other(_) | SqlType::Rust(_) => return None,
    })
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
        Walk { sql: &self.text, table, found: Vec::new(), volatile: Vec::new() }.infer(&self.root)
    }

    /// What the types of the columns forbid in it.
    #[must_use]
    pub fn problems(&self, table: &Table, wanted: Wanted<'_>) -> Vec<Finding> {
        let mut walk = Walk { sql: &self.text, table, found: Vec::new(), volatile: Vec::new() };
        let found = walk.infer(&self.root);
        match wanted {
            Wanted::Condition => {
                walk.condition(&self.root, &found, "a condition");
                if walk.found.is_empty()
                    && let Some(column) = bounds::contradiction(&self.root, &self.text, table)
                {
                    walk.report(&self.root, format!("this is never true: no `{column}` meets all of it"), "mend the bounds");
                }
            }
            Wanted::Value(column) => walk.assigned(&self.root, &found, column),
            Wanted::Any => {}
        }
        walk.found
    }

    /// The parts of the expression whose value depends on more than the row, with what they depend on.
    #[must_use]
    pub fn changeable(&self, table: &Table) -> Vec<(String, Volatility)> {
        let mut walk = Walk { sql: &self.text, table, found: Vec::new(), volatile: Vec::new() };
        walk.infer(&self.root);
        walk.volatile
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
                && matches!(operator.as_str(), "=" | "<>" | "!=" | "IN" | "NOT IN" | "IS DISTINCT FROM" | "IS NOT DISTINCT FROM")
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

struct Walk<'a> {
    sql: &'a str,
    table: &'a Table,
    found: Vec<Finding>,
    volatile: Vec<(String, Volatility)>,
}

impl<'a> Walk<'a> {
    fn text(&self, node: &Node) -> &'a str {
        &self.sql[node.span()]
    }

    fn report(&mut self, node: &Node, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Finding { message: message.into(), help: help.into(), range: node.span() });
    }

    fn depends(&mut self, node: &Node, volatility: Volatility) {
        self.volatile.push((self.text(node).to_owned(), volatility));
    }

    fn name(&self, ty: &Type) -> String {
        match ty {
            Type::Known(sql_type) => sql_type.to_string(),
            Type::Literal(text) => format!("'{text}'"),
            Type::Null => "NULL".to_owned(),
            Type::Unknown => "unknown".to_owned(),
        }
    }

    fn column(&self, node: &Node) -> Option<&'a Column> {
        match node.kind {
            NAME_REF | FIELD_EXPR => self.table.column(&folded(self.text(node))),
            PAREN_EXPR if node.nodes().count() == 1 => self.column(node.nodes().next()?),
            _ => None,
        }
    }

    fn infer(&mut self, node: &Node) -> Type {
        match node.kind {
            LITERAL => self.literal(node),
            NAME_REF => self.word(node),
            FIELD_EXPR => self.column_type(node),
            PAREN_EXPR | COLLATE => match node.nodes().next() {
                Some(inner) if node.kind == COLLATE || node.nodes().count() == 1 => self.infer(inner),
                _ => Type::Unknown,
            },
            PREFIX_EXPR => self.prefix(node),
            BIN_EXPR => self.binary(node),
            BETWEEN_EXPR => self.between(node),
            CAST_EXPR => self.cast(node),
            CALL_EXPR => self.call(node),
            CASE_EXPR => self.case(node),
            ARRAY_EXPR => {
                let elements: Vec<Type> = node.nodes().map(|part| self.infer(part)).collect();
                match elements.into_iter().find(|element| matches!(element, Type::Known(_))) {
                    Some(Type::Known(element)) if !matches!(element, SqlType::Array(_)) => Type::Known(SqlType::Array(Box::new(element))),
                    _ => Type::Unknown,
                }
            }
            INDEX_EXPR => {
                let types: Vec<Type> = node.nodes().map(|part| self.infer(part)).collect();
                match types.into_iter().next() {
                    Some(Type::Known(SqlType::Array(element))) => Type::Known(*element),
                    _ => Type::Unknown,
                }
            }
            kind if QUERIES.contains(&kind) => {
                self.report(node, "a query cannot stand here: the expression sees one row", "keep to the columns of the row");
                Type::Unknown
            }
            _ => {
                node.nodes().for_each(|part| {
                    self.infer(part);
                });
                Type::Unknown
            }
        }
    }

    fn literal(&self, node: &Node) -> Type {
        let text = self.text(node);
        match node.tokens().next().map(|(kind, _)| kind) {
            Some(INT_NUMBER) if text.parse::<i32>().is_ok() => Type::Known(SqlType::Integer),
            Some(INT_NUMBER) if text.parse::<i64>().is_ok() => Type::Known(SqlType::BigInt),
            Some(INT_NUMBER | NUMERIC_NUMBER) => Type::Known(SqlType::Numeric(None)),
            Some(TRUE_KW | FALSE_KW) => BOOLEAN,
            Some(NULL_KW) => Type::Null,
            Some(STRING) if node.tokens().count() == 1 => Type::Literal(text[1..text.len() - 1].replace("''", "'")),
            _ => Type::Unknown,
        }
    }

    fn word(&mut self, node: &Node) -> Type {
        let moment = match node.first_token() {
            Some(CURRENT_TIMESTAMP_KW) => SqlType::Timestamptz,
            Some(LOCALTIMESTAMP_KW) => SqlType::Timestamp,
            Some(CURRENT_DATE_KW) => SqlType::Date,
            Some(LOCALTIME_KW) => SqlType::Time,
            Some(CURRENT_USER_KW | SESSION_USER_KW | CURRENT_ROLE_KW | USER_KW | CURRENT_SCHEMA_KW | CURRENT_CATALOG_KW) => SqlType::Text,
            Some(CURRENT_TIME_KW) => SqlType::Other("TIMETZ".to_owned()),
            _ => return self.column_type(node),
        };
        self.depends(node, Volatility::Stable);
        Type::Known(moment)
    }

    fn column_type(&self, node: &Node) -> Type {
        match self.column(node) {
            // A value of an enumeration is checked against its values, elsewhere.
            Some(column) if column.enumeration.is_some() || column.sql_type.unresolved().is_some() => Type::Unknown,
            Some(column) => Type::Known(column.sql_type.clone()),
            None => Type::Unknown,
        }
    }

    /// Reports an operand that is no condition.
    fn condition(&mut self, node: &Node, found: &Type, of: &str) {
        if let Type::Known(sql_type) = found
            && family(sql_type).is_some_and(|family| family != Family::Boolean)
        {
            let text = self.text(node);
            self.report(node, format!("{of} is true or false, `{text}` is {sql_type}"), format!("compare it: {text} = …, {text} IS NOT NULL"));
        }
    }

    fn prefix(&mut self, node: &Node) -> Type {
        let Some(inner) = node.nodes().last() else { return Type::Unknown };
        let found = self.infer(inner);
        match node.tokens().next().map(|(kind, _)| kind) {
            Some(NOT_KW) => {
                self.condition(inner, &found, "NOT takes what");
                BOOLEAN
            }
            Some(MINUS | PLUS) if found.family() == Some(Family::Number) => found,
            _ => Type::Unknown,
        }
    }

    fn between(&mut self, node: &Node) -> Type {
        let parts: Vec<&Node> = node.nodes().collect();
        let types: Vec<Type> = parts.iter().map(|part| self.infer(part)).collect();
        if let ([value, low, high], [of_value, of_low, of_high]) = (parts.as_slice(), types.as_slice()) {
            self.compare(value, of_value, low, of_low);
            self.compare(value, of_value, high, of_high);
        }
        BOOLEAN
    }

    fn binary(&mut self, node: &Node) -> Type {
        let Some((left, operator, right)) = node.binary(self.sql) else { return Type::Unknown };
        let of_left = self.infer(left);
        match operator.as_str() {
            "AND" | "OR" => {
                let of_right = self.infer(right);
                self.condition(left, &of_left, &format!("what {operator} takes"));
                self.condition(right, &of_right, &format!("what {operator} takes"));
                BOOLEAN
            }
            "IS" | "IS NOT" => {
                self.test(node, left, &of_left, right, operator == "IS NOT");
                BOOLEAN
            }
            "IN" | "NOT IN" => {
                for item in right.nodes() {
                    if QUERIES.contains(&item.kind) {
                        self.infer(item);
                        continue;
                    }
                    let of_item = self.infer(item);
                    if of_item == Type::Null {
                        let message = format!("`{}` is never true with a NULL in the list", self.text(node));
                        self.report(item, message, "drop the NULL, and say `… IS NULL` beside it");
                        continue;
                    }
                    self.compare(left, &of_left, item, &of_item);
                }
                BOOLEAN
            }
            "=" | "<>" | "!=" | "<" | ">" | "<=" | ">=" => {
                self.comparison(node, left, &of_left, &operator, right);
                BOOLEAN
            }
            "IS DISTINCT FROM" | "IS NOT DISTINCT FROM" => {
                let of_right = self.infer(right);
                self.compare(left, &of_left, right, &of_right);
                BOOLEAN
            }
            "AT TIME ZONE" => {
                self.infer(right);
                match of_left {
                    Type::Known(SqlType::Timestamptz) => Type::Known(SqlType::Timestamp),
                    Type::Known(SqlType::Timestamp) => Type::Known(SqlType::Timestamptz),
                    _ => Type::Unknown,
                }
            }
            _ => {
                let of_right = self.infer(right);
                self.operator(node, left, &of_left, &operator, &of_right)
            }
        }
    }

    /// `… IS NULL`, `… IS TRUE` and their opposites.
    fn test(&mut self, node: &Node, left: &Node, of_left: &Type, right: &Node, not: bool) {
        if right.first_token() != Some(NULL_KW) {
            self.condition(left, of_left, "what IS TRUE asks");
            return;
        }
        let marker = self.table.soft_delete.map(crate::schema::SoftDelete::column);
        if let Some(column) = self.column(left).filter(|column| !column.nullable && marker != Some(column.name.as_str())) {
            let always = if not { "always" } else { "never" };
            let message = format!("`{}` is {always} true: `{}` takes no NULL", self.text(node), column.name);
            self.report(node, message, format!("drop it, or make `{}` an `Option`", column.name));
        }
    }

    fn comparison(&mut self, node: &Node, left: &Node, of_left: &Type, operator: &str, right: &Node) {
        // `= ANY (array)` compares with each element.
        if right.kind == CALL_EXPR
            && let Some(list) = right.nodes().next().filter(|part| matches!(part.kind, ANY_FN | SOME_FN | ALL_FN))
        {
            for array in list.nodes() {
                match self.infer(array) {
                    _ if array.kind == ARRAY_EXPR => {
                        for item in array.nodes() {
                            let of_item = self.infer(item);
                            self.compare(left, of_left, item, &of_item);
                        }
                    }
                    Type::Known(SqlType::Array(element)) => self.compare(left, of_left, array, &Type::Known(*element)),
                    _ => {}
                }
            }
            return;
        }
        let of_right = self.infer(right);
        if *of_left == Type::Null || of_right == Type::Null {
            let other = if of_right == Type::Null { left } else { right };
            let not = if operator == "=" { "" } else { "NOT " };
            let message = format!("`{}` is never true: nothing compares with NULL", self.text(node));
            self.report(node, message, format!("{} IS {not}NULL", self.text(other)));
            return;
        }
        if self.text(left) == self.text(right) && self.column(left).is_some() {
            let always = if matches!(operator, "=" | "<=" | ">=") { "always" } else { "never" };
            self.report(node, format!("`{}` compares the column with itself: it is {always} true", self.text(node)), "name the other column");
            return;
        }
        self.compare(left, of_left, right, &of_right);
        if of_left.is(&SqlType::Json) || of_right.is(&SqlType::Json) {
            self.report(node, "JSON has no comparison", "make the column JSONB");
        }
        // https://www.postgresql.org/docs/15/functions-datetime.html: the session's TimeZone decides.
        let zoned = |one: &Type, other: &Type| {
            one.is(&SqlType::Timestamptz) && (other.is(&SqlType::Timestamp) || other.is(&SqlType::Date))
        };
        if zoned(of_left, &of_right) || zoned(&of_right, of_left) {
            self.depends(node, Volatility::Stable);
        }
    }

    fn compare(&mut self, left: &Node, of_left: &Type, right: &Node, of_right: &Type) {
        match (of_left, of_right) {
            (Type::Known(sql_type), Type::Literal(text)) => self.fits(left, sql_type, right, text),
            (Type::Literal(text), Type::Known(sql_type)) => self.fits(right, sql_type, left, text),
            _ => {
                let (Some(one), Some(other)) = (of_left.family(), of_right.family()) else { return };
                if one != other {
                    let message = format!(
                        "`{}` is {} and `{}` is {}: they do not compare",
                        self.text(left),
                        self.name(of_left),
                        self.text(right),
                        self.name(of_right)
                    );
                    let quoted = matches!(right.kind, LITERAL) && one == Family::Text;
                    let help = if quoted { format!("'{}'", self.text(right)) } else { "compare values of one type, or cast one of them".to_owned() };
                    self.report(right, message, help);
                }
            }
        }
    }

    /// Reports a text that is no value of the type opposite.
    fn fits(&mut self, typed: &Node, sql_type: &SqlType, node: &Node, text: &str) {
        if literal::misfit(text, sql_type) {
            let message = format!("'{text}' is no {sql_type}, which `{}` is", self.text(typed));
            self.report(node, message, example(sql_type));
        }
    }

    fn operator(&mut self, node: &Node, left: &Node, of_left: &Type, operator: &str, of_right: &Type) -> Type {
        use Family as F;
        let (one, other) = (of_left.family(), of_right.family());
        let text_only = operator.contains("LIKE") || operator.contains("SIMILAR") || ["~", "~*", "!~", "!~*", "^@"].contains(&operator);
        if text_only {
            if matches!(one, Some(F::Number | F::Boolean | F::Uuid | F::Moment | F::Jsonb | F::Interval)) {
                let text = self.text(left);
                self.report(node, format!("{operator} is for text, `{text}` is {}", self.name(of_left)), format!("{text}::text {operator} …"));
            }
            return BOOLEAN;
        }
        match operator {
            "->" | "->>" | "#>" | "#>>" => {
                if matches!(one, Some(family) if !matches!(family, F::Json | F::Jsonb)) {
                    self.report(node, format!("{operator} reads from a document, `{}` is {}", self.text(left), self.name(of_left)), "name a JSONB column");
                    return Type::Unknown;
                }
                if operator.ends_with(">>") && one.is_some() {
                    return Type::Known(SqlType::Text);
                }
                if one.is_some() { of_left.clone() } else { Type::Unknown }
            }
            "@>" | "<@" | "&&" => {
                for (family, of) in [(one, of_left), (other, of_right)] {
                    // A range contains its elements.
                    let beside_range = matches!((one, other), (Some(F::Range(_)), _) | (_, Some(F::Range(_))));
                    if !beside_range && matches!(family, Some(F::Number | F::Boolean | F::Uuid | F::Moment | F::Text | F::Bytes)) {
                        self.report(node, format!("{operator} is for arrays, ranges and documents, this is {}", self.name(of)), "compare with `=` or `IN`");
                        break;
                    }
                }
                if let (Some(F::Jsonb | F::Array), Type::Known(sql_type), Type::Literal(text)) = (one, of_left, of_right)
                    && literal::misfit(text, sql_type)
                {
                    self.report(node, format!("'{text}' is no {sql_type}"), example(sql_type));
                }
                BOOLEAN
            }
            "?" | "?|" | "?&" | "@@" | "@?" => BOOLEAN,
            "||" => self.concatenation(node, of_left, of_right),
            "+" | "-" | "*" | "/" | "%" | "^" => self.arithmetic(node, of_left, operator, of_right),
            _ => Type::Unknown,
        }
    }

    fn concatenation(&mut self, node: &Node, of_left: &Type, of_right: &Type) -> Type {
        use Family as F;
        match (of_left.family(), of_right.family()) {
            (Some(F::Text), Some(F::Text) | None) | (None, Some(F::Text)) => Type::Known(SqlType::Text),
            (Some(F::Jsonb), _) | (_, Some(F::Jsonb)) => Type::Known(SqlType::Jsonb),
            (Some(F::Array), _) => of_left.clone(),
            (_, Some(F::Array)) => of_right.clone(),
            (Some(F::Bytes), _) | (_, Some(F::Bytes)) => Type::Known(SqlType::Bytea),
            (Some(_), Some(F::Text)) | (Some(F::Text), Some(_)) => {
                // `text || anynonarray` is STABLE in pg_proc (textanycat), whatever the other side is.
                self.depends(node, Volatility::Stable);
                Type::Known(SqlType::Text)
            }
            (Some(_), None) if matches!(of_right, Type::Literal(_)) => {
                self.depends(node, Volatility::Stable);
                Type::Known(SqlType::Text)
            }
            (None, Some(_)) if matches!(of_left, Type::Literal(_)) => {
                self.depends(node, Volatility::Stable);
                Type::Known(SqlType::Text)
            }
            _ => Type::Unknown,
        }
    }

    fn arithmetic(&mut self, node: &Node, of_left: &Type, operator: &str, of_right: &Type) -> Type {
        use Family as F;
        let (one, other) = (of_left.family(), of_right.family());
        let zoned = of_left.is(&SqlType::Timestamptz) || of_right.is(&SqlType::Timestamptz);
        match (one, other) {
            (Some(F::Number), Some(F::Number)) => wider(of_left, of_right),
            (Some(F::Moment), Some(F::Moment)) if operator == "-" => {
                let days = of_left.is(&SqlType::Date) && of_right.is(&SqlType::Date);
                Type::Known(if days { SqlType::Integer } else { SqlType::Interval })
            }
            (Some(F::Moment), Some(F::Interval)) | (Some(F::Interval), Some(F::Moment)) => {
                if zoned {
                    // timestamptz_pl_interval is STABLE: a day is as long as the session's zone says.
                    self.depends(node, Volatility::Stable);
                }
                Type::Known(if zoned { SqlType::Timestamptz } else { SqlType::Timestamp })
            }
            (Some(F::Moment), Some(F::Number)) if of_left.is(&SqlType::Date) => Type::Known(SqlType::Date),
            (Some(F::Interval), Some(F::Interval | F::Number)) => Type::Known(SqlType::Interval),
            _ => {
                let wrong = [(one, of_left), (other, of_right)].into_iter().find(|(family, _)| {
                    matches!(family, Some(F::Boolean | F::Uuid | F::Bytes))
                        || (matches!(family, Some(F::Text)) && one.is_some() && other.is_some() && !matches!(one, Some(F::Jsonb | F::Json)))
                });
                if let Some((_, of)) = wrong {
                    let message = format!("there is no `{operator}` for {}", self.name(of));
                    let help = if operator == "+" { "texts are joined by `||`" } else { "count with numbers, or cast" };
                    self.report(node, message, help);
                }
                Type::Unknown
            }
        }
    }

    fn cast(&mut self, node: &Node) -> Type {
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
            Type::Literal(text) => {
                if literal::misfit(text, &target) {
                    self.report(value, format!("'{text}' is no {target}"), example(&target));
                }
            }
            Type::Known(from) => {
                // The session's TimeZone, DateStyle or IntervalStyle decides.
                let styled = |sql_type: &SqlType| matches!(family(sql_type), Some(Family::Moment | Family::Interval | Family::Time));
                let zoned = *from == SqlType::Timestamptz && target != SqlType::Timestamptz
                    || target == SqlType::Timestamptz && *from != SqlType::Timestamptz;
                let by_text = family(from) == Some(Family::Text) && styled(&target) || styled(from) && family(&target) == Some(Family::Text);
                if zoned || by_text {
                    self.depends(node, Volatility::Stable);
                }
            }
            _ => {}
        }
        Type::Known(target)
    }

    fn case(&mut self, node: &Node) -> Type {
        let mut result = Type::Unknown;
        let mut operand = None;
        for part in node.nodes() {
            match part.kind {
                WHEN_CLAUSE_LIST => {
                    for clause in part.nodes() {
                        let arms: Vec<&Node> = clause.nodes().collect();
                        let types: Vec<Type> = arms.iter().map(|arm| self.infer(arm)).collect();
                        if let (None, [condition, ..], [found, ..]) = (&operand, arms.as_slice(), types.as_slice()) {
                            self.condition(condition, found, "what WHEN takes");
                        }
                        if let Some(last @ Type::Known(_)) = types.last()
                            && result == Type::Unknown
                        {
                            result = last.clone();
                        }
                    }
                }
                ELSE_CLAUSE => part.nodes().for_each(|part| {
                    let found = self.infer(part);
                    if result == Type::Unknown && matches!(found, Type::Known(_)) {
                        result = found;
                    }
                }),
                _ => operand = Some(self.infer(part)),
            }
        }
        result
    }

    fn call(&mut self, node: &Node) -> Type {
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
        let types: Vec<Type> = arguments.iter().map(|argument| self.infer(argument)).collect();
        match name.as_str() {
            "coalesce" | "greatest" | "least" | "nullif" => {
                return types.into_iter().find(|found| matches!(found, Type::Known(_))).unwrap_or(Type::Unknown);
            }
            _ if functions::AGGREGATES.contains(&name.as_str()) => {
                self.report(node, format!("`{name}` goes over many rows, this expression sees one"), "keep to the columns of the row");
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

    fn overload(&mut self, node: &Node, name: &str, types: &[Type], plain: bool) -> Type {
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
                (Some(family), Parameter::Type(parameter)) => self::family(&parameter) == Some(family),
                (Some(_), Parameter::Foreign) => false,
                _ => true,
            })
        };
        let fitting: Vec<_> = counted.iter().filter(fits).collect();
        if fitting.is_empty() {
            let known = types.iter().all(|found| matches!(found, Type::Known(_)));
            if known && !counted.is_empty() && STRICT.contains(&name) {
                let given = types.iter().map(|found| self.name(found)).collect::<Vec<_>>().join(", ");
                self.report(node, format!("there is no {name}({given})"), format!("{name}({})", counted[0].parameters_text()));
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
        let candidates: Vec<_> = if exact.is_empty() { fitting.iter().map(|function| **function).collect() } else { exact.iter().map(|function| ***function).collect() };
        let volatility = candidates.iter().map(|function| function.volatility).min().unwrap_or(Volatility::Immutable);
        if volatility > Volatility::Immutable {
            self.depends(node, volatility);
        }
        let mut results = candidates.iter().map(|function| function.result);
        match results.next() {
            Some(first) if results.all(|result| result == first) => functions::known_type(first).map_or(Type::Unknown, Type::Known),
            _ => Type::Unknown,
        }
    }

    /// Reports a value that a column does not take.
    fn assigned(&mut self, node: &Node, found: &Type, column: &Column) {
        if column.enumeration.is_some() || column.sql_type.unresolved().is_some() {
            return;
        }
        let sql_type = &column.sql_type;
        match found {
            Type::Null if !column.nullable => {
                self.report(node, format!("`{}` takes no NULL", column.name), "make the field an `Option`, or give a value");
            }
            Type::Literal(text) => {
                if literal::misfit(text, sql_type) {
                    self.report(node, format!("'{text}' is no {sql_type}"), example(sql_type));
                }
            }
            Type::Known(from) => {
                let (Some(one), Some(other)) = (family(from), family(sql_type)) else { return };
                // Everything is assigned to text, as its text: https://www.postgresql.org/docs/15/sql-createcast.html
                let documents = matches!((one, other), (Family::Json | Family::Jsonb, Family::Json | Family::Jsonb));
                let times = matches!((one, other), (Family::Moment | Family::Interval, Family::Time) | (Family::Time, Family::Interval));
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
    fn width(&mut self, node: &Node, sql_type: &SqlType) {
        let Some(Constant::Number(number)) = bounds::constant(node, self.sql) else { return };
        let most = match sql_type {
            SqlType::SmallInt => f64::from(i16::MAX),
            SqlType::Integer => f64::from(i32::MAX),
            SqlType::Numeric(Some((precision, scale))) => 10_f64.powi(i32::try_from(precision - scale).unwrap_or(i32::MAX)),
            _ => return,
        };
        let exceeds = match sql_type {
            SqlType::Numeric(_) => number.abs() >= most,
            _ => number > most || number < -most - 1.0,
        };
        if exceeds {
            self.report(node, format!("{} does not fit into {sql_type}", self.text(node)), "a smaller value, or a wider type");
        }
    }
}

/// Functions whose parameters are no wider in any version: a call with other types is a mistake.
const STRICT: &[&str] =
    &["char_length", "length", "jsonb_array_length", "jsonb_typeof", "left", "lower", "lpad", "octet_length", "right", "split_part", "starts_with", "upper"];

fn is_type(node: &Node) -> bool {
    matches!(
        node.kind,
        PATH_TYPE | ARRAY_TYPE | BIT_TYPE | CHARACTER_TYPE | VARCHAR_TYPE | DOUBLE_TYPE | INTERVAL_TYPE | TIME_TYPE | TIMESTAMP_TYPE | PERCENT_TYPE
    )
}

/// The type of a computation with two numbers.
fn wider(one: &Type, other: &Type) -> Type {
    let order = [SqlType::SmallInt, SqlType::Integer, SqlType::BigInt, SqlType::Numeric(None), SqlType::Real, SqlType::Double];
    let rank = |ty: &Type| match ty {
        Type::Known(sql_type) => order.iter().position(|known| *known == sql_type.base()).unwrap_or(0),
        _ => 0,
    };
    Type::Known(order[rank(one).max(rank(other))].clone())
}

/// A value of the type, as a user types it.
fn example(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::SmallInt | SqlType::Integer | SqlType::BigInt | SqlType::Real | SqlType::Double => "a number stands without quotes: 0".to_owned(),
        SqlType::Numeric(_) => "a number stands without quotes: 0, 9.99".to_owned(),
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
