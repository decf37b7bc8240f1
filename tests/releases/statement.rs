//! A statement of a release, chosen at random, and what it does to the rows.

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tablewright_core::schema::{Column, SqlType, Table};
use tablewright_core::sql::{literal, quote};

use super::reference::{Held, Reference, View};
use super::sides::{Side, is_constant, type_name};
use super::subject::Beside;
use crate::harness::database::execute;
use crate::harness::random::Random;
use crate::harness::values::Values;

/// The kinds of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Insert,
    Copy,
    Merge,
    Upsert,
    /// `SET subject = …`
    Set,
    SetNull,
    /// `SET subject = subject`
    Touch,
    /// `SET number = number + 1`
    Add,
    /// A column that the change does not know.
    Beside,
    Delete,
    Rekey,
}

const VERBS: [Verb; 16] = [
    Verb::Insert,
    Verb::Insert,
    Verb::Insert,
    Verb::Copy,
    Verb::Merge,
    Verb::Upsert,
    Verb::Upsert,
    Verb::Set,
    Verb::Set,
    Verb::Set,
    Verb::SetNull,
    Verb::Touch,
    Verb::Add,
    Verb::Beside,
    Verb::Delete,
    Verb::Rekey,
];

/// What the trigger counts.
const VERSION: &str = "version";

/// Who writes, and what there is to choose from.
pub struct Writer<'w, 'a> {
    pub side: Side,
    pub connection: &'w mut PgConnection,
    pub reference: &'w mut Reference<'a>,
    pub random: &'w mut Random,
    /// Numbers of rows that nobody had.
    pub next: &'w mut usize,
    pub alike: &'static [&'static str],
    pub beside: Beside,
    /// The old release is gone, and with it what it relies on.
    pub alone: bool,
    /// What was run.
    pub log: &'w mut Vec<String>,
}

/// The text of a statement, and the rows that it leaves.
enum Effect {
    Inserts(String, View),
    Updates(String, View),
    Moves(String, String),
    Deletes(String),
}

impl<'a> Writer<'_, 'a> {
    fn table(&self) -> &'a Table {
        self.reference.sides.table(self.side)
    }

    /// Runs one statement. Gives what is wrong, if anything is.
    pub async fn write(&mut self) -> Option<String> {
        let verb = *self.random.of(&VERBS);
        let (sql, effect) = self.statement(verb).await?;
        self.log.push(format!("{}: {sql}", self.side.words()));
        let done = match verb {
            Verb::Copy => self.copy(&sql).await,
            _ => execute(self.connection, &sql).await,
        };
        if let Err(error) = done {
            return Some(format!("{}: {error}", self.side.words()));
        }
        self.apply(effect).await;
        None
    }

    /// Inserts a row in a transaction that stays open: it belongs to whoever commits it.
    pub async fn insert_and_wait(&mut self) -> Option<String> {
        execute(self.connection, "BEGIN").await.unwrap();
        let (id, view) = self.new_row().await;
        let sql = self.insert(&view, "");
        self.log.push(format!("{}, not yet committed: {sql}", self.side.words()));
        if let Err(error) = execute(self.connection, &sql).await {
            execute(self.connection, "ROLLBACK").await.unwrap();
            return Some(format!("{}: {error}", self.side.words()));
        }
        self.apply(Effect::Inserts(id, view)).await;
        None
    }

    /// Inserts a row that the policy hides from the releases.
    pub async fn insert_hidden(&mut self) -> Result<(), String> {
        let (id, mut view) = self.new_row().await;
        let number = *self.next;
        view.insert("number".to_owned(), Held::Is(Some(format!("-{number}"))));
        let sql = self.insert(&view, "");
        execute(self.connection, &sql).await?;
        self.reference.hidden.insert(id.clone());
        self.apply(Effect::Inserts(id, view)).await;
        Ok(())
    }

    async fn apply(&mut self, effect: Effect) {
        let (id, operation) = match &effect {
            Effect::Inserts(id, _) => (id, "INSERT"),
            Effect::Updates(id, _) | Effect::Moves(_, id) => (id, "UPDATE"),
            Effect::Deletes(id) => (id, "DELETE"),
        };
        self.reference.fired(id, operation);
        match effect {
            Effect::Inserts(id, view) => self.reference.inserted(self.side, &id, view).await,
            Effect::Updates(id, mut set) => {
                set.extend(self.next_version(&id).await);
                self.reference.updated(self.side, &id, set).await;
            }
            Effect::Moves(id, now) => {
                let set: View = self.next_version(&id).await.into_iter().collect();
                self.reference.updated(self.side, &id, set).await;
                self.reference.moved(self.side, &id, &now).await;
            }
            Effect::Deletes(id) => drop(self.reference.rows.remove(&id)),
        }
    }

    /// What the trigger makes of the version of a row.
    async fn next_version(&mut self, id: &str) -> Option<(String, Held)> {
        let column = self.table().column(VERSION).filter(|_| self.beside == Beside::Triggers)?;
        let Some(Held::Is(Some(was))) = self.reference.rows.get(id)?[self.side as usize].get(VERSION).cloned() else {
            return None;
        };
        let held = self.reference.value(&format!("{was} + 1"), column, "").await;
        Some((VERSION.to_owned(), held))
    }

    /// A statement of that kind, where there can be one.
    async fn statement(&mut self, verb: Verb) -> Option<(String, Effect)> {
        let table = quote(&self.table().name);
        let is_view = self.side == Side::Old && self.table().name != self.reference.sides.table(Side::New).name;
        match verb {
            Verb::Insert => {
                let (id, view) = self.new_row().await;
                Some((self.insert(&view, ""), Effect::Inserts(id, view)))
            }
            // The old name of a table is a view.
            Verb::Copy | Verb::Merge if is_view => None,
            // The server refuses it.
            Verb::Copy if self.reference.sides.tables.iter().any(|table| !table.policies.is_empty()) => None,
            Verb::Copy => {
                let (id, view) = self.new_row().await;
                Some((self.copied(&view), Effect::Inserts(id, view)))
            }
            Verb::Merge => Some(self.merge().await),
            Verb::Upsert => self.upsert().await,
            Verb::Delete => {
                let id = self.some_row()?;
                Some((format!("DELETE FROM {table} WHERE id = {}", literal(&id)), Effect::Deletes(id)))
            }
            Verb::Rekey => {
                let id = self.some_row()?;
                *self.next += 1;
                let now = format!("00000000-0000-0000-0000-{:012}", *self.next);
                let sql = format!("UPDATE {table} SET id = {} WHERE id = {}", literal(&now), literal(&id));
                Some((sql, Effect::Moves(id, now)))
            }
            Verb::Set | Verb::SetNull | Verb::Touch | Verb::Add | Verb::Beside => {
                let id = self.some_row()?;
                let (set, view) = self.assignment(verb, &id).await?;
                let sql = format!("UPDATE {table} SET {set} WHERE id = {}", literal(&id));
                Some((sql, Effect::Updates(id, view)))
            }
        }
    }

    fn some_row(&mut self) -> Option<String> {
        let reference = &self.reference;
        let ids: Vec<&String> = reference.rows.keys().filter(|id| !reference.hidden.contains(*id)).collect();
        (!ids.is_empty()).then(|| (*self.random.of(&ids)).clone())
    }

    /// Columns that an UPDATE sets by themselves.
    fn settable(&self) -> Vec<&'a Column> {
        let keys = self.reference.sides.tables.iter().flat_map(|table| &table.foreign_keys);
        let in_long_keys: Vec<&String> =
            keys.filter(|key| key.columns.len() > 1).flat_map(|key| &key.columns).collect();
        let columns = self.reference.sides.columns(self.side);
        columns
            .filter(|it| {
                let is_kept = it.name == "id" || it.name == VERSION || in_long_keys.contains(&&it.name);
                it.insertable() && it.generated.is_none() && !is_kept
            })
            .collect()
    }

    /// The column of the change, if it is there, else any.
    fn subject(&mut self) -> Option<&'a Column> {
        let list = self.settable();
        let of_change = list.iter().find(|it| ["subject", "title"].contains(&it.name.as_str()));
        let any = if list.is_empty() { None } else { Some(*self.random.of(&list)) };
        if self.random.one_in(4) { any } else { of_change.copied().or(any) }
    }

    async fn assignment(&mut self, verb: Verb, id: &str) -> Option<(String, View)> {
        let sides = self.reference.sides;
        let column = match verb {
            Verb::Beside => self.settable().into_iter().find(|it| it.name == "note")?,
            Verb::Add => {
                let is_number = |column: &Column| {
                    matches!(column.sql_type, SqlType::BigInt | SqlType::Integer | SqlType::Numeric(_))
                };
                let twin_is = |it: &Column| sides.twin(self.side, it).is_none_or(is_number);
                let list: Vec<_> = self.settable().into_iter().filter(|it| is_number(it) && twin_is(it)).collect();
                if list.is_empty() {
                    return None;
                }
                *self.random.of(&list)
            }
            _ => self.subject()?,
        };
        let name = quote(&column.name);
        let held = match verb {
            Verb::SetNull if sides.takes_null(self.side, column) => Held::Is(None),
            Verb::SetNull => return None,
            Verb::Touch | Verb::Add => {
                let Some(Held::Is(was)) = self.reference.rows.get(id)?[self.side as usize].get(&column.name).cloned()
                else {
                    return None;
                };
                if verb == Verb::Touch {
                    return Some((format!("{name} = {name}"), View::from([(column.name.clone(), Held::Is(was))])));
                }
                let was = was.map_or_else(|| "NULL".to_owned(), |text| literal(&text));
                let sum = format!("CAST({was} AS {}) + 1", type_name(column));
                let held = self.reference.value(&sum, column, "").await;
                return Some((format!("{name} = {name} + 1"), View::from([(column.name.clone(), held)])));
            }
            _ => self.given(column).await,
        };
        Some((format!("{name} = {}", sql_of(&held)), View::from([(column.name.clone(), held)])))
    }

    /// A value that both releases can have.
    async fn given(&mut self, column: &'a Column) -> Held {
        let sides = self.reference.sides;
        *self.next += 1;
        let values = Values { schema: sides.schema(self.side), other: sides.schema(self.side.other()) };
        let table = self.table();
        let keys = sides.tables.iter().flat_map(|it| &it.foreign_keys).filter(|it| it.columns.contains(&column.name));
        let row = match keys.map(|it| it.columns.len()).max() {
            // All columns of a key are those of one row.
            Some(2..) => 1,
            Some(_) => 1 + *self.next % 3,
            None => *self.next,
        };
        let of_change = ["subject", "title"].contains(&column.name.as_str());
        let value = if of_change && !self.alike.is_empty() {
            Some(literal(self.random.of::<&str>(self.alike)))
        } else {
            values.value(table, column, row)
        };
        match value {
            Some(sql) => self.reference.value(&sql, column, "").await,
            None => Held::Is(None),
        }
    }

    /// A row that nobody had, with every value that the release knows of it.
    async fn new_row(&mut self) -> (String, View) {
        *self.next += 1;
        let id = format!("00000000-0000-0000-0000-{:012}", *self.next);
        let sides = self.reference.sides;
        let mut view = View::from([("id".to_owned(), Held::Is(Some(id.clone())))]);
        for column in sides.columns(self.side).filter(|it| it.name != "id" && it.insertable()) {
            let choice = self.random.below(4);
            let held = match &column.default {
                Some(default) if choice == 0 && is_constant(default) => self.reference.value(default, column, "").await,
                _ if choice == 1 && sides.takes_null(self.side, column) => Held::Is(None),
                _ if column.generated.is_some() => Held::Any,
                _ => self.given(column).await,
            };
            view.insert(column.name.clone(), held);
        }
        (id, view)
    }

    /// The INSERT of a row. What is as if it had been left out sometimes is.
    fn insert(&mut self, view: &View, end: &str) -> String {
        let sides = self.reference.sides;
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for (name, held) in view {
            let column = self.table().column(name);
            let default = column.and_then(|it| it.default.as_deref());
            let twin = column.and_then(|it| sides.twin(self.side, it));
            // The new release sends its default itself as long as the old one relies on another.
            let is_same = twin.is_none_or(|twin| twin.default.as_deref() == default);
            let may = self.side == Side::Old || is_same || self.alone;
            let omits = match (held, default) {
                (Held::Any, _) => true,
                (Held::Is(None), None) => may && self.random.one_in(2),
                (Held::Is(Some(text)), Some(default)) => {
                    may && default.trim_matches('\'') == text && self.random.one_in(2)
                }
                _ => false,
            };
            if !omits {
                names.push(quote(name));
                values.push(sql_of(held));
            }
        }
        let table = quote(&self.table().name);
        // The models of the matrix give these to the server.
        format!("INSERT INTO {table} ({}) VALUES ({}){end}", names.join(", "), values.join(", "))
    }

    fn copied(&self, view: &View) -> String {
        let known: Vec<_> = view.iter().filter(|(_, held)| **held != Held::Any).collect();
        let names: Vec<String> = known.iter().map(|(name, _)| quote(name)).collect();
        let fields: Vec<String> = known
            .iter()
            .map(|(_, held)| match held {
                Held::Is(Some(text)) => text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n"),
                _ => "\\N".to_owned(),
            })
            .collect();
        format!("COPY {} ({}) FROM STDIN\n{}\n", quote(&self.table().name), names.join(", "), fields.join("\t"))
    }

    async fn copy(&mut self, text: &str) -> Result<(), String> {
        let (statement, row) = text.split_once('\n').unwrap_or((text, ""));
        let failed = |error: sqlx::Error| format!("{error}\n    in: {text}");
        let mut sink = self.connection.copy_in_raw(statement).await.map_err(failed)?;
        sink.send(row.as_bytes()).await.map_err(failed)?;
        sink.finish().await.map_err(failed)?;
        self.connection.ping().await.map_err(failed)
    }

    /// Of a row that is there, or of a new one.
    async fn upsert(&mut self) -> Option<(String, Effect)> {
        let is_key = |table: &&Table| table.primary_key.columns == ["id"];
        if !self.reference.sides.tables.iter().all(is_key) {
            return None;
        }
        let column = self.subject()?;
        let (new, view) = self.new_row().await;
        let there = if self.random.one_in(2) { self.some_row() } else { None };
        let id = there.clone().unwrap_or_else(|| new.clone());
        let mut row = view.clone();
        row.insert("id".to_owned(), Held::Is(Some(id.clone())));
        if row.get(&column.name) == Some(&Held::Any) {
            return None;
        }
        let name = quote(&column.name);
        let sql = self.insert(&row, &format!(" ON CONFLICT (id) DO UPDATE SET {name} = EXCLUDED.{name}"));
        let effect = match there {
            Some(id) => Effect::Updates(id, View::from([(column.name.clone(), row[&column.name].clone())])),
            None => Effect::Inserts(new, view),
        };
        Some((sql, effect))
    }

    async fn merge(&mut self) -> (String, Effect) {
        let (id, view) = self.new_row().await;
        let table = quote(&self.table().name);
        let there = if self.random.one_in(2) { self.some_row() } else { None };
        let assigned = match &there {
            Some(there) => self.assignment(Verb::Set, there).await,
            None => None,
        };
        let insert = self.insert(&view, "");
        let (_, row) = insert.split_once(&format!("INTO {table} ")).unwrap_or_default();
        let key = there.as_ref().filter(|_| assigned.is_some()).unwrap_or(&id);
        let set = assigned.as_ref().map_or_else(|| "note = note".to_owned(), |(set, _)| set.clone());
        let sql = format!(
            "MERGE INTO {table} USING (SELECT CAST({} AS UUID) AS key) AS it ON {table}.id = it.key \
             WHEN MATCHED THEN UPDATE SET {set} WHEN NOT MATCHED THEN INSERT {row}",
            literal(key)
        );
        let effect = match (there, assigned) {
            (Some(there), Some((_, set))) => Effect::Updates(there, set),
            _ => Effect::Inserts(id, view),
        };
        (sql, effect)
    }
}

fn sql_of(held: &Held) -> String {
    match held {
        Held::Is(Some(text)) => literal(text),
        _ => "NULL".to_owned(),
    }
}
