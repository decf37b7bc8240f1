//! Runs the cases of other tools' test suites: two scripts, the database before and the one after.
//!
//! `cargo run -p cargo-schema --example other_differs -- FOLDER…` looks for `old.sql` next to `new.sql`, or `a.sql` next to
//! `b.sql`, at any depth. For each it makes both databases, has `cargo schema diff --sql` write the migration, applies it
//! and compares the dumps; then the way down. `cargo build -p cargo-schema` comes first, `pg_dump` is in
//! PATH. A line for each case that fails, and the totals at the end.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_tempdb::{Database, Server};

type Outcome = Result<Ending, Box<dyn Error>>;

/// How a case ended.
enum Ending {
    /// Up, down and the second comparison are as they should be.
    Holds,
    /// There was nothing to do, and both databases are the same.
    Same,
    /// The command says why it writes nothing.
    Refused(String),
    /// The way up works; the way down says that it is impossible.
    OnlyUp(String),
    /// The case itself does not run on this server.
    Unusable(String),
    /// Something is wrong.
    Fails(String),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut cases = Vec::new();
    for folder in &arguments {
        find(folder, &mut cases)?;
    }
    cases.sort();
    let server = Server::shared()?;
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for (old, new) in &cases {
        let name = old.parent().unwrap_or(old).display().to_string();
        let ending = case(server, old, new).await.unwrap_or_else(|error| Ending::Fails(error.to_string()));
        let (word, told) = match ending {
            Ending::Holds => ("holds", None),
            Ending::Same => ("nothing to do", None),
            Ending::Refused(why) => ("refused with a reason", Some(why)),
            Ending::OnlyUp(why) => ("up holds, down refused with a reason", Some(why)),
            Ending::Unusable(why) => ("the case does not run here", Some(why)),
            Ending::Fails(why) => ("FAILS", Some(why)),
        };
        *totals.entry(word).or_default() += 1;
        if let Some(told) = told {
            println!("{word}: {name}\n    {}", told.trim().replace('\n', "\n    "));
        }
    }
    println!("\n{} cases", cases.len());
    for (word, count) in totals {
        println!("{count:5} {word}");
    }
    Ok(())
}

fn find(folder: &Path, cases: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, cases)?;
        }
    }
    for (old, new) in [("old.sql", "new.sql"), ("a.sql", "b.sql")] {
        let (old, new) = (folder.join(old), folder.join(new));
        if old.is_file() && new.is_file() {
            cases.push((old, new));
        }
    }
    Ok(())
}

async fn case(server: &Server, old: &Path, new: &Path) -> Outcome {
    let (from, to) = (server.create_database("old")?, server.create_database("new")?);
    for (database, file) in [(&from, old), (&to, new)] {
        if let Err(error) = script(database, &std::fs::read_to_string(file)?).await {
            return Ok(Ending::Unusable(format!("{}: {error}", file.display())));
        }
    }
    let (before, wanted) = (dump(&from)?, dump(&to)?);
    let folder = tempfile::tempdir()?;
    let migrations = folder.path().join("migrations");
    let (good, said) = diff(&from, &to, Some(&migrations), folder.path())?;
    let mut files: Vec<PathBuf> = match std::fs::read_dir(&migrations) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    files.sort();
    let (downs, ups): (Vec<PathBuf>, Vec<PathBuf>) =
        files.into_iter().partition(|file| file.to_string_lossy().ends_with(".down.sql"));
    if ups.is_empty() {
        return Ok(if !good {
            Ending::Refused(said)
        } else if before == wanted {
            Ending::Same
        } else {
            Ending::Fails(format!("nothing was planned, and the dumps differ\n{}", difference(&before, &wanted)))
        });
    }
    for file in &ups {
        if let Err(error) = migration(&from, file).await {
            return Ok(Ending::Fails(format!("{}: {error}\n{}", name(file), std::fs::read_to_string(file)?)));
        }
    }
    let after = dump(&from)?;
    if after != wanted {
        return Ok(Ending::Fails(format!("up leaves a different database\n{}", difference(&after, &wanted))));
    }
    let (good, said) = diff(&from, &to, None, folder.path())?;
    if !good {
        return Ok(Ending::Fails(format!("after up, there is still a difference\n{said}")));
    }
    for file in downs.iter().rev() {
        if let Err(error) = migration(&from, file).await {
            let text = std::fs::read_to_string(file)?;
            return Ok(if text.contains("RAISE EXCEPTION") {
                Ending::OnlyUp(format!("{}: {error}", name(file)))
            } else {
                Ending::Fails(format!("{}: {error}\n{text}", name(file)))
            });
        }
    }
    let after = dump(&from)?;
    if after != before {
        return Ok(Ending::Fails(format!("down leaves a different database\n{}", difference(&after, &before))));
    }
    Ok(Ending::Holds)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Asks the command; whether it ended well, and what it said.
fn diff(from: &Database, to: &Database, sql: Option<&Path>, folder: &Path) -> Result<(bool, String), Box<dyn Error>> {
    let program = std::env::current_exe()?;
    let program = program.ancestors().nth(2).unwrap_or(&program).join("cargo-schema");
    let mut command = Command::new(program);
    command.current_dir(folder).args(["diff", "--from", from.url(), "--to", to.url()]);
    if let Some(sql) = sql {
        command.arg("--sql").arg(sql).args(["--acknowledge", "all"]);
    }
    let output = command.output()?;
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Ok((output.status.success(), said))
}

/// As sqlx runs a file: the text as a whole, in a transaction or not.
async fn migration(database: &Database, file: &Path) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(file)?;
    let mut connection = PgConnection::connect(database.url()).await?;
    if text.starts_with("-- no-transaction") {
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await?;
    } else {
        let mut transaction = connection.begin().await?;
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(connection.close().await?)
}

async fn script(database: &Database, text: &str) -> Result<(), Box<dyn Error>> {
    let mut connection = PgConnection::connect(database.url()).await?;
    sqlx::raw_sql(AssertSqlSafe(text.to_owned())).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// The statements of a dump, each in one spelling: columns of a table in the order of their names.
fn dump(database: &Database) -> Result<Vec<String>, Box<dyn Error>> {
    let output = Command::new("pg_dump")
        .args(["--schema-only", "--no-owner", "--schema", "public", "--dbname", database.url()])
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let text = String::from_utf8(output.stdout)?;
    let lines = text.lines().filter(|line| {
        !line.starts_with("--") && !line.starts_with("SET ") && !line.starts_with("SELECT ") && !line.starts_with('\\')
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut statements: Vec<String> =
        text.split(";\n").map(spelled).filter(|statement| !statement.is_empty()).collect();
    statements.sort();
    Ok(statements)
}

fn spelled(statement: &str) -> String {
    let statement = statement.trim();
    let body = statement.strip_prefix("CREATE TABLE ").and_then(|rest| rest.split_once(" (\n"));
    let Some((name, body)) = body else { return statement.to_owned() };
    let mut lines: Vec<&str> = body.lines().map(|line| line.trim_end_matches(',')).collect();
    lines.sort_unstable();
    format!("CREATE TABLE {name} (\n{}", lines.join("\n"))
}

fn difference(is: &[String], wanted: &[String]) -> String {
    let only = |one: &[String], other: &[String], mark: &str| -> String {
        let lines = one.iter().filter(|statement| !other.contains(statement));
        lines.map(|statement| format!("{mark} {}\n", statement.replace('\n', &format!("\n{mark} ")))).collect()
    };
    format!("{}{}", only(is, wanted, "is:    "), only(wanted, is, "wanted:"))
}
