use super::rust_type;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::{Generated, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "integer_width",
    summary: "Integers are `BIGINT`; `i16` and `i32` say `#[column(small)]` where the values stay small.",
    why: "A counter that reaches 2,147,483,647 stops the service, and widening the column then rewrites the table. \
          Four bytes a row are cheaper, and mostly lost to alignment anyway.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    view_count: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Product {
    id: Uuid,
    view_count: i64,
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
        let (most, narrow) = match column.sql_type {
            SqlType::SmallInt => ("32,767", true),
            SqlType::Integer => ("2,147,483,647", true),
            _ => ("", false),
        };
        if !narrow {
            if column.small && !matches!(column.sql_type, SqlType::Rust(_)) {
                let message = format!("`small` is for i16 and i32, this is {}", column.sql_type);
                found.push(
                    Diagnostic::new(RULE.id, Place::column(&table.name, name).key(Key::Small), message)
                        .help("drop `small`"),
                );
            }
            continue;
        }
        // A key is `primary_key`'s to report, and what references one has the type of the key.
        if table.references(name) || table.primary_key.columns == [name.as_str()] {
            continue;
        }
        let numbered = matches!(column.generated, Some(Generated::IdentityAlways | Generated::IdentityByDefault));
        if numbered {
            let message = format!("a column that the server numbers ends at {most}");
            found.push(Diagnostic::new(RULE.id, place(), message).help(format!("{name}: i64")));
        } else if !column.small {
            let message = format!("{} ends at {most}, and nothing says that this is enough", column.sql_type);
            let small = attribute::column::flag("small");
            let help = format!("{name}: {}, or {small} where the values stay small", rust_type(column, "i64"));
            found.push(Diagnostic::new(RULE.id, place(), message).help(help));
        }
    }
}
