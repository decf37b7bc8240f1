//! Row-level security.

use super::alter;
use crate::schema::{Column, Object, Partition, Policy, PolicyCommand, SqlType, Table, derived_name};
use crate::sql::ident::quote;
use crate::sql::statement::Statement;
use crate::sql::text::{Hole, SqlText};

/// Adds the policy that keeps a table to the tenant of the transaction, unless the model declares one of that name.
/// Nothing where no tenant scopes the table, or where its column's type is not known yet.
pub fn scope_by_tenant(table: &mut Table) {
    let policy = tenant_policy(table).filter(|policy| table.policies.iter().all(|own| own.name != policy.name));
    table.policies.extend(policy);
}

fn tenant_policy(table: &Table) -> Option<Policy> {
    let column = tenant_column(table).filter(|column| column.sql_type.unresolved().is_none())?;
    Some(policy_of(
        table,
        column,
        &match column.sql_type.base() {
            SqlType::Text => String::new(),
            other => format!("::{other}"),
        },
    ))
}

fn tenant_column(table: &Table) -> Option<&Column> {
    table.tenant.as_deref().and_then(|tenant| table.column(tenant))
}

fn policy_of(table: &Table, column: &Column, cast: &str) -> Policy {
    // After a transaction that set it, a setting is '' for the rest of the session and not NULL: no tenant either way.
    let tenant = "nullif(current_setting('app.tenant_id', true), '')";
    let condition = format!("{} = {tenant}{cast}", quote(&column.name));
    Policy {
        name: derived_name(&[&table.name, "tenant"]),
        permissive: true,
        using: Some(condition.clone()),
        with_check: Some(condition),
        ..Policy::default()
    }
}

/// Row-level security of a table, as statements; nothing where it has no policy. There is a hole where the type of the tenant's
/// column is a type of the program.
#[must_use]
pub fn create_policies(table: &Table) -> Vec<SqlText> {
    // No identifier and no literal has this byte: the server takes none.
    const HOLE: &str = "\0";
    let unknown = tenant_column(table).filter(|column| column.sql_type.unresolved().is_some());
    let scope = unknown.map(|column| policy_of(table, column, &format!("::{HOLE}")));
    let scope = scope.filter(|scope| table.policies.iter().all(|own| own.name != scope.name));
    let mut statements: Vec<Statement> =
        table.policies.iter().chain(&scope).map(|policy| create_policy(&table.name, policy)).collect();
    if !statements.is_empty() {
        // The policies come first: from the moment that security is on, a row that no policy lets through is hidden.
        statements.extend(enable_row_security(table));
    }
    let with_holes = |statement: Statement| {
        let mut text = SqlText::default();
        for (number, part) in statement.split(HOLE).enumerate() {
            if number > 0 {
                text.hole(Hole::TypeName { column: table.tenant.clone().unwrap_or_default() });
            }
            text.push(part);
        }
        text
    };
    statements.into_iter().map(with_holes).collect()
}

const ENABLE: &str = "ENABLE ROW LEVEL SECURITY";

/// `ENABLE` and `FORCE ROW LEVEL SECURITY`: policies apply to the table's owner too, who is often the program itself. Its
/// partitions are closed, see [`close_partition`].
#[must_use]
pub fn enable_row_security(table: &Table) -> Vec<Statement> {
    let enable = alter(&table.name, ENABLE).makes(Object::row_security(&table.name));
    let partitions = partitions(table).flat_map(|partition| close_partition(&partition.name));
    [enable, force_row_security(&table.name)].into_iter().chain(partitions).collect()
}

/// `NO FORCE` and `DISABLE ROW LEVEL SECURITY`, also of the partitions: everyone sees every row, whatever the policies say.
#[must_use]
pub fn disable_row_security(table: &Table) -> Vec<Statement> {
    let off = |name: &str| [lift_row_security(name), alter(name, "DISABLE ROW LEVEL SECURITY")];
    let [lift, disable] = off(&table.name);
    let partitions = partitions(table)
        .flat_map(|partition| off(&partition.name).map(|it| it.changes(Object::Partition(partition.name.clone()))));
    [lift, disable.drops(Object::row_security(&table.name))].into_iter().chain(partitions).collect()
}

/// Row security without a policy: a statement that names the partition sees no row of it and writes none. What names the
/// table is held to the table's policies alone.
/// <https://www.postgresql.org/docs/current/ddl-rowsecurity.html>
#[must_use]
pub fn close_partition(partition: &str) -> Vec<Statement> {
    let object = || Object::Partition(partition.to_owned());
    vec![alter(partition, ENABLE).changes(object()), force_row_security(partition).changes(object())]
}

fn partitions(table: &Table) -> impl Iterator<Item = &Partition> {
    table.partitioning.iter().flat_map(|partitioning| &partitioning.partitions)
}

/// `FORCE ROW LEVEL SECURITY`: policies apply to the table's owner too.
#[must_use]
pub fn force_row_security(table: &str) -> Statement {
    alter(table, "FORCE ROW LEVEL SECURITY")
}

/// `NO FORCE ROW LEVEL SECURITY`: policies apply to everyone but the table's owner.
#[must_use]
pub fn lift_row_security(table: &str) -> Statement {
    alter(table, "NO FORCE ROW LEVEL SECURITY")
}

/// `CREATE POLICY`.
#[must_use]
pub fn create_policy(table: &str, policy: &Policy) -> Statement {
    let mut sql = format!("CREATE POLICY {} ON {}", quote(&policy.name), quote(table));
    if !policy.permissive {
        sql.push_str("\n    AS RESTRICTIVE");
    }
    let command = policy.command;
    if command != PolicyCommand::All {
        sql.push_str(&format!("\n    FOR {command}"));
    }
    if !policy.roles.is_empty() {
        sql.push_str(&format!("\n    TO {}", roles(policy)));
    }
    conditions(&mut sql, policy);
    sql.push(';');
    Statement::from(sql).makes(Object::policy(table, &policy.name))
}

/// `ALTER POLICY`: roles and conditions change while the policy holds. `None` where the change needs another policy: its
/// command, its kind, or a condition that is dropped.
#[must_use]
pub fn alter_policy(table: &str, old: &Policy, new: &Policy) -> Option<Statement> {
    let goes = |old: &Option<String>, new: &Option<String>| old.is_some() && new.is_none();
    if old.command != new.command
        || old.permissive != new.permissive
        || goes(&old.using, &new.using)
        || goes(&old.with_check, &new.with_check)
    {
        return None;
    }
    let roles = if new.roles.is_empty() { "PUBLIC".to_owned() } else { roles(new) };
    let mut sql = format!("ALTER POLICY {} ON {}\n    TO {roles}", quote(&new.name), quote(table));
    conditions(&mut sql, new);
    sql.push(';');
    Some(Statement::from(sql).changes(Object::policy(table, &new.name)))
}

/// `CURRENT_USER` and the like are words, not names.
fn roles(policy: &Policy) -> String {
    let role = |role: &String| match role.to_ascii_lowercase().as_str() {
        word @ ("public" | "current_role" | "current_user" | "session_user") => word.to_ascii_uppercase(),
        _ => quote(role),
    };
    policy.roles.iter().map(role).collect::<Vec<_>>().join(", ")
}

fn conditions(sql: &mut String, policy: &Policy) {
    if let Some(using) = &policy.using {
        sql.push_str(&format!("\n    USING ({using})"));
    }
    if let Some(check) = &policy.with_check {
        sql.push_str(&format!("\n    WITH CHECK ({check})"));
    }
}

/// `DROP POLICY`.
#[must_use]
pub fn drop_policy(table: &str, name: &str) -> Statement {
    Statement::from(format!("DROP POLICY {} ON {};", quote(name), quote(table))).drops(Object::policy(table, name))
}

/// `ALTER POLICY … RENAME TO …`.
#[must_use]
pub fn rename_policy(table: &str, from: &str, to: &str) -> Statement {
    Statement::from(format!("ALTER POLICY {} ON {}\n    RENAME TO {};", quote(from), quote(table), quote(to)))
        .renames(Object::policy(table, from), Object::policy(table, to))
}
