use super::rust_type;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "jsonb",
    summary: "JSON is `JSONB`, and has a Rust type (`Json<T>`), a CHECK on its form, or a stated reason.",
    why: "JSON keeps the text and parses it for every query; JSONB is parsed once and can be indexed. A document \
          without a form is a table that no one designed: every reader guesses which keys are there.",
    bad: "
#[derive(Table)]
struct Event {
    id: Uuid,
    payload: serde_json::Value,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Event {
    id: Uuid,
    payload: Json<Payload>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let name = &column.name;
        let place = || Place::of_type(table, name);
        let is = |sql_type: &SqlType, wanted: &SqlType| match sql_type {
            SqlType::Array(element) => element.as_ref() == wanted,
            other => other == wanted,
        };
        if is(&column.sql_type, &SqlType::Json) {
            let message = "JSON keeps the text and parses it for every query: JSONB is parsed once";
            found.push(Diagnostic::new(RULE.id, place(), message).help("drop the `type`: Json<T> is JSONB"));
        } else if column.sql_type == SqlType::Jsonb
            && !column.typed_json
            && column.reason.is_none()
            && column.generated.is_none()
        {
            let checked = table.checks().any(|sql| sql.fragment.column_names().contains(name));
            if !checked {
                found.push(
                    Diagnostic::new(
                        RULE.id,
                        place(),
                        "nothing says what the document holds: no Rust type, no CHECK, no reason",
                    )
                    .help(format!(
                        "{name}: {}, or {}",
                        rust_type(column, "Json<T>"),
                        attribute::column::text("reason", "kept as received from …")
                    )),
                );
            }
        }
    }
}
