use heck::ToUpperCamelCase as _;

use super::{Facts, Role, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{SqlType, singular};

pub(super) static RULE: Rule = Rule {
    id: "normal_form",
    summary: "Relations are rows: no array of identifiers, no identifier inside JSON, no numbered columns (`phone1`, \
          `phone2`).",
    why: "No foreign key can check an element of an array or a value in a document, and no plain index finds it. A third \
          phone number would be a migration, and every query asks each column in turn.",
    bad: "
#[derive(Table)]
struct Team {
    id: Uuid,
    member_ids: Vec<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[table(junction)]
struct TeamMember {
    #[references(Team, on_delete = cascade)]
    team_id: Uuid,
    #[references(User, on_delete = cascade)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    arrays(table, found);
    documents(table, found);
    repeated(table, found);
}

fn arrays(table: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let SqlType::Array(element) = &column.sql_type else { continue };
        let name = &column.name;
        let ids = name.ends_with("_ids") && !matches!(**element, SqlType::Rust(_));
        if (**element == SqlType::Uuid || ids) && column.external.is_none() {
            let other = name.strip_suffix("_ids").unwrap_or(name).rsplit('_').next().unwrap_or(name);
            let model = format!("{}{}", singular(&table.name), format_args!("_{other}")).to_upper_camel_case();
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_type(table, name),
                    "an array of identifiers: no foreign key can hold its elements",
                )
                .help(format!("a table of its own: {} struct {model} {{ … }}", attribute::table::flag("junction"))),
            );
        }
    }
}

fn documents(table: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    for sql in &table.sql {
        // A generated column is how such a value becomes a column.
        if matches!(sql.role, Role::Generated(_) | Role::Backfill(_) | Role::Default(_)) {
            continue;
        }
        for key in sql.fragment.document_keys() {
            if key.ends_with("_id") {
                found.push(
                    Diagnostic::new(
                        RULE.id,
                        sql.place.clone(),
                        format!("`{key}` is an identifier inside a document: nothing ties it to a row"),
                    )
                    .help(format!(
                        "a column of its own, `{key}`, with #[references(…)] or #[column(generated = \"…\")]"
                    )),
                );
            }
        }
    }
}

/// Stems whose numbered columns are not lists: lines of an address, versions of an algorithm.
const NO_LISTS: &[&str] = &["line", "street", "address", "sha", "md", "ipv", "utf", "oauth", "s", "level"];

fn repeated(table: &Facts<'_>, found: &mut Vec<Diagnostic>) {
    let numbered = |name: &str| -> Option<(String, u32)> {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = name[stem.len()..].parse().ok()?;
        Some((stem.trim_end_matches('_').to_owned(), number))
    };
    for column in &table.columns {
        let Some((stem, number)) = numbered(&column.name) else { continue };
        let last = stem.rsplit('_').next().unwrap_or(&stem);
        if number > 1 || stem.len() < 2 || NO_LISTS.contains(&last) {
            continue;
        }
        let next = table.columns.iter().find(|other| {
            other.sql_type == column.sql_type && numbered(&other.name) == Some((stem.clone(), number + 1))
        });
        if let Some(next) = next {
            let model = format!("{}_{stem}", singular(&table.name)).to_upper_camel_case();
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::column(&table.name, &column.name),
                    format!("`{}` and `{}` are a list laid out as columns", column.name, next.name),
                )
                .help(format!("a table with one row for each: struct {model} {{ … }}"))
                .second(Place::column(&table.name, &next.name), "the next of the list"),
            );
        }
    }
}
