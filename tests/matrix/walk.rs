//! The files of a cell on a server, with the releases that the phases promise to work: up, down and up again.

use sqlx::postgres::PgConnection;
use tablewright_core::migrations::Header;
use tablewright_core::plan::{self, Allowed, Phase, Run, Start, Step};
use tablewright_core::schema::{Column, Generated, Schema, Table};
use tablewright_core::sql::{ddl, quote};

use super::cell::{Rows, Who};
use super::dependents::APPLICATION;
use super::extra;
use super::group::{Group, Planned};
use super::slot::{OWNER, Slot};
use crate::harness::case::Case;
use crate::harness::catalog::{self, Lines};
use crate::harness::database::{self, execute};
use crate::harness::values::{Values, counterpart, counterpart_column};
use crate::harness::{refusal, reread, rows};

/// What went wrong, and where.
pub struct Fault {
    pub stage: String,
    pub text: String,
}

fn fault(stage: &str) -> impl FnOnce(String) -> Fault {
    let stage = stage.to_owned();
    move |text| Fault { stage, text }
}

/// A walk over one cell.
struct Walk<'a> {
    group: &'a Group,
    planned: &'a Planned,
    rows: Rows,
    who: Who,
    slot: &'a mut Slot,
    row: usize,
    faults: Vec<Fault>,
}

/// What the new schema is in a database where nothing was before.
pub async fn fresh(slot: &mut Slot, group: &Group, who: Who) -> Result<Lines, String> {
    slot.clear().await;
    begin(slot, &group.new, group, who).await?;
    Ok(extra::lines(&mut slot.superuser).await)
}

/// The tables of a schema, and the role that owns them.
pub async fn begin(slot: &mut Slot, schema: &Schema, group: &Group, who: Who) -> Result<(), String> {
    if who != Who::Superuser {
        slot.owned().await?;
        execute(&mut slot.superuser, &format!("SET ROLE {OWNER}")).await?;
    }
    database::create(&mut slot.superuser, schema, &group.profile).await?;
    if who == Who::OwnerNotForced {
        for table in schema.tables.values().filter(|table| !table.policies.is_empty()) {
            execute(&mut slot.superuser, &ddl::lift_row_security(&table.name)).await?;
        }
    }
    execute(&mut slot.superuser, "RESET ROLE").await
}

/// Runs the cell. Gives what is wrong: files that do not run end it, the rest does not.
pub async fn walk(
    slot: &mut Slot,
    group: &Group,
    planned: &Planned,
    fresh: &Lines,
    rows: Rows,
    who: Who,
) -> Vec<Fault> {
    slot.clear().await;
    let mut walk = Walk { group, planned, rows, who, slot, row: 101, faults: Vec::new() };
    if let Err(fault) = walk.both_ways(fresh).await {
        walk.faults.push(fault);
    }
    walk.faults
}

/// Whether programs run while the files do.
pub fn is_online(allowed: &Allowed) -> bool {
    !allowed.offline_rename && !allowed.everything && !allowed.acknowledged.iter().any(|words| plan::blocks(words))
}

/// Whether it was said that the releases write no NULL.
fn has_full_rows(allowed: &Allowed) -> bool {
    allowed.acknowledged.iter().any(|words| words.starts_with("no NULL in "))
}

/// Runs a file as sqlx does.
pub async fn run(connection: &mut PgConnection, text: &str) -> Result<(), String> {
    if text.starts_with("-- no-transaction") {
        let done = execute(connection, text).await;
        if done.is_err() {
            // It may have ended in the middle of a transaction of its own.
            execute(connection, "ROLLBACK").await?;
        }
        return done;
    }
    execute(connection, "BEGIN").await?;
    let done = execute(connection, text).await;
    execute(connection, if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

/// What was acknowledged to hold no NULL, a person has filled before it is proved.
pub async fn fill_by_hand(slot: &mut Slot, group: &Group, allowed: &Allowed) -> Result<(), String> {
    let values = Values { schema: &group.new, other: &group.old };
    for path in allowed.acknowledged.iter().filter_map(|words| words.strip_prefix("no NULL in ")) {
        let Some((table, column)) = path.split_once('.') else { continue };
        let Some(table) = group.new.tables.get(table) else { continue };
        if let Some(column) = table.column(column) {
            // A reference to a table that is new begins with its rows.
            let keys = table.foreign_keys.iter().filter(|key| key.columns.contains(&column.name));
            let targets = keys.filter_map(|key| group.new.tables.get(&key.table));
            for target in targets.filter(|target| counterpart(target, &group.old).is_none()) {
                let insert = format!("{} ON CONFLICT DO NOTHING", values.insert(target, 1));
                execute(&mut slot.superuser, &insert).await?;
            }
            refusal::give(&mut slot.superuser, table, column, values).await?;
        }
    }
    Ok(())
}

impl Walk<'_> {
    async fn both_ways(&mut self, fresh: &Lines) -> Result<(), Fault> {
        let (group, planned) = (self.group, self.planned);
        begin(self.slot, &group.old, group, self.who).await.map_err(fault("the old models"))?;
        let start = extra::lines(&mut self.slot.superuser).await;
        self.seed().await.map_err(fault("rows"))?;
        self.grant().await.map_err(fault("grants"))?;
        self.works(false, "before any file").await;
        let at_first = rows::snapshot(&mut self.slot.superuser, &group.old).await;
        let written = self.up().await?;
        self.compare("up", fresh).await;
        let migrated = rows::snapshot(&mut self.slot.superuser, &group.new).await;
        self.kept("up", &rows::lost(&written, &group.old, &migrated, &group.new));
        if self.rows == Rows::None {
            let leftover = reread::leftover(self.slot.database.url(), &group.new, &group.profile).await;
            self.faults.extend(leftover.map(fault("up")));
        }
        let emptied = self.down().await?;
        self.compare("down", &start).await;
        if !emptied {
            let kept = rows::snapshot(&mut self.slot.superuser, &group.old).await;
            let mut through = rows::snapshot_through(&at_first, &group.old, &group.new);
            forget_filled(&mut through, &group.old, &group.new);
            self.kept("down", &rows::lost(&through, &group.old, &kept, &group.old));
        }
        for files in &planned.files {
            if files.phase == Phase::Contract {
                fill_by_hand(self.slot, group, &planned.allowed).await.map_err(fault("the rows without a value"))?;
            }
            self.file(&files.up.text).await.map_err(fault(&format!("up again, {}", files.up.name)))?;
        }
        self.compare("up again", fresh).await;
        Ok(())
    }

    async fn seed(&mut self) -> Result<(), String> {
        let values = Values { schema: &self.group.old, other: &self.group.new };
        if self.rows == Rows::None {
            return Ok(());
        }
        for table in values.tables() {
            for row in 1..=3 {
                execute(&mut self.slot.superuser, &values.insert(table, row)).await?;
            }
            if self.rows == Rows::Nulls {
                for row in 4..=5 {
                    execute(&mut self.slot.superuser, &with_nulls(values, table, row)).await?;
                }
            }
        }
        Ok(())
    }

    /// The application's role may use the tables, and nothing else. Tables that are new are granted as they come, as a person
    /// does.
    async fn grant(&mut self) -> Result<(), String> {
        let (old, new) = (&self.group.old, &self.group.new);
        let is_new = |table: &&Table| counterpart(table, old).is_none();
        let added = new.tables.values().filter(is_new);
        let mut text = format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};\n");
        for table in old.tables.values().chain(added) {
            let name = quote(&table.name);
            text.push_str(&format!(
                "DO $$ BEGIN IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('{name}') AND relkind IN ('r', 'p')) THEN GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APPLICATION}; END IF; END $$;\n"
            ));
        }
        execute(&mut self.slot.superuser, &text).await
    }

    /// Sequences, and the tables that no release knew.
    async fn grant_new(&mut self) -> Result<(), String> {
        let old = &self.group.old;
        let added: Vec<&Table> =
            self.group.new.tables.values().filter(|table| counterpart(table, old).is_none()).collect();
        let mut text = format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};\n");
        for table in added {
            let name = quote(&table.name);
            text.push_str(&format!(
                "DO $$ BEGIN IF to_regclass('{name}') IS NOT NULL THEN GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APPLICATION}; END IF; END $$;\n"
            ));
        }
        execute(&mut self.slot.superuser, &text).await
    }

    /// A release writes and reads its rows; what does not work is noted.
    async fn works(&mut self, is_new: bool, when: &str) {
        let row = self.row;
        self.row += 3;
        let full_rows = has_full_rows(&self.planned.allowed);
        let (old, new) = (&self.group.old, &self.group.new);
        let slot = &mut *self.slot;
        let (release, schema, other) = if is_new { (&mut slot.new, new, old) } else { (&mut slot.old, old, new) };
        let values = Values { schema, other };
        let done = release.works(values, full_rows, row, self.rows == Rows::None).await;
        if let Err(text) = done {
            // A pool closes such a session.
            if text.contains("cached plan must not change result type") {
                release.forget().await;
            }
            self.faults.push(Fault { stage: when.to_owned(), text });
        }
    }

    async fn file(&mut self, text: &str) -> Result<(), String> {
        run(self.slot.migrator(self.who), text).await
    }

    /// Every way up. Gives the rows that the old release left.
    async fn up(&mut self) -> Result<rows::Rows, Fault> {
        let (group, planned) = (self.group, self.planned);
        let online = is_online(&planned.allowed);
        let contract = planned.files.iter().position(|files| files.phase == Phase::Contract);
        let contract = contract.unwrap_or(planned.files.len());
        // A header says it where no moment suits both releases.
        let with = planned.files.iter().rposition(|files| Header::read(&files.up.text).start == Some(Start::Alone));
        let mut written = rows::snapshot(&mut self.slot.superuser, &group.old).await;
        for (number, files) in planned.files.iter().enumerate() {
            if online && number == contract {
                written = self.between(with.is_none()).await;
            }
            if number == contract {
                fill_by_hand(self.slot, group, &planned.allowed).await.map_err(fault("the rows without a value"))?;
            }
            self.file(&files.up.text).await.map_err(fault(&format!("up, {}", files.up.name)))?;
            self.grant_new().await.map_err(fault("grants"))?;
            let after = format!("after {}", files.up.name);
            if online && number < contract {
                self.works(false, &after).await;
            } else if online && with.is_none_or(|with| number >= with) {
                self.works(true, &after).await;
            }
        }
        if online && contract == planned.files.len() {
            written = self.between(true).await;
        } else if !online {
            self.works(true, "after every file").await;
        }
        Ok(written)
    }

    /// Both releases, before the old one goes: each sees what the other wrote.
    async fn between(&mut self, both: bool) -> rows::Rows {
        if both {
            self.works(true, "before the old release goes").await;
            self.works(false, "before it goes").await;
        }
        let (old, new) = (&self.group.old, &self.group.new);
        let written = rows::snapshot(&mut self.slot.superuser, old).await;
        if both {
            let seen = rows::snapshot(&mut self.slot.superuser, new).await;
            self.kept("between the releases", &rows::lost(&written, old, &seen, new));
        }
        written
    }

    /// Every way down. Gives whether rows had to go first.
    async fn down(&mut self) -> Result<bool, Fault> {
        let planned = self.planned;
        let mut emptied = false;
        let values = Values { schema: &self.group.old, other: &self.group.new };
        for (step, files) in planned.plan.steps.iter().zip(&planned.files).rev() {
            let Some(file) = &files.down else { continue };
            let mut done = self.file(&file.text).await;
            if done.is_err() && refusal::refuses(&step.down) {
                // Where no value can be made for a row, the row goes.
                emptied |= if let Ok(emptied) = refusal::obey(&mut self.slot.superuser, &step.down, values).await {
                    emptied
                } else {
                    rows::delete(&mut self.slot.superuser).await;
                    true
                };
                done = self.file(&file.text).await;
            }
            done.map_err(fault(&format!("down, {}", file.name)))?;
        }
        Ok(emptied)
    }

    async fn compare(&mut self, when: &str, expected: &Lines) {
        let found = extra::lines(&mut self.slot.superuser).await;
        // Nothing in a migration says that the policies of the tables apply to their owner.
        let plain = |lines: &Lines| -> Lines {
            let forced = |line: &String| line.replace("security t f", "security t t");
            if self.who == Who::OwnerNotForced { lines.iter().map(forced).collect() } else { lines.clone() }
        };
        // A value that cannot be taken out of its type stays on the way back, and does no harm.
        let stays = |step: &Step| step.name.starts_with("value_") && step.down.run == Run::Nothing;
        let stays = when == "down" && self.planned.plan.steps.iter().any(stays);
        let without = |lines: Lines| -> Lines {
            lines.into_iter().filter(|line| !(stays && line.starts_with("type "))).collect()
        };
        let difference = catalog::difference(&without(plain(expected)), &without(plain(&found)));
        self.faults.extend(difference.map(fault(&format!("{when}, the catalog differs"))));
    }

    /// Notes what was lost and was not given up.
    fn kept(&mut self, when: &str, lost: &[String]) {
        let mut allowed = self.planned.allowed.clone();
        // Rows are told apart by a key, whose values may be given up too.
        let mut keyless = Vec::new();
        for table in self.group.new.tables.values() {
            for column in &table.columns {
                let loses = |name: &str| format!("loses {}.{name}", table.name);
                if !self.planned.allowed.acknowledged.contains(&loses(&column.name)) {
                    continue;
                }
                allowed.acknowledged.extend(column.renamed_from.as_deref().map(loses));
                let follows = |other: &&Column| matches!(&other.generated, Some(Generated::Stored(text)) if text.contains(&column.name));
                allowed.acknowledged.extend(table.columns.iter().filter(follows).map(|other| loses(&other.name)));
                if table.primary_key.columns.contains(&column.name) {
                    keyless.push(format!("a row of {} is gone", table.name));
                }
            }
        }
        let case = Case {
            name: String::new(),
            folder: std::path::PathBuf::new(),
            allowed,
            seed: None,
            between: None,
            no_way_back: None,
            full_rows: false,
        };
        let is_given_up = |lost: &String| case.gives_up(lost) || keyless.iter().any(|words| lost.starts_with(words));
        let lost: Vec<&str> = lost.iter().filter(|lost| !is_given_up(lost)).map(String::as_str).collect();
        if !lost.is_empty() {
            self.faults.push(Fault { stage: format!("{when}, values are lost"), text: lost.join("\n") });
        }
    }
}

/// A NULL that the new schema gave a value keeps that, and so does what is computed from it.
fn forget_filled(rows: &mut rows::Rows, old: &Schema, new: &Schema) {
    for (name, rows) in rows {
        let Some((table, now)) = old.tables.get(name).and_then(|table| Some((table, counterpart(table, new)?))) else {
            continue;
        };
        let is_filled = |name: &String| {
            let column = table.column(name).and_then(|column| counterpart_column(column, now));
            column.is_some_and(|column| !column.nullable)
        };
        for row in rows {
            let filled: Vec<String> =
                row.iter().filter(|(name, value)| value.is_null() && is_filled(name)).map(|it| it.0.clone()).collect();
            let computed = |name: &String| match &table.column(name)?.generated {
                Some(Generated::Stored(text)) => Some(filled.iter().any(|other| text.contains(other))),
                _ => None,
            };
            row.retain(|name, _| !filled.contains(name) && computed(name) != Some(true));
        }
    }
}

/// A row with NULL in every column that takes it.
fn with_nulls(values: Values<'_>, table: &Table, row: usize) -> String {
    let given = table.columns.iter().filter(|column| column.insertable());
    let (names, values): (Vec<String>, Vec<String>) = given
        .map(|column| {
            let value = if column.nullable { None } else { values.value(table, column, row) };
            (quote(&column.name), value.unwrap_or_else(|| "NULL".to_owned()))
        })
        .unzip();
    format!("INSERT INTO {} ({}) VALUES ({})", quote(&table.name), names.join(", "), values.join(", "))
}
