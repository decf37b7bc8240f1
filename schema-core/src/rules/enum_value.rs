use super::{Facts, Role, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::Constant;
use crate::schema::{Column, Schema};
use crate::suggest::nearest;

pub(super) static RULE: Rule = Rule {
    id: "enum_value",
    summary: "A value of an enumeration that a default, a check or a predicate names is one of its values.",
    why: "`where = \"status = 'shiped'\"` is an index over no rows, and `default = \"'draft'\"` fails in every INSERT, \
          where the enumeration has neither. The compiler cannot see into the text; this can.",
    bad: "
#[derive(Enumeration)]
enum OrderStatus {
    Pending,
    Shipped,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[column(default = \"'pendign'\")]
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Enumeration)]
enum OrderStatus {
    Pending,
    Shipped,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[column(default = \"'pending'\")]
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: false,
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values().filter(|table| table.columns.iter().any(|column| column.enumeration.is_some()))
    {
        let facts = Facts::new(table);
        for column in &table.columns {
            let Some(enumeration) = column.enumeration.as_ref().and_then(|name| schema.enumerations.get(name)) else {
                continue;
            };
            for sql in &facts.sql {
                let of_this = |other: &Column| other.name == column.name;
                let mut texts = sql.fragment.texts_beside(&column.name);
                if let Role::Default(other) | Role::Backfill(other) | Role::QueryValue(other) = sql.role
                    && of_this(other)
                    && let Some(Constant::Text(text)) = sql.fragment.constant()
                {
                    texts.push(text);
                }
                for text in texts.iter().filter(|text| !enumeration.values.iter().any(|value| value.value == **text)) {
                    let values = || enumeration.values.iter().map(|value| value.value.as_str());
                    let help = match nearest(text, values()) {
                        Some(near) => format!("did you mean '{near}'?"),
                        None => format!(
                            "the values are {}",
                            values().map(|value| format!("'{value}'")).collect::<Vec<_>>().join(", ")
                        ),
                    };
                    let message =
                        format!("'{text}' is not a value of `{}`, which `{}` holds", enumeration.name, column.name);
                    found.push(Diagnostic::new(RULE.id, sql.place.clone(), message).help(help));
                }
            }
        }
    }
}
