//! Imports databases and recreates them from the models: the share of tables whose dumps are the same.
//!
//! `cargo run -p cargo-schema --example round_trip -- FILE.sql…` loads each script into a database, has `cargo schema import`
//! write its models into a new package, applies the baseline to an empty database and compares the dumps of both
//! table by table. `cargo build -p cargo-schema` comes first; `psql` and `pg_dump` are in PATH. Errors of
//! a script are counted and skipped. `KEEP=FOLDER` keeps the packages.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_tempdb::{Database, Server};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Server::shared()?;
    let (mut equal, mut all) = (0, 0);
    for script in std::env::args_os().skip(1).map(PathBuf::from) {
        let (same, tables) = round_trip(server, &script).await?;
        equal += same;
        all += tables;
    }
    println!("\n{equal} of {all} tables are the same in both dumps");
    Ok(())
}

async fn round_trip(server: &Server, script: &Path) -> Result<(usize, usize), Box<dyn Error>> {
    let (from, to) = (server.create_database("from")?, server.create_database("to")?);
    let loaded =
        Command::new("psql").args(["--quiet", "--no-psqlrc", "--dbname", from.url(), "--file"]).arg(script).output()?;
    let errors = String::from_utf8_lossy(&loaded.stderr).lines().filter(|line| line.contains("ERROR")).count();

    let name = script.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = tempfile::tempdir()?;
    let package = match std::env::var_os("KEEP") {
        Some(kept) => PathBuf::from(kept).join(&name),
        None => folder.path().join(&name),
    };
    std::fs::create_dir_all(package.join("src"))?;
    std::fs::write(
        package.join("Cargo.toml"),
        "[package]\nname = \"imported\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    )?;
    std::fs::write(package.join("src/lib.rs"), "")?;
    let program = std::env::current_exe()?;
    let program = program.ancestors().nth(2).unwrap_or(&program).join("cargo-schema");
    let output = Command::new(program).current_dir(&package).args(["import", "--no-mark", from.url()]).output()?;
    if !output.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }

    let mut files: Vec<PathBuf> = std::fs::read_dir(package.join("migrations"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();
    let mut connection = PgConnection::connect(to.url()).await?;
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with(".up.sql")) {
        let text = std::fs::read_to_string(file)?;
        if let Err(error) = sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await {
            println!("{name}: {} does not run on an empty database: {error}", file.display());
        }
    }
    connection.close().await?;

    let (before, after) = (tables(&from)?, tables(&to)?);
    let said = std::fs::read_to_string(package.join("src/models.rs"))?;
    let said: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("//! - ")).collect();
    let none = BTreeSet::new();
    let mut equal = 0;
    let mut unexplained = Vec::new();
    for (table, statements) in &before {
        let made = after.get(table);
        if made == Some(statements) {
            equal += 1;
            continue;
        }
        let made = made.unwrap_or(&none);
        let missing: Vec<&String> = statements.difference(made).collect();
        // The table, or what it lacks, is named in the list of what the models do not say.
        let explained = said.iter().any(|line| words(line).contains(table.as_str()))
            || missing.iter().all(|statement| {
                words(statement).iter().any(|word| {
                    *word != "public" && word.len() > 3 && said.iter().any(|line| words(line).contains(word))
                })
            });
        if !explained {
            unexplained.push((table, missing, made.difference(statements).collect::<Vec<_>>()));
        }
    }
    println!(
        "{name}: {equal} of {} tables are the same in both dumps, {} differ as the models say, {} for other reasons ({errors} statements \
         of the script did not run)",
        before.len(),
        before.len() - equal - unexplained.len(),
        unexplained.len()
    );
    for (table, missing, more) in unexplained {
        println!("  {table}");
        for (mark, statements) in [("-", missing), ("+", more)] {
            for statement in statements {
                println!("    {mark} {}", statement.replace('\n', "\n      "));
            }
        }
    }
    Ok((equal, before.len()))
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// The statements of a dump by the table that they are about.
fn tables(database: &Database) -> Result<BTreeMap<String, BTreeSet<String>>, Box<dyn Error>> {
    let output = Command::new("pg_dump")
        .args([
            "--schema-only",
            "--no-owner",
            "--no-privileges",
            "--schema",
            "public",
            "--exclude-table",
            "_sqlx_migrations",
        ])
        .args(["--dbname", database.url()])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let lines = text.lines().filter(|line| !line.starts_with("--"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for statement in text.split(";\n").map(str::trim) {
        let about = [
            "CREATE TABLE public.",
            "ALTER TABLE ONLY public.",
            "ALTER TABLE public.",
            "COMMENT ON TABLE public.",
            "COMMENT ON COLUMN public.",
        ]
        .iter()
        .find_map(|start| statement.strip_prefix(start))
        .or_else(|| {
            let made = ["CREATE INDEX ", "CREATE UNIQUE INDEX ", "CREATE TRIGGER ", "CREATE POLICY "];
            made.iter()
                .any(|start| statement.starts_with(start))
                .then(|| statement.split_once(" ON ").map(|(_, rest)| rest))?
                .map(|rest| rest.trim_start_matches("ONLY ").trim_start_matches("public."))
        })
        .or_else(|| {
            // `ALTER SEQUENCE public.a_id_seq OWNED BY public.a.id`
            let owned = statement.strip_prefix("ALTER SEQUENCE ")?;
            owned.split_once(" OWNED BY public.").map(|(_, rest)| rest)
        });
        let Some(about) = about else { continue };
        let name: String = if let Some(quoted) = about.strip_prefix('"') {
            quoted.split('"').next().unwrap_or_default().to_owned()
        } else {
            about.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned()
        };
        tables.entry(name).or_default().insert(statement.to_owned());
    }
    // What is not a table: a view with a comment.
    tables.retain(|_, statements| statements.iter().any(|statement| statement.starts_with("CREATE TABLE ")));
    Ok(tables)
}
