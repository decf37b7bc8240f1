use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::{Diagnostic, Edit};
use crate::place::{Key, Place};
use crate::schema::{Column, SoftDelete, SqlType};

pub(super) static RULE: Rule = Rule {
    id: "soft_delete",
    summary: "A soft-deleted table has the profile's marker column, and says so.",
    why: "With the marker but without the word, reads show deleted rows and unique keys still count them; with the \
          word but without the marker, there is nothing to set.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}",
    good: "
#[derive(Table)]
#[table(soft_delete)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}",
    settings: "",
    waivable: false,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let marker = profile.soft_delete;
    let field = match marker {
        SoftDelete::DeletedAt => "pub deleted_at: Option<DateTime<Utc>>,",
        SoftDelete::IsDeleted => "pub is_deleted: bool,",
    };
    let column = table.column(marker.column());
    if table.soft_delete.is_none() {
        // One that is NOT NULL is set on every row: it says when something was deleted, not whether this row was.
        // Nor does one of a type that no marker has: older tables keep such a column in their own way.
        let typed = |column: &Column| column.sql_type == SqlType::Timestamptz || column.sql_type.unresolved().is_some();
        let marks = |column: &Column| marker == SoftDelete::IsDeleted || (column.nullable && typed(column));
        if column.is_some_and(marks) {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::column(&table.name, marker.column()),
                    "the column marks deleted rows, but the table is not soft-deleted",
                )
                .help(attribute::table::flag("soft_delete"))
                .fix(Place::table(&table.name), Edit::AddAttribute(attribute::table::flag("soft_delete"))),
            );
        }
        return;
    }
    let Some(column) = column else {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::table(&table.name).key(Key::SoftDelete),
                format!("the table is soft-deleted, but has no `{}`", marker.column()),
            )
            .help(field),
        );
        return;
    };
    let fits = match marker {
        SoftDelete::DeletedAt => column.sql_type == SqlType::Timestamptz && column.nullable,
        SoftDelete::IsDeleted => column.sql_type == SqlType::Boolean && !column.nullable,
    };
    if !fits {
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, marker.column()).key(Key::Type),
                "the column that marks deleted rows is of another type",
            )
            .help(field),
        );
    }
}
