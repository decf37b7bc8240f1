//! Models at random, with everything that attributes can say.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tablewright_core::attribute::model::{self, Names};
use tablewright_core::attribute::{check, exclude, index, references, trigger, unique};
use tablewright_core::config::{ForeignKeyIndex, Profile};
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::expression::operand_of_and;
use tablewright_core::parse;
use tablewright_core::schema::*;

use super::sorted;

/// Columns: their Rust types, and the names that mean something elsewhere.
const COLUMNS: &[(&str, &str)] = &[
    ("type", "String"),
    ("unique", "i64"),
    ("where", "Option<bool>"),
    ("include_deleted", "DateTime<Utc>"),
    ("cycle", "Vec<Decimal>"),
    ("name", "Decimal"),
    ("b", "Option<Uuid>"),
];

const SQL: &[&str] =
    &["b IS NULL", "name > 0 OR b IS NOT NULL", "\"type\" = 'it''s \"so\\'", "length(\"type\") > 1", "1 = 1"];

fn names() -> impl Strategy<Value = Vec<String>> {
    subsequence(COLUMNS, 1..4)
        .prop_shuffle()
        .prop_map(|names| names.iter().map(|(name, _)| (*name).to_owned()).collect())
}

fn sql() -> impl Strategy<Value = String> {
    select(SQL).prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    "[ -~]{1,12}\n?[ -~]{1,4}".prop_filter("a reason is not empty", |text| !text.trim().is_empty())
}

/// A function's body, with any text in it.
fn body() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("BEGIN NEW.note := '{}'; RETURN NEW; END", text.replace('\'', "''")))
}

/// A name that is stated; the derived one where there is none.
fn stated() -> impl Strategy<Value = Option<String>> {
    option::of("[a-z_]{3,9}")
}

fn predicate(live: Option<&'static str>) -> BoxedStrategy<Option<String>> {
    let own = option::of(sql());
    match live {
        None => own.boxed(),
        Some(live) => (own, any::<bool>())
            .prop_map(move |(own, all)| match own {
                own if all => own,
                None => Some(live.to_owned()),
                Some(own) => Some(format!("{} AND {live}", operand_of_and(&own))),
            })
            .boxed(),
    }
}

fn direction() -> impl Strategy<Value = (SortDirection, Option<Nulls>)> {
    let nulls = option::of(select(&[Nulls::First, Nulls::Last][..]));
    (select(&[SortDirection::Ascending, SortDirection::Descending][..]), nulls)
}

fn an_index(live: Option<&'static str>) -> impl Strategy<Value = Index> {
    let key = (
        prop_oneof![
            select(COLUMNS).prop_map(|(name, _)| KeyTarget::Column(name.to_owned())),
            sql().prop_map(KeyTarget::Expression)
        ],
        direction(),
        option::of(select(&["text_ops", "a\"b"][..])),
    )
        .prop_map(|(target, (direction, nulls), class)| KeyColumn {
            target,
            direction,
            nulls,
            operator_class: class.map(str::to_owned),
            collation: None,
        });
    let flags = any::<(bool, bool)>();
    let include = option::of(names()).prop_map(Option::unwrap_or_default);
    let with = any::<bool>();
    (vec(key, 1..4), select(Method::ALL), flags, predicate(live), stated(), (include, with)).prop_map(
        |(key, method, (unique, nulls_not_distinct), predicate, name, (include, with))| {
            let mut index = Index {
                key,
                method,
                unique,
                nulls_not_distinct,
                predicate: predicate.map(Into::into),
                include,
                ..Index::default()
            };
            let parameter = match method {
                Method::Btree | Method::Hash | Method::Spgist => ("fillfactor", "90"),
                Method::Gist => ("buffering", "auto"),
                Method::Gin => ("fastupdate", "false"),
                Method::Brin => ("pages_per_range", "32"),
                Method::Hnsw => ("m", "16"),
                Method::Ivfflat => ("lists", "100"),
            };
            index.with.extend(with.then(|| (parameter.0.to_owned(), parameter.1.to_owned())));
            index.name = name.unwrap_or_else(|| index::derived_name("things", &index));
            index
        },
    )
}

fn a_unique(live: Option<&'static str>) -> impl Strategy<Value = Unique> {
    (names(), predicate(live), any::<bool>(), stated()).prop_map(|(columns, predicate, nulls_not_distinct, name)| {
        let mut unique =
            Unique { columns, predicate: predicate.map(Into::into), nulls_not_distinct, ..Unique::default() };
        unique.name = name.unwrap_or_else(|| unique::derived_name("things", &unique));
        unique
    })
}

fn a_check() -> impl Strategy<Value = Check> {
    (sql(), stated()).prop_map(|(expression, name)| Check {
        name: name.unwrap_or_else(|| check::derived_name("things", &expression, None)),
        expression,
    })
}

fn an_exclusion(live: Option<&'static str>) -> impl Strategy<Value = Exclusion> {
    let methods = select(&[Method::Gist, Method::Spgist, Method::Btree, Method::Hash][..]);
    (names(), select(&["=", "&&", "-|-"][..]), methods, option::of(sql()), stated()).prop_map(
        move |(columns, operator, method, own, name)| {
            let elements = columns
                .into_iter()
                .map(|expression| ExclusionElement { expression, operator: operator.to_owned() })
                .collect();
            let and = |own: &String| operand_of_and(own);
            let predicate = match (own, live) {
                (own, None) => own,
                (None, Some(live)) => Some(live.to_owned()),
                (Some(own), Some(live)) => Some(format!("{} AND {live}", and(&own))),
            };
            let mut exclusion =
                Exclusion { elements, method, predicate: predicate.map(Into::into), ..Exclusion::default() };
            exclusion.name = name.unwrap_or_else(|| exclude::derived_name("things", &exclusion));
            exclusion
        },
    )
}

fn a_foreign_key() -> impl Strategy<Value = ForeignKey> {
    let action = || option::of(select(&ReferentialAction::ALL[..]));
    (names(), names(), action(), action(), any::<(bool, bool, bool)>(), stated()).prop_map(
        |(columns, mut targets, on_delete, on_update, (deferrable, cycle, other), name)| {
            targets.resize(columns.len(), "id".to_owned());
            let table = if other { "elsewhere" } else { "orders" };
            let mut foreign_key = ForeignKey {
                columns,
                table: table.to_owned(),
                model: Some("Order".to_owned()),
                target_columns: targets,
                on_delete,
                on_update,
                deferrable,
                cycle,
                ..ForeignKey::default()
            };
            foreign_key.name = name.unwrap_or_else(|| references::derived_name("things", &foreign_key));
            foreign_key
        },
    )
}

fn a_trigger() -> impl Strategy<Value = Trigger> {
    let event = prop_oneof![
        Just(TriggerEvent::Insert),
        Just(TriggerEvent::Delete),
        option::of(names()).prop_map(|columns| TriggerEvent::Update(columns.unwrap_or_default())),
    ];
    let timing = select(&[TriggerTiming::Before, TriggerTiming::After][..]);
    (timing, event, any::<bool>(), option::of(sql()), option::of(body()), stated()).prop_map(
        |(timing, event, for_each_row, condition, body, name)| {
            let function = "audit_row".to_owned();
            let events = vec![event];
            let mut trigger = Trigger { name: String::new(), timing, events, for_each_row, condition, function, body };
            trigger.name = name.unwrap_or_else(|| trigger::derived_name("things", &trigger));
            trigger
        },
    )
}

fn a_policy() -> impl Strategy<Value = Policy> {
    let commands = [
        PolicyCommand::All,
        PolicyCommand::Select,
        PolicyCommand::Insert,
        PolicyCommand::Update,
        PolicyCommand::Delete,
    ];
    let roles = subsequence(&["app", "default", "reporting"][..], 0..3);
    (select(commands.to_vec()), sql(), option::of(sql()), any::<bool>(), roles, "[a-z]{4,8}_rows").prop_map(
        |(command, first, second, permissive, roles, name)| {
            let (using, with_check) = match command {
                PolicyCommand::Insert => (None, Some(first)),
                PolicyCommand::Select | PolicyCommand::Delete => (Some(first), None),
                PolicyCommand::All | PolicyCommand::Update => (Some(first), second),
            };
            let roles = roles.into_iter().map(str::to_owned).collect();
            Policy { name, command, permissive, roles, using, with_check }
        },
    )
}

fn a_constant() -> impl Strategy<Value = Constant> {
    prop_oneof![
        select(&["true", "-5", "'a ''b'' \\ \"c\"'", "12"][..])
            .prop_map(|sql| Constant { sql: sql.to_owned(), variant: None }),
        Just(Constant { sql: "'on_hold'".to_owned(), variant: Some("OnHold".to_owned()) }),
    ]
}

fn a_query() -> impl Strategy<Value = Query> {
    let comparison = select(&[Comparison::Above, Comparison::AtLeast, Comparison::Below, Comparison::AtMost][..]);
    let value = prop_oneof![
        Just(Value::Equal),
        Just(Value::Any { name: "match".to_owned() }),
        a_constant().prop_map(Value::Constant),
        comparison.prop_map(|comparison| Value::Bound { comparison, name: "least".to_owned() }),
    ];
    let limit = || prop_oneof![(1..5000_u32).prop_map(Limit::Rows), Just(Limit::Given)];
    let column = || select(COLUMNS).prop_map(|(name, _)| name.to_owned());
    let set = (column(), option::of(a_constant())).prop_map(|(column, value)| Assignment { column, value });
    let shape = prop_oneof![
        select(vec![
            QueryShape::One,
            QueryShape::Optional,
            QueryShape::Page,
            QueryShape::Count,
            QueryShape::Exists,
            QueryShape::Delete
        ]),
        limit().prop_map(QueryShape::All),
        limit().prop_map(QueryShape::Claim),
        vec(set, 0..3).prop_map(QueryShape::Update),
    ];
    let parameters = vec((column(), value).prop_map(|(column, value)| Parameter { column, value }), 0..3);
    let order = vec(
        (column(), direction()).prop_map(|(column, (direction, nulls))| OrderColumn { column, direction, nulls }),
        0..3,
    );
    let beside = (option::of(names()), option::of(limit()), any::<bool>(), option::of(text()), option::of(text()));
    (select(&["recent", "type", "one"][..]), parameters, option::of(sql()), order, shape, beside).prop_map(
        |(name, parameters, predicate, order, shape, (columns, batch, include_deleted, unindexed, latency))| Query {
            name: name.to_owned(),
            parameters,
            predicate,
            order,
            shape,
            columns: columns.unwrap_or_default(),
            batch,
            include_deleted,
            unindexed,
            frequency: latency.clone(),
            latency,
        },
    )
}

fn a_column(name: &'static str, rust: &'static str) -> impl Strategy<Value = Column> {
    let sql_type = match rust.trim_start_matches("Option<").trim_end_matches('>') {
        "String" => SqlType::Text,
        "i64" => SqlType::BigInt,
        "bool" => SqlType::Boolean,
        "DateTime<Utc" => SqlType::Timestamptz,
        "Vec<Decimal" => SqlType::Array(Box::new(SqlType::Numeric(Some((9, 3))))),
        "Decimal" => SqlType::Numeric(Some((12, 0))),
        _ => SqlType::Uuid,
    };
    let filled = option::of(prop_oneof![
        sql().prop_map(|sql| (Some(sql), None)),
        sql().prop_map(|sql| (None, Some(Generated::Stored(sql)))),
        Just((None, Some(Generated::IdentityAlways))),
        Just((None, Some(Generated::IdentityByDefault))),
    ]);
    let texts = vec(option::of(text()), 4);
    (filled, any::<(bool, bool)>(), texts, option::of(sql())).prop_map(move |(filled, flags, texts, backfill)| {
        let (default, generated) = filled.unwrap_or_default();
        let [collation, renamed_from, external, reason] = &texts[..] else { unreachable!() };
        Column {
            nullable: rust.starts_with("Option"),
            default,
            generated,
            collation: collation.clone(),
            pii: flags.0,
            small: flags.1,
            renamed_from: renamed_from.clone(),
            backfill,
            external: external.clone(),
            reason: reason.clone(),
            ..Column::new(name, sql_type.clone())
        }
    })
}

fn columns() -> impl Strategy<Value = Vec<Column>> {
    COLUMNS.iter().map(|(name, rust)| a_column(name, rust).boxed()).collect::<Vec<_>>()
}

fn a_waiver() -> impl Strategy<Value = Waiver> {
    let columns = option::of(select(COLUMNS).prop_map(|(name, _)| name.to_owned()));
    (select(&["money", "docs"][..]), columns, text()).prop_map(|(rule, column, reason)| Waiver {
        rule: rule.to_owned(),
        column,
        reason,
    })
}

fn a_partitioning() -> impl Strategy<Value = Partitioning> {
    // The key may have any type, so what is no end is a call whose type is not known.
    let range = ["FROM (MINVALUE) TO (middle('it''s'))", "FROM (middle('it''s')) TO (MAXVALUE)", "DEFAULT"];
    let list = ["IN (middle('a'), NULL)", "DEFAULT"];
    let hash = ["WITH (MODULUS 4, REMAINDER 0)"];
    let bounds = prop_oneof![
        Just((PartitionStrategy::Range, range.to_vec())),
        Just((PartitionStrategy::List, list.to_vec())),
        Just((PartitionStrategy::Hash, hash.to_vec())),
    ];
    bounds.prop_map(|(strategy, bounds)| Partitioning {
        strategy,
        key: vec!["b".to_owned()],
        partitions: bounds
            .iter()
            .enumerate()
            .map(|(number, bound)| Partition { name: format!("p_{number}"), bound: (*bound).to_owned() })
            .collect(),
    })
}

fn a_table() -> impl Strategy<Value = Table> {
    (any::<bool>(), select(&[TableKind::Standard, TableKind::Junction, TableKind::AppendOnly][..])).prop_flat_map(
        |(soft, kind)| {
            let soft_delete = soft.then_some(SoftDelete::DeletedAt);
            let live = soft_delete.map(SoftDelete::live_predicate);
            let objects = (
                vec(a_foreign_key(), 0..4),
                vec(a_unique(live), 0..4),
                vec(a_check(), 0..4),
                vec(an_exclusion(live), 0..3),
                vec(an_index(live), 0..5),
                vec(a_trigger(), 0..3),
                vec(a_policy(), 0..3),
                vec(a_query(), 0..4),
                vec(a_waiver(), 0..3),
            );
            let facts = (option::of(text()), option::of(0..u64::MAX), option::of(text()), option::of(a_partitioning()));
            (columns(), names(), objects, facts).prop_map(move |(columns, key, objects, facts)| {
                let (foreign_keys, uniques, checks, exclusions, indexes, triggers, policies, queries, waivers) =
                    objects;
                let (renamed_from, rows, growth, partitioning) = facts;
                let is_partitioned = |unique: &Unique| unique.columns.contains(&"b".to_owned());
                let expectation = Expectation { rows, growth };
                let mut key = key;
                if partitioning.is_some() && !key.contains(&"b".to_owned()) {
                    key.push("b".to_owned());
                }
                let name = "things".to_owned();
                let is_split = partitioning.is_some();
                let mut table = Table {
                    unlogged: !is_split && rows.is_some(),
                    primary_key: PrimaryKey { name: "things_pkey".to_owned(), columns: key },
                    uniques: uniques.into_iter().filter(|it| partitioning.is_none() || is_partitioned(it)).collect(),
                    expectation: (expectation != Expectation::default()).then_some(expectation),
                    ..Table { name, kind, soft_delete, renamed_from, columns, partitioning, ..Table::default() }
                };
                if !is_split && table.renamed_from.is_some() {
                    for (name, value) in [("fillfactor", "80"), ("vacuum_truncate", "false")] {
                        table.storage.insert(name.to_owned(), value.to_owned());
                    }
                    table.storage.insert("autovacuum_vacuum_scale_factor".to_owned(), "0.02".to_owned());
                    table.storage.insert("autovacuum_vacuum_insert_threshold".to_owned(), "-1".to_owned());
                }
                table.foreign_keys = foreign_keys;
                table.checks = checks;
                table.exclusions = exclusions;
                table.indexes = indexes;
                table.triggers = triggers;
                table.queries = queries;
                table.waivers = waivers;
                table.policies = policies;
                distinct_names(&mut table);
                own_default(&mut table);
                for number in 0..table.foreign_keys.len() {
                    table.foreign_keys[number].set_null = table.foreign_keys[number].set_null_of(&table);
                }
                table
            })
        },
    )
}

/// Leaves one of each name: the reader reports two policies of one name, and no server has two constraints or two indexes.
fn distinct_names(table: &mut Table) {
    let mut constraints = BTreeSet::from([table.primary_key.name.clone()]);
    table.foreign_keys.retain(|it| constraints.insert(it.name.clone()));
    table.uniques.retain(|it| constraints.insert(it.name.clone()));
    table.checks.retain(|it| constraints.insert(it.name.clone()));
    table.exclusions.retain(|it| constraints.insert(it.name.clone()));
    let mut indexes = BTreeSet::new();
    table.indexes.retain(|it| indexes.insert(it.name.clone()));
    let mut policies = BTreeSet::new();
    table.policies.retain(|it| policies.insert(it.name.clone()));
}

/// The default that a key has by itself, which no attribute takes away.
fn own_default(table: &mut Table) {
    let [key] = &table.primary_key.columns[..] else { return };
    let references = table.foreign_keys.iter().any(|it| references::is_of_column(it) && it.columns == [key.clone()]);
    let key = key.clone();
    for column in table.columns.iter_mut().filter(|column| column.name == key && !references) {
        if column.sql_type == SqlType::Uuid && column.default.is_none() && column.generated.is_none() {
            column.default = Some("gen_random_uuid()".to_owned());
        }
    }
}

struct Things;

impl Names for Things {
    fn model(&self, _: &str) -> String {
        "Thing".to_owned()
    }

    fn field(&self, column: &Column) -> String {
        column.name.clone()
    }

    fn declared(&self, _: &Column) -> Option<String> {
        None
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_as_the_same(table in a_table()) {
        let profile = Profile { foreign_key_index: ForeignKeyIndex::Declared, ..Profile::default() };
        let printed = model::print(&table, &Things, &profile);
        let mut text: String = printed.on_struct.iter().map(|attribute| attribute.lines("")).collect();
        text.push_str("struct Thing {\n");
        for ((column, rust), printed) in COLUMNS.iter().zip(&printed.on_fields) {
            text.extend(printed.iter().map(|attribute| attribute.lines("    ")));
            text.push_str(&format!("    r#{column}: {rust},\n"));
        }
        text.push('}');
        let input = syn::parse_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let read = parse::table(&input, &profile);
        let errors: Vec<String> = read.errors.iter().map(Diagnostic::text).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}\n{text}");
        prop_assert_eq!(sorted(&read.model.unwrap().table), sorted(&table), "{}", text);
    }
}
