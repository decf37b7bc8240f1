//! Before the first file runs: whether policies hide rows from the role that one of the files must see.

use std::collections::BTreeMap;

use tablewright_core::migrations::Header;
use tablewright_core::plan::Policies;

use super::Failed;
use super::error::Hidden;
use super::file::{File, OneWay};
use super::run::Runner;

/// The tables of a list whose policies apply to the role; those that do not exist yet have none.
const HELD: &str = "SELECT name FROM unnest($1::TEXT[]) AS name
    WHERE row_security_active(to_regclass(quote_ident(name))::oid)";

const ROLE: &str = "SELECT current_user::TEXT, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";

impl Runner<'_> {
    /// Refuses where one of the files, which are to run in this order, could not see every row that it reads.
    pub(super) async fn sees_rows(&mut self, files: &[&File], up: bool) -> Result<(), Failed> {
        if self.connection.is_cockroach() {
            // It has no such function: there the plan was acknowledged.
            return Ok(());
        }
        let texts = files.iter().filter_map(|file| {
            let direction: &OneWay = if up { &file.up } else { file.down.as_ref()? };
            Some((file.name.as_str(), Header::read(&direction.sql)))
        });
        let texts: Vec<_> = texts.collect();
        let mut names: Vec<&str> = texts.iter().flat_map(|(_, text)| text.reads.iter().map(String::as_str)).collect();
        if names.is_empty() {
            return Ok(());
        }
        names.sort_unstable();
        names.dedup();
        let failed = self.failed("ask whether policies hide rows");
        let held: Vec<String> = sqlx::query_scalar(HELD).bind(&names).fetch_all(self.sql()).await.map_err(failed)?;
        let failed = self.failed("ask what the role may see");
        let (role, sees_all): (String, bool) = sqlx::query_as(ROLE).fetch_one(self.sql()).await.map_err(failed)?;
        let mut holds: BTreeMap<&str, bool> = held.iter().map(|table| (table.as_str(), true)).collect();
        let mut hidden: Vec<Hidden> = Vec::new();
        for (file, text) in &texts {
            for table in text.reads.iter().filter(|table| holds.get(table.as_str()) == Some(&true)) {
                if hidden.iter().all(|it| it.table != *table) {
                    hidden.push(Hidden { file: (*file).to_owned(), table: table.clone() });
                }
            }
            for (table, policies) in &text.policies {
                holds.insert(table, *policies == Policies::Forced && !sees_all);
            }
        }
        if hidden.is_empty() { Ok(()) } else { Err(Failed::HiddenRows { role, hidden }) }
    }

    /// Reports whose policies do not apply to the owner, because the file that restores them has not run.
    pub(super) async fn note_lifted(&mut self, files: &[File]) {
        let Ok(applied) = self.applied(files, false).await else { return };
        let mut lifted: BTreeMap<String, &str> = BTreeMap::new();
        for file in files {
            for (table, policies) in Header::read(&file.up.sql).policies {
                if applied.contains_key(&file.version) {
                    match policies {
                        Policies::Lifted => drop(lifted.insert(table, &file.name)),
                        Policies::Forced | Policies::Gone => drop(lifted.remove(&table)),
                    }
                } else if let (Policies::Forced, Some(by)) = (policies, lifted.remove(&table)) {
                    self.note(&format!(
                        "the policies of {table} do not apply to its owner since {by}, until {} has run or {by} is reverted",
                        file.name
                    ));
                }
            }
        }
    }
}
