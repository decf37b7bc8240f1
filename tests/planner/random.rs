//! Random tables, indexes and queries: what the check accepts, the planner serves by that index without a sort.

use tablewright_core::dialect::Target;
use tablewright_core::queries::{Coverage, Promise, Resolved, Serving, candidates, coverage, promises};
use tablewright_core::schema::{
    Assignment, Column, Comparison, Constant, Index, KeyColumn, Limit, Nulls, OrderColumn, Parameter, PrimaryKey,
    Query, QueryShape, SoftDelete, SortDirection, SqlType, Table, Value,
};
use tablewright_core::sql::ddl;

use tablewright::sqlx::PgConnection;

use super::plan::{Plan, connect, explain, explain_with_only, only_indexes, run};

/// Numbers that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// Some of these, in random order.
    fn some<'a, T>(&mut self, of: &'a [T], most: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = of.iter().collect();
        let count = usize::try_from(self.below(most as u64 + 1)).unwrap();
        (0..count.min(left.len()))
            .map(|_| left.remove(usize::try_from(self.below(left.len() as u64)).unwrap()))
            .collect()
    }
}

const COLUMNS: [&str; 7] = ["c_big", "c_text", "c_kind", "c_flag", "c_time", "c_null", "c_maybe"];
/// Whose values have a meaningful range.
const RANGES: [&str; 4] = ["c_big", "c_text", "c_time", "c_null"];
const PREDICATES: [&str; 8] = [
    "c_null IS NULL",
    "c_null IS NOT NULL",
    "c_kind = 'a'",
    "c_kind IN ('a', 'b')",
    "c_kind <> 'c'",
    "c_flag",
    "NOT c_flag",
    "c_big > 5",
];
const CONDITIONS: [&str; 7] = [
    "c_null IS NULL",
    "c_null IS NOT NULL",
    "c_kind = 'a'",
    "c_kind IN ('a')",
    "c_flag = true",
    "c_big >= 7",
    "c_big BETWEEN 6 AND 9 AND NOT c_flag",
];

fn table(dice: &mut Dice) -> Table {
    let column = |name: &str, sql_type, nullable| Column { nullable, ..Column::new(name, sql_type) };
    let mut columns = vec![
        column("id", SqlType::Uuid, false),
        column("c_big", SqlType::BigInt, false),
        column("c_text", SqlType::Text, false),
        column("c_kind", SqlType::Text, false),
        column("c_flag", SqlType::Boolean, false),
        column("c_time", SqlType::Timestamptz, false),
        column("c_null", SqlType::BigInt, true),
        column("c_maybe", SqlType::Text, true),
    ];
    let soft = dice.one_in(2);
    if soft {
        columns.push(column("deleted_at", SqlType::Timestamptz, true));
    }
    let live = soft.then_some("deleted_at IS NULL");
    let indexes = (0..=dice.below(4)).map(|number| index(dice, number, live)).collect();
    Table {
        name: "things".to_owned(),
        columns,
        primary_key: PrimaryKey { name: "things_pkey".to_owned(), columns: vec!["id".to_owned()] },
        soft_delete: soft.then_some(SoftDelete::DeletedAt),
        indexes,
        ..Table::default()
    }
}

fn index(dice: &mut Dice, number: u64, live: Option<&str>) -> Index {
    let mut names = dice.some(&COLUMNS, 4);
    if names.is_empty() {
        names.push(&COLUMNS[0]);
    }
    if dice.one_in(2) {
        names.push(&"id");
    }
    let is_all_descending = dice.one_in(3);
    let mut key = |name: &str| {
        let descending = is_all_descending || dice.one_in(4);
        KeyColumn {
            direction: if descending { SortDirection::Descending } else { SortDirection::Ascending },
            nulls: dice.one_in(8).then_some(Nulls::First),
            ..KeyColumn::column(name)
        }
    };
    let key = names.into_iter().map(|name| key(name)).collect();
    let own = dice.one_in(3).then(|| *dice.pick(&PREDICATES));
    let parts: Vec<&str> = own.into_iter().chain(live.filter(|_| !dice.one_in(4))).collect();
    Index {
        name: format!("idx_things_{number}"),
        key,
        include: if dice.one_in(4) { vec!["c_text".to_owned()] } else { Vec::new() },
        predicate: (!parts.is_empty()).then(|| parts.join(" AND ").into()),
        ..Index::default()
    }
}

fn constant(name: &str) -> Value {
    let sql = match name {
        "c_big" | "c_null" => "7",
        "c_flag" => "true",
        "c_time" => "'2026-01-31 12:00:00+00'",
        _ => "'a'",
    };
    Value::Constant(Constant { sql: sql.to_owned(), variant: None })
}

fn ordered(name: &str, direction: SortDirection, nulls: Option<Nulls>) -> OrderColumn {
    OrderColumn { column: name.to_owned(), direction, nulls }
}

/// The first columns of an index compared, and some of the others in its order.
fn asked_of(dice: &mut Dice, index: &Index) -> (Vec<Parameter>, Vec<OrderColumn>) {
    let (mut parameters, mut order) = (Vec::new(), Vec::new());
    let leading = usize::try_from(dice.below(index.key.len() as u64 + 1)).unwrap();
    for key in &index.key[..leading] {
        let name = key.name().unwrap();
        let value = match dice.below(5) {
            0 if name != "id" => constant(name),
            1 => Value::Any { name: "several".to_owned() },
            _ => Value::Equal,
        };
        parameters.push(Parameter { column: name.to_owned(), value });
    }
    let reversed = dice.one_in(2);
    for key in &index.key[leading..] {
        if dice.one_in(4) {
            break;
        }
        let (direction, nulls) = if reversed {
            (key.direction.reversed(), key.nulls.map(Nulls::reversed))
        } else {
            (key.direction, key.nulls)
        };
        order.push(ordered(key.name().unwrap(), direction, nulls));
    }
    (parameters, order)
}

fn asked_at_random(dice: &mut Dice) -> (Vec<Parameter>, Vec<OrderColumn>) {
    let (mut parameters, mut order) = (Vec::new(), Vec::new());
    for name in dice.some(&COLUMNS, 2) {
        let value = match dice.below(6) {
            0 => constant(name),
            1 => Value::Any { name: "several".to_owned() },
            _ => Value::Equal,
        };
        parameters.push(Parameter { column: (*name).to_owned(), value });
    }
    for name in dice.some(&COLUMNS, 2) {
        let direction = if dice.one_in(2) { SortDirection::Descending } else { SortDirection::Ascending };
        order.push(ordered(name, direction, None));
    }
    (parameters, order)
}

/// A random query, or one that is made for an index: otherwise few would be served.
fn query(dice: &mut Dice, table: &Table) -> Query {
    let made_for = dice.one_in(2).then(|| dice.pick(&table.indexes).clone());
    let (mut parameters, mut order) = match &made_for {
        Some(index) => asked_of(dice, index),
        None => asked_at_random(dice),
    };
    if dice.one_in(4) {
        let name = order.first().map_or_else(|| (*dice.pick(&RANGES)).to_owned(), |first| first.column.clone());
        if RANGES.contains(&name.as_str()) && !parameters.iter().any(|parameter: &Parameter| parameter.column == name) {
            let comparison = *dice.pick(&[Comparison::Above, Comparison::AtLeast, Comparison::Below]);
            let value = Value::Bound { comparison, name: "bound".to_owned() };
            parameters.push(Parameter { column: name, value });
        }
    }
    let set = |column: &str| QueryShape::Update(vec![Assignment { column: column.to_owned(), value: None }]);
    let (shape, batch) = match dice.below(8) {
        0 => (QueryShape::Count, None),
        1 => (QueryShape::All(Limit::Rows(20)), None),
        2 => (QueryShape::All(Limit::Given), None),
        3 => (QueryShape::Optional, None),
        4 => (QueryShape::Delete, Some(Limit::Given)),
        5 => (set("c_maybe"), Some(Limit::Rows(50))),
        _ => (QueryShape::Page, None),
    };
    if shape == QueryShape::Count {
        order.clear();
    }
    let columns = if shape.gives_rows() && dice.one_in(4) { vec!["c_big".to_owned()] } else { Vec::new() };
    let index_says = made_for.and_then(|index| index.predicate).filter(|_| dice.one_in(2)).map(String::from);
    Query {
        name: "asked".to_owned(),
        parameters,
        predicate: index_says.or_else(|| dice.one_in(3).then(|| (*dice.pick(&CONDITIONS)).to_owned())),
        order,
        shape,
        columns,
        batch,
        include_deleted: dice.one_in(5),
        ..Query::default()
    }
}

/// Whether the plan finds every compared column by the index, sorts nothing, and reads no more than it must.
///
/// With `is_free`, a list (`= ANY`) may be a filter: the planner decides whether it is worth a separate search.
fn is_served(plan: &Plan, query: &Query, is_free: bool) -> bool {
    let (found, filtered) = (plan.texts("Index Cond"), plan.texts("Filter"));
    // Of what is compared with a parameter and with a constant, the two are compared, before any row is read.
    let is_settled = !plan.texts("One-Time Filter").is_empty();
    let filters = if is_free { filtered.replace("= ANY ($", "") } else { filtered };
    let compared = query.parameters.iter().filter(|parameter| match parameter.value {
        Value::Constant(_) => false,
        Value::Any { .. } => !is_free,
        _ => true,
    });
    let all_found = compared.clone().all(|parameter| is_settled || found.contains(&parameter.column));
    // A whole partial index may be read for a constant, where the predicate takes it over: then it is not a filter.
    let mut constants = query.parameters.iter().filter(|parameter| matches!(parameter.value, Value::Constant(_)));
    let takes_over = is_free && constants.any(|constant| !filters.contains(&constant.column));
    let narrows = !query.order.is_empty()
        || query.shape == QueryShape::Page
        || query.predicate.is_some()
        || !found.is_empty()
        || takes_over;
    plan.has("Index") && !plan.has("Seq Scan") && !plan.sorts() && all_found && !filters.contains('$') && narrows
}

#[tokio::test]
async fn the_planner_serves_what_the_check_accepts() {
    const QUERIES: usize = 20;
    let tables = std::env::var("TABLEWRIGHT_TABLES").map_or(50, |count| count.parse().unwrap());
    let mut dice = Dice(0x5EED_CAFE_F00D);
    let database = tablewright_tempdb::database();
    let mut connection = connect(database.url()).await;
    only_indexes(&mut connection).await;
    let mut outcome = Outcome::default();
    for _ in 0..tables {
        let mut table = table(&mut dice);
        fill(&mut connection, &table).await;
        for _ in 0..QUERIES {
            let query = query(&mut dice, &table);
            // A page of one row is refused before its index is asked for, and so is a batch.
            if (query.shape == QueryShape::Page || query.batch.is_some()) && Resolved::new(&table, &query).is_unique {
                continue;
            }
            table.queries = vec![query.clone()];
            outcome.ask(&mut connection, &table, &query).await;
        }
    }
    outcome.print();
    let Outcome { accepted, rejected, wrong, .. } = outcome;
    assert!(wrong.is_empty(), "{} of {accepted}: {}", wrong.len(), wrong[0]);
    assert!(accepted > 200 && rejected > 200, "{accepted} {rejected}");
}

/// The table with 1,500 rows.
async fn fill(connection: &mut PgConnection, table: &Table) {
    run(connection, "DROP TABLE IF EXISTS things").await;
    let dialect = Target::default().dialect();
    run(connection, ddl::create_table(table, dialect).as_text().unwrap()).await;
    for sql in ddl::create_indexes(table, dialect) {
        run(connection, &sql).await;
    }
    let deleted = if table.soft_delete.is_some() { ", deleted_at" } else { "" };
    let value = if deleted.is_empty() { "" } else { ", CASE WHEN n % 7 = 0 THEN now() END" };
    let rows = format!(
        "INSERT INTO things (id, c_big, c_text, c_kind, c_flag, c_time, c_null, c_maybe{deleted})
         SELECT gen_random_uuid(), n % 50, 't' || n % 40, chr(97 + n % 4), n % 3 = 0,
             now() - n * interval '1 minute', nullif(n % 9, 0), nullif('m' || n % 5, 'm0'){value}
         FROM generate_series(1, 1500) AS n"
    );
    run(connection, &rows).await;
    run(connection, "VACUUM ANALYZE things").await;
}

/// What the check said of queries, and where the planner disagrees.
#[derive(Default)]
struct Outcome {
    accepted: usize,
    rejected: usize,
    /// Queries that were rejected, and that an index could serve.
    able: usize,
    /// Promises that an index serves without its table.
    alone: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Outcome {
    async fn ask(&mut self, connection: &mut PgConnection, table: &Table, query: &Query) {
        let asked: Vec<Promise> = promises(table).into_iter().filter(|promise| promise.helper == "asked").collect();
        match coverage(table, query) {
            Coverage::Served(serving) => {
                self.accepted += 1;
                self.is_kept(connection, table, query, &asked, &serving).await;
                // Each index that is said to serve does so by itself.
                for serving in &serving {
                    self.serves_alone(connection, table, query, &asked[0], serving).await;
                }
            }
            Coverage::Missing(_) => {
                self.rejected += 1;
                if query.batch.is_some() {
                    return;
                }
                for index in candidates(table) {
                    let plan = with_only(connection, table, &index.name, &asked[0]).await;
                    if is_served(&plan, query, false) {
                        self.able += 1;
                        let sql = asked[0].sql.as_text().unwrap();
                        self.missed.push(format!("{}: {sql}", ddl::create_index("things", &index)));
                        break;
                    }
                }
            }
        }
    }

    /// Every promise with all indexes there.
    async fn is_kept(
        &mut self,
        connection: &mut PgConnection,
        table: &Table,
        query: &Query,
        asked: &[Promise],
        serving: &[Serving],
    ) {
        let names: Vec<&str> = serving.iter().map(|serving| serving.index.name.as_str()).collect();
        for promise in asked {
            let sql = promise.sql.as_text().unwrap();
            let plan = explain(connection, sql, &promise.parameters).await;
            // If a key or another index finds even fewer rows, the planner may take that one.
            if plan.sorts() || plan.has("Seq Scan") || plan.indexes().is_empty() {
                let described = described(table, query);
                self.wrong.push(format!("{names:?} {:?}\n{sql}\n{plan:#?}\n{described}", promise.part));
            }
        }
    }

    async fn serves_alone(
        &mut self,
        connection: &mut PgConnection,
        table: &Table,
        query: &Query,
        asked: &Promise,
        serving: &Serving,
    ) {
        let plan = with_only(connection, table, &serving.index.name, asked).await;
        // One row is found by the key, and the other conditions are looked up in it.
        let is_key = serving.index.unique && plan.texts("Index Cond").contains('$');
        // What a batch has picked is changed by the primary key, which is switched off here.
        let by_itself = plan.indexes().iter().all(|index| *index == serving.index.name)
            && !plan.indexes().is_empty()
            && !plan.sorts()
            && (is_key || query.batch.is_some() || is_served(&plan, query, true));
        let index_only = !serving.index_only || plan.has("Index Only Scan");
        self.alone += usize::from(serving.index_only);
        if !by_itself || !index_only {
            let sql = asked.sql.as_text().unwrap();
            self.wrong.push(format!(
                "{} alone (index only: {})\n{sql}\n{plan:#?}\n{}",
                serving.index.name,
                serving.index_only,
                described(table, query)
            ));
        }
    }

    fn print(&self) {
        println!(
            "{} accepted ({} not served by the planner; {} promises of the index alone), \
             {} rejected ({} that the planner could serve)",
            self.accepted,
            self.wrong.len(),
            self.alone,
            self.rejected,
            self.able
        );
        self.missed.iter().take(12).for_each(|missed| println!("could be served: {missed}"));
        for wrong in &self.wrong {
            println!("wrong: {}", wrong.lines().take(2).collect::<Vec<_>>().join(": "));
        }
    }
}

fn described(table: &Table, query: &Query) -> String {
    format!("{:?}\n{query:#?}", table.indexes)
}

/// The plan where no other index is there.
async fn with_only(connection: &mut PgConnection, table: &Table, index: &str, promise: &Promise) -> Plan {
    let sql = promise.sql.as_text().unwrap();
    explain_with_only(connection, &table.name, index, sql, &promise.parameters).await
}
