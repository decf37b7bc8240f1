use heck::ToUpperCamelCase as _;

use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{ReferentialAction, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "foreign_key_declared",
    summary: "A column that ends `_id` references a table, or says whose identifier it is: `#[column(external = \"…\")]`.",
    why: "Without the constraint the server accepts identifiers of rows that never existed or are gone; each such row is a \
          bug that shows months later. An identifier of another system cannot be checked, and says so.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let name = column.name.as_str();
        let Some(stem) = name.strip_suffix("_id").filter(|stem| !stem.is_empty()) else { continue };
        let is_key = matches!(
            column.sql_type,
            SqlType::Uuid
                | SqlType::BigInt
                | SqlType::Integer
                | SqlType::SmallInt
                | SqlType::Text
                | SqlType::Varchar(_)
                | SqlType::Char(_)
                | SqlType::Rust(_)
                | SqlType::Other(_)
        );
        if !is_key
            || column.external.is_some()
            || column.generated.is_some()
            || table.references(name)
            || table.primary_key.columns == [name]
            || profile.tenant.as_deref() == Some(name)
        {
            continue;
        }
        let place = Place::column(&table.name, name);
        let discriminator = ["type", "kind"].iter().find_map(|word| table.column(&format!("{stem}_{word}")));
        if let Some(discriminator) = discriminator {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place,
                    format!(
                        "`{name}` may reference any table that `{}` names, so no constraint can hold it",
                        discriminator.name
                    ),
                )
                .help(format!(
                    "one nullable foreign key for each table, and {}\n\
                     or, in a log that outlives its rows: {}",
                    attribute::check::line("num_nonnulls(a_id, b_id) = 1"),
                    external(&format!("the row that `{}` names", discriminator.name))
                ))
                .second(Place::column(&table.name, &discriminator.name), "the table's name is data here"),
            );
            continue;
        }
        let model = stem.to_upper_camel_case();
        // A text references no table whose keys are numbers or UUIDs: it comes from elsewhere.
        let help = match column.sql_type {
            SqlType::Text | SqlType::Varchar(_) | SqlType::Char(_) => external("whose identifier it is"),
            _ => format!(
                "{}, or {}",
                attribute::references::to(&model, ReferentialAction::Restrict),
                external("whose identifier it is")
            ),
        };
        let message = format!("`{name}` references no table: the server would take any value");
        found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }
}

fn external(whose: &str) -> String {
    attribute::column::text("external", whose)
}
