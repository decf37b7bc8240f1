//! Every statement of the examples and of the tests' models uses the index that it is promised to use.

use std::fs;
use std::path::{Path, PathBuf};

use tablewright_core::config::Profile;
use tablewright_core::dialect::Target;
use tablewright_core::queries::promises;
use tablewright_core::schema::Table;
use tablewright_core::sql::ddl;
use tablewright_core::{config, parse};

use super::plan::{connect, explain, explain_with_only, only_indexes, run};

fn packages() -> Vec<(&'static str, PathBuf, Profile)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = |name: &'static str| {
        let package = root.join("examples").join(name);
        let profile = config::parse(&fs::read_to_string(package.join("schema.toml")).unwrap()).unwrap();
        (name, package, profile)
    };
    let models = |file: &str| Profile { models: Some(file.to_owned()), ..Profile::default() };
    vec![
        example("shop"),
        example("auth"),
        example("multi-tenant"),
        ("runtime", root.to_owned(), models("tests/runtime.rs")),
        ("queries", root.to_owned(), models("tests/queries.rs")),
    ]
}

#[tokio::test]
async fn every_statement_uses_its_index() {
    let (mut statements, mut alone, mut broken) = (0, 0, Vec::new());
    for (package, folder, profile) in packages() {
        let scan = parse::scan::scan(&folder, &profile).unwrap_or_else(|failure| panic!("{:?}", failure.reports));
        let database = tablewright_tempdb::database();
        let mut connection = connect(database.url()).await;
        for enumeration in scan.schema.enumerations.values() {
            if let Some(sql) = ddl::create_enumeration(enumeration) {
                run(&mut connection, &sql).await;
            }
        }
        for table in scan.schema.tables.values() {
            // What a foreign key references does not matter for plans that find rows, and orders the tables.
            let alone = Table { foreign_keys: Vec::new(), ..table.clone() };
            let dialect = Target::default().dialect();
            run(&mut connection, ddl::create_table(&alone, dialect).as_text().expect("a scanned table")).await;
            for sql in ddl::create_indexes(&alone, dialect) {
                run(&mut connection, &sql).await;
            }
        }
        run(&mut connection, "ANALYZE").await;
        only_indexes(&mut connection).await;
        for table in scan.schema.tables.values() {
            for promise in promises(table).iter().filter(|promise| !promise.indexes.is_empty()) {
                let sql = promise.sql.as_text().expect("a scanned table");
                let plan = explain(&mut connection, sql, &promise.parameters).await;
                statements += 1;
                alone += usize::from(promise.index_only);
                let only = &promise.indexes[0];
                let by_itself = explain_with_only(&mut connection, &table.name, only, sql, &promise.parameters).await;
                let kept = by_itself.indexes().iter().all(|index| index == only)
                    && !by_itself.indexes().is_empty()
                    && !plan.has("Seq Scan")
                    && !(promise.sort_forbidden && (plan.sorts() || by_itself.sorts()))
                    && (!promise.index_only || by_itself.has("Index Only Scan"));
                if !kept {
                    broken.push(format!(
                        "{package}: {}.{} {:?}: promised {:?}\n{sql}\n{by_itself:#?}\n{plan:#?}",
                        table.name, promise.helper, promise.part, promise.indexes
                    ));
                }
            }
        }
    }
    println!("{statements} statements, {alone} of them by the index alone");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(statements > 80, "{statements}");
}
