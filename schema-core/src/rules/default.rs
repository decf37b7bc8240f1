use super::{Facts, Role, Rule, RuleCheck, Sql};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::{Constant, Wanted};
use crate::place::{Key, Place};
use crate::schema::{Column, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "default",
    summary: "A default is a value of its column's type that the column's own checks admit and that its Rust type holds; so is \
          what backfills it.",
    why: "It is stated once, so that every program that leaves the column out gets the same row. One of a wrong type \
          fails in the migration; one that a CHECK refuses fails in every INSERT that relies on it; \
          with `infinity`, no row can be read.",
    bad: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(default = \"'none'\")]
    view_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(default = \"0\")]
    view_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for sql in &table.sql {
        let (Role::Default(column) | Role::Backfill(column)) = sql.role else { continue };
        let is_default = matches!(sql.role, Role::Default(_));
        if is_default && column.generated.is_some() {
            let other = Place::column(&table.name, &column.name);
            found.push(
                Diagnostic::new(
                    RULE.id,
                    sql.place.clone(),
                    "the server fills the column by itself: a default has no use",
                )
                .help("drop the `default`")
                .second(other.key(Key::Generated), "it is computed or numbered"),
            );
            continue;
        }
        // The columns that it names are `unknown_column`'s to report.
        if is_default && !sql.fragment.references().columns.is_empty() {
            continue;
        }
        let problems = sql.fragment.examine(table, Wanted::Value(column)).problems;
        let refused = problems.is_empty().then(|| refusal(table, sql, column)).flatten();
        for finding in problems {
            let help = if is_default { format!("default = \"…\": {}", finding.help) } else { finding.help };
            found.push(Diagnostic::new(RULE.id, sql.place.clone(), finding.message).help(help));
        }
        if let Some(what) = not_held(sql, column) {
            let message =
                format!("{what} is a value that no Rust type of the column holds: reading the row would fail");
            found.push(
                Diagnostic::new(RULE.id, sql.place.clone(), message)
                    .help("make the field an `Option`: NULL says that there is none"),
            );
            continue;
        }
        if let Some(check) = refused {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    sql.place.clone(),
                    format!("{} is refused by the column's own check", sql.fragment.text),
                )
                .help("a default that meets the check")
                .second(check.place.clone(), check.fragment.text.clone()),
            );
        }
    }
}

/// The check of the column that does not admit a constant.
fn refusal<'a>(table: &'a Facts<'_>, sql: &Sql<'_>, column: &Column) -> Option<&'a Sql<'a>> {
    let constant = sql.fragment.constant()?;
    table.checks().find(|check| !check.fragment.admits(&column.name, &constant))
}

/// A constant that the server takes and that the driver cannot read.
/// <https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES>
fn not_held(sql: &Sql<'_>, column: &Column) -> Option<String> {
    let Constant::Text(text) = sql.fragment.constant()? else { return None };
    let word = text.trim().to_ascii_lowercase();
    let infinite = matches!(word.trim_start_matches(['+', '-']), "infinity" | "inf");
    let held = match column.sql_type.base() {
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => !infinite,
        SqlType::Time => !word.starts_with("24:"),
        SqlType::Numeric(_) => !infinite && word != "nan",
        _ => true,
    };
    (!held).then(|| format!("'{}'", text.trim()))
}
