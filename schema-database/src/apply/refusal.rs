//! Statements that no file may have: they end the transaction in which the runner records what it did, change its session,
//! or wait for rows that nobody sends.

use std::ops::Range;

use squawk_syntax::ast::{
    AstNode, CallExpr, Commit, Copy, CopyDirection, CopySource, CopyTarget, DiscardTarget, Do, Reset, ResetTarget,
    Rollback, Set, SetTarget, Stmt,
};
use squawk_syntax::{SourceFile, SyntaxNode};
use tablewright_core::expression::file_too_deep;
use tablewright_core::migrations::Header;

use super::Failed;
use super::error::Refused;
use super::file::OneWay;

/// A statement that a file may not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// What it would do.
    pub what: String,
    /// What to write instead.
    pub help: &'static str,
}

const OWN_MIGRATION: &str = "leave it out: the file is one transaction. What must commit by itself is another migration: cargo schema migrate NAME --empty";
const PAIRS: &str = "write each transaction as BEGIN; … COMMIT; in this file, or each in a migration of its own";
const ROLE: &str = "connect as that role, or give what was made to it: ALTER TABLE … OWNER TO …";
const PATH: &str =
    "write the schema before each name (app.orders), or connect with it: DATABASE_URL=…?options=-csearch_path%3Dapp";
const SESSION: &str = "leave it out: each run has a session of its own, which ends with it";
const ROWS: &str = "write the rows as INSERT INTO … VALUES …, or load them with psql when the migration has run";
const RESTARTABLE: &str = "write it so that it continues where it stopped (UPDATE … WHERE … IS NULL, a batch at a time), and say so in the \
                           header of the file: -- Takes: minutes; it can be stopped, and goes on when it is run again.";
const FLATTER: &str = "write it with fewer brackets in brackets";
const ONE: &str = "put each into a migration of its own: cargo schema migrate NAME --empty";

/// The statements of a file that `apply` and `revert` refuse to run, in their order.
#[must_use]
pub fn refusals(text: &str) -> Vec<Refusal> {
    if let Some(at) = file_too_deep(text) {
        let what = "a statement nests too deep to be read: whether it may run is not known".to_owned();
        return vec![Refusal { range: at..at + 1, what, help: FLATTER }];
    }
    let file = SourceFile::parse(text);
    let header = Header::read(text);
    let mut file_so_far = Reader { alone: header.no_transaction, restarts: header.restarts(), ..Reader::default() };
    for statement in file.tree().stmts() {
        file_so_far.take(&statement);
    }
    if let Some(range) = file_so_far.begun {
        let what = "BEGIN has no COMMIT: whether its statements last depends on what comes after the file".to_owned();
        file_so_far.found.push(Refusal { range, what, help: PAIRS });
    }
    file_so_far.found
}

/// Refuses before the first of the files runs.
pub(super) fn check<'f>(files: impl Iterator<Item = &'f OneWay>) -> Result<(), Failed> {
    let found = files.flat_map(|file| {
        refusals(&file.sql).into_iter().map(|Refusal { range, what, help }| {
            let line = file.sql[..range.start].matches('\n').count() + 1;
            Refused { file: file.path.clone(), line, what, help }
        })
    });
    let found: Vec<Refused> = found.collect();
    if found.is_empty() { Ok(()) } else { Err(Failed::Refused { found }) }
}

#[derive(Default)]
struct Reader {
    /// Whether the file runs outside of a transaction.
    alone: bool,
    /// Whether its header says that it goes on when it is run again.
    restarts: bool,
    /// The `BEGIN` that has no `COMMIT` so far.
    begun: Option<Range<usize>>,
    /// Whether a block that commits came before.
    committed: bool,
    found: Vec<Refusal>,
}

impl Reader {
    fn take(&mut self, statement: &Stmt) {
        let node = statement.syntax();
        let refused = session(node)
            .or_else(|| nested(statement))
            .or_else(|| if self.alone { self.outside(statement) } else { within(statement) });
        if let Some((what, help)) = refused {
            self.found.push(Refusal { range: range(node), what, help });
        }
    }

    /// What a file outside of a transaction may not do with transactions.
    fn outside(&mut self, statement: &Stmt) -> Option<(String, &'static str)> {
        match statement {
            Stmt::Begin(begin) => {
                let open = self.begun.replace(range(begin.syntax()));
                open.map(|_| ("BEGIN within a transaction begins none".to_owned(), PAIRS))
            }
            Stmt::Commit(Commit::CommitTransaction(commit)) => {
                let chains = commit.chain_clause().is_some_and(|chain| !has_word(chain.syntax(), "NO"));
                if self.begun.take().is_none() {
                    Some(("COMMIT has no BEGIN: it ends no transaction".to_owned(), PAIRS))
                } else if chains {
                    Some(("AND CHAIN begins a transaction that the file does not show".to_owned(), PAIRS))
                } else {
                    None
                }
            }
            Stmt::Rollback(Rollback::RollbackTransaction(_)) => {
                self.begun = None;
                Some((
                    "ROLLBACK undoes what comes before it, and the file would be recorded all the same".to_owned(),
                    PAIRS,
                ))
            }
            Stmt::Commit(Commit::CommitPrepared(_))
            | Stmt::Rollback(Rollback::RollbackPrepared(_))
            | Stmt::PrepareTransaction(_) => {
                self.begun = None;
                Some(("a prepared transaction holds its locks until somebody ends it by hand".to_owned(), PAIRS))
            }
            Stmt::Call(_) => {
                self.commits("a procedure that is called outside of a transaction may commit in the middle")
            }
            Stmt::Do(block) if may_commit(block) => self.commits("this block commits in the middle"),
            _ => None,
        }
    }

    /// A block that commits is sent again where it could not get a lock, or where the runner was killed.
    fn commits(&mut self, which: &str) -> Option<(String, &'static str)> {
        // The server refuses that by itself.
        if self.begun.is_some() {
            return None;
        }
        if std::mem::replace(&mut self.committed, true) {
            return Some((format!("{which}, and so may another before it: a file may have one"), ONE));
        }
        if self.restarts {
            return None;
        }
        Some((format!("{which}: where it fails after that it is run again from its start"), RESTARTABLE))
    }
}

/// What a file within the runner's transaction may not do with it.
fn within(statement: &Stmt) -> Option<(String, &'static str)> {
    let what = match statement {
        Stmt::Begin(_) => "BEGIN begins no transaction: the file runs in one already",
        Stmt::Commit(_) => {
            "COMMIT ends the transaction in which the file runs: what comes before it would stay where the rest fails, and run again"
        }
        Stmt::Rollback(Rollback::RollbackTransaction(_) | Rollback::RollbackPrepared(_)) => {
            "ROLLBACK undoes what comes before it, and the file would be recorded all the same"
        }
        Stmt::PrepareTransaction(_) => "PREPARE TRANSACTION ends the transaction in which the file runs",
        _ => return None,
    };
    Some((what.to_owned(), OWN_MIGRATION))
}

/// The same in the statements of a block.
fn nested(statement: &Stmt) -> Option<(String, &'static str)> {
    let Stmt::Do(block) = statement else { return None };
    block.plpgsql()?.syntax().descendants().filter_map(Stmt::cast).find_map(|inner| session(inner.syntax()))
}

/// What changes the session in which the runner also keeps its lock and its record, or never ends.
fn session(node: &SyntaxNode) -> Option<(String, &'static str)> {
    let role = |what: &str| {
        let what = format!(
            "{what} changes the role, and what the runner records and a run that is resumed need the one that connected"
        );
        Some((what, ROLE))
    };
    match Stmt::cast(node.clone())? {
        Stmt::SetRole(_) => role("SET ROLE"),
        Stmt::ResetRole(_) => role("RESET ROLE"),
        Stmt::SetSessionAuth(_) => role("SET SESSION AUTHORIZATION"),
        Stmt::ResetSessionAuth(_) => role("RESET SESSION AUTHORIZATION"),
        Stmt::Set(set) => setting(&set_name(&set)?, "SET"),
        Stmt::Reset(reset) => setting(&reset_name(&reset)?, "RESET"),
        Stmt::Discard(discard) if matches!(discard.discard_target(), Some(DiscardTarget::DiscardAll(_))) => {
            Some(("DISCARD ALL releases the lock that keeps other runners away".to_owned(), SESSION))
        }
        Stmt::Deallocate(all) if all.all_token().is_some() => {
            Some(("DEALLOCATE ALL drops the statements of the runner".to_owned(), SESSION))
        }
        Stmt::Copy(copy) => client(&copy),
        _ => node.descendants().filter_map(CallExpr::cast).find_map(|call| called(&call)),
    }
}

fn setting(name: &str, how: &str) -> Option<(String, &'static str)> {
    match name {
        "search_path" => {
            let what =
                format!("{how} search_path hides the tables of the runner, and a run that is resumed does not have it");
            Some((what, PATH))
        }
        "role" | "session_authorization" => {
            let what =
                format!("{how} {name} changes the role, and what the runner records needs the one that connected");
            Some((what, ROLE))
        }
        _ => None,
    }
}

fn set_name(set: &Set) -> Option<String> {
    match set.set_target()? {
        SetTarget::SetConfig(config) => Some(word(config.config_parameter_ref()?.syntax())),
        SetTarget::SetSchemaValue(_) => Some("search_path".to_owned()),
        _ => None,
    }
}

fn reset_name(reset: &Reset) -> Option<String> {
    match reset.reset_target()? {
        ResetTarget::ConfigParameterRef(parameter) => Some(word(parameter.syntax())),
        _ => None,
    }
}

/// `COPY` with the program that runs the file: it has no rows to send, and takes none.
fn client(copy: &Copy) -> Option<(String, &'static str)> {
    let what = match copy.copy_direction()? {
        CopyDirection::CopyFrom(from) if !matches!(from.copy_source()?, CopySource::CopyProgram(_)) => {
            "COPY … FROM stdin waits for rows from the program that runs the file, and no runner sends them"
        }
        CopyDirection::CopyTo(to) if matches!(to.copy_target()?, CopyTarget::CopyStdout(_)) => {
            "COPY … TO stdout sends rows to the program that runs the file, and no runner takes them"
        }
        _ => return None,
    };
    Some((what.to_owned(), ROWS))
}

fn called(call: &CallExpr) -> Option<(String, &'static str)> {
    let function = word(call.expr()?.syntax());
    match function.strip_prefix("pg_catalog.").unwrap_or(&function) {
        "set_config" => {
            let arguments = word(call.arg_list()?.syntax());
            let name = arguments.strip_prefix("('")?.split('\'').next()?;
            setting(name, "set_config of")
        }
        "pg_advisory_unlock_all" => {
            Some(("pg_advisory_unlock_all releases the lock that keeps other runners away".to_owned(), SESSION))
        }
        _ => None,
    }
}

/// Whether a block ends transactions, or calls what may. One in another language is read by its words.
pub(super) fn may_commit(block: &Do) -> bool {
    const WORDS: [&str; 3] = ["COMMIT", "ROLLBACK", "CALL"];
    match block.plpgsql() {
        Some(body) => WORDS.iter().any(|word| has_word(&body.syntax(), word)),
        None => block.body().is_some_and(|body| {
            let text = body.syntax().text().to_string().to_ascii_uppercase();
            WORDS.iter().any(|word| text.contains(word))
        }),
    }
}

fn has_word(node: &SyntaxNode, word: &str) -> bool {
    node.descendants_with_tokens().any(|it| it.as_token().is_some_and(|token| token.text().eq_ignore_ascii_case(word)))
}

/// A name as the server reads it, without what stands around it.
fn word(node: &SyntaxNode) -> String {
    let tokens = node.descendants_with_tokens().filter_map(|it| it.as_token().map(|token| token.text().to_owned()));
    let told = tokens.filter(|text| !text.trim().is_empty() && !text.starts_with("--") && !text.starts_with("/*"));
    told.collect::<String>().trim_matches('"').to_ascii_lowercase()
}

fn range(node: &SyntaxNode) -> Range<usize> {
    let range = node.text_range();
    usize::from(range.start())..usize::from(range.end())
}
