//! Whether a statement that was running when a runner was killed has finished: an error of the second time is believed only
//! where the catalog agrees with it.

use sqlx::{AssertSqlSafe, PgConnection};
use tablewright_core::sql::quote;

use super::Failed;
use super::effect::{Change, Deed, Effect, Name, Same, Thing, replaced};
use super::file::OneWay;
use super::index::{self, code};
use super::run::{Runner, is_lost};
use super::script::Unit;

impl Runner<'_> {
    /// Whether nothing of what a statement changes is as it will be afterwards. Only then can one see later who did it.
    pub(super) async fn is_untouched(&mut self, unit: &Unit) -> Result<bool, Failed> {
        let Some(effect) = &unit.effect else { return Ok(false) };
        let failed = self.failed("see what is there before a statement runs");
        changes(self.sql(), effect, false).await.map_err(failed)
    }

    /// Whether an error says that a statement has run, and the catalog says so too: what it drops is gone, and what
    /// it creates is there and is the same.
    pub(super) async fn proves(
        &mut self,
        direction: &OneWay,
        unit: &Unit,
        error: &sqlx::Error,
    ) -> Result<bool, Failed> {
        let (Some(effect), Some(code)) = (&unit.effect, code(error)) else { return Ok(false) };
        if !effect.changes.iter().any(|change| change.refusals().contains(&code.as_str())) {
            return Ok(false);
        }
        let failed = self.failed("see whether a statement has run");
        if !changes(self.sql(), effect, true).await.map_err(failed)? {
            return Ok(false);
        }
        // A server that changes no table in a transaction cannot be asked what it would make.
        if self.connection.is_cockroach() {
            return Ok(true);
        }
        let sql = &direction.sql;
        let result = match &effect.same {
            Same::ByName => Ok(true),
            Same::Index(new) => is_same_index(self.sql(), new, &new.on(sql, &unit.range, index::COPY)).await,
            Same::Made(at) => is_same(self.sql(), effect, &|name| replaced(sql, &unit.range, at, name), false).await,
            Same::OnCopy(at) => is_same(self.sql(), effect, &|name| replaced(sql, &unit.range, at, name), true).await,
        };
        match result {
            // What cannot be created a second time cannot be compared.
            Err(error) if !is_lost(&error) => Ok(false),
            other => other.map_err(self.failed("compare what a statement makes with what is there")),
        }
    }
}

/// Whether all changes are done, or all are not.
async fn changes(connection: &mut PgConnection, effect: &Effect, done: bool) -> Result<bool, sqlx::Error> {
    for change in &effect.changes {
        if (is_there(connection, change).await? == (change.deed == Deed::Makes)) != done {
            return Ok(false);
        }
    }
    Ok(true)
}

const TABLE: &str = "(SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace \
     WHERE n.nspname::TEXT = ANY($1) AND c.relname = $2 ORDER BY array_position($1, n.nspname::TEXT) LIMIT 1)";

async fn is_there(connection: &mut PgConnection, change: &Change) -> Result<bool, sqlx::Error> {
    let (from, name, part): (&str, &Name, Option<&str>) = match &change.thing {
        Thing::Relation(name) | Thing::Index(name) => ("pg_class WHERE oid = {table}", name, None),
        Thing::Type(name) => {
            let from = "pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
                        WHERE n.nspname::TEXT = ANY($1) AND t.typname = $2";
            (from, name, None)
        }
        Thing::Schema(schema) => {
            return sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1)")
                .bind(schema)
                .fetch_one(connection)
                .await;
        }
        Thing::Column(table, column) => {
            let from = "pg_attribute WHERE attrelid = {table} AND attname = $3 AND attnum > 0 AND NOT attisdropped";
            (from, table, Some(column))
        }
        Thing::Constraint(table, constraint) => {
            ("pg_constraint WHERE conrelid = {table} AND conname = $3", table, Some(constraint))
        }
        Thing::Trigger(table, trigger) => ("pg_trigger WHERE tgrelid = {table} AND tgname = $3", table, Some(trigger)),
        Thing::Policy(table, policy) => ("pg_policy WHERE polrelid = {table} AND polname = $3", table, Some(policy)),
        Thing::Value(name, label) => {
            let from = "pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid \
                        JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace \
                        WHERE n.nspname::TEXT = ANY($1) AND t.typname = $2 AND e.enumlabel = $3";
            (from, name, Some(label))
        }
    };
    let schemas = schemas(connection, name, change).await?;
    let text = format!("SELECT EXISTS (SELECT 1 FROM pg_catalog.{})", from.replace("{table}", TABLE));
    let query = sqlx::query_scalar(AssertSqlSafe(text)).bind(schemas).bind(&name.name);
    match part {
        Some(part) => query.bind(part).fetch_one(connection).await,
        None => query.fetch_one(connection).await,
    }
}

/// Where a name is looked for: what is recreated is in the first schema of the path, and everything else may be in any.
async fn schemas(connection: &mut PgConnection, name: &Name, change: &Change) -> Result<Vec<String>, sqlx::Error> {
    if let Some(schema) = &name.schema {
        return Ok(vec![schema.clone()]);
    }
    let made = change.deed == Deed::Makes && matches!(change.thing, Thing::Relation(_) | Thing::Type(_));
    let path = if made { "ARRAY[current_schema()::TEXT]" } else { "current_schemas(true)::TEXT[]" };
    let path: Vec<Option<String>> =
        sqlx::query_scalar(AssertSqlSafe(format!("SELECT {path}"))).fetch_one(connection).await?;
    Ok(path.into_iter().flatten().collect())
}

async fn is_same_index(
    connection: &mut PgConnection,
    new: &super::script::NewIndex,
    statement: &str,
) -> Result<bool, sqlx::Error> {
    let index::FoundIndex::Valid { definition, .. } = index::find(connection, new).await? else { return Ok(false) };
    let meant = index::meant(connection, new, statement).await?;
    Ok(meant.is_some_and(|meant| index::shape(&meant) == index::shape(&definition)))
}

/// Runs a statement a second time, under another name or on a copy of the table, in a transaction that is rolled back,
/// and compares what it makes with what is there.
async fn is_same(
    connection: &mut PgConnection,
    effect: &Effect,
    statement: &(dyn Fn(&str) -> String + Sync),
    on_copy: bool,
) -> Result<bool, sqlx::Error> {
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *connection).await?;
    // A temporary table cannot reference another one, so a schema of its own comes first.
    let own = format!("tablewright_copy_{pid}");
    for schema in [own.as_str(), "pg_temp"] {
        sqlx::raw_sql("BEGIN; SET LOCAL lock_timeout = '2s'").execute(&mut *connection).await?;
        let made = async {
            if schema == own {
                raw(connection, format!("CREATE SCHEMA {own}")).await?;
            }
            again(connection, effect, statement, schema, on_copy).await
        }
        .await;
        sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
        match made {
            Err(error) if schema == own && code(&error).as_deref() == Some("42501") => {}
            other => return other,
        }
    }
    Ok(false)
}

async fn raw(connection: &mut PgConnection, text: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await.map(drop)
}

async fn again(
    connection: &mut PgConnection,
    effect: &Effect,
    statement: &(dyn Fn(&str) -> String + Sync),
    schema: &str,
    on_copy: bool,
) -> Result<bool, sqlx::Error> {
    let Some(first) = effect.changes.first() else { return Ok(false) };
    let (name, is_type) = match &first.thing {
        Thing::Relation(name) | Thing::Column(name, _) | Thing::Constraint(name, _) => (name, false),
        Thing::Type(name) => (name, true),
        _ => return Ok(false),
    };
    let schemas = schemas(connection, name, first).await?;
    let catalog =
        if is_type { ("typname", "typnamespace", "pg_type") } else { ("relname", "relnamespace", "pg_class") };
    let text = format!(
        "SELECT c.oid::INT8, n.nspname::TEXT FROM pg_catalog.{} c JOIN pg_catalog.pg_namespace n ON n.oid = c.{} \
         WHERE n.nspname::TEXT = ANY($1) AND c.{} = $2 ORDER BY array_position($1, n.nspname::TEXT) LIMIT 1",
        catalog.2, catalog.1, catalog.0
    );
    let (there, home): (i64, String) =
        sqlx::query_as(AssertSqlSafe(text)).bind(schemas).bind(&name.name).fetch_one(&mut *connection).await?;
    let copy = format!("{}.{}", quote(schema), quote(&name.name));
    if on_copy {
        let real = format!("{}.{}", quote(&home), quote(&name.name));
        prepare(connection, effect, &real, &copy).await?;
    }
    raw(connection, statement(&copy)).await?;
    let class = if is_type { "to_regtype" } else { "to_regclass" };
    let made: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT {class}($1)::OID::INT8")))
        .bind(&copy)
        .fetch_one(&mut *connection)
        .await?;
    let mut shapes = Vec::new();
    for oid in [there, made] {
        let shape =
            if is_type { labels(connection, oid).await? } else { shape(connection, effect, oid, on_copy).await? };
        // The sequence of a column is named with its schema where that is not in the path.
        let bare =
            [schema, &home].iter().fold(shape, |shape, schema| shape.replace(&format!("{}.", quote(schema)), ""));
        shapes.push(bare.replace(&format!("{schema}."), "").replace(&format!("{home}."), ""));
    }
    Ok(shapes[0] == shapes[1])
}

/// Makes a copy of a table as it was before the statement: without what it creates, and with what it drops.
async fn prepare(connection: &mut PgConnection, effect: &Effect, real: &str, copy: &str) -> Result<(), sqlx::Error> {
    raw(connection, format!("CREATE TABLE {copy} (LIKE {real} INCLUDING GENERATED)")).await?;
    for change in &effect.changes {
        let action = match (change.deed, &change.thing) {
            (Deed::Makes, Thing::Column(_, column)) => format!("DROP COLUMN {} CASCADE", quote(column)),
            (Deed::Takes, Thing::Column(_, column)) => format!("ADD COLUMN {} INT", quote(column)),
            (Deed::Takes, Thing::Constraint(_, name)) => format!("ADD CONSTRAINT {} CHECK (TRUE)", quote(name)),
            _ => continue,
        };
        raw(connection, format!("ALTER TABLE {copy} {action}")).await?;
    }
    Ok(())
}

/// Everything that a statement says about a relation; of a copy only what the statement makes.
async fn shape(connection: &mut PgConnection, effect: &Effect, oid: i64, on_copy: bool) -> Result<String, sqlx::Error> {
    let made = effect.changes.iter().filter(|change| change.deed == Deed::Makes);
    let (mut columns, mut constraints) = (Vec::new(), Vec::new());
    for change in made {
        match &change.thing {
            Thing::Column(_, column) => columns.push(column.clone()),
            Thing::Constraint(_, constraint) => constraints.push(constraint.clone()),
            _ => {}
        }
    }
    sqlx::query_scalar(
        "SELECT concat_ws(E'\\n', c.relkind::TEXT, pg_get_partkeydef(c.oid), \
            (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::TEXT, \
                    a.attidentity::TEXT, a.attgenerated::TEXT, a.attcollation::TEXT, pg_get_expr(d.adbin, d.adrelid)), \
                    E'\\n' ORDER BY a.attnum) \
                FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
                AND (NOT $2 OR a.attname::TEXT = ANY($3))), \
            (SELECT string_agg(concat_ws(' ', k.conname, pg_get_constraintdef(k.oid)), E'\\n' ORDER BY k.conname) \
                FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype NOT IN ('n', 't') \
                AND (NOT $2 OR k.conname::TEXT = ANY($4) OR EXISTS (SELECT FROM pg_attribute a \
                    WHERE a.attrelid = c.oid AND a.attnum = ANY(k.conkey) AND a.attname::TEXT = ANY($3)))), \
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END, \
            (SELECT concat_ws(' ', s.seqtypid::TEXT, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle::TEXT) \
                FROM pg_sequence s WHERE s.seqrelid = c.oid)) \
         FROM pg_class c WHERE c.oid = $1::INT8::OID",
    )
    .bind(oid)
    .bind(on_copy)
    .bind(columns)
    .bind(constraints)
    .fetch_one(connection)
    .await
}

async fn labels(connection: &mut PgConnection, oid: i64) -> Result<String, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT coalesce(string_agg(enumlabel, E'\\n' ORDER BY enumsortorder), '') FROM pg_enum \
         WHERE enumtypid = $1::INT8::OID",
    )
    .bind(oid)
    .fetch_one(connection)
    .await
}
