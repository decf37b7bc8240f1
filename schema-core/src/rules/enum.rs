use heck::ToUpperCamelCase as _;

use super::rust_type;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{SqlType, singular};

pub(super) static RULE: Rule = Rule {
    id: "enum",
    summary: "A column with a fixed set of values (`status`, `kind`, …) is a Rust enum, not a `String`.",
    why: "Free text accepts `shiped`, `Shipped` and an empty string, and the reader of the code cannot tell what else. \
          An enum is matched by the compiler, and the database limits the column to its values.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    status: String,
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
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// The last word of a name that means one of few values.
const FIXED: &[&str] = &["status", "state", "kind", "type", "mode", "severity", "visibility", "priority"];

/// Names that end in such a word and take what others define: standards, files, addresses.
const OPEN: &[&str] = &["content_type", "file_type", "media_type", "mime_type", "token_type", "user_agent_type"];

/// Next to these columns, `state` is a part of an address.
const ADDRESS: &[&str] = &["city", "country", "country_code", "postal_code", "postcode", "zip", "zip_code"];

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let name = column.name.as_str();
        let text = matches!(column.sql_type, SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_));
        if !text || column.enumeration.is_some() || column.external.is_some() || table.references(name) {
            continue;
        }
        let listed = table.checks().find(|sql| sql.fragment.lists_values_of(name));
        let last = name.rsplit('_').next().unwrap_or(name);
        let address =
            last == "state" && ADDRESS.iter().any(|other| table.column(&name.replace("state", other)).is_some());
        let line = || {
            let model = format!("{}_{name}", singular(&table.name)).to_upper_camel_case();
            format!("{name}: {},    with #[derive(Enumeration)] enum {model} {{ … }}", rust_type(column, &model))
        };
        let place = Place::of_type(table, name);
        if let Some(check) = listed {
            found.push(
                Diagnostic::new(RULE.id, place, "a CHECK lists the values, and the program knows only a `String`")
                    .help(format!("{}; drop the check, the enum brings it", line()))
                    .second(check.place.clone(), "the values"),
            );
        } else if FIXED.contains(&last)
            && !OPEN.iter().any(|open| name == *open || name.ends_with(&format!("_{open}")))
            && !address
        {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place,
                    format!("`{name}` has a fixed set of values by its name, but takes any text"),
                )
                .help(format!(
                    "{}\nor, where others decide the values: {}",
                    line(),
                    attribute::column::text("external", "whose")
                )),
            );
        }
    }
}
