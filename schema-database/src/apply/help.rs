//! What to do about what stopped a runner.

use tablewright_core::plan;

use super::state::State;
use super::{Failed, HalfDone};

impl Failed {
    /// What to type, or what to do.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Files { .. } => "name the files like 001_create_users.up.sql".to_owned(),
            Self::Database(error) => return error.help(),
            Self::Statement { error, state, .. } => return of_statement(error, *state),
            Self::Dirty { version, .. } => format!(
                "see how much of it is there. All of it: UPDATE _sqlx_migrations SET success = TRUE WHERE version = {version}; \
                 none of it: DELETE FROM _sqlx_migrations WHERE version = {version};"
            ),
            Self::Missing { .. } => {
                "this is an older checkout, or another program's database: git pull, or look at the URL".to_owned()
            }
            Self::Changed { name } => format!(
                "a file that has run in a database must not change: restore it (git checkout -- …/{name}.up.sql) and write a new one"
            ),
            Self::Renumbered { last, .. } => format!(
                "go back with the files that it ran, then run this again: git worktree add ../before COMMIT    and there: \
                 cargo schema revert URL --to {last}\nCOMMIT is the branch's last before the merge; cargo schema rebase named it"
            ),
            Self::ChangedUnderway { name, version, done } => format!(
                "restore the file (git checkout -- …/{name}.up.sql) and run it again\nor take back by hand what {} did, then: \
                 DELETE FROM _tablewright_underway WHERE version = {version};    and run this again: it runs the file from its start",
                statements(*done)
            ),
            Self::UnderwayWithoutFile { version, done } => format!(
                "this is an older checkout, or another branch: git pull\nor take back by hand what {} did, then: \
                 DELETE FROM _tablewright_underway WHERE version = {version};",
                statements(*done)
            ),
            Self::RevertUnderway(half) => {
                let HalfDone { name, version, loses, .. } = half.as_ref();
                let flag = if loses.is_some() { " --accept-loss" } else { "" };
                format!(
                    "to finish it: cargo schema revert{flag}    to keep the migration: restore by hand what {name}.down.sql has \
                     dropped so far, then: DELETE FROM _tablewright_underway WHERE version = {version};"
                )
            }
            Self::Pooled => {
                "give the address of the server itself, or of a pool with pool_mode = session: DATABASE_URL=…".to_owned()
            }
            Self::Busy { .. } => "wait for it and run this again, or wait longer: --wait 1h".to_owned(),
            Self::Stuck { event, .. } if event.starts_with("Client") => {
                "see what it wants of the program that runs it: a runner sends it nothing".to_owned()
            }
            Self::Blocked { blockers, .. } | Self::Stuck { blockers, .. } => match blockers.first() {
                Some(first) => format!(
                    "end what holds the lock (SELECT pg_terminate_backend({});), or try for longer: --wait 1h",
                    first.pid
                ),
                None => "try for longer: --wait 1h".to_owned(),
            },
            Self::OtherIndex { index, .. } => {
                format!("see which one is right; to get the one in the file: DROP INDEX CONCURRENTLY {index};")
            }
            Self::NameTaken { index, .. } => {
                format!("give one of the two another name, for example: ALTER INDEX {index} RENAME TO …;    then run this again")
            }
            Self::NoWayDown { name } => format!("git checkout -- …/{name}.down.sql"),
            Self::Loses { .. } => "if that is intended: cargo schema revert … --accept-loss".to_owned(),
            Self::NoSuchVersion { .. } => "cargo schema revert URL --to 3 leaves 001 to 003 applied".to_owned(),
            Self::Refused { found } => {
                let mut helps: Vec<&str> = found.iter().map(|it| it.help).collect();
                helps.dedup();
                helps.join("\n")
            }
            Self::HiddenRows { hidden, .. } => {
                plan::cures(&hidden.iter().map(|it| it.table.as_str()).collect::<Vec<_>>())
            }
            Self::Drifted { .. } => "cargo schema drift URL    shows each difference with its SQL: put it back by hand, or state it in the \
                                     models and migrate\nor: cargo schema apply … --accept-drift    where the files fit it as it is"
                .to_owned(),
            Self::InTheWay { found } => {
                let cures: Vec<&str> = found.iter().map(|rows| rows.cure.as_str()).collect();
                format!("{}\nthen run this again", cures.join("\n"))
            }
            Self::LeaseLost | Self::Unanswered { .. } => "run it again: what was done is recognised, and the rest is run".to_owned(),
            Self::Interrupted { .. } => "run it again to go on".to_owned(),
        })
    }
}

/// What to do about a statement of a file.
fn of_statement(error: &sqlx::Error, state: State) -> Option<String> {
    Some(match state {
        State::Unknown => "run it again: what was done is recognised, and the rest is run".to_owned(),
        State::Part { version, done } => {
            let fix = of_database(error).unwrap_or_else(|| "fix the cause".to_owned());
            format!("{fix}; then run it again: it continues after what was done\n{}", without(version, done))
        }
        State::Unproven { version, next } => format!(
            "see what is there. If it did not run: fix the cause and run this again. If it did: \
             UPDATE _tablewright_underway SET units_done = {}, is_running = FALSE WHERE version = {version}; \
             then run this again: it continues after it",
            next + 1
        ),
        State::Nothing => return of_database(error),
    })
}

/// The ways out for a file whose next statement can never succeed.
fn without(version: i64, done: usize) -> String {
    let statements = statements(done);
    let after = done + 1;
    format!(
        "or, if it can never succeed:\ndo by hand what it was to do, then: UPDATE _tablewright_underway SET units_done = {after} \
         WHERE version = {version};    and run this again: it continues after that statement\n\
         or take back by hand what {statements} did, then: DELETE FROM _tablewright_underway WHERE version = {version};    and correct \
         the file, or take it away"
    )
}

fn statements(done: usize) -> String {
    if done == 1 { "its first statement".to_owned() } else { format!("its first {done} statements") }
}

/// The remedy for an error of the server.
fn of_database(error: &sqlx::Error) -> Option<String> {
    let database = error.as_database_error()?;
    let postgres = database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()?;
    let known = match postgres.code() {
        "57014" if postgres.message().contains("statement timeout") => {
            "a statement took longer than the file allows: [timeouts] statement in schema.toml, for future files"
        }
        "23505" => "existing rows break the rule: find them, fix them, and run it again",
        "23502" | "23503" | "23514" => "existing rows break the rule: fix them, and run it again",
        "42501" => "run it as the owner of the tables, or GRANT what is missing",
        "53100" => "the disk of the server is full",
        _ => return postgres.hint().map(ToOwned::to_owned),
    };
    Some(known.to_owned())
}
