//! The schema that the parts of a random plan make.

use tablewright_core::schema::{
    Check, Column, Custom, EnumValue, Enumeration, ForeignKey, Generated, Index, KeyColumn, KeyTarget, Policy,
    PrimaryKey, ReferentialAction, Schema, SqlType, Storage, Table, Trigger, TriggerEvent, Unique, derived_name,
};
use tablewright_core::sql::{ddl, literal, quote};

use super::{Key, NATIVE, Plan, TEXT, TableSpec};

/// The schema that the parts make.
pub fn schema(spec: &Plan) -> Schema {
    let mut schema = Schema::default();
    for (name, values, storage) in [(NATIVE, &spec.values[0], Storage::Native), (TEXT, &spec.values[1], Storage::Text)]
    {
        let values = values.iter().map(|value| EnumValue { value: value.clone(), ..EnumValue::default() });
        let enumeration =
            Enumeration { name: name.to_owned(), storage, values: values.collect(), ..Enumeration::default() };
        schema.enumerations.insert(name.to_owned(), enumeration);
    }
    for table in &spec.tables {
        let built = build_table(spec, table, &schema);
        schema.tables.insert(table.name.clone(), built);
        schema.customs.extend(view(table).map(|custom| (custom.name.clone(), custom)));
    }
    schema.extensions = tablewright_core::schema::extensions(&schema);
    schema
}

fn build_table(spec: &Plan, from: &TableSpec, schema: &Schema) -> Table {
    let id = Column { default: Some("gen_random_uuid()".to_owned()), ..Column::new("id", SqlType::Uuid) };
    let mut table = Table {
        name: from.name.clone(),
        renamed_from: from.was.clone(),
        comment: from.comment.then(|| format!("The {}.", from.name)),
        columns: vec![id],
        primary_key: PrimaryKey { name: derived_name(&[&from.name, "pkey"]), columns: vec!["id".to_owned()] },
        ..Table::default()
    };
    for part in &from.columns {
        let name = part.column.name.clone();
        let derived = |kind: &str| derived_name(&[&from.name, &name, kind]);
        if let Some(target) = part.references {
            table.foreign_keys.push(ForeignKey {
                name: derived("fkey"),
                columns: vec![name.clone()],
                table: spec.tables[target].name.clone(),
                target_columns: vec!["id".to_owned()],
                on_delete: Some(ReferentialAction::Cascade),
                ..ForeignKey::default()
            });
        }
        if let Some(number) = part.check {
            let expression = format!("{} > {number}", quote(&name));
            table.checks.push(Check { name: derived("check"), expression });
        } else if part.column.enumeration.as_deref() == Some(TEXT) {
            let expression = ddl::enumeration_check_expression(&name, &ddl::value_list(&schema.enumerations[TEXT]));
            table.checks.push(Check { name: ddl::enumeration_check_name(&from.name, &name), expression });
        }
        match part.key {
            Key::None => {}
            Key::Unique | Key::Partial | Key::NotDistinct => table.uniques.push(Unique {
                name: derived("unique"),
                columns: vec![name.clone()],
                nulls_not_distinct: part.key == Key::NotDistinct,
                predicate: (part.key == Key::Partial).then(|| format!("id <> {}::UUID", literal(ZERO)).into()),
                generated: false,
            }),
            Key::Covering => table.indexes.push(Index {
                name: derived_name(&["idx", &from.name, &name]),
                key: vec![KeyColumn::column("id")],
                include: vec![name.clone()],
                ..Index::default()
            }),
            Key::Expression => table.indexes.push(Index {
                name: derived_name(&["idx", &from.name, &name, "is_null"]),
                key: vec![KeyColumn {
                    target: KeyTarget::Expression(format!("{} IS NULL", quote(&name))),
                    ..KeyColumn::column("")
                }],
                ..Index::default()
            }),
            Key::Index(direction) => table.indexes.push(Index {
                name: derived_name(&["idx", &from.name, &name]),
                key: vec![KeyColumn { direction, ..KeyColumn::column(&name) }],
                ..Index::default()
            }),
        }
        table.columns.push(part.column.clone());
    }
    stands_on(from, &mut table);
    table
}

/// The first column that is not computed, and the last: the same where there is one.
fn ends(from: &TableSpec) -> Option<(&str, &str)> {
    let plain = || from.columns.iter().filter(|part| part.column.generated.is_none()).map(|part| &part.column.name);
    Some((plain().next()?, plain().next_back()?))
}

/// What names a column and is not a part of it.
fn stands_on(from: &TableSpec, table: &mut Table) {
    let ends = ends(from);
    if let (Some(number), Some((first, _))) = (from.computed, ends) {
        let expression = format!("(CASE WHEN {} IS NULL THEN {number} ELSE 2 END)", quote(first));
        table.columns.push(Column {
            generated: Some(Generated::Stored(expression)),
            nullable: true,
            ..Column::new("computed", SqlType::Integer)
        });
    }
    if let (Some(number), Some((_, last))) = (from.wide, ends) {
        let is_key = |name: &str| {
            let of = table.column(name).map(|column| &column.sql_type);
            !matches!(of, None | Some(SqlType::Jsonb | SqlType::Array(_)))
        };
        if is_key(last) {
            let key = if number == 0 { ["id", last] } else { [last, "id"] };
            table.indexes.push(Index {
                name: derived_name(&["idx", &from.name, key[0], key[1]]),
                key: key.iter().map(|name| KeyColumn::column(name)).collect(),
                ..Index::default()
            });
        }
    }
    if let Some(number) = from.trigger {
        let first = ends.map(|(first, _)| first.to_owned());
        let event = match number {
            0 => TriggerEvent::Insert,
            1 => TriggerEvent::Delete,
            _ => TriggerEvent::Update(first.into_iter().collect()),
        };
        // A trigger before a deletion that returns no row keeps it there.
        let row = if number == 1 { "OLD" } else { "NEW" };
        table.triggers.push(Trigger {
            name: format!("{}_touch", from.name),
            events: vec![event],
            for_each_row: true,
            function: format!("touch_{}", row.to_lowercase()),
            body: Some(format!("BEGIN\n    RETURN {row};\nEND")),
            ..Trigger::default()
        });
    }
    if let Some(number) = from.policy {
        let over = ends.map(|(_, last)| format!("{0} IS NULL OR {0} IS NOT NULL", quote(last)));
        table.policies.push(Policy {
            name: "everybody".to_owned(),
            permissive: true,
            using: Some(match number {
                0 => "true".to_owned(),
                1 => "id IS NOT NULL".to_owned(),
                _ => over.unwrap_or_else(|| "id IS NOT NULL".to_owned()),
            }),
            ..Policy::default()
        });
    }
}

/// A view of the user's own.
fn view(from: &TableSpec) -> Option<Custom> {
    let column = match (from.view?, ends(from)) {
        (0, Some((first, _))) => first,
        (_, Some((_, last))) => last,
        (_, None) => "id",
    };
    let (view, table) = (quote(&format!("seen_{}", from.name)), quote(&from.name));
    Some(Custom {
        name: format!("seen_{}", from.name),
        up: format!("CREATE VIEW {view} AS\n    SELECT id AS place, {} AS value FROM {table};\n", quote(column)),
        down: format!("DROP VIEW {view};\n"),
        after: vec![from.name.clone()],
        ..Custom::default()
    })
}

const ZERO: &str = "00000000-0000-0000-0000-000000000000";
