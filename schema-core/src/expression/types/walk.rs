//! Down the tree, a type up from each node.

use squawk_parser::SyntaxKind::{
    ALL_FN, ANY_FN, ARRAY_EXPR, BETWEEN_EXPR, BIN_EXPR, BIT_STRING, BYTE_STRING, CALL_EXPR, CASE_EXPR, CAST_EXPR,
    COLLATE, CURRENT_CATALOG_KW, CURRENT_DATE_KW, CURRENT_ROLE_KW, CURRENT_SCHEMA_KW, CURRENT_TIME_KW,
    CURRENT_TIMESTAMP_KW, CURRENT_USER_KW, DOLLAR_QUOTED_STRING, ELSE_CLAUSE, ESC_STRING, FALSE_KW, FIELD_EXPR,
    INDEX_EXPR, INT_NUMBER, LITERAL, LOCALTIME_KW, LOCALTIMESTAMP_KW, MINUS, NAME_REF, NOT_KW, NULL_KW, NUMERIC_NUMBER,
    PAREN_EXPR, PLUS, PREFIX_EXPR, SESSION_USER_KW, SOME_FN, STRING, TRUE_KW, TUPLE_EXPR, UNICODE_ESC_STRING, USER_KW,
    WHEN_CLAUSE_LIST,
};

use super::{BOOLEAN, Family, Finding, Type, Volatility, example, family, literal};
use crate::expression::tree::Node;
use crate::expression::{QUERIES, folded};
use crate::schema::{Column, SqlType, Table};

pub(super) struct Walk<'a> {
    pub(super) sql: &'a str,
    pub(super) table: &'a Table,
    /// Whether it may ask a query, of which nothing is said then.
    pub(super) takes_queries: bool,
    pub(super) found: Vec<Finding>,
    pub(super) volatile: Vec<(String, Volatility)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(sql: &'a str, table: &'a Table) -> Self {
        Self { sql, table, takes_queries: false, found: Vec::new(), volatile: Vec::new() }
    }

    pub(super) fn text(&self, node: &Node) -> &'a str {
        &self.sql[node.span()]
    }

    pub(super) fn report(&mut self, node: &Node, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Finding { message: message.into(), help: help.into(), range: node.span() });
    }

    pub(super) fn depends(&mut self, node: &Node, volatility: Volatility) {
        self.volatile.push((self.text(node).to_owned(), volatility));
    }

    pub(super) fn name(ty: &Type) -> String {
        match ty {
            Type::Known(sql_type) => sql_type.to_string(),
            Type::Literal(text) => format!("'{text}'"),
            Type::Null => "NULL".to_owned(),
            Type::Unknown => "unknown".to_owned(),
        }
    }

    pub(super) fn column(&self, node: &Node) -> Option<&'a Column> {
        match node.kind {
            NAME_REF | FIELD_EXPR => self.table.column(&folded(self.text(node))),
            PAREN_EXPR if node.nodes().count() == 1 => self.column(node.nodes().next()?),
            _ => None,
        }
    }

    pub(super) fn infer(&mut self, node: &Node) -> Type {
        match node.kind {
            LITERAL => self.literal(node),
            NAME_REF => self.word(node),
            FIELD_EXPR => self.column_type(node),
            PAREN_EXPR => match node.nodes().next() {
                Some(inner) if node.nodes().count() == 1 => self.infer(inner),
                _ => Type::Unknown,
            },
            COLLATE => self.collated(node),
            PREFIX_EXPR => self.prefix(node),
            BIN_EXPR => self.binary(node),
            BETWEEN_EXPR => self.between(node),
            CAST_EXPR => self.cast(node),
            CALL_EXPR => self.call(node),
            CASE_EXPR => self.case(node),
            ARRAY_EXPR => {
                let elements: Vec<Type> = node.nodes().map(|part| self.infer(part)).collect();
                match elements.into_iter().find(|element| matches!(element, Type::Known(_))) {
                    Some(Type::Known(element)) if !matches!(element, SqlType::Array(_)) => {
                        Type::Known(SqlType::Array(Box::new(element)))
                    }
                    _ => Type::Unknown,
                }
            }
            INDEX_EXPR => {
                let types: Vec<Type> = node.nodes().map(|part| self.infer(part)).collect();
                match types.into_iter().next() {
                    Some(Type::Known(SqlType::Array(element))) => Type::Known(*element),
                    Some(Type::Known(sql_type)) if !matches!(family(&sql_type), None | Some(Family::Jsonb)) => {
                        self.report(node, format!("{sql_type} has no elements"), "drop the brackets");
                        Type::Unknown
                    }
                    _ => Type::Unknown,
                }
            }
            kind if QUERIES.contains(&kind) => {
                if self.takes_queries {
                    return Type::Unknown;
                }
                self.report(
                    node,
                    "a query is not allowed here: the expression sees one row",
                    "keep to the columns of the row",
                );
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

    fn collated(&mut self, node: &Node) -> Type {
        let Some(inner) = node.nodes().next() else { return Type::Unknown };
        let found = self.infer(inner);
        if let Type::Known(sql_type) = &found
            && family(sql_type).is_some_and(|family| !matches!(family, Family::Text | Family::Array))
        {
            let message = format!("`{}` is {sql_type}, and only a text has a collation", self.text(inner));
            self.report(node, message, "drop the COLLATE");
        }
        found
    }

    /// Reports an expression that is a row of values, or several rows.
    pub(super) fn one_value(&mut self, node: &Node) {
        match node.kind {
            PAREN_EXPR if node.nodes().count() == 1 => node.nodes().for_each(|inner| self.one_value(inner)),
            TUPLE_EXPR => self.report(node, "this is a row of values, not one value", "write one value"),
            CALL_EXPR => {
                let name = node.nodes().next().map_or("", |function| self.text(function));
                if name.eq_ignore_ascii_case("row") {
                    self.report(node, "this is a row of values, not one value", "write one value");
                }
            }
            _ => {}
        }
    }

    pub(super) fn literal(&self, node: &Node) -> Type {
        let text = self.text(node);
        match node.tokens().next().map(|(kind, _)| kind) {
            Some(INT_NUMBER) if text.parse::<i32>().is_ok() => Type::Known(SqlType::Integer),
            Some(INT_NUMBER) if text.parse::<i64>().is_ok() => Type::Known(SqlType::BigInt),
            Some(INT_NUMBER | NUMERIC_NUMBER) => Type::Known(SqlType::Numeric(None)),
            Some(TRUE_KW | FALSE_KW) => BOOLEAN,
            Some(NULL_KW) => Type::Null,
            Some(BIT_STRING | BYTE_STRING) => Type::Known(SqlType::Other("BIT".to_owned())),
            Some(STRING | ESC_STRING | UNICODE_ESC_STRING | DOLLAR_QUOTED_STRING) if node.tokens().count() == 1 => {
                literal::text_of(text).map_or(Type::Unknown, Type::Literal)
            }
            _ => Type::Unknown,
        }
    }

    pub(super) fn word(&mut self, node: &Node) -> Type {
        let moment = match node.first_token() {
            Some(CURRENT_TIMESTAMP_KW) => SqlType::Timestamptz,
            Some(LOCALTIMESTAMP_KW) => SqlType::Timestamp,
            Some(CURRENT_DATE_KW) => SqlType::Date,
            Some(LOCALTIME_KW) => SqlType::Time,
            Some(
                CURRENT_USER_KW | SESSION_USER_KW | CURRENT_ROLE_KW | USER_KW | CURRENT_SCHEMA_KW | CURRENT_CATALOG_KW,
            ) => SqlType::Text,
            Some(CURRENT_TIME_KW) => SqlType::Other("TIMETZ".to_owned()),
            _ => return self.column_type(node),
        };
        self.depends(node, Volatility::Stable);
        Type::Known(moment)
    }

    pub(super) fn column_type(&self, node: &Node) -> Type {
        match self.column(node) {
            // A value of an enumeration is checked against its values, elsewhere.
            Some(column) if column.enumeration.is_some() || column.sql_type.unresolved().is_some() => Type::Unknown,
            Some(column) => Type::Known(column.sql_type.clone()),
            None => Type::Unknown,
        }
    }

    /// Reports an operand that is not a condition.
    pub(super) fn condition(&mut self, node: &Node, found: &Type, of: &str) {
        if let Type::Literal(text) = found {
            self.fits_condition(node, text, of);
        }
        if let Some(column) = self.column(node).filter(|column| column.enumeration.is_some()) {
            let message = format!("{of} is true or false, `{}` is a value of an enumeration", column.name);
            return self.report(node, message, format!("compare it: {} = '…'", column.name));
        }
        if let Type::Known(sql_type) = found
            && family(sql_type).is_some_and(|family| family != Family::Boolean)
        {
            let text = self.text(node);
            self.report(
                node,
                format!("{of} is true or false, `{text}` is {sql_type}"),
                format!("compare it: {text} = …, {text} IS NOT NULL"),
            );
        }
    }

    fn fits_condition(&mut self, node: &Node, text: &str, of: &str) {
        if literal::misfit(text, &SqlType::Boolean) {
            self.report(node, format!("{of} is true or false, '{text}' is neither"), "compare a column with it");
        }
    }

    pub(super) fn prefix(&mut self, node: &Node) -> Type {
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

    pub(super) fn between(&mut self, node: &Node) -> Type {
        let parts: Vec<&Node> = node.nodes().collect();
        let types: Vec<Type> = parts.iter().map(|part| self.infer(part)).collect();
        if let ([value, low, high], [of_value, of_low, of_high]) = (parts.as_slice(), types.as_slice()) {
            self.compare(value, of_value, low, of_low);
            self.compare(value, of_value, high, of_high);
        }
        BOOLEAN
    }

    pub(super) fn binary(&mut self, node: &Node) -> Type {
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
                        self.report(item, message, "drop the NULL, and say `… IS NULL` next to it");
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
    pub(super) fn test(&mut self, node: &Node, left: &Node, of_left: &Type, right: &Node, not: bool) {
        if right.first_token() != Some(NULL_KW) {
            self.condition(left, of_left, "what IS TRUE asks");
            return;
        }
        let marker = self.table.soft_delete.map(crate::schema::SoftDelete::column);
        if let Some(column) =
            self.column(left).filter(|column| !column.nullable && marker != Some(column.name.as_str()))
        {
            let always = if not { "always" } else { "never" };
            let message = format!("`{}` is {always} true: `{}` is NOT NULL", self.text(node), column.name);
            self.report(node, message, format!("drop it, or make `{}` an `Option`", column.name));
        }
    }

    pub(super) fn comparison(&mut self, node: &Node, left: &Node, of_left: &Type, operator: &str, right: &Node) {
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
            self.report(
                node,
                format!("`{}` compares the column with itself: it is {always} true", self.text(node)),
                "name the other column",
            );
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

    pub(super) fn compare(&mut self, left: &Node, of_left: &Type, right: &Node, of_right: &Type) {
        match (of_left, of_right) {
            (Type::Known(sql_type), Type::Literal(text)) => self.fits(left, sql_type, right, text),
            (Type::Literal(text), Type::Known(sql_type)) => self.fits(right, sql_type, left, text),
            _ => {
                let (Some(one), Some(other)) = (of_left.family(), of_right.family()) else { return };
                if one != other {
                    let message = format!(
                        "`{}` is {} and `{}` is {}: they do not compare",
                        self.text(left),
                        Self::name(of_left),
                        self.text(right),
                        Self::name(of_right)
                    );
                    let quoted = matches!(right.kind, LITERAL) && one == Family::Text;
                    let help = if quoted {
                        format!("'{}'", self.text(right))
                    } else {
                        "compare values of one type, or cast one of them".to_owned()
                    };
                    self.report(right, message, help);
                }
            }
        }
    }

    /// Reports a text that is not a value of the type opposite.
    pub(super) fn fits(&mut self, typed: &Node, sql_type: &SqlType, node: &Node, text: &str) {
        if literal::misfit(text, sql_type) {
            let message = format!("'{text}' is not a valid {sql_type}, which `{}` is", self.text(typed));
            self.report(node, message, example(sql_type));
        }
    }

    pub(super) fn case(&mut self, node: &Node) -> Type {
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
}
