//! The server has what a model states: the DDL is applied, and `pg_dump` is read.
#![allow(clippy::default_trait_access, clippy::struct_field_names, reason = "shared with the other tests")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use tablewright_core::config::Profile;
use tablewright_core::schema::{Storage, Table};
use tablewright_core::sql::ddl;

/// The models of the tests, as the scan reads them.
const MODELS: [&str; 4] = [
    include_str!("runtime/user.rs"),
    include_str!("runtime/order.rs"),
    include_str!("runtime/more.rs"),
    include_str!("runtime/payment.rs"),
];

#[path = "runtime/more.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod more;
#[path = "runtime/order.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod order;
#[path = "runtime/payment.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod payment;
#[path = "runtime/support.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod support;
#[path = "runtime/user.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod user;

/// The tables that the models state, with the CHECKs of their enumerations.
fn tables() -> Vec<Table> {
    let (mut tables, mut values) = (Vec::new(), BTreeMap::new());
    for source in MODELS {
        for item in syn::parse_file(source).unwrap().items {
            match item {
                syn::Item::Struct(item) if item.fields.iter().all(|field| field.ident.is_some()) => {
                    let derives_table = item.attrs.iter().any(|attribute| {
                        matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains("Table"))
                    });
                    if derives_table {
                        tables.push(
                            tablewright_core::parse::table(&item.into(), &Profile::default()).model.unwrap().table,
                        );
                    }
                }
                syn::Item::Enum(item) => {
                    let name = item.ident.to_string();
                    let model = tablewright_core::parse::enumeration(&item.into()).model.unwrap();
                    values.insert(name, model.enumeration);
                }
                _ => {}
            }
        }
    }
    for table in &mut tables {
        for column in table.columns.clone() {
            let Some(enumeration) = column.sql_type.unresolved().and_then(|name| values.get(name)) else { continue };
            if enumeration.storage == Storage::Text {
                let expression = ddl::enumeration_check_expression(&column.name, &ddl::value_list(enumeration));
                let name = ddl::enumeration_check_name(&table.name, &column.name);
                table.checks.push(tablewright_core::schema::Check { name, expression });
            }
        }
    }
    tables
}

fn pg_dump(server: &tablewright_tempdb::Server, url: &str) -> String {
    let program = match server.origin() {
        tablewright_tempdb::Origin::Installed { bin, .. } | tablewright_tempdb::Origin::Downloaded { bin, .. } => {
            bin.join("pg_dump")
        }
        _ => PathBuf::from("pg_dump"),
    };
    let output = Command::new(&program).args(["--schema-only", "--no-owner", url]).output();
    let output =
        output.unwrap_or_else(|error| panic!("{} is needed in addition to the server: {error}", program.display()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn pg_dump_has_what_the_models_describe() {
    let (database, pool) = support::database().await;
    drop(pool);
    let dump = pg_dump(database.server(), database.url());
    let tables = tables();
    assert_eq!(tables.len(), 7, "every model of the tests");
    for table in &tables {
        let start = format!("CREATE TABLE public.{} (\n", table.name);
        let (_, body) = dump.split_once(&start).unwrap_or_else(|| panic!("no {start} in\n{dump}"));
        let (body, _) = body.split_once("\n);").unwrap();
        for column in &table.columns {
            let line = body.lines().map(str::trim).find(|line| line.starts_with(&format!("{} ", column.name)));
            let line = line.unwrap_or_else(|| panic!("no column {} in\n{body}", column.name)).trim_end_matches(',');
            assert_eq!(line.contains(" NOT NULL"), !column.nullable, "{line}");
            // The server writes `now()` back as `now()` and a text as `'text'::text`.
            let default = column.default.as_deref();
            assert_eq!(line.contains(" DEFAULT "), default.is_some(), "{line}");
            assert!(line.contains(default.unwrap_or_default()), "{line} has not {default:?}");
            let spelled = match column.sql_type.to_string().as_str() {
                "TIMESTAMPTZ" => "timestamp with time zone".to_owned(),
                "NUMERIC(12, 2)" => "numeric(12,2)".to_owned(),
                "rust:EventKind" => "public.event_kind".to_owned(),
                text if text.starts_with("rust:") => "text".to_owned(),
                text => text.to_lowercase(),
            };
            assert!(line.starts_with(&format!("{} {spelled}", column.name)), "{line} is not {spelled}");
            if let Some(comment) = &column.comment {
                let comment = comment.replace('\'', "''");
                let statement = format!("COMMENT ON COLUMN public.{}.{} IS '{comment}';", table.name, column.name);
                assert!(dump.contains(&statement), "{statement}");
            }
        }
        let constraints = table.checks.iter().map(|check| &check.name);
        for name in constraints.chain(table.foreign_keys.iter().map(|key| &key.name)).chain([&table.primary_key.name]) {
            assert!(dump.contains(&format!("CONSTRAINT {name} ")), "{name} in\n{dump}");
        }
        for index in &table.indexes {
            assert!(dump.contains(&format!("INDEX {} ON public.{} USING ", index.name, table.name)), "{}", index.name);
        }
        for unique in &table.uniques {
            let found = match &unique.predicate {
                None => dump.contains(&format!("CONSTRAINT {} UNIQUE (", unique.name)),
                Some(_) => dump.contains(&format!("CREATE UNIQUE INDEX {} ON", unique.name)),
            };
            assert!(found, "{} in\n{dump}", unique.name);
        }
    }
}
