//! Before the first file runs: whether rows are in the way of one of the files, while nothing is locked and nothing is changed.
//!
//! A file looks for itself, right before it locks. What is looked for here is what it would find then, as far as that is
//! known now: nothing that an earlier file of the same run has yet to make or to fill.

use std::collections::BTreeSet;

use sqlx::postgres::PgDatabaseError;
use squawk_syntax::SourceFile;
use squawk_syntax::ast::{AstNode as _, Stmt};
use tablewright_core::migrations::{Header, Writer};
use tablewright_core::sql::{ddl, literal};

use super::Failed;
use super::error::InTheWay;
use super::file::File;
use super::index::code;
use super::run::{Runner, is_lost};

/// What a look raises when it finds rows.
const FOUND: &str = "P0001";

/// What ended a look that found nothing.
enum Looked {
    /// It saw every row.
    All,
    /// The time did not suffice.
    Partly,
    /// What it looks at is not there yet.
    Later,
    /// It found rows.
    Found(InTheWay),
}

impl Runner<'_> {
    /// Refuses where rows would stop one of the files, which are to run in this order.
    pub(super) async fn look_ahead(&mut self, files: &[&File]) -> Result<(), Failed> {
        if self.connection.is_cockroach() {
            // Its files have no block of code that could look.
            return Ok(());
        }
        let mut found = Vec::new();
        let mut changed: BTreeSet<String> = BTreeSet::new();
        for file in files {
            let header = Header::read(&file.up.sql);
            // What a person wrote may change any row, and a name may belong to another table from here on.
            let is_known = header.writer == Some(Writer::Migrate);
            if !is_known && !file.goes_up_without_a_statement() || header.renames_offline() {
                break;
            }
            if header.looks.iter().all(|table| !changed.contains(table)) {
                for look in looks(&file.up.sql) {
                    match self.look(file, look).await? {
                        Looked::Found(rows) => found.push(rows),
                        Looked::Partly => self.note(&format!(
                            "there was no time to look at every row of {} for {}: it looks again before it locks anything",
                            header.looks.join(" and "),
                            file.name
                        )),
                        Looked::All | Looked::Later => {}
                    }
                }
            }
            changed.extend(header.changes);
        }
        if found.is_empty() { Ok(()) } else { Err(Failed::InTheWay { found }) }
    }

    async fn look(&mut self, file: &File, look: &str) -> Result<Looked, Failed> {
        let begin = format!(
            "BEGIN READ ONLY; SET LOCAL statement_timeout = {}; SET LOCAL lock_timeout = {}",
            self.settings.look.as_millis(),
            literal(&self.settings.lock_timeout)
        );
        let partly = format!("SELECT coalesce(current_setting('{}', true), '') = 'partly'", ddl::LOOKED);
        let result = async {
            self.raw(begin).await?;
            self.watched(look.to_owned()).await?;
            sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(partly)).fetch_one(self.sql()).await
        }
        .await;
        let failed = self.failed("end a look at the rows");
        let ended = self.raw("ROLLBACK".to_owned()).await.map_err(failed);
        let error = match result {
            Ok(partly) => return ended.map(|()| if partly { Looked::Partly } else { Looked::All }),
            Err(error) => error,
        };
        if self.is_interrupted() {
            return Err(Failed::Interrupted { name: None });
        }
        if is_lost(&error) {
            return Err(self.failed("look at the rows")(error));
        }
        ended?;
        Ok(match (code(&error).as_deref(), in_the_way(file, &error)) {
            (Some(FOUND), Some(rows)) => Looked::Found(rows),
            // A lock that another holds, or a statement that was cancelled.
            (Some("55P03" | "57014" | "40P01"), _) => Looked::Partly,
            _ => Looked::Later,
        })
    }
}

/// What the look says of the rows.
fn in_the_way(file: &File, error: &sqlx::Error) -> Option<InTheWay> {
    let error = error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?;
    Some(InTheWay {
        file: file.name.clone(),
        what: error.message().to_owned(),
        which: error.detail().unwrap_or_default().to_owned(),
        cure: error.hint().unwrap_or_default().to_owned(),
    })
}

/// The looks of a file.
fn looks(sql: &str) -> Vec<&str> {
    let parse = SourceFile::parse(sql);
    let is_look = |text: &&str| text.lines().any(|line| line == ddl::LOOK);
    let blocks = parse.tree().stmts().filter(|statement| matches!(statement, Stmt::Do(_)));
    let ranges = blocks.map(|block| block.syntax().text_range());
    ranges.map(|range| &sql[usize::from(range.start())..usize::from(range.end())]).filter(is_look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_told_from_other_blocks() {
        let look = ddl::look(
            "SELECT id::TEXT AS found FROM orders WHERE note IS NULL",
            "some",
            "the first: ",
            "SELECT 1;",
            "no",
        );
        let text = format!(
            "-- Up: a.\nSET LOCAL lock_timeout = '2s';\n\n{look}\n\nDO $$ BEGIN NULL; END $$;\nALTER TABLE orders ADD a INT;\n"
        );
        assert_eq!(looks(&text), [look.as_str()]);
        assert!(looks("this is no SQL").is_empty());
    }
}
