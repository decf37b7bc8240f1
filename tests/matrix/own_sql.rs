//! SQL of the user's own that stands on the column of a change.

use super::dependents::{APPLICATION, given, never_null, unstated};
use super::pair::{Pair, Reason};

/// SQL of the user's own that goes on without the column where it is dropped.
#[expect(clippy::unnecessary_wraps, reason = "it ends the functions of the table, which may refuse")]
pub fn custom(
    pair: &mut Pair,
    name: &'static str,
    up: impl Fn(&str, &str) -> String,
    down: &str,
) -> Result<(), Reason> {
    for side in [&mut pair.old, &mut pair.new] {
        if side.model.item.is_empty() {
            continue;
        }
        let column = side.column.as_ref().map_or("number", |column| &column.name);
        let up = up(&side.model.table, column);
        let down = down.replace("{table}", &side.model.table).replace("{column}", column);
        side.model.custom(name, up, down);
    }
    Ok(())
}

pub fn view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE VIEW seen AS\n    SELECT number AS place, {column} AS value FROM {table} WHERE {column} IS NOT NULL;\nGRANT SELECT ON seen TO {APPLICATION};\n"
        )
    };
    custom(pair, "seen", up, "DROP VIEW seen;\n")
}

pub fn view_of_view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE VIEW inner_seen AS\n    SELECT number AS place, {column} AS value FROM {table};\nCREATE VIEW outer_seen AS\n    SELECT value FROM inner_seen WHERE place > 0;\n"
        )
    };
    custom(pair, "seen_twice", up, "DROP VIEW outer_seen;\nDROP VIEW inner_seen;\n")
}

pub fn materialized_view(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!("CREATE MATERIALIZED VIEW kept AS\n    SELECT number AS place, {column} AS value FROM {table};\n")
    };
    custom(pair, "kept", up, "DROP MATERIALIZED VIEW kept;\n")
}

pub fn function_atomic(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE FUNCTION subject_of(wanted BIGINT) RETURNS TEXT LANGUAGE sql STABLE\n    BEGIN ATOMIC\n        SELECT {column}::TEXT FROM {table} WHERE number = wanted;\n    END;\n"
        )
    };
    custom(pair, "subject_of", up, "DROP FUNCTION subject_of(BIGINT);\n")
}

pub fn function_string(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE FUNCTION subject_of(wanted BIGINT) RETURNS TEXT LANGUAGE sql STABLE AS $$\n    SELECT {column}::TEXT FROM {table} WHERE number = wanted\n$$;\n"
        )
    };
    custom(pair, "subject_of", up, "DROP FUNCTION subject_of(BIGINT);\n")
}

pub fn rule(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!(
            "CREATE RULE never AS ON DELETE TO {table}\n    WHERE old.{column} IS NULL AND old.number < 0 DO ALSO NOTHING;\n"
        )
    };
    custom(pair, "never", up, "DROP RULE never ON {table};\n")
}

pub fn statistics(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        let other = if column == "number" { "created_at" } else { "number" };
        format!("CREATE STATISTICS of_items ON {column}, {other} FROM {table};\n")
    };
    custom(pair, "of_items", up, "DROP STATISTICS of_items;\n")
}

pub fn statistics_target(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "targets",
        |table, column| format!("ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 500;\n"),
        "ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1;\n",
    )
}

pub fn owned_sequence(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "counter",
        |table, column| format!("CREATE SEQUENCE counter OWNED BY {table}.{column};\n"),
        "DROP SEQUENCE counter;\n",
    )
}

pub fn publication(pair: &mut Pair) -> Result<(), Reason> {
    let up = |table: &str, column: &str| {
        format!("CREATE PUBLICATION told FOR TABLE {table} (id, {column}) WITH (publish = 'insert');\n")
    };
    if pair.old.model.without_id || pair.new.model.without_id {
        return Err(Reason::StatedByChange);
    }
    if pair.columns().any(|column| column.says("generated")) {
        return Err(Reason::GivenByServer);
    }
    custom(pair, "told", up, "DROP PUBLICATION told;\n")
}

pub fn column_privileges(pair: &mut Pair) -> Result<(), Reason> {
    custom(
        pair,
        "granted",
        |table, column| format!("GRANT SELECT ({column}) ON {table} TO PUBLIC;\n"),
        "REVOKE SELECT ({column}) ON {table} FROM PUBLIC;\n",
    )
}

pub fn replica_identity(pair: &mut Pair) -> Result<(), Reason> {
    given(pair)?;
    never_null(pair)?;
    unstated(pair, "#[unique(")?;
    if pair.columns().any(|column| column.says("unique")) {
        return Err(Reason::StatedByChange);
    }
    for side in [&mut pair.old, &mut pair.new] {
        if side.model.item.is_empty() {
            continue;
        }
        let column = side.column.as_ref().map_or("id", |column| &column.name);
        side.model.attribute(format!("#[unique({column}, number, name = \"items_identity\")]"));
        side.model.custom(
            "identity",
            format!("ALTER TABLE {} REPLICA IDENTITY USING INDEX items_identity;\n", side.model.table),
            format!("ALTER TABLE {} REPLICA IDENTITY DEFAULT;\n", side.model.table),
        );
    }
    Ok(())
}
