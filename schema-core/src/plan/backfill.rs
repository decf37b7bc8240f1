//! Rows are filled by ranges of the primary key, each range in a transaction of its own, so that no row is locked for
//! long and a run that was interrupted goes on where rows are missing.

use super::locks::{LockMode, Locks, Remark};
use super::step::Script;
use crate::dialect::Dialect;
use crate::schema::{Table, derived_name};
use crate::sql::{ddl, literal, quote};

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
    pub(super) guard: Vec<String>,
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
    fn raise(&self) -> String {
        format!(
            "RAISE EXCEPTION {}\n    USING HINT = {};",
            literal(&self.message.replace('%', "%%")),
            literal(&self.hint)
        )
    }

    /// Looks at the rows of a table.
    pub(super) fn before(&self, table: &str) -> String {
        ddl::raise_where_rows(table, &self.rows, &self.message, &self.hint)
    }
}

impl Backfill<'_> {
    /// One file, or three where a loop must be a procedure.
    pub(super) fn scripts(&self, dialect: &Dialect) -> Vec<(Script, Script)> {
        let what = format!(
            "fills {}.{} in batches of {BATCH} rows, each in a transaction of its own",
            self.table.name, self.column
        );
        let locks = Locks::on(LockMode::RowExclusive, [&self.table.name]).remark(Remark::RowsOfABatch);
        let takes = "as long as every row takes to be written; it can be stopped, and goes on when it is run again";
        let run = |statement: String| Script::alone(&what, &locks, takes, statement).reads(&self.table.name);
        let stays = || Script::nothing(format!("leaves what is in {}.{}", self.table.name, self.column));
        if self.table.primary_key.columns.is_empty() {
            let update = format!("{};", self.update(""));
            if self.guard.is_empty() {
                return vec![(run(update), stays())];
            }
            let lines: Vec<String> = self.guard.iter().chain([&update]).map(|line| ddl::indented(line, 4)).collect();
            return vec![(run(format!("DO $$\nBEGIN\n{}\nEND\n$$;", lines.join("\n"))), stays())];
        }
        if dialect.anonymous_loops {
            return vec![(run(format!("DO $$\n{}\n$$;", self.block(dialect))), stays())];
        }
        let name = quote(&derived_name(&["fill", &self.table.name, self.column]));
        let create =
            format!("CREATE PROCEDURE {name}()\n    LANGUAGE plpgsql\n    AS $$\n{}\n$$;", self.block(dialect));
        let quick = |what: &str, statement: String| Script::alone(what, Locks::NONE, "an instant", statement);
        let drop = format!("DROP PROCEDURE {name};");
        vec![
            (quick("creates the procedure that fills the column", create.clone()), quick("drops it", drop.clone())),
            (run(format!("CALL {name}();")), stays()),
            (quick("drops the procedure that filled the column", drop), quick("creates it", create)),
        ]
    }

    fn update(&self, range: &str) -> String {
        let and = if range.is_empty() { String::new() } else { format!("{range}\n            AND ") };
        format!(
            "UPDATE {}\n        SET {} = {}\n        WHERE {and}{}",
            quote(&self.table.name),
            quote(self.column),
            self.value,
            self.missing
        )
    }

    fn block(&self, dialect: &Dialect) -> String {
        let key: Vec<String> = self.table.primary_key.columns.iter().map(|column| quote(column)).collect();
        let variables = |word: &str| -> Vec<String> {
            self.table.primary_key.columns.iter().map(|column| self.variable(word, column)).collect()
        };
        let (first, last) = (variables("first"), variables("last"));
        let row = |list: &[String]| if list.len() == 1 { list[0].clone() } else { format!("({})", list.join(", ")) };
        let types = self.table.primary_key.columns.iter().map(|name| {
            self.table
                .column(name)
                .map_or_else(|| "TEXT".to_owned(), |column| ddl::type_text(&column.sql_type, dialect))
        });
        let types: Vec<String> = types.collect();
        let declared = first.iter().zip(&types).chain(last.iter().zip(&types));
        let mut declared: String = declared.map(|(name, sql_type)| format!("    {name} {sql_type};\n")).collect();
        let (mut told, mut as_before) = (String::new(), String::new());
        if dialect.anonymous_loops {
            // Who looks at the sessions of the server sees how far it is.
            let (done, name) = (self.variable("rows", "done"), self.variable("session", "name"));
            declared.push_str(&format!(
                "    {done} BIGINT := 0;\n    {name} TEXT := current_setting('application_name');\n"
            ));
            let rows = literal(&format!(" rows of {}", self.table.name));
            told = format!(
                "        {done} := {done} + {BATCH};\n        PERFORM set_config('application_name', 'backfill: ' || {done} || \
                 {rows}, false);\n"
            );
            as_before = format!("    PERFORM set_config('application_name', {name}, false);\n");
        }
        let table = quote(&self.table.name);
        let ascending = key.join(", ");
        let descending = key.iter().map(|column| format!("{column} DESC")).collect::<Vec<_>>().join(", ");
        let range = format!("{} >= {} AND {} <= {}", row(&key), row(&first), row(&key), row(&last));
        let guard: String = self.guard.iter().map(|line| format!("{}\n", ddl::indented(line, 8))).collect();
        format!(
            "\
DECLARE
{declared}BEGIN
    LOOP
{guard}        IF {start} IS NULL THEN
            SELECT {ascending} INTO {firsts} FROM {table} ORDER BY {ascending} LIMIT 1;
        ELSE
            SELECT {ascending} INTO {firsts} FROM {table} WHERE {key_row} > {last_row} ORDER BY {ascending} LIMIT 1;
        END IF;
        EXIT WHEN {start} IS NULL;
        SELECT {ascending} INTO {lasts}
        FROM (SELECT {ascending} FROM {table} WHERE {key_row} >= {first_row} ORDER BY {ascending} LIMIT {BATCH}) AS batch
        ORDER BY {descending} LIMIT 1;
        {update};
        COMMIT;
{told}    END LOOP;
{as_before}END",
            firsts = first.join(", "),
            lasts = last.join(", "),
            start = first[0],
            key_row = row(&key),
            first_row = row(&first),
            last_row = row(&last),
            update = self.guarded(&range, dialect),
        )
    }

    /// The update, with words of its own where a value has no form.
    fn guarded(&self, range: &str, dialect: &Dialect) -> String {
        let update = self.update(range);
        let Some(refusal) = self.refuses.as_ref().filter(|_| dialect.anonymous_loops) else { return update };
        let deeper = |text: &str, by: usize| text.replace('\n', &format!("\n{}", " ".repeat(by)));
        format!(
            "BEGIN\n            IF EXISTS (\n                SELECT FROM {} WHERE {range}\n                    AND {}\n            ) THEN\n\
             {:16}{}\n            END IF;\n            {};\n        EXCEPTION WHEN data_exception THEN\n            {}\n        END",
            quote(&self.table.name),
            refusal.rows,
            "",
            deeper(&refusal.raise(), 16),
            deeper(&update, 4),
            deeper(&refusal.raise(), 12),
        )
    }

    /// A variable that no column of the table is named like.
    fn variable(&self, word: &str, column: &str) -> String {
        let mut name = derived_name(&[word, column]);
        while self.table.column(&name).is_some() {
            name.push('_');
        }
        quote(&name)
    }
}
