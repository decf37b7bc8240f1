//! What each release must see in every row.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row as _};
use tablewright_core::schema::{Column, Generated};
use tablewright_core::sql::quote;

use super::sides::{Side, Sides, Start, row, type_name};
use super::subject::AUDITS;

/// What a column holds, as its text under the settings of the test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody says what.
    Any,
    Is(Option<String>),
}

/// A row, as a release reads it.
pub type View = BTreeMap<String, Held>;

/// The rows that must be there, each as both releases read it.
pub struct Reference<'a> {
    pub sides: Sides<'a>,
    pub rows: BTreeMap<String, [View; 2]>,
    /// The rows that a policy hides from both.
    pub hidden: BTreeSet<String>,
    /// How often the triggers of the releases' own must have fired, by row and operation.
    pub audit: BTreeMap<(String, String), i64>,
    /// Nothing of the migration is in its database: it only computes.
    pub scratch: PgConnection,
}

impl<'a> Reference<'a> {
    pub fn new(sides: Sides<'a>, scratch: PgConnection) -> Self {
        Self { sides, rows: BTreeMap::new(), hidden: BTreeSet::new(), audit: BTreeMap::new(), scratch }
    }

    /// The value of SQL as a column of that type has it.
    pub async fn value(&mut self, expression: &str, column: &Column, from: &str) -> Held {
        let from = if from.is_empty() { String::new() } else { format!(" FROM {from}") };
        let sql = format!("SELECT CAST(CAST({expression} AS {}) AS TEXT){from}", type_name(column));
        let found: Result<Option<String>, _> =
            sqlx::query_scalar(AssertSqlSafe(sql.clone())).fetch_one(&mut self.scratch).await;
        match found {
            Ok(text) => Held::Is(text),
            Err(error) => panic!("the reference cannot be computed: {error}\n    in: {sql}"),
        }
    }

    /// A release inserts a row, of which it knows every column.
    pub async fn inserted(&mut self, side: Side, id: &str, given: View) {
        let mut view = given;
        self.compute(side, &mut view).await;
        let mut other = View::new();
        let far = side.other();
        for column in self.sides.columns(far) {
            let held = match self.sides.twin(far, column) {
                Some(_) => self.read(far, column, &view).await,
                None => Held::Any,
            };
            other.insert(column.name.clone(), held);
        }
        let sides = self.sides;
        for column in sides.columns(far).filter(|column| sides.twin(far, column).is_none()) {
            let held = self.start(far, column, &other).await;
            other.insert(column.name.clone(), held);
        }
        self.compute(far, &mut other).await;
        let views = if side == Side::Old { [view, other] } else { [other, view] };
        self.rows.insert(id.to_owned(), views);
    }

    /// A release sets columns of a row.
    pub async fn updated(&mut self, side: Side, id: &str, set: View) {
        let Some(mut views) = self.rows.remove(id) else { return };
        let far = side.other();
        let mut changed = Vec::new();
        for (name, held) in set {
            let was = views[side as usize].insert(name.clone(), held.clone());
            if was.as_ref() != Some(&held) {
                changed.push(name);
            }
        }
        let mut view = views[side as usize].clone();
        self.compute(side, &mut view).await;
        let mut other = views[far as usize].clone();
        for column in self.sides.columns(far) {
            let Some(twin) = self.sides.twin(far, column) else { continue };
            if changed.contains(&twin.name) {
                let held = self.read(far, column, &view).await;
                other.insert(column.name.clone(), held);
            }
        }
        // What is filled follows its source as long as the old release writes that. Nothing shows which of the two wrote it, so
        // that of the new one may be followed too.
        for column in self.sides.columns(Side::New) {
            let follows = column.backfill.as_deref().is_some_and(|text| changed.iter().any(|name| text.contains(name)));
            if !follows || self.sides.twin(Side::New, column).is_some() || changed.contains(&column.name) {
                continue;
            }
            if side == Side::New {
                view.insert(column.name.clone(), Held::Any);
            } else {
                let held = self.start(far, column, &other).await;
                other.insert(column.name.clone(), held);
            }
        }
        self.compute(far, &mut other).await;
        views[side as usize] = view;
        views[far as usize] = other;
        self.rows.insert(id.to_owned(), views);
    }

    /// Every row is gone, without a trace.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.hidden.clear();
        self.audit.clear();
    }

    /// A statement of a release fires its triggers.
    pub fn fired(&mut self, id: &str, operation: &str) {
        *self.audit.entry((id.to_owned(), operation.to_owned())).or_default() += 1;
    }

    /// What the audit has that it must not have, or misses.
    pub async fn compare_audit(&self, connection: &mut PgConnection) -> Result<Option<String>, String> {
        let sql = format!("SELECT CAST(item AS TEXT), operation, count(*) FROM {AUDITS} GROUP BY 1, 2");
        let rows: Vec<(String, String, i64)> = sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(connection)
            .await
            .map_err(|it| it.to_string())?;
        let found: BTreeMap<_, _> = rows.into_iter().map(|(id, operation, count)| ((id, operation), count)).collect();
        let keys: BTreeSet<_> = found.keys().chain(self.audit.keys()).collect();
        let other = keys.into_iter().find(|key| found.get(*key) != self.audit.get(*key));
        Ok(other.map(|key| {
            let (is, must) = (found.get(key).unwrap_or(&0), self.audit.get(key).unwrap_or(&0));
            format!("the trigger fired {is} times for {} of {}, and the releases wrote {must} times", key.1, key.0)
        }))
    }

    /// A row gets another key.
    pub async fn moved(&mut self, side: Side, id: &str, now: &str) {
        self.updated(side, id, View::from([("id".to_owned(), Held::Is(Some(now.to_owned())))])).await;
        if let Some(views) = self.rows.remove(id) {
            self.rows.insert(now.to_owned(), views);
        }
    }

    /// What only the old release knew is gone with its columns.
    pub fn forget_what_is_dropped(&mut self) {
        for column in self.sides.columns(Side::Old) {
            let is_known = self.sides.twin(Side::Old, column).is_some() && !self.sides.may_lose(Side::Old, column);
            for views in self.rows.values_mut().filter(|_| !is_known) {
                views[0].insert(column.name.clone(), Held::Any);
            }
        }
    }

    async fn read(&mut self, reader: Side, column: &Column, writers: &View) -> Held {
        let Some(twin) = self.sides.twin(reader, column) else { return Held::Any };
        let Some(sql) = self.sides.read_by(reader, column) else { return Held::Any };
        if !matches!(writers.get(&twin.name), Some(Held::Is(_))) {
            return Held::Any;
        }
        // The author's SQL names it as the old release does, or as the new one.
        let inner = row(self.sides.columns(reader.other()), writers);
        let (was, is) = (quote(&twin.name), quote(&column.name));
        let from = if was == is { inner } else { format!("(SELECT *, {was} AS {is} FROM {inner}) AS items") };
        self.value(&sql, column, &from).await
    }

    async fn start(&mut self, side: Side, column: &Column, view: &View) -> Held {
        match Sides::unknown(side, column) {
            Start::Null => Held::Is(None),
            Start::Any => Held::Any,
            Start::Expression(sql) => {
                let from = row(self.sides.columns(side).filter(|it| it.name != column.name), view);
                self.value(&sql, column, &from).await
            }
        }
    }

    /// The columns that the server computes.
    async fn compute(&mut self, side: Side, view: &mut View) {
        for column in self.sides.columns(side) {
            if let Some(Generated::Stored(expression)) = &column.generated {
                let from = row(self.sides.columns(side).filter(|it| it.name != column.name), view);
                let held = self.value(expression, column, &from).await;
                view.insert(column.name.clone(), held);
            }
        }
    }

    /// What a release reads that is not what it must, and how many values were compared; `whole` is read by who sees each row.
    pub async fn compare(&self, side: Side, whole: bool, connection: &mut PgConnection) -> (Vec<String>, usize) {
        let table = self.sides.table(side);
        let columns: Vec<&Column> = self.sides.columns(side).collect();
        let list: Vec<String> = columns.iter().map(|it| format!("CAST({} AS TEXT)", quote(&it.name))).collect();
        let sql = format!("SELECT {} FROM {}", list.join(", "), quote(&table.name));
        let found: Vec<PgRow> = match sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(connection).await {
            Ok(found) => found,
            Err(error) => return (vec![format!("{} cannot read: {error}", side.words())], 0),
        };
        let key = columns.iter().position(|column| column.name == "id").unwrap_or_default();
        let (mut faults, mut compared) = (Vec::new(), 0);
        let is_seen = |id: &String| whole || !self.hidden.contains(id);
        let mut missing: Vec<&String> = self.rows.keys().filter(|id| is_seen(id)).collect();
        for row in &found {
            let id: Option<String> = row.get(key);
            let id = id.unwrap_or_default();
            let Some(views) = self.rows.get(&id).filter(|_| is_seen(&id)) else {
                faults.push(format!("{} sees the row {id}, which nobody wrote", side.words()));
                continue;
            };
            missing.retain(|it| **it != id);
            for (place, column) in columns.iter().enumerate() {
                let is: Option<String> = row.get(place);
                if let Some(Held::Is(must)) = views[side as usize].get(&column.name) {
                    compared += 1;
                    if is != *must {
                        let words = side.words();
                        faults.push(format!(
                            "{words} reads {}.{} = {is:?} in {id}, and it is {must:?}",
                            table.name, column.name
                        ));
                    }
                }
            }
        }
        faults.extend(missing.into_iter().map(|id| format!("{} misses the row {id}", side.words())));
        (faults, compared)
    }
}
