//! Before the first file runs: whether the tables that the files change are what the last migration left.

use std::collections::BTreeMap;

use tablewright_core::migrations::{Lock, Shape, number_of};
use tablewright_core::schema::recorded_table;

use super::Failed;
use super::error::Drifted;
use super::file::File;
use super::run::Runner;
use super::table::Applied;
use crate::{Options, introspect};

/// What `schema.lock` says of the tables, by the number of the migration after which it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded(BTreeMap<i64, BTreeMap<String, Shape>>);

impl Recorded {
    /// What a lock says; nothing of migrations that were written before locks said it.
    #[must_use]
    pub fn of(lock: &Lock) -> Self {
        Self(lock.shapes().filter_map(|(name, tables)| Some((number_of(name)?.into(), tables.clone()))).collect())
    }

    /// What each table should be that the files change. Nothing where that is not known: between the files of one
    /// migration, or where one was left out.
    fn expected(&self, applied: &BTreeMap<i64, Applied>, now: &[&File]) -> BTreeMap<&str, &Shape> {
        let (Some((at, _)), Some(first), Some(last)) = (applied.last_key_value(), now.first(), now.last()) else {
            return BTreeMap::new();
        };
        if !self.0.contains_key(at) || first.version < *at {
            return BTreeMap::new();
        }
        // A migration is recorded at its last file, which may not run yet.
        let end = self.0.range(last.version..).next().map_or(i64::MAX, |(version, _)| *version);
        let changed = self.0.range(first.version..=end).flat_map(|(_, tables)| tables.keys());
        let before = |table: &String| {
            let mut known = self.0.range(..=at).rev().filter_map(|(_, tables)| tables.get_key_value(table));
            known.next().map(|(name, shape)| (name.as_str(), shape))
        };
        changed.filter_map(before).collect()
    }
}

impl Runner<'_> {
    /// Refuses where a table that is to be changed is not what it was recorded to be.
    pub(super) async fn is_as_recorded(
        &mut self,
        applied: &BTreeMap<i64, Applied>,
        now: &[&File],
    ) -> Result<(), Failed> {
        let settings = self.settings;
        let expected = settings.recorded.expected(applied, now);
        if expected.is_empty() || settings.accept_drift || self.connection.is_cockroach() {
            return Ok(());
        }
        let failed = self.failed("ask for the schema of the tables");
        let schema: Option<String> =
            sqlx::query_scalar("SELECT current_schema()::TEXT").fetch_one(self.sql()).await.map_err(failed)?;
        let options = Options::of(&schema.into_iter().collect::<Vec<_>>());
        let found = introspect(&mut self.connection, &options).await?;
        let shape = |name: &str| found.schema.tables.get(name).map(|table| Shape::of(&recorded_table(table)));
        let tables: Vec<Drifted> = expected
            .into_iter()
            .flat_map(|(name, shape_then)| {
                let unlike = shape_then.unlike(shape(name).as_ref());
                unlike.into_iter().map(|unlike| Drifted { table: name.to_owned(), unlike })
            })
            .collect();
        let Some((_, at)) = applied.last_key_value() else { return Ok(()) };
        if tables.is_empty() { Ok(()) } else { Err(Failed::Drifted { after: at.description.clone(), tables }) }
    }
}
