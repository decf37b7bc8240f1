//! A migrated database, read back: the planner finds nothing left to do.

use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::plan::{self, Allowed};
use tablewright_core::schema::Schema;
use tablewright_database::{Access, Options};

/// What differs when a database is compared with the schema that it was migrated to.
pub async fn leftover(url: &str, schema: &Schema, profile: &Profile) -> Option<String> {
    if schema.customs.values().any(|it| it.alone) {
        // A handmade index is in no model.
        return None;
    }
    // `schema.lock` knows which hints were followed, a database does not.
    let mut schema = schema.clone();
    for table in schema.tables.values_mut() {
        table.renamed_from = None;
        table.columns.iter_mut().for_each(|column| column.renamed_from = None);
    }
    let schema = &schema;
    let mut connection = match tablewright_database::connect(url, Access::Write).await {
        Ok(connection) => connection,
        Err(error) => return Some(format!("read back: {error}")),
    };
    let mut found =
        match tablewright_database::compare(&mut connection, None, schema, profile, &Options::default()).await {
            Ok(found) => found,
            Err(error) => return Some(format!("read back: {error}")),
        };
    // No model states the user's own SQL.
    let beyond: Vec<String> =
        found.broken().filter(|_| schema.customs.is_empty()).map(|it| format!("{}: {}", it.name, it.what)).collect();
    if !beyond.is_empty() {
        return Some(format!("read back: {}", beyond.join("; ")));
    }
    let by_hand = |table: &str| schema.customs.values().any(|it| it.up.contains(&format!("CREATE TABLE {table} ")));
    found.schema.tables.retain(|name, _| schema.tables.contains_key(name) || !by_hand(name));
    match plan::plan(&found.schema, schema, profile, &Allowed::default()) {
        Ok(plan) if plan.steps.is_empty() => None,
        Ok(plan) => {
            let steps: Vec<&str> = plan.steps.iter().map(|step| step.up.what.as_str()).collect();
            Some(format!("read back, something is left to do: {}", steps.join("; ")))
        }
        Err(refused) => {
            let texts: Vec<String> = refused.iter().map(Diagnostic::text).collect();
            Some(format!("read back, something is left that is refused: {}", texts.join("; ")))
        }
    }
}
