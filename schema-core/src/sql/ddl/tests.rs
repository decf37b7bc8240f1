use super::*;
use crate::dialect::Target;
use crate::schema::{
    Column, Partition, PartitionStrategy, Partitioning, Policy, PolicyCommand, PrimaryKey, SqlType, Table, Trigger,
    TriggerEvent, TriggerTiming,
};

fn events() -> Table {
    Table {
        name: "events".to_owned(),
        columns: vec![Column::new("id", SqlType::Uuid), Column::new("created_at", SqlType::Timestamptz)],
        primary_key: PrimaryKey {
            name: "events_pkey".to_owned(),
            columns: vec!["id".to_owned(), "created_at".to_owned()],
        },
        ..Table::default()
    }
}

#[test]
fn a_partitioned_table_and_its_partitions() {
    let partition = |name: &str, bound: &str| Partition { name: name.to_owned(), bound: bound.to_owned() };
    let mut table = events();
    table.partitioning = Some(Partitioning {
        strategy: PartitionStrategy::Range,
        key: vec!["created_at".to_owned(), "(lower(kind))".to_owned()],
        partitions: vec![
            partition("events_2026_01", "FROM ('2026-01-01') TO ('2026-02-01')"),
            partition("events_default", "DEFAULT"),
        ],
    });
    let sql = create_table(&table, Target::Postgres.dialect());
    assert!(sql.as_text().unwrap().ends_with("\n) PARTITION BY RANGE (created_at, (lower(kind)));"), "{sql:?}");
    assert_eq!(
        create_partitions(&table),
        [
            "CREATE TABLE events_2026_01 PARTITION OF events\n    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');",
            "CREATE TABLE events_default PARTITION OF events\n    DEFAULT;"
        ]
    );
    assert_eq!(
        detach_partition_concurrently("events", "events_2026_01"),
        "ALTER TABLE events\n    DETACH PARTITION events_2026_01 CONCURRENTLY;"
    );
}

#[test]
fn a_trigger_and_its_function() {
    let trigger = Trigger {
        name: "events_audit".to_owned(),
        timing: TriggerTiming::After,
        events: vec![TriggerEvent::Insert, TriggerEvent::Update(vec!["order".to_owned()])],
        for_each_row: true,
        condition: Some("NEW.id IS NOT NULL".to_owned()),
        function: "audit".to_owned(),
        body: None,
    };
    assert_eq!(
        create_trigger("events", &trigger),
        "CREATE TRIGGER events_audit\n    AFTER INSERT OR UPDATE OF \"order\" ON events\n    FOR EACH ROW\n    \
         WHEN (NEW.id IS NOT NULL)\n    EXECUTE FUNCTION audit();"
    );
    // The quotes are never in the body.
    assert!(
        create_function("audit", "BEGIN PERFORM $$x$$; END").contains("AS $body0$\nBEGIN PERFORM $$x$$; END\n$body0$;")
    );
}

#[test]
fn a_policy_is_altered_where_that_is_enough() {
    let policy = Policy {
        name: "tenant".to_owned(),
        permissive: true,
        roles: vec!["current_user".to_owned(), "app".to_owned()],
        using: Some("tenant_id = 1".to_owned()),
        ..Policy::default()
    };
    assert_eq!(
        create_policy("events", &Policy { permissive: false, command: PolicyCommand::Select, ..policy.clone() }),
        "CREATE POLICY tenant ON events\n    AS RESTRICTIVE\n    FOR SELECT\n    TO CURRENT_USER, app\n    USING (tenant_id = 1);"
    );
    let other = Policy { roles: Vec::new(), with_check: Some("true".to_owned()), ..policy.clone() };
    assert_eq!(
        alter_policy("events", &policy, &other).unwrap(),
        "ALTER POLICY tenant ON events\n    TO PUBLIC\n    USING (tenant_id = 1)\n    WITH CHECK (true);"
    );
    assert_eq!(alter_policy("events", &other, &policy), None);
}

#[test]
fn a_tenant_makes_a_policy() {
    let scoped = |sql_type: SqlType, own: &[&str]| {
        let mut table = events();
        table.columns.push(Column::new("tenant_id", sql_type));
        table.tenant = Some("tenant_id".to_owned());
        table.policies = own.iter().map(|name| Policy { name: (*name).to_owned(), ..Policy::default() }).collect();
        scope_by_tenant(&mut table);
        table
    };
    let setting = "tenant_id = nullif(current_setting('app.tenant_id', true), '')";
    for (sql_type, cast) in [
        (SqlType::Uuid, "::UUID"),
        (SqlType::BigInt, "::BIGINT"),
        (SqlType::Text, ""),
        (SqlType::Numeric(None), "::NUMERIC"),
    ] {
        let statements = create_policies(&scoped(sql_type, &["other"]));
        assert_eq!(
            statements.iter().map(|text| text.as_text().unwrap_or_default().to_owned()).collect::<Vec<_>>(),
            [
                "CREATE POLICY other ON events\n    AS RESTRICTIVE;".to_owned(),
                format!(
                    "CREATE POLICY events_tenant ON events\n    USING ({setting}{cast})\n    WITH CHECK ({setting}{cast});"
                ),
                "ALTER TABLE events\n    ENABLE ROW LEVEL SECURITY;".to_owned(),
                "ALTER TABLE events\n    FORCE ROW LEVEL SECURITY;".to_owned(),
            ]
        );
    }
    assert_eq!(scoped(SqlType::Uuid, &["events_tenant"]).policies.len(), 1, "the declared one stands");
    // A type of the program's own is known later: from the scan, or from the lock.
    let mut table = scoped(SqlType::Rust("TenantId".to_owned()), &[]);
    assert!(table.policies.is_empty());
    table.columns[2].sql_type = SqlType::Uuid;
    scope_by_tenant(&mut table);
    scope_by_tenant(&mut table);
    assert_eq!(table.policies, scoped(SqlType::Uuid, &[]).policies);
    table.tenant = None;
    table.policies.clear();
    scope_by_tenant(&mut table);
    assert!(table.policies.is_empty());
}

#[test]
fn comments_types_and_keys() {
    assert_eq!(comment_on_column("events", "id", None), "COMMENT ON COLUMN events.id IS NULL;");
    assert_eq!(comment_on_table("events", Some("It's")), "COMMENT ON TABLE events IS 'It''s';");
    assert_eq!(add_value("kind", "b", Neighbour::Before("c"), false), "ALTER TYPE kind ADD VALUE 'b' BEFORE 'c';");
    let wide = Column { collation: Some("C".to_owned()), ..Column::new("number", SqlType::BigInt) };
    assert_eq!(
        set_type("events", &wide, Some("number::INT8"), Target::Cockroach.dialect()),
        "ALTER TABLE events\n    ALTER COLUMN number TYPE INT8 COLLATE \"C\" USING number::INT8;"
    );
    // A key whose name is not the server's own is named.
    let mut table = events();
    table.primary_key = PrimaryKey { name: "events_key".to_owned(), columns: vec!["id".to_owned()] };
    let sql = create_table(&table, Target::Postgres.dialect());
    assert!(sql.as_text().unwrap().contains("id UUID CONSTRAINT events_key PRIMARY KEY,"), "{sql:?}");
}
