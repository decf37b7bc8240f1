//! What operators take and give, but for comparisons.

use super::walk::Walk;
use super::{BOOLEAN, Family, Type, Volatility, example, literal, wider};
use crate::expression::tree::Node;
use crate::schema::SqlType;

impl Walk<'_> {
    pub(super) fn operator(
        &mut self,
        node: &Node,
        left: &Node,
        of_left: &Type,
        operator: &str,
        of_right: &Type,
    ) -> Type {
        use Family as F;
        let (one, other) = (of_left.family(), of_right.family());
        let text_only = operator.contains("LIKE")
            || operator.contains("SIMILAR")
            || ["~", "~*", "!~", "!~*", "^@"].contains(&operator);
        if text_only {
            if matches!(one, Some(F::Number | F::Boolean | F::Uuid | F::Moment | F::Jsonb | F::Interval)) {
                let text = self.text(left);
                self.report(
                    node,
                    format!("{operator} is for text, `{text}` is {}", Self::name(of_left)),
                    format!("{text}::text {operator} …"),
                );
            }
            return BOOLEAN;
        }
        match operator {
            "->" | "->>" | "#>" | "#>>" => {
                if matches!(one, Some(family) if !matches!(family, F::Json | F::Jsonb)) {
                    self.report(
                        node,
                        format!("{operator} reads from a document, `{}` is {}", self.text(left), Self::name(of_left)),
                        "name a JSONB column",
                    );
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
                    if !beside_range
                        && matches!(family, Some(F::Number | F::Boolean | F::Uuid | F::Moment | F::Text | F::Bytes))
                    {
                        self.report(
                            node,
                            format!("{operator} is for arrays, ranges and documents, this is {}", Self::name(of)),
                            "compare with `=` or `IN`",
                        );
                        break;
                    }
                }
                if let (Some(F::Jsonb | F::Array), Type::Known(sql_type), Type::Literal(text)) =
                    (one, of_left, of_right)
                    && literal::misfit(text, sql_type)
                {
                    self.report(node, format!("'{text}' is not a valid {sql_type}"), example(sql_type));
                }
                BOOLEAN
            }
            "?" | "?|" | "?&" | "@@" | "@?" => BOOLEAN,
            "||" => self.concatenation(node, of_left, of_right),
            "+" | "-" | "*" | "/" | "%" | "^" => self.arithmetic(node, of_left, operator, of_right),
            _ => Type::Unknown,
        }
    }

    pub(super) fn concatenation(&mut self, node: &Node, of_left: &Type, of_right: &Type) -> Type {
        use Family as F;
        match (of_left.family(), of_right.family()) {
            (Some(F::Text), Some(F::Text) | None) | (None, Some(F::Text)) => Type::Known(SqlType::Text),
            (Some(F::Jsonb), _) | (_, Some(F::Jsonb)) => Type::Known(SqlType::Jsonb),
            (Some(F::Array), _) => of_left.clone(),
            (_, Some(F::Array)) => of_right.clone(),
            (Some(F::Bytes), _) | (_, Some(F::Bytes)) => Type::Known(SqlType::Bytea),
            // Another type is joined as its text, and that of dates, timestamps and intervals is as the session says.
            (Some(family), Some(F::Text)) | (Some(F::Text), Some(family)) => {
                if matches!(family, F::Moment | F::Interval) {
                    self.depends(node, Volatility::Stable);
                }
                Type::Known(SqlType::Text)
            }
            (Some(family), None) | (None, Some(family))
                if matches!(of_left, Type::Literal(_)) || matches!(of_right, Type::Literal(_)) =>
            {
                if matches!(family, F::Moment | F::Interval) {
                    self.depends(node, Volatility::Stable);
                }
                Type::Known(SqlType::Text)
            }
            _ => Type::Unknown,
        }
    }

    pub(super) fn arithmetic(&mut self, node: &Node, of_left: &Type, operator: &str, of_right: &Type) -> Type {
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
                        || (matches!(family, Some(F::Text))
                            && one.is_some()
                            && other.is_some()
                            && !matches!(one, Some(F::Jsonb | F::Json)))
                });
                if let Some((_, of)) = wrong {
                    let message = format!("there is no `{operator}` for {}", Self::name(of));
                    let help = if operator == "+" { "texts are joined by `||`" } else { "count with numbers, or cast" };
                    self.report(node, message, help);
                }
                Type::Unknown
            }
        }
    }
}
