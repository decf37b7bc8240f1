//! Rows are filled by ranges of the primary key, each range in a transaction of its own, so that no row is locked for
//! long and a run that was interrupted continues where rows are missing.

use super::Script;
use super::locks::{LockMode, Locks, Remark};
use crate::dialect::Dialect;
use crate::schema::{Table, derived_name};
use crate::sql::Statement;
use crate::sql::template::{Fill, Literal, Message, Name, Sql, Statements, template};
use crate::sql::{ddl, quote};

/// Rows of one transaction: few enough that a row's lock is held for some ten milliseconds.
pub(super) const BATCH: u32 = 1_000;

/// What is filled.
pub(super) struct Backfill<'a> {
    /// The table as it is while it runs.
    pub(super) table: &'a Table,
    /// The column.
    pub(super) column: &'a str,
    /// The value, as SQL over the row.
    pub(super) value: &'a str,
    /// The rows that still want one, as SQL over the row.
    pub(super) missing: &'a str,
    /// What to say where a value has no form in the column's type.
    pub(super) refuses: Option<Refusal>,
    /// What each transaction begins with, so that it sees every row.
    pub(super) guard: Vec<Statement>,
}

/// Rows whose values would not survive.
pub(super) struct Refusal {
    /// The rows, as SQL over the row.
    pub(super) rows: String,
    /// What is said of them.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: String,
}

impl Refusal {
    /// Looks at the rows of a table.
    pub(super) fn before(&self, table: &str) -> Statement {
        ddl::raise_where_rows(table, &self.rows, &self.message, &self.hint)
    }
}

template!(Block<'a> from "templates/block.sql" { body: Loop<'a> });
template!(Procedure<'a> from "templates/fill_procedure.sql" { name: Name<'a>, body: Loop<'a> });
template!(AtOnce<'a> from "templates/fill_at_once.sql" {
    table: Name<'a>,
    column: Name<'a>,
    value: Sql<'a>,
    missing: Sql<'a>,
});
template!(AtOnceSeeingEveryRow<'a> from "templates/fill_at_once_seeing_every_row.sql" {
    guard: Statements<'a>,
    table: Name<'a>,
    column: Name<'a>,
    value: Sql<'a>,
    missing: Sql<'a>,
});
template!(Loop<'a> from "templates/fill.sql" {
    variables: Statements<'a, String>,
    guard: Statements<'a>,
    start: Sql<'a>,
    key: Sql<'a>,
    descending: Sql<'a>,
    firsts: Sql<'a>,
    lasts: Sql<'a>,
    table: Name<'a>,
    key_row: Sql<'a>,
    first_row: Sql<'a>,
    last_row: Sql<'a>,
    batch: Sql<'a>,
    update: &'a dyn Fill,
    progress: Option<Progress<'a>>,
    end: Option<End<'a>>,
});
template!(
    #[derive(Clone, Copy)]
    Update<'a> from "templates/fill_update.sql" {
        table: Name<'a>,
        column: Name<'a>,
        value: Sql<'a>,
        key_row: Sql<'a>,
        first_row: Sql<'a>,
        last_row: Sql<'a>,
        missing: Sql<'a>,
    }
);
template!(UpdateOrRefuse<'a> from "templates/fill_update_or_refuse.sql" {
    table: Name<'a>,
    key_row: Sql<'a>,
    first_row: Sql<'a>,
    last_row: Sql<'a>,
    refused: Sql<'a>,
    message: Message<'a>,
    hint: Literal<'a>,
    update: Update<'a>,
});
template!(Progress<'a> from "templates/fill_progress.sql" { done: Name<'a>, batch: Sql<'a>, rows: Literal<'a> });
template!(End<'a> from "templates/fill_end.sql" { name: Name<'a> });

/// What a loop names: its variables are named like no column of the table.
struct Names {
    key: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    done: String,
    session: String,
}

/// How a file says how long it takes that is written to be run again after any of its commits.
pub(crate) const GOES_ON: &str = "goes on when it is run again";

impl Backfill<'_> {
    /// One file, or three where a loop must be a procedure.
    pub(super) fn scripts(&self, dialect: &Dialect) -> Vec<(Script, Script)> {
        let what = format!(
            "fills {}.{} in batches of {BATCH} rows, each in a transaction of its own",
            self.table.name, self.column
        );
        let locks = Locks::on(LockMode::RowExclusive, [&self.table.name]).remark(Remark::RowsOfABatch);
        let takes = format!("as long as every row takes to be written; it can be stopped, and {GOES_ON}");
        let run = |statement: String| Script::alone(&what, &locks, &takes, statement.into()).reads(&self.table.name);
        let stays = || Script::nothing(format!("leaves what is in {}.{}", self.table.name, self.column));
        if self.table.primary_key.columns.is_empty() {
            return vec![(run(self.at_once()), stays())];
        }
        if dialect.anonymous_loops {
            return vec![(run(self.in_loop(dialect, |body| Block { body }.sql())), stays())];
        }
        let name = derived_name(&["fill", &self.table.name, self.column]);
        let create = self.in_loop(dialect, |body| Procedure { name: Name(&name), body }.sql());
        let quick = |what: &str, statement: String| Script::alone(what, Locks::NONE, "an instant", statement.into());
        let name = quote(&name);
        let drop = format!("DROP PROCEDURE {name};");
        vec![
            (quick("creates the procedure that fills the column", create.clone()), quick("drops it", drop.clone())),
            (run(format!("CALL {name}();")), stays()),
            (quick("drops the procedure that filled the column", drop), quick("creates it", create)),
        ]
    }

    /// One statement, if there is no key to split ranges by.
    fn at_once(&self) -> String {
        let (table, column) = (Name(&self.table.name), Name(self.column));
        let (value, missing) = (Sql(self.value), Sql(self.missing));
        if self.guard.is_empty() {
            AtOnce { table, column, value, missing }.sql()
        } else {
            AtOnceSeeingEveryRow { guard: Statements(&self.guard), table, column, value, missing }.sql()
        }
    }

    /// The loop over the ranges of the key, in whatever runs it.
    fn in_loop(&self, dialect: &Dialect, around: impl FnOnce(Loop<'_>) -> String) -> String {
        let names = self.names();
        let row = |list: &[String]| if list.len() == 1 { list[0].clone() } else { format!("({})", list.join(", ")) };
        let (key_row, first_row, last_row) = (row(&names.key), row(&names.first), row(&names.last));
        let (key_row, first_row, last_row) = (Sql(&key_row), Sql(&first_row), Sql(&last_row));
        let table = Name(&self.table.name);
        let (value, missing) = (Sql(self.value), Sql(self.missing));
        let update = Update { table, column: Name(self.column), value, key_row, first_row, last_row, missing };
        let refusing;
        // A procedure cannot look before each batch: the file before it does.
        let update: &dyn Fill = match self.refuses.as_ref().filter(|_| dialect.anonymous_loops) {
            None => &update,
            Some(refusal) => {
                let (message, hint) = (Message(&refusal.message), Literal(&refusal.hint));
                let refused = Sql(&refusal.rows);
                refusing = UpdateOrRefuse { table, key_row, first_row, last_row, refused, message, hint, update };
                &refusing
            }
        };
        let batch = BATCH.to_string();
        let batch = Sql(&batch);
        let rows = format!(" rows of {}", self.table.name);
        // Anyone who looks at the server's sessions sees how far it is.
        let tells = dialect.anonymous_loops;
        let descending: Vec<String> = names.key.iter().map(|column| format!("{column} DESC")).collect();
        around(Loop {
            variables: Statements(&self.variables(&names, dialect)),
            guard: Statements(&self.guard),
            start: Sql(&names.first[0]),
            key: Sql(&names.key.join(", ")),
            descending: Sql(&descending.join(", ")),
            firsts: Sql(&names.first.join(", ")),
            lasts: Sql(&names.last.join(", ")),
            table,
            key_row,
            first_row,
            last_row,
            batch,
            update,
            progress: tells.then_some(Progress { done: Name(&names.done), batch, rows: Literal(&rows) }),
            end: tells.then_some(End { name: Name(&names.session) }),
        })
    }

    fn names(&self) -> Names {
        let columns = &self.table.primary_key.columns;
        let variables = |word: &str| columns.iter().map(|column| quote(&self.variable(word, column))).collect();
        Names {
            key: columns.iter().map(|column| quote(column)).collect(),
            first: variables("first"),
            last: variables("last"),
            done: self.variable("rows", "done"),
            session: self.variable("session", "name"),
        }
    }

    /// The declarations.
    fn variables(&self, names: &Names, dialect: &Dialect) -> Vec<String> {
        let types = self.table.primary_key.columns.iter().map(|name| {
            self.table
                .column(name)
                .map_or_else(|| "TEXT".to_owned(), |column| ddl::type_text(&column.sql_type.value(), dialect))
        });
        let types: Vec<String> = types.collect();
        let range = names.first.iter().zip(&types).chain(names.last.iter().zip(&types));
        let mut variables: Vec<String> = range.map(|(name, sql_type)| format!("{name} {sql_type};")).collect();
        if dialect.anonymous_loops {
            variables.push(format!("{} BIGINT := 0;", quote(&names.done)));
            variables.push(format!("{} TEXT := current_setting('application_name');", quote(&names.session)));
        }
        variables
    }

    /// A variable that no column of the table is named like.
    fn variable(&self, word: &str, column: &str) -> String {
        let mut name = derived_name(&[word, column]);
        while self.table.column(&name).is_some() {
            name.push('_');
        }
        name
    }
}
