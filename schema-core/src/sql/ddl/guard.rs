//! Blocks that look before something is done, and statements that run only where they must.

use crate::sql::ident::{literal, quote};
use crate::sql::statement::Statement;
use crate::sql::template::{Fill, Literal, Message, Name, NameLiteral, Sql, Statements, template};

template!(RaiseWhere<'a> from "templates/raise_where.sql" { look: &'a dyn Fill });
template!(RaiseIf<'a> from "templates/raise_if.sql" { condition: Sql<'a>, message: Message<'a> });
template!(RaiseIfWithHint<'a> from "templates/raise_if_with_hint.sql" {
    condition: Sql<'a>,
    message: Message<'a>,
    hint: Literal<'a>,
});
template!(RaiseWhereUnfit<'a> from "templates/raise_where_unfit.sql" {
    table: Name<'a>,
    condition: Sql<'a>,
    message: Message<'a>,
    hint: Literal<'a>,
});
template!(UnlessConstraint<'a> from "templates/unless_constraint.sql" {
    table: NameLiteral<'a>,
    name: Literal<'a>,
    statement: Statements<'a>,
});
template!(IfIndex<'a> from "templates/if_index.sql" { index: NameLiteral<'a>, there: Statements<'a> });
template!(IfIndexElse<'a> from "templates/if_index_else.sql" {
    index: NameLiteral<'a>,
    there: Statements<'a>,
    missing: Statements<'a>,
});

/// Raises an exception where a condition holds, with the cure where there is one to name.
#[must_use]
pub fn raise_where(condition: &str, message: &str, hint: Option<&str>) -> Statement {
    let (condition, message) = (Sql(condition), Message(message));
    let text = match hint.map(Literal) {
        Some(hint) => RaiseWhere { look: &RaiseIfWithHint { condition, message, hint } }.sql(),
        None => RaiseWhere { look: &RaiseIf { condition, message } }.sql(),
    };
    text.into()
}

/// The same as a statement within a block.
#[must_use]
pub fn raise_if(condition: &str, message: &str, hint: Option<&str>) -> Statement {
    let (condition, message) = (Sql(condition), Message(message));
    let text = match hint.map(Literal) {
        Some(hint) => RaiseIfWithHint { condition, message, hint }.sql(),
        None => RaiseIf { condition, message }.sql(),
    };
    text.into()
}

/// Raises an exception where a table has rows that meet a condition, with what to do about them.
#[must_use]
pub fn raise_where_rows(table: &str, condition: &str, message: &str, hint: &str) -> Statement {
    raise_where(&format!("EXISTS (SELECT FROM {} WHERE {condition})", quote(table)), message, Some(hint))
}

/// Raises an exception where rows meet a condition. One that casts may itself be refused: the exception is the same.
#[must_use]
pub fn raise_where_unfit(table: &str, condition: &str, message: &str, hint: &str) -> Statement {
    let (condition, message, hint) = (Sql(condition), Message(message), Literal(hint));
    RaiseWhereUnfit { table: Name(table), condition, message, hint }.sql().into()
}

/// Takes the table for this transaction alone, so that no row comes in after they were checked.
#[must_use]
pub fn lock_exclusively(table: &str) -> Statement {
    format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE;", quote(table)).into()
}

/// Waits until every transaction that writes the table has ended. Those that read it go on.
#[must_use]
pub fn wait_for_writers(table: &str) -> Statement {
    format!("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE;", quote(table)).into()
}

/// Whether policies of the table apply to the current role, so that they may hide rows from it.
#[must_use]
pub fn row_security_active(table: &str) -> String {
    format!("row_security_active({})", literal(&quote(table)))
}

/// Whether no policy of any table applies to the current role.
pub const BYPASSES_ROW_SECURITY: &str = "(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)";

/// Runs a statement where the table has no constraint of that name, so that it can be run again.
#[must_use]
pub fn unless_constraint(table: &str, name: &str, statement: Statement) -> Statement {
    let statement = [statement];
    let text =
        UnlessConstraint { table: NameLiteral(table), name: Literal(name), statement: Statements(&statement) }.sql();
    Statement::from(text).runs(&statement)
}

/// Runs one or the other, depending on whether an index of that name exists.
#[must_use]
pub fn if_index(name: &str, there: &[Statement], missing: &[Statement]) -> Statement {
    let run = there.iter().chain(missing);
    let (index, there, missing) = (NameLiteral(name), Statements(there), Statements(missing));
    let text =
        if missing.0.is_empty() { IfIndex { index, there }.sql() } else { IfIndexElse { index, there, missing }.sql() };
    Statement::from(text).runs(run)
}
